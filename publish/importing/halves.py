"""A word that a line's end cuts, and the line that it goes on in.

In: two lines, the first of which ends in a hyphen, and a draft with the words of its source. Out:
whether the second line has the rest of the word. What stands between the two, a caption or another
column's text, has not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.importing.model import Draft, Line
from publish.importing.sentences import ends_sentence, starts_great
from publish.text.lexicon import lexicon

FULL = 0.85
"""A line of a paragraph is filled to this part at least."""
_LEFT = re.compile(r"([^\W_]+)-$")
_RIGHT = re.compile(r"[^\W_]+")


def completes(a: Line, b: Line, draft: Draft) -> bool:
    """Tell whether the halves at the end of `a` and at the head of `b` make a word."""
    left, right = _LEFT.search(a.text), _RIGHT.match(b.text)
    return bool(left and right and right[0][0].islower() and _known(left[1] + right[0], draft))


def is_syllable(a: Line, b: Line, draft: Draft) -> bool:
    """Tell whether the hyphen that ends `a` is the printer's, by the capital that `b` begins with.

    A name, or a compound that the source has, may have a capital after it.
    """
    left, right = _LEFT.search(a.text), _RIGHT.match(b.text)
    if not left or not right or not starts_great(b.text) or not left[1].islower():
        return False
    both = f"{left[1]}-{right[0]}".casefold()
    return draft.words is None or not draft.words.hyphened[both]


def fills_line(lines: Sequence[Line], at: int, draft: Draft) -> bool:
    """Tell whether a line is full, or the last one of its paragraph."""
    line = lines[at]
    last = at + 1 == len(lines) or lines[at + 1].gap or ends_sentence(line.text, draft.language)
    return bool(last or line.width >= FULL * line.measure)


def intrudes(a: Line, b: Line, draft: Draft) -> bool:
    """Tell whether `b` cannot go on with the word cut in `a`: no word stands before the capital."""
    left, language = _LEFT.search(a.text), draft.language
    if not left or left[1] in language.prefixes | language.weak | language.loose:
        return False
    return is_syllable(a, b, draft) and not _known(left[1], draft)


def _known(word: str, draft: Draft) -> bool:
    known = lexicon(draft.language.tag)
    solid = draft.words is not None and draft.words.solid[word.casefold()] > 0
    return solid or bool(known and known.has(word))
