"""A Dockerfile in stages, with a .dockerignore and a health endpoint where there is none."""

from __future__ import annotations

import posixpath
import re

from backwright.index.testfiles import is_test
from backwright.recipes.dockerfile.standing import already
from backwright.recipes.infrastructure.application import Application, project_of
from backwright.recipes.infrastructure.asked import Asked, asked_of
from backwright.recipes.infrastructure.health import Health, health_of
from backwright.recipes.infrastructure.node_application import assets_note
from backwright.recipes.infrastructure.present import first_present, listed, written
from backwright.recipes.infrastructure.probe import probe
from backwright.recipes.infrastructure.render import rendered
from backwright.recipes.infrastructure.running import application_of
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project

_NAMES = ("Dockerfile", "Containerfile")
_KNOWN = (
    "docker", "container", "image", "stage", "multi", "small", "slim", "light", "size", "lean",
    "root", "user", "privileg", "unprivileg", "health", "check", "endpoint", "node", "python",
    "javascript", "typescript", "ruby", "rails", "sinatra", "express", "fastapi", "flask", "django",
    "port", "cache", "layer",
    "alpine", "debian", "version", "replace", "overwrite", "rewrite", "regenerate", "ignore",
    "optimi", "secur", "prod", "start", "signal", "depend", "install",
    "package", "build", "scratch", "least", "different", "wrap", "ship", "pack",
)  # fmt: skip
_BEYOND = (
    "push", "publish", "compose", "kubernetes", "distroless", "reload", "watch", "tini", "scan",
    "arm64", "platform", "buildx",
)  # fmt: skip
_IGNORED = (
    ".git", ".github", ".gitlab-ci.yml", ".vscode", ".idea", ".env", ".env.*", "!.env.example",
    "Dockerfile*", ".dockerignore", "compose*.yml", "compose*.yaml", "docker-compose*.yml",
    "docker-compose*.yaml", "*.md", "**/*.log", "**/*.pem", "**/*.key",
)  # fmt: skip
_IGNORED_OF = {
    "node": ("**/node_modules", "coverage", "*.tsbuildinfo"),
    "python": (
        "**/__pycache__", "**/*.pyc", ".venv", "venv", ".pytest_cache", ".mypy_cache",
        ".ruff_cache", "**/*.egg-info", "**/*.db", "**/*.sqlite", "**/*.sqlite3", "instance",
    ),
    "ruby": (
        ".bundle", "vendor/bundle", "log", "tmp", "storage", "coverage", "config/master.key",
        "**/*.sqlite3",
    ),
}  # fmt: skip
_WITHOUT_HEALTH = re.compile(
    r"\b(?:without|no|skip)\s+(?:an?\s+|any\s+|the\s+)?health", re.IGNORECASE
)
_LOST = (
    "the database is a file in the container and is lost with it: mount a volume for it, or use a"
    " database that is a service"
)


def baseline(situation: Situation) -> Outcome:
    asked = asked_of(situation)
    project = project_of(situation, asked)
    if isinstance(project, Refused):
        return project
    folder = project.situation.stack.root
    present = first_present(situation, folder, _NAMES)
    if present and not asked.replace:
        return already(situation, present, asked)
    app = application_of(project, asked, in_ruby=True)
    if isinstance(app, Refused):
        return app
    declined = _WITHOUT_HEALTH.search(asked.request) is not None
    health = Health("") if declined else health_of(project)
    return _draft(project, asked, app, health, present or posixpath.join(folder, _NAMES[0]))


def _draft(
    project: Project, asked: Asked, app: Application, health: Health | Refused, path: str
) -> Draft:
    situation = project.situation
    folder = situation.stack.root
    writable = "sqlite" in situation.stack.databases
    unserved = list(asked.unserved(_KNOWN, _BEYOND))
    ignored = [*_IGNORED, *_IGNORED_OF[app.language], *_tests(project)]
    if app.build and app.output != ".":
        ignored.append(app.output)
    if _reads_readme(project):
        ignored.insert(ignored.index("*.md") + 1, "!README.md")
    units = [
        written(situation, path, _text(app, health, writable=writable)),
        *listed(situation, posixpath.join(folder, ".dockerignore"), ignored),
        *(health.units if isinstance(health, Health) else ()),
    ]
    review = [*app.notes, *(health.review if isinstance(health, Health) else ())]
    if isinstance(health, Refused):
        (unserved if asked.is_about_health else review).append(health.reason)
    if writable:
        review.append(_LOST)
    if app.build and app.language == "node" and (note := assets_note(project)):
        review.append(note)
    where = f" {folder}" if folder else " ."
    return Draft(
        tuple(units),
        f"A Dockerfile in stages for {app.name}: {_shown(app)}, not run as root,"
        f" {_checked(health)}",
        unserved=tuple(unserved),
        next_steps=(f"docker build --tag {app.name}{where}",),
        review=tuple(review),
    )


def _text(app: Application, health: Health | Refused, *, writable: bool) -> str:
    path = health.path if isinstance(health, Health) else ""
    files = " ".join(app.install.files)
    folders = any(it.endswith("/") for it in app.install.files)
    return rendered(
        __file__,
        f"{app.language}.dockerfile.j2",
        app=app,
        variant="slim" if app.needs_glibc else "alpine",
        files=files,
        target=f"./{files}" if folders else "./",
        setup=app.install.setup,
        production=app.install.everything if app.with_development else app.install.production,
        packages="pip install " + " ".join(f'"{it}"' for it in app.packages),
        probe=probe(app, path) if path or isinstance(health, Refused) else [],
        writable=writable,
        rails="rails" in app.command,
    )


def _tests(project: Project) -> list[str]:
    """The folders of the application that hold nothing but tests."""
    root = project.situation.stack.root
    inside = [
        posixpath.relpath(it, root or ".") for it in project.situation.paths if project.is_own(it)
    ]
    tops = {it.split("/")[0] for it in inside if "/" in it and is_test(it)}
    return sorted(
        top for top in tops if all(is_test(it) for it in inside if it.startswith(f"{top}/"))
    )


def _reads_readme(project: Project) -> bool:
    """Whether the package's own description is its README, which it is then built with."""
    content = project.configs.toml(project.situation.stack.manifest)
    table = content.get("project")
    return isinstance(table, dict) and "readme" in table


def _shown(app: Application) -> str:
    return f"{ {'node': 'Node', 'python': 'Python', 'ruby': 'Ruby'}[app.language] } {app.version}"


def _checked(health: Health | Refused) -> str:
    if isinstance(health, Refused):
        return "with a check that its port is open"
    if not health.path:
        return "without a health check"
    return f"its health read from {health.path}" + (", which is new" if health.units else "")
