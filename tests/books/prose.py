"""A small grammar of Dutch: sentences, speech and paragraphs.

In: what `phrases` draws. Out: text with straight quotes and ` -- ` for a dash. The finite verb
stands second in a main clause and last in a subordinate one; what is put in front makes the subject
follow the verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from books.inflection import VERB, Verb
from books.phrases import (
    PHRASE,
    PLURAL,
    PREDICATIVE,
    THIRD,
    WORDS,
    Phrases,
    Subject,
    capital,
    counted,
    joined,
    sentence_of,
)

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
REFLEXIVES = {"ik": "me", "we": "ons", "jullie": "je"}
FRONTED = ("toen", "toen", "hoewel", "omdat", "terwijl", "zodra", "voordat", "nadat", "doordat")
CONJUNCTIONS = ("omdat", "terwijl", "hoewel", "zodat", "toen", "zodra", "doordat", "voordat")
TAGS = ("zei", "vroeg", "antwoordde", "riep", "fluisterde", "mompelde", "herhaalde")
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


class Prose(Phrases):
    """Draws clauses, sentences, paragraphs and speech."""

    def verbs(self, verb: Verb, number: int) -> tuple[str, str, str]:
        """Return the finite verb, the others of a main clause, and all of a subordinate one."""
        drawn = self.random()
        if drawn < 0.7 and not (self.speaking and drawn > 0.45):
            finite = _finite(verb, number, self.now)
            return finite, verb.particle, verb.particle + finite
        if drawn < 0.84 and verb is not WORDEN:
            finite = _finite(ZIJN if verb.being else HEBBEN, number, self.now)
            last = verb.particle + verb.participle
        else:
            finite = _finite(self.any(MODALS), number, self.now)
            last = verb.particle + verb.infinitive
        return finite, last, f"{finite} {last}"

    def clause(self, depth: int, subject: Subject | None = None) -> Clause:
        """Draw a clause, about a subject if one is given."""
        kind, text, number = subject or self.subject(depth)
        name = self.any(DEEDS[kind])
        verb, complement, tail = self.deed(name, kind, depth)
        reflexive = REFLEXIVES.get(text, "zich") if name == "reflexive" else ""
        finite, rest, final = self.verbs(verb, number)
        light = self.any(WORDS["particle"]) if self.chance(0.34) else ""
        time = self.time() if self.chance(0.1) else ""
        manner = self.pick(WORDS["manner"]) if self.chance(0.14) else ""
        if manner == "niet" and re.search(r"\b(?:een|geen|niet)\b", complement):
            manner = ""
        order = (time, light, manner, complement)
        if " " not in complement and name not in ("being", "passive"):  # het, eraan
            order = (complement, time, light, manner)
        elif name in ("thing", "idea", "person"):
            order = (time, complement, light, manner)
        return Clause(text, finite, joined(reflexive, *order), rest, final, tail)

    def deed(self, name: str, subject: str, depth: int) -> tuple[Verb, str, str]:
        """Draw a verb with what it asks for: what stands before its other verbs, and after."""
        if name in ("being", "passive"):
            return self.state(name, subject)
        verb = self.pick(VERB[name])
        if name in ("thing", "idea", "person"):
            kind = "mass" if name == "thing" and self.chance(0.15) else name
            where = self.place(0) if self.chance(0.16) else ""
            return verb, joined(self.goal(kind, depth), where), ""
        if verb.preposition:
            goal = self.about(verb.preposition, depth)
            late = " " in goal and self.chance(0.4)
            return (verb, "", goal) if late else (verb, goal, "")
        if name == "motion" or verb.infinitive == "haasten":
            return verb, self.direction(), ""
        if name == "clause" and depth > 0:
            doubt = verb.infinitive in ("weten", "horen", "vertellen") and self.chance(0.4)
            return verb, "", self.clause(depth - 1).subordinate("of" if doubt else "dat")
        if name == "infinitive":
            return verb, "", self.purpose()
        if name == "reflexive":
            return verb, self.phrase("idea", 0)[0], ""
        if name == "clause":
            return verb, self.any(("dat", "het")), ""
        return verb, self.place(depth) if self.chance(0.6) else "", ""

    def state(self, name: str, subject: str) -> tuple[Verb, str, str]:
        """Draw what someone or something is, or what is done to it."""
        if name == "passive":
            agent = "door " + self.phrase(self.any(("person", "group")), 0)[0]
            goal = self.pick(VERB["idea"])
            agent = agent if self.chance(0.5) else ""
            return WORDEN, joined(agent, goal.particle + goal.participle), ""
        degree = self.any(("heel", "zo", "te", "erg", "niet", "bijna", "nooit", "even"))
        word = self.pick(PREDICATIVE[subject])
        return ZIJN, joined(degree if self.chance(0.4) else "", word), ""

    def purpose(self) -> str:
        """Draw an infinitive with te, and its object."""
        kind = self.any(("thing", "idea", "person"))
        verb = self.pick(VERB[kind])
        return joined(self.phrase(kind, 0)[0], verb.particle, "te", verb.infinitive)

    def relative(self, pronoun: str, kind: str, plural: bool) -> str:
        """Return a relative clause between commas."""
        if kind in ("thing", "idea") and self.chance(0.5):
            _, text, number = self.subject(0)
            final = self.verbs(self.pick(VERB[kind]), number)[2]
            time = self.time() if self.chance(0.4) else ""
            return f", {joined(pronoun, text, time, final)},"
        kind = kind if kind in DEEDS else "thing"
        clause = self.clause(0, (kind, "", PLURAL if plural else THIRD))
        return f", {clause.subordinate(pronoun)},"

    def statement(self, depth: int, subject: Subject | None = None) -> str:
        """Draw a main clause, in half of the cases with something else before its verb."""
        if not subject and self.chance(0.1):
            return self.impersonal()
        clause, drawn = self.clause(depth, subject), self.random()
        if drawn < 0.48:
            return clause.main()
        if drawn < 0.7:
            return clause.main(self.any(WORDS["link"]))
        if drawn < 0.8:
            return clause.main(self.time())
        if drawn < 0.86:
            return clause.main(self.place(0))
        return clause.main(self.clause(depth - 1).subordinate(self.conjunction(FRONTED)) + ",")

    def impersonal(self) -> str:
        """Draw a main clause about the weather, or about what there is."""
        if self.chance(0.4):
            return joined("het", self.any(PHRASE["now" if self.now else "then"]), self.place(1))
        some = self.any(("een", "geen", "nog een", "ook een", "niet één"))
        word = self.noun(self.any(("thing", "person", "idea"))).word
        verb = self.any((("is", "komt"), ("was", "kwam", "bleef"))[not self.now])
        return joined("er", verb, some, word, self.place(1))

    def conjunction(self, row: tuple[str, ...]) -> str:
        """Draw a conjunction; what once happened is told with toen, what happens with als."""
        drawn = self.any(row)
        return "als" if drawn == "toen" and self.now else drawn

    def extension(self, subject: Subject | None) -> str:
        """Draw what is added to a main clause, about its subject while it still is the last."""
        drawn = self.random()
        if drawn < 0.2 and subject:
            return " en " + self.clause(1, (subject[0], "", subject[2])).main()
        if drawn < 0.4:
            return f", {self.any(('maar', 'want', 'en', 'dus'))} {self.clause(1).main()}"
        if drawn < 0.68:
            return ", " + self.clause(1).subordinate(self.conjunction(CONJUNCTIONS))
        if drawn < 0.76:
            return ", om " + self.purpose()
        if drawn < 0.82:
            return "; " + self.statement(1)
        if drawn < 0.87:
            return ": " + self.statement(1)
        if drawn < 0.94:
            return f" -- {self.any(PHRASE['aside'])} -- en {self.clause(1).main()}"
        return " -- " + self.statement(0)

    def sentence(self, more: float) -> str:
        """Draw a sentence, which goes on with that chance after each of its clauses."""
        if self.chance(0.04 + 0.14 * self.speaking):
            return self.question()
        subject = self.subject(2) if self.chance(0.9) else None
        text = self.statement(2, subject) if subject else self.impersonal()
        if self.chance(more):
            text += self.extension(subject)
        if self.chance(more * more) and " -- " not in text:
            text += self.extension(None)
        return sentence_of(text)

    def question(self) -> str:
        """Draw a question, with or without a word that asks."""
        clause = self.clause(1)
        word = self.any(PHRASE["question"]) if self.chance(0.6) else ""
        text = joined(word, clause.finite, clause.subject, clause.middle, clause.rest, clause.tail)
        return sentence_of(text, "?")

    def paragraph(self, words: int) -> str:
        """Draw sentences, in all as near to so many words as they come, and 30 to 180."""
        self.now = self.chance(self.register.present)
        sentences: list[str] = []
        total = 0
        while total < words:
            sentence = self.sentence(self.register.more)
            length = counted(sentence)
            enough = words - total < total + length - words or total + length > 180
            if total >= 30 and enough:
                break
            sentences.append(sentence)
            total += length
        return " ".join(sentences)

    def said(self) -> str:
        """Draw what someone says."""
        if self.chance(0.24):
            return self.any(PHRASE["short"])
        before, self.speaking, self.now = self.now, True, True
        said = self.sentence(0.2)
        self.speaking, self.now = False, before
        return said

    def speech(self, who: str) -> str:
        """Draw a paragraph in which `who` says something."""
        said, tag, drawn = self.said(), self.pick(TAGS), self.random()
        inner = said[:-1] + "," if said.endswith(".") else said
        if drawn < 0.3:
            return f'"{said}"'
        if drawn < 0.6:
            return f'"{inner}" {tag} {who}.'
        if drawn < 0.72:
            return f'{capital(who)} {tag}: "{said}"'
        if drawn < 0.85:
            return f'"{inner}" {tag} {who}. "{self.said()}"'
        if drawn < 0.95:
            return sentence_of(f'"{inner}" {tag} {who}, {self.clause(0).subordinate("terwijl")}')
        return f"\"{capital(self.time())} zei {self.pick(WORDS['names'])}: '{said}' {self.said()}\""

    def dialogue(self) -> list[str]:
        """Draw a run of speech between two."""
        self.now = False
        names = [self.pick(WORDS["names"]), self.any(("hij", "ze", "de bakker", "haar zus"))]
        return [self.speech(names[turn % 2]) for turn in range(4 + int(self.random() * 9))]

    def blocks(self, words: int) -> list[str]:
        """Draw the next paragraphs: a run of speech, or one of some length up to `words`."""
        if words > 250 and self.chance(self.register.dialogue):
            return self.dialogue()
        length = 36 + int(self.random() * 130)
        return [self.paragraph(length if words - length > 36 else words)]


def _finite(verb: Verb, number: int, now: bool) -> str:
    """Return the finite form of a verb, present or past."""
    if now:
        return (verb.first, verb.third, verb.infinitive)[number]
    return verb.pasts if number == PLURAL else verb.past
