"""What the server and a worker say to each other.

Each message is one msgpack value behind four bytes of length. Folders are named by their absolute
paths, files by their paths relative to them. Requests carry a number that their answers repeat.
"""

from __future__ import annotations

import struct
from typing import Any, Literal

import msgspec

from backwright.facts.backend import Backend
from backwright.settings import Settings


class _Message(msgspec.Struct, frozen=True, tag=True):
    """Told apart by the name of its class."""


# To the worker


class Open(_Message, frozen=True):
    """A folder is open, or its settings have changed. Files in `avoid` (with the reason) are not
    read."""

    folder: str
    revision: int
    settings: Settings
    avoid: dict[str, str] = {}


class Close(_Message, frozen=True):
    folder: str


class Buffer(msgspec.Struct, frozen=True):
    path: str
    version: int
    source: bytes


class Buffers(_Message, frozen=True):
    """Documents that were opened or changed in the editor, and those that were closed."""

    folder: str
    revision: int
    put: list[Buffer] = []
    drop: list[str] = []


class Changed(_Message, frozen=True):
    """Files have changed on disk."""

    folder: str
    revision: int
    paths: list[str] = []


class Run(_Message, frozen=True, kw_only=True):
    number: int
    folder: str
    recipe: str
    file: str = ""
    offset: int = 0
    request: str = ""
    inputs: dict[str, str] = {}
    may_run_tests: bool = False
    scope: Literal["", "file", "project"] = ""


class Refine(_Message, frozen=True):
    """A follow-up on the folder's last result."""

    number: int
    folder: str
    request: str


class Context(_Message, frozen=True):
    """What a model would be sent."""

    number: int
    folder: str
    recipe: str
    file: str
    offset: int


class Models(_Message, frozen=True):
    """The models that the folder's endpoint lists; the answer's text has one a line."""

    number: int
    folder: str


class Cancel(_Message, frozen=True):
    number: int


class Ping(_Message, frozen=True):
    """Answered at once by a worker that is not stuck."""


Request = Run | Refine | Context | Models
ToWorker = Open | Close | Buffers | Changed | Run | Refine | Context | Models | Cancel | Ping


# From the worker


class Ready(_Message, frozen=True):
    """The first message: globs of the files whose changes matter."""

    watched: list[str]


class Reading(_Message, frozen=True):
    """A file is about to be parsed, or with "" none any more. When the worker falls silent, this
    file is to blame."""

    folder: str
    path: str


class Published(_Message, frozen=True):
    """What is known of a folder, with all that was said up to `revision`."""

    folder: str
    revision: int
    backend: Backend


class Stage(_Message, frozen=True):
    number: int
    title: str


class Text(_Message, frozen=True):
    """A model has written some more."""

    number: int
    piece: str


class Edited(msgspec.Struct, frozen=True, tag=True):
    """Byte ranges with their new text, made for one version of the file; LF line ends."""

    path: str
    version: int | str
    edits: list[tuple[int, int, str]]


class Created(msgspec.Struct, frozen=True, tag=True):
    path: str
    text: str


class Deleted(msgspec.Struct, frozen=True, tag=True):
    path: str
    version: int | str


FileChange = Edited | Created | Deleted


class Finished(_Message, frozen=True):
    """The result of a run: `report` is the JSON of `backwright run --json`. Nothing is written."""

    number: int
    report: dict[str, Any]
    changes: list[FileChange] = []
    needs_confirmation: bool = False
    exit_status: int = 0


class Answered(_Message, frozen=True):
    number: int
    text: str


class Failed(_Message, frozen=True):
    """The request could not be served; `reason` is one line for a person."""

    number: int
    reason: str
    exit_status: int = 1


class Cancelled(_Message, frozen=True):
    number: int


class Pong(_Message, frozen=True):
    pass


Answer = Finished | Answered | Failed | Cancelled
FromWorker = Ready | Reading | Published | Stage | Text | Answer | Pong


# On the wire

HEAD = struct.Struct(">I")
_ENCODER = msgspec.msgpack.Encoder()
_TO_WORKER: msgspec.msgpack.Decoder[ToWorker] = msgspec.msgpack.Decoder(ToWorker)
_FROM_WORKER: msgspec.msgpack.Decoder[FromWorker] = msgspec.msgpack.Decoder(FromWorker)


def framed(message: ToWorker | FromWorker) -> bytes:
    body = _ENCODER.encode(message)
    return HEAD.pack(len(body)) + body


def to_worker(body: bytes) -> ToWorker:
    return _TO_WORKER.decode(body)


def from_worker(body: bytes) -> FromWorker:
    return _FROM_WORKER.decode(body)
