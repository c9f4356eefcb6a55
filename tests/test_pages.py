"""The paged editions as a printer and a reader get them, read back from their PDFs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import BOOKS
from readback_pdf import MM, Bookmark, Page, Piece, ReadPdf

from publish.building.build import build
from publish.building.workshop import Workshop
from publish.cover.front import cover_document
from publish.engine.layout import lay_out, write_pdf
from publish.ground.problems import has_errors
from publish.manuscript.folder import read_manuscript
from publish.markup.stylesheets import stylesheet
from publish.pages.facts import holes
from publish.pages.placing import Arrangement
from publish.settings.printing import PrintSettings
from publish.sizes.geometry import page_of

WIDTH, HEIGHT, BLEED, EDGE = 148.0, 210.0, 3.0, 9.0
BLACK = ("DeviceCMYK", (0.0, 0.0, 0.0, 1.0))
RED = ("DeviceCMYK", (0.0, 0.98, 0.82, 0.06))
PAPER = ("DeviceCMYK", (0.0, 0.0, 0.0, 0.0))
TITLE = "Waar de beek bleef"
MARK = re.compile(r"^(?:\d\d-[\w-]+\.md|captions\.toml):\d+ ?")

# The book's pages, from 0: which heading stands on which.
HEADINGS = {
    "Vooraf, bij droog weer": 5,
    "De beek": 6,
    "Van put naar gewelf": 6,
    "Wat er nog van over is": 7,
    "Peil en tal": 8,
    "Een liedje voor onderweg": 10,
    "Vragen voor een klas": 12,
}
LEVELS = (1, 1, 2, 3, 1, 1, 1)


@pytest.fixture(scope="module")
def printed(complete: dict[str, Path]) -> ReadPdf:
    return ReadPdf(complete["print"])


@pytest.fixture(scope="module")
def screen(complete: dict[str, Path]) -> ReadPdf:
    return ReadPdf(complete["screen"])


@pytest.fixture(scope="module")
def proof(complete: dict[str, Path]) -> ReadPdf:
    return ReadPdf(complete["proof"])


def head_of(page: Page) -> str:
    """Return what stands above the text area."""
    return " ".join(line.text for line in page.lines if line.bottom > HEIGHT - 15)


def folio_of(page: Page) -> str:
    """Return what stands below the text area."""
    return " ".join(line.text for line in page.lines if line.top < 20)


def has_heading(page: Page, title: str) -> bool:
    return any(line.text == title and line.top - line.bottom > 2 for line in page.lines)


# The sheet ----------------------------------------------------------------------------------------


def test_boxes(printed: ReadPdf) -> None:
    assert len(printed.pages) == 16
    for page in printed.pages:
        assert page.media == page.crop == (0, 0, WIDTH + 2 * EDGE, HEIGHT + 2 * EDGE)
        assert page.trim == (EDGE, EDGE, EDGE + WIDTH, EDGE + HEIGHT)
        low = EDGE - BLEED
        assert page.bleed == (low, low, EDGE + WIDTH + BLEED, EDGE + HEIGHT + BLEED)


def test_marks_and_nothing_else_stand_outside_the_bleed(printed: ReadPdf) -> None:
    scale = 4.0
    dots = scale * MM  # to the mm

    def at(millimetres: float) -> int:
        return round(millimetres * dots)

    for number in range(len(printed.pages)):
        picture = printed.picture(number, scale)
        wide, high = picture.size
        assert abs(wide - at(WIDTH + 2 * EDGE)) <= 1 and abs(high - at(HEIGHT + 2 * EDGE)) <= 1
        outside = picture.copy()
        low = at(EDGE - BLEED - 0.5)
        outside.paste(255, (low, low, wide - low, high - low))
        # A mark in line with each edge of the trim, 5 mm long and 1 mm off the bleed.
        for x in (EDGE, EDGE + WIDTH):
            for y in (0.2, 4.8, HEIGHT + 2 * EDGE - 4.8, HEIGHT + 2 * EDGE - 0.2):
                column = [picture.getpixel((at(x) + off, at(y))) for off in (-1, 0, 1)]
                assert min(column) < 160, (number, x, y)
            outside.paste(255, (at(x) - 3, 0, at(x) + 4, high))
        for y in (EDGE, EDGE + HEIGHT):
            for x in (0.2, 4.8, WIDTH + 2 * EDGE - 4.8, WIDTH + 2 * EDGE - 0.2):
                row = [picture.getpixel((at(x), at(y) + off)) for off in (-1, 0, 1)]
                assert min(row) < 160, (number, x, y)
            outside.paste(255, (0, at(y) - 3, wide, at(y) + 4))
        # A register mark at the middle of each side: a cross, and a circle around it.
        half, across, along = at(2.5), wide // 2, high // 2
        for x, y in ((across, half), (across, high - half), (half, along), (wide - half, along)):
            box = (x - half - 1, y - half - 1, x + half + 2, y + half + 2)
            mark = outside.crop(box)
            arms = [mark.crop((half - 1, 4, half + 4, 8)), mark.crop((4, half - 1, 8, half + 4))]
            assert all(arm.getextrema()[0] < 160 for arm in arms)
            assert mark.crop((6, 6, 10, 10)).getextrema() == (255, 255)
            outside.paste(255, box)
        slug = (at(EDGE + 1), high - at(5), across - half, high)
        assert outside.crop(slug).getextrema()[0] < 160
        outside.paste(255, slug)
        assert outside.getextrema() == (255, 255), f"ink outside the bleed of page {number}"
        # No mark reaches into the bleed, where a page is white there.
        if number in range(5, 15):
            inside = picture.crop((low, low, wide - low, at(EDGE)))
            assert inside.getextrema() == (255, 255)


def test_margins_change_sides(printed: ReadPdf) -> None:
    """Text begins at the inner margin on a right-hand page, at the outer one on a left-hand one."""
    page = page_of(PrintSettings())
    assert page.inner - page.outer > 1
    for number in range(6, 14):
        left = min(piece.left for piece in printed.pages[number - 1].pieces)
        margin = page.inner if number % 2 else page.outer
        # A, V, W, T and Y hang out by a hair.
        assert 0 <= left - margin + 0.1 < 0.45, (number, left)


def test_the_cover_fills_the_bleed(printed: ReadPdf) -> None:
    back = printed.picture(15, 2.0)
    wide, high = back.size
    dots = 2 * MM
    for x in (EDGE - BLEED + 0.5, WIDTH / 2, EDGE + WIDTH + BLEED - 0.5):
        for y in (EDGE - BLEED + 0.5, EDGE + HEIGHT + BLEED - 0.5):
            assert back.getpixel((round(x * dots), round(y * dots))) < 200
    assert wide < high


def test_a_letter_that_no_font_of_the_book_has_is_told_with_its_place() -> None:
    # The blanks before a strange letter are of its font too: it is not looked for by them.
    text = "<p>Regen,\u00a0wind.</p><p style='break-before: page'>Daar \u05d0\u00a0\u05d0 ook.</p>"
    pages = lay_out(text, "body { font-family: Katern Serif }", {})
    (told,) = [one for one in write_pdf(pages)[1] if one.code == "P402"]
    assert "not the book's for “\u05d0”, first in “" in told.message
    assert told.message.endswith("” on page 2") and "\u05d0" in told.message.split("first in")[1]
    assert "[fonts]" in told.hint


def test_a_word_of_the_language_itself_is_told_at_the_fonts_of_the_settings(tmp_path: Path) -> None:
    """A book in Dutch that says to be in Hebrew: the title of its contents is in Hebrew."""
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    (folder / "02-twee.md").write_text("# Twee\n\nNog een hoofdstuk.\n", encoding="utf-8")
    toml = (folder / "book.toml").read_text(encoding="utf-8")
    assert "language" not in toml
    (folder / "book.toml").write_text(f'language = "he"\n{toml}', encoding="utf-8")
    built = build(folder, tmp_path / "out", ("print", "booklet"))
    told = [one for one in built.problems if one.code == "P402"]
    assert len(told) == 1 and told[0].span and told[0].span.file.endswith("book.toml")
    assert "“תוכן העניינים” on page" in told[0].message


def test_inks(printed: ReadPdf) -> None:
    """Text is K alone, the one red of the book, or paper on the back cover's ground."""
    inks = list(printed.inks())
    assert {ink for _, ink in inks} == {BLACK, RED, PAPER}
    assert {page for page, ink in inks if ink == PAPER} <= {0, 15}
    assert sum(ink == BLACK for _, ink in inks) > 100


