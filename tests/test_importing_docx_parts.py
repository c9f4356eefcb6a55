"""What a word processor may put within a paragraph, a table or a change, part by part."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from PIL import Image
from test_importing_docx import PNG, element, run, saved, taken

from publish.book.inlines import plain
from publish.book.model import Heading, Paragraph, Table
from publish.importing import Imported
from publish.importing.model import Changes

MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def part(xml: str) -> Any:
    """Return an element that may be of any of the namespaces."""
    head, _, rest = xml.partition(">")
    closed = head.endswith("/")
    head = head.removesuffix("/")
    return parse_xml(f"{head} {nsdecls('w', 'r', 'wp', 'a')} {MORE}{'/' if closed else ''}>{rest}")


def paragraphs(data: bytes, tmp_path: Path, changes: Changes = "") -> tuple[Imported, list[str]]:
    imported, book = taken(data, tmp_path, changes=changes)
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    return imported, [plain(one.inlines) for one in blocks if isinstance(one, Paragraph)]


def told(imported: Imported, code: str) -> list[str]:
    return [one.message for one in imported.notes if one.code == code]


def one_paragraph(*xml: str) -> bytes:
    made = docx.Document()
    paragraph = made.add_paragraph("De wind ")
    for one in xml:
        paragraph._p.append(part(one))
    made.add_paragraph("Het bleef droog.")
    return saved(made)


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ([f"<w:smartTag>{run('draaide.')}</w:smartTag>"], "De wind draaide."),
        ([f"<w:sdt><w:sdtContent>{run('draaide.')}</w:sdtContent></w:sdt>"], "De wind draaide."),
        ([f"<w:fldSimple w:instr='DATE'>{run('zondag.')}</w:fldSimple>"], "De wind zondag."),
        (
            [
                "<mc:AlternateContent><mc:Choice Requires='x'>"
                f"{run('nieuw.')}</mc:Choice><mc:Fallback>{run('oud.')}</mc:Fallback>"
                "</mc:AlternateContent>"
            ],
            "De wind nieuw.",
        ),
        ([f"<mc:AlternateContent>{run('kaal.')}</mc:AlternateContent>"], "De wind kaal."),
        # What a field asks for is not shown, in a field within a field either.
        (
            [
                FIELD.format("begin"),
                "<w:r><w:instrText>PAGEREF</w:instrText><w:t>verborgen</w:t></w:r>",
                FIELD.format("begin"),
                "<w:r><w:t>dieper</w:t></w:r>",
                FIELD.format("separate"),
                "<w:r><w:t>ook</w:t></w:r>",
                FIELD.format("end"),
                FIELD.format("separate"),
                run("draaide."),
                FIELD.format("end"),
                FIELD.format("end"),
                FIELD.format("separate"),
                run(" Om."),
            ],
            "De wind draaide. Om.",
        ),
        (['<w:r><w:sym w:char="00E9"/><w:sym w:char="F0B7"/></w:r>'], "De wind é•"),
        (['<w:r><w:sym w:char="zz"/><w:t>om</w:t></w:r>'], "De wind om"),
        (
            ["<w:r><w:t>noord</w:t><w:noBreakHyphen/><w:t>zuid</w:t></w:r>"],
            "De wind noord-zuid",
        ),
        (
            ['<w:r><w:t>een</w:t><w:tab/><w:t>twee</w:t><w:br w:type="page"/></w:r>'],
            "De wind een twee",
        ),
        ([f'<w:hyperlink w:anchor="x">{run("daar.")}</w:hyperlink>'], "De wind daar."),
        (["<w:bookmarkStart w:id='1' w:name='a'/>", run("om.")], "De wind om."),
    ],
)
def test_what_is_shown_is_taken(xml: list[str], text: str, tmp_path: Path) -> None:
    imported, found = paragraphs(one_paragraph(*xml), tmp_path)
    assert found == [text, "Het bleef droog."]
    assert told(imported, "unread") == []


def test_of_a_formula_the_letters_are_kept_and_that_is_told(tmp_path: Path) -> None:
    formula = "<m:oMath><m:r><m:t>v=</m:t></m:r><m:r><m:t>s/t</m:t></m:r></m:oMath>"
    imported, found = paragraphs(one_paragraph(formula), tmp_path)
    assert found[0] == "De wind v=s/t"
    assert told(imported, "unread") == ["here stood a formula, of which only the letters are kept"]


def test_an_address_that_is_none_of_the_web_is_no_link(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Zie ")
    for target, words in (
        ("file:///c:/a.txt", "hier"), ("https://a.example/<b>", " daar"),
        ("mailto:a@b.example", " en daar"),
    ):  # fmt: skip
        key = made.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, True)
        paragraph._p.append(part(f'<w:hyperlink r:id="{key}">{run(words)}</w:hyperlink>'))
    imported, found = paragraphs(saved(made), tmp_path)
    assert found == ["Zie hier daar en daar"]
    text = "".join(text for name, text in imported.files.items() if name.endswith(".md"))
    assert "mailto:a@b.example" in text
    assert [one.partition("“")[2].partition("”")[0] for one in told(imported, "link")] == [
        *("file:///c:/a.txt", "https://a.example/<b>"),
    ]
    assert "file:///" not in text and "a.example" not in text


def test_a_box_of_text_stands_apart(tmp_path: Path) -> None:
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"<w:p>{run('Een kader apart.')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    _, book = taken(one_paragraph(box), tmp_path)
    assert "Een kader apart." in str(book.chapters[0].blocks)
    assert plain(book.chapters[0].blocks[0].inlines) == "De wind"  # type: ignore[union-attr]


def test_a_control_holds_paragraphs_and_tables(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De wind.")
    cells = "".join(f"<w:tc><w:p>{run(one)}</w:p></w:tc>" for one in ("jaar", "zakken"))
    made.element.body.insert(
        1,
        part(
            f"<w:sdt><w:sdtContent><w:p>{run('Binnen.')}</w:p>"
            f"<w:tbl><w:tr>{cells}</w:tr></w:tbl></w:sdtContent></w:sdt>"
        ),
    )
    made.element.body.insert(2, part("<w:sdt><w:sdtPr/></w:sdt>"))
    _, book = taken(saved(made), tmp_path)
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    assert [plain(one.inlines) for one in blocks if isinstance(one, Paragraph)] == [
        "De wind.", "Binnen."
    ]  # fmt: skip
    (table,) = (one for one in blocks if isinstance(one, Table))
    assert [plain(one) for one in table.head] == ["jaar", "zakken"]


# Pictures ----------------------------------------------------------------------------------------


def bmp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (12, 8), (200, 30, 30)).save(out, "BMP")
    return out.getvalue()


def test_a_picture_of_another_kind_becomes_a_png(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De wind.")
    made.add_picture(io.BytesIO(bmp()), width=Cm(2))
    imported, _ = taken(saved(made), tmp_path)
    (data,) = imported.pictures.values()
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size, image.getpixel((3, 3))) == ("PNG", (12, 8), (200, 30, 30))


def broken_off(png: bytes) -> bytes:
    """Return a PNG of whose pixels half are there, and then what is no chunk."""
    at = png.index(b"IDAT")
    pixels = png[at : at + 4 + int.from_bytes(png[at - 4 : at]) // 2]
    length, check = ((len(pixels) - 4).to_bytes(4), zlib.crc32(pixels).to_bytes(4))
    return png[: at - 4] + length + pixels + check + b"\0\0\0\x0a\0\1\2\3" + bytes(50)


@pytest.mark.parametrize("data", [b"\x01\x00\x00\x00 a metafile", broken_off(PNG)])
def test_a_picture_that_cannot_be_read_is_told_of(data: bytes, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De wind.")
    made.add_picture(io.BytesIO(PNG), width=Cm(2))
    (name,) = (one.rId for one in made.part.rels.values() if "image" in one.reltype)
    made.part.rels[name].target_part._blob = data
    imported, _ = taken(saved(made), tmp_path)
    assert told(imported, "picture") == ["a picture of the kind PNG cannot be read"]
    assert imported.pictures == {}


def test_a_picture_in_a_table_is_taken_too(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De wind.")
    table = made.add_table(1, 2)
    table.cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(PNG), width=Cm(2))
    table.cell(0, 1).text = "draaide"
    imported, _ = taken(saved(made), tmp_path)
    assert [*imported.pictures.values()] == [PNG]


# Comments ----------------------------------------------------------------------------------------


def test_who_made_a_remark_may_be_unknown_and_a_remark_may_be_gone(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("De wind draaide om vijf uur en daarna")
    for number in (0, 7):
        paragraph._p.append(element(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
    words = element(
        f'<w:comments><w:comment w:id="0"><w:p>{run("Echt?")}</w:p></w:comment></w:comments>'
    )
    from lxml import etree

    imported, _ = taken(saved(made, {"comments": etree.tostring(words).decode()}), tmp_path)
    assert told(imported, "comment") == [
        "somebody remarks at “De wind draaide om vijf uur …”: Echt?"
    ]


# Changes -----------------------------------------------------------------------------------------


def changed_table() -> bytes:
    made = docx.Document()
    made.add_paragraph("De wind.")
    table = made.add_table(3, 2)
    for at, text in enumerate(("Jaar", "Zakken", "1900", "12", "1901", "13")):
        table.cell(at // 2, at % 2).text = text
    row = table.rows[1]._tr
    row.insert(0, element('<w:trPr><w:del w:id="4" w:author="a"/></w:trPr>'))
    made.add_paragraph("Het bleef droog.")
    return saved(made)


@pytest.mark.parametrize(("changes", "rows"), [("accept", 1), ("reject", 2)])
def test_a_row_that_was_deleted_goes_or_stays(changes: Changes, rows: int, tmp_path: Path) -> None:
    _, book = taken(changed_table(), tmp_path, changes=changes)
    (table,) = (one for one in book.chapters[0].blocks if isinstance(one, Table))
    assert len(table.rows) == rows
    assert plain(table.rows[-1][0]) == "1901"


def test_a_mark_that_was_deleted_at_the_end_joins_nothing(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De wind.")
    last = made.add_paragraph("Het bleef droog.")
    last._p.insert(0, element('<w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>'))
    _, found = paragraphs(saved(made), tmp_path, "accept")
    assert found == ["De wind.", "Het bleef droog."]


# Tables ------------------------------------------------------------------------------------------


def test_cells_that_are_one_and_rows_that_are_short(tmp_path: Path) -> None:
    def cell(text: str, facts: str = "", inner: str = "") -> str:
        return f"<w:tc><w:tcPr>{facts}</w:tcPr>{inner}<w:p>{run(text)}</w:p></w:tc>"

    nested = f"<w:tbl><w:tr>{cell('binnen')}</w:tr></w:tbl>"
    rows = (
        cell("jaar") + cell("zakken", '<w:gridSpan w:val="2"/>'),
        cell("1900", '<w:vMerge w:val="restart"/>') + cell("12") + cell("13"),
        cell("weg", "<w:vMerge/>") + cell("", inner=nested) + cell("14"),
        cell("1901") + cell("15", '<w:gridSpan w:val="veel"/>'),
    )
    made = docx.Document()
    made.add_paragraph("De wind.")
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    made.element.body.insert(1, part(f"<w:tbl>{table}</w:tbl>"))
    _, book = taken(saved(made), tmp_path)
    (found,) = (one for one in book.chapters[0].blocks if isinstance(one, Table))
    shown = [[plain(one) for one in row] for row in (found.head, *found.rows)]
    assert shown == [
        ["jaar", "zakken", ""], ["1900", "12", "13"], ["", "binnen", "14"], ["1901", "15", ""]
    ]  # fmt: skip


def test_a_caption_above_a_table_is_that_of_the_table(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De wind.")
    made.styles.add_style("Table Caption", WD_STYLE_TYPE.PARAGRAPH)
    made.add_paragraph("Zakken meel", style="Table Caption")
    made.add_table(1, 2).cell(0, 0).text = "1900"
    _, book = taken(saved(made), tmp_path)
    (found,) = (one for one in book.chapters[0].blocks if isinstance(one, Table))
    assert plain(found.caption) == "Zakken meel"


# Headings ----------------------------------------------------------------------------------------


def test_a_level_of_the_outline_makes_a_heading_whoever_gives_it(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Het veer", style="Title")
    own = made.add_paragraph("Eigen kop")
    own._p.insert(0, element('<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'))
    made.add_paragraph("De wind.")
    style = made.styles.add_style("Kopje", WD_STYLE_TYPE.PARAGRAPH)
    style.element.append(element('<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'))
    made.add_paragraph("Kop van een stijl", style="Kopje")
    plain_text = made.add_paragraph("Tekst van een stijl", style="Kopje")
    plain_text._p.pPr.append(element('<w:outlineLvl w:val="9"/>'))
    _, book = taken(saved(made), tmp_path)
    assert [plain(one.title.inlines) for one in book.chapters if one.title] == ["Eigen kop"]
    headings = [one for one in book.chapters[0].blocks if isinstance(one, Heading)]
    assert [(one.level, plain(one.inlines)) for one in headings] == [(2, "Kop van een stijl")]
