"""A line box of the engine → boxes, glue and penalties, and back to a place in the box tree.

In: the box of a paragraph before its lines are made, the points where Unicode lets a line end, and
a function that measures text. Out: a `Galley`: the paragraph as one string, the places where its
lines may end, and for each of them the text box and the byte in it. Knows the engine's boxes by
their attributes alone (WeasyPrint 70).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from publish.paragraphs.breakpoints import FORCED, NEVER, Box, Item, Penalty, Place, places
from publish.paragraphs.choices import Choice
from publish.paragraphs.hyphenation import Point
from publish.paragraphs.linebreak import Line, Plan
from publish.paragraphs.pieces import HYPHENS, Type

Kind: TypeAlias = Literal["text", "atom", "open", "close", "out"]
OBJECT = "\u2e80"
"""What stands for a picture or an inline block: lines break around it as around an ideograph."""
_COLLAPSING = ("normal", "nowrap", "pre-line")
_PIECES = re.compile(r"[ \u00a0]+|\n|[^ \u00a0\n]+")


class Leaf(Struct, frozen=True):
    """A box within the line box: the way to it, what it is, where its text begins."""

    path: tuple[int, ...]
    box: Any
    kind: Kind
    base: int


_UNCHANGED = Point(0)
_FREE = Penalty(0.0)
_HELD = Penalty(NEVER)


@dataclass(slots=True)
class Galley:
    """A paragraph ready to be broken into lines; `lines` are those that are planned.

    `ways` are the plans from a place on, at a tolerance; `choice` is why it is not set as suits it
    best, where it is not.
    """

    text: str
    leaves: tuple[Leaf, ...]
    places: tuple[Place, ...]
    spelled: dict[int, Point]
    floated: int
    """Where the last float stands among the words: before it nothing can be planned."""
    index: dict[int, int] = field(init=False)
    paths: dict[tuple[int, ...], Leaf] = field(init=False)
    texts: tuple[Leaf, ...] = field(init=False)
    boxes: dict[int, Leaf] = field(init=False)
    lines: dict[int, Line] = field(default_factory=dict)
    ways: dict[tuple[int, float, float, float], tuple[Plan, ...]] = field(default_factory=dict)
    choice: Choice | None = None

    def __post_init__(self) -> None:
        self.index = {place.at: number for number, place in enumerate(self.places)}
        self.paths = {leaf.path: leaf for leaf in self.leaves}
        self.texts = tuple(leaf for leaf in self.leaves if leaf.kind == "text")
        self.boxes = {id(leaf.box): leaf for leaf in self.texts}

    def set_as(self, lines: dict[int, Line], choice: Choice | None) -> None:
        """Have these lines planned, and no others."""
        self.lines.clear()
        self.lines.update(lines)
        self.choice = choice

    def offset(self, skip: Any) -> int:
        """Return the offset in the text of the engine's `skip_stack`."""
        way: list[int] = []
        while skip:
            ((key, skip),) = skip.items()
            way.append(key)
        leaf = self.paths.get(tuple(way[:-1]))
        if leaf is not None and leaf.kind == "text":
            return leaf.base + len(leaf.box.text.encode()[: way[-1]].decode())
        for leaf in self.leaves:
            if leaf.path >= tuple(way) and leaf.kind in ("text", "atom"):
                return leaf.base
        return len(self.text)

    def leaf_before(self, end: int) -> Leaf | None:
        """Return the text that a line ends in; None where it ends with a picture."""
        number = bisect_left(self.texts, end, key=lambda leaf: leaf.base) - 1
        leaf = self.texts[number] if number >= 0 else None
        return leaf if leaf and end <= leaf.base + len(leaf.box.text) else None

    def shown(self, line: Line, leaf: Leaf, start: int, end: int) -> tuple[str, str]:
        """Return what a line shows of a text, from `start` to `end` of the paragraph.

        The second is the same as it is spelled where no line ends: idee-, ën; not idee-, en.
        """
        said = shown = str(leaf.box.text[start - leaf.base : end - leaf.base])
        point = self.spelled.get(start, _UNCHANGED) if start == line.start else _UNCHANGED
        if point.first:
            shown = point.first + shown[1:]
        if end == line.end:
            said, shown = said.rstrip(" "), shown.rstrip(" ")
            if line.sign:
                sign = leaf.box.style["hyphenate_character"]
                point = self.spelled.get(end, _UNCHANGED)
                said += sign
                shown = shown[: len(shown) - point.cut] + point.tail + sign
        return shown, said


