"""Which tests an endpoint deserves: one for each end that can surely be brought about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from backwright.recipes.generate_tests import samples
from backwright.recipes.generate_tests.behaviour import DENIED, Behaviour
from backwright.recipes.generate_tests.case import Case, Expect, Ref, Rows, Send, Sent, unique
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.expectations import expected, list_place
from backwright.recipes.generate_tests.fields import Field
from backwright.recipes.generate_tests.setup import (
    Provided,
    Scene,
    Setup,
    last_word,
    absent_value,
    free_value,
    sent_body,
    settled_made,
    succeeding,
)
from backwright.recipes.generate_tests.state import Condition, State
from backwright.recipes.generate_tests.surroundings import FORGED, Credential, Surroundings
from backwright.recipes.generate_tests.values import (
    BODY,
    Const,
    Each,
    Given,
    Made,
    Outside,
    Part,
    Result,
    Test,
    Value,
    body_fields,
    inputs,
    mentioned,
)
from backwright.recipes.generate_tests.world import Entity, Json, World


@dataclass(frozen=True, slots=True)
class Plan:
    """The tests, the most telling first, and what could not be brought about."""

    cases: tuple[Case, ...]
    unserved: tuple[str, ...] = ()


def plan_tests(behaviour: Behaviour, around: Surroundings) -> Plan:
    return _Planner(behaviour, around).plan()


@dataclass(slots=True)
class _Planner:
    behaviour: Behaviour
    around: Surroundings
    setup: Setup = field(init=False)
    scene: Scene | None = field(init=False)
    served: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.setup = Setup(self.around)
        self.scene = self.setup.scene(self.behaviour) if self._understood() else None

    def plan(self) -> Plan:
        cases: list[Case] = []
        unserved: list[str] = []
        if self.scene is not None:
            cases += self._success(self.scene)
            cases += self._list(self.scene)
        else:
            unserved.append(
                f"a successful {self.behaviour.route.title}: "
                f"{self.behaviour.inputs.opaque or 'what it needs could not be set up from the code'}"
            )
        cases += self._denied()
        cases += self._forbidden()
        cases += self._unknown() if self._understood() else ()
        cases += self._invalid()
        if self.scene is not None:
            cases += self._conflicts(self.scene)
        unserved += self._left()
        return Plan(tuple(self._within_budget(cases)), tuple(dict.fromkeys(unserved)))

    def _understood(self) -> bool:
        """Whether the guards that stand before the handler are among what was read."""
        if not self.behaviour.route.guards:
            return True
        return any(_about_credential(it) for it in self.behaviour.exits)

    # All is well

    def _success(self, scene: Scene) -> Iterator[Case]:
        send = self.setup.send(scene, "response", expected(scene))
        follow = tuple(self._follow_up(scene))
        yield Case("", (*scene.sends(), send, *follow), scene.fixtures())

    def _follow_up(self, scene: Scene) -> Iterator[Send]:
        """A look at what the request has left behind."""
        method, route = self.behaviour.route.method, self.behaviour.route
        if method == "POST":
            yield from self._read_back(scene)
            return
        if method not in {"PUT", "PATCH", "DELETE"}:
            return
        reader = self._route("GET", route.path)
        other = self.around.behaviour(reader) if reader is not None else None
        if other is None:
            return
        if method == "DELETE":
            yield from self._gone(scene, other)
        else:
            yield from self._changed(scene, other)

    def _read_back(self, scene: Scene) -> Iterator[Send]:
        from_answer = expected(scene)
        base = self.behaviour.route.path.rstrip("/")
        for route in self.around.routes:
            if route.method != "GET" or not route.path.startswith(base + "/{"):
                continue
            parameter = route.path[len(base) + 2 :].rstrip("}")
            if "/" in parameter or "}" in parameter:
                continue
            other = self.around.behaviour(route)
            key = next((it for it in (parameter, "id") if it in from_answer.keys), None)
            if other is None or key is None:
                continue
            kind = self.setup.kind_behind(other, Given("path", parameter))
            if kind is None:
                continue
            made = settled_made(scene)
            entity = Entity(kind, made)
            provided = Provided(entity, Ref("response", (key,)))
            inner = self._scene_with(other, scene, {**scene.path, parameter: provided})
            if inner is None:
                continue
            equal = tuple(it for it in from_answer.equal if it[0][0] in _shared(other, inner))
            if key in _shared(other, inner):
                equal = (*equal, ((key,), Ref("response", (key,))))
            check = Expect(status=(inner.end.status,), equal=equal)
            yield self.setup.send(inner, "found", check)
            return

    def _gone(self, scene: Scene, other: Behaviour) -> Iterator[Send]:
        """After a deletion nothing is found, where a reader says so."""
        if not any(_lookup_fails(it) for it in other.faults):
            return
        inner = self._scene_with(other, scene, scene.path)
        if inner is None:
            return
        for end in other.faults:
            if end.status in {404, 410} and _lookup_fails(end):
                yield self.setup.send(inner, "gone", Expect(status=(end.status,)))
                return

    def _changed(self, scene: Scene, other: Behaviour) -> Iterator[Send]:
        inner = self._scene_with(other, scene, scene.path)
        if inner is None or not scene.body:
            return
        shared = _shared(other, inner)
        equal = [it for it in expected(scene).equal if it[0][0] in shared]
        if not equal:
            equal = [
                ((name,), value)
                for name, value in scene.body.items()
                if name in shared and name not in scene.references and self._writes(scene, name)
            ]
        if equal:
            check = Expect(status=(inner.end.status,), equal=tuple(equal))
            yield self.setup.send(inner, "found", check)

    def _writes(self, scene: Scene, name: str) -> bool:
        return any(at == name and value == Part(BODY, name) for _, at, value in scene.end.writes)

    def _scene_with(
        self, other: Behaviour, scene: Scene, path: dict[str, Provided] | object
    ) -> Scene | None:
        """A scene of another endpoint in which the same things exist, seen by the same person."""
        assert isinstance(path, dict) or hasattr(path, "items")
        provided: dict[str, Provided] = dict(path)  # type: ignore[call-overload]
        for credential in (scene.credential, None):
            world = self.setup.world(other, credential)
            if world is None:
                continue
            names = {it.name for it in other.inputs.path}
            kept = {name: it for name, it in provided.items() if name in names}
            world = replace(world, path={name: it.entity for name, it in kept.items()})
            end = succeeding(other, world)
            if end is not None:
                return Scene(other, world, end, credential, kept, {}, world.body, world.query)
            if credential is None:
                break
        return None

    def _list(self, scene: Scene) -> Iterator[Case]:
        """Something that exists is in the list."""
        route = self.behaviour.route
        place = list_place(scene)
        if route.method != "GET" or place is None:
            return
        creator = self._route("POST", route.path)
        other = self.around.behaviour(creator) if creator is not None else None
        if other is None:
            return
        made = self.setup.scene_as(other, scene.credential) or self.setup.scene(other)
        if made is None or "id" not in expected(made).keys:
            return
        if not self._lists_what_is_made(scene, made):
            return
        maker = made.credential.name if made.credential is not None else ""
        label = self.setup.name_for(last_word(route.path), f"{other.route.title} {maker}")
        create = self.setup.send(made, label, Expect(status=(made.end.status,)))
        inner = self._scene_with(self.behaviour, made, made.path)
        if inner is None:
            return
        check = Expect(
            status=(inner.end.status,),
            at=place,
            lists=("id", Ref(label, ("id",))),
            alike=_alike(other, made, inner),
        )
        send = self.setup.send(inner, "response", check)
        yield Case(
            "holds what was created",
            (*made.sends(), create, send),
            made.fixtures(),
        )

    def _lists_what_is_made(self, scene: Scene, made: Scene) -> bool:
        """Whether the list is of the same store or table, with no filter but its owner's."""
        classes = {
            it.class_.rpartition(":")[2] for it in mentioned(made.end.body) if isinstance(it, Made)
        }
        stores = {f"~{owner!r}" for owner, at, _ in made.end.writes if at == "[]"}
        for part in mentioned(scene.end.body):
            subject = self.around.execution.subject_of(part) if isinstance(part, Result) else ""
            if subject and subject in classes | stores:
                return True
        return False

    # Guards

    def _denied(self) -> Iterator[Case]:
        """Without credentials."""
        if not any(_about_credential(it) for it in self.behaviour.faults):
            return
        world = self.setup.world(self.behaviour, None)
        world = world or World(execution=self.around.execution)
        scene = self.scene
        if scene is not None:
            world = replace(world, path=scene.world.path, references=scene.world.references)
        end = self._first(world)
        if end is None or not (end.failed or end.status >= 400) or end.status == 0:
            return
        self._serve(end)
        yield self._bare_case("without credentials", end, scene, needs=_needs_path(end))
        yield from self._forged(scene)

    def _forged(self, scene: Scene | None) -> Iterator[Case]:
        """With a token that nobody gave out."""
        kinds = {
            it.name
            for end in self.behaviour.faults
            for condition in end.conditions
            for it in inputs(condition.value)
            if it.where == "credential"
        }
        if kinds != {"bearer"}:
            return
        world = self.setup.world(self.behaviour, None)
        if world is None:
            return
        world = replace(world, credential=Const("not-a-token"), forged=True)
        if scene is not None:
            world = replace(world, path=scene.world.path, references=scene.world.references)
        end = self._first(world)
        if end is None or end.status not in {401, 403} or not end.failed:
            return
        if any(_needs_path(it) for it in [end]):
            return
        self._serve(end)
        forged = Credential(FORGED, Const("not-a-token"))
        yield self._bare_case("with an invalid token", end, scene, credential=forged)

    def _forbidden(self) -> Iterator[Case]:
        """As somebody who may not: with a lesser role, or where a thing is another's."""
        own = [self.setup.scene_as(self.behaviour, it) for it in self.around.credentials]
        scenes = [self.scene, *(it for it in own if it is not None)]
        shown: set[int] = set()
        for scene in scenes:
            for credential in self.around.credentials:
                if scene is not None and credential == scene.credential:
                    continue
                end = self._refused_as(credential, scene)
                if end is None or id(end) in shown:
                    continue
                shown.add(id(end))
                self._serve(end)
                yield self._bare_case(
                    "of somebody else" if _needs_path(end) else "without permission",
                    end,
                    scene,
                    credential=credential,
                    needs=_needs_path(end),
                )

    def _refused_as(self, credential: Credential, scene: Scene | None) -> Exit | None:
        world = self.setup.world(self.behaviour, credential)
        if world is None:
            return None
        if scene is not None:
            world = replace(world, path=scene.world.path, references=scene.world.references)
        end = self._first(world)
        if end is None or end.status not in {401, 403, 404, DENIED} or not end.failed:
            return None
        return end if any(_credential_decides(it) for it in end.conditions[-1:]) else None

    def _bare_case(
        self,
        what: str,
        end: Exit,
        scene: Scene | None,
        *,
        credential: Credential | None = None,
        needs: bool = False,
    ) -> Case:
        """A request that a guard turns away; what exists only matters where the guard looks."""
        status = (401, 403) if end.status == DENIED else (end.status,)
        behaviour = self.behaviour
        provided = dict(scene.path) if scene is not None and needs else {}
        send = Send(
            name="response",
            method=behaviour.route.method,
            path=self.setup.path(behaviour, provided),
            query=tuple(scene.query.items()) if scene is not None else (),
            body=_without_refs(scene) if scene is not None else self._plain_body(),
            has_body=behaviour.inputs.body is not None,
            form=behaviour.inputs.form,
            credential=credential.name if credential is not None else "",
            expect=Expect(status=status),
        )
        before = scene.sends() if scene is not None and needs else ()
        fixtures = scene.fixtures() if scene is not None and needs else ()
        return Case(what, (*before, send), fixtures)

    def _plain_body(self) -> Sent:
        world = self.setup.world(self.behaviour, None)
        return dict(world.body) if world is not None and self.behaviour.inputs.body else None

    def _first(self, world: World) -> Exit | None:
        """The end that a request surely comes to."""
        return next((it for it in self.behaviour.exits if world.reaches(it) is True), None)

    # Nothing there

    def _unknown(self) -> Iterator[Case]:
        for parameter in reversed(self.behaviour.inputs.path):
            given = Given("path", parameter.name)
            if self.setup.kind_behind(self.behaviour, given) is None:
                continue
            value = absent_value(parameter)
            yield from self._absent(parameter.name, value)
        yield from self._unknown_references()

    def _unknown_references(self) -> Iterator[Case]:
        """A field of the body that names something which is not there."""
        scene, body = self.scene, self.behaviour.inputs.body
        if scene is None or body is None:
            return
        yield from self._unknown_people(scene)
        for name, provided in scene.references.items():
            if not isinstance(provided.ref, Ref):
                continue
            value = absent_value(next(it for it in body.fields if it.name == name))
            kept = {at: it for at, it in scene.references.items() if at != name}
            world = replace(
                scene.world,
                body={**scene.body, name: value},
                references={at: it.entity for at, it in kept.items()},
            )
            end = self._first(world)
            if end is None or not end.failed or not 400 <= end.status < 500:
                continue
            self._serve(end)
            changed = replace(scene, body={**scene.body, name: value}, references=kept)
            send = self.setup.send(changed, "response", Expect(status=(end.status,)))
            yield Case(
                f"with an unknown {_plain(name)}",
                (*changed.sends(), send),
                changed.fixtures(),
            )

    def _unknown_people(self, scene: Scene) -> Iterator[Case]:
        """Signing in as nobody known, and with a wrong password."""
        named = [at for at, it in scene.references.items() if not isinstance(it.ref, Ref)]
        if not named:
            return
        world = replace(scene.world, references={}, secrets_known=False)
        end = self._first(world)
        if end is not None and end.failed and 400 <= end.status < 500:
            self._serve(end)
            alone = replace(scene, references={})
            send = self.setup.send(alone, "response", Expect(status=(end.status,)))
            yield Case("of somebody unknown", (send,), ())
        secret = next((it for it in scene.body if "pass" in it.lower()), None)
        if secret is None:
            return
        end = self._first(replace(scene.world, secrets_known=False, secrets_wrong=True))
        if end is not None and end.failed and 400 <= end.status < 500:
            self._serve(end)
            other = replace(scene, body={**scene.body, secret: "Another-Passw0rd"})
            send = self.setup.send(other, "response", Expect(status=(end.status,)))
            yield Case("with a wrong password", (*scene.sends(), send), scene.fixtures())

    def _absent(self, name: str, value: str | int) -> Iterator[Case]:
        scene = self.scene
        candidates = [scene.credential] if scene is not None else [None, *self.around.credentials]
        for credential in candidates:
            world = self.setup.world(self.behaviour, credential)
            if world is None:
                return
            others: dict[str, Provided] = {}
            if scene is not None:
                others = {at: it for at, it in scene.path.items() if at != name}
                world = replace(world, references=scene.world.references)
            world = replace(
                world, path={at: it.entity for at, it in others.items()}, absent={name: value}
            )
            ends = [it for it in self.behaviour.exits if world.reaches(it) is not False]
            sure = [it for it in ends if world.reaches(it) is True]
            end = (sure or [it for it in ends if it.failed] or [None])[0]  # type: ignore[list-item]
            if (
                end is None
                or end.status not in {404, 410, 400, 403}
                or not (end.failed or end.status >= 400)
            ):
                continue
            if not any(given_in(it, name) for it in end.conditions) or (
                not sure and len(ends) > 1 and not _only_status(ends, end.status)
            ):
                continue
            self._serve(end)
            ordered = self._needed_before(end, others)
            send = Send(
                name="response",
                method=self.behaviour.route.method,
                path=self.setup.path(self.behaviour, ordered, {name: value}),
                query=tuple(world.query.items()),
                body=sent_body(scene) if scene is not None else dict(world.body) or None,
                has_body=self.behaviour.inputs.body is not None,
                form=self.behaviour.inputs.form,
                credential=credential.name if credential is not None else "",
                expect=Expect(status=(end.status,)),
            )
            needed = list(ordered.values()) + (
                list(scene.references.values()) if scene is not None else []
            )
            many = len([it for it in self.behaviour.inputs.path]) > 1
            what = f"with an unknown {_plain(name)}" if many else "not found"
            yield Case(
                what,
                (*unique(it for one in needed for it in one.sends), send),
                tuple(dict.fromkeys(it for one in needed for it in one.fixtures)),
            )
            return

    def _needed_before(self, end: Exit, others: dict[str, Provided]) -> dict[str, Provided]:
        asked = {
            it.name
            for condition in end.conditions
            for it in inputs(condition.value)
            if it.where == "path"
        }
        return {name: it for name, it in others.items() if name in asked}

    # Inputs that are refused

    def _invalid(self) -> Iterator[Case]:
        behaviour = self.behaviour
        credential = self._admitted()
        if credential is _NOBODY or not self._understood():
            return
        if behaviour.invalid:
            yield from self._declared(credential)
        yield from self._checked_by_hand(credential)

    def _admitted(self) -> Credential | None | object:
        """Someone whom the guards let through."""
        if self.scene is not None:
            return self.scene.credential
        for credential in (None, *self.around.credentials):
            world = self.setup.world(self.behaviour, credential) or World(
                execution=self.around.execution,
                credential=credential.value if credential is not None else None,
                hint=credential.hint if credential is not None else "",
            )
            guarded = [it for it in self.behaviour.faults if _guard_only(it)]
            if all(world.reaches(it) is False for it in guarded):
                return credential
        return _NOBODY

    def _declared(self, credential: Credential | None | object) -> Iterator[Case]:
        behaviour, inputs_ = self.behaviour, self.behaviour.inputs
        if self.scene is None and self._checks_late():
            return
        for end in behaviour.faults:
            if any(_asks_validity(it) for it in end.conditions):
                self._serve(end)
        body = inputs_.body
        wanted = (("body", body.fields if body is not None else ()), ("query", inputs_.query))
        for place, fields in wanted:
            rows = tuple(
                _row(it, fields)
                for it in samples.violations(fields)
                if place == "body" or not isinstance(it.value, list)
            )
            rows = tuple(it for it in rows if not _never_wrong(it, place, inputs_.form))
            for missing in (True, False):
                kept = tuple(it for it in rows if it[3] is missing)
                if kept:
                    yield self._refused(place, kept, credential)
        for field_ in () if behaviour.routed else inputs_.path:
            rows = tuple(
                (field_.name, why, value, False)
                for why, value in samples.refused(field_)
                if isinstance(value, str | int | float) and str(value)
            )
            rows = tuple(it for it in rows if not _never_wrong(it, "path", form=False))
            if rows:
                yield self._refused(f"path:{field_.name}", rows, credential)

    def _checks_late(self) -> bool:
        """Whether things are looked up before the input is held against its limits."""
        validity = [it for it in self.behaviour.faults if any(map(_asks_validity, it.conditions))]
        return bool(validity) and all(_needs_path_before(it) for it in validity)

    def _refused(
        self,
        place: str,
        rows: tuple[tuple[str, str, object, bool], ...],
        credential: Credential | None | object,
        status: int = 0,
    ) -> Case:
        behaviour, scene = self.behaviour, self.scene
        world = self.setup.world(behaviour, None)
        needs = (status != 0 or self._checks_late()) and scene is not None
        body = (
            _without_refs(scene)
            if scene is not None
            else (dict(world.body) if world is not None else {})
        )
        if needs and scene is not None:
            body = sent_body(scene)
        varied = {place[5:]: "<value>"} if place.startswith("path:") else {}
        provided = dict(scene.path) if needs and scene is not None else {}
        send = Send(
            name="response",
            method=behaviour.route.method,
            path=self.setup.path(behaviour, provided, varied),
            query=tuple(world.query.items()) if world is not None else (),
            body=body,
            has_body=behaviour.inputs.body is not None,
            form=behaviour.inputs.form,
            credential=credential.name if isinstance(credential, Credential) else "",
            expect=Expect(status=(status or behaviour.invalid,)),
        )
        missing = rows[0][3]
        what = {
            "body": "without a required field" if missing else "with invalid input",
            "query": "without a required parameter" if missing else "with an invalid query",
        }.get(place, f"with a malformed {_plain(place.partition(':')[2])}")
        before = scene.sends() if needs and scene is not None else ()
        fixtures = scene.fixtures() if needs and scene is not None else ()
        return Case(what, (*before, send), fixtures, Rows(place, rows))  # type: ignore[arg-type]

    def _checked_by_hand(self, credential: Credential | None | object) -> Iterator[Case]:
        """Values that the handler's own checks refuse: found by trying them on paper."""
        scene, given = self.scene, self.behaviour.inputs.body
        if scene is None or given is None:
            return
        rows: dict[tuple[int, bool], list[tuple[str, str, object, bool]]] = {}
        shown: set[tuple[int, str]] = set()
        for field_ in given.fields:
            if field_.name in scene.references:
                continue
            for why, value, missing in self._tries(field_):
                body = {at: it for at, it in scene.body.items() if at != field_.name}
                world = replace(scene.world, body=body if missing else {**body, field_.name: value})
                end = self._first(world)
                if end is None or not end.failed or not 400 <= end.status < 500:
                    continue
                if end.status in {401, 403, 404} or (id(end), field_.name) in shown:
                    continue
                if not _about_body(end, field_.name):
                    continue
                shown.add((id(end), field_.name))
                self._serve(end)
                rows.setdefault((end.status, missing), []).append(
                    (field_.name, why, value, missing)
                )
        for (status, _), found in rows.items():
            yield self._refused("body", tuple(found), credential, status)

    def _tries(self, field_: Field) -> Iterator[tuple[str, Json, bool]]:
        """Values that may be refused. Where limits are declared only those that keep them are of
        interest: the others never reach the handler."""
        declared = bool(self.behaviour.invalid)
        if not declared or not field_.required:
            yield "missing", None, True
        for value in samples.others(field_):
            yield "not allowed", value, False
        if not declared:
            for why, value in samples.wrong(field_):
                yield why, value, False

    # What is there already

    def _conflicts(self, scene: Scene) -> Iterator[Case]:
        """The same request again."""
        if self.behaviour.route.method not in {"POST", "PUT", "PATCH", "DELETE"}:
            return
        world = replace(scene.world, repeated=True)
        end = self._first(world) if self.behaviour.route.method == "POST" else None
        if end is None or not end.failed:
            end = self._after(scene)
        if end is None or not 400 <= end.status < 500:
            return
        self._serve(end)
        first = self.setup.send(scene, "first", Expect(status=(scene.end.status,)))
        second = self.setup.send(scene, "response", Expect(status=(end.status,)))
        yield Case("twice", (*scene.sends(), first, second), scene.fixtures())

    def _after(self, scene: Scene) -> Exit | None:
        """The end of a second request, once the first has changed what the path names."""
        if self.behaviour.route.method == "DELETE":
            return None
        changed: dict[str, Entity] = {}
        for name, entity in scene.world.path.items():
            if not isinstance(entity.value, Made):
                continue
            writes = [
                (at, scene.world.settled(value))
                for owner, at, value in scene.end.writes
                if scene.world.settled(owner) == entity.value
            ]
            if writes:
                fields = tuple(it for it in entity.value.fields if it[0] not in dict(writes))
                made = replace(entity.value, fields=(*fields, *writes))
                changed[name] = Entity(entity.kind, made)
        if not changed:
            return None
        world = replace(scene.world, path={**scene.world.path, **changed})
        end = self._first(world)
        return end if end is not None and end.failed else None

    # The rest

    def _serve(self, end: Exit) -> None:
        self.served.add(id(end))

    def _left(self) -> Iterator[str]:
        seen = {
            (it.status, it.conditions[-1].line)
            for it in self.behaviour.faults
            if id(it) in self.served and it.conditions
        }
        statuses = {it[0] for it in seen}
        for end in self.behaviour.faults:
            if not end.conditions or end.status in {0, 401, DENIED}:
                continue
            last = end.conditions[-1]
            if (end.status, last.line) in seen or not last.line:
                continue
            if end.status in {404} and end.status in statuses:
                continue
            seen.add((end.status, last.line))
            yield f"the {end.status} that {last.file}:{last.line} decides"
        if self.behaviour.partial:
            yield "some ways through the handler: there are too many of them to follow"

    def _within_budget(self, cases: list[Case]) -> Iterator[Case]:
        """As many tests as rate limits leave room for."""
        spent: dict[str, int] = {}
        limits = {
            f"{it.method} {it.path}": budget
            for it in self.around.routes
            if (budget := self.around.budget(it)) is not None
        }
        own = f"{self.behaviour.route.method} {self.behaviour.route.path}"
        for case in cases:
            if case.what != "twice" and _collides(case):
                continue
            count = len(case.rows.rows) if case.rows is not None else 1
            if own in limits:
                used = spent.get(own, 0) + count
                if used > limits[own]:
                    continue
                spent[own] = used
            yield case

    def _route(self, method: str, path: str):  # type: ignore[no-untyped-def]
        wanted = path.rstrip("/")
        return next(
            (
                it
                for it in self.around.routes
                if it.method == method and it.path.rstrip("/") == wanted
            ),
            None,
        )


