"""Where an Express project keeps a limiter: with its others, in its middleware, or in place."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Made
from backwright.recipes.add_rate_limiting.express.const import (
    PACKAGE,
    Options,
    import_of_library,
    written,
)
from backwright.recipes.add_rate_limiting.express.registration import Registration
from backwright.recipes.local_imports import is_module, script_specifier
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.recipes.script_style import style_of
from backwright.syntax.language import language_of
from backwright.syntax.tree import parse, text
from backwright.text.lines import Lines
from backwright.text.span import Span

_SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_FOLDERS = ("middleware", "middlewares")
_SUFFIXED = re.compile(r"\.(middlewares?|mw)$")
ORIGINS = (PACKAGE, f"{PACKAGE}.default", f"{PACKAGE}.rateLimit")


@dataclass(frozen=True, slots=True)
class Kept:
    """A limiter called `name`, which the route's file may have to import from `file`."""

    name: str
    file: str
    units: tuple[Unit, ...] = ()


def kept_limiter(project: Project, at: Registration, name: str, options: Options) -> Kept:
    """A new limiter in the place where the project would look for it."""
    for made in project.made(*ORIGINS):
        if made.scope or made.place.file == at.file or _registers(project, made.place.file):
            continue
        if (kept := _beside(project, made, name, options)) is not None:
            return kept
    folder = _middleware_folder(project, at.file)
    if folder is not None:
        return _in_new_file(project, at, folder, name, options)
    return _in_place(project, at, name, options)


def import_of(project: Project, user: str, kept: Kept) -> list[Unit]:
    if user == kept.file:
        return []
    specifier = script_specifier(project, user, kept.file)
    return [Unit(user, "imports", text=f"import {{ {kept.name} }} from '{specifier}';\n")]


def taken_names(project: Project, at: Registration) -> set[str]:
    """Names that a new limiter can't have: those of the route's file and of limiters there are."""
    return project.names(at.file) | {it.name for it in project.made(*ORIGINS)}


# With the project's other limiters


def _registers(project: Project, file: str) -> bool:
    return any(it.place.file == file for it in project.situation.backend.routes)


def _beside(project: Project, made: Made, name: str, options: Options) -> Kept | None:
    """Below a limiter that is exported by its name; None where exports are of another kind."""
    file = made.place.file
    source = project.source(file)
    maker = _maker(project, file)
    style = style_of(source.decode("utf-8", "replace"))
    text_ = written(project, name, options, style, maker)
    exports = _exported_object(source, file)
    statement = source[source.rfind(b"\n", 0, made.place.start) + 1 : made.place.end]
    if statement.lstrip().startswith(b"export "):
        return Kept(name, file, (Unit(file, "append", text=f"export {text_}"),))
    if statement.lstrip().startswith((b"exports.", b"module.exports.")):
        text_ = text_.replace(f"const {name}", f"exports.{name}", 1)
        return Kept(name, file, (Unit(file, "append", text=text_),))
    if exports is None:
        return None
    added = _added_entry(source, exports, name)
    return Kept(
        name,
        file,
        (*edited_lines(file, source, [added]), Unit(file, "append", text=text_)),
    )


def _exported_object(source: bytes, file: str) -> Node | None:
    """The braces in `module.exports = { … }` or `export { … }`."""
    language = language_of(file)
    root = parse(source, language.name).root_node if language is not None else None
    for node in root.named_children if root is not None else ():
        if node.type == "export_statement":
            clause = next((it for it in node.children if it.type == "export_clause"), None)
            if clause is not None and node.child_by_field_name("source") is None:
                return clause
        inner = node.named_children[0] if node.type == "expression_statement" else None
        if inner is not None and inner.type == "assignment_expression":
            left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
            if left is not None and right is not None and text(left) == "module.exports":
                return right if right.type == "object" else None
    return None


def _added_entry(source: bytes, braces: Node, name: str) -> Edit:
    entries = [it for it in braces.named_children if it.type != "comment"]
    if not entries:
        return Edit(Span(braces.start_byte, braces.end_byte), f"{{ {name} }}")
    last = entries[-1]
    row = source.rfind(b"\n", 0, last.start_byte) + 1
    lead = source[row : last.start_byte].decode()
    separator = f",\n{lead}" if not lead.strip() and braces.start_byte < row else ", "
    return Edit(Span(last.end_byte, last.end_byte), f"{separator}{name}")


