"""The barcode of a printed book: EAN-13 of its ISBN, and beside it an EAN-5 price code.

In: the digits. Out: modules ("1" a bar, "0" a space), and a drawing of them whose unit is one
module of 0.33 mm, so that every edge of a bar stands on a whole number. After ISO/IEC 15420 and the
GS1 General Specifications, 5.2: number sets A, B and C, the parity that tells the first digit, the
parity of an add-on that tells its check value, light margins, the height of the bars.

There is no library in it: python-barcode draws no add-on beside its bars (its issue 140), and would
save no more than the tables of codes below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.fonts.files import SANS

MODULE = 0.33
"""Millimetres of a module at 100 %."""
LEFT, RIGHT, APART, RIGHT_OF_ADDON = 11, 7, 9, 5
"""Light margins in modules; an add-on stands 7 to 12 from the bars that it is added to."""
_BARS = 69.25
"""The height of the bars: 22.85 mm at 100 %."""
_GUARD = 5
"""How far the guard bars reach below the others."""
_DIGITS, _ROOM = 9.6, 9
"""The size of the digits, and the height that they take."""
_ISBN = 7.8
"""The size of the ISBN, with hyphens as wide as the bars below it."""
_HEAD, _EDGE = 9, 3
"""The room of the ISBN above the bars, and the white around the whole."""
_A = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()
_C = [code.translate(str.maketrans("01", "10")) for code in _A]
_SETS = {"A": _A, "B": [code[::-1] for code in _C], "C": _C}
_FIRST = "AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA".split()
_CHECKS = "BBAAA BABAA BAABA BAAAB ABBAA AABBA AAABB ABABA ABAAB AABAB".split()
_MIDDLE = (45, 50)


def ean13(digits: str) -> str:
    """Return the 95 modules of 13 digits, the last of which is their check digit."""
    left = _coded(digits[1:7], _FIRST[int(digits[0])])
    return f"101{''.join(left)}01010{''.join(_coded(digits[7:], 'CCCCCC'))}101"


def ean5(digits: str) -> str:
    """Return the 47 modules of an add-on of five digits."""
    check = (3 * sum(map(int, digits[::2])) + 9 * sum(map(int, digits[1::2]))) % 10
    return "1011" + "01".join(_coded(digits, _CHECKS[check]))


def _coded(digits: str, sets: str) -> list[str]:
    return [_SETS[name][int(digit)] for name, digit in zip(sets, digits, strict=True)]


def size_mm(addon: bool) -> tuple[float, float]:
    """Return width and height of a drawing, the light margins included, in mm."""
    wide, high = _size(addon)
    return round(wide * MODULE, 4), round(high * MODULE, 4)


def _size(addon: bool) -> tuple[int, float]:
    bars = LEFT + 95 + (APART + 47 + RIGHT_OF_ADDON if addon else RIGHT)
    return bars, _EDGE + _HEAD + _BARS + _ROOM + _EDGE


def drawing(digits: str, shown: str, addon: str = "") -> str:
    """Return the barcode of an ISBN as SVG: black bars, their digits, the ISBN above them.

    `shown` is the ISBN as it is written, `addon` five digits or nothing.
    """
    wide, high = _size(bool(addon))
    top = _EDGE + _HEAD
    foot = top + _BARS
    line = foot + _ROOM - 1
    bars = [*_bars(ean13(digits), LEFT, top, foot)]
    words = [_text(LEFT + 47.5, top - 3, f"ISBN {shown}", _ISBN), _text(LEFT - 5, line, digits[0])]
    words += _digits(digits[1:7], LEFT + 6.5, 7, line)
    words += _digits(digits[7:], LEFT + 53.5, 7, line)
    if addon:
        beside = LEFT + 95 + APART
        bars += _bars(ean5(addon), beside, top + _ROOM, foot + _GUARD)
        words += _digits(addon, beside + 7.5, 9, top + _ROOM - 2)
    millimetres = size_mm(bool(addon))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high:g}"'
        f' width="{millimetres[0]}mm" height="{millimetres[1]}mm">'
        f'<rect width="{wide}" height="{high:g}" fill="#ffffff"/>'
        f'<path d="{"".join(bars)}" fill="#000000"/>{"".join(words)}</svg>'
    )


def _bars(modules: str, left: float, top: float, foot: float) -> Iterator[str]:
    """Yield the bars as paths; in an EAN-13 those at its ends and in its middle are guards."""
    for match in re.finditer("1+", modules):
        start, end = match.span()
        is_guard = len(modules) == 95 and (
            start < 3 or end > 92 or (_MIDDLE[0] <= start and end <= _MIDDLE[1])
        )
        height = foot - top + (_GUARD if is_guard else 0)
        yield f"M{left + start} {top:g}h{end - start}v{height:g}h-{end - start}z"


def _digits(digits: str, left: float, step: float, y: float) -> Iterator[str]:
    """Yield digits on a line, from the middle of the first on."""
    return (_text(left + step * at, y, one) for at, one in enumerate(digits))


def _text(x: float, y: float, words: str, size: float = _DIGITS) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{SANS}" font-size="{size}"'
        f' text-anchor="middle">{words}</text>'
    )
