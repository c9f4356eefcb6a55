"""A PDF measured as a typographer reads it, whoever set it: with nothing of the toolchain's code.

In: a PDF. Out: `Typography`: hyphens, ladders, loose and tight lines, the spread of gaps between
words, widows, orphans, runts, short pages, facing pages, lines off the grid. Only lines in the size
of the running text count. Gaps are measured from the advance of one letter to the
origin of the next, as pdfium gives them, so that it is all the same whether a blank is a glyph or a
movement. A page with notes is full where no further line of text has room above them, one that
ends in a picture where none has above that. Columns are told by the white between them; then each
is what a page is in one column, up to what runs across them all, and below that another.

A paragraph is told by its indent, against the margin that the pages of its side share, by the
white above it, or at the head of a page by a line before it that ends short. Where paragraphs have
no indent and no white all of a chapter is one to it: it sees no orphan then, no runt and no widow
but at the chapter's end, and takes last lines for lines that are to be as wide as others.

    python tests/typography.py FILE.pdf [FILE.pdf …]
"""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from glyphs_read import SAME, Glyph, bars, drawn, glyphs, gutters, in_columns, parts, rows

HYPHENS = "-\u2010\u00ad\u0002"
LOOSE, TIGHT, RUNT, INDENT, INSET = 0.5, 0.15, 2.0, 0.7, 3.0
"""In em: a loose line's mean gap, a tight one's, the least last line, the least indent.

What begins further in than `INSET` stands beside something.
"""
GAP = 0.09
"""In em: less than this between two letters is no gap between words."""


Place = tuple[int, int, int]
"""A page, from 1; a band of it, and a column."""
White = dict[Place, tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text, its sides and gaps in em, its baseline and the em in pt.

    `first` begins a paragraph, `last` ends one. It stands in a `column` from 0, and a `band` of the
    page that ends where something runs across all columns.
    """

    page: int
    baseline: float
    left: float
    right: float
    text: str
    gaps: tuple[float, ...]
    first: bool = False
    last: bool = False
    em: float = 1.0
    band: int = 0
    column: int = 0

    @property
    def hyphenated(self) -> bool:
        """Tell whether the line ends within a word."""
        return self.text[-1:] in HYPHENS

    @property
    def place(self) -> Place:
        """Return the page, the band and the column that it stands in."""
        return self.page, self.band, self.column

    @property
    def width(self) -> float:
        """Return its width."""
        return self.right - self.left

    @property
    def gap(self) -> float:
        """Return the mean gap between its words; 0 for a line of one word."""
        return statistics.fmean(self.gaps) if self.gaps else 0.0


Units = dict[Place, list[Line]]


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
    """Pages, and columns, that end above the foot though the text goes on."""
    parted: int
    """Columns that end within a word, with the next one beside them."""
    uneven: int
    """Pages whose columns do not end on the same line, where no chapter ends on them."""
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


def lines_of(pdf: pypdfium2.PdfDocument) -> list[Line]:
    """Return the lines of running text, page by page and column by column from the top down."""
    pages = [list(glyphs(page)) for page in pdf]
    sizes = Counter(round(one.size, 1) for page in pages for one in page)
    em = max(sizes, key=lambda size: sizes[size], default=1.0)
    white = [gutters(pages[side::2], em) for side in (0, 1)]
    found = []
    for number, page in enumerate(pages):
        between = white[number % 2]
        across = bars(pdf[number], page, between)
        lines = []
        for row in rows(page):
            for column, part in in_columns(row, between).items():
                if own := _own(part, em):
                    line = _line(number + 1, _called(own, page, em), em)
                    band = sum(height > line.baseline for height in across)
                    lines.append(replace(line, band=band, column=column))
        found += sorted(lines, key=lambda line: (line.place, -line.baseline))
    return _in_paragraphs(found)


def _own(row: list[Glyph], em: float) -> list[Glyph]:
    """Return what of a row is running text, without a caption that stands beside it."""
    found = parts(row, em)

    def is_text(part: list[Glyph]) -> bool:
        return sum(abs(one.size - em) < SAME for one in part) > len(part) / 2

    while found and not is_text(found[-1]):
        found.pop()
    while found and not is_text(found[0]):
        found.pop(0)
    return [one for part in found for one in part]


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
    return Line(page, baseline, row[0].left / em, row[-1].right / em, text, tuple(gaps), em=em)


def _in_paragraphs(lines: list[Line]) -> list[Line]:
    """Tell which lines begin a paragraph, by their indent or the white above, and which end one."""
    step = _step(lines)
    margins = {
        side: _margin([line for line in lines if _side(line) == side])
        for side in {_side(line) for line in lines}
    }
    opening = _opening(lines, step)
    firsts = [True] * bool(lines)
    for number, (before, line) in enumerate(pairwise(lines), 1):
        if before.place != line.place:
            opens = before.page != line.page and line.page in opening
            apart = opens or _ends_short(before, lines[number - 2])
        else:
            apart = before.baseline - line.baseline > 1.3 * step
        after = lines[number + 1] if number + 1 < len(lines) else line
        # Beside something the indent is that against the next line.
        edges = margins[_side(line)], after.left if after.place == line.place else line.left
        firsts.append(apart or any(INDENT < line.left - edge < INSET for edge in edges))
    lasts = [*firsts[1:], True]
    return [
        replace(line, first=first, last=last)
        for line, first, last in zip(lines, firsts, lasts, strict=False)
    ]


def _side(line: Line) -> tuple[int, int]:
    """Return what shares a margin: the columns of versos, and those of rectos."""
    return line.page % 2, line.column


def _ends_short(line: Line, above: Line) -> bool:
    """Tell whether the last line of a page ends a paragraph, by what the line above it reaches.

    After a picture at the foot of its page the next paragraph may have no indent.
    """
    short = line.place == above.place and line.right < above.right - RUNT
    return short and not line.hyphenated and bool(line.gaps)


def _margin(side: Sequence[Line]) -> float:
    """Return where most lines of a column of all versos or rectos begin, or not so few further out.

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
        if one.place == two.place
    )
    return max(steps, key=lambda step: steps[step], default=0.0)


