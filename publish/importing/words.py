"""The words of a source, as evidence for how a word is written.

In: lines. Out: `Words`: what stands whole within a line, with a hyphen or without, and how it is
spelled in mid-sentence. A word that a line end cuts is no evidence and is left out, and so is the
rest of one that a caption or a page's end stands before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from publish.importing.model import Draft, Line, Words
from publish.importing.sentences import ends_in_hyphen, starts_great
from publish.text.lexicon import lexicon

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_NEW_SENTENCE = re.compile(r"[.!?…:][\"'”’“‘»«›‹)\]]*\s*[\"'“‘„«(\[–—]*\s*$")
_PLAIN = re.compile(r"[\W_]+")
_PARTED = re.compile(r"(?<=[^\w’'-])([^\W\d_]+)-([^\W_]+-)?$")
"""A word that a line's end cuts, and what of it stands after a hyphen of its own."""
_REST = re.compile(r"([^\W\d_]+)-[^\W_]")


class Token(Struct, frozen=True):
    """A word in a line: the line's index, its place in the line's text, whether it is cut there."""

    text: str
    line: int
    start: int
    stop: int
    cut: bool
    inside: bool
    """Whether it stands within a sentence, so that a capital means something."""


def tokens(lines: Sequence[Line]) -> Iterator[Token]:
    """Yield the words of lines, in order."""
    cut = False
    ended = ""
    for at, line in enumerate(lines):
        text = line.text
        hyphen = ends_in_hyphen(text)
        before = ended if not line.gap else "."
        for match in WORD.finditer(text):
            first = match.start() == 0 or not text[: match.start()].strip("\"'“‘„«([ ")
            context = before if first else text[max(0, match.start() - 6) : match.start()]
            tail = hyphen and match.end() == len(text) - 1
            yield Token(
                match[0],
                at,
                match.start(),
                match.end(),
                tail or (first and cut),
                bool(context) and not _NEW_SENTENCE.search(context),
            )
        cut, ended = hyphen, text[-6:]


def plain(word: str) -> str:
    """Return a word without case, hyphens and apostrophes, so that two spellings are equal."""
    return _PLAIN.sub("", word).casefold()


def take_words(draft: Draft) -> Draft:
    """Gather the words of the source."""
    solid: Counter[str] = Counter()
    hyphened: Counter[str] = Counter()
    heads = Counter(_heads(draft.lines))
    small: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    named = 0
    for token in tokens(draft.lines):
        word = token.text.casefold()
        if token.cut or _is_rest(token, draft):
            continue
        text = draft.lines[token.line].text
        if "-" in word:
            hyphened[word] += 1
            heads[word.partition("-")[0]] += 1
            name, _, rest = token.text.partition("-")
            named += name.istitle() and rest[0].islower()
            continue
        if text[token.stop : token.stop + 2] == "- ":
            heads[word] += 1
        solid[word] += 1
        small[word] += token.text[0].islower()
        if token.inside:
            forms.setdefault(word, Counter())[token.text] += 1
    words = Words(solid, hyphened, heads, small, forms, named)
    return structs.replace(draft, words=words)


def _is_rest(token: Token, draft: Draft) -> bool:
    """Tell whether a word may be the rest of one that is cut far above: the dictionary has none."""
    line = draft.lines[token.line]
    apart = token.line > 0 and (line.gap > 0 or line.page != draft.lines[token.line - 1].page)
    if token.start or not apart or not token.text.islower():
        return False
    known = lexicon(draft.language.tag)
    return known is not None and not known.has(token.text)


def _heads(lines: Sequence[Line]) -> Iterator[str]:
    """Yield what stands before a hyphen of the author's in the words that a line's end cuts.

    It is the author's where the word has another one after it (Postmaster-Gen|eral) or before it
    (Postmas|ter-General), or where a capital follows.
    """
    for a, b in pairwise(lines):
        found = _PARTED.search(a.text)
        if not found:
            continue
        first = found[1].casefold()
        near = not b.gap and a.page == b.page
        rest = _REST.match(b.text)
        if found[2] or (near and b.text[0].isupper() and not found[1].isupper()):
            yield first
        elif near and rest:
            yield first + rest[1]


def begins_great(line: Line, draft: Draft) -> bool:
    """Tell whether a line's capital is one that its first word has at a beginning alone.

    Where all nouns have a capital (German), it must be a word that the text writes small.
    """
    first = WORD.search(line.text)
    if not first or not starts_great(line.text) or not draft.language.nouns:
        return starts_great(line.text)
    word = first[0].casefold()
    forms = draft.words.forms.get(word) if draft.words else None
    return word in draft.language.small or bool(forms and forms.most_common(1)[0][0].islower())


def begins_common(line: Line, draft: Draft) -> bool:
    """Tell whether a line begins with a capital, and a word that has it at a beginning alone.

    Such a word is written small by the text or, but for German, the dictionary: it is no name.
    """
    first = WORD.search(line.text)
    if not first or not begins_great(line, draft):
        return False
    known = lexicon(draft.language.tag)
    word = first[0].lower()
    forms = draft.words.forms.get(word) if draft.words else None
    if draft.language.nouns or forms:
        return draft.language.nouns or bool(forms and forms.most_common(1)[0][0].islower())
    return word in draft.language.small or bool(known and known.has(word))
