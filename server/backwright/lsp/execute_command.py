"""The commands: they have the worker run a recipe, and hand the change to the editor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from lsprotocol import types

from backwright.edits.change import Stale
from backwright.errors import BackwrightError, UsageError
from backwright.facts.listing import Row, route_json
from backwright.lsp.commands import (
    At,
    ContextArguments,
    GenerateArguments,
    RefineArguments,
    RunArguments,
    argument,
)
from backwright.lsp.documents import path_of
from backwright.lsp.folder import Folder
from backwright.lsp.progress import Progress
from backwright.lsp.reports import Report, not_applied, without_change
from backwright.lsp.session import Server
from backwright.lsp.workspace_edit import Editor, workspace_edit
from backwright.recipes.registry import recipes
from backwright.workers.messages import Answered, Context, Failed, Finished, Refine, Request, Run

_RUN_TESTS = types.MessageActionItem("Run them")


@dataclass(frozen=True, slots=True)
class _Job:
    """A request for the worker, and what becomes of its result."""

    folder: Folder
    recipe: str
    make: Callable[[int], Request]
    apply: bool
    token: types.ProgressToken | None


async def run(ls: Server, params: types.ExecuteCommandParams) -> Report:
    """`backwright.run` [{recipe, uri, position, request?, inputs?, apply?}]"""
    try:
        asked = argument(params.arguments, RunArguments)
    except UsageError as fault:
        return _told(ls, without_change("failed", "", str(fault)))
    return await _run(ls, asked, params.work_done_token)


async def generate(ls: Server, params: types.ExecuteCommandParams) -> Report:
    """`backwright.generate` [{request, uri?, position?, apply?}]"""
    try:
        asked = argument(params.arguments, GenerateArguments)
    except UsageError as fault:
        return _told(ls, without_change("failed", "generate", str(fault)))
    meant = RunArguments("generate", asked.uri, asked.position, asked.request, {}, asked.apply)
    return await _run(ls, meant, params.work_done_token)


async def refine(ls: Server, params: types.ExecuteCommandParams) -> Report:
    """`backwright.refine` [{request, uri?, apply?}]"""
    try:
        asked = argument(params.arguments, RefineArguments)
        folder = _folder(ls, asked.uri)
    except UsageError as fault:
        return _told(ls, without_change("failed", "refine", str(fault)))

    def make(number: int) -> Refine:
        return Refine(number, folder.name, asked.request)

    return await _carry_out(ls, _Job(folder, "refine", make, asked.apply, params.work_done_token))


async def show_context(ls: Server, params: types.ExecuteCommandParams) -> str:
    """`backwright.showContext` [{recipe?, uri, position}]: what a model would be sent, as text."""
    try:
        asked = argument(params.arguments, ContextArguments)
        folder, file, offset = await _place(ls, asked.uri, asked.position)
    except UsageError as fault:
        return str(fault)
    ls.folders.flush()

    def make(number: int) -> Context:
        return Context(number, folder.name, asked.recipe, file, offset)

    answer = await ls.folders.link.request(make, lambda _: None)
    match answer:
        case Answered():
            return answer.text
        case Failed():
            return answer.reason
    return ""


async def show_map(ls: Server, _: types.ExecuteCommandParams) -> list[Row]:
    """`backwright.map`: the routes of every folder as `backwright routes --json` lists them."""
    listed: list[Row] = []
    for folder in ls.folders:
        await ls.folders.caught_up(folder, patiently=True)
        listed += [route_json(it) for it in folder.backend.routes]
    return listed


async def _run(ls: Server, asked: RunArguments, token: types.ProgressToken | None) -> Report:
    try:
        folder, file, offset = await _place(ls, asked.uri, asked.position)
    except UsageError as fault:
        return _told(ls, without_change("failed", asked.recipe, str(fault)))
    may_run_tests = asked.apply and await _may_run_tests(ls, folder, asked.recipe)

    def make(number: int) -> Run:
        return Run(
            number=number,
            folder=folder.name,
            recipe=asked.recipe,
            file=file,
            offset=offset,
            request=asked.request,
            inputs=asked.inputs,
            may_run_tests=may_run_tests,
            scope=asked.scope,
        )

    return await _carry_out(ls, _Job(folder, asked.recipe, make, asked.apply, token))


async def _carry_out(ls: Server, job: _Job) -> Report:
    ls.last_folder = job.folder
    ls.folders.flush()
    editor = Editor(
        ls.client, ls.documents, job.folder, {it.path: it.version for it in ls.documents}
    )
    recipe = recipes().get(job.recipe)
    progress = Progress(ls, job.token)
    try:
        answer = await progress.during(
            recipe.title if recipe is not None else "Backwright",
            ls.folders.link.request(job.make, progress.hear),
        )
    except asyncio.CancelledError:
        if not progress.cancelled:
            raise
        cancelled = "Cancelled: nothing was changed"
        return _told(ls, without_change("failed", job.recipe, cancelled))
    except BackwrightError as fault:
        return _told(ls, without_change("failed", job.recipe, str(fault)))
    match answer:
        case Failed():
            return _told(ls, without_change("failed", job.recipe, answer.reason))
        case Finished():
            report = await _applied(ls, editor, answer) if job.apply else answer.report
            return _told(ls, report)
    raise TypeError(answer)


async def _applied(ls: Server, editor: Editor, finished: Finished) -> Report:
    """The report once the editor has made the change, or has not."""
    report = finished.report
    if report["status"] != "planned":
        return report
    if not finished.changes:
        return {**report, "status": "applied"}
    edit = workspace_edit(editor, finished)
    if isinstance(edit, Stale | str):
        return not_applied(report, str(edit))
    answer = await ls.workspace_apply_edit_async(
        types.ApplyWorkspaceEditParams(edit, label=report["summary"])
    )
    if not answer.applied:
        return not_applied(report, answer.failure_reason or "the editor did not apply it")
    return {**report, "status": "applied"}


def _told(ls: Server, report: Report) -> Report:
    """Shows what a person has to know; a change that they can see needs no words."""
    kinds = {"failed": types.MessageType.Error, "refused": types.MessageType.Warning}
    left = [*report["unserved"], *report["next_steps"], *report["review"]]
    if kind := kinds.get(report["status"]):
        ls.tell(kind, report["summary"])
    elif report["status"] == "applied" and not report["files"]:
        ls.tell(types.MessageType.Info, report["summary"])
    elif report["status"] == "applied" and left:
        ls.tell(types.MessageType.Info, f"left to do: {'; '.join(left)}")
    return report


async def _may_run_tests(ls: Server, folder: Folder, recipe_id: str) -> bool:
    """Asks the person, where the settings say so and the recipe writes tests."""
    settings = folder.settings
    recipe = recipes().get(recipe_id)
    if recipe is None or recipe.missing != "tests" or not settings.trusted:
        return False
    if settings.verify.run_tests != "ask" or not ls.client.questions:
        return False
    answer = await ls.window_show_message_request_async(
        types.ShowMessageRequestParams(
            types.MessageType.Info,
            "Backwright: run the new tests in a copy of the project, to check them?",
            [_RUN_TESTS, types.MessageActionItem("Don't")],
        )
    )
    return answer is not None and answer.title == _RUN_TESTS.title


async def _place(ls: Server, uri: str, position: At | None) -> tuple[Folder, str, int]:
    """The folder, the file and the byte that are meant. Raises UsageError where there are none."""
    folder = _folder(ls, uri)
    path = path_of(uri) if uri else None
    if path is None or path == folder.name:
        return folder, "", 0
    file = await ls.file(uri)
    if file is None:
        raise UsageError(f"there is no file {path}")
    place = types.Position(position.line, position.character) if position else types.Position(0, 0)
    return folder, file.path, file.offset_shown(place)


def _folder(ls: Server, uri: str) -> Folder:
    """The folder of the file; without one, where a recipe was run last, else the first."""
    if uri:
        folder = ls.folder_of(uri)
    else:
        opened = list(ls.folders)
        folder = ls.last_folder if ls.last_folder in opened else next(iter(opened), None)
    if folder is None:
        raise UsageError("this file is in no folder that is open" if uri else "no folder is open")
    return folder
