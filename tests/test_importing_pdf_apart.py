"""What stands in a PDF apart from lines that run on: turned text, what forms are filled with."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from test_importing_docx_parts import told
from test_importing_pdf import page, taken

from publish.book.inlines import plain
from publish.book.model import Paragraph

TEXT = "<p>De wind draaide die nacht naar het oosten, en niemand merkte het.</p>"
PAGE = f"<h1>De molen</h1>{TEXT}"


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("by", [90, 180, 270])
def test_a_page_whose_text_stands_turned_is_read_as_one_turns_it(tmp_path: Path, by: int) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Rotate = by

    first = "<p style='break-after: page'>Het begin van alles.</p>"
    imported, book = taken(changed(page(first + TEXT + TEXT), turn), tmp_path)
    assert not told(imported, "turned")
    texts = [plain(one.inlines) for one in book.chapters[0].blocks if isinstance(one, Paragraph)]
    said = "De wind draaide die nacht naar het oosten, en niemand merkte het."
    assert texts == ["Het begin van alles.", said, said]


def test_a_page_of_which_a_part_stands_turned_is_told(tmp_path: Path) -> None:
    style = "transform: rotate(-90deg) translateY(60mm)"
    data = page(f"{PAGE}<div style='{style}'>{TEXT}</div>")
    (note,) = (one for one in taken(data, tmp_path)[0].notes if one.code == "turned")
    assert note.message.startswith("text stands turned on page 1, and may be out of order: “")


def test_what_a_field_for_passwords_holds_is_not_told(tmp_path: Path) -> None:
    def fill(pdf: pikepdf.Pdf) -> None:
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            Ff=1 << 13,
            T=String("sleutel"),
            V=String("zeer geheim"),
            Rect=Array([10, 10, 90, 30]),
        )
        made = pdf.make_indirect(field)
        pdf.pages[0].obj.Annots = Array([made])
        pdf.Root.AcroForm = Dictionary(Fields=Array([made]))

    imported, _ = taken(changed(page(PAGE), fill), tmp_path)
    assert told(imported, "unread") == [
        "on page 1 the field “sleutel” holds a password, and is left out"
    ]
    assert not any("geheim" in text for text in imported.files.values())


@pytest.mark.parametrize("angle", [-90, -30, 40, 90, 180])
def test_turned_words_stay_together_and_out_of_the_lines(tmp_path: Path, angle: int) -> None:
    style = f"position: absolute; top: 70mm; left: 30mm; transform: rotate({angle}deg)"
    data = page(f"{PAGE}<div style='{style}'>Een lange regel die schuin staat</div>")
    imported, book = taken(data, tmp_path)
    texts = [plain(one.inlines) for one in book.chapters[0].blocks if isinstance(one, Paragraph)]
    assert texts[-1] == "Een lange regel die schuin staat"
    assert "die nacht naar het oosten, en niemand merkte het." in texts[-2]
    said = (
        "text stands turned on page 1, and may be out of order: “Een lange regel die schuin staat”"
    )
    assert told(imported, "turned") == [said]


@pytest.mark.parametrize("degrees", [12, 14, 18])
def test_letters_that_slant_stay_in_their_line(degrees: int, tmp_path: Path) -> None:
    """As programs make italics of a font that has none: the baseline is as it was."""
    slant = f"<span style='display: inline-block; transform: skewX(-{degrees}deg)'>die nacht</span>"
    imported, book = taken(page(PAGE.replace("die nacht", slant)), tmp_path)
    assert told(imported, "turned") == []
    texts = [plain(one.inlines) for one in book.chapters[0].blocks if isinstance(one, Paragraph)]
    assert texts == ["De wind draaide die nacht naar het oosten, en niemand merkte het."]


def test_a_page_that_lies_a_little_askew_is_read_as_any(tmp_path: Path) -> None:
    data = page(f"<div style='transform: rotate(1deg)'>{PAGE}</div>")
    assert not told(taken(data, tmp_path)[0], "turned")


def form(pdf: pikepdf.Pdf) -> None:
    """Fill in a form: a field, one below another, a choice of two, a stream; a box is ticked."""
    page = pdf.pages[0].obj

    def widget(**more: object) -> Dictionary:
        area = Array([10, 10, 90, 30])
        named = {f"/{key}": value for key, value in more.items()}
        return pdf.make_indirect(
            Dictionary({"/Type": Name.Annot, "/Subtype": Name.Widget, "/Rect": area, **named})
        )

    above = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("Adres"), V=String("De Dijk 3")))
    above.Parent = above
    widgets = [
        widget(FT=Name.Tx, T=String("f1"), TU=String("Naam"), V=String("Jan  de Mulder")),
        widget(Parent=above),
        widget(Parent=above),
        widget(FT=Name.Ch, T=String("Dagen"), V=Array([String("ma"), String("di")])),
        widget(FT=Name.Tx, T=String("Lang"), V=Stream(pdf, b"wiek " * 40)),
        widget(FT=Name.Tx, T=String("Leeg"), V=String("")),
        widget(FT=Name.Btn, T=String("Ja"), V=Name.On),
    ]
    page.Annots = Array(widgets)
    pdf.Root.AcroForm = Dictionary(Fields=Array(widgets))


def test_what_a_form_is_filled_with_is_told(tmp_path: Path) -> None:
    imported, _ = taken(changed(page(PAGE), form), tmp_path)
    assert told(imported, "unread") == [
        f"on page 1 the field “{name}” is filled in, and left out: “{words}”"
        for name, words in (
            *(("Adres", "De Dijk 3"), ("Dagen", "ma, di")),
            *(("Lang", "wiek " * 30 + "…"), ("Naam", "Jan de Mulder")),
        )
    ]


def test_a_field_whose_value_is_damaged_ends_no_import(tmp_path: Path) -> None:
    def fill(pdf: pikepdf.Pdf) -> None:
        value = Stream(pdf, b"not deflated", Filter=Name.FlateDecode)
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("naam"),
                V=pdf.make_indirect(value),
                Rect=Array([10, 10, 90, 30]),
            )
        )
        pdf.pages[0].obj.Annots = pdf.make_indirect(Array([field]))
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field])))

    imported, _ = taken(changed(page(PAGE), fill), tmp_path)
    assert any("what cannot be read" in one.message for one in imported.notes)
