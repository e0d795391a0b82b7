"""What is known of a backend as the JSON that others script against, and as tables for people."""

from __future__ import annotations

from backwright.cli.table import table
from backwright.facts.backend import Backend, Field, Model, Stack, Test
from backwright.facts.listing import Row, job_json, model_json, route_json


def routes_json(backend: Backend) -> list[Row]:
    return [route_json(route) for route in backend.routes]


def routes_text(backend: Backend) -> str:
    if not backend.routes:
        return "No routes found."
    several = len({it.app for it in backend.routes}) > 1
    head = ["METHOD", "PATH", "HANDLER", "WHERE", "GUARDS", "LIMIT", "TESTS"]
    rows = [
        [
            it.method,
            it.path if it.resolved else f"{it.path} (not resolved)",
            it.handler,
            f"{it.handler_place.file}:{it.handler_place.line}",
            ", ".join(guard.name for guard in it.guards),
            it.rate_limit,
            str(len(it.tests) or ""),
            it.app,
        ]
        for it in backend.routes
    ]
    return table([*head, "APP"], rows) if several else table(head, [row[:-1] for row in rows])


def models_json(backend: Backend) -> list[Row]:
    return [model_json(model) for model in backend.models]


def models_text(backend: Backend) -> str:
    if not backend.models:
        return "No models found."
    return "\n\n".join(_model_text(model) for model in backend.models)


def jobs_json(backend: Backend) -> list[Row]:
    return [job_json(job) for job in backend.jobs]


def jobs_text(backend: Backend) -> str:
    if not backend.jobs:
        return "No jobs found."
    rows = [
        [
            it.name,
            it.queue,
            f"{it.place.file}:{it.place.line}",
            _times(it.retries),
            it.backoff,
            it.schedule,
            ", ".join(f"{site.file}:{site.line}" for site in it.enqueued_at),
        ]
        for it in backend.jobs
    ]
    return table(["JOB", "QUEUE", "WHERE", "RETRIES", "BACKOFF", "SCHEDULE", "ASKED FOR"], rows)


def tests_json(backend: Backend) -> list[Row]:
    return [_test(test) for test in backend.tests]


def tests_text(backend: Backend) -> str:
    if not backend.tests:
        return "No tests found."
    rows = []
    for it in backend.tests:
        calls = [f"{call.method} {call.path}" for call in it.calls] or [""]
        rows.append([f"{it.file}:{it.line}", it.name, calls[0]])
        rows += [["", "", call] for call in calls[1:]]
    return table(["WHERE", "TEST", "CALLS"], rows)


def stack_json(backend: Backend) -> list[Row]:
    return [_stack(stack) for stack in backend.stacks]


def stack_text(backend: Backend) -> str:
    if not backend.stacks:
        return "No application found."
    return "\n\n".join(_stack_text(stack) for stack in backend.stacks)


def _model_text(model: Model) -> str:
    stored = f" in {model.table}" if model.table else ""
    title = f"{model.name} ({model.kind}{stored})  {model.place.file}:{model.place.line}"
    rows = [[it.name, it.type, _told(it)] for it in model.fields]
    rows += [[it.name, it.target, f"{it.kind} {it.via}".strip()] for it in model.relations]
    rows += [
        [it.name, ", ".join(it.fields), "unique together" if it.unique else "index"]
        for it in model.indexes
    ]
    shown = table(["FIELD", "TYPE", "NOTES"], rows).splitlines()[1:] if rows else []
    return "\n".join([title, *(f"  {line}" for line in shown)])


def _told(field: Field) -> str:
    notes = [
        "primary key" if field.primary_key else "",
        "unique" if field.unique else "",
        "null" if field.nullable else "",
        f"default {field.default}" if field.default else "",
    ]
    return ", ".join(it for it in notes if it)


def _times(retries: int | None) -> str:
    if retries is None:
        return "?"
    return "no end" if retries < 0 else str(retries)


def _test(test: Test) -> Row:
    return {
        "name": test.name,
        "file": test.file,
        "line": test.line,
        "framework": test.framework,
        "calls": [{"method": it.method, "path": it.path} for it in test.calls],
        "fixtures": list(test.fixtures),
    }


def _stack(stack: Stack) -> Row:
    return {
        "app": stack.app,
        "root": stack.root,
        "languages": list(stack.languages),
        "frameworks": [{"name": it.name, "version": it.version} for it in stack.frameworks],
        "databases": list(stack.databases),
        "package_manager": stack.package_manager,
        "test_command": stack.test_command,
        "lint_command": stack.lint_command,
        "env": list(stack.env),
    }


def _stack_text(stack: Stack) -> str:
    frameworks = [f"{it.name} {it.version}".strip() for it in stack.frameworks]
    lines = {
        "folder": stack.root or ".",
        "languages": ", ".join(stack.languages),
        "frameworks": ", ".join(frameworks),
        "databases": ", ".join(stack.databases),
        "packages": stack.package_manager,
        "test": stack.test_command,
        "lint": stack.lint_command,
        "environment": ", ".join(stack.env),
    }
    width = max(len(name) for name in lines)
    told = [f"  {name:<{width}}  {value}" for name, value in lines.items() if value]
    return "\n".join([stack.app, *told])
