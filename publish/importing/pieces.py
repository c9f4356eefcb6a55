"""The pieces of a page, lines that nothing parts, and how well one of them goes on in another.

In: a draft with its habits and words. Out: for each page its `Piece`s, each with the first and the
last line of its running text; `Seams` tells what it costs to read on from one in another. What it
costs is what speaks against it: a sentence that is torn, a word of which only half is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.importing.dropcaps import is_capped
from publish.importing.footnotes import begins_note
from publish.importing.habits import blocks
from publish.importing.halves import completes
from publish.importing.model import Draft, Habits, Line
from publish.importing.sentences import (
    SENTENCE_END,
    ends_in_hyphen,
    ends_sentence,
    has_room,
    is_byline,
    starts_great,
    starts_small,
)
from publish.importing.words import WORD, begins_common
from publish.text.lexicon import lexicon

LARGER, NARROW = 0.8, 0.87
"""Lines narrower than this part of the measure are of larger type; all of a quote's are at most the
second."""
FILLED = 0.97
"""A line that goes on in another column is filled to this part, the next word counted."""
WIDER, WIDE = 1.06, 1.5
"""A line this much wider than a column is of smaller type; this much, it runs across several."""
NEAR = 20
"""Pieces before one, and after it, in which the word cut at its end may go on."""
SHORT_LINES = 3
"""What has no more lines, and ends no sentence, may be a heading or a caption."""
TORN = 5.0
"""What a sentence costs that has no head or no end."""
CUT, NAME, COMMON = 3.0, 1.5, 4.0
"""The same for a word that is cut off, and for a capital in mid-sentence, a name's or not."""
TWO_SMALL, SCRAP, ROOM = 1.5, 2.0, 1.0
"""The same for two articles or prepositions, for half a word, and for a line with room to go on."""
WHOLE_SMALL, WHOLE_WORD, WHOLE_SCRAP = 1.0, -0.5, -2.0
"""The same for a word whose halves are put together, the second one a small word, another word, or
none."""

_CALL = re.compile(r"(?<=[^\w\s])[\d⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]{1,3}$")


class Piece(Struct, frozen=True):
    """Lines `start` up to `stop`; the first and the last of its running text, if it has any.

    `headed`: a heading stands above the text.
    """

    start: int
    stop: int
    head: Line | None = None
    tail: Line | None = None
    headed: bool = False


def pages_of(draft: Draft) -> Iterator[list[Piece]]:
    """Yield the pieces of each page; what runs across its columns parts those above and below it.

    A page whose columns stood side by side is one piece: its lines are in order.
    """
    page: list[Piece] = []
    lines = draft.lines
    unfolded = {b.page for a, b in pairwise(lines) if b.number < a.number}
    for start, stop in blocks(lines, Habits(indent=1)):
        turned = start > 0 and lines[start].page != lines[start - 1].page
        across = start == 0 or lines[start].page in unfolded or _is_across(lines[start:stop], draft)
        if start == 0 and (size := _title(lines[:stop], draft)):
            # What stands straight below the title is text: that of another column, perhaps.
            yield [Piece(0, size)]
            page.append(_piece(draft, size, stop))
            continue
        if page and (across or turned):
            yield page
            page = []
        if across:
            yield [Piece(start, stop)]
        else:
            page.append(_piece(draft, start, stop))
    if page:
        yield page


def _title(block: Sequence[Line], draft: Draft) -> int:
    """Return how many lines of the first block are the title of the text below them; 0 for none."""
    measure = draft.habits.measure
    size = _below_head(block, measure, draft)
    text = block[size:]
    wide = sum(NARROW * measure < line.width < WIDER * measure for line in text)
    least = 2 if text and starts_small(text[0].text) else SHORT_LINES + 1
    return size if wide >= least and 2 * wide > len(text) else 0


def _is_across(block: Sequence[Line], draft: Draft) -> bool:
    """Tell whether lines are wider than a column, or a byline's; notes stand where they may.

    A single one among others may be two that an extractor joined.
    """
    if begins_note(block[0]):
        return False
    if is_byline(block[0].text, draft.language):
        return True
    wide = sum(line.width > WIDE * draft.habits.measure for line in block)
    return wide > 0 and 2 * wide >= len(block)


def _piece(draft: Draft, start: int, stop: int) -> Piece:
    """Return the piece of some lines, the heading or pull quote above its text left out."""
    lines, measure = draft.lines, draft.habits.measure
    label = (at for at in range(start, stop) if draft.language.photo.match(lines[at].text))
    end = next(label, stop)
    first = start + _below_head(lines[start:end], measure, draft)
    text = lines[first:end]
    if begins_note(lines[start]) or not text or _is_apart(text, measure, draft):
        return Piece(start, stop)
    headed = first > start and starts_great(lines[start].text) and starts_great(text[0].text)
    return Piece(start, stop, text[0], text[-1], headed)


