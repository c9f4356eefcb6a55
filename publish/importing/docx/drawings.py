"""Drawings of a word processor's file → the pictures and boxes of text in them.

In: a drawing of the new kind or the old one (ECMA-376, part 1, 20.4, and part 4, 19). Out: what it
shows, or its words alone where it is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from msgspec import Struct

from publish.importing.docx.besides import all_words
from publish.importing.docx.calls import Told
from publish.importing.docx.package import R, W
from publish.importing.lines import plain

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"


_NUMBER = re.compile(r"\s*(-?\d{1,9}(?:\.\d{1,9})?|-?\.\d{1,9})([%f]?)\s*")
_LEAST = 0.005
"""The part of a side that is told where it is cut off."""
_SIDES = {"left": "l", "top": "t", "right": "r", "bottom": "b"}
"""The sides of a picture, and what `a:srcRect` calls them (20.1.8.55)."""


class Shown(Struct, frozen=True):
    """A picture: its relation, its alt text, and what of each side is not shown."""

    relation: str
    alt: str = ""
    cut: str = ""


class Drawn(Struct, frozen=True):
    """The contents of boxes of text, the pictures, and what is to be told."""

    boxes: list[Any]
    pictures: list[Shown]
    told: list[Told]


def drawn(drawing: Any) -> Drawn:
    """Return the pictures and text boxes of a drawing, and tell what else there is of it."""
    boxes: list[Any] = []
    # What is held here keeps its id.
    inner: dict[int, Any] = {}
    for box in drawing.iter(f"{W}txbxContent"):
        if id(box) not in inner:
            boxes.append(box)
            inner |= {id(one): one for one in box.iter()}
    described = next(drawing.iter(f"{WP}docPr"), None)
    alt = plain(str(described.get("descr", ""))) if described is not None else ""
    blips = (one for one in drawing.iter(f"{A}blip", f"{V}imagedata") if id(one) not in inner)
    keys = ((_key(one), one) for one in blips)
    pictures = [Shown(key, alt, _cut(blip)) for key, blip in keys if key]
    words = plain(" ".join(_lettering(drawing, inner)))
    told: list[Told] = []
    # A shape of the old kind is mostly a rule.
    if words or (drawing.tag != f"{W}pict" and not boxes and not pictures):
        said = f" with the words “{words}”" if words else f", {alt}" if alt else ""
        told.append(("unread", f"here stood a drawing{said}"))
    return Drawn(boxes, pictures, told)


def hidden_in(drawing: Any) -> tuple[str, list[Told]]:
    """Return the words of a drawing that is not shown, and what is told of its picture."""
    words = plain(" ".join((all_words(drawing), *_lettering(drawing, ()))))
    if words and next(drawing.iter(f"{A}blip", f"{V}imagedata"), None) is None:
        return words, []
    return words, [("hidden", "a picture is hidden in the source, and left out")]


def _key(blip: Any) -> str:
    return str(blip.get(f"{R}embed") or blip.get(f"{R}link") or blip.get(f"{R}id") or "")


def _cut(blip: Any) -> str:
    """Return what is cut off a picture: “25% on the left and 10% at the top”, say."""
    around = blip.getparent().find(f"{A}srcRect")
    parts = {
        side: _part(blip.get(f"crop{side}"), 1)
        if around is None
        else _part(around.get(short), 100_000)
        for side, short in _SIDES.items()
    }
    said = [
        f"{part:.0%} {'on the' if side in ('left', 'right') else 'at the'} {side}"
        for side, part in parts.items()
        if part >= _LEAST
    ]
    return " and ".join((", ".join(said[:-1]), said[-1])) if len(said) > 1 else "".join(said)


def _part(said: str | None, whole: int) -> float:
    """Return a part of a side: thousandths of a per cent, a per cent, or 65536ths (“f”)."""
    match = _NUMBER.fullmatch(said or "")
    if not match:
        return 0
    return float(match[1]) / {"%": 100, "f": 65536}.get(match[2], whole)


def _lettering(drawing: Any, within: Container[int]) -> Iterator[str]:
    """Yield the words that stand in a drawing itself, and in none of its boxes."""
    for one in drawing.iter(f"{A}t", f"{V}textpath"):
        if id(one) not in within:
            yield one.text or "" if one.tag == f"{A}t" else str(one.get("string", ""))
