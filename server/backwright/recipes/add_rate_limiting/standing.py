"""An endpoint that is limited already: nothing is left to do, or its rate becomes another."""

from __future__ import annotations

from backwright.edits.change import Edit
from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.facts.code import Function
from backwright.recipes.add_rate_limiting.rate import Rate, rates_in
from backwright.recipes.add_rate_limiting.wish import Wish
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused
from backwright.recipes.pieces import edited_symbol
from backwright.recipes.project import Project
from backwright.syntax.tree import parse, span, text
from backwright.text.span import Span


def as_wished(route: Route, wish: Wish) -> AlreadyDone | None:
    """That the endpoint's limit is the one that is asked for, or that no other is."""
    there = rates_in(route.rate_limit)
    if not wish.rates or _alike(there, wish.rates):
        return AlreadyDone(f"{route.title} is limited already: {before(route)}")
    return None


def decorated_otherwise(project: Project, route: Route, wish: Wish, written: str) -> Outcome | None:
    """The rate in the decorator of a Python handler becomes `written`.

    None where the limit comes from elsewhere, such as one for the whole app: the handler gets its
    own then.
    """
    if not route.rate_limit:
        return None
    if (done := as_wished(route, wish)) is not None:
        return done
    file = route.handler_place.file
    function = project.function_at(file, route.handler_place.start)
    call = _limit_call(function) if function is not None else None
    if function is None or call is None:
        return None
    literal = _first_string(project.source(file), call)
    if literal is None:
        return Refused(
            f"the limit of {route.title} is not written in the decorator of {route.handler};"
            " change it where it is worked out"
        )
    units = edited_symbol(
        file, project.source(file), function.qualname, [Edit(literal, f'"{written}"')]
    )
    summary = f"{route.title} is limited to {_said(wish.rates)}, before it was {before(route)}"
    return Draft(tuple(units), summary, unserved=wish.unserved)


def before(route: Route) -> str:
    """The present limit of a route, in the words of a person."""
    there = [Rate.of_seconds(it.count, it.seconds) for it in rates_in(route.rate_limit)]
    return _said(tuple(there)) or route.rate_limit


def _limit_call(function: Function) -> code.Call | None:
    for decorator in function.decorators:
        name = walk.dotted(decorator).removesuffix("()").rpartition(".")[2]
        if isinstance(decorator, code.Call) and name == "limit":
            return decorator
    return None


def _first_string(source: bytes, call: code.Call) -> Span | None:
    """The string literal that is a call's first argument."""
    node = parse(source, "python").root_node.descendant_for_byte_range(call.start, call.end - 1)
    while node is not None and node.type != "call":
        node = node.parent
    arguments = node.child_by_field_name("arguments") if node is not None else None
    for argument in arguments.named_children if arguments is not None else ():
        value = argument.child_by_field_name("value") if "keyword" in argument.type else argument
        if value is not None and value.type == "string" and rates_in(text(value).strip("'\"")):
            return span(value)
    return None


def _alike(there: tuple[Rate, ...], wanted: tuple[Rate, ...]) -> bool:
    return len(there) == len(wanted) and all(
        any(one.same_as(other) for other in there) for one in wanted
    )


def _said(rates: tuple[Rate, ...]) -> str:
    return " and ".join(rate.worded for rate in rates)
