"""A PDF measured as a typographer reads it, whoever set it: with nothing of the toolchain's code.

In: a PDF. Out: `Typography`: hyphens, ladders, loose and tight lines, the spread of gaps between
words, widows, orphans, runts, short pages, facing pages, lines off the grid. Only lines in the size
of the running text count, in one column. Gaps are measured from the advance of one letter to the
origin of the next, as pdfium gives them, so that it is all the same whether a blank is a glyph or a
movement. A page with notes is full where no further line of text has room above them, one that
ends in a picture where none has above that.

A paragraph is told by its indent, against the margin that the pages of its side share, by the
white above it, or at the head of a page by a line before it that ends short. Where paragraphs have
no indent and no white all of a chapter is one to it: it sees no orphan then, no runt and no widow
but at the chapter's end, and takes last lines for lines that are to be as wide as others.

    python tests/typography.py FILE.pdf [FILE.pdf …]
"""

from __future__ import annotations

import ctypes
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

HYPHENS = "-\u2010\u00ad\u0002"
LOOSE, TIGHT, RUNT, INDENT, INSET = 0.5, 0.15, 2.0, 0.7, 3.0
"""In em: a loose line's mean gap, a tight one's, the least last line, the least indent.

What begins further in than `INSET` stands beside something.
"""
GAP = 0.09
"""In em: less than this between two letters is no gap between words."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter: its origin, its advance, its size and its baseline, in pt."""

    char: str
    left: float
    right: float
    size: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text, its sides and gaps in em, its baseline in pt.

    `first` begins a paragraph, `last` ends one.
    """

    page: int
    baseline: float
    left: float
    right: float
    text: str
    gaps: tuple[float, ...]
    first: bool = False
    last: bool = False

    @property
    def hyphenated(self) -> bool:
        """Tell whether the line ends within a word."""
        return self.text[-1:] in HYPHENS

    @property
    def width(self) -> float:
        """Return its width."""
        return self.right - self.left

    @property
    def gap(self) -> float:
        """Return the mean gap between its words; 0 for a line of one word."""
        return statistics.fmean(self.gaps) if self.gaps else 0.0


@dataclass(frozen=True, slots=True)
class Typography:
    """What was counted; shares of the justified lines in per cent, the spread in em."""

    pages: int
    lines: int
    hyphenated: float
    ladders: int
    loose: float
    tight: float
    gap: float
    spread: float
    widows: int
    orphans: int
    runts: int
    short: int
    """Pages that end above the foot though the text goes on."""
    divided: int
    """Pages that end within a word."""
    leaves: int
    """Rectos that do: the leaf is turned within the word."""
    facing: int
    """Facing pages that do not end on the same line, where no chapter ends or begins on them.

    Where notes or a picture stand below the text of one of them: that lack unlike numbers of lines.
    """
    off: int
    """Lines that do not stand on the grid of lines that the pages share."""


def glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """Yield the letters of a page in the order in which they are painted."""
    text = page.get_textpage()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char.isspace() or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(text, at, box)
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        raw.FPDFText_GetMatrix(text, at, matrix)
        size = abs(raw.FPDFText_GetFontSize(text, at) * matrix.d)
        yield Glyph(char, x.value, box.right, size, y.value)


def lines_of(pdf: pypdfium2.PdfDocument) -> list[Line]:
    """Return the lines of running text, page by page from the top down."""
    pages = [list(glyphs(page)) for page in pdf]
    sizes = Counter(round(one.size, 1) for page in pages for one in page)
    em = max(sizes, key=lambda size: sizes[size], default=1.0)
    found = []
    for number, page in enumerate(pages, 1):
        for row in _rows(page):
            if own := _own(row, em):
                found.append(_line(number, _called(own, page, em), em))
    return _in_paragraphs(found)


def _rows(page: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the letters that share a baseline, from the head of a page down, left to right."""
    row: list[Glyph] = []
    for one in sorted(page, key=lambda one: -one.baseline):
        if row and row[0].baseline - one.baseline > 0.3:
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(one)
    if row:
        yield sorted(row, key=lambda one: one.left)


def _own(row: list[Glyph], em: float) -> list[Glyph]:
    """Return what of a row is running text, without a caption that stands beside it."""
    parts: list[list[Glyph]] = []
    for one in row:
        if not parts or one.left - parts[-1][-1].right > em:
            parts.append([])
        parts[-1].append(one)

    def is_text(part: list[Glyph]) -> bool:
        return sum(abs(one.size - em) < 0.15 for one in part) > len(part) / 2

    while parts and not is_text(parts[-1]):
        parts.pop()
    while parts and not is_text(parts[0]):
        parts.pop(0)
    return [one for part in parts for one in part]


