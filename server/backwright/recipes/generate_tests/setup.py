"""How a test gets what it needs: someone who is let in, things that exist, a body that is valid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from backwright.facts.backend import Route
from backwright.recipes.generate_tests import samples
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.case import Expect, Ref, Send, Sent, unique
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.execution.stores import store_of
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.fields import Field
from backwright.recipes.generate_tests.samples import NoSample
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
    body_fields,
    inputs,
    mentioned,
)
from backwright.recipes.generate_tests.world import Entity, Json, World, identified

_MAX_DEPTH = 3
_MAX_OWNERS = 2
_PARAMETER = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Provided:
    """Something that exists in a test: where its name comes from, and what is known of it."""

    entity: Entity
    ref: Ref | Json
    sends: tuple[Send, ...] = ()
    fixtures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """All that stands ready for one request to an endpoint."""

    behaviour: Behaviour
    world: World
    end: Exit
    credential: Credential | None = None
    path: Mapping[str, Provided] = field(default_factory=dict)
    references: Mapping[str, Provided] = field(default_factory=dict)
    body: Mapping[str, Json] = field(default_factory=dict)
    query: Mapping[str, Json] = field(default_factory=dict)

    @property
    def provided(self) -> list[Provided]:
        return [*self.path.values(), *self.references.values()]

    def sends(self) -> tuple[Send, ...]:
        return unique(it for one in self.provided for it in one.sends)

    def fixtures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(it for one in self.provided for it in one.fixtures))


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
        )
        return repaired(behaviour, world)

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
                re.sub(r"_?id$", "", _snake(name), flags=re.IGNORECASE) if kind[:1] == "~" else kind
            )
            maker = scene.credential.name if scene.credential is not None else ""
            label = self.name_for(named or last_word(route.path), f"{route.title} {maker}")
            ref: Ref | Json
            if key != "id" and key in scene.body and key not in scene.references:
                ref = scene.body[key]
            elif (place := _id_key(other, scene, name)) is not None:
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
        base = _snake(what)
        base = base[:-1] if base.endswith("s") and not base.endswith("ss") else base or "created"
        key = (base, of, "")
        if key not in self._labels:
            used = {*self._labels.values(), *self.around.taken, "response", "found", "first"}
            names = [base, f"new_{base}", *(f"new_{base}_{number}" for number in range(2, 9))]
            names = [_camel(it) if self.around.camel else it for it in names]
            self._labels[key] = next(it for it in names if it not in used)
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


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(it.title() for it in rest)


def last_word(path: str) -> str:
    """The last part of a path that is no parameter."""
    return next((it for it in reversed(path.split("/")) if it and "{" not in it), "")


def free_value(field: Field) -> str | int:
    """A valid value of a path parameter that need not name anything."""
    if field.type in {"any", "string"} and not field.pattern and not field.choices:
        return "sample"
    value = samples.valid(field)
    return value if isinstance(value, str | int) else str(value)


def absent_value(field: Field) -> str | int:
    """A valid value that surely names nothing."""
    match field.type:
        case "uuid":
            return "00000000-0000-4000-8000-00000000dead"
        case "integer" | "number":
            return 999_999 if field.maximum is None else int(field.maximum)
        case "any" | "string" if not field.pattern:
            return "999999" if field.name.lower().endswith("id") else "no-such-thing"
        case _:
            return free_value(field)


def repaired(behaviour: Behaviour, world: World) -> World:
    """The world with other values in the body where own checks refuse the first ones."""
    fields = {it.name: it for it in behaviour.inputs.body.fields} if behaviour.inputs.body else {}
    for _ in range(4):
        end = next((it for it in behaviour.faults if _refuses_body(it, world)), None)
        if end is None:
            return world
        names = {name for it in end.conditions for name in body_fields(it.value)}
        better = next(
            (
                changed
                for name in sorted(names & fields.keys())
                for value in samples.others(fields[name])
                if not _refuses_body(
                    end, changed := replace(world, body={**world.body, name: value})
                )
            ),
            None,
        )
        if better is None:
            return world
        world = better
    return world


def _refuses_body(end: Exit, world: World) -> bool:
    """Whether a request in the world fails for nothing but its body."""
    if not end.conditions or world.reaches(end) is not True:
        return False
    given = {it for condition in end.conditions for it in inputs(condition.value)}
    last = inputs(end.conditions[-1].value)
    return bool(last) and all(it.where == "body" for it in last) and BODY in given


def succeeding(behaviour: Behaviour, world: World) -> Exit | None:
    """The end that a request in the world comes to, when that is a success."""
    for end in behaviour.faults:
        if world.reaches(end) is True:
            return None
    sure = [it for it in behaviour.fine if world.reaches(it) is True]
    if sure:
        return sure[0]
    likely = [it for it in behaviour.fine if world.reaches(it) is None]
    if likely and _agree(likely) and all(_harmless(it, behaviour, world) for it in likely[:1]):
        return likely[0]
    return None


def _agree(ends: list[Exit]) -> bool:
    return len({it.status for it in ends}) == 1


def _harmless(end: Exit, behaviour: Behaviour, world: World) -> bool:
    """Whether what stays open decides nothing but the way, or only compares valid inputs with
    limits, which they are made to keep."""
    deciding = {
        condition.value
        for fault in behaviour.faults
        if world.reaches(fault) is None
        for condition in world.open_conditions(fault)[-1:]
    }
    return all(
        condition.value not in deciding or _compares_inputs(condition.value)
        for condition in world.open_conditions(end)
    )


def _compares_inputs(value: Value) -> bool:
    given = inputs(value)
    return (
        isinstance(value, Test)
        and value.operator in {"<", ">", "<=", ">="}
        and bool(given)
        and all(it.where in {"body", "query"} for it in given)
    )


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


def settled_made(scene: Scene) -> Made | None:
    """What the request made, its fields as they are in the scene's world."""
    body = scene.end.body
    own = [body] if isinstance(body, Made) and body.class_ else []
    stored = [it for _, at, it in scene.end.writes if at == "[]" and isinstance(it, Made)]
    inside = [it for it in mentioned(body) if isinstance(it, Made) and it.class_]
    for part in (*own, *stored, *inside):
        fields = tuple((name, scene.world.settled(it)) for name, it in part.fields)
        spread: tuple[tuple[str, Value], ...] = ()
        if BODY in part.rest:
            spread = tuple((name, scene.world.settled(Part(BODY, name))) for name in scene.body)
        credential = scene.credential.name if scene.credential is not None else ""
        whole = replace(part, fields=(*spread, *fields), rest=())
        return identified(whole, f"{scene.behaviour.route.title} {credential}")
    return None


