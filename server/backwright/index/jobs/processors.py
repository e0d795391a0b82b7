"""Classes that do the work of a queue: `@Processor("audio") class AudioConsumer { … }`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backwright.facts import code
from backwright.facts.backend import Place
from backwright.facts.code import FileFacts, Function
from backwright.index.calls import Where, last_name
from backwright.index.jobs.book import Book
from backwright.index.jobs.declared import origin_of
from backwright.index.jobs.libraries import Library, Processor
from backwright.index.jobs.policy import Policy, queue_name
from backwright.index.scopes import Scopes
from backwright.index.values import Arguments, Map


def processors(book: Book, library: Library, files: Iterable[FileFacts], scopes: Scopes) -> None:
    """Declares what the methods of such classes do: jobs by name, or all that are in the queue."""
    for facts in files if library.processor else ():
        where = Where(facts)
        for class_ in facts.classes:
            for decorator in class_.decorators:
                for role in library.processor:
                    if last_name(decorator) not in {it.rpartition(".")[2] for it in role.origins}:
                        continue
                    origin, given = origin_of(scopes.value(decorator, where))
                    if origin in role.origins:
                        _declare(book, library, role, _Class(facts, class_, _named(given)), scopes)


class _Class:
    """The class of one queue."""

    def __init__(self, facts: FileFacts, class_: code.Class, queue: str) -> None:
        self.facts, self.class_, self.queue = facts, class_, queue

    def methods(self) -> Iterator[Function]:
        for step in self.class_.steps:
            if isinstance(step, code.Define):
                yield self.facts.functions[step.function]


def _declare(book: Book, library: Library, role: Processor, of: _Class, scopes: Scopes) -> None:
    for method in of.methods():
        place = Place(of.facts.path, method.line, method.start, method.end)
        if method.name == role.method:
            book.process(library, of.queue, place, Policy())
        for decorator in method.decorators if role.jobs else ():
            origin, given = origin_of(scopes.value(decorator, Where(of.facts)))
            if origin not in role.jobs:
                continue
            name = _named(given)
            if not name:
                book.process(library, of.queue, place, Policy())
                continue
            draft = book.named(library, of.queue, name, place)
            draft.place, draft.handled = place, True


def _named(given: Arguments) -> str:
    """The name that a decorator gives: a text, or an entry of its settings."""
    first = given.get((0,))
    return queue_name(first.items.get("name") if isinstance(first, Map) else first)
