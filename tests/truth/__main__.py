"""`python -m truth [NAME…]`, from the folder `tests`: compares each backend and prints how well.

Each is installed in the user's cache at first. Nothing is started: the app is made and asked.
"""

from __future__ import annotations

import subprocess
import sys

from truth.compared import compared
from truth.installed import NotInstalledError, installed, sources
from truth.project import projects
from truth.reported import NotLoadedError, reported


def main(names: list[str]) -> int:
    failed = 0
    for project in projects():
        if names and project.name not in names:
            continue
        try:
            home = installed(project)
            routes = reported(project, home)
        except (NotInstalledError, NotLoadedError, OSError, subprocess.SubprocessError) as fault:
            print(f"{project.name:14} not compared: {fault}", flush=True)
            failed = 1
            continue
        for line in compared(project, routes, sources(project, home)).lines():
            print(line, flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
