"""What templates build on: edits as units, parameters and names of functions, imports by habit."""

from __future__ import annotations

from pathlib import Path

import pytest

from backwright.context.target import Target
from backwright.edits.change import Change, Edit, apply, apply_edits
from backwright.facts.backend import Stack
from backwright.index.workspace import Workspace
from backwright.recipes.local_imports import python_module, script_specifier
from backwright.recipes.outcome import Situation
from backwright.recipes.pieces import edited_lines, edited_symbol
from backwright.recipes.project import Project
from backwright.recipes.python_code import (
    PythonFunction,
    function_in,
    renamed,
    with_first_parameter,
    without_imports,
)
from backwright.recipes.script_style import ScriptStyle, style_of
from backwright.text.snapshot import Snapshot
from backwright.text.span import Span
from backwright.verify.place import place
from projects import write


def project_in(folder: Path, notation: str) -> Project:
    workspace = Workspace(write(folder, notation))
    backend = workspace.refresh()
    stack = backend.stacks[0] if backend.stacks else Stack(app="", root="")
    paths = tuple(workspace.paths())
    return Project(Situation(Target(), backend, stack, workspace.snapshot, paths=paths))


def function(source: str) -> PythonFunction:
    found = function_in(source.encode(), source.index("def "), len(source.encode()))
    assert found is not None
    return found


def after(source: str, edits: list[Edit]) -> str:
    return apply_edits(Snapshot("a.py", source.encode(), 0), edits).decode()


REPEATED = "def a():\n    return 1\n\n\ndef b():\n    return 1\n\n\ndef c():\n    return 1\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("at", [it for it in range(len(REPEATED)) if REPEATED[it] == "1"])
def test_edited_lines_are_found_once(at: int, newline: str) -> None:
    text = REPEATED.replace("\n", newline)
    source = text.encode()
    offset = at + REPEATED[:at].count("\n") * (len(newline) - 1)
    snapshot = Snapshot.on_disk("a.py", source)
    units = edited_lines("a.py", source, [Edit(Span(offset, offset + 1), "2")])
    change = place(units, {"a.py": snapshot}.get)
    assert isinstance(change, Change), change
    assert apply({"a.py": snapshot}, change) == {
        "a.py": source[:offset] + b"2" + source[offset + 1 :]
    }


def test_a_name_that_two_functions_have_is_edited_by_its_lines() -> None:
    source = b"if x:\n    def a(): return 1\nelse:\n    def a(): return 2\n"
    edit = Edit(Span(source.index(b"2"), source.index(b"2") + 1), "3")
    assert [it.action for it in edited_symbol("a.py", source, "a", [edit])] == ["edit"]


SIGNATURES = [
    ("def a():\n    pass\n", "def a(it: T):\n    pass\n"),
    ("def a(self, b):\n    pass\n", "def a(self, it: T, b):\n    pass\n"),
    ("def a(*, b):\n    pass\n", "def a(it: T, *, b):\n    pass\n"),
    (
        "def a(\n    b,\n    c,\n):\n    pass\n",
        "def a(\n    it: T,\n    b,\n    c,\n):\n    pass\n",
    ),
    ("def a(\n    b, c\n):\n    pass\n", "def a(\n    it: T, b, c\n):\n    pass\n"),
    (
        "def a(\n    b,  # why\n    c,\n):\n    pass\n",
        "def a(\n    it: T,\n    b,  # why\n    c,\n):\n    pass\n",
    ),
    (
        f"def a({'b' * 40}: int, {'c' * 26}) -> None:\n    pass\n",
        f"def a(\n    it: T, {'b' * 40}: int, {'c' * 26}\n) -> None:\n    pass\n",
    ),
    (
        f"def a({'b' * 40}: int, {'c' * 36}):\n    pass\n",
        f"def a(\n    it: T,\n    {'b' * 40}: int,\n    {'c' * 36},\n):\n    pass\n",
    ),
]


@pytest.mark.parametrize(("before", "expected"), SIGNATURES, ids=range(len(SIGNATURES)))
def test_a_parameter_is_put_in_front(before: str, expected: str) -> None:
    assert after(before, [with_first_parameter(function(before), "it: T")]) == expected


