"""Middleware for Express that validates bearer tokens, with tests."""

from __future__ import annotations

import posixpath

from backwright.edits.units import Unit
from backwright.recipes.authentication.environment import example_of, secret_name
from backwright.recipes.authentication.render import renderer
from backwright.recipes.authentication.script_places import (
    error_class,
    is_typed,
    module_path,
    script_of,
    test_place,
    with_interop,
)
from backwright.recipes.jwt_auth.asked import Asked
from backwright.recipes.jwt_auth.said import NODE_SECRET_STEP, REVIEW, not_wired
from backwright.recipes.local_imports import script_specifier
from backwright.recipes.outcome import Draft, Outcome
from backwright.recipes.project import Project

DEFAULT_NAME = "authenticate"


def verifying(project: Project, asked: Asked) -> Outcome:
    name = asked.name or DEFAULT_NAME
    script = script_of(project)
    path = module_path(project, script, "middleware", name)
    render = renderer(__file__)
    variable = secret_name(project)
    values: dict[str, object] = {
        "name": name,
        "ts": is_typed(path),
        "ty": lambda text: text if is_typed(path) else "",
        "cjs": script.is_common,
        "claims": asked.claims,
        "variable": variable,
        "interop": with_interop(project),
        "dotenv": "dotenv" in project.situation.stack.dependencies,
        "error": error_class(project, path),
    }
    units = [Unit(path, "create", text=script.styled(render("authenticate.j2", **values)))]
    place = test_place(project, script, name)
    if place is not None:
        used = script_specifier(project, place.path, path)
        if place.is_plain and not used.endswith(posixpath.splitext(path)[1]):
            used = posixpath.splitext(used)[0] + posixpath.splitext(path)[1]
        error = error_class(project, place.path)
        home = error.module if error is not None else ""
        text = render("test.j2", **values, place=place, module=used, error_module=home)
        units.append(Unit(place.path, "create", text=script.styled(text)))
    units += example_of(project, [variable])
    return Draft(
        tuple(units),
        f"`{name}` in {path} validates bearer tokens and sets `req.user`; an expired token is"
        " answered with 401 and the code token_expired",
        unserved=not_wired(asked),
        next_steps=(NODE_SECRET_STEP.replace("JWT_SECRET", variable),),
        review=tuple(it.replace("JWT_SECRET", variable) for it in REVIEW),
    )
