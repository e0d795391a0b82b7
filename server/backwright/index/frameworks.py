"""What each `framework.toml` says: which names of a framework play which role.

The vocabulary is closed; a name that is not here is an error when the file is loaded. An argument
is given by the places where it may stand: a position, a keyword, or both.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from backwright.facts.backend import Location, Protocol
from backwright.index.controllers import vocabulary as classes
from backwright.index.drawing import vocabulary as drawn
from backwright.index.files.vocabulary import FileTable
from backwright.index.graphql.vocabulary import GraphqlTable
from backwright.index.mounting import vocabulary as routers
from backwright.index.procedures.vocabulary import ProcedureTable
from backwright.index.url_tables import vocabulary as urls
from backwright.syntax.language import grammars_folder

ArgumentPlace = tuple[int | str, ...]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Construct(_Table, frozen=True, kw_only=True):
    """Calling one of `origins` (or a subclass) makes an app or a router."""

    origins: tuple[str, ...]
    role: Literal["app", "router"]
    prefix: ArgumentPlace = ()
    guards: ArgumentPlace = ()
    routes: ArgumentPlace = ()
    name: ArgumentPlace = ()
    settings: tuple[str, ...] = ()
    """Attributes that hold settings, such as `app.config`."""
    route_lists: tuple[str, ...] = ()
    """Attributes that hold the list of routes, to which more may be appended."""
    same: tuple[str, ...] = ()
    """Attributes that register like the object itself, such as `app.router`."""
    chained: tuple[str, ...] = ()
    """Methods that give the object itself, or what stands for it where it is mounted."""
    options: ArgumentPlace = ()
    """An object literal whose entries count as keywords."""
    under: ArgumentPlace = ()
    """The app or router that it puts itself under when it is made: `Api(app)`."""
    joins: tuple[str, ...] = ()
    """Methods that put it under the app or router that they are given: `api.init_app(app)`."""
    default_prefix: str = ""
    """The prefix where none is given, with `{name}` for its name."""
    holds: bool = False
    """Its positional arguments are put under it."""
    tuples: str = ""
    """What a tuple in the list of routes counts as: `(r"/items", ItemHandler)`."""
    version: ArgumentPlace = ()
    version_prefix: ArgumentPlace = ()
    provides: ArgumentPlace = ()
    """A table of what fills the parameters of a name, in every handler below."""
    views: tuple[str, ...] = ()
    """Keywords and attributes whose value is a class of routes, or a class that names some."""
    views_inside: tuple[str, ...] = ()
    """The attributes of such a class that name them."""


class Register(_Table, frozen=True, kw_only=True):
    """A method of an app or router that adds a route.

    `methods` says where the HTTP methods are given; without it the one in `method` holds, and
    without that the method's own name. `handler` is `decorated`, `rest` (all that follows the path;
    the last one answers) or an argument; after `rest` come the arguments where it may be instead.
    `options` is an object literal whose entries count as keywords, inner ones as `outer.inner`.
    """

    names: tuple[str, ...]
    path: ArgumentPlace = (0, "path")
    method: str = ""
    methods: ArgumentPlace = ()
    default_methods: tuple[str, ...] = ("GET",)
    object_methods: tuple[str, ...] = ()
    """The methods that an object which is no function answers when none is named."""
    handler: ArgumentPlace = ("decorated",)
    guards: ArgumentPlace = ()
    guard_entry: str = ""
    """The entry that holds the function of a guard that is an object: `{ method, assign }`."""
    response_model: ArgumentPlace = ()
    status: ArgumentPlace = ()
    name: ArgumentPlace = ()
    """What a URL can be made of by name; without it that is the handler's name."""
    protocol: Protocol = "http"
    options: ArgumentPlace = ()
    named: bool = False
    """The path may follow a text that names the route."""
    repeats: bool = False
    """Without a path it goes to the one that was registered last."""
    several: bool = False
    """Positional texts behind the path are paths too."""
    default_path: str | None = None
    provides: ArgumentPlace = ()
    responders: str = ""
    """What the names of an object's methods that answer begin with: `on_` for `on_get`."""
    suffix: ArgumentPlace = ()
    """What they end in, after an underscore."""
    version: ArgumentPlace = ()
    version_prefix: ArgumentPlace = ()


