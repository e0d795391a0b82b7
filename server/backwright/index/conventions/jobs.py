"""Jobs that are classes: their queue, how they are tried again, where they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from msgspec.structs import replace

from backwright.facts import code
from backwright.facts.backend import Job, Place
from backwright.facts.code import Expr
from backwright.index.constants import Constants, Macro, constant_name
from backwright.index.conventions.job_words import JobClasses, libraries
from backwright.index.conventions.uses import UseAt, root_of

_UNITS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
}


@dataclass(slots=True)
class JobFinder:
    """`sites` are the calls that ask for a job, by file, start and end, with its name."""

    constants: Constants
    found: dict[str, Job] = field(default_factory=dict)
    sites: dict[tuple[str, int, int], str] = field(default_factory=dict)

    def look(self, uses: Iterable[UseAt]) -> None:
        """Finds the jobs of the project, and who asks for them among the calls."""
        for library in libraries():
            bases = frozenset(library.bases)
            for name in self.constants.classes:
                if name not in self.found and self.constants.inherits(name, bases):
                    self._declare(name, library)
        if not self.found:
            return
        words = job_words()
        for use in uses:
            if use.name in words:
                self._asked(use)

    def _declare(self, name: str, library: JobClasses) -> None:
        method = next(
            (found for it in library.performs if (found := self.constants.method(name, it))), None
        )
        if method is None or method.owner not in self.constants.classes:
            return
        function = method.function
        place = Place(method.facts.path, function.line, function.start, function.end)
        job = Job(
            name=name,
            queue=library.default_queue,
            framework=library.name,
            place=place,
            retries=library.retries,
            backoff=library.backoff if library.retries else "",
        )
        for macro in self.constants.macros(name):
            job = _said(job, macro, library)
        self.found[name] = job

    def _asked(self, use: UseAt) -> None:
        root = root_of(use.call)
        written = constant_name(root)
        name = self.constants.find(written, use.inside) if written else ""
        if root == code.Name("self") or isinstance(root, code.Call):
            name = use.inside
        job = self.found.get(name)
        if job is None:
            return
        call = use.call
        place = Place(use.facts.path, call.line, call.start, call.end)
        self.sites[(place.file, place.start, place.end)] = name
        self.found[name] = replace(job, enqueued_at=[*job.enqueued_at, place])


@cache
def job_words() -> frozenset[str]:
    """The methods that ask for jobs."""
    return frozenset(name for library in libraries() for name in library.enqueue)


def _said(job: Job, macro: Macro, library: JobClasses) -> Job:
    """The job with what a word in its class says of it."""
    options = {it.name: it.value for it in macro.call.arguments if it.name}
    first = next((it.value for it in macro.call.arguments if not it.name), None)
    if macro.name in library.queue:
        return replace(job, queue=_text(first) or job.queue)
    if macro.name in library.options:
        job = replace(job, queue=_text(options.get("queue")) or job.queue)
        retries = _count(options.get("retry"), library)
        if retries is None:
            return job
        return replace(job, retries=retries, backoff=job.backoff if retries else "")
    if macro.name in library.pausing:
        return replace(job, backoff="custom")
    if macro.name in library.retrying:
        return _retried(job, options, library)
    return job


def _retried(job: Job, options: Mapping[str, Expr], library: JobClasses) -> Job:
    attempts = options.get("attempts")
    match attempts:
        case code.Number(number):
            retries = int(number) - 1
        case code.Text("unlimited"):
            retries = -1
        case _:
            retries = library.attempts - 1
    backoff = _pause(options["wait"], library) if "wait" in options else library.wait
    if job.retries == -1 or (job.retries or 0) > retries >= 0:
        return job
    return replace(job, retries=retries, backoff=backoff)


def _pause(expr: Expr, library: JobClasses) -> str:
    match expr:
        case code.Text(name):
            return library.growing.get(name, name)
        case code.Lambda():
            return "custom"
        case code.Number(number):
            return f"fixed {number} s"
        case code.Member(code.Number(number), unit):
            size = _UNITS.get(unit.removesuffix("s"))
            return f"fixed {number * size} s" if size is not None else ""
        case _:
            return ""


def _count(expr: Expr | None, library: JobClasses) -> int | None:
    match expr:
        case code.Number(number):
            return int(number)
        case code.Constant("false"):
            return 0
        case code.Constant("true"):
            return library.retries
        case _:
            return None


def _text(expr: Expr | None) -> str:
    return expr.value if isinstance(expr, code.Text) else ""
