"""Projects whose models belong to apps: the label of an app, and settings that models depend on."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from backwright.facts import code
from backwright.facts.code import FileFacts
from backwright.index.evaluate import Evaluator
from backwright.index.values import ClassValue, Str, Value

_HOMES = ("apps.py", "migrations/__init__.py", "models.py", "models/__init__.py")


@dataclass(slots=True)
class Apps:
    """The apps of a project, found by the files that make them."""

    evaluator: Evaluator
    files: Mapping[str, FileFacts]
    _folders: dict[str, str] = field(default_factory=dict)
    _settings: dict[str, str] = field(default_factory=dict)

    def label(self, file: str) -> str:
        """The label of the app that the module at `file` belongs to."""
        folder = self.folder(file)
        return self._configured(folder, "label") or posixpath.basename(
            self._configured(folder, "name").replace(".", "/") or folder or self._root()
        )

    def key_type(self, file: str, setting: str) -> str:
        """The type of a primary key that is not declared, "" when the project does not say."""
        own = self._configured(self.folder(file), setting.lower())
        return (own or self.setting(setting)).rpartition(".")[2]

    def setting(self, name: str) -> str:
        """A setting of the project that is a string: the first module that has it tells."""
        if name not in self._settings:
            values = (self._at_top(path, name) for path in self.files)
            known = (it.text for it in values if isinstance(it, Str) and it.known)
            self._settings[name] = next(known, "")
        return self._settings[name]

    def _at_top(self, path: str, name: str) -> Value | None:
        """What `name` is at the top of the module, which is run only if it sets it."""
        facts = self.files[path]
        if facts.language != "python" or not any(
            isinstance(it, code.Assign) and it.target == code.Name(name) for it in facts.steps
        ):
            return None
        module = self.evaluator.module(path)
        return module.scope.names.get(name) if module is not None else None

    def folder(self, file: str) -> str:
        start = posixpath.dirname(file)
        if start not in self._folders:
            self._folders[start] = self._find(start)
        return self._folders[start]

    def _find(self, start: str) -> str:
        files = self.evaluator.modules.files
        for home in _HOMES:
            folder = start
            while True:
                if posixpath.join(folder, home) in files:
                    return folder
                if not folder:
                    break
                folder = posixpath.dirname(folder)
        return start

    def _configured(self, folder: str, name: str) -> str:
        """What the app's configuration class says."""
        module = self.evaluator.module(posixpath.join(folder, "apps.py"))
        for value in module.scope.names.values() if module is not None else ():
            if isinstance(value, ClassValue) and value.file == posixpath.join(folder, "apps.py"):
                found = value.scope.names.get(name)
                if isinstance(found, Str) and found.known:
                    return found.text
        return ""

    def _root(self) -> str:
        return self.evaluator.modules.name
