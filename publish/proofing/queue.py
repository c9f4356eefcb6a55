"""The notes of reviewers, each with its place in the manuscript as it is now.

In: marks tied to runs of text, the texts that the proof was made of, and those of today. Out:
`Note`s. A place in a text that has changed is looked for where its line went; where that is not
plain, `sure` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from publish.proof.map import Run, SetPicture, Stretch, width
from publish.proofing.annotations import Area, Kind, Mark
from publish.proofing.page_text import Found
from publish.proofing.places import Places
from publish.proofing.words import word_around

Where = Literal["text", "repeated", "filled", "picture", "call"]
_LINE_ENDS = re.compile(r"(?<=\w)[-\u2010]\s+|[\s\u00ad]")
"""What programs put between the marked words, and in a word that a line divides."""


class Note(Struct, frozen=True):
    """What a reviewer says of a place.

    `line`, `column` and `end_line`, `end_column` count from 1, in characters; the end is the column
    after the last one. `words` are as printed, undivided. `rect` is in pt of the page's user space.
    `start` and `end` are offsets in the manuscript; -1 where it could not be placed. `then` are
    those in the manuscript that the proof was made of, where the file was called `was`.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    words: str
    kind: Kind
    comment: str
    replacement: str | None
    author: str
    created: str
    page: int
    rect: Area
    placed: bool
    label: str = ""
    marked: str = ""
    state: str = ""
    replies: tuple[str, ...] = ()
    start: int = -1
    end: int = -1
    then: tuple[int, int] = (-1, -1)
    was: str = ""
    sure: bool = True
    against: tuple[int, ...] = field(default=())
    """The numbers, in the queue from 1, of the notes that want something else here."""
    what: Where = "text"
    """Text, words that repeat those of their place, words filled in for a reference, which is their
    place, a picture, whose id `words` are then, or the call of a note, whose number they are."""
    entry: str = ""
    """Of a picture, the place of its entry in captions.toml."""
    done: bool = False
    """Whether the manuscript has by now what it proposes, and had it not then."""
    agrees: bool = True
    """Whether the words printed there are those that the manuscript has."""
    numbered: bool = False
    """Whether a number that is not in the manuscript is marked with the words: a note's call."""
    gapped: bool = False
    """Whether words between those that are marked are not, or others are marked elsewhere."""
    side: str = ""
    """Of an insertion, the words on its left and on its right, with a bar between them."""
    halved: tuple[bool, bool] = (False, False)
    """Whether of its first and of its last word but the half is marked, the other overleaf."""
    name: str = ""
    """What the program that made the mark calls it."""
    pdf: int = 0
    """Which of the marked PDFs, from 0, it is in: two may be called the same."""

    @property
    def states(self) -> frozenset[str]:
        """Return the states that reviewers put it in, some in one and some in another."""
        return frozenset(self.state.split(", ") if self.state else ())


class Hit(Struct, frozen=True):
    """What a mark was found to stand on, with the runs that it is of; and the words printed there.

    `found` is a stretch of a run, a picture, the call of a note in its file, or nothing; `today`
    tells that the runs are those of the manuscript as it is now, whatever the PDF was made of.
    """

    found: Found | SetPicture | Stretch | None
    runs: Sequence[Run]
    printed: str
    today: bool = False


def note_of(mark: Mark, hit: Hit, places: Places, label: str, name: str) -> Note:
    """Return the note of a mark; one that stands on nothing of the manuscript has no place."""
    plain = Note(
        "", 0, 0, 0, 0, hit.printed, mark.kind, mark.comment, mark.replacement, mark.author,
        mark.created, mark.page, mark.rect, False, label, name, mark.state, mark.replies,
        name=mark.name,
    )  # fmt: skip
    if mark.begins or (mark.kind == "insert" and not (mark.replacement or "").strip()):
        plain = _told(plain, mark.begins)
    if hit.found is None:
        return plain
    if isinstance(hit.found, SetPicture):
        return _at(_of_picture(plain, hit.found, places), places)
    if isinstance(hit.found, tuple):
        file, start, end = hit.found
        return _at(replace(plain, file=file, then=(start, end), what="call"), places)
    run, found = hit.runs[hit.found.run], hit.found
    words = " ".join(_words(found, hit.runs))
    if not words:
        words = run.text[slice(*word_around(run.text, found.start, found.start))]
        words = words.replace("\u00ad", "")
    source = places.then.get(run.file) or places.now[run.file].text
    ends = [source_range(hit.runs[one.run], one, source) for one in found.parts]
    stretch = ends[0][0], ends[-1][1]
    said = _said(plain, words)
    struck = mark.kind == "strikeout" and not said
    side = _sides(run.text, found.start) if mark.kind == "insert" else ""
    return _at(
        replace(
            plain, words=words, file=run.file, then=stretch, comment=said,
            replacement="" if struck else plain.replacement,
            what="filled" if run.filled else "repeated" if run.repeated else "text",
            agrees=not hit.today or _agree(hit.printed, side.replace("|", "") or words),
            numbered=_digits(hit.printed) > _digits(words),
            gapped=found.gapped,
            halved=found.halved,
            side=side,
        ),
        places,
    )  # fmt: skip


