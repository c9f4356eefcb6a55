"""The picture in the README: one page of a novel set line by line, and the same set as a whole.

make paragraphs
cd tests; python -m bench.paragraphs ../docs/paragraphs.png
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2
from bench.typography import PEERS
from books.generate import generate
from PIL import Image

from publish.ground.units import MM

WIDTH, HEIGHT, APART = 438, 600, 24
"""Of each page, and the grey between the two, in pixels."""
BLEED = 3 * MM
PAGE, WORDS = 10, 5_000


def main(target: str) -> None:
    """Set the novel both ways, and put a page of each beside the other."""
    picture = Image.new("L", (2 * WIDTH + APART, HEIGHT), 200)
    with tempfile.TemporaryDirectory() as temporary:
        book = generate("novel", Path(temporary) / "novel", words=WORDS)
        for number, name in enumerate(("first-fit", "katern")):
            file = Path(temporary) / f"{name}.pdf"
            PEERS[name](book, file)
            picture.paste(page_of(file), (number * (WIDTH + APART), 0))
    picture.quantize(16).save(target, optimize=True)


def page_of(file: Path) -> Image.Image:
    """Return the page of a PDF, as it is trimmed."""
    page = pypdfium2.PdfDocument(file)[PAGE - 1]
    left, bottom, right, top = page.get_mediabox()
    page.set_cropbox(left + BLEED, bottom + BLEED, right - BLEED, top - BLEED)
    scale = 3 * HEIGHT / (top - bottom - 2 * BLEED)
    image = page.render(scale=scale, grayscale=True).to_pil()
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main(sys.argv[1])
