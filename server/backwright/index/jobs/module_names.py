"""The dotted name under which a Python module is imported, which names its functions as jobs."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import FileFacts
from backwright.index.modules import Modules


@dataclass(slots=True)
class ModuleNames:
    files: Mapping[str, FileFacts]
    modules: Modules
    _known: dict[str, str] = field(default_factory=dict)

    def of(self, file: str) -> str:
        """`app.tasks` for `src/app/tasks.py`: from its outermost package on; for a module in a
        folder that is no package, as the project itself imports it."""
        if file not in self._known:
            folder = posixpath.dirname(file)
            stem = posixpath.splitext(posixpath.basename(file))[0]
            parts = [] if stem == "__init__" else [stem]
            while folder and posixpath.join(folder, "__init__.py") in self.files:
                parts.insert(0, posixpath.basename(folder))
                folder = posixpath.dirname(folder)
            if not folder and "__init__.py" in self.files and self.modules.name:
                parts.insert(0, self.modules.name)
            alone = len(parts) == 1 and bool(folder)
            self._known[file] = (self._as_imported(file) if alone else "") or ".".join(parts)
        return self._known[file]

    def _as_imported(self, file: str) -> str:
        stem = posixpath.splitext(posixpath.basename(file))[0]
        for importer, facts in sorted(self.files.items()):
            if facts.language != "python":
                continue
            for step in walk.steps(facts.steps):
                if not isinstance(step, code.Import) or step.module.startswith("."):
                    continue
                for module in (step.module, f"{step.module}.{step.name}"):
                    if (
                        module.rpartition(".")[2] == stem
                        and "." in module
                        and self.modules.python(importer, module) == file
                    ):
                        return module
        return ""