def test_fonts(printed: ReadPdf, screen: ReadPdf, proof: ReadPdf) -> None:
    for pdf in (printed, screen, proof):
        assert all(pdf.fonts.values())
        assert {name.partition("-")[0] for name in pdf.fonts} == {"Katern"}
        assert {name.split("-")[1] for name in pdf.fonts} <= {"Sans", "Serif"}


def test_nothing_of_the_machine_is_in_the_file(complete: dict[str, Path]) -> None:
    for name, path in complete.items():
        data = path.read_bytes()
        if path.suffix == ".pdf":
            data += ReadPdf(path).unpacked()
        for trace in (b"file:", b"katern:", str(BOOKS.parent.parent).encode(), b"/tmp/", b"/home/"):
            assert trace not in data, (name, trace)


def test_no_links_in_print(printed: ReadPdf) -> None:
    assert not any(page.links for page in printed.pages)


# The text -----------------------------------------------------------------------------------------


def test_labels_are_the_folios(printed: ReadPdf, screen: ReadPdf, proof: ReadPdf) -> None:
    # The proof has pages more, with what is open and what to look at.
    for pages in (printed.pages, screen.pages, proof.pages[: len(printed.pages)]):
        assert [page.label for page in pages] == [str(one) for one in range(1, 17)]
    for number, page in enumerate(printed.pages[4:14], 5):
        assert folio_of(page) == str(number)
        (folio,) = (piece for piece in page.pieces if piece.text == str(number) and piece.top < 20)
        # A left-hand page has it on the left, a right-hand one on the right.
        assert (folio.left < 20) == (number % 2 == 0)
    assert [head_of(page) + folio_of(page) for page in printed.pages[1:4]] == [""] * 3


