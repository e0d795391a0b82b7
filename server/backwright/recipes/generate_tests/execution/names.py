"""What names and attributes come to: of modules, classes, instances and found things."""

from __future__ import annotations

from backwright.facts import code, walk
from backwright.facts.code import Expr, Function
from backwright.recipes.generate_tests.execution.core import Arguments, Core, Outcomes
from backwright.recipes.generate_tests.execution.stores import (
    is_store,
    last_written,
    store_of,
)
from backwright.recipes.generate_tests.fold import folded
from backwright.recipes.generate_tests.project import ValueAt, required
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    BODY,
    NONE,
    Code,
    Const,
    Each,
    Kind,
    Listed,
    Made,
    Module,
    Outside,
    Part,
    Result,
    Unknown,
    Value,
    mentioned,
)

_CAUGHT = frozenset({"e", "err", "error", "ex", "exc", "exception", "fault"})


class Names(Core):
    """Looks names and attributes up."""

    __slots__ = ()

    def name(self, name: str, state: State, file: str) -> Value:
        if name in state.names:
            return state.names[name]
        if name in _CAUGHT and "@thrown" in state.names:
            return state.names["@thrown"]  # the facts leave out what `catch` binds
        key = (file, name)
        if key not in self.constants:
            self.constants[key] = Unknown()  # while it is read, and where it refers to itself
            self.constants[key] = self._global(name, file)
        return self.constants[key]

    def _global(self, name: str, file: str) -> Value:
        found = self.project.find(file, name)
        if found is None:
            return Outside(f"builtins.{name}")
        return self._read(found, f"{file}:{name}")

    def _read(self, found: Value | ValueAt, label: str) -> Value:
        if not isinstance(found, ValueAt):
            return found
        if module := required(found.expr):
            inner = self.project.find(found.file, walk.dotted(found.expr) or module)
            return (
                inner if inner is not None and not isinstance(inner, ValueAt) else Outside(module)
            )
        value = self.constant(found.expr, found.file)
        if is_store(value):
            return Outside(label)
        return value if not isinstance(value, Unknown) else Outside(label)

    def member(self, owner: Expr, name: str, state: State, file: str) -> Outcomes:
        found: Outcomes = []
        for after, held in self.eval(owner, state, file):
            if after.thrown is not None:
                found.append((after, Unknown()))
            else:
                found += self.attribute(held, name, after)
        return found

    def attribute(self, owner: Value, name: str, state: State) -> Outcomes:
        """`owner.name`; a property of a class of the project is run."""
        method = self._method(owner, name)
        getter = method is not None and method[0].role == "getter"
        if method and getter and last_written(owner, name, state) is None:
            return self.call(Code(*method, this=owner), Arguments(), state)
        return [(state, self.part(owner, name, state))]

    def part(self, owner: Value, name: str, state: State) -> Value:
        written = last_written(owner, name, state)
        if written is not None and self._method(owner, name) is None:
            return written
        if (special := self.dialect.attribute(owner, name)) is not None:
            return special
        match owner:
            case Module(file):
                found = self.project.member(file, name)
                return self._read(found, f"{file}:{name}") if found is not None else Unknown()
            case Outside(origin) if ":" not in origin:
                return Outside(f"{origin}.{name}")
            case Kind():
                return self._of_class(owner, name, owner) or Part(owner, name)
            case Made():
                return self._of_made(owner, name)
            case _:
                method = self._method(owner, name)
                return Code(*method, this=owner) if method else folded(Part(owner, name))

    def _of_made(self, owner: Made, name: str) -> Value:
        found = owner.get(name)
        if found is not None:
            return found
        related = owner.get(name.removesuffix("_id")) if name.endswith("_id") else None
        if isinstance(related, Made):
            return self.part(related, "id", State())
        kind = self.kind_of(owner)
        given = kind is None or not self._is_own(kind, name)
        if BODY in owner.rest and given:
            return Part(BODY, name)
        if kind is not None and (inherited := self._of_class(kind, name, owner)) is not None:
            return inherited
        if owner.rest and given:
            return folded(Part(owner.rest[-1], name))
        return Part(owner, name)

    def _is_own(self, kind: Kind, name: str) -> bool:
        """Whether instances have it without being given it: a method, or a key that the database
        makes."""
        if name in self.project.methods(kind):
            return True
        steps = (step for step, _ in self.project.class_steps(kind))
        return any(it.target == code.Name(name) and _is_key(it) for it in steps)

    def _method(self, owner: Value, name: str) -> tuple[Function, str] | None:
        kind = self.kind_of(owner)
        return self.project.methods(kind).get(name) if kind is not None else None

    def _of_class(self, kind: Kind, name: str, this: Value) -> Value | None:
        method = self.project.methods(kind).get(name)
        if method is not None:
            return Code(method[0], method[1], this=this)
        for step, file in self.project.class_steps(kind):
            if step.target != code.Name(name):
                continue
            nullable = _nullable(step)
            if step.value is None:
                return NONE if nullable and isinstance(this, Made) else None
            value = self.constant(step.value, file)
            if isinstance(value, Result):  # `mapped_column(default=…)`, `Field(default=…)`
                if _relates(value) and isinstance(this, Made) and "list" in _said(step):
                    return Listed(())  # nothing is related to what was just made
                default = dict(value.keywords).get("default")
                if default is None and nullable and isinstance(this, Made):
                    return NONE
                return default if isinstance(default, Const) else None
            return Const(name.lower()) if isinstance(value, Unknown) else value
        return None

    def subject_of(self, value: Value) -> str:
        """What a search is for: the name of a class, else the store that is searched; "" when
        that is not known."""
        kind = self.kind_of(value)
        if kind is not None:
            return kind.name
        store = store_of(value)
        return f"~{store!r}" if store is not None else ""

    def kind_of(self, value: Value) -> Kind | None:
        """The class of the project that a value is an instance of, as far as it is known."""
        match value:
            case Made(class_) if class_:
                file, _, name = class_.partition(":")
                class_fact = self.project.class_at(file, name)
                return Kind(name, file, class_fact) if class_fact is not None else None
            case Each(of):  # an element of what was searched for
                return self.kind_of(_searched(of))
            case Result(_, arguments):
                return next(
                    (
                        it
                        for argument in arguments
                        for it in mentioned(argument)
                        if isinstance(it, Kind)
                    ),
                    None,
                )
            case _:
                return None


def _searched(value: Value) -> Value:
    """The search behind a part of its result, such as the `items` of a page."""
    while isinstance(value, Part):
        value = value.of
    return value


def _relates(value: Result) -> bool:
    return isinstance(value.function, Outside) and value.function.origin.endswith("relationship")


def _is_key(step: code.Assign) -> bool:
    given = step.value.arguments if isinstance(step.value, code.Call) else ()
    return any(it.name == "primary_key" and it.value == code.Constant("true") for it in given)


def _said(step: code.Assign) -> str:
    return walk.type_text(step.annotation).lower()


def _nullable(step: code.Assign) -> bool:
    """Whether an attribute of a class may be left out and is None then."""
    annotation = walk.type_text(step.annotation)
    if "None" in annotation or "Optional" in annotation:
        return True
    if isinstance(step.value, code.Call):
        options = {it.name: it.value for it in step.value.arguments}
        if walk.dotted(step.value.function).endswith("Column"):
            fixed = options.keys() & {"primary_key", "default", "server_default", "onupdate"}
            return not fixed and options.get("nullable") != code.Constant("false")
        return options.get("nullable") == code.Constant("true")
    return False
