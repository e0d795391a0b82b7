"""Writes tests down as pytest functions, in the style of the file that they go to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from backwright.recipes.generate_tests.case import Case, Expect, Ref, Rows, Send, Sent
from backwright.recipes.generate_tests.surroundings import FORGED, SPELLED

_WIDTH = 88


@dataclass(frozen=True, slots=True)
class PythonStyle:
    """`json` reads an answer's body; `query` is the keyword for it. `fresh` is what the answer to
    the request under test is called."""

    client: str = "client"
    asynchronous: bool = False
    marks: tuple[str, ...] = ()
    in_class: bool = False
    answer: str = "response"
    json: str = "json()"
    query: str = "params"
    deletes_with_body: bool = False
    quote: str = '"'


def test_name(handler: str, case: Case) -> str:
    """`test_create_item_without_credentials`."""
    handler = re.sub(r"\W+", "_", handler)
    base = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", handler).lower().strip("_")
    what = re.sub(r"\W+", "_", case.what.replace("client:", "")).strip("_").lower()
    return "_".join(it for it in ("test", base, what) if it)


def function(name: str, case: Case, style: PythonStyle) -> str:
    """One test as a function at the left margin."""
    lines = [f"@{mark}" for mark in style.marks] if style.asynchronous else []
    parameters = [*_fixtures(case, style), *(_row_parameters(case.rows) if case.rows else ())]
    if case.rows is not None:
        lines += _parametrize(case.rows)
    first = ["self"] if style.in_class else []
    word = "async def" if style.asynchronous else "def"
    head = f"{word} {name}({', '.join([*first, *parameters])}):"
    if len(head) > _WIDTH:
        inner = "".join(f"    {it},\n" for it in [*first, *parameters])
        head = f"{word} {name}(\n{inner}):"
    lines.append(head)
    body: list[str] = []
    for send in case.sends:
        if body:
            body.append("")
        body += _request(send, case, style)
    lines += [f"    {it}" if it else "" for it in "\n".join(body).split("\n")]
    return "\n".join(lines) + "\n"


def needs_pytest(cases: Iterable[Case], style: PythonStyle) -> bool:
    return any(it.rows is not None for it in cases) or (
        style.asynchronous and any(it.startswith("pytest") for it in style.marks)
    )


def _fixtures(case: Case, style: PythonStyle) -> list[str]:
    clients, others = [], []
    for send in case.sends:
        if send.credential.startswith("client:"):
            clients.append(send.credential.removeprefix("client:"))
        else:
            clients.append(style.client)
            named = send.credential and send.credential != FORGED
            if named and not send.credential.startswith(SPELLED):
                others.append(send.credential)
    return list(dict.fromkeys([*clients, *case.fixtures, *others]))


def _row_parameters(rows: Rows) -> list[str]:
    if rows.place.startswith("path:"):
        return ["value"]
    return ["field"] if rows.rows[0][3] else ["field", "value"]


def _parametrize(rows: Rows) -> list[str]:
    names = _row_parameters(rows)
    if len(names) == 1:
        values = [
            literal(value if names == ["value"] else field) for field, _, value, _ in rows.rows
        ]
        whole = f'@pytest.mark.parametrize("{names[0]}", [{", ".join(values)}])'
        if len(whole) <= _WIDTH:
            return [whole]
        return [f'@pytest.mark.parametrize(\n    "{names[0]}",\n    [{", ".join(values)}],\n)']
    lines = ["@pytest.mark.parametrize(", '    ("field", "value"),', "    ["]
    for field, why, value, _ in rows.rows:
        label = re.sub(r"[^\w.]+", "-", f"{field} {why}").strip("-")
        one = f'        pytest.param("{field}", {literal(value)}, id="{label}"),'
        if len(one) > _WIDTH:
            inner = [f'"{field}"', literal(value), f'id="{label}"']
            one = "        pytest.param(\n" + "".join(f"            {it},\n" for it in inner)
            one += "        ),"
        lines.append(one)
    return [*lines, "    ],", ")"]


def _request(send: Send, case: Case, style: PythonStyle) -> list[str]:
    rows = case.rows if send is case.last else None
    name = style.answer if send.name == "response" else send.name
    lines: list[str] = []
    arguments = [_path(send, rows, style)]
    arguments += _query(send, rows, lines, style)
    arguments += _body(send, rows, lines, style)
    client = style.client
    if send.credential.startswith("client:"):
        client = send.credential.removeprefix("client:")
    elif send.credential == FORGED:
        arguments.append('headers={"Authorization": "Bearer not-a-token"}')
    elif send.credential.startswith(SPELLED):
        arguments.append(f"headers={send.credential.removeprefix(SPELLED)}")
    elif send.credential:
        arguments.append(f"headers={send.credential}")
    wait = "await " if style.asynchronous else ""
    verb = send.method.lower()
    if verb == "delete" and send.has_body and not style.deletes_with_body:
        verb, arguments = "request", ['"DELETE"', *arguments]
    lines += _call(f"{name} = {wait}{client}.{verb}", arguments)
    return lines + _asserts(send, name, style)


def _call(head: str, arguments: list[str]) -> list[str]:
    one = f"{head}({', '.join(arguments)})"
    if len(one) + 4 <= _WIDTH and "\n" not in one:
        return [one]
    inner = "".join(f"    {it},\n".replace("\n", "\n    ")[:-4] for it in arguments)
    return [f"{head}(\n{inner})"]


def _path(send: Send, rows: Rows | None, style: PythonStyle) -> str:
    parts: list[str] = []
    formatted = False
    replaced = rows.place.removeprefix("path:") if rows and rows.place.startswith("path:") else ""
    for part in send.path:
        if isinstance(part, Ref):
            formatted = True
            parts.append("{" + reference(part, style).replace('"', "'") + "}")
        else:
            parts.append(part)
    text = "".join(parts)
    if replaced:
        formatted = True
        text = text.replace("<value>", "{value}")
    return f'f"{text}"' if formatted else f'"{text}"'


def _query(send: Send, rows: Rows | None, lines: list[str], style: PythonStyle) -> list[str]:
    varied = rows is not None and rows.place == "query"
    if not send.query and not varied:
        return []
    given = literal(dict(send.query))
    if not varied or rows is None:
        return [f"{style.query}={given}"]
    if rows.rows[0][3]:
        lines += [f"query = {given}", "del query[field]"]
        return [f"{style.query}=query"]
    if not send.query:
        return [f"{style.query}={{field: value}}"]
    lines.append(f"query = {given}")
    return [f"{style.query}={{**query, field: value}}"]


def _body(send: Send, rows: Rows | None, lines: list[str], style: PythonStyle) -> list[str]:
    if not send.has_body:
        return []
    word = "data" if send.form else "json"
    given = wrapped(send.body if send.body is not None else {}, style)
    varied = rows is not None and rows.place == "body"
    if not varied or rows is None:
        if "\n" in given or len(given) > 60:
            lines.append(f"payload = {given}")
            return [f"{word}=payload"]
        return [f"{word}={given}"]
    lines.append(f"payload = {given}")
    if rows.rows[0][3]:
        lines.append("del payload[field]")
        return [f"{word}=payload"]
    return [f"{word}={{**payload, field: value}}"]


def _asserts(send: Send, name: str, style: PythonStyle) -> list[str]:
    expect = send.expect
    lines = ["", *_status(expect, name)] if name == style.answer else _status(expect, name)
    body = f"{name}.{style.json}"
    several = len(expect.equal) + bool(expect.keys) > 1
    if several and not (name != style.answer and not expect.equal):
        held = "body" if name == style.answer else f"{name}_body"
        lines.append(f"{held} = {body}")
        body = held
    if expect.keys and not expect.more_keys:
        lines.append(
            _wide(f"assert set({body}) == ", "{", [literal(it) for it in expect.keys], "}")
        )
    elif expect.keys:
        lines.append(
            _wide("assert ", "{", [literal(it) for it in expect.keys], f"}} <= set({body})")
        )
    for key, inner in expect.nested:
        items = [literal(it) for it in inner]
        lines.append(_wide(f"assert set({body}[{literal(key)}]) == ", "{", items, "}"))
    for keys, value in expect.equal:
        at = body + "".join(f"[{literal(it)}]" for it in keys)
        shown = literal(value, style)
        compare = "is" if isinstance(value, bool) or value is None else "=="
        lines.append(f"assert {at} {compare} {shown}")
    if expect.lists is not None:
        key, value = expect.lists
        at = body + "".join(f"[{literal(it)}]" for it in expect.at)
        if expect.alike and isinstance(value, Ref):
            whole = f"{value.name}.{style.json}"
            lines.append(f"listed = {{it[{literal(key)}]: it for it in {at}}}")
            lines.append(f"assert set(listed[{literal(value, style)}]) == set({whole})")
        else:
            lines.append(f"assert {literal(value, style)} in [it[{literal(key)}] for it in {at}]")
    if expect.is_list:
        lines.append(f"assert isinstance({body}, list)")
    return lines


def _status(expect: Expect, name: str) -> list[str]:
    if not expect.status:
        return []
    if len(expect.status) == 1:
        return [f"assert {name}.status_code == {expect.status[0]}"]
    return [f"assert {name}.status_code in {{{', '.join(map(str, expect.status))}}}"]


def _wide(head: str, opening: str, items: list[str], closing: str) -> str:
    one = f"{head}{opening}{', '.join(items)}{closing}"
    if len(one) + 4 <= _WIDTH:
        return one
    return f"{head}{opening}\n" + "".join(f"    {it},\n" for it in items) + closing


def reference(ref: Ref, style: PythonStyle) -> str:
    if ref.fixture:
        return ".".join([ref.name, *(str(it) for it in ref.keys)])
    keys = "".join(f"[{literal(it)}]" for it in ref.keys)
    name = style.answer if ref.name == "response" else ref.name
    return f"{name}.{style.json}{keys}"


def wrapped(value: Sent, style: PythonStyle) -> str:
    """A value on one line, a dict that is too wide with a line for each entry."""
    one = literal(value, style)
    if len(one) <= _WIDTH - 22 or not isinstance(value, dict):
        return one
    inner = "".join(f"    {literal(key)}: {literal(it, style)},\n" for key, it in value.items())
    return f"{{\n{inner}}}"


_PLAIN_STYLE = PythonStyle()


def literal(value: Sent, style: PythonStyle = _PLAIN_STYLE) -> str:
    """A value as Python writes it."""
    match value:
        case Ref():
            return reference(value, style)
        case str():
            return _string(value)
        case list():
            return f"[{', '.join(literal(it, style) for it in value)}]"
        case dict():
            inner = (f"{literal(key)}: {literal(it, style)}" for key, it in value.items())
            return f"{{{', '.join(inner)}}}"
        case _:
            return repr(value)


def _string(value: str) -> str:
    found = re.fullmatch(r"(.*?)((.)\3{19,})(.*)", value, re.DOTALL)
    if found is not None:
        before, repeated, char, after = found.groups()
        parts = [f"{_string(char)} * {len(repeated)}"]
        parts = [*([_string(before)] if before else []), *parts]
        return " + ".join([*parts, *([_string(after)] if after else [])])
    text = repr(value)
    if text.startswith("'") and '"' not in text:
        return f'"{text[1:-1]}"'
    return text
