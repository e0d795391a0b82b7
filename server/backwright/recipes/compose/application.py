"""The application as a service of Compose: from its sources, reloading, or from its image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backwright.recipes.compose.settings import Settings
from backwright.recipes.infrastructure.application import Application
from backwright.recipes.infrastructure.health import standing_health
from backwright.recipes.infrastructure.probe import probe
from backwright.recipes.infrastructure.services import services
from backwright.recipes.infrastructure.yaml_text import Value
from backwright.recipes.project import Project


@dataclass(frozen=True, slots=True)
class Runs:
    """How the application is run: with `development` from mounted sources."""

    project: Project
    app: Application
    development: bool

    @property
    def volume(self) -> str:
        """The volume that holds the packages, which must not be those of the machine outside."""
        return "node-modules" if self.app.language == "node" else "venv"


def application_service(runs: Runs, settings: Settings, wanted: Sequence[str]) -> dict[str, Value]:
    app = runs.app
    content: dict[str, Value] = {}
    if runs.development:
        content["image"] = _image(app)
        content["working_dir"] = "/app"
        content["command"] = ["sh", "-c", _command(app)]
    else:
        content["build"] = "."
        content["restart"] = "unless-stopped"
    content["init"] = True
    content["ports"] = [f"127.0.0.1:{app.port}:{app.port}"]
    own: dict[str, Value] = dict(settings.environment)
    if runs.development:
        if app.path:
            own["PYTHONPATH"] = f"/app/{app.path}"
        own |= dict(app.install.environment)
    if own:
        content["environment"] = own
    if runs.development:
        inside = "/app/node_modules" if app.language == "node" else "/opt/venv"
        content["volumes"] = [".:/app", f"{runs.volume}:{inside}"]
    if wanted:
        content["depends_on"] = {
            services()[it].host: {"condition": "service_healthy"} for it in wanted
        }
    if (route := standing_health(runs.project)) is not None:
        # Compose itself replaces `$`; there is none in what the probe says.
        content["healthcheck"] = {
            "test": ["CMD", *probe(app, route.path)],
            "interval": "10s",
            "timeout": "5s",
            "retries": 5,
            "start_period": "120s" if runs.development else "20s",
        }
    return content


def _image(app: Application) -> str:
    if app.language == "node":
        return f"node:{app.version}-{'slim' if app.needs_glibc or app.libraries else 'alpine'}"
    return f"python:{app.version}-slim"


def _command(app: Application) -> str:
    """Installs what is not there yet, then starts with reloading."""
    steps = []
    libraries = [*app.build_libraries, *app.libraries]
    if libraries:
        steps.append(f"apt-get update && apt-get install -y {' '.join(libraries)}")
    if app.language == "python":
        if app.install.setup:
            steps.append(app.install.setup)
        steps += ["python -m venv /opt/venv", ". /opt/venv/bin/activate"]
    elif app.install.setup:
        steps.append(app.install.setup)
    steps.append(app.install.everything)
    if app.packages and app.packages[0].partition("[")[0] in app.development:
        steps.append("pip install " + " ".join(f"'{it}'" for it in app.packages))
    if app.generate:
        steps.append(app.generate)
    return " && ".join([*steps, f"exec {app.development}"])
