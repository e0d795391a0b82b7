"""The names by which the parts of a file are addressed."""

from __future__ import annotations

import pytest

from backwright.syntax.language import languages, shapes
from backwright.syntax.symbols import Ambiguous, Symbol, closing_statements, find, symbols
from backwright.syntax.tree import parse

PYTHON = """\
from fastapi import APIRouter

router = APIRouter()
first, second = 1, 2
app.state.limiter = limiter


@router.get("/items")
@limited
async def list_items():
    local = 1

    def inner():
        pass

    app.add_url_rule("/inner", view_func=inner)


class Item(Base):
    name: str
    price = 2

    def total(self):
        self.sum = 1

    @property
    def label(self):
        return ""


app.add_url_rule("/things", view_func=things)
app.include_router(items.router, prefix="/items")
type Payload = dict[str, str]

if __name__ == "__main__":
    run()
"""

JAVASCRIPT = """\
const express = require("express");
const { list, create: add } = require("./store");
const router = express.Router(), other = 1;
app.use("/api", router);
router.get("/items", auth, async (req, res) => {
  const local = 1;
  res.send("ok", local);
  function help() {}
});
router.route("/things").get(list).post(add);
router.get(PATHS.one, list);
exports.show = async () => {};
module.exports.hide = function () {};
class Store {
  constructor() { this.app.use("/store", router); }
  get = () => 2;
  limit = 3;
}
const controller = { list() {}, create: async () => {} };
function register(app) {
  app.get("/inner", list);
  const local = 1;
}
describe("items", () => {
  let app;
  it("lists them", async () => { const local = 1; });
  describe('empty', () => { test(`works`, () => {}); });
});
app.locals.title = "x";
export default router;
"""

TYPESCRIPT = """\
@Controller("items")
export class Items {
  @Get("/one") @Guard()
  private one(id: string) { return 1; }
  limit = 1;
}
abstract class Base { abstract run(): void; }
export interface Shape { a: string }
export type Id = string;
export enum Role { admin }
export const find = async (id: Id): Promise<void> => {};
export default { data() {} };
"""

NAMES = {
    "python": (
        PYTHON,
        """
        variable router | variable first | variable second | variable app.state.limiter
        function list_items | function list_items.inner
        call list_items > app.add_url_rule /inner
        class Item | variable Item.name | variable Item.price | method Item.total
        method Item.label | call app.add_url_rule /things
        call app.include_router items.router | variable Payload
        """,
    ),
    "javascript": (
        JAVASCRIPT,
        """
        variable express | variable list | variable add | variable router | variable other
        call app.use /api | call router.get /items | function router.get /items > help
        call router.route /things | call router.get PATHS.one | function show | function hide
        class Store | method Store.constructor | call Store.constructor > this.app.use /store
        method Store.get | variable Store.limit | variable controller | method controller.list
        method controller.create | function register | call register > app.get /inner
        test describe items | variable describe items > app | test describe items > it lists them
        test describe items > describe empty | test describe items > describe empty > test works
        variable app.locals.title
        """,
    ),
    "typescript": (
        TYPESCRIPT,
        """
        class Items | method Items.one | variable Items.limit | class Base | class Shape
        variable Id | class Role | function find | variable default | method default.data
        """,
    ),
}
NAMES["tsx"] = NAMES["typescript"]


@pytest.mark.parametrize("language", NAMES)
def test_names(language: str) -> None:
    source, listed = NAMES[language]
    wanted = [it.strip() for it in listed.replace("\n", "|").split("|") if it.strip()]
    found = [f"{it.kind} {it.name}" for it in symbols(source.encode(), language)]
    assert found == wanted


WHOLE = [
    ("python", PYTHON, "list_items", '@router.get("/items")', "view_func=inner)"),
    ("python", PYTHON, "Item.label", "@property", 'return ""'),
    ("python", PYTHON, "first", "first, second", "1, 2"),
    ("javascript", JAVASCRIPT, "other", "const router", "other = 1;"),
    ("javascript", JAVASCRIPT, "router.get /items", "router.get", "});"),
    ("javascript", JAVASCRIPT, "router.route /things", "router.route", "post(add);"),
    ("javascript", JAVASCRIPT, "show", "exports.show", "{};"),
    ("javascript", JAVASCRIPT, "Store.get", "get = ", "2;"),
    ("javascript", JAVASCRIPT, "controller.list", "list()", "{}"),
    ("typescript", TYPESCRIPT, "Items", '@Controller("items")', "}"),
    ("typescript", TYPESCRIPT, "Items.one", '@Get("/one")', "}"),
    ("typescript", TYPESCRIPT, "Items.limit", "limit", "1;"),
    ("typescript", TYPESCRIPT, "find", "export const", "{};"),
]


