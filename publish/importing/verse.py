"""Verse in a raw text: lines that end where they are meant to, and not where the column does.

In: a draft whose other matter is claimed. Out: claims of the kind `verse`, one for each stanza, the
stanzas of a poem in one box. Nearly every line leaves room for the first word of the next one, and
ends no sentence: an address or an index is set so as well, and keeps its lines rightly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from publish.importing.captions import unclaimed
from publish.importing.model import Claim, Draft, Facts, Line, Note
from publish.importing.sentences import ends_in_hyphen, ends_sentence, has_room, starts_great

STANZA, POEM = 2, 4
"""A stanza has so many lines at least, and a poem."""
ROOM = 0.6
"""This part of the lines leave room for the next word; hardly any line of prose does."""
SHORT = 0.75
"""Its lines are on average no wider than this part of the column."""
FULL = 0.9
"""This part of all lines are no wider than the column is reckoned to be."""
ENDED = 0.5
"""No more than this part of them end a sentence: prose may have a line for each."""
STEP, STEPS = 2, 8
"""The blanks of a step that a line is indented by in the manuscript, and the most steps."""


def find_verse(draft: Draft) -> Draft:
    """Claim the stanzas of verse, and what the editor says is some."""
    if not draft.habits.wrapped or draft.habits.trails:
        found: list[list[tuple[int, int]]] = []
    else:
        widest = sorted(line.width for line in draft.lines)
        measure = widest[int(FULL * len(widest))] if widest else 0
        found = [one for one in _poems(draft, measure) if _is_poem(one, draft)]
    told = [list(_stanzas(one, draft)) for one in draft.claims if one.kind == "verse"]
    lines = list(draft.lines)
    for number, poem in enumerate((*told, *found), 1):
        for at in (at for start, stop in poem for at in range(start, stop)):
            lines[at] = structs.replace(lines[at], facts=Facts(0, "verse", box=number))
    claims = [one for one in draft.claims if one.kind != "verse"]
    claims += [Claim("verse", *stanza) for poem in (*told, *found) for stanza in poem]
    claims.sort(key=lambda one: one.start)
    return structs.replace(
        draft,
        lines=tuple(lines),
        claims=tuple(claims),
        notes=(*draft.notes, *(_note(poem, draft) for poem in found)),
    )


def indented(lines: Sequence[Line]) -> Iterator[int]:
    """Yield by how many blanks each line of a stanza is indented in the manuscript.

    The first line takes a step at most: four blanks would make it code (CommonMark 0.31, 4.4).
    """
    least = min(line.indent for line in lines)
    for at, line in enumerate(lines):
        steps = min((line.indent - least + 1) // STEP, STEPS if at else 1)
        yield STEP * steps


def _poems(draft: Draft, measure: float) -> Iterator[list[tuple[int, int]]]:
    """Yield stanzas that follow one another, each seen as one by itself."""
    poem: list[tuple[int, int]] = []
    for start, stop in _parts(draft):
        verse = _is_stanza(draft.lines[start:stop], measure, draft)
        if poem and (not verse or poem[-1][1] != start):
            yield poem
            poem = []
        if verse:
            poem.append((start, stop))
    if poem:
        yield poem


def _parts(draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield runs of lines that nothing has claimed and no empty line parts."""
    start = before = -1
    for at in unclaimed(draft):
        line = draft.lines[at]
        if start >= 0 and (
            at != before + 1 or _parted(line) or line.page != draft.lines[before].page
        ):
            yield start, before + 1
            start = at
        start = at if start < 0 else start
        before = at
    if start >= 0:
        yield start, before + 1


def _stanzas(claim: Claim, draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield the stanzas that empty lines part in what the editor says is verse."""
    start = claim.start
    for at in range(claim.start + 1, claim.stop + 1):
        if at == claim.stop or _parted(draft.lines[at]):
            yield start, at
            start = at


def _is_poem(poem: Sequence[tuple[int, int]], draft: Draft) -> bool:
    """Tell whether stanzas make a poem, which breaks no sentence off as a narrow quote does."""
    lines, start, stop = draft.lines, poem[0][0], poem[-1][1]
    above = lines[start - 1] if start else None
    alone = start < 2 or _parted(lines[start - 1])
    ended = above is None or alone or ends_sentence(above.text, draft.language)
    announced = above is not None and above.text.endswith(":")
    below = stop == len(lines) or starts_great(lines[stop].text)
    return _size(poem) >= POEM and below and (ended or announced)


def _is_stanza(lines: Sequence[Line], measure: float, draft: Draft) -> bool:
    """Tell whether lines make a stanza: the next word would have fitted on nearly all of them."""
    if len(lines) < STANZA or any(ends_in_hyphen(line.text) for line in lines):
        return False
    pairs = [(structs.replace(a, measure=measure), b) for a, b in pairwise(lines)]
    room = sum(has_room(a, b) for a, b in pairs)
    ended = sum(ends_sentence(a.text, draft.language) for a, _ in pairs)
    short = sum(line.width for line in lines) <= SHORT * measure * len(lines)
    return short and room >= ROOM * len(pairs) and ended <= ENDED * len(pairs)


def _size(poem: Sequence[tuple[int, int]]) -> int:
    return sum(stop - start for start, stop in poem)


def _parted(line: Line) -> bool:
    return line.gap > 0 and not line.weighed


def _note(poem: Sequence[tuple[int, int]], draft: Draft) -> Note:
    first, last = draft.lines[poem[0][0]].number, draft.lines[poem[-1][1] - 1].number
    message = f"taken for {_size(poem)} lines of verse, which end where they are meant to"
    return Note(first, "verse", message, "lines", f"{first}-{last}", "verse")
