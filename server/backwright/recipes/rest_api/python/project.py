"""The files that projects in Python have alike: models, schemas, services, and tests of them."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.recipes.rest_api.files import File
from backwright.recipes.rest_api.python import tests
from backwright.recipes.rest_api.python.columns import model, pairs
from backwright.recipes.rest_api.python.schemas import schemas
from backwright.recipes.rest_api.python.source import WIDTH, module
from backwright.recipes.rest_api.render import Render
from backwright.recipes.rest_api.resources import Api, Resource


@dataclass(frozen=True, slots=True)
class Flavor:
    """What differs between frameworks.

    `session` is what services call the session; they are handed one where `is_handed`. `base` and
    `metadata` are what models extend and belong to, `own` the names of `app.database` for them.
    The rest is how tests talk to the client.
    """

    session: str
    is_handed: bool
    base: str
    metadata: str
    own: tuple[str, ...]
    client: str
    client_from: str
    json: str
    params: str
    request: str
    content: str
    broken_status: int
    broken_code: str


def shared_files(api: Api, flavor: Flavor, render: Render) -> list[File]:
    return [
        File("app/models/__init__.py", _exported(api)),
        *(File(f"app/models/{it.name}.py", _model(it, api, flavor)) for it in api.resources),
        *(File(f"app/schemas/{it.name}.py", _schemas(it)) for it in api.resources),
        *(
            File(f"app/services/{it.plural}.py", _service(it, flavor, render))
            for it in api.resources
        ),
        File("tests/samples.py", _samples(api, flavor, render)),
        *(File(f"tests/test_{it.plural}.py", _tests(it, flavor, render)) for it in api.resources),
    ]


def endpoints(it: Resource) -> str:
    """The addresses of a resource, for its row in the README."""
    paths = [f"/{it.path}", f"/{it.path}/{{{it.name}_id}}"]
    paths += [f"/{link.target.path}/{{{link.key}}}/{it.path}" for link in it.nested]
    paths += [f"/{it.path}/{{{it.name}_id}}/{peers.target.path}" for peers in it.peers]
    return ", ".join(f"`{path}`" for path in paths)


def _exported(api: Api) -> str:
    """What the package of models offers; importing it makes every table known."""
    lines = [f"from app.models.{it.name} import {it.kind}" for it in api.resources]
    shown = [f'"{it}"' for it in sorted(it.kind for it in api.resources)]
    listed = f"__all__ = [{', '.join(shown)}]"
    if len(listed) > WIDTH:
        listed = "__all__ = [\n" + "".join(f"    {it},\n" for it in shown) + "]"
    return module(listed, lines, "app")


def _model(it: Resource, api: Api, flavor: Flavor) -> str:
    piece = model(it, flavor.base)
    text = "\n\n\n".join([piece.text, *(pairs(peers, flavor.metadata) for peers in it.peers)])
    lines = [*piece.imports, f"from app.database import {', '.join(flavor.own)}"]
    if it.peers:
        lines.append("import sqlalchemy as sa")
    kinds = {other.name: other.kind for other in api.resources}
    later = [f"from app.models.{name} import {kinds[name]}" for name in piece.later]
    if not later:
        return module(text, lines, "app")
    # Models name each other, so that only type checkers import one from another.
    rows = "".join(f"    {it}\n" for it in sorted(later))
    lines.append("from typing import TYPE_CHECKING")
    return module(f"if TYPE_CHECKING:\n{rows}\n\n{text}", lines, "app")


def _schemas(it: Resource) -> str:
    piece = schemas(it, "app.schemas.types")
    return module(piece.text, piece.imports, "app")


def _service(it: Resource, flavor: Flavor, render: Render) -> str:
    secret = any(field.type == "password" for field in it.fields)
    kinds = {it.kind}
    kinds |= {link.target.kind for link in it.links}
    kinds |= {peers.target.kind for peers in it.peers}
    kinds |= {peers.source.kind for peers in it.peered}
    type_ = "OrmSession" if "Session" in kinds else "Session"
    text = render(
        "service.py.j2",
        it=it,
        secret=secret,
        session=flavor.session,
        first=[f"{flavor.session}: {type_}"] if flavor.is_handed else [],
        passed=[flavor.session] if flavor.is_handed else [],
        given=f"{flavor.session}, " if flavor.is_handed else "",
        given_alone=flavor.session if flavor.is_handed else "",
        filters=[f"{link.key}: int | None = None" for link in it.links],
    )
    store = ["commit", "get_or_404", *(["require"] if it.links else [])]
    handed = f"from sqlalchemy.orm import Session{' as OrmSession' if type_ != 'Session' else ''}"
    lines = [
        "from typing import Any",
        "import sqlalchemy as sa",
        handed if flavor.is_handed else f"from app.database import {flavor.session.split('.')[0]}",
        f"from app.models import {', '.join(kinds)}",
        "from app.pagination import PageParams, paginate",
        f"from app.store import {', '.join(store)}",
        "from app.passwords import hash_password" if secret else "",
    ]
    return module(text, lines, "app")


def _samples(api: Api, flavor: Flavor, render: Render) -> str:
    bodies = tests.bodies(api)
    values = [value for rows in bodies.values() for _, value in rows]
    numbered = any("_numbers" in it for it in values)
    text = render(
        "samples.py.j2",
        api=api,
        bodies=bodies,
        numbered=numbered,
        client=flavor.client,
        json=flavor.json,
    )
    lines = [
        "from typing import Any",
        f"from {flavor.client_from} import {flavor.client}",
        "import itertools" if numbered else "",
        "import uuid" if any("uuid." in it for it in values) else "",
    ]
    return module(text, lines)


def _tests(it: Resource, flavor: Flavor, render: Render) -> str:
    text = render(
        "test_resource.py.j2",
        it=it,
        client=flavor.client,
        json=flavor.json,
        params=flavor.params,
        request=flavor.request.replace("PATH", f'f"/{it.path}/{{UNKNOWN}}"'),
        content=flavor.content,
        broken_status=flavor.broken_status,
        broken_code=flavor.broken_code,
        **tests.of_resource(it),
    )
    used = {f"{it.name}_body", f"new_{it.name}"}
    used |= {f"new_{link.target.name}" for link in it.nested}
    used |= {f"new_{peers.target.name}" for peers in it.peers}
    lines = [
        "import pytest",
        f"from {flavor.client_from} import {flavor.client}",
        f"from tests.samples import {', '.join(used)}",
    ]
    return module(text, lines, "app tests")
