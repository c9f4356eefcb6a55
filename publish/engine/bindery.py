"""The bindery: the parts of a book, each written by itself, become its PDF.

In: laid-out `Pages`, and each of their parts as PDF. Out: one PDF, open or as bytes, and what is
wrong with the whole of it: links that lead nowhere (P401), fonts that are nobody's (P402).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from publish.engine.binding import Bound, Cast, bind, with_folios
from publish.engine.failing import failing, said
from publish.engine.parts import Pages, Written
from publish.fonts.brought import EXTRA
from publish.fonts.files import FACES, SANS, SERIF
from publish.ground.problems import Problem, problem

_SHOWN, _WORDS = 12, 40
"""Letters, and characters of their surroundings, that are told of a font that is not the book's."""


@contextmanager
def bound(
    pages: Pages, parts: Sequence[Written], over: Sequence[Written | None], cast: Cast
) -> Iterator[Bound]:
    """Bind the parts of laid-out pages into one PDF, with what is laid over each of them.

    What is wrong with the whole is told with it; `cast` makes its fonts.
    """
    written = [*parts, *(one for one in over if one)]
    found = [*said(_lost(pages)), *_foreign(pages, written)]
    with ExitStack() as opened:
        with failing():
            pdf, folios = bind(pages, parts, over, cast, opened)
        left = dict.fromkeys(kind for one in written for kind in one.left)
        yield Bound(pdf, folios, tuple(left), found)


def saved(whole: Bound) -> bytes:
    """Return the bytes of a PDF that was bound, its folios laid over its pages."""
    with failing():
        return with_folios(whole)


def _lost(pages: Pages) -> list[str]:
    """Return what there is to say of links that lead nowhere."""
    there = {name for leaf in pages.leaves for name in leaf.anchors}
    links = dict.fromkeys(link for leaf in pages.leaves for link in leaf.links)
    return [f"No anchor #{link} for internal URI reference" for link in links if link not in there]


def _foreign(pages: Pages, parts: Sequence[Written]) -> list[Problem]:
    """Report every font of the pages that is not one of the book's own, and what it is for."""
    own = {face.family for face in FACES} | {SERIF, SANS, EXTRA}
    foreign: dict[str, set[str]] = {}
    for fount in (one for part in parts for one in part.founts):
        name = fount.family.strip('"')
        if not any(name.replace("-", " ").startswith(one) for one in own):
            foreign.setdefault(name, set()).update("".join(fount.letters.values()))
    return [
        problem("P402", None, font=name, where=_where(pages, letters))
        for name, letters in sorted(foreign.items())
    ]


def _where(pages: Pages, letters: set[str]) -> str:
    """Return which letters a font is asked for, and the first words in which one of them stands."""
    letters = {one for one in letters if one.isprintable() and not one.isspace()}
    if not letters:
        return ""
    shown = "".join(sorted(letters))
    told = f" for “{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}”"
    for number, page in enumerate(pages.boxes, 1):
        for box in page.descendants():
            if box.kind == "text" and letters.intersection(box.text):
                return f"{told}, first in “{box.text.strip()[:_WORDS]}” on page {number}"
    return told
