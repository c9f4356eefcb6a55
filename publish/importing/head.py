"""The head of a source: title, subtitle, cover caption, standfirst, byline.

In: a draft with its pull quotes claimed. Out: claims for what stands before the article begins. The
standfirst is what stands between title and byline, or (without a byline, or after it) a first
paragraph set in another measure than the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_high

from msgspec import structs

from publish.importing.captions import labelled, unclaimed
from publish.importing.habits import blocks
from publish.importing.model import Claim, Draft, Kind, Line, Note, Words
from publish.importing.sentences import (
    ends_in_hyphen,
    ends_sentence,
    has_room,
    is_byline,
    starts_great,
)

HEAD_LINES = 60
"""A byline that stands later than this is not the article's."""
TITLE_LINES, TITLE_WORDS = 6, 24
SUBTITLE_LINES = 2
BYLINE_LINES, BYLINE_LETTERS = 4, 250
STANDFIRST_WORDS = 160
NAMED, NAME_WORDS = 5, 4
"""An author's name without more stands among so many blocks, and has so many words at most."""
OTHER_MEASURE = 0.2
"""By this part a standfirst's measure differs from the body's."""
_INITIAL = re.compile(r"\b[A-ZÀ-Þ]\.")
_COUNTED = re.compile(r"([^\W\d_]+) (?:\d{1,3}|[IVXLC]{1,7})\b")
_PART = re.compile(r"(?:[A-ZÀ-Þ]\.)+|[A-ZÀ-Þ][^\W\d_]*(?:[-’'][^\W\d_]+)*\.?")


def read_head(draft: Draft) -> Draft:
    """Claim the lines before the article's first paragraph."""
    begin = next(iter(unclaimed(draft)), 0)
    told = next((one.stop for one in draft.claims if one.kind == "title"), 0)
    title = told or _title(draft, begin)
    claims = [Claim("title", begin, title)] if title and not told else []
    stop = _stop(draft)
    free = [at for at in unclaimed(draft) if title <= at < stop]
    parts = list(blocks(draft.lines, draft.habits, free))
    byline = next((start for start, _ in parts if byline_at(draft, start)), -1)
    alone = _name(draft, parts[:NAMED]) if byline < 0 and title else -1
    taken = title
    for number, (start, stop) in enumerate(parts):
        if start < taken:
            continue
        rest = draft.lines[parts[number + 1][0] :] if number + 1 < len(parts) else ()
        first = len(claims) == (title > 0)
        covered = any(claim.kind == "cover" for claim in claims)
        rest = rest if first and title else ()
        kind, taken = _kind(draft, (start, stop), byline, rest, covered)
        if start == alone:
            kind, taken = "byline", stop
        if kind == "body":
            break
        if kind == "standfirst" and claims and claims[-1] == Claim(kind, claims[-1].start, start):
            start = claims.pop().start
        claims.append(Claim(kind, start, taken))
    notes = () if title else (Note(1, "no-title", "no title found: the file's name stands for it"),)
    claimed = sorted((*draft.claims, *claims), key=lambda one: one.start)
    return structs.replace(draft, claims=tuple(claimed), notes=(*draft.notes, *notes))


def _name(draft: Draft, parts: Sequence[tuple[int, int]]) -> int:
    """Return where an author's name stands alone, with no text right below it; -1 for nowhere."""
    lines = draft.lines
    for (start, stop), (below, end) in pairwise(parts):
        if stop - start == 1 and _is_name(lines[start].text, draft):
            short = end - below == 1 and _is_short(lines[below:end], draft)
            certain = not set(lines[start].text.split()).isdisjoint(draft.language.particles)
            if short or certain or _INITIAL.search(lines[start].text):
                return start
    return -1


def _is_name(text: str, draft: Draft) -> bool:
    """Tell whether a line is somebody's name: words with a capital that have none nowhere else."""
    assert isinstance(draft.words, Words)
    if text.isupper() and not _INITIAL.search(text):
        return False
    words = [one for one in text.split() if one not in draft.language.particles]
    if not 1 < len(words) <= NAME_WORDS or not all(_PART.fullmatch(one) for one in words):
        return False
    forms = draft.words.forms
    return not any(form.islower() for one in words for form in forms.get(one.casefold(), ()))


