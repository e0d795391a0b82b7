"""Python source as it is put together: imports in order, calls that fit their lines."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

WIDTH = 100


def call(head: str, arguments: Sequence[str], tail: str = "", width: int = WIDTH) -> str:
    """`head(arguments)tail` on one line, else with one argument a line; `head` may be indented."""
    line = f"{head}({', '.join(arguments)}){tail}"
    if len(line) <= width or not arguments:
        return line
    indent = head[: len(head) - len(head.lstrip())]
    rows = "".join(f"{indent}    {it},\n" for it in arguments)
    return f"{head}(\n{rows}{indent}){tail}"


def imports(lines: Iterable[str], own: str = "") -> str:
    """Import statements, each `import x` or `from x import y`, merged and in the usual order:
    the standard library, packages, then what lies in the package `own`."""
    groups: dict[int, dict[str, set[str]]] = {}
    for line in lines:
        if not line:
            continue
        match = re.fullmatch(r"from (\S+) import (.+)", line)
        module = match[1] if match else line
        names = {it.strip() for it in match[2].split(",")} if match else set()
        groups.setdefault(_group(match[1] if match else line.split()[1], own), {}).setdefault(
            module, set()
        ).update(names)
    return "\n\n".join(
        "\n".join(_statement(module, names) for module, names in sorted(it.items(), key=_place))
        for _, it in sorted(groups.items())
    )


def module(text: str, lines: Iterable[str], own: str = "", docstring: str = "") -> str:
    """A whole module: its docstring, its imports, then `text`."""
    head = f'"""{docstring}"""\n\n' if docstring else ""
    written = imports(lines, own)
    gap = "\n\n\n" if re.match(r"(class|def|async def|@)", text.lstrip()) else "\n\n"
    body = text.strip("\n")
    return f"{head}{written}{gap if written else ''}{body}\n"


def _group(module: str, own: str) -> int:
    top = module.split(".")[0]
    if not top or (own and top in own.split()):
        return 3 if not top else 2
    if top == "__future__":
        return -1
    return 0 if top in sys.stdlib_module_names else 1


def _place(entry: tuple[str, set[str]]) -> tuple[bool, str]:
    module, names = entry
    return (bool(names), module.removeprefix("import ").lower())


def _statement(module: str, names: set[str]) -> str:
    if not names:
        return module
    line = f"from {module} import {', '.join(sorted(names, key=_name_order))}"
    if len(line) <= WIDTH:
        return line
    rows = "".join(f"    {it},\n" for it in sorted(names, key=_name_order))
    return f"from {module} import (\n{rows})"


def _name_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then the others, as isort has it."""
    plain = name.split(" ")[0]
    if plain.isupper() and len(plain) > 1:
        return (0, name)
    return (1 if plain[:1].isupper() else 2, name)
