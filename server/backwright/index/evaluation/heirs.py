"""Classes of the project that stand for one that is only declared.

What a function returns may be made of a class that a setting names. Where its declared type has one
heir in the project that sees to the method which is called, and that matters, it is that one.
"""

from __future__ import annotations

from backwright.facts import code, walk
from backwright.facts.code import Class, Expr
from backwright.index.evaluation.runner import Frame, Runner
from backwright.index.testfiles import is_test
from backwright.index.values import Arguments, ClassValue, Object, Site, Unknown

MAX_HEIRS = 40
"""A class with more is a base of everything."""


def stand_in(runner: Runner, value: Unknown, method: str) -> Object | None:
    """The instance that `method` is called on, by the type that `value` is declared to have."""
    if value.declared is None:
        return None
    expr, file, scope = value.declared
    bare = _of_instances(expr)
    if bare is None or not _last_name(bare):
        return None
    found = [
        (path, class_)
        for path, class_ in _heirs(runner, _last_name(bare))
        if _sees_to(runner, path, class_, method)
    ]
    if len(found) != 1:
        return None
    base = runner.eval(bare, Frame(runner.loaded[file], scope))
    module = runner.module(found[0][0])
    heir = module.scope.names.get(found[0][1].name) if module is not None else None
    if not isinstance(heir, ClassValue) or base not in heir.lineage():
        return None
    facts = heir.facts
    site = Site(heir.file, facts.start, facts.end, facts.line)
    return runner.instantiate(heir, Arguments(), site, unknown=True)


def _of_instances(annotation: Expr) -> Expr | None:
    """The class that the type's values are instances of: without `| None`, `type[…]`."""
    if isinstance(annotation, code.Element):
        name = walk.dotted(annotation.object).rpartition(".")[2]
        if name in {"type", "Type", "Optional"}:
            return _of_instances(annotation.key)
        return annotation.object
    if isinstance(annotation, code.Operation) and annotation.operator == "|":
        kept = [it for it in annotation.operands if not isinstance(it, code.Constant)]
        return _of_instances(kept[0]) if len(kept) == 1 else None
    return annotation if isinstance(annotation, code.Name | code.Member) else None


def _heirs(runner: Runner, name: str) -> list[tuple[str, Class]]:
    """The classes that derive from one of that name, directly or not."""
    if not runner.heirs:
        for path in sorted(runner.modules.files):
            facts = runner.facts_of(path)
            if facts is None or facts.language != "python" or is_test(path):
                continue
            for class_ in facts.classes:
                for base in class_.bases:
                    if not base.name and (above := _last_name(base.value)):
                        runner.heirs.setdefault(above, []).append((path, class_))
    found: list[tuple[str, Class]] = []
    waiting, seen = [name], {name}
    while waiting and len(found) < MAX_HEIRS:
        for path, class_ in runner.heirs.get(waiting.pop(), ()):
            found.append((path, class_))
            if class_.name not in seen:
                seen.add(class_.name)
                waiting.append(class_.name)
    return found


def _sees_to(runner: Runner, path: str, class_: Class, method: str) -> bool:
    facts = runner.facts_of(path)
    wanted = f"{class_.qualname}.{method}"
    return facts is not None and any(
        it.qualname == wanted and (path, it.start) in runner.acting for it in facts.functions
    )


def _last_name(expr: Expr) -> str:
    if isinstance(expr, code.Element):
        expr = expr.object
    return walk.dotted(expr).rpartition(".")[2]
