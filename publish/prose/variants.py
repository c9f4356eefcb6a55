"""What one book spells in two ways: names and compounds.

In: the words of a book. Out: the rarer form where it stands, with the usual one and
how often that is met.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence

from publish.book.languages import has_capital_nouns
from publish.prose.passages import Word
from publish.prose.spelling import LONGEST, plain
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


def names(words: Sequence[Word], right: frozenset[str]) -> Iterator[Variant]:
    """Yield names that the book spells in another way too.

    A name that is a letter away from one that the book has far more often is told; of two that
    only spell the same sounds otherwise each is, where neither is the usual one. What a dictionary
    has is no name; without one a word at the start of a sentence may be none.
    """
    met: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for word in words:
        text = plain(word.text)
        capital = text[:1].isupper() and not text.isupper() and _NAME <= len(text) <= LONGEST
        if capital and (lexicon(word.language) or _is_name(word)):
            met[word.language, text].append(word)
    counts = {key: len(found) for key, found in met.items()}
    signs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for language, text in counts:
        for sign in (*_signs(text), _sound(text)):
            signs[language, sign].append(text)
    for (language, text), found in met.items():
        known = lexicon(language)
        if text in right or (known and (known.has(text) or known.has(text.lower()))):
            continue
        every = (*_signs(text), _sound(text))
        near = sorted({one for sign in every for one in signs[language, sign]} - {text})
        usual = [one for one in near if _is_other(text, one)
                 and not (known and known.has(one.lower()))]  # fmt: skip
        best = max(usual, key=lambda one: counts[language, one], default="")
        often = counts[language, best] if best else 0
        alike = _sound(text) == _sound(best) and len(found) < _TIMES * often
        if (best and _is_variant(text, best) and often >= _TIMES * len(found)) or (best and alike):
            yield from ((word, best, often) for word in found)


def _is_name(word: Word) -> bool:
    """Tell whether a capital is that of a name, in a language without a dictionary."""
    return not word.opens and not has_capital_nouns(word.language)


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


def compounds(words: Sequence[Word], right: frozenset[str]) -> Iterator[Variant]:
    """Yield compounds with a hyphen that are met without, or the other way about: the rarer.

    What is in `right` is never told; another form of it is, and each language has its own forms.
    """
    known = {one.lower() for one in right}
    met: dict[tuple[str, str], dict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for word in words:
        text = plain(word.text)
        if len(text) > _NAME and "." not in text:
            met[word.language, text.replace("-", "").lower()][text.lower()].append(word)
    for forms in met.values():
        if len(forms) > 1:
            usual = max(forms, key=lambda form: (form in known, len(forms[form]), form))
            for form, found in forms.items():
                if form != usual and form not in known:
                    shown = forms[usual][0].text
                    yield from ((word, shown, len(forms[usual])) for word in found)
                    if len(found) == len(forms[usual]) and usual not in known:
                        yield from ((word, found[0].text, len(found)) for word in forms[usual])
