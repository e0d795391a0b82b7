"""Where jobs are asked for: methods of the job itself, of a queue, of an app."""

from __future__ import annotations

from dataclasses import dataclass, field

from backwright.facts import code
from backwright.facts.backend import Place
from backwright.facts.code import Expr, Function
from backwright.index.calls import CallAt, Calls, Where, argument, same_language
from backwright.index.jobs.book import Book, Draft
from backwright.index.jobs.declared import what_runs
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
class Relay:
    """A function of the project that asks for the job it is given as a parameter."""

    function: Function
    parameter: str
    role: Enqueue
    owner: Value | None
    policy: Policy


@dataclass(frozen=True, slots=True)
class Enqueuing:
    """Looks at the calls that may ask for a job of one library."""

    book: Book
    library: Library
    scopes: Scopes
    relays: dict[tuple[str, int], Relay] = field(default_factory=dict)
    """By the file and start of the function; they are found while looking."""

    def look(self, calls: Calls) -> None:
        for role in self.library.enqueue:
            names = role.methods or {origin.rpartition(".")[2] for origin in role.origins}
            for at in calls.named(names):
                if same_language(self.library.language, at.where):
                    self._look_at(role, at)

    def look_through(self, calls: Calls) -> None:
        """Looks at the calls of relays."""
        for at in calls.named(sorted(self.relay_names())):
            called = self.scopes.value(at.call.function, at.where)
            if not isinstance(called, FunctionValue):
                continue
            relay = self.relays.get((called.file, called.facts.start))
            expr = _passed(relay, called, at) if relay is not None else None
            if relay is not None and expr is not None:
                value = self._job_value(expr, at.where)
                if relay.role.job:
                    self._ask(relay.role, at, value, relay.owner, relay.policy)
                elif draft := self._draft_of(value):
                    draft.sites.append(_place(at))

    def relay_names(self) -> frozenset[str]:
        return frozenset(it.function.name for it in self.relays.values())

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
        function = at.call.function
        if isinstance(function, code.Member):
            self._relays(role, at, function.object, None)
        draft = self._draft_of(owner)
        if draft is not None and draft.library is self.library:
            draft.sites.append(_place(at))
            draft.policies.append(self._policy(role, at))

    def _given(self, role: Enqueue, at: CallAt, owner: Value | None) -> None:
        expr = argument(at.call, role.job)
        if expr is None:
            return
        policy = self._policy(role, at)
        self._relays(role, at, expr, owner)
        value = self._job_value(expr, at.where)
        if isinstance(value, Seq):
            for item in value.items:
                self._ask(role, at, item, owner, policy)
        else:
            self._ask(role, at, value, owner, policy)

    def _relays(self, role: Enqueue, at: CallAt, expr: Expr, owner: Value | None) -> None:
        """Keeps the function around as a relay when the job is one of its parameters."""
        function = at.where.function
        if function is None or not function.name or not isinstance(expr, code.Name):
            return
        if any(it.name == expr.name and not it.kind for it in function.parameters):
            relay = Relay(function, expr.name, role, owner, self._policy(role, at))
            self.relays.setdefault((at.where.file, function.start), relay)

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
        if isinstance(value, Object) and is_one_of(value, self._makers):
            value = value.arguments.get((0,)) or value  # clean = actor(run); clean.send()
        runs = what_runs(value)
        return self.book.of_function(runs.file, runs.facts) if runs is not None else None

    @property
    def _makers(self) -> tuple[str, ...]:
        return tuple(origin for task in self.library.task for origin in task.origins)

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


def _passed(relay: Relay, called: FunctionValue, at: CallAt) -> Expr | None:
    """What the call passes for the relay's parameter."""
    parameters = [it.name for it in relay.function.parameters]
    bound = called.this is not None and called.facts.role != "static"
    skipped = 1 if bound and at.where.facts.language == "python" else 0
    position = parameters.index(relay.parameter) - skipped
    return argument(at.call, (position, relay.parameter))


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
