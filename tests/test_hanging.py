"""What hangs in the margins, as ink on the page; and how far blanks give, as the page has them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import ImageFont
from test_optimum import MANNER, document, lines, pdf_of, prose

from publish.fonts.files import FACES
from publish.paragraphs.manner import Manner

ALLOWED = {
    **dict.fromkeys("“”", ((0.2, 0.7), (0.1, 0.6))),
    **dict.fromkeys("‘’", ((0.3, 0.8), (0.2, 0.7))),
    **dict.fromkeys("„‚", ((0.3, 0.4), None)),
    **dict.fromkeys("«»", ((0.1, 0.3), (0.2, 0.4))),
    **dict.fromkeys("‹›", ((0.3, 0.4), (0.3, 0.6))),
    "(": ((0.1, 0.3), None),
    ")": (None, (0.07, 0.3)),
    "–": ((0.2, 0.5), (0.2, 0.3)),
    "—": ((0.15, 0.4), (0.15, 0.25)),
    "-": (None, (0.2, 0.6)),
    ".": (None, (0.4, 0.7)),
    ",": (None, (0.3, 0.5)),
    **dict.fromkeys(";:", (None, (0.2, 0.5))),
    **dict.fromkeys("!?", (None, (0.1, 0.2))),
    "H": ((0.0, 0.0), (0.0, 0.0)),
}
"""The least and the most of a character's width that stands out at the left and right of a line.

Of what upright faces of books have in microtype 3.0f (R. Schlicht: `microtype.cfg` and the `mt-`
files of Bembo, Charter, Computer Modern, EB Garamond, Minion, Palatino, Times and others).
"""
NEAR = 0.09
"""A face may have wider or narrower signs than those: so much more or less is allowed besides."""
SIZE, LEADING, DPI = 24, 40, 300


@pytest.fixture(scope="module")
def hung(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, float]]:
    """Return how far each mark is moved out at the left and the right, in its own widths."""
    folder = tmp_path_factory.mktemp("hung")
    font = ImageFont.truetype(BytesIO(FACES[0].data()), 1000)
    found = [
        ink(folder / f"{manner.margins}.pdf", list(ALLOWED), manner)
        for manner in (MANNER, replace(MANNER, margins=False))
    ]
    shares = {}
    for mark, (left, right), (still_left, still_right) in zip(ALLOWED, *found, strict=True):
        wide = font.getlength(mark) / 1000 * SIZE / 72 * DPI
        shares[mark] = (still_left - left) / wide, (right - still_right) / wide
    return shares


def ink(path: Path, marks: Sequence[str], manner: Manner) -> list[tuple[int, int]]:
    """Return where the ink of lines begins and ends, in px, each between two of a mark."""
    css = f"""
    @page {{ size: 300mm {LEADING * len(marks) + 70}pt }}
    html {{ font: 400 {SIZE}pt/{LEADING}pt "Katern Serif" }}
    p {{ text-indent: 0; text-align: justify-all; white-space: pre-line }}"""
    text = "\n".join(f"{one} {'nog een woord ' * 4}{one}" for one in marks)
    (page,) = pypdfium2.PdfDocument(pdf_of(document([text]), path, manner, css))
    drawn = (
        page.render(scale=DPI / 72, grayscale=True).to_pil().point(lambda one: 255 * (one < 128))
    )
    top, step = 34 / 72 * DPI, LEADING / 72 * DPI
    rows = [
        drawn.crop((0, round(top + at * step), drawn.width, round(top + (at + 1) * step))).getbbox()
        for at in range(len(marks))
    ]
    return [(row[0], row[2]) for row in rows if row]


def test_marks_hang_out_by_what_books_have_them_hang(hung: dict[str, tuple[float, float]]) -> None:
    for mark, allowed in ALLOWED.items():
        for share, bounds in zip(hung[mark], allowed, strict=True):
            if bounds:
                assert bounds[0] - NEAR <= share <= bounds[1] + NEAR, (mark, share)


def test_no_blank_is_narrowed_by_more_than_a_third(tmp_path: Path) -> None:
    # As in TeX (fontspec and luaotfload give the blank of a face a third of its width to shrink).
    blank = ImageFont.truetype(BytesIO(FACES[0].data()), 1000).getlength(" ") / 1000
    css = "@page { size: 90mm 200mm }"
    path = pdf_of(document(prose(40)), tmp_path / "tight.pdf", replace(MANNER, pages=False), css)
    least = min(line.gap for line in lines(path) if len(line.gaps) > 3 and not line.last)
    # A letter's kern beside a blank, and letters that are set closer, are in what is measured.
    assert least == pytest.approx(blank * 2 / 3, abs=0.02)
