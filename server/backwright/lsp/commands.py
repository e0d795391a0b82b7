"""The commands' names and their arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeVar

import msgspec
from pygls.exceptions import JsonRpcInvalidParams

from backwright.errors import UsageError

RUN = "backwright.run"
GENERATE = "backwright.generate"
REFINE = "backwright.refine"
SHOW_CONTEXT = "backwright.showContext"
MAP = "backwright.map"


class At(msgspec.Struct, frozen=True):
    """A position of the protocol, in the units that were agreed."""

    line: int
    character: int


class RunArguments(msgspec.Struct, frozen=True):
    recipe: str
    uri: str = ""
    position: At | None = None
    request: str = ""
    inputs: dict[str, str] = {}
    apply: bool = True
    scope: Literal["", "file", "project"] = ""


class GenerateArguments(msgspec.Struct, frozen=True):
    request: str
    uri: str = ""
    position: At | None = None
    apply: bool = True


class RefineArguments(msgspec.Struct, frozen=True):
    """Without `uri`, the folder where a recipe was run last."""

    request: str
    uri: str = ""
    apply: bool = True


class ContextArguments(msgspec.Struct, frozen=True):
    uri: str
    position: At
    recipe: str = "generate"


class FolderArguments(msgspec.Struct, frozen=True):
    """Of a request that is about one folder: any file in it, or none."""

    uri: str = ""


_Arguments = TypeVar("_Arguments")


def argument(given: Sequence[Any] | None, wanted: type[_Arguments]) -> _Arguments:
    """The command's one argument. Raises UsageError when it has another shape."""
    try:
        return msgspec.convert((given or [{}])[0], wanted)
    except msgspec.ValidationError as fault:
        raise UsageError(f"the command's argument can't be used: {fault}") from None


def parameters(given: Any, wanted: type[_Arguments]) -> _Arguments:
    """The parameters of a request of our own, which pygls has as a named tuple. Raises
    JsonRpcInvalidParams when they have another shape."""
    try:
        return msgspec.convert({} if given is None else given._asdict(), wanted)
    except (AttributeError, msgspec.ValidationError) as fault:
        raise JsonRpcInvalidParams(str(fault)) from None
