"""Reads what SQL does to tables: CREATE TABLE, ALTER TABLE, CREATE INDEX and DROP TABLE.

It is a reader of PostgreSQL, MySQL and SQLite alike that keeps types and defaults as they are
written, and passes over what it does not know: a clause of one dialect costs a clause, not a table.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from backwright.facts.schema import Change, ChangeKind, Column, Facet, Key, Schema
from backwright.facts.schemas.lines import Lines
from backwright.facts.schemas.tokens import Token, bare, statements

_ENDS_TYPE = frozenset(
    {
        *("NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "KEY", "REFERENCES", "CHECK"),
        *("CONSTRAINT", "COLLATE", "GENERATED", "AUTO_INCREMENT", "AUTOINCREMENT", "COMMENT", "ON"),
        *("CHARSET", "ENCODE", "STORED", "VIRTUAL", "AS", "IDENTITY", "INVISIBLE", "VISIBLE"),
        *("DEFERRABLE", "INITIALLY", "STORAGE", "COMPRESSION", "FIRST", "AFTER", "USING"),
    }
)
_CONSTRAINTS = frozenset(
    {
        *("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE", "LIKE", "KEY"),
        *("INDEX", "FULLTEXT", "SPATIAL", "PERIOD"),
    }
)
_NOT_NULL_TYPES = frozenset({"SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL4", "SERIAL8", "SERIAL2"})


def read_sql(source: str) -> Schema:
    """Every change of tables in the file, in order."""
    lines = Lines(source)
    changes: list[Change] = []
    for tokens in statements(source):
        changes.extend(_Statement(tokens, source, lines).changes())
    return Schema(changes=changes)


class _Statement:
    """Goes through the tokens of one statement."""

    def __init__(self, tokens: list[Token], source: str, lines: Lines) -> None:
        self.tokens, self.source, self.lines = tokens, source, lines
        self.at = 0

    # Statements

    def changes(self) -> Iterator[Change]:
        if self.take("CREATE"):
            self.take("OR", "REPLACE")
            temporary = self.take("TEMP") or self.take("TEMPORARY")
            for word in ("GLOBAL", "LOCAL", "UNLOGGED", "FOREIGN"):
                self.take(word)
            if self.take("TABLE"):
                if not temporary:
                    yield from self.create()
            else:
                yield from self.index()
        elif self.take("ALTER", "TABLE"):
            yield from self.alter()
        elif self.take("DROP", "TABLE"):
            self.take("IF", "EXISTS")
            while name := self.name():
                yield self.change("drop", name)
                if not self.sign(","):
                    break

    def create(self) -> Iterator[Change]:
        self.take("IF", "NOT", "EXISTS")
        table = self.name()
        if not table or not self.sign("("):
            return
        columns: list[Column] = []
        keys: list[Key] = []
        while self.at < len(self.tokens) and not self.sign(")"):
            self.item(columns, keys)
            self.skip_to_comma()
        if columns:
            yield self.change("create", table, columns=columns, keys=keys)

    def item(self, columns: list[Column], keys: list[Key]) -> None:
        if self.word() in _CONSTRAINTS and not self.is_column_of_that_name():
            keys.extend(self.constraint())
        elif column := self.column(keys):
            columns.append(column)

    def index(self) -> Iterator[Change]:
        unique = self.take("UNIQUE")
        for word in ("FULLTEXT", "SPATIAL", "CLUSTERED", "NONCLUSTERED"):
            self.take(word)
        if not self.take("INDEX"):
            return
        self.take("CONCURRENTLY")
        self.take("IF", "NOT", "EXISTS")
        name = "" if self.word() == "ON" else self.name()
        if not self.take("ON"):
            return
        self.take("ONLY")
        table = self.name()
        if self.take("USING"):
            self.next()
        columns = self.names_in_brackets()
        partial = any(it.word == "WHERE" for it in self.tokens[self.at :])
        if table and columns and not (unique and partial and len(columns) == 1):
            key = Key(columns, name, "unique" if unique else "index")
            yield self.change("key", table, keys=[key])

    def alter(self) -> Iterator[Change]:
        self.take("IF", "EXISTS")
        self.take("ONLY")
        table = self.name()
        self.sign("*")
        while table and self.at < len(self.tokens):
            before = self.at
            yield from self.action(table)
            self.skip_to_comma()
            if self.at == before:
                break

    def action(self, table: str) -> Iterator[Change]:
        if self.take("ADD"):
            yield from self.added(table)
        elif self.take("DROP"):
            if self.word() in {"CONSTRAINT", "INDEX", "KEY", "PRIMARY", "FOREIGN", "CHECK"}:
                return
            self.take("COLUMN")
            self.take("IF", "EXISTS")
            yield self.change("remove", table, names=[self.name()])
        elif self.take("RENAME"):
            yield from self.renamed(table)
        elif self.take("MODIFY"):
            self.take("COLUMN")
            yield from self.replaced(table)
        elif self.take("CHANGE"):
            self.take("COLUMN")
            old = self.name()
            yield from self.replaced(table, old)
        elif self.take("ALTER"):
            self.take("COLUMN")
            yield from self.altered(table, self.name())

    def added(self, table: str) -> Iterator[Change]:
        keys: list[Key] = []
        if self.word() in _CONSTRAINTS and not self.is_column_of_that_name():
            keys = list(self.constraint())
            if keys:
                yield self.change("key", table, keys=keys)
            return
        self.take("COLUMN")
        self.take("IF", "NOT", "EXISTS")
        columns: list[Column] = []
        if self.sign("("):
            while self.at < len(self.tokens) and not self.sign(")"):
                self.item(columns, keys)
                self.skip_to_comma()
        elif column := self.column(keys):
            columns.append(column)
        if columns:
            yield self.change("add", table, columns=columns, keys=keys)

    def renamed(self, table: str) -> Iterator[Change]:
        if self.take("TO") or self.take("AS"):
            yield self.change("rename", table, to=self.name())
        elif self.word() not in {"CONSTRAINT", "INDEX", "KEY"}:
            self.take("COLUMN")
            old = self.name()
            if self.take("TO"):
                yield self.change("rename-column", table, names=[old], to=self.name())

    def replaced(self, table: str, old: str = "") -> Iterator[Change]:
        keys: list[Key] = []
        column = self.column(keys)
        if column is not None:
            if old and old != column.name:
                yield self.change("rename-column", table, names=[old], to=column.name)
            yield self.change("alter", table, columns=[column])

    def altered(self, table: str, name: str) -> Iterator[Change]:
        if self.take("SET", "NOT", "NULL"):
            yield self.change("alter", table, names=[name], facet="required")
        elif self.take("DROP", "NOT", "NULL"):
            yield self.change("alter", table, names=[name], facet="nullable")
        elif self.take("SET", "DEFAULT"):
            yield self.change("alter", table, names=[name], to=self.expression(), facet="default")
        elif self.take("DROP", "DEFAULT"):
            yield self.change("alter", table, names=[name], facet="default")
        elif self.take("SET", "DATA", "TYPE") or self.take("TYPE"):
            yield self.change("alter", table, names=[name], to=self.type(), facet="type")

    # Columns

    def column(self, keys: list[Key]) -> Column | None:
        line = self.lines.line(self.tokens[self.at].start) if self.at < len(self.tokens) else 0
        name = self.name(dotted=False)
        if not name:
            return None
        type_ = self.type()
        serial = type_.upper() in _NOT_NULL_TYPES
        found = Column(name, type_, nullable=not serial, line=line)
        while self.at < len(self.tokens) and self.tokens[self.at].text not in {",", ")"}:
            found = self.said(found, keys)
        return found

    def said(self, found: Column, keys: list[Key]) -> Column:
        """One clause of a column."""
        if self.take("NOT", "NULL"):
            return replace(found, nullable=False)
        if self.take("PRIMARY", "KEY"):
            return replace(found, primary_key=True, nullable=False)
        if self.take("UNIQUE"):
            self.take("KEY")
            return replace(found, unique=True)
        if self.take("KEY"):  # MySQL: a primary key, said shortly
            return replace(found, primary_key=True, nullable=False)
        if self.take("DEFAULT"):
            default = self.expression()
            return replace(found, default="" if default.upper() == "NULL" else default)
        if self.take("REFERENCES"):
            table, columns = self.name(), self.names_in_brackets()
            return replace(found, references=f"{table}.{columns[0]}" if columns else table)
        if self.take("GENERATED"):
            self.take("BY", "DEFAULT")
            identity = any(it.word == "IDENTITY" for it in self.tokens[self.at : self.at + 4])
            return replace(found, nullable=found.nullable and not identity)
        if self.take("ON"):  # what happens on delete or update
            self.next()
            return found
        self.next()
        return found

    def type(self) -> str:
        first = self.at
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            following = self.word(1)
            if token.word in _ENDS_TYPE or token.text in {",", ")"}:
                break
            if token.word == "CHARACTER" and following == "SET":
                break
            self.next()
        return self.slice(first)

    def expression(self) -> str:
        """A default: one value, and what follows it up to the next clause."""
        first = self.at
        self.next()
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.word in _ENDS_TYPE or token.text in {",", ")"}:
                break
            self.next()
        return self.slice(first)

    # Constraints

    def constraint(self) -> Iterator[Key]:
        name = ""
        if self.take("CONSTRAINT"):
            name = "" if self.word() in _CONSTRAINTS else self.name()
        if self.take("PRIMARY", "KEY"):
            self.skip_to_bracket()
            yield Key(self.names_in_brackets(), name, "primary")
        elif self.take("UNIQUE"):
            yield from self.named_key(name, "unique")
        elif self.take("FOREIGN", "KEY"):
            self.skip_to_bracket()
            columns = self.names_in_brackets()
            if self.take("REFERENCES"):
                table = self.name()
                yield Key(columns, name, "foreign", table, self.names_in_brackets())
        elif self.word() in {"KEY", "INDEX", "FULLTEXT", "SPATIAL"}:
            self.next()
            yield from self.named_key(name, "index")

    def named_key(self, name: str, kind: str) -> Iterator[Key]:
        for word in ("KEY", "INDEX", "NULLS", "NOT", "DISTINCT"):
            self.take(word)
        if self.at < len(self.tokens) and self.tokens[self.at].text != "(":
            name = self.name(dotted=False) or name
        self.skip_to_bracket()
        columns = self.names_in_brackets()
        if columns:
            yield Key(columns, name, "unique" if kind == "unique" else "index")

    def is_column_of_that_name(self) -> bool:
        """`key TEXT NOT NULL`: a column that is named like a constraint."""
        word, following = self.word(), self.word(1)
        after = self.tokens[self.at + 1].text if self.at + 1 < len(self.tokens) else ""
        if word in {"PRIMARY", "FOREIGN"}:
            return following != "KEY"
        if word in {"KEY", "INDEX", "PERIOD", "LIKE"}:
            third = self.tokens[self.at + 2].text if self.at + 2 < len(self.tokens) else ""
            return bool(following) and third != "(" and following not in {"IF", "USING"}
        return word == "CHECK" and after != "("

    # Tokens

    def word(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.tokens[at].word if at < len(self.tokens) else ""

    def take(self, *words: str) -> bool:
        if all(self.word(at) == word for at, word in enumerate(words)):
            self.at += len(words)
            return True
        return False

    def sign(self, text: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at].text == text:
            self.at += 1
            return True
        return False

    def next(self) -> None:
        """Passes one token, or all between brackets."""
        if self.at < len(self.tokens) and self.tokens[self.at].text == "(":
            depth = 0
            while self.at < len(self.tokens):
                text = self.tokens[self.at].text
                depth += (text == "(") - (text == ")")
                self.at += 1
                if not depth:
                    return
        self.at += 1

    def name(self, *, dotted: bool = True) -> str:
        """A name, with its schema unless that is the usual one; "" when there is none."""
        parts: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at].kind in {"word", "name"}:
            parts.append(bare(self.tokens[self.at]))
            self.at += 1
            if not dotted or not self.sign("."):
                break
        if len(parts) > 1 and parts[0].lower() in {"public", "dbo", "main"}:
            parts = parts[1:]
        return ".".join(parts)

    def names_in_brackets(self) -> list[str]:
        """The columns between brackets; an expression among them is left out."""
        if not self.sign("("):
            return []
        names: list[str] = []
        while self.at < len(self.tokens) and not self.sign(")"):
            token = self.tokens[self.at]
            self.at += 1
            called = self.at < len(self.tokens) and self.tokens[self.at].text == "("
            length = called and self.at + 1 < len(self.tokens)
            number = bool(length) and self.tokens[self.at + 1].kind == "number"
            if token.kind in {"word", "name"} and (not called or number):
                names.append(bare(token))
            self.skip_to_comma()
        return names

    def skip_to_comma(self) -> None:
        """Goes behind the next comma, or before the closing bracket."""
        while self.at < len(self.tokens):
            text = self.tokens[self.at].text
            if text == ")":
                return
            self.next()
            if text == ",":
                return

    def skip_to_bracket(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].text not in {"(", ","}:
            self.at += 1

    def slice(self, first: int) -> str:
        if first >= self.at or first >= len(self.tokens):
            return ""
        last = min(self.at, len(self.tokens)) - 1
        text = self.source[self.tokens[first].start : self.tokens[last].end]
        return " ".join(text.split())

    def change(
        self,
        kind: ChangeKind,
        table: str,
        *,
        columns: list[Column] | None = None,
        keys: list[Key] | None = None,
        names: list[str] | None = None,
        to: str = "",
        facet: Facet = "",
    ) -> Change:
        start, end = self.tokens[0].start, self.tokens[-1].end
        return Change(
            kind,
            table,
            self.lines.line(start),
            self.lines.byte(start),
            self.lines.byte(end),
            columns or [],
            keys or [],
            names or [],
            to,
            facet,
        )
