"""How a test gets what it needs: someone who is let in, things that exist, a body that is valid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, count

from backwright.facts.backend import Route
from backwright.recipes.generate_tests import samples
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.case import Expect, Ref, Send
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.execution.stores import store_of
from backwright.recipes.generate_tests.fields import Field
from backwright.recipes.generate_tests.path_values import free_value
from backwright.recipes.generate_tests.samples import NoSample
from backwright.recipes.generate_tests.scene import Provided, Scene, id_key, sent_body, settled_made
from backwright.recipes.generate_tests.success_in import repaired, succeeding
from backwright.recipes.generate_tests.surroundings import Credential, Surroundings
from backwright.recipes.generate_tests.values import (
    BODY,
    Const,
    Each,
    Given,
    Kind,
    Made,
    Part,
    Result,
    Test,
    Unknown,
    Value,
    inputs,
    mentioned,
)
from backwright.recipes.generate_tests.wording import camel, last_word, snake
from backwright.recipes.generate_tests.world import Entity, Json, World

_MAX_DEPTH = 3
_MAX_OWNERS = 2
_PARAMETER = re.compile(r"\{([^}]*)\}")


class Setup:
    """Finds scenes for the endpoints of one application."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self._labels: dict[tuple[str, str, str], str] = {}

    def scene(self, behaviour: Behaviour, depth: int = 0) -> Scene | None:
        """The first scene in which a request to the endpoint surely succeeds; None without one."""
        candidates = [None, *sorted(self.around.credentials, key=lambda it: it.weight)]
        for credential in candidates:
            scene = self.scene_as(behaviour, credential, depth)
            if scene is not None:
                return scene
        return None

    def scene_as(
        self, behaviour: Behaviour, credential: Credential | None, depth: int = 0
    ) -> Scene | None:
        """A scene in which someone succeeds, with things that are their own or, where that won't
        do, another's."""
        base = self.world(behaviour, credential)
        if base is None or not self._let_in(behaviour, base):
            return None
        owners = [it for it in self.around.credentials if it != credential]
        if not behaviour.inputs.path or depth >= _MAX_DEPTH - 1:
            owners = []
        for owner in [credential, *owners[:_MAX_OWNERS]]:
            scene = self._scene(behaviour, base, credential, owner, depth)
            if scene is not None:
                return scene
        return None

    def _scene(
        self,
        behaviour: Behaviour,
        base: World,
        credential: Credential | None,
        owner: Credential | None,
        depth: int,
    ) -> Scene | None:
        path: dict[str, Provided] = {}
        for parameter in behaviour.inputs.path:
            needed = self.kind_behind(behaviour, Given("path", parameter.name))
            if needed is None:
                continue
            found = self.provide(needed, parameter.name, owner, behaviour, depth)
            if found is None:
                return None
            path[parameter.name] = found
        references: dict[str, Provided] = {}
        for name in base.body:
            kind = self._referred(behaviour, name)
            if kind is None:
                continue
            found = self.provide(kind, name, owner, behaviour, depth)
            if found is None:
                return None
            references[name] = found
        world = replace(
            base,
            path={name: it.entity for name, it in path.items()},
            references={name: it.entity for name, it in references.items()},
            secrets_known=any(it.sends for it in references.values()),
        )
        end = succeeding(behaviour, world)
        if end is None:
            return None
        return Scene(behaviour, world, end, credential, path, references, world.body, world.query)

    def world(self, behaviour: Behaviour, credential: Credential | None) -> World | None:
        """A world with valid inputs in which nothing exists; None where they can't be made up."""
        given = behaviour.inputs
        defaults: dict[Given | Part, Value] = {
            Given("query", it.name): Const(it.default) for it in given.query if it.has_default
        }
        if given.opaque or any(it.required for it in given.header):
            return None
        body: dict[str, Json] = {}
        try:
            if given.body is not None:
                if given.body.type not in {"object", "any"}:
                    return None
                body = samples.body(given.body.fields)
                for it in given.body.fields:
                    if it.has_default:
                        defaults[Part(BODY, it.name)] = Const(it.default)
            query = samples.body(tuple(it for it in given.query if it.required))
        except NoSample:
            return None
        world = World(
            execution=self.around.execution,
            query=query,
            body=body,
            defaults=defaults,
            credential=credential.value if credential is not None else None,
            hint=credential.hint if credential is not None else "",
            unique=self._unique(behaviour),
        )
        return repaired(behaviour, world)

    def _unique(self, behaviour: Behaviour) -> frozenset[str] | None:
        backend = self.around.execution.project.situation.backend
        models = [it for it in backend.models if it.name in behaviour.route.models and it.table]
        if not models:
            return None
        fields = {it.name for model in models for it in model.fields if it.unique}
        return frozenset(
            fields.union(*(it.fields for m in models for it in m.indexes if it.unique))
        )

    def _let_in(self, behaviour: Behaviour, world: World) -> bool:
        """Whether the guards let the credential through, as far as they look at nothing else."""
        for end in behaviour.faults:
            asks = [it for it in end.conditions if _only_credential(it.value)]
            if len(asks) == len(end.conditions) and world.reaches(end) is not False:
                return False
        return True

    # Things that exist

    def kind_behind(self, behaviour: Behaviour, given: Given) -> str | None:
        """What a parameter names: the class that it is looked up by, "" for an unknown one; None
        when nothing is looked up by it."""
        found: str | None = None
        for value in _asked(behaviour):
            for part in mentioned(value):
                if not isinstance(part, Result | Test) or given not in inputs(part):
                    continue
                if isinstance(part, Test) and part.operator == "in":
                    store = store_of(part.operands[1])
                    found = found or (f"~{store!r}" if store is not None else "")
                if isinstance(part, Result) and (subject := self._subject(part, given)) is not None:
                    return subject
                if isinstance(part, Result) and _of_unknown(part):
                    found = found or ""
        return found

    def _subject(self, part: Result, given: Given) -> str | None:
        """What a call looks up by the parameter alone; None when it looks up nothing."""
        only = {it for it in inputs(part) if it.where in {"path", "body"}}
        subject = self.around.execution.subject_of(part)
        if not subject or only != {given} or not isinstance(part.function, Part):
            return None
        return subject

    def _referred(self, behaviour: Behaviour, name: str) -> str | None:
        """The class of what a field of the body names, when a request fails without one."""
        field = Part(BODY, name)
        for end in behaviour.faults:
            if not end.conditions:
                continue
            last = end.conditions[-1]
            if last.holds or not isinstance(last.value, Result | Test | Part):
                continue
            parts = [it for it in mentioned(last.value) if isinstance(it, Part) and it.of == BODY]
            subject = self.around.execution.subject_of(last.value)
            others = any(it.where in {"credential", "path"} for it in inputs(last.value))
            if subject and parts and not others and all(it == field for it in parts):
                return subject
        return None

    def provide(
        self,
        kind: str,
        name: str,
        credential: Credential | None,
        behaviour: Behaviour,
        depth: int,
    ) -> Provided | None:
        """A thing that a parameter can name: from a fixture, else made through the API."""
        key = self._key(behaviour, kind, name) or "id"
        if key != "id" and depth < _MAX_DEPTH:  # what it is called is known where the test made it
            made = self._made(kind, name, key, credential, behaviour, depth)
            if made is not None:
                return made
        for thing in self.around.things:
            if kind and thing.kind == kind:
                ref = Ref(thing.name, (key,), fixture=True)
                return Provided(Entity(kind, thing.value, key), ref, (), (thing.name,))
        if depth >= _MAX_DEPTH or key != "id":
            return None
        return self._made(kind, name, key, credential, behaviour, depth)

    def _made(
        self,
        kind: str,
        name: str,
        key: str,
        credential: Credential | None,
        behaviour: Behaviour,
        depth: int,
    ) -> Provided | None:
        for route in self._creators(behaviour, kind, name):
            other = self.around.behaviour(route)
            if other is None or not _makes(other, kind, self.around.execution):
                continue
            scene = self.scene_as(other, credential, depth + 1) if credential else None
            scene = scene or self.scene(other, depth + 1)
            if scene is None:
                continue
            named = (
                re.sub(r"_?id$", "", snake(name), flags=re.IGNORECASE) if kind[:1] == "~" else kind
            )
            maker = scene.credential.name if scene.credential is not None else ""
            label = self.name_for(named or last_word(route.path), f"{route.title} {maker}")
            ref: Ref | Json
            if key != "id" and key in scene.body and key not in scene.references:
                ref = scene.body[key]
            elif (place := id_key(other, scene, name)) is not None:
                ref = Ref(label, place)
            else:
                continue
            send = self.send(scene, label, Expect(status=(scene.end.status,)))
            entity = Entity(kind, settled_made(scene), key)
            return Provided(entity, ref, (*scene.sends(), send), scene.fixtures())
        return None

    def _creators(self, behaviour: Behaviour, kind: str, name: str) -> Iterator[Route]:
        """The endpoints that may make such a thing: that of its collection first."""
        before = behaviour.route.path.split("{" + name + "}")[0].rstrip("/")
        posts = [
            it
            for it in self.around.routes
            if it.method == "POST" and it.resolved and it.protocol == "http"
        ]
        own = [it for it in posts if it.path.rstrip("/") == before and before]
        yield from own
        if kind:
            yield from (it for it in posts if it not in own)

    def _key(self, behaviour: Behaviour, kind: str, name: str) -> str:
        """The attribute that a lookup compares the parameter with."""
        asked = {Given("path", name), Part(BODY, name)}
        for value in _asked(behaviour):
            for part in mentioned(value):
                if not isinstance(part, Test) or part.operator != "==":
                    continue
                if asked & set(part.operands):
                    for other in part.operands:
                        if isinstance(other, Part) and isinstance(other.of, Kind | Each):
                            return other.name
        return ""

    # Requests

    def name_for(self, what: str, of: str) -> str:
        """What the answer is called that made something; one name for each maker."""
        base = snake(what)
        base = base[:-1] if base.endswith("s") and not base.endswith("ss") else base or "created"
        key = (base, of, "")
        if key not in self._labels:
            used = {*self._labels.values(), *self.around.taken, "response", "found", "first"}
            more = (f"new_{base}_{number}" for number in count(2))
            names = chain((base, f"new_{base}"), more)
            spelt = camel if self.around.camel else str
            self._labels[key] = next(it for it in map(spelt, names) if it not in used)
        return self._labels[key]

    def send(
        self,
        scene: Scene,
        name: str = "response",
        expect: Expect | None = None,
        *,
        anonymous: bool = False,
    ) -> Send:
        behaviour = scene.behaviour
        credential = "" if anonymous or scene.credential is None else scene.credential.name
        return Send(
            name=name,
            method=behaviour.route.method,
            path=self.path(behaviour, scene.path),
            query=tuple(scene.query.items()),
            body=sent_body(scene),
            has_body=behaviour.inputs.body is not None,
            form=behaviour.inputs.form,
            credential=credential,
            expect=expect or Expect(status=(scene.end.status,)),
        )

    def path(
        self,
        behaviour: Behaviour,
        provided: Mapping[str, Provided],
        values: Mapping[str, str | int] | None = None,
    ) -> tuple[str | Ref, ...]:
        """The path of a request: parameters that name something refer to it."""
        parts: list[str | Ref] = []
        at = 0
        text = behaviour.route.path
        fields = {it.name: it for it in behaviour.inputs.path}
        for found in _PARAMETER.finditer(text):
            name = found.group(1).rstrip("*")
            parts.append(text[at : found.start()])
            at = found.end()
            if values is not None and name in values:
                parts.append(str(values[name]))
            elif name in provided:
                ref = provided[name].ref
                parts.append(ref if isinstance(ref, Ref) else str(ref))
            else:
                parts.append(str(free_value(fields.get(name, Field(name=name)))))
        parts.append(text[at:])
        return tuple(it for it in parts if it != "")


def _of_unknown(part: Result) -> bool:
    """Whether a method of something is called of which nothing is known: it may look things up."""
    return isinstance(part.function, Part) and isinstance(part.function.of, Unknown)


def _only_credential(value: Value) -> bool:
    given = inputs(value)
    return bool(given) and all(it.where == "credential" for it in given)


def _asked(behaviour: Behaviour) -> Iterator[Value]:
    for end in behaviour.exits:
        yield from (it.value for it in end.conditions)
        if end.body is not None:
            yield end.body
        for owner, _, value in end.writes:
            yield owner
            yield value


def _makes(behaviour: Behaviour, kind: str, execution: Execution) -> bool:
    """Whether a request to the endpoint leaves such a thing behind."""
    if not kind:
        return True
    for end in behaviour.fine:
        for part in mentioned(end.body):
            if isinstance(part, Made) and part.class_.endswith(f":{kind}"):
                return True
        for owner, at, value in end.writes:
            if isinstance(value, Made) and value.class_.endswith(f":{kind}"):
                return True
            if kind[0] == "~" and at not in {"statusCode"} and f"~{store_of(owner)!r}" == kind:
                return True
    return False
