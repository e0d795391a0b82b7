"""What is read of each project under apps/ is what its own framework reports when it is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.truth import app_dirs, cannot_run, true_routes
from backwright.index.workspace import Workspace


def _named(app_dir: Path) -> str:
    return f"{app_dir.parent.name}/{app_dir.name}"


@pytest.mark.parametrize("app_dir", app_dirs(), ids=_named)
def test_routes_are_those_that_the_framework_reports(app_dir: Path) -> None:
    if why := cannot_run(app_dir):
        pytest.skip(why)
    routes = Workspace(app_dir).refresh().routes
    read = sorted((it.method, it.path) for it in routes)
    assert read == [(it.method, it.path) for it in true_routes(app_dir)]
    assert [it.title for it in routes if not it.resolved] == []
