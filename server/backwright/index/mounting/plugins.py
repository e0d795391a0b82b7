"""Plugins: functions that are run with a router of their own, as Fastify registers them.

A plugin sees a router below the present one, under the prefix of its settings. What is wrapped so
that it is transparent gets the present router itself, and ignores the prefix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from backwright.index.evaluation import members
from backwright.index.evaluation.runner import Runner, Then
from backwright.index.frameworks import Framework, Plugin, roles
from backwright.index.mounting.autoload import loaded
from backwright.index.mounting.registrars import flat
from backwright.index.values import (
    Arguments,
    Const,
    External,
    FunctionValue,
    Map,
    Method,
    ModuleValue,
    Object,
    Site,
    Str,
    Value,
)

MAX_WRAPPERS = 5


@dataclass(frozen=True, slots=True)
class Host:
    """What a plugin does to the routers: putting one below another, a check before one."""

    mount: Callable[[Object, Object, Value | None, Site], None]
    run_before: Callable[[Object, Value], None]
    top: Callable[[Object], Object]
    """The app that a router has come to stand under by now."""
    folders: list[str]
    """Folders that plugins are loaded from."""


def plugged(host: Host, plugin: Plugin, owner: Object, arguments: Arguments, site: Site) -> Then:
    """Runs the plugin that is registered on `owner`; the call answers with `owner`."""

    def run(runner: Runner) -> Value:
        for given in flat([arguments.get((0,))]):
            _plug(_Present(host, plugin, runner, site), owner, given, arguments.get((1,)))
        return owner

    return Then(run)


def host_of(
    framework: Framework, name: str, arguments: Arguments
) -> Literal["app", "router"] | None:
    """What an object that nobody passes is when a plugin is registered on it: what a folder is
    loaded on is the app itself, which a runner such as `fastify start` makes."""
    given = arguments.get((0,))
    for plugin in framework.plugin:
        if name not in plugin.names or plugin.always_transparent:
            continue
        if isinstance(given, External) and given.origin in plugin.autoload:
            return "app"
        wrapped = isinstance(given, Object) and given.origin in plugin.transparent
        held = isinstance(given, Map) and _entry(plugin, given) is not None
        if wrapped or held or isinstance(given, FunctionValue | ModuleValue):
            return "router"
    return None


@dataclass(frozen=True, slots=True)
class _Present:
    host: Host
    plugin: Plugin
    runner: Runner
    site: Site


def _plug(present: _Present, owner: Object, given: Value, options: Value | None) -> None:
    runner, plugin = present.runner, present.plugin
    given, options, above = _beside(present, owner, given, options)
    function, transparent = _unwrapped(runner, plugin, given)
    settings = options if isinstance(options, Map) else Map()
    origin = getattr(function, "origin", "")
    if origin in plugin.autoload:
        folder = settings.items.get("dir")
        if isinstance(folder, Str) and folder.known:
            present.host.folders.append(folder.text)
        for one in loaded(runner, settings):
            _plug(present, owner, one.plugin, one.options)
    elif origin in roles().limiters:
        if not _is_false(settings.items.get("global")):
            limiter = Object(origin, Arguments([settings]), present.site)
            present.host.run_before(owner, limiter)
    elif isinstance(function, FunctionValue):
        inner = owner
        if not (transparent or plugin.always_transparent):
            inner = Object(plugin.child, Arguments(), present.site, name=owner.name)
            inner.attributes.update(owner.attributes)
            present.host.mount(above, inner, _prefix(plugin, settings), present.site)
        passed = settings.items.get(plugin.options) if plugin.options else options
        runner.call_value(function, Arguments([inner, passed or Map()]), present.site)
    elif isinstance(function, Map) and "method" in function.items:  # a route that was loaded
        inner = Object(plugin.child, Arguments(), present.site, name=owner.name)
        present.host.mount(owner, inner, _prefix(plugin, settings), present.site)
        runner.call_value(Method(inner, "route"), Arguments([function]), present.site)


def _beside(
    present: _Present, owner: Object, given: Value, options: Value | None
) -> tuple[Value, Value | None, Object]:
    """The plugin, the settings that stand beside it, and what their prefix is under:
    `{ plugin, routes: { prefix } }`."""
    plugin = present.plugin
    given = present.runner.settled(given)
    held = given.items.get(plugin.plugin) if isinstance(given, Map) else None
    if held is None or not isinstance(given, Map):
        return given, options, owner
    alone = plugin.replaces and _prefix(plugin, given) is not None
    settings = Map({**(options.items if isinstance(options, Map) else {}), **given.items})
    return held, settings, present.host.top(owner) if alone else owner


def _unwrapped(runner: Runner, plugin: Plugin, given: Value) -> tuple[Value, bool]:
    """The function of a plugin, and whether it works on the router that it is registered on."""
    transparent = False
    for _ in range(MAX_WRAPPERS):
        given = runner.settled(given)
        if isinstance(given, ModuleValue):
            given = _of_module(plugin, given)
        elif isinstance(given, Map) and "default" in given.items:
            given = given.items["default"]
        elif isinstance(given, Map | Object) and (held := _entry(plugin, given)) is not None:
            given = held
        elif isinstance(given, Object) and given.origin in plugin.transparent:
            settings = given.arguments.get((1,))
            again = isinstance(settings, Map) and _is_true(settings.items.get(plugin.reopens))
            transparent = not again
            given = given.arguments.get((0,)) or Const(None)
        else:
            break
    if isinstance(given, FunctionValue) and given.attributes.get("skip-override"):
        transparent = True
    return given, transparent


def _of_module(plugin: Plugin, module: ModuleValue) -> Value:
    """What a module stands for: its default, or what it exports as a plugin is called."""
    for name in ("default", plugin.plugin, plugin.function):
        if name and name in module.exported:
            return module.exported[name]
    return module.exports


def _entry(plugin: Plugin, given: Map | Object) -> Value | None:
    """The plugin, or its function, that an object holds."""
    if isinstance(given, Object) and given.class_ is None:
        return None
    for name in (plugin.plugin, plugin.function):
        if not name:
            continue
        if isinstance(given, Map) and name in given.items:
            return given.items[name]
        if isinstance(given, Object) and given.class_ is not None:
            method = members.of_class(given.class_, name)
            if isinstance(method, FunctionValue):
                return method.bound(given)
    return None


def _prefix(plugin: Plugin, settings: Map) -> Value | None:
    """The prefix, which begins with a slash whether that is written or not."""
    *outer, last = plugin.prefix
    for key in outer:
        inner = settings.items.get(key)
        settings = inner if isinstance(inner, Map) else Map()
    prefix = settings.items.get(last)
    if isinstance(prefix, Str) and prefix.known and prefix.text and not prefix.text.startswith("/"):
        return Str((f"/{prefix.text}",))
    return prefix


def _is_true(value: Value | None) -> bool:
    return isinstance(value, Const) and value.value is True


def _is_false(value: Value | None) -> bool:
    return isinstance(value, Const) and value.value is False