def _pages(lines: Sequence[Line]) -> dict[int, list[Line]]:
    return {number: list(page) for number, page in groupby(lines, lambda line: line.page)}


def _units(lines: Sequence[Line]) -> Units:
    """Return the lines by the column that they stand in; in one column that is the page."""
    return {place: list(unit) for place, unit in groupby(lines, lambda line: line.place)}


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
    turns = list(pairwise(_units(lines).values()))
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
        parted=sum(one[-1].hyphenated and one[-1].page == two[0].page for one, two in turns),
        uneven=_uneven(lines, white),
        divided=sum(one[-1].hyphenated and one[-1].page != two[0].page for one, two in turns),
        leaves=sum(
            one[-1].hyphenated and one[-1].page % 2 and one[-1].page != two[0].page
            for one, two in turns
        ),
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
        if before.place == line.place and not line.first
    )


def _white(pdf: pypdfium2.PdfDocument, lines: Sequence[Line]) -> White:
    """Return the lines that would have room below the text of each column, and whether it is alone.

    Down to the lowest foot that two have, or to what stands above it: a picture, or notes, which
    are never nearer to the text than where they are nearest.
    """
    units, step = _units(lines), _step(lines)
    feet = Counter(round(unit[-1].baseline) for unit in units.values())
    foot = min((foot for foot, count in feet.items() if count > 1), default=min(feet, default=0))
    below: dict[Place, tuple[float, str]] = {}
    for page, places in groupby(units, lambda place: place[0]):
        things = [
            one
            for one in _things(pdf[page - 1], step)
            if one.kind == "notes" or foot - step / 2 < one.top
        ]
        own = list(places)
        lowest = min(units[place][-1].baseline for place in own)
        for place in own:
            last, (left, right) = units[place][-1].baseline, _sides(units[place])
            under = [
                (one.top, one.kind)
                for one in things
                # Notes stand below all columns, also those that they do not reach.
                if one.top < last
                and (len(own) == 1 or one.top < lowest or (one.left < right and left < one.right))
            ]
            if under:
                below[place] = max(under)
    least = {
        kind: min(
            units[place][-1].baseline - top for place, (top, one) in below.items() if one == kind
        )
        for kind in {kind for _, kind in below.values()}
    }
    return {
        place: (
            (unit[-1].baseline - below[place][0] - least[below[place][1]]) / step
            if place in below
            else (unit[-1].baseline - foot) / step,
            place not in below,
        )
        for place, unit in units.items()
    }


