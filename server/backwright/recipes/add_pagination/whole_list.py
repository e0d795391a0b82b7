"""Where a Python handler answers all there is: the rows of one query, or a list in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.facts.backend import Model
from backwright.recipes.add_pagination.wish import Wish
from backwright.recipes.outcome import Refused
from backwright.recipes.python_code import PythonFunction
from backwright.syntax.tree import text
from backwright.text.span import Span

_KEEPS_ROWS = frozenset(
    {"where", "filter", "filter_by", "order_by", "options", "execution_options"}
)
"""What may be said of a query so that a page of its rows is a page of the answer. A join may
multiply rows, a grouping makes others of them."""
_RUNS = frozenset({"scalars", "exec", "execute"})
_WRAPS = frozenset({"jsonify", "list"})
_NOT_FOUND = Refused(
    "the handler does not itself answer all rows of one query or a whole list in memory;"
    " where that is done elsewhere, pages have to be taken there"
)
Models = Callable[[str], Model | None]


@dataclass(frozen=True, slots=True)
class _Link:
    """One call of a chain: `select(X).where(…)` is `select`, then `where`."""

    name: str
    call: Node


def paged(function: PythonFunction, wish: Wish, models: Models) -> list[Edit] | Refused:
    """The edits that make a handler answer one page."""
    body = function.node.child_by_field_name("body")
    assert body is not None, "every function has a body"
    returned = [it for it in _inside(body) if it.type == "return_statement"]
    if len(returned) != 1 or any(it.type == "yield" for it in _inside(body)):
        return _NOT_FOUND
    rows = [it for it in _inside(body) if _is_all(it)]
    if len(rows) == 1:
        if not _is_answered(rows[0], returned[0], body):
            return Refused(
                "the rows are used for more than the answer, which a page of them would change"
            )
        return _paged_query(rows[0], body, wish, models)
    if rows:
        return Refused("the handler reads several lists; say by hand which of them gets pages")
    return _paged_memory(function, returned[0], wish)


# Queries


def _paged_query(rows: Node, body: Node, wish: Wish, models: Models) -> list[Edit] | Refused:
    statement = _statement(rows, body)
    if statement is None:
        return _NOT_FOUND
    known = statement
    if statement.type == "identifier":
        found = _assigned(statement, body)
        if found is None:
            return Refused(f"{text(statement)} is put together in several places")
        known = found
    chain = _links(known)
    at = next((i for i, it in enumerate(chain) if it.name in {"select", "query"}), None)
    if at is None:
        return _NOT_FOUND
    if other := next((it.name for it in chain[at + 1 :] if it.name not in _KEEPS_ROWS), ""):
        return Refused(f"a page of a query with .{other}() may not be a page of the answer")
    selected = _arguments(chain[at].call)
    model = models(text(selected[0])) if len(selected) == 1 else None
    if model is None:
        return Refused("the query is not for the rows of one model, so their order is not known")
    order = _order(chain, text(selected[0]), model)
    if order is None:
        return Refused(f"{model.name} has no primary key to order by")
    end = statement.end_byte
    return [Edit(Span(end, end), f"{order}.limit({wish.size}).offset({wish.offset})")]


def _statement(rows: Node, body: Node) -> Node | None:
    """What `.all()` runs: `select(X)` of `session.scalars(select(X)).all()`, or a query.

    The result may have a name in between, if that is used for nothing else.
    """
    links = _links(rows)[:-1]
    if links and links[-1].name == "scalars" and not _arguments(links[-1].call):
        root = links[0].call.child_by_field_name("function")
        result = root.child_by_field_name("object") if root is not None else None
        links = links[:-1]
        if not links and result is not None and result.type == "identifier":
            ran = _assigned(result, body) if _uses(result, body) == 2 else None
            links = _links(ran) if ran is not None else []
    if not links or links[-1].name not in _RUNS:
        return links[-1].call if links else None
    given = _arguments(links[-1].call)
    return given[0] if len(given) == 1 else None


def _uses(name: Node, body: Node) -> int:
    return sum(it.type == "identifier" and text(it) == text(name) for it in _inside(body))


def _order(chain: list[_Link], selected: str, model: Model) -> str | None:
    """The order that is missing. A unique column goes last: rows that are alike in the others
    would change places between pages. None where the model has no such column."""
    keys = [f"{selected}.{it.name}" for it in model.fields if it.primary_key]
    ordered = {
        text(it)
        for link in chain
        if link.name == "order_by"
        for given in _arguments(link.call)
        for it in _inside(given)
        if it.type == "attribute"
    }
    if ordered.issuperset(keys):
        return "" if keys else None
    return f".order_by({', '.join(keys)})" if keys else None


def _is_all(node: Node) -> bool:
    return node.type == "call" and not _arguments(node) and _called(node) == "all"


def _assigned(name: Node, body: Node) -> Node | None:
    """What the only assignment to a local name gives it."""
    values = [
        it.child_by_field_name("right")
        for it in _inside(body)
        if it.type in {"assignment", "augmented_assignment"}
        and (left := it.child_by_field_name("left")) is not None
        and text(left) == text(name)
    ]
    return values[0] if len(values) == 1 else None


def _is_answered(rows: Node, returned: Node, body: Node) -> bool:
    """Whether rows are only returned, as they are or each made into something else."""
    parent = rows.parent
    if parent is not None and parent.type == "assignment":
        name = parent.child_by_field_name("left")
        if name is None or name.type != "identifier":
            return False
        uses = [
            it
            for it in _inside(body)
            if it.type == "identifier" and text(it) == text(name) and it.id != name.id
        ]
        return len(uses) == 1 and _is_answered(uses[0], returned, body)
    node, parent = rows, rows.parent
    while parent is not None and parent.id != returned.id:
        if parent.type == "call":
            if _called(parent) not in _WRAPS:
                return False
        elif parent.type == "for_in_clause":
            made = parent.parent
            if made is None or made.type != "list_comprehension":
                return False
            clauses = [it.type for it in made.named_children[1:]]
            if clauses != ["for_in_clause"] or parent.child_by_field_name("right") != node:
                return False
        elif parent.type not in {"argument_list", "list_comprehension", "pair", "dictionary"}:
            return False
        node, parent = parent, parent.parent
    return parent is not None


# Lists in memory


def _paged_memory(function: PythonFunction, returned: Node, wish: Wish) -> list[Edit] | Refused:
    value = returned.named_children[0] if returned.named_children else None
    while value is not None and value.type == "call" and _called(value) == "jsonify":
        given = _arguments(value)
        value = given[0] if len(given) == 1 else None
    if value is None or not _is_list(value, function):
        return _NOT_FOUND
    return [Edit(Span(value.end_byte, value.end_byte), wish.slice)]


def _is_list(value: Node, function: PythonFunction) -> bool:
    """Whether it is a list of the module, or made of one or of the values of a dictionary."""
    if value.type == "list_comprehension":
        clauses = [it for it in value.named_children[1:] if it.type == "for_in_clause"]
        source = clauses[0].child_by_field_name("right") if len(clauses) == 1 else None
        return source is not None and _is_kept(source, function)
    if value.type == "call" and text(value.child_by_field_name("function") or value) == "list":
        given = _arguments(value)
        return len(given) == 1 and _is_kept(given[0], function)
    return value.type == "identifier" and _is_kept(value, function)


def _is_kept(source: Node, function: PythonFunction) -> bool:
    if source.type == "call" and _called(source) == "values" and not _arguments(source):
        called = source.child_by_field_name("function")
        holder = called.child_by_field_name("object") if called is not None else None
        return holder is not None and _kind_in_module(holder, function).startswith("dict")
    return _kind_in_module(source, function).startswith("list")


def _kind_in_module(name: Node, function: PythonFunction) -> str:
    """The syntax of what the module gives a name: `list`, `dictionary` …; "" when unknown."""
    body = function.node.child_by_field_name("body")
    if name.type != "identifier" or (body is not None and _assigned(name, body) is not None):
        return ""
    root = function.node
    while root.parent is not None:
        root = root.parent
    for it in root.named_children:
        inner = it.named_children[0] if it.type == "expression_statement" else None
        if inner is None or inner.type != "assignment":
            continue
        left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
        if left is not None and right is not None and text(left) == text(name):
            return right.type
    return ""


# Calls


def _links(node: Node) -> list[_Link]:
    """The calls of a chain, the first one first; through `await` and parentheses."""
    found: list[_Link] = []
    at: Node | None = node
    while at is not None:
        if at.type in {"await", "parenthesized_expression"}:
            at = at.named_children[0]
        elif at.type == "call":
            found.append(_Link(_called(at), at))
            called = at.child_by_field_name("function")
            is_method = called is not None and called.type == "attribute"
            at = called.child_by_field_name("object") if called is not None and is_method else None
        else:
            break
    return found[::-1]


def _called(call: Node) -> str:
    function = call.child_by_field_name("function")
    return text(function).rpartition(".")[2] if function is not None else ""


def _arguments(call: Node) -> list[Node]:
    given = call.child_by_field_name("arguments")
    return [it for it in given.named_children if it.type != "comment"] if given else []


def _inside(node: Node) -> Iterator[Node]:
    yield node
    for child in node.named_children:
        yield from _inside(child)
