"""Captions: lines that belong to a picture and stand in the way of the text.

In: a draft whose head and pull quotes are claimed. Out: claims of the kind `caption` (and `aside`
for a longer text that breaks a sentence off). A caption is known by its label, by breaking off a
sentence that goes on after it, or, where no sentence is broken off, by being a list of names or
wider than the column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from publish.importing.habits import blocks
from publish.importing.halves import completes
from publish.importing.model import Claim, Draft, Line, Note
from publish.importing.sentences import (
    SENTENCE_END,
    ends_in_hyphen,
    ends_sentence,
    goes_on,
    has_room,
    is_markup,
    sentences,
    starts_great,
    starts_small,
)
from publish.importing.words import begins_common

MOST_LINES = 5
MOST_WORDS = 45
PHRASE = 8
"""What has so many words and a comma, and is no sentence, is no heading."""
SMALLER = 1.2
"""A caption in smaller type has so much more room on its lines."""
WIDE = 1.1
"""A line this much wider than the column was not set in it."""
NARROW_COLUMN = 60
"""Columns wider than this are whole pages, which nothing exceeds."""

EARLY = 0.9
"""A line of the body that a picture breaks off is filled to this part of the measure."""

_NAME = re.compile(r"[^\W\d_][\w’'.-]*")
_WELD = re.compile(r"(?<=\w)- (?=[^\W\d_A-Z])")
_YEARS = re.compile(r"\([^()]*\d[^()]*\)")


def find_captions(draft: Draft) -> Draft:
    """Claim the lines of captions."""
    claims: list[Claim] = []
    notes: list[Note] = []
    free = unclaimed(draft)
    starts = [start for start, _ in blocks(draft.lines, draft.habits, free)]
    stops = dict(blocks(draft.lines, draft.habits, free))
    skip = 0
    before: Line | None = None
    for number, start in enumerate(starts):
        if start < skip:
            continue
        stop = labelled(draft, start, stops[start], before)
        after = starts[number + 1] if number + 1 < len(starts) else -1
        kind = "caption" if stop else _kind(draft, before, start, stops[start], after)
        if kind == "body":
            before = draft.lines[stops[start] - 1]
            continue
        skip = stop or stops[start]
        claims.append(Claim("aside" if kind == "aside" else "caption", start, skip))
        if kind != "caption":
            first, last = draft.lines[start].number, draft.lines[skip - 1].number
            now = "aside" if kind == "aside" else "caption"
            notes.append(Note(first, kind, _TOLD[kind], "lines", f"{first}-{last}", now))
    claimed = sorted((*draft.claims, *claims), key=lambda one: one.start)
    return structs.replace(draft, claims=tuple(claimed), notes=(*draft.notes, *notes))


_TOLD = {
    "aside": "this breaks a sentence off and is no caption: a sidebar?",
    "names": "taken for a caption because it is a list of names",
    "phrase": "taken for a caption because it is too long for a heading",
    "wide": "taken for a caption because it is wider than the column",
}


def unclaimed(draft: Draft) -> list[int]:
    """Return the indexes of the lines that nothing has claimed yet."""
    taken = {at for claim in draft.claims for at in range(claim.start, claim.stop)}
    return [at for at in range(len(draft.lines)) if at not in taken]


def labelled(draft: Draft, start: int, stop: int, before: Line | None) -> int:
    """Return where a caption with a label (“Photo:”) that begins at `start` stops; 0 for none.

    It goes on past an empty line while its sentence does, unless the one that it breaks off (the
    text ends in `before`) could be what goes on there.
    """
    lines = draft.lines
    if not draft.language.photo.match(lines[start].text):
        return 0
    broken = before is not None and not ends_sentence(before.text, draft.language)
    end = min(stop, start + MOST_LINES)
    limit = min((claim.start for claim in draft.claims if claim.start >= end), default=len(lines))
    while end < min(limit, start + MOST_LINES):
        a, b = lines[end - 1], lines[end]
        ended = ends_sentence(a.text, draft.language)
        goes = a.trails if draft.habits.trails else not ended and not broken
        if not goes or (not draft.habits.trails and not starts_small(b.text)):
            break
        end += 1
    return 0 if _calls(lines[start:end]) else end


def _calls(block: Sequence[Line]) -> bool:
    """Tell whether a note is called in lines: no caption can have one."""
    return any(run.note for line in block for run in line.runs)


def _kind(draft: Draft, before: Line | None, start: int, stop: int, after: int) -> str:
    """Return what a block is: body, caption, aside, or why it is taken for a caption."""
    lines = draft.lines
    block = lines[start:stop]
    small = stop - start <= MOST_LINES and _count(block) <= MOST_WORDS
    letters = any(char.isalpha() for line in block for char in line.text)
    if before is None or after < 0 or not letters or not starts_great(block[0].text):
        return "body"
    if _calls(block) or is_markup(block[0].text):
        return "body"
    if _breaks_off(draft, before, block, lines[after]):
        if _is_title(block, lines[after], draft):
            return "body"
        return "caption" if small else "aside"
    if not small or ends_sentence(block[-1].text, draft.language):
        return "body"
    if is_names(_text(block), draft) and not _open(block[-1], draft):
        return "names"
    if _is_phrase(block, lines[after], draft):
        return "phrase"
    narrow = draft.habits.measure <= NARROW_COLUMN and draft.habits.wrapped
    wide = len(block) == 1 and block[0].width > WIDE * draft.habits.measure
    return "wide" if narrow and wide and not _open(block[0], draft) else "body"


def _is_phrase(block: Sequence[Line], after: Line, draft: Draft) -> bool:
    """Tell whether a block is a phrase with a comma, too long for a heading, that ends meant."""
    text = _text(block)
    long = _count(block) >= PHRASE and "," in text and not SENTENCE_END.search(text)
    last = block[-1]
    smaller = any(line.width > WIDE * draft.habits.measure for line in block)
    meant = draft.habits.trails or has_room(last, after, SMALLER if smaller else 1.0)
    meant = meant or last.width > last.measure or _stands_alone(block, after, draft)
    small = last.text.rpartition(" ")[2] in draft.language.small
    return long and meant and not small and len(block) <= 3 and not _open(last, draft)


def _is_title(block: Sequence[Line], after: Line, draft: Draft) -> bool:
    """Tell whether a block is a heading between two columns that are not in their order.

    It has no comma, and what stands below it is the beginning of something.
    """
    text = _text(block)
    short = len(block) <= 2 and _count(block) <= PHRASE and text[-1] not in ".,;:"
    return short and "," not in text and begins_common(after, draft)


def _stands_alone(block: Sequence[Line], after: Line, draft: Draft) -> bool:
    """Tell whether a block has white around it, more than paragraphs have, or no way to go on."""
    least = 1 if draft.habits.indent else 2
    gaps = [0 if line.weighed else line.gap for line in (block[0], after)]
    turned = block[0].page != after.page
    if min(gaps) >= 1 and begins_common(after, draft):
        return True
    return gaps[0] >= least and (gaps[1] >= least or turned)


def _text(block: Sequence[Line]) -> str:
    return " ".join(line.text for line in block)


def _count(block: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in block)


def _open(line: Line, draft: Draft) -> bool:
    """Tell whether a line says itself that it goes on."""
    going = draft.habits.trails and line.trails
    return going or ends_in_hyphen(line.text) or line.text.endswith((",", ";"))


def _breaks_off(draft: Draft, before: Line, block: Sequence[Line], after: Line) -> bool:
    """Tell whether the sentence before a block goes on after it, and the block is no part of it."""
    ended = ends_sentence(before.text, draft.language)
    trails = draft.habits.trails
    if (ended and not (trails and before.trails)) or _open(block[-1], draft):
        return False
    if not goes_on(before, after, draft.habits, draft.language):
        return False
    if completes(before, after, draft):
        return True
    closed = ends_sentence(block[-1].text, draft.language)
    short = len(block) <= MOST_LINES
    if trails:
        return short and not closed if starts_great(after.text) else closed or short
    ends = [stop for _, stop in sentences(_text(block), draft.language)]
    if _ends_early(before, after) or (len(ends) > 1 and not closed):
        return False
    # Body text ends no sentence before a small letter; and where it ends none, its last line is
    # full. What does otherwise, and is short, is a caption.
    early = not closed and short and has_room(block[-1], after)
    return early or (starts_small(after.text) and (closed or len(block) == 1))


def _ends_early(before: Line, after: Line) -> bool:
    """Tell whether a line was broken though the next word would have fitted: a heading, say."""
    return not ends_in_hyphen(before.text) and has_room(before, after, EARLY)


def is_names(text: str, draft: Draft) -> bool:
    """Tell whether a text is a list of persons' names, years in brackets allowed.

    A word that the text writes small elsewhere is no name; where all nouns have a capital (German),
    two things joined by “und” may be anything.
    """
    bare = _YEARS.sub("", _WELD.sub("", text)).strip(" .")
    joiner = "|".join(re.escape(word) for word in sorted(draft.language.joiners))
    names = [one.split() for one in re.split(rf",|;|\s(?:{joiner})\s", bare) if one.strip()]
    if len(names) < (3 if draft.language.nouns else 2):
        return False
    return all(2 <= len(name) <= 5 and _is_name(name, draft) for name in names)


def _is_name(words: Sequence[str], draft: Draft) -> bool:
    if not words[0][0].isupper() or not words[-1][0].isupper():
        return False
    return all(
        word.casefold() in draft.language.particles
        or (word[0].isupper() and bool(_NAME.fullmatch(word)) and not _written_small(word, draft))
        for word in words
    )


def _written_small(word: str, draft: Draft) -> bool:
    forms = draft.words.forms.get(word.casefold()) if draft.words else None
    return forms is not None and forms.most_common(1)[0][0].islower()
