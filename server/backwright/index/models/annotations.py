"""What an annotation says of a field: its type, whether it may be null, whether it is many."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Expr
from backwright.index.evaluate import Evaluator
from backwright.index.models.text import Writer
from backwright.index.values import Const, External, Object, Scope, Value

_UNWRAPPED = frozenset({"Required", "NotRequired", "ReadOnly", "Final", "InitVar"})
_MANY = frozenset(
    {"list", "List", "set", "Set", "Sequence", "Collection", "frozenset", "FrozenSet", "Iterable"}
    | {"MutableSequence", "MutableSet", "KeyFuncDict", "dict", "Dict", "deque", "tuple", "Tuple"}
)


_TYPE = re.compile(r"[\w\s\[\].,|\"'()]*")
_MAX_TEXT = 500


@dataclass(slots=True)
class Annotation:
    """`type` is as it is written, without what the other fields tell: None, wrappers, metadata.

    `wrapper` are the names around the type, the outermost first, such as `Mapped` or `ClassVar`;
    `element` is the type inside a collection.
    """

    type: str = ""
    nullable: bool = False
    wrappers: list[str] = field(default_factory=list)
    metadata: list[Value] = field(default_factory=list)
    many: bool = False
    element: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class AnnotationReader:
    evaluator: Evaluator
    wrappers: frozenset[str]
    """Names of generic types that say how a field is declared, not what it holds."""

    def read(self, expr: Expr, file: str, scope: Scope) -> Annotation:
        found = Annotation()
        self._read(expr, file, scope, found)
        return found

    def _read(self, expr: Expr, file: str, scope: Scope, found: Annotation) -> None:
        if isinstance(expr, code.Text):
            expr = _parsed(expr.value)
        expr = self._generic(expr)
        name = walk.dotted(expr).rpartition(".")[2]
        if isinstance(expr, code.Operation) and expr.operator == "|":
            self._union(expr.operands, file, scope, found)
        elif isinstance(expr, code.Element) and name in {"Optional", "Union"}:
            found.nullable = found.nullable or name == "Optional"
            self._union(_keys(expr.key), file, scope, found)
        elif isinstance(expr, code.Element) and name == "Annotated":
            inner, *extras = _keys(expr.key)
            found.metadata += [self.evaluator.eval_in(it, file, scope) for it in extras]
            self._read(inner, file, scope, found)
        elif isinstance(expr, code.Element) and name in self.wrappers | _UNWRAPPED:
            found.wrappers.append(name)
            self._read(expr.key, file, scope, found)
        else:
            if name in self.wrappers:  # a bare ClassVar
                found.wrappers.append(name)
            self._plain(expr, file, scope, found)

    def _generic(self, expr: Expr) -> Expr:
        """`orm.Mapped["User"]`, which reads like a member of that name."""
        if isinstance(expr, code.Member):
            owner = walk.dotted(expr.object).rpartition(".")[2]
            if owner in self.wrappers | _UNWRAPPED | _MANY | {"Optional"}:
                return code.Element(expr.object, code.Text(expr.name))
        return expr

    def _union(self, operands: list[Expr], file: str, scope: Scope, found: Annotation) -> None:
        operands = [part for it in operands for part in _alternatives(it)]
        kept = [it for it in operands if it != code.Constant("none")]
        found.nullable = found.nullable or len(kept) < len(operands)
        if len(kept) == 1:
            self._read(kept[0], file, scope, found)
        else:
            found.type = " | ".join(self._text(it, file, scope) for it in kept)

    def _plain(self, expr: Expr, file: str, scope: Scope, found: Annotation) -> None:
        value = self.evaluator.eval_in(expr, file, scope)
        if _is_annotated(value) and isinstance(value, Object):  # a name for Annotated[…]
            inner, *extras = value.arguments.positional
            found.metadata += extras
            found.value = inner
            found.type = _typed(inner, Writer(self.evaluator))
            found.nullable = found.nullable or inner == Const(None)
            return
        found.value = value
        found.type = self._text(expr, file, scope)
        name = walk.dotted(expr).rpartition(".")[2]
        if isinstance(expr, code.Element) and name in _MANY:
            found.many = True
            last = _keys(expr.key)[-1]
            found.element = self._text(last, file, scope)
            found.value = self.evaluator.eval_in(last, file, scope)
        found.nullable = found.nullable or found.type == "None"

    def _text(self, expr: Expr, file: str, scope: Scope) -> str:
        """The type as it is written; calls such as `conint(gt=0)` with their arguments."""
        expr = self._generic(expr)
        match expr:
            case code.Text(value):
                return value
            case code.Constant("none"):
                return "None"
            case code.Call():
                return Writer(self.evaluator).type(self.evaluator.eval_in(expr, file, scope))
            case code.Element(owner, key):
                name = walk.dotted(owner).rpartition(".")[2]
                literal = name == "Literal"
                parts = [
                    repr(it.value)
                    if literal and isinstance(it, code.Text)
                    else self._text(it, file, scope)
                    for it in _keys(key)
                ]
                return f"{name}[{', '.join(parts)}]"
            case code.Items(values):
                return f"[{', '.join(self._text(it, file, scope) for it in values)}]"
            case code.Operation("|", operands):
                return " | ".join(self._text(it, file, scope) for it in operands)
            case code.Number(value):
                return repr(value)
            case _:
                return walk.dotted(expr).rpartition(".")[2]


def _keys(key: Expr) -> list[Expr]:
    return key.values if isinstance(key, code.Items) else [key]


def _alternatives(expr: Expr) -> list[Expr]:
    if isinstance(expr, code.Operation) and expr.operator == "|":
        return [part for it in expr.operands for part in _alternatives(it)]
    return [expr]


def _is_annotated(value: Value) -> bool:
    return (
        isinstance(value, Object)
        and value.origin.endswith(".Annotated")
        and bool(value.arguments.positional)
    )


def _typed(value: Value, writer: Writer) -> str:
    return value.origin.rpartition(".")[2] if isinstance(value, External) else writer.type(value)


def _parsed(text: str) -> Expr:
    """A type that is written in quotes; what is no expression stays a text."""
    if len(text) > _MAX_TEXT or not _TYPE.fullmatch(text):
        return code.Text(text)
    try:
        return _converted(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError):
        return code.Text(text)


def _converted(node: ast.expr) -> Expr:
    match node:
        case ast.Name(id=name):
            return code.Name(name)
        case ast.Attribute(value=value, attr=name):
            return code.Member(_converted(value), name)
        case ast.Subscript(value=value, slice=key):
            return code.Element(_converted(value), _converted(key))
        case ast.Tuple(elts=values) | ast.List(elts=values):
            return code.Items([_converted(it) for it in values])
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return code.Operation("|", [_converted(left), _converted(right)])
        case ast.Constant(value=None):
            return code.Constant("none")
        case ast.Constant(value=str(text)):
            return code.Text(text)
        case _:
            return code.Text(ast.unparse(node))
