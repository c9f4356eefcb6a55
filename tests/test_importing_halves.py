"""Halves of characters, as a PDF may give them for its letters: no manuscript can hold them."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from test_importing_shapes import read_back

from publish.book.inlines import plain
from publish.book.model import Paragraph
from publish.importing import import_extract
from publish.importing.pdf import read_pdf

LINES = (
    "De wind draaide vandaag om vijf uur naar het noorden en",
    "het bleef de hele dag # droog @ daar bij de oude molen.",
    "Niemand had dat zo bedacht, zei de molenaar tegen allen.",
)
SAID = "the character U+FFFF is left out"


def lettered(codes: dict[str, str]) -> bytes:
    """Return a PDF of which some letters are what `codes` says (ISO 32000-1, 9.10.3)."""
    rows = "".join(f"<{one:02x}> <{codes.get(chr(one), f'{one:04x}')}>\n" for one in range(32, 127))
    table = (
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <ff> "
        f"endcodespacerange\n95 beginbfchar\n{rows}endbfchar endcmap"
    )
    shown = " T* ".join(f"({line}) Tj" for line in LINES)
    pdf, out = pikepdf.new(), io.BytesIO()
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Name.WinAnsiEncoding,
        ToUnicode=pdf.make_stream(table.encode()),
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, 400, 800],
        Resources=Dictionary(Font=Dictionary(F1=font)),
        Contents=pdf.make_stream(f"BT /F1 11 Tf 72 700 Td 14 TL {shown} ET".encode()),
    )
    pdf.pages.append(pikepdf.Page(page))
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("codes", "kept", "halves"),
    [
        ({"#": "dc00"}, "dag droog @ daar", 1),
        ({"#": "d83d"}, "dag droog @ daar", 1),
        ({"#": "dc00", "@": "d83d"}, "dag droog daar", 2),
        ({"#": "d83d", "@": "d83d"}, "dag droog daar", 2),
        ({"#": "d83d0061"}, "dag a droog @ daar", 1),
        ({"#": "d83dde00"}, "dag \U0001f600 droog @ daar", 0),
        ({"#": "d835dc00d835"}, "dag \U0001d400 droog @ daar", 1),
    ],
)
def test_half_of_a_character_is_left_out_and_told(
    tmp_path: Path, codes: dict[str, str], kept: str, halves: int
) -> None:
    path = tmp_path / "bron.pdf"
    path.write_bytes(lettered(codes))
    imported = import_extract(read_pdf(path, "nl"), path.name)
    book = read_back(imported, tmp_path / "book").book
    assert book
    (block,) = book.chapters[0].blocks
    assert isinstance(block, Paragraph)
    words = " ".join(plain(block.inlines).split())
    assert words == " ".join(LINES).replace("dag # droog @ daar", kept)
    assert [one.message for one in imported.notes if one.code == "control"] == [SAID] * halves
