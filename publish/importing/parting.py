"""Gaps where the source has none: an extractor that left no empty lines.

In: a draft with its habits. Out: the same, with a gap before each line that begins something of its
own. Where a line was left though the next word would have fitted, its end was meant: it is the last
of a paragraph if it ends a sentence, and else a line of a heading, caption or title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from publish.importing.captions import is_names
from publish.importing.dropcaps import is_capped
from publish.importing.ends import filled, weight
from publish.importing.halves import FULL, completes, fills_line, is_syllable
from publish.importing.model import Draft, Line
from publish.importing.sentences import (
    ends_in_hyphen,
    ends_sentence,
    has_room,
    is_byline,
    share,
    starts_great,
    starts_small,
    with_word,
)
from publish.importing.words import begins_great, plain

_SCRAMBLED = re.compile(r"[^\W\d_A-ZÀ-Þ][A-ZÀ-Þ]")

MOST_BETWEEN = 7
"""Lines of a caption that stands in the middle of a word, and one more."""
HEAD_LINES = 20
"""The parts of the head stand in so many lines."""
CAP_LINES = 3
"""Lines that a drop cap stands beside, most often."""
WIDER = 1.06
"""A line that exceeds its measure by this is of smaller type."""
SHORT, SHORT_LINES = 0.9, 3
"""What is no paragraph has lines that are filled so far at most, and no more of them than these."""
SMALLER = 1.2
"""A caption in smaller type has so much more room on its lines."""
LONGER = 1.2
"""The first line of a standfirst is so much longer than a subtitle above it."""
HALF = 0.6
"""The last line of a byline is shorter than this part of the measure."""


def part_lines(draft: Draft) -> Draft:
    """Put the gaps in that the source lacks."""
    habits = draft.habits
    if habits.trails or not habits.wrapped:
        return draft
    lines = list(draft.lines)
    named = _cut_off(lines, draft) | (set() if habits.gaps else _named(lines, draft))
    for at in range(1, len(lines)):
        a, b = lines[at - 1], lines[at]
        if not b.gap and a.page == b.page and (at in named or _parts(lines, at, draft)):
            lines[at] = b = structs.replace(b, gap=1, weighed=True)
        if b.gap and habits.lost and ends_sentence(a.text, draft.language):
            # A heading may be here, too; it leaves room in any case.
            lines[at] = structs.replace(b, indent=round(habits.lost))
    return structs.replace(draft, lines=tuple(lines))


def _cut_off(lines: Sequence[Line], draft: Draft) -> set[int]:
    """Return where what cuts a word in two begins and stops: a caption below a hyphen.

    Where the word could go on in several lines it does in the first that is full or the last of its
    paragraph, as no line of a quote is but its last.
    """
    found: set[int] = set()
    for at in range(1, len(lines)):
        a, b = lines[at - 1], lines[at]
        if not is_syllable(a, b, draft):
            continue
        near = range(at + 1, min(at + MOST_BETWEEN, len(lines)))
        stops = [
            one
            for one in near
            if completes(a, lines[one], draft) and not _runs_on(lines[at:one], draft)
        ]
        if stops:
            likely = (one for one in stops if fills_line(lines, one, draft))
            found |= {at, next(likely, stops[0])}
    return found


def _runs_on(lines: Sequence[Line], draft: Draft) -> bool:
    """Tell whether full lines wait for what stands below them: they are text, and no caption."""
    waits = ends_in_hyphen(lines[-1].text) or _is_open(lines[-1], draft)
    return waits and all(FULL * line.measure <= line.width for line in lines)


def _named(lines: Sequence[Line], draft: Draft) -> set[int]:
    """Return where lists of names begin and stop: captions in the midst of a text."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        goes = at > 0 and lines[at - 1].text.endswith(",")
        if not starts_great(line.text) or (goes and line.width <= WIDER * draft.habits.measure):
            continue
        for stop in range(at + 1, min(at + 1 + SHORT_LINES, len(lines))):
            text = " ".join(one.text for one in lines[at:stop])
            whole = at == 0 or ends_sentence(lines[at - 1].text, draft.language)
            full = not has_room(lines[stop - 1], lines[stop])
            if ends_in_hyphen(text) or (whole and full and starts_small(lines[stop].text)):
                continue
            if text.count(",") and is_names(text, draft) and not lines[stop].text.startswith("("):
                while stop < len(lines) and not has_room(lines[stop - 1], lines[stop], SMALLER):
                    longer = f"{text} {lines[stop].text}"
                    if lines[stop].gap or not is_names(longer, draft):
                        break
                    text, stop = longer, stop + 1
                if _is_open(lines[stop - 1], draft):
                    continue
                found |= {at, stop}
                break
    return found


