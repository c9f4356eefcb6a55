"""Word processor's files taken in: made here with python-docx, element by element where it must."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from test_importing_pdf import noise, packed
from test_importing_shapes import assert_accounted, read_back

from publish.__main__ import main
from publish.book.inlines import (
    Emphasis,
    LineBreak,
    Link,
    NoteReference,
    Strong,
    Styled,
    walk_inlines,
)
from publish.book.inlines import plain as words
from publish.book.model import BlockQuote, Book, Container, Heading, ListBlock, Paragraph, Table
from publish.importing import Imported, import_extract, import_source
from publish.importing.docx import read_docx
from publish.importing.model import Changes
from publish.importing.refusing import Refused

W = nsdecls("w")
PNG, JPEG = packed(noise("RGB"), "PNG"), packed(noise("RGB", seed=3), "JPEG")


def element(xml: str) -> Any:
    return parse_xml(re.sub(r"<w:(\w+)", rf"<w:\1 {W}", xml, count=1))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def saved(document: Any, parts: dict[str, str] | None = None) -> bytes:
    """Return a document with parts that python-docx does not write: notes, for instance."""
    out = io.BytesIO()
    document.save(out)
    if not parts:
        return out.getvalue()
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                rels = "".join(
                    f'<Relationship Id="rIdX{at}" Target="{part}.xml" Type="http://schemas.'
                    f'openxmlformats.org/officeDocument/2006/relationships/{part}"/>'
                    for at, part in enumerate(parts)
                )
                data = data.replace(b"</Relationships>", rels.encode() + b"</Relationships>")
            if name == "[Content_Types].xml":
                types = "".join(
                    f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.'
                    f'openxmlformats-officedocument.wordprocessingml.{part}+xml"/>'
                    for part in parts
                )
                data = data.replace(b"</Types>", types.encode() + b"</Types>")
            new.writestr(name, data)
        for part, xml in parts.items():
            new.writestr(f"word/{part}.xml", xml)
    return made.getvalue()


NOTES = (
    f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="2"><w:p>{run(" De molenaar was ")}{run("doof", "<w:i/>")}{run(".")}</w:p>'
    f"<w:p>{run('Zijn vrouw niet.')}</w:p></w:footnote></w:footnotes>"
)
ENDNOTES = (
    f'<w:endnotes {W}><w:endnote w:id="5"><w:p>{run("Aan het eind gezegd.")}</w:p></w:endnote>'
    "</w:endnotes>"
)
COMMENTS = (
    f'<w:comments {W}><w:comment w:id="0" w:author="De corrector"><w:p>'
    f"{run('Klopt dit jaartal?')}</w:p></w:comment></w:comments>"
)


def document() -> bytes:
    made = docx.Document()
    made.core_properties.language = "nl"
    made.add_paragraph("De molen aan de dijk", style="Title")
    made.add_paragraph("Honderd jaar wind", style="Subtitle")
    made.add_heading("Het begin", 1)
    one = made.add_paragraph("De molen stond ")
    one.add_run("stil").bold = True
    one.add_run(" en ")
    one.add_run("iedereen").italic = True
    one.add_run(" keek.")
    one._p.append(element('<w:r><w:footnoteReference w:id="2"/></w:r>'))
    one.add_run(" Alleen ")
    small = one.add_run("n.v.")
    small.font.small_caps = True
    one.add_run(" Wind bleef; in het Duits ")
    one._p.append(element(run("der Wind", '<w:lang w:val="de-DE"/>')))
    one.add_run(".")
    one._p.append(element('<w:r><w:endnoteReference w:id="5"/></w:r>'))
    one._p.append(element('<w:r><w:commentReference w:id="0"/></w:r>'))
    key = made.part.relate_to("https://example.org/a b", RELATIONSHIP_TYPE.HYPERLINK, True)
    link = one._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}">{run(" Zie hier")}</w:hyperlink>')
    )
    assert link is None
    two = made.add_paragraph("Regel een")
    two.add_run().add_break()
    two.add_run("regel twee, met * en [haken]. ")
    made.add_picture(io.BytesIO(PNG), width=Cm(4))
    inline = made.inline_shapes[0]._inline
    inline.docPr.set("descr", "Een rad met vier wieken.")
    made.add_paragraph("Het rad van de molen", style="Caption")
    made.add_heading("Een onderdeel", 2)
    for text, style in (
        ("een", "List Bullet"),
        ("twee", "List Bullet"),
        ("dieper", "List Bullet 2"),
        ("drie", "List Number"),
        ("vier", "List Number"),
    ):
        made.add_paragraph(text, style=style)
    made.add_paragraph("Wie maalt, die wacht.", style="Quote")
    made.add_paragraph("De wind vraagt niets terug.", style="Intense Quote")
    table = made.add_table(2, 2)
    for at, text in enumerate(("Jaar", "Zakken", "1900", "12|13")):
        table.cell(at // 2, at % 2).text = text
    made.add_heading("Het slot", 1)
    made.add_paragraph("Meer is er niet.")
    made.add_picture(io.BytesIO(JPEG), width=Cm(4))
    parts = {"footnotes": NOTES, "endnotes": ENDNOTES, "comments": COMMENTS}
    return saved(made, parts)


def taken(
    data: bytes, tmp_path: Path, language: str = "nl", changes: Changes = ""
) -> tuple[Imported, Book]:
    path = tmp_path / "bron.docx"
    path.write_bytes(data)
    extract = read_docx(path, language, changes)
    imported = import_extract(extract, path.name)
    assert_accounted(extract.text, imported)
    book = read_back(imported, tmp_path / "book").book
    assert book
    return imported, book


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Imported, Book]:
    return taken(document(), tmp_path_factory.mktemp("docx"))


def test_styles_tell_the_head_and_the_chapters(made: tuple[Imported, Book]) -> None:
    _, book = made
    assert (book.settings.title, book.settings.subtitle) == (
        "De molen aan de dijk",
        "Honderd jaar wind",
    )
    assert [words(one.title.inlines) for one in book.chapters if one.title] == [
        "Het begin",
        "Het slot",
    ]
    headings = [one for one in book.chapters[0].blocks if isinstance(one, Heading)]
    assert [(one.level, words(one.inlines)) for one in headings] == [(2, "Een onderdeel")]


def test_what_letters_are_is_kept(made: tuple[Imported, Book]) -> None:
    chapter = made[1].chapters[0]
    first, second = (one for one in chapter.blocks if isinstance(one, Paragraph))
    inner = list(walk_inlines(first.inlines))
    told = [(type(one), words(one.children)) for one in inner if isinstance(one, Emphasis | Strong)]
    assert told == [(Strong, "stil"), (Emphasis, "iedereen")]
    styled = [one for one in inner if isinstance(one, Styled)]
    assert [(one.attrs.classes, one.attrs.get("lang"), words(one.children)) for one in styled] == [
        (("smallcaps",), "", "n.v."),
        ((), "de-DE", "der Wind"),
    ]
    (link,) = (one for one in inner if isinstance(one, Link))
    assert (link.href, words(link.children)) == ("https://example.org/a%20b", "Zie hier")
    assert any(isinstance(one, LineBreak) for one in second.inlines)
    assert words(second.inlines) == "Regel een regel twee, met * en [haken]."


def test_footnotes_and_endnotes_are_notes(made: tuple[Imported, Book]) -> None:
    chapter = made[1].chapters[0]
    assert [[words(one.inlines) for one in note.blocks] for note in chapter.notes] == [  # type: ignore[union-attr]
        ["De molenaar was doof.", "Zijn vrouw niet."],
        ["Aan het eind gezegd."],
    ]
    first = chapter.blocks[0]
    assert isinstance(first, Paragraph)
    calls = [one.label for one in walk_inlines(first.inlines) if isinstance(one, NoteReference)]
    assert calls == [note.label for note in chapter.notes]


def test_lists_quotations_and_tables_are_kept(made: tuple[Imported, Book]) -> None:
    blocks = made[1].chapters[0].blocks
    bullets, numbers = (one for one in blocks if isinstance(one, ListBlock))
    assert len(bullets.items) == 2 and isinstance(bullets.items[1][1], ListBlock)
    assert numbers.start == 1 and len(numbers.items) == 2
    (quote,) = (one for one in blocks if isinstance(one, BlockQuote))
    (pull,) = (one for one in blocks if isinstance(one, Container))
    assert (pull.kind, len(quote.blocks)) == ("pullquote", 1)
    (table,) = (one for one in blocks if isinstance(one, Table))
    assert [words(one) for one in (*table.head, *table.rows[0])] == [
        "Jaar",
        "Zakken",
        "1900",
        "12|13",
    ]


def test_pictures_come_out_byte_for_byte_with_caption_and_alt_text(
    made: tuple[Imported, Book],
) -> None:
    imported, book = made
    photos = {words(one.caption): one for one in book.photos.values()}
    wheel = photos["Het rad van de molen"]
    assert wheel.alt == "Een rad met vier wieken."
    assert imported.pictures[wheel.file] == PNG
    assert JPEG in imported.pictures.values()


def test_comments_go_to_the_editor(made: tuple[Imported, Book]) -> None:
    told = [one.message for one in made[0].notes if one.code == "comment"]
    assert len(told) == 1
    assert told[0].startswith("De corrector remarks at “De molen stond stil")
    assert told[0].endswith("Klopt dit jaartal?")


def changed() -> bytes:
    made = docx.Document()
    one = made.add_paragraph("De wind ")
    one._p.append(element(f'<w:ins w:id="1" w:author="a">{run("draaide")}</w:ins>'))
    deleted = run("ging liggen").replace("w:t ", "w:delText ").replace("w:t>", "w:delText>")
    one._p.append(element(f'<w:del w:id="2" w:author="a">{deleted}</w:del>'))
    one.add_run(" om vijf uur.")
    mark = element('<w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>')
    one._p.insert(0, mark)
    made.add_paragraph(" Het bleef droog.")
    return saved(made)


def test_tracked_changes_are_refused_with_their_number_and_places(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        taken(changed(), tmp_path)
    said = str(caught.value)
    assert "3 tracked changes (1 inserted, 2 deleted)" in said
    assert "inserted in paragraph 1 (“De wind draaideging liggen …”)" in said
    assert "--changes accept" in caught.value.advice


@pytest.mark.parametrize(
    ("changes", "paragraphs"),
    [
        ("accept", ["De wind draaide om vijf uur. Het bleef droog."]),
        ("reject", ["De wind ging liggen om vijf uur.", "Het bleef droog."]),
    ],
)
def test_tracked_changes_are_accepted_or_rejected(
    tmp_path: Path, changes: Changes, paragraphs: list[str]
) -> None:
    _, book = taken(changed(), tmp_path, changes=changes)
    (chapter,) = book.chapters
    assert [
        words(one.inlines) for one in chapter.blocks if isinstance(one, Paragraph)
    ] == paragraphs


def test_the_command_takes_the_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "wind.docx"
    source.write_bytes(changed())
    book = str(tmp_path / "book")
    assert main(["import", str(source), "--to", book]) == 1
    assert "error I801" in capsys.readouterr().err
    assert main(["import", str(source), "--to", book, "--changes", "accept"]) == 0


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<w:document/>" + b" " * 30_000_000)


def hollow(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<w:document")


def empty(path: Path) -> None:
    docx.Document().save(str(path))


@pytest.mark.parametrize(
    ("write", "said"), [(bomb, "unfolds to 30 MB"), (hollow, "damaged DOCX"), (empty, "no text")]
)
def test_what_cannot_be_taken_is_refused(
    tmp_path: Path, write: Callable[[Path], None], said: str
) -> None:
    path = tmp_path / "x.docx"
    write(path)
    (problem,), files = import_source(path, tmp_path / "book")
    assert problem.code == "I801" and said in problem.message and files == []


def test_what_lies_outside_is_told_and_not_fetched(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Hier hoort een foto bij.")
    kind = RELATIONSHIP_TYPE.IMAGE
    key = made.part.relate_to("http://192.0.2.1/foto.png", kind, True)
    made.paragraphs[0].add_run()._r.append(
        parse_xml(
            f"<w:drawing {nsdecls('w', 'a', 'r', 'pic', 'wp')}><wp:inline><a:graphic>"
            f'<a:graphicData uri="x"><pic:pic><pic:blipFill><a:blip r:link="{key}"/>'
            "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    )
    imported, book = taken(saved(made), tmp_path)
    assert [one.code for one in imported.notes if one.code in ("outside", "picture")] == [
        "outside",
        "picture",
    ]
    assert "192.0.2.1" in next(one.message for one in imported.notes if one.code == "outside")
    assert [one.arrived for one in book.photos.values()] == [False]


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    notes = NOTES.replace("Zijn vrouw niet.", "&e;")
    made = docx.Document()
    made.add_paragraph("Een zin.")._p.append(element('<w:r><w:footnoteReference w:id="2"/></w:r>'))
    with pytest.raises(Refused, match="has a DOCTYPE") as refused:
        taken(saved(made, {"footnotes": entity + notes}), tmp_path)
    assert "geheim" not in str(refused.value)


def test_lists_are_counted_as_the_word_processor_counts_them(tmp_path: Path) -> None:
    made = docx.Document()
    for text in ("een", "twee"):
        made.add_paragraph(text, style="List Number")
    made.add_paragraph("Daartussen staat een zin.")
    made.add_paragraph("drie", style="List Number")
    _, book = taken(saved(made), tmp_path)
    lists = [one for one in book.chapters[0].blocks if isinstance(one, ListBlock)]
    assert [(one.start, len(one.items)) for one in lists] == [(1, 2), (3, 1)]


def test_a_list_of_contents_goes_to_the_ledger(tmp_path: Path) -> None:
    made = docx.Document()
    style = made.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    made.add_paragraph("Het begin\t3", style=style)
    made.add_heading("Het begin", 1)
    made.add_paragraph("Een zin over het begin.")
    imported, _ = taken(saved(made), tmp_path)
    rows = json.loads(imported.files["import-ledger.json"])["rows"]
    assert rows[0]["pieces"][0]["as"] == "contents"
    assert sum("Het begin" in text for name, text in imported.files.items() if ".md" in name) == 1
