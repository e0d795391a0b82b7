"""Facts as the JSON that others script against; editors get the same as the command line."""

from __future__ import annotations

from backwright.facts.backend import Job, Model, Route

Row = dict[str, object]


def route_json(route: Route) -> Row:
    return {
        "method": route.method,
        "path": route.path,
        "handler": route.handler,
        "file": route.handler_place.file,
        "line": route.handler_place.line,
        "framework": route.framework,
        "params": [
            {"name": it.name, "in": it.location, "type": it.type} for it in route.parameters
        ],
        "request_model": route.request_model,
        "response_model": route.response_model,
        "guards": [guard.name for guard in route.guards],
        "rate_limit": route.rate_limit,
        "validators": list(route.validators),
        "models": list(route.models),
        "jobs": list(route.jobs),
        "tests": [{"file": it.file, "line": it.line} for it in route.tests],
        "app": route.app,
        "protocol": route.protocol,
        "resolved": route.resolved,
    }


def model_json(model: Model) -> Row:
    return {
        "name": model.name,
        "table": model.table,
        "kind": model.kind,
        "file": model.place.file,
        "line": model.place.line,
        "fields": [
            {
                "name": it.name,
                "type": it.type,
                "nullable": it.nullable,
                "unique": it.unique,
                "primary_key": it.primary_key,
                "default": it.default or None,
            }
            for it in model.fields
        ],
        "relations": [
            {"name": it.name, "target": it.target, "kind": it.kind, "via": it.via}
            for it in model.relations
        ],
        "indexes": [
            {"name": it.name, "fields": list(it.fields), "unique": it.unique}
            for it in model.indexes
        ],
    }


def job_json(job: Job) -> Row:
    return {
        "name": job.name,
        "queue": job.queue,
        "file": job.place.file,
        "line": job.place.line,
        "framework": job.framework,
        "retries": job.retries,
        "backoff": job.backoff,
        "schedule": job.schedule,
        "enqueued_at": [{"file": it.file, "line": it.line} for it in job.enqueued_at],
    }
