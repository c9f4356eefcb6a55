"""A word cut at a line's end: is the hyphen the printer's or the author's.

In: the two halves, the words of the source and the rules of its language. Out: a `Join`: how the
word is written, and whether that is sure. Weighed in this order: what no printer's hyphen can be
(after a figure, before a conjunction); the same word within a line of the source; a capital after
it; the language's rules; and, where nothing speaks against it, the printer's hyphen goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publish.importing.languages import Language
from publish.importing.model import Words
from publish.importing.vowels import collides, keeps_apart, marked

_LEFT = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*$")
_RIGHT = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_ADDRESS = re.compile(r"://|www\.|@")

SMALL = 3
"""A half of so few letters is a syllable, even where it is a word as well (in-formation)."""


COMPOUND = 8
"""A word of so many letters may be a compound."""


@dataclass(frozen=True, slots=True)
class Join:
    """What stands between the halves ("", "-" or "- ") and how the second half is written.

    `sure` is false for a guess; `why` names the rule.
    """

    between: str
    sure: bool
    why: str
    second: str


def decide(before: str, after: str, words: Words, language: Language) -> Join:
    """Decide on a hyphen between `before` (the line's text without it) and `after` (the next's)."""
    halves = _LEFT.search(before), _RIGHT.match(after)
    if not halves[0] or not halves[1]:
        return Join("-", True, "no word on both sides", "")
    left, right = halves[0][0], halves[1][0]
    short = left.rpartition("-")[2]
    return (
        _shape(short, right, before.split()[-1])
        or _suspended(left, right, after[len(right) :], words, language)
        or _evidence(left, short, right, words)
        or _capital(short, right)
        or _chain(left, short, right, after[len(right) :], words)
        or _rule(short, right, words, language)
        or Join("", True, "a word cut", right)
    )


def _shape(left: str, right: str, whole: str) -> Join | None:
    """Judge by figures and capitals: 1923-24, 5-jarig, NAVO-lid; an address is cut nowhere else."""
    if _ADDRESS.search(whole):
        return Join("-", True, "address", right)
    if left[-1].isdigit() or right[0].isdigit():
        return Join("-", True, "figure", right)
    if left.isupper() and not right.isupper():
        return Join("-", True, "abbreviation or single letter", right)
    return None


def _suspended(left: str, right: str, rest: str, words: Words, language: Language) -> Join | None:
    """Judge a conjunction after the hyphen: hoofd- en bijzaak."""
    if right not in language.conjunctions or (rest and not rest.startswith(" ")):
        return None
    ending = right in language.tails and collides(left, right)
    if not words.solid[(left + right).casefold()]:
        return Join("- ", not ending, "suspended before a conjunction", right)
    # Both are words (partij- en, partijen): after the conjunction stands the other compound.
    following = _RIGHT.match(rest.strip())
    if following and len(following[0]) >= COMPOUND:
        return Join("- ", False, "suspended before a conjunction", right)
    return Join("", False, "as within a line", right)


def _evidence(left: str, short: str, right: str, words: Words) -> Join | None:
    """Judge by the same word within a line; `short` is what stands after an earlier hyphen."""
    a, b = left.casefold(), right.casefold()
    joined = {a + b, short.casefold() + b}
    welded = sum(words.solid[one] + words.hyphened[one] for one in joined)
    kept = words.hyphened[f"{a}-{b}"] or words.hyphened[f"{short.casefold()}-{b}"]
    second = marked(short, right)
    with_trema = words.solid[(short + second).casefold()] if second != right else 0
    most = max(welded, kept, with_trema)
    if not most:
        return None
    sure = (welded > 0) + (kept > 0) + (with_trema > 0) == 1
    why = "as within a line" if sure else "within lines it stands in two ways"
    if most == with_trema:
        return Join("", sure, why, second)
    return Join("-" if kept >= welded else "", sure, why, right)


def _capital(left: str, right: str) -> Join | None:
    """Judge a capital after the hyphen: Noord-Holland; in all capitals it means nothing."""
    if not right[0].isupper() or (left.isupper() and right.isupper()):
        return None
    return Join("-", True, "capital after it", right)


def _chain(left: str, short: str, right: str, rest: str, words: Words) -> Join | None:
    """Judge a word that has another hyphen: status-quo is cut in sta-tus, kant-en-klaar is not."""
    if rest.startswith("-") and words.solid[right.casefold()] and words.solid[short.casefold()]:
        return Join("-", False, "a chain of words", right)
    if short != left and words.solid[short.casefold()]:
        return Join("-", False, "a chain of words", right)
    return None


def _rule(left: str, right: str, words: Words, language: Language) -> Join | None:
    """Judge by the rules of the language."""
    a, b = left.casefold(), right.casefold()
    both = words.solid[a] > 0 and words.solid[b] > 0
    bare = len(b) > SMALL and not b.startswith(language.suffixes)
    if a + b in language.whole:
        return Join("", True, "always one word", right)
    if bare and (a in language.prefixes or (a in language.weak and words.solid[b])):
        return Join("-", words.solid[b] > 0, "a prefix that keeps its hyphen", right)
    if a in language.loose and words.solid[b]:
        return _loose(a, right, words)
    if language.trema and collides(left, right):
        if keeps_apart(left, right) or (both and right not in language.tails):
            return Join("-", False, "two vowels between parts of a compound", right)
        return Join("", True, "trema", marked(left, right))
    if bare and words.named and left[0].isupper() and words.solid[a] and not words.small[a]:
        return Join("-", False, "a name before a word, as within lines", right)
    if any(_adjectives(a, b, ending) for ending in language.adjectives):
        return Join("-", False, "two adjectives of one kind", right)
    if both and language.compounds == "open" and len(a) > SMALL and len(b) > SMALL:
        return Join("-", False, "two words", right)
    if both and len(a) > SMALL and len(b) > SMALL:
        return Join("", False, "two words, welded as compounds are", right)
    if language.compounds == "open" and bare and words.solid[a] and len(a) > SMALL:
        return Join("-" if words.heads[a] else "", False, "a word and what may be another", right)
    return None


def _loose(prefix: str, right: str, words: Words) -> Join:
    """Judge a prefix that some weld and some do not (anti, semi) by what the text does with it."""
    kept = words.heads[prefix]
    size = len(prefix)
    welded = sum(
        count
        for word, count in words.solid.items()
        if word[:size] == prefix and word[size:] in words.solid
    )
    sure = (kept > 0) != (welded > 0)
    return Join("-" if kept > welded else "", sure, "a prefix, as within lines", right)


def _adjectives(left: str, right: str, ending: str) -> bool:
    """Tell whether both halves are adjectives with one ending: marxistisch-leninistisch."""
    whole = len(left) > len(ending) + 2 and left.endswith(ending)
    return whole and right.rstrip("e").endswith(ending)
