"""What a run comes to: the JSON of `backwright run --json`, and the change behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from backwright.edits.change import Change
from backwright.model.provider import Usage
from backwright.verify.contract import Contract
from backwright.verify.review import Check

Status = Literal["applied", "planned", "refused", "failed"]
StepStatus = Literal["planned", "done", "refused", "failed", "skipped"]
ChangeKind = Literal["create", "edit", "delete"]


class FileEntry(msgspec.Struct, frozen=True):
    path: str
    change: ChangeKind


class StepEntry(msgspec.Struct, frozen=True):
    """One part of a request that was served in parts; `status` "skipped" for one that was not
    tried since an earlier one failed."""

    recipe: str
    title: str
    status: StepStatus
    summary: str = ""


class Tokens(msgspec.Struct, frozen=True):
    """What was used at the endpoint; `estimated` when it did not say."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False

    @classmethod
    def of(cls, usage: Usage) -> Tokens:
        return cls(usage.requests, usage.prompt_tokens, usage.completion_tokens, usage.estimated)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a result that is shown and scripted against."""

    status: Status
    recipe: str
    provider: str
    summary: str
    files: list[FileEntry] = []
    diff: str = ""
    unserved: list[str] = []
    next_steps: list[str] = []
    review: list[str] = []
    checks: list[Check] = []
    contract: Contract = Contract()
    steps: list[StepEntry] = []
    usage: Tokens = Tokens()


@dataclass(frozen=True, slots=True)
class Result:
    """A report with the change it speaks of; `before` and `after` are the bytes of each document.

    `exit_status` is that of the command line: 0 done, 1 a check failed, 3 the model or its
    endpoint failed, 4 refused.
    """

    report: Report
    change: Change = field(default_factory=Change)
    before: dict[str, bytes | None] = field(default_factory=dict)
    after: dict[str, bytes | None] = field(default_factory=dict)
    exit_status: int = 0

    @property
    def needs_confirmation(self) -> bool:
        """Whether a person should look before the change is applied."""
        deletes = any(it is None for it in self.after.values())
        return deletes or any(it.status != "passed" for it in self.report.checks)
