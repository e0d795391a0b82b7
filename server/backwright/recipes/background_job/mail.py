"""The first words of an e-mail that a job sends; a person writes the real ones."""

from __future__ import annotations

from backwright.recipes.background_job.asked import Wanted


def subject_of(wanted: Wanted) -> str:
    said = wanted.subject.removesuffix("email").strip() or "a message for you"
    return said[0].upper() + said[1:]


def text_of(wanted: Wanted) -> str:
    if "welcome" in wanted.subject.split():
        return "Welcome, your account is ready."
    return f"{subject_of(wanted)}."
