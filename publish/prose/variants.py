"""What one book spells in two ways: names, compounds, dates and large numbers.

In: the words or the passages of a book. Out: the rarer form where it stands, with the usual one and
how often that is met.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from publish.prose.passages import Passage, Word
from publish.prose.spelling import plain
from publish.text.lexicon import lexicon

Variant = tuple[Word, str, int]
_NAME = 5
"""Names of fewer letters are too often those of two people."""
_TIMES = 3
"""The usual form of a name is met so many times as often as the rare one."""
_SOUNDS = tuple(map(frozenset, "iyjïý ckqxh szß vwf eéèêëæ aàáâä oòóôöø uùúûüw dt".split()))
"""Letters that stand for one sound in one spelling of a name or another."""
_SPELLINGS = (
    (r"tsch|tch|tsj|tš", "c"),
    (r"sch|sh|sj|š", "s"),
    (r"ch|kh|ck|q|k", "k"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"sz|ß|z", "s"),
    (r"ks", "x"),
    (r"ou|oe|u", "u"),
    (r"(?<=\w)(?:ij|iy|y|j|i)+", "i"),
    (r"(?<=[^aeiou])i(?=e)", ""),
    (r"[vwf]+", "v"),
    (r"(.)\1+", r"\1"),
)
"""How one sound is written, and what stands for it: Kamenev, Kamenjev, Kameneff."""
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DIGITS = {
    "1.000": re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]\d|\w)"),
    "1 000": re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d.,]\d|\w)"),
    "1,000": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]\d|\w)"),
}
_DATES = {
    "3-5-1923": re.compile(r"(?<![\w/–-])\d{1,2}-\d{1,2}-\d{4}(?![\w/–-])"),
    "3/5/1923": re.compile(r"(?<![\w/–-])\d{1,2}/\d{1,2}/\d{4}(?![\w/–-])"),
    "3.5.1923": re.compile(r"(?<![\w.])\d{1,2}\.\d{1,2}\.\d{4}(?![\w.]\w)"),
    "1923-05-03": re.compile(r"(?<![\w/–-])\d{4}-\d{2}-\d{2}(?![\w/–-])"),
    "3 mei 1923": re.compile(
        r"(?<![\w.])\d{1,2}(?:\.|er)?[ \u00a0\u202f][^\W\d_]{3,10}[ \u00a0\u202f]\d{4}(?!\w)"
    ),
    "3rd May 1923": re.compile(
        rf"(?<![\w.])\d{{1,2}}(?:st|nd|rd|th)[ \u00a0](?:of )?{_MONTH}[ \u00a0]\d{{4}}(?!\w)"
    ),
    "May 3, 1923": re.compile(rf"(?<!\w){_MONTH}[ \u00a0]\d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}(?!\w)"),
}


def names(words: Sequence[Word], right: frozenset[str]) -> Iterator[Variant]:
    """Yield names that the book spells in another way too.

    A name that is a letter away from one that the book has far more often is told; of two that
    only spell the same sounds otherwise each is, where neither is the usual one. A word at the
    start of a sentence may be none, and one that a dictionary has is none.
    """
    met: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for word in words:
        text = plain(word.text)
        if text[:1].isupper() and not text.isupper() and len(text) >= _NAME:
            met[word.language, text].append(word)
    counts = {key: len(found) for key, found in met.items()}
    signs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for language, text in counts:
        for sign in (*_signs(text), _sound(text)):
            signs[language, sign].append(text)
    for (language, text), found in met.items():
        known = lexicon(language)
        if text in right or known is None or known.has(text) or known.has(text.lower()):
            continue
        every = (*_signs(text), _sound(text))
        near = sorted({one for sign in every for one in signs[language, sign]} - {text})
        usual = [one for one in near if not known.has(one.lower()) and _is_other(text, one)]
        best = max(usual, key=lambda one: counts[language, one], default="")
        often = counts[language, best] if best else 0
        alike = _sound(text) == _sound(best) and len(found) < _TIMES * often
        if (best and _is_variant(text, best) and often >= _TIMES * len(found)) or (best and alike):
            yield from ((word, best, often) for word in found)


def _signs(text: str) -> Iterator[str]:
    """Yield what two words share that are a letter apart: each with one letter left out."""
    yield text
    for at in range(1, len(text)):
        yield f"{text[:at]}{text[at + 1 :]}"


def _sound(text: str) -> str:
    """Return a name as it sounds, roughly: what languages write in more ways than one in one."""
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", text.lower())
        if not unicodedata.combining(char)
    )
    for pattern, sound in _SPELLINGS:
        bare = re.sub(pattern, sound, bare)
    return f"={bare}"


def _is_other(one: str, other: str) -> bool:
    """Tell whether two forms are no genitive or plural of each other."""
    return other not in (f"{one}s", f"{one}'s", f"{one}'") and one not in (
        f"{other}s", f"{other}'s", f"{other}'",
    )  # fmt: skip


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
                    if len(found) == len(forms[usual]):
                        yield from ((word, found[0].text, len(found)) for word in forms[usual])


def figures(passages: Sequence[Passage]) -> Iterator[tuple[Passage, int, str, str, int]]:
    """Yield the numbers and dates that are not written as most are: passage, offset, text, other.

    The other is one that is, with how many are; where neither way is the usual one, those of both
    are told. A language has its own ways; figures of one language alone are compared.
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
            shown = forms[usual][0][2]
            for way, count in rest:
                yield from ((*place, shown, most) for place in forms[way])
                if count == most:
                    shown_here = forms[way][0][2]
                    yield from ((*place, shown_here, count) for place in forms[usual])
