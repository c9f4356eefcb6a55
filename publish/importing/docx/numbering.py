"""Lists of a word processor's file: which paragraphs are items, how deep, and under what number.

In: a paragraph, the numbering part (ECMA-376, part 1, 17.9) and the styles. Out: an `Item`. Numbers
are counted as the word processor counts them, since no paragraph holds its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from publish.importing.docx.package import W
from publish.importing.docx.styles import NUMBERED, STYLES, Styles, style_key, value

BULLETS = ("bullet", "none", "")
_DIGITS = 9
"""Those that the number of an item may have (CommonMark 0.31, 5.2)."""


class Item(Struct, frozen=True):
    """An item of a list: its depth from 0, and its number with a point, or a dash."""

    level: int
    label: str


class _List(Struct, frozen=True):
    """A list's levels: format and first number of each, the numbers that it begins anew with.

    Lists of one `kind` (`abstractNum`) are counted on from one to the next.
    """

    kind: str
    levels: Mapping[int, tuple[str, int]]
    anew: Mapping[int, int]


class Numbering:
    """Counts the items of a document's lists in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.lists: dict[str, _List] = {}
        self.count: dict[tuple[str, int], int] = {}
        self.begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        kinds = {str(one.get(f"{W}abstractNumId")): one for one in root.iterfind(f"{W}abstractNum")}
        of = {
            str(number.get(f"{W}numId")): value(number.find(f"{W}abstractNumId"))
            for number in root.iterfind(f"{W}num")
        }
        styled = {
            key: kinds[of[name]]
            for key, (_, _, style) in self.styles.rows.items()
            if of.get(name := value(style.find(f"{W}pPr/{W}numPr/{W}numId"))) in kinds
        }
        styled |= {value(one.find(f"{W}styleLink")): one for one in kinds.values()}
        for number in root.iterfind(f"{W}num"):
            kind = of[str(number.get(f"{W}numId"))]
            levels = _levels_of(kinds[kind], styled) if kind in kinds else {}
            anew: dict[int, int] = {}
            for one in number.iterfind(f"{W}lvlOverride"):
                levels |= _levels(one)
                if (start := one.find(f"{W}startOverride")) is not None:
                    anew[_number(one.get(f"{W}ilvl"), 0)] = _number(value(start), 1)
            self.lists[str(number.get(f"{W}numId"))] = _List(kind, levels, anew)

    def item(self, paragraph: Any, style: str) -> Item | None:
        """Return the item that a paragraph is; None for none."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        own = STYLES.get(style, ("body", 0))
        if properties is None and own[0] not in ("item", "body"):
            return None
        for _, element in self.styles.chain(style_key(paragraph)):
            if properties is None and own[0] in ("item", "body"):
                properties = element.find(f"{W}pPr/{W}numPr")
        listed = STYLES.get(style, ("body", 0))[0] == "item"
        if properties is None:
            return Item(own[1], self._label(style, own[1], style in NUMBERED)) if listed else None
        key = value(properties.find(f"{W}numId"))
        if key == "0" or own[0] not in ("item", "body", "quote") or style == "outline":
            return None
        depth = _number(value(properties.find(f"{W}ilvl")), 0)
        levels = self.lists[key].levels if key in self.lists else {}
        kind, _ = levels.get(depth, ("bullet", 1))
        return Item(max(depth, own[1]), self._label(key, depth, kind not in BULLETS))

    def _label(self, key: str, depth: int, numbered: bool) -> str:
        if not numbered:
            return "-"
        list_ = self.lists.get(key, _List(f"style {key}", {}, {}))
        at = list_.kind, depth
        for deeper in [one for one in self.count if one[0] == list_.kind and one[1] > depth]:
            del self.count[deeper]
        anew = depth in list_.anew and (key, depth) not in self.begun
        self.begun.add((key, depth))
        if anew or at not in self.count:
            _, first = list_.levels.get(depth, ("", 1))
            self.count[at] = list_.anew.get(depth, first)
        else:
            self.count[at] += 1
        return f"{self.count[at]}."


def _levels_of(kind: Any, styled: Mapping[str, Any]) -> dict[int, tuple[str, int]]:
    """Return the levels of a kind of list, or of the one whose style it refers to (17.9.21)."""
    link = value(kind.find(f"{W}numStyleLink"))
    return _levels(kind) or _levels(styled[link] if link and link in styled else kind)


def _levels(element: Any) -> dict[int, tuple[str, int]]:
    """Return the format and the first number of each level that stands in an element."""
    return {
        _number(level.get(f"{W}ilvl"), 0): (
            value(level.find(f"{W}numFmt")),
            _number(value(level.find(f"{W}start")), 1),
        )
        for level in element.iterfind(f"{W}lvl")
    }


def _number(said: str | None, otherwise: int) -> int:
    """Return a number as it is said, or what counts where none is."""
    digits = said or ""
    return int(digits) if digits.isdecimal() and len(digits) < _DIGITS else otherwise
