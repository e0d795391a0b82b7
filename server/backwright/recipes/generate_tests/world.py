"""A situation in which a request is made: what is sent, by whom, and what exists already.

In a world the conditions of a handler's ends become true or false, or stay open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.fold import folded, truth
from backwright.recipes.generate_tests.people import (
    claims,
    compares_secrets,
    is_person,
    reads_token,
)
from backwright.recipes.generate_tests.searches import asks_membership, fixed, of_body, search
from backwright.recipes.generate_tests.state import Condition, State
from backwright.recipes.generate_tests.values import (
    BODY,
    NONE,
    Code,
    Const,
    Each,
    Given,
    Joined,
    Listed,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Value,
    inputs,
    mentioned,
)

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that exists in a world: an instance of `kind`, as far as it is known."""

    kind: str
    value: Value | None = None
    key: str = "id"
    """The attribute by which requests name it."""


@dataclass(frozen=True, slots=True)
class World:
    """`path` holds the entities that path parameters name; a parameter that is not there names
    nothing. `references` are those that fields of the body name. `credential` is None without
    credentials; its value is what the test sends, such as a table of headers."""

    execution: Execution
    path: Mapping[str, Entity] = field(default_factory=dict)
    absent: Mapping[str, str | int] = field(default_factory=dict)
    query: Mapping[str, Json] = field(default_factory=dict)
    body: Mapping[str, Json] = field(default_factory=dict)
    references: Mapping[str, Entity] = field(default_factory=dict)
    defaults: Mapping[Given | Part, Value] = field(default_factory=dict)
    credential: Value | None = None
    hint: str = ""
    """What is said of the credential in words: its name, and the text that makes it."""
    forged: bool = False
    """The credential has the right form, but nobody gave it out."""
    secrets_wrong: bool = False
    secrets_known: bool = False
    """What is sent as a password is the one that was set."""
    repeated: bool = False
    """The same body was sent before, and what it asked for exists."""
    unique: frozenset[str] | None = None
    """The fields that no two rows of the models may share; None where no model is known."""

    # What is true

    def holds(self, condition: Condition) -> bool | None:
        """Whether the condition is met; None when that can't be told."""
        if (caught := self._fails(condition.value)) is not None:
            return caught is condition.holds
        value = self.settled(condition.value)
        answer = truth(value)
        if answer is None:
            answer = self._exists(condition.value)
        if answer is None and self.credential is not None:
            answer = self._hinted(condition.value)
        return None if answer is None else answer is condition.holds

    def reaches(self, end: Exit) -> bool | None:
        """Whether a request comes to the end: True, False, or None when a condition stays open."""
        sure = True
        for condition in reversed(end.conditions):  # the last one tells an end from the others
            answer = self.holds(condition)
            if answer is False:
                return False
            sure = sure and answer is True
        return True if sure else None

    def open_conditions(self, end: Exit) -> list[Condition]:
        return [it for it in end.conditions if self.holds(it) is None]

    # What values are

    def settled(self, value: Value) -> Value:
        """The value with what the world knows put in."""
        if isinstance(value, Given | Part) and (known := self._known(value)) is not None:
            return known
        match value:
            case Part(of, "length") if self._exists(of) is False:
                return Const(0)
            case Part(of, name):
                return self._part(self.settled(of), name)
            case Result():
                return self._result(value)
            case Listed(values):
                return Listed(tuple(self.settled(it) for it in values))
            case Joined(parts):
                return folded(Joined(tuple(self.settled(it) for it in parts)))
            case Test(operator, operands):
                return self._test(operator, operands)
            case Made() if not value.class_:
                return self._merged(value)
            case _:
                return value

    def _merged(self, value: Made) -> Value:
        """A table with what is spread into it put in, where that is known."""
        fields: dict[str, Value] = {}
        rest: list[Value] = []
        for spread in value.rest:
            settled = self.settled(spread)
            if isinstance(settled, Made) and not settled.class_:
                fields.update(settled.fields)
                rest += settled.rest
            elif settled == BODY:
                fields.update({name: self.settled(Part(BODY, name)) for name in self.body})
            else:
                rest.append(settled)
        fields.update({name: self.settled(it) for name, it in value.fields})
        return Made("", tuple(fields.items()), tuple(rest), value.site)

    def _test(self, operator: str, operands: tuple[Value, ...]) -> Value:
        if operator == "valid":
            return Const(True)  # what a world sends keeps the limits that are declared
        if operator == "in" and operands[1] == BODY and isinstance(operands[0], Const):
            return Const(str(operands[0].value) in self.body)
        settled = tuple(self.settled(it) for it in operands)
        return folded(Test(operator, settled))

    def _part(self, of: Value, name: str) -> Value:
        if isinstance(of, Made) and of.class_:
            found = self.execution.part(of, name, State())
            return found if not isinstance(found, Code) else Part(of, name)
        return folded(Part(of, name))

    def _known(self, value: Given | Part) -> Value | None:
        match value:
            case Given("credential", _):
                return NONE if self.credential is None else None
            case Given("path", name):
                return Const(self.absent[name]) if name in self.absent else None
            case Given("query", name):
                if name in self.query:
                    return _value(self.query[name])
                return self.defaults.get(value, NONE)
            case Given("header" | "cookie", name):
                return NONE if name != "*" else None
            case Part(of, name) if of == BODY:
                if name in self.references:
                    entity = self.references[name]
                    named = entity.value
                    return self._part(named, entity.key) if named is not None else None
                if name in self.body:
                    return _value(self.body[name])
                return self.defaults.get(value, NONE)
            case _:
                return None

    def _result(self, value: Result) -> Value:
        if self.credential is not None and reads_token(value):
            return claims(self.credential) or value
        given = inputs(value)
        called = value.function
        plain = isinstance(called, Outside) and called.origin.startswith("builtins.")
        if not plain and not self._searches(value):
            subject = self.execution.subject_of(value)
            for entity in self._entities(value, given):
                if subject and entity.kind == subject and isinstance(entity.value, Made):
                    return entity.value
            if (found := self._keyed(value)) is not None:
                return found
            if subject and (person := self._user(value, given)) is not None:
                return person
        if (nothing := self._of_nothing(value)) is not None:
            return nothing
        function = value.function
        if isinstance(function, Part):
            function = Part(self.settled(function.of), function.name)
        arguments = tuple(self.settled(it) for it in value.arguments)
        keywords = tuple((name, self.settled(it)) for name, it in value.keywords)
        return folded(Result(function, arguments, keywords))

    def _of_nothing(self, value: Result) -> Value | None:
        """What is counted or added up where a search finds nothing."""
        match value:
            case Result(Part(of, "reduce"), (_, start)) if self._exists(of) is False:
                return self.settled(start)
            case Result(Outside("builtins.len" | "builtins.sum"), (of,)) if (
                self._exists(of) is False
            ):
                return Const(0)
            case Result(Part(of, "count"), ()) if self._exists(of) is False:
                return Const(0)
            case _:
                return None

    def _keyed(self, value: Result) -> Made | None:
        """What is looked up by the id of something known: `rides.get(reservation.rideId)`."""
        name = value.function.name if isinstance(value.function, Part) else ""
        if not re.match(r"get|find", name) or not value.arguments:
            return None
        key = value.arguments[-1]
        while isinstance(key, Result) and len(key.arguments) == 1:  # `Number(id)`
            key = key.arguments[0]
        if not isinstance(key, Part):
            return None
        settled = self.settled(key)
        if isinstance(settled, Part) and settled.name == "id" and isinstance(settled.of, Made):
            return settled.of
        return None

    def _user(self, value: Result, given: set[Given]) -> Value | None:
        """Who asks, where a store is searched by nothing but the credential."""
        if self.credential is None or not given or self.execution.kind_of(value) is not None:
            return None
        if any(it.where != "credential" for it in given) or not isinstance(value.function, Part):
            return None
        return next((it for it in mentioned(self.credential) if is_person(it)), None)

    def _searches(self, value: Value) -> bool:
        """Whether a call looks for something other than what the request names."""
        for part in mentioned(value):
            if isinstance(part, Part) and part.of == BODY and part.name not in self.references:
                return True
            if isinstance(part, Test) and part.operator in {"!=", "is not", "not in"}:
                return True
        return False

    def _entities(self, value: Value, given: set[Given]) -> list[Entity]:
        """The things that the inputs of a value name."""
        found = [self.path[it.name] for it in given if it.where == "path" and it.name in self.path]
        found += [
            self.references[it.name]
            for it in mentioned(value)
            if isinstance(it, Part) and it.of == BODY and it.name in self.references
        ]
        if self.credential is not None and any(it.where == "credential" for it in given):
            found += [
                Entity(it.class_.partition(":")[2], it)
                for it in mentioned(self.credential)
                if isinstance(it, Made) and it.class_
            ]
        return found

    # What exists

    def _exists(self, value: Value) -> bool | None:
        """Whether a search finds something: it does when what it asks for was made before."""
        if isinstance(value, Given) and value.where == "credential":
            return self.credential is not None
        value = search(value)
        if isinstance(value, Each) and of_body(value.of):
            return None not in self.body.values()
        if not isinstance(value, Result | Each):
            return None
        if isinstance(value, Result) and asks_membership(value):
            return None
        secrets = self.secrets_known or self.secrets_wrong
        if secrets and isinstance(value, Result) and compares_secrets(value):
            return not self.secrets_wrong
        return self._finds(value)

    def _finds(self, value: Result | Each) -> bool | None:
        """Whether a search of a store or a table finds something."""
        if isinstance(value, Result) and self._keyed(value) is not None:
            return True
        given = inputs(value)
        if all(it.where == "query" for it in given):
            return None
        if any(it.where == "path" and it.name in self.absent for it in given):
            return False
        if all(it.where == "credential" for it in given):
            return self.credential is not None and not self.forged
        subject = self.execution.subject_of(value)
        entities = self._entities(value, given)
        by_body = [
            it
            for it in mentioned(value)
            if isinstance(it, Part) and it.of == BODY and it.name not in self.references
        ]
        if subject:
            found = any(it.kind == subject for it in entities)
            return True if found and not by_body else self.repeated and bool(by_body)
        if by_body:
            return self.repeated
        return bool(entities) or None

    def _hinted(self, value: Value) -> bool | None:
        """What the words about a credential say of a question that looks at nothing else."""
        if any(it.where != "credential" for it in inputs(value)) or not inputs(value):
            return None
        if isinstance(value, Part):
            name = value.name.lower()
            if any(it in name for it in ("disabled", "banned", "locked", "deleted", "revoked")):
                return False
            if "active" in name or "enabled" in name or "verified" in name:
                return True
            return name.removeprefix("is_").removeprefix("is") in self.hint.lower()
        if isinstance(value, Test) and value.operator in {"==", "is", "in"}:
            wanted = {
                str(it.value).lower()
                for it in mentioned(
                    value.operands[0] if fixed(value.operands[0]) else value.operands[1]
                )
                if isinstance(it, Const) and it.value
            }
            if wanted == {"bearer"}:
                return True
            if self.forged:
                return None
            return any(it in self.hint.lower() for it in wanted) if wanted else None
        return None

    def _fails(self, value: Value) -> bool | None:
        """Whether something throws: reading a token does without a good one."""
        if not isinstance(value, Test) or value.operator != "fails":
            return None
        given = inputs(value.operands[1])
        name = str(value.operands[0].value) if isinstance(value.operands[0], Const) else ""
        if any(it.where == "credential" for it in given):
            return self.credential is None or self.forged
        if "Integrity" in name or "Duplicate" in name or "Unique" in name:
            return self.repeated and (self.unique is None or bool(self.unique & self.body.keys()))
        return False


def _value(value: Json) -> Value:
    if isinstance(value, list):
        return Listed(tuple(_value(it) for it in value))
    if isinstance(value, dict):
        return Made("", tuple((name, _value(it)) for name, it in value.items()))
    return Const(value)
