"""Settings are filled in order, and a workspace can't name an endpoint before it is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from backwright.errors import SettingsError
from backwright.settings import load

FILE = '[model]\nbaseUrl = "http://file/v1"\nname = "of-file"\n\n[context]\nbudgetTokens = 100\n'


def test_each_source_overrides_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "backwright.toml").write_text(FILE)
    environment = {"BACKWRIGHT_MODEL": "of-environment", "OPENAI_API_KEY": "k"}
    editor = {"model": {"baseUrl": "http://editor/v1"}}
    settings = load(tmp_path, environment, editor, trusted=True)
    assert settings.model.base_url == "http://editor/v1"
    assert settings.model.name == "of-environment"
    assert settings.context.budget_tokens == 100
    assert settings.verify.repair_rounds == 2
    assert settings.api_key == "k"


def test_an_untrusted_workspace_names_no_endpoint_and_no_tests(tmp_path: Path) -> None:
    text = f'{FILE}\n[verify]\nrunTests = "always"\n'
    (tmp_path / "backwright.toml").write_text(text)
    settings = load(tmp_path, {}, trusted=False)
    assert not settings.model.configured
    assert settings.verify.run_tests == "ask"
    assert settings.context.budget_tokens == 100
    assert load(tmp_path, {}, trusted=True).verify.run_tests == "always"


def test_settings_may_stand_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.backwright.context]\nbudgetTokens = 7\n")
    assert load(tmp_path, {}).context.budget_tokens == 7


def test_a_broken_manifest_is_not_a_fault_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.backwright\n")
    assert load(tmp_path, {}).context.budget_tokens == 6000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[context]\nbudget = 5\n", "budget"),
        ("[context]\nbudgetTokens = 'many'\n", "int"),
        ("[context\n", "backwright.toml"),
        ("apiKey = 'x'\n", "apiKey"),
        ("trusted = true\n", "trusted"),
    ],
)
def test_what_can_not_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "backwright.toml").write_text(text)
    with pytest.raises(SettingsError, match=said):
        load(tmp_path, {})


def test_key_and_headers_are_in_no_repr(tmp_path: Path) -> None:
    editor = {"model": {"headers": {"X-Key": "hidden-header"}, "baseUrl": "http://x/v1"}}
    settings = load(tmp_path, {"BACKWRIGHT_API_KEY": "hidden-key"}, editor)
    assert "hidden" not in repr(settings)
