"""The apps, routers and limiters that a project makes, by the name they are kept under.

Recipes reuse what is there: they need the name and the file, not what the object comes to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from backwright.facts import code, walk
from backwright.facts.backend import Made, Place
from backwright.facts.code import FileFacts, Step
from backwright.index.frameworks import frameworks


def made_in(facts: FileFacts) -> Iterator[Made]:
    """Every such object in the file, in order."""
    imported = _imports(facts.steps, facts)
    yield from _in_steps(facts.steps, imported, facts, "")
    for function in facts.functions:
        own = {**imported, **_imports(function.steps, facts)}
        yield from _in_steps(function.steps, own, facts, function.qualname)


@cache
def _origins() -> frozenset[str]:
    constructs = {o for f in frameworks() for c in f.construct for o in c.origins}
    limiters = {o.split("()")[0] for f in frameworks() for it in f.limiter for o in it.origins}
    return frozenset(constructs | limiters)


def _in_steps(
    steps: list[Step], imported: Mapping[str, str], facts: FileFacts, scope: str
) -> Iterator[Made]:
    for step in walk.steps(steps):
        if isinstance(step, code.Assign) and isinstance(step.value, code.Call):
            name = walk.dotted(step.target)
            origin = _origin(walk.dotted(step.value.function), imported)
            if name and origin in _origins():
                yield Made(name, origin, Place(facts.path, step.line, step.start, step.end), scope)


def _origin(dotted: str, imported: Mapping[str, str]) -> str:
    first, _, rest = dotted.partition(".")
    base = imported.get(first, "")
    return f"{base}.{rest}" if base and rest else base


def _imports(steps: list[Step], facts: FileFacts) -> dict[str, str]:
    """What each imported name stands for: `fastapi.FastAPI`, `express`."""
    found: dict[str, str] = {}
    for step in walk.steps(steps):
        if isinstance(step, code.Import):
            found[step.local.split(".")[0]] = _imported(step, python=facts.language == "python")
        elif isinstance(step, code.Assign) and isinstance(step.value, code.Call):
            module = _required(step.value)
            if module and isinstance(step.target, code.Name):
                found[step.target.name] = module
            elif module and isinstance(step.target, code.Table):
                for key, local in step.target.entries:
                    if isinstance(key, code.Text) and isinstance(local, code.Name):
                        found[local.name] = f"{module}.{key.value}"
    return found


def _imported(step: code.Import, *, python: bool) -> str:
    if not step.name:
        return step.module.split(".")[0] if python and step.local == step.module else step.module
    return step.module if step.name == "default" and not python else f"{step.module}.{step.name}"


def _required(call: code.Call) -> str:
    if walk.dotted(call.function) == "require" and call.arguments:
        first = call.arguments[0].value
        return first.value if isinstance(first, code.Text) else ""
    return ""
