"""What the dictionary of a language says of a word that a line's end cuts.

In: a `Cut`. Out: a `Join`, or None where nothing is said. Hunspell's no is strong, its yes is weak:
a word that it lists may be two here, and a compound that it allows need not be meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from publish.importing.cuts import COMPOUND, SMALL, Cut, Join
from publish.importing.vowels import marked
from publish.paragraphs.hyphenation import Hyphenation, points
from publish.text.lexicon import Lexicon, lexicon

_LOOSELY = Hyphenation(least=4, sides=(2, 2))
_ENDINGS = ("e", "en", "er")
"""Ends of small words that are endings of others, too: kas-ten, Schwes-ter."""
LEAST_WORD = 4
"""Letters of a second half that is a word of its own rather than an ending (-ring, -ting)."""

OFTEN = 3
"""A word that the source has so often, and small, is hardly the rest of a name."""


def apart(cut: Cut) -> Join | None:
    """Keep it where the halves stand apart and may be strangers: columns may be out of order.

    They may if one of them is a word of its own, and both make none. Where the first would make a
    word with others too, the second must be none, and both must make one.
    """
    known = lexicon(cut.language.tag)
    if not cut.far or known is None:
        return None
    own, made = known.has(cut.right), _is_made(cut, known)
    if cut.far == "loose" and (own or not made):
        return cut.join("-", False, "its halves stand apart, and others would make a word as well")
    if made or not (own or (cut.short.islower() and known.has(cut.short))):
        return None
    return cut.join("-", False, "its halves stand apart, and welded it would be no word")


def _is_made(cut: Cut, known: Lexicon) -> bool:
    """Tell whether the halves make a word that the dictionary knows."""
    forms = {cut.short + cut.right, cut.a + cut.b, cut.short + marked(cut.short, cut.right)}
    return any(known.has(one) or known.has(one.capitalize()) for one in forms)


def dictionary(cut: Cut) -> Join | None:
    """Weld a word that the dictionary lists; keep one that it has in two words alone.

    Its no means little where the language makes compounds as it goes.
    """
    known = lexicon(cut.language.tag)
    if known is None:
        return None
    welded = cut.a + cut.b
    whole = {cut.short + cut.right, welded, welded.capitalize()}
    parts = _are_words((cut.a, cut.b), known)
    if any(map(known.lists, whole)):
        if parts and cut.bare and cut.language.compounds == "open" and _parts_words(cut, known):
            return cut.join("-", False, "two words, and the text parts such as are listed as one")
        return cut.join("", True, "a word of the dictionary")
    if cut.language.compounds == "closed" or not parts or any(map(known.has, whole)):
        return None
    return cut.join("-", False, "two words to the dictionary, and no one word")


def _are_words(halves: Sequence[str], known: Lexicon) -> bool:
    """Tell whether each half is a word, and no syllable."""
    return min(map(len, halves)) > SMALL and all(map(known.has, halves))


def _parts_words(cut: Cut, known: Lexicon) -> bool:
    """Tell whether the source writes a compound with a hyphen that the dictionary has without.

    Where it has another with the same second half in one word (postmaster), it has this one so.
    """
    whole = {*cut.words.solid, *(part for one in cut.words.hyphened for part in one.split("-"))}
    ahead = (one.removesuffix(cut.b) for one in whole if one.endswith(cut.b))
    if any(len(one) > SMALL and known.has(one) for one in ahead):
        return False
    return any(
        one.count("-") == 1
        and _are_words(one.split("-"), known)
        and known.lists(one.replace("-", ""))
        for one in cut.words.hyphened
    )


def unbroken(cut: Cut) -> Join | None:
    """Keep it where no printer breaks the whole word: half-ounce, for it would be hal-founce.

    The patterns of each country that a language is set in are asked, and all must say no.
    """
    if min(len(cut.a), len(cut.b)) < SMALL or not cut.language.countries:
        return None
    whole, at = cut.a + cut.b, len(cut.a)
    broken = any(
        point.at == at
        for country in cut.language.countries
        for point in points(whole, f"{cut.language.tag}-{country}", _LOOSELY)
    )
    return None if broken else cut.join("-", False, "one word would not be broken here")


def stranger(cut: Cut) -> Join | None:
    """Keep it before a word of its own that makes none with what stands before it.

    So it is where columns are mixed up (bolsje-nacht), and in compounds that nobody lists.
    """
    known = lexicon(cut.language.tag)
    if known is None or cut.a in cut.language.loose or cut.a.endswith(("zu", "aan")):
        return None
    if any(map(known.has, (cut.short + cut.right, (cut.short + cut.right).capitalize()))):
        return None
    if cut.right in cut.language.small and not cut.right.endswith(_ENDINGS):
        return cut.join("-", False, "welded it would be no word")
    if len(cut.b) >= LEAST_WORD and cut.words.small[cut.b] >= OFTEN and cut.short[0].isupper():
        return cut.join("-", False, "welded it would be no word")
    if not cut.bare or cut.short[0].isupper() or not _is_own(cut, known):
        return None
    if cut.language.compounds == "closed" and len(cut.a) > 2 and known.has(cut.short):
        return None
    return cut.join("-", False, "welded it would be no word")


def _is_own(cut: Cut, known: Lexicon) -> bool:
    """Tell whether the second half is a word of its own, by the source or by its length."""
    length = len(cut.b)
    return length >= LEAST_WORD and (
        cut.words.solid[cut.b] > 0 or (length >= COMPOUND and known.has(cut.b))
    )
