"""A picture that is taller than its page gets smaller, and keeps its proportions."""

import io
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from publish.building.workshop import Workshop
from publish.manuscript.folder import read_manuscript

BOOK = 'title = "Proef"\nmodified = 2026-01-01T00:00:00Z\n'
CAPTIONS = '[toren]\nfile = "toren.png"\ncaption = "De toren."\nalt = "Een toren."\n'


@pytest.mark.parametrize("place", ["column", "full", "inset"])
def test_a_tall_picture_keeps_its_proportions(tmp_path: Path, place: str) -> None:
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (1200, 2400), (200, 16, 46)).save(tmp_path / "photos" / "toren.png")
    text = f"# Toren\n\nEen zin.\n\n![](toren){{place={place}}}\n"
    for name, data in (("book.toml", BOOK), ("captions.toml", CAPTIONS), ("01-a.md", text)):
        (tmp_path / name).write_text(data)
    manuscript = read_manuscript(tmp_path)
    shop = Workshop(tmp_path, manuscript.book, manuscript.sources)
    with pypdfium2.PdfDocument(io.BytesIO(shop.print_pdf[0])) as document:
        pictures = [
            one.get_bounds() if hasattr(one, "get_bounds") else one.get_pos()
            for page in document
            for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=9)
        ]
    assert len(pictures) == 1
    left, bottom, right, top = pictures[0]
    assert (top - bottom) / (right - left) == pytest.approx(2, abs=0.01)
    assert top - bottom < shop.room.page.depth * 72 / 25.4
