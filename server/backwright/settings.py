"""The settings: one typed object, filled from defaults, the workspace, the editor, environment.

Sources, each overriding the one before: the defaults below; `backwright.toml`, or the table
`[tool.backwright]` of `pyproject.toml`, at the workspace's root; the editor's `backwright.*`
section; the environment.
A key for the endpoint comes from the environment or the editor's secret storage alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from backwright.errors import SettingsError


class _Section(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """A table of settings: names are camelCase outside, unknown ones are an error."""


def _said(text: str) -> msgspec.Meta:
    """What a setting means: docs/settings.md and the extensions of editors say the same."""
    return msgspec.Meta(description=text)


class ModelSettings(_Section, frozen=True):
    """Which model answers."""

    provider: Annotated[
        Literal["auto", "offline", "openai"],
        _said(
            "`auto`: the endpoint if one is configured, else templates."
            " `offline`: templates only. `openai`: the endpoint."
        ),
    ] = "auto"
    base_url: Annotated[
        str, _said("the endpoint's base URL, such as `http://localhost:11434/v1`")
    ] = ""
    name: Annotated[str, _said("the model; empty takes the first that the endpoint lists")] = ""
    headers: Annotated[dict[str, str], _said("extra headers for each request")] = {}
    timeout: Annotated[float, _said("seconds of silence after which a request is given up")] = 60.0

    @property
    def configured(self) -> bool:
        """Whether requests go to an endpoint: `auto` means one if it is named."""
        return self.provider == "openai" or (self.provider == "auto" and bool(self.base_url))


class ContextSettings(_Section, frozen=True):
    """What a model may see."""

    budget_tokens: Annotated[int, _said("how much of the project a model may see, in tokens")] = (
        6000
    )
    exclude: Annotated[
        tuple[str, ...], _said("patterns, as in .gitignore, of files that no model sees")
    ] = ()


class VerifySettings(_Section, frozen=True):
    """How a change is checked."""

    run_tests: Annotated[
        Literal["never", "ask", "always"],
        _said("whether new tests are run: `never`, `ask`, `always`"),
    ] = "ask"
    repair_rounds: Annotated[
        int, _said("how often a model may correct a reply that does not hold")
    ] = 2


class DiagnosticsSettings(_Section, frozen=True):
    """What is shown without being asked for."""

    gaps: Annotated[
        Literal["off", "hint", "warning"],
        _said(
            "`hint`: SQL that is put together from strings, as a hint."
            " `warning`: every gap, as a hint or a warning. `off`: none."
        ),
    ] = "hint"


class Settings(_Section, frozen=True):
    model: ModelSettings = ModelSettings()
    context: ContextSettings = ContextSettings()
    verify: VerifySettings = VerifySettings()
    diagnostics: DiagnosticsSettings = DiagnosticsSettings()
    trusted: bool = False
    api_key: str = ""

    def __repr__(self) -> str:
        """Without the key and the headers, which must not reach a log."""
        model = f"{self.model.provider} {self.model.name} {self.model.base_url}"
        return f"Settings(model={model!r}, trusted={self.trusted})"


def load(
    root: Path,
    environment: Mapping[str, str],
    editor: Mapping[str, Any] | None = None,
    *,
    trusted: bool = False,
) -> Settings:
    """The settings that hold for the workspace at `root`.

    The workspace's own file can't name an endpoint or have tests run unless it is trusted. Raises
    SettingsError, naming the source, for an unknown name or a wrong type.
    """
    merged: dict[str, Any] = {}
    workspace = _of_workspace(root)
    if not trusted:
        workspace.pop("model", None)
        workspace.pop("verify", None)
    for source, values in (
        ("the workspace's settings", workspace),
        ("the editor's settings", dict(editor or {})),
        ("the environment", _of_environment(environment)),
    ):
        merged = _merge(merged, values)
        try:
            settings = msgspec.convert(merged, Settings)
        except msgspec.ValidationError as fault:
            raise SettingsError(f"{source}: {fault}") from None
    key = environment.get("BACKWRIGHT_API_KEY") or environment.get("OPENAI_API_KEY") or ""
    return msgspec.structs.replace(settings, trusted=trusted, api_key=merged.get("apiKey") or key)


def _of_workspace(root: Path) -> dict[str, Any]:
    for name, tables in (("backwright.toml", ()), ("pyproject.toml", ("tool", "backwright"))):
        file = root / name
        if not file.is_file():
            continue
        try:
            values: Any = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            if tables:  # a broken manifest is the project's concern, not a fault of its settings
                continue
            raise SettingsError(f"{name}: {fault}") from None
        for table in tables:
            values = values.get(table, {})
        if values:
            for forbidden in ("apiKey", "trusted"):
                if forbidden in values:
                    raise SettingsError(f"{name}: {forbidden} can't be set in a file")
            return dict(values)
    return {}


def _of_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    model = {
        "baseUrl": environment.get("BACKWRIGHT_BASE_URL") or environment.get("OPENAI_BASE_URL"),
        "name": environment.get("BACKWRIGHT_MODEL"),
    }
    return {"model": {name: value for name, value in model.items() if value}}


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, value in over.items():
        present = merged.get(name)
        merged[name] = (
            _merge(present, value)
            if isinstance(present, Mapping) and isinstance(value, Mapping)
            else value
        )
    return merged
