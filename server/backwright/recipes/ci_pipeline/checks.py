"""What a pipeline does for an application: commands, versions, the databases of its tests."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.index.testfiles import is_test
from backwright.recipes.infrastructure.application import Application
from backwright.recipes.infrastructure.asked import Asked
from backwright.recipes.infrastructure.running import application_of
from backwright.recipes.infrastructure.services import services, used_by
from backwright.recipes.infrastructure.variables import value_in, variables_of
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project

_SEVERAL = re.compile(
    r"\b(?:node(?:\.?js)?|python)\s*(?:versions?\s*)?((?:v?\d+(?:\.\d+)?(?:\.x)?[\s,/&]*(?:and|or)?\s*)+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Checks:
    """`commands` are title and command, in order. `versions` are those of the language."""

    project: Project
    app: Application
    commands: tuple[tuple[str, str], ...]
    versions: tuple[str, ...]
    services: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.commands]

    @property
    def root(self) -> str:
        return self.project.situation.stack.root

    def environment(self, host: str) -> dict[str, str]:
        """What tells the tests where the services are; `{name}` in `host` is a service's name."""
        stack, found = self.project.situation.stack, dict[str, str]()
        if self.app.path:
            found["PYTHONPATH"] = self.app.path
        variables = variables_of(self.project, self.services)
        for variable in variables:
            if variable.service:
                service = services()[variable.service]
                at = host.format(name=service.host)
                url = service.open_url(stack, at)
                value = value_in(service, variable.part, "", url, at)
                found[variable.name] = service.open.user if variable.part == "user" else value
        for key in self.services:
            if not any(it.service == key for it in variables):
                service = services()[key]
                at = host.format(name=service.host)
                found[service.variables[0]] = service.open_url(stack, at)
        return found


def checks_of(project: Project, asked: Asked) -> Checks | Refused:
    """What is checked; refused when the project has nothing that could be."""
    app = application_of(project, asked)
    if isinstance(app, Refused):
        return app
    stack = project.situation.stack
    build = app.build if app.build != "npx tsc" else f"{app.install.exec} tsc"
    commands = [
        (title, command)
        for title, command in (
            ("generate", app.generate),
            ("lint", stack.lint_command),
            ("build", build),
            ("test", stack.test_command),
        )
        if command
    ]
    if not any(title != "generate" for title, _ in commands):
        return Refused(
            "there is nothing to run on every change: no tests, no linter and no build are found;"
            " a script `test` in package.json, or pytest or ruff among the packages, would do"
        )
    wanted = [*asked.services] or used_by(stack)
    return Checks(
        project,
        app,
        tuple(commands),
        _versions(asked, app),
        tuple(wanted if stack.test_command else ()),
        tuple(_notes(project, app)),
    )


def _versions(asked: Asked, app: Application) -> tuple[str, ...]:
    found = _SEVERAL.search(asked.request)
    several = re.findall(r"\d+(?:\.\d+)?", found[1]) if found else []
    return tuple(dict.fromkeys(several)) if len(several) > 1 else (app.version,)


def _notes(project: Project, app: Application) -> list[str]:
    stack = project.situation.stack
    notes = []
    if not app.install.lock and app.language == "node":
        notes.append("no lock file is committed: each run may get other versions, and no cache")
    if not stack.test_command:
        notes.append("no tests are found: the pipeline runs none")
    if not stack.lint_command:
        notes.append("no linter is found: the pipeline runs none")
    if re.search(r"\bpytest$", stack.test_command) and not (
        {"pytest"} & {*stack.dependencies, *stack.dev_dependencies}
    ):
        notes.append(f"pytest is not among the packages: add it to {stack.manifest}")
    tests = "\n".join(
        project.situation.source(it)
        for it in project.situation.paths
        if is_test(it) or ".config." in it
    )
    needed = [
        it.name
        for it in variables_of(project, list(services()))
        if it.secret and not it.optional and not it.service and it.name not in tests
    ]
    if needed and stack.test_command:
        notes.append(f"the code reads {', '.join(needed)}: see that the tests set what they need")
    return notes
