"""Which function does the work of jobs that are known by their name in a queue."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Place
from backwright.index.calls import CallAt, Calls, argument, same_language
from backwright.index.jobs.book import Book
from backwright.index.jobs.enqueued import is_one_of, queue_role
from backwright.index.jobs.libraries import Handle, Library, places
from backwright.index.jobs.policy import Policy, queue_name, read
from backwright.index.scopes import Scopes
from backwright.index.values import FunctionValue, Object, Str, Value


@dataclass(frozen=True, slots=True)
class Handling:
    book: Book
    library: Library
    scopes: Scopes

    def look(self, calls: Calls) -> None:
        for role in self.library.handle:
            names = role.methods or {origin.rpartition(".")[2] for origin in role.origins}
            for at in calls.named(names):
                if same_language(self.library.language, at.where):
                    self._look_at(role, at)

    def _look_at(self, role: Handle, at: CallAt) -> None:
        function = at.call.function
        if role.methods and not isinstance(function, code.Member):
            return
        asked = function.object if role.methods and isinstance(function, code.Member) else function
        owner = self.scopes.value(asked, at.where)
        if not is_one_of(owner, role.origins):
            return
        arguments = self.scopes.arguments(at.call, at.where, places(role.options))
        policy = read(role.options, arguments, self.library)
        place = self._worker(at)
        queue = self._queue(role, at, owner)
        name = self._text(role.job, at)
        if not name and not queue:  # known by what is written for its name
            name = walk.dotted(argument(at.call, role.job or role.queue)) or "?"
        if not name:
            self.book.process(self.library, queue, place, policy)
            return
        draft = self.book.named(self.library, queue, name, place)
        draft.policies.append(policy.over(Policy(queue=queue)))
        draft.place, draft.handled = place, True

    def _worker(self, at: CallAt) -> Place:
        """The last function among the arguments; the call itself where none is known."""
        for given in reversed(at.call.arguments):
            value = self.scopes.value(given.value, at.where)
            if isinstance(value, FunctionValue):
                facts = value.facts
                return Place(value.file, facts.line, facts.start, facts.end)
        return Place(at.where.file, at.call.line, at.call.start, at.call.end)

    def _queue(self, role: Handle, at: CallAt, owner: Value) -> str:
        if role.queue:
            return self._text(role.queue, at)
        found = queue_role(self.library, owner)
        if found is None or not isinstance(owner, Object):
            return ""
        return queue_name(owner.arguments.get(found.name)) or found.default

    def _text(self, where: tuple[int | str, ...], at: CallAt) -> str:
        expr = argument(at.call, where) if where else None
        if expr is None:
            return ""
        value = self.scopes.value(expr, at.where)
        return value.text if isinstance(value, Str) and value.known else queue_name(value)
