"""Contrast of colours with the paper that a reader may choose: white, sepia, dark, black.

In: a style sheet, or a cleaned drawing that stands in the page. Out: `Faint`s, what falls below the
contrast asked for (WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11; “relative luminance” and “contrast ratio”).
Text without a colour of its own takes the reader's and is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
LOOKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "white": ("#ffffff", "#000000"),
        "sepia": ("#f4ecd8", "#5b4636"),
        "dark": ("#121212", "#e6e6e6"),
        "black": ("#000000", "#ffffff"),
    }
)
"""Paper and ink of the looks that reading systems offer."""
CURRENT = "currentcolor"
_LEVELS: Mapping[str, tuple[float, float]] = MappingProxyType({"AA": (4.5, 3.0), "AAA": (7.0, 4.5)})
"""What text needs at a level of WCAG, and what large type needs."""
_MARK = 3.0
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b[a-z]+\b", re.IGNORECASE)
_MARKS = re.compile(r"border.*|outline.*|column-rule.*|fill|stroke|text-decoration.*")
_EMS = re.compile(r"([\d.]+)r?em")
_PICTURE = re.compile(r"(^|[\s>])(img|svg)[.\w-]*$")
_LARGE_SHARE, _LARGE_BOLD_SHARE = 0.04, 0.031
"""Of the width of a drawing, 600 px wide on a screen: 24 px, and 18.7 px where it is bold."""


class Faint(NamedTuple):
    """Something that can hardly be seen: what, in which colours, how it is, how it should be."""

    what: str
    colour: str
    look: str
    ratio: float
    least: float


def ratio(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    from PIL import ImageColor

    parts = [one / 255 for one in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colour_in(value: str) -> str:
    """Return the first colour that a value of CSS names; "" where it names none."""
    from PIL import ImageColor

    for match in _COLOUR.finditer(value):
        word = match[0].lower()
        if word in ImageColor.colormap:
            return word
        if word.startswith(("#", "rgb")):
            try:
                ImageColor.getrgb(word)
            except ValueError:
                continue
            return word
    return ""


# A style sheet -----------------------------------------------------------------------------------


def faint_rules(css: str, level: str = "AA") -> Iterator[Faint]:
    """Yield the rules of a sheet whose colours can hardly be seen on one of the papers."""
    for selector, body in _RULE.findall(_COMMENT.sub("", css)):
        name = " ".join(selector.split())
        if name.startswith("@"):
            continue
        own = dict(_declarations(body))
        for key, value in own.items():
            colour = colour_in(value)
            if not colour:
                continue
            if key == "color":
                yield from _faint_text(name, colour, own, level)
            elif _MARKS.fullmatch(key) or (key in _GROUNDS and _is_mark(name, own)):
                yield from _on_papers(name, colour, _MARK)
            elif key in _GROUNDS and not _PICTURE.search(name) and "color" not in own:
                yield from _under_ink(name, colour, _needed(own, level))


_GROUNDS = ("background", "background-color")


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for one in body.split(";"):
        key, colon, value = one.partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _is_mark(selector: str, own: Mapping[str, str]) -> bool:
    """Tell whether a rule draws something that holds no text, such as a bar above a title."""
    return selector.rpartition(" ")[2] == "hr" or own.get("content") in ('""', "''")


def _needed(own: Mapping[str, str], level: str) -> float:
    text, large = _LEVELS[level]
    size = _EMS.fullmatch(own.get("font-size", ""))
    bold = own.get("font-weight", "") in ("bold", "700", "800", "900")
    is_large = size is not None and float(size[1]) >= (1.17 if bold else 1.5)
    return large if is_large else text


def _faint_text(name: str, colour: str, own: Mapping[str, str], level: str) -> Iterator[Faint]:
    least = _needed(own, level)
    ground = next((found for key in _GROUNDS if (found := colour_in(own.get(key, "")))), "")
    if not ground:
        yield from _on_papers(name, colour, least)
    elif (shown := ratio(colour, ground)) < least:
        yield Faint(name, colour, ground, shown, least)


def _on_papers(what: str, colour: str, least: float) -> Iterator[Faint]:
    for look, (paper, _) in LOOKS.items():
        if (shown := ratio(colour, paper)) < least:
            yield Faint(what, colour, look, shown, least)


def _under_ink(what: str, ground: str, least: float) -> Iterator[Faint]:
    for look, (_, ink) in LOOKS.items():
        if (shown := ratio(ink, ground)) < least:
            yield Faint(what, ground, look, shown, least)


# A drawing in the page ---------------------------------------------------------------------------


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
    for element in root.iter(f"{SVG}text"):
        words = " ".join("".join(map(str, element.itertext())).split())
        ground = _ground(root, element)
        if not words or ground is None or _has_class(element):
            continue
        colour = _paint(element)
        if not colour:
            continue
        least = _needed_in(root, element, level)
        worst = min(
            (
                (ratio(_seen(colour, ink), _seen(ground, ink) or paper), look)
                for look, (paper, ink) in papers.items()
            ),
            default=(21.0, ""),
        )
        if worst[0] < least:
            yield Faint(words, colour, worst[1], worst[0], least)


def _has_class(element: etree._Element) -> bool:
    # The outermost element's says where in the book the drawing stands.
    return any(one.get("class") for one in (element, *element.iterancestors(f"{SVG}g")))


def _seen(colour: str, ink: str) -> str:
    return ink if colour == CURRENT else colour


def _paint(element: etree._Element) -> str:
    """Return what an element is filled with: a colour, `currentcolor`, or black; "" for none."""
    at: etree._Element | None = element
    while at is not None:
        given = dict(_declarations(str(at.get("style", "")))).get("fill") or at.get("fill")
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
        given = dict(_declarations(str(at.get("style", "")))).get(name) or at.get(name)
        if given:
            return str(given)
        at = at.getparent()
    return ""


def _ground(root: etree._Element, text: etree._Element) -> str | None:
    """Return the fill of the last rectangle below the beginning of a text; "" where none is.

    None where another shape may lie there.
    """
    size = _number(text, "font-size") or 16.0
    x, y = _number(text, "x"), _number(text, "y")
    turned = "rotate(-90" in text.get("transform", "")
    x, y = (x - 0.35 * size, y - 1) if turned else (x, y - 0.35 * size)
    fill: str | None = ""
    for one in takewhile(lambda one: one is not text, root.iter(*_SHAPES)):
        if _covers(one, x, y) and _paint(one):
            is_box = one.tag == f"{SVG}rect" and not (one.get("transform") or one.get("class"))
            fill = _paint(one) if is_box else None
    return fill


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
    share = (_number(text, "font-size") or 16.0) / wide
    bold = _inherited(text, "font-weight") in ("bold", "700", "800", "900")
    small, large = _LEVELS[level]
    return large if share >= (_LARGE_BOLD_SHARE if bold else _LARGE_SHARE) else small
