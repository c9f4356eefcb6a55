"""What one book spells in two ways: names, compounds, dates and large numbers.

In: the words or the passages of a book. Out: the rarer form where it stands, with the usual one and
how often that is met.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from publish.lexicon import lexicon
from publish.prose.passages import Passage, Word
from publish.prose.spelling import plain

Variant = tuple[Word, str, int]
_NAME = 5
"""Names of fewer letters are too often those of two people."""
_TIMES = 3
"""The usual form of a name is met so many times as often as the rare one."""
_SOUNDS = tuple(map(frozenset, "iyjïý ckqxh szß vwf eéèêëæ aàáâä oòóôöø uùúûüw dt".split()))
"""Letters that stand for one sound in one spelling of a name or another."""
_DIGITS = {
    "1.000": re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]\d|\w)"),
    "1 000": re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]\d|\w)"),
    "1,000": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]\d|\w)"),
}
_DATES = {
    "3-5-1923": re.compile(r"(?<![\w/–-])\d{1,2}-\d{1,2}-\d{4}(?![\w/–-])"),
    "3/5/1923": re.compile(r"(?<![\w/–-])\d{1,2}/\d{1,2}/\d{4}(?![\w/–-])"),
    "3.5.1923": re.compile(r"(?<![\w.])\d{1,2}\.\d{1,2}\.\d{4}(?![\w.]\w)"),
    "1923-05-03": re.compile(r"(?<![\w/–-])\d{4}-\d{2}-\d{2}(?![\w/–-])"),
    "3 mei 1923": re.compile(r"(?<![\w.])\d{1,2}\.?[ \u00a0][^\W\d_]{3,10}[ \u00a0]\d{4}(?!\w)"),
}


def names(words: Sequence[Word], right: frozenset[str]) -> Iterator[Variant]:
    """Yield names that are a letter away from one that the book has far more often.

    A word at the start of a sentence may be none, and one that a dictionary has is none.
    """
    met: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for word in words:
        text = plain(word.text)
        if text[:1].isupper() and not text.isupper() and len(text) >= _NAME:
            met[word.language, text].append(word)
    counts = {key: len(found) for key, found in met.items()}
    signs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for language, text in counts:
        for sign in _signs(text):
            signs[language, sign].append(text)
    for (language, text), found in met.items():
        known = lexicon(language)
        if text in right or known is None or known.has(text) or known.has(text.lower()):
            continue
        near = {one for sign in _signs(text) for one in signs[language, sign]} - {text}
        usual = [one for one in near if _is_variant(text, one) and not known.has(one.lower())]
        best = max(usual, key=lambda one: counts[language, one], default="")
        if best and counts[language, best] >= _TIMES * len(found):
            yield from ((word, best, counts[language, best]) for word in found)


def _signs(text: str) -> Iterator[str]:
    """Yield what two words share that are a letter apart: each with one letter left out."""
    yield text
    for at in range(1, len(text)):
        yield f"{text[:at]}{text[at + 1 :]}"


def _is_variant(one: str, other: str) -> bool:
    """Tell whether two names may be one: spelled alike, or as two languages write one sound.

    Lenin and Lewin are two people, Trotski and Trotsky one. A genitive or a plural is no variant.
    """
    if one[:-1] == other or other[:-1] == one:
        return False
    if len(one) != len(other):
        return True
    unlike = [{a, b} for a, b in zip(one, other, strict=True) if a != b]
    if len(unlike) == 2 and unlike[0] == unlike[1]:
        return True  # two letters changed about
    return len(unlike) == 1 and any(unlike[0] <= sounds for sounds in _SOUNDS)


def compounds(words: Sequence[Word]) -> Iterator[Variant]:
    """Yield compounds with a hyphen that are met without, or the other way about: the rarer."""
    met: dict[str, dict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for word in words:
        text = plain(word.text)
        if len(text) > _NAME and "." not in text:
            met[text.replace("-", "").lower()][text.lower()].append(word)
    for forms in met.values():
        if len(forms) > 1:
            usual = max(forms, key=lambda form: (len(forms[form]), form))
            for form, found in forms.items():
                if form != usual:
                    shown = forms[usual][0].text
                    yield from ((word, shown, len(forms[usual])) for word in found)


def figures(passages: Sequence[Passage]) -> Iterator[tuple[Passage, int, str, str, int]]:
    """Yield the numbers and dates that are not written as most are: passage, offset, text, usual.

    A language has its own ways; figures of one language alone are compared.
    """
    for ways in (_DIGITS, _DATES):
        met: dict[str, dict[str, list[tuple[Passage, int, str]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for passage in passages:
            for way, pattern in ways.items():
                for found in pattern.finditer(passage.text):
                    place = passage, found.start(), found[0]
                    met[passage.language(found.start())][way].append(place)
        for forms in met.values():
            counts = Counter({way: len(found) for way, found in forms.items()})
            (usual, most), *rest = counts.most_common()
            for way, _ in rest:
                yield from ((*place, usual, most) for place in forms[way])
