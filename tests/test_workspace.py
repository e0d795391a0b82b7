"""The workspace: buffers and disk, what changes, the cache, previews."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from backwright.facts.backend import Backend
from backwright.index.cache import Cache
from backwright.index.discover import Found
from backwright.index.workspace import Workspace
from backwright.text.snapshot import Snapshot

MAIN = """\
from fastapi import FastAPI

from items import router

app = FastAPI()
app.include_router(router, prefix="/items")
"""
ITEMS = """\
from fastapi import APIRouter

router = APIRouter()


@router.get("/{{{name}}}")
def read({name}: int): ...
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.py").write_text(MAIN)
    (tmp_path / "app" / "items.py").write_text(ITEMS.format(name="id"))
    return tmp_path / "app"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache" / "facts.sqlite")


def _titles(backend: Backend) -> list[str]:
    return [it.title for it in backend.routes]


def _buffer(path: str, source: str) -> Snapshot:
    return Snapshot(path=path, source=source.encode(), version=1)


def test_a_buffer_overrides_the_disk_until_it_is_closed(root: Path) -> None:
    workspace = Workspace(root)
    assert _titles(workspace.refresh()) == ["GET /items/{id}"]
    workspace.put_buffer(_buffer("items.py", ITEMS.format(name="item")))
    assert _titles(workspace.publish()) == ["GET /items/{item}"]
    assert _titles(workspace.refresh()) == ["GET /items/{item}"]
    workspace.drop_buffer("items.py")
    assert _titles(workspace.refresh()) == ["GET /items/{id}"]


def test_a_buffer_may_hold_a_file_that_is_not_there(root: Path) -> None:
    workspace = Workspace(root)
    workspace.refresh()
    workspace.put_buffer(_buffer("new.py", f"{MAIN}\n@app.get('/new')\ndef new(): ...\n"))
    assert "GET /new" in _titles(workspace.refresh())
    snapshot = workspace.snapshot("new.py")
    assert snapshot is not None
    assert snapshot.version == 1
    workspace.drop_buffer("new.py")
    assert "GET /new" not in _titles(workspace.refresh())
    assert workspace.snapshot("new.py") is None


def test_closing_a_buffer_of_a_file_that_is_gone(root: Path) -> None:
    workspace = Workspace(root)
    workspace.refresh()
    workspace.put_buffer(_buffer("items.py", ITEMS.format(name="kept")))
    (root / "items.py").unlink()
    assert _titles(workspace.refresh()) == ["GET /items/{kept}"]
    workspace.drop_buffer("items.py")
    assert _titles(workspace.refresh()) == []


def test_refresh_sees_what_is_new_changed_and_gone(root: Path) -> None:
    workspace = Workspace(root)
    workspace.refresh()
    (root / "items.py").write_text(ITEMS.format(name="number"))
    assert _titles(workspace.refresh()) == ["GET /items/{number}"]
    (root / "more.py").write_text("from main import app\n@app.get('/more')\ndef more(): ...\n")
    assert _titles(workspace.refresh()) == ["GET /items/{number}", "GET /more"]
    (root / "items.py").unlink()
    assert _titles(workspace.refresh()) == ["GET /more"]


def test_refresh_reads_only_what_has_changed(root: Path) -> None:
    read: list[str] = []
    workspace = Workspace(root, reading=read.append)
    workspace.refresh()
    assert [it for it in read if it] == ["items.py", "main.py"]
    (root / "items.py").write_text(ITEMS.format(name="other"))
    workspace.refresh()
    assert [it for it in read if it] == ["items.py", "main.py", "items.py"]


def test_a_second_start_reads_from_the_cache(root: Path, cache: Cache) -> None:
    first = Workspace(root, cache).refresh()
    read: list[str] = []
    assert Workspace(root, cache, read.append).refresh() == first
    assert [it for it in read if it] == []


def test_a_second_start_reads_no_facts_until_they_are_asked_for(root: Path, cache: Cache) -> None:
    first = Workspace(root, cache).refresh()
    loaded: list[int] = []

    class Counted(Cache):
        def load(self) -> dict[str, tuple[Found, bytes]]:
            loaded.append(1)
            return super().load()

    workspace = Workspace(root, Counted(root.parent / "cache" / "facts.sqlite"))
    assert workspace.refresh() == first
    workspace.put_buffer(_buffer("items.py", ITEMS.format(name="id")))  # opened as it is on disk
    assert workspace.publish() == first
    assert workspace.refresh() == first
    assert loaded == []
    workspace.put_buffer(_buffer("items.py", ITEMS.format(name="item")))
    assert _titles(workspace.publish()) == ["GET /items/{item}"]
    assert loaded == [1]
    workspace.drop_buffer("items.py")
    assert workspace.refresh() == first


def test_a_second_start_after_a_change_is_no_copy_of_the_first(root: Path, cache: Cache) -> None:
    Workspace(root, cache).refresh()
    (root / "items.py").write_text(ITEMS.format(name="changed"))
    workspace = Workspace(root, cache)
    assert _titles(workspace.refresh()) == ["GET /items/{changed}"]
    (root / "items.py").unlink()
    assert _titles(workspace.refresh()) == []


def test_the_cache_follows_changes_while_nothing_runs(root: Path, cache: Cache) -> None:
    Workspace(root, cache).refresh()
    (root / "items.py").write_text(ITEMS.format(name="changed"))
    assert _titles(Workspace(root, cache).refresh()) == ["GET /items/{changed}"]
    (root / "items.py").unlink()
    assert _titles(Workspace(root, cache).refresh()) == []
    assert set(cache.load()) == {"main.py"}


def test_a_cache_that_cannot_be_read_is_an_empty_one(root: Path, cache: Cache) -> None:
    wanted = Workspace(root, cache).refresh()
    [file] = (root.parent / "cache").glob("*.sqlite")
    for path in file.parent.iterdir():
        path.write_bytes(b"not a database at all" * 100)
    assert Workspace(root, cache).refresh() == wanted
    assert set(cache.load()) == {"items.py", "main.py"}


def test_a_fact_that_cannot_be_decoded_is_read_anew(root: Path, cache: Cache) -> None:
    wanted = Workspace(root, cache).refresh()
    [file] = (root.parent / "cache").glob("*.sqlite")
    with sqlite3.connect(file) as store:
        store.execute("UPDATE files SET facts = ?", (b"\x93\x01",))
    store.close()
    assert Workspace(root, cache).refresh() == wanted


def test_a_folder_without_room_for_a_cache(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    wanted = Workspace(root).refresh()
    assert Workspace(root, Cache(tmp_path / "file" / "facts.sqlite")).refresh() == wanted


def test_a_preview_leaves_everything_as_it_was(root: Path) -> None:
    workspace = Workspace(root)
    before = workspace.refresh()
    after = workspace.preview({"items.py": ITEMS.format(name="later").encode()})
    assert _titles(after) == ["GET /items/{later}"]
    assert _titles(workspace.preview({"items.py": None})) == []
    assert workspace.backend is before
    assert workspace.publish() == before


def test_a_buffer_of_no_known_language_is_kept_as_a_document(root: Path) -> None:
    workspace = Workspace(root)
    before = workspace.refresh()
    workspace.put_buffer(_buffer("notes.txt", "app.get('/x')"))
    assert workspace.publish() == before
    snapshot = workspace.snapshot("notes.txt")
    assert snapshot is not None
    assert snapshot.source == b"app.get('/x')"
