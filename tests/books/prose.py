"""A small grammar of Dutch: words in, sentences and paragraphs out.

In: a row of random numbers and a `Register`. Out: text with straight quotes, ` -- ` for a dash.
Word order: the finite verb stands second in a main clause and last in a subordinate one; what is
put in front makes the subject follow the verb. Only `Random.random` is drawn on, whose numbers are
the same on every version and platform.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from books.inflection import ADJECTIVE, COMPOUND, NOUN, VERB, Noun, Verb
from books.lexicon import FUNCTION, PHRASES

T = TypeVar("T")
WORDS = {kind: tuple(words.split()) for kind, words in FUNCTION.items()}
PHRASE = {kind: tuple(" ".join(one.split()) for one in text.split("|")) for kind, text in PHRASES.items()}
PREDICATIVE = {
    kind: tuple(one.word for one in many if one.word != one.inflected and "-" not in one.word)
    for kind, many in ADJECTIVE.items()
}
HEBBEN = Verb("hebben", "heb", "heeft", "had", "hadden", "gehad")
ZIJN = Verb("zijn", "ben", "is", "was", "waren", "geweest", being=True)
WORDEN = Verb("worden", "word", "wordt", "werd", "werden", "geworden", being=True)
MODALS = (
    Verb("kunnen", "kan", "kan", "kon", "konden", ""),
    Verb("moeten", "moet", "moet", "moest", "moesten", ""),
    Verb("zullen", "zal", "zal", "zou", "zouden", ""),
    Verb("willen", "wil", "wil", "wilde", "wilden", ""),
    Verb("mogen", "mag", "mag", "mocht", "mochten", ""),
)
FIRST, THIRD, PLURAL = range(3)
REFLEXIVES = {"ik": "me", "we": "ons", "jullie": "je"}
TOLD = (("hij", THIRD), ("ze", THIRD), ("ze", PLURAL), ("we", PLURAL), ("men", THIRD), ("zij", THIRD))
SPOKEN = (("ik", FIRST), ("we", PLURAL), ("jullie", PLURAL), ("hij", THIRD), ("iedereen", THIRD))
PREPOSITIONS = "in op bij achter voor naast aan boven langs onder tegenover".split()
FRONTED = "toen hoewel omdat terwijl zodra voordat nadat als doordat".split()
CONJUNCTIONS = "omdat terwijl hoewel zodat toen zodra doordat voordat".split()
TAGS = "zei vroeg antwoordde riep fluisterde mompelde herhaalde".split()
# What each kind of subject does, as often as it is named here.
ACTS = {
    "person": """thing thing thing idea idea person person prep prep prep alone alone motion motion
        clause clause infinitive reflexive being being""",
    "group": "idea idea idea prep prep clause infinitive being person reflexive passive",
    "thing": "still still being passive passive",
    "place": "being still being",
    "idea": "happen happen being passive",
}
DEEDS = {kind: tuple(names.split()) for kind, names in ACTS.items()}
COMPOUND_SHARE, TREMA_SHARE, HYPHEN_SHARE = 0.2, 0.03, 0.02

Subject = tuple[str, str, int]  # its kind, its text, and FIRST, THIRD or PLURAL


@dataclass(frozen=True, slots=True)
class Register:
    """How a text speaks; shares between 0 and 1."""

    present: float = 0.08
    dialogue: float = 0.2
    pronouns: float = 0.4
    abstract: float = 0.3  # of the other subjects: groups and ideas


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in parts that can be put in each order; `final` is all its verbs at the end."""

    subject: str
    finite: str
    middle: str
    rest: str
    final: str
    tail: str

    def main(self, front: str = "") -> str:
        """Return a main clause, with or without something in front."""
        head = (front, self.finite, self.subject) if front else (self.subject, self.finite)
        return joined(*head, self.middle, self.rest, self.tail)

    def subordinate(self, conjunction: str) -> str:
        """Return a subordinate clause."""
        return joined(conjunction, self.subject, self.middle, self.final, self.tail)


