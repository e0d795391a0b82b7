"""Arguments to try a function with: values about which its code asks, else plain ones."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from backwright.recipes.generate_unit_tests.paper import defaults_of
from backwright.recipes.generate_unit_tests.source import Source
from backwright.recipes.generate_unit_tests.values import Symbol

_MOST = 9


def samples_of(
    function: ast.FunctionDef, source: Source, method: bool
) -> dict[str, tuple[object, ...]]:
    """Values to try by parameter, those that the code compares with first."""
    taken = [*function.args.args[1 if method else 0 :], *function.args.kwonlyargs]
    constants = list(_constants(function, source))
    defaults = defaults_of(function)
    found: dict[str, tuple[object, ...]] = {}
    for parameter in taken:
        kind = ast.unparse(parameter.annotation) if parameter.annotation is not None else ""
        values = _values(
            parameter.arg, kind or _guessed(parameter.arg, function, defaults), constants
        )
        default = defaults.get(parameter.arg)
        if isinstance(default, ast.Constant) and default.value not in values:
            values = (*values[: _MOST - 1], default.value)
        found[parameter.arg] = values
    return found


def _values(name: str, kind: str, constants: list[object]) -> tuple[object, ...]:
    optional = (None,) if "None" in kind or kind.startswith("Optional") else ()
    plain = kind.replace("Optional[", "").replace("]", "").replace("| None", "").strip()
    match plain:
        case "int" | "float":
            return (*_numbers(constants, whole=plain == "int"), *optional)
        case "bool":
            return (True, False, *optional)
        case "str":
            words = [it for it in constants if isinstance(it, str)]
            return (*dict.fromkeys(["sample", "", *words[: _MOST - 2]]), *optional)
        case _:
            return (Symbol(name), *optional)


def _numbers(constants: list[object], *, whole: bool) -> list[object]:
    near: list[object] = [2 if whole else 2.5]
    for it in constants:
        if isinstance(it, int | float) and not isinstance(it, bool):
            near += [it, it - 1, it + 1]
    if whole:
        near = [it for it in near if isinstance(it, int)]
    return [*[*dict.fromkeys(near)][:30], 100, 1000]


def _guessed(name: str, function: ast.FunctionDef, defaults: dict[str, ast.expr]) -> str:
    """The type of a parameter that has no annotation, by what is done with it."""
    default = defaults.get(name)
    if isinstance(default, ast.Constant) and default.value is not None:
        return type(default.value).__name__
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and _is(node.value, name):
            return "object"
        if isinstance(node, ast.BinOp) and (_is(node.left, name) or _is(node.right, name)):
            return "int"
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(_is(it, name) for it in sides):
                ordered = isinstance(node.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE)
                words = any(
                    isinstance(it, ast.Constant) and isinstance(it.value, str) for it in sides
                )
                return "int" if ordered else "str" if words else "object"
    return "object" if function.name == "__init__" else "str"


def _is(expr: ast.expr, name: str) -> bool:
    return isinstance(expr, ast.Name) and expr.id == name


def _constants(function: ast.FunctionDef, source: Source) -> Iterator[object]:
    """The constants of the code, with those that it takes from the module; 0 always."""
    for node in ast.walk(function):
        if isinstance(node, ast.Compare):
            yield from _plain(node, source)
    yield 0
    yield from _plain(function, source)


def _plain(inside: ast.AST, source: Source) -> Iterator[object]:
    for node in ast.walk(inside):
        found = source.assigned.get(node.id) if isinstance(node, ast.Name) else node
        for inner in ast.walk(found) if isinstance(found, ast.expr) else ():
            if isinstance(inner, ast.Constant):
                yield inner.value