def _called(row: list[Glyph], page: Sequence[Glyph], em: float) -> list[Glyph]:
    """Return a row with the calls of notes in it, which stand higher: they are no white."""
    base, left, right = row[0].baseline, row[0].left, row[-1].right
    calls = [
        one
        for one in page
        if 0.1 < (one.baseline - base) / em < 0.6 and left < one.left < right + em / 2
    ]
    return sorted([*row, *calls], key=lambda one: one.left) if calls else row


def _line(page: int, row: list[Glyph], em: float) -> Line:
    gaps, text, baseline = [], row[0].char, round(row[0].baseline, 1)
    for one, other in pairwise(row):
        gap = (other.left - one.right) / em
        if gap > GAP:
            gaps.append(gap)
            text += " "
        text += other.char
    return Line(page, baseline, row[0].left / em, row[-1].right / em, text, tuple(gaps))


def _in_paragraphs(lines: list[Line]) -> list[Line]:
    """Tell which lines begin a paragraph, by their indent or the white above, and which end one."""
    step = _step(lines)
    margins = [_margin([line for line in lines if line.page % 2 == side]) for side in (0, 1)]
    opening = _opening(lines, step)
    firsts = [True] * bool(lines)
    for number, (before, line) in enumerate(pairwise(lines), 1):
        turned = before.page != line.page
        if turned:
            apart = line.page in opening or _ends_short(before, lines[number - 2])
        else:
            apart = before.baseline - line.baseline > 1.3 * step
        after = lines[number + 1] if number + 1 < len(lines) else line
        # Beside something the indent is that against the next line.
        edges = margins[line.page % 2], after.left if after.page == line.page else line.left
        firsts.append(apart or any(INDENT < line.left - edge < INSET for edge in edges))
    lasts = [*firsts[1:], True]
    return [
        replace(line, first=first, last=last)
        for line, first, last in zip(lines, firsts, lasts, strict=False)
    ]


def _ends_short(line: Line, above: Line) -> bool:
    """Tell whether the last line of a page ends a paragraph, by what the line above it reaches.

    After a picture at the foot of its page the next paragraph may have no indent.
    """
    short = line.page == above.page and line.right < above.right - RUNT
    return short and not line.hyphenated and bool(line.gaps)


def _margin(side: Sequence[Line]) -> float:
    """Return where most lines of all versos or of all rectos begin, or not so few further out.

    On one page all lines may be indented, where people talk, or the first of them alone stand in.
    """
    starts = Counter(round(one.left, 1) for one in side)
    few = max(starts.values(), default=0) / 20
    return min((left for left, count in starts.items() if count > few), default=0.0)


def _step(lines: Sequence[Line]) -> float:
    """Return the distance of two lines."""
    steps = Counter(
        round(one.baseline - two.baseline, 1)
        for one, two in pairwise(lines)
        if one.page == two.page
    )
    return max(steps, key=lambda step: steps[step], default=0.0)


def _pages(lines: Sequence[Line]) -> dict[int, list[Line]]:
    return {number: list(page) for number, page in groupby(lines, lambda line: line.page)}


def _opening(lines: Sequence[Line], step: float) -> set[int]:
    """Return the pages that open a chapter: their text begins lower than that of others."""
    heads = {number: page[0].baseline for number, page in _pages(lines).items()}
    usual = Counter(round(one) for one in heads.values()).most_common(1)
    return {number for number, head in heads.items() if usual and head < usual[0][0] - 1.5 * step}


def measured(path: Path) -> Typography:
    """Return the typography of a PDF."""
    pdf = pypdfium2.PdfDocument(path)
    lines = lines_of(pdf)
    justified = [one for one in lines if not one.last]
    gaps = [gap for one in justified for gap in one.gaps]
    white = _white(pdf, lines)
    share = 100 / max(len(justified), 1)
    turns = list(pairwise(_pages(lines).values()))
    return Typography(
        pages=len(pdf),
        lines=len(lines),
        hyphenated=sum(one.hyphenated for one in justified) * share,
        ladders=_ladders(lines),
        loose=sum(one.gap > LOOSE for one in justified) * share + _lonely(lines) * share,
        tight=sum(0 < one.gap < TIGHT for one in justified) * share,
        gap=statistics.fmean(gaps) if gaps else 0.0,
        spread=statistics.pstdev(gaps) if gaps else 0.0,
        widows=sum(page[0].last and not page[0].first for _, page in turns),
        orphans=sum(page[-1].first and not page[-1].last for page, _ in turns),
        runts=sum(one.last and not one.first and one.width < RUNT for one in lines),
        short=_short(lines, white),
        divided=sum(page[-1].hyphenated for page, _ in turns),
        leaves=sum(page[-1].hyphenated and page[-1].page % 2 for page, _ in turns),
        facing=_facing(lines, white),
        off=_off(lines),
    )


