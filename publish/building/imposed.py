"""The table of a book's sheets, after the print PDF that they are made of.

In: a build of that PDF, and the manuscript's folder. Out: the table as text, and problems.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

from publish.booklet.findings import too_small
from publish.booklet.imposition import job_of, make_plan
from publish.booklet.sheets import Size
from publish.booklet.table import sheet_table
from publish.ground.problems import Problem, problem
from publish.ground.wording import direction
from publish.manuscript.folder import read_manuscript
from publish.sizes.geometry import page_of
from publish.standing.current import Built


def sheets_of(built: Built, folder: Path) -> tuple[str, list[Problem]]:
    """Return the table of the sheets; with it B601 where the sheet is too small for the pages."""
    book = read_manuscript(folder).book
    assert book
    page, settings = page_of(book.settings.print), book.settings
    (file,) = (*built.made, *built.kept)
    with pikepdf.open(file) as pdf:
        pages = len(pdf.pages)
    job = job_of(settings, page.bleed, direction(settings.language) == "rtl")
    plan = make_plan(pages, Size(page.width, page.height), job)
    if plan is None:
        small = too_small(Size(page.width, page.height), job)
        return "", [problem("B601", None, reason=small.message, advice=small.advice)]
    return sheet_table(plan, job), []
