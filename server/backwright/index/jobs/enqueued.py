"""Where jobs are asked for: methods of the job itself, of a queue, of an app."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts import code
from backwright.facts.backend import Place
from backwright.facts.code import Expr
from backwright.index.calls import CallAt, Calls, Where, argument, same_language
from backwright.index.jobs.book import Book, Draft
from backwright.index.jobs.libraries import Enqueue, Library, Queue, places
from backwright.index.jobs.policy import Policy, queue_name, read
from backwright.index.scopes import Scopes
from backwright.index.values import (
    ClassValue,
    External,
    FunctionValue,
    Map,
    Method,
    Object,
    Seq,
    Str,
    Unknown,
    Value,
)


@dataclass(frozen=True, slots=True)
class Enqueuing:
    """Looks at the calls that may ask for a job of one library."""

    book: Book
    library: Library
    scopes: Scopes

    def look(self, calls: Calls) -> None:
        for role in self.library.enqueue:
            names = role.methods or {origin.rpartition(".")[2] for origin in role.origins}
            for at in calls.named(names):
                if same_language(self.library.language, at.where):
                    self._look_at(role, at)

    def _look_at(self, role: Enqueue, at: CallAt) -> None:
        if role.methods and not isinstance(at.call.function, code.Member):
            return
        owner = self._owner(at)
        if not role.job:
            self._of_job(role, at, owner)
        elif is_one_of(owner, role.origins):
            self._given(role, at, owner)
        elif role.anywhere and _is_unknown(owner):
            self._given(role, at, None)

    def _owner(self, at: CallAt) -> Value:
        """What the method is called on; for the call of a plain name, what that is."""
        function = at.call.function
        owner = function.object if isinstance(function, code.Member) else function
        value = self.scopes.value(owner, at.where)
        if isinstance(value, External) and isinstance(function, code.Member):
            return External(f"{value.origin}.{function.name}")
        return value

    def _of_job(self, role: Enqueue, at: CallAt, owner: Value) -> None:
        draft = self._draft_of(owner)
        if draft is not None and draft.library is self.library:
            draft.sites.append(_place(at))
            draft.policies.append(self._policy(role, at))

    def _given(self, role: Enqueue, at: CallAt, owner: Value | None) -> None:
        expr = argument(at.call, role.job)
        if expr is None:
            return
        policy = self._policy(role, at)
        value = self._job_value(expr, at.where)
        if isinstance(value, Seq):
            for item in value.items:
                self._ask(role, at, item, owner, policy)
        else:
            self._ask(role, at, value, owner, policy)

    def _ask(
        self, role: Enqueue, at: CallAt, value: Value, owner: Value | None, policy: Policy
    ) -> None:
        queue, defaults = self._queue(owner)
        policy = policy.over(Policy(queue=queue)).over(defaults)
        draft = self._find(role, at, value, queue)
        if draft is not None:
            draft.sites.append(_place(at))
            draft.policies.append(policy)

    def _find(self, role: Enqueue, at: CallAt, value: Value, queue: str) -> Draft | None:
        if isinstance(value, FunctionValue):
            found = self._draft_of(value)
            if found is not None or not role.makes or value.facts.name == "":
                return found
            return self.book.declare(self.library, value.file, value.facts, Policy())
        name = _name(value)
        if self.library.handle and role.makes:
            if not name and not role.unnamed:
                return None
            return self.book.named(self.library, queue, name or queue, _place(at))
        return self.book.by_name(self.library, name) if name else None

    def _draft_of(self, value: Value) -> Draft | None:
        if not isinstance(value, FunctionValue):
            return None
        return self.book.of_function(value.file, value.facts)

    def _job_value(self, expr: Expr, where: Where) -> Value:
        """The job that is given, also as a call of its own method such as `send.s(1)`."""
        if isinstance(expr, code.Call) and isinstance(expr.function, code.Member):
            methods = {
                name for role in self.library.enqueue if not role.job for name in role.methods
            }
            if expr.function.name in methods:
                expr = expr.function.object
        return self.scopes.value(expr, where)

    def _policy(self, role: Enqueue, at: CallAt) -> Policy:
        arguments = self.scopes.arguments(at.call, at.where, places(role.options))
        return read(role.options, arguments, self.library)

    def _queue(self, owner: Value | None) -> tuple[str, Policy]:
        """The name of the queue that is asked, and what holds for all jobs in it."""
        role = queue_role(self.library, owner)
        if role is None or not isinstance(owner, Object):
            return "", Policy()
        given = owner.arguments.get(role.name)
        name = queue_name(given) if given is not None else role.default
        return name, read(role.options, owner.arguments, self.library)


def queue_role(library: Library, owner: Value | None) -> Queue | None:
    return next(
        (it for it in library.queue if owner is not None and is_one_of(owner, it.origins)), None
    )


def is_one_of(value: Value, origins: tuple[str, ...]) -> bool:
    """Whether it is one of the things from outside, or an object of a class made from one."""
    match value:
        case External(origin):
            return origin in origins
        case Object():
            return value.origin in origins or _inherits(value.class_, origins)
        case Method():
            return f"{value.object.origin}().{value.name}" in origins
        case _:
            return False


def _inherits(class_: ClassValue | None, origins: tuple[str, ...]) -> bool:
    return class_ is not None and any(
        isinstance(it, External) and it.origin in origins for it in class_.lineage()
    )


def _is_unknown(value: Value) -> bool:
    return isinstance(value, Unknown | Method)


def _name(value: Value) -> str:
    if isinstance(value, Map):
        value = value.items.get("name", Unknown())
    return value.text if isinstance(value, Str) and value.known else ""


def _place(at: CallAt) -> Place:
    return Place(at.where.file, at.call.line, at.call.start, at.call.end)