def _below_head(text: Sequence[Line], measure: float, draft: Draft) -> int:
    """Return how many lines at the head of a piece are a heading or a pull quote in larger type."""
    if text and is_capped(text[0]):
        return 0
    count = 0
    while count < len(text) and text[count].width < LARGER * measure:
        count += 1
    if count == 1 and len(text) > 1:
        title = starts_great(text[0].text) and not ends_sentence(text[0].text, draft.language)
        return int(title and has_room(text[0], text[1], NARROW))
    return count if count < len(text) else 0


def _is_apart(text: Sequence[Line], measure: float, draft: Draft) -> bool:
    """Tell whether lines are a heading, a caption or a pull quote, as far as can be seen here."""
    last = text[-1]
    ended, small = _ends(last, draft), starts_small(text[0].text)
    if len(text) > 1 and max(line.width for line in text) < NARROW * measure:
        return not (ended and small)
    if len(text) > SHORT_LINES or ended or small or ends_in_hyphen(last.text):
        return False
    if len(text) == 1:
        return not SENTENCE_END.search(last.text)
    return last.width < NARROW * measure or any(line.width > WIDER * measure for line in text)


def _ends(line: Line, draft: Draft) -> bool:
    """Tell whether a sentence ends where a line does, the number of a note left out."""
    return ends_sentence(_CALL.sub("", line.text), draft.language)


class Seams:
    """What it costs to read on from one piece in another, reckoned when it is asked for."""

    def __init__(self, pieces: Sequence[Piece], draft: Draft) -> None:
        self.pieces = pieces
        self.measure = draft.habits.measure
        self._draft = draft
        self._costs: dict[tuple[int, int], float] = {}

    def has_text(self, at: int) -> bool:
        """Tell whether a piece has running text; the rest goes with any other."""
        return self.pieces[at].head is not None

    def height(self, at: int) -> int:
        """Return how many lines a piece takes, with the space above it."""
        piece = self.pieces[at]
        return piece.stop - piece.start + 1

    def rivals(self, at: int) -> bool:
        """Tell whether the word cut at a piece's end could go on in several of those near it."""
        tail = self.pieces[at].tail
        if tail is None or not ends_in_hyphen(tail.text):
            return False
        heads = (one.head for one in self.pieces[max(at - NEAR, 0) : at + NEAR])
        return sum(head is not None and completes(tail, head, self._draft) for head in heads) > 1

    def breaks(self, a: int, b: int) -> int:
        """Return 1 if a sentence of piece `a` does not go on in `b`, -1 if it does, 0 for none."""
        tail, head = self.pieces[a].tail, self.pieces[b].head
        if tail is None or head is None or tail.text.endswith(":"):
            return 0
        if _ends(tail, self._draft):
            return int(starts_small(head.text))
        return 1 if self.cost(a, b) > 0 else -1

    def cost(self, a: int, b: int) -> float:
        """Return the cost of reading piece `b` after piece `a` (-1: as the first of all)."""
        if (a, b) not in self._costs:
            before = self.pieces[a].tail if a >= 0 else None
            self._costs[a, b] = _cost(before, self.pieces[b], self._draft)
        return self._costs[a, b]


def _cost(a: Line | None, piece: Piece, draft: Draft) -> float:
    """Return how much speaks against reading a piece after line `a`."""
    b, language = piece.head, draft.language
    if b is None:
        return 0.0
    first = WORD.match(b.text)
    word = first[0] if first and starts_small(b.text) else ""
    if a is not None and a.text.endswith(":"):
        return 0.0
    if a is None or _ends(a, draft):
        return TORN if starts_small(b.text) else 0.0
    if piece.headed:
        return TORN
    known = lexicon(language.tag)
    scrap = bool(word and known and not known.has(word) and not known.has(word.capitalize()))
    if ends_in_hyphen(a.text):
        if not word or not completes(a, b, draft):
            return CUT
        # An article or a preposition is seldom the rest of a word (al-une).
        small = word in language.small | language.conjunctions
        return WHOLE_SMALL if small else WHOLE_SCRAP if scrap else WHOLE_WORD
    waits = a.text.rpartition(" ")[2].casefold() in language.small
    told = ROOM * has_room(a, b, FILLED) + SCRAP * scrap
    if word:
        return told + TWO_SMALL * (waits and word in language.small)
    if begins_common(b, draft) and not language.nouns:
        return told + COMMON
    return told + (NAME / 3 if waits else NAME)
