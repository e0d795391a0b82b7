"""How a project's JavaScript or TypeScript modules are written: where, in which form and style."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from backwright.recipes.project import Project
from backwright.recipes.script_commonjs import as_commonjs
from backwright.recipes.script_style import ScriptStyle, style_of

_SUFFIXES = (".ts", ".mts", ".js", ".mjs", ".cjs")
_RELATIVE = re.compile(r"""from\s+['"](\.{1,2}/[^'"]+)['"]""")
_QUOTED = re.compile(r"'([^'\n\"]*)'")


@dataclass(frozen=True, slots=True)
class ScriptModules:
    """`sources` is the folder of the application's code; `suffixed` says that modules of the
    project are imported with their suffix, as Node itself asks for."""

    sources: str
    typed: bool
    commonjs: bool
    suffixed: bool
    style: ScriptStyle

    @property
    def suffix(self) -> str:
        return ".ts" if self.typed else ".js"

    def written(self, text: str) -> str:
        """An ES module with suffixes, quotes ' and semicolons, as this project writes its own."""
        if self.commonjs:
            text = as_commonjs(text, with_suffix=self.suffixed)
        elif not self.suffixed:
            text = re.sub(r"from '(\.[^']+)\.js'", r"from '\1'", text)
        if self.style.quote == '"':
            text = _QUOTED.sub(r'"\1"', text)
        if not self.style.semicolon:
            text = re.sub(r";$", "", text, flags=re.MULTILINE)
        if self.style.indent != "  ":
            text = re.sub(
                r"^(?:  )+",
                lambda it: self.style.indent * (len(it[0]) // 2),
                text,
                flags=re.MULTILINE,
            )
        return text

    def import_of(self, project: Project, path: str, name: str, module: str) -> str:
        """The statement with which the file at `path` takes `name` from a module of the project."""
        bare = re.sub(r"\.[cm]?[jt]s$", "", posixpath.relpath(module, posixpath.dirname(path)))
        target = bare if bare.startswith(".") else f"./{bare}"
        return self.written(f"import {{ {name} }} from '{target}.js';\n").strip()

    def run(self, program: str) -> str:
        """The command that runs a program of the project."""
        return f"npx tsx {program}" if self.typed else f"node {program}"


def modules_of(project: Project, *, typed: bool = False) -> ScriptModules:
    """What the application's modules have in common; `typed` is what a new project gets."""
    stack = project.situation.stack
    paths = [it for it in project.sources(_SUFFIXES) if not it.endswith((".config.js", ".d.ts"))]
    sources = {it: project.situation.source(it) for it in paths[:60]}
    manifest = project.configs.json(posixpath.join(stack.root, "package.json")) or {}
    root = "" if stack.root in {"", "."} else stack.root
    inside = posixpath.join(root, "src")
    typed = typed if not paths else "typescript" in stack.languages
    is_module = manifest.get("type") == "module" or typed or not paths
    requires = sum("require(" in it for it in sources.values())
    imports = sum(re.search(r"^import\s", it, re.MULTILINE) is not None for it in sources.values())
    relative = [it for source in sources.values() for it in _RELATIVE.findall(source)]
    commonjs = not is_module and requires >= imports
    suffixed = any(it.endswith((".js", ".mjs")) for it in relative) or (
        not relative and (not typed or not paths)
    )
    return ScriptModules(
        sources=inside if not paths or any(it.startswith(f"{inside}/") for it in paths) else root,
        typed=typed,
        commonjs=commonjs,
        suffixed=suffixed and not commonjs,
        style=style_of("\n".join(sources.values())) if sources else ScriptStyle(),
    )