class Option(_Table, frozen=True, kw_only=True):
    """An entry in a registration's options that checks requests: `schema: {…}`.

    It counts as a call of `origin`. `parts` are the entries without which it checks nothing. With a
    `protocol` it says that this is spoken.
    """

    name: str
    origin: str = ""
    parts: tuple[str, ...] = ()
    unless: dict[str, tuple[str, ...]] = {}
    """Entries with whose texts it checks nothing: `mode: "try"`."""
    named: tuple[str, ...] = ()
    """It bears the name that is its value, or one of these entries of it."""
    default_by: tuple[str, ...] = ()
    """Methods that give it to all routes of the app that say nothing of their own."""
    protocol: Protocol | None = None


class Mount(_Table, frozen=True, kw_only=True):
    """A method that puts a router (or app) under another one.

    `overrides`: a prefix given here replaces the child's own instead of preceding it.
    """

    names: tuple[str, ...]
    child: ArgumentPlace
    prefix: ArgumentPlace = ()
    guards: ArgumentPlace = ()
    overrides: bool = False
    version: ArgumentPlace = ()
    version_prefix: ArgumentPlace = ()


class Use(_Table, frozen=True, kw_only=True):
    """A method that takes routers to mount and functions that run before what follows."""

    names: tuple[str, ...]


class Plugin(_Table, frozen=True, kw_only=True):
    """A method that runs a function with a router of its own below the present one.

    What one of `transparent` wraps runs on the present router itself; `reopens` is the entry of its
    settings that takes this back. `autoload` are plugins that take a folder of others.
    """

    names: tuple[str, ...]
    child: str
    """The origin that the inner router counts as."""
    transparent: tuple[str, ...] = ()
    always_transparent: bool = False
    """Whatever it is given runs on the present router: `app.after(() => …)`."""
    reopens: str = ""
    autoload: tuple[str, ...] = ()
    function: str = ""
    """The entry of a plugin that is an object: `{ name, register(server) { … } }`."""
    plugin: str = ""
    """The entry that holds a plugin beside its settings: `{ plugin, options, routes }`."""
    options: str = ""
    """The entry beside it with what the function is given."""
    prefix: tuple[str, ...] = ("prefix",)
    replaces: bool = False
    """A prefix beside a plugin is put in the place of those above it."""


class Hook(_Table, frozen=True, kw_only=True):
    """A method that adds a function to run at one of `stages`, before every route below it."""

    names: tuple[str, ...]
    stages: tuple[str, ...]


class Decorate(_Table, frozen=True, kw_only=True):
    """A method that gives an app or router an attribute: `app.decorate("authenticate", f)`."""

    names: tuple[str, ...]


class Prefixing(_Table, frozen=True, kw_only=True):
    """A method that gives a prefix: to the router itself, or to a `copy` that it answers with."""

    names: tuple[str, ...]
    copy: bool = False


class PathBuilder(_Table, frozen=True, kw_only=True):
    """A method that fixes a path, on whose result routes are registered without one."""

    names: tuple[str, ...]
    path: ArgumentPlace = (0,)


class Before(_Table, frozen=True, kw_only=True):
    """A method or decorator that adds a function to run before every route of the router."""

    names: tuple[str, ...]


class RouteObject(_Table, frozen=True, kw_only=True):
    """A route that is written as a value and handed over in a list."""

    origins: tuple[str, ...]
    path: ArgumentPlace = (0, "path")
    handler: ArgumentPlace = (1, "endpoint")
    method: str = ""
    methods: ArgumentPlace = ()
    name: ArgumentPlace = ()
    default_methods: tuple[str, ...] = ("GET",)
    object_methods: tuple[str, ...] = ()
    protocol: Protocol = "http"