def test_running_heads(printed: ReadPdf) -> None:
    """The book's title on the left, the chapter's (or its short form) on the right."""
    heads = {number: head_of(page) for number, page in enumerate(printed.pages[5:14], 5)}
    assert heads == {
        5: TITLE, 6: "De beek", 7: TITLE, 8: "Peil", 9: TITLE, 10: "Een liedje voor onderweg",
        11: TITLE, 12: "Vragen voor een klas", 13: TITLE,
    }  # fmt: skip


def test_bookmarks_are_the_contents(printed: ReadPdf, screen: ReadPdf, proof: ReadPdf) -> None:
    wanted = [
        Bookmark(level, title, page)
        for level, (title, page) in zip(LEVELS, HEADINGS.items(), strict=True)
    ]
    for pdf in (printed, screen, proof):
        assert pdf.bookmarks == wanted
    for title, page in HEADINGS.items():
        assert has_heading(printed.pages[page], title)


def test_the_contents_name_the_pages_of_the_headings(printed: ReadPdf) -> None:
    listed = [line.text for line in printed.pages[3].lines]
    assert listed[0] == "Inhoud"
    shown = {title: page for title, page in HEADINGS.items() if title != "Wat er nog van over is"}
    assert listed[1:] == [f"{page + 1} {title}" for title, page in shown.items()]


def test_references_name_the_page_of_their_target(printed: ReadPdf) -> None:
    words = [page.words for page in printed.pages]
    assert "terug: De beek (p. 7) begint er, en de cijfers (p. 9) staan" in words[5]
    assert "afbeelding 4 (p. 11) ) en lees tabel 1 (p. 9)" in words[6]
    assert "Tabel 1" in words[8]
    assert "4 De beek tussen haar oevers" in words[10]
    assert "Denk aan Van put naar gewelf (p. 7)" in words[12]


