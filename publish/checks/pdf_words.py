"""The words of the print PDF and the screen PDF: those of the manuscript, all of them, in order.

In: a `Subject`. Out: problems P404, at the words in the manuscript that are lost, and P412 for a
page that the contents give wrongly. What a page shows besides the words is told apart first: running
heads and folios by where they stand, cover, title page, imprint and contents by their pages.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree
from pypdfium2 import PdfiumError

from publish.book import Book, plain
from publish.checks.pdf_reader import PdfFacts, facts_of
from publish.checks.pdf_text import Run, runs_of
from publish.checks.subject import Subject
from publish.checks.tiling import Stream, Tile, Tiling, tiled
from publish.checks.words import Paging, Unit, squeezed, units_of, words_of
from publish.contents import contents, flat
from publish.geometry import MM, Page
from publish.problems import Problem, problem
from publish.wording import wording

SHOWN = 8
"""So many words of a lost passage are quoted."""
_TELLING = 24
"""So many characters of the first text tell on which page it begins."""
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the words on the pages of the print PDF and the screen PDF."""
    problems: list[Problem] = []
    for name in ("print", "screen"):
        path = subject.fresh(name)
        if path is None:
            continue
        try:
            facts, pages = facts_of(path), runs_of(path.read_bytes())
        except (PdfError, PdfiumError):
            continue  # `pdf` tells of a file that is no PDF.
        problems += _Comparison(subject, path.name, facts, pages).problems()
    return problems


class _Comparison:
    """Compares the pages of one PDF with the manuscript."""

    def __init__(
        self, subject: Subject, file: str, facts: PdfFacts, pages: Sequence[Sequence[Run]]
    ) -> None:
        self.subject = subject
        self.file = file
        self.facts = facts
        self.pages = pages
        self.book = subject.unset("print")
        paging = Paging(_labels(facts), drawn_texts(self.book, subject.folder))
        self.units = units_of(self.book, paging)

    def problems(self) -> list[Problem]:
        """Return what is lost, what is strange, and what the contents say wrongly."""
        first, last = self.text_pages()
        page, heads = self.subject.shop.page, running_heads(self.book)
        streams = []
        for number in range(first, last):
            body = body_runs(self.pages[number], page, {*heads, self.facts.pages[number].label})
            streams.append(Stream.of(squeezed(run.text) for run in body))
        tiles = [Tile(squeezed(unit.text), unit.required, unit.many) for unit in self.units]
        tiling = tiled(tiles, streams)
        around = [*self.pages[:first], *self.pages[last:]]
        return [
            *self.lost(tiling),
            *self.strange(tiling, streams, first),
            *self.strange_around(around),
            *self.contents(self.pages[:first]),
        ]

    def text_pages(self) -> tuple[int, int]:
        """Return the first page of the text itself, and the page after the last one."""
        length = len(self.pages)
        last = length - 1 if self.book.settings.print.cover == "self" else length
        titles = [chapter.title.attrs.id for chapter in self.book.chapters if chapter.title]
        begins = [self.facts.destinations.get(title, length) for title in titles[:1]]
        headings = {squeezed(plain(one.title.inlines)) for one in self.book.chapters if one.title}
        texts = (squeezed(unit.text) for unit in self.units if unit.required)
        telling = next((text[:_TELLING] for text in texts if text not in headings), "")
        for number, runs in enumerate(self.pages):
            if telling and telling in "".join(squeezed(run.text) for run in runs):
                begins.append(number)
                break
        return min([*begins, last]), last
