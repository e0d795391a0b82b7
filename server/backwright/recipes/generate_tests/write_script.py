"""Writes tests down for Jest and Vitest with supertest."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from backwright.recipes.generate_tests.case import Case, Expect, Ref, Rows, Send, Sent
from backwright.recipes.generate_tests.script_suite import Person
from backwright.recipes.generate_tests.surroundings import FORGED

_WIDTH = 96
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


@dataclass(frozen=True, slots=True)
class ScriptStyle:
    """`agent` is what requests are made on; `test` the word for a test: `it` or `test`."""

    agent: str = "request(app)"
    test: str = "it"
    quote: str = "'"
    semicolon: str = ";"
    indent: str = "  "


def title_of(case: Case) -> str:
    """`answers 401 without credentials`."""
    status = " or ".join(str(it) for it in case.last.expect.status)
    asked = next((it for it in case.sends if it.name == "response"), case.last)
    status = " or ".join(str(it) for it in asked.expect.status) or status
    if case.what.startswith("holds"):
        return case.what
    return f"answers {status} {case.what}".strip()


def describe(
    title: str, cases: list[Case], people: Mapping[str, Person], style: ScriptStyle
) -> str:
    """A block of tests for one endpoint."""
    inner = "\n".join(_test(it, people, style) for it in cases)
    text = f"describe({_text(title, style)}, () => {{\n{_indented(inner, style)}}});\n"
    return text if style.semicolon else re.sub(r";(?=\n)", "", text)


def _test(case: Case, people: Mapping[str, Person], style: ScriptStyle) -> str:
    used = dict.fromkeys(it.credential for it in case.sends if it.credential in people)
    lines = [line for name in used for line in people[name].lines]
    for send in case.sends:
        if lines:
            lines.append("")
        lines += _request(send, case, people, style)
    body = _indented("\n".join(lines) + "\n", style)
    if case.rows is None:
        head = f"{style.test}({_text(title_of(case), style)}, async () => {{\n"
        return f"{head}{body}}});\n"
    values = "".join(f"  {it},\n" for it in _rows(case.rows, style))
    names = ", ".join(_row_names(case.rows))
    name = title_of(case) + (": %s" if len(_row_names(case.rows)) < 3 else ": %s %s")
    return (
        f"{style.test}.each([\n{values}])({_text(name, style)}, async ({names}) => {{\n{body}}});\n"
    )


def _row_names(rows: Rows) -> list[str]:
    if rows.place.startswith("path:"):
        return ["value"]
    return ["field"] if rows.rows[0][3] else ["field", "why", "value"]


def _rows(rows: Rows, style: ScriptStyle) -> list[str]:
    found = []
    for name, why, value, missing in rows.rows:
        if rows.place.startswith("path:"):
            found.append(literal(value, style))
        elif missing:
            found.append(literal(name, style))
        else:
            why = why.replace(" ", " ")
            found.append(
                f"[{literal(name, style)}, {literal(why, style)}, {literal(value, style)}]"
            )
    return found


def _request(send: Send, case: Case, people: Mapping[str, Person], style: ScriptStyle) -> list[str]:
    rows = case.rows if send is case.last else None
    lines: list[str] = []
    calls = [f".{send.method.lower()}({_path(send, style)})"]
    if send.credential:
        name = _text("Authorization", style)
        header = _text("Bearer not-a-token", style)
        if send.credential != FORGED:
            header = people[send.credential].header
        calls.append(f".set({name}, {header})")
    calls += _query(send, rows, style)
    calls += _body(send, rows, lines, style)
    one = f"const {send.name} = await {style.agent}{''.join(calls)};"
    if len(one) <= _WIDTH - 4 and "\n" not in one:
        lines.append(one)
    else:
        lines.append(f"const {send.name} = await {style.agent}")
        lines += [f"  {it}" for it in calls]
        lines[-1] += ";"
    if send.name == "response":
        lines.append("")
    return lines + _asserts(send, style)


def _path(send: Send, style: ScriptStyle) -> str:
    parts = []
    formatted = False
    for part in send.path:
        if isinstance(part, Ref):
            formatted = True
            parts.append("${" + reference(part) + "}")
        elif "<value>" in part:
            formatted = True
            parts.append(part.replace("<value>", "${value}"))
        else:
            parts.append(part)
    text = "".join(parts)
    return f"`{text}`" if formatted else _text(text, style)


def _query(send: Send, rows: Rows | None, style: ScriptStyle) -> list[str]:
    given = dict(send.query)
    if rows is None or rows.place != "query":
        return [f".query({literal(given, style)})"] if given else []
    value = "undefined" if rows.rows[0][3] else "value"
    spread = f"...{literal(given, style)}, " if given else ""
    return [f".query({{ {spread}[field]: {value} }})"]


def _body(send: Send, rows: Rows | None, lines: list[str], style: ScriptStyle) -> list[str]:
    if not send.has_body:
        return []
    kind = [f".type({_text('form', style)})"] if send.form else []
    given = literal(send.body if send.body is not None else {}, style)
    if rows is not None and rows.place == "body":
        value = "undefined" if rows.rows[0][3] else "value"
        lines.append(f"const payload = {_wide(send.body, given, style)};")
        return [*kind, f".send({{ ...payload, [field]: {value} }})"]
    return [*kind, f".send({_wide(send.body, given, style)})"]


def _wide(value: Sent, one: str, style: ScriptStyle) -> str:
    if len(one) <= 70 or not isinstance(value, dict):
        return one
    inner = "".join(f"  {_key(key)}: {literal(it, style)},\n" for key, it in value.items())
    return f"{{\n{inner}}}"


def _asserts(send: Send, style: ScriptStyle) -> list[str]:
    expect, name = send.expect, send.name
    lines = _status(expect, name)
    at = f"{name}.body" + "".join(_access(it) for it in expect.at)
    if expect.keys:
        keys = ", ".join(_text(it, style) for it in sorted(expect.keys))
        if expect.more_keys:
            shown_keys = {at[0] for at, _ in expect.equal}
            lines += [
                f"expect({at}).toHaveProperty({_text(it, style)});"
                for it in sorted(expect.keys)
                if it not in shown_keys
            ]
        else:
            lines.append(f"expect(Object.keys({at}).sort()).toEqual([{keys}]);")
    for key, inner in expect.nested:
        names = ", ".join(_text(it, style) for it in sorted(inner))
        lines.append(f"expect(Object.keys({at}{_access(key)}).sort()).toEqual([{names}]);")
    equal: dict[str, Sent] = {str(keys[0]): value for keys, value in expect.equal if len(keys) == 1}
    if equal:
        shown = literal(equal, style)
        lines.append(f"expect({at}).toMatchObject({_wide(equal, shown, style)});")
    if expect.lists is not None:
        key, value = expect.lists
        lines.append(f"expect({at}.map((it) => it.{key})).toContain({literal(value, style)});")
        if expect.alike and isinstance(value, Ref):
            found = f"{at}.find((it) => it.{key} === {literal(value, style)})"
            keys = f"Object.keys({value.name}.body).sort()"
            lines.append(f"expect(Object.keys({found}).sort()).toEqual({keys});")
    if expect.is_list:
        lines.append(f"expect(Array.isArray({at})).toBe(true);")
    return lines


def _status(expect: Expect, name: str) -> list[str]:
    if not expect.status:
        return []
    if len(expect.status) == 1:
        return [f"expect({name}.status).toBe({expect.status[0]});"]
    return [f"expect([{', '.join(map(str, expect.status))}]).toContain({name}.status);"]


def reference(ref: Ref) -> str:
    return f"{ref.name}.body" + "".join(_access(it) for it in ref.keys)


def _access(key: str | int) -> str:
    if isinstance(key, str) and _NAME.fullmatch(key):
        return f".{key}"
    return f"[{json.dumps(key)}]"


def _key(name: str) -> str:
    return name if _NAME.fullmatch(name) else json.dumps(name)


def literal(value: Sent, style: ScriptStyle) -> str:
    """A value as JavaScript writes it."""
    match value:
        case Ref():
            return reference(value)
        case str():
            return _text(value, style)
        case list():
            return f"[{', '.join(literal(it, style) for it in value)}]"
        case dict():
            if not value:
                return "{}"
            inner = ", ".join(f"{_key(key)}: {literal(it, style)}" for key, it in value.items())
            return f"{{ {inner} }}"
        case _:
            return json.dumps(value)


def _text(value: str, style: ScriptStyle) -> str:
    found = re.fullmatch(r"(.*?)((.)\3{19,})(.*)", value, re.DOTALL)
    if found is not None:
        before, repeated, char, after = found.groups()
        parts = [f"{_text(char, style)}.repeat({len(repeated)})"]
        parts = [*([_text(before, style)] if before else []), *parts]
        return " + ".join([*parts, *([_text(after, style)] if after else [])])
    text = json.dumps(value, ensure_ascii=False)
    if style.quote == "'" and "'" not in value:
        return "'" + text[1:-1].replace('\\"', '"') + "'"
    return text


def _indented(text: str, style: ScriptStyle) -> str:
    return "".join(
        f"{style.indent}{line}\n" if line else "\n" for line in text.rstrip("\n").split("\n")
    )
