"""Pull quotes that the page cut off → whole sentences of the article.

In: a draft with the text of its passages. Out: the same, each pull quote completed to the sentences
that it is taken from, and told which paragraph these stand in. A sentence of which the quote has
only a scrap is left out of it, if it has more of another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct, structs

from publish.importing.model import Draft, Note, Passage, Run
from publish.importing.repeats import groups
from publish.importing.runs import BLANK, cut, rewritten
from publish.importing.sentences import is_quoted, sentences
from publish.importing.words import plain

GROUP = 3
FOUND = 0.7
"""The part of a quote's words that must stand in the article's paragraph."""
SCRAP, LITTLE = 0.5, 0.25
"""A scrap is less than this of its sentence, and less than that of the quote."""

_CHUNK = re.compile(r"\S+")


class Chunk(Struct, frozen=True):
    """A word with its signs: its place in the passage's text, and its plain form."""

    start: int
    stop: int
    plain: str


def complete_quotes(draft: Draft) -> Draft:
    """Complete the pull quotes."""
    quotes = {at: one for at, one in enumerate(draft.passages) if one.kind == "pullquote"}
    if not quotes:
        return draft
    places = _places(draft, quotes)
    passages, left, notes = list(draft.passages), list(draft.left), list(draft.notes)
    for at, quote in quotes.items():
        number = quote.lines[0].number
        key = f"{number}-{quote.lines[-1].number}"
        source = places.get(at)
        match = _match(quote, draft.passages[source], draft) if source is not None else None
        if source is None or match is None:
            message = f"not found in the text: “{_short(quote)}”"
            notes.append(Note(number, "pullquote", message, "lines", key, "pullquote"))
            continue
        runs, dropped = match
        passages[at] = structs.replace(quote, runs=runs, after=source)
        left += [("pullquote", run) for run in dropped]
        if passages[at].text != quote.text:
            text = passages[at].text
            message = f"“{_short(quote)}” is completed: “{text}”"
            notes.append(Note(number, "pullquote", message, "lines", key, "pullquote"))
    return structs.replace(draft, passages=tuple(passages), left=tuple(left), notes=tuple(notes))


def _short(passage: Passage) -> str:
    words = passage.text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")


def chunks(text: str) -> list[Chunk]:
    """Return the words of a text, signs and all."""
    return [Chunk(*match.span(), plain(match[0])) for match in _CHUNK.finditer(text)]


def _places(draft: Draft, quotes: dict[int, Passage]) -> dict[int, int]:
    """Return for each quote the paragraph that has most of its word groups."""
    wanted: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, quote in quotes.items():
        for group, _ in groups([chunk.plain for chunk in chunks(quote.text)], GROUP):
            wanted[group].append(at)
    hits: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for number, passage in enumerate(draft.passages):
        if passage.kind not in ("body", "standfirst"):
            continue
        for group, _ in groups([chunk.plain for chunk in chunks(passage.text)], GROUP):
            for at in wanted.get(group, ()):
                hits[at][number] += 1
    return {at: counts.most_common(1)[0][0] for at, counts in hits.items()}


def _match(
    quote: Passage, paragraph: Passage, draft: Draft
) -> tuple[tuple[Run, ...], list[Run]] | None:
    """Return the completed quote's runs and those that are left out; None when it is not there."""
    own, all_ = chunks(quote.text), chunks(paragraph.text)
    matcher = SequenceMatcher(None, [c.plain for c in own], [c.plain for c in all_], False)
    pairs = {b + n: a + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}
    if len(pairs) < FOUND * len(own):
        return None
    if is_quoted(quote.text):
        # Its marks say where it begins and ends: it is not cut off.
        return quote.runs, []
    spans = list(sentences(paragraph.text, draft.language))
    inside = [[n for n, c in enumerate(all_) if s <= c.start < e] for s, e in spans]
    counts = [sum(n in pairs for n in numbers) for numbers in inside]
    kept = [
        n
        for n, count in enumerate(counts)
        if count and (count >= SCRAP * len(inside[n]) or count >= LITTLE * len(own))
    ] or [counts.index(max(counts))]
    window = range(inside[kept[0]][0], inside[kept[-1]][-1] + 1)
    return _rebuilt(quote, own, paragraph, all_, pairs, window)


def _rebuilt(
    quote: Passage,
    own: Sequence[Chunk],
    paragraph: Passage,
    all_: Sequence[Chunk],
    pairs: dict[int, int],
    window: range,
) -> tuple[tuple[Run, ...], list[Run]]:
    """Write the article's words, each of the quote's own with its own origin."""
    out: list[Run] = []
    used: set[int] = set()
    for number in window:
        text = paragraph.text[all_[number].start : all_[number].stop]
        out += [BLANK] if out else []
        if number in pairs:
            mine = own[pairs[number]]
            used.add(pairs[number])
            out += rewritten(cut(quote.runs, mine.start, mine.stop), text, "as in the article")
        else:
            out.append(Run(text, why="completed"))
    rest: list[Run] = []
    at = 0
    for number, chunk in enumerate(own):
        start = chunk.start if number in used else chunk.stop
        rest += cut(quote.runs, at, start)
        at = chunk.stop
    return tuple(out), [*rest, *cut(quote.runs, at, len(quote.text))]
