"""The text of a PDF's pages, run by run, in the order in which it is painted.

In: a PDF. Out: the `Run`s of each page. A run is what one text-showing operator paints: a line, or
as much of it as is set in one style (ISO 32000-1, 9.4). The content streams themselves are read,
and the form XObjects in them: a reader of PDF guesses which letters were painted twice, and in
small lettering it guesses wrongly. Raises `NoPdf` for what is no PDF, and for a page or a font of
which the text cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from copy import copy
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import pikepdf
from msgspec import Struct, field
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publish.checks.pdf_letters import FAULTS, Letters, letters_of
from publish.checks.pdf_reader import NoPdf, reading
from publish.checks.reading_order import is_leftward, is_numbered, readings
from publish.ground.cores import cores
from publish.ground.dividing import side_by_side
from publish.press.content import Content
from publish.press.graphics import Graphics, matrix_of
from publish.press.operators import NEXT_LINE, SHOWING

_OPERATORS = "q Q cm BDC BMC EMC BT ET Tf Tr Tm Td TD T* TL Tj TJ ' \" Do"
_HEX = re.compile(rb"<([0-9a-fA-F]*)>")
_DEPTH = 20
_STRETCH = 40
"""Pages that are read at a stretch, by one of several processes."""


class Run(Struct, frozen=True):
    """A run of text, and its baseline in points above the foot of the trimmed page.

    `others` are the other ways to read a line in which the way changes from word to word.
    """

    text: str
    baseline: float = 0.0
    others: tuple[str, ...] = ()


class RunsByPage(Protocol):
    """The runs of pages by their numbers, from 0."""

    def __len__(self) -> int: ...
    def __getitem__(self, number: int, /) -> list[Run]: ...


class PdfText:
    """The runs of the pages of a PDF that is open, each read when it is first asked for.

    `leftward` for a book that is read from right to left. Raises `NoPdf` where it cannot be read.
    """

    def __init__(self, path: Path, leftward: bool = False) -> None:
        self._path = path
        self._leftward = leftward
        self._fonts: dict[tuple[int, int], Letters] = {}
        self._read: dict[int, list[Run]] = {}
        with reading(path):
            self._pdf = Pdf.open(path)

    def __enter__(self) -> PdfText:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf.pages)

    def page(self, number: int) -> pikepdf.Page:
        """Return a page, by its number from 0."""
        return self._pdf.pages[number]

    def __getitem__(self, number: int) -> list[Run]:
        if number not in self._read:
            with reading(self._path):
                runs = _sound_runs(self.page(number), self._fonts, self._leftward)
            self._read[number] = runs
        return self._read[number]


def runs_of(path: Path, leftward: bool = False) -> list[list[Run]]:
    """Return the runs of every page."""
    with PdfText(path, leftward) as text:
        count = len(text)

    def read(start: int) -> list[list[Run]]:
        with PdfText(path, leftward) as text:
            return [text[number] for number in range(start, min(start + _STRETCH, count))]

    starts = range(0, count, _STRETCH)
    several = min(cores(), len(starts))
    return [page for stretch in side_by_side(read, starts, several) for page in stretch]


def _sound_runs(
    page: pikepdf.Page, fonts: dict[tuple[int, int], Letters], leftward: bool
) -> list[Run]:
    """Return the runs of a page; an operator without its operands damages it."""
    try:
        return _page_runs(page, fonts, leftward)
    except FAULTS as error:
        raise NoPdf(f"the content of page {page.label} is damaged") from error


def _page_runs(
    page: pikepdf.Page, fonts: dict[tuple[int, int], Letters], leftward: bool
) -> list[Run]:
    """Return what can be seen of the text of a page."""
    shown = _Shown(fonts)
    _Painter(shown, page.obj.get("/Resources"), Graphics()).paint(page)
    low, high = float(page.mediabox[1]), float(page.mediabox[3])
    trim = float(page.trimbox[1])
    runs = (run for run in shown.runs(leftward) if low <= run.baseline <= high)
    return [replace(run, baseline=run.baseline - trim) for run in runs]


class _Painter(Content[Graphics]):
    """Follows the text-showing operators of a content stream, and those of the forms in it."""

    def __init__(self, shown: _Shown, resources: Any, state: Graphics, depth: int = 0) -> None:
        super().__init__(resources, state)
        self.text = shown
        self.depth = depth

    def paint(self, stream: Any) -> None:
        """Follow a content stream, form by form."""
        text = self.text
        for step in pikepdf.parse_content_stream(stream, _OPERATORS):
            name, operands = str(step.operator), list(step.operands)
            if name in SHOWING:
                if name in NEXT_LINE:
                    self.state.place("T*", ())
                baseline = (self.state.line @ self.state.ctm).f
                text.lines[-1].append((text.shown(self.state.font, operands[-1]), baseline))
            elif name in ("BDC", "BMC"):
                text.marks.append(_actual(operands[-1]))
            elif name == "EMC":
                del text.marks[-1:]
            elif name == "Do":
                self.draw(self.find("/XObject", operands[0]))
            elif name == "ET":
                text.close()
            else:
                text.begin(name)
                self.follow(name, operands)

    def draw(self, form: Any) -> None:
        """Follow a form, where it is one."""
        if isinstance(form, Stream) and form.get("/Subtype") == Name.Form and self.depth < _DEPTH:
            state = copy(self.state)
            state.ctm = matrix_of(form.get("/Matrix", (1, 0, 0, 1, 0, 0))) @ state.ctm
            resources = form.get("/Resources", self.resources)
            _Painter(self.text, resources, state, self.depth + 1).paint(form)


class _Line(Struct, frozen=True):
    """What a text object shows on a line, operator by operator: glyphs and baseline."""

    pieces: list[tuple[list[str], float]]
    lettered: bool

    @property
    def glyphs(self) -> list[str]:
        return [glyph for piece, _ in self.pieces for glyph in piece]

    @property
    def height(self) -> float:
        """Return where it stands, as it is the same for all that stand on one line."""
        return round(self.pieces[0][1], 2)

    def is_leftward(self) -> bool:
        """Tell whether any letter of it is read from right to left."""
        return is_leftward(self.glyphs)

    def runs(self, leftward: bool, mixed: Container[float]) -> Iterator[Run]:
        """Yield its runs, on a page that is read leftward, or has lines that are `mixed`.

        Two kinds are one run. The lettering of a drawing shows each letter for itself, under its
        own rendering; and a line of which a part is read leftward is painted from left to right. So
        may numbers be that stand on it by themselves.
        """
        baseline = self.pieces[0][1]
        beside = self.height in mixed and is_numbered(self.glyphs)
        if leftward or beside or self.is_leftward():
            # Words of a way of their own (`dir`) are a text object by themselves.
            own, other = (readings(self.glyphs, way) for way in (leftward, not leftward))
            text, *others = dict.fromkeys([*own, *other])
            yield Run(text, baseline, tuple(others))
        elif self.lettered:
            yield Run("".join(self.glyphs), baseline)
        else:
            yield from (Run("".join(piece), baseline) for piece, baseline in self.pieces)


class _Shown(Struct):
    """What has been shown of a page; the baselines are the page's."""

    fonts: dict[tuple[int, int], Letters]
    closed: list[_Line] = field(default_factory=list)
    lines: list[list[tuple[list[str], float]]] = field(default_factory=lambda: [[]])
    """What the operators of the text object show that is going on, line by line and by glyphs."""
    lettered: bool = False
    marks: list[list[str] | None] = field(default_factory=list)
    """For each marked content that is open, the text that is to be read for it (14.9.4)."""

    def begin(self, name: str) -> None:
        """Begin a text object, a line of one, or lettering, where an operator does (9.4.1)."""
        if name == "BT":
            self.lines, self.lettered = [[]], False
        elif name == "Tm":
            self.lines.append([])
        elif name == "Tr":
            self.lettered = True

    def close(self) -> None:
        """Keep the lines of a text object."""
        lines = [list(chain(*self.lines))] if self.lettered else self.lines
        self.closed += (_Line(pieces, self.lettered) for pieces in lines if pieces)
        self.lines = [[]]

    def runs(self, leftward: bool) -> Iterator[Run]:
        """Yield the runs of the page; `leftward` where it is read from right to left."""
        mixed = {line.height for line in self.closed if not leftward and line.is_leftward()}
        return chain.from_iterable(line.runs(leftward, mixed) for line in self.closed)

    def shown(self, font: Any, operand: Any) -> list[str]:
        """Return the glyphs that an operator shows; strings alone, for numbers only move."""
        known = self.known(font)
        if known is None:
            return []
        for said in self.marks:
            if said is not None:
                read, said[:] = list(said), []
                return read
        return known.texts(_codes(operand))

    def known(self, font: Any) -> Letters | None:
        """Return a font, read once."""
        if not isinstance(font, Dictionary):
            return None
        number = font.objgen
        if number not in self.fonts or number == (0, 0):
            self.fonts[number] = letters_of(font)
        return self.fonts[number]


def _codes(operand: Any) -> bytes:
    """Return the codes in a string, or in those of an array."""
    written = operand.unparse() if isinstance(operand, Array | String) else b""
    if b"(" in written or b"<<" in written:
        parts = operand if isinstance(operand, Array) else (operand,)
        return b"".join(bytes(one) for one in parts if isinstance(one, String))
    # As nearly all are written: one by one they take three times as long.
    return bytes.fromhex(b"".join(_HEX.findall(written)).decode("ascii"))


def _actual(properties: Any) -> list[str] | None:
    """Return the text that stands for a marked content, letter by letter; None where none does."""
    text = properties.get("/ActualText") if isinstance(properties, Dictionary) else None
    return None if text is None else list(str(text))
