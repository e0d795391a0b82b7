"""A REST API in a project in Express that is in the form of the template for new ones."""

from __future__ import annotations

import posixpath
import re

from backwright.edits.units import Unit
from backwright.recipes.outcome import AlreadyDone, Refused
from backwright.recipes.project import Project
from backwright.recipes.rest_api import spelling
from backwright.recipes.rest_api.express import new_project as parts
from backwright.recipes.rest_api.files import Extension
from backwright.recipes.rest_api.render import Render, renderer
from backwright.recipes.rest_api.resources import Api, Resource
from backwright.recipes.rest_api.script import tests
from backwright.recipes.rest_api.standing import operations, routes_of

_ENTITIES = re.compile(r"^const entities = \[([^\]]*)\];\n", re.MULTILINE)
_MOUNTED = re.compile(r"^( *)app\.use\(\w+Router\);\n", re.MULTILINE)
_STATUS = re.compile(r"super\((4\d\d), 'validation_error'")
_NEEDED = ("database", "app", "errors", "schemas/common", "entities/columns")


def extend(project: Project, api: Api) -> Extension | AlreadyDone | Refused:
    situation = project.situation
    root = posixpath.join(situation.stack.root, "src")
    suffix = next(
        (it for it in (".ts", ".js") if situation.source(f"{root}/database{it}").strip()), ""
    )
    texts = {name: situation.source(f"{root}/{name}{suffix}") for name in _NEEDED}
    listed, mounted = _ENTITIES.search(texts["database"]), list(_MOUNTED.finditer(texts["app"]))
    if not all(texts.values()) or listed is None or not mounted:
        return Refused(
            "the built-in template adds resources only to projects in Express that have the form of"
            " its own (entities of TypeORM in src/entities, routers in src/routes); configure a"
            " model to have it written here"
        )
    routes = routes_of(situation, situation.stack)
    lacking = [it for it in api.resources if not operations(it, routes)]
    if not lacking:
        return AlreadyDone("what the request is about is served already")
    if any(it.peers or it.peered for it in lacking):
        return Refused("a many-to-many is not added to a project that is there yet")
    writer = _Writer(project, lacking, root, suffix, _status(texts["errors"]))
    kinds = [it.strip() for it in listed[1].split(",") if it.strip()]
    kinds += [it.kind for it in lacking if it.kind not in kinds]
    uses = "".join(f"{mounted[-1][1]}app.use({it.many}Router);\n" for it in lacking)
    database, app = f"{root}/database{suffix}", f"{root}/app{suffix}"
    units = [
        *(unit for it in lacking for unit in writer.files(it)),
        *writer.shared(texts["entities/columns"]),
        Unit(
            database,
            "edit",
            search=listed[0],
            text=f"const entities = [{', '.join(kinds)}];\n",
        ),
        Unit(app, "edit", search=mounted[-1][0], text=f"{mounted[-1][0]}{uses}"),
    ]
    for it in lacking:
        entity, router = f"./entities/{it.file}.js", f"./routes/{it.files}.js"
        units.append(Unit(database, "imports", text=f"import {{ {it.kind} }} from '{entity}';\n"))
        units.append(Unit(app, "imports", text=f"import {{ {it.many}Router }} from '{router}';\n"))
    paths = spelling.listed([f"/{it.path}" for it in lacking])
    return Extension(
        (*units, *writer.tests()),
        f"Five operations each at {paths}, in the form of the resources that are there",
    )


def _status(errors: str) -> int:
    found = _STATUS.search(errors)
    return int(found[1]) if found else 400


class _Writer:
    """The files of resources that are added."""

    def __init__(
        self, project: Project, lacking: list[Resource], root: str, suffix: str, status: int
    ) -> None:
        self.project, self.lacking, self.root, self.suffix = project, lacking, root, suffix
        self.ts, self.status = suffix == ".ts", status
        base = renderer(__file__)

        def render(template: str, **values: object) -> str:
            common: dict[str, object] = {
                "ts": self.ts,
                "ty": lambda text: text if self.ts else "",
                "invalid_status": status,
                "api": Api(tuple(lacking)),
                "config": "../config.js",
            }
            return base(template, **common, **values)

        self.render: Render = render

    def files(self, it: Resource) -> list[Unit]:
        entity = parts.entity(it, ts=self.ts)
        new = {one.name for one in self.lacking}
        for link in it.links:
            if link.target.name not in new:  # that entity is left as it is
                entity = _one_sided(entity, link.target, spelling.camel(link.back))
        texts = {
            f"entities/{it.file}": entity,
            f"schemas/{it.file}": parts.schemas_of(it),
            f"services/{it.files}": parts.service(it, self.render, ts=self.ts),
            f"routes/{it.files}": parts.routes(it, self.render),
        }
        return [
            Unit(f"{self.root}/{path}{self.suffix}", "create", text=text)
            for path, text in texts.items()
            if not self.project.situation.source(f"{self.root}/{path}{self.suffix}").strip()
        ]

    def shared(self, columns: str) -> list[Unit]:
        """What the first resource of a kind needs beside its own files."""
        types = {field.type for it in self.lacking for field in it.fields}
        units = []
        if types & {"decimal", "bigint"} and "asNumber" not in columns:
            text = self.render("columns.j2")
            added = text[text.index("/** PostgreSQL hands") :]
            units.append(
                Unit(f"{self.root}/entities/columns{self.suffix}", "append", text=f"\n{added}")
            )
        passwords = f"{self.root}/passwords{self.suffix}"
        if "password" in types and not self.project.situation.source(passwords):
            units.append(Unit(passwords, "create", text=self.render("passwords.j2")))
        return units

    def tests(self) -> list[Unit]:
        """Tests, with bodies that stand beside those of the resources that are there."""
        folder = posixpath.join(posixpath.dirname(self.root), "tests")
        helpers = f"{folder}/helpers{self.suffix}"
        present = self.project.situation.source(helpers)
        if "export const api" not in present:
            return []
        api = Api(tuple(self.lacking))
        bodies = tests.bodies(api)
        values = [value for rows in bodies.values() for _, value in rows]
        numbered = any("next()" in it for it in values) and "const next" not in present
        text = self.render("bodies.j2", bodies=bodies, numbered=numbered)
        units = [Unit(helpers, "append", text=f"\n{text.strip()}\n")]
        if any("randomUUID" in it for it in values):
            statement = "import { randomUUID } from 'node:crypto';\n"
            units.append(Unit(helpers, "imports", text=statement))
        return [
            *units,
            *(
                Unit(
                    f"{folder}/{it.files}.test{self.suffix}",
                    "create",
                    text=parts.tests_of(it, self.render),
                )
                for it in self.lacking
            ),
        ]


def _one_sided(entity: str, target: Resource, back: str) -> str:
    """The entity whose relation the other one does not know."""
    inverse = f", ({target.one}) => {target.one}.{back}"
    entity = entity.replace(f"      inverseSide: '{back}',\n", "")
    return entity.replace(f"(() => {target.kind}{inverse}", f"(() => {target.kind}")
