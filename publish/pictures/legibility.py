"""Legibility of the lettering in a drawing, on each paper that a reader may choose.

In: a cleaned drawing that stands in the page. Out: `Faint`s, the words whose contrast with what
lies below them is less than asked for (WCAG 2.2, 1.4.3 and 1.4.6; SVG 2, “Text layout”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, takewhile
from operator import itemgetter
from typing import NamedTuple

from lxml import etree

from publish.pictures.contrast import EMS, LEVELS, LOOKS, Faint, colour_in, declarations, ratio

SVG = "{http://www.w3.org/2000/svg}"
CURRENT = "currentcolor"
_LARGE_SHARE, _LARGE_BOLD_SHARE = 0.04, 0.031
"""Of the width of a drawing, 600 px wide on a screen: 24 px, and 18.7 px where it is bold."""


def takes_ink(data: bytes) -> bool:
    """Tell whether a drawing is made in the colour of the text, so that it needs no own paper."""
    return CURRENT.encode() in data.lower()


def faint_lettering(data: bytes, level: str = "AA") -> Iterator[Faint]:
    """Yield the words of a drawing that can hardly be read.

    Passed over is what cannot be told here: words on a shape that is no rectangle, words that no
    plain colour fills, and what the drawing's own style sheet colours.
    """
    root = etree.fromstring(data)
    papers = LOOKS if takes_ink(data) else {"white": LOOKS["white"]}
    for text in root.iter(f"{SVG}text"):
        runs = ((_needed_paint(root, text, run, level), run.words) for run in _runs(text))
        for (colour, ground, least), together in groupby(runs, key=itemgetter(0)):
            words = " ".join("".join(words for _, words in together).split())
            if not words or ground is None or not colour:
                continue
            shown, look = min(
                (ratio(_seen(colour, ink), _seen(ground, ink) or paper), look)
                for look, (paper, ink) in papers.items()
            )
            if shown < least:
                yield Faint(words, colour, look, shown, least)


class _Run(NamedTuple):
    """Words of a text that are painted alike: by which element, and where they begin."""

    element: etree._Element
    words: str
    x: float
    y: float


def _runs(text: etree._Element) -> Iterator[_Run]:
    """Yield the runs of a text; one without a place of its own has that of the run before it."""
    x = y = 0.0
    for event, one in etree.iterwalk(text, events=("start", "end"), tag=_LETTERED):
        if event == "start":
            x = _own_length(one, "x", x) + _own_length(one, "dx", 0.0)
            y = _own_length(one, "y", y) + _own_length(one, "dy", 0.0)
            yield _Run(one, one.text or "", x, y)
        elif one is not text:
            above = one.getparent()
            assert above is not None
            yield _Run(above, one.tail or "", x, y)


_LETTERED = tuple(f"{SVG}{name}" for name in ("text", "tspan", "a"))


def _own_length(element: etree._Element, name: str, otherwise: float) -> float:
    """Return the first length that an element itself gives, in units of the drawing."""
    if not element.get(name):
        return otherwise
    ems = EMS.match(str(element.get(name)).lstrip(" -+"))
    if not ems:
        return _number(element, name)
    sign = -1 if str(element.get(name)).lstrip().startswith("-") else 1
    return sign * float(ems[1]) * _size(element)


def _needed_paint(
    root: etree._Element, text: etree._Element, run: _Run, level: str
) -> tuple[str, str | None, float]:
    """Return the colour of a run, that of its ground, and the contrast that it needs.

    The ground is None where that cannot be told, as with what a style sheet colours.
    """
    ground = None if _has_class(run.element) else _ground(root, text, run)
    return _paint(run.element), ground, _needed_in(root, run.element, level)


def _has_class(element: etree._Element) -> bool:
    # The outermost element's says where in the book the drawing stands.
    above = (one for one in element.iterancestors() if one.getparent() is not None)
    return any(one.get("class") for one in (element, *above))


def _seen(colour: str, ink: str) -> str:
    return ink if colour == CURRENT else colour


def _paint(element: etree._Element) -> str:
    """Return what an element is filled with: a colour, `currentcolor`, or black; "" for none."""
    at: etree._Element | None = element
    while at is not None:
        given = dict(declarations(str(at.get("style", "")))).get("fill") or at.get("fill")
        if given and str(given).strip().lower() != "inherit":
            word = str(given).strip().lower()
            return CURRENT if word == CURRENT else "" if word == "none" else colour_in(word)
        at = at.getparent()
    return "black"


def _number(element: etree._Element, name: str) -> float:
    found = re.match(r"\s*(-?[\d.]+)\s*(%?)", _inherited(element, name))
    if not found:
        return 0.0
    if not found[2]:
        return float(found[1])
    box = (element.getroottree().getroot().get("viewBox") or "0 0 600 600").split()
    return float(found[1]) / 100 * float(box[3 if name in ("y", "height", "cy", "ry") else 2])


def _inherited(element: etree._Element, name: str) -> str:
    at: etree._Element | None = element
    while at is not None:
        given = dict(declarations(str(at.get("style", "")))).get(name) or at.get(name)
        if given:
            return str(given)
        at = at.getparent()
    return ""


def _ground(root: etree._Element, text: etree._Element, run: _Run) -> str | None:
    """Return the fill of the last rectangle below the beginning of a run; "" where none is.

    None where another shape may lie there.
    """
    size = _size(run.element)
    turned = "rotate(-90" in text.get("transform", "")
    x, y = (run.x - 0.35 * size, run.y - 1) if turned else (run.x, run.y - 0.35 * size)
    fill: str | None = ""
    # What comes after the text is painted over it.
    for one in takewhile(lambda one: one is not text, root.iter(f"{SVG}text", *_SHAPES)):
        if one.tag in _SHAPES and _covers(one, x, y) and _paint(one):
            is_box = one.tag == f"{SVG}rect" and not (one.get("transform") or one.get("class"))
            fill = _paint(one) if is_box else None
    return fill


def _size(element: etree._Element) -> float:
    return _number(element, "font-size") or 16.0


_SHAPES = tuple(
    f"{SVG}{name}" for name in ("rect", "path", "polygon", "circle", "ellipse", "image")
)


def _covers(shape: etree._Element, x: float, y: float) -> bool:
    """Tell whether a point lies in the box around a shape; true where that cannot be told."""
    if shape.get("transform") or _RELATIVE.search(shape.get("d", "")):
        return True
    along, down = _sides(shape)
    return min(along) <= x <= max(along) and min(down) <= y <= max(down)


_RELATIVE = re.compile(r"[a-df-zHV]")
"""Commands of a path whose numbers are no pairs of coordinates of the drawing."""


def _sides(shape: etree._Element) -> tuple[list[float], list[float]]:
    """Return coordinates between which a shape lies; the corners of its arcs may be wide."""
    match etree.QName(shape).localname:
        case "rect" | "image":
            x, y = _number(shape, "x"), _number(shape, "y")
            return [x, x + _number(shape, "width")], [y, y + _number(shape, "height")]
        case "circle" | "ellipse":
            x, y = _number(shape, "cx"), _number(shape, "cy")
            wide = _number(shape, "r") or _number(shape, "rx")
            tall = _number(shape, "r") or _number(shape, "ry")
            return [x - wide, x + wide], [y - tall, y + tall]
        case _:
            # Of an arc the end is what counts; its radii come before it.
            path = _ARC.sub(r"L\1", shape.get("d", "") or shape.get("points", ""))
            numbers = [float(one) for one in _NUMBERS.findall(path)] or [0.0, 0.0]
            return numbers[::2], numbers[1::2] or [0.0]


_NUMBERS = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_ARC = re.compile(r"A(?:[\s,]*[\d.]+){5}([\s,]+-?[\d.]+[\s,]+-?[\d.]+)")


def _needed_in(root: etree._Element, text: etree._Element, level: str) -> float:
    wide = float((root.get("viewBox") or "0 0 600 0").split()[2])
    share = _size(text) / wide
    bold = _inherited(text, "font-weight") in ("bold", "700", "800", "900")
    small, large = LEVELS[level]
    return large if share >= (_LARGE_BOLD_SHARE if bold else _LARGE_SHARE) else small
