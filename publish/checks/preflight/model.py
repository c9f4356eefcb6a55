"""What preflight looks at and what it finds.

In: a PDF. Out: a `File` with its pages, the marks on them and the places of their text, each read
when it is first asked for; `Finding`s, with a page (from 1) and a rectangle in mm from the lower
left corner of its trim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import permutations
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from publish.checks.preflight.marks import Mark, Painted
from publish.checks.preflight.painting import painted
from publish.ground.problems import Spot
from publish.ground.units import MM
from publish.press.boxes import Box, box_of, common, is_empty, reaches

_OF_X = Name.GTS_PDFX
_THIN = 2.0
"""How thick (pt) a mark for the printer is at the most, and how long it is at the least."""
_UNBOXED = re.compile(r"object (\d+) (\d+) .*MediaBox is undefined")


@dataclass(frozen=True)
class Finding:
    """One thing that a printer would stumble over; `facts` fill in the words of its rule."""

    code: str
    page: int | None = None
    box: Box | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    spot: Spot | None = None
    others: tuple[Box, ...] = ()
    """Other places of the page of which the same is found."""

    @property
    def key(self) -> tuple[object, ...]:
        """Return what makes two findings of a page the same."""
        return self.page, *self.said

    @property
    def said(self) -> tuple[object, ...]:
        """Return what it says, of whichever page."""
        return self.code, *sorted(map(str, self.facts.items()))


class Words(Struct, frozen=True):
    """Text that stands together on a page, and its box in pt from the page's origin."""

    text: str
    box: Box


