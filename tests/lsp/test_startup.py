"""What the server process loads before an editor has its first answer."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROBE = """
import sys
from backwright.cli import main
from backwright.lsp.server import made
from lsprotocol.types import ClientCapabilities, InitializeParams
server = made()
steps = server.protocol.lsp_initialize(InitializeParams(ClientCapabilities()))
handler, arguments, _ = next(steps)
handler(*arguments)
try:
    steps.send(None)
except StopIteration:
    print("\\n".join(sys.modules))
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, timeout=60
    )
    return set(answer.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "tree_sitter",
        "openai",
        "jinja2",
        "pathspec",
        "platformdirs",
        "tomlkit",
        "backwright.engine",
        "backwright.index",
        "backwright.model",
        "backwright.syntax",
        "backwright.verify",
        "backwright.cli.answers",
        "backwright.workers.desk",
    ],
)
def test_the_server_neither_parses_nor_talks_to_models(loaded: set[str], module: str) -> None:
    assert "backwright.lsp.server" in loaded
    assert module not in loaded
