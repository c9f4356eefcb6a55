"""Contrast of colours with the paper that a reader may choose: white, sepia, dark, black.

In: a style sheet. Out: `Faint`s, what falls below the contrast asked for (WCAG 2.2, 1.4.3, 1.4.6
and 1.4.11; “relative luminance” and “contrast ratio”). Text without a colour of its own takes the
reader's and is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

LOOKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "white": ("#ffffff", "#000000"),
        "sepia": ("#f4ecd8", "#5b4636"),
        "dark": ("#121212", "#e6e6e6"),
        "black": ("#000000", "#ffffff"),
    }
)
"""Paper and ink of the looks that reading systems offer."""
LEVELS: Mapping[str, tuple[float, float]] = MappingProxyType({"AA": (4.5, 3.0), "AAA": (7.0, 4.5)})
"""What text needs at a level of WCAG, and what large type needs."""
_MARK = 3.0
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b[a-z]+\b", re.IGNORECASE)
_MARKS = re.compile(r"border.*|outline.*|column-rule.*|fill|stroke|text-decoration.*")
EMS = re.compile(r"([\d.]+)r?em")
"""A length in the size of the type."""
_PICTURE = re.compile(r"(^|[\s>])(img|svg)[.\w-]*$")


class Faint(NamedTuple):
    """Something that can hardly be seen: what, in which colours, how it is, how it should be."""

    what: str
    colour: str
    look: str
    ratio: float
    least: float


def ratio(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    from PIL import ImageColor

    return contrast(*(luminance(ImageColor.getrgb(one)[:3]) for one in (first, second)))


def contrast(one: float, other: float) -> float:
    """Return the contrast of two luminances, from 1 to 21."""
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


def luminance(levels: Sequence[int]) -> float:
    """Return the relative luminance of a colour of sRGB, its red, green and blue of 0 to 255."""
    red, green, blue = map(_linear, levels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _linear(level: int) -> float:
    share = level / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


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


def faint_rules(css: str, level: str = "AA") -> Iterator[Faint]:
    """Yield the rules of a sheet whose colours can hardly be seen on one of the papers."""
    for selector, body in _RULE.findall(_COMMENT.sub("", css)):
        name = " ".join(selector.split())
        if name.startswith("@"):
            continue
        own = dict(declarations(body))
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


def declarations(body: str) -> Iterator[tuple[str, str]]:
    """Yield property and value of each declaration, the property in small letters."""
    for one in body.split(";"):
        key, colon, value = one.partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _is_mark(selector: str, own: Mapping[str, str]) -> bool:
    """Tell whether a rule draws something that holds no text, such as a bar above a title."""
    return selector.rpartition(" ")[2] == "hr" or own.get("content") in ('""', "''")


def _needed(own: Mapping[str, str], level: str) -> float:
    text, large = LEVELS[level]
    size = EMS.fullmatch(own.get("font-size", ""))
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
