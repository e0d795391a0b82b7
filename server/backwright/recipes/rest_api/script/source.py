"""Source in TypeScript or JavaScript as it is put together."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

WIDTH = 100


def quoted(text: str) -> str:
    """A string in single quotes, or double ones where it holds a single one."""
    inner = json.dumps(text, ensure_ascii=False)[1:-1]
    return (
        json.dumps(text, ensure_ascii=False)
        if "'" in text
        else "'" + inner.replace('\\"', '"') + "'"
    )


def literal(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return table([f"{key}: {literal(it)}" for key, it in value.items()])
    return json.dumps(value)


def table(entries: Sequence[str]) -> str:
    """An object on one line."""
    return f"{{ {', '.join(entries)} }}" if entries else "{}"


def call(head: str, arguments: Sequence[str], tail: str = ";", width: int = WIDTH) -> str:
    """`head(arguments)tail` on one line, else with one argument a line; `head` may be indented."""
    line = f"{head}({', '.join(arguments)}){tail}"
    if len(line) <= width or not arguments:
        return line
    indent = head[: len(head) - len(head.lstrip())]
    rows = "".join(f"{indent}  {it},\n" for it in arguments)
    return f"{head}(\n{rows}{indent}){tail}"


def imports(lines: Iterable[str]) -> str:
    """Import statements, merged by module: packages first, then the project's own modules."""
    named: dict[str, set[str]] = {}
    whole: list[str] = []
    for line in lines:
        match = re.fullmatch(r"import \{ (.+) \} from '(.+)';", line)
        if match is None:
            whole += [line] if line and line not in whole else []
        else:
            named.setdefault(match[2], set()).update(it.strip() for it in match[1].split(","))
    whole += [_statement(module, names) for module, names in named.items()]
    return "\n".join(sorted(whole, key=_place))


def module(text: str, lines: Iterable[str]) -> str:
    """A whole module: its imports, then `text`."""
    written = imports(lines)
    return f"{written}\n\n{text.strip()}\n" if written else f"{text.strip()}\n"


def _statement(module: str, names: set[str]) -> str:
    ordered = sorted(names, key=lambda it: it.removeprefix("type ").lower())
    line = f"import {{ {', '.join(ordered)} }} from '{module}';"
    if len(line) <= WIDTH:
        return line
    rows = "".join(f"  {it},\n" for it in ordered)
    return f"import {{\n{rows}}} from '{module}';"


def _place(statement: str) -> tuple[int, str]:
    module = re.findall(r"'([^']+)'", statement)[-1]
    if statement.startswith("import '"):
        return (0, module)
    if module.startswith("node:"):
        return (1, module)
    if not module.startswith("."):
        return (2, module)
    return (3 if module.startswith("..") else 4, module)
