"""Every recipe does what the cases beside it say."""

from __future__ import annotations

from pathlib import Path

import pytest

from backwright.engine.result import Result
from recipe_cases import Case, cases

CASES = {case.name: case for case in cases()}


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", CASES)
async def test_recipe(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    result = await case.run(tmp_path / "project")
    report = result.report
    assert_said(case, result)
    if "refused" in case.said:
        assert (report.status, result.exit_status) == ("refused", 4), report.summary
        assert not result.change
        return
    assert (report.status, result.exit_status) == ("planned", 0), report.summary
    after = {path: source.decode() for path, source in result.after.items() if source is not None}
    unchanged = {path for path in after if after[path] == case.before.get(path)}
    assert {path: after[path] for path in after.keys() - unchanged} == case.after
    assert [it for it in report.checks if it.status == "failed"] == []
    if "done" in case.said:
        assert not result.change


def assert_said(case: Case, result: Result) -> None:
    report = result.report
    places = {
        "refused": report.summary,
        "done": report.summary,
        "summary": report.summary,
        "unserved": "\n".join(report.unserved),
        "review": "\n".join(report.review),
        "steps": "\n".join(report.next_steps),
    }
    for block, lines in case.said.items():
        for line in lines:
            assert line in places[block], f"{block}: {line!r} is not in {places[block]!r}"
    assert report.unserved == [] or "unserved" in case.said


def test_every_recipe_with_templates_has_an_applied_and_a_refused_case() -> None:
    kinds: dict[str, set[bool]] = {}
    for case in CASES.values():
        kinds.setdefault(case.recipe, set()).add("refused" in case.said)
    assert {recipe: kind for recipe, kind in kinds.items() if len(kind) < 2} == {}


def test_a_heading_names_one_case() -> None:
    names = [case.name for case in cases()]
    assert len(names) == len(set(names))