def _agree(printed: str, words: str) -> bool:
    """Tell whether what is printed is of these words; of nothing that can be read it is not."""
    letters = _letters(printed)
    return letters in _letters(words) if letters else bool(printed) and printed in words


def _letters(words: str) -> str:
    return "".join(char for char in words.lower() if char.isalnum())


def _digits(words: str) -> int:
    return sum(char.isdigit() for char in words)


def _words(found: Found, runs: Sequence[Run]) -> Iterator[str]:
    for one in found.parts:
        yield from runs[one.run].text[one.start : one.end].replace("\u00ad", "").split()


def _of_picture(note: Note, picture: SetPicture, places: Places) -> Note:
    file, start, end = picture.placed
    entry = ""
    if picture.entry:
        of, low, high = picture.entry
        there = places.moved(of, low, high)
        if there is not None:
            line, column = places.now[there.file].line_column(there.start)
            entry = f"{there.file}:{line}:{column}"
    return replace(
        note, words=picture.name, file=file, then=(start, end), what="picture", entry=entry
    )


def _at(note: Note, places: Places) -> Note:
    """Return a note at its place in the manuscript as it is now, if it still is there."""
    there = places.moved(note.file, *note.then)
    if there is None:
        return note
    now = places.now[there.file]
    (line, column), (end_line, end_column) = map(now.line_column, (there.start, there.end))
    return replace(
        note, file=there.file, was=note.file, line=line, column=column, end_line=end_line,
        end_column=end_column, placed=there.sure, start=there.start, end=there.end,
        sure=there.sure,
    )  # fmt: skip


def _sides(text: str, at: int) -> str:
    """Return the words before and after a place, as in `de |opperste`."""
    before, after = text[:at].replace("\u00ad", ""), text[at:].replace("\u00ad", "")
    head, tail = re.search(r"\S*\s*$", before), re.match(r"\s*\S*", after)
    return " ".join(f"{head[0] if head else ''}|{tail[0] if tail else ''}".split())


def _said(note: Note, words: str) -> str:
    """Return the comment; some programs put the marked words there where nothing is said."""
    said, marked = (_LINE_ENDS.sub("", one) for one in (note.comment, words))
    return "" if said and said == marked else note.comment


def _told(note: Note, begins: bool) -> Note:
    """Return what puts no words in, or begins a paragraph, as a note that says so.

    Where words go for it, it is a strike-out that does.
    """
    said = f"{'¶' * begins} {(note.replacement or '').strip()}".strip()
    comment = "\n".join(one for one in (said, note.comment) if one)
    kind: Kind = "note" if note.kind == "insert" else "strikeout"
    return replace(note, kind=kind, replacement=None, comment=comment)


def source_range(run: Run, found: Found, source: str) -> tuple[int, int]:
    """Return the offsets in the file of a stretch of a run, of an entity and a dash the whole.

    Of words that are filled in that is the reference, whichever of them are meant.
    """
    if run.filled:
        return run.places[0][1], run.places[-1][1]
    if found.start == found.end:
        if not found.start:
            at = run.offset(0)
            return at, at
        before = run.offset(found.start - 1)
        at = before + width(source, before, run.text[found.start - 1])
        return at, at
    last = run.offset(found.end - 1)
    return run.offset(found.start), last + width(source, last, run.text[found.end - 1])
