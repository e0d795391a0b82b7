"""What a function of the project does with a request, as far as its body tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts
from backwright.index.values import FunctionValue

MAX_HOPS = 2
"""How far the functions that one calls are looked into."""

_DENIES = re.compile(
    r"unauthori[sz]ed|forbidden|not_?auth(?:enticated|ori[sz]ed)|permission_?denied|access_?denied|invalid_?token"
    r"|HTTP_40[13]",
    re.IGNORECASE,
)
_AT_FAULT = frozenset({400, 401, 403, 406, 412, 418, 498})
_VALIDATING = frozenset(
    {
        "safeParse",
        "parse",
        "parseAsync",
        "safeParseAsync",
        "validate",
        "validateAsync",
        "validationResult",
    }
)
_DENYING = tuple(code.Text(it, symbol=True) for it in ("unauthorized", "forbidden"))
_SIGN_IN = re.compile(r"(^|_|/)(log_?in|sign_?in|sessions?)(_|/|$)")
_WHERE = frozenset({"path", "pathname", "originalUrl", "endpoint", "url_rule", "blueprint"})
"""Attributes of a request that say which route is asked for."""


@dataclass(slots=True)
class Conduct:
    """`denies`: it answers 401 or 403. `refuses`: it raises another answer that says the request
    is at fault, but none that something is not there. `slows`: it answers 429. `checks_input`: it
    runs a schema. `picks`: it looks at which route is asked for. `calls` are the functions it calls
    by name."""

    denies: bool = False
    refuses: bool = False
    slows: bool = False
    checks_input: bool = False
    picks: bool = False
    calls: set[str] = field(default_factory=set)

    def see(self, expr: Expr) -> None:
        match expr:
            case code.Number(401 | 403) | code.Text(
                "UNAUTHORIZED" | "FORBIDDEN" | "UNAUTHENTICATED"
            ):
                self.denies = True
            case code.Number(429) | code.Text("TOO_MANY_REQUESTS"):
                self.slows = True
            case code.Name(name):
                self.denies = self.denies or _DENIES.search(name) is not None
            case code.Member(_, name):
                self.denies = self.denies or _DENIES.search(name) is not None
                self.picks = self.picks or name in _WHERE
            case code.Call(code.Name(name) | code.Member(_, name) as function, arguments):
                self.checks_input = self.checks_input or name in _VALIDATING
                if any(it.value in _DENYING for it in arguments):  # head :forbidden
                    self.denies = True
                if name == "redirect_to" and arguments and _asks_to_sign_in(arguments[0].value):
                    self.denies = True
                if name == "HTTPException":
                    self.refuses = self.refuses or any(_at_fault(it.value) for it in arguments)
                if isinstance(function, code.Name):
                    self.calls.add(name)
            case _:
                pass


def _asks_to_sign_in(expr: Expr) -> bool:
    """`redirect_to new_session_path`: whoever comes here has to sign in first."""
    named = expr.function if isinstance(expr, code.Call) else expr
    text = named.value if isinstance(named, code.Text) else walk.dotted(named)
    return _SIGN_IN.search(text) is not None


def _at_fault(status: Expr) -> bool:
    match status:
        case code.Number(number):
            return number in _AT_FAULT
        case code.Member(_, name) | code.Name(name):
            return any(name.startswith(f"HTTP_{number}_") for number in _AT_FAULT)
        case _:
            return False


@dataclass(slots=True)
class Conducts:
    """Looks into functions, each once."""

    facts_of: Mapping[str, FileFacts]
    _known: dict[tuple[str, int], Conduct] = field(default_factory=dict)

    def of(self, function: FunctionValue) -> Conduct:
        key = (function.file, function.facts.start)
        if key not in self._known:
            found = self._known[key] = Conduct()
            facts = self.facts_of.get(function.file)
            for expr in walk.deep_expressions(function.facts, facts) if facts is not None else ():
                found.see(expr)
        return self._known[key]

    def denies(self, function: FunctionValue, hops: int = 0) -> bool:
        """Whether it, or one that it calls by name, answers that somebody may not."""
        conduct = self.of(function)
        if conduct.denies or hops >= MAX_HOPS:
            return conduct.denies
        inner = (function.scope.find(name) for name in sorted(conduct.calls))
        return any(
            isinstance(it, FunctionValue)
            and it is not function.wrapped  # what it is passed answers for itself
            and self.denies(it, hops + 1)
            for it in inner
        )
