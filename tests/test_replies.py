"""Every reply of the corpus comes to what its case says."""

from __future__ import annotations

from pathlib import Path

import pytest

from reply_cases import Case, cases

CASES = list(cases(Path(__file__).parent / "replies"))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_reply(case: Case) -> None:
    outcome = case.outcome()
    if case.problems:
        assert isinstance(outcome, list), outcome
        for part in case.problems:
            assert any(part in problem for problem in outcome), outcome
        return
    assert isinstance(outcome, dict), outcome
    after = {path: (source or b"").decode() for path, source in outcome.items()}
    assert after == {path: source.decode() for path, source in case.after.items()}


def test_the_corpus_is_read() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)
    assert sum(bool(case.problems) for case in CASES) >= 15
    assert all(case.reply for case in CASES)
