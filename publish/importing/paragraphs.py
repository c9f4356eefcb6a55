"""Lines → passages: which lines make one paragraph, heading, caption.

In: a draft with all its claims. Out: passages in the order of the source, each with its lines. A
paragraph goes on past captions, pull quotes and the turn of a page; those follow it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from math import inf, log

from msgspec import Struct, field, structs

from publish.importing.columns import is_stretched
from publish.importing.ends import weight
from publish.importing.gathering import stepped
from publish.importing.halves import intrudes
from publish.importing.lengths import Stretch, parted
from publish.importing.model import Claim, Draft, Facts, Habits, Kind, Line, Note, Passage
from publish.importing.sentences import (
    ends_in_hyphen,
    ends_sentence,
    goes_on,
    has_room,
    speaks,
    starts_great,
)
from publish.importing.speakers import is_turn
from publish.importing.words import begins_common

FLOATS: frozenset[Kind] = frozenset({"caption", "pullquote", "aside", "note"})
"""What may stand in the middle of a paragraph without ending it."""
RUNNING: frozenset[Kind] = frozenset({"body", "standfirst", "aside"})
"""What is made of paragraphs; all else is one passage, whatever its lines look like."""
DOUBT = 1.5
"""A break that speaks for an end with less than this, the log of odds, is unsure."""
ANNOUNCED = 2.0
"""What a colon before a capital speaks for an end more than a full stop does, a log of odds."""
ENDS_FULL = 2
"""A paragraph ends in a full line so much more often than it has a sentence's end in one."""


def join_paragraphs(draft: Draft) -> Draft:
    """Gather the lines of each passage."""
    rows: list[_Row | list[Passage]] = []
    floats: list[Passage] = []
    parts = list(_parts(draft))
    inside = _interrupt(parts, draft)
    between: set[Kind] = set()
    for claim, after in zip_longest(parts, parts[1:]):
        lines = draft.lines[claim.start : claim.stop]
        if claim.kind in FLOATS:
            floats += _passages(claim.kind, lines, draft)
            between.add(claim.kind)
        elif claim.kind == "body":
            row = rows[-1] if rows else None
            if not isinstance(row, _Row):
                row = _Row()
                rows.append(row)
            below = draft.lines[after.start] if after and after.kind == "body" else None
            row.add(lines[0], below, between, inside, floats, draft)
            floats, between = [], set()
        else:
            rows += [floats, list(_passages(claim.kind, lines, draft))]
            floats, between = [], set()
    stretches = [one.stretch for one in rows if isinstance(one, _Row)]
    starts = parted(stretches, draft.habits.ends.sentence) if stretches else []
    following = iter(starts)
    passages: list[Passage] = []
    for one in rows:
        passages += one.passages(next(following)) if isinstance(one, _Row) else one
    notes = (*draft.notes, *_doubtful(stretches, starts))
    return structs.replace(draft, passages=tuple(stepped((*passages, *floats))), notes=notes)


def _doubtful(stretches: Sequence[Stretch], starts: Sequence[Sequence[int]]) -> Iterator[Note]:
    """Yield a note for each paragraph of which its length alone tells that it begins there."""
    for stretch, row in zip(stretches, starts, strict=True):
        for at in row:
            if stretch.weights[at] < DOUBT:
                line = stretch.lines[at]
                message = f"“{line.text}” begins a paragraph, by how long the others are"
                yield Note(
                    line.number, "paragraph", message, "paragraphs", str(line.number), "part"
                )


