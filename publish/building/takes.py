"""Takes: the stretches of copy that one book is set in, and what they have in common.

In: the document of a section, where it begins, and the `Frame` that it is set in. Out: the section
laid out, a `Part`, and as it is sent from the process that set it to the one that asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from publish.building.printing import Printing
from publish.fonts.files import Face
from publish.paragraphs.manner import Manner
from publish.pictures.placed import embedded_in
from publish.standing.state import digest

if TYPE_CHECKING:
    from publish.engine.beginning import Beginning
    from publish.engine.margins import Margins
    from publish.engine.optimum.state import Case
    from publish.engine.parts import Part

_DRAWING = "image/svg+xml"
File = tuple[bytes, str]
"""What is behind an address of a document: its bytes and media type."""
Sent = tuple[bytes, bytes]
"""A part and what was written of it, as bytes."""


class Style(Struct, frozen=True):
    """What type is set by, whatever is set: a style sheet, and the faces that a book brings.

    Words of a `language` are to be broken, where it is not "".
    """

    css: str
    faces: tuple[Face, ...]
    language: str


class Frame(Struct, frozen=True):
    """Where the takes of one edition are set: its style, and how its paragraphs are broken.

    What its lines tell of the manuscript is wanted where it `is_read`. `limits` are those of a
    layout: seconds and MB.
    """

    style: Style
    manner: Manner | None
    printing: Printing
    is_read: bool
    limits: tuple[int, int]

    def on(self, first: int) -> Manner | None:
        """Return how paragraphs are broken in what begins on the page at a position, from 1."""
        if not (self.manner and self.manner.explained):
            return self.manner
        return replace(self.manner, explained=self.manner.explained - first + 1)


class Take(Struct, frozen=True):
    """A document to be set: its digest with all it is made of, where it begins, what it shows.

    `first` is the position of its first page, from 1; `margins` are those that are set.
    """

    key: str
    document: str
    where: Beginning
    first: int
    margins: Margins
    files: Mapping[str, File]


class Makings(Struct, frozen=True):
    """What the takes of an edition are made of: their frame, and the files that they show.

    `own` is the digest of the frame, `marks` that of each file.
    """

    frame: Frame
    files: Mapping[str, File]
    own: str
    marks: Mapping[str, str]

    def take(self, document: str, where: Beginning, first: int, margins: Margins) -> Take:
        """Return a document as a take."""
        shown = [address for address in self.marks if address in document]
        manner = self.frame.on(first)
        broken = manner.told(document) if manner else ()
        parts = (self.own, document, repr(where), repr(broken))
        marks = chain.from_iterable((one, self.marks[one]) for one in shown)
        files = {address: self.files[address] for address in shown}
        for data, kind in [*files.values()]:
            if kind == _DRAWING:
                files |= embedded_in(data)
        return Take(digest(*parts, *marks), document, where, first, margins, files)


def printing_of(frame: Frame, margins: Margins) -> Printing:
    """Return how what is set in a frame becomes PDF: its folios are no part of the text."""
    return frame.printing.plain if margins == "folios" else frame.printing


def set_take(frame: Frame, take: Take, case: Case) -> Part:
    """Lay a take out; what is measured of type is kept in the `case`."""
    from publish.engine.layout import lay_out
    from publish.pages.readings import reading_of

    more = frame.style.faces, frame.on(take.first), take.where, case, take.margins
    part = lay_out(take.document, frame.style.css, take.files, *more).parts[0]
    part.key = take.key
    if frame.is_read and take.margins != "folios":
        reading_of(part)
    return part


def sent(frame: Frame, take: Take, case: Case) -> Sent:
    """Lay a take out and write it, for another process."""
    from publish.engine.keeping import packed

    part, printing = set_take(frame, take, case), printing_of(frame, take.margins)
    said = printing.write(part)
    # What there is to say of it is said by the process that writes it again.
    return packed(part), b"" if said else packed(part.written[printing.kind])
