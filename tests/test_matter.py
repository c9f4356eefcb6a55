"""What stands before the text of a printed book: its imprint and its contents."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from readback_pdf import ReadPdf

from publish.building.build import build
from publish.building.outputs import Workshop
from publish.checks.checking import check
from publish.manuscript.folder import read_manuscript

BOOK = """\
title = "Proef"
modified = 2026-01-01T00:00:00Z
contributor = [{ name = "An" }, { name = "De Kei", role = "trl", country = "Malta" }]
"""
TEXT = "# Sluis\n\nWoord.\n\n## Deur\n\nWoord.\n\n### Hout\n\nWoord.\n"


def document(folder: Path, settings: str) -> str:
    (folder / "book.toml").write_text(BOOK + settings, encoding="utf-8")
    (folder / "01-sluis.md").write_text(TEXT, encoding="utf-8")
    read = read_manuscript(folder)
    assert read.book
    return "".join(Workshop(folder, read.book, read.sources).room.forme.documents("print"))


def test_the_imprint_says_who_did_what(tmp_path: Path) -> None:
    made = document(tmp_path, "")
    assert '<p class="added" data-about="contributor">Vertaling: De Kei, Malta</p>' in made
    assert '<p class="added" data-about="contributor">An</p>' in made


@pytest.mark.parametrize(("depth", "listed"), [(1, 2), (2, 3), (3, 4)])
def test_the_printed_contents_have_a_depth_of_their_own(
    tmp_path: Path, depth: int, listed: int
) -> None:
    settings = f"[print]\ncontents-depth = {depth}\n[epub]\ncontents-depth = 6\n"
    (tmp_path / "02-kolk.md").write_text("# Kolk\n\nWoord.\n", encoding="utf-8")
    nav = document(tmp_path, settings).partition('<nav class="contents">')[2].partition("</nav>")[0]
    assert nav.count("<li") == listed
    if depth == 1:
        out = tmp_path / "out"
        build(tmp_path, out, ("print",))
        assert check(tmp_path, out, False, names=("print",)) == []


@pytest.mark.parametrize("cover", ["self", "separate"])
def test_a_heading_alone_has_no_contents_but_in_the_e_book(cover: str, tmp_path: Path) -> None:
    """The page before the text is bare, or there is none: it would lead to the page beside it."""
    document(tmp_path, f'[print]\ncontents-depth = 1\ncover = "{cover}"\n')
    out = tmp_path / "out"
    pdf, epub = build(tmp_path, out, ("print", "epub")).made
    pages = ReadPdf(pdf).pages
    assert not [page for page in pages if "Inhoud" in page.text]
    assert "Sluis" in pages[4 if cover == "self" else 2].text
    assert cover == "separate" or pages[3].text == ""
    assert "Sluis" in read_epub(epub)
    assert check(tmp_path, out, False, names=("print", "epub")) == []


def read_epub(path: Path) -> str:
    """Return the contents of an e-book."""
    with zipfile.ZipFile(path) as archive:
        (nav,) = (one for one in archive.namelist() if one.endswith("nav.xhtml"))
        return archive.read(nav).decode("utf-8")
