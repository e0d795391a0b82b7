"""Rate limiting with Flask-Limiter: a limiter, tied to the app once, a decorator on the view."""

from __future__ import annotations

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Made, Route
from backwright.recipes.add_rate_limiting.apps import apps_serving
from backwright.recipes.add_rate_limiting.decorated import exemption, place_among
from backwright.recipes.add_rate_limiting.flask.user_key import user_key
from backwright.recipes.add_rate_limiting.flask.wiring import bound_to, wiring
from backwright.recipes.add_rate_limiting.python_limiter import (
    Limiter,
    ModuleText,
    UserKey,
    limiter_for,
    units_of_new,
    use_of,
)
from backwright.recipes.add_rate_limiting.said import review_of_new, review_of_tests, summary
from backwright.recipes.add_rate_limiting.sensitive import default_rate
from backwright.recipes.add_rate_limiting.standing import decorated_otherwise
from backwright.recipes.add_rate_limiting.storage import Storage, shared_storage
from backwright.recipes.add_rate_limiting.wish import Wish, wish_of
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation
from backwright.recipes.pieces import edited_symbol
from backwright.recipes.project import Project
from backwright.recipes.python_code import function_in, with_decorator

_APPS = ("flask.Flask", "flask.app.Flask")
_LIMITERS = ("flask_limiter.Limiter", "flask_limiter.extension.Limiter")
_PROXY = (
    "behind a proxy every client has the proxy's address: put werkzeug's ProxyFix around the app,"
    " with the number of proxies in front of it"
)


def baseline(situation: Situation) -> Outcome:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint here to limit")
    wish = wish_of(situation)
    if isinstance(wish, Refused):
        return wish
    project = Project(situation)
    written = "; ".join(rate.worded for rate in wish.rates)
    if (standing := decorated_otherwise(project, route, wish, written)) is not None:
        return standing
    apps = apps_serving(project, route, _APPS)
    if isinstance(apps, Refused):
        return apps
    limiter = limiter_for(
        project, route.handler_place.file, apps[0], _LIMITERS, lambda it: _module(project, it)
    )
    if isinstance(limiter, Refused):
        return limiter
    return _draft(project, route, wish, limiter, apps)


def _draft(
    project: Project, route: Route, wish: Wish, limiter: Limiter, apps: list[Made]
) -> Outcome:
    rates = wish.rates or (default_rate(project, route),)
    key = user_key(project, route) if wish.whom == "user" else None
    unserved = list(wish.unserved)
    if wish.whom == "user" and key is None:
        unserved.append("a count for each user: no guard tells who the user is")
    name, imports = use_of(project, route.handler_place.file, limiter)
    view = _limited(project, route, name, "; ".join(it.worded for it in rates), key)
    if isinstance(view, Refused):
        return view
    units = [*limiter.units, *view, *imports]
    if limiter.new is not None and limiter.file == apps[0].place.file:
        units += bound_to(project, apps[0], limiter)
    else:
        units += units_of_new(project, limiter)
        units += [unit for app in apps for unit in wiring(project, app, limiter)]
    units.sort(key=lambda it: it.action == "imports")
    return Draft(
        tuple(dict.fromkeys(units)),
        summary(project, route, rates, "user" if key else "client", asked=bool(wish.rates)),
        unserved=tuple(unserved),
        review=(*review_of_new(limiter, _PROXY), *review_of_tests(route, rates)),
    )


def _limited(
    project: Project, route: Route, name: str, rates: str, key: UserKey | None
) -> list[Unit] | Refused:
    """The view under its limit; one for each user stands below the guard that knows the user."""
    place = route.handler_place
    function = project.function_at(place.file, place.start)
    source = project.source(place.file)
    found = function_in(source, place.start, place.end) if function is not None else None
    if function is None or found is None or not function.name:
        return Refused(f"the function that answers {route.title} is not found")
    if exempt := exemption(function):
        return Refused(f"{function.name} is taken out of all limits by @{exempt}; take that off")
    below = len(function.decorators) if key else place_among(project, route, function)
    by = f", key_func={key.function}" if key else ""
    edit: Edit = with_decorator(found, f'{name}.limit("{rates}"{by})', below)
    units = edited_symbol(place.file, source, function.qualname, [edit])
    return [*units, *([Unit(place.file, "imports", text=key.imports)] if key else [])]


def _module(project: Project, path: str) -> ModuleText:
    storage = _storage(project, path)
    arguments = ["key_func=get_remote_address"]
    if storage is not None:
        arguments.append(f"storage_uri={storage.uri}")
    if storage is not None and storage.uri != _MEMORY.uri:
        arguments.append("in_memory_fallback_enabled=True")
    call = f"limiter = Limiter({', '.join(arguments)})\n"
    if len(call) > 88:
        call = "limiter = Limiter(\n" + "".join(f"    {it},\n" for it in arguments) + ")\n"
    imports = (
        "from flask_limiter import Limiter\nfrom flask_limiter.util import get_remote_address\n"
    )
    return ModuleText.of(storage.imports if storage else "", imports, call)


_MEMORY = Storage('"memory://"', "")


def _storage(project: Project, path: str) -> Storage | None:
    """None where the app's configuration says it; memory is said, or the library warns of it."""
    if any(b"RATELIMIT_STORAGE_UR" in project.source(it) for it in project.sources((".py",))):
        return None
    return shared_storage(project, path) or _MEMORY