def _parts(lines: Sequence[Line], at: int, draft: Draft) -> bool:
    """Tell whether something of its own begins at line `at`."""
    a, b = lines[at - 1], lines[at]
    habits = draft.habits
    ended = ends_sentence(a.text, draft.language)
    if at < HEAD_LINES and _parts_head(lines, at, draft):
        return True
    if not habits.gaps and draft.language.photo.match(b.text):
        return True
    if ends_in_hyphen(a.text) or (_stands_beside(lines, at - 1) and not ended):
        return False
    block = _block(lines, at)
    if ended:
        return not habits.indent and starts_great(b.text) and _ends(lines, at, draft)
    if starts_small(b.text) and _breaks_off(lines, at, len(block), draft):
        return True
    if starts_small(b.text) or _is_open(a, draft):
        return False
    if habits.joined and _is_running(block, draft):
        return False
    if _is_caption(block, draft):
        room = with_word(a, b) <= SMALLER * min(a.measure, habits.measure)
        return room or _is_smaller(block, b, draft)
    if habits.gaps and _parts_short(block, b, draft):
        return True
    if _is_smaller(block, b, draft):
        return True
    if not has_room(a, b, FULL if habits.joined else share(habits)):
        alone = at > HEAD_LINES and a.gap > 0 and len(block) == 1
        return alone and _stands_short(a, b, draft)
    # A full line below a short one is a paragraph's first; a short one is more of the heading,
    # unless its capital says that it is another.
    full = b.width >= FULL * b.measure or ends_sentence(b.text, draft.language)
    return at + 1 == len(lines) or full or _are_two(a, b, draft)


def _stands_short(a: Line, b: Line, draft: Draft) -> bool:
    """Tell whether a line alone is a heading, by what of the next word would have fitted on it."""
    ends = draft.habits.ends
    short = filled(a, b, ends.hyphened, draft.language.tag) < SHORT
    full = b.width >= FULL * b.measure
    return short and full and not a.weighed and begins_great(b, draft)


def _ends(lines: Sequence[Line], at: int, draft: Draft) -> bool:
    """Tell whether a paragraph ends above line `at`, where a sentence does."""
    ends = draft.habits.ends
    below = lines[at + 1] if at + 1 < len(lines) and not lines[at + 1].gap else None
    told = weight(ends, lines[at - 1], lines[at], draft.language.tag, below)
    return told + ends.before > 0


