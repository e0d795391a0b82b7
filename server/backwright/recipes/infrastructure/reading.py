"""What the code of an application says of the environment: ports, and defaults of variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts, Step
from backwright.recipes.project import Project

SUFFIXES = (".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_READERS = ("getenv", "environ.get", "env.get", "env", "config", "get", "env.int", "env.str")
_SERVERS = ("uvicorn.run", "app.run", "serve", "hypercorn.run")
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the application listens by itself: `port` is 0 when the code does not say.

    `file` is the one that begins to listen; `local` when only this machine can reach it.
    """

    port: int = 0
    file: str = ""
    local: bool = False


def defaults(project: Project) -> dict[str, str]:
    """The variables that have a default in the code, "" where it is no plain value."""
    found: dict[str, str] = {}
    wanted = set(project.situation.stack.env)
    for facts in _files(project):
        for step in walk.every_step(facts):
            for name, value in _defaulted(step, wanted):
                found.setdefault(name, value)
    return found


def listening(project: Project) -> Listening:
    """Where `listen`, `uvicorn.run` or `app.run` is called, and with which port."""
    named = defaults(project).get("PORT", "")
    port, file, local = int(named) if named.isdigit() else 0, "", False
    for facts in _files(project):
        for call in _calls(facts):
            function = walk.dotted(call.function)
            if facts.language == "python" and function in _SERVERS:
                given = [it.value for it in call.arguments if it.name == "port"]
            elif facts.language != "python" and function.endswith(".listen"):
                given = list(_listen_arguments(call))
            else:
                continue
            file = file or facts.path
            local = local or any(
                isinstance(it.value, code.Text) and it.value.value in _LOCAL
                for it in call.arguments
                if facts.language != "python"
            )
            port = port or next((n for it in given if (n := _number(it, facts))), 0)
    return Listening(port, file, local)


def _files(project: Project) -> Iterator[FileFacts]:
    for path in project.sources(SUFFIXES):
        if (facts := project.facts(path)) is not None:
            yield facts


def _calls(facts: FileFacts) -> Iterator[code.Call]:
    for step in walk.every_step(facts):
        for whole in walk.own_expressions(step):
            for expr in walk.inner(whole):
                if isinstance(expr, code.Call):
                    yield expr


def _listen_arguments(call: code.Call) -> Iterator[Expr]:
    """The port in `listen(3000)`, `listen({ port: 3000 })`."""
    first = call.arguments[0].value if call.arguments else None
    if isinstance(first, code.Table):
        yield from (v for k, v in first.entries if isinstance(k, code.Text) and k.value == "port")
    elif first is not None:
        yield first


def _number(expr: Expr, facts: FileFacts) -> int:
    """A port that is written out, also under a name of the same file; else 0."""
    if isinstance(expr, code.Name):
        for step in walk.every_step(facts):
            if (
                isinstance(step, code.Assign)
                and step.target == expr
                and step.value is not None
                and not isinstance(step.value, code.Name)
            ):
                return _number(step.value, facts)
        return 0
    for part in walk.inner(expr):
        text = _plain(part)
        if text.isdigit() and 1 <= int(text) <= 65535:
            return int(text)
    return 0


def _defaulted(step: Step, wanted: set[str]) -> Iterator[tuple[str, str]]:
    if isinstance(step, code.Assign) and isinstance(step.target, code.Name) and step.annotation:
        # a field of a settings class, whatever prefix its variables have
        upper = step.target.name.upper()
        if step.value is not None:
            for name in wanted:
                if name == upper or name.endswith(f"_{upper}"):
                    yield name, _plain(step.value)
    for whole in walk.own_expressions(step):
        for expr in walk.inner(whole):
            yield from _in_expression(expr, wanted)


def _in_expression(expr: Expr, wanted: set[str]) -> Iterator[tuple[str, str]]:
    match expr:
        case code.Operation(operator, [first, second, *_]) if operator in {"??", "||", "or"}:
            for part in walk.inner(first):
                if (name := _read(part)) in wanted:
                    yield name, _plain(second)
        case code.Call(function, [code.Argument(code.Text(name)), code.Argument(second), *_]):
            if name in wanted and walk.dotted(function).endswith(_READERS):
                yield name, _plain(second)
        case code.Table(entries):
            for key, value in entries:
                if isinstance(key, code.Text) and key.value in wanted:
                    yield from _of_schema(key.value, value)
        case _:
            pass


def _of_schema(name: str, value: Expr) -> Iterator[tuple[str, str]]:
    """`PORT: z.coerce.number().default(3000)`, `DEBUG: z.string().optional()`."""
    for part in walk.inner(value):
        if isinstance(part, code.Call) and isinstance(part.function, code.Member):
            if part.function.name == "default" and part.arguments:
                yield name, _plain(part.arguments[0].value)
            elif part.function.name in {"optional", "nullish"}:
                yield name, ""


def _read(expr: Expr) -> str:
    """The variable that an expression reads, "" for none."""
    match expr:
        case code.Member(code.Member(_, "env"), name):
            return name
        case code.Element(_, code.Text(name)):
            return name
        case code.Call(_, [code.Argument(code.Text(name)), *_]):
            return name
        case _:
            return ""


def _plain(expr: Expr) -> str:
    match expr:
        case code.Text(value):
            return value
        case code.Number(value):
            return str(value)
        case _:
            return ""
