"""Words that no dictionary of their language has, and that are much like one that it has.

In: the words of a book. Out: each such word with what was probably meant. A word in a language of
which there is no dictionary is let be.
A dictionary's no is strong only where the word is a slip away from one that it knows: without that,
every new compound and every rare word would be told of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from publish.prose.passages import Word
from publish.text.dictionaries import name_of
from publish.text.lexicon import Lexicon, lexicon

_LETTERS = "eniatroslgdvkmbuhpzcwjfyxqéëèïöüäßç"
_LEAST = 4
"""Of a shorter word each slip is another word."""
LONGEST = 60
"""What is longer is no word that anybody spells: a key, an address, letters at random."""
_OPENING = 5
"""A shorter word at the start of a sentence is as easily a name that is like it."""
_NAME = 7
"""A name of fewer letters is that of somebody else as easily as a slip."""


def lacking(words: Sequence[Word]) -> list[str]:
    """Return the languages of words whose dictionary is known and not there."""
    languages = dict.fromkeys(word.language for word in words)
    return [one for one in languages if name_of(one) and lexicon(one) is None]


def misspelled(
    words: Sequence[Word], right: frozenset[str], often: int
) -> Iterator[tuple[Word, str]]:
    """Yield the words that are no words, with the likeliest that is meant.

    Let be are those in `right`, and those that the book has so often that it must mean them. A
    capital at the start of a sentence is no part of a word; within one it is that of a name, of
    which only a slip away from a name that a dictionary has is told.
    """
    texts = [plain(word.text) for word in words]
    counts = Counter(texts)
    names = {text for word, text in zip(words, texts, strict=True) if _is_name(word, text)}
    judged: dict[tuple[str, str], str] = {}
    for word, text, after in zip(words, texts, [*words[1:], None], strict=False):
        known = lexicon(word.language)
        if known is None or not _LEAST <= len(text) <= LONGEST or right & {text, text.lower()}:
            continue
        if text[1:] != text[1:].lower():
            continue
        if sum(counts[one] for one in {text, text.lower()}) >= often:
            continue
        # What a sentence begins with is a name where the book has it as one within a sentence.
        named = not word.opens or _before_a_name(word, after) or text in names
        named = named or text.removesuffix("s").rstrip("'") in names
        said = text if named or len(text) < _OPENING else text.lower()
        key = word.language, said
        if key not in judged:
            judged[key] = _meant(said, known, counts, word.language)
        if judged[key]:
            capital = text[0].isupper()
            yield word, judged[key][0].upper() + judged[key][1:] if capital else judged[key]


def _is_name(word: Word, text: str) -> bool:
    return text[:1].isupper() and not word.opens


def _before_a_name(word: Word, after: Word | None) -> bool:
    """Tell whether a word with a capital follows on a word, as a surname does on a first name."""
    return (
        after is not None
        and after.passage is word.passage
        and after.start == word.start + len(word.text) + 1
        and after.text[0].isupper()
    )


def _meant(said: str, known: Lexicon, counts: Counter[str], language: str) -> str:
    """Return what a word was probably meant for; nothing where it is one itself."""
    if is_known(said, known) or is_known(said.capitalize(), known):
        return ""
    if said.islower() or language.split("-")[0].lower() == "de":
        return likeliest(said, known, counts)
    if len(said) < _NAME or not said.isalpha():
        return ""
    near = (one for one in name_slips(said) if not known.has(one.lower()) and known.lists(one))
    return next(near, "")


def plain(word: str) -> str:
    """Return a word as dictionaries have it: its apostrophes and hyphens those of a keyboard."""
    return word.replace("’", "'").replace("\u2011", "-")


def is_known(word: str, known: Lexicon) -> bool:
    """Tell whether a dictionary has a word, or each of the parts that hyphens join."""
    if known.has(word) or known.has(word.capitalize()):
        return True
    parts = [part for part in re.split(r"[-.']", word) if part]
    return len(parts) > 1 and all(
        len(part) < _LEAST or known.has(part) or known.has(part.capitalize()) for part in parts
    )


def likeliest(word: str, known: Lexicon, counts: Counter[str]) -> str:
    """Return a word one slip away that a dictionary lists; nothing where there is none.

    One that the book has is likelier than another.
    """
    listed = [one for one in dict.fromkeys(slips(word)) if known.lists(one)]
    return max(listed, key=lambda one: counts[one], default="")


def slips(word: str) -> Iterator[str]:
    """Yield what a word may come of: two letters changed about, one too many, wrong, or missing.

    Nobody slips at the first letter; and with one more at its end, a word is a form of it.
    """
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1 :]
    for at in range(1, len(word) + 1):
        for letter in _LETTERS:
            yield word[:at] + letter + word[at:]
    for at in range(1, len(word)):
        for letter in _LETTERS:
            if letter != word[at]:
                yield word[:at] + letter + word[at + 1 :]


def name_slips(name: str) -> Iterator[str]:
    """Yield what a name may come of by a slip that makes no other name of it.

    Two letters changed about, or one missing that is neither doubled nor mute: Hansen and Hanssen,
    Catarina and Catharina, Sergey and Sergej are six people.
    """
    for at in range(1, len(name) - 1):
        yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    for at in range(2, len(name)):
        for letter in _LETTERS:
            if letter not in (name[at - 1], name[at], "h", "c", "j"):
                yield name[:at] + letter + name[at:]
