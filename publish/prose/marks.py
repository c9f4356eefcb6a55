"""Slips of the keyboard: words doubled, marks left open, blanks, quotes, hyphens, initials.

In: a passage. Out: where each stands in its text, and its facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.book.languages import rules_of
from publish.prose.passages import OPAQUE, Passage, opens
from publish.prose.quotes import alone

Slip = tuple[str, int, int, dict[str, object]]
"""Name of the fault, start and end in the text, facts."""
_DOUBLED = re.compile(r"\b([^\W\d_]+)[ \n\u00a0]+\1\b", re.IGNORECASE)
_MEANT_TWICE = {
    "nl": frozenset("dat die heel zeer ja nee had je we ze wie ha o".split()),
    "en": frozenset("that had very no so ha".split()),
    "de": frozenset("die der das sie sehr ja nein ha".split()),
    "fr": frozenset("nous vous très oui non ha".split()),
}
_INITIAL = re.compile(r"(?<![\w.])((?:[A-Z]\.)+)[ \n]((?:[a-z]{2,3} )?[A-Z][^\W\d_]+)")
_LOOSE = re.compile(r"(?<=[^\s.(\[])[ \u00a0\u202f]+([,;!?]|[.:](?![\w.:(]|[ \u00a0\u202f]+[\d.]))")
"""A mark that a blank parts from its word; not .45, 1 : 10, or dots that are spaced out."""
_FAR = 80
_SENTENCE_END = frozenset("ABCDEIX")
"""Letters that a sentence may well end with: vitamin C., plan B."""


def slips(passage: Passage) -> Iterator[Slip]:
    """Yield the slips of a passage."""
    text = passage.text
    facts: dict[str, object]
    for found in _DOUBLED.finditer(text):
        language = passage.language(found.start()).split("-")[0]
        first, second = found[0].split()
        # Unlike letters are a sentence's first word and the same again, or a name and a word.
        same = first == second or (
            first.istitle() and second.islower() and opens(text, found.start())
        )
        if same and found[1].lower() not in _MEANT_TWICE.get(language, ()):
            yield "doubled", found.start(), found.end(), {"word": found[1]}
    for at, char, advice in alone(passage):
        yield "unbalanced", at, at + 1, {"mark": f"the mark {char}", "advice": advice}
    for found in re.finditer(r"(?<=\S) {2,}(?=\S)", text):
        facts = {"count": len(found[0]), "word": _before(text, found.start())}
        yield "spaces", found.start(), found.end(), facts
    for found in _LOOSE.finditer(text):
        if found[1] not in rules_of(passage.language(found.start())).before:
            facts = {"mark": found[1], "word": _before(text, found.start())}
            yield "punctuation", found.start(), found.end(), facts
    for found in re.finditer(r"[\"']", text):
        if not _is_measure(text, found.start()):
            yield "quotes", found.start(), found.end(), {"word": _before(text, found.start())}
    for found in re.finditer(r"(?<=\S)[ \u00a0]-[ \u00a0\n](?=\S)", text):
        yield "dash", found.start() + 1, found.start() + 2, {"word": _before(text, found.start())}
    for found in _INITIAL.finditer(text):
        if len(found[1]) > 2 or found[1][0] not in _SENTENCE_END:
            yield "initials", found.start(), found.end(), {"word": found[1], "other": found[2]}


def _is_measure(text: str, at: int) -> bool:
    """Tell whether a straight mark means feet, inches, minutes or seconds."""
    return re.search(r"(?<!\d)\d{1,3}\Z", text[max(at - 4, 0) : at]) is not None


def _before(text: str, at: int) -> str:
    """Return the last word before a place; code, a picture and what is filled in as an ellipsis."""
    words = text[max(at - _FAR, 0) : at].replace(OPAQUE, "…").split()
    return words[-1] if words else ""
