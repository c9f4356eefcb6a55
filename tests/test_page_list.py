"""The printed pages in the e-book: the marks, the list, and the check that reads the PDF anew."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import BOOKS, build_all
from msgspec.structs import replace

from publish.book.inlines import PageBreak, Text, walk_inlines
from publish.book.walking import inlines_of
from publish.building.build import build
from publish.checks import epubcheck, page_list
from publish.checks.epub_reader import read_ebook
from publish.checks.page_list import Mark, check, marks_of
from publish.checks.printed import Printed, letters, printed_pages
from publish.checks.subject import Subject
from publish.engine import layout as engine
from publish.epub.package import make_epub
from publish.epub.page_list import marked
from publish.manuscript.folder import read_manuscript
from publish.standing.state import State
from publish.text.composition import composed
from publish.text.editions import edition_of, targeted
from publish.text.folios import PageStart

SAMPLE = Path(__file__).parent.parent / "manuscript"
MARK = re.compile(r'<span epub:type="pagebreak"[^>]*></span>')


def book_of(folder: Path, text: str, **chapters: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.toml").write_text('title = "Peilen"\nlanguage = "nl"\n', encoding="utf-8")
    (folder / "01-a.md").write_text(text, encoding="utf-8")
    for name, other in chapters.items():
        (folder / f"{name.replace('_', '-')}.md").write_text(other, encoding="utf-8")
    return folder


def placed(folder: Path, *starts: PageStart) -> str:
    """Return the text of a book with its marks shown as |label|."""
    read = read_manuscript(folder)
    assert read.book, read.problems
    book, listed = marked(targeted(composed(edition_of(read.book, "epub"))), starts)
    parts = []
    for chapter in book.chapters:
        for inline in walk_inlines([one for _, one in inlines_of(chapter)]):
            if isinstance(inline, PageBreak):
                parts.append(f"|{inline.label}|")
            elif isinstance(inline, Text):
                parts.append(inline.value)
        parts.append("¶")
    assert [mark.label for _, mark in listed.text] == re.findall(r"\|(\w+)\|", "".join(parts))
    return "".join(parts)


def word(
    folder: Path, label: str, words: str, file: str = "01-a.md", divided: int = 0
) -> PageStart:
    at = (folder / file).read_text(encoding="utf-8").index(words)
    return PageStart(label, "word", file, at + divided, bool(divided))


def test_a_page_is_marked_before_its_first_word(tmp_path: Path) -> None:
    folder = book_of(tmp_path, "# Peil\n\nHet water staat hoog vandaag.\n")
    start = word(folder, "7", "staat")
    assert placed(folder, start) == "PeilHet water |7|staat hoog vandaag.¶"


def test_a_divided_word_belongs_to_the_page_where_it_begins(tmp_path: Path) -> None:
    folder = book_of(tmp_path, "# Peil\n\nHet *grond*waterpeil staat hoog.\n\nEn nu?\n")
    assert "grondwaterpeil |7|staat" in placed(folder, word(folder, "7", "waterpeil", divided=3))
    # The rest of the last word of a paragraph: the next paragraph has the mark.
    assert "hoog.|7|En nu?" in placed(folder, word(folder, "7", "hoog", divided=2))


def test_a_mark_stands_before_a_stressed_word_and_a_link(tmp_path: Path) -> None:
    folder = book_of(tmp_path, "# Peil\n\nHet [hoge *water*](#dal) staat.\n\n## Dal {#dal}\n")
    read = read_manuscript(folder)
    assert read.book
    made, _ = marked(edition_of(read.book, "epub"), [word(folder, "9", "hoge")])
    inlines = made.chapters[0].blocks[0].inlines  # type: ignore[union-attr]
    assert isinstance(inlines[1], PageBreak)


def test_pages_without_a_word_in_the_e_book_go_with_the_next(tmp_path: Path) -> None:
    text = "# Peil\n\nEen.\n\n::: {.print-only}\nAlleen op papier.\n:::\n\nTwee.\n"
    folder = book_of(tmp_path, text, **{"02_b": "# Dal\n\nDrie.\n"})
    only, far = word(folder, "2", "Alleen"), PageStart("3", "word", "09-weg.md", 4)
    last = word(folder, "4", "Drie", "02-b.md")
    back = PageStart("5", "matter", "back")
    assert placed(folder, only, far, last, back) == "PeilEen.|2|Twee.¶Dal|3||4|Drie.|5|¶"


def test_blank_pages_are_not_marked(tmp_path: Path) -> None:
    folder = book_of(tmp_path, "# Peil\n\nEen.\n")
    assert placed(folder, PageStart("1", "blank"), word(folder, "2", "Een")) == "Peil|2|Een.¶"


def test_an_id_of_the_manuscript_never_meets_one_of_a_page(tmp_path: Path) -> None:
    folder = book_of(tmp_path, "# Peil\n\n## Dal {#page-2}\n\nEen.\n")
    read = read_manuscript(folder)
    assert read.book
    _, listed = marked(edition_of(read.book, "epub"), [word(folder, "2", "Een")])
    assert [mark.id for _, mark in listed.text] == ["kpage-2"]


# The whole way ------------------------------------------------------------------------------------


class Editions(Subject):
    """A subject whose editions are given."""

    def fresh(self, name: str) -> Path | None:
        return {"epub": self.folder, "print": self.out}[name]


def found(epub: Path, pdf: Path) -> list[str]:
    """Return what the check finds."""
    read = read_manuscript(SAMPLE)
    assert read.book
    return [one.message for one in check(Editions(epub, pdf, read.book, {}, (), State(epub)))]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build_all(SAMPLE, tmp_path_factory.mktemp("sample"))


@pytest.mark.parametrize("name", ["complete", "minimal", "almanac", "bilingual", "hebrew", "bare"])
def test_every_mark_stands_where_the_pdf_s_page_begins(name: str, tmp_path: Path) -> None:
    built = build(BOOKS / name, tmp_path, ["epub", "print"])
    assert found(*built.made) == []


MIXED = {
    "he": (
        "# לחם Rye and water (1986)\n\n" + "הבצק תופח לאט בקערה הגדולה. " * 90,
        "# התנור\n\n::: pullquote\nלחם and wine, warm\n:::\n\n" + "אש קטנה, לחם חם. " * 60,
    ),
    "nl": (
        "# Brood לחם en meel קמח\n\n" + "Het deeg בצק (of לחם) rijst in 12 uur. " * 70,
        "# לחם van de buren, קמח 1986\n\n" + "De oven תנור is warm genoeg. " * 40,
    ),
}


@pytest.mark.parametrize("language", MIXED)
def test_a_page_may_begin_with_words_of_both_ways(language: str, tmp_path: Path) -> None:
    """pdfium gives the words of such a line in an order of its own."""
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "hebrew" / "fonts", folder / "fonts")
    first, second = MIXED[language]
    book_of(folder, first, **{"02_b": second})
    settings = f'title = "Deeg"\nlanguage = "{language}"\n[print]\ntrim = "A6"\n'
    fonts = '[fonts]\nfiles = ["NotoSerifHebrew.woff2"]\n'
    (folder / "book.toml").write_text(settings + fonts, "utf-8")
    epub, pdf = build(folder, tmp_path / "out", ("epub", "print")).made
    assert found(epub, pdf) == []
    marked = list(marks_of(read_ebook(epub)))
    assert sum(bool(mark.before) for mark in marked) >= 2

    def late(text: str) -> str:
        return re.sub(rf"({MARK.pattern})(\w+ )(?=\w)", r"\2\1", text)

    off = found(shifted(epub, tmp_path / "off.epub", late), pdf)
    assert off and all("it does not begin at" in one for one in off)


def test_words_of_the_other_way_are_read_in_the_order_of_the_e_book() -> None:
    """As pdfium gives a line that is all in Latin letters, on a page that is read leftward."""
    known = letters("בצק 1 Jan Vink, Katern CC0 לחם")
    page = Printed.of("1 Vink Jan 0CC ,Katern\r\nלחם", known)
    assert page.letters == letters("1 Jan Vink Katern CC0 לחם")
    assert Printed.of("1 Vink Jan", letters("Jan Vonk")).letters == letters("1 Vink Jan")
    # The letter before the line is its last one as well.
    known = letters("הוא אכל לחם abcdef דגל ואז שתה")
    assert Printed.of("דגל abcdef לחם", known).letters == letters("לחם abcdef דגל")


def test_every_page_of_the_sample_that_shows_something_is_marked(sample: dict[str, Path]) -> None:
    assert found(sample["epub"], sample["print"]) == []
    ebook = read_ebook(sample["epub"])
    labels = [mark.label for mark in marks_of(ebook)]
    shown = [at for at, page in enumerate(printed_pages(sample["print"]), 1) if page.letters]
    assert labels == [str(number) for number in shown]


def shifted(epub: Path, to: Path, move: Callable[[str], str]) -> Path:
    """Write an EPUB anew with its chapters changed."""
    with zipfile.ZipFile(epub) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("EPUB/") and re.match(r"EPUB/\d", name):
                data = move(data.decode()).encode()
            new.writestr(name, data)
    return to


def test_a_mark_that_is_a_word_off_is_found(sample: dict[str, Path], tmp_path: Path) -> None:
    mark = MARK.pattern
    for pattern, put in (
        (rf"(\w+ )({mark})(?=\w)", r"\2\1"),
        (rf"({mark})(\w+ )(?=\w)", r"\2\1"),
    ):
        tried = 0

        def move(text: str, pattern: str = pattern, put: str = put) -> str:
            nonlocal tried
            text, count = re.subn(pattern, put, text)
            tried += count
            return text

        made = shifted(sample["epub"], tmp_path / "off.epub", move)
        assert tried >= 5
        assert len(found(made, sample["print"])) == tried


def test_a_list_that_lacks_a_page_is_found(sample: dict[str, Path], tmp_path: Path) -> None:
    made = tmp_path / "short.epub"
    with zipfile.ZipFile(sample["epub"]) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("nav.xhtml"):
                text = re.sub(rb'<li><a href="[^"]*">12</a></li>', b"", text)
            new.writestr(name, text)
    (told,) = found(made, sample["print"])
    assert told.endswith("page 12 is missing")


def test_a_mark_before_words_that_were_added_is_judged(
    sample: dict[str, Path], tmp_path: Path
) -> None:
    added, mark, tried = '<span class="added">Zie</span> ', MARK.pattern, 0

    def beside(text: str) -> str:
        return re.sub(rf"({mark})(?=\w)", rf"\1{added}", text)

    def early(text: str) -> str:
        nonlocal tried
        text, count = re.subn(rf"(\w+ )({mark})(?=\w)", rf"\2{added}\1", text)
        tried += count
        return text

    assert found(shifted(sample["epub"], tmp_path / "a.epub", beside), sample["print"]) == []
    told = found(shifted(sample["epub"], tmp_path / "b.epub", early), sample["print"])
    assert len(told) == tried >= 10


def test_a_page_of_which_the_e_book_shows_nothing_is_marked_with_the_next(tmp_path: Path) -> None:
    """The notes at the end of print come before the list of persons; in the e-book they do not."""
    folder = tmp_path / "book"
    folder.mkdir()
    settings = 'title = "Het peil"\nmodified = 2026-03-01T08:00:00Z\n\n[print]\nnotes = "end"\n'
    (folder / "book.toml").write_text(settings, "utf-8")
    brook = "# De beek\n\nHet water zakt in de zomer.[^1]\n\n[^1]: Hij las het van de lat.\n"
    (folder / "01-beek.md").write_text(brook, "utf-8")
    persons = '+++\nrole = "persons"\n+++\n\n# Wie\n\nJan Kiel\n: Kijkt naar het water.\n'
    (folder / "02-wie.md").write_text(persons, "utf-8")
    epub, pdf = build(folder, tmp_path / "out", ("epub", "print")).made
    assert found(epub, pdf) == []
    marks: list[str] = []

    def gather(text: str) -> str:
        marks.extend(one[0] for one in MARK.finditer(text))
        return text

    shifted(epub, tmp_path / "same.epub", gather)
    late, next_one = marks[:2]

    def moved(text: str) -> str:
        # The mark of the chapter's page goes on into its words, with another behind it.
        if late in text:
            text = text.replace(late, "").replace("zomer", f"{late}{next_one}zomer", 1)
        return text

    assert late != next_one
    told = found(shifted(epub, tmp_path / "late.epub", moved), pdf)
    assert any("it stands after the words of its page" in one for one in told)


def test_a_page_may_begin_with_what_the_e_book_has_in_other_words(tmp_path: Path) -> None:
    said = [
        f"{{.print-only}}\nOp papier is dit stuk {number} van de dijk, "
        f"{'met de hand gezet, ' * 12}en het loopt door.\n\n"
        f"{{.epub-only}}\nOp het scherm is dit deel {number}.\n\n"
        f"Het peil in week {number} was [laag]{{.print-only}}[hoger]{{.epub-only}} dan gedacht.\n"
        for number in range(16)
    ]
    folder = book_of(tmp_path / "book", "# Peil\n\n" + "\n".join(said))
    epub, pdf = build(folder, tmp_path / "out", ("epub", "print")).made
    texts: list[str] = []

    def early(text: str) -> str:
        texts.append(text)
        marks = MARK.findall(text)
        return (
            text.replace(marks[-1], "").replace(
                "Het peil in week 2 ", f"{marks[-1]}Het peil in week 2 "
            )
            if marks
            else text
        )

    off = shifted(epub, tmp_path / "off.epub", early)
    beside = re.findall(rf'class="epub-only">{MARK.pattern}', "".join(texts))
    assert len(beside) >= 2, "no page begins with words that are in print alone"
    assert found(epub, pdf) == []
    (told,) = found(off, pdf)
    assert told.endswith("it does not begin at “Het peil in week”")


def test_a_word_may_be_divided_around_a_page_of_pictures() -> None:
    facts = SimpleNamespace(pages=[SimpleNamespace(label=one) for one in "789"])
    texts = ("Het water zakt in het voor-\n", "Een foto.", "jaar staat de kade onder.")
    printed = [Printed.of(one) for one in texts]
    plate = Mark("8", "a#8", "in het voorjaar ", "", letters("Een foto."))
    mark = Mark("9", "a#9", "zakt in het voorjaar ", "staat de kade onder.", None)
    assert list(page_list._misplaced([plate, mark], facts, printed, "hiernaast")) == []
    late = replace(mark, before="in het voorjaar staat ", after="de kade onder.")
    (told,) = page_list._misplaced([plate, late], facts, printed, "hiernaast")
    assert told["label"] == "9"


def test_the_text_goes_on_after_both_pages_of_a_spread() -> None:
    facts = SimpleNamespace(pages=[SimpleNamespace(label=one) for one in ("6", "7", "8", "9")])
    texts = ("Het water zakt in het voorjaar", "Een foto.", "8", "staat de kade onder.")
    printed = [Printed.of(one) for one in texts]
    verso = Mark("7", "a#7", "in het voorjaar ", "", letters("Een foto."))
    recto = Mark("8", "a#8", "in het voorjaar ", "staat de kade onder.", None, empty=True)
    mark = Mark("9", "a#9", "in het voorjaar ", "staat de kade onder.", None)
    given = [verso, recto, mark], facts, printed, "hiernaast"
    assert list(page_list._misplaced(*given)) == []


def test_another_list_in_the_ncx_is_found(sample: dict[str, Path], tmp_path: Path) -> None:
    made = tmp_path / "other.epub"
    with zipfile.ZipFile(sample["epub"]) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("toc.ncx"):
                assert b'type="normal" value="12"' in text
                text = text.replace(b"<text>12</text>", b"<text>13</text>")
            new.writestr(name, text)
    (told,) = found(made, sample["print"])
    assert told.endswith("that of the NCX is another")


def test_a_folio_that_is_no_figure_stays_as_it_is(tmp_path: Path) -> None:
    other = {"02_b": "# Dal\n\nLaag.\n"}
    folder = book_of(tmp_path, "# Peil\n\nHet water staat hoog. En nu?\n", **other)
    read = read_manuscript(folder)
    assert read.book
    starts = [word(folder, "iv", "staat"), word(folder, "5", "En")]
    book, pages = marked(targeted(composed(edition_of(read.book, "epub"))), starts)
    path = tmp_path / "book.epub"
    path.write_bytes(make_epub(book, {}, None, "", [], pages))
    assert list(epubcheck.run(path)) == []
    ebook = read_ebook(path)
    ncx, nav = ebook.files[ebook.ncx].decode(), ebook.files[ebook.nav].decode()
    targets = re.findall(r'type="(\w+)"( value="\d+")? playOrder="(\d)">\s*<\w+><text>(\w+)<', ncx)
    assert targets == [("front", "", "2", "iv"), ("normal", ' value="5"', "3", "5")]
    assert re.findall(r'<navPoint id="[\w-]+" playOrder="(\d)">', ncx) == ["1", "4"]
    assert re.findall(r'#page-(\w+)">(\w+)</a>', nav) == [("iv", "iv"), ("5", "5")]
    assert [mark.label for mark in marks_of(ebook)] == ["iv", "5"]


def test_the_source_of_the_pages_is_named(sample: dict[str, Path]) -> None:
    with zipfile.ZipFile(sample["epub"]) as archive:
        package = archive.read("EPUB/content.opf").decode()
    read = read_manuscript(SAMPLE)
    assert read.book
    urn = read.book.settings.identifier("print")
    assert urn.startswith("urn:uuid:")
    assert f'<meta property="pageBreakSource">{urn}</meta>' in package
    for feature in ("pageBreakMarkers", "pageNavigation"):
        assert f'<meta property="schema:accessibilityFeature">{feature}</meta>' in package


def test_the_list_can_be_left_out(tmp_path: Path) -> None:
    folder = shutil.copytree(BOOKS / "minimal", tmp_path / "book")
    settings = folder / "book.toml"
    settings.write_text(settings.read_text() + "\n[epub]\npage-list = false\n", encoding="utf-8")
    built = build(folder, tmp_path / "out", ["epub"])
    with zipfile.ZipFile(built.made[0]) as archive:
        texts = [
            archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(("xhtml", "opf"))
        ]
    assert not any("page-list" in one or "pagebreak" in one or "pageBreak" in one for one in texts)


def test_an_e_book_of_pages_that_are_known_is_made_without_a_layout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = shutil.copytree(BOOKS / "complete", tmp_path / "book"), tmp_path / "out"
    made = build(folder, out, ["epub"]).made[0]
    before = made.read_bytes()
    made.unlink()

    def refuse(*given: object) -> None:
        raise AssertionError("laid out again")

    monkeypatch.setattr(engine, "lay_out", refuse)
    assert build(folder, out, ["epub"]).made[0].read_bytes() == before


def test_a_last_chapter_for_print_alone_ends_the_list(tmp_path: Path) -> None:
    book, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOKS / "minimal", book)
    (book / "02-slot.md").write_text("# Slot\n\n{.print-only}\nGedrukt in Gent.\n\n***\n", "utf-8")
    built = build(book, out, ["epub"])
    assert [one.code for one in built.problems if one.severity == "error"] == []
    assert [file.suffix for file in built.made] == [".epub"]
