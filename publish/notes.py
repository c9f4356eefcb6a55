"""Marked-up PDFs of a book → the notes in them, each at its place in the manuscript.

In: PDF files and the manuscript's folder. Out: one queue of `Note`s, and problems. A proof carries
the map of its pages; without it (a program may drop it, the print and the screen PDF have none) the
book is laid out again, and the words on the pages tell whether it is still the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from pikepdf import Pdf

from publish.checks.pdf_reader import NoPdf, reading
from publish.manuscript import read_manuscript
from publish.problems import Problem, has_errors, problem
from publish.proof_map import ProofMap, proof_map, read_map
from publish.proofing.annotations import Area, Mark, marks
from publish.proofing.glyphs import glyphs
from publish.proofing.placing import PageText, found
from publish.proofing.queue import Note, Places, note_of, queued
from publish.source import SourceFile
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
        """Return the map of the edition whose pages are as many and as large."""
        for edition in ("print", "screen", "proof"):
            known = self._map(edition)
            if known and len(known.pages) == count:
                width, height = (float(one) for one in known.facts["sheet"].split())
                if abs(width - sheet[0]) < 1 and abs(height - sheet[1]) < 1:
                    return known
        return None

    def _map(self, edition: str) -> ProofMap | None:
        if edition not in self._known:
            self._known[edition] = self._laid_out(edition)
        return self._known[edition]

    def _laid_out(self, edition: str) -> ProofMap | None:
        from publish.pagemap import PT, page_lines

        read = read_manuscript(self.folder)
        if read.book is None or has_errors(read.problems):
            return None
        shop = Workshop(self.folder, read.book, read.sources)
        if has_errors(shop.preliminaries()):
            return None
        pages = shop.pages(edition)
        first = pages.boxes[0]
        sheet = f"{first.outer_width * PT:.2f} {first.outer_height * PT:.2f}"
        sources = {name: one.text for name, one in read.sources.items()}
        return proof_map(page_lines(pages), pages.count, sources, {"sheet": sheet})


def _notes(file: Path, now: dict[str, SourceFile], layouts: Layouts) -> Iterable[Note]:
    with reading(file), Pdf.open(file) as pdf:
        found_marks = marks(pdf)
        labels = [str(page.label) for page in pdf.pages]
        trims = [_trim(page) for page in pdf.pages]
        known = read_map(pdf)
    if not found_marks:
        return []
    if known is None or len(known.pages) != len(trims):
        left, foot, right, head = trims[0]
        known = layouts.fitting(len(trims), (right - left, head - foot))
    if known is None:
        known = ProofMap((), ((),) * len(trims), {})
    with reading(file), pypdfium2.PdfDocument(file) as document:
        return list(_placed(found_marks, known, document, trims, labels, now, file.name))


def _placed(
    found_marks: Sequence[Mark],
    known: ProofMap,
    document: Any,
    trims: Sequence[Area],
    labels: Sequence[str],
    now: dict[str, SourceFile],
    name: str,
) -> Iterable[Note]:
    pages: dict[int, PageText] = {}
    places = Places(known.sources, now)
    for mark in found_marks:
        at = mark.page - 1
        if at not in pages:
            pages[at] = PageText(at, known.pages[at], known.runs, trims[at], glyphs(document[at]))
        there = found(mark, pages[at])
        yield note_of(mark, there, known.runs, places, labels[at], name)


def _trim(page: Any) -> Area:
    """Return where the trim of a page stands: by itself, else that of its sheet."""
    left, foot, right, head = (float(one) for one in page.obj.get("/TrimBox", page.mediabox))
    return left, foot, right, head
