"""ES modules written as CommonJS: for projects that require their modules."""

from __future__ import annotations

import re

_NAMED = re.compile(r"^import \{([^}]*)\} from ('[^']+');$", re.MULTILINE)
_DEFAULT = re.compile(r"^import (\w+) from ('[^']+');$", re.MULTILINE)
_WHOLE = re.compile(r"^import \* as (\w+) from ('[^']+');$", re.MULTILINE)
_BARE = re.compile(r"^import ('[^']+');$", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const|let|class) (\w+)", re.MULTILINE)
_AWAIT = re.compile(r"^await ", re.MULTILINE)


def as_commonjs(text: str, *, with_suffix: bool = True) -> str:
    """The module with `require` and `module.exports`; it is one that templates here have written.

    Without `with_suffix` its own modules are named without their suffix.
    """
    text = _NAMED.sub(
        lambda it: f"const {{{it[1].replace(' as ', ': ')}}} = require({it[2]});", text
    )
    text = _DEFAULT.sub(r"const \1 = require(\2);", text)
    text = _WHOLE.sub(r"const \1 = require(\2);", text)
    text = _BARE.sub(r"require(\1);", text)
    if not with_suffix:
        text = re.sub(r"require\('(\.[^']+)\.js'\)", r"require('\1')", text)
    names = [it[2] for it in _EXPORT.finditer(text)]
    text = _EXPORT.sub(r"\1 \2", text)
    if _AWAIT.search(text):
        text = _in_function(text)
    exported = f"\nmodule.exports = {{ {', '.join(names)} }};\n" if names else ""
    return f"{text.rstrip()}\n{exported}"


def _in_function(text: str) -> str:
    """A program that awaits at its top, inside a function that is called."""
    head: list[str] = []
    body: list[str] = []
    for line in text.splitlines():
        (head if line.startswith("const ") and "require(" in line else body).append(line)
    inner = "".join(f"  {it}\n" if it else "\n" for it in "\n".join(body).strip().splitlines())
    call = "main().catch((error) => {\n  console.error(error);\n  process.exit(1);\n});"
    return "\n".join([*head, "", f"async function main() {{\n{inner}}}", "", call, ""])