def _ladders(lines: Sequence[Line]) -> int:
    """Return how often three or more lines in succession end in a hyphen."""
    found = run = 0
    for line in lines:
        run = run + 1 if line.hyphenated and not line.last else 0
        found += run == 3
    return found


def _lonely(lines: Sequence[Line]) -> int:
    """Return how many lines of one word stay far from the margin that the line before reaches."""
    return sum(
        not line.gaps and not line.last and line.width < 0.75 * before.width
        for before, line in pairwise(lines)
        if before.page == line.page and not line.first
    )


def _white(pdf: pypdfium2.PdfDocument, lines: Sequence[Line]) -> dict[int, tuple[float, bool]]:
    """Return the lines that would have room below the text of each page, and whether it is alone.

    Down to the lowest foot that two pages have, or to what stands above it: a picture, or notes,
    which are never nearer to the text than on the page where they are nearest.
    """
    pages, step = _pages(lines), _step(lines)
    feet = Counter(round(page[-1].baseline) for page in pages.values())
    foot = min((foot for foot, count in feet.items() if count > 1), default=min(feet, default=0))
    below: dict[int, tuple[float, str]] = {}
    for number, page in pages.items():
        last = page[-1].baseline
        things = [one for one in _things(pdf[number - 1], step) if foot - step / 2 < one[0] < last]
        if things:
            below[number] = max(things)
    least = {
        kind: min(
            pages[number][-1].baseline - top for number, (top, one) in below.items() if one == kind
        )
        for kind in {kind for _, kind in below.values()}
    }
    return {
        number: (
            (page[-1].baseline - below[number][0] - least[below[number][1]]) / step
            if number in below
            else (page[-1].baseline - foot) / step,
            number not in below,
        )
        for number, page in pages.items()
    }


def _things(page: pypdfium2.PdfPage, step: float) -> Iterator[tuple[float, str]]:
    """Yield the upper edge of each picture and of each line of small type on a page."""
    letters = list(glyphs(page))
    usual = Counter(round(one.size, 1) for one in letters).most_common(1)
    for row in _rows([one for one in letters if one.size < usual[0][0] - 0.3]):
        # A superscript or small capitals are no line.
        if sum(abs(one.baseline - row[0].baseline) < 3 for one in letters) < 1.5 * len(row):
            yield row[0].baseline, "notes"
    for one in page.get_objects(max_depth=3):
        left, bottom, right, top = one.get_bounds()
        if one.type != raw.FPDF_PAGEOBJ_TEXT and top - bottom > step and right - left > step:
            yield top, "picture"


def _short(lines: Sequence[Line], white: dict[int, tuple[float, bool]]) -> int:
    """Return how many pages end a line or more above the foot though no chapter ends there."""
    opening = _opening(lines, _step(lines))
    return sum(
        white[page[-1].page][0] > (0.75 if white[page[-1].page][1] else 0.98)
        and after[0].page not in opening
        for page, after in pairwise(_pages(lines).values())
    )


def _facing(lines: Sequence[Line], white: dict[int, tuple[float, bool]]) -> int:
    """Return how many pairs of facing pages end on unlike lines."""
    pages, step = _pages(lines), _step(lines)
    opening = _opening(lines, step)

    def unlike(one: int, other: int) -> bool:
        if white[one][1] and white[other][1]:
            return abs(pages[one][-1].baseline - pages[other][-1].baseline) > 0.1 * step
        return int(white[one][0] + 0.02) != int(white[other][0] + 0.02)

    return sum(
        unlike(number, number + 1)
        for number in pages
        if number % 2 == 0
        and {number + 1, number + 2} <= pages.keys()
        and not {number + 1, number + 2} & opening
    )


def _off(lines: Sequence[Line]) -> int:
    """Return how many lines stand more than a tenth of a line off the grid of most of them."""
    steps = [one.baseline - two.baseline for one, two in pairwise(lines) if one.page == two.page]
    if not steps:
        return 0
    step = statistics.median(steps)
    usual = Counter(round(one.baseline, 1) for one in lines).most_common(1)[0][0]
    places = ((one.baseline - usual) / step for one in lines)
    return sum(abs(place - round(place)) > 0.1 for place in places)


def main(*files: str) -> None:
    """Print what is measured in some files, one column each."""
    found = [asdict(measured(Path(file))) for file in files]
    print(" ".join(["".ljust(12), *(Path(file).stem.rjust(14) for file in files)]))
    for name in found[0]:
        print(" ".join([name.ljust(12), *(f"{one[name]:14.4g}" for one in found)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
