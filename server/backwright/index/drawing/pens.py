"""What draws: the object that stands for `self` in a block of routes, and the routes it has drawn.

Every block gets a pen of its own, which knows its scope; words without a receiver are its methods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from backwright.facts.backend import Location
from backwright.index.constants import Constants
from backwright.index.drawing.scope import Scope
from backwright.index.drawing.vocabulary import Drawing
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import Framework
from backwright.index.values import (
    Arguments,
    External,
    FunctionValue,
    Map,
    Object,
    Seq,
    Site,
    Str,
    Value,
)

PEN = "(pen)"
PAIR = "=>"
"""An entry of a table whose key is no literal: `mount Blog::Engine => "/blog"`."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A route: `controller` and `action` where it names them, `answering` where it has a block or
    an application. `inside` is the class in which it is drawn."""

    method: str
    path: str
    scope: Scope
    site: Site
    name: str = ""
    controller: str = ""
    action: str = ""
    answering: Value | None = None
    inside: str = ""
    local: str = ""
    declared: tuple[tuple[str, Location, str, bool], ...] = ()
    """Parameters that are declared before it: name, place, type, whether required."""


@dataclass(frozen=True, slots=True)
class MountedHere:
    """Another drawing under a path of this one, by the name of its class. `own` is what it is
    mounted at, without the path of the blocks around."""

    child: str
    path: str
    own: str
    site: Site
    scope: Scope


@dataclass(slots=True)
class Sheet:
    """One table of routes: `name` is the class that it belongs to, such as `Blog::Engine`."""

    name: str
    framework: Framework
    drawing: Drawing
    root: Object
    constants: Constants
    inside: str = ""
    api_only: bool = False
    routes: list[Drawn] = field(default_factory=list)
    mounts: list[MountedHere] = field(default_factory=list)
    waiting: list[tuple[str, Location, str, bool]] = field(default_factory=list)
    """Parameters that are declared for the next route."""
    held: list[tuple[str, Location, str, bool]] = field(default_factory=list)
    """Parameters that are declared for all routes of the blocks at hand."""
    filters: list[tuple[str, FunctionValue]] = field(default_factory=list)
    """Blocks that run before the routes under a path."""
    lead: str = ""
    """What stands before all its paths, in front of the version."""
    version: str = ""
    extended: list[str] = field(default_factory=list)
    """Modules whose methods are words too."""
    drawn_files: list[str] = field(default_factory=list)
    """The files that are being drawn, which do not draw themselves again."""
    run_file: Callable[[Runner, str, Object], None] | None = None
    """Draws another file of routes with the pen at hand."""


@dataclass(slots=True)
class Pens:
    """Every pen with its sheet and scope. They are kept, as they are told apart by identity."""

    held: dict[int, tuple[Object, Sheet, Scope]] = field(default_factory=dict)

    def make(self, sheet: Sheet, scope: Scope, site: Site) -> Object:
        made = Object(PEN, Arguments(), site)
        self.held[id(made)] = (made, sheet, scope)
        return made

    def of(self, value: Value | None) -> tuple[Sheet, Scope] | None:
        found = self.held.get(id(value))
        return (found[1], found[2]) if found is not None else None


@dataclass(frozen=True, slots=True)
class Word:
    """One use of a word: what it is given, with the block apart."""

    name: str
    positional: tuple[Value, ...]
    options: dict[str, Value]
    pairs: tuple[tuple[Value, Value], ...]
    """Entries whose keys are no symbols, in their order."""
    block: FunctionValue | None
    site: Site
    arguments: Arguments
    """All that it is given, as it is given."""

    @classmethod
    def of(cls, name: str, arguments: Arguments, site: Site) -> Word:
        pairs: list[tuple[Value, Value]] = []
        positional: list[Value] = []
        options = dict(arguments.keywords)
        block = options.pop("&", None)
        for value in arguments.positional:
            if isinstance(value, Object) and value.origin == PAIR:
                pairs.append((value.arguments.positional[0], value.arguments.positional[1]))
            elif isinstance(value, Map):
                pairs += [(Str((key,)), held) for key, held in value.items.items()]
            else:
                positional.append(value)
        given = block if isinstance(block, FunctionValue) else None
        return cls(name, tuple(positional), options, tuple(pairs), given, site, arguments)

    def text(self, name: str) -> str | None:
        """The option as a text; None where it is not given or not known."""
        return text_of(self.options.get(name))

    def texts(self, name: str) -> tuple[str, ...] | None:
        """The option as a list of texts; None where it is not given."""
        return texts_of(self.options[name]) if name in self.options else None

    def without(self, *names: str) -> Word:
        left = {key: value for key, value in self.options.items() if key not in names}
        return replace(self, options=left)


def text_of(value: Value | None) -> str | None:
    return value.text if isinstance(value, Str) else None


def texts_of(value: Value) -> tuple[str, ...]:
    if isinstance(value, Seq):
        return tuple(it.text for it in value.items if isinstance(it, Str))
    return (value.text,) if isinstance(value, Str) else ()


def constant_of(value: Value) -> str:
    """The name of the class that a value from outside stands for."""
    return value.origin.replace(".", "::") if isinstance(value, External) else ""
