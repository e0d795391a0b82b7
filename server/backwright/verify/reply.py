"""Reads a model's reply as units, whatever shape it took.

Reading is tolerant where the meaning is certain and never guesses: what is ambiguous becomes a
problem, one sentence that can go back to the model.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from backwright.edits.units import AT_SYMBOL, Unit
from backwright.syntax.language import language_of, language_of_fence
from backwright.syntax.tree import parse
from backwright.verify.reading.addresses import (
    Address,
    Doubtful,
    address_in_comment,
    address_in_info,
    path_in_prose,
    resolve_path,
)
from backwright.verify.reading.blocks import Block, take_apart
from backwright.verify.reading.objects import read_objects
from backwright.verify.reading.patches import (
    Patched,
    is_diff,
    is_search_block,
    read_diff,
    read_search_blocks,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says: its units, what can't be understood of it, and its prose."""

    units: tuple[Unit, ...]
    problems: tuple[str, ...] = ()
    note: str = ""


def read_reply(text: str, known_paths: Collection[str], default_path: str = "") -> Reading:
    """The units of a reply to a request about the files `known_paths`.

    A block that names no file is meant for `default_path`, where it is in that file's language.
    """
    parts = take_apart(text)
    known = frozenset(known_paths)
    if parts.unfinished:
        problem = "The reply ends inside its reasoning; close it and write the blocks after it."
        return Reading((), (problem,), parts.prose)
    reader = _Reader(known, default_path)
    is_json = not parts.blocks and reader.read_json(parts.prose)
    for number, block in enumerate(parts.blocks, 1):
        reader.read_block(block, number)
    reader.close()
    return Reading(tuple(reader.units), tuple(reader.problems), "" if is_json else parts.prose)


_EXAMPLES = re.compile(
    r"bash|sh|shell|console|shell-?session|zsh|fish|powershell|ps1|cmd|bat|text|txt|plaintext"
    r"|output|log|http|curl|mermaid|json|html",
    re.IGNORECASE,
)
"""Languages of blocks that show something and are no part of the change, unless addressed."""

_PATCHES = frozenset({"diff", "patch"})


@dataclass(slots=True)
class _Reader:
    known: frozenset[str]
    default_path: str
    units: list[Unit] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    section: str = ""
    left_over: list[str] = field(default_factory=list)

    def read_block(self, block: Block, number: int) -> None:
        address, text = self._address(block)
        if not address.path and address.action is None and self.read_json(text):
            return
        if _is_patch(block, address, text):
            self._add_patch(address, text)
        elif address.path:
            self._add(address, text)
        elif text.strip() and not _is_example(address.word, text, self.default_path):
            self.left_over.append(f"Block {number} of the reply names no file; give it path=….")

    def read_json(self, text: str) -> bool:
        """Takes `text` as a JSON list of units; False when it is none."""
        described = read_objects(text)
        for it in described:
            self._add(it.address, it.text, it.search)
        return bool(described)

    def close(self) -> None:
        """What holds for the reply as a whole."""
        self.units = list(dict.fromkeys(self.units))
        seen: set[tuple[str, str, str]] = set()
        for unit in self.units:
            key = (unit.path, unit.action, unit.symbol)
            if key in seen and unit.action in {"create", "replace"}:
                self.problems.append(f"The reply says twice, differently, how to {unit}.")
            seen.add(key)
        self.problems += self.left_over
        if not self.units and not self.problems:
            self.problems.append("The reply holds no block of code with a path.")

    def _address(self, block: Block) -> tuple[Address, str]:
        """The block's address from its info string, its first line or the prose before it."""
        address = address_in_info(block.info, self.known)
        text = block.text
        if not address.path:
            first, _, rest = text.lstrip("\n").partition("\n")
            written = address_in_comment(first, self.known)
            if not written.path and is_search_block(rest):
                written = replace(address_in_info(first, self.known), word="")
            if written.path:
                action = written.action or address.action
                symbol = written.symbol or address.symbol
                address = replace(written, word=address.word, action=action, symbol=symbol)
                text = rest
        in_prose = path_in_prose(block.before, self.known)
        if in_prose or any(line.startswith("#") for line in block.before):
            self.section = in_prose
        if not address.path:
            address = replace(address, path=self._implied_path(address, block))
        return address, text

    def _implied_path(self, address: Address, block: Block) -> str:
        path = self.section or self.default_path
        if block.bare or address.word.lower() in _PATCHES:
            return path
        if (
            not path
            or not _speaks(address.word, path)
            or _is_example(address.word, block.text, path)
        ):
            return ""
        return path

    def _add_patch(self, address: Address, text: str) -> None:
        if address.path and is_search_block(text):
            patched = read_search_blocks(text, address.path)
        elif is_search_block(text):
            patched = Patched((), ("A search block names no file; write the path before it.",))
        else:
            patched = read_diff(text, address.path)
        self.problems += patched.problems
        for unit in patched.units:
            self._add(Address(path=unit.path, action=unit.action), unit.text, unit.search)

    def _add(self, address: Address, text: str, search: str = "") -> None:
        """Adds a unit, or the reason why it can't be one.

        A block that says nothing of what becomes of it holds a new file, or the whole of one that
        is there; placing it shows whether it does.
        """
        path = resolve_path(address.path, self.known, new=address.action == "create")
        if isinstance(path, Doubtful):
            self.problems.append(path.reason)
            return
        action = address.action or ("rewrite" if path in self.known else "create")
        symbol = address.symbol if action in AT_SYMBOL else ""
        unit = Unit(path, action, symbol, "" if action == "delete" else text, search)
        if (problem := _unfit(unit)) is not None:
            self.problems.append(problem)
        else:
            self.units.append(unit)


def _unfit(unit: Unit) -> str | None:
    """What a unit lacks."""
    if not unit.text.strip() and unit.action not in {"create", "delete", "edit"}:
        return f"The block to {unit} is empty."
    if unit.action in AT_SYMBOL - {"replace"} and not unit.symbol:
        return (
            f"A block for {unit.path} says {unit.action} but names no symbol; "
            f"write {unit.action}=…."
        )
    if unit.action == "edit" and not unit.search.strip():
        return f"A search block for {unit.path} has no lines to find it by."
    return None


def _is_patch(block: Block, address: Address, text: str) -> bool:
    if address.action not in {None, "edit"}:
        return False
    if address.word.lower() in _PATCHES:
        return is_diff(text) or any(line[:1] in "+-" for line in text.split("\n") if line)
    return block.bare or is_search_block(text) or address.action == "edit"


def _is_example(word: str, text: str, path: str) -> bool:
    """True for a block that shows something, such as a command, and is no part of a change."""
    if word:
        return _EXAMPLES.fullmatch(word) is not None and not path.endswith(f".{word}")
    language = language_of(path)
    return language is not None and parse(text.encode(), language.name).root_node.has_error


def _speaks(word: str, path: str) -> bool:
    """True when a block in the language `word` may belong into the file at `path`."""
    written, here = language_of_fence(word), language_of(path)
    if written is None or here is None:
        return not word or (written is None and here is None)
    return written.reader == here.reader
