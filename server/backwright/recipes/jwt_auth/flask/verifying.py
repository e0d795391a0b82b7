"""A decorator for Flask that validates bearer tokens, with tests."""

from __future__ import annotations

from backwright.edits.units import Unit
from backwright.recipes.authentication.environment import example_of
from backwright.recipes.authentication.python_places import module_path, test_path
from backwright.recipes.authentication.render import renderer
from backwright.recipes.jwt_auth.asked import Asked
from backwright.recipes.jwt_auth.said import REVIEW, SECRET_STEP, not_wired
from backwright.recipes.local_imports import python_module
from backwright.recipes.outcome import Draft, Outcome
from backwright.recipes.project import Project

_NAMES = ("auth", "jwt_auth", "tokens", "bearer_tokens")


def verifying(project: Project, asked: Asked) -> Outcome:
    path = module_path(project, _NAMES)
    name = asked.name or "token_required"
    values: dict[str, object] = {
        "name": name,
        "claims": asked.claims,
        "dotenv": "python-dotenv" in project.situation.stack.dependencies,
    }
    render = renderer(__file__)
    units = [Unit(path, "create", text=render("auth.py.j2", **values))]
    tests = test_path(project, path.rpartition("/")[2].removesuffix(".py"))
    if tests:
        module = python_module(project, tests, path)
        units.append(Unit(tests, "create", text=render("test.py.j2", **values, module=module)))
    units += example_of(project, ["JWT_SECRET"])
    return Draft(
        tuple(units),
        f"`{name}` in {path} validates bearer tokens and puts the user on `g.current_user`; an"
        " expired token is answered with 401 and the code token_expired",
        unserved=not_wired(asked),
        next_steps=(SECRET_STEP,),
        review=REVIEW,
    )
