"""The ruler held against pages that were counted by hand: every word is put at its place here."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pypdfium2 import PdfDocument
from typography import Typography, lines_of, measured

EM, ADVANCE, STEP, LEFT, RIGHT, HEAD = 10.0, 6.0, 12.0, 40.0, 280.0, 300.0
"""Courier of 10 pt: each letter is 6 pt wide. Twenty lines of 12 pt have room on a page."""
FOOT = HEAD - 19 * STEP


class Drawn:
    """Pages on which lines are put, from the head down."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []

    def page(self) -> None:
        self.pages.append([])
        self.at = HEAD

    def line(self, text: str, left: float = LEFT, gap: float = 2.5) -> None:
        """Put words on the next line, so many pt of white between them."""
        for word in text.split():
            self.put(word, left, self.at)
            left += ADVANCE * len(word) + gap
        self.at -= STEP

    def full(self, count: int = 1, left: float = LEFT, gap: float = 3.0) -> None:
        """Put lines of five words of seven letters: 222 pt with gaps of 3 pt."""
        for _ in range(count):
            self.line("abcdefg " * 5, left, gap)

    def put(self, word: str, left: float, base: float, size: float = EM) -> None:
        self.pages[-1].append(f"BT /F {size} Tf {left:.2f} {base:.2f} Td ({word}) Tj ET")

    def measured(self, path: Path) -> Typography:
        pdf = pikepdf.new()
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Courier"}
        own = pdf.make_indirect(pikepdf.Dictionary({k: pikepdf.Name(v) for k, v in font.items()}))
        for drawn in self.pages:
            page = pdf.add_blank_page(page_size=(320, 340))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=own))
            page.Contents = pdf.make_stream("\n".join(drawn).encode())
        pdf.save(path)
        return measured(path)


@pytest.fixture
def drawn() -> Drawn:
    made = Drawn()
    made.page()
    return made


def test_lines_with_one_gap_and_with_none_are_measured(drawn: Drawn, tmp_path: Path) -> None:
    drawn.full(2)
    drawn.line("abcdefghijklmnop abcdefghijklmn", gap=42.0)  # loose: one gap of 4.2 em
    drawn.line("abcdefghijklmnopqrstuvw-")  # one word, and far from the margin
    drawn.line("abcdefghijklmnopqrstuvwxyzabcdefghijk")  # one word that fills its line
    drawn.line("ab", LEFT)  # a runt
    found = drawn.measured(tmp_path / "a.pdf")
    assert found.lines == 6
    assert found.loose == pytest.approx(100 * 2 / 5)
    assert found.hyphenated == pytest.approx(100 * 1 / 5)
    assert found.tight == 0
    assert found.runts == 1
    gaps = [0.3] * 8 + [4.2]
    assert found.gap == pytest.approx(sum(gaps) / 9, abs=0.01)


def test_what_stands_beside_a_float_is_no_row_of_indents(drawn: Drawn, tmp_path: Path) -> None:
    drawn.full(2)
    for at in range(4):
        if not at:
            # A caption beside the lines, in smaller type, with a baseline of theirs.
            drawn.put("beeld", LEFT, drawn.at, 7)
        drawn.line("abcdefg abcdefg abcdefg-", LEFT + 90, 11.0)
    drawn.full(3)
    drawn.line("abcd")
    drawn.full(1, LEFT + 14)
    drawn.line("abcdefg abcdefg")
    found = drawn.measured(tmp_path / "b.pdf")
    # Nine lines and the last one are one paragraph, the two after it another.
    assert found.lines == 12
    assert found.hyphenated == pytest.approx(100 * 4 / 10)
    assert found.ladders == 1
    assert found.loose == pytest.approx(100 * 4 / 10)
    assert found.gap == pytest.approx((6 * 4 * 0.3 + 4 * 2 * 1.1) / 32, abs=0.01)


def test_paragraphs_of_one_line_follow_each_other(drawn: Drawn, tmp_path: Path) -> None:
    drawn.full(3)
    drawn.line("abcdefg abcdefg")
    for _ in range(3):
        drawn.line("abcdefg abcdefg", LEFT + 14, 20.0)
    found = drawn.measured(tmp_path / "c.pdf")
    # Their last lines are not judged: only three lines were brought to their measure.
    assert found.gap == pytest.approx(0.3, abs=0.01)
    assert found.loose == 0


def test_lines_are_lines_wherever_their_baseline_is_rounded_to(
    drawn: Drawn, tmp_path: Path
) -> None:
    drawn.at = HEAD + 0.05
    drawn.put("abcdefg", LEFT, drawn.at - 0.04)
    drawn.line("abcdefg abcdefg", LEFT + 45)
    drawn.full(4)
    file = tmp_path / "d.pdf"
    assert drawn.measured(file).lines == 5
    assert lines_of(PdfDocument(file))[0].text == "abcdefg abcdefg abcdefg"


