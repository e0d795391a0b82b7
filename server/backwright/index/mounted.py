"""The family of mounted routers: FastAPI, Flask, Express and all that work alike.

Routes are registered on routers, routers are put under others with a prefix, and what is used on a
router runs before the routes that follow. This module listens to the evaluator; how the paths are
then composed stands in `mounting.compose`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from backwright.index.evaluation.runner import Then
from backwright.index.frameworks import (
    Before,
    Construct,
    Framework,
    Mount,
    Register,
    frameworks,
    roles,
)
from backwright.index.inputs_parsed import added, parser_of
from backwright.index.mounting.compose import Composition
from backwright.index.mounting.events import Endpoint, Middleware, Mounted, Registered, Version
from backwright.index.mounting.options import (
    as_written,
    check_of,
    checks_in,
    protocol_in,
    take_options,
)
from backwright.index.mounting.plugins import Host, host_of, plugged
from backwright.index.mounting.registrars import (
    as_registrar,
    construct_of,
    flat,
    guarding,
    origin_of,
)
from backwright.index.mounting.responders import with_handlers
from backwright.index.mounting.route_classes import named_views, router_of, routes_of
from backwright.index.mounting.route_lists import ListedMount, ListedRoute, in_list, listed, rows
from backwright.index.mounting.shaping import mounted_by, serves_files, shapes, unbundled
from backwright.index.mounting.views import before_view, protocol_of, targets, view_class
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    FunctionValue,
    Map,
    Object,
    PathOf,
    Pending,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)

MAX_DEPTH = 20
"""How many routers may stand under each other."""


@dataclass(slots=True)
class MountedRouters:
    """Observes an evaluation; `endpoints()` then tells every route of every app."""

    used: frozenset[str] = frozenset()
    """Names of the frameworks that the project uses, for parameters that nobody passes."""
    registered: list[Registered] = field(default_factory=list)
    mounted: list[Mounted] = field(default_factory=list)
    before: list[Middleware] = field(default_factory=list)
    registrars: dict[int, Object] = field(default_factory=dict)
    """Every app and router by its identity, in the order in which they were made."""
    folders: list[str] = field(default_factory=list)
    """Folders that plugins are loaded from: what is not loaded there is not reached."""
    _order: int = 0

    # What the evaluator tells

    def made(self, object_: Object) -> None:
        if (found := construct_of(object_)) is not None:
            if id(object_) not in self.registrars:
                self.registrars[id(object_)] = object_
                take_options(object_.arguments, found[1].options)
                self._take_place(object_, found[1])
        elif limiter := roles().limiters.get(object_.origin):
            self._attach(object_, object_.arguments.get(limiter.app) if limiter.app else None)

    def is_registrar(self, value: Value) -> bool:
        return isinstance(value, Object) and construct_of(value) is not None

    def constant(self, written: str, file: str) -> None:
        return None

    def method_of(self, origin: str, name: str) -> None:
        return None

    def stands_in(self, importer: str, origin: str) -> str | None:
        return None

    def member(self, object_: Object, name: str) -> Value | None:
        """Attributes of apps and routers that are more than methods."""
        found = construct_of(object_)
        if found is None:
            return None
        role = found[1]
        if name in role.same:
            return object_
        if name in role.settings:
            object_.attributes[name] = Map(whole=False)
        elif name in role.route_lists:
            object_.attributes[name] = Seq([])
        elif name in role.guards and name not in object_.attributes:
            held = object_.arguments.keywords.setdefault(name, Seq([]))
            object_.attributes[name] = held  # app.middlewares.append(check)
        return object_.attributes.get(name)

    def called(self, object_: Object, arguments: Arguments) -> None:
        """`limiter.limit("60/hour")(router)` stands before every route of the router."""
        self._attach(object_, arguments.get((0,)))

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Value | Then | None:
        found = construct_of(object_)
        if found is None:
            if f"{object_.origin}().{name}" in roles().bundles:
                return Seq(list(arguments.positional))  # createHandlers(validate, answer)
            parser = parser_of(object_)
            if parser is not None and name in parser.add:
                added(object_, Object(f"{object_.origin}().{name}", arguments, site))
                return object_
            limiter = roles().limiters.get(object_.origin)
            if limiter is not None and name in limiter.attach:
                self._attach(object_, arguments.get((0, "app")))
            return None
        framework = found[0]
        self.made(object_)
        if name in found[1].chained or shapes(
            framework, object_, name, arguments, self._always_before
        ):
            return object_
        for option in framework.option:
            if name in option.default_by and (given := arguments.get((0,))) is not None:
                self._always_before(self._top(object_), check_of(option, given, site))
                return object_
        for plugin in framework.plugin:
            if name in plugin.names:
                host = Host(self._put_below, self._always_before, self._top, self.folders)
                return plugged(host, plugin, object_, arguments, site)
        return self._registering(found, object_, name, arguments, site)

    def _registering(
        self,
        found: tuple[Framework, Construct],
        object_: Object,
        name: str,
        arguments: Arguments,
        site: Site,
    ) -> Value | Then | None:
        """A method that adds routes, routers or what runs before them."""
        framework, role = found
        if name in role.joins:
            return self._join(object_, arguments.get((0, "app")), site)
        for making in framework.making:
            if name in making.names:
                made = Object(making.origin, arguments, site)
                self._put_below(object_, made, None, site)
                return made
        for mount in framework.mount:
            if name in mount.names and arguments.get(mount.child) is not None:
                return self._mount(object_, mount, arguments, site)
        for register in framework.register:
            if name in register.names:
                return self._register(object_, register, name, arguments, site)
        if any(name in it.names for it in framework.prefixing):
            return self._prefix(framework, object_, name, arguments, site)
        if any(name in use.names for use in framework.use):
            return self._use(object_, arguments, site)
        return self._prepared(framework, object_, name, arguments, site)

    def _prepared(
        self, framework: Framework, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        """A method whose result still waits for what answers or runs before."""
        for builder in framework.path_builder:
            if name in builder.names:
                return PathOf(object_, arguments.get(builder.path) or Unknown(), site)
        for before in framework.before:
            if name in before.names:
                if arguments.positional:
                    self._run_before(object_, None, arguments.positional[0], always=True)
                return Pending(object_, before, name, arguments, site)
        return None

    def path_method_called(
        self, path: PathOf, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        found = construct_of(path.owner)
        if found is None:
            return None
        for register in found[0].register:
            if name in register.names:
                at = next((it for it in register.path if isinstance(it, int)), 0)
                positional = list(arguments.positional)
                positional.insert(at, path.path)
                given = Arguments(positional, arguments.keywords)
                self._register(path.owner, register, name, given, site)
                return path
        return None

    def applied(self, pending: Pending, target: Value) -> None:
        if isinstance(pending.role, Register):
            given = _Given(pending.owner, pending.role, pending.name, pending.arguments)
            self._add(given, target, pending.site)
        elif isinstance(pending.role, Before):
            self._run_before(pending.owner, None, target, always=True)

    def assumed(
        self, unknown: Unknown, name: str, arguments: Arguments, site: Site
    ) -> Object | None:
        """A router that is only known by what is done with it: routes with paths."""
        if not unknown.name:
            return None
        registers = _looks_like_registering(name, arguments)
        for framework in frameworks():
            if framework.name not in self.used or framework.language == "python":
                continue
            if role := host_of(framework, name, arguments):
                origin = next(it for it in framework.construct if it.role == role).origins[0]
                return Object(origin, Arguments(), site, assumed=True, name=unknown.name)
            if not registers:
                continue
            construct = next((it for it in framework.construct if it.role == "router"), None)
            if construct is not None and _has_method(framework, name):
                origin = construct.origins[0]
                return Object(origin, Arguments(), site, assumed=True, name=unknown.name)
        return None

    def annotated(self, annotation: Value, name: str, site: Site) -> Object | None:
        """The app or router that a parameter's type says it is."""
        origin = origin_of(annotation)
        for framework in frameworks() if origin else ():
            types = {f"{module}.{it}" for module in framework.imports for it in _TYPES}
            for construct in framework.construct:
                if origin in construct.origins or origin in types:
                    known = construct.origins[0]
                    made = Object(known, Arguments(), site, assumed=True, name=name)
                    self.made(made)
                    return made
        return None

    # What it comes to

    def endpoints(self) -> list[Endpoint]:
        """Every route under every app that it is reached by."""
        self._take_lists()
        children = [child for mount in self.mounted if (child := as_registrar(mount.child))]
        # What one call of a factory makes and mounts is no root where another call made it.
        held, sites = {id(it) for it in children}, {it.site for it in children}
        sites -= {it.site for it in self._over_their_like(held)}
        composition = Composition.of(with_handlers(self.registered), self.mounted, self.before)
        roots = [
            it
            for it in self.registrars.values()
            if id(it) not in held and it.site not in sites and not self._left_out(it)
        ]
        return [endpoint for root in roots for endpoint in composition.under(root)]

    def _over_their_like(self, held: set[int]) -> list[Object]:
        """Apps that nothing holds and that hold what another call of their factory made."""
        below: dict[int, list[Object]] = {}
        for mount in self.mounted:
            if (child := as_registrar(mount.child)) is not None:
                below.setdefault(id(mount.parent), []).append(child)
        found = []
        for root in self.registrars.values():
            waiting, seen = list(below.get(id(root), ())), {id(root)}
            while id(root) not in held and waiting:
                node = waiting.pop()
                if id(node) not in seen:
                    seen.add(id(node))
                    waiting += below.get(id(node), ())
                    if node.site == root.site:
                        found.append(root)
        return found

    def endpoints_under(self, root: Object) -> list[Endpoint]:
        """Every route that a client of `root` reaches, wherever else that is mounted."""
        composition = Composition.of(with_handlers(self.registered), self.mounted, self.before)
        return list(composition.within(root))

    def _left_out(self, root: Object) -> bool:
        inside = any(root.site.file.startswith(f"{folder}/") for folder in self.folders)
        return root.assumed and inside

    # Events

    def _next(self) -> int:
        self._order += 1
        return self._order

    def _register(
        self, owner: Object, register: Register, name: str, arguments: Arguments, site: Site
    ) -> Value:
        if register.handler == ("decorated",):
            return Pending(owner, register, name, arguments, site)
        first, *others = arguments.positional or [Unknown()]
        if register.options == (0,) and isinstance(first, Seq):  # route([{ … }, { … }])
            for one in flat([first]):
                alone = Arguments([one, *others], arguments.keywords)
                self._register(owner, register, name, alone, site)
            return owner
        written = as_written(owner, register, arguments)
        given = _Given(owner, register, name, written)
        if register.handler[0] == "rest":
            after = max(it for it in (*register.path, *register.methods) if isinstance(it, int))
            rest = flat(written.positional[after + 1 :])
        else:
            rest = []
        handler = rest[-1] if rest else written.get(register.handler)
        if handler is None:
            return Unknown()  # app.get("setting")
        if serves_files(owner, handler):
            return owner
        *before, last = flat([handler]) or [handler]
        self._add(given, last, site, [*rest[:-1], *before])
        return owner if register.handler[0] == "rest" or register.options else Const(None)

    def _add(self, given: _Given, handler: Value, site: Site, before: Sequence[Value] = ()) -> None:
        register, arguments = given.register, given.arguments
        self.made(given.owner)
        path = arguments.get(register.path) or _default_path(register)
        construct = construct_of(given.owner)
        given_guards = [arguments.get((place,)) for place in register.guards]
        held = [_held(it, register.guard_entry) for it in flat(given_guards)]
        guards = guarding(construct[0], held) if construct is not None else []
        answers = targets(register, given.name, arguments, handler)
        view = None if register.responders else view_class(handler)
        checked = (*checks_in(given.owner, arguments, site), *guards, *before)
        for one, answer in product(self._paths(register, arguments, path), _apart(answers, view)):
            self.registered.append(
                Registered(
                    given.owner,
                    answer,
                    one,
                    (*checked, *(before_view(view, answer[0][0]) if view is not None else ())),
                    arguments.get(register.response_model) if register.response_model else None,
                    arguments.get(register.status) if register.status else None,
                    protocol_in(given.owner, arguments)
                    or (protocol_of(view) if view is not None else None)
                    or register.protocol,
                    site,
                    self._next(),
                    arguments.get(register.name) if register.name else None,
                    version=_version(register, arguments),
                    provided=arguments.get(register.provides),
                )
            )

    def _paths(self, register: Register, arguments: Arguments, path: Value) -> list[Value]:
        """Every path that a registration names."""
        first = next((it for it in register.path if isinstance(it, int)), 0)
        more = arguments.positional[first + 1 :] if register.several else []
        texts = [it for it in more if isinstance(it, Str)]
        return [*flat([path]), *texts] if isinstance(path, Seq) or texts else [path]

    def _mount(
        self, parent: Object, mount: Mount, arguments: Arguments, site: Site
    ) -> Value | Then:
        child = arguments.get(mount.child)
        if isinstance(child, Str) and child.known:  # the name of a router in its module
            name = child.text
            return Then(
                lambda runner: self._put(
                    parent, mount, arguments, runner.named(site.file, name), site
                )
            )
        return self._put(parent, mount, arguments, child, site)

    def _put(
        self, parent: Object, mount: Mount, arguments: Arguments, child: Value | None, site: Site
    ) -> Value:
        guards = arguments.get(mount.guards) if mount.guards else None
        prefix = arguments.get(mount.prefix) if mount.prefix else None
        version = _version(mount, arguments)
        construct = construct_of(parent)
        tuples = construct[1].tuples if construct is not None else ""
        for one in flat(rows([child], tuples, site) if tuples else [child]):
            if roles().route_objects.get(one.origin if isinstance(one, Object) else ""):
                self._take([*in_list(parent, one)])
                continue
            below = self._as_router(one) or one
            before = tuple(flat([guards]))
            self.mounted.append(
                Mounted(parent, below, prefix, before, mount.overrides, site, self._next(), version)
            )
        return parent

    def _as_router(self, value: Value) -> Object | None:
        """The router that a class of routes amounts to, with its routes."""
        router = router_of(value)
        if router is not None:
            self._add_methods(router)
        return router

    def _add_methods(self, router: Object) -> None:
        self.made(router)
        for register, arguments, handler, site in routes_of(router.class_) if router.class_ else ():
            self._add(_Given(router, register, "", arguments), handler, site)

    def _take_place(self, object_: Object, role: Construct) -> None:
        """Puts a router where it says that it belongs when it is made, and under it what it is
        given."""
        if role.under:
            self._join(object_, object_.arguments.get(role.under), object_.site)
        if role.holds:
            for child in flat(object_.arguments.positional):
                if isinstance(child, Object):
                    self._put_below(object_, child, None, object_.site)

    def _join(self, object_: Object, parent: Value | None, site: Site) -> Value:
        if isinstance(parent, Object) and (above := as_registrar(parent)) is not None:
            self._put_below(above, object_, None, site)
        return Const(None)

    def _put_below(self, parent: Object, child: Object, prefix: Value | None, site: Site) -> None:
        self.made(child)
        self.mounted.append(Mounted(parent, child, prefix, (), False, site, self._next()))

    def _prefix(
        self, framework: Framework, owner: Object, name: str, arguments: Arguments, site: Site
    ) -> Value:
        """`router.prefix("/x")`; `app.basePath("/x")`, which makes a copy that is served too."""
        role = next(it for it in framework.prefixing if name in it.names)
        prefix = arguments.get((0,)) or Unknown()
        used = any(it.owner is owner for it in self.registered) or any(
            it.owner is owner for it in self.before
        )
        if role.copy and (owner.name or used or "prefix" in owner.arguments.keywords):
            copy = Object(owner.origin, Arguments(), site, name=owner.name)
            self._put_below(owner, copy, prefix, site)
            return copy
        owner.arguments.keywords["prefix"] = prefix
        return owner

    def _use(self, owner: Object, arguments: Arguments, site: Site) -> Value:
        rest = unbundled(owner, flat(arguments.positional))
        first = arguments.get((0,))
        given: list[Value | None] = [it for it in rest if isinstance(it, Str)]
        others = [it for it in rest if not isinstance(it, Str)]
        if not given and len(others) > 1 and isinstance(first, Unknown):
            given, others = [first], others[1:]  # app.use(settings.prefix, router)
        before: list[Value] = []
        mounts = False
        for other in others:
            children = mounted_by(owner, other)
            if not children:
                before.append(other)
            for child, inner in children:
                mounts = True
                for path in given or [inner]:
                    self.mounted.append(
                        Mounted(owner, child, path, tuple(before), False, site, self._next())
                    )
        for what_else in () if mounts else before:
            for path in given or [None]:
                self._run_before(owner, path, what_else, always=False)
        return owner

    def _run_before(self, owner: Object, path: Value | None, what: Value, *, always: bool) -> None:
        self.made(owner)
        self.before.append(Middleware(owner, path, what, self._next(), always))

    def _always_before(self, owner: Object, what: Value) -> None:
        self._run_before(owner, None, what, always=True)

    def _top(self, owner: Object) -> Object:
        """The app that `owner` has come to stand under by now."""
        above = {id(it.child): it.parent for it in self.mounted}
        for _ in range(MAX_DEPTH):
            owner = above.get(id(owner), owner)
        return owner

    def _attach(self, object_: Object, target: Value | None) -> None:
        """Puts `object_` before every route of the app or router that it is given."""
        if isinstance(target, Object) and construct_of(target) is not None:
            self._run_before(target, None, object_, always=True)

    def _take_lists(self) -> None:
        """Adds the routes and mounts that were handed over in lists."""
        for owner in list(self.registrars.values()):
            self._take([*listed(owner)])
            for router in named_views(owner):
                self._add_methods(router)
                self._put_below(owner, router, None, router.site)

    def _take(self, items: list[ListedRoute | ListedMount]) -> None:
        for item in items:
            self.made(item.owner)
            if isinstance(item, ListedRoute):
                if serves_files(item.owner, item.handler):
                    continue
                given = _Given(item.owner, item.register, "", item.arguments)
                self._add(given, item.handler, item.site)
                continue
            if isinstance(item.child, Object) and item.child.class_ is not None:
                self._add_methods(item.child)
            self.mounted.append(
                Mounted(item.owner, item.child, item.prefix, (), False, item.site, self._next())
            )