class _Row(Struct):
    """Body text that nothing but floats interrupts, while it is gathered."""

    lines: list[Line] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    floats: list[list[Passage]] = field(default_factory=list)
    """What stands above each line."""

    def add(
        self,
        line: Line,
        below: Line | None,
        between: set[Kind],
        inside: float,
        floats: list[Passage],
        draft: Draft,
    ) -> None:
        """Add a line with what stands above it and the line below it."""
        told = inf
        if self.lines:
            within = inside > 0 or between == {"note"}
            over = _after_floats(line, within) if between else line
            told = _weighed(self.lines[-1], over, below, draft)
            told -= inside if between - {"note"} else 0
            if between and told == inf and _is_broken(self.lines[-1], draft):
                told = -inf
        self.lines.append(structs.replace(line, gap=max(line.gap, 1)) if between else line)
        self.weights.append(told)
        self.floats.append(floats)

    @property
    def stretch(self) -> Stretch:
        """The lines and their weights."""
        return Stretch(tuple(self.lines), tuple(self.weights))

    def passages(self, starts: Sequence[int]) -> Iterator[Passage]:
        """Yield paragraphs that begin at `starts`, each followed by what interrupts it."""
        yield from self.floats[0]
        for start, stop in zip(starts, [*starts[1:], len(self.lines)], strict=True):
            yield Passage("body", tuple(self.lines[start:stop]))
            inner = self.floats[start + 1 : stop + 1]
            yield from (one for row in inner for one in row)


def _is_broken(a: Line, draft: Draft) -> bool:
    """Tell whether a line of text stops in mid-sentence, so that it goes on below a picture."""
    told = ends_sentence(a.text, draft.language) or a.text.endswith(":")
    return (
        not told
        and draft.habits.wrapped
        and not draft.habits.trails
        and len(a.text) > 0.5 * a.measure
    )


def _weighed(a: Line, b: Line, c: Line | None, draft: Draft) -> float:
    """Return what speaks for a paragraph's end between two lines; infinite where it is sure."""
    habits, language = draft.habits, draft.language
    answer = draft.answers.joins.get(b.number)
    if answer is None and not habits.trails and speaks(a, b, habits, language):
        return inf
    if answer is None and is_turn(b, habits.speakers):
        return inf
    goes = _goes_on(a, b, draft)
    colon = _announces(a, b, draft)
    ended = colon or (ends_sentence(a.text, language) and starts_great(b.text))
    if a.text.endswith(":") and starts_great(b.text) and _apart(a, b, habits):
        return inf
    told = answer is not None or habits.trails or not habits.wrapped
    if told or not ended or habits.indent or ends_in_hyphen(a.text):
        return -inf if goes else inf
    if habits.ends.stretched and is_stretched(a):
        return -inf
    if b.gap and not b.weighed and not goes:
        return inf
    unparted = b.weighed or (not b.gap and a.page == b.page)
    return weight(habits.ends, a, b, language.tag, c, unparted) + (ANNOUNCED if colon else 0)


def _announces(a: Line, b: Line, draft: Draft) -> bool:
    """Tell whether a line ends in a colon and the next begins with a word that is small elsewhere.

    What follows a colon within a paragraph begins small, or with a quotation mark; in German it may
    be a sentence.
    """
    if not a.text.endswith(":") or not b.text[0].isalpha() or draft.language.nouns:
        return False
    return begins_common(b, draft)


def _apart(a: Line, b: Line, habits: Habits) -> bool:
    """Tell whether an empty line parts two lines where paragraphs are parted so."""
    return habits.gaps and b.gap > 0 and not b.weighed and a.page == b.page


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


def _interrupt(parts: Sequence[Claim], draft: Draft) -> float:
    """Return the log odds of pictures and quotes in the middle of paragraphs; 0: they are not.

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
    return log(inside / between) if inside > ENDS_FULL * between else 0


def _after_floats(line: Line, inside: bool) -> Line:
    """Return a line below a picture or quote as one below a gap, or on a new page."""
    return structs.replace(line, gap=max(line.gap, 1), page=line.page + inside)


def _passages(kind: Kind, lines: Sequence[Line], draft: Draft) -> Iterator[Passage]:
    """Yield what the lines of one claim make."""
    if kind not in RUNNING:
        name = lines[0].runs[0].note if kind == "note" else ""
        facts = lines[0].facts or Facts(0, kind, label=name)
        yield Passage(kind, tuple(lines), level=facts.level, label=facts.label, box=facts.box)
        return
    paragraph: list[Line] = []
    for line in lines:
        whole = kind == "standfirst" and (line.weighed or not line.gap)
        if paragraph and not whole and not _goes_on(paragraph[-1], line, draft):
            yield Passage(kind, tuple(paragraph))
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield Passage(kind, tuple(paragraph))
