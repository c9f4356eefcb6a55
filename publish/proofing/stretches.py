"""Characters of a page that are marked → one stretch of the manuscript's text.

In: `Spot`s, or one character, and the runs that they are of. Out: `Found`, with whole words where a
mark cannot know better.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publish.proof.map import Run
from publish.proofing.page_text import Found, PageText, Spot
from publish.proofing.words import is_within, letters_around, word_around

_WORD = re.compile(r"(?<![\w\u00ad])\w[\w\u00ad]*")


def stretch_of(chosen: Sequence[Spot], page: PageText) -> Found:
    """Return characters as one stretch: of the run that has the most of them, else of several."""
    # Words filled in from elsewhere, such as a title referred to, are not what the text is about.
    own = [spot for spot in chosen if not page.runs[spot.run].repeated] or chosen
    counted = Counter(spot.run for spot in own)
    indexes = {run: sorted(spot.index for spot in chosen if spot.run == run) for run in counted}
    parts = {run: Found(run, at[0], at[-1] + 1) for run, at in indexes.items()}
    ordered = sorted(parts.values(), key=lambda one: page.runs[one.run].offset(one.start))
    goes_on = _go_on(ordered, page.runs)
    if not goes_on:
        ordered = [parts[counted.most_common(1)[0][0]]]
    marked = [each for one in ordered for each in _without_gaps(indexes[one.run], one.run, page)]
    first, *rest = made = [_divided(one, page) for one in marked]
    return replace(
        first, rest=tuple(rest), gapped=len(marked) > len(ordered) or not goes_on,
        halved=(first.halved[0], made[-1].halved[1]),
    )  # fmt: skip


def _without_gaps(indexes: Sequence[int], run: int, page: PageText) -> Iterator[Found]:
    """Yield stretches of a run between which a whole word is left out."""
    text, start = page.runs[run].text, indexes[0]
    for one, after in itertools.pairwise(indexes):
        word = _WORD.search(text, one + 1)
        if word and word.end() <= after:
            yield Found(run, start, one + 1)
            start = after
    yield Found(run, start, indexes[-1] + 1)


def _go_on(parts: Sequence[Found], runs: Sequence[Run]) -> bool:
    """Tell whether one text is marked from the first part to the last: no word is between them."""
    text = "".join(
        runs[one.run].text[one.end :] + runs[other.run].text[: other.start]
        for one, other in itertools.pairwise(parts)
    )
    same = len({runs[one.run].file for one in parts}) == 1
    return same and not any(char.isalnum() for char in text)


def word_at(spot: Spot, runs: Sequence[Run]) -> Found:
    """Return the word of which a character is, without punctuation at its ends."""
    start, end = word_around(runs[spot.run].text, spot.index, spot.index)
    if start == end:
        start, end = spot.index, spot.index + 1
    return Found(spot.run, start, end)


def whole(one: Found, runs: Sequence[Run]) -> Found:
    """Return a stretch drawn by hand with the whole of the words that it touches."""
    found = []
    for part in one.parts:
        first = word_at(Spot(part.run, part.start, 0, 0), runs)
        last = word_at(Spot(part.run, part.end - 1, 0, 0), runs)
        found.append(Found(part.run, first.start, last.end))
    return replace(found[0], rest=tuple(found[1:]), gapped=one.gapped, halved=one.halved)


def _divided(one: Found, page: PageText) -> Found:
    """Return a stretch that ends at the head or foot of its page with the whole of its word.

    The rest of the word stands on another page, where the same mark cannot be. What a word is
    divided at by a hyphen of its own is two.
    """
    pieces = [piece for line in page.lines for piece in line.pieces if piece.run == one.run]
    if not pieces:
        return one
    text, start, end = page.runs[one.run].text, one.start, one.end
    head, foot = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
    begins, ends = start <= head and is_within(text, head), end >= foot and is_within(text, foot)
    if begins:
        start = letters_around(text, head)[0]
    if ends:
        end = letters_around(text, foot)[1]
    return Found(one.run, start, end, halved=(begins, ends))
