"""What stands in a word processor's file where a manuscript has no place for it: kept, and told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from test_importing_docx import NOTES, PNG, run, saved, taken
from test_importing_docx_parts import part, told

from publish.book.inlines import Link, NoteReference, plain, walk_inlines
from publish.book.model import Block, Book, Heading, ListBlock, Paragraph, Table
from publish.importing import Imported

CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(inner: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def book_of(folder: Path, *blocks: str, notes: str = NOTES) -> tuple[Imported, Book]:
    """Return what is made of a document of these blocks, with one note."""
    made = docx.Document()
    for name in ("Table Caption", "Definition Term", "Definition"):
        made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for xml in blocks:
        made.element.body.insert(len(made.element.body) - 1, part(xml))
    return taken(saved(made, {"footnotes": notes}), folder)


def shown(block: Block) -> str:
    """Return the words of a block, each call of a note as a star."""
    if isinstance(block, ListBlock):
        return "; ".join(shown(inner) for item in block.items for inner in item)
    if isinstance(block, Table):
        rows = (block.head, *block.rows)
        return "; ".join(_shown(cell) for row in rows for cell in row)
    assert isinstance(block, Paragraph | Heading)
    return _shown(block.inlines)


def _shown(inlines) -> str:  # type: ignore[no-untyped-def]
    calls = sum(isinstance(one, NoteReference) for one in walk_inlines(inlines))
    return plain(inlines) + "*" * calls


def lines_told(imported: Imported, code: str) -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in imported.notes if one.code == code]


# Calls of notes ----------------------------------------------------------------------------------

WIND, DRY = paragraph(run("De wind.")), paragraph(run("Het bleef droog."))
ALONE = paragraph(CALL)


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        ((WIND, ALONE, DRY), ["De wind.*", "Het bleef droog."]),
        ((WIND, paragraph(f"{run(' ')}{CALL}"), DRY), ["De wind.*", "Het bleef droog."]),
        ((WIND, paragraph(CALL, "Heading2"), DRY), ["De wind.", "*", "Het bleef droog."]),
        ((ALONE, DRY), ["*", "Het bleef droog."]),
        ((DRY, ALONE), ["Het bleef droog.*"]),
        ((paragraph(run("Een"), "ListBullet"), paragraph(CALL, "ListBullet")), ["Een; *"]),
        ((DRY, table((ALONE, WIND), (WIND, DRY)), DRY), [
            "Het bleef droog.", "*; De wind.; De wind.; Het bleef droog.", "Het bleef droog."
        ]),
        ((WIND, table((WIND,), (DRY,)), ALONE), ["De wind.", "De wind.; Het bleef droog.", "*"]),
    ],
)  # fmt: skip
def test_the_call_of_a_note_stays_one_where_it_stands_alone(
    tmp_path: Path, blocks: tuple[str, ...], kept: list[str]
) -> None:
    imported, book = book_of(tmp_path, *blocks)
    (chapter,) = book.chapters
    assert [shown(one) for one in chapter.blocks] == kept
    (note,) = chapter.notes
    assert [shown(one) for one in note.blocks] == ["De molenaar was doof.", "Zijn vrouw niet."]
    assert not lines_told(imported, "call")


@pytest.mark.parametrize(
    ("style", "what"),
    [("Title", "a title"), ("Subtitle", "a subtitle"), ("Caption", "a caption")],
)
@pytest.mark.parametrize("again", [False, True])
def test_what_can_call_no_note_calls_none_and_its_note_is_kept(
    tmp_path: Path, style: str, what: str, again: bool
) -> None:
    blocks = (paragraph(run("De molen") + CALL, style), paragraph(run("De wind.") + CALL * again))
    imported, book = book_of(tmp_path, *blocks)
    (chapter,) = book.chapters
    words = [shown(one) for one in chapter.blocks if isinstance(one, Paragraph)]
    kept = [] if again else ["De molenaar was doof.", "Zijn vrouw niet."]
    assert words == ["De wind." + "*" * again, *kept]
    assert len(chapter.notes) == again
    place = "this call is left out" if again else "it is a paragraph now"
    assert lines_told(imported, "call") == [
        (1, f"{what} can call no note, and this calls note 1: {place}")
    ]


# Captions ----------------------------------------------------------------------------------------


def test_of_several_captions_above_a_table_the_last_is_its_own_and_all_are_kept(
    tmp_path: Path,
) -> None:
    one, two, three, four = (paragraph(run(f"Tabel {at}"), "TableCaption") for at in range(1, 5))
    imported, book = book_of(
        tmp_path, WIND, one, two, paragraph(""), table((WIND, DRY)), three, four, DRY, one
    )
    blocks = book.chapters[0].blocks
    assert [shown(block) for block in blocks] == [
        "De wind.", "Tabel 1", "De wind.; Het bleef droog.", "Tabel 3", "Tabel 4",
        "Het bleef droog.", "Tabel 1",
    ]  # fmt: skip
    (found,) = (block for block in blocks if isinstance(block, Table))
    assert plain(found.caption) == "Tabel 2"
    said = "this is set as the caption of a table, and is that of none"
    assert lines_told(imported, "caption") == [(line, said) for line in (2, 6, 7, 9)]


def test_a_caption_without_words_takes_no_picture_away(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De wind.")
    made.add_picture(io.BytesIO(PNG), width=Cm(4))
    made.add_paragraph("", style="Caption")
    own = made.add_paragraph("Het rad", style="Caption")
    own.add_run().add_picture(io.BytesIO(PNG), width=Cm(4))
    _, book = taken(saved(made), tmp_path)
    assert [(plain(one.caption), one.arrived) for one in book.photos.values()] == [
        ("Het rad", True),
        ("", True),
    ]


# Pictures and links in notes ---------------------------------------------------------------------


def with_picture(kind: str, target: str) -> bytes:
    """Return a document whose only note has a picture and a link, by the ids of its own part."""
    made = docx.Document()
    text = made.add_paragraph("De wind.")
    text._p.append(part(f'<w:r><w:{kind}Reference w:id="2"/></w:r>'))
    made.part.relate_to("https://other.example/", f"{RELATED}/hyperlink", True)
    drawn = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Een rad"/><a:graphic>'
        '<a:graphicData><a:blip r:embed="rId1"/></a:graphicData></a:graphic></wp:inline>'
        f'</w:drawing></w:r><w:hyperlink r:id="rId2">{run("Zie hier")}</w:hyperlink>'
    )
    inner = f'<w:{kind} w:id="2"><w:p>{drawn}</w:p></w:{kind}>'
    notes = f"<w:{kind}s {nsdecls('w', 'r', 'wp', 'a')}>{inner}</w:{kind}s>"
    old, out = zipfile.ZipFile(io.BytesIO(saved(made, {f"{kind}s": notes}))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            png = b'<Default Extension="png" ContentType="image/png"/></Types>'
            new.writestr(name, old.read(name).replace(b"</Types>", png))
        new.writestr("word/media/rad.png", PNG)
        new.writestr(
            f"word/_rels/{kind}s.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATED}/image" Target="{target}"/><Relationship '
            f'Id="rId2" Type="{RELATED}/hyperlink" Target="https://a.example/" '
            'TargetMode="External"/></Relationships>',
        )
    return out.getvalue()


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_the_picture_of_a_note_is_kept_and_told(tmp_path: Path, kind: str) -> None:
    imported, book = taken(with_picture(kind, "media/rad.png"), tmp_path)
    assert dict(imported.pictures) == {"picture-1.png": PNG}
    assert [(one.alt, one.arrived) for one in book.photos.values()] == [("Een rad", True)]
    assert lines_told(imported, "unplaced") == [
        (2, "photos/picture-1.png stood in note 1, which can hold no picture")
    ]
    (text,) = book.chapters[0].blocks
    assert shown(text) == "De wind.*"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_the_picture_of_a_note_that_is_not_there_is_left_out_and_told(
    tmp_path: Path, kind: str
) -> None:
    imported, book = taken(with_picture(kind, "media/weg.png"), tmp_path)
    assert not imported.pictures and not book.photos
    assert told(imported, "picture") == ["the picture word/media/weg.png is not in the file"]
    assert lines_told(imported, "unplaced") == [(2, "a picture that stood in note 1 is left out")]


def test_a_link_in_a_note_leads_where_its_own_part_says(tmp_path: Path) -> None:
    _, book = taken(with_picture("footnote", "media/rad.png"), tmp_path)
    (note,) = book.chapters[0].notes
    (block,) = note.blocks
    assert isinstance(block, Paragraph)
    links = [one.href for one in walk_inlines(block.inlines) if isinstance(one, Link)]
    assert links == ["https://a.example/"]
