"""Runs a request from the target to a checked change. Keeps nothing but the last result."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from backwright.context import pack as packs
from backwright.context.exclude import excluding
from backwright.edits.units import write_reply
from backwright.engine.ask import Ask, Listener, Quiet
from backwright.engine.attempt import Attempt, Unusable, attempt, failures
from backwright.engine.job import Job, Unfit, example_for, understand
from backwright.engine.last import Last, Turn, recall, remember
from backwright.engine.prompts import opening, repair
from backwright.engine.reporting import combined, ended, finished, refused
from backwright.engine.result import Result
from backwright.engine.steps import work_through
from backwright.errors import ModelError, ModelTooLong, UsageError
from backwright.index.workspace import Workspace
from backwright.model.provider import Declined, Message, Prompt, Provider, Reply, Role, Usage
from backwright.recipes.outcome import AlreadyDone, Draft, Refused, Steps
from backwright.settings import Settings
from backwright.verify.review import review_of
from backwright.verify.trial import trial


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
        job = understand(self.workspace, ask, with_model=self._has_model)
        if isinstance(job, Unfit):
            return refused(job.recipe, self.provider.name, job.reason)
        if isinstance(job.outcome, AlreadyDone) and not ask.conversation:
            return ended(job.recipe, self.provider.name, "planned", job.outcome.reason)
        if self._has_model and self._excluded(job.target.file):
            reason = f"{job.target.file} is excluded from what a model may see"
            return refused(job.recipe, self.provider.name, reason)
        try:
            if isinstance(job.outcome, Steps):
                return await self._in_steps(job, job.outcome, listener)
            return await self._converse(job, listener)
        except ModelError as fault:
            return ended(
                job.recipe, self.provider.name, "failed", str(fault), exit_status=fault.exit_status
            )

    async def refine(self, text: str, listener: Listener | None = None) -> Result:
        """A follow-up on the workspace's last result; raises UsageError when there is none."""
        last = recall(self.workspace.root)
        if last is None:
            raise UsageError("there is no earlier result here to refine; run a recipe first")
        conversation = tuple(Message(_role(it.role), it.text) for it in last.conversation)
        offset = self._offset_now(last)
        ask = Ask(last.recipe, last.file, offset, text, last.inputs)
        ask = replace(ask, conversation=conversation, routes=tuple(last.routes))
        return await self.run(ask, listener)

    def context(self, ask: Ask) -> str:
        """Exactly what a model would be sent. Raises UsageError where the recipe does not fit."""
        job = understand(self.workspace, ask, with_model=True)
        if isinstance(job, Unfit):
            raise UsageError(job.reason)
        messages = self._prompt(job, self.settings.context.budget_tokens).messages
        return "\n".join(f"--- {it.role} ---\n{it.text.rstrip()}\n" for it in messages)

    @property
    def _has_model(self) -> bool:
        return self.settings.model.configured

    def _excluded(self, file: str) -> bool:
        return excluding(self.workspace.root, self.settings.context.exclude)(file)

    async def _converse(self, job: Job, listener: Listener) -> Result:
        """Asks, checks, and has what does not hold corrected, as often as the settings allow."""
        prompt = self._prompt(job, self.settings.context.budget_tokens)
        usage, before = Usage(), ""
        tried: Attempt = Unusable(("there was no reply",))
        for round_ in range(1 + self.settings.verify.repair_rounds):
            listener.stage("Writing the change" if not round_ else "Having it corrected")
            reply = await self._reply(job, prompt, listener)
            if isinstance(reply, Declined):
                return refused(job.recipe, self.provider.name, reply.reason)
            usage += reply.usage
            if reply.text == before:  # it has nothing else to say
                break
            before = reply.text
            listener.stage("Checking the change")
            tried = await attempt(self.workspace, self.settings, job, reply.text)
            mendable = _problems(tried)
            prompt = _followed(prompt, reply.text)
            if not mendable:
                break
            prompt = replace(prompt, messages=(*prompt.messages, repair(mendable)))
        return self._result(job, prompt, tried, usage)

    async def _in_steps(self, job: Job, steps: Steps, listener: Listener) -> Result:
        """Each step on what those before have made; tests are run once, at the end."""
        quiet = msgspec.structs.replace(
            self.settings,
            verify=msgspec.structs.replace(self.settings.verify, run_tests="never"),
        )

        async def run(workspace: Workspace, ask: Ask, told: Listener) -> Result:
            return await Engine(workspace, quiet, self.provider).run(ask, told)

        work = await work_through(self.workspace, job.ask, steps, run, listener)
        review = review_of(self.workspace, work.after, job.stack)
        tried = await trial(
            self.workspace.root,
            review,
            self.settings.verify.run_tests,
            trusted=self.settings.trusted,
            consent=job.ask.may_run_tests,
        )
        if work.after and not steps.chained:  # a chain is refined by its last step
            remember(self.workspace.root, _last(job, ()))
        return combined(job, self.provider.name, work, steps, tried)

    async def _reply(self, job: Job, prompt: Prompt, listener: Listener) -> Reply | Declined:
        try:
            return await self.provider.complete(prompt, listener.text)
        except ModelTooLong:
            listener.stage("Asking again with less of the project")
            smaller = self._prompt(job, self.settings.context.budget_tokens // 3)
            rest = prompt.messages[len(smaller.messages) :] if not job.ask.conversation else ()
            shortened = replace(smaller, messages=(*smaller.messages, *rest))
            return await self.provider.complete(shortened, listener.text)

    def _prompt(self, job: Job, budget: int) -> Prompt:
        baseline = write_reply(job.outcome.units) if isinstance(job.outcome, Draft) else None
        reason = job.outcome.reason if isinstance(job.outcome, Refused) else ""
        if job.ask.conversation:
            messages = (*job.ask.conversation, Message("user", job.ask.text))
            return Prompt(messages, baseline, reason)
        pack = packs.build(
            self.workspace,
            job.target,
            job.stack,
            example=example_for(self.workspace, job),
            budget=budget,
            excluded=excluding(self.workspace.root, self.settings.context.exclude),
        )
        messages = opening(job.recipe, pack, job.ask.text, dict(job.ask.inputs), job.outcome)
        return Prompt(messages, baseline, reason)

    def _result(self, job: Job, prompt: Prompt, tried: Attempt, usage: Usage) -> Result:
        name = self.provider.name
        if isinstance(tried, Unusable):
            summary = f"Nothing was changed: {'; '.join(tried.problems)}"
            return ended(job.recipe, name, "failed", summary, exit_status=1, usage=usage)
        said = prompt.messages if usage.requests else ()
        remember(self.workspace.root, _last(job, said))
        return finished(job, name, tried, usage)

    def _offset_now(self, last: Last) -> int:
        """Where the last target stands by now: its file may have changed."""
        for route in self.workspace.backend.routes:
            for place in (route.place, route.handler_place):
                if route.title == last.title and place.file == last.file:
                    return place.start
        return last.offset


def _problems(tried: Attempt) -> list[str]:
    return list(tried.problems) if isinstance(tried, Unusable) else failures(tried.checks)


def _followed(prompt: Prompt, reply: str) -> Prompt:
    return replace(prompt, messages=(*prompt.messages, Message("assistant", reply)))


def _last(job: Job, said: tuple[Message, ...]) -> Last:
    return Last(
        recipe=job.recipe.id,
        file=job.target.file,
        offset=job.target.offset,
        routes=list(job.ask.routes),
        title=job.target.route.title if job.target.route is not None else "",
        request=job.ask.text,
        inputs=dict(job.ask.inputs),
        conversation=[Turn(it.role, it.text) for it in said],
    )


def _role(role: str) -> Role:
    if role == "system":
        return "system"
    return "assistant" if role == "assistant" else "user"
