"""Functions that are jobs by declaration: by a decorator, or in the list of a worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts
from backwright.index.calls import Calls, Where, aliases, last_name
from backwright.index.jobs import schedules
from backwright.index.jobs.book import Book
from backwright.index.jobs.libraries import Library, Workers, places
from backwright.index.jobs.policy import Policy, read
from backwright.index.scopes import Scopes
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Method,
    Object,
    Str,
    Value,
)


def decorated(book: Book, library: Library, calls: Calls, scopes: Scopes) -> None:
    """Declares the functions that a decorator of the library makes jobs of."""
    roles = {origin: task for task in library.task for origin in task.origins}
    names = {origin.rpartition(".")[2] for origin in roles}
    for function, where in calls.decorated:
        for decorator in function.decorators:
            used = last_name(decorator)
            if used not in names and used not in aliases(where.facts, names):
                continue
            value = scopes.value(decorator, where)
            origin, arguments = origin_of(value)
            if origin in roles:
                policy = read(roles[origin].options, arguments, library)
                book.declare(library, where.file, function, policy)


def wrapped(book: Book, library: Library, calls: Calls, scopes: Scopes) -> None:
    """Declares what the decorator is called with: `clean = actor(run, max_retries=0)`."""
    roles = {origin: task for task in library.task for origin in task.origins}
    for at in calls.named(sorted({origin.rpartition(".")[2] for origin in roles})):
        origin, _ = origin_of(scopes.value(at.call.function, at.where))
        if origin not in roles or not at.call.arguments or at.call.arguments[0].name:
            continue
        given = scopes.value(at.call.arguments[0].value, at.where)
        runs = what_runs(given)
        if runs is not None:
            options = roles[origin].options
            policy = read(options, scopes.arguments(at.call, at.where, places(options)), library)
            name = _in_class(given, "__name__")
            own = Policy(name=name.text if isinstance(name, Str) and name.known else "")
            book.declare(library, runs.file, runs.facts, policy.over(own))


def what_runs(value: Value) -> FunctionValue | ClassValue | None:
    """The function that a value is, or the class of an object that can be called like one."""
    if isinstance(value, Object) and isinstance(_in_class(value, "__call__"), FunctionValue):
        return value.class_
    return value if isinstance(value, FunctionValue) else None


def _in_class(value: Value, name: str) -> Value | None:
    """What the class of an object, or one that it inherits from, has under the name."""
    for class_ in value.class_.lineage() if isinstance(value, Object) and value.class_ else ():
        if isinstance(class_, ClassValue) and name in class_.scope.names:
            return class_.scope.names[name]
    return None


def listed(
    book: Book, library: Library, files: Iterable[FileFacts], calls: Calls, scopes: Scopes
) -> None:
    """Declares the functions that a worker lists, in its class or its call."""
    for workers in library.workers:
        wanted = {*workers.functions, *workers.scheduled}
        for facts, class_ in ((it, class_) for it in files for class_ in it.classes):
            given = {
                step.target.name: step.value
                for step in walk.steps(class_.steps)
                if isinstance(step, code.Assign)
                and isinstance(step.target, code.Name)
                and step.value is not None
            }
            if wanted & given.keys() and _imports(facts, library):
                _lists(book, library, workers, given, Where(facts), scopes)
        for at in calls.named({origin.rpartition(".")[2] for origin in workers.origins}):
            if origin_of(scopes.value(at.call.function, at.where))[0] in workers.origins:
                keywords = {it.name: it.value for it in at.call.arguments if it.name}
                _lists(book, library, workers, keywords, at.where, scopes)


def origin_of(value: Value) -> tuple[str, Arguments]:
    """What a value from outside is, and the arguments it was made with."""
    match value:
        case External(origin):
            return origin, Arguments()
        case Object():
            return value.origin, value.arguments
        case Method():
            return f"{value.object.origin}().{value.name}", Arguments()
        case _:
            return "", Arguments()


def _lists(
    book: Book,
    library: Library,
    workers: Workers,
    given: dict[str, Expr],
    where: Where,
    scopes: Scopes,
) -> None:
    options = Arguments(
        keywords={
            name: scopes.value(expr, where)
            for name, expr in given.items()
            if name not in {*workers.functions, *workers.scheduled}
        }
    )
    worker = read(workers.options, options, library)
    for names, entries in (
        (workers.functions, workers.entry),
        (workers.scheduled, workers.scheduled_entry),
    ):
        for name in names:
            for value in _entries(given.get(name), where, scopes):
                origin, arguments = origin_of(value)
                wrapped: Value | None = value
                policy = worker
                if origin in entries:  # the entry may be a schedule itself
                    wrapped = arguments.get((0, "coroutine"))
                    own = read(workers.entry_options, arguments, library)
                    policy = own.over(Policy(schedule=schedules.of(value, library))).over(worker)
                if isinstance(wrapped, FunctionValue):
                    book.declare(library, wrapped.file, wrapped.facts, policy)


def _entries(expr: Expr | None, where: Where, scopes: Scopes) -> Iterator[Value]:
    if isinstance(expr, code.Items):
        for item in expr.values:
            yield scopes.value(item, where)
    elif expr is not None:
        yield from scopes.evaluator.iterated(scopes.value(expr, where))


def _imports(facts: FileFacts, library: Library) -> bool:
    return any(
        isinstance(step, code.Import) and step.module.split(".")[0] in library.imports
        for step in facts.steps
    )
