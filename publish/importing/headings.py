"""Headings: short lines between two paragraphs that are no sentence.

In: a draft whose other matter is claimed. Out: claims of the kind `heading` (of one to three lines)
and `break` (a line of asterisks). What stands before a heading has ended, what follows begins with
a capital, and the heading itself ends in no full stop, comma or hyphen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import structs

from publish.importing.captions import unclaimed
from publish.importing.dropcaps import is_capped
from publish.importing.ends import filled
from publish.importing.habits import blocks
from publish.importing.model import Claim, Draft, Line
from publish.importing.sentences import (
    ends_in_hyphen,
    ends_sentence,
    has_room,
    is_markup,
    sentences,
    starts_great,
)
from publish.importing.speakers import is_turn
from publish.importing.words import begins_common

MOST_LINES, MOST_WORDS = 3, 16
SHORT = 0.85
"""A heading straight above or below a paragraph fills at most this part of the line."""
NARROW = 0.75
"""What is wider may have been broken for the name that follows it."""
FULL = 0.8
"""A line that is broken within a paragraph is filled to this part at least."""
RARE, RARE_BEFORE_NOUNS = 0.1, 0.02
"""The part of the lines within sentences that may be as short as a heading above a capital."""
ASIDE = 0.12
"""What stands right of the middle by this part of the measure is not centred."""
WIDER = 1.03
"""A line that exceeds the measure by this was not broken by it."""

ORNAMENT = re.compile(r"[*#•·~–—=_\-\s⁂]+")
"""What is a thematic break where it is all that a paragraph holds."""
_QUOTES = "\"'“‘„«»”–—-"


def find_headings(draft: Draft) -> Draft:
    """Claim the lines of headings and of ornaments between paragraphs."""
    claims: list[Claim] = []
    free = unclaimed(draft)
    before: Line | None = None
    parts = list(blocks(draft.lines, draft.habits, free))
    for number, (start, stop) in enumerate(parts):
        after = draft.lines[parts[number + 1][0]] if number + 1 < len(parts) else None
        claim = _claim(draft, before, (start, stop), after)
        if claim:
            claims.append(claim)
        before = None if claim and claim.stop == stop else draft.lines[stop - 1]
    claimed = sorted((*draft.claims, *claims), key=lambda one: one.start)
    return structs.replace(draft, claims=tuple(claimed))


def _claim(
    draft: Draft, before: Line | None, part: tuple[int, int], after: Line | None
) -> Claim | None:
    """Return the heading or ornament in a block of body text, with what stands around it."""
    start, stop = part
    block = draft.lines[start:stop]
    if len(block) == 1 and ORNAMENT.fullmatch(block[0].text):
        return Claim("break", start, stop)
    follows = after is not None and starts_great(after.text)
    if _complete(before, draft) or _is_torn(block, after, draft):
        if follows and after and _is_meant(block[-1], after, draft) and _is_heading(block, draft):
            return Claim("heading", start, stop)
        for size in (1, 2):
            if len(block) > size + 1 and _stands_off(block[:size], block[size], draft):
                return Claim("heading", start, start + size)
    if follows and after and len(block) > 1 and _complete(block[-2], draft):
        apart = has_room(block[-1], after, SHORT) and not block[-2].trails
        if apart and _is_heading(block[-1:], draft):
            return Claim("heading", stop - 1, stop)
    if follows and after and len(block) > 2 and _complete(block[-3], draft):
        apart = has_room(block[-1], after, SHORT) and not block[-3].trails
        if apart and has_room(block[-2], block[-1]) and _is_heading(block[-2:], draft):
            return Claim("heading", stop - 2, stop)
    return None


def _is_torn(block: Sequence[Line], after: Line | None, draft: Draft) -> bool:
    """Tell whether a block is parted from the text above it, which its column goes on elsewhere.

    Below its first line, or below it as a whole, something begins.
    """
    if not block[0].gap or block[0].weighed or "," in block[0].text:
        return False
    below = block[1] if len(block) > 2 else after
    return below is not None and begins_common(below, draft)


def _complete(before: Line | None, draft: Draft) -> bool:
    """Tell whether the text before a heading has come to an end (None: it has not begun)."""
    return before is None or ends_sentence(before.text, draft.language) or before.text[-1] == ":"


def _is_meant(last: Line, after: Line, draft: Draft) -> bool:
    """Tell whether a line's end was meant, and is not where the column or page was full."""
    last = _in_column(last, after)
    wider = last.width > WIDER * draft.habits.measure
    short = last.width < FULL * last.measure
    meant = draft.habits.trails or not draft.habits.wrapped
    return meant or wider or short or has_room(last, after)


