"""The paths of a controller's method: prefix, version, module, controller and method."""

from __future__ import annotations

from dataclasses import dataclass, field

from backwright.index import paths
from backwright.index.mounting.registrars import flat
from backwright.index.values import Const, External, Map, Object, Seq, Str, Value


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    known: bool = True


@dataclass(slots=True)
class Settings:
    """What an app is told about the paths of all its routes. `version_prefix` is None where
    versions do not stand in the path."""

    prefix: Part = field(default_factory=lambda: Part(""))
    excluded: list[tuple[str, str]] = field(default_factory=list)
    """Methods (ANY for all) and paths that do not get the prefix."""
    version_prefix: str | None = None
    default_version: Value | None = None


def texts(value: Value | None) -> list[Part]:
    """The paths that a decorator names; one that is empty where it names none."""
    if value is None:
        return [Part("")]
    items = value.items if isinstance(value, Seq) else [value]
    return [Part(it.text, it.known) if isinstance(it, Str) else Part("", False) for it in items]


def take_prefix(settings: Settings, prefix: Value | None, options: Value | None) -> None:
    settings.prefix = next(iter(texts(_setting(prefix))), Part(""))
    for item in flat([options.items.get("exclude")]) if isinstance(options, Map) else []:
        if isinstance(item, Str):
            settings.excluded.append(("ANY", item.text))
        elif isinstance(item, Map) and isinstance(path := item.items.get("path"), Str):
            method = item.items.get("method")
            named = method.origin.rpartition(".")[2] if isinstance(method, External) else "ALL"
            settings.excluded.append(("ANY" if named == "ALL" else named, path.text))


def _setting(value: Value | None) -> Value | None:
    """The default of a setting that is asked for: `config.get("PREFIX", "api")`."""
    if isinstance(value, Object) and value.origin.endswith(".get"):
        return value.arguments.get((1,)) or value
    return value


def take_versions(settings: Settings, options: Value | None, uri: str) -> None:
    if not isinstance(options, Map):
        return
    kind, prefix = options.items.get("type"), options.items.get("prefix")
    if isinstance(kind, External) and kind.origin == uri:
        settings.version_prefix = "v"
        if isinstance(prefix, Str):
            settings.version_prefix = prefix.text
        elif isinstance(prefix, Const) and prefix.value is False:
            settings.version_prefix = ""
    settings.default_version = options.items.get("defaultVersion")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a method stands, with the version that is said nearest to it."""

    method: str
    version: Value | None
    module: str | None
    controller: Part
    action: Part


def whole_path(settings: Settings, place: Place, neutral: str) -> list[Part]:
    """One path for each version, as they are written in the framework."""
    known = place.module is not None and place.controller.known and place.action.known
    local = "".join(
        _piece(it) for it in (place.module or "", place.controller.text, place.action.text)
    )
    found: list[Part] = []
    for version in _versions(settings, place.version, neutral):
        path, sure = _piece(version.text) + local, known and version.known
        if not _excluded(settings, place.method, local):
            path = _piece(settings.prefix.text) + path
            sure = sure and settings.prefix.known
        found.append(Part(path or "/", sure))
    return found


def _versions(settings: Settings, own: Value | None, neutral: str) -> list[Part]:
    version = own if own is not None else settings.default_version
    if settings.version_prefix is None or version is None:
        return [Part("")]
    found: list[Part] = []
    for one in flat([version]):
        if isinstance(one, External) and one.origin == neutral:
            found.append(Part(""))
        elif isinstance(one, Str) and one.known:
            found.append(Part(settings.version_prefix + one.text))
        else:
            found.append(Part("", False))
    return found or [Part("")]


def _excluded(settings: Settings, method: str, path: str) -> bool:
    return any(
        only in {"ANY", method} and paths.fits(spelled, path or "/")
        for only, pattern in settings.excluded
        for spelled in paths.spellings(f"/{pattern.strip('/')}", "colon")
    )


def _piece(text: str) -> str:
    text = text.strip("/")
    return f"/{text}" if text else ""
