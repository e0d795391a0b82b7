"""The command line: `backwright COMMAND …`. Reads arguments and delegates."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import backwright
from backwright.errors import BackwrightError, UsageError

Command = Callable[[argparse.Namespace], int]

_LISTS = {
    "routes": "every endpoint as a client calls it",
    "models": "the data models, their fields and relations",
    "jobs": "background jobs, and where they are asked for",
    "tests": "the tests and what they call",
    "stack": "what each application is built with",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 a check failed, 2 usage, 3 the model
    failed, 4 refused. Each failure is one line on standard error."""
    parser = _parser()
    options = parser.parse_args(argv)
    level = logging.INFO if os.environ.get("BACKWRIGHT_LOG") else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    command: Command = options.command
    try:
        return command(options)
    except BackwrightError as fault:
        print(f"backwright: {fault}", file=sys.stderr)
        return fault.exit_status
    except BrokenPipeError:  # the reader of a pipe has gone, as in `backwright routes | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("backwright: interrupted, nothing was changed", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backwright", description=backwright.__doc__)
    parser.add_argument("--version", action="version", version=backwright.__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    for name, summary in _LISTS.items():
        listed = _command(commands, name, summary, _later("answers", "show"))
        listed.add_argument("folder", nargs="?", default=".", type=Path, metavar="DIR")
        listed.add_argument("--json", action="store_true", help="machine-readable")
        listed.set_defaults(what=name)
    missing = _command(
        commands,
        "gaps",
        "what is missing: guards, limits, validation, tests, safe SQL",
        _later("gaps", "show"),
    )
    missing.add_argument("folder", nargs="?", default=".", type=Path, metavar="DIR")
    form = missing.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="machine-readable")
    form.add_argument("--sarif", action="store_true", help="for code hosts: SARIF 2.1.0")
    listed = _command(commands, "recipes", "what can be generated", _later("answers", "recipes"))
    listed.add_argument("--json", action="store_true", help="machine-readable")
    _add_context(commands)
    _add_run(commands)
    _command(commands, "demo", "the main job on bundled sample projects", _later("running", "demo"))
    trust = _command(
        commands,
        "trust",
        "allow running a project's tests and formatter",
        _later("answers", "trust"),
    )
    trust.add_argument("folder", nargs="?", default=".", type=Path, metavar="DIR")
    doctor = _command(commands, "doctor", "what works here", _later("answers", "doctor"))
    doctor.add_argument("folder", nargs="?", default=".", type=Path, metavar="DIR")
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = _command(commands, "serve", "the language server, on standard input and output", _serve)
    serve.add_argument("--stdio", action="store_true", help="the default; some editors pass it")
    serve.add_argument("--tcp", metavar="HOST:PORT", type=_address, help="listen there instead")


def _add_context(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    context = _command(
        commands, "context", "exactly what a model would be sent", _later("running", "show_context")
    )
    context.add_argument("folder", nargs="?", default=".", type=Path, metavar="DIR")
    context.add_argument("--at", required=True, metavar="FILE:LINE[:COL]")
    context.add_argument("--recipe", default="generate", metavar="ID")


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = _command(
        commands, "run", "run a recipe; prints the diff and the checks", _later("running", "run")
    )
    run.add_argument("recipe", metavar="RECIPE")
    run.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        dest="folder",
        help="the project; without it the one that the current folder lies in",
    )
    where = run.add_mutually_exclusive_group()
    where.add_argument(
        "--at",
        default="",
        metavar="FILE[:LINE[:COL]]",
        help="what it is about; a file alone means all its endpoints",
    )
    where.add_argument("--all", action="store_true", help="all endpoints of the project")
    run.add_argument("--request", default="", metavar="TEXT", help="what is wanted, in free words")
    run.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", type=_pair)
    run.add_argument("--apply", action="store_true", help="write the change")
    run.add_argument("--json", action="store_true", help="machine-readable")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    summary: str,
    run: Command,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary)
    parser.set_defaults(command=run)
    return parser


def _later(module: str, name: str) -> Command:
    """The command of a module that is loaded only when it is run: an editor waits for `serve`."""

    def run(options: argparse.Namespace) -> int:
        command: Command = getattr(import_module(f"backwright.cli.{module}"), name)
        return command(options)

    return run


def _serve(options: argparse.Namespace) -> int:
    # Imported here: only this command pays for the protocol's library.
    from backwright.lsp.server import serve

    serve(options.tcp)
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return name, value


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return host, int(port)


def folder_of(options: argparse.Namespace) -> Path:
    """The folder that a command is about; raises UsageError when there is none."""
    folder: Path = options.folder
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    return folder