@pytest.mark.parametrize(
    ("language", "source", "name", "start", "end"), WHOLE, ids=[f"{it[0]}: {it[2]}" for it in WHOLE]
)
def test_a_symbol_spans_its_whole_statement(
    language: str, source: str, name: str, start: str, end: str
) -> None:
    found = find(symbols(source.encode(), language), name)
    assert isinstance(found, Symbol)
    text = found.span.of(source.encode()).decode()
    assert text.startswith(start)
    assert text.endswith(end)
    assert found.span.covers(found.inner)


FOUND = [
    ("python", PYTHON, "def list_items", "list_items"),
    ("python", PYTHON, "async def list_items():", "list_items"),
    ("python", PYTHON, "list_items()", "list_items"),
    ("python", PYTHON, "`list_items`", "list_items"),
    ("python", PYTHON, "app.items.list_items", "list_items"),
    ("python", PYTHON, '@router.get("/items")', "list_items"),
    ("python", PYTHON, "GET /items", "list_items"),
    ("python", PYTHON, "total", "Item.total"),
    ("python", PYTHON, "class Item(Base):", "Item"),
    ("python", PYTHON, "Order.list_items", None),
    ("python", PYTHON, "POST /items", None),
    ("python", PYTHON, "app.include_router(items.router)", "app.include_router items.router"),
    ("javascript", JAVASCRIPT, "router.get(PATHS.one, list)", "router.get PATHS.one"),
    ("javascript", JAVASCRIPT, "router.get('/items')", "router.get /items"),
    ("javascript", JAVASCRIPT, 'router.get("/items", auth)', "router.get /items"),
    ("javascript", JAVASCRIPT, "GET /items", "router.get /items"),
    ("javascript", JAVASCRIPT, "post /things", "router.route /things"),
    ("javascript", JAVASCRIPT, "USE /api", "app.use /api"),
    ("javascript", JAVASCRIPT, "exports.show", "show"),
    ("javascript", JAVASCRIPT, "module.exports.hide", "hide"),
    ("javascript", JAVASCRIPT, "Store#get", "Store.get"),
    ("javascript", JAVASCRIPT, "it lists them", "describe items > it lists them"),
    (
        "javascript",
        JAVASCRIPT,
        "describe('items') > it(\"lists them\")",
        "describe items > it lists them",
    ),
    ("javascript", JAVASCRIPT, "test works", "describe items > describe empty > test works"),
    ("javascript", JAVASCRIPT, "missing", None),
    ("typescript", TYPESCRIPT, "export const find", "find"),
    ("typescript", TYPESCRIPT, "one", "Items.one"),
]


@pytest.mark.parametrize(
    ("language", "source", "name", "meant"), FOUND, ids=[f"{it[0]}: {it[2]}" for it in FOUND]
)
def test_find(language: str, source: str, name: str, meant: str | None) -> None:
    found = find(symbols(source.encode(), language), name)
    assert (found.name if isinstance(found, Symbol) else found) == meant


def test_find_never_chooses() -> None:
    found = find(symbols(JAVASCRIPT.encode(), "javascript"), "app.get /items")
    assert found is None
    twice = symbols(b"class A:\n def f(self): ...\nclass B:\n def f(self): ...\n", "python")
    found = find(twice, "f")
    assert isinstance(found, Ambiguous)
    assert [it.name for it in found.candidates] == ["A.f", "B.f"]


def test_every_symbol_is_found_by_its_own_name() -> None:
    for language, (source, _) in NAMES.items():
        listed = symbols(source.encode(), language)
        for symbol in listed:
            assert find(listed, symbol.name) == symbol


def test_broken_code_has_symbols() -> None:
    source = b"def whole(): return 1\n\ndef broken(:\n    x = (\n\ndef after(): return 2\n"
    assert "whole" in [it.name for it in symbols(source, "python")]


CLOSING = [
    ("python", PYTHON, ["if __name__"]),
    ("javascript", JAVASCRIPT, ["export default router;"]),
    ("javascript", "const a = 1;\nexport { a };\nmodule.exports = a;\n", ["export {", "module."]),
    ("javascript", 'export { a } from "./a";\nexport default { list() {} };\n', []),
    ("typescript", "export = router;\n", ["export ="]),
]


@pytest.mark.parametrize(("language", "source", "starts"), CLOSING)
def test_closing_statements(language: str, source: str, starts: list[str]) -> None:
    root = parse(source.encode(), language).root_node
    found = [it.of(source.encode()).decode() for it in closing_statements(root, language)]
    assert len(found) == len(starts)
    assert all(text.startswith(start) for text, start in zip(found, starts, strict=True))


@pytest.mark.parametrize("language", languages())
def test_every_query_compiles(language: str) -> None:
    assert shapes(language).pattern_count > 5
