"""Import statements as one block: the language's own, packages, then the project's."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from backwright.recipes.jwt_auth.python.source import imported

_FROM = re.compile(r"from (\S+) import (.+)")


def merged(statements: Iterable[str]) -> str:
    """The statements merged by module, in the order that ruff gives them."""
    named: dict[str, set[str]] = {}
    whole: set[str] = set()
    for statement in statements:
        for line in statement.splitlines():
            if found := _FROM.match(line):
                named.setdefault(found[1], set()).update(it.strip() for it in found[2].split(","))
            elif line:
                whole.add(line)
    own = _own(list(named))
    lines = [(_place(it.split()[1], own), 0, it.split()[1], it) for it in whole]
    lines += [(_place(m, own), 1, m, imported(m, names)) for m, names in named.items()]
    blocks: dict[int, list[str]] = {}
    for place, _, _, text in sorted(lines):
        blocks.setdefault(place, []).append(text)
    return "\n\n".join("\n".join(block) for block in blocks.values()) + "\n"


_OUTSIDE = frozenset({"fastapi", "sqlalchemy", "pytest", "starlette", "pydantic", "jwt", "httpx"})


def _own(modules: list[str]) -> set[str]:
    tops = {it.split(".")[0] for it in modules}
    return tops - _OUTSIDE - set(sys.stdlib_module_names)


def _place(module: str, own: set[str]) -> int:
    top = module.split(".")[0]
    if top in sys.stdlib_module_names:
        return 0
    return 2 if top in own or not top else 1
