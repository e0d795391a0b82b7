"""What each word of a drawing does, by the part that the framework gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from backwright.index.drawing.blocks import BlockWriter
from backwright.index.drawing.libraries import draw_modules
from backwright.index.drawing.pens import Pens, Sheet, Word, constant_of, text_of
from backwright.index.drawing.rails import Writer
from backwright.index.drawing.scope import Scope
from backwright.index.drawing.vocabulary import Drawing
from backwright.index.evaluation.runner import Runner
from backwright.index.values import (
    Arguments,
    Const,
    External,
    FunctionValue,
    Str,
    Unknown,
    Value,
)
from backwright.index.values import Scope as Scope_


def use(runner: Runner, pens: Pens, sheet: Sheet, scope: Scope, word: Word) -> Value:
    """Does what the word says; what it is not known for is passed over."""
    drawing = sheet.drawing
    if drawing.handlers == "block":
        return _use_block(BlockWriter(pens, sheet, scope, runner), drawing, word)
    writer = Writer(pens, sheet, scope, runner)
    if word.name in drawing.verbs:
        method = drawing.verbs[word.name]
        writer.verb(word, (method,) if method else ())
        return Const(None)
    for names, act in _parts(drawing):
        if word.name in names:
            return act(writer, word) or Const(None)
    if word.name in drawing.answers:
        return External(word.name)
    if word.name in drawing.extending:
        return _extended(writer, word)
    return Const(None) if draw_modules(writer, word) else _own_word(writer, word)


def _extended(writer: Writer, word: Word) -> Value:
    """`extend ApiRoutes`: what it does to whom it extends, and its methods as words."""
    pen = writer.pens.make(writer.sheet, writer.scope, word.site)
    for value in word.positional:
        name = writer.sheet.constants.find(constant_of(value))
        if not name:
            continue
        writer.sheet.extended.append(name)
        hook = writer.runner.observer.method_of(name, "extended")
        if hook is not None and writer.runner.module(hook.file) is not None:
            writer.runner.call_function(hook, Arguments([pen]))
    return Const(None)


def _own_word(writer: Writer, word: Word) -> Value:
    """A word that the project defines itself."""
    sheet, runner = writer.sheet, writer.runner
    for name in (*sheet.extended, *sheet.drawing.opened):
        found = sheet.constants.method(name, word.name)
        if found is not None and runner.module(found.facts.path) is not None:
            pen = writer.pens.make(sheet, writer.scope, word.site)
            scope = Scope_(found.facts.path)
            function = FunctionValue(found.function, found.facts.path, scope, pen)
            return runner.call_function(function, word.arguments)
    return Unknown()


def _use_block(writer: BlockWriter, drawing: Drawing, word: Word) -> Value:
    if word.name in drawing.verbs:
        method = drawing.verbs[word.name]
        writer.verb(word, (method,) if method else ())
        return Const(None)
    for names, act in (
        (drawing.scopes, BlockWriter.scoped),
        (drawing.parameters, BlockWriter.parameter),
        (drawing.versions, BlockWriter.version),
        (drawing.prefixes, BlockWriter.prefix),
        (drawing.declared, BlockWriter.declare),
        (drawing.before, BlockWriter.before),
        (drawing.mounts, BlockWriter.mount),
    ):
        if word.name in names:
            act(writer, word)
            return Const(None)
    if word.name in drawing.passing:
        writer.draw(word.block, writer.scope, word)
    return Unknown()


_Act = Callable[[Writer, Word], Value | None]


def _parts(drawing: Drawing) -> tuple[tuple[tuple[str, ...], _Act], ...]:
    return (
        (drawing.roots, lambda writer, word: writer.root(word)),
        (drawing.resources, lambda writer, word: writer.resources(word, single=False)),
        (drawing.resource, lambda writer, word: writer.resources(word, single=True)),
        (drawing.namespaces, lambda writer, word: writer.namespace(word)),
        (drawing.scopes, lambda writer, word: writer.scope_block(word)),
        (drawing.slices, _slice),
        (drawing.collections, _inside(Scope.collection)),
        (drawing.members, _inside(Scope.member)),
        (drawing.fresh, _inside(Scope.fresh)),
        (drawing.nested, _inside(Scope.nested)),
        (drawing.shallow, _inside(lambda it: replace(it, shallow=True))),
        (drawing.controllers, _under_controller),
        (drawing.passing, _passing),
        (drawing.guarding, _guarding),
        (drawing.concern, _concern),
        (drawing.concerns, _concerns),
        (drawing.files, lambda writer, word: writer.draw_file(word)),
        (drawing.mounts, lambda writer, word: writer.mount(word)),
    )


def _inside(into: Callable[[Scope], Scope]) -> _Act:
    def act(writer: Writer, word: Word) -> None:
        writer.draw(word.block, into(writer.scope), word)

    return act


def _under_controller(writer: Writer, word: Word) -> None:
    name = next((text_of(it) for it in word.positional), None)
    writer.draw(word.block, replace(writer.scope, controller=name or ""), word)


def _passing(writer: Writer, word: Word) -> None:
    """`constraints … do`, `with_options … do |it|`: options hold for what is inside."""
    writer.draw(word.block, writer.scoped(replace(word, positional=())), word)


def _slice(writer: Writer, word: Word) -> None:
    name = next((text_of(it) for it in word.positional), None) or ""
    at = word.text("at")
    scope = writer.scope.under(name if at is None else at).in_module(name)
    writer.draw(word.block, scope, word)


def _guarding(writer: Writer, word: Word) -> None:
    guard = External(word.name)
    writer.draw(word.block, replace(writer.scope, before=(*writer.scope.before, guard)), word)


def _concern(writer: Writer, word: Word) -> None:
    name = next((text_of(it) for it in word.positional), None)
    if name and word.block is not None:
        writer.scope.concerns[name] = word.block


def _concerns(writer: Writer, word: Word) -> None:
    for value in word.positional:
        for name in (value,) if isinstance(value, Str) else ():
            writer.concern(name.text, word)