def _block(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """Return the lines above line `at` that nothing parts."""
    start = at - 1
    while start and at - start < SHORT_LINES + 2 and not lines[start].gap:
        start -= 1
    return lines[start:at]


def _is_running(block: Sequence[Line], draft: Draft) -> bool:
    """Tell whether the last line of a block goes on with a full one above it: it is body text."""
    if len(block) < 2:
        return False
    a, b = block[-2:]
    full = not has_room(a, b, share(draft.habits)) and a.width <= a.measure
    return full and not ends_sentence(a.text, draft.language)


def _breaks_off(lines: Sequence[Line], at: int, size: int, draft: Draft) -> bool:
    """Tell whether the lines above `at` are a caption with a label and room on its last line.

    A sentence that it breaks off goes on below it.
    """
    a, b, start = lines[at - 1], lines[at], at - size
    label = draft.language.photo.match(lines[start].text)
    if not label or not start or ends_sentence(lines[start - 1].text, draft.language):
        return False
    return with_word(a, b) <= SMALLER * min(a.measure, draft.habits.measure)


def _is_caption(block: Sequence[Line], draft: Draft) -> bool:
    """Tell whether a block is a caption: short, no sentence, with a label or a comma."""
    if len(block) > SHORT_LINES or any(ends_sentence(one.text, draft.language) for one in block):
        return False
    if is_byline(block[0].text, draft.language):
        return False
    text = _text(block)
    small = len(block) > 1 or block[0].width > SHORT * block[0].measure
    return bool(draft.language.photo.match(text)) or ("," in text and small)


def _is_smaller(block: Sequence[Line], b: Line, draft: Draft) -> bool:
    """Tell whether a block ends in a line of smaller type, wider than the column, and `b` is not.

    What goes on with a figure, one word, or a list of names, is of the same type.
    """
    last, measure = block[-1], draft.habits.measure
    wide = last.width > WIDER * min(measure, last.measure) and b.width <= measure
    rest = b.text[0].isdigit() or " " not in b.text
    if not wide or draft.habits.joined or rest or len(block) > SHORT_LINES:
        return False
    return begins_great(b, draft) and not is_names(f"{_text(block)} {b.text}", draft)


def _text(block: Sequence[Line]) -> str:
    return " ".join(line.text for line in block)


def _parts_short(block: Sequence[Line], b: Line, draft: Draft) -> bool:
    """Tell whether a short block has another one below it: a caption, and then a heading."""
    if len(block) > SHORT_LINES or any(ends_sentence(one.text, draft.language) for one in block):
        return False
    return _are_two(block[-1], b, draft) and has_room(block[-1], b, SHORT)


def _are_two(a: Line, b: Line, draft: Draft) -> bool:
    """Tell by its capital whether a short line is another heading than the one above it."""
    if a.text.isupper() != b.text.isupper():
        return True
    return begins_great(b, draft) and not _is_titled(a, draft)


def _stands_beside(lines: Sequence[Line], at: int) -> bool:
    """Tell whether line `at` stands beside a drop cap, and so is shorter than its column."""
    return any(is_capped(line) for line in lines[max(at - CAP_LINES + 1, 0) : at + 1])


def _is_titled(line: Line, draft: Draft) -> bool:
    """Tell whether all words but the small ones have capitals, or none that can be trusted."""
    return bool(_SCRAMBLED.search(line.text)) or all(
        word in draft.language.small or not word[0].islower() for word in line.text.split()
    )


def _is_open(line: Line, draft: Draft) -> bool:
    """Tell whether a line says itself that it goes on."""
    last = line.text.rpartition(" ")[2]
    return line.text.endswith((",", ";")) or last in draft.language.small


def _parts_head(lines: Sequence[Line], at: int, draft: Draft) -> bool:
    """Tell whether line `at` begins another part of the head than the one above it.

    The title is known by the running head, or by its first line where the next one begins with a
    capital that a language without capitals for nouns gives no word in mid-title.
    """
    a, b = lines[at - 1], lines[at]
    title = plain(" ".join(line.text for line in lines[:at]))
    if title in map(plain, draft.heads):
        return True
    if is_byline(b.text, draft.language):
        return True
    if is_byline(a.text, draft.language):
        rest = (
            not has_room(a, b)
            and b.width < HALF * b.measure
            and not ends_sentence(b.text, draft.language)
        )
        return starts_great(b.text) and not _is_open(a, draft) and not rest
    if any(head.startswith(title) for head in map(plain, draft.heads)):
        return False
    if at > 1:
        # A subtitle above a standfirst.
        ended = ends_sentence(a.text, draft.language) or _is_open(a, draft)
        return not ended and starts_great(b.text) and b.width > LONGER * a.width
    if draft.habits.gaps:
        return False
    return starts_great(b.text) and not _is_open(a, draft) and _are_two(a, b, draft)
