"""Phrases of the generated prose: nouns with what stands around them, places, times, names.

In: a row of random numbers and a `Register`. Out: words in their right forms. Only `Random.random`
is drawn on, whose numbers are the same on every version and platform.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from books.inflection import ADJECTIVE, COMPOUND, NOUN, Noun
from books.lexicon import FUNCTION, PHRASES

T = TypeVar("T")
WORDS = {kind: tuple(words.split()) for kind, words in FUNCTION.items()}
PHRASE = {
    kind: tuple(" ".join(one.split()) for one in text.split("|")) for kind, text in PHRASES.items()
}
PREDICATIVE = {
    kind: tuple(one.word for one in many if one.word != one.inflected and len(one.word) < 11)
    for kind, many in ADJECTIVE.items()
}
FIRST, THIRD, PLURAL = range(3)
TOLD = (
    *(("hij", THIRD), ("ze", THIRD), ("hij", THIRD), ("ze", PLURAL), ("we", PLURAL)),
    *(("hij", THIRD), ("zij", THIRD), ("ze", THIRD), ("men", THIRD), ("niemand", THIRD)),
)
SPOKEN = (
    *(("ik", FIRST), ("ik", FIRST), ("ik", FIRST), ("we", PLURAL), ("we", PLURAL)),
    *(("jullie", PLURAL), ("hij", THIRD), ("iedereen", THIRD), ("ze", PLURAL)),
)
IN = ("in", "op")
AT = ("bij", "achter", "voor", "naast", "aan", "langs", "onder", "tegenover", "boven")
HERE = ("daar", "hier", "thuis", "buiten", "binnen", "ergens", "overal", "beneden", "elders")
ABOUT = {"met": "mee", "tot": "toe"}  # erover, ermee
PREPOSITIONS = (*IN, *IN, *IN, *AT)
BARE = ("", "een", "elk", "ieder", "zo'n", "zo veel")  # before an adjective without -e (het-words)
OBJECTS = {
    "person": ("hem", "haar", "hem", "hen", "ons", "elkaar", "haar", "niemand", "iedereen"),
    "thing": ("het", "dat", "niets", "ze", "alles", "iets", "zoiets"),
    "idea": ("het", "dat", "niets", "dit", "alles", "iets", "zoiets"),
}
COMPOUND_SHARE, TREMA_SHARE, HYPHEN_SHARE = 0.14, 0.01, 0.02

Subject = tuple[str, str, int]  # its kind, its text, and FIRST, THIRD or PLURAL


@dataclass(frozen=True, slots=True)
class Register:
    """How a text speaks; shares between 0 and 1."""

    present: float = 0.1  # of the paragraphs
    dialogue: float = 0.12  # of the turns: a run of speech instead of a paragraph
    pronouns: float = 0.4  # of the subjects
    abstract: float = 0.3  # of the other subjects: groups and ideas
    more: float = 0.62  # chance that a sentence goes on after a clause


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


def counted(text: str) -> int:
    """Return how many words a text has; a dash is none."""
    return len(text.split()) - text.count(" -- ")


class Phrases:
    """Draws words, and phrases without a verb."""

    def __init__(self, numbers: random.Random, register: Register) -> None:
        """Draw on `numbers`, in a register."""
        self.random = numbers.random
        self.register = register
        self.speaking = False
        self.now = False

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
        if drawn < 0.15:
            return self.owner(plural, article)
        if drawn < 0.18 and noun.plural and not plural:
            each = ("elk", "zo'n", "ieder") if article == "het" else ("elke", "zo'n", "iedere")
            return self.any(each)
        row: tuple[str, ...]
        if plural:
            row = ("de", "de", "de", "de", "", "", "", "", "die", self.number(), "veel", "alle")
        elif not noun.plural:
            row = (article, article, article, "", "", "zo veel")
        elif article == "het":
            row = ("het", "het", "het", "het", "een", "een", "een", "dat", "dit")
        else:
            row = ("de", "de", "de", "de", "een", "een", "een", "die", "deze")
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

    def adjective(self, kind: str, bare: bool, before: str) -> str:
        """Draw the adjectives that stand after `before`; `bare`: without their -e."""
        kind = kind if kind in ADJECTIVE else "idea"
        if before in ("de", "het") and self.chance(0.08):
            return self.pick(WORDS["superlative"])
        one, other = self.pick(ADJECTIVE[kind]), self.any(ADJECTIVE[kind])
        text = one.word if bare else one.inflected
        if other != one and self.chance(0.1):
            return f"{text}, {other.word if bare else other.inflected}"
        if before == "een" and self.chance(0.12):
            return self.any(("heel ", "zeer ", "erg ", "bijzonder ")) + text
        return text

    def phrase(self, kind: str, depth: int = 1) -> tuple[str, int]:
        """Draw a noun with its determiner, adjectives and at times more; and its number."""
        noun = self.noun(kind)
        plural = bool(noun.plural) and self.chance(0.8 if "ë" in noun.plural else 0.3)
        word, article = (noun.plural, "de") if plural else (noun.word, noun.article)
        if noun.diminutive and not plural and self.chance(0.06):
            word, article = noun.diminutive, "het"
        before = self.determiner(noun, plural, article)
        if self.chance(0.34):
            bare = article == "het" and not plural and before in BARE
            before = joined(before, self.adjective(kind, bare, before))
        text = joined(before, word)
        if depth > 0 and self.chance(0.18):
            owner = self.any(("idea", "place", "person", "group"))
            text += " van " + self.phrase(owner, 0)[0]
        elif depth > 0 and self.chance(0.14):
            text += " " + (self.place(0) if self.chance(0.5) else self.company())
        if depth > 1 and self.chance(0.12):
            text += self.relative("dat" if article == "het" and not plural else "die", kind, plural)
        return text, PLURAL if plural else THIRD

    def relative(self, pronoun: str, kind: str, plural: bool) -> str:
        """Return a relative clause between commas."""
        raise NotImplementedError

    def listed(self, kind: str) -> str:
        """Draw an enumeration of three or four."""
        row = [self.phrase(kind, 0)[0] for _ in range(self.any((2, 2, 3, 3, 4)))]
        return ", ".join(row[:-1]) + " en " + row[-1]

    def goal(self, kind: str, depth: int) -> str:
        """Draw what a verb is done to: a pronoun, one thing or several."""
        if kind in OBJECTS and self.chance(0.24):
            return self.any(OBJECTS[kind])
        return self.listed(kind) if self.chance(0.1) else self.phrase(kind, depth)[0]

    def about(self, preposition: str, depth: int) -> str:
        """Draw what a verb is about: er with the preposition, or the preposition and something."""
        if self.chance(0.2) and preposition != "als":
            return self.any(("er", "er", "daar")) + ABOUT.get(preposition, preposition)
        kind = self.any(("idea", "thing", "person"))
        return f"{preposition} {self.phrase(kind, depth)[0]}"

    def place(self, depth: int) -> str:
        """Draw where something is."""
        if self.chance(0.16):
            return self.any(HERE)
        if self.chance(0.12):
            return "in " + self.pick(WORDS["towns"])
        return self.any(PREPOSITIONS) + " " + self.phrase("place", depth)[0]

    def company(self) -> str:
        """Draw who or what goes with someone or something."""
        return "met " + self.phrase(self.any(("thing", "person", "mass")), 0)[0]

    def direction(self) -> str:
        """Draw where someone goes."""
        town = self.chance(0.2)
        return "naar " + (self.pick(WORDS["towns"]) if town else self.phrase("place", 0)[0])

    def time(self) -> str:
        """Draw when something is."""
        drawn, year = self.random(), 1871 + int(self.random() * 108)
        if drawn < 0.1:
            return f"in {year}"
        if drawn < 0.15:
            return f"op {1 + int(self.random() * 28)} {self.any(WORDS['month'])} {year}"
        if drawn < 0.18:
            return f"tussen {year} en {year + 2 + int(self.random() * 12)}"
        return self.any(PHRASE["time"])

    def subject(self, depth: int) -> Subject:
        """Draw who or what a clause is about."""
        if self.chance(0.7 if self.speaking else self.register.pronouns):
            text, number = self.any(SPOKEN if self.speaking else TOLD)
            return "person", text, number
        drawn = self.random()
        if drawn < self.register.abstract:
            kind = self.any(("group", "idea"))
        elif drawn > 0.85:
            kind = self.any(("thing", "place"))
        elif self.chance(0.2):
            return "person", self.pick(WORDS["names"]), THIRD
        else:
            kind = "person"
        if kind == "person" and self.chance(0.05):
            return kind, self.listed(kind), PLURAL
        return kind, *self.phrase(kind, depth)
