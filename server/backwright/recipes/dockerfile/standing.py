"""What a Dockerfile that is there already has of what is asked."""

from __future__ import annotations

import re

from backwright.recipes.infrastructure.asked import Asked
from backwright.recipes.outcome import AlreadyDone, Refused, Situation

_STAGE = re.compile(r"^\s*FROM\s+\S+", re.IGNORECASE | re.MULTILINE)
_HEALTH = re.compile(r"^\s*HEALTHCHECK\s+(?!NONE)", re.IGNORECASE | re.MULTILINE)
_USER = re.compile(r"^\s*USER\s+(\S+)", re.IGNORECASE | re.MULTILINE)


def already(situation: Situation, path: str, asked: Asked) -> AlreadyDone | Refused:
    """Done when it has all that is asked; else what it lacks, since what a person wrote stays."""
    text = situation.source(path)
    lacking = [what for what, has in _features(text).items() if not has]
    if not lacking:
        return AlreadyDone(
            f"{path} is there already: it builds in stages, is not run as root and checks health"
        )
    wanted = f"{path} is there already and has no {', no '.join(lacking)}"
    return Refused(f"{wanted}; say `replace it` to have it written anew")


def _features(text: str) -> dict[str, bool]:
    users = _USER.findall(text)
    return {
        "further stage": len(_STAGE.findall(text)) > 1,
        "user other than root": bool(users) and users[-1].partition(":")[0] not in {"root", "0"},
        "health check": _HEALTH.search(text) is not None,
    }
