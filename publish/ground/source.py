"""A file's text, and where in it a thing stands.

In: bytes of a file of the manuscript. Out: `SourceFile` (text with plain line feeds) and `Span`
(file, 1-based line and column in characters, and the character offsets). Raises `Unreadable`,
which the reader of that kind of file turns into a problem.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".txt")
"""How the names of text files end that may be meant as chapters; only those on .md are."""


class Unreadable(Exception):
    """A file that is no text: why, and the 1-based line and column where it goes wrong."""

    def __init__(self, path: str, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file; `line` and `column` (1-based, characters) tell where it starts."""

    file: str
    line: int = 1
    column: int = 1
    start: int = 0
    end: int = 0

    @property
    def place(self) -> str:
        """Return file and line as one word: the name by which the layout knows a place."""
        return f"{self.file}:{self.line}"


Places = tuple[tuple[int, int], ...]
"""Where the characters of a text come from: (index in the text, offset in the file), each place
good up to the next."""


def places_of(offsets: Sequence[int]) -> Places:
    """Return the places of a text, given the offset in the file of each of its characters."""
    return tuple(
        (at, offset) for at, offset in enumerate(offsets) if not at or offset != offsets[at - 1] + 1
    )


def offset_at(places: Places, index: int) -> int:
    """Return the offset in the file of a character of a text, given its index there."""
    start, offset = places[max(bisect_right(places, (index, sys.maxsize)) - 1, 0)]
    return offset + index - start


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text and the name under which a person knows its file."""

    path: str
    text: str
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the offset at which each line starts."""
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        object.__setattr__(self, "starts", tuple(starts))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column, in characters, of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """Return the offset of a 1-based line and column; the inverse of `line_column`."""
        return self.starts[min(line, len(self.starts)) - 1] + column - 1

    def line(self, number: int) -> str:
        """Return line `number` (1-based) without its line feed; empty past the end."""
        if number > len(self.starts):
            return ""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[start:end]

    def span(self, start: int, end: int | None = None) -> Span:
        """Return the span from one offset to another (one point when `end` is left out)."""
        line, column = self.line_column(start)
        return Span(self.path, line, column, start, start if end is None else end)

    def line_span(self, number: int) -> Span:
        """Return the span of a whole line, its indentation left out."""
        text = self.line(number)
        start = self.offset(number) + len(text) - len(text.lstrip())
        return self.span(start, self.offset(number) + len(text))


def texts_of(sources: Mapping[str, SourceFile]) -> dict[str, str]:
    """Return the texts of files by their names."""
    return {name: one.text for name, one in sources.items()}


def read_source(load: Callable[[], bytes], shown: str) -> SourceFile:
    """Read a UTF-8 file; a byte-order mark is dropped and every line end becomes a line feed.

    `load` gives its bytes. Raises `Unreadable` for a file that is not there, not UTF-8 or holds
    a NUL.
    """
    try:
        data = load().removeprefix(BOM_UTF8)
    except OSError as error:
        raise Unreadable(shown, f"cannot be read: {error.strerror or error}") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        read = plain_lines(data[: error.start].decode("utf-8"))
        at = SourceFile(shown, read).line_column(len(read))
        reason = f"is not UTF-8 text: the byte {data[error.start]:02X} means nothing here"
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            reason = "is not UTF-8 text but UTF-16"
        raise Unreadable(shown, reason, *at) from error
    source = SourceFile(shown, plain_lines(text))
    if "\0" in text:
        at = source.line_column(source.text.index("\0"))
        raise Unreadable(shown, "holds a NUL character, so it is no text", *at)
    return source


def plain_lines(text: str) -> str:
    """Return a text with a line feed at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
