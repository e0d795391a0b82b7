"""What the manifests of one folder declare, put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Declared:
    """Packages with the range that is asked for, "" where any version will do.

    `extras` are the optional parts of packages that are asked for, such as `redis` of
    `celery[redis]`: often the name of a driver. `scripts` are named commands.
    """

    name: str = ""
    manifest: str = ""
    runtime: dict[str, str] = field(default_factory=dict)
    dev: dict[str, str] = field(default_factory=dict)
    extras: set[str] = field(default_factory=set)
    scripts: dict[str, str] = field(default_factory=dict)

    def add(self, package: str, wanted: str, *, dev: bool = False) -> None:
        """What is needed to run stays so even where it is listed for development again."""
        if dev and package not in self.runtime:
            self.dev.setdefault(package, wanted)
        elif not dev:
            self.dev.pop(package, None)
            if not self.runtime.get(package):
                self.runtime[package] = wanted

    def has(self, *packages: str) -> bool:
        return any(it in self.runtime or it in self.dev for it in packages)

    def range_of(self, package: str) -> str:
        return self.runtime.get(package) or self.dev.get(package, "")


def normal(package: str) -> str:
    """A Python package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", package).lower()


_DEVELOPMENT = re.compile(
    r"(^|[-_.])(dev\w*|tests?|testing|lint\w*|typing|types|docs?|ci|qa|style|format|checks?|debug|"
    r"local|notebook|pre-?commit|mypy|pytest)([-_.]|$)"
)


def is_development(group: str) -> bool:
    """Whether a group of packages of that name serves development alone."""
    return _DEVELOPMENT.search(group.lower()) is not None
