"""What lies ready while the tests of one endpoint are planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backwright.recipes.generate_tests.asks import about_credential, about_secret
from backwright.recipes.generate_tests.behaviour import DENIED, Behaviour
from backwright.recipes.generate_tests.case import Case, Expect, Send, Sent
from backwright.recipes.generate_tests.exits import Exit
from backwright.recipes.generate_tests.scene import Provided, Scene
from backwright.recipes.generate_tests.setup import Setup
from backwright.recipes.generate_tests.success_in import succeeding
from backwright.recipes.generate_tests.surroundings import Credential, Surroundings
from backwright.recipes.generate_tests.world import Json, World


@dataclass(slots=True)
class Desk:
    """The endpoint, what surrounds it, and a scene in which a request succeeds, if there is one."""

    behaviour: Behaviour
    around: Surroundings
    setup: Setup = field(init=False)
    scene: Scene | None = field(init=False)
    served: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.setup = Setup(self.around)
        self.scene = self.setup.scene(self.behaviour) if self.understood() else None

    def understood(self) -> bool:
        """Whether the guards that stand before the handler are among what was read."""
        if not self.behaviour.route.guards:
            return True
        return any(about_credential(it) or about_secret(it) for it in self.behaviour.exits)

    def first(self, world: World) -> Exit | None:
        """The end that a request surely comes to."""
        return next((it for it in self.behaviour.exits if world.reaches(it) is True), None)

    def serve(self, end: Exit) -> None:
        self.served.add(id(end))

    def bare_case(
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
            query=tuple((scene.query if scene is not None else self.plain_query()).items()),
            body=without_refs(scene) if scene is not None else self.plain_body(),
            has_body=behaviour.inputs.body is not None,
            form=behaviour.inputs.form,
            credential=credential.name if credential is not None else "",
            expect=Expect(status=status),
        )
        before = scene.sends() if scene is not None and needs else ()
        fixtures = scene.fixtures() if scene is not None and needs else ()
        return Case(what, (*before, send), fixtures)

    def plain_query(self) -> Mapping[str, Json]:
        world = self.setup.world(self.behaviour, None)
        return world.query if world is not None else {}

    def plain_body(self) -> Sent:
        world = self.setup.world(self.behaviour, None)
        return dict(world.body) if world is not None and self.behaviour.inputs.body else None

    def scene_with(
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

    def route_at(self, method: str, path: str):  # type: ignore[no-untyped-def]
        wanted = path.rstrip("/")
        return next(
            (
                it
                for it in self.around.routes
                if it.method == method and it.path.rstrip("/") == wanted
            ),
            None,
        )


def without_refs(scene: Scene) -> Sent:
    """The body with plain values where it names things: a guard does not look at them."""
    if scene.behaviour.inputs.body is None:
        return None
    return dict(scene.body)


def plain(name: str) -> str:
    """A parameter's name as words: `machine_id` is the machine."""
    return name.replace("_id", "").replace("_", " ").strip() or name
