"""The proof: the pages of print, letter for letter, with what a reader of proofs needs around."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from conftest import BOOKS, SAMPLE, build_all
from readback_pdf import MM, ReadPdf

from publish.manuscript import read_manuscript
from publish.pagemap import page_lines
from publish.proof_sheets import EVERY
from publish.workshop import Workshop

Letters = list[tuple[str, float, float]]


def letters(file: Path, corner: tuple[float, float] | None = None) -> list[Letters]:
    """Return the characters within the trim of each page, and their places from its corner (pt)."""
    pages = []
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            text, box = page.get_textpage(), raw.FS_RECTF()
            left, foot, right, head = page.get_trimbox()
            if corner:
                left, foot = corner
                right, head = page.get_width() - left, page.get_height() - foot
            found = []
            for at in range(raw.FPDFText_CountChars(text.raw)):
                char = chr(raw.FPDFText_GetUnicode(text.raw, at))
                char = "-" if char == "\u0002" else char  # a hyphen at a line's end, to PDFium
                raw.FPDFText_GetLooseCharBox(text.raw, at, box)
                inside = left <= box.left <= right and foot <= box.bottom <= head
                if not char.isspace() and inside and raw.FPDFText_IsGenerated(text.raw, at) != 1:
                    found.append((char, box.left - left, box.bottom - foot))
            pages.append(found)
    return pages


def missing(printed: Letters, proof: Letters) -> Letters:
    """Return the characters of a print page that do not stand at their place in the proof."""
    there = defaultdict(list)
    for char, across, up in proof:
        there[char].append((across, up))
    return [
        (char, across, up)
        for char, across, up in printed
        if not any(abs(x - across) < 0.1 and abs(y - up) < 0.1 for x, y in there[char])
    ]


@pytest.mark.parametrize("name", ["complete", "minimal", "sample", "hebrew", "bilingual"])
def test_every_letter_of_print_stands_at_its_place_in_the_proof(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if name in ("hebrew", "bilingual"):
        made: Mapping[str, Path] = build_all(BOOKS / name, tmp_path)
    else:
        made = request.getfixturevalue(name)
    printed, proof = letters(made["print"]), letters(made["proof"], (42 * MM, 18 * MM))
    assert len(proof) == len(printed) + 1
    for page, like in zip(printed, proof, strict=False):
        assert missing(page, like) == []
    assert sum(map(len, printed)) > 40


def test_every_fifth_line_has_its_number(complete: Mapping[str, Path]) -> None:
    folder = BOOKS / "complete"
    read = read_manuscript(folder)
    assert read.book
    room = Workshop(folder, read.book, read.sources).room
    lines = [one for one in page_lines(room.pages("print")) if one.area == "flow"]
    proof = ReadPdf(complete["proof"])
    for number, page in enumerate(proof.pages[:-1], 1):
        mine = [one for one in lines if one.page == number]
        wanted = [at for at in range(1, len(mine) + 1) if at == 1 or at % EVERY == 0]
        for at in wanted:
            line = mine[at - 1]
            middle = page.trim[3] - 18 - (line.top + line.height / 2) / MM
            beside = [
                piece
                for piece in page.pieces
                if piece.text.split()[-1:] == [str(at)] or piece.text.split()[:1] == [str(at)]
                if abs((piece.top + piece.bottom) / 2 - middle) < 1.5
            ]
            assert beside, (number, at)


def test_a_picture_has_its_id_resolution_and_rights_beside_it(sample: Mapping[str, Path]) -> None:
    read = read_manuscript(SAMPLE)
    assert read.book
    text = "\n".join(page.text for page in ReadPdf(sample["proof"]).pages)
    told = dict(re.findall(r"^([\w-]+)\n(\d+) ppi$", text, re.MULTILINE))
    assert len(told) > 1 and told.keys() <= read.book.photos.keys()
    assert all(100 < int(ppi) < 1300 for ppi in told.values())


def test_the_last_page_has_what_to_look_at_and_the_marks(complete: Mapping[str, Path]) -> None:
    page = ReadPdf(complete["proof"]).pages[-1]
    for words in ("Corrigeren van deze proef", "Na te lopen", "ISO 5776", "laten vervallen"):
        assert words in page.text
    assert all("PROEF" in one.text for one in ReadPdf(complete["proof"]).pages[:-1])