@dataclass(frozen=True)
class Sheet:
    """A page of a file: `number` from 1, and its object."""

    number: int
    page: pikepdf.Page
    file: File

    @cached_property
    def media(self) -> Box:
        """Return the media box; an empty one where there is none."""
        return box_of(self.page.mediabox) or (0.0, 0.0, 0.0, 0.0)

    @cached_property
    def trim(self) -> Box:
        """Return the page as it is trimmed: the trim box, else the art, the crop or media box."""
        own = (box_of(self.page.obj.get(name)) for name in ("/TrimBox", "/ArtBox"))
        return next((box for box in own if box), None) or box_of(self.page.cropbox) or self.media

    @cached_property
    def bleed(self) -> Box:
        """Return the bleed box, else the trim."""
        return box_of(self.page.obj.get("/BleedBox")) or self.trim

    @cached_property
    def turn(self) -> int:
        """Return by how many quarters, clockwise, the page is turned to be read (Rotate)."""
        told = self.page.obj.get("/Rotate", 0)
        parent = self.page.obj.get("/Parent")
        while "/Rotate" not in self.page.obj and isinstance(parent, Dictionary):
            if "/Rotate" in parent:
                told = parent.Rotate
                break
            parent = parent.get("/Parent")
        return int(told) // 90 % 4

    @property
    def spine(self) -> int | None:
        """Return the side of the page that is bound; None of a sheet, or of but one page."""
        if len(self.file.pages) == 1 or self.file.is_sheets:
            return None
        recto = self.number % 2 == 1
        return ((0 if recto != self.file.leftward else 2) + self.turn) % 4

    @cached_property
    def folds(self) -> tuple[float, ...]:
        """Return where a sheet is folded, along its lower side as it lies.

        Marks tell: dashed lines outside the trim, between two of its sides. Where a sheet has no
        room for them it is folded, or cut, where two of its pages meet.
        """
        across = self.turn % 2
        low, high = self.trim[across], self.trim[across + 2]
        found = set(self._marked(across)) or (
            set(self._meeting(across)) if self.file.is_sheets else set()
        )
        return tuple(sorted(at for at in found if low + _THIN < at < high - _THIN))

    def _marked(self, across: int) -> Iterator[float]:
        """Yield where fold marks stand."""
        along = 1 - across
        for mark in self.painted.marks:
            box = mark.box
            thin = box[across + 2] - box[across] < _THIN < box[along + 2] - box[along]
            line = mark.kind == "stroke" and mark.dashed and thin
            if line and not reaches(box, self.trim):
                yield round((box[across] + box[across + 2]) / 2, 1)

    def _meeting(self, across: int) -> Iterator[float]:
        """Yield where one page on a sheet ends and another, of about its height, begins."""
        along = 1 - across
        for one, other in permutations(self.painted.placed, 2):
            beside = abs(one[along] - other[along]) < _THIN
            if beside and abs(one[across + 2] - other[across]) < _THIN:
                yield round(one[across + 2], 1)

    @cached_property
    def painted(self) -> Painted:
        """Return what the page paints, and what of it nobody can tell."""
        return painted(self.page, self.file.pdf)

    @cached_property
    def everywhere(self) -> tuple[Mark, ...]:
        """Return all marks, beyond the bleed and in masks and annotations as well."""
        return (*self.painted.marks, *self.painted.beside)

    @cached_property
    def _all(self) -> tuple[Mark, ...]:
        marks = self.painted.marks
        return tuple(mark for mark in marks if reaches(mark.box, self.bleed))

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Return the marks that show within the bleed, those of masks apart."""
        return tuple(mark for mark in self._all if not mark.masked)

    @property
    def masks(self) -> tuple[Mark, ...]:
        """Return the marks by which others are masked."""
        return tuple(mark for mark in self._all if mark.masked)

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """Return the text that stands within the bleed."""
        text = self.file.drawn[self.number - 1].get_textpage()
        found = []
        for at in range(text.count_rects()):
            box = text.get_rect(at)
            said = text.get_text_bounded(*box).strip()
            if said and not is_empty(common(box, self.bleed)):
                found.append(Words(" ".join(said.split()), box))
        return tuple(found)

    def found(self, code: str, box: Box | None = None, **facts: object) -> Finding:
        """Make a finding of this page, its rectangle in mm from the corner of the trim."""
        spot = Spot(self.number)
        if box is not None:
            left, foot, _, head = self.trim
            shown = common(box, self.media)
            shown = box if is_empty(shown) else shown
            sides = (shown[0] - left, head - shown[3], shown[2] - left, head - shown[1])
            spot = Spot.of(self.number, *sides)
            box = tuple(  # type: ignore[assignment]
                round((side - (foot if at % 2 else left)) / MM, 1) for at, side in enumerate(shown)
            )
        return Finding(code, self.number, box, facts, spot)

    def unjudged(self, what: str, reason: str, box: Box | None = None) -> Finding:
        """Make a finding that something of this page cannot be judged."""
        return self.found("F925", box, what=what, reason=reason)


@dataclass(frozen=True)
class File:
    """A PDF, its pages, and how it is to be bound ("" where nobody says)."""

    path: Path
    pdf: Pdf
    pages: Sequence[pikepdf.Page]
    binding: str = ""
    warnings: Sequence[str] = ()
    """What qpdf had to mend when it opened the file."""

    @cached_property
    def unboxed(self) -> frozenset[tuple[int, int]]:
        """Return the objects of the pages that say no media box; qpdf has given them one."""
        told = (_UNBOXED.search(one) for one in self.warnings)
        return frozenset((int(one[1]), int(one[2])) for one in told if one)

    @cached_property
    def pixels(self) -> dict[tuple[int, int], str]:
        """Keep what is wrong with the pixels of each picture, as far as they were looked at."""
        return {}

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the pages."""
        return tuple(Sheet(number, page, self) for number, page in enumerate(self.pages, 1))

    @cached_property
    def drawn(self) -> pypdfium2.PdfDocument:
        """Return the file as pdfium reads it, closed when nobody asks any longer."""
        return pypdfium2.PdfDocument(self.path)

    @property
    def leftward(self) -> bool:
        """Tell whether the pages follow each other from right to left (12.2)."""
        preferences = self.pdf.Root.get("/ViewerPreferences")
        told = preferences.get("/Direction") if isinstance(preferences, Dictionary) else None
        return told == Name.R2L

    @property
    def is_sheets(self) -> bool:
        """Tell whether its pages are sheets to fold: it tells how to turn them, and no scaling."""
        preferences = self.pdf.Root.get("/ViewerPreferences")
        told = preferences if isinstance(preferences, Dictionary) else Dictionary()
        turned = told.get("/Duplex") in (Name.DuplexFlipLongEdge, Name.DuplexFlipShortEdge)
        return turned and told.get("/PrintScaling") == Name("/None")

    @property
    def info(self) -> Any:
        """Return the document information (14.3.3)."""
        found = self.pdf.trailer.get("/Info")
        return found if isinstance(found, Dictionary) else Dictionary()

    @property
    def intents(self) -> list[Any]:
        """Return the output intents of PDF/X."""
        found = self.pdf.Root.get("/OutputIntents")
        rows = found if isinstance(found, Array) else ()
        return [one for one in rows if isinstance(one, Dictionary) and one.get("/S") == _OF_X]

    def is_press(self, profile: Any) -> bool:
        """Tell whether a profile is that of the output intent."""
        key = profile.objgen
        if key not in self._press or key == (0, 0):
            own = [one.get("/DestOutputProfile") for one in self.intents]
            data = [one.read_bytes() for one in own if isinstance(one, Stream)]
            self._press[key] = profile.read_bytes() in data
        return self._press[key]

    @cached_property
    def _press(self) -> dict[tuple[int, int], bool]:
        return {}

    @property
    def condition(self) -> str:
        """Return the printing condition that the file says it is made for."""
        intents = self.intents
        return str(intents[0].get("/OutputConditionIdentifier", "")) if intents else ""


def plain(value: Any, depth: int = 8) -> object:
    """Return what an object says, so that it can be compared: whichever its number."""
    if isinstance(value, Stream):
        return plain(value.stream_dict, depth), value.read_bytes()
    if isinstance(value, Dictionary):
        left_out = ("/Length", "/Filter", "/DecodeParms")
        rows = ((key, one) for key, one in sorted(value.items()) if key not in left_out)
        return tuple((key, plain(one, depth - 1)) for key, one in rows if depth)
    if isinstance(value, Array):
        return tuple(plain(one, depth - 1) for one in value if depth)
    return float(value) if isinstance(value, int | float | Decimal) else str(value)
