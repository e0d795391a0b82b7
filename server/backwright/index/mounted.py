"""The family of mounted routers: FastAPI, Flask, Express and all that work alike.

Routes are registered on routers, routers are put under others with a prefix, and what is used on a
router runs before the routes that follow. This module listens to the evaluator and then composes
the paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from backwright.facts.backend import Protocol
from backwright.index import paths
from backwright.index.frameworks import (
    Before,
    Construct,
    Framework,
    Mount,
    Register,
    RouteObject,
    Use,
    frameworks,
    roles,
)
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    FunctionValue,
    Map,
    Method,
    ModuleValue,
    Object,
    PathOf,
    Pending,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)


@dataclass(frozen=True, slots=True)
class Registered:
    """One call that adds routes to `owner`; `order` counts all that happens, in its order.

    `targets` are the HTTP methods with what answers each.
    """

    owner: Object
    targets: tuple[tuple[str, Value], ...]
    path: Value
    before: tuple[Value, ...]
    response_model: Value | None
    status: Value | None
    protocol: Protocol
    site: Site
    order: int
    name: Value | None = None


@dataclass(frozen=True, slots=True)
class Mounted:
    parent: Object
    child: Value
    prefix: Value | None
    before: tuple[Value, ...]
    overrides: bool
    site: Site
    order: int


@dataclass(frozen=True, slots=True)
class Middleware:
    """`what` runs before the routes of `owner` under `path` that are added later."""

    owner: Object
    path: Value | None
    what: Value
    order: int
    always: bool


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A route with its whole path, before its handler is looked into."""

    event: Registered
    framework: Framework
    path: str
    local_path: str
    resolved: bool
    before: tuple[Value, ...]
    root: Object


