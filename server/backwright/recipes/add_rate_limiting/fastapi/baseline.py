"""Rate limiting with slowapi: a limiter, wired to the app once, and a decorator on the handler."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.edits.units import Unit
from backwright.facts.backend import Made, Route
from backwright.recipes.add_rate_limiting.apps import apps_serving
from backwright.recipes.add_rate_limiting.fastapi.handler import limited_handler
from backwright.recipes.add_rate_limiting.fastapi.user_key import user_key
from backwright.recipes.add_rate_limiting.fastapi.wiring import wiring
from backwright.recipes.add_rate_limiting.python_limiter import (
    Limiter,
    ModuleText,
    limiter_for,
    units_of_new,
    use_of,
)
from backwright.recipes.add_rate_limiting.said import review_of_new, review_of_tests, summary
from backwright.recipes.add_rate_limiting.sensitive import default_rate
from backwright.recipes.add_rate_limiting.standing import decorated_otherwise
from backwright.recipes.add_rate_limiting.storage import shared_storage
from backwright.recipes.add_rate_limiting.wish import Wish, wish_of
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project

_APPS = ("fastapi.FastAPI", "fastapi.applications.FastAPI")
_LIMITERS = ("slowapi.Limiter", "slowapi.extension.Limiter")
_OTHERS = ("fastapi-limiter", "fastapi-throttle", "fastapi-redis-rate-limiter")
_PROXY = (
    "behind a proxy every client has the proxy's address: start uvicorn with --proxy-headers and"
    " --forwarded-allow-ips set to the proxy"
)
_WHY = "# By its URL, each id in a path would have a count of its own.\n"


@dataclass(frozen=True, slots=True)
class _Plan:
    route: Route
    wish: Wish
    limiter: Limiter
    apps: list[Made]


def baseline(situation: Situation) -> Outcome:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint here to limit")
    if route.protocol != "http":
        return Refused(f"slowapi limits HTTP endpoints; {route.title} is a {route.protocol} one")
    wish = wish_of(situation)
    if isinstance(wish, Refused):
        return wish
    project = Project(situation)
    written = ";".join(rate.slashed for rate in wish.rates)
    if (standing := decorated_otherwise(project, route, wish, written)) is not None:
        return standing
    if (other := _other_library(situation)) and not project.made(*_LIMITERS):
        return Refused(f"this project limits with {other}; the template knows slowapi alone")
    apps = apps_serving(project, route, _APPS)
    if isinstance(apps, Refused):
        return apps
    user = route.handler_place.file
    limiter = limiter_for(project, user, apps[0], _LIMITERS, lambda it: _module(project, it))
    if isinstance(limiter, Refused):
        return limiter
    return _draft(project, _Plan(route, wish, limiter, apps))


def _draft(project: Project, plan: _Plan) -> Outcome:
    route, wish, limiter = plan.route, plan.wish, plan.limiter
    rates = wish.rates or (default_rate(project, route),)
    unserved = list(wish.unserved)
    key = user_key(project, route) if wish.whom == "user" else ""
    if wish.whom == "user" and not key:
        unserved.append("a count for each user: no guard puts the user on the request")
    name, imports = use_of(project, route.handler_place.file, limiter)
    argument = f'"{";".join(it.slashed for it in rates)}"' + (f", key_func={key}" if key else "")
    handler = limited_handler(project, route, f"{name}.limit({argument})")
    if isinstance(handler, Refused):
        return handler
    wired = [unit for app in plan.apps for unit in wiring(project, app, limiter)]
    in_module = (
        []
        if limiter.file in {it.place.file for it in plan.apps}
        else units_of_new(project, limiter)
    )
    units = [*limiter.units, *in_module, *handler.units, *wired, *imports]
    return Draft(
        tuple(dict.fromkeys(_apart(units))),
        summary(project, route, rates, "user" if key else "client", asked=bool(wish.rates)),
        unserved=tuple(unserved),
        review=(*review_of_new(limiter, _PROXY), *review_of_tests(route, rates)),
    )


def _apart(units: list[Unit]) -> list[Unit]:
    """Imports behind the other units of their file, which were reckoned without them."""
    return sorted(units, key=lambda it: it.action == "imports")


def _module(project: Project, path: str) -> ModuleText:
    storage = shared_storage(project, path)
    arguments = ["key_func=get_remote_address", 'key_style="endpoint"']
    if storage is not None:
        arguments += [f"storage_uri={storage.uri}", "in_memory_fallback_enabled=True"]
    call = f"limiter = Limiter({', '.join(arguments)})\n"
    if len(call) > 88:
        call = "limiter = Limiter(\n" + "".join(f"    {it},\n" for it in arguments) + ")\n"
    imports = "from slowapi import Limiter\nfrom slowapi.util import get_remote_address\n"
    return ModuleText.of(storage.imports if storage else "", imports, _WHY + call)


def _other_library(situation: Situation) -> str:
    present = situation.stack.dependencies
    return next((it for it in _OTHERS if it in present), "")