def _maker(project: Project, file: str) -> str:
    """What the file calls rateLimit."""
    for it in project.imports(file):
        if it.module == PACKAGE and it.local and it.name in {"", "default", "rateLimit"}:
            return it.local
    return "rateLimit"


# In a file of its own


def _middleware_folder(project: Project, user: str) -> str | None:
    """The folder for middleware that is closest to the file."""
    folders = {
        posixpath.dirname(path)
        for path in project.sources(_SUFFIXES)
        if posixpath.basename(posixpath.dirname(path)) in _FOLDERS
    }
    return max(
        sorted(folders), key=lambda it: len(posixpath.commonprefix([it, user])), default=None
    )


def _in_new_file(
    project: Project, at: Registration, folder: str, name: str, options: Options
) -> Kept:
    siblings = [it for it in project.sources(_SUFFIXES) if posixpath.dirname(it) == folder]
    file = _file_name(project, folder, siblings)
    example = project.source(siblings[0]) if siblings else at.source
    style = style_of(example.decode("utf-8", "replace"))
    body = written(project, name, options, style, "rateLimit")
    if is_module(project, siblings[0] if siblings else at.file):
        head = import_of_library(project).replace("'", style.quote).replace(";", style.semicolon)
        return Kept(name, file, (Unit(file, "create", text=f"{head}\nexport {body}"),))
    binding = import_of_library(project).removeprefix("import ").partition(" from ")[0]
    strict = "'use strict'" if b"use strict" in example[:200] else ""
    head = f"const {binding} = require({style.quoted(PACKAGE)}){style.semicolon}\n"
    if strict:
        head = f"{style.quoted('use strict')}{style.semicolon}\n\n{head}"
    tail = f"module.exports = {{ {name} }}{style.semicolon}\n"
    return Kept(name, file, (Unit(file, "create", text=f"{head}\n{body}\n{tail}"),))


def _file_name(project: Project, folder: str, siblings: list[str]) -> str:
    """A name like those beside it: `rate-limit.js`, `rateLimit.ts`, `rate-limit.middleware.ts`."""
    stems = [posixpath.splitext(posixpath.basename(it))[0] for it in siblings]
    suffix = posixpath.splitext(siblings[0])[1] if siblings else ".js"
    marks = [found[0] for it in stems if (found := _SUFFIXED.search(it))]
    mark = marks[0] if marks else ""
    bare = [_SUFFIXED.sub("", it) for it in stems]
    if any("-" in it for it in bare):
        words = ("rate-limit", "rate-limits", "request-limits")
    elif any("_" in it for it in bare):
        words = ("rate_limit", "rate_limits", "request_limits")
    else:
        words = ("rateLimit", "rateLimits", "requestLimits")
    paths = [posixpath.join(folder, f"{word}{mark}{suffix}") for word in words]
    return next(it for it in paths if project.situation.document(it) is None)


# In the route's own file


def _in_place(project: Project, at: Registration, name: str, options: Options) -> Kept:
    """Above the statement that registers the route, or below the file's other limiters."""
    source = at.source
    lines = Lines.of(source)
    own = [it for it in project.made(*ORIGINS) if it.place.file == at.file and not it.scope]
    style = style_of(source.decode("utf-8", "replace"))
    body = written(project, name, options, style, _maker(project, at.file))
    if own:
        position = lines.end_of(lines.number_at(own[-1].place.end - 1))
        edit = Edit(Span(position, position), f"\n{body}")
    else:
        position = lines.start_of(lines.number_at(_first_statement(at)))
        edit = Edit(Span(position, position), f"{body}\n")
    imports = [] if own else [Unit(at.file, "imports", text=import_of_library(project))]
    return Kept(name, at.file, (*edited_lines(at.file, source, [edit]), *imports))


def _first_statement(at: Registration) -> int:
    """Where the first statement begins that is no import, comment or directive."""
    root = at.call
    while root.parent is not None:
        root = root.parent
    for node in root.named_children:
        if node.type in {"comment", "import_statement", "hash_bang_line"}:
            continue
        code_ = text(node)
        if "require(" in code_ or code_.strip(";'\"") == "use strict":
            continue
        return node.start_byte
    return at.statement.start
