"""The words of resourceful routes, as Rails has them; Hanami shares some.

Each word adds routes to the sheet of its pen, or gives the scope in which its block is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from backwright.index.drawing.pens import (
    Drawn,
    MountedHere,
    Pens,
    Sheet,
    Word,
    constant_of,
    text_of,
)
from backwright.index.drawing.scope import (
    ACTIONS,
    SINGLE_ACTIONS,
    Level,
    Resource,
    Scope,
    joined,
)
from backwright.index.evaluation.runner import Runner
from backwright.index.models.plurals import plural
from backwright.index.values import (
    Arguments,
    Const,
    FunctionValue,
    Map,
    Seq,
    Str,
    Value,
)

_SHORTHAND = re.compile(r"^/?[-\w]+/[-\w/]+$")
_ACTION = re.compile(r"^[\w\-/]+$")
_OF_RESOURCE = frozenset({"as", "controller", "path", "only", "except", "param", "concerns"})
_OF_SCOPE = frozenset({"module", "constraints", "defaults", "shallow_path", "shallow_prefix"}) | {
    "path_names",
    "format",
    "via",
    "to",
    "shallow",
}
_READS = ("GET",)
_MEMBER_WRITES = (("PATCH", "update"), ("PUT", "update"), ("DELETE", "destroy"))


@dataclass(frozen=True, slots=True)
class Writer:
    """Draws with one pen; `runner` runs the blocks."""

    pens: Pens
    sheet: Sheet
    scope: Scope
    runner: Runner

    def at(self, scope: Scope) -> Writer:
        return replace(self, scope=scope)

    def draw(self, block: FunctionValue | None, scope: Scope, word: Word) -> None:
        """Runs a block with a pen of the scope, which it is handed as well."""
        if block is not None:
            pen = self.pens.make(self.sheet, scope, word.site)
            self.runner.call_function(block.bound(pen), Arguments([pen]))

    # Single routes

    def verb(self, word: Word, methods: tuple[str, ...]) -> None:
        """`get "/users", to: "users#index"` and `match`, in all their spellings."""
        given = word.texts("via")
        via = tuple(it.upper() for it in given) if given is not None else self.scope.via
        methods = methods or tuple("ANY" if it == "ALL" else it for it in via) or ("ANY",)
        paths = list(_flat(word.positional))
        for key, value in word.pairs:
            if isinstance(key, Str):
                word = _with_target(word, value)
                paths.append(key)
                break
        for path in paths:
            self._route(path, word, methods)

    def _route(self, path: Value, word: Word, methods: tuple[str, ...]) -> None:
        on = word.text("on")
        scope = self.scope
        if on is not None:
            inner = {"member": scope.member, "collection": scope.collection, "new": scope.fresh}
            made = inner.get(on)
            scope = made() if made is not None else scope
        elif scope.level == "resources":
            scope = scope.nested()
        elif scope.level == "resource":
            scope = scope.member()
        resolved = scope.resolved and isinstance(path, Str) and path.known
        self.at(replace(scope, resolved=resolved))._add(path, word, methods)

    def _add(self, given: Value, word: Word, methods: tuple[str, ...]) -> None:
        scope, written = self.scope, text_of(given) or ""
        symbol = _ACTION.fullmatch(written) is not None and "/" not in written
        option = word.text("path")
        target = word.options.get("to", scope.to)
        action = word.text("action") or scope.action
        controller = word.text("controller") or scope.controller
        if target is None and not action and _SHORTHAND.fullmatch(written):
            short = written.removeprefix("/").replace("-", "_")
            target = Str((re.sub(r"/([^/]*)$", r"#\1", short),))
        answering = None
        if isinstance(target, Str):
            of, mark, at = target.text.rpartition("#")
            if mark:
                controller, action = of or controller, at
            else:
                action = target.text
        elif target is not None:
            answering = target
        if not action and not answering and symbol:
            action = written.replace("-", "_")
        plain = isinstance(given, Str) and not given.symbol
        path = scope.path_of(written, written if plain else option)
        named = word.text("as")
        name = "" if word.options.get("as") == Const(None) else scope.route_name(named, written)
        full = "/".join(it for it in (scope.module, controller) if it)
        if controller.startswith("/"):
            full = controller[1:]
        for method in methods:
            self.sheet.routes.append(
                Drawn(
                    method,
                    path,
                    scope,
                    word.site,
                    name,
                    full if answering is None else "",
                    action if answering is None else "",
                    answering,
                    self.sheet.inside,
                    written,
                    tuple(self.sheet.waiting),
                )
            )

    def root(self, word: Word) -> None:
        scope = self.scope
        if scope.level == "resources" and scope.resource is not None:
            scope = replace(scope.under(scope.resource.path), level="root")
        given = next(iter(word.positional), None)
        if isinstance(given, Str):
            word = replace(word, options={"to": given, **word.options})
        for _, value in word.pairs:
            word = _with_target(word, value)
        word = replace(word, options={"as": Str(("root",)), **word.options})
        self.at(scope)._add(Str(("/",)), word, _READS)

    # Resources

    def resources(self, word: Word, *, single: bool) -> None:
        for entity in _flat(word.positional):
            self._resource(entity, word, single=single)

    def _resource(self, entity: Value, word: Word, *, single: bool) -> None:
        scope = self.scope
        if word.options.get("shallow") == Const(True):
            scope = replace(scope, shallow=True)
        if scope.level in {"resources", "resource"}:
            scope = scope.nested()
        outer = {key: it for key, it in word.options.items() if key in _OF_SCOPE - {"shallow"}}
        if outer:
            scope = self.at(scope).scoped(replace(word, positional=(), options=outer))
        resource = self._described(entity, word, scope, single=single)
        known = isinstance(entity, Str) and entity.known
        level: Level = "resource" if single else "resources"
        depth = scope.depth + scope.shallow
        inner = replace(
            scope,
            level=level,
            resource=resource,
            controller=resource.controller,
            resolved=scope.resolved and known,
            depth=depth,
            only=None,
            excluded=None,
        )
        writer = self.at(inner)
        writer.draw(word.block, inner, word)
        for concern in word.texts("concerns") or ():
            writer.concern(concern, word)
        writer.defaults(resource, word)

    def _described(self, entity: Value, word: Word, scope: Scope, *, single: bool) -> Resource:
        name = text_of(entity) or ""
        path, controller = word.text("path"), word.text("controller")
        actions: tuple[str, ...] = SINGLE_ACTIONS if single else ACTIONS
        if self.sheet.api_only:
            actions = tuple(it for it in actions if it not in {"new", "edit"})
        only, excluded = word.texts("only"), word.texts("except")
        if only is None and excluded is None:
            only, excluded = scope.only, scope.excluded
        if only is not None:
            actions = tuple(it for it in (SINGLE_ACTIONS if single else ACTIONS) if it in only)
        elif excluded is not None:
            actions = tuple(it for it in actions if it not in excluded)
        return Resource(
            entity=name,
            path=path if path is not None else name,
            controller=controller or (plural(name) if single else name),
            actions=actions,
            param=word.text("param") or "id",
            named=word.text("as") or "",
            single=single,
            shallow=scope.shallow,
        )

    def defaults(self, resource: Resource, word: Word) -> None:
        """The actions that a resource has by itself."""
        plain = replace(word, positional=(), options={}, pairs=(), block=None)
        scope = self.scope

        def write(method: str, action: str, at: Scope) -> None:
            if action in resource.actions:
                self.at(at)._add(Str((action,), symbol=True), plain, (method,))

        collection, member = scope.collection(), scope.member()
        if not resource.single:
            write("GET", "index", collection)
        write("POST", "create", collection)
        write("GET", "new", scope.fresh())
        write("GET", "edit", member)
        write("GET", "show", member)
        for method, action in _MEMBER_WRITES:
            write(method, action, member)

    # Scopes

    def namespace(self, word: Word) -> None:
        name = next(iter(_flat(word.positional)), Str((None,)))
        text = text_of(name) or ""
        path = word.text("path")
        scope = self._nested()
        under = text if path is None else path
        scope = scope.under(under)
        known = isinstance(name, Str) and name.known
        options: dict[str, Value] = {
            "module": Str((text,)),
            "as": Str((text,)),
            "shallow_path": Str((under,)),
            "shallow_prefix": word.options.get("as", Str((text,))),
            **word.without("path").options,
        }
        inner = self.at(scope).scoped(replace(word, positional=(), options=options))
        self.draw(word.block, replace(inner, resolved=inner.resolved and known), word)

    def scope_block(self, word: Word) -> None:
        self.draw(word.block, self.scoped(word), word)

    def scoped(self, word: Word) -> Scope:
        """The scope that `scope` with these options gives."""
        scope = self.scope
        parts = list(_flat(word.positional))
        pieces = [text_of(it) for it in parts]
        path = "/".join(it for it in pieces if it) if parts else word.text("path")
        options = dict(word.options)
        if parts and not all(isinstance(it, Str) and it.known for it in parts):
            scope = replace(scope, resolved=False)
        if path is not None:
            scope = scope.under(path)
            options.setdefault("shallow_path", Str((path,)))
        if "as" in options:
            options.setdefault("shallow_prefix", options["as"])
        if (module := text_of(options.get("module"))) is not None:
            scope = scope.in_module(module)
        if (named := text_of(options.get("as"))) is not None:
            scope = scope.named(named)
        if (under := text_of(options.get("shallow_path"))) is not None:
            scope = replace(scope, shallow_path=joined(scope.shallow_path, under))
        if (prefix := text_of(options.get("shallow_prefix"))) is not None:
            both = (scope.shallow_prefix, prefix)
            scope = replace(scope, shallow_prefix="_".join(it for it in both if it))
        scope = replace(
            scope,
            controller=text_of(options.get("controller")) or scope.controller,
            action=text_of(options.get("action")) or scope.action,
            to=options.get("to", scope.to),
            shallow=scope.shallow or options.get("shallow") == Const(True),
            only=word.texts("only") if "only" in options else scope.only,
            excluded=word.texts("except") if "except" in options else scope.excluded,
        )
        if via := word.texts("via"):
            scope = replace(scope, via=tuple(it.upper() for it in via))
        if (names := options.get("path_names")) is not None:
            scope = replace(scope, path_names={**scope.path_names, **_table(names)})
        return scope

    def _nested(self) -> Scope:
        """Where a namespace or scope inside a resource begins."""
        inside = self.scope.level in {"resources", "resource"}
        return replace(self.scope.nested(), level="") if inside else self.scope

    # Concerns, other files, other applications

    def concern(self, name: str, word: Word) -> None:
        block = self.scope.concerns.get(name)
        if block is not None:
            self.draw(block, self.scope, word)

    def mount(self, word: Word) -> None:
        child = next(iter(word.positional), None)
        at = word.text("at")
        for key, value in word.pairs:
            child, at = key, text_of(value)
        name = constant_of(child) if child is not None else ""
        scope = self._nested()
        path = joined(scope.path, at or "")
        known = scope.resolved and at is not None
        self.sheet.mounts.append(
            MountedHere(name, path, at or "", word.site, replace(scope, resolved=known))
        )

    def draw_file(self, word: Word) -> None:
        """`draw :admin`: the routes in `config/routes/admin.rb`."""
        sheet, pen = self.sheet, self.pens.make(self.sheet, self.scope, word.site)
        for name in (it.text for it in word.positional if isinstance(it, Str)):
            if sheet.run_file is not None and name not in sheet.drawn_files:
                sheet.drawn_files.append(name)
                sheet.run_file(self.runner, name, pen)
                sheet.drawn_files.pop()


def _with_target(word: Word, value: Value) -> Word:
    """`get "/users" => "users#index"`."""
    if isinstance(value, Str) and "#" not in value.text and "/" not in value.text:
        return replace(word, options={"action": value, **word.options}, pairs=())
    return replace(word, options={"to": value, **word.options}, pairs=())


def _flat(values: tuple[Value, ...]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, Seq):
            yield from _flat(tuple(value.items))
        else:
            yield value


def _table(value: Value) -> dict[str, str]:
    items = value.items if isinstance(value, Map) else {}
    return {key: it.text for key, it in items.items() if isinstance(it, Str)}
