"""Quotes and brackets without their counterpart, as each language pairs them.

In: a passage. Out: where each stands, and what to do. An apostrophe is the same character as a
closing single quote in most languages; what may be one closes nothing that is not open, and is no
fault by itself. A speech that goes on opens each paragraph anew and closes the last alone, so that
what is left open at a paragraph's start is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from publish.prose.passages import Passage

Alone = tuple[int, str, str]
"""Offset in the text, the mark, advice."""
BRACKETS: Mapping[str, str] = MappingProxyType({")": "(", "]": "[", "}": "{"})
_QUOTES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "nl": {"”": "“„", "’": "‘‚", "»": "«"},
        "en": {"”": "“", "’": "‘"},
        "de": {"“": "„", "‘": "‚", "«": "»", "‹": "›"},
        "de-ch": {"»": "«", "›": "‹"},
        "fr": {"»": "«", "”": "“", "›": "‹", "’": "‘"},
    }
)
"""What closes, and what may open it; the quotes of other languages are let be."""
_OPENING = "".join({mates for pairs in _QUOTES.values() for mates in pairs.values()})
_CLOSING = "".join({mark for pairs in _QUOTES.values() for mark in pairs})
_MARK = re.compile(rf"[()\[\]{{}}{_OPENING}{_CLOSING}]")
_LATER = re.compile(r"[‘‚]|(?<=[^\s(])’(?!\w)")
_CLOSE = "Close it, or take it away."
_LIST_MARK = re.compile(r"(?:^|[\s(])(?:[0-9]{1,3}|[^\W\d_])\)")
_ENDING = MappingProxyType({"nl": "sxz", "en": "sxznolhd", "fr": "cdjlmnstu", "de": "sxzß"})
"""Letters after which an apostrophe may end a word: Kees’ boek, the boys’ room, goin’, l’ami."""


def alone(passage: Passage) -> Iterator[Alone]:
    """Yield the brackets and quotes of a passage that have no counterpart."""
    text = passage.text
    waiting: list[tuple[str, int]] = []
    open_: Counter[str] = Counter()
    numbered = {found.end() - 1 for found in _LIST_MARK.finditer(text)}
    for found in _MARK.finditer(text):
        at, char = found.start(), found[0]
        language = passage.language(at).lower()
        quotes = _QUOTES.get(language) or _QUOTES.get(language.split("-")[0], {})
        opening = "".join((*BRACKETS.values(), *quotes.values()))
        if char in BRACKETS or (char in quotes and not _is_apostrophe(text, at, waiting)):
            mates = BRACKETS.get(char) or quotes[char]
            if any(open_[one] for one in mates):
                while (last := waiting.pop())[0] not in mates:
                    open_[last[0]] -= 1
                    yield last[1], last[0], _CLOSE
                open_[last[0]] -= 1
            elif at not in numbered and not _may_end_a_word(text, at, language.split("-")[0]):
                yield at, char, "Open it, or take it away."
        elif char in opening:
            waiting.append((char, at))
            open_[char] += 1
    begun = len(text) - len(text.lstrip(f" \u00a0\u202f{_OPENING}"))
    for char, at in waiting:
        if char in BRACKETS.values() or at > begun:
            yield at, char, _CLOSE


def _is_apostrophe(text: str, at: int, waiting: list[tuple[str, int]]) -> bool:
    """Tell whether a single quote stands within a word, or opens one: foto’s, ’s avonds, ’60."""
    if text[at] != "’":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    opens_word = not before or before.isspace() or before in "(“„«‘-–—/"
    if opens_word and after.isalnum():
        return True
    if before.isalnum() and after.isalnum():
        return True
    # A possessive within a quotation that is closed later: ‘the boys’ room’.
    return bool(waiting) and waiting[-1][0] in "‘‚" and _closes_later(text, at)


def _closes_later(text: str, at: int) -> bool:
    """Tell whether what stands here is a genitive, as the quotation is closed further on."""
    if text[at - 1 : at] not in "sxz":
        return False
    later = _LATER.search(text, at + 1)
    return later is not None and later[0] == "’"


def _may_end_a_word(text: str, at: int, language: str) -> bool:
    return text[at] == "’" and text[at - 1 : at].lower() in _ENDING.get(language, "") != ""
