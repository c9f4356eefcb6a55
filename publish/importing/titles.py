"""Titles and headings whose capitals are not to be trusted.

In: a draft with the text of its passages. Out: the same, titles and headings in small capitals that
came out scrambled (“tHe riVer”) or set all in capitals written as the body writes their words. The
signal is a capital within a word that the body does not write so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, structs

from publish.importing.model import Draft, Kind, Note, Passage, Run, Words
from publish.importing.runs import capitalised, cut, rewritten
from publish.importing.words import WORD, tokens

TITLES: frozenset[Kind] = frozenset({"title", "subtitle", "heading"})
_PARTS = re.compile(r"[-’']")
_AFRESH = re.compile(r"[:?!.]\s+[“‘\"'„«]*$")
_ROMAN = re.compile(r"(?=.)X{0,3}(?:IX|IV|V?I{0,3})")
"""A number up to thirty-nine: no word has these letters alone."""

ARTICLE = 3
"""Words of so few letters are articles and the like more often than nouns."""

Pairs = dict[tuple[str, str], list[Counter[str]]]
"""Of two words that follow one another: the spellings in mid-sentence of each."""


class _Evidence(Struct, frozen=True):
    """What the body says of the spelling of words; `own` counts those of the titles themselves."""

    words: Words
    pairs: Pairs
    own: Counter[str]
    nouns: bool

    def spelling(self, before: str, word: str, after: str, raw: str) -> str:
        """Return how the body spells a word between two others; small letters if it has none."""
        if _ROMAN.fullmatch(raw):
            return raw
        votes: Counter[str] = Counter()
        if (before, word) in self.pairs:
            votes += self.pairs[before, word][1]
        if (word, after) in self.pairs:
            votes += self.pairs[word, after][0]
        if votes.total() < 2:
            forms = self.words.forms.get(word.casefold(), Counter())
            votes = Counter({form: count - self.own[form] for form, count in forms.items()})
        if votes and votes.most_common(1)[0][1] > 0:
            return votes.most_common(1)[0][0]
        # Where all nouns have a capital, an unknown long word in a title is most likely one.
        return raw[0] + word[1:] if self.nouns and len(word) > ARTICLE else word


def mend_titles(draft: Draft) -> Draft:
    """Write scrambled titles and headings as the body writes their words."""
    assert isinstance(draft.words, Words)
    scrambled = [
        at
        for at, passage in enumerate(draft.passages)
        if passage.kind in TITLES and is_scrambled(passage.text, draft.words)
    ]
    if not scrambled:
        return draft
    own = Counter(word for at in scrambled for word in WORD.findall(draft.passages[at].text))
    evidence = _Evidence(draft.words, _pairs(draft, scrambled), own, draft.language.nouns)
    passages, notes = list(draft.passages), list(draft.notes)
    for at in scrambled:
        old = passages[at]
        passages[at] = structs.replace(old, runs=_recased(old, evidence))
        message = f"“{old.text}” is written “{passages[at].text}”"
        notes.append(Note(old.lines[0].number, "capitals", message))
    return structs.replace(draft, passages=tuple(passages), notes=tuple(notes))


def is_scrambled(text: str, words: Words) -> bool:
    """Tell whether capitals stand where no language puts them, or everywhere."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 3 and all(char.isupper() for char in letters):
        return True
    found = Counter(WORD.findall(text))
    return any(
        any(_odd(part) for part in _PARTS.split(word))
        and words.forms.get(word.casefold(), Counter())[word] <= count
        for word, count in found.items()
    )


def _odd(word: str) -> bool:
    """Tell whether a capital stands within a word that is not all capitals."""
    return not word.isupper() and any(char.isupper() for char in word[1:])


def _pairs(draft: Draft, scrambled: Sequence[int]) -> Pairs:
    """Count the spellings of each two successive words of the scrambled titles in the body."""
    passages = [draft.passages[at] for at in scrambled]
    wanted: Pairs = {}
    for passage in passages:
        found = [word.lower() for word in WORD.findall(passage.text)]
        for a, b in pairwise(found):
            wanted[a, b] = [Counter(), Counter()]
    own = {line.number for passage in passages for line in passage.lines}
    before = None
    for token in tokens(draft.lines):
        if draft.lines[token.line].number in own or token.cut:
            before = None
            continue
        pair = wanted.get((before.text.lower(), token.text.lower())) if before else None
        if before and pair:
            if before.inside:
                pair[0][before.text] += 1
            if token.inside:
                pair[1][token.text] += 1
        before = token
    return wanted


def _recased(passage: Passage, evidence: _Evidence) -> tuple[Run, ...]:
    """Return a title's runs, each word as the body has it, the first with a capital."""
    text = passage.text
    matches = list(WORD.finditer(text))
    lower = ["", *(match[0].lower() for match in matches), ""]
    out: list[Run] = []
    at = 0
    for number, match in enumerate(matches, 1):
        out += cut(passage.runs, at, match.start())
        word = evidence.spelling(lower[number - 1], lower[number], lower[number + 1], match[0])
        runs = rewritten(cut(passage.runs, match.start(), match.end()), word, "capitals")
        afresh = number == 1 or _AFRESH.search(text[: match.start()])
        out += capitalised(runs, "capitals") if afresh else runs
        at = match.end()
    return (*out, *cut(passage.runs, at, len(text)))
