"""Unit tests of what is at the cursor or named in the request."""

from __future__ import annotations

import ast
import posixpath
import re

from backwright.edits.units import Unit
from backwright.index.testfiles import is_test
from backwright.recipes.generate_unit_tests.explore import Subject, ways_of
from backwright.recipes.generate_unit_tests.source import Source, read_source
from backwright.recipes.generate_unit_tests.write import suite
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation

_FILE = re.compile(r"[\w./-]+\.py\b")
_WORD = re.compile(r"[A-Za-z_]\w+")


def baseline(situation: Situation) -> Outcome:
    subjects = _subjects(situation)
    if isinstance(subjects, Refused):
        return subjects
    source = subjects[0].source
    path = _test_path(situation, source)
    if situation.document(path) is not None:
        return AlreadyDone(f"{path} is there already; the built-in templates add nothing to it")
    found = [(it, ways) for it in subjects if (ways := ways_of(it))]
    if not found:
        names = ", ".join(it.title for it in subjects)
        return Refused(
            f"what {names} does is not decided by plain values and mocked calls as far as reading"
            " tells, so nothing sure can be asserted; configure a model to have tests written"
        )
    read = {it.title for it, _ in found}
    missing = [it.title for it in subjects if it.title not in read]
    count = sum(len(ways) for _, ways in found)
    tests = "1 test" if count == 1 else f"{count} tests"
    return Draft(
        (Unit(path, "create", text=suite(found)),),
        f"{tests} of {', '.join(sorted(read))} in {path}",
        unserved=tuple(f"{it}: what it does could not be read" for it in missing),
        next_steps=(f"python -m pytest {path}",),
    )


def _subjects(situation: Situation) -> list[Subject] | Refused:
    """The functions that are meant, those that the request names before that at the cursor."""
    said = set(_WORD.findall(situation.request))
    named = _FILE.findall(situation.request)
    found: list[Subject] = []
    target = situation.target
    for path in situation.paths:
        if not path.endswith(".py") or is_test(path):
            continue
        wanted = any(f"/{path}".endswith(f"/{it.removeprefix('./')}") for it in named)
        text = situation.source(path)
        if not wanted and not any(f" {it}" in text for it in said if _is_name(it)):
            continue
        if (source := read_source(path, _module(path, situation), text)) is not None:
            inside = _named(source, said)
            found += inside or (_public(source) if wanted else [])
    if len({it.source.path for it in found}) > 1:
        places = ", ".join(sorted({it.source.path for it in found}))
        return Refused(f"what is named is in several files ({places}); say which")
    if found:
        return found
    if target.function is None or not target.file.endswith(".py"):
        return Refused(
            "say which Python function, class or file the unit tests are for, or put the cursor"
            " on it; the built-in templates write them with pytest"
        )
    return _at_cursor(situation)


def _at_cursor(situation: Situation) -> list[Subject] | Refused:
    target = situation.target
    source = read_source(
        target.file, _module(target.file, situation), situation.source(target.file)
    )
    if source is None or target.function is None:
        return Refused(f"{target.file} can't be read as Python")
    wanted = target.function.qualname
    found = [it for it in _public(source, private=True) if it.title == wanted]
    return found or Refused(f"{wanted} is neither a plain function nor a method of a plain class")


def _is_name(word: str) -> bool:
    return "_" in word or word[:1].isupper()


def _named(source: Source, said: set[str]) -> list[Subject]:
    everything = _public(source, private=True)
    names = {it for it in said if _is_name(it)}
    plain = [it for it in everything if it.class_ is None and it.function.name in names]
    owned = [it for it in everything if it.class_ is not None and it.class_.name in names]
    methods = [it for it in owned if it.function.name in said]
    return plain + (methods or [it for it in owned if not it.function.name.startswith("_")])


def _public(source: Source, *, private: bool = False) -> list[Subject]:
    found = [Subject(source, it) for it in source.functions.values()]
    for class_ in source.classes.values():
        if class_.bases or class_.decorator_list:
            continue
        methods = [it for it in class_.body if isinstance(it, ast.FunctionDef)]
        found += [Subject(source, it, class_) for it in methods if not it.name.startswith("__")]
    return [it for it in found if private or not it.function.name.startswith("_")]


def _module(path: str, situation: Situation) -> str:
    root = situation.stack.root.strip("/").removeprefix(".")
    inner = path.removeprefix(f"{root}/") if root else path
    return (
        inner.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )


def _test_path(situation: Situation, source: Source) -> str:
    """Beside the tests that are there, named after the module."""
    root = situation.stack.root.strip("/").removeprefix(".")
    names = (posixpath.dirname(it) for it in situation.paths if it.endswith(".py") and is_test(it))
    folders = [it for it in names if it.startswith(root)]
    units = [it for it in folders if it.endswith("unit")]
    folder = min(units or folders, key=len, default=posixpath.join(root, "tests"))
    return posixpath.join(folder, f"test_{source.module.rpartition('.')[2]}.py")
