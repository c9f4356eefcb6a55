"""Lines → passages: which lines make one paragraph, heading, caption.

In: a draft with all its claims. Out: passages in the order of the source, each with its lines. A
paragraph goes on past captions, pull quotes and the turn of a page; those follow it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from publish.importing.halves import intrudes
from publish.importing.model import Claim, Draft, Kind, Line, Passage
from publish.importing.sentences import ends_sentence, goes_on, has_room

FLOATS: frozenset[Kind] = frozenset({"caption", "pullquote", "aside", "note"})
"""What may stand in the middle of a paragraph without ending it."""
RUNNING: frozenset[Kind] = frozenset({"body", "standfirst", "aside"})
"""What is made of paragraphs; all else is one passage, whatever its lines look like."""
ENDS_FULL = 2
"""A paragraph ends in a full line so much more often than it has a sentence's end in one."""


def join_paragraphs(draft: Draft) -> Draft:
    """Gather the lines of each passage."""
    passages: list[Passage] = []
    paragraph: list[Line] = []
    floats: list[Passage] = []
    parts = list(_parts(draft))
    inside = _interrupt(parts, draft)
    between: set[Kind] = set()
    for claim in parts:
        lines = draft.lines[claim.start : claim.stop]
        if claim.kind in FLOATS:
            floats += _passages(claim.kind, lines, draft)
            between.add(claim.kind)
            continue
        line = _after_floats(lines[0], inside or between == {"note"}) if between else lines[0]
        between = set()
        if claim.kind == "body" and (not paragraph or _goes_on(paragraph[-1], line, draft)):
            paragraph.append(lines[0])
            continue
        passages += [*_closed(paragraph), *floats]
        paragraph, floats = [], []
        if claim.kind == "body":
            paragraph = [lines[0]]
        else:
            passages += _passages(claim.kind, lines, draft)
    passages += [*_closed(paragraph), *floats]
    return dataclasses.replace(draft, passages=tuple(passages))


def _parts(draft: Draft) -> Iterator[Claim]:
    """Yield the claims, and each line of body text between them as one of its own."""
    at = 0
    claims = (claim for claim in draft.claims if claim.kind != "body")
    for claim in (*claims, Claim("body", len(draft.lines), len(draft.lines))):
        for start in range(at, claim.start):
            yield Claim("body", start, start + 1)
        at = claim.stop
        if claim.stop > claim.start:
            yield claim


def _goes_on(a: Line, b: Line, draft: Draft) -> bool:
    answer = draft.answers.joins.get(b.number)
    if answer is not None:
        return answer
    return not intrudes(a, b, draft) and goes_on(a, b, draft.habits, draft.language)


def _interrupt(parts: Sequence[Claim], draft: Draft) -> bool:
    """Tell whether pictures and quotes mostly stand in the middle of paragraphs here.

    Each that breaks a sentence off says so, each below a line that was left with room says no. What
    stands below a full line that ends a sentence is counted by the rest: a paragraph ends in such a
    line about twice as often as it has one within it.
    """
    inside = between = 1
    above: Line | None = None
    broken = False
    for claim in parts:
        if claim.kind in FLOATS:
            broken = broken or claim.kind != "note"
            continue
        line = draft.lines[claim.start]
        if claim.kind == "body" and above and broken:
            if not ends_sentence(above.text, draft.language):
                inside += 1
            elif has_room(above, line):
                between += 1
        above = line if claim.kind == "body" else None
        broken = False
    return inside > ENDS_FULL * between


def _after_floats(line: Line, inside: bool) -> Line:
    """Return a line below a picture or quote as one below a gap, or on a new page."""
    return dataclasses.replace(line, gap=max(line.gap, 1), page=line.page + inside)


def _closed(paragraph: Sequence[Line]) -> list[Passage]:
    return [Passage("body", tuple(paragraph))] if paragraph else []


def _passages(kind: Kind, lines: Sequence[Line], draft: Draft) -> Iterator[Passage]:
    """Yield what the lines of one claim make."""
    if kind not in RUNNING:
        name = lines[0].runs[0].note if kind == "note" else ""
        yield Passage(kind, tuple(lines), label=name)
        return
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and not _goes_on(paragraph[-1], line, draft):
            yield Passage(kind, tuple(paragraph))
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield Passage(kind, tuple(paragraph))
