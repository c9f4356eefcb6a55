"""Lists of a word processor's file: which paragraphs are items, how deep, and under what number.

In: a paragraph, the numbering part (ECMA-376, part 1, 17.9) and the styles. Out: an `Item`. Numbers
are counted as the word processor counts them, since no paragraph holds its own.
"""

from __future__ import annotations

from collections import Counter
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


class Numbering:
    """Counts the items of a document's lists in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.formats: dict[tuple[str, int], tuple[str, int]] = {}
        self.count: Counter[tuple[str, int]] = Counter()
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        kinds = {
            str(one.get(f"{W}abstractNumId")): {
                _number(level.get(f"{W}ilvl"), 0): (
                    value(level.find(f"{W}numFmt")),
                    _number(value(level.find(f"{W}start")), 1),
                )
                for level in one.iterfind(f"{W}lvl")
            }
            for one in root.iterfind(f"{W}abstractNum")
        }
        for number in root.iterfind(f"{W}num"):
            levels = kinds.get(value(number.find(f"{W}abstractNumId")), {})
            for depth, what in levels.items():
                self.formats[str(number.get(f"{W}numId")), depth] = what

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
        kind, _ = self.formats.get((key, depth), ("bullet", 1))
        return Item(max(depth, own[1]), self._label(key, depth, kind not in BULLETS))

    def _label(self, key: str, depth: int, numbered: bool) -> str:
        if not numbered:
            return "-"
        for other in [one for one in self.count if one[0] == key and one[1] > depth]:
            del self.count[other]
        _, start = self.formats.get((key, depth), ("", 1))
        self.count[key, depth] += 1
        return f"{start - 1 + self.count[key, depth]}."


def _number(said: str | None, otherwise: int) -> int:
    """Return a number as it is said, or what counts where none is."""
    digits = said or ""
    return int(digits) if digits.isdecimal() and len(digits) < _DIGITS else otherwise
