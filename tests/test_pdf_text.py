"""The text of small pages, as their content streams show it and their fonts mean it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from publish.checks import pdf_text
from publish.checks.pdf_reader import NoPdf
from publish.checks.pdf_text import Run, runs_of

ONE_BYTE = b"""
2 beginbfchar
<41> <0061>
<42> <00660069>
endbfchar
3 beginbfrange
<43> <45> <0078>
<46> <48> [<0031> <0032> <0033>]
<49> <4A> [<0034>]
endbfrange
1 beginbfchar
<0141> <0021>
endbfchar
"""
TWO_BYTES = (
    b"1 beginbfchar\n<0041> <05D0>\nendbfchar\n1 beginbfrange\n<0050> <0052> <05D1>\nendbfrange"
)


def font(
    pdf: pikepdf.Pdf, table: bytes | None = ONE_BYTE, kind: Name = Name.TrueType
) -> Dictionary:
    made = Dictionary(Type=Name.Font, Subtype=kind, BaseFont=Name("/Katern"))
    if table is not None:
        made.ToUnicode = Stream(pdf, table)
    return pdf.make_indirect(made)


def runs(
    tmp_path: Path, content: bytes, leftward: bool = False, **more: object
) -> list[tuple[str, float]]:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    fonts = Dictionary(
        F=font(pdf), W=font(pdf, TWO_BYTES, Name.Type0), N=font(pdf, None),
        D=Dictionary(Type=Name.Font, Subtype=Name.TrueType, ToUnicode=Stream(pdf, ONE_BYTE)),
    )  # fmt: skip
    forms = Dictionary()
    for key, (inner, matrix) in more.items():  # type: ignore[misc]
        form = Stream(pdf, inner)
        form.Type, form.Subtype, form.Matrix = Name.XObject, Name.Form, Array(matrix)
        forms[f"/{key}"] = pdf.make_indirect(form)
    page.obj.Contents = Stream(pdf, content)
    page.obj.Resources = Dictionary(Font=fonts, XObject=forms)
    page.obj.TrimBox = Array([10, 10, 190, 90])
    pdf.save(tmp_path / "a.pdf")
    ((*found,),) = runs_of(tmp_path / "a.pdf", leftward)
    assert all(isinstance(one, Run) for one in found)
    return [(one.text, round(one.baseline, 3)) for one in found]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"BT /F 10 Tf 1 0 0 1 20 40 Tm (AB) Tj ET", [("afi", 30)]),
        (b"BT /F 10 Tf 1 0 0 1 20 40 Tm (CDE) Tj ET", [("xyz", 30)]),
        (b"BT /F 10 Tf 1 0 0 1 20 40 Tm (FGHIJ) Tj ET", [("1234", 30)]),
        (b"BT /F 10 Tf 1 0 0 1 20 40 Tm [(A) -300 (Z) 5 (A)] TJ ET", [("aa", 30)]),
        (b"BT /D 10 Tf 1 0 0 1 20 40 Tm (A) Tj ET", [("a", 30)]),
        # Each operator shows a run; ' and \" go to the next line.
        (b"BT /F 10 Tf 12 TL 1 0 0 1 20 40 Tm (A) Tj (A) ' 0 0 (A) \" ET",
         [("a", 30), ("a", 18), ("a", 6)]),
        (b"BT /F 10 Tf 20 40 Td (A) Tj 0 -5 TD (A) Tj T* (A) Tj ET",
         [("a", 30), ("a", 25), ("a", 20)]),
        (b"q 1 0 0 1 0 5 cm BT /F 10 Tf 20 40 Td (A) Tj ET Q BT /F 10 Tf 20 40 Td (A) Tj ET",
         [("a", 35), ("a", 30)]),
        # Lettering is one run, whatever it is shown by.
        (b"BT 0 Tr /F 10 Tf 20 40 Td (A) Tj (A) Tj ET", [("aa", 30)]),
        # What lies outside the sheet cannot be seen.
        (b"BT /F 10 Tf 20 -40 Td (A) Tj 0 500 Td (A) Tj ET", []),
        # Without a font, or without a table, nothing can be read.
        (b"BT 20 40 Td (A) Tj ET", [("", 30)]),
        (b"BT /N 10 Tf 20 40 Td (A) Tj ET", [("", 30)]),
        # A word that stands for what is shown is read once, letter by letter.
        (b"/Span <</ActualText (om)>> BDC BT /F 10 Tf 20 40 Td (A) Tj (A) Tj ET EMC",
         [("om", 30), ("", 30)]),
        (b"/Span <</Lang (nl)>> BDC /P BMC BT /F 10 Tf 20 40 Td (A) Tj ET EMC EMC", [("a", 30)]),
        # A line of Hebrew is painted from left to right and read from right to left.
        (b"BT /W 10 Tf 1 0 0 1 20 40 Tm <0041> Tj <00500051> Tj ET", [("\u05d2\u05d1\u05d0", 30)]),
    ],
)  # fmt: skip
def test_what_a_page_shows(content: bytes, found: list[tuple[str, float]], tmp_path: Path) -> None:
    assert runs(tmp_path, content) == found


def test_a_form_shows_its_text_where_it_is_put(tmp_path: Path) -> None:
    inner = b"BT /F 10 Tf 0 0 Td (A) Tj ET /Deeper Do /Missing Do"
    content = b"q 1 0 0 1 20 40 cm /Inner Do Q BT /F 10 Tf 20 20 Td (C) Tj ET"
    made = runs(
        tmp_path,
        content,
        Inner=(inner, [1, 0, 0, 2, 0, 3]),
        Deeper=(b"BT /F 10 Tf 0 7 Td (B) Tj ET", [1, 0, 0, 1, 0, 0]),
    )
    assert made == [("a", 33), ("fi", 47), ("x", 10)]


def test_a_form_within_itself_comes_to_an_end(tmp_path: Path) -> None:
    own = b"BT /F 10 Tf 0 0 Td (A) Tj ET /Inner Do"
    made = runs(tmp_path, b"1 0 0 1 20 40 cm /Inner Do", Inner=(own, [1, 0, 0, 1, 0, 0]))
    assert made == [("a", 30)] * 20


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"BT /F 10 Tf Tj ET", "the content of page 1 is damaged"),
        (b"BT /F 10 Tf 20 Td (A) Tj ET", "the content of page 1 is damaged"),
        (b"1 0 0 cm", "the content of page 1 is damaged"),
    ],
)
def test_an_operator_without_its_operands_damages_the_page(
    content: bytes, said: str, tmp_path: Path
) -> None:
    with pytest.raises(NoPdf, match=said):
        runs(tmp_path, content)


@pytest.mark.parametrize(
    "table", [b"1 beginbfchar\n<41>\nendbfchar", b"1 beginbfrange\n<41> <43>\nendbf"]
)
def test_a_font_whose_table_breaks_off_is_told_by_its_name(table: bytes, tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    page.obj.Contents = Stream(pdf, b"BT /F 10 Tf 20 40 Td (A) Tj ET")
    page.obj.Resources = Dictionary(Font=Dictionary(F=font(pdf, table)))
    pdf.save(tmp_path / "a.pdf")
    with pytest.raises(NoPdf, match="the font Katern does not say which letters it has"):
        runs_of(tmp_path / "a.pdf")


def test_codes_are_those_of_all_strings_however_they_are_written() -> None:
    whole, letters = String(b"\x00\x12\xff"), String(b"(A<b>)")
    for parts, codes in (
        ((whole, -3, String(b""), whole), b"\x00\x12\xff" * 2),
        ((whole, letters, 4), b"\x00\x12\xff(A<b>)"),
        ((Name("/A"), whole, Dictionary(A=letters), Dictionary(B=Array([whole]))), b"\x00\x12\xff"),
        ((), b""),
    ):
        assert pdf_text._codes(Array(parts)) == codes
    assert pdf_text._codes(4) == pdf_text._codes(Name("/A")) == b""
    assert pdf_text._codes(whole) == b"\x00\x12\xff"
    assert pdf_text._codes(letters) == b"(A<b>)"


def test_only_beside_words_that_are_read_leftward_numbers_may_be(tmp_path: Path) -> None:
    hebrew = b"BT /W 10 Tf 1 0 0 1 20 50 Tm <0041> Tj ET "
    numbers = b"BT /F 10 Tf 1 0 0 1 60 %d Tm <464347> Tj ET "
    runs(tmp_path, hebrew + numbers % 50 + numbers % 30)
    (page,) = runs_of(tmp_path / "a.pdf")
    assert [run.text for run in page] == ["א", "1x2", "1x2"]
    assert [bool(run.others) for run in page[1:]] == [True, False]
