"""Copyfitting: the smallest change of the setting with which a book has the pages it is to have.

In: a `Page`, the limits within which it may be varied, the pages wanted, the share of the plain
pages that pictures fill, and a function that lays the book out on a page and counts. Out: the
variation, or how far off the nearest comes: then nothing is varied. First the freedom of the
paragraphs is tried, some of which can be set in a line less or more with no change that a reader
sees. Then every lever (type size, leading, tracking, margins, pictures) in steps; of two variations
that are worth the same length the one that changes less is taken. How much longer or shorter one
makes the text is reckoned only to know where to look: what counts are pages that were laid out.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from publish.settings.printing import Fit
from publish.sizes.geometry import Page, Variation, varied

STEPS = 4
"""Steps of a lever to either side."""
MOST_LINES = 3
LETTER = 0.5
"""The width of a letter in em, as a rough mean."""
NEAR = 3
"""Steps of the frontier that are looked at, where the quick layout and the sound one differ."""
MOST = 24
"""Variations about a place that are looked at."""
SURE = 6
"""So many sound layouts in succession that differ alike from the quick ones tell what others do."""
LEANS = (1e4, 3e4, 1e5, 1e6)
"""What a line of a paragraph is held to cost, in demerits, step by step; the last costs all."""
_NONE = Variation()
Count = Callable[[Page], int]


@dataclass(frozen=True, slots=True)
class Trial:
    """A variation, the length that it is reckoned to give the text, what it changes (0: nothing).

    `length` is the natural logarithm of the share of the length as it was; `cost` is the sum of the
    squares of the changes, each as a share of its limit.
    """

    length: float
    cost: float
    by: Variation = field(compare=False)


class Fitted(Struct, frozen=True):
    """The variation found, the pages that it gives, and those that were wanted.

    Where they cannot be had nothing is varied, and `nearest` are the pages that come nearest.
    """

    by: Variation
    pages: int
    wanted: int
    nearest: int

    @property
    def hit(self) -> bool:
        """Tell whether the book has the pages that were wanted."""
        return self.pages == self.wanted


def trials(page: Page, limits: Fit, pictured: float = 0.0) -> list[Trial]:
    """Return the variations within limits, the shortest text first.

    `pictured` is the share of the pages that pictures fill; where they fill none they are left.
    """
    made = []
    shares = [step / STEPS for step in range(-STEPS, STEPS + 1)]
    smaller = _levels(limits.pictures / 100 if pictured else 0.0, shares[STEPS:])
    for size, tracking, margins in itertools.product(
        _levels(limits.size, shares),
        _levels(limits.tracking / 100, shares),
        _levels(limits.margins, shares),
    ):
        for lines, less in itertools.product(range(-MOST_LINES, MOST_LINES + 1), smaller):
            by = Variation(size, lines, tracking, margins, round(1 - less, 4))
            if (trial := _trial(page, by, limits, pictured)) is not None:
                made.append(trial)
    return sorted(made, key=lambda one: (one.length, one.cost))


def _levels(limit: float, shares: Sequence[float]) -> list[float]:
    return sorted({round(limit * share, 4) for share in shares})


def _trial(page: Page, by: Variation, limits: Fit, pictured: float) -> Trial | None:
    new = varied(page, by)
    leading = new.baseline / page.baseline - 1
    if abs(leading) * 100 > limits.leading + 1e-6 or min(new.inner, new.outer) < 5:
        return None
    wider = math.log(new.size / page.size) + by.tracking / LETTER
    text = wider - math.log(new.column / page.column) - math.log(new.lines / page.lines)
    # A picture is as tall as it is wide, and stands in the height of the page.
    tall = by.pictures * new.column / page.column * page.depth / new.depth
    length = math.log((1 - pictured) * math.exp(text) + pictured * tall) if pictured else text
    changes = (
        (by.size, limits.size),
        (leading * 100, limits.leading),
        (by.tracking * 100, limits.tracking),
        (by.margins, limits.margins),
        ((1 - by.pictures) * 100, limits.pictures),
    )
    cost = sum((change / limit) ** 2 for change, limit in changes if limit)
    return Trial(length, cost, by)


def frontier(found: Sequence[Trial]) -> list[Trial]:
    """Return the trials that no cheaper one outdoes, the shortest text first, the plain among them.

    On either side of the plain setting, each changes more than those nearer to it.
    """
    kept: list[Trial] = []
    for side in (-1, 1):  # shorter, longer
        least = math.inf
        ordered = sorted(
            (one for one in found if side * one.length > 0 or one.by == _NONE),
            key=lambda one: (-abs(one.length), one.cost),
        )
        for one in ordered:
            if one.cost < least:
                least = one.cost
                kept.append(one)
    return sorted(set(kept), key=lambda one: (one.length, one.cost))


def targets(wanted: str, pages: int) -> list[int]:
    """Return the numbers of pages that a wish allows, the nearest to those there are first."""
    rule, _, number = wanted.rpartition(" ")
    if rule == "fit":
        return [int(number)]
    step = int(number)
    below = pages // step * step
    near = sorted({below, below + step} - {0}, key=lambda one: (abs(one - pages), one))
    return [pages] if pages in near else near


class Press:
    """Lays the book out on varied pages; what has been laid out once is not laid out again.

    `count` counts the pages of a sound layout, `guess` those of a quick one, which may differ.
    """

    def __init__(self, page: Page, count: Count, guess: Count) -> None:
        self.page = page
        self._count, self._guess = count, guess
        self.guessed: dict[Variation, int] = {}
        self.counted: dict[Variation, int] = {}

    def guess(self, by: Variation) -> int:
        """Return about how many pages a variation gives."""
        if by not in self.guessed:
            self.guessed[by] = self._guess(varied(self.page, by))
        return self.guessed[by]

    def count(self, by: Variation) -> int:
        """Return how many pages a variation gives."""
        if by not in self.counted:
            self.counted[by] = self._count(self.page if by == _NONE else varied(self.page, by))
        return self.counted[by]

    def promises(self, by: Variation, pages: int, off: int) -> bool:
        """Tell whether a variation may give so many pages, where the quick layout has `off` more.

        It may while the sound layouts differ from the quick ones now so, now so.
        """
        told = [
            self.counted[one] - self.guessed[one] for one in self.counted if one in self.guessed
        ]
        last = set(told[-SURE:]) if len(told) >= SURE else set()
        return self.guess(by) - pages == off and (len(last) != 1 or last == {-off})


def fitted(
    page: Page,
    limits: Fit,
    wanted: str,
    count: Count,
    guess: Count,
    leans: Sequence[float] = LEANS,
    pictured: float = 0.0,
) -> Fitted:
    """Return the least variation that gives the pages wanted; none where no variation does.

    `leans` are the steps in which paragraphs may be set shorter or longer, `pictured` is the share
    of the plain pages that pictures fill.
    """
    press, every = Press(page, count, guess), trials(page, limits, pictured)
    plain = press.count(_NONE)
    missed: list[Fitted] = []
    for target in targets(wanted, plain):
        if target == plain:
            return Fitted(_NONE, plain, target, plain)
        way = 1 if target < plain else -1
        by_lines = [Variation(lean=way * one) for one in leans]
        side = [one for one in every if one.length * way < 0 or one.by == _NONE]
        ways = _nearly(by_lines, target, press, plain), _candidates(side, target, press, plain)
        for by in itertools.chain.from_iterable(ways):
            if press.count(by) == target:
                return Fitted(by, target, target, target)
        nearest = min(press.counted.values(), key=lambda pages: abs(pages - target))
        missed.append(Fitted(_NONE, plain, target, nearest))
    return min(missed, key=lambda one: abs(one.nearest - one.wanted))


def _nearly(
    those: Sequence[Variation], target: int, press: Press, plain: int
) -> Iterator[Variation]:
    """Yield the variations that the quick layout sees on the pages wanted, or one off them.

    The last goes furthest: where the pages are far off it is asked first, and where it does not go
    as far none before it does.
    """
    way = 1 if target < plain else -1
    if those and abs(plain - target) > NEAR and way * (press.guess(those[-1]) - target) > 1:
        return
    yield from (one for one in those if abs(press.guess(one) - target) <= 1)


def _candidates(
    every: Sequence[Trial], target: int, press: Press, plain: int
) -> Iterator[Variation]:
    """Yield the variations that may give the pages wanted, the least change first.

    The frontier is halved until the least change is found that goes as far; where the pages leap
    over the target there, what lies about that place comes after it, first what the quick layout
    promises. The strongest comes last, so that it is known how far off the book stays.
    """
    far = frontier(every)
    if target > plain:
        far.reverse()
    # From the strongest change to the plain setting.
    low, high = 0, len(far) - 1
    if high < 1:
        return

    def enough(pages: int) -> bool:
        return pages <= target if target < plain else pages >= target

    if enough(press.guess(far[0].by)) or enough(press.count(far[0].by)):
        while high - low > 1:
            middle = (low + high) // 2
            if enough(press.guess(far[middle].by)):
                low = middle
            else:
                high = middle
        leap = far[low]
        yield from (one.by for one in reversed(far[max(low - NEAR + 1, 0) : low + 1]))
        about = sorted(every, key=lambda one: (abs(one.length - leap.length) // 0.004, one.cost))
        about = about[:MOST]
        for off in (0, 1, -1):
            yield from (one.by for one in about if press.promises(one.by, target, off))
    yield far[0].by