RENAMES = [
    ("def a(x):\n    return x.x, f(x=x), 'x'\n", "def a(y):\n    return y.x, f(x=y), 'x'\n"),
    ("def a(x):\n    return f'{x} x'\n", "def a(y):\n    return f'{y} x'\n"),
    ("def a(x):\n    x = x + 1\n", "def a(y):\n    y = y + 1\n"),
    ("def a(x):\n    def b(z=x): return x\n", "def a(y):\n    def b(z=y): return y\n"),
    ("def a(x):\n    return y\n", None),
    ("def a(x):\n    def b(x): return x\n", None),
    ("def a(x):\n    return lambda x: x\n", None),
    ("def a(x):\n    import x\n", None),
]


@pytest.mark.parametrize(("before", "expected"), RENAMES, ids=[it for it, _ in RENAMES])
def test_a_parameter_is_renamed_where_that_is_safe(before: str, expected: str | None) -> None:
    edits = renamed(function(before), "x", "y")
    assert (after(before, edits) if edits is not None else None) == expected


def test_imports_that_only_a_statement_needed_go_with_it() -> None:
    source = "from a import b, c\nfrom d import e\nfrom f import g\n\nx = b(e)\ny = c(g)\n"
    gone = Span(source.index("x ="), source.index("y ="))
    expected = "from a import c\nfrom f import g\n\ny = c(g)\n"
    assert after(source, [*without_imports(source.encode(), gone), Edit(gone, "")]) == expected


MODULES = [
    ("from app.b import x", "app/sub/c.py", "app.limiter"),
    ("from ..b import x", "app/sub/c.py", "..limiter"),
    ("from .c2 import x", "app/sub/c.py", "..limiter"),
    ("import os", "app/sub/c.py", "app.limiter"),
    ("from .b import x", "app/c.py", ".limiter"),
]


@pytest.mark.parametrize(("habit", "importer", "module"), MODULES)
def test_a_module_is_imported_by_habit(
    habit: str, importer: str, module: str, tmp_path: Path
) -> None:
    files = {
        "app/__init__.py": "",
        "app/b.py": "x = 1",
        "app/sub/__init__.py": "",
        "app/sub/c2.py": "x = 1",
        importer: habit,
    }
    notation = "".join(f"#- {path}\n{text}\n" for path, text in files.items())
    project = project_in(tmp_path, notation)
    assert python_module(project, importer, "app/limiter.py") == module


SPECIFIERS = [
    ("import x from './b.js';", "src/a.js", "src/m/limit.js", "./m/limit.js"),
    ("const x = require('./b');", "src/a.js", "src/m/limit.js", "./m/limit"),
    ("import x from './b';", "src/a.ts", "src/m/limit.ts", "./m/limit"),
    ("import x from './b.js';", "src/a.ts", "src/m/limit.ts", "./m/limit.js"),
    ("import x from '@/b';", "src/r/a.ts", "src/m/limit.ts", "@/m/limit"),
    ("import x from 'express';", "src/a.mjs", "src/m/limit.mjs", "./m/limit.mjs"),
]


@pytest.mark.parametrize(("habit", "importer", "target", "specifier"), SPECIFIERS)
def test_a_script_is_imported_by_habit(
    habit: str, importer: str, target: str, specifier: str, tmp_path: Path
) -> None:
    suffix = importer.rpartition(".")[2]
    files = {
        "tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}',
        f"src/b.{suffix}": "export default 1;",
        importer: habit,
    }
    project = project_in(tmp_path, "".join(f"//- {path}\n{it}\n" for path, it in files.items()))
    assert script_specifier(project, importer, target) == specifier


@pytest.mark.parametrize(
    ("source", "style"),
    [
        ("", ScriptStyle("  ", "'", ";")),
        ('f({\n    a: "b",\n});\n', ScriptStyle("    ", '"', ";")),
        ("f({\n\ta: 'b'\n})\ng(a)\n", ScriptStyle("\t", "'", "")),
    ],
)
def test_a_script_shows_its_style(source: str, style: ScriptStyle) -> None:
    assert style_of(source) == style
