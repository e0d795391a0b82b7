"""Files that no model may see: what the settings and `.backwrightignore` name, and secret files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pathspec

_SECRET_FILES = (
    ".env",
    ".env.*",
    "!.env.example",
    "!.env.sample",
    "!.env.template",
    "*.pem",
    "*.key",
    "*.p12",
    "*.pfx",
    "*.keystore",
    "id_rsa*",
    "id_ed25519*",
    ".netrc",
    ".npmrc",
    ".pypirc",
    "*.tfstate",
    "*.tfvars",
)


def excluding(root: Path, patterns: Iterable[str]) -> Callable[[str], bool]:
    """Tells of a path whether its text must stay here; patterns are as in .gitignore."""
    try:
        ignored = (root / ".backwrightignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        ignored = []
    rules = pathspec.GitIgnoreSpec.from_lines([*_SECRET_FILES, *ignored, *patterns])
    return rules.match_file
