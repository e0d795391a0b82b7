"""Places the units of a reply in the files they name, by syntax: one change, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from backwright.edits.change import Change, CreateFile, Edit, EditFile, FileChange
from backwright.edits.diff import line_edits
from backwright.edits.units import Unit
from backwright.syntax.language import Language, language_of
from backwright.text.lines import Lines
from backwright.text.snapshot import Snapshot
from backwright.text.span import Span
from backwright.verify.importing.merge import merge_imports
from backwright.verify.placing.addition import add
from backwright.verify.placing.draft import Draft, Problem
from backwright.verify.placing.marks import find_elision
from backwright.verify.placing.piece import Piece, read_piece
from backwright.verify.placing.replacement import delete_symbol, replace_symbol
from backwright.verify.placing.rewriting import is_empty, rewrite
from backwright.verify.placing.textfiles import append_text, edit_lines, rewrite_text


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Why the units can't be placed; each problem is a sentence that a model can act on."""

    problems: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.problems)


def place(units: Iterable[Unit], document: Callable[[str], Snapshot | None]) -> Change | Misplaced:
    """The change that `units` make together, each on what those before it left, deletions first.

    `document` gives the present snapshot of a path, None where no file is. What stands outside of
    the units is not touched.
    """
    desk = _Desk(document)
    ordered = sorted(units, key=lambda unit: unit.action != "delete")
    problems = [problem.text for unit in ordered if (problem := desk.put(unit)) is not None]
    return Misplaced(tuple(dict.fromkeys(problems))) if problems else desk.change()


@dataclass(slots=True)
class _Desk:
    """The files that units are placed in: their text so far, with LF line ends."""

    document: Callable[[str], Snapshot | None]
    texts: dict[str, str] = field(default_factory=dict)
    found: dict[str, Snapshot | None] = field(default_factory=dict)
    rewritten: dict[tuple[str, str], str] = field(default_factory=dict)

    def put(self, unit: Unit) -> Problem | None:
        placed = self._placed(unit)
        if isinstance(placed, Problem):
            return placed
        self.texts[unit.path] = placed
        return None

    def change(self) -> Change:
        files: list[FileChange] = []
        for path, text in self.texts.items():
            snapshot = self.found[path]
            if snapshot is None:
                files.append(CreateFile(path, text))
            elif edits := _edits(snapshot, text):
                files.append(EditFile(path, snapshot.version, edits))
        return Change(tuple(files))

    def exists(self, path: str) -> bool:
        return path in self.texts or self.document(path) is not None

    def _text(self, path: str) -> str | None:
        if path not in self.found:
            self.found[path] = self.document(path)
        snapshot = self.found[path]
        if path in self.texts or snapshot is None:
            return self.texts.get(path)
        return snapshot.text.replace("\r\n", "\n")

    def _placed(self, unit: Unit) -> str | Problem:
        text, language = self._text(unit.path), language_of(unit.path)
        if unit.action == "create" or text is None:
            return _created(unit, text, language)
        if unit.action == "edit":
            return edit_lines(unit.path, text, unit.search, unit.text)
        draft = None
        if language is not None:
            draft = Draft(unit.path, text.encode("utf-8", "surrogateescape"), language)
        if unit.action == "rewrite" and (twice := self._given_twice(unit, draft)) is not None:
            return twice
        if draft is None:
            return _placed_in_text(unit, text)
        placed = _placed_in_code(unit, draft, self.exists)
        return placed if isinstance(placed, Problem) else placed.text

    def _given_twice(self, unit: Unit, draft: Draft | None) -> Problem | None:
        """The problem when an earlier block already rewrote the same thing, differently."""
        piece = read_piece(unit.text, draft) if draft is not None else None
        texts = {"": unit.text}
        if isinstance(piece, Piece):
            texts = {
                name: piece.text_of(it).strip() for it in piece.statements for name in it.names
            }
        for name, text in texts.items():
            if self.rewritten.setdefault((unit.path, name), text) != text:
                what = f"`{name}` in {unit.path}" if name else unit.path
                return Problem(f"The reply gives {what} twice, differently; give it once.")
        return None


def _created(unit: Unit, present: str | None, language: Language | None) -> str | Problem:
    """The text of a new file; what shall be added to a missing file makes it."""
    text = unit.text.strip("\n") + "\n" if unit.text.strip() else ""
    if present is not None:
        if present.strip() == text.strip() or not present.strip():
            return present if present.strip() == text.strip() else text
        return Problem(
            f"{unit.path} exists already; change it with replace=, before=, after= or append."
        )
    if unit.action not in {"create", "rewrite", "append", "imports"}:
        return Problem(f"There is no file {unit.path}; write the whole of it with create.")
    if (elision := find_elision(text, language)) is not None:
        return Problem(f"`{elision}` in the new file {unit.path} stands for nothing; write it out.")
    return text


def _placed_in_text(unit: Unit, text: str) -> str | Problem:
    if unit.action == "append":
        return append_text(unit.path, text, unit.text)
    if unit.action == "rewrite":
        return rewrite_text(unit.path, text, unit.text)
    return Problem(
        f"{unit.path} has no symbols; change it with append, with rewrite, or with a search block."
    )


def _placed_in_code(unit: Unit, draft: Draft, exists: Callable[[str], bool]) -> Draft | Problem:
    match unit.action:
        case "imports":
            return merge_imports(draft, unit.text, exists)
        case "delete":
            return delete_symbol(draft, unit.symbol)
        case "replace" if unit.symbol:
            return replace_symbol(draft, unit.symbol, unit.text, exists)
        case "rewrite" if is_empty(draft):
            return draft.spliced(Span(0, len(draft.source)), unit.text)
        case "rewrite":
            return rewrite(draft, unit.text, exists)
        case _:
            return add(unit, draft, exists)


def _edits(snapshot: Snapshot, text: str) -> tuple[Edit, ...]:
    """The edits that turn the snapshot into `text`, whatever line ends it has.

    Lines are compared without their CR; as an edit replaces whole lines, its place is found again
    by their numbers.
    """
    source = snapshot.source.replace(b"\r\n", b"\n")
    plain = Snapshot(snapshot.path, source, snapshot.version)
    edits = line_edits(plain, text.encode("utf-8", "surrogateescape"))
    if source == snapshot.source:
        return edits
    return tuple(Edit(_moved(edit.span, plain.lines, snapshot.lines), edit.text) for edit in edits)


def _moved(span: Span, plain: Lines, lines: Lines) -> Span:
    def offset(at: int) -> int:
        return lines.length if at == plain.length else lines.start_of(plain.number_at(at))

    return Span(offset(span.start), offset(span.end))
