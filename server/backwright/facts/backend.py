"""What a backend consists of: the vocabulary that every front and recipe speaks.

Paths of files are relative to the workspace with `/`; lines are 1-based; offsets are bytes.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Protocol = Literal["http", "websocket", "graphql", "rpc"]
Location = Literal["path", "query", "header", "cookie", "body", "form"]


class Place(msgspec.Struct, frozen=True):
    """Where something stands."""

    file: str
    line: int
    start: int = 0
    end: int = 0


class RouteParameter(msgspec.Struct, frozen=True):
    name: str
    location: Location
    type: str = ""
    required: bool = True


class Guard(msgspec.Struct, frozen=True):
    """What a request must pass; `source` says how it comes to be there."""

    name: str
    source: Literal["dependency", "decorator", "middleware"]
    place: Place | None = None


class TestRef(msgspec.Struct, frozen=True):
    file: str
    line: int
    name: str = ""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One method of one endpoint as a client calls it.

    `handler_place` is the definition that answers; `place` is where it is registered (for a
    decorated function both cover it, decorators included). `resolved` is False when part of the
    path is not known; that part is left out.
    """

    method: str
    path: str
    handler: str
    framework: str
    place: Place
    handler_place: Place
    local_path: str = ""
    parameters: list[RouteParameter] = []
    request_model: str = ""
    response_model: str = ""
    status: int = 0
    guards: list[Guard] = []
    rate_limit: str = ""
    validators: list[str] = []
    models: list[str] = []
    """The models that its handler names, itself or through what it calls."""
    jobs: list[str] = []
    """The jobs that its handler asks for, itself or through what it calls."""
    sql: list[Place] = []
    """The calls that run a statement which is put together from strings, of its handler or what
    that calls."""
    tests: list[TestRef] = []
    app: str = ""
    owner: str = ""
    protocol: Protocol = "http"
    resolved: bool = True

    @property
    def title(self) -> str:
        return f"{self.method} {self.path}"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a model. `type` and `default` are as the library or database writes them, the
    default "" when there is none.

    `unique` is what is declared beside the primary key. `column` is the name in the table where it
    differs; `references` is the column of another table, as `table.column`.
    """

    name: str
    type: str = ""
    nullable: bool = False
    unique: bool = False
    primary_key: bool = False
    default: str = ""
    column: str = ""
    references: str = ""
    optional: bool = False
    """It may be left out of what is sent."""
    line: int = 0
    """Where it is declared, as long as its model is put together: 0 in one that is published, whose
    fields may stand in the files of its bases."""


RelationKind = Literal["one-to-many", "many-to-one", "one-to-one", "many-to-many"]


class Relation(msgspec.Struct, frozen=True):
    """`via` is what holds it: the columns of the key, or the table between the two."""

    name: str
    target: str
    kind: RelationKind
    via: str = ""


class Index(msgspec.Struct, frozen=True):
    """An index or a constraint over several fields; the name is "" where the library makes one."""

    fields: list[str]
    name: str = ""
    unique: bool = False


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored or exchanged. `table` is "" for what has none, such as a schema of requests;
    `kind` is the library or language that declares it."""

    name: str
    kind: str
    table: str = ""
    place: Place
    fields: list[Field] = []
    relations: list[Relation] = []
    indexes: list[Index] = []
    app: str = ""

    def field(self, name: str) -> Field | None:
        return next((it for it in self.fields if it.name == name), None)


class TestCall(msgspec.Struct, frozen=True):
    """A request that a test makes; `*` stands for a part of the path that is not known."""

    method: str
    path: str
    line: int


class Test(msgspec.Struct, frozen=True):
    name: str
    file: str
    line: int
    framework: str
    calls: list[TestCall] = []
    fixtures: list[str] = []


FixtureKind = Literal["app", "client", "factory", "headers", "session", "token", "other"]


class Fixture(msgspec.Struct, frozen=True, kw_only=True):
    """What tests can ask for by name. `kind` is what it gives as far as it is known: an app, a
    client of it, a database session, headers that authenticate, a token, a function that makes
    things.

    `returns` is the type as it is written; `parameters` are the fixtures that it uses itself.
    """

    name: str
    file: str
    line: int
    kind: FixtureKind = "other"
    scope: str = "function"
    returns: str = ""
    parameters: list[str] = []
    autouse: bool = False
    place: Place


class FrameworkVersion(msgspec.Struct, frozen=True):
    name: str
    version: str = ""


class Stack(msgspec.Struct, frozen=True, kw_only=True):
    """What one application of the workspace is built with; `root` is its folder.

    Dependencies are named as in the registry (Python's in lower case with `-`), with the version
    that is locked, else the range that is asked for.
    """

    app: str
    root: str
    languages: list[str] = []
    frameworks: list[FrameworkVersion] = []
    databases: list[str] = []
    package_manager: str = ""
    test_command: str = ""
    lint_command: str = ""
    env: list[str] = []
    manifest: str = ""
    dependencies: dict[str, str] = {}
    dev_dependencies: dict[str, str] = {}


class Made(msgspec.Struct, frozen=True):
    """An object of a library that the project makes and keeps under a name, such as its limiter.

    `scope` is the function in which it is made, "" at the top of the module; `place` is the whole
    statement.
    """

    name: str
    origin: str
    place: Place
    scope: str = ""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Work that is done outside of requests, and where the project asks for it.

    `name` is what its library knows it by. `retries` counts the tries after the first: 0 for none,
    -1 for no end to them, None where it is not known. `backoff` tells the pauses between them in
    words (`fixed 60 s`, `exponential from 5 s`), `schedule` is a cron line or `every 30 s`; both
    are "" where there is none or it is not known. `place` is the function that does the work, or
    the first place that asks for it.
    """

    name: str
    queue: str
    framework: str
    place: Place
    retries: int | None = None
    backoff: str = ""
    schedule: str = ""
    enqueued_at: list[Place] = []


class SqlFinding(msgspec.Struct, frozen=True):
    """A statement for a database that is put together from parts which are not constant.

    `sink` is what it is given to, as it is written; `place` is that call.
    """

    file: str
    line: int
    function: str
    sink: str
    place: Place


class Backend(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of the workspace at one moment: an immutable value for readers."""

    version: int = 0
    routes: list[Route] = []
    tests: list[Test] = []
    fixtures: list[Fixture] = []
    stacks: list[Stack] = []
    made: list[Made] = []
    jobs: list[Job] = []
    sql: list[SqlFinding] = []
    models: list[Model] = []
    skipped: dict[str, str] = {}

    def routes_at(self, file: str, offset: int, line: int = 0) -> list[Route]:
        """The routes whose handler or registration covers the byte, the closest first.

        `line` is the byte's, where it is known: a function that is bound to a name or a property
        begins behind that name, and its first line means it too.
        """
        found: list[tuple[int, int, Route]] = []
        for route in self.routes:
            for place in (route.handler_place, route.place):
                within = place.start <= offset <= place.end or place.line == line
                if place.file == file and within:
                    found.append((place.end - place.start, len(found), route))
                    break
        return [route for _, _, route in sorted(found)]

    def model_at(self, file: str, offset: int) -> Model | None:
        """The innermost model whose declaration covers the byte."""
        covering = [
            it
            for it in self.models
            if it.place.file == file and it.place.start <= offset <= it.place.end
        ]
        return min(covering, key=lambda it: it.place.end - it.place.start, default=None)
