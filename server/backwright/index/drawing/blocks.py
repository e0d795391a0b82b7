"""The words of routes that are followed by the block which answers: Sinatra, Grape, Rack's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backwright.facts import code, walk
from backwright.facts.code import Expr
from backwright.index.drawing.pens import (
    Drawn,
    MountedHere,
    Pens,
    Sheet,
    Word,
    constant_of,
    text_of,
    texts_of,
)
from backwright.index.drawing.scope import Scope, joined
from backwright.index.evaluation.runner import Runner
from backwright.index.values import (
    Arguments,
    External,
    FunctionValue,
    Map,
    Object,
    Seq,
    Str,
    Value,
)

_REQUIRED = frozenset({"requires"})
_DECLARES = _REQUIRED | {"optional"}


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Draws with one pen; `runner` runs the blocks."""

    pens: Pens
    sheet: Sheet
    scope: Scope
    runner: Runner

    def draw(self, block: FunctionValue | None, scope: Scope, word: Word) -> None:
        if block is not None:
            pen = self.pens.make(self.sheet, scope, word.site)
            self.runner.call_function(block.bound(pen), Arguments([pen]))

    def verb(self, word: Word, methods: tuple[str, ...]) -> None:
        positional = list(word.positional)
        if not methods:  # route [:get, :post], "/path"
            given = positional.pop(0) if positional else Str((None,))
            found = tuple(it.upper() for it in texts_of(given))
            methods = tuple("ANY" if it == "ANY" else it for it in found) or ("ANY",)
        paths = _each(positional[0]) if positional else [Str(("",))]
        block = word.block
        if block is None:
            return
        before = tuple(External(name) for name in word.options)
        for path in paths:
            text = text_of(path)
            known = isinstance(path, Str) and path.known
            scope = replace(
                self.scope,
                resolved=self.scope.resolved and known,
                before=(*self.scope.before, *before),
            )
            for method in methods:
                whole = self._whole(text or "")
                self.sheet.routes.append(
                    Drawn(
                        method,
                        whole,
                        scope,
                        word.site,
                        answering=block,
                        inside=self.sheet.inside,
                        local=text or "",
                        declared=(*self.sheet.held, *self.sheet.waiting),
                    )
                )
        self.sheet.waiting.clear()

    def _whole(self, path: str) -> str:
        """The path behind that of the blocks around: `.json` is added to it as it stands."""
        if self.sheet.framework.slashes == "glued" and path and not path.startswith("/"):
            return self.scope.path + path if self.scope.path else f"/{path}"
        return joined(self.scope.path, path)

    def scoped(self, word: Word) -> None:
        given = next(iter(word.positional), None)
        path = text_of(given) or ""
        known = given is None or (isinstance(given, Str) and given.known)
        scope = self.scope.under(path)
        declared = list(self.sheet.waiting)
        scope = replace(scope, resolved=scope.resolved and known)
        self.sheet.waiting.clear()
        self.sheet.held += declared
        self.draw(word.block, scope, word)
        del self.sheet.held[len(self.sheet.held) - len(declared) :]

    def parameter(self, word: Word) -> None:
        """`route_param :id do`."""
        name = text_of(next(iter(word.positional), None)) or ""
        self.draw(word.block, self.scope.under(f":{name}"), word)

    def version(self, word: Word) -> None:
        """`version "v1", using: :path`, for the class or for its block."""
        using = word.text("using")
        texts = [it.text for value in word.positional for it in _each(value) if isinstance(it, Str)]
        if using not in {None, "path"} or not texts:
            self.draw(word.block, self.scope, word)
            return
        if word.block is not None:
            self.draw(word.block, replace(self.scope, version=texts[0]), word)
        else:
            self.sheet.version = texts[0]

    def prefix(self, word: Word) -> None:
        self.sheet.lead = text_of(next(iter(word.positional), None)) or ""

    def declare(self, word: Word) -> None:
        """`params do requires :name, type: String end`, for the route that follows."""
        if word.block is None:
            return
        for expr in walk.expressions(word.block.facts.steps):
            if not isinstance(expr, code.Call) or not isinstance(expr.function, code.Name):
                continue
            if expr.function.name in _DECLARES:
                options = {it.name: it.value for it in expr.arguments if it.name}
                required = expr.function.name in _REQUIRED
                for name in _names(expr):
                    type_ = walk.dotted(options.get("type")).replace(".", "::")
                    self.sheet.waiting.append((name, "query", type_, required))

    def before(self, word: Word) -> None:
        """A block that runs before all routes, or those under a path."""
        if word.block is not None:
            path = text_of(next(iter(word.positional), None)) or ""
            below = "*" if not path and self.scope.path else path
            self.sheet.filters.append((joined(self.scope.path, below), word.block))

    def mount(self, word: Word) -> None:
        """`mount Users`, `mount Users => "/users"`, `run App`, `use App`."""
        found: list[tuple[Value, str]] = [(it, "") for it in word.positional]
        found += [(key, text_of(value) or "") for key, value in word.pairs]
        for child, path in [pair for it in found for pair in _applications(*it)]:
            written = constant_of(child)
            name = self.sheet.constants.find(written, self.sheet.inside) or written
            if name:
                whole = joined(self.scope.path, path)
                self.sheet.mounts.append(MountedHere(name, whole, path, word.site, self.scope))


def _applications(value: Value, path: str) -> Iterator[tuple[Value, str]]:
    """The applications that one stands for: those of a map of paths, of a cascade, an instance."""
    if isinstance(value, Object):
        first = next(iter(value.arguments.positional), None)
        if value.origin.startswith("Rack.") and isinstance(first, Map):
            for key, inner in first.items.items():
                yield from _applications(inner, joined(path, key))
        elif value.origin.startswith("Rack.") and isinstance(first, Seq):
            for inner in first.items:
                yield from _applications(inner, path)
        else:
            yield External(value.origin.removesuffix(".new")), path
    elif isinstance(value, External):
        yield External(value.origin.removesuffix(".new").removesuffix(".app")), path


def _each(value: Value) -> list[Value]:
    return value.items if isinstance(value, Seq) else [value]


def _names(call: code.Call) -> Iterator[str]:
    for argument in call.arguments:
        expr: Expr = argument.value
        if not argument.name and isinstance(expr, code.Text):
            yield expr.value
