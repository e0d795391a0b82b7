"""What an editor shows of a project: actions, hover, lenses, hints and symbols fit the facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

import projects
from editor import Document, Editor, session

pytestmark = pytest.mark.asyncio(loop_scope="module")

READ, CREATE = "def read_item", "def create_item"


async def opened(editor: Editor, project: Path) -> Document:
    return await editor.open(project / "app/items.py")


async def test_actions_are_the_recipes_that_fit(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    actions = await editor.actions(document, READ)
    assert [it.title for it in actions] == [
        "Add authentication: GET /api/items/{item_id}",
        "Add rate limiting: GET /api/items/{item_id}",
        "Document the endpoint: GET /api/items/{item_id}",
        "Require a permission: GET /api/items/{item_id}",
        "Generate tests for this endpoint: GET /api/items/{item_id}",
    ]
    action = actions[0]
    assert isinstance(action, types.CodeAction)
    assert action.kind == "refactor.backwright.add-authentication"
    assert action.command is not None
    assert action.command.command == "backwright.run"
    assert action.edit is None


async def test_there_is_nothing_to_do_outside_of_an_endpoint(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    assert await editor.actions(document, "from fastapi") == []


@pytest.mark.parametrize(
    ("only", "count"),
    [
        (["refactor"], 5),
        (["refactor.backwright"], 5),
        (["refactor.backwright.add-rate-limiting"], 1),
        (["quickfix"], 0),
        (["refactor.back"], 0),
        (["quickfix", "refactor.backwright.generate-tests"], 1),
        ([""], 5),
    ],
)
async def test_only_kinds_that_were_asked_for(
    editor: Editor, project: Path, only: list[str], count: int
) -> None:
    document = await opened(editor, project)
    assert len(await editor.actions(document, READ, only)) == count


async def test_an_action_without_data_can_be_resolved(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    (action, *_) = await editor.actions(document, READ)
    assert isinstance(action, types.CodeAction)
    assert await editor.client.code_action_resolve_async(action) == action


async def test_hover_tells_what_is_known(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    card = await editor.hover(document, CREATE)
    assert card.splitlines()[0] == "**`POST /api/items`** fastapi"
    assert "| Handler | `create_item (app/items.py:21)` |" in card
    assert "| Guards | `signed_in (dependency, app/items.py:7)` |" in card
    assert "| Rate limit | none |" in card
    assert "| Missing | no tests, no rate limit" in card


async def test_hover_names_the_tests(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    assert "| Tests (1) | `tests/test_items.py:1` |" in await editor.hover(document, READ)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ('@router.get("/{item_id}")', True),
        ("/{item_id}", True),
        ("read_item", True),
        ("if item_id not in", False),
        ("router = ", False),
    ],
)
async def test_hover_is_for_what_introduces_a_route(
    editor: Editor, project: Path, words: str, shown: bool
) -> None:
    document = await opened(editor, project)
    assert bool(await editor.hover(document, words)) is shown


async def test_lenses_say_what_is_lacking_and_see_to_it(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    lenses = await editor.client.text_document_code_lens_async(
        types.CodeLensParams(types.TextDocumentIdentifier(document.uri))
    )
    assert lenses is not None
    shown = [(it.range.start.line, it.command.title) for it in lenses if it.command]
    assert shown == [
        (12, "no guard · add authentication"),
        (12, "no rate limit · add rate limiting"),
        (12, "1 test · generate tests for this endpoint"),
        (19, "no rate limit · add rate limiting"),
        (19, "no tests · generate tests for this endpoint"),
    ]
    command = lenses[0].command
    assert command is not None
    assert command.command == "backwright.run"


async def test_hints_show_the_path_that_clients_call(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    hints = await editor.client.text_document_inlay_hint_async(
        types.InlayHintParams(types.TextDocumentIdentifier(document.uri), whole)
    )
    assert hints is not None
    assert [(it.position.line, it.position.character, it.label) for it in hints] == [
        (12, 25, "GET /api/items/{item_id}"),
        (19, 33, "POST /api/items"),
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("post items", ["POST /api/items"]),
        ("GETITEM", ["GET /api/items/{item_id}"]),
        ("create_item", ["POST /api/items"]),
        ("", ["GET /api/items/{item_id}", "POST /api/items"]),
        ("orders", []),
    ],
)
async def test_routes_are_symbols(
    editor: Editor, project: Path, query: str, names: list[str]
) -> None:
    found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(query))
    assert [it.name for it in found or []] == names


async def test_what_is_typed_but_not_saved_counts(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    editor.type(document, '"/{item_id}"', '"/all" if False else ')
    editor.type(document, "from fastapi", "# one more line\n")
    editor.type(document, "@router.post", '@router.put("/typed")\ndef typed(): ...\n\n\n')
    assert "PUT /api/items/typed" in await editor.hover(document, "def typed")
    assert "PUT /api/items/typed" in {
        f"{it['method']} {it['path']}" for it in await editor.routes()
    }


async def test_a_closed_document_is_again_what_is_on_disk(editor: Editor, project: Path) -> None:
    document = await opened(editor, project)
    editor.type(document, "@router.post", '@router.put("/typed")\ndef typed(): ...\n\n\n')
    assert len(await editor.routes()) == 3
    editor.close(document)
    assert len(await editor.routes()) == 2


async def test_files_that_change_on_disk_are_read_again(editor: Editor, project: Path) -> None:
    assert len(await editor.routes()) == 2
    added = project / "app/more.py"
    added.write_text("from app.main import app\n\n\n@app.get('/more')\ndef more(): ...\n")
    editor.changed_on_disk(added)
    assert len(await editor.routes()) == 3


async def test_a_client_without_literals_gets_commands_and_plain_text(items: Path) -> None:
    def older(able: types.ClientCapabilities) -> None:
        assert able.text_document is not None
        able.text_document.code_action = types.CodeActionClientCapabilities()
        able.text_document.hover = types.HoverClientCapabilities(
            content_format=[types.MarkupKind.PlainText]
        )

    async with session("neovim_0.11.4", [items], change=older) as editor:
        document = await editor.open(items / "app/items.py")
        (command, *_) = await editor.actions(document, READ)
        assert isinstance(command, types.Command)
        assert command.command == "backwright.run"
        card = await editor.hover(document, READ)
        assert card.splitlines()[0] == "GET /api/items/{item_id} (fastapi)"
        assert "|" not in card


async def test_recipes_of_the_project_for_who_asks_for_sources(
    editor: Editor, project: Path
) -> None:
    document = await opened(editor, project)
    actions = await editor.actions(document, "from fastapi", ["source"])
    kinds = [it.kind for it in actions if isinstance(it, types.CodeAction)]
    assert "source.backwright.dockerfile" in kinds
    assert all(str(it).startswith("source.backwright.") for it in kinds)


STORE = """\
    #- pyproject.toml
    [project]
    name = "store"
    version = "1"
    dependencies = ["sqlalchemy"]
    #- models.py
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase): ...


    class Member(Base):
        __tablename__ = "members"

        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None] = mapped_column(unique=True)
    #- schema.sql
    CREATE TABLE tricks (
        "[click](command:backwright.run)" INTEGER
    );
"""


async def test_hover_on_a_model_tells_its_fields(tmp_path: Path) -> None:
    store = projects.write(tmp_path / "store", STORE)
    async with session("vscode_1.139", [store]) as own:
        document = await own.open(store / "models.py")
        card = await own.hover(document, "class Member")
        assert "**`Member`** sqlalchemy" in card
        assert "| Table | `members` |" in card
        assert "| id | `int, primary key` |" in card
        assert "| name | `str, unique, null` |" in card
        assert await own.hover(document, "__tablename__") == ""
        schema = await own.open(store / "schema.sql")
        assert "](command:" not in (card := await own.hover(schema, "CREATE TABLE"))
        assert "INTEGER" in card
