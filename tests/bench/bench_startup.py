"""How long an editor waits for `initialize`, beside a bare pygls server in the same run.

    python tests/bench/bench_startup.py [runs]

Prints both medians and their ratio; the aim is 1.5 at most.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 15
BARE = "from pygls.lsp.server import LanguageServer; LanguageServer('bare', '1').start_io()"
COMMANDS = {
    "bare pygls": [sys.executable, "-c", BARE],
    "backwright": [sys.executable, "-m", "backwright", "serve"],
}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            for name, command in COMMANDS.items():
                taken[name].append(seconds_to_initialize(command, Path(folder)))
    medians = {name: median(it) for name, it in taken.items()}
    for name, middle in medians.items():
        print(f"{name:<12} {middle * 1000:6.0f} ms until initialize is answered")
    print(f"ratio        {medians['backwright'] / medians['bare pygls']:6.2f} (aim: 1.5)")


def seconds_to_initialize(command: list[str], folder: Path) -> float:
    params = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}
    message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(f"Content-Length: {len(message)}\r\n\r\n{message}".encode())
        server.stdin.flush()
        server.stdout.readline()
        taken = time.perf_counter() - begun
        server.kill()
    return taken


if __name__ == "__main__":
    main()
