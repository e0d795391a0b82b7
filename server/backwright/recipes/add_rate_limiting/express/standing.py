"""An Express endpoint that is limited already: its limiter is told another rate."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts import code, walk
from backwright.facts.backend import Made
from backwright.recipes.add_rate_limiting.express.const import milliseconds
from backwright.recipes.add_rate_limiting.express.placing import ORIGINS
from backwright.recipes.add_rate_limiting.express.registration import Registration
from backwright.recipes.add_rate_limiting.rate import Rate
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.syntax.language import language_of
from backwright.syntax.tree import parse, span, text

_SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_LIMITS = frozenset({"limit", "max"})


@dataclass(frozen=True, slots=True)
class Own:
    """The limiter that stands in a registration, with how often the project names it."""

    made: Made
    uses: int


def own_limiter(project: Project, at: Registration) -> Own | None:
    """The limiter among the handlers of the registration itself."""
    for made in project.made(*ORIGINS):
        if made.scope:
            continue
        if (local := project.local_name(at.file, made)) and local in at.named():
            return Own(made, _uses(project, made))
    return None


def told_otherwise(project: Project, made: Made, rate: Rate) -> list[Unit] | None:
    """The units that give a limiter another rate; None where its options are not written there."""
    file = made.place.file
    source = project.source(file)
    language = language_of(file)
    root = parse(source, language.name).root_node if language is not None else None
    node = root.descendant_for_byte_range(made.place.start, made.place.end - 1) if root else None
    found: dict[str, Node] = {}
    waiting = [node] if node is not None else []
    while waiting:
        at = waiting.pop()
        key, value = at.child_by_field_name("key"), at.child_by_field_name("value")
        if at.type == "pair" and key is not None and value is not None:
            found.setdefault("limit" if text(key) in _LIMITS else text(key), value)
        waiting += reversed(at.named_children)
    if not {"limit", "windowMs"} <= found.keys():
        return None
    edits = [
        Edit(span(found["limit"]), str(rate.count)),
        Edit(span(found["windowMs"]), milliseconds(rate)),
    ]
    return edited_lines(file, source, edits)


def rate_of(project: Project, made: Made) -> Rate | None:
    """The rate of a limiter as it is written where it is made; None where it is worked out."""
    facts = project.facts(made.place.file)
    for step in walk.steps(facts.steps) if facts is not None else ():
        if isinstance(step, code.Assign) and step.start == made.place.start:
            call = step.value
            options = (
                call.arguments[0].value if isinstance(call, code.Call) and call.arguments else None
            )
            if isinstance(options, code.Table):
                found = {k.value: v for k, v in options.entries if isinstance(k, code.Text)}
                count = _number(found.get("limit") or found.get("max"))
                window = _number(found.get("windowMs") or code.Number(60_000))
                if count and window and window % 1000 == 0:
                    return Rate.of_seconds(int(count), int(window // 1000))
    return None


def _number(value: code.Expr | None) -> float:
    """A number or a product of numbers; 0 for anything else."""
    match value:
        case code.Number(number):
            return number
        case code.Operation("*", operands):
            return math.prod(_number(it) for it in operands)
        case _:
            return 0


def is_shared(project: Project, made: Made) -> bool:
    """Whether a limiter is meant for several endpoints: it is before many, or before none yet."""
    return _uses(project, made) != 1 or _is_used_by_router(project, made)


def _is_used_by_router(project: Project, made: Made) -> bool:
    for path in project.sources(_SUFFIXES):
        local = project.local_name(path, made)
        facts = project.facts(path) if local else None
        for step in walk.every_step(facts) if facts is not None else ():
            call = step.value if isinstance(step, code.Do) else None
            if not isinstance(call, code.Call) or not walk.dotted(call.function).endswith(".use"):
                continue
            if local in {walk.dotted(it.value) for it in call.arguments}:
                return True
    return False


def _uses(project: Project, made: Made) -> int:
    """How many routes the limiter stands before, as far as their registrations name it."""
    count = 0
    for path in project.sources(_SUFFIXES):
        local = project.local_name(path, made)
        if local:
            count += _mentions(project, path, local)
    return count


def _mentions(project: Project, path: str, name: str) -> int:
    """How often a file gives the name as an argument."""
    language = language_of(path)
    if language is None:
        return 0
    waiting, count = [parse(project.source(path), language.name).root_node], 0
    while waiting:
        node = waiting.pop()
        if node.type == "arguments":
            count += sum(it.type == "identifier" and text(it) == name for it in node.named_children)
        waiting += node.named_children
    return count