def _stop(draft: Draft) -> int:
    """Return how far the head reaches at most: not past a list or a table."""
    table = min((cells[0].number for cells in draft.tables), default=0)
    below = [at for at, line in enumerate(draft.lines) if table and line.number > table]
    items = [one.start for one in draft.claims if one.kind == "item"]
    return min([HEAD_LINES, *below[:1], *items[:1]])


def _title(draft: Draft, first: int) -> int:
    """Return where the title stops: the first block when it is short and no sentence, else 0."""
    lines = draft.lines
    # A title is often centred, so only an empty line ends it.
    parted = not draft.habits.wrapped
    places = range(first + 1, len(lines))
    ends = (at for at in places if parted or lines[at].gap or _turns(lines, at))
    stop = next(ends, len(lines))
    if any(first <= claim.start < stop for claim in draft.claims) or len(lines) < first + 2:
        return 0
    stop = next((at for at in range(first + 1, stop) if byline_at(draft, at)), stop)
    if stop < len(lines) and _is_short(lines[first:stop], draft) and not byline_at(draft, first):
        return stop
    # A title may stand straight above the text, with nothing between them.
    one, two = lines[first : first + 2]
    going = draft.habits.trails and one.trails
    off = stop > first + 1 and has_room(one, two, 0.75) and starts_great(two.text)
    return first + 1 if off and not going and _is_short([one], draft) else 0


def _turns(lines: Sequence[Line], at: int) -> bool:
    return lines[at].page != lines[at - 1].page


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)


def _is_short(block: Sequence[Line], draft: Draft) -> bool:
    """Tell whether a block could be a title: a few words that are no sentence."""
    last = block[-1].text
    return (
        len(block) <= TITLE_LINES
        and _words(block) <= TITLE_WORDS
        and last[-1] not in ".,;:"
        and not ends_in_hyphen(last)
        and not draft.language.photo.match(block[0].text)
    )


def byline_at(draft: Draft, at: int) -> int:
    """Return where the byline that begins at line `at` stops; 0 where none begins.

    It is “by” and a name (two words with a capital), to the end of its block.
    """
    lines = draft.lines
    if not is_byline(lines[at].text, draft.language):
        return 0
    end = at + 1
    parted = not draft.habits.wrapped
    while not parted and end < len(lines) and not (lines[end].gap or _turns(lines, end)):
        end += 1
    text = " ".join(line.text for line in lines[at:end])
    if end - at > BYLINE_LINES or len(text) > BYLINE_LETTERS:
        return 0
    return 0 if ends_sentence(text, draft.language) else end


def _kind(
    draft: Draft, part: tuple[int, int], byline: int, rest: Sequence[Line], covered: bool
) -> tuple[Kind, int]:
    """Return what a block of the head is (body: the article begins here), and where it stops.

    `rest` is what follows it, empty where no subtitle can stand; `covered`: there is a cover photo.
    """
    start, stop = part
    block = draft.lines[start:stop]
    if end := labelled(draft, start, stop, None):
        return ("caption" if covered else "cover"), end
    if start == byline:
        return "byline", byline_at(draft, start)
    if rest and stop - start <= SUBTITLE_LINES and _is_short(block, draft):
        # A heading has text below it; a subtitle stands above a byline or a heading.
        alone = len(rest) > 1 and _is_short(rest[:1], draft) and rest[1].gap > 0
        below = (alone or byline > start) and not _counts(draft, start)
        return ("subtitle" if below else "body"), stop
    if byline > start:
        above = _words(draft.lines[start:byline])
        return ("standfirst" if above <= STANDFIRST_WORDS else "body"), stop
    return ("standfirst" if _other_measure(block, draft) else "body"), stop


def _counts(draft: Draft, at: int) -> bool:
    """Tell whether a line is one of several that count: “Chapter I”, and below it “Chapter II”."""
    match = _COUNTED.match(draft.lines[at].text)
    others = (_COUNTED.match(line.text) for line in draft.lines[at + 1 :])
    return match is not None and any(one and one[1] == match[1] for one in others)


def _other_measure(block: Sequence[Line], draft: Draft) -> bool:
    """Tell whether a block is a whole short paragraph in another measure than the text has."""
    usual = draft.habits.measure
    width = median_high(line.width for line in block[:-1] or block)
    return (
        len(block) > 1
        and abs(width - usual) > OTHER_MEASURE * usual
        and _words(block) <= STANDFIRST_WORDS
        and ends_sentence(block[-1].text, draft.language)
    )
