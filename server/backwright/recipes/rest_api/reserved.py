"""Names that code can't use: a request that has one is refused in a line."""

from __future__ import annotations

import keyword

from backwright.recipes.outcome import Refused
from backwright.recipes.rest_api.resources import Api, every_name
from backwright.recipes.rest_api.spelling import camel

_PYTHON_FIELDS = frozenset({"metadata", "registry", "model_config", "copy", "json", "schema"})
"""Attributes that the bases of models and schemas have themselves."""
_SCRIPT = frozenset(
    (
        "arguments await break case catch class const continue debugger default delete do else enum"
        " eval export extends false finally for function if implements import in instanceof"
        " interface let new null package private protected public return static super switch this"
        " throw true try typeof undefined var void while with yield constructor"
    ).split()
)


_CLASSES = {
    "python": frozenset(
        "Any Base Literal Mapped Decimal Page PageParams Paging DbSession UtcDateTime Path".split()
    ),
    "typescript": frozenset(
        (
            "Array Body Boolean Buffer Column Controller CreateDateColumn DataSource Date Delete"
            " Entity Error Event Function Get Index Injectable JoinColumn JoinTable Map Module"
            " Number Object Page Param Patch Post_ Promise Proxy Put Query Record Relation"
            " Repository Request Response Router Set String Symbol Unique UpdateDateColumn"
        ).split()
    ),
}
"""Names that modules of the templates import or have from the language itself."""


def with_free_classes(api: Api, language: str) -> Api:
    """Gives another name to the classes that the language or its libraries have one of."""
    taken = _CLASSES["python" if language == "python" else "typescript"]
    for it in api.resources:
        if it.kind in taken:
            it.kind = f"{it.kind}Entry"
    return api


def refused_names(api: Api, language: str) -> Refused | None:
    """The first name that can't be used in the language; None when all can be."""
    for name, what in every_name(api):
        if language == "python":
            taken = keyword.iskeyword(name) or (what != "entity" and name in _PYTHON_FIELDS)
        else:
            # A property may be called anything; a variable may not.
            taken = camel(name) in _SCRIPT if what == "entity" else name == "constructor"
        if taken:
            return Refused(
                f"`{name}` is a reserved name in {_TITLES[language]}; call the {what} otherwise,"
                f" such as `{name}_{'item' if what == 'entity' else 'value'}`"
            )
    return None


_TITLES = {"python": "Python", "typescript": "TypeScript", "javascript": "JavaScript"}
