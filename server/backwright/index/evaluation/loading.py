"""Modules: running them, what they import and export.

A name that is imported from a module which registers nothing stays `Deferred` until it is asked
for: most modules of a project have no part in its routes and are never run.
"""

from __future__ import annotations

import posixpath

from backwright.facts import code
from backwright.index.evaluation.runner import MAX_NESTING, MAX_STEPS, Frame, Runner
from backwright.index.values import (
    Arguments,
    Deferred,
    External,
    Getter,
    Map,
    ModuleValue,
    Package,
    Scope,
    Unknown,
    Value,
)


def module(runner: Runner, path: str) -> ModuleValue | None:
    if path in runner.loaded:
        return runner.loaded[path]
    facts = runner.facts_of(path)
    if facts is None or runner.nesting >= MAX_NESTING:
        return None
    exports = Map()
    holder = Map({"exports": exports})
    scope = Scope(path)
    if facts.language not in {"python", "ruby"}:
        scope.names.update(module=holder, exports=exports)
    made = ModuleValue(path, facts, scope, holder)
    runner.loaded[path] = made
    runner.nesting += 1
    limit, runner.limit = runner.limit, MAX_STEPS  # not that of the call which asks for it
    runner.run(facts.steps, Frame(made, scope))
    runner.limit = limit
    runner.nesting -= 1
    made.done = True
    return made


def import_(runner: Runner, step: code.Import, frame: Frame) -> None:
    if frame.module.facts.language == "python":
        _import_python(runner, step, frame)
    elif frame.module.facts.language != "ruby":  # there constants are found without an import
        _import_script(runner, step, frame)


def export(runner: Runner, step: code.Export, frame: Frame) -> None:
    value = runner.eval(step.value, frame)
    if step.name == "=":
        frame.module.holder.items["exports"] = value
    else:
        frame.module.exported[step.name] = value


def export_from(runner: Runner, step: code.ExportFrom, frame: Frame) -> None:
    exported = frame.module.exported
    target = runner.modules.javascript(frame.module.file, step.module)
    if target is None:
        if step.local and step.name != "*":
            exported[step.local] = _external_script(step.module, step.name)
    elif step.local:
        exported[step.local] = _deferred(runner, target, "" if step.name == "*" else step.name)
    elif (source := runner.module(target)) is not None:
        exported.update({k: v for k, v in source.exported.items() if k != "default"})


def require(runner: Runner, frame: Frame, wanted: str) -> Value:
    """What `require("…")` gives."""
    target = runner.modules.javascript(frame.module.file, wanted)
    if target is None:
        return Unknown() if wanted.startswith(".") else External(_package(wanted))
    found = runner.module(target)
    if found is None:
        return Unknown()
    return found if found.exported else found.exports


def settled(runner: Runner, value: Value) -> Value:
    if isinstance(value, Getter):
        return runner.call_function(value.function, Arguments())
    if not isinstance(value, Deferred):
        return value
    if value in runner.settling:  # modules that import each other
        return Unknown()
    found = runner.module(value.module)
    if found is None or not value.name:
        return found or Unknown()
    runner.settling.add(value)
    try:
        return member(runner, found, value.name)
    finally:
        runner.settling.discard(value)


def member(runner: Runner, owner: ModuleValue, name: str) -> Value:
    """What the module has under the name."""
    if owner.facts.language not in {"python", "ruby"}:
        return _exported(runner, owner, name)
    found: Value = Unknown()
    if name in owner.scope.names:
        found = runner.settled(owner.scope.names[name])
    if isinstance(found, Unknown) and owner.file.endswith("__init__.py"):
        inner = submodule(runner, posixpath.dirname(owner.file), name)
        found = found if isinstance(inner, Unknown) else inner
    if isinstance(found, Unknown) and owner.stars and name not in owner.scope.names:
        return External(f"{owner.stars[-1]}.{name}")
    return found


