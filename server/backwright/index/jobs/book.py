"""The jobs that have been found so far, and how they are looked up: by function, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from backwright.facts import code
from backwright.facts.backend import Job, Place
from backwright.index.jobs.libraries import Library
from backwright.index.jobs.module_names import ModuleNames
from backwright.index.jobs.policy import Policy, combined, final_backoff, final_retries

FunctionKey = tuple[str, int]

Definition = code.Function | code.Class
"""What does the work: a function, or a class whose objects are called."""


@dataclass(slots=True)
class Draft:
    """A job while it is put together. What was said first about it counts most."""

    library: Library
    name: str
    queue: str
    place: Place
    policies: list[Policy] = field(default_factory=list)
    sites: list[Place] = field(default_factory=list)
    schedules: list[str] = field(default_factory=list)
    handled: bool = False
    """The place is that of the function which does the work."""

    def job(self) -> Job:
        policy = combined(self.policies)
        schedules = dict.fromkeys(it for it in [policy.schedule, *self.schedules] if it)
        return Job(
            name=self.name,
            queue=policy.queue or self.queue or self.library.default_queue,
            framework=self.library.name,
            place=self.place,
            retries=final_retries(policy, self.library),
            backoff=final_backoff(policy, self.library),
            schedule="; ".join(schedules),
            enqueued_at=sorted(set(self.sites), key=lambda it: (it.file, it.start)),
        )


@dataclass(slots=True)
class Book:
    names: ModuleNames
    drafts: list[Draft] = field(default_factory=list)
    _functions: dict[FunctionKey, Draft] = field(default_factory=dict)
    _named: dict[tuple[str, str, str], Draft] = field(default_factory=dict)
    _processors: dict[tuple[str, str], tuple[Library, Place, Policy]] = field(default_factory=dict)

    # Jobs that are functions

    def of_function(self, file: str, function: Definition) -> Draft | None:
        return self._functions.get((file, function.start))

    def declare(self, library: Library, file: str, function: Definition, policy: Policy) -> Draft:
        """The job that the function is, now that `policy` is said of it too."""
        key = (file, function.start)
        if key not in self._functions:
            name = policy.name or self._called(library, file, function)
            place = Place(file, function.line, function.start, function.end)
            self._functions[key] = Draft(library, name, "", place, handled=True)
            self.drafts.append(self._functions[key])
        draft = self._functions[key]
        draft.policies.append(policy)
        return draft

    def by_name(self, library: Library, name: str) -> Draft | None:
        """The job that a function is, by the name it is registered under or its dotted path."""
        for draft in self._functions.values():
            if draft.library is library and draft.name == name:
                return draft
        if library.naming == "module":
            return None
        return next((it for it in self._functions.values() if self._path_of(it) == name), None)

    def matching(self, library: Library, pattern: str) -> Iterator[Draft]:
        """The jobs of the library whose names fit the pattern with `*`."""
        for draft in self.drafts:
            if draft.library is library and fnmatchcase(draft.name, pattern):
                yield draft

    # Jobs that are names in a queue

    def named(self, library: Library, queue: str, name: str, place: Place) -> Draft:
        """The job of that name in the queue; `place` is where it is when nothing handles it."""
        key = (library.name, queue, name)
        if key not in self._named:
            self._named[key] = Draft(library, name, queue, place)
            self.drafts.append(self._named[key])
        return self._named[key]

    def process(self, library: Library, queue: str, place: Place, policy: Policy) -> None:
        """Says that one function does the work of all jobs in the queue."""
        self._processors.setdefault((library.name, queue), (library, place, policy))

    def jobs(self) -> list[Job]:
        """Every job, in the order of files and lines."""
        for (_, queue), (library, place, policy) in self._processors.items():
            waiting = [it for it in self.drafts if it.library is library and it.queue == queue]
            for draft in waiting or [self.named(library, queue, queue, place)]:
                draft.policies.append(policy)
                if not draft.handled:
                    draft.place = place
        found = [draft.job() for draft in self.drafts]
        return sorted(found, key=lambda it: (it.place.file, it.place.line, it.name, it.queue))

    def _called(self, library: Library, file: str, function: Definition) -> str:
        match library.naming:
            case "module":
                return f"{self.names.of(file)}.{function.qualname}"
            case "qualname":
                return function.qualname
            case "function":
                return function.name

    def _path_of(self, draft: Draft) -> str:
        return f"{self.names.of(draft.place.file)}.{draft.name}"
