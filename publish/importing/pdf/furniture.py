"""Running heads, folios, and what lies beyond the trimmed page: rows that are no text of the book.

In: rows and pages. Out: for each row that is left out, as what. A head is known by its place, the
same on several pages and parted from the text, and by what it says: the same as on another page, a
heading of the book, or a number that counts on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

from publish.importing.pdf.model import Page, Row, Style
from publish.importing.words import plain

ZONE = 0.16
"""Heads and folios stand within this part of the page's height from its head or foot."""
APART = 1.5
"""White of so many ems parts them from the text."""
LARGEST = 1.06
"""They are seldom more than so many times as large as the body …"""
HUGE = 2.0
"""… and never so many times."""
NEARBY = 2
"""A large head comes back within so many pages: on the next, or on the next of its side."""
MOSTLY = 0.5
"""More than this part of the large heads in a place come back."""
COUNTING = 2
"""A large folio counts on with so many others."""
PLACE = 3.0
"""Their baselines are the same to so many points."""
_FOLIO = re.compile(
    r"\W*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|van|von|sur)\s*\d{1,4})?\W*", re.IGNORECASE
)


def furniture(rows: Sequence[Row], pages: Sequence[Page], body: Style) -> dict[int, str]:
    """Return the indexes of the rows that are furniture, and what each is."""
    heights = {page.number: page.height for page in pages}
    places: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
    for at, upper in _edges(rows, heights, body):
        base = heights[rows[at].page] - rows[at].base if upper else rows[at].base
        places[upper, round(base / PLACE)].append(at)
    titles = _titles(rows, body)
    out: dict[int, str] = {}
    large: list[tuple[int, list[Row]]] = []
    for (upper, place), members in places.items():
        near = [at for step in (-1, 0, 1) for at in places.get((upper, place + step), ())]
        for at in members:
            others = [rows[one] for one in near if rows[one].page != rows[at].page]
            if _is_large(rows[at], body):
                alike = [one for one in others if one.style == rows[at].style]
                large.append((at, alike))
            elif what := _what(rows[at], others, titles):
                out[at] = what
    return out | _large(rows, large, out)


def _what(row: Row, others: Sequence[Row], titles: set[str]) -> str:
    """Return what a row is, seen beside those in its place on other pages; "" for text."""
    if _FOLIO.fullmatch(row.text):
        counting = [one for one in others if _FOLIO.fullmatch(one.text) and one.text != row.text]
        own = row.text.strip("–—-|· ") == str(row.page + 1)
        return "folio" if counting or own else ""
    if any(_key(one.text) == _key(row.text) for one in others):
        return "running head"
    return "running head" if _name(row.text) in titles else ""


def _large(
    rows: Sequence[Row], candidates: Sequence[tuple[int, list[Row]]], small: Mapping[int, str]
) -> dict[int, str]:
    """Return which rows larger than the text are furniture, each given with those in its place.

    Headings are set so as well, and chapters have numbers: a large head says the very same on a
    page nearby, or is set as one that does, and a large folio counts with the pages, on those that
    have no other.
    """
    have = {rows[at].page for at, what in small.items() if what == "folio"}
    heads = {at for at, alike in candidates if any(_repeats(one, rows[at]) for one in alike)}
    known = {rows[at] for at in heads}
    # A style that hardly any of its rows come back in is that of headings.
    many = {at for at, alike in candidates if _many(rows[at], alike, known)}
    out: dict[int, str] = {}
    for at, alike in candidates:
        row = rows[at]
        if _FOLIO.fullmatch(row.text):
            counting = {one.page for one in alike if _counts(one, row)}
            if row.page not in have and len(counting) >= COUNTING:
                out[at] = "folio"
        elif at in many and not _opens(row, rows):
            out[at] = "running head"
    return out


def _many(row: Row, alike: Sequence[Row], known: Set[Row]) -> bool:
    """Tell whether most of the rows in a place, set alike, are heads that come back."""
    repeated = sum(one in known for one in (row, *alike))
    return repeated > MOSTLY * (len(alike) + 1)


def _repeats(one: Row, row: Row) -> bool:
    return one.text == row.text and abs(one.page - row.page) <= NEARBY


def _counts(one: Row, row: Row) -> bool:
    """Tell whether two folios are as far apart as their pages are."""
    numbers = [re.findall(r"\d+", folio.text)[:1] for folio in (one, row)]
    return all(numbers) and int(numbers[0][0]) - int(numbers[1][0]) == one.page - row.page


def _opens(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a head on the first page is the title: nothing else says the same otherwise."""
    name = plain(row.text)
    others = (one for one in rows if one.style != row.style)
    return row.page == rows[0].page and not any(plain(one.text) == name for one in others)


def _edges(
    rows: Sequence[Row], heights: dict[int, float], body: Style
) -> Iterator[tuple[int, bool]]:
    """Yield the rows in the outer zones that white parts from the text, and whether at the head."""
    by_page: defaultdict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        by_page[row.page].append(at)
    for page, members in by_page.items():
        for upper in (True, False):
            yield from _outer([(at, rows[at]) for at in members], heights[page], upper, body)


def _outer(
    members: Sequence[tuple[int, Row]], height: float, upper: bool, body: Style
) -> Iterator[tuple[int, bool]]:
    depth = {at: height - row.base if upper else row.base for at, row in members}
    order = sorted(members, key=lambda one: depth[one[0]])
    for (at, row), after in zip(order, [*order[1:], None], strict=True):
        if depth[at] > ZONE * height or row.style.size > HUGE * body.size:
            return
        apart = after is None or depth[after[0]] - depth[at] > APART * body.size
        beside = after is not None and abs(depth[after[0]] - depth[at]) < 0.5 * body.size
        if apart or beside:
            yield at, upper
        if not apart and not beside:
            return


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split())).casefold()


def _name(text: str) -> str:
    """Return what a head says without its folio, as plain letters."""
    return plain(re.sub(r"^\W*\d+\b|\b\d+\W*$", "", text))


def _is_large(row: Row, body: Style) -> bool:
    return row.style.size > LARGEST * body.size


def _titles(rows: Sequence[Row], body: Style) -> set[str]:
    """Return what is set larger than the body, as plain letters, in one line and in two."""
    large = [row for row in rows if _is_large(row, body)]
    out = {plain(row.text) for row in large}
    return out | {plain(a.text + b.text) for a, b in pairwise(large)}
