"""The colours of a drawing in the inks of the press: black is K alone, the red is the book's red.

In: a cleaned SVG drawing and the two reds, of the screen and of the press. Out: the drawing with
every neutral colour, and that of the text, as a tint of black (device-cmyk, CSS Color 5, section 8)
and that red as its mix. Other colours stay; a book in two inks has none.
"""

from __future__ import annotations

import re

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_PAINTS = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color", "style")
_COLOUR = re.compile(
    r"#([0-9a-f]{6}|[0-9a-f]{3})\b|\b(black|white|gr[ae]y|silver|dimgr[ae]y|currentcolor)\b",
    re.IGNORECASE,
)
_NAMED = {"black": 0, "white": 255, "gray": 128, "silver": 192, "dimgray": 105, "currentcolor": 0}
BLACK = "device-cmyk(0 0 0 1)"


def in_inks(svg: bytes, screen_red: str, press_red: str) -> bytes:
    """Return a drawing in the inks of the press; `screen_red` is written #rrggbb."""

    def ink(match: re.Match[str]) -> str:
        if match[2]:
            level = _NAMED[match[2].lower().replace("grey", "gray")]
            return _tint(level)
        digits = match[1] if len(match[1]) == 6 else "".join(2 * one for one in match[1])
        if f"#{digits}".lower() == screen_red.lower():
            return press_red
        levels = {int(digits[at : at + 2], 16) for at in (0, 2, 4)}
        return _tint(levels.pop()) if len(levels) == 1 else match[0]

    root = etree.fromstring(svg)
    for element in root.iter(f"{_SVG}*"):
        for name in _PAINTS:
            if value := element.get(name):
                element.set(name, _COLOUR.sub(ink, str(value)))
        if element.tag == f"{_SVG}style" and element.text:
            element.text = _COLOUR.sub(ink, element.text)
    if root.get("fill") is None:
        # What has no colour of its own is black, and would be so in three inks.
        root.set("fill", BLACK)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _tint(level: int) -> str:
    """Return a grey level (0 is black, 255 is white) as a tint of black ink."""
    return f"device-cmyk(0 0 0 {1 - level / 255:.4g})"
