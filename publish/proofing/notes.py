"""Marked-up PDFs of a book → the notes in them, each at its place in the manuscript.

In: PDF files and the manuscript's folder. Out: one queue of `Note`s, and problems. A proof carries
the map of its pages; where that is lost (a program may drop it, the print and the screen PDF have
none) the words on the page are looked for, and for what is not found so the book is laid out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from msgspec import to_builtins
from msgspec.structs import replace
from pikepdf import Pdf

from publish.building.workshop import Workshop
from publish.checks.pdf_reader import Locked, NoPdf, reading
from publish.ground.plain import ADVICE, NotPlain
from publish.ground.problems import Problem, has_errors, problem, weighed
from publish.ground.source import SourceFile, texts_of
from publish.manuscript.folder import Manuscript, read_manuscript
from publish.proof.likeness import Texts, is_other_book, title
from publish.proof.map import ProofMap, read_map, source_digest
from publish.proofing.annotations import Area, Mark
from publish.proofing.answering import answered
from publish.proofing.collating import queued
from publish.proofing.direction import is_leftward
from publish.proofing.glyphs import Glyph, glyphs
from publish.proofing.groups import joined, marks
from publish.proofing.page_text import PageText
from publish.proofing.places import Places
from publish.proofing.placing import found, is_on_html
from publish.proofing.printed import printed
from publish.proofing.queue import Hit, Note, note_of
from publish.proofing.register import Register, Registering
from publish.proofing.searching import Search


def notes(
    files: Sequence[Path],
    folder: Path,
    proof: ProofMap | None = None,
    manuscript: Manuscript | None = None,
) -> tuple[list[Note], list[Problem]]:
    """Return the notes of all files, in the order of the manuscript, and what is wrong.

    `proof` is the map of the one proof that the files are to be copies of, if they are: it serves
    those that lost theirs, and notes are placed in the manuscript that it was made of, else in that
    of today. Notes of another book, or of another proof than that, are not taken. `manuscript` is
    what is in the folder, if that was read.
    """
    read = manuscript or read_manuscript(folder)
    today = read.sources
    now = proof.files if proof else today
    problems: list[Problem] = []
    made: list[Note] = []
    layouts = Layouts(folder, read)
    for at, file in enumerate(files):
        try:
            found, wrong = _notes(file, today, now, layouts, proof)
            made += (replace(one, pdf=at) for one in found)
            problems += wrong
        except (NoPdf, OSError) as error:
            problems.append(_unread(file, error))
    return queued(made), problems


def _unread(file: Path, error: NoPdf | OSError) -> Problem:
    """Return the problem of a file that no marks can be read of."""
    reason = f"{file} is no PDF that can be read: {error}"
    advice = "Save it once more from the program it was marked in."
    if isinstance(error, Locked):
        advice = "Save it without the password from the program it was marked in."
    if isinstance(error, OSError):
        reason = f"{file} cannot be read: {error.strerror or error}"
        named = "Name the marked PDFs, and last the folder of the manuscript."
        advice = ADVICE if isinstance(error, NotPlain) else named
    return problem("K701", None, reason=reason, advice=advice)


def _strange(file: Path, texts: Texts, today: Texts, proof: ProofMap | None) -> str:
    """Return why the marks of a proof are none of this book or round; empty where they are."""
    if is_other_book(texts, today):
        return f"{file} is a proof of another book, “{title(texts)}”: no line of it is in this one"
    if proof and source_digest(texts) != source_digest(proof.sources):
        return f"{file} is no copy of this round's proof: that was made of another text"
    return ""


class Layouts:
    """The book as it is today, laid out once for PDFs that carry no map."""

    def __init__(self, folder: Path, read: Manuscript) -> None:
        self.folder = folder
        self.read = read
        self._known: list[ProofMap | None] = []

    def today(self) -> ProofMap | None:
        """Return the map of the print pages, whose lines are those of every other paged edition."""
        if not self._known:
            self._known.append(self._laid_out())
        return self._known[0]

    def _laid_out(self) -> ProofMap | None:
        read = self.read
        if read.book is None or has_errors(read.problems):
            return None
        shop = Workshop(self.folder, read.book, read.sources)
        if has_errors(weighed(shop.materials.preliminaries(), final=False, proof=True)):
            return None
        from publish.building.proof import map_of

        pages = shop.room.pages("print")
        return map_of(shop, pages, shop.room.lines, pages.count)


def _notes(
    file: Path,
    today: Mapping[str, SourceFile],
    now: Mapping[str, SourceFile],
    layouts: Layouts,
    proof: ProofMap | None,
) -> tuple[list[Note], list[Problem]]:
    with reading(file), Pdf.open(file) as pdf:
        found_marks = marks(pdf)
        labels = [str(page.label) for page in pdf.pages]
        trims = [_trim(page) for page in pdf.pages]
        known = read_map(pdf)
    if known and (reason := _strange(file, known.sources, texts_of(today), proof)):
        advice = "Name the book that it was made of, or the proof that was marked."
        return [], [problem("K701", None, reason=reason, advice=advice)]
    if not found_marks:
        return [], [problem("K720", None, file=file.name)]
    known = known or proof
    texts = known.sources if known else texts_of(today)
    with reading(file), pypdfium2.PdfDocument(file) as document:
        reader = Reader(known, texts, document, trims, layouts)
        places = Places(texts, now)
        made = [
            note_of(mark, reader.hit(mark), places, labels[mark.page - 1], file.name)
            for mark in joined(found_marks, reader.is_leftward)
        ]
    if texts != texts_of(now):
        values = [to_builtins(note) | {"state": "open"} for note in made]
        told = zip(made, answered(values, texts, texts_of(now)), strict=True)
        made = [replace(note, done=bool(one["found"])) for note, one in told]
    problems = [
        problem("K719", None, file=file.name, page=labels[number] or number + 1)
        for number in reader.wordless
    ]
    if known is None:
        placed = sum(note.placed for note in made)
        problems.append(problem("K718", None, file=file.name, placed=placed, count=len(made)))
    return made, problems


class Reader:
    """Finds the marks of one PDF: by the map of its pages, by its words, by pages laid out anew."""

    def __init__(
        self,
        known: ProofMap | None,
        texts: Mapping[str, str],
        document: Any,
        trims: Sequence[Area],
        layouts: Layouts,
    ) -> None:
        self.own = Registered(known, self, trims) if known else None
        self.anew: Registered | None = None
        self.document = document
        self.trims = trims
        self.layouts = layouts
        self.search = Search(texts)
        self.wordless: dict[int, None] = {}
        self._glyphs: dict[int, list[Glyph]] = {}

    def hit(self, mark: Mark) -> Hit:
        """Return what a mark stands on, and the words that are printed there."""
        number = mark.page - 1
        read = self.glyphs(number)
        said = printed(mark, read)
        for registered in self._maps(mark):
            page = registered.page(number)
            if page is not None:
                there = found(mark, page)
                if there is not None or not is_on_html(mark, page):
                    return Hit(there, registered.known.runs, said, self.own is None)
        if not read:
            self.wordless[number] = None
        searched = self.search.find(mark, read)
        return (
            Hit(searched[1], [searched[0]], said, self.own is None)
            if searched
            else Hit(None, (), said)
        )

    def is_leftward(self, mark: Mark) -> bool:
        """Tell whether the words under a mark run leftward."""
        return is_leftward(printed(mark, self.glyphs(mark.page - 1)))

    def _maps(self, mark: Mark) -> Iterator[Registered]:
        """Yield the maps in which a mark may be found, that of the PDF itself, else a new one."""
        if self.own is not None:
            yield self.own
            return
        known = self.layouts.today()
        if known is not None:
            self.anew = self.anew or Registered(known, self, self.trims)
            yield self.anew

    def glyphs(self, number: int) -> list[Glyph]:
        """Return the characters of a page, counted from 0; none of one that is damaged."""
        if number not in self._glyphs:
            try:
                self._glyphs[number] = glyphs(self.document[number])
            except pypdfium2.PdfiumError:
                self._glyphs[number] = []
        return self._glyphs[number]


class Registered:
    """The pages of a PDF as a map has them, each found in it when it is first asked for."""

    def __init__(self, known: ProofMap, reader: Reader, trims: Sequence[Area]) -> None:
        self.known = known
        self.reader = reader
        self.trims = trims
        self._registering = Registering(known)
        self._registers: dict[int, Register | None] = {}
        self._pages: dict[int, PageText] = {}

    def page(self, number: int) -> PageText | None:
        """Return a page with its lines and pictures; None for one that the map has not."""
        if number not in self._pages:
            register = self._register(number) or self._between(number)
            if register is None:
                return None
            self._pages[number] = PageText(self.known, register, self.reader.glyphs(number))
        return self._pages[number]

    def _register(self, number: int) -> Register | None:
        if number not in self._registers:
            read, trim = self.reader.glyphs(number), self.trims[number]
            self._registers[number] = self._registering.register(number, read, trim)
        return self._registers[number]

    def _between(self, number: int) -> Register | None:
        """Return which page one without words is: that which stands between its neighbours."""
        before = next((one for at in range(number - 1, -1, -1)
                       if (one := self._shift(at, number))), None)  # fmt: skip
        after = next((one for at in range(number + 1, len(self.trims))
                      if (one := self._shift(at, number))), None)  # fmt: skip
        beside = before or after
        if beside is None or (before and after and before.page != after.page):
            return None
        read = self.reader.glyphs(number)
        return beside if self._registering.may_be(beside.page, read) else None

    def _shift(self, at: int, number: int) -> Register | None:
        """Return what a page is if it stands as far from another as in the map."""
        known = self._register(at)
        return replace(known, page=known.page + number - at) if known else None


def _trim(page: Any) -> Area:
    """Return where the trim of a page stands: by itself, else that of its sheet."""
    left, foot, right, head = (float(one) for one in page.obj.get("/TrimBox", page.mediabox))
    return left, foot, right, head
