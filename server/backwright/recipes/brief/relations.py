"""The relations between entities that a request states, and those that go without saying."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from backwright.recipes.brief.brief import Relation
from backwright.recipes.brief.chunks import Chunk
from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.mentions import subject_of
from backwright.recipes.brief.names import plural

OnDelete = Literal["cascade", "restrict", "set-null"]
_Relate = Callable[[Relation], None]


def related(
    line: Sequence[Chunk], names: Sequence[str], relate: _Relate, subject: str = ""
) -> None:
    """Tells the relations that one sentence states between entities of those names.

    `subject` is what it is about where it does not say so: `It belongs to a customer`.
    """
    for index, chunk in enumerate(line):
        if chunk.letter not in "MBXOZE":
            continue
        sources = _before(line, index, names)
        targets = _after(line, index, names)
        if (
            not sources and len(targets) > 1 and chunk.letter in "OXZE"
        ):  # a relationship between users and posts
            sources, targets = targets[:1], targets[1:]
        about = [(subject, chunk)] if subject in names else []
        if not sources and chunk.letter in "BZ":
            sources = about
        elif chunk.letter == "X" and sources and not targets and about:
            sources, targets = about, sources[-1:]  # and tags many-to-many
        letter = "X" if chunk.letter == "M" and _is_both_ways(line, index) else chunk.letter
        for source in sources:
            for target in targets:
                is_shared = letter == "M" and target[0] in lexicon().shared
                _state("X" if is_shared else letter, source, target, relate)
    for chunk in line:
        _state_inner(chunk, line, names, relate)


def _is_both_ways(line: Sequence[Chunk], index: int) -> bool:
    """`events have many tags, many-to-many`."""
    after = line[index + 1 :]
    return any(
        it.letter == "X" and not any(other.letter == "N" for other in after[at:])
        for at, it in enumerate(after)
    )


def _state(
    letter: str, source: tuple[str, Chunk], target: tuple[str, Chunk], relate: _Relate
) -> None:
    one, other = source[0], target[0]
    if one == other and letter not in "BZ":
        return
    match letter:
        case "M" | "O":
            relate(Relation(source=other, target=one, via=one))
        case "B" | "Z":
            via = f"parent_{other}" if one == other else other
            relate(Relation(source=one, target=other, via=via, required=one != other))
        case "E":
            relate(Relation(source=other, target=one, kind="one-to-one", via=one))
        case _:
            relate(Relation(source=one, target=other, kind="many-to-many", via=plural(other)))


def _before(line: Sequence[Chunk], index: int, names: Sequence[str]) -> list[tuple[str, Chunk]]:
    """The entities that stand before a relation, the whole list of them."""
    found: list[tuple[str, Chunk]] = []
    at = index - 1
    while at >= 0 and line[at].letter in "HVP":
        at -= 1
    while at >= 0 and line[at].letter in "N,":
        if line[at].letter == "N":
            name = subject_of(line[at])
            if name not in names:
                break
            found.insert(0, (name, line[at]))
            if at > 1 and line[at - 1].letter == "," and line[at - 2].letter != "N":
                break
        at -= 1
    # In "users have posts and posts have comments" the list before belongs to the verb before it.
    if at >= 0 and line[at].letter in "MBXOZEH" and len(found) > 1:
        return found[-1:]
    return found


def _after(line: Sequence[Chunk], index: int, names: Sequence[str]) -> list[tuple[str, Chunk]]:
    found: list[tuple[str, Chunk]] = []
    at = index + 1
    while at < len(line) and line[at].letter in "N,":
        tells = at + 1 < len(line) and line[at + 1].letter in "MBXOZEHV"
        if line[at].letter == "N":
            if tells and found:
                break
            is_other = line[index].letter == "B" and line[at].is_many and bool(found)
            if (name := subject_of(line[at])) in names and not is_other:
                found.append((name, line[at]))
        at += 1
    return found


def _state_inner(
    chunk: Chunk, line: Sequence[Chunk], names: Sequence[str], relate: _Relate
) -> None:
    """`recipes and ingredients (many-to-many)`."""
    texts = " ".join(it.text for it in chunk.inner)
    if not texts.startswith(("many-to-many", "many to many", "one-to-many", "one to many", "m:n")):
        return
    before = [it for it in line if it.letter == "N" and it.start <= chunk.start]
    ends = [it for it in before if subject_of(it) in names][-2:]
    if len(ends) == 2:
        letter = "O" if texts.startswith("one") else "X"
        one, other = ((subject_of(it), it) for it in ends)
        _state(letter, one, other, relate)


def referred(field: str, names: Sequence[str]) -> str:
    """The entity that a field such as `author_id` refers to, "" for none."""
    if not field.endswith("_id"):
        return ""
    role = field.removesuffix("_id")
    if role in names:
        return role
    by_end = [it for it in names if role.endswith(f"_{it}")]
    if by_end or role not in lexicon().roles:
        return by_end[0] if by_end else ""
    return next((it for it in lexicon().people if it in names), "")


def on_delete(it: Relation, *, is_first: bool) -> OnDelete:
    """What becomes of the source when its target goes: parts go along, records are kept."""
    if not it.required:
        return "set-null"
    if it.source.startswith(f"{it.target}_") or it.kind == "many-to-many":
        return "cascade"
    is_kept = it.source in lexicon().kept or it.source.split("_")[-1] in lexicon().kept
    return "cascade" if is_first and not is_kept else "restrict"


def implied(names: Sequence[str], stated: Iterable[Relation], relate: _Relate) -> None:
    """Tells the relations that the names of the entities imply."""
    for name in names:
        for target, via in _implied_of(name, names):
            linked = {frozenset((it.source, it.target)) for it in stated}
            if target != name and frozenset((name, target)) not in linked:
                relate(Relation(source=name, target=target, via=via, supposed=True))


def _implied_of(name: str, names: Sequence[str]) -> list[tuple[str, str]]:
    known = lexicon()
    found: list[tuple[str, str]] = []
    head, _, last = name.rpartition("_")
    if head in names:
        found.append((head, head))
        if last in names:
            found.append((last, last))
    groups = known.belongs.get(name, [])
    if not groups and head in names and last in {"item", "line", "entry", "detail", "line_item"}:
        groups = known.belongs["order_item"][1:]
    for group in groups:
        role, _, things = group.rpartition(":")
        target = next((it for it in things.split() if it in names), "")
        if target and target not in {it for it, _ in found}:
            found.append((target, role or target))
    return found
