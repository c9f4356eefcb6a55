"""Drop caps: a great letter that stands apart from the word it begins.

In: a draft with its lines. Out: the letter put before its word, which begins with a small letter
where nothing goes before it. Some extractors give the letter above its paragraph, some at the head
of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from publish.importing.model import Draft, Line
from publish.importing.runs import BLANK, text_of
from publish.importing.sentences import (
    ends_in_hyphen,
    ends_sentence,
    is_byline,
    starts_great,
)
from publish.text.lexicon import lexicon

_CAP = re.compile(r"[“„«‘\"']?\s?[^\W\d_a-zß-öø-ÿ]")
_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)?")
SHORT = 0.8
"""A line that is shorter than this part of the one below it is a heading."""
ROOM, BELOW = 0.9, 5
"""So is one that, with the next word, would be shorter than this part of the lines below it."""
QUOTES = "“„«‘\"' "
NEAR = 60
"""Lines between a drop cap and its paragraph."""
MADE, OTHER, SCRAP = 6, 2, 1
"""What speaks for a line if the letter makes a scrap a word, a word another, or a scrap none."""
NEXT, OPEN = 2, 4
"""What speaks for the next line, and against one in which the line above it goes on."""
WIDEST = 16
"""What begins so many blanks right of a drop cap stands in another column."""


def join_drop_caps(draft: Draft) -> Draft:
    """Put each drop cap before the word it belongs to."""
    lines = list(draft.lines)
    words = {
        word.casefold() for line in lines for word in _WORD.findall(line.text.partition(" ")[2])
    }
    for at in range(len(lines) - 1, -1, -1):
        cap = lines[at]
        if not _CAP.fullmatch(cap.text):
            continue
        to = _place(lines, at, words, draft)
        if to >= 0:
            lines[to] = _joined(cap, lines[to], words)
            if to == at + 1:
                lines[to] = structs.replace(lines[to], gap=max(cap.gap, lines[to].gap))
            del lines[at]
    return structs.replace(draft, lines=tuple(lines))


def is_capped(line: Line) -> bool:
    """Tell whether a line begins with a drop cap that was put before it."""
    return bool(line.runs) and 0 < line.runs[0].line < line.number


def _place(lines: Sequence[Line], at: int, words: set[str], draft: Draft) -> int:
    """Return the line that the letter of line `at` begins, which begins small; -1 for none.

    It is the one of which most is true: the letter makes its first word one of the language, which
    it was not without it; nothing above it goes on in it; it is the next line. What is no word with
    the letter either may be the rest of one that a quote stands in: less speaks for it than for a
    word that the letter makes another, or that has one of a letter before it.
    """
    near = range(at + 1, min(at + NEAR, len(lines)))
    page = [
        to
        for to in near
        if lines[to].page == lines[at].page and lines[to].indent <= lines[at].indent + WIDEST
    ]
    small = [to for to in page if lines[to].text[0].islower() and not _is_cut(lines, at, to)]
    begun = [to for to in small if not is_byline(lines[to].text, draft.language)]
    if at + 1 in begun and not lines[at + 1].gap and lines[at].text.casefold() in words:
        return at + 1
    known = lexicon(draft.language.tag)

    def speaks(to: int) -> int:
        first = _first(lines[to])
        whole = lines[at].text.lstrip(QUOTES).casefold() + first
        made = whole in words or bool(known and known.has(whole))
        scrap = len(first) == 1 or not (first in words or (known and known.has(first)))
        is_open = _is_open(lines, to, draft)
        word = lines[at].text.casefold() in words and not is_open
        told = (MADE if made else SCRAP) if scrap else OTHER * (made or word)
        return told + NEXT * (to == at + 1) - OPEN * is_open

    best = max(begun, key=speaks, default=-1)
    return best if best > 0 and speaks(best) > 0 else -1


def _is_open(lines: Sequence[Line], to: int, draft: Draft) -> bool:
    """Tell whether the line above goes on in line `to`: no gap and no sentence's end part them."""
    above = lines[to - 1]
    ended = ends_sentence(above.text, draft.language) or _CAP.fullmatch(above.text)
    short = len(above.text) < SHORT * len(lines[to].text) or _is_heading(lines, to - 1)
    return not (lines[to].gap or ended or short or _in_byline(lines, to - 1, draft))


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line has room for the next word, by those below it, and is but a phrase."""
    text, below = lines[at].text, lines[at + 1 : at + 1 + BELOW]
    phrase = starts_great(text) and not re.search(r"[.?!,;:]", text)
    word = below[0].text.split(" ", 1)[0]
    return phrase and len(text) + len(word) + 1 < ROOM * max(len(one.text) for one in below)


def _in_byline(lines: Sequence[Line], at: int, draft: Draft) -> bool:
    """Tell whether line `at` is a byline's, or the second one of it."""
    return any(is_byline(one.text, draft.language) for one in lines[max(at - 1, 0) : at + 1])


def _is_cut(lines: Sequence[Line], at: int, to: int) -> bool:
    """Tell whether a line goes on with a word that a hyphen cut."""
    return to > at + 1 and ends_in_hyphen(lines[to - 1].text)


def _first(line: Line) -> str:
    match = _WORD.match(line.text)
    return match[0].casefold() if match else ""


def _joined(cap: Line, line: Line, words: set[str]) -> Line:
    """Return a line with the letter before it; a blank parts them where both are words."""
    first = _first(line)
    apart = len(first) > 1 and first in words and (cap.text + first).casefold() not in words
    runs = (*cap.runs, *((BLANK,) if apart else ()), *line.runs)
    return structs.replace(line, runs=runs, text=text_of(runs), indent=0)
