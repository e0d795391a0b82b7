"""The stacks of a workspace: one for each application in it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import FrameworkVersion, Route, Stack
from backwright.facts.code import FileFacts
from backwright.facts.environment import environment
from backwright.index.configs import Configs
from backwright.index.evaluate import Evaluator
from backwright.index.frameworks import frameworks
from backwright.index.stacks import commands, databases, locks, node, python, roots, ruby, settings
from backwright.index.stacks.declared import Declared, normal
from backwright.index.testfiles import is_test


@dataclass(frozen=True, slots=True)
class _Workspace:
    files: dict[str, FileFacts]
    configs: Configs
    name: str
    evaluator: Evaluator


def find_stacks(
    files: dict[str, FileFacts], configs: Configs, name: str, evaluator: Evaluator
) -> list[Stack]:
    """One stack an application, by their folders. `name` is the workspace folder's own."""
    workspace = _Workspace(files, configs, name, evaluator)
    apps = roots.applications(files, configs)
    found = [_stack(folder, sources, apps, workspace) for folder, sources in sorted(apps.items())]
    twice = {name for name, count in Counter(it.app for it in found).items() if count > 1}
    return [it if it.app not in twice or not it.root else replace(it, app=it.root) for it in found]


def in_app(route: Route, root: str, stacks: list[Stack]) -> Route:
    """The route with its application: the one that makes the app at its root, a file; a library's
    routes belong to the applications that mount them."""
    of_root, of_handler = owner_of(root, stacks), owner_of(route.handler_place.file, stacks)
    if of_root is None or any(_depends(it, of_root) for it in stacks):
        of_root = of_handler
    return route if of_root is None else replace(route, app=of_root.app)


def without_libraries(stacks: list[Stack], routes: list[Route]) -> list[Stack]:
    """Leaves out the packages that serve others of the workspace and answer nothing themselves."""
    serving = {it.app for it in routes}
    backends = [it for it in stacks if it.app in serving]
    return [
        it
        for it in stacks
        if it.app in serving or not any(_depends(other, it) for other in backends)
    ]


def owner_of(file: str, stacks: list[Stack]) -> Stack | None:
    """The application whose folder holds the file: the innermost one."""
    holding = [it for it in stacks if not it.root or file.startswith(f"{it.root}/")]
    return max(holding, key=lambda it: len(it.root), default=None)


def _depends(stack: Stack, library: Stack) -> bool:
    names = {library.app, normal(library.app)}
    return stack is not library and any(name in stack.dependencies for name in names)


def _stack(
    folder: str, sources: list[str], apps: dict[str, list[str]], workspace: _Workspace
) -> Stack:
    files, configs = workspace.files, workspace.configs
    languages = Counter(_plain(files[path].language) for path in sources)
    is_python = languages["python"] * 2 >= languages.total()
    setup = files.get(posixpath.join(folder, "setup.py"))
    in_python = python.declared(folder, configs, setup)
    in_node = node.declared(folder, configs)
    in_ruby = ruby.declared(folder, files)
    main, *others = (
        (in_ruby, in_node, in_python)
        if languages["ruby"] * 2 >= languages.total()
        else (in_python, in_node, in_ruby)
        if is_python
        else (in_node, in_python, in_ruby)
    )
    every = [main, *others]
    tests = [path for path in files if is_test(path) and _innermost(path, apps) == folder]
    imported = {module for path in tests for module in _imported(files[path])}
    manager, test, lint = (
        ruby.commands(folder, main, files, configs)
        if main is in_ruby
        else _python_commands(folder, main, imported, configs)
        if is_python
        else _node_commands(folder, main, configs)
    )
    return Stack(
        app=next((it.name for it in every if it.name), "")
        or posixpath.basename(folder)
        or workspace.name,
        root=folder,
        languages=[name for name, _ in languages.most_common()],
        frameworks=_frameworks(folder, every, languages, workspace),
        databases=_databases(folder, sources, every, workspace),
        package_manager=manager,
        test_command=test,
        lint_command=lint,
        env=_environment(sources, workspace),
        manifest=next((it.manifest for it in every if it.manifest), ""),
        dependencies=_versions(main.runtime, folder, configs),
        dev_dependencies=_versions(main.dev, folder, configs),
    )


def _python_commands(
    folder: str, found: Declared, imported: set[str], configs: Configs
) -> tuple[str, str, str]:
    manager = commands.python_manager(folder, configs)
    return (
        manager,
        commands.python_test(folder, manager, found, configs, imported),
        commands.python_lint(folder, manager, found, configs),
    )


def _node_commands(folder: str, found: Declared, configs: Configs) -> tuple[str, str, str]:
    manager = commands.node_manager(folder, configs)
    return (
        manager,
        commands.node_test(folder, manager, found, configs),
        commands.node_lint(folder, manager, found, configs),
    )


def _versions(packages: dict[str, str], folder: str, configs: Configs) -> dict[str, str]:
    return {
        package: locks.version(package, wanted, folder, configs) or wanted
        for package, wanted in packages.items()
    }


def _frameworks(
    folder: str, declared: list[Declared], languages: Counter[str], workspace: _Workspace
) -> list[FrameworkVersion]:
    """The frameworks and libraries that are declared, what routes stand on first."""
    found: dict[str, FrameworkVersion] = {}
    ranked = sorted(frameworks(), key=lambda it: it.family == "library")
    for framework in ranked:
        if not any(language in languages for language in _spoken(framework.language)):
            continue
        for package in framework.packages:
            holder = next((it for it in declared if it.has(package)), None)
            if holder is not None:
                wanted = holder.range_of(package)
                version = locks.version(package, wanted, folder, workspace.configs) or wanted
                found.setdefault(package, FrameworkVersion(package, version))
    return list(found.values())


def _databases(
    folder: str, sources: list[str], declared: list[Declared], workspace: _Workspace
) -> list[str]:
    packages = {name for it in declared for name in (*it.runtime, *it.extras)}
    texts = workspace.configs.texts
    schemas = [
        text
        for path, text in texts.items()
        if path.endswith(".prisma") and (not folder or path.startswith(f"{folder}/"))
    ]
    facts = [workspace.files[path] for path in sources]
    schemes = {scheme for it in facts for scheme in it.schemes}
    schemes |= ruby.database_words(folder, workspace.configs)
    modules = {module for it in facts for module in _imported(it)}
    return databases.used(packages, schemes, modules, "\n".join(schemas))


def _environment(sources: list[str], workspace: _Workspace) -> list[str]:
    names: set[str] = set()
    for path in sources:
        facts = workspace.files[path]
        names.update(facts.environment)
        if facts.classes and environment(facts.language).classes:
            names.update(settings.variables(path, workspace.evaluator))
    return sorted(names)


def _imported(facts: FileFacts) -> Iterator[str]:
    for step in walk.steps(facts.steps):
        if isinstance(step, code.Import):
            yield step.module if facts.language != "python" else step.module.partition(".")[0]


def _innermost(path: str, folders: dict[str, list[str]]) -> str | None:
    holding = [it for it in folders if not it or path.startswith(f"{it}/")]
    return max(holding, key=len, default=None)


def _plain(language: str) -> str:
    return "typescript" if language == "tsx" else language


def _spoken(language: str) -> tuple[str, ...]:
    """The languages that a framework of `language` is used in."""
    return ("javascript", "typescript") if language == "javascript" else (language,)
