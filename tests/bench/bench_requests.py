"""How long an editor waits for code actions and hovers in a project of 2,000 files.

    python tests/bench/bench_requests.py [requests]

The project is generated: 400 routers of five endpoints each, and the modules that they use. The
figures are those of a client, once the project is read; the aim is a p99 below 20 ms. Typing in
between, as a person does, comes in a row of its own: it includes the wait for what was typed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from editor import Document, Editor, session

REQUESTS = 300
ROUTERS = 400
MODULES_EACH = 4

_ROUTER = """\
from fastapi import APIRouter, Depends

from app.modules.m{n}_0 import load, store

router = APIRouter(prefix="/things{n}")


def guard() -> None: ...

"""
_ENDPOINT = """
@router.{method}("/{{item_id}}/part{k}", dependencies=[Depends(guard)])
def endpoint_{n}_{k}(item_id: int) -> dict[str, int]:
    return load(item_id)

"""
_MODULE = """\
def load(item_id: int) -> dict[str, int]:
    return {"id": item_id}


def store(item_id: int) -> None: ...
"""


async def main(requests: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        project = generated(Path(scratch))
        begun = time.perf_counter()
        async with session("vscode_1.139", [project]) as editor:
            await editor.wait_for_routes(ROUTERS * 5)
            print(f"{ROUTERS * 5} routes known after {time.perf_counter() - begun:.1f} s")
            document = await editor.open(project / "app/routers/r7.py")
            await editor.routes()
            words = "def endpoint_7_3"
            await row("code action", requests, lambda: editor.actions(document, words))
            await row("hover", requests, lambda: editor.hover(document, words))
            await row("hover after typing", 20, lambda: typed(editor, document, words))


def generated(folder: Path, count: int = ROUTERS) -> Path:
    routers, modules = folder / "app/routers", folder / "app/modules"
    routers.mkdir(parents=True)
    modules.mkdir(parents=True)
    mounts = []
    for n in range(count):
        methods = ("get", "post", "put", "patch", "delete")
        endpoints = [_ENDPOINT.format(method=it, n=n, k=k) for k, it in enumerate(methods)]
        (routers / f"r{n}.py").write_text(_ROUTER.format(n=n) + "".join(endpoints))
        for k in range(MODULES_EACH):
            (modules / f"m{n}_{k}.py").write_text(_MODULE)
        mounts.append(f"from app.routers.r{n} import router as r{n}\napp.include_router(r{n})\n")
    head = "from fastapi import FastAPI\n\napp = FastAPI()\n"
    (folder / "app/main.py").write_text(head + "".join(mounts))
    (folder / "pyproject.toml").write_text('[project]\nname = "app"\ndependencies = ["fastapi"]\n')
    return folder


async def typed(editor: Editor, document: Document, words: str) -> str:
    editor.type(document, "router = ", "# a remark\n")
    return await editor.hover(document, words)


async def row(name: str, requests: int, ask: Callable[[], Awaitable[object]]) -> None:
    taken = []
    for _ in range(requests):
        begun = time.perf_counter()
        answer = await ask()
        taken.append((time.perf_counter() - begun) * 1000)
        assert answer, f"{name} was answered with nothing"
    taken.sort()
    middle, last = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(f"{name:<20} p50 {middle:6.1f} ms   p99 {last:6.1f} ms   of {requests}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS))
