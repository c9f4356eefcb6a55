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