_NOBODY = object()


def _alike(other: Behaviour, made: Scene, listing: Scene) -> bool:
    """Whether the elements of a list have the fields of the thing as it was created."""
    one, many = other.route.response_model, listing.behaviour.route.response_model
    if one and many:
        return one in re.split(r"[\[\], |]+", many)
    keys = set(expected(made).keys)
    for part in mentioned(listing.end.body):
        if isinstance(part, Result) and part.function in {
            Outside("each"),
            Outside("builtins.each"),
        }:
            element = part.arguments[0] if part.arguments else None
            if isinstance(element, Made) and not element.rest:
                return {name for name, _ in element.fields} == keys
    return False


def given_in(condition: Condition, name: str) -> bool:
    return Given("path", name) in inputs(condition.value)


def _about_body(end: Exit, name: str) -> bool:
    return bool(end.conditions) and name in body_fields(end.conditions[-1].value)


def _collides(case: Case) -> bool:
    """Whether two things would be made with the same values, which one of them may not have."""
    made = [(it.method, it.path, str(it.body)) for it in case.sends if it.method == "POST"]
    bodies = [it for it in made if it[2] not in {"None", "{}"}]
    return len(bodies) != len({str(it) for it in bodies})


def _asks_validity(condition: Condition) -> bool:
    value = condition.value
    return isinstance(value, Test) and value.operator == "valid" and not condition.holds


