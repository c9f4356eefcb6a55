"""What stands around the pages of a proof, decided in numbers.

In: the set lines and the grounds of laid-out pages. Out: a `Sheet` for each: the number of every
fifth line, bars beside what changed, and what is told in the outer margins: flags where something
is wrong, the file and line of each paragraph, words that went, and beside each picture its id, its
effective resolution (ppi) and its rights. In columns the numbers stand in the gutter to the left of
theirs, where they fit it, and the margins tell with a letter of which column they speak. Lines are
counted as `katern explain` does: those of the text that runs on, from the head of the page, a row
of a table as one. Nothing stands on text or a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.book.model import Photo
from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.engine.rects import Rect
from publish.pages.line_numbers import numbered
from publish.pages.pagemap import PT, Line
from publish.pictures.photos import Asset
from publish.pictures.placed import ADDRESS
from publish.proof.bars import Bar, Bars
from publish.proof.flags import Flag
from publish.proof.ground import Ground, overlap
from publish.proof.margins import ROW, Mark

EVERY = 5
_GAPS, _GUTTER_GAPS = (14.0, 8.0, 3.0), (3.0, 2.0)
"""Points between a line and its number, the best first: in the margin of the page, in a gutter."""
_DIGIT, _HIGH = 3.1, 5.0
"""The width and the height of a figure of a number."""
_BAR, _NEARER = 1.4, (0.0, 1.5, 2.5, 3.3)
"""The width of a bar, and by how much it may stand nearer to its line than others do."""
_BEYOND = 2.0
"""From the edge of a tint to a bar."""


class Number(Struct, frozen=True):
    """The number of a line: where it ends, and the middle of the line, in pt of the sheet."""

    right: float
    middle: float
    text: str

    @property
    def area(self) -> Rect:
        """Return where its figures stand."""
        left, top = self.right - _DIGIT * len(self.text), self.middle - _HIGH / 2
        return Rect(left, top, self.right, top + _HIGH)


class Sheet(Struct, frozen=True):
    """What is put on one sheet of a proof: on the page, in its margins, and its flags."""

    ground: Ground
    numbers: tuple[Number, ...]
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...] = ()
    flags: tuple[Mark, ...] = ()


def sheets(
    pages: Pages, grounds: Sequence[Ground], lines: Iterable[Line], plates: Plates
) -> list[Sheet]:
    """Return what is put on the sheet of each page, of a proof that is compared with nothing."""
    counted: list[list[tuple[int, Line]]] = [[] for _ in grounds]
    for number, line in numbered(lines):
        counted[line.page - 1].append((number, line))
    return [
        Sheet(ground, _numbers(mine, ground), (*_sources(ground), *plates.marks(box)))
        for box, ground, mine in zip(pages.boxes, grounds, counted, strict=True)
    ]


def _numbers(counted: Sequence[tuple[int, Line]], ground: Ground) -> tuple[Number, ...]:
    """Return the numbers of a page's lines, those that have room; each stands at one left edge."""
    across = min((line.left for _, line in counted), default=0.0)
    made: dict[int, Number] = {}
    for number, line in counted:
        # Of cells side by side the first one stands beside its number.
        if number in made or (number % EVERY and number != 1):
            continue
        column = ground.column(line.left, line.top + line.height / 2)
        left = column.left if column else across
        gutter = bool(column) and left > min(ground.lefts) + 2
        for gap in _GUTTER_GAPS if gutter else _GAPS:
            one = Number(round(left - gap, 2), round(line.top + line.height / 2, 2), str(number))
            if ground.is_free(one.area):
                made[number] = one
                break
    return tuple(made.values())


def _sources(ground: Ground) -> Iterator[Mark]:
    for one in ground.sources:
        middle = one.top + one.height / 2
        column = ground.column(one.left, middle)
        yield Mark("source", ground.side(column, "left"), middle, one.place, ground.letter(column))


class Plates(Struct, frozen=True):
    """What is told of pictures: those of print by id, and what is said where no rights are."""

    pictures: Mapping[str, Asset]
    photos: Mapping[str, Photo]
    unstated: str

    def marks(self, page: Box) -> Iterator[Mark]:
        """Yield what is told of the pictures of a page."""
        names = {ADDRESS + asset.name: name for name, asset in self.pictures.items()}
        middle = page.outer_width / 2
        for box in page.descendants():
            source = str(box.element.get("src", "")) if box.element is not None else ""
            if box.kind != "picture" or source not in names:
                continue
            name, area = names[source], box.content
            photo, asset = self.photos[name], self.pictures[name]
            said = [name]
            if not asset.is_drawing and area.right > area.left:
                said.append(f"{asset.width_px * 96 / (area.right - area.left):.0f} ppi")
            rights = (one for one in (photo.licence, photo.credit) if one)
            said.append(" · ".join(rights) or self.unstated)
            right = (area.left + area.right) / 2 >= middle - 1
            top = max(area.top, 40) * PT
            yield Mark("plate", "right" if right else "left", top + ROW / 2, "\n".join(said))


def barred(made: Sequence[Sheet], found: Bars) -> list[Sheet]:
    """Return the sheets with bars beside the lines that changed, and the words that went."""
    return [_barred(sheet, page, found) for page, sheet in enumerate(made, 1)]


def _barred(sheet: Sheet, page: int, found: Bars) -> Sheet:
    bars = tuple(_free(one, sheet.ground) for one in found.bars.get(page, ()))
    gone = (
        _mark("gone", sheet, one.left, one.middle, one.words) for one in found.gone.get(page, ())
    )
    # Where a gutter has no room for both the bar is what is wanted.
    numbers = tuple(
        one for one in sheet.numbers if not any(overlap(one.area, _area(bar)) for bar in bars)
    )
    return replace(sheet, bars=bars, numbers=numbers, marks=(*sheet.marks, *gone))


def _free(bar: Bar, ground: Ground) -> Bar:
    """Return a bar where it can stand: nearer to its line, or beyond the tint that this is on."""
    ways = [replace(bar, left=round(bar.left - nearer, 2)) for nearer in _NEARER]
    tints = (one.right for one in ground.painted if overlap(_area(bar), one))
    ways += [replace(bar, left=round(right + _BEYOND, 2)) for right in sorted(tints)]
    return next((one for one in ways if ground.is_free(_area(one))), ways[-1])


def _area(bar: Bar) -> Rect:
    return Rect(bar.left, bar.top, bar.left + _BAR, bar.top + bar.height)


def flagged(made: Sequence[Sheet], flags: Iterable[Flag]) -> list[Sheet]:
    """Return the sheets with the numbers of the flags in the margins."""
    placed: list[list[Mark]] = [[] for _ in made]
    for one in flags:
        if one.number:
            sheet = made[one.page - 1]
            placed[one.page - 1].append(_mark("flag", sheet, one.left, one.middle, str(one.number)))
    return [replace(sheet, flags=tuple(mine)) for sheet, mine in zip(made, placed, strict=True)]


def _mark(kind: str, sheet: Sheet, left: float, middle: float, words: str) -> Mark:
    """Return what is told of a place, to the right where that is in no column."""
    ground = sheet.ground
    column = ground.column(left, middle)
    return Mark(kind, ground.side(column, "right"), middle, words, ground.letter(column))
