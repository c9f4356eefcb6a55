"""Lines → passages: which lines make one paragraph, heading, caption.

In: a draft with all its claims. Out: passages in the order of the source, each with its lines. A
paragraph goes on past captions, pull quotes and the turn of a page; those follow it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from publish.importing.model import Claim, Draft, Kind, Line, Passage
from publish.importing.sentences import goes_on

FLOATS: frozenset[Kind] = frozenset({"caption", "pullquote", "aside", "note"})
"""What may stand in the middle of a paragraph without ending it."""
RUNNING: frozenset[Kind] = frozenset({"body", "standfirst", "aside"})
"""What is made of paragraphs; all else is one passage, whatever its lines look like."""


def join_paragraphs(draft: Draft) -> Draft:
    """Gather the lines of each passage."""
    passages: list[Passage] = []
    paragraph: list[Line] = []
    floats: list[Passage] = []
    broken = False
    for claim in _parts(draft):
        lines = draft.lines[claim.start : claim.stop]
        if claim.kind in FLOATS:
            floats += _passages(claim.kind, lines, draft)
            broken = True
            continue
        line = _after_float(lines[0]) if broken else lines[0]
        broken = False
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
    return goes_on(a, b, draft.habits, draft.language) if answer is None else answer


def _after_float(line: Line) -> Line:
    """Return a line that stands below a picture or quote as one that stands on a new page."""
    return dataclasses.replace(line, gap=max(line.gap, 1), page=line.page + 1)


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
