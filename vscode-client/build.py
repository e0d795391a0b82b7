"""Builds the extension for VS Code: one .vsix for every system, with the server's wheel in it.

    python vscode-client/build.py [--out FILE | --bundle | --lint]

The extension is put together in build/, from where VS Code can run it too (`--bundle`).
Needs Node 20+ and npm; packages of npm are installed into node_modules when they are not there yet.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from manifest import complete

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = HERE / "build"
_FOR_DEVELOPERS = ("scripts", "devDependencies", "private")


class BuildError(Exception):
    """A step ended with a fault; the message holds what it said."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="by default in dist/ of the repository")
    parser.add_argument("--bundle", action="store_true", help="only the scripts, with the tests")
    parser.add_argument("--lint", action="store_true", help="only what the linters say")
    options = parser.parse_args()
    try:
        if options.bundle:
            bundle()
        elif options.lint:
            lint()
        else:
            print(vsix(options.out))
    except BuildError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def vsix(out: Path | None) -> Path:
    """Writes the extension to `out`. Raises BuildError."""
    version = bundle()
    out = (out or ROOT / "dist" / f"backwright-{version}.vsix").resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    run([*pip, "--no-deps", "--wheel-dir", str(BUILD / "wheel"), str(ROOT)], BUILD)
    vsce = [node(), str(HERE / "node_modules/@vscode/vsce/vsce"), "package"]
    flags = ["--no-dependencies", "--allow-missing-repository", "--out", str(out)]
    run([*vsce, *flags], BUILD)
    return out


def bundle() -> str:
    """Makes build/, all but the server's wheel, and what runs in the extension host in tests; the
    version. Raises BuildError."""
    install()
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir()
    manifest = complete(json.loads((HERE / "package.json").read_text("utf-8")))
    kept = {key: it for key, it in manifest.items() if key not in _FOR_DEVELOPERS}
    (BUILD / "package.json").write_text(json.dumps(kept, indent=2), "utf-8")
    (BUILD / ".vscodeignore").write_text("", "utf-8")
    shutil.copytree(HERE / "media", BUILD / "media")
    shutil.copy(HERE / "README.md", BUILD)
    shutil.copy(ROOT / "LICENSE", BUILD / "LICENSE.txt")
    shutil.copy(ROOT / "CHANGELOG.md", BUILD)
    run([node(), "esbuild.mjs"], HERE)
    return str(manifest["version"])


def lint() -> None:
    install()
    for tool in (
        ["typescript/bin/tsc", "--project", "."],
        ["typescript/bin/tsc", "--project", "src/page"],
        ["eslint/bin/eslint.js", "."],
    ):
        run([node(), str(HERE / "node_modules" / tool[0]), *tool[1:]], HERE)


def install() -> None:
    """Installs what is needed of npm, unless what is there is for the same lock file."""
    lock, done = HERE / "package-lock.json", HERE / "node_modules/.installed"
    if done.is_file() and done.read_bytes() == lock.read_bytes():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("npm is not installed; the extension is built with Node 20 or newer")
    run([npm, "ci", "--ignore-scripts"], HERE)
    shutil.copy(lock, done)


def node() -> str:
    found = shutil.which("node")
    if found is None:
        raise BuildError("node is not installed; the extension is built with Node 20 or newer")
    return found


def run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = f"{done.stdout}\n{done.stderr}".strip()
        raise BuildError(f"{' '.join(command[:4])} … ended with {done.returncode}\n{said}")


if __name__ == "__main__":
    sys.exit(main())
