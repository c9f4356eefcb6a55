"""Characters that a word processor's file names by their place in a font of signs.

In: a font and a place (ECMA-376, part 1, 17.3.3.30). Out: the character. The rows are those of
Adobe's Symbol and the arrows, ticks and bullets of Wingdings; of other signs nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.importing.lines import LINE_END

UNKNOWN = "\ufffd"
"""What a sign is that is not known."""
_ROWS = (
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"),
    (0xF1, "⟩∫"),
)
_WINGDINGS = {
    **{0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0x76: "❖", 0xA7: "▪", 0xA8: "◻"},
    **{0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨"},
    **{0xFB: "✘", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑"},
}
FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "symbol": {start + at: char for start, row in _ROWS for at, char in enumerate(row)},
        "wingdings": _WINGDINGS,
    }
)
"""By the name of the font: its signs by their places."""


def symbol(font: str, place: str) -> str:
    """Return the character at a place of a font; `UNKNOWN`, or "" for what is no character."""
    try:
        code = int(place, 16)
        char = chr(code)
    except (ValueError, OverflowError):
        return ""
    if "\ud800" <= char <= "\udfff":
        # Half of a character.
        return ""
    # The places of a font of signs are also written in the private area.
    own = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if (signs := FONTS.get(font.strip().casefold())) is not None:
        return signs.get(own, UNKNOWN)
    return UNKNOWN if own != code else LINE_END.sub(" ", char)
