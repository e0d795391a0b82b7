"""A background job in the library that the request names, or the project has."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from backwright.recipes.background_job.asked import Wanted, wanted_of
from backwright.recipes.outcome import AlreadyDone, Outcome, Refused, Situation

_BY_LANGUAGE = {
    "python": "celery",
    "javascript": "bullmq",
    "typescript": "bullmq",
    "ruby": "sidekiq",
}
_KNOWN = ("bullmq", "bull", "celery", "sidekiq", "rq", "dramatiq", "arq", "agenda")


class _Library(Protocol):
    LANGUAGES: tuple[str, ...]

    def write(self, situation: Situation, wanted: Wanted) -> Outcome: ...


def baseline(situation: Situation) -> Outcome:
    wanted = wanted_of(situation)
    if wanted is None:
        return Refused(
            "say what the job does and when it is due, such as: send welcome e-mails when users"
            " register"
        )
    library = _library(situation, wanted)
    if library not in served():
        named = library or "this project's language"
        return Refused(
            f"there is no built-in template for jobs with {named} (there are templates for"
            f" {', '.join(served())}); configure a model to have it written"
        )
    module = cast(_Library, import_module(f"{__package__}.{library}.write"))
    languages = situation.stack.languages
    if languages and not set(languages) & set(module.LANGUAGES):
        return Refused(f"{library} is for {module.LANGUAGES[0]}; this project is {languages[0]}")
    if (known := _present(situation, wanted)) is not None:
        return known
    return module.write(situation, wanted)


def served() -> list[str]:
    return sorted(it.parent.name for it in Path(__file__).parent.glob("*/write.py"))


def _library(situation: Situation, wanted: Wanted) -> str:
    """The one that is asked for, else that of the project, else the usual one of its language."""
    if wanted.library:
        return wanted.library
    present = next((it for it in _KNOWN if it in situation.stack.dependencies), "")
    if present:
        return "bullmq" if present == "bull" else present
    languages = situation.stack.languages
    return next((_BY_LANGUAGE[it] for it in languages if it in _BY_LANGUAGE), "")


def _present(situation: Situation, wanted: Wanted) -> AlreadyDone | None:
    """The job that is there already under the name that this one would get."""
    name = set(wanted.words)
    for job in situation.backend.jobs:
        parts = job.name.replace("-", "_").replace(".", "_").lower().split("_")
        spelled = "".join(wanted.words)
        if name <= set(parts) or spelled in job.name.replace("_", "").replace("-", "").lower():
            return AlreadyDone(
                f"the job {job.name} is there already: {job.place.file}:{job.place.line}"
            )
    return None
