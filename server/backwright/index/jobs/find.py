"""Every job of a project, from the facts of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from backwright.facts.backend import Job
from backwright.facts.code import FileFacts
from backwright.index.calls import Calls
from backwright.index.jobs.again import tried_again
from backwright.index.jobs.book import Book
from backwright.index.jobs.configured import Configuring
from backwright.index.jobs.declared import decorated, listed, wrapped
from backwright.index.jobs.enqueued import Enqueuing
from backwright.index.jobs.handled import Handling
from backwright.index.jobs.libraries import Library, Settings, libraries
from backwright.index.jobs.module_names import ModuleNames
from backwright.index.jobs.processors import processors
from backwright.index.scopes import Scopes


def used_libraries(imported: frozenset[str]) -> list[Library]:
    """The libraries of which a module is imported anywhere."""
    return [it for it in libraries() if imported & set(it.imports)]


def job_names(used: Sequence[Library]) -> dict[str, frozenset[str]]:
    """The last names of every call and decorator that may be about a job, by language."""
    found: dict[str, set[str]] = {}
    for library in used:
        names = found.setdefault(library.language, set())
        for enqueue in library.enqueue:
            names.update(enqueue.methods or map(_last, enqueue.origins))
        for handle in library.handle:
            names.update(handle.methods or map(_last, handle.origins))
        for task in library.task:
            names.update(map(_last, task.origins))
        for workers in library.workers:
            names.update(map(_last, workers.origins))
        names.update(library.again.methods, map(_last, library.again.raises))
        if library.settings != Settings():
            names.add("update")
    return {language: frozenset(names) for language, names in found.items()}


def find_jobs(
    files: Mapping[str, FileFacts],
    paths: Sequence[str],
    calls: Calls,
    calls_of: Callable[[frozenset[str]], Calls],
    scopes: Scopes,
    used: Sequence[Library],
) -> list[Job]:
    """The jobs of the `used` libraries; `calls` are those in the files at `paths` of
    what `job_names` gives."""
    book = Book(ModuleNames(files, scopes.evaluator.modules))
    for library in used:
        decorated(book, library, calls, scopes)
        wrapped(book, library, calls, scopes)
        listed(book, library, (files[path] for path in paths), calls, scopes)
        processors(book, library, (files[path] for path in paths), scopes)
    for library in used:
        Handling(book, library, scopes).look(calls)
        enqueuing = Enqueuing(book, library, scopes)
        enqueuing.look(calls)
        if names := enqueuing.relay_names():
            calls.add(passed := calls_of(names))
            enqueuing.look_through(passed)
        tried_again(book, library, calls, scopes)
        Configuring(book, library, scopes).look(files, paths, calls)
    return book.jobs()


def _last(origin: str) -> str:
    return origin.rpartition(".")[2]
