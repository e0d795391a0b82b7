"""Completes a change with the packages it needs: what new code imports goes into the manifest."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from backwright.edits.change import Change, Edit, EditFile
from backwright.edits.diff import line_edits
from backwright.facts.backend import Stack
from backwright.index.testfiles import is_test
from backwright.text.snapshot import Snapshot
from backwright.verify.checks.imports import is_local, new_imports
from backwright.verify.manifest import NoPlaceError, with_packages
from backwright.verify.packages import (
    Package,
    comes_along,
    declared,
    distribution,
    known,
    types_of,
)
from backwright.verify.review import Review

Document = Callable[[str], Snapshot | None]


@dataclass(frozen=True, slots=True)
class Needs:
    """`change` with the manifest's edits added; `steps` are commands that install what is new."""

    change: Change
    packages: tuple[Package, ...] = ()
    steps: tuple[str, ...] = ()


def with_needs(change: Change, review: Review, document: Document) -> Needs:
    """Adds every known package that the change imports and the manifest does not name."""
    wanted = _wanted(review)
    if not wanted:
        return Needs(change)
    edited = {file.path for file in change.files}
    added: list[EditFile] = []
    by_hand: list[Package] = []
    for path, packages in _by_manifest(wanted, review.stack, document).items():
        manifest = document(path)
        if manifest is None or path in edited:
            by_hand += packages if manifest is None else []
            continue
        edits = _edits(manifest, packages)
        if edits is None:
            by_hand += packages
        else:
            added.append(EditFile(path, manifest.version, edits))
    steps = [f"add {it.name} {it.requires}".strip() + " to your dependencies" for it in by_hand]
    if added:
        steps.append(_install(review.stack, added[0].path))
    return Needs(Change((*change.files, *added)), tuple(wanted), tuple(steps))


def _wanted(review: Review) -> list[Package]:
    found: dict[str, Package] = {}
    for path, (before, after) in review.facts.items():
        language = "python" if after.language == "python" else "javascript"
        for step in new_imports(before, after):
            if is_local(review, after, step):
                continue
            name = distribution(step.module, language)
            package = known(step.module, language)
            if name is None or package is None or declared(name, review.stack):
                continue
            if comes_along(step.module, language, review.stack):
                continue
            development = package.development or is_test(path)
            earlier = found.get(name)
            if earlier is None or earlier.development:
                found[name] = Package(name, package.requires, development)
            types = types_of(name) if path.endswith((".ts", ".mts", ".cts", ".tsx")) else None
            if types is not None and not declared(types.name, review.stack):
                found[types.name] = types
    return list(found.values())


def _by_manifest(
    packages: list[Package], stack: Stack, document: Document
) -> dict[str, list[Package]]:
    found: dict[str, list[Package]] = {}
    for package in packages:
        path = stack.manifest
        if package.development and path.endswith(".txt"):
            path = _development_file(path, document)
        found.setdefault(path, []).append(package)
    return found


def _development_file(path: str, document: Document) -> str:
    """The requirements file for development beside `path`, if there is one."""
    folder = posixpath.dirname(path)
    for name in ("requirements-dev.txt", "requirements-test.txt", "dev-requirements.txt"):
        candidate = posixpath.join(folder, name)
        if document(candidate) is not None:
            return candidate
    return path


def _edits(manifest: Snapshot, packages: list[Package]) -> tuple[Edit, ...] | None:
    text = manifest.text.replace("\r\n", "\n")
    try:
        after = with_packages(manifest.path, text, packages)
    except NoPlaceError:
        return None
    if manifest.newline == "\r\n":
        after = after.replace("\n", "\r\n")
    return line_edits(manifest, after.encode("utf-8", "surrogateescape"))


def _install(stack: Stack, path: str) -> str:
    name = posixpath.basename(path)
    if name.endswith(".txt"):
        return f"pip install -r {path}"
    commands = {
        "poetry": "poetry lock && poetry install",
        "uv": "uv sync",
        "pipenv": "pipenv install",
    }
    if name == "package.json":
        return f"{stack.package_manager or 'npm'} install"
    return commands.get(stack.package_manager, "pip install -e .")
