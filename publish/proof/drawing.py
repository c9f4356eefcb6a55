"""The sheets of a proof as a PDF, and the pages of the proof upon them.

In: `Sheet`s. Out: a PDF with a page for each, to be laid under those of the proof: a watermark, the
edge of the trimmed page, and all that the sheet has. After them stands what the flags say, what
became of the notes of the round before, and what to look at, with the marks of ISO 5776:2022.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec import Struct
from pikepdf import Array, Name, Page, Pdf, Stream

from publish.engine.layout import lay_out, write_pdf
from publish.fonts.files import Face
from publish.ground.problems import Problem
from publish.ground.templating import templates
from publish.proof.flags import Flag
from publish.proof.margins import FLAG, Margin, Mark, Told, margin_of, spread, told_in
from publish.proof.sheets import Sheet
from publish.standing.pull import Answer

UNDER = "q 1 0 0 1 {left} {foot} cm /Sheet{number} Do Q"
"""How the sheet of a page is laid under it: first in its content."""
_WORDS = Path(__file__).parent.parent / "templates" / "proof" / "words.toml"


def words_of(language: str) -> dict[str, Any]:
    """Return the words of a proof in a language, English for one that has none."""
    known = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return dict(known.get(language.split("-")[0].lower(), known["en"]))


class Around(Struct, frozen=True):
    """What all sheets of a proof share: what heads it, what is across; and what is told at the end.

    `answers` are those to the notes of the round before, `files` what is no more in the manuscript.
    """

    line: str
    stamp: str
    flags: Sequence[Flag]
    answers: Sequence[Answer]
    files: Sequence[str]
    language: str


class _Drawn(Struct, frozen=True):
    """A margin of a sheet with what is told in it, and the flags with their tops."""

    margin: Margin
    told: Sequence[Told]
    flags: Sequence[tuple[float, Mark]]


def _drawn(sheet: Sheet) -> list[_Drawn]:
    made = []
    for margin in (margin_of(sheet.ground, "left"), margin_of(sheet.ground, "right")):
        flags = sorted(
            (one for one in sheet.flags if one.side == margin.side), key=lambda one: one.middle
        )
        wanted = [(one.middle - FLAG / 2, FLAG) for one in flags]
        tops = spread(wanted, 0, sheet.ground.height)
        told = told_in(sheet.marks, margin, sheet.ground)
        made.append(_Drawn(margin, told, list(zip(tops, flags, strict=True))))
    return made


def sheets_pdf(
    made: Sequence[Sheet], around: Around, css: str, faces: Sequence[Face] = ()
) -> tuple[bytes, list[Problem]]:
    """Return the PDF of the sheets and the pages after them, and problems.

    `faces` are those of the fonts that the book brings.
    """
    page = templates("proof").get_template("sheets.html.j2")
    large = min(110, round(1100 / max(len(around.stamp), 5)))
    sheets = [(sheet, _drawn(sheet)) for sheet in made]
    html = page.render(sheets=sheets, around=around, large=large, words=words_of(around.language))
    pages = lay_out(html, css, {}, faces)
    data, problems = write_pdf(pages)
    return data, [*pages.problems, *problems]


def _form(pdf: Pdf, source: Pdf, sheet: Page) -> Stream:
    """Return a sheet as a form of another PDF."""
    sheet.contents_coalesce()
    return pdf.make_stream(
        sheet.obj.Contents.read_bytes(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([float(side) for side in sheet.mediabox]),
        Resources=pdf.copy_foreign(source.make_indirect(sheet.obj.Resources)),
    )


def laid_under(data: bytes, under: bytes) -> tuple[bytes, int]:
    """Return the pages of a proof with the sheets under them, and how many they are in all."""
    with Pdf.open(BytesIO(data)) as pdf, Pdf.open(BytesIO(under)) as sheets_:
        count = len(pdf.pages)
        for number, page in enumerate(pdf.pages, 1):
            # Pages share their resources, and pikepdf's own underlay takes a name by chance.
            name = Name(f"/Sheet{number}")
            sheet = sheets_.pages[number - 1]
            page.add_resource(_form(pdf, sheets_, sheet), Name.XObject, name)
            left, foot, *_ = (float(side) for side in page.mediabox)
            laid = UNDER.format(left=left, foot=foot, number=number)
            page.contents_add(laid.encode(), prepend=True)
        pdf.pages.extend(sheets_.pages[count:])
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue(), len(pdf.pages)
