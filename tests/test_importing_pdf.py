"""PDFs taken in: laid out from texts that are known, and those that the toolchain makes itself."""

from __future__ import annotations

import io
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from importing_texts import TEXTS
from layouts import NOTE, Setting, laid_out, plain
from PIL import Image
from test_importing_shapes import assert_accounted, read_back
from weasyprint import HTML

from publish.book.inlines import Link, NoteReference, Styled, walk_inlines
from publish.book.inlines import plain as words
from publish.book.model import (
    BlockQuote,
    Book,
    Container,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
)
from publish.importing import Imported, import_extract, import_source
from publish.importing.pdf import read_pdf
from publish.importing.refusing import Refused

SETTINGS = (
    Setting(columns=1, size=10.5, indented=True),
    Setting(columns=2, size=9.5, indented=False, inside=True),
    Setting(columns=3, size=8.5, indented=True, initial=True),
    Setting(columns=2, size=9, indented=True, ragged=True, heads=False),
)


def noise(mode: str, size: tuple[int, int] = (96, 64), seed: int = 1) -> Image.Image:
    dice = random.Random(seed)
    bands = {"L": 1, "RGB": 3, "RGBA": 4, "CMYK": 4}[mode]
    return Image.frombytes(mode, size, dice.randbytes(size[0] * size[1] * bands))


