"""Jobs whose own body has them tried again: `self.retry(countdown=60)`, `raise Retry()`."""

from __future__ import annotations

from dataclasses import replace

from backwright.facts import code, walk
from backwright.facts.code import Expr
from backwright.index.calls import CallAt, Calls, argument
from backwright.index.jobs.book import Book, Draft
from backwright.index.jobs.declared import origin_of
from backwright.index.jobs.libraries import Library, places
from backwright.index.jobs.policy import UNKNOWN_PAUSE, Policy, read
from backwright.index.scopes import Scopes


def tried_again(book: Book, library: Library, calls: Calls, scopes: Scopes) -> None:
    again = library.again
    for at in calls.named({*again.methods, *(it.rpartition(".")[2] for it in again.raises)}):
        draft = _around(book, at)
        if draft is None or draft.library is not library:
            continue
        raised = origin_of(scopes.value(at.call.function, at.where))[0] in again.raises
        if raised or _is_own_method(draft, at, again.methods):
            draft.policies.insert(0, _policy(library, at, scopes))


def _around(book: Book, at: CallAt) -> Draft | None:
    for function in reversed(at.where.functions):
        if draft := book.of_function(at.where.file, function):
            return draft
    return None


def _is_own_method(draft: Draft, at: CallAt, methods: tuple[str, ...]) -> bool:
    """Whether the call is of a method of the job: through `self`, or through its own name."""
    function = at.call.function
    if not isinstance(function, code.Member) or function.name not in methods:
        return False
    job = next(it for it in at.where.functions if it.start == draft.place.start)
    owners = {job.name, "current_task", *(it.name for it in job.parameters[:1])}
    return walk.dotted(function.object) in owners


def _policy(library: Library, at: CallAt, scopes: Scopes) -> Policy:
    """What the retry says, which counts more than what is declared of the job. A pause that is
    computed from a power grows; one that is chosen is not known."""
    options = library.again.options
    arguments = scopes.arguments(at.call, at.where, places(options))
    policy = Policy(asks=True).over(read(options, arguments, library))
    pause = argument(at.call, options.delay)
    parts = list(walk.inner(pause)) if pause is not None else []
    if any(isinstance(it, code.Operation) and "**" in it.operator for it in parts):
        return replace(policy, backoff="exponential")
    local = {name for it in at.where.functions for name in scopes.bindings(it, at.where.file)}
    if all(_is_fixed(it, local) for it in parts):
        return policy
    return replace(policy, backoff=UNKNOWN_PAUSE)


def _is_fixed(expr: Expr, local: set[str]) -> bool:
    if isinstance(expr, code.Name):
        return expr.name not in local
    return isinstance(expr, code.Number | code.Member)
