"""Slips of the keyboard: words doubled, marks left open, blanks, quotes, hyphens, initials.

In: a passage. Out: where each stands in its text, and its facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.prose.passages import Passage

Slip = tuple[str, int, int, dict[str, object]]
"""Name of the fault, start and end in the text, facts."""
_DOUBLED = re.compile(r"\b([^\W\d_]+)[ \n\u00a0]+\1\b", re.IGNORECASE)
_MEANT_TWICE = {
    "nl": frozenset("dat die heel zeer ja nee had je we ze wie ha o".split()),
    "en": frozenset("that had very no so ha".split()),
    "de": frozenset("die der das sie sehr ja nein ha".split()),
    "fr": frozenset("nous vous très oui non ha".split()),
}
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_QUOTES = {"”": "“„", "»": "«"}
_LIST_MARK = re.compile(r"(?:^|[\s(])(?:[0-9]{1,3}|[^\W\d_])\)")
_INITIAL = re.compile(r"(?<![\w.])((?:[A-Z]\.)+)[ \n]((?:[a-z]{2,3} )?[A-Z][^\W\d_]+)")
_SENTENCE_END = frozenset("ABCDEIX")
"""Letters that a sentence may well end with: vitamin C., plan B."""


def slips(passage: Passage) -> Iterator[Slip]:
    """Yield the slips of a passage."""
    text = passage.text
    for found in _DOUBLED.finditer(text):
        language = passage.language(found.start()).split("-")[0]
        first, second = found[0].split()
        # Unlike letters are a sentence's first word and the same again, or a name and a word.
        same = first == second or (first.istitle() and second.islower() and _opens(text, found))
        if same and found[1].lower() not in _MEANT_TWICE.get(language, ()):
            yield "doubled", found.start(), found.end(), {"word": found[1]}
    yield from _unbalanced(passage)
    for found in re.finditer(r"(\S+)( {2,})(?=\S)", text):
        facts: dict[str, object] = {"count": len(found[2]), "word": found[1]}
        yield "spaces", found.start(2), found.end(2), facts
    for found in re.finditer(r"[\"']", text):
        if not _is_measure(text, found.start()):
            yield "quotes", found.start(), found.end(), {"word": _before(text, found.start())}
    for found in re.finditer(r"(?<=\S)[ \u00a0]-[ \u00a0\n](?=\S)", text):
        yield "dash", found.start() + 1, found.start() + 2, {"word": _before(text, found.start())}
    for found in _INITIAL.finditer(text):
        if len(found[1]) > 2 or found[1][0] not in _SENTENCE_END:
            yield "initials", found.start(), found.end(), {"word": found[1], "other": found[2]}


def _opens(text: str, found: re.Match[str]) -> bool:
    """Tell whether a sentence begins with what was found."""
    return (
        re.search(r"(?:\A|[.!?…:]|[.!?…]?[”’\"')])[\s“‘„«(]*\Z", text[: found.start()]) is not None
    )


def _unbalanced(passage: Passage) -> Iterator[Slip]:
    """Yield brackets and quotes without their counterpart.

    The marks of a list, as in a), open nothing; a speech that goes on opens each paragraph anew and
    closes the last alone, so that one quote left open is told of only where another is closed
    before it is opened, or two stand open.
    """
    text, waiting = passage.text, []
    numbered = {found.end() - 1 for found in _LIST_MARK.finditer(text)}
    for at, char in enumerate(text):
        pairs = _BRACKETS if char in _BRACKETS else _QUOTES
        if char in "".join((*_BRACKETS.values(), *_QUOTES.values())):
            waiting.append((char, at))
        elif char in pairs:
            if waiting and waiting[-1][0] in pairs[char]:
                waiting.pop()
            elif at not in numbered and passage.language(at).split("-")[0] != "de":
                yield _alone(at, char, "Open it, or take it away.")
    brackets = [(char, at) for char, at in waiting if char in _BRACKETS.values()]
    quotes = [(char, at) for char, at in waiting if char in "".join(_QUOTES.values())]
    for char, at in brackets:
        yield _alone(at, char, "Close it, or take it away.")
    going_on = len(quotes) == 1 and quotes[0][1] == 0
    if quotes and not going_on and passage.language(quotes[0][1]).split("-")[0] != "de":
        char, at = quotes[-1]
        yield _alone(at, char, "Close it, or take it away.")


def _alone(at: int, char: str, advice: str) -> Slip:
    return "unbalanced", at, at + 1, {"mark": f"the mark {char}", "advice": advice}


def _is_measure(text: str, at: int) -> bool:
    """Tell whether a straight mark means feet, inches, minutes or seconds."""
    return re.search(r"(?<!\d)\d{1,3}\Z", text[:at]) is not None


def _before(text: str, at: int) -> str:
    words = text[:at].split()
    return words[-1] if words else ""
