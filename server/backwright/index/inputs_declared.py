"""The inputs that a handler declares in its signature, as in FastAPI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.backend import Location, RouteParameter
from backwright.facts.code import Expr
from backwright.index.dependencies import Dependencies
from backwright.index.frameworks import Signature
from backwright.index.inputs import Checked, Inputs, unique
from backwright.index.values import ClassValue, External, FunctionValue, Object, Str, Value

_NAMED_BY_KEYWORD: tuple[Location, ...] = ("header", "cookie")

MAX_DEPTH = 3
"""How far the parameters of dependencies are followed."""


@dataclass(frozen=True, slots=True)
class Declarations:
    """Reads signatures; `in_path` are the names that the path holds."""

    signature: Signature
    in_path: list[str]
    dependencies: Dependencies
    provided: Mapping[str, Value] = field(default_factory=dict)
    """What fills the parameters of a name."""

    def inputs(self, function: FunctionValue) -> Inputs:
        found = self._of(function, 0)
        known = {parameter.name for parameter in found.parameters}
        rest = [RouteParameter(it, "path") for it in self.in_path if it and it not in known]
        return Inputs(unique([*found.parameters, *rest]), found.model, found.checked)

    def _of(self, function: FunctionValue, depth: int) -> Inputs:
        parameters: list[RouteParameter] = []
        checked: list[Checked] = []
        model = ""
        skipped = self.signature.skipped if depth == 0 else 0
        for parameter in function.facts.parameters[skipped:]:
            if parameter.name in {"self", "cls", *self.signature.reserved} or parameter.kind:
                continue
            metadata = self.dependencies.metadata(parameter, function)
            if parameter.name in self.provided:
                metadata = [self.provided[parameter.name]]
            filled = [it for meta in metadata for it in self.dependencies.of(meta)]
            if filled:
                checked += filled
                parameters += self._behind(filled[0][0], depth)
                continue
            found = self._parameter(parameter, function, metadata)
            if found is not None:
                parameters.append(found)
                whole = found.location == "body" and not (
                    self.signature.explicit and _key(metadata)
                )
                model = model or (found.type if whole else "")
        return Inputs(parameters, model, tuple(checked))

    def _behind(self, called: Value, depth: int) -> list[RouteParameter]:
        """What a dependency takes of the request itself."""
        function = self.dependencies.function_of(called)
        if function is None or depth >= MAX_DEPTH:
            return []
        return [it for it in self._of(function, depth + 1).parameters if it.location != "body"]

    def _parameter(
        self, parameter: code.Parameter, function: FunctionValue, metadata: list[Value]
    ) -> RouteParameter | None:
        bare = _bare_type(parameter.annotation)
        kind = self.dependencies.value(bare, function) if bare is not None else None
        location = _location(self.signature, metadata)
        if renamed := _renamed(self.signature, metadata, parameter, bare):
            return renamed
        if self.signature.explicit:
            return _named_by(location, metadata, parameter)
        if location is None and parameter.name in self.in_path:
            location = "path"
        if location is None and _origin_of(kind) in self.signature.ignored:
            return None
        if location is None:
            named = parameter.name in self.signature.bodies
            location = "body" if named or _is_model(kind, self.signature) else "query"
        required = parameter.default is None or _requires(metadata)
        return RouteParameter(parameter.name, location, walk.type_text(bare), required)


def _named_by(
    location: Location | None, metadata: list[Value], parameter: code.Parameter
) -> RouteParameter | None:
    """A parameter whose decorator says what it is: `@Query("page") page: number`."""
    if location is None:
        return None
    key = _key(metadata)
    if location == "path" and not key:
        return None  # all of them at once
    required = parameter.default is None
    return RouteParameter(
        key or parameter.name, location, walk.type_text(parameter.annotation), required
    )


def _renamed(
    signature: Signature, metadata: list[Value], parameter: code.Parameter, bare: Expr | None
) -> RouteParameter | None:
    """A parameter that says which header or cookie it is: `Parameter(header="X-Token")`."""
    for meta in metadata:
        if isinstance(meta, Object) and meta.origin in signature.query:
            for place in _NAMED_BY_KEYWORD:
                name = meta.arguments.keywords.get(place)
                if isinstance(name, Str) and name.known:
                    required = parameter.default is None
                    return RouteParameter(name.text, place, walk.type_text(bare), required)
    return None


def _key(metadata: list[Value]) -> str:
    """The part of the input that a decorator names."""
    first = (it.arguments.get((0,)) for it in metadata if isinstance(it, Object))
    return next((it.text for it in first if isinstance(it, Str)), "")


def _bare_type(annotation: Expr | None) -> Expr | None:
    """The type without `Annotated[…]` and `Optional[…]`."""
    if isinstance(annotation, code.Element):
        name = walk.dotted(annotation.object).rpartition(".")[2]
        if name == "Annotated" and isinstance(annotation.key, code.Items):
            return _bare_type(annotation.key.values[0])
        if name == "Optional":
            return _bare_type(annotation.key)
    if isinstance(annotation, code.Operation) and annotation.operator == "|":
        kept = [it for it in annotation.operands if not isinstance(it, code.Constant)]
        return _bare_type(kept[0]) if len(kept) == 1 else annotation
    return annotation


def _location(signature: Signature, metadata: list[Value]) -> Location | None:
    places: tuple[tuple[Location, tuple[str, ...]], ...] = (
        ("query", signature.query),
        ("path", signature.path),
        ("body", signature.body),
        ("header", signature.header),
        ("cookie", signature.cookie),
        ("form", signature.form),
    )
    origins = {meta.origin for meta in metadata if isinstance(meta, Object)}
    return next((place for place, known in places if origins & set(known)), None)


def _requires(metadata: list[Value]) -> bool:
    """Whether a declaration such as `Query(...)` leaves the parameter without a default."""
    for meta in metadata:
        if isinstance(meta, Object):
            default = meta.arguments.get((0, "default"))
            return default is None or isinstance(default, External)
    return False


def _origin_of(value: Value | None) -> str:
    if isinstance(value, External):
        return value.origin
    return ""


def _is_model(value: Value | None, signature: Signature) -> bool:
    if isinstance(value, ClassValue):
        return any(
            isinstance(it, External) and it.origin in signature.models for it in value.lineage()
        ) or any(
            isinstance(it, External) and it.origin.endswith("dataclass") for it in value.decorators
        )
    return isinstance(value, External) and value.origin in {"builtins.dict", "typing.Dict"}