def _only_status(ends: list[Exit], status: int) -> bool:
    return all(it.status == status for it in ends)


def _about_credential(end: Exit) -> bool:
    return any(
        it.where == "credential" for condition in end.conditions for it in inputs(condition.value)
    )


def _credential_decides(condition: Condition) -> bool:
    return any(it.where == "credential" for it in inputs(condition.value))


def _guard_only(end: Exit) -> bool:
    return bool(end.conditions) and all(
        all(it.where == "credential" for it in inputs(condition.value)) and inputs(condition.value)
        for condition in end.conditions
    )


def _needs_path(end: Exit) -> bool:
    return any(
        it.where in {"path", "body"}
        for condition in end.conditions
        for it in inputs(condition.value)
    )


def _needs_path_before(end: Exit) -> bool:
    """Whether something is looked up by the path before the input is checked."""
    return any(
        it.where == "path"
        for condition in end.conditions[:-1]
        for it in inputs(condition.value)
        if not isinstance(condition.value, Test) or condition.value.operator != "valid"
    )


def _lookup_fails(end: Exit) -> bool:
    return end.status in {404, 410} and any(
        it.where == "path" for condition in end.conditions[-1:] for it in inputs(condition.value)
    )


def _without_refs(scene: Scene) -> Sent:
    """The body with plain values where it names things: a guard does not look at them."""
    if scene.behaviour.inputs.body is None:
        return None
    return dict(scene.body)


