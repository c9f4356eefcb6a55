"""`[layout]` of `book.toml`: what of the make-up of the pages is told of, and from where on.

In: a value of each key. Out: `LayoutSettings`: for each fault "off", "warning" or "error", and the
`Limits` from which on it is one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publish.settings.schema import Nested, choice, number, setting, whole


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on the make-up is at fault; blanks and widths in em, the rest counted."""

    loose: float = setting(number(0.3, 3), "the widest mean blank of a line, in em", 0.5)
    tight: float = setting(number(0, 0.3), "the narrowest mean blank of a line, in em", 0.15)
    runt: float = setting(number(0, 20), "the shortest last line, in em", 2.0)
    ladder: int = setting(whole(2, 20), "so many lines in succession with a hyphen", 3)
    river: int = setting(whole(3, 20), "so many lines in succession with a blank in one place", 5)
    repeat: int = setting(whole(2, 20), "so many lines in succession with a short word alike", 3)
    heading: int = setting(whole(1, 20), "so many lines that there is room for below", 2)
    depth: float = setting(number(0.1, 50), "so many lines by which facing pages differ", 1.0)
    picture: int = setting(whole(0, 100), "so many pages from a mention to its picture", 2)


def _told(doc: str) -> Any:
    return setting(choice("off", "warning", "error"), doc, "warning")


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    """How bad each fault of the make-up is."""

    widow: str = _told("the last line of a paragraph alone at the head of a page")
    orphan: str = _told("the first line of a paragraph alone at the foot of a page")
    runt: str = _told("a last line that is too short")
    ladder: str = _told("hyphens at the ends of successive lines")
    loose: str = _told("a line with wide blanks")
    tight: str = _told("a line with narrow blanks")
    river: str = _told("blanks that run through successive lines")
    page_hyphen: str = _told("a page that ends within a word")
    bad_break: str = _told("a line that parts what belongs together")
    repeat: str = _told("successive lines that begin or end alike")
    heading: str = _told("a heading near the foot of a page")
    depth: str = _told("facing pages of unequal depth")
    picture: str = _told("a picture far from where it is mentioned")
    note: str = _told("a note off the page of its call")
    overfull: str = _told("what stands outside its column")
    limits: Limits = setting(Nested(Limits), "from where on they are faults", Limits())

    @property
    def severities(self) -> Mapping[str, str]:
        """Return how bad each fault is, by its name."""
        names = (one.name for one in dataclasses.fields(self) if one.name != "limits")
        return {name: getattr(self, name) for name in names}
