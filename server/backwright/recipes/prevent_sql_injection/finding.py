"""One finding: the edits that bind what is put into its statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.facts.backend import Place
from backwright.recipes.prevent_sql_injection import passing
from backwright.recipes.prevent_sql_injection.binding import EXISTING, Bindable, bindable
from backwright.recipes.prevent_sql_injection.built import Blocked, Built, Char
from backwright.recipes.prevent_sql_injection.drivers import Driver, driver_of
from backwright.recipes.prevent_sql_injection.grown import Growing, bound_growing
from backwright.recipes.prevent_sql_injection.layout import laid_out
from backwright.recipes.prevent_sql_injection.passing import Bound
from backwright.recipes.prevent_sql_injection.read_python import read_python
from backwright.recipes.prevent_sql_injection.read_script import read_script
from backwright.recipes.prevent_sql_injection.rewriting import Rewriting
from backwright.recipes.prevent_sql_injection.tagged import as_tagged
from backwright.recipes.prevent_sql_injection.tree import (
    arguments_of,
    bound_to,
    call_at,
    called,
    function_around,
    uses,
)
from backwright.recipes.prevent_sql_injection.values import name_of, python_value, script_value
from backwright.recipes.project import Project
from backwright.syntax.language import language_of
from backwright.syntax.tree import parse, text
from backwright.text.span import Span

_STATEMENTS = frozenset({"query", "sql", "statement", "text", "operation", "command", "raw_query"})
_RUNS_TEXT = frozenset({"execute", "scalar", "scalars", "exec", "stream", "stream_scalars"})
_RUNS_PREPARED = frozenset({"all", "get", "run", "iterate", "values"})
_LOOSE = frozenset({"executescript", "exec", "each", "literal", "literal_column", "copy_expert"})
_NUMBER = re.compile(r"\$(\d+)")
_NAMED = re.compile(r"(?<![:\w\\]):(\w+)")
_PLACEHOLDER = re.compile(r"""["'`]\(?(?:\?|%s|\$|:)""")


@dataclass(frozen=True, slots=True)
class _Statement:
    """`node` is the argument of `call`, `built` what that stands for."""

    call: Node
    node: Node
    built: Built
    function: Node


def bound_finding(project: Project, place: Place, sink: str) -> list[Edit] | Blocked:
    """The edits of the file at `place` after which the call there has its values bound."""
    source = project.source(place.file)
    language = language_of(place.file)
    root = parse(source, language.name).root_node if language is not None else None
    call = call_at(root, place) if root is not None else None
    if call is None:
        return Blocked("the call is not found in the file")
    if called(call) in _LOOSE - ({"exec"} if place.file.endswith(".py") else set()):
        return Blocked(f"{sink} takes no parameters; run the statement with a method that does")
    driver = driver_of(project, place.file, sink)
    if driver is None:
        return Blocked(f"it is not known how {sink} takes parameters here")
    around = function_around(call)
    name = _growing_name(call, around)
    if name:
        return bound_growing(source, driver, Growing(name, call, around), _is_checked(around))
    statement = _statement(call)
    if isinstance(statement, Blocked):
        return statement
    found = bindable(statement.built, _is_checked(statement.function))
    if isinstance(found, Blocked):
        return found
    if not found.values:
        return Blocked("what is put into the statement takes the place of no value")
    return _edits(source, driver, statement, found)


def _edits(
    source: bytes, driver: Driver, statement: _Statement, found: Bindable
) -> list[Edit] | Blocked:
    if driver.passing == "tagged":
        return as_tagged(source, statement.call, statement.node, statement.built, found.values)
    if driver.mark == ":name" and _is_cast(statement.built, found):
        return Blocked("a value with `::` behind it can't be named; write CAST(… AS …)")
    bound, marks = _marked(driver, found, is_python=statement.call.type == "call")
    has_parameters = len(arguments_of(statement.call)) > 1
    doubles = driver.mark == "%s" and not has_parameters  # else they are written twice already
    rewriting = Rewriting(source, statement.built, doubles)
    written = rewriting.edits(found.values, marks)
    if isinstance(written, Blocked):
        return written
    passed = _passed(driver, statement, bound, found.text)
    if isinstance(passed, Blocked):
        return passed
    return laid_out(source, statement.call, [*written, passed], passed)


def _is_cast(built: Built, found: Bindable) -> bool:
    following = (built.parts[it.last + 1 : it.last + 2] for it in found.values)
    return any(isinstance(part, Char) and part.value == ":" for it in following for part in it)


def _marked(driver: Driver, found: Bindable, *, is_python: bool) -> tuple[list[Bound], list[str]]:
    """The values with the marks that stand for them."""
    write = python_value if is_python else script_value
    number = max((int(it) for it in _NUMBER.findall(found.text)), default=0)
    names: dict[str, str] = {}
    taken = set(_NAMED.findall(found.text))
    bound, marks = [], []
    for value in found.values:
        code = write(value.parts)
        name = names.get(code) or name_of(value.parts, taken)
        names[code] = name
        taken.add(name)
        bound.append(Bound(code, name, value.after))
        number += 1
        marks.append({":name": f":{name}", "$1": f"${number}"}.get(driver.mark, driver.mark))
    return bound, marks


