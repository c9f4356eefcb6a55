"""Word processor's files that lack a part, or have a part that cannot be read."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from test_importing_docx import COMMENTS, JPEG, PNG, element, saved, taken

from publish.book.inlines import plain
from publish.book.model import Paragraph
from publish.importing import import_source

RELATIONS, PICTURE = "word/_rels/document.xml.rels", "word/media/image1.png"


def pictured() -> bytes:
    """Return a document with two pictures, one of them with a caption, and a remark."""
    made = docx.Document()
    made.add_heading("Het begin", 1)
    made.add_paragraph("De wind draaide.")
    made.add_picture(io.BytesIO(PNG), width=Cm(4))
    made.add_paragraph("Het rad van de molen", style="Caption")
    made.add_picture(io.BytesIO(JPEG), width=Cm(4))
    last = made.add_paragraph("Het bleef droog.")
    last._p.append(element('<w:r><w:commentReference w:id="0"/></w:r>'))
    return saved(made, {"comments": COMMENTS})


def without(data: bytes, part: str) -> bytes:
    return changed(data, {part: None})


def changed(data: bytes, parts: dict[str, tuple[bytes, bytes] | None], count: int = -1) -> bytes:
    """Return a file with words of its parts replaced, and without those that have none."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if (words := parts.get(name, (b"", b""))) is not None:
                read = old.read(name)
                new.writestr(name, read.replace(*words, count) if words[0] else read)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (without(pictured(), PICTURE), f"the picture {PICTURE} is not in the file"),
        (
            changed(without(pictured(), PICTURE), {RELATIONS: (b"media/image1.png", b"NULL")}),
            "the picture word/NULL is not in the file",
        ),
        (
            changed(pictured(), {RELATIONS: (b"media/image1.png", b"/../../x.png")}),
            "the picture x.png is not in the file",
        ),
        (
            changed(pictured(), {"word/document.xml": (b'r:embed="rId9"', b'r:embed="rId99"')}),
            "a picture is not in the file",
        ),
    ],
)
def test_a_picture_that_is_not_there_is_told_and_all_else_is_taken(
    tmp_path: Path, data: bytes, said: str
) -> None:
    imported, book = taken(data, tmp_path)
    told = [(one.line, one.message) for one in imported.notes if one.code == "picture"]
    assert told == [(2, said)]
    assert [one.arrived for one in book.photos.values()] == [False, True]
    assert [len(data) for data in imported.pictures.values()] == [len(JPEG)]
    blocks = [one for one in book.chapters[0].blocks if isinstance(one, Paragraph)]
    assert [plain(one.inlines) for one in blocks] == ["De wind draaide.", "Het bleef droog."]
    assert [one.code for one in imported.notes if one.code == "comment"] == ["comment"]


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "word/comments.xml"])
def test_a_part_that_is_not_there_is_told(tmp_path: Path, part: str) -> None:
    imported, _ = taken(without(pictured(), part), tmp_path)
    assert [(one.line, one.message) for one in imported.notes if one.code == "part"] == [
        (1, f"{part} is not in the file")
    ]


@pytest.mark.parametrize("part", ["word/theme/theme1.xml", "docProps/core.xml"])
def test_nothing_is_told_of_a_part_of_which_nothing_is_taken(tmp_path: Path, part: str) -> None:
    imported, _ = taken(without(pictured(), part), tmp_path)
    assert {one.code for one in imported.notes} == {"comment"}


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_the_calls_of_notes_whose_part_is_not_there_are_told(tmp_path: Path, kind: str) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("De wind draaide.")
    paragraph._p.append(element(f'<w:r><w:{kind}Reference w:id="2"/></w:r>'))
    data = saved(made, {f"{kind}s": "<empty/>"})
    imported, book = taken(without(data, f"word/{kind}s.xml"), tmp_path)
    assert not book.chapters[0].notes
    assert [(one.line, one.message) for one in imported.notes if one.code == "unread"] == [
        (1, f"here stood a call, and {kind} 2 is not in the file")
    ]


def broken(data: bytes, part: str) -> bytes:
    """Return a file with a byte of a part turned around, which is packed as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        at = file.getinfo(part).header_offset + 30 + len(part) + 40
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def locked(data: bytes) -> bytes:
    """Return a file whose heads say that it is encrypted (APPNOTE 4.4.4)."""
    held = bytearray(data)
    for sign, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = held.find(sign)
        while at >= 0:
            held[at + flags] |= 1
            at = held.find(sign, at + 1)
    return bytes(held)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (without(pictured(), "[Content_Types].xml"), "its part [Content_Types].xml is missing"),
        (without(pictured(), "_rels/.rels"), "it does not say which of its parts is the text"),
        (
            changed(pictured(), {"[Content_Types].xml": (b'Extension="png"', b'Extension="p"')}),
            f"it does not say of which kind its part {PICTURE} is",
        ),
        (
            broken(changed(pictured(), {}), "word/document.xml"),
            "its part word/document.xml is broken",
        ),
        (locked(changed(pictured(), {})), "it is locked with a password"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_plain_words(
    tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "bron.docx"
    path.write_bytes(data)
    (problem,), made = import_source(path, tmp_path / "book")
    assert (problem.message, made) == (f"{path} is a damaged DOCX: {said}", [])


KINDS, STYLES, TEXT = "[Content_Types].xml", "word/styles.xml", "word/document.xml"


def test_styles_of_which_nothing_says_that_they_are_styles_are_read(tmp_path: Path) -> None:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
    _, book = taken(changed(pictured(), {KINDS: (kind, b"application/xml")}), tmp_path)
    assert [plain(one.title.inlines) for one in book.chapters if one.title] == ["Het begin"]


def test_the_text_of_a_document_may_have_any_name(tmp_path: Path) -> None:
    moved = {"_rels/.rels": (b"word/document.xml", b"word/tekst.xml")}
    moved |= {KINDS: (b"/word/document.xml", b"/word/tekst.xml")}
    data = changed(pictured(), moved)
    named = {TEXT: "word/tekst.xml", RELATIONS: "word/_rels/tekst.xml.rels"}
    path = tmp_path / "bron.docx"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(named.get(name, name), old.read(name))
    problems, made = import_source(path, tmp_path / "book")
    assert not [one for one in problems if one.severity == "error"]
    assert "De wind draaide." in (tmp_path / "book" / made[0]).read_text("utf-8")


ENTITY = b'<!DOCTYPE w [<!ENTITY molen "De molenaar">]>'


@pytest.mark.parametrize("part", [TEXT, STYLES, "word/comments.xml", RELATIONS])
def test_a_part_with_a_doctype_is_refused(tmp_path: Path, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(pictured())) as file:
        root = re.search(rb"<[a-zA-Z]", file.read(part))
    assert root
    path = tmp_path / "bron.docx"
    path.write_bytes(changed(pictured(), {part: (root[0], ENTITY + root[0])}, 1))
    (problem,), made = import_source(path, tmp_path / "book")
    assert (problem.message, made) == (
        f"{path} has a DOCTYPE in one of its parts, as no DOCX has",
        [],
    )


def test_what_is_saved_as_strict_is_told_with_what_to_do(tmp_path: Path) -> None:
    usual, strict = (
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
        b"http://purl.oclc.org/ooxml/officeDocument/",
    )
    path = tmp_path / "bron.docx"
    path.write_bytes(changed(pictured(), {"_rels/.rels": (usual, strict)}))
    (problem,), made = import_source(path, tmp_path / "book")
    assert (problem.message, made) == (
        f"{path} is a Strict Open XML document, which is not read",
        [],
    )
    assert "not as Strict" in problem.hint
