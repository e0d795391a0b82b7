"""Settings from the editor, and whether a folder is trusted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from backwright.settings import Settings, load

SECTION = "backwright"
_OF_THE_EXTENSION = frozenset({"trace", "server", "trusted"})
"""Settings of the editor's own part, which the server does not know."""


class Options(msgspec.Struct, frozen=True):
    """`initializationOptions`. Without `trusted` the user's list of trusted folders decides."""

    trusted: bool | None = None
    settings: dict[str, Any] = {}


def options_of(given: object) -> Options:
    """Raises msgspec.ValidationError for options of another shape."""
    said = given.items() if isinstance(given, Mapping) else ()
    return msgspec.convert({name: value for name, value in said if value is not None}, Options)


def section_of(given: object) -> dict[str, Any]:
    """The section `backwright` as the settings know it; also when it is wrapped in its name."""
    if not isinstance(given, Mapping):
        return {}
    inner = given.get(SECTION)
    section = inner if isinstance(inner, Mapping) else given
    return {
        str(name): value
        for name, value in section.items()
        if name not in _OF_THE_EXTENSION and value is not None
    }


def settings_for(root: Path, section: Mapping[str, Any], options: Options) -> Settings:
    """The settings that hold in a folder. Raises SettingsError."""
    return load(root, os.environ, section, trusted=is_trusted(root, options))


def is_trusted(root: Path, options: Options) -> bool:
    if options.trusted is not None:
        return options.trusted
    from backwright.trust import is_trusted  # loads more than a server needs to start

    return is_trusted(root)
