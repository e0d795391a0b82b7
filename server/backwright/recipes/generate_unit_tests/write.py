"""The text of the tests."""

from __future__ import annotations

import re

from backwright.recipes.generate_unit_tests.explore import Subject, Way
from backwright.recipes.generate_unit_tests.values import Symbol, Unread, mocks, written

_MADE = {
    "CardError": '"It failed.", None, "card_declined"',
    "InvalidRequestError": '"It failed.", None',
    "ClientError": '{"Error": {"Code": "AccessDenied", "Message": "It failed."}}, "Call"',
    "HTTPStatusError": '"It failed.", request=MagicMock(), response=MagicMock()',
    "JSONDecodeError": '"It failed.", "", 0',
}
"""What errors of packages are made with that take more than a message."""


def suite(found: list[tuple[Subject, list[Way]]]) -> str:
    """The module of tests."""
    source = found[0][0].source
    tests: dict[str, str] = {}
    roots: set[str] = set()
    for subject, ways in found:
        roots.add(subject.class_.name if subject.class_ is not None else subject.function.name)
        for way in ways:
            name = _free(_name(subject, way), tests)
            tests[name] = f"def {name}() -> None:\n{_body(subject, way)}"
            roots |= _roots(way)
    body = "\n\n\n".join(tests.values())
    own = sorted(it for it in roots if it in source.functions or it in source.classes)
    home = source.module.partition(".")[0]
    imported = [it for it in roots if it in source.imports]
    lines = sorted({source.imports[it] for it in imported if source.packages[it] == home})
    lines.append(f"from {source.module} import {', '.join(own)}")
    others = {source.imports[it] for it in imported if source.packages[it] != home}
    outside = sorted(others | ({"import pytest"} if "pytest." in body else set()))
    standard = [it for it in ("MagicMock", "patch") if f"{it}(" in body]
    head = f"from unittest.mock import {', '.join(standard)}\n\n" if standard else ""
    head += "\n".join(outside) + "\n\n" if outside else ""
    return head + "\n".join(lines) + f"\n\n\n{body}\n"


def _roots(way: Way) -> set[str]:
    names = [way.error.name] if way.error is not None else []
    names += [way.scenario.fails[1]] if way.scenario.fails is not None else []
    return {it.partition(".")[0] for it in names}


def _body(subject: Subject, way: Way) -> str:
    paper, module = way.paper, subject.source.module
    lines = [f"{it} = MagicMock()" for it in _injected(way)]
    if way.scenario.fails is not None:
        error = way.scenario.fails[1]
        inside = _MADE.get(error.rpartition(".")[2], '"It failed."')
        lines.append(f"error = {error}({inside})")
    act = [f"{text} = {written(value)}" for text, value in way.scenario.values]
    if way.scenario.fails is not None:
        act.append(f"{way.scenario.fails[0]}.side_effect = error")
    act += _act(subject, way)
    for path, name in reversed(list(paper.patched.items())):
        act = [f'with patch("{module}.{path}") as {name}:', *(f"    {it}" for it in act)]
    lines += [*act, *_asserted(way)]
    return "\n".join(f"    {it}" for it in lines)


def _act(subject: Subject, way: Way) -> list[str]:
    called, lines = subject.function.name, []
    if subject.class_ is not None:
        made = ", ".join(f"{name}={written(it)}" for name, it in way.made_with.items())
        lines.append(f"subject = {subject.class_.name}({made})")
        called = f"subject.{called}"
    call = f"{called}({', '.join(f'{name}={written(it)}' for name, it in way.given.items())})"
    if way.error is None:
        return [*lines, f"result = {call}" if way.result is not None else f"assert {call} is None"]
    kept = " as raised" if _message(subject, way) is not None else ""
    lines += [f"with pytest.raises({way.error.name}){kept}:", f"    {call}"]
    if kept:
        lines.append(f"assert str(raised.value) == {_message(subject, way)}")
    return lines


def _message(subject: Subject, way: Way) -> str | None:
    """What an error says, where its class does not change it."""
    error = way.error
    if error is None or len(error.arguments) != 1 or not subject.source.is_error(error.name):
        return None
    said = error.arguments[0]
    if isinstance(said, str) or said == Symbol("str(error)"):
        return written(said)
    return None


def _asserted(way: Way) -> list[str]:
    lines = []
    if way.error is None and way.result is not None:
        sign = "is" if isinstance(way.result, bool) else "=="
        lines.append(f"assert result {sign} {written(way.result)}")
    names = [function for function, _, _ in way.paper.calls]
    for function, given, keywords in way.paper.calls:
        if names.count(function) != 1:
            continue
        try:
            inside = [written(it) for it in given]
            inside += [f"{name}={written(it)}" for name, it in keywords]
        except Unread:
            continue
        lines.append(f"{function}.assert_called_once_with({', '.join(inside)})")
    return lines


def _injected(way: Way) -> list[str]:
    given = [*way.made_with.values(), *way.given.values()]
    return list(dict.fromkeys(name for it in given for name in mocks(it)))


def _name(subject: Subject, way: Way) -> str:
    end = f"raises {_last(way.error.name)}" if way.error is not None else "returns"
    if way.error is None:
        end = (
            f"returns {way.result}"
            if isinstance(way.result, bool | int | str | None)
            else "returns"
        )
    why = (
        f" when {way.scenario.fails[0]} fails with {_last(way.scenario.fails[1])}"
        if (way.scenario.fails is not None)
        else ""
    )
    words = re.sub(r"[^a-z0-9]+", "_", _snake(f"{subject.title} {end}{why}")).strip("_")
    return f"test_{words[:90].strip('_')}"


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _snake(text: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower().replace("return_value.", "")


def _free(name: str, taken: dict[str, str]) -> str:
    number, found = 2, name
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
