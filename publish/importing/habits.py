"""How a source was typed or extracted: what parts its paragraphs, how wide its columns are.

In: a draft with its lines. Out: the draft with `Habits`, and lines that know the measure of their
column and are indented in relation to the rest. Also `blocks`: lines with nothing between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from publish.importing.ends import take_ends
from publish.importing.languages import Language
from publish.importing.measures import (
    FEW,
    SHORT,
    fitted,
    in_width,
    lost_indent,
    own_measure,
    ragged,
    unparted,
)
from publish.importing.model import Draft, Habits, Line
from publish.importing.runs import JOINED
from publish.importing.sentences import (
    ends_in_hyphen,
    ends_sentence,
    has_room,
    starts_great,
)
from publish.importing.speakers import in_turns, speakers

UNWRAPPED = 110
"""Lines longer than this, if they have most of the letters and most end a sentence, are whole
paragraphs."""

WIDER = 1.06
"""A line wider than this part of the measure stands in another column."""

MISSED = 0.35
"""The part of the gaps that an extractor may lose; where more are missing, none counts."""


def take_habits(draft: Draft) -> Draft:
    """Measure the habits of the source."""
    lines, typed = in_width(_level(draft.lines))
    measure = fitted(lines)[0]
    lines = _measured(lines, measure, typed)
    habits = Habits(
        trails=_trails(lines, draft.language),
        indent=_indent(lines, draft.language),
        gaps=_gaps(lines, draft.language),
        wrapped=_wrapped(lines, draft.language),
        typed=typed,
        joined=any(run.why == JOINED for line in lines for run in line.runs[-1:]),
        measure=measure,
        ragged=ragged(lines),
    )
    if not (habits.indent or habits.gaps or habits.trails or typed):
        habits = structs.replace(habits, lost=lost_indent(lines, measure, draft.language))
    names = speakers(lines, draft.language)
    ends = take_ends(lines, habits.lost / measure, draft.language)
    habits = structs.replace(habits, ends=ends, speakers=names)
    return structs.replace(draft, lines=in_turns(lines, names), habits=habits)


def _level(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Take the blanks that most lines begin with off the indentation of all."""
    if not lines:
        return ()
    usual = Counter(line.indent for line in lines).most_common(1)[0][0]
    return tuple(
        structs.replace(line, indent=max(line.indent - usual, 0)) if usual else line
        for line in lines
    )


def _trails(lines: Sequence[Line], language: Language) -> bool:
    going = [
        a.trails
        for a, _ in unparted(lines)
        if not ends_in_hyphen(a.text) and not ends_sentence(a.text, language)
    ]
    ending = [a.trails for a, b in pairwise(lines) if b.gap and ends_sentence(a.text, language)]
    if len(going) < FEW:
        return False
    return sum(going) >= 0.9 * len(going) and sum(ending) <= 0.4 * len(ending)


def _indent(lines: Sequence[Line], language: Language) -> int:
    """Return the indent of a paragraph's first line, 0 where paragraphs are parted otherwise."""
    starts = [
        b.indent
        for a, b in unparted(lines)
        if b.indent >= 2 and not a.indent and ends_sentence(a.text, language)
    ]
    # What stands below a gap and is no full line is a heading, a caption or a quote.
    parted = sum(
        b.gap > 0
        and b.indent < 2
        and has_room(a, b, SHORT)
        and SHORT * b.measure < b.width < WIDER * b.measure
        and ends_sentence(a.text, language)
        for a, b in pairwise(lines)
    )
    # Two cases are enough where nothing else parts the paragraphs.
    if len(starts) < 2 or len(starts) < parted:
        return 0
    return min(starts)


def _gaps(lines: Sequence[Line], language: Language) -> bool:
    """Tell whether empty lines part paragraphs, and not merely headings from the text."""
    ended = [(a, b) for a, b in pairwise(lines) if ends_sentence(a.text, language)]
    parted = sum(b.gap > 0 for _, b in ended)
    short = sum(b.gap == 0 and starts_great(b.text) and has_room(a, b, SHORT) for a, b in ended)
    return parted > 0 and short <= MISSED * parted


def _wrapped(lines: Sequence[Line], language: Language) -> bool:
    if not lines:
        return True
    long = [line.text for line in lines if len(line.text) > UNWRAPPED]
    most = sum(map(len, long)) > sum(len(line.text) for line in lines) / 2
    whole = sum(ends_sentence(text, language) for text in long)
    return not (most and whole > len(long) / 2)


def _measured(lines: Sequence[Line], measure: float, typed: bool) -> tuple[Line, ...]:
    """Give each line the width of its own column, or the usual one where few lines tell it."""
    out: list[Line] = []
    for start, stop in blocks(lines, Habits()):
        block = lines[start:stop]
        own = own_measure([line.width for line in block], measure, typed)
        wide = [line.width for line in block if line.width > WIDER * own]
        for line in block:
            column = max(wide) if line.width > WIDER * own and len(wide) > 1 else own
            out.append(structs.replace(line, measure=column))
    return tuple(out)


def blocks(
    lines: Sequence[Line], habits: Habits, within: Sequence[int] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each run of lines with nothing between them.

    An empty line, a new page or (where paragraphs are not indented) a change of indentation parts
    two blocks; so does a jump in `within`, the indexes that are looked at. Where lines are not
    wrapped each is a block.
    """
    if within is None:
        within = range(len(lines))
    start = before = -1
    for at in within:
        if start < 0:
            start = at
        elif at != before + 1 or _parts(lines, start, at, habits):
            yield start, before + 1
            start = at
        before = at
    if start >= 0:
        yield start, before + 1


def _parts(lines: Sequence[Line], start: int, at: int, habits: Habits) -> bool:
    a, b = lines[at - 1], lines[at]
    if b.gap or a.page != b.page or not habits.wrapped:
        return True
    if habits.indent or a.indent == b.indent:
        return False
    # A first line may be indented alone; what goes on below it is still its paragraph.
    alone = at - 1 == start and a.indent > b.indent
    return not alone