def joined(*parts: str) -> str:
    """Put the parts that are there after one another."""
    return " ".join(part for part in parts if part)


def capital(text: str) -> str:
    """Give a sentence its capital: IJ is one letter, 's and 't leave it to the next word."""
    match = re.match(r"(?:'[st] )?(ij|\w)", text)
    return text[: match.start(1)] + match[1].upper() + text[match.end(1) :] if match else text


def sentence_of(text: str, end: str = ".") -> str:
    """Close a sentence, and take out the commas that meet another mark."""
    return capital(re.sub(r",(?=[,;:.?]| --)", "", text + end))


class Words:
    """Draws words and phrases."""

    def __init__(self, numbers: random.Random, register: Register) -> None:
        """Draw on `numbers`, in a register."""
        self.random = numbers.random
        self.register = register
        self.speaking = False

    def chance(self, share: float) -> bool:
        """Return true that often."""
        return self.random() < share

    def any(self, row: Sequence[T]) -> T:
        """Draw from a row, each alike."""
        return row[int(len(row) * self.random())]

    def pick(self, row: Sequence[T]) -> T:
        """Draw from a row, what stands first far more often."""
        drawn = self.random()
        return row[int(len(row) * drawn * drawn)]

    def noun(self, kind: str) -> Noun:
        """Draw a noun, at times a compound or one with a trema or a hyphen."""
        drawn = self.random()
        if drawn < COMPOUND_SHARE and kind in COMPOUND:
            return self.any(COMPOUND[kind])
        if drawn > 1 - TREMA_SHARE and kind in ("idea", "thing"):
            return self.any(NOUN["trema"])
        if 1 - HYPHEN_SHARE < drawn + TREMA_SHARE < 1 and kind in ("person", "idea"):
            return self.any(NOUN["hyphen"])
        return self.pick(NOUN[kind])

    def determiner(self, noun: Noun, plural: bool, article: str) -> str:
        """Draw what stands before a noun; "" for nothing."""
        drawn = self.random()
        if drawn < 0.1:
            return self.owner(plural, article)
        if plural:
            row = ("de", "de", "de", "", "", "die", "deze", self.number(), "veel", "alle", "de")
        elif not noun.plural:
            row = (article, article, "", article, "zo veel")
        elif article == "het":
            row = ("het", "het", "het", "het", "een", "een", "een", "dat", "dit", "elk")
        else:
            row = ("de", "de", "de", "de", "een", "een", "een", "die", "deze", "elke")
        return self.any(row)

    def owner(self, plural: bool, article: str) -> str:
        """Draw a possessive, or a name in the genitive (Anna's, Klaas', Jans)."""
        if self.chance(0.2):
            name = self.pick(WORDS["names"])
            return name + ("'s" if name[-1] in "aoé" else "'" if name[-1] == "s" else "s")
        ours = "ons" if article == "het" and not plural else "onze"
        return self.any(("zijn", "haar", "hun", ours, "mijn" if self.speaking else "zijn"))

    def number(self) -> str:
        """Draw a number, more often in words than in figures."""
        if self.chance(0.8):
            return self.pick(WORDS["number"])
        count = 12 + int(self.random() * 900)
        return f"{count // 100 + 1}.{count % 100:02}0" if count > 600 else str(count)

    def adjective(self, kind: str, before: str, bare: bool, sure: bool) -> str:
        """Draw the adjectives of a noun; `bare` without -e, `sure` when a superlative may stand."""
        kind = kind if kind in ADJECTIVE else "idea"
        if sure and self.chance(0.08):
            word = self.pick(PREDICATIVE[kind])
            return word + ("te" if word.endswith("s") else "ste")
        one = self.pick(ADJECTIVE[kind])
        text = one.word if bare else one.inflected
        if self.chance(0.1):
            other = self.any(ADJECTIVE[kind])
            return f"{text}, {other.word if bare else other.inflected}" if other != one else text
        return joined(self.any(("heel", "zeer", "erg", "bijzonder")), text) if (
            before == "een" and self.chance(0.12)
        ) else text