def packed(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@dataclass
class Back:
    """What came back of an article."""

    book: Book
    found: dict[str, list[str]]
    imported: Imported


def taken(data: bytes, tmp_path: Path, language: str = "") -> tuple[Imported, Book]:
    """Take a PDF in, its ledger balanced; return what was made, and the book that it is."""
    path = tmp_path / "source.pdf"
    path.write_bytes(data)
    extract = read_pdf(path, language)
    imported = import_extract(extract, path.name)
    assert_accounted(extract.text, imported)
    # Every character of the pages stands in that text.
    document = pypdfium2.PdfDocument(path)
    there = Counter(
        char
        for page in document
        for char in page.get_textpage().get_text_range()
        if not char.isspace() and char not in "\x02\ufffe-"
    )
    document.close()
    held = Counter(char for char in extract.text if not char.isspace() and char != "-")
    assert held == there
    book = read_back(imported, tmp_path / "book").book
    assert book
    return imported, book


def found_in(book: Book) -> dict[str, list[str]]:
    """Return the texts of a book by their kinds."""
    out: dict[str, list[str]] = {kind: [] for kind in ("p", "h2", "quote", "standfirst", "note")}
    for chapter in book.chapters:
        if chapter.title and chapter.role == "chapter":
            out["h2"].append(words(chapter.title.inlines))
        for block in chapter.blocks:
            kind = "standfirst" if chapter.role == "standfirst" else "p"
            match block:
                case Paragraph(inlines=inlines):
                    out[kind].append(words(inlines))
                case Heading(inlines=inlines):
                    out["h2"].append(words(inlines))
                case Container(kind="pullquote", blocks=(Paragraph(inlines=inlines),)):
                    out["quote"].append(words(inlines))
        out["note"] += [words(one.blocks[0].inlines) for one in chapter.notes]  # type: ignore[union-attr]
    out["caption"] = [words(photo.caption) for photo in book.photos.values()]
    return out


def wanted_of(language: str) -> dict[str, list[str]]:
    """Return the texts of an article by their kinds."""
    out: dict[str, list[str]] = {}
    for kind, text in TEXTS[language]:
        out.setdefault(kind, []).append(plain(text))
        out.setdefault("note", []).extend(NOTE.findall(text))
    return out


@pytest.fixture(scope="module")
def articles() -> dict[tuple[str, int], bytes]:
    return {
        (language, number): laid_out(blocks, language, setting, pictures_of(language))
        for language, blocks in TEXTS.items()
        for number, setting in enumerate(SETTINGS)
    }


def pictures_of(language: str) -> dict[str, bytes]:
    captions = [text for kind, text in TEXTS[language] if kind == "caption"]
    return {text: packed(noise("RGB", seed=len(text)), "PNG") for text in captions}


@pytest.mark.parametrize("number", range(len(SETTINGS)))
@pytest.mark.parametrize("language", TEXTS)
def test_an_article_comes_back_from_its_pages(
    articles: dict[tuple[str, int], bytes], language: str, number: int, tmp_path: Path
) -> None:
    imported, book = taken(articles[language, number], tmp_path, language)
    wanted, found = wanted_of(language), found_in(book)
    assert book.settings.title == wanted["title"][0]
    for kind in ("p", "h2", "standfirst", "quote", "caption", "note"):
        assert found[kind] == wanted[kind], kind
    assert len(book.settings.contributors) == 2
    (picture,) = imported.pictures.values()
    (data,) = pictures_of(language).values()
    assert Image.open(io.BytesIO(picture)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    left = {
        one["as"]
        for row in ledger(imported)
        for one in row["pieces"]
        if "dropped" in one and "why" not in one
    }
    assert left <= {"folio", "running head", "byline", "repeated in the front matter"}


def ledger(imported: Imported) -> list[dict[str, list[dict[str, object]]]]:
    import json

    rows: list[dict[str, list[dict[str, object]]]] = json.loads(
        imported.files["import-ledger.json"]
    )["rows"]
    return rows


@pytest.fixture(scope="module")
def screen(complete: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Return the book that comes back from the screen PDF, whose tags say what is what."""
    data = complete["screen"].read_bytes()
    return taken(data, tmp_path_factory.mktemp("screen"))[1]


def blocks_of(book: Book, title: str) -> list[object]:
    return next(
        list(one.blocks) for one in book.chapters if one.title and words(one.title.inlines) == title
    )


def test_a_tagged_pdf_gives_its_chapters_and_head_back(screen: Book) -> None:
    titles = [words(one.title.inlines) for one in screen.chapters if one.title]
    assert titles[1:] == [
        "Vooraf, bij droog weer",
        "De beek",
        "Peil en tal",
        "Een liedje voor onderweg",
        "Vragen voor een klas",
    ]
    assert screen.settings.title == "Waar de beek bleef"
    assert screen.settings.subtitle == "Een wandeling langs ‘verdwenen’ water"
    assert screen.settings.language == "nl"


def test_a_tagged_pdf_gives_lists_quotations_and_headings_back(screen: Book) -> None:
    blocks = blocks_of(screen, "De beek")
    headings = [(one.level, words(one.inlines)) for one in blocks if isinstance(one, Heading)]
    assert headings == [(2, "Van put naar gewelf"), (3, "Wat er nog van over is")]
    bullets, numbers = (one for one in blocks if isinstance(one, ListBlock))
    assert bullets.start is None and len(bullets.items) == 3
    inner = bullets.items[1][1]
    assert isinstance(inner, ListBlock) and inner.start == 1
    assert numbers.start == 3
    assert [words(one.inlines) for one in numbers.items[0] if isinstance(one, Paragraph)] == [
        "Begin bij de put.",
        "Wacht tot het stil is.",
    ]
    (quote,) = (one for one in blocks if isinstance(one, BlockQuote))
    assert isinstance(quote.blocks[1], BlockQuote)


def test_a_tagged_pdf_gives_notes_languages_and_links_back(screen: Book) -> None:
    chapter = next(
        one for one in screen.chapters if one.title and words(one.title.inlines) == "De beek"
    )
    assert [len(note.blocks) for note in chapter.notes] == [1, 2]
    inlines = [
        one
        for block in chapter.blocks
        if isinstance(block, Paragraph)
        for one in walk_inlines(block.inlines)
    ]
    calls = [one.label for one in inlines if isinstance(one, NoteReference)]
    first, second = (note.label for note in chapter.notes)
    assert calls == [first, second, first]
    languages = [
        (one.attrs.get("lang"), words(one.children)) for one in inlines if isinstance(one, Styled)
    ]
    assert languages == [("ru", "ручей"), ("grc", "ρείθρον")]
    links = [one.href for one in inlines if isinstance(one, Link)]
    assert links == ["https://example.org/beken"]


def test_a_tagged_pdf_gives_tables_terms_and_figures_back(screen: Book) -> None:
    blocks = blocks_of(screen, "Peil en tal")
    (table,) = (one for one in blocks if isinstance(one, Table))
    assert [words(cell) for cell in table.head] == [
        "Jaar",
        "Laagste peil",
        "Hoogste peil",
        "Oordeel",
    ]
    assert [[words(cell) for cell in row][:2] for row in table.rows] == [
        ["2021", "4 cm"],
        ["2022", "0 cm"],
        ["2023", "2 cm"],
    ]
    assert words(table.caption) == "Laagste en hoogste peil in de put, per jaar"
    (terms,) = (one for one in blocks if isinstance(one, DefinitionList))
    assert [(words(term), len(told)) for term, told in terms.entries] == [
        ("Peilstok", 1),
        ("Verval", 2),
    ]
    alts = {one.alt for one in screen.photos.values()}
    assert "Een rond deksel met acht spaken en een rode rand." in alts
    assert "Drie kolommen: 31 in 2021, 18 in 2022 en 26 in 2023." in alts
    assert any(isinstance(one, Figure) for one in blocks)


def test_the_contents_and_the_repeated_title_go_to_the_ledger(
    complete: dict[str, Path], tmp_path: Path
) -> None:
    imported, book = taken(complete["print"].read_bytes(), tmp_path)
    kinds = Counter(
        one["as"] for row in ledger(imported) for one in row["pieces"] if "dropped" in one
    )
    assert (
        kinds["contents"] >= 6
        and kinds["repeated in the front matter"] >= 1
        and kinds["folio"] >= 5
    )
    assert "Inhoud" not in [words(one.title.inlines) for one in book.chapters if one.title]


def page(html: str, css: str = "") -> bytes:
    style = f"<style>@page {{ size: A5; margin: 20mm }} body {{ hyphens: manual }} {css}</style>"
    return bytes(HTML(string=f'<html lang="nl">{style}<body>{html}').write_pdf())


PICTURES = {
    "grey.png": packed(noise("L"), "PNG"),
    "colour.png": packed(noise("RGB"), "PNG"),
    "clear.png": packed(noise("RGBA"), "PNG"),
    "photo.jpg": packed(noise("RGB", seed=4), "JPEG"),
}


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("pictures")
    for name, data in PICTURES.items():
        (folder / name).write_bytes(data)
    rows = "".join(
        f'<p>Boven {name} staat dit.</p><img style="width: 60mm" src="{(folder / name).as_uri()}">'
        f'<p class="c">Het bijschrift van {name}</p>'
        for name in PICTURES
    )
    return page(rows, ".c { font-size: 8pt; font-style: italic }")


def test_pictures_come_out_pixel_for_pixel(pictured: bytes, tmp_path: Path) -> None:
    imported, book = taken(pictured, tmp_path)
    files = {words(one.caption): one.file for one in book.photos.values()}
    for name, data in PICTURES.items():
        made = imported.pictures[files[f"Het bijschrift van {name}"]]
        if name.endswith("jpg"):
            assert made == data
            continue
        a, b = Image.open(io.BytesIO(made)), Image.open(io.BytesIO(data))
        assert a.convert("RGBA").tobytes() == b.convert("RGBA").tobytes()


def turned(data: bytes) -> bytes:
    """Return a PDF whose pages are drawn turned, and turned back by their /Rotate."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for at, one in enumerate(pdf.pages):
            _, _, right, head = (float(side) for side in one.mediabox)
            by = (90, 180, 270)[at % 3]
            matrix = {
                90: f"0 1 -1 0 {head} 0 cm",
                180: f"-1 0 0 -1 {right} {head} cm",
                270: f"0 -1 1 0 0 {right} cm",
            }[by]
            one.contents_add(f"q {matrix}".encode(), prepend=True)
            one.contents_add(b"Q")
            one.mediabox = [0, 0, right, head] if by == 180 else [0, 0, head, right]
            one.trimbox = one.mediabox
            one.obj.Rotate = by
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_pages_that_are_turned_are_read_as_they_are_seen(pictured: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    straight = taken(pictured, tmp_path / "a")[0]
    back = taken(turned(pictured), tmp_path / "b")[0]
    chapters = [name for name in straight.files if name.endswith(".md")]
    assert [back.files[name] for name in chapters] == [straight.files[name] for name in chapters]
    for one, other in zip(straight.pictures.values(), back.pictures.values(), strict=True):
        a, b = (Image.open(io.BytesIO(data)).convert("RGBA") for data in (one, other))
        assert a.tobytes() == b.tobytes()


def test_what_lies_beyond_the_trim_is_left_out_and_told(tmp_path: Path) -> None:
    slug = '<p style="position: absolute; top: -15mm">opdracht 77</p>'
    data = page(slug + "<p>Op de bladzijde staat een zin.</p>" * 3)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        one = pdf.pages[0]
        left, foot, right, head = (float(side) for side in one.mediabox)
        one.trimbox = [left + 50, foot + 50, right - 50, head - 50]
        out = io.BytesIO()
        pdf.save(out)
    imported, _ = taken(out.getvalue(), tmp_path)
    dropped = [
        (one["as"], one["dropped"])
        for row in ledger(imported)
        for one in row["pieces"]
        if "dropped" in one
    ]
    assert dropped == [("beyond the trimmed page", "opdracht 77")]


def refused(data: bytes, tmp_path: Path) -> Refused:
    path = tmp_path / "no.pdf"
    path.write_bytes(data)
    with pytest.raises(Refused) as caught:
        read_pdf(path)
    return caught.value


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page("<p>Geheim.</p>"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    error = refused(out.getvalue(), tmp_path)
    assert "password" in str(error) and "--decrypt" in error.advice


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    error = refused(b"%PDF-1.7\nniets\n", tmp_path)
    assert "damaged" in str(error)


def test_a_scan_is_refused_and_told_of_ocr(tmp_path: Path) -> None:
    picture = packed(noise("L", (200, 300)), "PNG")
    import base64

    source = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    error = refused(page(f'<img style="width: 100%" src="{source}">'), tmp_path)
    assert "is a scan" in str(error) and "OCR" in error.advice


def test_letters_without_characters_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page("<p>Een zin van woorden, en nog een.</p>" * 3))) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
                codes = b"".join(b"<%04x> <e%03x>\n" % (n, n) for n in range(100))
                head = b"1 begincodespacerange <0000> <ffff> endcodespacerange 100 beginbfchar\n"
                one.ToUnicode = pdf.make_stream(
                    b"/CIDInit /ProcSet findresource begin begincmap\n"
                    + head
                    + codes
                    + b"endbfchar endcmap"
                )
        pdf.save(out)
    error = refused(out.getvalue(), tmp_path)
    assert "which characters" in str(error)


def test_actions_and_files_in_a_pdf_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page("<p>Een gewone zin, met een punt.</p>" * 4))) as pdf:
        target = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("/bin/true"))
        pdf.Root.OpenAction = target
        pdf.attachments["kwaad.txt"] = b"niet lezen"
        pdf.save(out)
    imported, _ = taken(out.getvalue(), tmp_path)
    assert not any("kwaad" in text or "niet lezen" in text for text in imported.files.values())
    assert not imported.pictures


def test_the_kind_of_a_file_is_told_by_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "tekst.txt"
    path.write_bytes(page("<h1>De titel</h1><p>Een zin die ergens over gaat.</p>"))
    problems, made = import_source(path, tmp_path / "book")
    assert "import-ledger.json" in made
    assert all(one.code == "I802" for one in problems)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 \n")
    (problem,), made = import_source(broken, tmp_path / "none")
    assert problem.code == "I801" and "damaged PDF" in problem.message and made == []
    assert not (tmp_path / "none").exists()


def test_the_same_pdf_gives_the_same_files(pictured: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = (taken(pictured, tmp_path / name)[0] for name in "ab")
    assert dict(one.files) == dict(other.files) and dict(one.pictures) == dict(other.pictures)