def leaves(box: Any, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any, Kind]]:
    """Yield the boxes in a line box; one that holds others opens and closes."""
    for number, child in enumerate(box.children):
        here = (*path, number)
        kind = type(child).__name__
        if not child.is_in_normal_flow():
            yield here, child, "out"
        elif kind == "TextBox":
            yield here, child, "text"
        elif kind == "InlineBox":
            yield here, child, "open"
            yield from leaves(child, here)
            yield here, child, "close"
        else:
            yield here, child, "atom"


def galley(
    linebox: Any,
    breaks: Callable[[str], Sequence[bool]],
    type_of: Callable[[Any], Type],
    width_of: Callable[[Any, Kind], float],
) -> Galley | None:
    """Return a paragraph to be planned, or None where its white space or its leaders forbid it.

    `breaks` tells where lines may end, `type_of` gives a style's type, `width_of` the width in px
    of what is no text.
    """
    found: list[Leaf] = []
    parts: list[str] = []
    floated = -1
    for path, box, kind in leaves(linebox):
        if getattr(box, "is_leader", False) or (kind == "text" and not _is_plain(box)):
            return None
        base = sum(map(len, parts[-1:])) + (found[-1].base if found else 0)
        found.append(Leaf(path, box, kind, base))
        parts.append(box.text if kind == "text" else OBJECT if kind == "atom" else "")
        if kind == "out" and box.is_floated():
            floated = base
    text = "".join(parts)
    spelled: dict[int, Point] = {}
    items = _items(text, found, breaks(text), type_of, width_of, spelled)
    indent = Box(linebox.text_indent)
    ends = places([*([indent] if indent.width else []), *items, Penalty(FORCED)])
    return Galley(text, tuple(found), ends, spelled, floated)


def _is_plain(box: Any) -> bool:
    style = box.style
    return bool(
        style["white_space"] in _COLLAPSING
        and style["font_size"]
        and style["word_break"] != "break-all"
    )


def _items(
    text: str,
    found: Sequence[Leaf],
    allowed: Sequence[bool],
    type_of: Callable[[Any], Type],
    width_of: Callable[[Any, Kind], float],
    spelled: dict[int, Point],
) -> Iterator[Item]:
    """Yield a paragraph's items; `spelled` gets the breaks that change the spelling."""
    for leaf in found:
        box, base = leaf.box, leaf.base
        if leaf.kind == "text":
            setter = type_of(box.style)
            yield from _text(text, box.text, base, allowed, setter, spelled)
            end, wraps, dash = base + len(box.text), setter.wraps, setter.costs.dash
        elif leaf.kind == "atom":
            yield Box(width_of(box, "atom"), 1)
            end, wraps, dash = base + 1, True, 0.0
        else:
            width = width_of(box, leaf.kind) if leaf.kind != "out" else 0.0
            if width:
                yield Box(width)
            continue
        inside = wraps and base < end < len(text) and not text[end - 1].isspace()
        if inside and allowed[end]:
            ends_in_dash = text[end - 1] in HYPHENS
            yield Penalty(dash if ends_in_dash else 0.0, flagged=ends_in_dash)


def _text(
    text: str,
    own: str,
    base: int,
    allowed: Sequence[bool],
    setter: Type,
    spelled: dict[int, Point],
) -> Iterator[Item]:
    for match in _PIECES.finditer(own):
        piece, start, end = match[0], base + match.start(), base + match.end()
        if piece == "\n":
            yield Penalty(FORCED, length=1)
        elif piece[0] in " \u00a0":
            if end == len(text) or text[end] == "\n":
                yield Penalty(NEVER, length=len(piece))
                continue
            if not (setter.wraps and allowed[end]):
                yield _HELD
            yield setter.blank(len(piece))
        else:
            joined = start and text[start - 1].isalpha() and piece[0].isalpha()
            joins = end < len(text) and text[end].isalpha() and piece[-1].isalpha()
            items, changed = setter.set(piece, bool(joined or joins))
            yield from items
            for point in changed:
                spelled[start + point.at] = point
