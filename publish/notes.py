"""Marked-up PDFs of a book → the notes in them, each at its place in the manuscript.

In: PDF files and the manuscript's folder. Out: one queue of `Note`s, and problems. A proof carries
the map of its pages; without it (a program may drop it, the print and the screen PDF have none) the
words on the page are looked for, and for what is not found so the book is laid out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
from pikepdf import Pdf

from publish.checks.pdf_reader import NoPdf, reading
from publish.geometry import page_of
from publish.manuscript import read_manuscript
from publish.problems import Problem, has_errors, problem
from publish.proof_map import ProofMap, Run, proof_map, read_map
from publish.proofing.annotations import Area, Mark, marks
from publish.proofing.glyphs import glyphs
from publish.proofing.page_text import Found, PageText
from publish.proofing.placing import found
from publish.proofing.queue import Note, Places, note_of, queued
from publish.proofing.searching import Search
from publish.source import SourceFile
from publish.units import MM
from publish.workshop import Workshop


def notes(files: Sequence[Path], folder: Path) -> tuple[list[Note], list[Problem]]:
    """Return the notes of all files, in the order of the manuscript, and what is wrong."""
    manuscript = read_manuscript(folder)
    problems: list[Problem] = []
    made: list[Note] = []
    layouts = Layouts(folder)
    for file in files:
        try:
            made += _notes(file, manuscript.sources, layouts)
        except NoPdf as error:
            reason = f"{file} is no PDF that can be read: {error}"
            advice = "Save it once more from the program it was marked in."
            problems.append(problem("K701", None, reason=reason, advice=advice))
    return queued(made), problems


class Layouts:
    """The book as it is today, laid out for PDFs that carry no map, each edition once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, ProofMap | None] = {}

    def fitting(self, count: int, sheet: tuple[float, float]) -> ProofMap | None:
        """Return the map of the edition whose pages are as large, where they are as many."""
        read = read_manuscript(self.folder)
        if read.book is None or has_errors(read.problems):
            return None
        page = page_of(read.book.settings.print)
        wide = (sheet[0] / MM - page.width, sheet[1] / MM - page.height)
        edition = "proof" if max(map(abs, wide)) > 1 else "print"
        if edition not in self._known:
            shop = Workshop(self.folder, read.book, read.sources)
            self._known[edition] = (
                None if has_errors(shop.materials.preliminaries()) else _map(shop, edition)
            )
        known = self._known[edition]
        return known if known and len(known.pages) == count else None


def _map(shop: Workshop, edition: str) -> ProofMap:
    from publish.pagemap import page_lines

    pages = shop.room.pages(edition)
    sources = {name: one.text for name, one in shop.materials.sources.items()}
    return proof_map(page_lines(pages), pages.count, sources, {})


def _notes(file: Path, now: dict[str, SourceFile], layouts: Layouts | None) -> Iterable[Note]:
    with reading(file), Pdf.open(file) as pdf:
        found_marks = marks(pdf)
        labels = [str(page.label) for page in pdf.pages]
        trims = [_trim(page) for page in pdf.pages]
        known = read_map(pdf)
    if not found_marks:
        return []
    if known is None or len(known.pages) != len(trims):
        texts = {name: one.text for name, one in now.items()}
        known = ProofMap((), ((),) * len(trims), texts)
    else:
        layouts = None
    with reading(file), pypdfium2.PdfDocument(file) as document:
        reader = Reader(known, document, trims, layouts)
        places = Places(known.sources, now)
        return [
            note_of(mark, *reader.found(mark), places, labels[mark.page - 1], file.name)
            for mark in found_marks
        ]


class Reader:
    """Finds the marks of one PDF: by the map of its pages, by its words, by pages laid out anew."""

    def __init__(
        self, known: ProofMap, document: Any, trims: Sequence[Area], layouts: Layouts | None
    ) -> None:
        self.known = known
        self.document = document
        self.trims = trims
        self.layouts = layouts
        self.search = Search(known.sources)
        self._pages: dict[int, PageText] = {}

    def found(self, mark: Mark) -> tuple[Found | None, Sequence[Run]]:
        """Return the stretch of a run that a mark stands on, and the runs; None for nothing."""
        page = self.page(mark.page - 1, self.known)
        there = found(mark, page)
        if there is not None:
            return there, self.known.runs
        searched = self.search.find(mark, page.glyphs)
        if searched is not None:
            return searched[1], [searched[0]]
        again = self.laid_out_again()
        return (found(mark, self.page(mark.page - 1, again)), again.runs) if again else (None, ())

    def page(self, at: int, known: ProofMap) -> PageText:
        """Return a page with its lines as a map has them."""
        if at not in self._pages:
            read = glyphs(self.document[at])
            self._pages[at] = PageText(at, known.pages[at], known.runs, self.trims[at], read)
        page = self._pages[at]
        return (
            page
            if page.runs is known.runs
            else replace(page, lines=known.pages[at], runs=known.runs, _read={})
        )

    def laid_out_again(self) -> ProofMap | None:
        """Return the map of the book as it is today, where it has as many pages of this size."""
        left, foot, right, head = self.trims[0]
        fitting = (len(self.trims), (right - left, head - foot))
        return self.layouts.fitting(*fitting) if self.layouts else None


def _trim(page: Any) -> Area:
    """Return where the trim of a page stands: by itself, else that of its sheet."""
    left, foot, right, head = (float(one) for one in page.obj.get("/TrimBox", page.mediabox))
    return left, foot, right, head
