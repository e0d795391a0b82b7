"""Which file of the workspace an import means."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from backwright.index.configs import Configs
from backwright.index.frameworks import frameworks
from backwright.syntax.language import may_be_script

_JS_SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
_COMPILED = {".js": (".ts", ".tsx"), ".mjs": (".mts",), ".cjs": (".cts",), ".jsx": (".tsx",)}


@dataclass(slots=True)
class Modules:
    """Finds modules among `files`, the paths of all files that were read.

    `name` is the workspace folder's own name: opening a package's folder must not break its
    absolute imports of itself.
    """

    files: frozenset[str]
    configs: Configs
    name: str = ""
    folders: frozenset[str] = field(init=False)
    _by_tail: dict[str, list[str]] = field(init=False)
    _aliases: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)
    _packages: dict[str, str] | None = None
    _python: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        folders: set[str] = {""}
        by_tail: dict[str, list[str]] = {}
        for file in self.files:
            by_tail.setdefault(posixpath.basename(file), []).append(file)
            folder = posixpath.dirname(file)
            while folder not in folders:
                folders.add(folder)
                folder = posixpath.dirname(folder)
        self.folders = frozenset(folders)
        self._by_tail = by_tail

    # Python

    def python(self, importer: str, module: str) -> str | None:
        """The file (or folder without `__init__.py`) of `module` as imported in `importer`."""
        key = (posixpath.dirname(importer), module)
        if key not in self._python:
            self._python[key] = self._python_module(importer, module)
        return self._python[key]

    def _python_module(self, importer: str, module: str) -> str | None:
        if module.startswith("."):
            return self._relative(importer, module)
        parts = module.split(".")
        if parts[0] in sys.stdlib_module_names:
            return None
        tail = "/".join(parts)
        known = parts[0] in _external_names()
        for root in self._python_roots(importer):
            if found := self._python_file(posixpath.join(root, tail)):
                return found
        if parts[0] == self.name and "__init__.py" in self.files:
            inner = "/".join(parts[1:])
            if not inner:
                return "__init__.py"
            return self._python_file(inner) or (inner if inner in self.folders else None)
        if known:
            return None
        for root in self._python_roots(importer):
            if posixpath.join(root, tail) in self.folders:
                return posixpath.join(root, tail)
        return self._only_match(tail) if len(parts) > 1 else self._only_package(tail)

    def _relative(self, importer: str, module: str) -> str | None:
        rest = module.lstrip(".")
        folder = posixpath.dirname(importer)
        for _ in range(len(module) - len(rest) - 1):
            folder = posixpath.dirname(folder)
        path = posixpath.join(folder, rest.replace(".", "/")) if rest else folder
        return self._python_file(path) or (path if path in self.folders else None)

    def _python_roots(self, importer: str) -> Iterator[str]:
        """Folders that may be on `sys.path`, nearest first: those that are no package, and those
        of a script that frameworks start with."""
        folder = posixpath.dirname(importer)
        while True:
            package = posixpath.join(folder, "__init__.py") in self.files
            if not package or any(posixpath.join(folder, it) in self.files for it in _scripts()):
                yield folder
            if not package:
                source = posixpath.join(folder, "src")
                if source in self.folders:
                    yield source
            if not folder:
                return
            folder = posixpath.dirname(folder)

    def _python_file(self, path: str) -> str | None:
        for candidate in (f"{path}/__init__.py" if path else "__init__.py", f"{path}.py"):
            if candidate in self.files:
                return candidate
        return None

    def _only_match(self, tail: str) -> str | None:
        """The one file whose path ends like the import, wherever it lies."""
        found = [
            file
            for name in (f"{posixpath.basename(tail)}.py", "__init__.py")
            for file in self._by_tail.get(name, ())
            if file.endswith((f"/{tail}.py", f"/{tail}/__init__.py"))
        ]
        return found[0] if len(found) == 1 else None

    def _only_package(self, name: str) -> str | None:
        """The one outermost package of that name, such as a library of a monorepo."""
        found = [
            file
            for file in self._by_tail.get("__init__.py", ())
            if file.endswith(f"/{name}/__init__.py")
            and posixpath.normpath(f"{file}/../../__init__.py") not in self.files
        ]
        return found[0] if len(found) == 1 else None

    # JavaScript and TypeScript

    def javascript(self, importer: str, module: str) -> str | None:
        """The file that `module` means in `importer`; None for a package from outside."""
        if module.startswith("."):
            return self._script(
                posixpath.normpath(posixpath.join(posixpath.dirname(importer), module))
            )
        if module.startswith("/"):
            return None
        for pattern, targets in self._alias_table(importer):
            if (rest := _matches(pattern, module)) is not None:
                for target in targets:
                    if found := self._script(posixpath.normpath(target.replace("*", rest))):
                        return found
        return self._workspace_package(module)

    def _script(self, path: str) -> str | None:
        if path.startswith(".."):
            return None
        path = "" if path == "." else path
        if path in self.files and (path.endswith(_JS_SUFFIXES) or may_be_script(path)):
            return path
        stem, suffix = posixpath.splitext(path)
        candidates = [stem + other for other in _COMPILED.get(suffix, ())]
        candidates += [path + suffix for suffix in _JS_SUFFIXES]
        main = self.configs.json(posixpath.join(path, "package.json")).get("main")
        if isinstance(main, str):
            inner = posixpath.normpath(posixpath.join(path, main))
            candidates += [inner, *(inner + suffix for suffix in _JS_SUFFIXES)]
        candidates += [posixpath.join(path, "index" + suffix) for suffix in _JS_SUFFIXES]
        return next((it for it in candidates if it in self.files), None)

    def _alias_table(self, importer: str) -> list[tuple[str, list[str]]]:
        folder = posixpath.dirname(importer)
        if folder not in self._aliases:
            table = list(self._typescript_paths(importer))
            package = self.configs.nearest(importer, "package.json")
            if package is not None:
                table += self._package_aliases(package)
            self._aliases[folder] = table
        return self._aliases[folder]

    def _typescript_paths(self, importer: str) -> Iterator[tuple[str, list[str]]]:
        config = self.configs.nearest(importer, "tsconfig.json", "jsconfig.json")
        seen: set[str] = set()
        base_seen = False
        while config is not None and config not in seen:
            seen.add(config)
            content, folder = self.configs.json(config), posixpath.dirname(config)
            options = content.get("compilerOptions")
            options = options if isinstance(options, dict) else {}
            base = posixpath.join(folder, str(options.get("baseUrl", ".")))
            paths = options.get("paths")
            if isinstance(paths, dict) and not base_seen:
                base_seen = True
                for pattern, targets in paths.items():
                    if isinstance(targets, list):
                        yield pattern, [posixpath.join(base, str(target)) for target in targets]
            if "baseUrl" in options:
                yield "*", [posixpath.join(base, "*")]
            parent = content.get("extends")
            config = None
            if isinstance(parent, str) and parent.startswith("."):
                path = posixpath.normpath(posixpath.join(folder, parent))
                config = path if path in self.configs.texts else f"{path}.json"

    def _package_aliases(self, package: str) -> Iterator[tuple[str, list[str]]]:
        content, folder = self.configs.json(package), posixpath.dirname(package)
        imports = content.get("imports")
        for pattern, target in imports.items() if isinstance(imports, dict) else ():
            if isinstance(target, dict):
                target = target.get("default") or target.get("import") or target.get("require")
            if isinstance(target, str):
                yield pattern, [posixpath.join(folder, target)]
        legacy = content.get("_moduleAliases")
        for pattern, target in legacy.items() if isinstance(legacy, dict) else ():
            whole = posixpath.join(folder, str(target))
            yield pattern, [whole]
            yield f"{pattern}/*", [f"{whole}/*"]

    def _workspace_package(self, module: str) -> str | None:
        if self._packages is None:
            self._packages = {
                str(self.configs.json(path).get("name")): posixpath.dirname(path)
                for path in self.configs.named("package.json")
                if self.configs.json(path).get("name")
            }
        for name, folder in self._packages.items():
            if module == name or module.startswith(f"{name}/"):
                inner = module[len(name) :].lstrip("/")
                for start in (folder, posixpath.join(folder, "src")):
                    if found := self._script(posixpath.normpath(posixpath.join(start, inner))):
                        return found
        return None


@cache
def _external_names() -> frozenset[str]:
    return frozenset(name.split(".")[0] for it in frameworks() for name in it.imports)


@cache
def _scripts() -> tuple[str, ...]:
    return tuple(it.url_table.script for it in frameworks() if it.url_table is not None)


def _matches(pattern: str, module: str) -> str | None:
    """What `*` stands for when `module` fits `pattern`, "" when it has none; None if it doesn't."""
    if "*" not in pattern:
        return "" if module == pattern else None
    before, after = pattern.split("*", 1)
    fits = module.startswith(before) and module.endswith(after)
    return module[len(before) : len(module) - len(after)] if fits else None
