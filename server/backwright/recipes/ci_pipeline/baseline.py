"""A pipeline that installs, lints, builds and tests, where the project's forge runs it."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.recipes.ci_pipeline.checks import Checks, checks_of
from backwright.recipes.ci_pipeline.github import github
from backwright.recipes.ci_pipeline.gitlab import gitlab
from backwright.recipes.infrastructure.application import project_of
from backwright.recipes.infrastructure.asked import Asked, asked_of
from backwright.recipes.infrastructure.present import first_present, written
from backwright.recipes.infrastructure.services import services
from backwright.recipes.infrastructure.yaml_text import Value, yaml_text
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation

_KNOWN = (
    "ci", "cd", "continuous", "integration", "pipeline", "workflow", "github", "gitlab", "action",
    "lint", "test", "check", "install", "cache", "caching", "push", "pull", "merge", "commit",
    "branch", "main", "master", "matrix", "node", "python", "typescript", "express", "fastapi",
    "flask", "django", "version", "database", "container", "build", "compile", "job", "step",
    "permission", "least", "pin", "automatic", "every", "each", "change", "replace", "overwrite",
    "rewrite", "regenerate", "npm", "yarn", "pnpm", "pip", "uv", "poetry", "depend", "fast", "yml",
    "yaml", "request",
)  # fmt: skip
_BEYOND = (
    "docker", "image", "publish", "registry", "ghcr", "release", "coverage", "codecov", "slack",
    "notif", "scan", "audit", "sonar", "e2e", "ssh",
)  # fmt: skip
_OTHERS = {
    "jenkins": "Jenkins", "jenkinsfile": "Jenkins", "circleci": "CircleCI", "travis": "Travis CI",
    "bitbucket": "Bitbucket Pipelines", "azure": "Azure Pipelines", "drone": "Drone",
    "buildkite": "Buildkite", "teamcity": "TeamCity", "woodpecker": "Woodpecker",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Forge:
    title: str
    path: str
    usual: tuple[str, ...]


_GITHUB = _Forge(
    "GitHub Actions",
    ".github/workflows/ci.yml",
    tuple(
        f".github/workflows/{name}.{end}"
        for name in (
            "ci",
            "test",
            "tests",
            "build",
            "main",
            "node.js",
            "node",
            "python-app",
            "cicd",
        )
        for end in ("yml", "yaml")
    ),
)
_GITLAB = _Forge("GitLab CI", ".gitlab-ci.yml", (".gitlab-ci.yml",))


def baseline(situation: Situation) -> Outcome:
    asked = asked_of(situation)
    other = next((title for word, title in _OTHERS.items() if word in asked.words), "")
    if other and not asked.says("github", "gitlab"):
        return Refused(f"there are templates for GitHub Actions and GitLab CI, none for {other}")
    project = project_of(situation, asked)
    if isinstance(project, Refused):
        return project
    checks = checks_of(project, asked)
    if isinstance(checks, Refused):
        return checks
    forge = _forge(situation, asked)
    present = first_present(situation, "", forge.usual)
    if present and not asked.replace:
        return _already(situation, present, checks)
    content: dict[str, Value] = gitlab(checks) if forge is _GITLAB else github(checks)
    names = [services()[it].title for it in checks.services]
    beside = f", with {' and '.join(names)} beside the tests" if names else ""
    text = yaml_text(content, apart=("jobs",))
    return Draft(
        (written(situation, present or forge.path, text),),
        f"{forge.title} for {checks.app.name}: {', '.join(checks.titles)}{beside}",
        unserved=asked.unserved(_KNOWN, _BEYOND),
        review=checks.notes,
    )


def _forge(situation: Situation, asked: Asked) -> _Forge:
    if asked.says("gitlab"):
        return _GITLAB
    if asked.says("github"):
        return _GITHUB
    if first_present(situation, "", _GITLAB.usual) or "gitlab" in situation.source(".git/config"):
        return _GITLAB
    return _GITHUB


def _already(situation: Situation, path: str, checks: Checks) -> AlreadyDone | Refused:
    text = situation.source(path)
    lacking = [title for title, command in checks.commands if command not in text]
    if not lacking:
        return AlreadyDone(f"{path} is there already and does {', '.join(checks.titles)}")
    return Refused(
        f"{path} is there already and is not seen to {' or '.join(lacking)}; say `replace it` to"
        " have it written anew"
    )