def _id_key(behaviour: Behaviour, scene: Scene, name: str) -> tuple[str, ...] | None:
    """Where the answer says what a parameter of that name can be."""
    names = answered(behaviour, scene.end)
    for candidate in (name, "id", "_id", "uuid", "slug", name.removesuffix("_id")):
        if candidate in names:
            return (candidate,)
    own = [it for it in names if it.endswith(("_id", "Id"))]
    if len(own) == 1:
        return (own[0],)
    body = scene.end.body
    if isinstance(body, Made) and not body.class_ and len(body.fields) == 1:
        wrapper, inner = body.fields[0]
        if isinstance(inner, Made) and (inner.get("id") is not None or inner.rest):
            return (wrapper, "id")
    return None


def answered(behaviour: Behaviour, end: Exit) -> tuple[str, ...]:
    """The names of the fields in an answer, () where they are not known."""
    if behaviour.response is not None:
        return tuple(it.name for it in behaviour.response.fields)
    body = end.body
    if isinstance(body, Made):
        return tuple(dict.fromkeys([name for name, _ in body.fields]))
    return ()


def sent_body(scene: Scene) -> Sent:
    if scene.behaviour.inputs.body is None:
        return None
    found: dict[str, Sent] = {}
    for name, value in scene.body.items():
        found[name] = scene.references[name].ref if name in scene.references else value
    return found