class MountObject(_Table, frozen=True, kw_only=True):
    origins: tuple[str, ...]
    prefix: ArgumentPlace = (0, "path")
    child: ArgumentPlace = (1, "app")
    routes: ArgumentPlace = ("routes",)


class RouteDecorator(Register, frozen=True, kw_only=True):
    """A decorator of no router, whose function is a route of the router that lists it."""

    names: tuple[str, ...] = ()
    origins: tuple[str, ...]


class ClassView(_Table, frozen=True, kw_only=True):
    """Classes whose methods answer the HTTP method of their name."""

    origins: tuple[str, ...]
    convert: str = ""
    """The method of the class that makes a handler of it, such as `as_view`."""
    methods: tuple[str, ...] = ()
    """The HTTP methods that the class itself answers."""
    actions: tuple[str, ...] = ()
    """The actions of a resource that the class itself answers, such as `list`."""
    only: str = ""
    """The attribute that names all the methods which are answered, others being refused."""
    decorators: tuple[str, ...] = ()
    """Attributes that list what stands before every method, or before each by its name."""
    before: tuple[str, ...] = ()
    """Methods that run before the one that answers."""
    protocol: Protocol | None = None


class Dependency(_Table, frozen=True, kw_only=True):
    """A call that names what must run before the handler: `Depends(get_user)`."""

    origins: tuple[str, ...]
    callable: ArgumentPlace = (0, "dependency")
    always_guard: bool = False


class GuardRole(_Table, frozen=True, kw_only=True):
    """Names that keep requests out: decorators, middleware, security schemes, base classes.

    `qualified`: code calls them by the name of their library too, as `passport.authenticate`.
    """

    origins: tuple[str, ...]
    qualified: bool = False
    reading: bool = False
    """They let through whoever only reads."""


class Limiter(_Table, frozen=True, kw_only=True):
    """Names whose call (or method) limits the rate of requests; `limit` is where it stands."""

    origins: tuple[str, ...]
    limit: ArgumentPlace = (0,)
    window: ArgumentPlace = ()
    exempt: tuple[str, ...] = ()
    """Names that free a route from the limits above it."""
    required: bool = False
    """Without `limit` it limits nothing by itself."""
    attach: tuple[str, ...] = ()
    """Methods that put it before every route of the app they are given."""
    app: ArgumentPlace = ()
    """Where an app may be given when it is made."""


class Validator(_Table, frozen=True, kw_only=True):
    """Names that check a request's input."""

    origins: tuple[str, ...]


class RequestObject(_Table, frozen=True, kw_only=True):
    """How a handler reads its input when it is not in its signature.

    `origins` name a request that is imported; `parameter` is the position of one that is passed.
    The other fields list the attributes that hold each part.
    """

    origins: tuple[str, ...] = ()
    parameter: int = -1
    inner: tuple[str, ...] = ()
    """Attributes that are the request too, such as `ctx.request`."""
    parsers: tuple[str, ...] = ()
    """What makes an object of the request's address, such as `new URL(request.url)`."""
    attribute: str = ""
    """Where the object of a handler that is a method has it."""
    path: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    cookie: tuple[str, ...] = ()
    calls: dict[str, Location] = {}
    """Methods of the request, or of a handler's own object, that are told what to read."""


class Signature(_Table, frozen=True, kw_only=True):
    """How a handler's parameters are declared when they are its inputs."""

    skipped: int = 0
    """How many parameters come before the inputs."""
    explicit: bool = False
    """Only what is marked by one of these names is an input, under the name that is given."""
    query: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    cookie: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    """Bases of the classes that are read from the body."""
    bodies: tuple[str, ...] = ()
    """Names of parameters that are the body."""
    reserved: tuple[str, ...] = ()
    """Names of parameters that are no input."""
    ignored: tuple[str, ...] = ()
    """Types of parameters that are no input: requests, responses, sessions."""


