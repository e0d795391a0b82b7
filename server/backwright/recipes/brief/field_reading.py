"""One field out of a noun phrase: `unique email`, `price (decimal)`, `rating from 1 to 5`."""

from __future__ import annotations

from backwright.recipes.brief.brief import Field, FieldType
from backwright.recipes.brief.chunks import Chunk, chunks
from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.names import snake
from backwright.recipes.brief.tokens import Bound, Token, sentences

_NAMING = frozenset({"date", "url", "text", "link", "bit", "character", "object", "long", "email"})
"""Words for types that rather begin a name, such as `date of birth`."""
_NAMING_LAST = frozenset({"number", "link", "url", "character", "object", "currency", "uri"})
_BEHIND = frozenset({"flag", "field", "column", "property", "attribute", "value"})


def field_of(chunk: Chunk, *, supposed: bool = False) -> Field | None:
    """The field that a phrase names; None for the key and the times that every entity has."""
    known = lexicon()
    said, words = _parted(chunk)
    qualities = list(chunk.qualities)
    bounds = list(chunk.bounds)
    inner_type = _read_inner(chunk.inner, qualities, bounds)
    name = snake(" ".join(words)) or snake(" ".join(chunk.words))
    if not name or name in known.traits["given"] or _is_feature(name):
        return None
    choices = next((it.choices for it in bounds if it.choices), ())
    type_: FieldType = inner_type or said or ("choice" if choices else type_of(name))
    if type_ == "choice" and not choices:
        type_ = "string"
    elif choices and type_ in {"string", "text"}:
        type_ = "choice"
    default = next((it.default for it in bounds if it.default is not None), None)
    return Field(
        name=name,
        type=type_,
        required=_is_required(name, qualities),
        unique="unique" in qualities or name in known.traits["unique"],
        indexed="indexed" in qualities or name in known.traits["indexed"],
        default=_default(type_, default, choices),
        choices=choices if type_ == "choice" else (),
        minimum=_minimum(name, type_, bounds),
        maximum=_maximum(name, type_, bounds),
        supposed=supposed,
    )


def _is_feature(name: str) -> bool:
    """Whether it is what an application does and nothing that is kept: `registration`."""
    return all(lexicon().is_a(it, "features") for it in name.split("_"))


def fields_of(notation: str, *, supposed: bool = True) -> list[Field]:
    """The fields that a list in words names, as the lexicon has them."""
    found = []
    for sentence in sentences(notation):
        found += [
            field_of(it, supposed=supposed) for it in chunks(sentence.tokens) if it.letter == "N"
        ]
    return [it for it in found if it is not None]


def type_of(name: str) -> FieldType:
    """The type that the name of a field suggests, `string` where it suggests none."""
    known = lexicon()
    name = name.partition("_per_")[0]
    first, last = name.split("_")[0], name.split("_")[-1]
    if name in known.names:
        return known.names[name]
    if first in known.first and "_" in name:
        return known.first[first]
    return known.last.get(last, "string") if "_" in name else "string"


def is_field_name(name: str) -> bool:
    """Whether a name is one that fields have."""
    known = lexicon()
    if name in known.names or name in known.traits["given"] or name in known.types:
        return True
    parts = name.split("_")
    return len(parts) > 1 and (parts[0] in known.first or parts[-1] in known.last)


def _parted(chunk: Chunk) -> tuple[FieldType | None, list[str]]:
    """The type that stands among the words, and the words of the name."""
    known = lexicon()
    if chunk.type:
        return known.types[chunk.type], list(chunk.words)
    words = [it for it in chunk.words if it.lower() not in _BEHIND or len(chunk.words) == 1]
    lowered = [it.lower() for it in words]
    if len(words) > 1 and lowered[-1] in known.types and snake(" ".join(words)) not in known.names:
        name = snake(" ".join(words[:-1]))
        if lowered[-1] in _NAMING_LAST:
            return None, words
        is_name = name in known.names or name.endswith(("_on", "_at"))
        if lowered[-1] not in known.last or lowered[-1] == "text" or is_name:
            return known.types[lowered[-1]], words[:-1]
    leads = len(words) > 1 and lowered[0] in known.types and lowered[0] not in known.first
    if leads and lowered[0] not in _NAMING:
        return known.types[lowered[0]], words[1:]
    if chunk.words and chunk.words[-1].lower() == "flag":
        return "boolean", words
    return None, words


def _read_inner(
    inner: tuple[Token, ...], qualities: list[str], bounds: list[Bound]
) -> FieldType | None:
    """What brackets behind a field say: a type, qualities, bounds, else its values."""
    known = lexicon()
    found: FieldType | None = None
    words = []
    for token in inner:
        text = token.text
        if token.kind == "bound":
            bounds.append(token.bound)
        elif known.is_a(text, "qualifiers"):
            qualities.append(text)
        elif text in known.types and found is None:
            found = known.types[text]
        elif token.kind == "word" and text not in {"and", "or", "not", "null", "e", "g", "e.g"}:
            words.append(token.raw)
        elif text == "not":
            qualities.append("required")
    is_list = any(it.text in {",", "/", "|", "or"} for it in inner)
    if words and is_list and (found in {None, "choice"}) and not any(it.choices for it in bounds):
        plain = [it for it in words if not known.is_a(it.lower(), "other", "determiners")]
        if len(plain) > 1:
            bounds.append(Bound(choices=tuple(dict.fromkeys(plain))))
    return found


def _is_required(name: str, qualities: list[str]) -> bool:
    if "required" in qualities or "mandatory" in qualities:
        return True
    if "optional" in qualities or "nullable" in qualities:
        return False
    return name not in lexicon().traits["optional"]


def _default(
    type_: FieldType, default: str | None, choices: tuple[str, ...]
) -> str | int | bool | None:
    if type_ == "boolean":
        return default is not None and default.lower() in {"true", "yes", "on", "1"}
    if default is None or default.lower() in {"now", "null", "none", "to", "value", "current"}:
        return None
    if type_ in {"integer", "bigint", "decimal", "float"}:
        return int(float(default)) if default.replace(".", "", 1).lstrip("-").isdigit() else None
    if choices:
        return next((it for it in choices if it.lower() == default.lower()), None)
    return default if type_ in {"string", "text"} else None


def _minimum(name: str, type_: FieldType, bounds: list[Bound]) -> int | None:
    said = next((it.minimum for it in bounds if it.minimum is not None), None)
    if said is not None:
        return said
    numeric = type_ in {"integer", "bigint", "decimal", "float"}
    last = name.split("_")[-1]
    zero = any(it.default == "0" for it in bounds)
    if numeric and name in lexicon().traits["positive"]:
        return 0 if zero else 1
    signless = lexicon().traits["not_negative"]
    return 0 if numeric and (name in signless or last in signless) else None


def _maximum(name: str, type_: FieldType, bounds: list[Bound]) -> int | None:
    said = next((it.maximum for it in bounds if it.maximum is not None), None)
    if said is not None:
        return said
    return lexicon().sizes.get(name) if type_ == "string" else None