def test_a_page_with_notes_is_full_where_no_line_has_room(drawn: Drawn, tmp_path: Path) -> None:
    for page, (lines, notes) in enumerate([(20, 0), (20, 0), (16, 2), (15, 2), (20, 0), (17, 1)]):
        if page:
            drawn.page()
        drawn.full(lines)
        for note in range(notes):
            drawn.put("Een noot onder aan de bladzijde", LEFT, FOOT + note * 9, 7)
    # The fourth alone has room for one more line, and its neighbour ends at the foot.
    found = drawn.measured(tmp_path / "e.pdf")
    assert (found.pages, found.short, found.facing) == (6, 1, 1)
    assert found.off == 0


def test_a_page_that_ends_in_a_picture_is_full(drawn: Drawn, tmp_path: Path) -> None:
    for lines in (20, 20, 10, 20, 9, 20):
        if drawn.pages[-1]:
            drawn.page()
        drawn.full(lines)
        if lines < 20:
            height = drawn.at - FOOT - (9 if lines == 10 else 0)
            drawn.pages[-1].append(f"{LEFT} {FOOT} 200 {height:.1f} re f")
    found = drawn.measured(tmp_path / "f.pdf")
    assert (found.short, found.facing) == (0, 0)


def test_what_opens_a_page_is_a_widow_only_where_a_paragraph_ends_there(
    drawn: Drawn, tmp_path: Path
) -> None:
    indented = LEFT + 14
    for _ in range(2):
        drawn.full(20)
        drawn.page()
    # A page of people who talk, each for a line, and one that begins with such a line.
    for _ in range(20):
        drawn.line("abcdefg abcdefg", indented)
    drawn.page()
    drawn.full(20)
    drawn.page()
    drawn.line("abcdefg abcdefg", indented)
    drawn.full(19, indented)
    drawn.page()
    drawn.full(20)
    drawn.page()
    # This one begins with the end of the page before, and then somebody talks.
    drawn.line("abcdefg abcdefg")
    drawn.full(18, indented)
    drawn.full(1)
    drawn.page()
    # One without an indent, as after a picture; the one before it ends short on its own page.
    drawn.full(19)
    drawn.line("abcdefg abcdefg")
    drawn.page()
    drawn.line("abcdefg abcdefg")
    drawn.full(19, indented)
    found = drawn.measured(tmp_path / "g.pdf")
    assert (found.pages, found.widows) == (9, 1)


def test_columns_are_read_one_after_another(drawn: Drawn, tmp_path: Path) -> None:
    right = LEFT + 130
    for page in range(4):
        if page:
            drawn.page()
        for left in (LEFT, right):
            drawn.at = HEAD
            # The last page is a chapter's; the right column of the second page ends a line higher.
            count = (20, 20, 20, 8)[page] - (page == 1 and left == right)
            for line in range(count):
                ends = line == count - 1 and page < 3
                drawn.line("abcdef abc-" if ends and left == right else "abcdef abcde", left)
    found = drawn.measured(tmp_path / "h.pdf")
    assert found.lines == 40 + 39 + 40 + 16
    assert (found.divided, found.leaves, found.parted) == (3, 2, 0)
    assert (found.uneven, found.short, found.facing) == (1, 1, 1)
    texts = [(line.page, line.column) for line in lines_of(PdfDocument(tmp_path / "h.pdf"))]
    assert texts == sorted(texts)


def test_a_page_within_a_form_is_read_where_it_stands(drawn: Drawn, tmp_path: Path) -> None:
    """As a print page stands among its marks; letters that stand for others are no other line."""
    for _ in range(2):
        for left in (LEFT, LEFT + 140):
            drawn.at = HEAD
            for _ in range(19):
                drawn.line("abcdefg abcdef-", left, 10.0)
            drawn.pages[-1].append("/Span <</ActualText (xyz)>> BDC")
            drawn.put("xyz", left, drawn.at)
            drawn.pages[-1].append("EMC")
            drawn.put("defgh", left + 28, drawn.at)
        drawn.page()
    drawn.pages.pop()
    bare = drawn.measured(tmp_path / "bare.pdf")
    assert (bare.lines, bare.uneven, bare.short) == (80, 0, 0)
    with pikepdf.open(tmp_path / "bare.pdf") as pdf:
        marked = pikepdf.new()
        for page in pdf.pages:
            sheet = marked.add_blank_page(page_size=(420, 440))
            form = marked.copy_foreign(page.as_form_xobject())
            sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=form))
            # At both sides of it a mark, at half its height.
            marks = b"5 220 30 1 re f 385 220 30 1 re f q 1 0 0 1 50 50 cm /P Do Q"
            sheet.Contents = marked.make_stream(marks)
        marked.save(tmp_path / "marked.pdf")
    assert measured(tmp_path / "marked.pdf") == bare
