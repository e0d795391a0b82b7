"""A Compose file: the application, what it talks to, and a .env.example for what is secret."""

from __future__ import annotations

import posixpath
import re

from backwright.edits.units import Unit
from backwright.recipes.compose.application import Runs, application_service
from backwright.recipes.compose.settings import Settings, settings_of
from backwright.recipes.infrastructure.application import project_of
from backwright.recipes.infrastructure.asked import Asked, asked_of
from backwright.recipes.infrastructure.present import first_present, listed, written
from backwright.recipes.infrastructure.running import application_of
from backwright.recipes.infrastructure.services import Service, services, used_by
from backwright.recipes.infrastructure.yaml_text import Value, yaml_text
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project

_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_NAMED = re.compile(r"\b(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml\b", re.IGNORECASE)
_KNOWN = (
    "docker", "compose", "volume", "mount", "develop", "dev", "local", "health", "network",
    "environment", "env", "variable", "database", "cache", "queue", "broker", "container", "stack",
    "hot", "reload", "live", "named", "secret", "depend", "wait", "port", "replace", "overwrite",
    "rewrite", "regenerate", "yml", "yaml", "start", "node", "python", "express", "fastapi",
    "flask", "django", "version", "check", "persist", "data", "together", "source", "bind",
)  # fmt: skip
_DEVELOPMENT = (
    "development", "dev", "develop", "developing", "developers", "local", "locally", "reload",
    "reloading", "mount", "mounts", "mounted", "bind", "hot",
)  # fmt: skip


def baseline(situation: Situation) -> Outcome:
    asked = asked_of(situation)
    project = project_of(situation, asked)
    if isinstance(project, Refused):
        return project
    folder = project.situation.stack.root
    wanted = list(asked.services) or used_by(project.situation.stack)
    present = first_present(situation, folder, _NAMES)
    if present and not asked.replace:
        return _already(situation, present, wanted)
    app = application_of(project, asked)
    if isinstance(app, Refused):
        return app
    has_image = bool(first_present(situation, folder, ("Dockerfile", "Containerfile")))
    runs = Runs(project, app, development=asked.says(*_DEVELOPMENT) or not has_image)
    return _draft(runs, asked, wanted, present or posixpath.join(folder, _name(asked)))


def _draft(runs: Runs, asked: Asked, wanted: list[str], path: str) -> Draft:
    project, app = runs.project, runs.app
    settings = settings_of(project, app, wanted, development=runs.development)
    content: dict[str, Value] = {"name": app.name}
    content["services"] = {
        "app": application_service(runs, settings, wanted),
        **{services()[it].host: _service(services()[it]) for it in wanted},
    }
    volumes = [*([runs.volume] if runs.development else []), *_volumes(wanted)]
    if volumes:
        content["volumes"] = dict.fromkeys(volumes)
    titles = [services()[it].title for it in wanted]
    return Draft(
        (
            written(project.situation, path, yaml_text(content, apart=("services",))),
            *_environment_files(project, settings),
        ),
        f"A Compose file that runs {app.name}"
        + (f" with {_joined(titles)}" if titles else "")
        + (", sources mounted and reloaded" if runs.development else " from its Dockerfile"),
        unserved=asked.unserved(_KNOWN),
        next_steps=_steps(settings, path),
        review=(*settings.notes, *_review(runs)),
    )


def _service(service: Service) -> dict[str, Value]:
    """One service as Compose runs it; what is secret comes from the environment."""
    content: dict[str, Value] = {"image": service.image, "restart": "unless-stopped"}
    secrets = {name: f"${{{name}:?set it in .env}}" for name in service.secrets}
    if service.environment or secrets:
        content["environment"] = {**service.environment, **secrets}
    if service.volume:
        content["volumes"] = [f"{service.host}-data:{service.volume}"]
    content["healthcheck"] = {
        "test": ["CMD-SHELL", service.health],
        "interval": "5s",
        "timeout": "5s",
        "retries": 20,
        "start_period": "10s",
    }
    return content


def _volumes(wanted: list[str]) -> list[str]:
    return [f"{services()[it].host}-data" for it in wanted if services()[it].volume]


def _environment_files(project: Project, settings: Settings) -> list[Unit]:
    """The names of what has to be set, without a value; the file with values is not committed."""
    if not settings.names:
        return []
    situation, root = project.situation, project.situation.stack.root
    path = posixpath.join(root, ".env.example")
    there = {it.partition("=")[0].strip() for it in situation.source(path).splitlines()}
    lines = [f"{name}=" for name in settings.names if name not in there]
    units = listed(situation, path, lines) if lines else []
    return [*units, *listed(situation, posixpath.join(root, ".gitignore"), [".env"])]


def _steps(settings: Settings, path: str) -> tuple[str, ...]:
    copies = ("cp .env.example .env, and fill in the values",) if settings.names else ()
    usual = posixpath.basename(path) in _NAMES and "/" not in path
    return (*copies, "docker compose up" if usual else f"docker compose --file {path} up")


def _review(runs: Runs) -> tuple[str, ...]:
    if not runs.development and "sqlite" in runs.project.situation.stack.databases:
        return ("the database is a file in the container: give it a volume, or name a database",)
    return ()


def _already(situation: Situation, path: str, wanted: list[str]) -> AlreadyDone | Refused:
    text = situation.source(path)
    lacking = [
        services()[it].title
        for it in wanted
        if not re.search(rf"image:.*\b{re.escape(services()[it].image.partition(':')[0])}\b", text)
    ]
    if not lacking:
        return AlreadyDone(f"{path} is there already, with every service that is needed")
    listed_ = ", no ".join(lacking)
    return Refused(
        f"{path} is there already and has no {listed_}; say `replace it` to have it written anew"
    )


def _name(asked: Asked) -> str:
    named = _NAMED.search(asked.request)
    return named[0].lower() if named else _NAMES[0]


def _joined(titles: list[str]) -> str:
    *first, last = titles
    return f"{', '.join(first)} and {last}" if first else last
