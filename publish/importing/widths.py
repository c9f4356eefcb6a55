"""How wide a text is when it is set, as near as can be told without its font.

In: a text. Out: its width in average letters, by the widths of Times Roman (Adobe Font Metrics);
of other text faces the proportions are much the same. What counts is whether another word would
have fitted on a line, and there an m is no i.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

AVERAGE = 424
"""The mean width of a letter of running text, blanks counted, in thousandths of an em."""
OTHER, WIDE = 500, 1000
"""A letter that is not in the table; one of an East Asian script."""

_GROUPS = {
    0: "\u00ad\u200b\u200c\u200d",
    250: " .,\u00a0",
    278: "ijlt/:;\\|",
    333: "frI!()[]-\u2010\u2011‘’",
    389: "sJ",
    400: "'\"*^",
    444: "acez?“”„",
    500: "bdghknopquvxy0123456789–$#_«»",
    556: "FPS+<=>",
    611: "ELTZ",
    667: "BCR",
    722: "wADGHKNOQUVXY",
    778: "m&",
    889: "M%",
    944: "W",
    1000: "—…",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}


@lru_cache(maxsize=4096)
def _letter(letter: str) -> int:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.combining(letter):
        return 0
    bare = unicodedata.normalize("NFD", letter)[0]
    if bare != letter:
        return _letter(bare)
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else OTHER


def width_of(text: str) -> float:
    """Return the width of a text in average letters."""
    return sum(map(_letter, text)) / AVERAGE
