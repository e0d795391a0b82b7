"""Plugins that are loaded from a folder: each file is one, the folders above it are its prefix.

A folder with an `index` file loads that alone, and the folders in it. A file may name a prefix of
its own, which follows the one of the settings (`autoPrefix`) or replaces all (`prefixOverride`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from backwright.index.evaluation.runner import Runner
from backwright.index.testfiles import is_test
from backwright.index.values import Const, FunctionValue, Map, ModuleValue, Str, Value

_SCRIPT = re.compile(r"(?<!\.d)\.(?:ts|js|cjs|mjs|cts|mts)$", re.IGNORECASE)
_INDEX = re.compile(r"index\.(?:ts|js|cjs|mjs|cts|mts)$", re.IGNORECASE)
_HOOKS = re.compile(r"[_.]?auto_?hooks\.(?:ts|js|cjs|mjs|cts|mts)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Loaded:
    plugin: Value
    options: Map


def loaded(runner: Runner, settings: Map) -> list[Loaded]:
    """What is registered for the settings of an autoload, the files of a folder in their order."""
    folder = settings.items.get("dir")
    if not isinstance(folder, Str) or not folder.known:
        return []
    reader = _Reader(runner, settings, posixpath.normpath(folder.text))
    return list(reader.folder(reader.root, ""))


@dataclass(frozen=True, slots=True)
class _Reader:
    runner: Runner
    settings: Map
    root: str

    def folder(self, folder: str, prefix: str) -> Iterator[Loaded]:
        files, folders = self._entries(folder)
        index = next((it for it in files if _INDEX.match(it)), None)
        for name in [index] if index is not None else files:
            if _SCRIPT.search(name) and not _HOOKS.match(name):
                yield from self._file(posixpath.join(folder, name), prefix)
        for name in folders:
            if not self._ignored(posixpath.join(folder, name)):
                inner = f"{prefix}/{name}" if self._is("dirNameRoutePrefix", True) else prefix
                yield from self.folder(posixpath.join(folder, name), inner)

    def _file(self, path: str, prefix: str) -> Iterator[Loaded]:
        if self._ignored(path):
            return
        module = self.runner.module(path)
        if module is None:
            return
        plugin = self.runner.settled(module.exported.get("default", module.exports))
        if _is_false(self._export(module, plugin, "autoload")):
            return
        options = self.settings.items.get("options")
        items = dict(options.items) if isinstance(options, Map) else {}
        items["prefix"] = self._prefix(module, plugin, prefix, items.get("prefix"))
        yield Loaded(plugin, Map(items))

    def _prefix(
        self, module: ModuleValue, plugin: Value, folder: str, given: Value | None
    ) -> Value:
        override = self._export(module, plugin, "prefixOverride")
        if override is not None:
            return override
        own = self._export(module, plugin, "autoPrefix")
        local = own.text if isinstance(own, Str) else folder
        if own is not None and folder and self._is("appendAutoPrefix", False):
            local = f"{folder}/{local}"
        outer = given.text.rstrip("/") if isinstance(given, Str) else ""
        whole = outer + re.sub(r"/+", "/", local)
        if self._is("routeParams", False):
            whole = whole.replace("__", ":") if "__" in whole else whole.replace("/_", "/:")
        return Str((whole,))

    def _export(self, module: ModuleValue, plugin: Value, name: str) -> Value | None:
        """What a file says beside its plugin, or on it."""
        if isinstance(plugin, FunctionValue) and name in plugin.attributes:
            return plugin.attributes[name]
        if name in module.exported:
            return self.runner.settled(module.exported[name])
        exports = module.exports
        if isinstance(exports, Map | FunctionValue):
            held = exports.items if isinstance(exports, Map) else exports.attributes
            return held.get(name)
        return None

    def _entries(self, folder: str) -> tuple[list[str], list[str]]:
        start = f"{folder}/" if folder != "." else ""
        below = [it[len(start) :] for it in self.runner.modules.files if it.startswith(start)]
        files = sorted(it for it in below if "/" not in it and not is_test(start + it))
        return files, sorted({it.partition("/")[0] for it in below if "/" in it})

    def _ignored(self, path: str) -> bool:
        """Whether the pattern of the settings leaves it out; one that is no text leaves nothing."""
        pattern = self.settings.items.get("ignorePattern")
        if not isinstance(pattern, Str) or not pattern.known:
            return False
        try:
            return re.search(pattern.text, posixpath.relpath(path, self.root)) is not None
        except re.error:
            return False

    def _is(self, name: str, default: bool) -> bool:
        value = self.settings.items.get(name)
        return value.value is True if isinstance(value, Const) else default


def _is_false(value: Value | None) -> bool:
    return isinstance(value, Const) and value.value is False
