"""The dummy: empty pages with their numbers alone, to print and fold before the book is.

In: how many pages, their trim size and bleed in mm, a title. Out: problems, and a PDF with one page
for each: its number, a wedge that points to the head, and a frame just within the trim, by which
one sees whether the sheets were printed at their size, turned over the right edge and cut where
they should be.
"""

from __future__ import annotations

from html import escape

from publish.booklet.sheets import Size
from publish.engine.layout import lay_out, write_pdf
from publish.fonts.files import SANS
from publish.ground.problems import Problem

_STYLE = """
@page {{ size: {width}mm {height}mm; margin: 0; bleed: {bleed}mm }}
* {{ margin: 0 }}
body {{ font-family: {family}; color: device-cmyk(0 0 0 1) }}
section {{ break-after: page; position: relative; width: {width}mm; height: {height}mm }}
.frame {{ position: absolute; inset: 2mm; border: 0.3pt solid device-cmyk(0 0 0 1) }}
.head {{ position: absolute; top: 8mm; left: {middle}mm; width: 0;
  border-bottom: 6mm solid device-cmyk(0 0 0 1);
  border-left: 4mm solid device-cmyk(0 0 0 0); border-right: 4mm solid device-cmyk(0 0 0 0) }}
.folio {{ position: absolute; top: {high}mm; width: 100%; text-align: center;
  font-size: {size}mm; line-height: 1; font-weight: 600 }}
.title {{ position: absolute; bottom: 8mm; left: 8mm; right: 8mm; text-align: center;
  font-size: 8pt }}
"""
_PAGE = (
    '<section><div class="frame"></div><div class="head"></div>'
    '<p class="folio">{number}</p><p class="title">{title}</p></section>'
)


def dummy_pdf(pages: int, trim: Size, bleed: float, title: str) -> tuple[bytes, list[Problem]]:
    """Return the PDF of a dummy, and problems; raises ValueError for no pages.

    The title is set in the book's own sans: letters that it has not are a problem of the engine's.
    """
    if pages < 1:
        raise ValueError("a dummy needs a page")
    size = trim.width * 0.36
    css = _STYLE.format(
        family=SANS,
        width=trim.width,
        height=trim.height,
        bleed=bleed,
        middle=trim.width / 2 - 4,
        high=trim.height / 2 - size / 2,
        size=size,
    )
    body = "".join(_PAGE.format(number=one, title=escape(title)) for one in range(1, pages + 1))
    html = f"<!DOCTYPE html><html><body>{body}</body></html>"
    sheets = lay_out(html, css, {})
    data, problems = write_pdf(sheets)
    return data, [*sheets.problems, *problems]
