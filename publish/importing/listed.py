"""What the dictionary of a language says of a word that a line's end cuts.

In: a `Cut`. Out: a `Join`, or None where nothing is said. Hunspell's no is strong, its yes is weak:
a word that it lists may be two here, and a compound that it allows need not be meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from publish.importing.cuts import COMPOUND, SMALL, Cut, Join
from publish.importing.languages import Language
from publish.importing.vowels import marked
from publish.paragraphs.hyphenation import Hyphenation, points
from publish.text.lexicon import Lexicon, lexicon

_LOOSELY = Hyphenation(least=4, sides=(2, 2))
_ENDINGS = ("e", "en", "er")
"""Ends of small words that are endings of others, too: kas-ten, Schwes-ter."""
_PARTICIPLES = ("ed", "ing")
"""Ends of second halves that take a hyphen in any English text: thought-provoking."""
_COMBINING = "o"
"""The end of a Greek or Latin first half, which is no word there: photo-graph."""
LEAST_WORD = 4
"""Letters of a second half that is a word of its own rather than an ending (-ring, -ting)."""

OFTEN = 3
"""A word that the source has so often, and small, is hardly the rest of a name."""
LONG = 5
"""Halves of so many letters are hardly words by chance, as those of quad-rant are."""
SEVERAL = 2
"""So many compounds with a hyphen are a habit of the author's."""


def apart(cut: Cut) -> Join | None:
    """Keep it where the halves stand apart and may be strangers: columns may be out of order.

    They may if one of them is a word of its own, and both make none. Where the first would make a
    word with others too, the second must be none, and both must make one.
    """
    known = lexicon(cut.language.tag)
    if not cut.far or known is None:
        return None
    own, made = known.has(cut.right), _is_made(cut, known)
    noun = cut.language.nouns and known.has(cut.right.capitalize())
    if cut.far == "loose" and (own or noun or not made):
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
    """Tell whether the source writes compounds with a hyphen that the dictionary has without.

    It does if it has one; or several that are no words without it, and the halves are too long to
    be words by chance. Where it has another with the same second half in one word (postmaster), it
    has this one so.
    """
    words = cut.words
    whole = {
        *words.solid,
        *words.heads,
        *(part for one in words.hyphened for part in one.split("-")),
    }
    ahead = (one.removesuffix(cut.b) for one in whole if one.endswith(cut.b))
    if any(len(one) > SMALL and known.has(one) for one in ahead):
        return False
    pairs = (one.partition("-")[::2] for one in words.hyphened if one.count("-") == 1)
    own = [
        a + b for a, b in pairs if _are_words((a, b), known) and not _is_ruled(a, b, cut.language)
    ]
    long = min(len(cut.a), len(cut.b)) >= LONG and not cut.a.endswith(_COMBINING)
    return (long and len(own) >= SEVERAL) or any(map(known.lists, own))


def _is_ruled(a: str, b: str, language: Language) -> bool:
    """Tell whether a rule of the language asks for the hyphen, whoever writes: sixty-three."""
    ruled = a in language.prefixes | language.weak | language.numbers[0] or b in language.seconds
    return ruled or b.endswith(_PARTICIPLES) or a.endswith("ly")


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
