"""What stands around the pages of a proof, and its last page.

In: the set lines and the boxes of laid-out pages, in numbers. Out: a PDF with a page for each, to
be laid under those of the proof: a watermark, the edge of the trimmed page, the number of every
fifth line, bars beside what changed, flags where something is wrong, and beside each picture its
id, its effective resolution (ppi) and its rights. After them stands what the flags say, what became
of the notes of the round before, and what to look at, with the marks of ISO 5776:2022. Lines are
counted as `katern explain` does: those of the text that runs on, from the head of the page, a row
of a table as one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Array, Name, Page, Pdf, Stream

from publish.book.model import Photo
from publish.engine.boxes import Box
from publish.engine.layout import Pages, lay_out, write_pdf
from publish.fonts.files import Face
from publish.ground.problems import Problem
from publish.ground.templating import templates
from publish.pages.figures import PICTURES
from publish.pages.line_numbers import numbered
from publish.pages.pagemap import PT, Line
from publish.pictures.photos import Asset
from publish.proof.bars import Bar, Bars, Gone
from publish.proof.flags import Flag
from publish.standing.pull import Answer

EVERY = 5
_GAP = 14.0
"""Points between a line and its number."""
_FLAG = 10.0
"""Points from one flag to the next, where lines would have them closer."""
_WORDS = Path(__file__).parent.parent / "templates" / "proof" / "words.toml"


@dataclass(frozen=True, slots=True)
class Placed:
    """Words at a place of a sheet, in pt from its upper left corner; `side` of the margin."""

    left: float
    top: float
    text: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is put on one sheet of a proof."""

    numbers: tuple[Placed, ...]
    plates: tuple[Placed, ...]
    bars: tuple[Bar, ...] = ()
    gone: tuple[Gone, ...] = ()
    """Beside what is new since an earlier round; the words that are gone since."""
    flags: tuple[Placed, ...] = ()


def barred(made: Sequence[Sheet], found: Bars) -> list[Sheet]:
    """Return the sheets with bars beside the lines that changed, and the words that went."""
    return [
        replace(sheet, bars=tuple(found.bars.get(page, ())), gone=tuple(found.gone.get(page, ())))
        for page, sheet in enumerate(made, 1)
    ]


def flagged(made: Sequence[Sheet], flags: Iterable[Flag]) -> list[Sheet]:
    """Return the sheets with the numbers of the flags beside their lines, none upon another."""
    placed: list[list[Placed]] = [[] for _ in made]
    for flag in flags:
        if flag.number:
            mine = placed[flag.page - 1]
            free = mine[-1].top + _FLAG if mine else 0.0
            mine.append(Placed(0, round(max(flag.top, free), 2), str(flag.number)))
    return [replace(sheet, flags=tuple(placed[at])) for at, sheet in enumerate(made)]


def sheets(
    pages: Pages, lines: Iterable[Line], pictures: Mapping[str, Asset], photos: Mapping[str, Photo],
    unstated: str,
) -> list[Sheet]:  # fmt: skip
    """Return what is put on the sheet of each page; `unstated` is said where no rights are."""
    numbers: list[dict[int, Placed]] = [{} for _ in range(pages.count)]
    for number, line in numbered(lines):
        if number % EVERY == 0 or number == 1:
            top = round(line.top + line.height / 2 - 6.5, 2)
            placed = Placed(round(line.left - _GAP - 12, 2), top, str(number))
            # Of cells side by side the first one stands beside its number.
            numbers[line.page - 1].setdefault(number, placed)
    names = {PICTURES + asset.name: name for name, asset in pictures.items()}
    return [
        Sheet(tuple(numbers[at].values()), tuple(_plates(box, names, pictures, photos, unstated)))
        for at, box in enumerate(pages.boxes)
    ]


def _plates(
    page: Box,
    names: Mapping[str, str],
    pictures: Mapping[str, Asset],
    photos: Mapping[str, Photo],
    unstated: str,
) -> Iterable[Placed]:
    middle = page.outer_width / 2
    for box in page.descendants():
        source = str(box.element.get("src", "")) if box.element is not None else ""
        if box.kind != "picture" or source not in names:
            continue
        name = names[source]
        photo, area = photos[name], box.content
        said = [name]
        if not pictures[name].is_drawing and area.right > area.left:
            said.append(f"{pictures[name].width_px * 96 / (area.right - area.left):.0f} ppi")
        said.append(" · ".join(one for one in (photo.licence, photo.credit) if one) or unstated)
        side = "right" if (area.left + area.right) / 2 >= middle - 1 else "left"
        yield Placed(0, round(max(area.top, 40) * PT, 2), "\n".join(said), side)


def words_of(language: str) -> dict[str, Any]:
    """Return the words of a proof in a language, English for one that has none."""
    known = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return dict(known.get(language.split("-")[0].lower(), known["en"]))


@dataclass(frozen=True, slots=True)
class Around:
    """What all sheets of a proof share: what heads it, what is across; and what is told at the end.

    `answers` are those to the notes of the round before, `files` what is no more in the manuscript.
    """

    line: str
    stamp: str
    flags: Sequence[Flag]
    answers: Sequence[Answer]
    files: Sequence[str]
    language: str


def sheets_pdf(
    made: Sequence[Sheet], around: Around, css: str, faces: Sequence[Face] = ()
) -> tuple[bytes, list[Problem]]:
    """Return the PDF of the sheets and the pages after them, and problems.

    `faces` are those of the fonts that the book brings.
    """
    page = templates("proof").get_template("sheets.html.j2")
    large = min(110, round(1100 / max(len(around.stamp), 5)))
    html = page.render(sheets=made, around=around, large=large, words=words_of(around.language))
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
            left, foot = (float(side) for side in list(page.mediabox)[:2])
            page.contents_add(f"q 1 0 0 1 {left} {foot} cm {name} Do Q".encode(), prepend=True)
        pdf.pages.extend(sheets_.pages[count:])
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue(), len(pdf.pages)
