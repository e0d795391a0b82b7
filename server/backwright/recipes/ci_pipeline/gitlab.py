"""The pipeline for GitLab CI."""

from __future__ import annotations

import posixpath

from backwright.recipes.ci_pipeline.checks import Checks
from backwright.recipes.infrastructure.services import services
from backwright.recipes.infrastructure.yaml_text import Value

_CACHES = {
    "npm": ("npm_config_cache", ".cache/npm"),
    "yarn": ("YARN_CACHE_FOLDER", ".cache/yarn"),
    "yarn-berry": ("YARN_CACHE_FOLDER", ".cache/yarn"),
    "pnpm": ("npm_config_store_dir", ".cache/pnpm"),
    "bun": ("BUN_INSTALL_CACHE_DIR", ".cache/bun"),
    "pip": ("PIP_CACHE_DIR", ".cache/pip"),
    "uv": ("UV_CACHE_DIR", ".cache/uv"),
    "poetry": ("POETRY_CACHE_DIR", ".cache/poetry"),
    "pdm": ("PDM_CACHE_DIR", ".cache/pdm"),
    "pipenv": ("PIPENV_CACHE_DIR", ".cache/pipenv"),
}


def gitlab(checks: Checks) -> dict[str, Value]:
    install = checks.app.install
    variable, folder = _CACHES[install.manager]
    names = [install.lock] if install.lock else [posixpath.basename(_manifest(checks))]
    job: dict[str, Value] = {"image": _image(checks)}
    if len(checks.versions) > 1:
        job["parallel"] = {"matrix": [{"VERSION": list(checks.versions)}]}
    if checks.services:
        job["services"] = [
            {
                "name": services()[it].image,
                "alias": services()[it].host,
                **(
                    {"variables": dict(services()[it].open.environment)}
                    if services()[it].open.environment
                    else {}
                ),
            }
            for it in checks.services
        ]
    job["variables"] = {
        variable: f"$CI_PROJECT_DIR/{folder}",
        **dict(install.environment if install.manager != "uv" else ()),
        **checks.environment("{name}"),
    }
    job["cache"] = {
        "key": {"files": [posixpath.join(checks.root, it) for it in names]},
        "paths": [f"{folder}/"],
    }
    job["before_script"] = _before(checks)
    job["script"] = [command for _, command in checks.commands]
    job["timeout"] = "15 minutes"
    job["interruptible"] = True
    return {
        "workflow": {
            "rules": [
                {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'},
                {"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"},
            ]
        },
        "check": job,
    }


def _image(checks: Checks) -> str:
    version = "$VERSION" if len(checks.versions) > 1 else checks.versions[0]
    name = "node" if checks.app.language == "node" else "python"
    return f"{name}:{version}"


def _manifest(checks: Checks) -> str:
    return checks.project.situation.stack.manifest


def _before(checks: Checks) -> list[Value]:
    install = checks.app.install
    enters = [f"cd {checks.root}"] if checks.root else []
    libraries = checks.app.build_libraries
    system = [f"apt-get update && apt-get install --yes {' '.join(libraries)}"] if libraries else []
    setup = [install.setup] if install.setup else []
    return [*enters, *system, *setup, install.everything]
