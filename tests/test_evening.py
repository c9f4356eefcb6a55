"""Text that runs leftward reaches both edges of its measure, and is indented where it begins."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from publish.engine.layout import lay_out, write_pdf

WORDS = "קמח מים מלח תנור שולחן פינה בצק מוכן לחם ריח טוב חום".split()
LINE, EDGE, MEASURE, INDENT, SCALE = 16, 30, 240, 20, 2
CSS = f"""
@page {{ size: {MEASURE + 2 * EDGE}px 300px; margin: {EDGE}px }}
html {{ font: 400 12px/{LINE}px "Katern Serif"; direction: rtl }}
body, p {{ margin: 0 }} p {{ text-align: justify; text-indent: {INDENT}px }}
"""


def test_lines_that_run_leftward_are_even(tmp_path: Path) -> None:
    """The letters are of another font than the blanks; two readers draw, and ink is measured."""
    chosen = random.Random(1)
    text = " ".join(chosen.choice(WORDS) for _ in range(60))
    html = f'<html lang="he" dir="rtl"><body><div class="flow"><p>{text}</p></div></body></html>'
    path = tmp_path / "a.pdf"
    path.write_bytes(write_pdf(lay_out(html, CSS, {}))[0])
    for drawn in (by_poppler(path), by_pdfium(path)):
        first, *middle, last = sides(drawn)
        assert len(middle) >= 4
        # The first line has its indent at the right, where it begins.
        assert abs(first[0]) < 2 and abs(first[1] - (MEASURE - INDENT)) < 2
        assert all(abs(left) < 2 and abs(right - MEASURE) < 2 for left, right in middle)
        assert last[0] > 2 and abs(last[1] - MEASURE) < 2


def by_poppler(path: Path) -> Image.Image:
    drawn = ["pdftoppm", "-r", str(96 * SCALE), "-gray", "-png", "-singlefile"]
    subprocess.run([*drawn, path, path.with_suffix("")], check=True)
    return Image.open(path.with_suffix(".png"))


def by_pdfium(path: Path) -> Image.Image:
    page = pypdfium2.PdfDocument(path)[0]
    drawn: Image.Image = page.render(scale=96 * SCALE / 72).to_pil()
    return drawn


def sides(drawn: Image.Image) -> list[tuple[float, float]]:
    """Return where the ink of each line begins and ends, in px from the left of the measure."""
    ink, found = ImageOps.invert(drawn.convert("L")), []
    for at in range(20):
        top = SCALE * (EDGE + LINE * at)
        if box := ink.crop((0, top, ink.width, top + SCALE * LINE)).getbbox():
            found.append((box[0] / SCALE - EDGE, box[2] / SCALE - EDGE))
    return found
