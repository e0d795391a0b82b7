"""Which files are tests, and by which framework."""

from __future__ import annotations

import posixpath
import re

_FOLDERS = frozenset({"test", "tests", "__tests__", "e2e", "spec", "specs", "cypress", "testing"})
_PYTHON = re.compile(r"^(test_.*|.*_test|conftest|tests)\.py$")
_SCRIPT = re.compile(r"(^tests?|^test-.*|[-_.]test|\.(spec|e2e|e2e-spec|itest))\.[cm]?[jt]sx?$")


def is_test(path: str) -> bool:
    """Whether the file belongs to tests; helpers and fixtures beside them count too."""
    name = posixpath.basename(path)
    folders = set(posixpath.dirname(path).split("/"))
    if name.endswith(("_test.rb", "_spec.rb")) or name in {"test_helper.rb", "spec_helper.rb"}:
        return True
    return bool(folders & _FOLDERS) or bool(_PYTHON.match(name)) or bool(_SCRIPT.search(name))