def submodule(runner: Runner, folder: str, name: str) -> Value:
    path = posixpath.join(folder, name)
    for candidate in (f"{path}/__init__.py", f"{path}.py"):
        if candidate in runner.modules.files:
            return runner.module(candidate) or Unknown()
    return Package(path) if path in runner.modules.folders else Unknown()


def named(runner: Runner, importer: str, dotted: str) -> Value:
    parts = dotted.replace(":", ".").split(".")
    for count in range(len(parts), 0, -1):
        path = runner.modules.python(importer, ".".join(parts[:count]))
        if path is None or path not in runner.modules.files:
            continue
        value: Value = runner.module(path) or Unknown()
        for name in parts[count:]:
            value = runner.attribute(value, name)
        return value
    return Unknown()


def _import_python(runner: Runner, step: code.Import, frame: Frame) -> None:
    file, names = frame.module.file, frame.scope.names
    if frame.weak and step.local in names:
        return
    if step.name == "*":
        _import_all(runner, step, frame)
    elif step.name:
        names[step.local] = _imported(runner, file, step.module, step.name)
    elif step.local == step.module and "." in step.module:  # import a.b binds a
        _imported(runner, file, step.module, "")
        first = step.module.split(".")[0]
        names[first] = _imported(runner, file, first, "")
    else:
        names[step.local] = _imported(runner, file, step.module, "")


def _import_all(runner: Runner, step: code.Import, frame: Frame) -> None:
    path = runner.modules.python(frame.module.file, step.module)
    source = runner.module(path) if path is not None else None
    if source is not None:
        public = {k: v for k, v in source.scope.names.items() if not k.startswith("_")}
        frame.scope.names.update(public)
        frame.module.stars += source.stars
    elif path is None and not step.module.startswith("."):
        frame.module.stars.append(step.module)


def _imported(runner: Runner, importer: str, source: str, name: str) -> Value:
    """`name` of the module `source`, the module itself for ""."""
    path = runner.modules.python(importer, source)
    if path is None:
        if source.startswith("."):
            return Unknown()
        origin = f"{source}.{name}" if name else source
        own = runner.observer.stands_in(importer, origin)
        return Deferred(own, "") if own is not None else External(origin)
    if path in runner.modules.files:
        return _deferred(runner, path, name, inner=_inner_module(runner, path, name))
    if not name:
        return Package(path)
    inner = _file_of(runner, posixpath.join(path, name))
    return _deferred(runner, inner, "") if inner is not None else submodule(runner, path, name)


def _inner_module(runner: Runner, path: str, name: str) -> str | None:
    """The file of `from package import module`."""
    if not name or not path.endswith("__init__.py"):
        return None
    return _file_of(runner, posixpath.join(posixpath.dirname(path), name))


def _file_of(runner: Runner, path: str) -> str | None:
    candidates = (f"{path}/__init__.py", f"{path}.py")
    return next((it for it in candidates if it in runner.modules.files), None)


def _deferred(runner: Runner, path: str, name: str, *, inner: str | None = None) -> Value:
    """A name of a module of the project, which is run first where it registers something."""
    for file in (path, inner):
        if file is not None and file in runner.eager:
            runner.module(file)
    return Deferred(path, name)


def _import_script(runner: Runner, step: code.Import, frame: Frame) -> None:
    target = runner.modules.javascript(frame.module.file, step.module)
    if target is None:
        if step.local:
            frame.scope.names[step.local] = _external_script(step.module, step.name)
    elif step.local:
        frame.scope.names[step.local] = _deferred(runner, target, step.name)
    else:
        runner.module(target)


def _exported(runner: Runner, owner: ModuleValue, name: str) -> Value:
    """What `import { name }` gives, from an ES module or a CommonJS one."""
    if name in owner.exported:
        return runner.settled(owner.exported[name])
    if name == "default":
        return owner.exports if not owner.exported else Unknown()
    return runner.attribute(owner.exports, name)


def _external_script(module_name: str, name: str) -> Value:
    package = _package(module_name)
    return External(package if name in {"", "default"} else f"{package}.{name}")


def _package(module_name: str) -> str:
    return module_name.removeprefix("node:")
