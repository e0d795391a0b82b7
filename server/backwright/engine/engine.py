"""Runs a request from the target to a checked change. Keeps nothing but the last result."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backwright.context import pack as packs
from backwright.context.exclude import excluding
from backwright.context.target import Target, stack_of, target_at
from backwright.edits.change import Change, CreateFile, DeleteFile, FileChange, Stale, apply
from backwright.edits.diff import unified_diff
from backwright.edits.units import write_reply
from backwright.engine.ask import Ask, Listener, Quiet
from backwright.engine.last import Last, Turn, recall, remember
from backwright.engine.prompts import opening, repair
from backwright.engine.result import ChangeKind, FileEntry, Report, Result, Status, Tokens
from backwright.errors import ModelError, UsageError
from backwright.facts.backend import Route, Stack
from backwright.index.workspace import Workspace
from backwright.model.provider import Declined, Message, Prompt, Provider, Role, Usage
from backwright.recipes.match import Meaning, meaning_of
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.recipe import Recipe
from backwright.recipes.registry import baseline, frameworks_of, recipes
from backwright.settings import Settings
from backwright.text.snapshot import Snapshot
from backwright.verify.checks import run_checks
from backwright.verify.contract import contract_of
from backwright.verify.needs import with_needs
from backwright.verify.place import Misplaced, place
from backwright.verify.reply import read_reply
from backwright.verify.review import Check, Review, review_of
from backwright.verify.trial import trial

_NONE = Tokens()


@dataclass(frozen=True, slots=True)
class _Job:
    """A request with all that it means in this project."""

    ask: Ask
    recipe: Recipe
    target: Target
    stack: Stack
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one reply came to: problems that a model could mend, or a change with its checks."""

    problems: tuple[str, ...] = ()
    change: Change | None = None
    checks: tuple[Check, ...] = ()
    steps: tuple[str, ...] = ()
    review: Review | None = None