def _stands_off(head: Sequence[Line], below: Line, draft: Draft) -> bool:
    """Tell whether lines are a heading straight above the paragraph that `below` begins.

    Of two, the first was left though a word of the second would have fitted.
    """
    if not _is_heading(head, draft) or not starts_great(below.text):
        return False
    if len(head) > 1 and not has_room(_in_column(head[0], below), head[1]):
        return False
    last = _in_column(head[-1], below)
    room = has_room(last, below, SHORT)
    if not room and any(map(str.isupper, below.text[:2])):
        apart = head[0].gap > 0 and not head[0].weighed
        ragged = has_room(last, below, draft.habits.ragged)
        room = ragged or (apart and _is_rare(last, below, draft))
    return room and below.width > FULL * below.measure


def _is_rare(line: Line, below: Line, draft: Draft) -> bool:
    """Tell whether few lines within sentences are filled as little, and none begins so below them.

    In mid-sentence a line begins with a capital as seldom as names are there; all nouns are more.
    """
    if line.text.rpartition(" ")[2] in draft.language.small:
        return False
    if line.width > NARROW * line.measure and not begins_common(below, draft):
        return False
    ends = draft.habits.ends
    fill = filled(line, below, ends.hyphened, draft.language.tag)
    rare = RARE_BEFORE_NOUNS if draft.language.nouns else RARE
    return bisect_right(ends.fills, fill) <= rare * len(ends.fills)


def _in_column(line: Line, below: Line) -> Line:
    """Return a line with the measure of its column.

    A block's own may be that of a quote in it; the line below is of the column's.
    """
    return structs.replace(line, measure=max(line.measure, below.measure))


def _is_aside(line: Line) -> bool:
    """Tell whether a line is set right of the middle, as the date and the name under a letter."""
    return line.indent - (line.measure - line.width) / 2 > ASIDE * line.measure


def _is_heading(block: Sequence[Line], draft: Draft) -> bool:
    """Tell whether lines look like a heading in themselves."""
    text, last = block[0].text, block[-1].text
    if len(block) > MOST_LINES or sum(len(line.text.split()) for line in block) > MOST_WORDS:
        return False
    if last[-1] in ".,;:" or ends_in_hyphen(last) or not starts_great(text):
        return False
    if is_capped(block[0]) or any(is_markup(line.text) for line in block):
        return False
    if any(is_turn(line, draft.habits.speakers) or _is_aside(line) for line in block):
        return False
    whole = " ".join(line.text for line in block)
    if "," in whole and last.rpartition(" ")[2] in draft.language.small:
        return False
    if not any(char.isalpha() for char in whole):
        return False
    # A sentence that ends within it, or a cut word, makes it a paragraph; “1. Title” is none.
    ends = [stop for _, stop in sentences(whole, draft.language)]
    if len(ends) > 1 and any(char.isalpha() for char in whole[: ends[0]]):
        return False
    if any(ends_in_hyphen(line.text) for line in block):
        return False
    # “Why?” in quotes, or after a dash, is somebody speaking.
    if ends_sentence(last, draft.language) and text[0] in _QUOTES:
        return False
    return not (draft.habits.trails and block[-1].trails)