class TestRunner(_Table, frozen=True, kw_only=True):
    """Functions that declare tests, exported by the framework's `imports` or global.

    A suite takes a title and a function that declares tests; a test takes a title and what runs.
    """

    called: str = ""
    """What people call it, where that is not the framework's name."""
    globals: bool = False
    suites: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    default: Literal["", "test"] = ""
    """What the module's default export declares."""


class Framework(_Table, frozen=True, kw_only=True):
    name: str
    language: str
    family: Literal[
        "mounted-routers",
        "url-tables",
        "resources",
        "controllers",
        "files",
        "procedures",
        "graphql",
        "library",
    ]
    packages: tuple[str, ...]
    """Names in a manifest that mean the project uses it."""
    imports: tuple[str, ...]
    path_style: Literal[
        "braces",
        "marked-braces",
        "angle",
        "name-angle",
        "colon",
        "colon-braces",
        "kind-braces",
        "regex",
    ] = "braces"
    slashes: Literal["joined", "merged", "trimmed", "glued", "stripped"] = "joined"
    construct: tuple[Construct, ...] = ()
    register: tuple[Register, ...] = ()
    mount: tuple[Mount, ...] = ()
    use: tuple[Use, ...] = ()
    plugin: tuple[Plugin, ...] = ()
    hook: tuple[Hook, ...] = ()
    decorate: tuple[Decorate, ...] = ()
    prefixing: tuple[Prefixing, ...] = ()
    option: tuple[Option, ...] = ()
    bundles: tuple[str, ...] = ()
    """Calls that make one middleware of a list of them, or hand a list on."""
    path_builder: tuple[PathBuilder, ...] = ()
    before: tuple[Before, ...] = ()
    route_object: tuple[RouteObject, ...] = ()
    mount_object: tuple[MountObject, ...] = ()
    class_view: tuple[ClassView, ...] = ()
    making: tuple[routers.Making, ...] = ()
    route_class: tuple[routers.RouteClass, ...] = ()
    route_decorator: tuple[RouteDecorator, ...] = ()
    declaration: tuple[routers.Declaration, ...] = ()
    parser: tuple[routers.Parser, ...] = ()
    version_prefix: str = "/v"
    """What stands before the version in a path, where nothing else is given."""
    controllers: classes.ControllerTable | None = None
    action: tuple[classes.Action, ...] = ()
    files: FileTable | None = None
    procedures: ProcedureTable | None = None
    graphql: GraphqlTable | None = None
    url_table: urls.UrlTable | None = None
    url_entry: tuple[urls.UrlEntry, ...] = ()
    url_include: tuple[urls.UrlInclude, ...] = ()
    url_prefix: tuple[urls.UrlPrefix, ...] = ()
    url_converter: tuple[urls.UrlConverter, ...] = ()
    method_filter: tuple[urls.MethodFilter, ...] = ()
    resource_router: tuple[urls.ResourceRouter, ...] = ()
    resource_template: tuple[urls.ResourceTemplate, ...] = ()
    template_call: tuple[urls.TemplateCall, ...] = ()
    resource_action: tuple[urls.ResourceAction, ...] = ()
    resource: urls.Resource | None = None
    throttle: tuple[urls.Throttle, ...] = ()
    drawing: drawn.Drawing | None = None
    filter: tuple[drawn.Filter, ...] = ()
    drawn_modules: tuple[drawn.DrawnModules, ...] = ()
    throttling: tuple[drawn.Throttling, ...] = ()
    dependency: tuple[Dependency, ...] = ()
    guard: tuple[GuardRole, ...] = ()
    limiter: tuple[Limiter, ...] = ()
    validator: tuple[Validator, ...] = ()
    request: RequestObject | None = None
    signature: Signature | None = None
    test_clients: tuple[str, ...] = ()
    """Clients of an app under test: what calling one of these origins makes."""
    http_clients: tuple[str, ...] = ()
    """Clients of the network at large, objects or modules; tests may call the app with them."""
    test_requests: tuple[str, ...] = ()
    """Functions that make a request: `fetch(url, { method })`."""
    url_builders: tuple[str, ...] = ()
    """Functions and methods that give the path of a route by its name."""
    test_runner: TestRunner | None = None
    passing: tuple[str, ...] = ()
    """Decorators that keep nobody out, whatever they are called."""
    guard_as: str = ""
    """What everything that is given as a guard counts as."""
    excluded_entries: tuple[str, ...] = ()
    """Entries of a handler that is an object and holds no code of the project: `{ directory }`."""
    excluded_apps: tuple[str, ...] = ()
    """Origins of mounted things that hold no routes of the project, such as static files."""


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework whose folder is there, in the order of their names."""
    files = sorted(grammars_folder().glob("*/*/framework.toml"))
    return tuple(load(file) for file in files)


def load(file: Path) -> Framework:
    return msgspec.toml.decode(file.read_bytes(), type=Framework)


class Roles(msgspec.Struct, frozen=True):
    """All frameworks, looked up by the origin of a name."""

    by_construct: dict[str, tuple[Framework, Construct]]
    route_objects: dict[str, tuple[Framework, RouteObject]]
    mount_objects: dict[str, tuple[Framework, MountObject]]
    class_views: dict[str, ClassView]
    route_classes: dict[str, tuple[Framework, routers.RouteClass]]
    route_decorators: dict[str, RouteDecorator]
    declarations: dict[str, routers.Declaration]
    parsers: dict[str, routers.Parser]
    dependencies: dict[str, Dependency]
    guards: frozenset[str]
    qualified: frozenset[str]
    passing: frozenset[str]
    """Decorators that are known to keep nobody out, whatever they are called."""
    limiters: dict[str, Limiter]
    bundles: frozenset[str]
    exempting: frozenset[str]
    validators: frozenset[str]
    test_clients: frozenset[str]
    http_clients: frozenset[str]
    test_requests: frozenset[str]
    url_builders: frozenset[str]
    globals: frozenset[str]
    """Names that are there without an import where tests run."""


@cache
def roles() -> Roles:
    all_of = frameworks()
    return Roles(
        {o: (f, c) for f in all_of for c in f.construct for o in c.origins},
        {o: (f, r) for f in all_of for r in f.route_object for o in r.origins},
        {o: (f, m) for f in all_of for m in f.mount_object for o in m.origins},
        {o: v for f in all_of for v in f.class_view for o in v.origins},
        {o: (f, c) for f in all_of for c in f.route_class for o in c.origins},
        {o: d for f in all_of for d in f.route_decorator for o in d.origins},
        {o: d for f in all_of for d in f.declaration for o in d.origins},
        {o: p for f in all_of for p in f.parser for o in p.origins},
        {o: d for f in all_of for d in f.dependency for o in d.origins},
        frozenset(o for f in all_of for g in f.guard for o in g.origins),
        frozenset(o for f in all_of for g in f.guard if g.qualified for o in g.origins),
        frozenset(
            o
            for f in all_of
            for origins in (
                *(it.origins for it in f.method_filter),
                f.url_table.exempting if f.url_table is not None else (),
                f.resource.decorators if f.resource is not None else (),
                f.passing,
            )
            for o in origins
        ),
        {o: limiter for f in all_of for limiter in f.limiter for o in limiter.origins},
        frozenset(o for f in all_of for o in f.bundles),
        frozenset(o for f in all_of for it in f.limiter for o in it.exempt),
        frozenset(o for f in all_of for v in f.validator for o in v.origins),
        frozenset(o for f in all_of for o in f.test_clients),
        frozenset(o for f in all_of for o in f.http_clients),
        frozenset(o for f in all_of for o in f.test_requests),
        frozenset(o for f in all_of for o in f.url_builders),
        frozenset(
            name
            for f in all_of
            if f.test_runner is not None and f.test_runner.globals
            for name in (*f.test_runner.suites, *f.test_runner.tests, *f.test_runner.hooks)
        ),
    )
