"""Runs what a Dockerfile says on this machine, without an engine for containers.

Every stage gets a folder that stands for `/`. COPY copies, RUN and CMD are executed with their
absolute paths turned into those folders. What only changes the system (users, system packages,
owners) is left out, and packages are taken from where the tests have them, unless `real` asks for
the installs themselves.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from dockerfile_parse import DockerfileParser

from node import link_node_modules

_SYSTEM = ("apt-get", "apk ", "groupadd", "useradd", "chown", "corepack", "npm install --global")
_INSTALL = re.compile(r"^(npm (ci|install)|pip install|python -m venv)\b")
_ROOTS = ("/app", "/opt/venv", "/data")
_TIMEOUT = 300


@dataclass(slots=True)
class Stage:
    root: Path
    folder: str = "/"
    variables: dict[str, str] = field(default_factory=dict)
    port: int = 0
    health: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    @property
    def here(self) -> Path:
        return self.root / self.folder.lstrip("/")

    def at(self, text: str) -> str:
        """The text with the paths of the image as they are on this machine."""
        roots = "|".join(map(re.escape, _ROOTS))
        return re.sub(rf"(?<![\w.]){'(' + roots + ')'}(?=[/\s:\"']|$)", rf"{self.root}\1", text)

    def take(self, word: str, value: str) -> None:
        """Notes what an instruction says that does nothing by itself."""
        match word:
            case "WORKDIR":
                self.folder = value
                self.here.mkdir(parents=True, exist_ok=True)
            case "ENV":
                pairs = re.findall(r"(\w+)=(\"[^\"]*\"|\S+)", value)
                self.variables |= {key: given.strip('"') for key, given in pairs}
            case "HEALTHCHECK":
                self.health = json.loads(value[value.index("[") :])
            case "CMD":
                self.command = json.loads(value)
            case "EXPOSE":
                self.port = int(value)
            case _:
                assert word in {"ARG", "USER", "COMMENT"}, f"what is {word}?"

    def moved(self, port: int) -> Stage:
        """The stage with another port; as it is where the code alone says which."""
        told = [*self.command, *(it for key, it in self.variables.items() if key == "PORT")]
        if not any(str(self.port) in it for it in told):
            return self
        here, there = rf"\b{self.port}\b", str(port)
        variables = {key: re.sub(here, there, it) for key, it in self.variables.items()}
        health = [re.sub(here, there, it) for it in self.health]
        command = [re.sub(here, there, it) for it in self.command]
        return Stage(self.root, self.folder, variables, port, health, command)

    def environment(self, **more: str) -> dict[str, str]:
        given = {key: self.at(value) for key, value in self.variables.items()}
        path = given.pop("PATH", "$PATH").replace("$PATH", os.environ["PATH"])
        own = str(Path(sys.executable).parent)
        return {**os.environ, **given, **more, "PATH": f"{path}:{own}"}


def build(project: Path, scratch: Path, *, real: bool = False) -> Stage:
    """The last stage of the project's Dockerfile, once all that it says is done."""
    parser = DockerfileParser(path=str(project / "Dockerfile"), cache_content=True)
    ignored = [it for it in (project / ".dockerignore").read_text().split() if it[0] not in "#!"]
    stages: dict[str, Stage] = {}
    stage = Stage(scratch)
    for line in parser.structure:
        word, value = line["instruction"], line["value"]
        if word == "FROM":
            base, name = re.match(r"(\S+)\s+AS\s+(\S+)", value, re.IGNORECASE).groups()
            stage = stages[name] = _stage(stages.get(base), scratch / name)
        elif word == "COPY":
            _copy(value, stage, stages, project, ignored)
        elif word == "RUN":
            _run(value, stage, real=real)
        else:
            stage.take(word, value)
    return stage


def _stage(base: Stage | None, root: Path) -> Stage:
    root.mkdir(parents=True)
    if base is None:
        return Stage(root)
    shutil.copytree(base.root, root, dirs_exist_ok=True, symlinks=True)
    return Stage(root, base.folder, dict(base.variables))


def _copy(
    value: str, stage: Stage, stages: dict[str, Stage], project: Path, ignored: list[str]
) -> None:
    words = value.split()
    source, skip = project, shutil.ignore_patterns(*(it.removeprefix("**/") for it in ignored))
    if words[0].startswith("--from="):
        source, skip = stages[words.pop(0).partition("=")[2]].root, None
    *names, target = words
    goal = stage.root / target.lstrip("/") if target.startswith("/") else stage.here / target
    for name in names:
        origin = source / name.lstrip("/")
        assert origin.exists(), f"COPY {value}: {name} is not there"
        if origin.is_dir() and not origin.is_symlink():
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(origin, goal, dirs_exist_ok=True, symlinks=True, ignore=skip)
        elif origin.is_symlink():
            goal.symlink_to(origin.readlink())
        else:
            goal.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, goal / origin.name)


def _run(value: str, stage: Stage, *, real: bool) -> None:
    command = re.sub(r"--mount=\S+\s+", "", value).strip()
    if command.startswith(_SYSTEM):
        return
    if _INSTALL.match(command) and not real:
        if command.startswith("npm"):
            link_node_modules(stage.here)
        else:
            (stage.root / "opt/venv").mkdir(parents=True, exist_ok=True)
        return
    subprocess.run(
        ["sh", "-ec", stage.at(command)],
        cwd=stage.here,
        env=stage.environment(),
        check=True,
        timeout=_TIMEOUT,
    )
