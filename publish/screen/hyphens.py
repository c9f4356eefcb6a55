"""The hyphens that line ends add, parted from the words that they divide.

In: the content of a tagged page as the layout engine writes it, in which an added hyphen is marked
as a soft one (`paragraphs.copied`). Out: the same page, in which each is a marked content of its
own. Its element in the structure says that it is a soft hyphen (ISO 32000-1, 14.8.2.2.3 and
14.9.4), which is what a screen reader goes by; the content itself says hyphen-minus, as pdfium and
poppler know it, so that both put the word together again. A text that more is painted in than
letters is left as it is: there the content says soft hyphen, which is as much by the standard.
"""

from __future__ import annotations

import re
from itertools import count

_NUMBER = re.compile(rb"/MCID (\d+)")
_TEXT = re.compile(
    rb"/Span\n<</MCID (\d+)>>\nBDC\n"
    rb"((?:[^\n]* (?:gs|rg|g|k|cs|sc|scn)\n)*)BT\n"
    rb"((?:(?!ET\n)[^\n]*\n)*?)"
    rb"/Span\n<</ActualText <feff00ad>>>\nBDC\n([^\n]*)\nEMC\n"
    rb"((?:[^\n]* Tc\n)?)ET\nEMC"
)
_PARTED = b"%bBT\n/Span\n<</MCID %b>>\nBDC\n%bEMC\n/Span\n<</MCID %d>>\nBDC\n%b\nEMC\n%bET"


def parted(content: bytes) -> tuple[bytes, dict[int, int]]:
    """Return the content of a page, and the numbers of its hyphens by those of their texts."""
    signs: dict[int, int] = {}
    free = count(max(map(int, _NUMBER.findall(content)), default=-1) + 1)

    def part(found: re.Match[bytes]) -> bytes:
        text, before, shown, sign, after = found.groups()
        number = signs[int(text)] = next(free)
        return _PARTED % (before, text, shown, number, sign, after)

    return _TEXT.sub(part, content), signs
