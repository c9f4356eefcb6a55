"""What stands around, beside or twice in a word processor's text: read once, or told."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from test_importing_docx import COMMENTS, NOTES, run, saved, taken
from test_importing_docx_kept import DRY, WIND, book_of, paragraph, shown, table
from test_importing_docx_parts import FIELD, told

from publish.book.model import Container, Paragraph

FORMULA = "<m:oMathPara><m:oMath><m:r><m:t>v=s/t</m:t></m:r></m:oMath></m:oMathPara>"


def forms(first: str, second: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="x">{first}</mc:Choice>'
        f"<mc:Fallback>{second}</mc:Fallback></mc:AlternateContent>"
    )


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def box(inner: str) -> str:
    """Return a box of text in the two forms in which it is written."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    new = (
        "<w:drawing><wp:inline><a:graphic><a:graphicData>"
        f"{content}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return f"<w:r>{forms(new, old)}</w:r>"


def drawn(inner: str, alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic>'
        f"<a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


ROW = f"<w:tr><w:tc>{DRY}</w:tc></w:tr>"


@pytest.mark.parametrize(
    ("xml", "kept"),
    [
        (f"<w:customXml>{DRY}</w:customXml>", "Het bleef droog."),
        (forms(DRY, paragraph(run("Oud."))), "Het bleef droog."),
        (FORMULA, "v=s/t"),
        (f"<w:tbl>{control(ROW)}</w:tbl>", "Het bleef droog."),
        (f"<w:tbl>{control(control(ROW))}{ROW}</w:tbl>", "Het bleef droog.; Het bleef droog."),
        (f"<w:tbl><w:tr>{control(f'<w:tc>{DRY}</w:tc>')}</w:tr></w:tbl>", "Het bleef droog."),
        (paragraph(f"<w:r>{forms('<w:t>Nieuw.</w:t>', '<w:t>Oud.</w:t>')}</w:r>"), "Nieuw."),
        (
            paragraph(
                f"<w:r><w:ruby><w:rt>{run('kan-ji')}</w:rt>"
                f"<w:rubyBase>{run('schrift')}</w:rubyBase></w:ruby></w:r>"
            ),
            "schrift (kan-ji)",
        ),
        (
            paragraph(
                f"{FIELD.format('begin')}<w:r><w:instrText>REF</w:instrText></w:r>{run('Daar.')}"
            ),
            "Daar.",
        ),
        (
            paragraph(
                f"{FIELD.format('begin')}{run('weg')}{FIELD.format('separate')}{run('Daar.')}"
            ),
            "Daar.",
        ),
        (paragraph(f"{run('een')}<w:r><w:ptab/></w:r>{run('twee')}"), "een twee"),
        (paragraph(f'{run("een")}<w:r><w:br w:type="page"/></w:r>{run("twee")}'), "een twee"),
    ],
)
def test_what_stands_in_a_wrapper_is_read(tmp_path: Path, xml: str, kept: str) -> None:
    _, book = book_of(tmp_path, WIND, xml)
    assert [shown(one) for one in book.chapters[0].blocks] == ["De wind.", kept]


def test_a_box_in_a_box_is_read_once(tmp_path: Path) -> None:
    inner = paragraph(run("Binnen.") + box(DRY))
    _, book = book_of(tmp_path, paragraph(run("De wind.") + box(inner)))
    _, *boxes = book.chapters[0].blocks
    inner_blocks = [block for one in boxes if isinstance(one, Container) for block in one.blocks]
    assert [shown(block) for block in inner_blocks] == ["Binnen.", "Het bleef droog."]


def test_a_box_in_a_cell_is_read_once(tmp_path: Path) -> None:
    _, book = book_of(tmp_path, table((paragraph(run("De wind.") + box(DRY)),), (DRY,)))
    (found,) = book.chapters[0].blocks
    assert shown(found) == "De wind. Het bleef droog.; Het bleef droog."


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (drawn("", "Een taart in vieren."), "here stood a drawing, Een taart in vieren."),
        (drawn(""), "here stood a drawing"),
        (
            drawn("<a:p><a:r><a:t>Begin</a:t></a:r></a:p><a:p><a:r><a:t>Eind</a:t></a:r></a:p>"),
            "here stood a drawing with the words “Begin Eind”",
        ),
        (
            '<w:r><w:pict><v:shape><v:textpath string="Proef"/></v:shape></w:pict></w:r>',
            "here stood a drawing with the words “Proef”",
        ),
    ],
)
def test_a_drawing_that_is_no_picture_is_told(tmp_path: Path, xml: str, said: str) -> None:
    imported, book = book_of(tmp_path, paragraph(run("De wind.") + xml))
    assert said in told(imported, "unread")
    assert [shown(one) for one in book.chapters[0].blocks] == ["De wind."]


@pytest.mark.parametrize("xml", [box(DRY), '<w:r><w:pict><v:rect id="streep"/></w:pict></w:r>'])
def test_nothing_is_told_of_a_box_or_a_rule(tmp_path: Path, xml: str) -> None:
    imported, _ = book_of(tmp_path, paragraph(run("De wind.") + xml))
    assert not [one for one in told(imported, "unread") if "drawing" in one]


def test_a_document_in_the_document_is_told_where_it_stood(tmp_path: Path) -> None:
    imported, book = book_of(tmp_path, WIND, '<w:altChunk r:id="rId77"/>', DRY)
    assert [(one.line, one.message) for one in imported.notes if "another" in one.message] == [
        (1, "here stood another document, which is not read")
    ]
    assert all(isinstance(one, Paragraph) for one in book.chapters[0].blocks)


def test_what_stands_at_no_place_of_the_text_is_told(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De wind.")
    made.sections[0].header.paragraphs[0].text = "De molen"
    made.sections[0].footer.paragraphs[0].text = "Derde druk"
    data = saved(made, {"footnotes": NOTES, "comments": COMMENTS})
    imported, book = taken(data, tmp_path)
    assert told(imported, "running-head") == ["left out: “De molen”, “Derde druk”"]
    assert told(imported, "comment") == ["De corrector remarks at no place: Klopt dit jaartal?"]
    assert told(imported, "unread") == [
        "footnote 2 is called nowhere, and left out: “De molenaar was doof. Zijn vrouw niet.”"
    ]
    assert [shown(one) for one in book.chapters[0].blocks] == ["De wind."]
