"""Rate limiting with express-rate-limit: a limiter in front of the handlers of one registration."""

from __future__ import annotations

from backwright.edits.units import Unit
from backwright.facts.backend import Made, Route
from backwright.recipes.add_rate_limiting.express.const import Options, name_for
from backwright.recipes.add_rate_limiting.express.errors import error_body
from backwright.recipes.add_rate_limiting.express.placing import (
    ORIGINS,
    Kept,
    import_of,
    kept_limiter,
    taken_names,
)
from backwright.recipes.add_rate_limiting.express.registration import (
    Registration,
    registration_of,
)
from backwright.recipes.add_rate_limiting.express.standing import (
    is_shared,
    own_limiter,
    rate_of,
    told_otherwise,
)
from backwright.recipes.add_rate_limiting.express.user_key import user_key
from backwright.recipes.add_rate_limiting.rate import Rate
from backwright.recipes.add_rate_limiting.said import review_of_tests, summary
from backwright.recipes.add_rate_limiting.sensitive import STRICT, default_rate
from backwright.recipes.add_rate_limiting.standing import as_wished, before
from backwright.recipes.add_rate_limiting.wish import Wish, wish_of
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.recipes.script_style import style_of

_SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_PROXY = (
    "behind a proxy every client has the proxy's address: set `trust proxy` of the app to the"
    " number of proxies in front of it"
)
_MEMORY = (
    "counts are kept in the memory of each process: with several processes give the limiter a store"
    " that they share, such as rate-limit-redis"
)


def baseline(situation: Situation) -> Outcome:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint here to limit")
    if route.protocol != "http":
        return Refused(f"this limits HTTP endpoints; {route.title} is a {route.protocol} one")
    wish = wish_of(situation)
    if isinstance(wish, Refused):
        return wish
    project = Project(situation)
    if route.rate_limit and (done := as_wished(route, wish)) is not None:
        return done
    at = registration_of(project, route)
    if isinstance(at, Refused):
        return at
    if route.rate_limit and (changed := _told_otherwise(project, route, at, wish)) is not None:
        return changed
    return _draft(project, route, at, wish)


def _told_otherwise(project: Project, route: Route, at: Registration, wish: Wish) -> Outcome | None:
    """The route's own limiter with another rate; None where it has none of its own."""
    own = own_limiter(project, at)
    if own is None:
        return None
    if own.uses > 1:
        return Refused(
            f"{own.made.name} limits other endpoints as well as {route.title}; give this one a"
            " limiter of its own, or change the rate for all"
        )
    units = told_otherwise(project, own.made, wish.rates[0])
    if units is None:
        return Refused(f"the options of {own.made.name} are not written where it is made")
    said = f"{route.title} is limited to {wish.rates[0].worded}, before it was {before(route)}"
    return Draft(tuple(units), said, unserved=_unserved(wish))


def _draft(project: Project, route: Route, at: Registration, wish: Wish) -> Draft:
    rate = wish.rates[0] if wish.rates else default_rate(project, route)
    key = user_key(project, route) if wish.whom == "user" else ""
    unserved = list(_unserved(wish))
    if wish.whom == "user" and not key:
        unserved.append("a count for each user: no guard puts the user on the request")
    there = None if key else _fitting(project, at, wish, rate)
    review: list[str] = []
    if there is not None:
        local = project.local_name(at.file, there)
        kept = Kept(local or there.name, there.place.file)
        imports = [] if local else import_of(project, at.file, kept)
        rate = rate_of(project, there) or rate
        review.append(
            f"{there.name} counts the requests of all its endpoints together; give this one a"
            " limiter of its own if it shall have a count of its own"
        )
    else:
        style = style_of(at.source.decode("utf-8", "replace"))
        options = Options(rate, error_body(project, style), key)
        kept = kept_limiter(project, at, name_for(route, taken_names(project, at)), options)
        imports = import_of(project, at.file, kept)
        review += _review(project)
    edit = at.with_middleware(kept.name, last=bool(key))
    units: list[Unit] = [*edited_lines(at.file, at.source, [edit]), *kept.units, *imports]
    return Draft(
        tuple(sorted(units, key=lambda it: it.action == "imports")),
        summary(project, route, (rate,), "user" if key else "client", asked=bool(wish.rates)),
        unserved=tuple(unserved),
        review=(*review, *review_of_tests(route, (rate,))),
    )


def _fitting(project: Project, at: Registration, wish: Wish, rate: Rate) -> Made | None:
    """A limiter that the project shares among endpoints and that can serve here.

    With a rate asked for it must have that rate; without, a strict one is for logins alone.
    """
    for made in project.made(*ORIGINS):
        there = rate_of(project, made)
        usable = not made.scope and (made.place.file != at.file or _is_above(made, at))
        if there is None or not usable or not is_shared(project, made):
            continue
        if wish.rates and there.same_as(rate):
            return made
        if not wish.rates and (_per_minute(there) <= _per_minute(STRICT)) == (rate is STRICT):
            return made
    return None


def _is_above(made: Made, at: Registration) -> bool:
    return made.place.end <= at.statement.start


def _per_minute(rate: Rate) -> float:
    return rate.count * 60 / rate.seconds


def _unserved(wish: Wish) -> tuple[str, ...]:
    further = tuple(f"{it.worded} on top of that" for it in wish.rates[1:])
    return (*wish.unserved, *further)


def _review(project: Project) -> list[str]:
    trusted = any(b"trust proxy" in project.source(it) for it in project.sources(_SUFFIXES))
    return [_MEMORY] if trusted else [_PROXY, _MEMORY]
