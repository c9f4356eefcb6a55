"""The cover for the printer: back, spine, front and flaps as one sheet, laid out.

In: settings, the `Flat`, the page and the cover's picture. Out: laid-out `Pages`, one of them, and
problems P441 and P443 to P445. Front and back are those of a cover that is the first and last page
of the inside; their type is set smaller, step by step, until all words stand in their room. A spine
is lettered downward, as in English and Dutch, or upward where that is the custom of the language; a
book that is read leftward has its spine on the right, where letters that run downward stand on
their feet when it lies on its back (ISO 6357).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from publish.cover.flat import Flat
from publish.engine.layout import lay_out
from publish.engine.parts import Pages
from publish.fonts.files import Face
from publish.ground.problems import Problem, problem
from publish.ground.templating import templates
from publish.ground.units import MM
from publish.pages.covers import AIR, CoverLine, Grounds, back_fits, values, words_of
from publish.pages.grounds import grounds_of
from publish.pictures.placed import ADDRESS
from publish.settings.book_toml import Settings
from publish.sizes.geometry import Page

UPWARD = frozenset("fr de it es ca pt ro pl cs sk hu hr sl sr bg ru uk el".split())
"""Languages whose spines are lettered from foot to head."""
_HAIR = 0.1
_SPINE, _LEAST_SPINE = 0.56, 5.5
"""The size of the letters on a spine as a part of its width, and the least in pt."""
_MOST_SPINE = 22.0
_FRONT = (1.0, 0.88, 0.77, 0.68, 0.6, 0.52, 0.45, 0.39, 0.34)
_BACK = (1.0, 0.93, 0.86, 0.8, 0.74)
_LETTERS = ((1.0, True), (0.88, True), (0.77, True), (1.0, False), (0.88, False), (0.77, False),
            (0.68, False), (0.6, False), (0.5, False))  # fmt: skip
"""How much smaller the letters of a spine are, and whether the makers stand there too."""
_KINDS = ("title", "subtitle", "makers", "publisher", "description", "foot-line",
          "spine-title", "spine-publisher")  # fmt: skip


class Steps(Struct, frozen=True):
    """How far each part has been set smaller: places in `_FRONT`, `_BACK` and `_LETTERS`."""

    front: int = 0
    back: int = 0
    spine: int = 0

    def smaller(self, tight: Sequence[str]) -> Steps:
        """Return the next step of the parts that are too full, as far as there is one."""
        most = {"front": len(_FRONT), "back": len(_BACK), "spine": len(_LETTERS)}
        further = {part: min(getattr(self, part) + 1, most[part] - 1) for part in tight}
        return replace(self, **further)


class Cover(Struct, frozen=True):
    """What a cover is made of: its numbers, its picture's file name or "", the size of its type.

    `grounds` are those of the words on it; `hidden` leaves words out, to see what is behind them.
    """

    settings: Settings
    flat: Flat
    page: Page
    picture: str = ""
    grounds: Grounds = field(default_factory=dict)
    hidden: bool = False
    steps: Steps = Steps()
    lettered: bool = True

    @property
    def type(self) -> dict[str, Any]:
        """Return the sizes of the type in pt."""
        front, back = _FRONT[self.steps.front], _BACK[self.steps.back]
        letters, makers = _LETTERS[self.steps.spine]
        most = min(self.flat.spine * MM * _SPINE, _MOST_SPINE)
        return {
            "title": round(34 * self.page.width / 148 * front, 2),
            "wrap": "anywhere" if self.steps.front == len(_FRONT) - 1 else "normal",
            "subtitle": round(11 * max(front, 0.86), 2),
            "makers": round(9.5 * max(front, 0.9), 2),
            "description": round(10.5 * back, 2),
            "spine": round(max(most * letters, min(most, _LEAST_SPINE)), 2),
            "spine_makers": makers,
        }

    @property
    def upward(self) -> bool:
        """Tell whether the box of the spine's letters is turned to the left."""
        return self.flat.leftward or self.settings.language.split("-")[0].lower() in UPWARD


def cover_sheet(
    settings: Settings,
    flat: Flat,
    page: Page,
    picture: str,
    css: str,
    given: Mapping[str, tuple[bytes, str]],
    extra: Sequence[Face] = (),
) -> tuple[Pages, list[Problem]]:
    """Return the flat cover laid out at the largest type at which all words stand in their room.

    `picture` is the file name of the cover's picture, or nothing; `extra` are the faces of the
    fonts that the book brings.
    """
    lettered = flat.spine > 0 and flat.spine >= settings.cover.spine_text
    cover = Cover(settings, flat, page, picture, lettered=lettered)
    while True:
        pages = lay_out(document(cover), css, given, extra)
        tight = _tight(cover, pages)
        steps = cover.steps.smaller(tight)
        if steps == cover.steps:
            break
        cover = replace(cover, steps=steps)
    problems = []
    if "spine" in tight:
        problems.append(problem("P443", None, spine=flat.spine))
        cover = replace(cover, lettered=False)
    if picture:
        behind = lay_out(document(replace(cover, hidden=True)), css, given, extra)
        grounds, problems[:0] = grounds_of(behind, flat.size[0])
        cover = replace(cover, grounds=grounds)
    pages = lay_out(document(cover), css, given, extra)
    if "front" in tight:
        problems.append(problem("P441", None))
    if "back" in tight:
        problems.append(problem("P444", None))
    return pages, problems


def document(cover: Cover) -> str:
    """Return the flat cover as a document of one page."""
    return (
        templates("pages")
        .get_template("coversheet.html.j2")
        .render(
            values(cover.settings, cover.page.outer),
            flat=cover.flat,
            type=cover.type,
            lettered=cover.lettered,
            upward=cover.upward,
            grounds=cover.grounds,
            hidden=cover.hidden,
            picture=f"background-image: url({ADDRESS}{cover.picture})" if cover.picture else "",
        )
    )


def _tight(cover: Cover, pages: Pages) -> list[str]:
    """Return the parts whose words have not enough room."""
    found = [*words_of(pages.boxes[0], _KINDS)]
    rules = {"front": _front_fits, "back": _back_fits, "spine": _spine_fits}
    return [part for part, fits in rules.items() if not fits(cover, found)]


def _front_fits(cover: Cover, found: Sequence[CoverLine]) -> bool:
    words = [one for one in found if one.kind in ("title", "subtitle", "makers")]
    below = [one.top for one in found if one.kind == "publisher"]
    room = cover.page.width - 2 * cover.page.outer + _HAIR
    floor = min((*below, cover.page.height - cover.page.top)) - AIR
    return all(one.width <= room and one.foot <= floor for one in words)


def _back_fits(cover: Cover, found: Sequence[CoverLine]) -> bool:
    return back_fits(cover.settings, found, cover.page.height)


def _spine_fits(cover: Cover, found: Sequence[CoverLine]) -> bool:
    widths: dict[str, float] = {}
    for one in found:
        if one.kind.startswith("spine-"):
            widths[one.kind] = max(one.width, widths.get(one.kind, 0.0))
    return sum(widths.values()) + AIR * len(widths) <= cover.flat.size[1] - 2 * cover.page.top
