"""Takes a reply apart: reasoning is dropped, fenced and bare blocks are told from prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a reply that may hold code.

    `before` are the lines of prose between this block and the one before it, blank ones left out.
    `bare` is true for what stood in no fence: a search block, a diff.
    """

    info: str
    text: str
    before: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """A reply taken apart; `unfinished` when it ends inside its own reasoning."""

    blocks: tuple[Block, ...]
    prose: str
    unfinished: bool = False


def take_apart(reply: str) -> Parts:
    scan = _Scan(reply.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    scan.run()
    return Parts(tuple(scan.blocks), "\n".join(scan.prose).strip(), scan.unfinished)


_TAGS = r"think|thinking|thought|thoughts|reasoning|reflection|scratchpad|analysis|seed:think"
_OPENING = re.compile(
    rf"^\s*(?:<({_TAGS})>|\[(THINK)\]|◁(think)▷|<\|(begin_of_thought)\|>"
    r"|<\|channel\|>(analysis)<\|message\|>)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"(?<!`)(?:</(?:{_TAGS})>|\[/THINK\]|◁/think▷|<\|end_of_thought\|>)(?!`)", re.IGNORECASE
)
_CLOSING_OF = {
    "begin_of_thought": re.compile(r"<\|end_of_thought\|>"),
    "analysis": re.compile(r"</analysis>|<\|end\|>|<\|channel\|>final<\|message\|>", re.IGNORECASE),
}
_FENCE = re.compile(r"^([ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$")
_SEARCH = re.compile(r"^<{5,} ?(?:SEARCH|ORIGINAL)\s*$")
_SEARCH_END = re.compile(r"^>{5,}")
_DIFF_LINE = re.compile(r"^(?:[ +\-@\\]|diff --git |index |new file mode |deleted file mode |$)")
_MARKDOWN = re.compile(r"^(?:md|mdx|markdown)\b|\.(?:md|mdx|markdown)\b", re.IGNORECASE)
_MAX_INDENT = 3
"""A line indented further than this beyond its fence is content, as in CommonMark."""


@dataclass(slots=True)
class _Scan:
    """One walk over the lines, from the first to the last."""

    lines: list[str]
    at: int = 0
    blocks: list[Block] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    since: list[str] = field(default_factory=list)
    unfinished: bool = False

    def run(self) -> None:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if opening := _OPENING.match(line):
                self._skip_reasoning(next(it for it in opening.groups() if it).lower())
            elif closing := _CLOSING.search(line):
                self._forget_all(line[closing.end() :])
            elif (fence := _fence(line)) is not None:
                self._fenced(fence)
            elif _SEARCH.match(line):
                self._bare("", self._end_of_search())
            elif self._starts_diff():
                self._bare("diff", self._end_of_diff())
            elif line.strip() == "*** Begin Patch":
                self._bare("diff", self._end_of_patch())
            else:
                self.at += 1
                self.prose.append(line)
                if line.strip():
                    self.since.append(line.strip())

    def _skip_reasoning(self, tag: str) -> None:
        closing = _CLOSING_OF.get(tag, _CLOSING)
        opening = _OPENING.match(self.lines[self.at])
        start = opening.end() if opening else 0
        for number in range(self.at, len(self.lines)):
            if found := closing.search(self.lines[number], start if number == self.at else 0):
                self.lines[number] = self.lines[number][found.end() :]
                self.at = number
                return
        self.unfinished = True
        self.at = len(self.lines)

    def _forget_all(self, rest: str) -> None:
        """Reasoning ends that never began: the endpoint swallowed its opening tag."""
        self.blocks.clear()
        self.prose.clear()
        self.since.clear()
        self.lines[self.at] = rest

    def _add(self, info: str, lines: list[str], bare: bool) -> None:
        text = "".join(f"{line}\n" for line in lines)
        self.blocks.append(Block(info, text, tuple(self.since), bare))
        self.since = []

    def _bare(self, info: str, end: int) -> None:
        self._add(info, self.lines[self.at : end], bare=True)
        self.at = end

    def _fenced(self, fence: _Fence) -> None:
        content: list[str] = []
        number, nested, closed = self.at + 1, False, False
        while number < len(self.lines):
            inner = fence.same(self.lines[number])
            if inner is None:
                content.append(fence.stripped(self.lines[number]))
            elif inner.info and not fence.holds_markdown:
                break  # the next block begins, this one was left open
            elif inner.info or nested:
                nested = bool(inner.info)
                content.append(fence.stripped(self.lines[number]))
            else:
                closed, number = True, number + 1
                break
            number += 1
        if not closed:
            content, number = self._unclosed(content, number)
        self._add(fence.info, content, bare=False)
        self.at = number

    def _unclosed(self, content: list[str], number: int) -> tuple[list[str], int]:
        """The content of a fence that never closes: up to the end of reasoning it was left open
        in, else all, less the beginnings of a closing fence."""
        for index, line in enumerate(content):
            if _CLOSING.match(line.strip()):
                return content[:index], self.at + 1 + index
        while content and not content[-1].strip("` \t"):
            content.pop()
        if content and content[-1].endswith("```"):
            content[-1] = content[-1].removesuffix("```")
        return content, number

    def _end_of_search(self) -> int:
        """Past this block and past those that follow it at once."""
        number = end = self.at
        while number < len(self.lines):
            if _SEARCH_END.match(self.lines[number]):
                end = number + 1
                following = end
                while following < len(self.lines) and not self.lines[following].strip():
                    following += 1
                if following == len(self.lines) or not _SEARCH.match(self.lines[following]):
                    return end
            number += 1
        return end if end > self.at else number

    def _starts_diff(self) -> bool:
        line = self.lines[self.at]
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        return line.startswith("diff --git ") or (
            line.startswith("--- ") and following.startswith("+++ ")
        )

    def _end_of_diff(self) -> int:
        number = self.at
        while number < len(self.lines) and _DIFF_LINE.match(self.lines[number]):
            number += 1
        return number

    def _end_of_patch(self) -> int:
        for number in range(self.at, len(self.lines)):
            if self.lines[number].strip() == "*** End Patch":
                return number + 1
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class _Fence:
    indent: str
    marks: str
    info: str

    @property
    def holds_markdown(self) -> bool:
        return _MARKDOWN.search(self.info) is not None

    def same(self, line: str) -> _Fence | None:
        """`line` as a fence that can end this one or stand on its level."""
        if (other := _fence(line)) is None or not other.marks.startswith(self.marks):
            return None
        return other if len(other.indent) <= len(self.indent) + _MAX_INDENT else None

    def stripped(self, line: str) -> str:
        """`line` without the indentation that the fence itself has."""
        width = len(self.indent)
        return line[width:] if not line[:width].strip() else line.lstrip()


def _fence(line: str) -> _Fence | None:
    match = _FENCE.match(line)
    if match is None or (match[2][0] == "`" and "`" in match[3]):
        return None
    return _Fence(match[1], match[2], match[3])
