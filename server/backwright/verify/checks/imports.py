"""What the change imports is there: files and names of the project, packages of its manifest."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from backwright.facts import code, walk
from backwright.facts.code import FileFacts, Import
from backwright.verify.packages import comes_along, declared, distribution
from backwright.verify.review import Check, Review

NAME = "imports"


def check(review: Review) -> Check:
    missing: list[str] = []
    unknown: list[str] = []
    for path, (before, after) in review.facts.items():
        for step in new_imports(before, after):
            if is_local(review, after, step):
                missing += _missing(review, after, step)
            elif not _is_known(review, after, step):
                unknown.append(f"{path}:{step.line}: {step.module}")
    if missing:
        return Check(NAME, "failed", "; ".join(missing))
    if unknown:
        return Check(NAME, "skipped", f"not known, look at it yourself: {'; '.join(unknown)}")
    return Check(NAME, "passed", "everything imported is there")


def new_imports(before: FileFacts | None, after: FileFacts) -> Iterator[Import]:
    """The imports of a file that it did not have before, wherever in it they stand."""
    old = {(it.module, it.name) for it in _imports(before)} if before is not None else set()
    for step in _imports(after):
        if (step.module, step.name) not in old:
            yield step


def is_local(review: Review, facts: FileFacts, step: Import) -> bool:
    """Whether the import means something of the workspace, or would have to."""
    if step.module.startswith("."):
        return True
    modules = review.definitions.modules
    if facts.language == "python":
        return modules.python(facts.path, step.module) is not None
    return modules.javascript(facts.path, step.module) is not None


def _imports(facts: FileFacts) -> Iterator[Import]:
    bodies = [facts.steps, *(it.steps for it in facts.functions)]
    for body in bodies:
        for step in walk.steps(body):
            if isinstance(step, Import):
                yield step
            elif isinstance(step, code.ExportFrom):
                yield Import(step.module, step.name, step.local, 0)
            elif isinstance(step, code.Assign) and isinstance(step.value, code.Call):
                call = step.value
                first = call.arguments[0].value if call.arguments else None
                if walk.dotted(call.function) == "require" and isinstance(first, code.Text):
                    yield Import(first.value, "", "", step.line)


def _missing(review: Review, facts: FileFacts, step: Import) -> Iterator[str]:
    where = f"{facts.path}:{step.line}"
    modules = review.definitions.modules
    python = facts.language == "python"
    find = modules.python if python else modules.javascript
    target = find(facts.path, step.module)
    if target is None:
        if not _other_file(review, facts, step):
            yield f"{where}: {step.module} is not in the project"
        return
    if not step.name or step.name in {"*", "default"} or target not in modules.files:
        return
    if not _has_name(review, target, step.name) and not (
        python and find(facts.path, f"{step.module.rstrip('.')}.{step.name}")
    ):
        yield f"{where}: {target} has no {step.name}"


def _has_name(review: Review, file: str, name: str) -> bool:
    """Whether the module may offer the name; one with a star import may offer any."""
    facts = review.definitions.facts_of(file)
    if facts is None or review.definitions.find(file, name) is not None:
        return True
    if any(isinstance(it, Import) and name in {it.local, "*"} for it in walk.steps(facts.steps)):
        return True
    exported = {it.name for it in walk.steps(facts.steps) if isinstance(it, code.Export)}
    stars = any(isinstance(it, code.ExportFrom | Import) and it.name == "*" for it in facts.steps)
    commonjs = "=" in exported or any(
        walk.dotted(it.target).startswith(("exports", "module.exports"))
        for it in walk.steps(facts.steps)
        if isinstance(it, code.Assign)
    )
    return name in exported or stars or commonjs


def _other_file(review: Review, facts: FileFacts, step: Import) -> bool:
    """A relative import of something that is no source, such as a JSON file."""
    if facts.language == "python":
        return False
    folder = facts.path.rpartition("/")[0]
    return review.exists(f"{folder}/{step.module}" if folder else step.module)


def _is_known(review: Review, facts: FileFacts, step: Import) -> bool:
    language = "python" if facts.language == "python" else "javascript"
    if language == "python" and step.module.split(".")[0] in sys.stdlib_module_names:
        return True
    name = distribution(step.module, language)
    if name is None or declared(name, review.stack) or name in review.known_packages:
        return True
    return comes_along(step.module, language, review.stack)