@dataclass(frozen=True, slots=True)
class _Given:
    """A registration as it is called."""

    owner: Object
    register: Register
    name: str
    arguments: Arguments


def _apart(
    answers: tuple[tuple[str, Value], ...], view: ClassValue | None
) -> list[tuple[tuple[str, Value], ...]]:
    """The answers of a class one by one, since each may have something else before it."""
    return [(it,) for it in answers] if view is not None else [answers]


def _default_path(register: Register) -> Value:
    return Str((register.default_path,)) if register.default_path is not None else Unknown()


def _version(role: Register | Mount, arguments: Arguments) -> Version:
    prefix = arguments.get(role.version_prefix) if role.version_prefix else None
    return Version(arguments.get(role.version) if role.version else None, prefix)


_TYPES = (
    "Express",
    "Application",
    "Router",
    "IRouter",
    "default.Express",
    "default.Application",
    "default.Router",
)


def _held(value: Value, entry: str) -> Value:
    return value.items.get(entry, value) if isinstance(value, Map) else value


_PATHS = frozenset({"path", "url"})


def _looks_like_registering(name: str, arguments: Arguments) -> bool:
    rest = flat(arguments.positional)
    if any(name in use.names for framework in frameworks() for use in framework.use):
        return any(as_registrar(it) for it in rest)
    first = rest[0] if rest else None
    if isinstance(first, Map):
        return "method" in first.items and not _PATHS.isdisjoint(first.items)
    path = isinstance(first, Str) and first.text.startswith(("/", "*"))
    return path and any(isinstance(it, FunctionValue) for it in rest[1:])


def _has_method(framework: Framework, name: str) -> bool:
    every = (framework.register, framework.mount, framework.use, framework.path_builder)
    return any(name in role.names for group in every for role in group)