def _passed(
    driver: Driver, statement: _Statement, bound: list[Bound], written: str
) -> Edit | Blocked:
    call, node = statement.call, statement.node
    match driver.passing:
        case "sequence":
            if node.type == "object":
                return passing.in_config(node, bound)
            existing = len(EXISTING.findall(written))
            return passing.as_list(
                call, node, bound, existing=existing, appended=driver.mark == "$1"
            )
        case "mapping":
            return passing.as_table(call, node, bound, driver.option)
        case "spread":
            return passing.as_arguments(node, bound)
        case "replacements":
            return passing.as_option(call, node, "replacements", bound)
        case "chained":
            return _chained(statement, bound)
        case _:
            return _of_text(statement, bound)


def _of_text(statement: _Statement, bound: list[Bound]) -> Edit | Blocked:
    """Values for `text(…)`: where it is run, or bound to the text itself."""
    call = statement.call
    running, given = _running(call, statement.function)
    if running is not None and given is not None:
        return passing.as_table(running, given, bound, "")
    pairs = dict.fromkeys(f"{it.name}={it.code}" for it in bound)
    end = Span(call.end_byte, call.end_byte)
    return Edit(end, f".bindparams({', '.join(pairs)})")


def _running(call: Node, around: Node) -> tuple[Node | None, Node | None]:
    """The call that runs a text, with the argument that the text is."""
    node = call
    if (parent := call.parent) is not None and parent.type == "assignment":
        left = parent.child_by_field_name("left")
        found = uses(text(left), around) if left is not None else []
        if len(found) != 2:
            return None, None
        node = found[1]
    arguments = node.parent
    outer = arguments.parent if arguments is not None else None
    if outer is None or outer.type != "call" or called(outer) not in _RUNS_TEXT:
        return None, None
    return (outer, node) if arguments_of(outer)[:1] == [node] else (None, None)


def _chained(statement: _Statement, bound: list[Bound]) -> Edit | Blocked:
    """Values for `db.prepare(…)`: to the method that runs it, at once or under a name."""
    call = statement.call
    if (edit := passing.in_chain(call, _RUNS_PREPARED, bound)) is not None:
        return edit
    parent = call.parent
    name = parent.child_by_field_name("name") if parent is not None else None
    if name is not None:
        runs = [
            it.parent.parent
            for it in uses(text(name), statement.function)
            if it.parent is not None and it.parent.type == "member_expression"
        ]
        if len(runs) == 1 and runs[0] is not None and called(runs[0]) in _RUNS_PREPARED:
            found = passing.into_call(runs[0], bound)
            if found is not None:
                return found
    return Blocked("where the prepared statement is run is not understood")


def _statement(call: Node) -> _Statement | Blocked:
    """The statement of a call, also where it has a name in the same function."""
    around = function_around(call)
    node = _argument(call)
    if node is None:
        return Blocked("the statement is not given as an argument")
    written = _text_of(node)
    if written.type == "identifier":
        name = text(written)
        value = bound_to(name, around)
        if value is None:
            return Blocked(f"{name} is put together elsewhere")
        if len(uses(name, around)) > 2:
            return Blocked(f"{name} is used elsewhere, too")
        written = value
    read = read_python if call.type == "call" else read_script
    built = read(written)
    if isinstance(built, Blocked):
        return built
    return _Statement(call, node, built, around)


def _growing_name(call: Node, around: Node) -> str:
    """The name of a statement that isn't bound once and left as it is; "" for any other."""
    node = _argument(call)
    written = _text_of(node) if node is not None else None
    if written is None or written.type != "identifier":
        return ""
    name = text(written)
    return name if bound_to(name, around) is None and len(uses(name, around)) > 1 else ""


def _argument(call: Node) -> Node | None:
    given = arguments_of(call)
    for it in given:
        if it.type == "keyword_argument":
            name = it.child_by_field_name("name")
            if name is not None and text(name) in _STATEMENTS:
                return it
    return given[0] if given else None


def _text_of(node: Node) -> Node:
    """The string of an argument: of `query=…`, or of the `text` or `sql` in an object."""
    if node.type == "keyword_argument":
        return node.child_by_field_name("value") or node
    if node.type == "object":
        for pair in node.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and text(key) in {"text", "sql"}:
                return value
    return node


def _is_checked(function: Node) -> Callable[[str], bool]:
    """Whether an expression is compared with a list of allowed ones, or holds placeholders."""
    code = text(function)

    def check(expression: str) -> bool:
        name = re.escape(expression)
        if re.search(rf"\b{name}\s+(?:not\s+)?in\b|\.(?:includes|has|test)\({name}\)", code):
            return True
        assigned = re.search(rf"\b{name}\s*=\s*([^=].*)", code)
        holds = assigned is not None and _PLACEHOLDER.search(assigned[1])
        return bool(holds or _PLACEHOLDER.search(expression))

    return check
