"""The commands that generate: run, context, demo."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

import msgspec

import backwright
from backwright.cli.answers import pretty
from backwright.cli.opening import file_at, open_workspace, place_at, root_of, settings_of
from backwright.cli.report import report_text
from backwright.edits.disk import write
from backwright.engine.ask import Ask, Scope
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.errors import UsageError
from backwright.index.workspace import Workspace
from backwright.model.choose import provider_for
from backwright.recipes.registry import recipes
from backwright.settings import Settings

_SAMPLES = Path(backwright.__file__).parent / "samples"


class _OnTerminal:
    """Shows progress on standard error, and what a model writes when that is a terminal."""

    def stage(self, title: str) -> None:
        if sys.stderr.isatty():
            print(f"{title} …", file=sys.stderr)

    def text(self, piece: str) -> None:
        pass


def run(options: argparse.Namespace) -> int:
    folder = root_of(options.folder, options.at)
    workspace = open_workspace(folder)
    engine = engine_for(workspace, folder)
    scope: Scope = "project" if options.all else ""
    file, offset = file_at(workspace, options.at), 0
    if file:
        scope = "file"
    elif options.at:
        file, offset = place_at(workspace, options.at)
    if options.recipe == "refine":
        if not options.request:
            raise UsageError("refine needs --request")
        result = asyncio.run(engine.refine(options.request, _OnTerminal()))
    else:
        ask = Ask(
            recipe=options.recipe,
            file=file,
            offset=offset,
            text=options.request,
            inputs=dict(options.set),
            may_run_tests=_may_run_tests(engine.settings, options),
            scope=scope,
        )
        result = asyncio.run(engine.run(ask, _OnTerminal()))
    if options.apply:
        result = applied(workspace, result)
    if options.json:
        print(pretty(result.report))
    elif not result.exit_status or result.report.checks:
        print(report_text(result.report), end="")
    if result.exit_status:
        print(f"backwright: {_first_line(result.report.summary)}", file=sys.stderr)
    return result.exit_status


def _may_run_tests(settings: Settings, options: argparse.Namespace) -> bool:
    """Asks the person at a terminal, where the settings say so and the recipe writes tests."""
    recipe = recipes().get(options.recipe)
    if recipe is None or recipe.missing != "tests" or not settings.trusted:
        return False
    if settings.verify.run_tests != "ask" or options.json:
        return False
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(
        "Run the new tests in a copy of the project, to check them? [y/N] ", end="", file=sys.stderr
    )
    return input().strip().lower() in {"y", "yes"}


def show_context(options: argparse.Namespace) -> int:
    workspace = open_workspace(options.folder)
    file, offset = place_at(workspace, options.at)
    engine = engine_for(workspace, options.folder)
    print(engine.context(Ask(options.recipe, file, offset)))
    return 0


def engine_for(workspace: Workspace, folder: Path) -> Engine:
    settings = settings_of(folder)
    return Engine(workspace, settings, provider_for(settings))


def applied(workspace: Workspace, result: Result) -> Result:
    """The result once its change is on disk. Raises UsageError when that can't be written."""
    if result.exit_status or result.report.status != "planned":
        return result
    try:
        write(workspace.root, result.before, result.after)
    except OSError as fault:
        raise UsageError(f"nothing was changed: {fault}") from None
    report = msgspec.structs.replace(result.report, status="applied")
    return Result(report, result.change, result.before, result.after)


def demo(_: argparse.Namespace) -> int:
    """Applies every recipe for endpoints to a copy of each sample project."""
    status = 0
    for sample in sorted(it for it in _SAMPLES.iterdir() if it.is_dir() and it.name[0] != "_"):
        with tempfile.TemporaryDirectory(prefix="backwright-demo-") as scratch:
            folder = Path(scratch) / sample.name
            shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("node_modules"))
            status = max(status, _demo_of(folder))
    return status


def _demo_of(folder: Path) -> int:
    workspace = Workspace(folder)
    backend = workspace.refresh()
    guarded = sum(bool(it.guards) for it in backend.routes)
    tested = sum(bool(it.tests) for it in backend.routes)
    print(
        f"━━ {folder.name}: {len(backend.routes)} endpoints, {guarded} guarded, {tested} tested\n"
    )
    for route in backend.routes:
        guards = f"  guards: {', '.join(it.name for it in route.guards)}" if route.guards else ""
        tests = f"  tests: {len(route.tests)}" if route.tests else "  no tests"
        print(f"  {route.method:<7}{route.path:<40}{route.handler}{guards}{tests}")
    print()
    status = 0
    for recipe in recipes().values():
        if recipe.at != "endpoint" or recipe.missing is None or recipe.reuses:
            continue
        lacking = [it for it in backend.routes if not getattr(it, recipe.missing)]
        writes = [it for it in lacking if it.method != "GET"] or lacking
        if not writes:
            continue
        place = writes[0].handler_place
        print(f"── {recipe.title}: {writes[0].title}\n")
        engine = engine_for(workspace, folder)
        result = asyncio.run(engine.run(Ask(recipe.id, place.file, place.start)))
        result = applied(workspace, result)
        print(report_text(result.report))
        backend = workspace.refresh()
        status = max(status, result.exit_status)
    return status


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else "failed"