def _sides(unit: Sequence[Line]) -> tuple[float, float]:
    """Return the left and the right side of a column, in pt."""
    return min(line.left * line.em for line in unit), max(line.right * line.em for line in unit)


class Thing(NamedTuple):
    """A picture or a line of small type: its upper edge, its sides in pt, and which of them."""

    top: float
    left: float
    right: float
    kind: str


def _things(page: pypdfium2.PdfPage, step: float) -> Iterator[Thing]:
    """Yield the pictures and the lines of small type on a page."""
    letters = list(glyphs(page))
    usual = Counter(round(one.size, 1) for one in letters).most_common(1)
    for row in rows([one for one in letters if one.size < usual[0][0] - 0.3]):
        # A superscript or small capitals are no line, and a folio is no note.
        folio = all(one.char.isdigit() for one in row)
        if not folio and sum(
            abs(one.baseline - row[0].baseline) < 3 for one in letters
        ) < 1.5 * len(row):
            yield Thing(row[0].baseline, row[0].left, row[-1].right, "notes")
    for left, bottom, right, top in drawn(page):
        if top - bottom > step and right - left > step:
            yield Thing(top, left, right, "picture")


def _short(lines: Sequence[Line], white: White) -> int:
    """Return how many columns end a line or more above the foot though no chapter ends there.

    What ends above something that runs across all columns is level, and not full.
    """
    ending, places = _ending(lines), list(_units(lines))
    lowest = {place[0]: place[1] for place in places}
    return sum(
        white[place][0] > (0.75 if white[place][1] else 0.98)
        and place[0] not in ending
        and place[1] == lowest[place[0]]
        for place in places
    )


def _ending(lines: Sequence[Line]) -> set[int]:
    """Return the pages on which a chapter ends before the next begins a page, and the last one."""
    opening, pages = _opening(lines, _step(lines)), list(_pages(lines))
    return {one for one, other in pairwise(pages) if other in opening} | set(pages[-1:])


def _facing(lines: Sequence[Line], white: White) -> int:
    """Return how many pairs of facing pages end on unlike lines."""
    units, step, ending = _units(lines), _step(lines), _ending(lines)
    last = {place[0]: place for place in units}
    return sum(
        _unlike(units, white, last[number], last[number + 1], step)
        for number in last
        if number % 2 == 0
        and {number + 1, number + 2} <= last.keys()
        and not {number, number + 1} & ending
    )


def _uneven(lines: Sequence[Line], white: White) -> int:
    """Return how many pages have columns that end on unlike lines, though no chapter ends there."""
    units, step, ending = _units(lines), _step(lines), _ending(lines)
    uneven = {
        one[0]
        for one, other in pairwise(units)
        if one[:2] == other[:2] and _unlike(units, white, one, other, step)
    }
    return len(uneven - ending)


def _unlike(units: Units, white: White, one: Place, other: Place, step: float) -> bool:
    """Tell whether two columns do not end on the same line."""
    if white[one][1] and white[other][1]:
        return abs(units[one][-1].baseline - units[other][-1].baseline) > 0.1 * step
    return int(white[one][0] + 0.02) != int(white[other][0] + 0.02)


def _off(lines: Sequence[Line]) -> int:
    """Return how many lines stand more than a tenth of a line off the grid of most of them."""
    steps = [one.baseline - two.baseline for one, two in pairwise(lines) if one.place == two.place]
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
