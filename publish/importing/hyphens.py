"""A word cut at a line's end: is the hyphen the printer's or the author's.

In: the two halves, the words of the source and the rules of its language. Out: a `Join`: how the
word is written, and whether that is sure. `RULES` is what is weighed, in its order: what no
printer's hyphen can be, the same word within a line of the source, a capital, the language's rules,
its dictionary; where none of them speaks, the hyphen is the printer's and goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from publish.importing.cuts import COMPOUND, SMALL, Cut, Far, Join
from publish.importing.languages import Language
from publish.importing.listed import apart, dictionary, stranger, unbroken
from publish.importing.model import Words
from publish.importing.vowels import collides, keeps_apart, marked
from publish.text.lexicon import lexicon

_LEFT = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*$")
_RIGHT = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_ADDRESS = re.compile(r"://|www\.|@")
_INSIDE = re.compile(r"[\w,;] [\"'“‘„«(]?$")

NAMED = 6
"""So many letters may stand after a name in a compound."""


ANSWERS = {"": "weld", "-": "keep", "- ": "keep and part"}
"""What each is called that may stand between two halves."""


def decide(before: str, after: str, words: Words, language: Language, far: Far = "") -> Join:
    """Decide on a hyphen between `before` (the line's text without it) and `after` (the next's).

    `far` tells whether the second stands straight below the first.
    """
    halves = _LEFT.search(before), _RIGHT.match(after)
    if not halves[0] or not halves[1]:
        return Join("-", True, "no word on both sides", "")
    left, right = halves[0][0], halves[1][0]
    cut = Cut(before[: -len(left)], left, right, after[len(right) :], words, language, far)
    found = (rule(cut) for rule in RULES)
    return next((join for join in found if join), cut.join("", True, "a word cut"))


def answered(join: Join, after: str, between: str) -> Join:
    """Return a decision as the editor made it; a trema that was restored is kept in a weld."""
    match = _RIGHT.match(after)
    plain = match[0] if match else ""
    second = join.second if between == join.between == "" else plain
    return Join(between, True, "the editor's answer", second)


def _figure(cut: Cut) -> Join | None:
    """Keep it after a figure, an abbreviation or a letter (1923-24, NAVO-lid), in an address."""
    if _ADDRESS.search(cut.above.rpartition(" ")[2]):
        return cut.join("-", True, "address")
    if cut.short[-1].isdigit() or cut.right[0].isdigit():
        return cut.join("-", True, "figure")
    capitals = sum(letter.isupper() for letter in cut.short.replace("IJ", "I"))
    if (cut.short.isupper() or capitals > 1) and not cut.right.isupper():
        return cut.join("-", True, "abbreviation or single letter")
    return None


def _suspended(cut: Cut) -> Join | None:
    """Keep it, and a blank, before a conjunction: hoofd- en bijzaak."""
    if cut.right not in cut.language.conjunctions or (cut.rest and cut.rest[0] != " "):
        return None
    why = "suspended before a conjunction"
    whole, known = cut.left + cut.right, lexicon(cut.language.tag)
    listed = bool(known and known.lists(whole))
    if listed and known and not known.has(cut.short) and not cut.words.solid[cut.a]:
        # The first half is none of a compound (ambassad-or).
        return None
    listed = listed and cut.right in cut.language.tails
    if not cut.words.solid[whole.casefold()] and not listed:
        ending = cut.right in cut.language.tails and collides(cut.left, cut.right)
        return cut.join("- ", not ending, why)
    # Both are words (partij- en, partijen): after the conjunction stands the other compound.
    following = _RIGHT.match(cut.rest.strip())
    if cut.far == "loose" or (following and len(following[0]) >= COMPOUND):
        return cut.join("- ", False, why)
    return cut.join("", False, "as within a line")


def _evidence(cut: Cut) -> Join | None:
    """Write it as the source does within a line."""
    words, whole = cut.words, cut.left.casefold()
    welded = sum(words.solid[one] + words.hyphened[one] for one in {whole + cut.b, cut.a + cut.b})
    kept = words.hyphened[f"{whole}-{cut.b}"] or words.hyphened[f"{cut.a}-{cut.b}"]
    second = marked(cut.short, cut.right)
    with_trema = words.solid[(cut.short + second).casefold()] if second != cut.right else 0
    most = max(welded, kept, with_trema)
    if not most:
        return None
    sure = (welded > 0) + (kept > 0) + (with_trema > 0) == 1
    why = "as within a line" if sure else "within lines it stands in two ways"
    if most == with_trema:
        return cut.join("", sure, why, second)
    return cut.join("-" if kept >= welded else "", sure, why)


def _capital(cut: Cut) -> Join | None:
    """Keep it before a capital (Noord-Holland), which in all capitals means nothing."""
    if not cut.right[0].isupper() or (cut.short.isupper() and cut.right.isupper()):
        return None
    return cut.join("-", True, "capital after it")


def _number(cut: Cut) -> Join | None:
    """Keep it between tens and units: eighty-one, quatre-vingt."""
    tens, units = cut.language.numbers
    counted = cut.a in tens and cut.b in units
    return cut.join("-", True, "a number in words") if counted else None


def _clitic(cut: Cut) -> Join | None:
    """Keep it before a French pronoun that begins with a vowel: a syllable never begins so."""
    inverted = cut.right in cut.language.inverted and cut.a[-1] not in "aeiouyéèêà"
    return cut.join("-", True, "a pronoun after its verb") if inverted else None


def _chain(cut: Cut) -> Join | None:
    """Keep it between words of a chain: kant-en-klaar, but sta-tus in status-quo.

    What follows a chain is a word as well: Social-De|mokraten.
    """
    known = lexicon(cut.language.tag)
    if known and known.lists(cut.a + cut.b):
        return None
    onward = cut.rest.startswith("-") and cut.words.solid[cut.b]
    last = cut.words.solid[cut.b] or not known or known.has(cut.right)
    chained = cut.short != cut.left and cut.words.solid[cut.a] and last
    return cut.join("-", False, "a chain of words") if onward or chained else None


def _one_word(cut: Cut) -> Join | None:
    """Weld what is one word though its halves are words."""
    return cut.join("", True, "always one word") if cut.a + cut.b in cut.language.whole else None


def _prefix(cut: Cut) -> Join | None:
    """Keep it after the prefixes that do not weld."""
    known, words = cut.words.solid[cut.b] > 0, lexicon(cut.language.tag)
    if words and not words.has(cut.b) and words.lists(cut.a + cut.b):
        # The source has the rest of a word alone where a quote stands in it: ex-actly.
        return None
    if not known and cut.a in cut.language.weak and words and not words.lists(cut.a + cut.b):
        known = cut.language.compounds == "closed" and words.has(cut.b)
    if cut.bare and (cut.a in cut.language.prefixes or (cut.a in cut.language.weak and known)):
        return cut.join("-", known, "a prefix that keeps its hyphen")
    return None


def _loose_prefix(cut: Cut) -> Join | None:
    """Do with a prefix that some weld and some do not (anti, semi) what the source does."""
    solid = cut.words.solid
    if cut.a not in cut.language.loose or not solid[cut.b]:
        return None
    kept, size = cut.words.heads[cut.a], len(cut.a)
    welded = sum(solid[one] for one in solid if one[:size] == cut.a and one[size:] in solid)
    why = "a prefix, as within lines"
    return cut.join("-" if kept > welded else "", (kept > 0) != (welded > 0), why)


def _vowels(cut: Cut) -> Join | None:
    """Part two Dutch vowels by a hyphen between words, by a trema elsewhere."""
    if not cut.language.trema or not collides(cut.short, cut.right):
        return None
    compound = cut.both and cut.right not in cut.language.tails
    if compound or keeps_apart(cut.short, cut.right):
        return cut.join("-", False, "two vowels between parts of a compound")
    second, known = marked(cut.short, cut.right), lexicon(cut.language.tag)
    if known and not known.has(cut.short + second) and not known.has(cut.a + second):
        return cut.join("-", False, "two vowels, and with a trema it would be no word")
    return cut.join("", True, "trema", second)


def _name(cut: Cut) -> Join | None:
    """Keep it between a name and a word, where the source writes such compounds so."""
    name = cut.left[0].isupper() and cut.words.solid[cut.a] and not cut.words.small[cut.a]
    if cut.bare and cut.words.named and name:
        return cut.join("-", False, "a name before a word, as within lines")
    return None


def _adjectives(cut: Cut) -> Join | None:
    """Keep it between two adjectives with one ending: technisch-logistisch."""
    for ending in cut.language.adjectives:
        whole = len(cut.a) > len(ending) + 2 and cut.a.endswith(ending)
        if whole and cut.b.rstrip("e").endswith(ending):
            return cut.join("-", False, "two adjectives of one kind")
    return None


def _two_words(cut: Cut) -> Join | None:
    """Keep it between two words in English, weld them in Dutch; a guess in either."""
    if len(cut.a) <= SMALL:
        return None
    if cut.language.compounds == "closed":
        welds = cut.both and len(cut.b) > SMALL
        return cut.join("", False, "two words, welded as compounds are") if welds else None
    if cut.b in cut.language.seconds or (cut.both and cut.bare):
        return cut.join("-", False, "two words")
    if cut.bare and cut.words.solid[cut.a]:
        between = "-" if cut.words.heads[cut.a] else ""
        return cut.join(between, False, "a word and what may be another")
    return None


def _unknown_name(cut: Cut) -> Join | None:
    """Weld a name in mid-sentence that the source has nowhere else; it may be half a compound."""
    inside = bool(_INSIDE.search(cut.above))
    if inside and cut.left.istitle() and len(cut.right) >= NAMED:
        return cut.join("", False, "a name not met elsewhere")
    return None


RULES: tuple[Callable[[Cut], Join | None], ...] = (
    _figure,
    _suspended,
    _evidence,
    _capital,
    apart,
    _number,
    _clitic,
    _chain,
    _one_word,
    _prefix,
    _loose_prefix,
    _vowels,
    _name,
    _adjectives,
    dictionary,
    unbroken,
    _two_words,
    stranger,
    _unknown_name,
)