def test_notes_stand_on_the_page_of_their_call(printed: ReadPdf) -> None:
    for number, call, notes in (
        (6, "ring. 1", ("1 Het weiland heet", "2 De kaart hangt", "Wie ze wil zien")),
        (8, "gewoon 1", ("1 Gewoon betekent hier", "2 De werkgroep vroeg")),
    ):
        lines = printed.pages[number].lines
        (called,) = (line for line in lines if call in line.text)
        for note in notes:
            (found,) = (line for line in lines if line.text.startswith(note))
            assert found.top < called.bottom
            assert found.bottom > 20
            assert found.top < 40
    # A note that is called again is not set again.
    assert "schetsboek. 1" in printed.pages[7].words
    assert "Het weiland heet" not in printed.pages[7].words


def test_what_only_print_shows(printed: ReadPdf) -> None:
    words = " ".join(page.words for page in printed.pages)
    assert "De noten staan onder aan de bladzijde" in words
    assert "Tik op een cijfertje" not in words


def test_captions_tell_who_made_the_picture(printed: ReadPdf) -> None:
    words = " ".join(page.words for page in printed.pages)
    for told in (
        "Het deksel van de put, van boven gezien atelier De Kei, 2025, CC BY 4.0",
        "De beek tussen haar oevers atelier De Kei",
        "in centimeter Bron: metingen van de werkgroep",
    ):
        assert told in words


def test_who_answers_for_the_book(printed: ReadPdf) -> None:
    makers = "werkgroep Waterlijn"
    subtitle = "Een wandeling langs ‘verdwenen’ water"
    assert [line.text for line in printed.pages[0].lines] == [
        TITLE, subtitle, makers, "Stichting Waterlijn",
    ]  # fmt: skip
    assert [line.text for line in printed.pages[1].lines] == [
        f"{TITLE}. {subtitle}",
        makers,
        "Redactie: stadsarchief Waterlijn",
        "Illustraties: atelier De Kei, De Kei, België",
        "Kleine wandelingen 3",
        "Eerste druk. Stichting Waterlijn, Mechelen. 2026",
        "ISBN 978-0-00-000001-9",
        "NUR 693",
        "Wettelijk depot: D/2026/0000/3",
        "V.U.: werkgroep Waterlijn, Oeverpad 1, Mechelen",
        "CC BY 4.0",
    ]
    # The cover for the shops is a picture: its words are read before it becomes one.
    book = read_manuscript(BOOKS / "complete").book
    assert book
    laid = lay_out(cover_document(book.settings, None), stylesheet("cover"), {})
    (cover,) = ReadPdf(write_pdf(laid)[0]).pages
    assert cover.words.endswith(f"{makers} Stichting Waterlijn")


def test_lists_count_as_they_were_typed(printed: ReadPdf) -> None:
    lines = [line.text for line in printed.pages[6].lines]
    assert [line for line in lines if line[:2] in ("3.", "4.")] == [
        "3. Begin bij de put.",
        "4. Volg de helling , ook als die er niet lijkt te zijn.",
    ]


def test_lines_stand_on_the_baseline_grid(printed: ReadPdf) -> None:
    """Lines of the text size are whole lines apart; below a pull quote, say, half of one."""
    size, line, top = 9.7 / 0.75, 4.65, 18.5
    for number in (5, 10):
        lines = printed.baselines(number, size)
        assert len(lines) > 3
        steps = [(HEIGHT - top - one) / line for one in lines]
        halves = [2 * (step - steps[0]) for step in steps]
        assert all(abs(half - round(half)) < 0.04 for half in halves), (number, steps)


# The screen ---------------------------------------------------------------------------------------


def test_the_screen_edition_is_tagged(screen: ReadPdf) -> None:
    root = screen.pdf.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "nl"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "/StructTreeRoot" in root
    assert str(screen.pdf.docinfo["/Title"]) == TITLE
    assert str(screen.pdf.docinfo["/Author"]) == "werkgroep Waterlijn"
    tagged = [one for one in screen.pdf.objects if getattr(one, "get", None) and "/S" in one]
    kinds = {str(one["/S"]) for one in tagged}
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link"} <= kinds
    alts = {str(one["/Alt"]) for one in tagged if "/Alt" in one}
    assert "Een rond deksel met acht spaken en een rode rand." in alts


