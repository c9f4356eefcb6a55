"""What the cleaning of an SVG takes out of the picture, told with its line and what to do instead.

In: elements, attributes and rules of style that may not stand. Out: `Loss` rows, none for what
nobody would have seen: metadata, editors' notes, empty frames, a link, what a switch has another
branch for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_MOST_SHOWN = 40
_UNSEEN = frozenset("metadata view cursor color-profile discard mpath hkern vkern".split())
_MOVING = frozenset("animate animateColor animateMotion animateTransform set".split())
_PAINTED = re.compile(
    r"fill|stroke|filter|mask|clip-path|marker(-start|-mid|-end)?|font(-family)?|shape-inside"
)
_UNSEEN_STYLE = re.compile(r"-.*|cursor|behavior|pointer-events|will-change", re.IGNORECASE)
_SHEET = re.compile(rb"<\?xml-stylesheet\b[^>]*?\bhref=([\"'])(.*?)\1", re.DOTALL)
_UNSEEN_RULES = ("@charset", "@namespace", "@keyframes", "@-")
_IN_FILE = "Put it into the file itself; a picture as PNG or JPEG (in Inkscape: Embed Images)."
_AS_TEXT = "Set the words as plain <text>, or make outlines of them."
_PLAIN = "Draw it with what SVG 1.1 has, or make outlines of it."
_STILL = "Nothing runs in a book: draw what is to be seen, or take it out."
_OWN_RULES = "Write the rules that matter in the file, outside of it."


class Loss(NamedTuple):
    """What is taken out, in which line, and what to do; `sure`: it would have been seen."""

    line: int
    what: str
    advice: str
    sure: bool = True


def lost_element(element: etree._Element, line: int, address: str) -> Loss | None:
    """Tell what goes with an element; `address` is what it refers to outside the file."""
    name = etree.QName(element)
    own = " ".join("".join(map(str, element.itertext())).split())
    words = f"the words “{_short(own)}”" if own else ""
    if name.namespace == _XHTML:
        seen = name.localname in ("iframe", "video", "canvas")
        return Loss(line, f"its <{name.localname}>", _PLAIN) if seen else None
    if name.namespace != _SVG or name.localname in _UNSEEN or _has_other_branch(element):
        return None
    if name.localname in ("image", "use"):
        found = f"“{_short(address)}”, which is not in it"
        return Loss(line, found, _IN_FILE) if address else None
    if name.localname == "script" and not own and not address:
        return None
    if name.localname == "script" or name.localname in _MOVING:
        return Loss(line, f"what its <{name.localname}> does", _STILL, sure=False)
    if name.localname.startswith("flow"):
        return Loss(line, words, _AS_TEXT) if words else None
    if name.localname in ("font", "font-face"):
        return Loss(line, "a font of its own", _AS_TEXT, sure=False)
    if name.localname == "foreignObject" and not own and len(element) == 0:
        return None
    advice = _AS_TEXT if words else _PLAIN
    return Loss(line, words or f"its <{name.localname}>", advice)


def _has_other_branch(element: etree._Element) -> bool:
    """Tell whether a switch shows something else in the place of this element."""
    above = element.getparent()
    if above is None or etree.QName(above).localname != "switch":
        return False
    after = (etree.QName(one) for one in element.itersiblings(etree.Element))
    return any(one.namespace == etree.QName(above).namespace for one in after)


def lost_reference(line: int, address: str) -> Loss:
    """Tell of a reference that leads out of the file."""
    return Loss(line, f"“{_short(address)}”, which is not in it", _IN_FILE)


def lost_attribute(line: int, name: str, value: str) -> Loss | None:
    """Tell what goes with an attribute that reaches for something outside the file."""
    if not _PAINTED.fullmatch(name):
        return None
    return Loss(line, f"its {name}, “{_short(value)}”", _IN_FILE)


def lost_declaration(line: int, css: str) -> Loss | None:
    """Tell what goes with a declaration of a style that reaches for something outside the file."""
    name, colon, value = (part.strip() for part in css.partition(":"))
    if not colon or _UNSEEN_STYLE.fullmatch(name):
        return None
    return Loss(line, f"its {name}, “{_short(value)}”", _IN_FILE)


def lost_rule(line: int, css: str) -> Loss | None:
    """Tell what goes with an at-rule of a style sheet."""
    if css.lower().startswith(_UNSEEN_RULES):
        return None
    name = re.split(r"[\s{;(]", css, maxsplit=1)[0]
    advice = _AS_TEXT if name == "@font-face" else _OWN_RULES
    return Loss(line, f"what its {name} says", advice, sure=False)


def lost_sheets(data: bytes) -> list[Loss]:
    """Tell of style sheets in files of their own, which an instruction at the head names."""
    return [
        Loss(data.count(b"\n", 0, match.start()) + 1, f"the style sheet “{named}”", _IN_FILE)
        for match in _SHEET.finditer(data)
        if (named := _short(match[2].decode("utf-8", "replace")))
    ]


def line_of(element: etree._Element, lines: list[bytes]) -> int:
    """Return the line in which an element begins (the parser knows where its tag ends)."""
    ends = int(element.sourceline or 1)
    prefix = f"{element.prefix}:" if element.prefix else ""
    tag = f"<{prefix}{etree.QName(element).localname}".encode()
    return next((at for at in range(min(ends, len(lines)), 0, -1) if tag in lines[at - 1]), ends)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:_MOST_SHOWN]}…" if len(text) > _MOST_SHOWN else text
