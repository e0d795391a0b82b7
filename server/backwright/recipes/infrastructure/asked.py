"""What a request for infrastructure asks: services, versions, numbers, and what nobody serves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from backwright.recipes.infrastructure.services import named, services
from backwright.recipes.outcome import Situation

_WORD = re.compile(r"[a-z0-9]+")
_CLAUSE = re.compile(
    r"[.;!?\n]+(?=\s|$)\s*|,\s*(?:and|but|with)?\s*"
    r"|\s+(?:and|but|then|with|including|plus|using|along with|as well as)\s+",
    re.IGNORECASE,
)
_REPLACE = re.compile(
    r"\b(?:replace|overwrite|rewrite|regenerate|recreate|from scratch|start over|redo)\b",
    re.IGNORECASE,
)
_PORT = re.compile(r"\bports?\s*(?:number\s*)?(?:to|=|:|is|be)?\s*(\d{2,5})\b", re.IGNORECASE)
_REPLICAS = re.compile(
    r"\b(\d{1,3})\s*(?:replicas?|instances?|pods?|copies|tasks?)\b"
    r"|\breplicas?\s*(?:of|to|=|:)?\s*(\d{1,3})\b",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\b(\d{1,3})\s*(?:to|and|-|\u2013|\.\.)\s*(\d{1,3})\s*(?:pods?|replicas?|instances?|tasks?)",
    re.IGNORECASE,
)
_CPU = re.compile(r"\b(\d+(?:\.\d+)?)\s*(?:v?cpus?|cores?)\b|\b(\d+m)\s*cpu\b", re.IGNORECASE)
_MEMORY = re.compile(r"\b(\d+)\s*([mg])i?b?\b(?!\s*cpu)", re.IGNORECASE)
_VERSION = re.compile(
    r"\b(?:node(?:\.?js)?|python|bun)\s*(?:version\s*)?v?(\d+(?:\.\d+)?)", re.IGNORECASE
)
_IMAGE = re.compile(
    r"\b((?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/[\w.-]*\w)+(?::\w(?:[\w.-]*\w)?)?)(?=[\s:,.;]|$)"
)
_COMMON_WORDS = """
a an the this that these those my our your it its for to of on in at by from into as is are be
please can could would you we i want need like create generate make write add set up setup build
give me us new file files have has having use uses using which so app apps application applications
project service services backend server api code repo repository one all some any proper good best
practice practices simple basic full complete ready production should must will also just only both
each command commands developer developers everything team run runs running deploy deploys deployed
deploying deployment
"""
_COMMON = frozenset(_WORD.findall(_COMMON_WORDS))


@dataclass(frozen=True, slots=True)
class Asked:
    """`services` are keys of `services.toml`; "" and 0 stand for what is not said.

    `at_most` is the end of a range of replicas; `cpu` and `memory` are as Kubernetes writes them.
    `image` is where an image is kept, such as `ghcr.io/acme/shop`.
    """

    request: str
    words: tuple[str, ...]
    services: tuple[str, ...] = ()
    replace: bool = False
    port: int = 0
    replicas: int = 0
    at_most: int = 0
    cpu: str = ""
    memory: str = ""
    version: str = ""
    image: str = ""

    def says(self, *words: str) -> bool:
        """Whether the request has one of the words, or all words of one of the phrases."""
        return any(set(it.lower().split()) <= set(self.words) for it in words)

    @property
    def is_about_health(self) -> bool:
        return self.says("health", "healthcheck", "healthz", "probe", "probes", "liveness")

    def unserved(self, known: Iterable[str], beyond: Iterable[str] = ()) -> tuple[str, ...]:
        """The clauses of the request none of whose words mean anything here, or one asks too much.

        `known` are the stems of words that the recipe serves, `beyond` those that it does not,
        whatever stands around them.
        """
        stems, others = tuple(known), tuple(beyond)
        calls = {word for it in services().values() for word in it.words}
        found = []
        for clause in _CLAUSE.split(self.request):
            told = [it for it in _WORD.findall(clause.lower()) if it not in _COMMON]
            served = any(it in calls or it.startswith(stems) or it.isdigit() for it in told)
            if told and (not served or any(it.startswith(others) for it in told)):
                found.append(clause.strip())
        return tuple(found)


def asked_of(situation: Situation) -> Asked:
    """What the request and the answers to the recipe's questions ask."""
    request = situation.request.strip()
    words = tuple(_WORD.findall(request.lower()))
    port, replicas = _PORT.search(request), _REPLICAS.search(request)
    between, cpu, memory = _RANGE.search(request), _CPU.search(request), _MEMORY.search(request)
    version, image = _VERSION.search(request), _IMAGE.search(request)
    given = situation.inputs.get("services", "")
    return Asked(
        request,
        words,
        services=tuple(named([*_WORD.findall(given.lower()), *words])),
        replace=_REPLACE.search(request) is not None,
        port=int(port[1]) if port else 0,
        replicas=_number(between or replicas),
        at_most=int(between[2]) if between else 0,
        cpu=(cpu[1] or cpu[2]) if cpu else "",
        memory=f"{memory[1]}{memory[2].upper()}i" if memory else "",
        version=version[1] if version else "",
        image=image[1] if image else "",
    )


def _number(found: re.Match[str] | None) -> int:
    """The first of the numbers that were found; 0 for none."""
    return next((int(it) for it in found.groups() if it), 0) if found else 0