def test_the_screen_edition_has_links_and_no_bleed(screen: ReadPdf) -> None:
    for page in screen.pages:
        assert page.media == page.trim == (0, 0, WIDTH, HEIGHT)
    links = [link for page in screen.pages for link in page.links]
    assert {link for link in links if link != "#"} == {"https://example.org/beken"}
    assert links.count("#") > 8


def test_screen_and_print_break_their_lines_alike(printed: ReadPdf, screen: ReadPdf) -> None:
    """But for the back cover, which has its barcode on paper alone."""
    said, pressed = ([page.text for page in one.pages] for one in (screen, printed))
    assert said[:-1] == pressed[:-1]
    assert said[-1].splitlines()[:3] == pressed[-1].splitlines()[:3]


# The proof ----------------------------------------------------------------------------------------


def test_each_line_of_a_proof_has_its_place_beside_it(proof: ReadPdf) -> None:
    """Each paragraph's first line has file and line beside it; they begin with its first word."""
    seen: dict[str, str] = {}
    for page in proof.pages:
        for mark in (piece for piece in page.pieces if MARK.match(piece.text)):
            place = MARK.match(mark.text)
            assert place
            beside = [
                piece
                for piece in page.pieces
                if piece.bottom < mark.top + 1
                and piece.top > mark.bottom - 6
                and piece.left > mark.right
                and not MARK.match(piece.text)
                and not re.fullmatch(r"\d{1,2}|PROEF", piece.text)
            ]
            seen[place[0].strip()] = row_of(mark, beside)
    for place, text in seen.items():
        file, _, line = place.rpartition(":")
        source = (BOOKS / "complete" / file).read_text(encoding="utf-8").split("\n")
        if file.endswith(".toml"):
            assert source[int(line) - 1].startswith(("[", "caption = "))
        elif not source[int(line) - 1].startswith(("|", "```")):
            assert letters(source[int(line) - 1]) & letters(text), (place, text)
    # Every paragraph that print shows is there, by the line on which it begins.
    for file, lines in (
        ("02-vooraf.md", (6, 9, 14, 17, 25)),
        ("03-de-beek.md", (1, 3, 9, 11, 15, 17, 18, 19, 20, 21, 22, 24, 26, 28, 30, 34, 36, 41)),
        ("04-peil-en-tal.md", (5, 7, 10, 18, 22, 24, 25, 27, 28, 29, 32, 34, 42, 44)),
        ("05-een-liedje.md", (1, 3, 6, 12, 15, 19, 21, 24, 28)),
    ):
        assert {f"{file}:{line}" for line in lines} <= seen.keys()


def row_of(mark: Piece, pieces: list[Piece]) -> str:
    """Return the text of the row of pieces that stands nearest to a mark's own foot."""
    near = min((abs(one.bottom - mark.bottom) for one in pieces), default=0.0)
    row = [one for one in pieces if abs(abs(one.bottom - mark.bottom) - near) < 2]
    return " ".join(one.text for one in sorted(row, key=lambda one: one.left))


def letters(text: str) -> set[str]:
    return set(re.findall(r"\w\w+", text.lower()))


# Other shapes of page -----------------------------------------------------------------------------

WORDS = "Het water stond laag en de kade was leeg. "
SHAPES = {
    "recto": 'description = "Over water."\n[print]\nchapters = "recto"\n',
    "run-on": '[print]\nchapters = "run-on"\ntrim = "A6"\nbleed = "5 mm"\n',
    "columns": '[print]\ncolumns = 2\ntrim = "A4"\nbinding = "perfect"\ncover = "separate"\n',
}


