"""Reads package.json: an application's packages and commands."""

from __future__ import annotations

import posixpath

from backwright.index.configs import Configs
from backwright.index.stacks.declared import Declared

_PLACEHOLDER = "no test specified"


def manifest_folder(path: str, configs: Configs) -> str | None:
    """The folder that the package.json at `path` describes; None when it only sets a mode."""
    folder, name = posixpath.split(path)
    if name != "package.json":
        return None
    content = configs.json(path)
    keys = ("name", "dependencies", "devDependencies", "scripts", "workspaces")
    return folder if any(key in content for key in keys) else None


def declared(folder: str, configs: Configs) -> Declared:
    path = posixpath.join(folder, "package.json")
    content = configs.json(path)
    found = Declared(name=str(content.get("name") or ""), manifest=path if content else "")
    for key, dev in (
        ("dependencies", False),
        ("optionalDependencies", False),
        ("peerDependencies", True),
        ("devDependencies", True),
    ):
        packages = content.get(key)
        for package, wanted in packages.items() if isinstance(packages, dict) else ():
            found.add(package, str(wanted), dev=dev)
    scripts = content.get("scripts")
    for name, command in scripts.items() if isinstance(scripts, dict) else ():
        if isinstance(command, str) and _PLACEHOLDER not in command:
            found.scripts[name] = command
    return found


def workspace_of(folder: str, configs: Configs) -> Declared:
    """What the package.json files above `folder` declare for all packages below them."""
    found = Declared()
    above = folder
    while above:
        above = posixpath.dirname(above)
        outer = declared(above, configs)
        for package, wanted in (*outer.runtime.items(), *outer.dev.items()):
            found.add(package, wanted, dev=True)
    return found
