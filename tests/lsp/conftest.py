"""Projects for tests of the server, and one server that a module's tests share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

import projects
from editor import Editor, session

ITEMS = """\
    #- pyproject.toml
    [project]
    name = "items"
    version = "1"
    dependencies = ["fastapi", "slowapi"]
    #- app/main.py
    from fastapi import FastAPI

    from app.items import router

    app = FastAPI()
    app.include_router(router, prefix="/api")
    #- app/items.py
    from fastapi import APIRouter, Depends, Header, HTTPException

    router = APIRouter(prefix="/items")
    ITEMS = {1: "lamp"}


    def signed_in(authorization: str = Header("")) -> str:
        if not authorization:
            raise HTTPException(401, "sign in first")
        return authorization


    @router.get("/{item_id}")
    def read_item(item_id: int) -> dict[str, str]:
        if item_id not in ITEMS:
            raise HTTPException(404, "no such item")
        return {"name": ITEMS[item_id]}


    @router.post("", status_code=201)
    def create_item(name: str, user: str = Depends(signed_in)) -> dict[str, str]:
        return {"name": name, "user": user}
    #- tests/conftest.py
    import pytest
    from fastapi.testclient import TestClient

    from app.main import app


    @pytest.fixture
    def client():
        return TestClient(app)
    #- tests/test_items.py
    def test_reads_an_item(client):
        assert client.get("/api/items/1").status_code == 200
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor() -> AsyncIterator[Editor]:
    """VS Code with no folder open yet."""
    async with session("vscode_1.139") as running:
        yield running


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """A small project that is open in no editor yet."""
    return projects.write(tmp_path / "items", ITEMS)


@pytest_asyncio.fixture(loop_scope="module")
async def project(editor: Editor, items: Path) -> AsyncIterator[Path]:
    """The same, open in the shared server for one test."""
    editor.forget()
    editor.add_folder(items)
    yield items
    editor.close_all()
    editor.remove_folder(items)
