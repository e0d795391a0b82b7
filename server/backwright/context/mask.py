"""Takes secrets out of a text before a model may see it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from detect_secrets.core.scan import scan_line
from detect_secrets.settings import transient_settings

# The detectors of known shapes and of telling names; those that go by entropy alone mask hashes,
# identifiers and test data, which hurts more than it helps.
_DETECTORS = (
    "ArtifactoryDetector",
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "BasicAuthDetector",
    "DiscordBotTokenDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "JwtTokenDetector",
    "KeywordDetector",
    "MailchimpDetector",
    "NpmDetector",
    "OpenAIDetector",
    "PrivateKeyDetector",
    "SendGridDetector",
    "SlackDetector",
    "StripeDetector",
    "TwilioKeyDetector",
)
_SETTINGS = {"plugins_used": [{"name": name} for name in _DETECTORS]}

# A default beside the name of a secret: `JWT_SECRET || "…"`, `getenv("API_KEY", "…")`.
_NAMED = re.compile(
    r"(?i)(?:secret|passw(?:or)?d|passwd|api_?key|auth_?token|access_?token|private_?key)\w*[\"'\])]*"
    r"[^\"'`\n]{0,24}[=:,|?(]\s*[\"'`]([^\"'`\s]{6,})[\"'`]"
)
_KEY_BLOCK = re.compile(r"(-----BEGIN [A-Z ]*PRIVATE KEY-----)(.*?)(-----END|\Z)", re.DOTALL)

MASK = "<masked>"


def masked(text: str) -> str:
    """`text` with every value that looks like a secret replaced by `<masked>`."""
    text = _KEY_BLOCK.sub(lambda it: f"{it[1]}\n{MASK}\n{it[3]}", text)
    with transient_settings(_SETTINGS):
        return "\n".join(_masked_line(line) for line in text.split("\n"))


def lines_with_secrets(lines: Iterable[tuple[int, str]]) -> list[int]:
    """The numbers of those lines that hold a value which looks like a secret."""
    with transient_settings(_SETTINGS):
        return [number for number, line in lines if _found(line)]


def _masked_line(line: str) -> str:
    for value in sorted(_found(line), key=len, reverse=True):
        line = line.replace(value, MASK)
    return line


@lru_cache(maxsize=4096)  # a draft is looked at twice: before it is shown, and when it is checked
def _found(line: str) -> tuple[str, ...]:
    known = [it.secret_value for it in scan_line(line) if it.type != "Private Key"]
    named = [match[1] for match in _NAMED.finditer(line)]
    values = [it for it in [*known, *named] if it and MASK not in it and not _is_a_name(it)]
    return tuple(dict.fromkeys(values))


def _is_a_name(value: str) -> bool:
    """A placeholder, a path or the name of a variable rather than the value itself."""
    return (
        value.startswith(("$", "{", "<", "/", "./", "%"))
        or value.isupper()
        or "process.env" in value
    )