@dataclass(slots=True)
class MountedRouters:
    """Observes an evaluation; `endpoints()` then tells every route of every app."""

    used: frozenset[str] = frozenset()
    """Names of the frameworks that the project uses, for parameters that nobody passes."""
    registered: list[Registered] = field(default_factory=list)
    mounted: list[Mounted] = field(default_factory=list)
    before: list[Middleware] = field(default_factory=list)
    registrars: list[Object] = field(default_factory=list)
    _order: int = 0

    # What the evaluator tells

    def is_registrar(self, value: Value) -> bool:
        return isinstance(value, Object) and _construct(value) is not None

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        found = _construct(object_)
        if found is None:
            return None
        framework, _ = found
        self._know(object_)
        for mount in framework.mount:
            if name in mount.names and mount.child and arguments.get(mount.child) is not None:
                return self._mount(object_, mount, arguments, site)
        for register in framework.register:
            if name in register.names:
                return self._register(object_, register, name, arguments, site)
        for builder in framework.path_builder:
            if name in builder.names:
                return PathOf(object_, arguments.get(builder.path) or Unknown(), site)
        for use in framework.use:
            if name in use.names:
                return self._use(object_, use, arguments, site)
        for before in framework.before:
            if name in before.names:
                if arguments.positional:
                    self._run_before(object_, None, arguments.positional[0], always=True)
                return Pending(object_, before, name, arguments, site)
        return None

    def path_method_called(
        self, path: PathOf, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        found = _construct(path.owner)
        if found is None:
            return None
        for register in found[0].register:
            if name in register.names:
                given = Arguments([path.path, *arguments.positional], arguments.keywords)
                self._register(path.owner, register, name, given, site)
                return path
        return None

    def applied(self, pending: Pending, target: Value) -> None:
        if isinstance(pending.role, Register):
            self._add(
                pending.owner, pending.role, pending.name, pending.arguments, target, pending.site
            )
        elif isinstance(pending.role, Before):
            self._run_before(pending.owner, None, target, always=True)

    def assumed(
        self, unknown: Unknown, name: str, arguments: Arguments, site: Site
    ) -> Object | None:
        """An app or router that is only known by what is done with it: routes with paths."""
        if not unknown.name or not self._looks_like_registering(name, arguments):
            return None
        for framework in frameworks():
            if framework.name in self.used and _has_method(framework, name):
                construct = next((it for it in framework.construct if it.role == "router"), None)
                if construct is not None and not framework.language == "python":
                    return Object(
                        construct.origins[0], Arguments(), site, assumed=True, name=unknown.name
                    )
        return None

    def annotated(self, annotation: Value, name: str, site: Site) -> Object | None:
        origin = _origin(annotation)
        for framework in frameworks():
            for construct in framework.construct:
                types = (
                    *construct.origins,
                    *(f"{it}.{t}" for it in framework.imports for t in _TYPES),
                )
                if origin in types:
                    made = Object(construct.origins[0], Arguments(), site, assumed=True, name=name)
                    self._know(made)
                    return made
        return None

    # Events

    def _know(self, object_: Object) -> None:
        if object_ not in self.registrars:
            self.registrars.append(object_)

    def _next(self) -> int:
        self._order += 1
        return self._order

    def _register(
        self, owner: Object, register: Register, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        if register.handler == ("decorated",):
            return Pending(owner, register, name, arguments, site)
        if register.handler == ("rest",):
            rest = _flat(arguments.positional[1:])
            if not rest:
                return Unknown()  # app.get("setting")
            given = Arguments(arguments.positional[:1], arguments.keywords)
            self._add(owner, register, name, given, rest[-1], site, tuple(rest[:-1]))
            return owner
        handler = arguments.get(register.handler)
        if handler is not None:
            self._add(owner, register, name, arguments, handler, site)
        return Const(None)

    def _add(
        self,
        owner: Object,
        register: Register,
        name: str,
        arguments: Arguments,
        handler: Value,
        site: Site,
        before: tuple[Value, ...] = (),
    ) -> None:
        self._know(owner)
        path = arguments.get(register.path)
        guards = arguments.get(register.guards) if register.guards else None
        every = _flat([path]) if isinstance(path, Seq) else [path or Unknown()]
        view = _view_class(handler)
        targets = tuple(
            (method, _member(view, method) or handler if view is not None else handler)
            for method in _methods(register, name, arguments, view)
        )
        view_guards = _flat([view.scope.names.get("decorators")]) if view is not None else []
        for one in every:
            self.registered.append(
                Registered(
                    owner,
                    targets,
                    one,
                    (*before, *_flat([guards] if guards is not None else []), *view_guards),
                    arguments.get(register.response_model) if register.response_model else None,
                    arguments.get(register.status) if register.status else None,
                    register.protocol,
                    site,
                    self._next(),
                    arguments.get(register.name) if register.name else None,
                )
            )

    def _mount(self, parent: Object, mount: Mount, arguments: Arguments, site: Site) -> Value:
        child = arguments.get(mount.child)
        guards = arguments.get(mount.guards) if mount.guards else None
        prefix = arguments.get(mount.prefix) if mount.prefix else None
        if child is not None:
            before = tuple(_flat([guards] if guards is not None else []))
            self.mounted.append(
                Mounted(parent, child, prefix, before, mount.overrides, site, self._next())
            )
        return Const(None)

    def _use(self, owner: Object, use: Use, arguments: Arguments, site: Site) -> Value:
        rest = _flat(arguments.positional)
        given: list[Value | None] = [it for it in rest if isinstance(it, Str)]
        others = [it for it in rest if not isinstance(it, Str)]
        before: list[Value] = []
        for other in others:
            child = _as_registrar(other)
            if child is None:
                before.append(other)
                continue
            for path in given or [None]:
                self.mounted.append(
                    Mounted(owner, child, path, tuple(before), False, site, self._next())
                )
        if not any(_as_registrar(other) for other in others):
            for what in before:
                for path in given or [None]:
                    self._run_before(owner, path, what, always=False)
        return owner

    def _run_before(self, owner: Object, path: Value | None, what: Value, *, always: bool) -> None:
        self._know(owner)
        self.before.append(Middleware(owner, path, what, self._next(), always))

    def _looks_like_registering(self, name: str, arguments: Arguments) -> bool:
        rest = _flat(arguments.positional)
        first = rest[0] if rest else None
        path = isinstance(first, Str) and first.text.startswith(("/", "*"))
        functions = [it for it in rest if isinstance(it, FunctionValue)]
        if name in {"use"}:
            return any(_as_registrar(it) for it in rest)
        return path and len(rest) > 1 and bool(functions)

    # Composition

    def endpoints(self) -> list[Endpoint]:
        """Every route under every app that it is reached by."""
        self._route_lists()
        children = {id(child) for mount in self.mounted if (child := _as_registrar(mount.child))}
        roots = [it for it in self.registrars if id(it) not in children]
        found: list[Endpoint] = []
        for root in roots:
            construct = _construct(root)
            if construct is not None:
                whole = construct[1].role == "app"
                start = _Walk(root, "", whole, (), frozenset(), 0)
                found += self._walk(root, None, start)
        return found

    def endpoints_under(self, root: Object) -> list[Endpoint]:
        """Every route that a client of `root` reaches, wherever else that is mounted."""
        return list(self._walk(root, None, _Walk(root, "", True, (), frozenset(), 0)))

    def _walk(self, node: Object, mount: Mounted | None, walk: _Walk) -> Iterator[Endpoint]:
        construct = _construct(node)
        if construct is None or id(node) in walk.above:
            return
        framework, role = construct
        walk = self._enter(node, mount, walk, framework, role)
        for event in self.registered:
            if event.owner is not node:
                continue
            known, text = _known_text(event.path)
            local = paths.normal(text, framework.path_style)
            whole = paths.joined(walk.prefix, local, framework.slashes)
            before = (*walk.before, *self._before(node, event.order, local), *event.before)
            resolved = walk.resolved and known
            yield Endpoint(event, framework, whole or "/", text, resolved, before, walk.root)
        for inner in self.mounted:
            child = _as_registrar(inner.child)
            if inner.parent is node and child is not None:
                _, prefix = _known_text(inner.prefix) if inner.prefix is not None else (True, "")
                before = (*walk.before, *self._before(node, inner.order, prefix), *inner.before)
                yield from self._walk(child, inner, replace(walk, before=before))

    def _enter(
        self,
        node: Object,
        mount: Mounted | None,
        walk: _Walk,
        framework: Framework,
        role: Construct,
    ) -> _Walk:
        """The walk inside `node`: its prefix and its own guards added."""
        prefix, resolved = walk.prefix, walk.resolved
        own = node.arguments.get(role.prefix) if role.prefix else None
        if own is None and role.prefix:
            own = next((node.attributes[k] for k in role.prefix if str(k) in node.attributes), None)
        given = mount.prefix if mount is not None else None
        parts = [given, own] if mount is None or not mount.overrides else [given or own]
        for part in parts:
            if part is None or isinstance(part, Const):
                continue
            known, text = _known_text(part)
            resolved = resolved and known
            style = paths.normal(text, framework.path_style)
            if mount is not None and part is given and role.role == "app":
                style = style.rstrip("/")
            prefix = paths.joined(prefix, style, framework.slashes)
        guards = node.arguments.get(role.guards) if role.guards else None
        return _Walk(
            walk.root,
            prefix if prefix != "/" or framework.slashes != "joined" else "",
            resolved and not (node.assumed and role.role == "router"),
            (*walk.before, *_flat([guards] if guards is not None else [])),
            walk.above | {id(node)},
            walk.order,
        )

    def _before(self, node: Object, order: int, local: str) -> tuple[Value, ...]:
        """What runs on `node` before a route at `local` that was added at `order`."""
        found = []
        for use in self.before:
            if use.owner is not node or not (use.always or use.order < order):
                continue
            path = use.path.text.rstrip("/") if isinstance(use.path, Str) else ""
            if not path or local == path or local.startswith(f"{path}/"):
                found.append(use.what)
        return tuple(found)

    def _route_lists(self) -> None:
        """Routes that are handed over as values: `Starlette(routes=[Route(...), Mount(...)])`."""
        for owner in list(self.registrars):
            construct = _construct(owner)
            if construct is not None and construct[1].routes:
                listed = owner.arguments.get(construct[1].routes)
                self._add_list(owner, listed)

    def _add_list(self, owner: Object, listed: Value | None) -> None:
        for item in _flat([listed] if listed is not None else []):
            if not isinstance(item, Object):
                continue
            if route := roles().route_objects.get(item.origin):
                self._add_object(owner, route[1], item)
            elif found := roles().mount_objects.get(item.origin):
                _, mount = found
                prefix = item.arguments.get(mount.prefix)
                child = item.arguments.get(mount.child)
                inner = item.arguments.get(mount.routes)
                if inner is not None:
                    child = Object(owner.origin, Arguments(), item.site)
                    self._know(child)
                    self._add_list(child, inner)
                if child is not None:
                    self.mounted.append(
                        Mounted(owner, child, prefix, (), False, item.site, self._next())
                    )

    def _add_object(self, owner: Object, route: RouteObject, item: Object) -> None:
        handler = item.arguments.get(route.handler) or Unknown()
        register = Register(
            names=(),
            path=route.path,
            methods=route.methods,
            default_methods=route.default_methods,
            protocol=route.protocol,
        )
        self._add(owner, register, "", item.arguments, handler, item.site)


@dataclass(frozen=True, slots=True)
class _Walk:
    root: Object
    prefix: str
    resolved: bool
    before: tuple[Value, ...]
    above: frozenset[int]
    order: int


_TYPES = (
    "Express",
    "Application",
    "Router",
    "IRouter",
    "default.Express",
    "default.Application",
    "default.Router",
)
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")


def _construct(object_: Object) -> tuple[Framework, Construct] | None:
    return roles().by_construct.get(object_.origin)


def _has_method(framework: Framework, name: str) -> bool:
    every = (framework.register, framework.mount, framework.use, framework.path_builder)
    return any(name in role.names for group in every for role in group)


def _origin(value: Value) -> str:
    if isinstance(value, External):
        return value.origin
    if isinstance(value, ClassValue):
        return next((it.origin for it in value.lineage() if isinstance(it, External)), "")
    return ""


def _as_registrar(value: Value) -> Object | None:
    """The router that `value` is or stands for."""
    if isinstance(value, ModuleValue):
        value = value.exported.get("default", value.exports)
    if isinstance(value, Map):
        default = value.items.get("default") or value.items.get("router")
        value = default if default is not None else value
    if isinstance(value, Method) and value.name in {"routes", "middleware"}:
        value = value.object
    if isinstance(value, Object) and _construct(value) is not None:
        return value
    if isinstance(value, Object):
        inner = value.attributes.get("router") or value.attributes.get("app")
        if isinstance(inner, Object) and _construct(inner) is not None and value.class_ is not None:
            return inner
        for argument in value.arguments.positional[:1]:  # a wrapper around an app
            if isinstance(argument, Object) and value.class_ is None and not value.receiver:
                return _as_registrar(argument)
    return None


def _known_text(value: Value | None) -> tuple[bool, str]:
    if isinstance(value, Str):
        return value.known, value.text
    return False, ""


def _flat(values: list[Value] | list[Value | None]) -> list[Value]:
    found: list[Value] = []
    for value in values:
        if isinstance(value, Seq):
            found += _flat(value.items)
        elif value is not None:
            found.append(value)
    return found


def _methods(
    register: Register, name: str, arguments: Arguments, view: ClassValue | None
) -> tuple[str, ...]:
    if register.method:
        return (register.method,)
    if not register.methods and register.default_methods == ("GET",) and name in _VERBS:
        return (name.upper(),)
    given = arguments.get(register.methods) if register.methods else None
    named = _upper(given)
    if not named and view is not None:
        named = _upper(view.scope.names.get("methods"))
        named = named or tuple(verb.upper() for verb in _VERBS if _member(view, verb))
    return named or register.default_methods


def _upper(given: Value | None) -> tuple[str, ...]:
    texts = [it.text.upper() for it in _flat([given]) if isinstance(it, Str) and it.known]
    if isinstance(given, Map):
        texts = [key.upper() for key in given.items]
    return tuple(dict.fromkeys(texts))


def _view_class(handler: Value) -> ClassValue | None:
    """The class whose methods answer, when the handler is one or was made of one."""
    if isinstance(handler, Object) and handler.receiver is not None:
        convert = handler.origin.rpartition(".")[2]
        views = roles().class_views.values()
        if any(view.convert == convert for view in views):
            handler = handler.receiver.class_ or handler
    if not isinstance(handler, ClassValue):
        return None
    origins = {it.origin for it in handler.lineage() if isinstance(it, External)}
    return handler if origins & set(roles().class_views) else None


def _member(view: ClassValue, method: str) -> Value | None:
    for base in view.lineage():
        if isinstance(base, ClassValue):
            found = base.scope.names.get(method.lower()) or base.scope.names.get("dispatch_request")
            if found is not None:
                return found
    return None
