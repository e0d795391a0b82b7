"""The shape in which an Express project answers errors, so that a 429 looks like the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from backwright.facts import code, walk
from backwright.facts.code import Expr
from backwright.recipes.project import Project
from backwright.recipes.script_style import ScriptStyle

_SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_TEXT = "Too many requests, please try again later"
_MESSAGES = frozenset({"message", "msg", "error", "detail", "description", "title"})
_CODES = frozenset({"status", "statusCode", "code"})


def error_body(project: Project, style: ScriptStyle) -> str:
    """An object literal like `{ error: '…' }`; "" where no errors are answered as objects."""
    shapes: Counter[str] = Counter()
    for path in project.sources(_SUFFIXES):
        for table in _answered(project, path):
            if shape := _shape(table, style):
                shapes[shape] += 1
    return shapes.most_common(1)[0][0] if shapes else ""


def _answered(project: Project, path: str) -> Iterator[code.Table]:
    """The objects in `res.status(404).json({ … })`, and in the handlers of errors."""
    facts = project.facts(path)
    for function in facts.functions if facts is not None else ():
        handles = len(function.parameters) == 4
        for step in walk.steps(function.steps):
            for whole in walk.own_expressions(step):
                for expr in walk.inner(whole):
                    if isinstance(expr, code.Call) and expr.arguments:
                        body = expr.arguments[0].value
                        status = _status(expr)
                        if isinstance(body, code.Table) and (status or (handles and status == 0)):
                            yield body


def _status(call: code.Call) -> int | None:
    """The status of `res.status(…).json(…)`: 0 for one that isn't a number, None for no error."""
    if not walk.dotted(call.function).endswith(".status().json"):
        return None
    inner = call.function.object if isinstance(call.function, code.Member) else None
    if not isinstance(inner, code.Call) or not inner.arguments:
        return None
    given = inner.arguments[0].value
    if isinstance(given, code.Number):
        return int(given.value) if given.value >= 400 else None
    return 0


def _shape(table: code.Table, style: ScriptStyle) -> str:
    """The object with the words of this error in it; "" for one that has no place for words."""
    parts, has_text = [], False
    for key, value in table.entries:
        name = key.value if isinstance(key, code.Text) else ""
        if not name.isidentifier():
            continue
        if isinstance(value, code.Table):
            inner = _shape(value, style)
            if inner:
                parts.append(f"{name}: {inner}")
                has_text = True
        elif name in _CODES and isinstance(value, code.Number | code.Name | code.Member):
            parts.append(f"{name}: 429")
        elif name in _MESSAGES and _is_words(value):
            parts.append(f"{name}: {style.quoted(_TEXT)}")
            has_text = True
        elif name in {"success", "ok"} and value == code.Constant("false"):
            parts.append(f"{name}: false")
    return f"{{ {', '.join(parts)} }}" if has_text else ""


def _is_words(value: Expr) -> bool:
    """Whether the value is a message rather than a list or an object."""
    return isinstance(
        value, code.Text | code.Template | code.Name | code.Member | code.Operation | code.Choice
    )