@pytest.fixture(scope="module")
def shaped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadPdf]:
    """Return the print PDF of a small book in each of the shapes."""
    made = {}
    for name, settings in SHAPES.items():
        folder = tmp_path_factory.mktemp(name)
        (folder / "book.toml").write_text(
            f'title = "Kade"\nmodified = 2026-03-01T08:00:00Z\n{settings}', encoding="utf-8"
        )
        for number, title in enumerate(("Eb", "Vloed", "Dok"), 1):
            text = f"# {title}\n\n{WORDS * 3}Noot.[^a]\n\n{WORDS * 12}\n\n[^a]: Bij {title}.\n"
            (folder / f"{number:02}.md").write_text(text, encoding="utf-8")
        built = build(folder, folder / "out", ("print",))
        assert not has_errors(built.problems)
        made[name] = ReadPdf(built.made[0])
    return made


def starts(pdf: ReadPdf) -> list[int]:
    """Return the page, from 1, on which each chapter begins."""
    return [mark.page + 1 for mark in pdf.bookmarks]


def test_chapters_on_right_hand_pages(shaped: dict[str, ReadPdf]) -> None:
    pdf = shaped["recto"]
    assert starts(pdf) == [5, 7, 9]
    assert [page.pieces for page in (pdf.pages[5], pdf.pages[7])] == [(), ()]  # blank, no folio
    assert len(pdf.pages) % 4 == 0
    # What fills the sheet stands before the last page, which is the back cover.
    assert [page.words for page in pdf.pages[-3:]] == ["", "", "Over water."]
    for number, is_white in ((-3, True), (-2, True), (-1, False)):
        grey = pdf.picture(len(pdf.pages) + number, 0.5)
        middle = grey.getpixel((grey.width // 2, grey.height // 2))
        assert (middle == 255) == is_white, number
    assert "1 Bij Eb." in pdf.pages[4].words


def test_chapters_that_run_on(shaped: dict[str, ReadPdf]) -> None:
    pdf = shaped["run-on"]
    assert pdf.pages[0].trim == (11, 11, 116, 159)
    assert pdf.pages[0].bleed == (6, 6, 121, 164)
    pages = starts(pdf)
    assert pages[0] % 2 == 1
    assert pages == sorted(pages)
    assert pages[2] - pages[0] <= 3
    words = " ".join(page.words for page in pdf.pages)
    # Chapters share pages, so their notes count on.
    assert [
        words.count(f"{number} Bij {title}.") for number, title in ((1, "Eb"), (2, "Vloed"))
    ] == [1, 1]
    assert len(pdf.pages) % 4 == 0


def test_columns(shaped: dict[str, ReadPdf]) -> None:
    pdf = shaped["columns"]
    assert pdf.pages[0].trim == (9, 9, 219, 306)
    page = pdf.pages[starts(pdf)[0] - 1]
    lefts = {round(piece.left) for piece in page.pieces if piece.top - piece.bottom < 4}
    assert max(lefts) - min(lefts) > 80  # there is a column on the right
    assert max(piece.right - piece.left for piece in page.pieces) < 100
    # The last columns of a chapter end level.
    text = [piece for piece in page.pieces if "kade" in piece.text]
    left, right = (
        min(one.bottom for one in text if (one.left > 105) == is_right)
        for is_right in (False, True)
    )
    assert abs(left - right) < 8
    # Bound with glue, its cover apart: no page is added, and the first is the title page.
    assert "Kade" in pdf.pages[0].words
    assert {ink for _, ink in pdf.inks()} <= {BLACK, RED}


# Where lines and pages end ------------------------------------------------------------------------

LINE = "De sluiswachterswoning bij de binnenscheepvaartroute werd zondagnamiddag opengesteld. "


def test_no_page_begins_or_ends_with_a_single_line_and_words_are_broken(tmp_path: Path) -> None:
    """Each paragraph begins with a number of its own and ends with it."""
    paragraphs = [f"B{n}b {LINE * (2 + n % 2)} E{n}e." for n in range(100, 180)]
    (tmp_path / "book.toml").write_text('title = "Sluis"\nmodified = 2026-03-01T08:00:00Z\n')
    (tmp_path / "01.md").write_text("# Sluis\n\n" + "\n\n".join(paragraphs) + "\n")
    built = build(tmp_path, tmp_path / "out", ("print",))
    pages = [page for page in ReadPdf(built.made[0]).pages if "B1" in page.text]
    assert len(pages) > 4
    broken = 0
    bodies = [[one.text for one in page.lines if 20 < one.top < HEIGHT - 17] for page in pages]
    for body in bodies:
        broken += sum(line.endswith("-") for line in body)
        assert not re.match(r"(?!B1).*E1\d\de\.$", body[0]), body[0]
        assert not re.match(r"B1\d\db (?!.*E1\d\de\.$)", body[-1]), body[-1]
    assert broken > 20
    # A page may well end within a paragraph.
    assert any(not body[-1].endswith("e.") for body in bodies)


# The sheets ---------------------------------------------------------------------------------------


def test_a_booklet_is_what_the_settings_ask_for(tmp_path: Path) -> None:
    """Paper of 0.8 mm, turned over its long edge, and shrunk to leave 12 mm white."""
    (tmp_path / "book.toml").write_text(
        'title = "Kade"\nmodified = 2026-03-01T08:00:00Z\n'
        'running-order = ["02.md", "01.md", "03.md"]\n'
        '[print]\nchapters = "recto"\npaper = { grams = 400, bulk = 2.0 }\n'
        '[booklet]\nflip = "long"\nfit = "printable"\nmargin = "12 mm"\n'
    )
    for number, title in enumerate(("Eb", "Vloed", "Dok"), 1):
        (tmp_path / f"{number:02}.md").write_text(f"# {title}\n\n{WORDS}\n")
    built = build(tmp_path, tmp_path / "out", ("print", "booklet"))
    assert not has_errors(built.problems)
    pages, sheets = map(ReadPdf, built.made)
    assert [mark.title for mark in pages.bookmarks] == ["Vloed", "Eb", "Dok"]
    assert len(pages.pages) == 12
    assert str(sheets.pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"
    sides = [sheets.placed(number) for number in range(6)]
    assert [sorted(side) for side in sides] == [
        [0, 11], [1, 10], [2, 9], [3, 8], [4, 7], [5, 6],
    ]  # fmt: skip
    scale = min((297 - 24) / (2 * WIDTH), (210 - 24) / HEIGHT)
    for number, side in enumerate(sides):
        turned = -1 if number % 2 else 1
        assert {round(one, 3) for one, _ in side.values()} == {round(turned * scale, 3)}
    # Each sheet inside stands nearer to the fold by its thickness, on both sides of it.
    for right, left, sheet in ((2, 9, 1), (4, 7, 2)):
        front = sides[2 * sheet]
        assert front[right][1] - sides[0][0][1] == pytest.approx(-0.8 * sheet, abs=0.01)
        assert front[left][1] - sides[0][11][1] == pytest.approx(0.8 * sheet, abs=0.01)


def test_in_columns_the_text_fills_the_page_before_a_wide_picture(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(Path(__file__).parent / "cases" / "base", folder)
    with (folder / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write('[print]\ntrim = "A4"\ncolumns = 3\n')
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 4"><path d="M1 1h3v2z"/></svg>'
    (folder / "photos" / "stip.svg").write_text(square)
    line = "Het water in de sloot stond die week hoger dan de weg erlangs. " * 6
    text = [line] * 13 + ["![](stip){place=full}"] + [line] * 24
    (folder / "01-dijk.md").write_text("# Dijk\n\n" + "\n\n".join(text), encoding="utf-8")
    read = read_manuscript(folder)
    assert read.book
    shop = Workshop(folder, read.book, read.sources)
    lines = shop.room.page.baseline * 96 / 25.4
    (before,) = holes(shop.room.forme.lay_out("print", Arrangement()))
    arrangement, pages, problems = shop.room.arranged
    assert before.height > 6 * lines and problems == []
    assert arrangement.floats == {"stip"}
    assert [one.height for one in holes(pages) if one.height > 3 * lines] == []