def _shared(other: Behaviour, scene: Scene) -> set[str]:
    """The fields that the answer of another endpoint surely has."""
    return set(expected(scene).keys)


def _never_wrong(row: tuple[str, str, object, bool], place: str, form: bool) -> bool:
    """A text is always a text in a query, a path or a form."""
    _, why, value, missing = row
    if missing:
        return False
    if place == "body" and not form:
        return False
    return why == "wrong type" and not isinstance(value, str)


def _row(violation: samples.Violation, fields: tuple[Field, ...]) -> tuple[str, str, object, bool]:
    """The field of the body to change, and its value as a whole."""
    name, *inner = violation.path
    if not inner:
        return name, violation.why, violation.value, violation.missing
    field_ = next(it for it in fields if it.name == name)
    value = samples.valid(field_)
    at = value
    for key in inner[:-1]:
        at = at[key]  # type: ignore[index, call-overload, assignment]
    assert isinstance(at, dict)
    if violation.missing:
        del at[inner[-1]]
    else:
        at[inner[-1]] = violation.value
    return name, f"{'.'.join(inner)} {violation.why}", value, False


def _plain(name: str) -> str:
    return name.replace("_id", "").replace("_", " ").strip() or name


__all__ = ["Each", "Field", "Plan", "State", "Test", "Value", "free_value", "plan_tests"]