@dataclass(slots=True)
class Engine:
    """`workspace` must have been refreshed."""

    workspace: Workspace
    settings: Settings
    provider: Provider

    async def run(self, ask: Ask, listener: Listener | None = None) -> Result:
        """The result of a request; nothing is written.

        Raises UsageError when the request names a recipe or place that is not there. Cancelling
        the task stops a model's work and leaves nothing behind.
        """
        listener = listener or Quiet()
        listener.stage("Reading the project")
        job = self._job(ask)
        if isinstance(job, Result):
            return job
        if isinstance(job.outcome, AlreadyDone):
            return self._ended(job.recipe, "planned", job.outcome.reason, 0)
        prompt = self._prompt(job)
        try:
            return await self._converse(job, prompt, listener)
        except ModelError as fault:
            return self._ended(job.recipe, "failed", str(fault), fault.exit_status)

    async def refine(self, text: str, listener: Listener | None = None) -> Result:
        """A follow-up on the workspace's last result."""
        last = recall(self.workspace.root)
        if last is None:
            raise UsageError("there is no earlier result here to refine; run a recipe first")
        conversation = tuple(Message(_role(it.role), it.text) for it in last.conversation)
        offset = self._offset_now(last)
        ask = Ask(last.recipe, last.file, offset, text, last.inputs, conversation=conversation)
        return await self.run(ask, listener)

    def context(self, file: str, offset: int, recipe_id: str) -> str:
        """Exactly what a model would be sent for a recipe at a place."""
        recipe = recipe_by_id(recipe_id)
        job = self._job(Ask(recipe.id, file, offset))
        if isinstance(job, Result):
            raise UsageError(job.report.summary)
        prompt = self._prompt(job)
        return "\n".join(f"--- {it.role} ---\n{it.text.rstrip()}\n" for it in prompt.messages)

    # Towards the prompt

    def _job(self, ask: Ask) -> _Job | Result:
        """The request understood; a finished result when it can't be served at all."""
        recipe = recipe_by_id(ask.recipe)
        if recipe.at == "free" and not ask.conversation:
            meant = meaning_of(ask.text, self.workspace.backend, ask.file, ask.offset)
            if isinstance(meant, Meaning):
                recipe = meant.recipe
                place_ = meant.route.handler_place if meant.route is not None else None
                if place_ is not None:
                    ask = replace(ask, file=place_.file, offset=place_.start)
            elif not self._has_model:
                return self._refusal(recipe, meant.reason)
        target = self._target(ask)
        if recipe.at == "endpoint" and target.route is None:
            where = f"no endpoint at {ask.file or 'the given place'}"
            return self._refusal(recipe, f"{where}; put the cursor on a route or its handler")
        stack = stack_of(self.workspace.backend, ask.file)
        outcome = self._outcome(recipe, target, stack, ask)
        if isinstance(outcome, Refused) and not self._has_model:
            return self._refusal(recipe, outcome.reason)
        return _Job(ask, recipe, target, stack, outcome)

    @property
    def _has_model(self) -> bool:
        return self.settings.model.configured

    def _target(self, ask: Ask) -> Target:
        if not ask.file:
            return Target()
        if self.workspace.snapshot(ask.file) is None:
            raise UsageError(f"there is no file {ask.file} in {self.workspace.root}")
        return target_at(
            self.workspace.backend, ask.file, ask.offset, self.workspace.facts(ask.file)
        )

    def _outcome(self, recipe: Recipe, target: Target, stack: Stack, ask: Ask) -> Outcome:
        situation = Situation(
            target, self.workspace.backend, stack, self.workspace.snapshot, ask.text, ask.inputs
        )
        named = [target.route.framework] if target.route is not None else []
        named = named or [it.name for it in stack.frameworks]
        served = frameworks_of(recipe)
        framework = next((it for it in named if it in served), named[0] if named else "")
        return baseline(recipe, framework, situation)

    def _prompt(self, job: _Job) -> Prompt:
        baseline_text = write_reply(job.outcome.units) if isinstance(job.outcome, Draft) else None
        reason = job.outcome.reason if isinstance(job.outcome, Refused) else ""
        if job.ask.conversation:
            messages = (*job.ask.conversation, Message("user", job.ask.text))
            return Prompt(messages, baseline_text, reason)
        pack = packs.build(
            self.workspace,
            job.target,
            job.stack,
            example=self._example(job),
            budget=self.settings.context.budget_tokens,
            excluded=excluding(self.workspace.root, self.settings.context.exclude),
        )
        messages = opening(job.recipe, pack, job.ask.text, dict(job.ask.inputs), job.outcome)
        return Prompt(messages, baseline_text, reason)

    def _example(self, job: _Job) -> Route | None:
        """A route of the same framework that already has what the recipe adds."""
        if job.recipe.missing is None or job.target.route is None:
            return None
        target, fact = job.target.route, job.recipe.missing
        having = [
            it
            for it in self.workspace.backend.routes
            if getattr(it, fact) and it.framework == target.framework and it != target
        ]
        same = [it for it in having if it.handler_place.file == target.handler_place.file]
        return next(iter([*same, *having]), None)

    # From the reply to the change

    async def _converse(self, job: _Job, prompt: Prompt, listener: Listener) -> Result:
        usage, attempt, reply_text = Usage(), _Attempt(), ""
        for round_ in range(1 + self.settings.verify.repair_rounds):
            listener.stage("Asking the model" if not round_ else "Asking the model to correct it")
            reply = await self.provider.complete(prompt, listener.text)
            if isinstance(reply, Declined):
                return self._refusal(job.recipe, reply.reason)
            usage += reply.usage
            if reply.text == reply_text:  # it has nothing else to say
                break
            reply_text = reply.text
            listener.stage("Checking the change")
            attempt = await self._attempt(job, reply_text)
            mendable = list(attempt.problems) or _failures(attempt.checks)
            if not mendable:
                break
            answer = Message("assistant", reply_text)
            prompt = replace(prompt, messages=(*prompt.messages, answer, repair(mendable)))
        return self._finished(job, prompt, reply_text, attempt, usage)

    async def _attempt(self, job: _Job, reply: str) -> _Attempt:
        workspace = self.workspace
        reading = read_reply(reply, workspace.paths(), job.target.file)
        if reading.problems or not reading.units:
            return _Attempt(tuple(reading.problems) or ("the reply holds no code block",))
        placed = place(reading.units, workspace.snapshot)
        if isinstance(placed, Misplaced):
            return _Attempt(placed.problems)
        after = self._applied(placed)
        if isinstance(after, Stale):
            return _Attempt((str(after),))
        review = self._review(job, after)
        needs = with_needs(placed, review, workspace.snapshot)
        if needs.packages:
            after = self._applied(needs.change)
            if isinstance(after, Stale):
                return _Attempt((str(after),))
            review = replace(
                self._review(job, after),
                known_packages=frozenset(it.name for it in needs.packages),
            )
        checks = run_checks(review)
        if all(it.status != "failed" for it in checks):
            tried = await trial(
                workspace.root,
                review,
                self.settings.verify.run_tests,
                trusted=self.settings.trusted,
                consent=job.ask.may_run_tests,
            )
            checks += [tried] if tried is not None else []
        return _Attempt((), needs.change, tuple(checks), needs.steps, review)

    def _review(self, job: _Job, after: dict[str, bytes | None]) -> Review:
        gains = job.recipe.missing or ""
        return review_of(self.workspace, after, job.stack, target=job.target.route, gains=gains)

    def _applied(self, change: Change) -> dict[str, bytes | None] | Stale:
        documents: dict[str, Snapshot] = {}
        for file in change.files:
            if (found := self.workspace.snapshot(file.path)) is not None:
                documents[file.path] = found
        return apply(documents, change)

    # Results

    def _finished(
        self, job: _Job, prompt: Prompt, reply: str, attempt: _Attempt, usage: Usage
    ) -> Result:
        review = attempt.review
        tokens = Tokens.of(usage)
        if attempt.change is None or review is None:
            reason = "; ".join(attempt.problems) or "the model gave no reply that can be used"
            summary = f"Nothing was changed: {reason}"
            return self._ended(job.recipe, "failed", summary, 1, tokens)
        files = [FileEntry(it.path, _kind_of(it)) for it in attempt.change.files]
        draft = job.outcome if isinstance(job.outcome, Draft) and not usage.requests else None
        failed = _failures(attempt.checks)
        report = Report(
            status="failed" if failed else "planned",
            recipe=job.recipe.id,
            provider=self.provider.name,
            summary=self._summary(job, draft, failed),
            files=[] if failed else files,
            diff=unified_diff(review.before, review.after),
            unserved=list(draft.unserved) if draft else [],
            next_steps=[*attempt.steps, *(draft.next_steps if draft else ())],
            review=list(draft.review) if draft else _to_review(job.recipe),
            checks=list(attempt.checks),
            contract=contract_of(review.was, review.now),
            usage=tokens,
        )
        self._remember(job, prompt, reply, by_model=usage.requests > 0)
        if failed:
            return Result(report, exit_status=1)
        return Result(report, attempt.change, dict(review.before), dict(review.after))

    def _summary(self, job: _Job, draft: Draft | None, failed: list[str]) -> str:
        if failed:
            return f"Nothing was changed: {'; '.join(failed)}"
        if draft is None:
            return f"{job.recipe.title}: {job.target.title}, written by {self.provider.name}"
        unserved = f"Not done: {'; '.join(draft.unserved)}. " if draft.unserved else ""
        return f"{unserved}{draft.summary} (built-in template, no model)"

    def _remember(self, job: _Job, prompt: Prompt, reply: str, *, by_model: bool) -> None:
        said = (*prompt.messages, Message("assistant", reply)) if by_model else ()
        remember(
            self.workspace.root,
            Last(
                recipe=job.recipe.id,
                file=job.target.file,
                offset=job.target.offset,
                title=job.target.route.title if job.target.route is not None else "",
                request=job.ask.text,
                inputs=dict(job.ask.inputs),
                conversation=[Turn(it.role, it.text) for it in said],
            ),
        )

    def _offset_now(self, last: Last) -> int:
        """Where the last target stands by now: its file may have changed."""
        for route in self.workspace.backend.routes:
            if route.title == last.title and last.file in {
                route.handler_place.file,
                route.place.file,
            }:
                place_ = route.place if route.place.file == last.file else route.handler_place
                return place_.start
        return last.offset

    def _ended(
        self, recipe: Recipe, status: Status, summary: str, exit_status: int, tokens: Tokens = _NONE
    ) -> Result:
        """A result without a change."""
        report = Report(
            status=status,
            recipe=recipe.id,
            provider=self.provider.name,
            summary=summary,
            usage=tokens,
        )
        return Result(report, exit_status=exit_status)

    def _refusal(self, recipe: Recipe, reason: str) -> Result:
        return self._ended(recipe, "refused", reason, 4)


def recipe_by_id(recipe_id: str) -> Recipe:
    """The recipe; raises UsageError with those there are when there is none of that name."""
    found = recipes().get(recipe_id)
    if found is None:
        raise UsageError(f"there is no recipe {recipe_id}; there are {', '.join(recipes())}")
    return found


def _failures(checks: tuple[Check, ...]) -> list[str]:
    return [f"{it.name}: {it.detail}" for it in checks if it.status == "failed"]


def _to_review(recipe: Recipe) -> list[str]:
    return ["read the change: it touches security and a model wrote it"] if recipe.security else []


def _kind_of(file: FileChange) -> ChangeKind:
    if isinstance(file, CreateFile):
        return "create"
    return "delete" if isinstance(file, DeleteFile) else "edit"


def _role(role: str) -> Role:
    return "assistant" if role == "assistant" else "system" if role == "system" else "user"
