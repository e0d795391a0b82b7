"""Adds models to a Prisma schema."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.declaring.entity_plan import Declared
from backwright.recipes.declaring.prisma_model import PrismaWriter
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project


def units_for(
    project: Project, models: Sequence[Model], entities: Sequence[Declared]
) -> list[Unit] | Refused:
    situation = project.situation
    schemas = [it for it in situation.paths if it.endswith(".prisma") and project.is_own(it)]
    if not schemas:
        return Refused("the project has no schema of Prisma: make one with `npx prisma init`")
    near = [h.target.model.place.file for it in entities for h in it.held if h.target.model]
    counts = Counter(it.place.file for it in models)
    path = next(iter([*near, *(it for it, _ in counts.most_common(1))]), schemas[0])
    alone = len(schemas) > 2 and all(counts[it] <= 1 for it in schemas)
    writer = PrismaWriter("\n".join(situation.source(it) for it in schemas))
    text = writer.text(entities)
    units = []
    for model in models:
        lines = writer.backs.get(model.name)
        if lines:
            units.append(with_lines(situation.source(model.place.file), model, lines))
    if alone:
        new = posixpath.join(posixpath.dirname(path), f"{entities[0].entity.name}.prisma")
        return [*units, Unit(new, "create", text=text)]
    # One file takes one whole text: what is put into models and what follows them.
    source = situation.source(path)
    own = [it for it in units if it.path == path]
    for it in own:
        source = source.replace(it.search, it.text, 1)
    others = [it for it in units if it.path != path]
    whole = f"{source.rstrip()}\n\n{text}" if source.strip() else text
    return [*others, Unit(path, "rewrite", text=whole)]


def with_lines(source: str, model: Model, lines: Sequence[str]) -> Unit:
    """The unit that puts fields at the end of those of a model."""
    match = re.search(
        rf"^model\s+{re.escape(model.name)}\s*\{{\n.*?^\}}", source, re.MULTILINE | re.DOTALL
    )
    assert match is not None
    block = match[0]
    rows = block.split("\n")
    last = max(
        (n for n, row in enumerate(rows) if re.match(r"\s+[A-Za-z]\w*\s+\w", row)), default=0
    )
    name_width, type_width = _widths(rows)
    made = [_padded(it, name_width, type_width) for it in lines]
    changed = "\n".join([*rows[: last + 1], *made, *rows[last + 1 :]])
    return Unit(model.place.file, "edit", text=changed, search=block)


def _widths(rows: Sequence[str]) -> tuple[int, int]:
    found = [re.match(r"\s+(\w+\s+)(\S+\s+)?", row) for row in rows[1:-1]]
    first = max((len(it[1].rstrip()) for it in found if it), default=0)
    second = max((len((it[2] or "").rstrip()) for it in found if it), default=0)
    return first, second


def _padded(line: str, first: int, second: int) -> str:
    if line.startswith("@@"):
        return f"\n  {line}"
    name, type_, *rest = line.split(" ", 2)
    tail = f" {rest[0]}" if rest else ""
    return f"  {name:<{first}} {type_:<{second if rest else 0}}{tail}"
