"""Two Dutch vowels that meet at a line's end: the trema that the break took away.

In: the halves of a word. Out: the second half as it is written, or that a hyphen belongs between
them. Rules: Taalunie, Leidraad, 5.1 (trema) and 6.2 (hyphen between vowels that collide):
`ge-explodeerd` is geëxplodeerd, `zo-even` keeps its hyphen, `situ-atie` never had a trema.
"""

from __future__ import annotations

_MARKED = {"a": "ä", "e": "ë", "i": "ï", "o": "ö", "u": "ü"}
_PAIRS = frozenset(
    ("aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "oe", "oi", "oo", "ou", "ui", "uu")
)
"""Letters that are read as one sound when nothing parts them."""

_APART = frozenset(
    [
        *("na", "zo", "mee", "toe", "twee", "drie", "zee", "thee", "co", "re", "de", "pre", "pro"),
        *("auto", "foto", "radio", "video", "mini", "semi", "anti", "euro", "macro", "micro"),
    ]
)
"""First halves that are parted from a colliding vowel by a hyphen: re-integratie, zo-even."""
_BUT = {"co": ("op", "ord"), "re": ("el", "incarn")}
"""After these, what begins so takes a trema all the same: coöperatie, reëel."""


def collides(left: str, right: str) -> bool:
    """Tell whether the vowels at a break would be read as one sound if nothing parted them."""
    a, b = left[-2:].casefold(), right[:2]
    pair = a[-1:] + b[:1]
    if pair == "ii":
        return left.casefold() in _APART
    if pair not in _PAIRS:
        return False
    # Geijkt, geuit; officieel, ingenieur, dieet; the Latin museum and petroleum.
    if (
        b in ("ij", "ui")
        or (a[-1] == "i" and b in ("ee", "eu"))
        or (a[-1] == "e" and b in ("um", "us"))
    ):
        return False
    # After ai, oei, eu, ou the first half's vowel is taken; after ee and ie it is not (zeeën).
    return not (len(a) == 2 and a[0] in "aeou" and a[1] in "iu")


def marked(left: str, right: str) -> str:
    """Return the second half with the trema that it takes after the first; else as it is."""
    return _MARKED[right[0]] + right[1:] if collides(left, right) else right


def keeps_apart(left: str, right: str) -> bool:
    """Tell whether a colliding first half is one that takes a hyphen and no trema."""
    word = left.casefold()
    return word in _APART and not right.startswith(_BUT.get(word, ("\0",)))
