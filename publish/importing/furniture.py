"""Running heads and folios: what the pages of a source repeat, and the text does not hold.

In: a draft with its lines. Out: the draft without them; they go to `left`. Where form feeds tell
the pages apart, only their first and last lines are looked at; elsewhere a head is known by coming
back, a folio by counting on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from publish.importing.languages import Language
from publish.importing.model import Draft, Line, Note, Run
from publish.importing.runs import JOINED, cut
from publish.importing.sentences import ends_sentence, starts_small

TIMES, PAGED_TIMES = 3, 2
"""What comes back this often is a running head; fewer times where the pages are known."""
APART = 10
"""The lines between two running heads; what comes back sooner is a refrain or a list."""

HEAD, TITLE_LINES = 3, 5
"""A title stands within so many lines of the beginning, and has so many at most."""

_FOLIO = re.compile(
    r"(?:[–—|·-]\s*)?(?:(?:p\.|pag\.|page|pagina|seite|blz\.)\s*)?"
    r"(?P<number>\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|van|von|sur)\s*\d{1,4})?(?:\s*[–—|·-])?",
    re.IGNORECASE,
)
_STUCK = re.compile(r"(?<=[^\W\d_]{2})\d{1,4}$")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def drop_furniture(draft: Draft) -> Draft:
    """Take running heads and folios out."""
    lines = draft.lines
    paged = bool(lines) and lines[-1].page > lines[0].page
    if paged:
        draft = structs.replace(draft, lines=tuple(_unstuck(lines)))
        lines = draft.lines
    candidates = _edges(lines) if paged else list(range(len(lines)))
    heads = _heads(lines, candidates, paged)
    heads -= _titles(lines, heads)
    folios = _paged_folios(lines) if paged else _folios(lines, candidates)
    folios |= _breaking_off(lines, draft.language)
    heads, folios = _answered(draft, heads, folios)
    out = heads | folios
    if not out:
        return draft
    left = [
        ("folio" if at in folios else "running head", run)
        for at in sorted(out)
        for run in lines[at].runs
    ]
    texts = sorted({lines[at].text for at in heads})
    notes = [Note(lines[min(out)].number, "running-head", f"left out: {_told(texts, folios)}")]
    return structs.replace(
        draft,
        lines=tuple(_without(lines, out, paged)),
        left=(*draft.left, *left),
        notes=(*draft.notes, *notes),
        heads=tuple(texts),
    )


def _unstuck(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines; a folio that was joined with a word cut at the page's end (ach4) apart."""
    counted = {n - line.page for line in lines if (n := _number(line.text)) and line.text.isdigit()}
    for at, line in enumerate(lines):
        stuck = _STUCK.search(line.text)
        below = [one for one in lines[at + 1 : at + 1 + HEAD] if one.page == line.page + 1]
        last = bool(below) and below[0] is lines[at + 1]
        counts = stuck and int(stuck[0]) - line.page in counted
        if not stuck or not last or not counts or not any(starts_small(b.text) for b in below):
            yield line
            continue
        size = stuck.start()
        word, number = cut(line.runs, 0, size), cut(line.runs, size, len(line.text))
        edge = word[-1]
        hyphen = Run("-", edge.line, edge.stop, edge.stop, "", JOINED)
        yield structs.replace(line, runs=(*word, hyphen), text=line.text[:size] + "-")
        yield structs.replace(line, runs=number, text=stuck[0], indent=0, gap=1)


def _answered(draft: Draft, heads: set[int], folios: set[int]) -> tuple[set[int], set[int]]:
    """Return the running heads and folios with what the editor said of them."""
    told = {at: draft.answers.kinds.get(line.number) for at, line in enumerate(draft.lines)}
    heads = {at for at, kind in told.items() if kind == "head" or (at in heads and not kind)}
    folios = {at for at, kind in told.items() if kind == "folio" or (at in folios and not kind)}
    return heads, folios


def _told(texts: Sequence[str], folios: set[int]) -> str:
    shown = [f"“{text}”" for text in texts[:3]] + (["…"] if len(texts) > 3 else [])
    return ", ".join(shown + ([f"{len(folios)} folios"] if folios else []))


def _edges(lines: Sequence[Line]) -> list[int]:
    """Return the first and last two lines of each page."""
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        pages[line.page].append(at)
    return sorted({at for page in pages.values() for at in (*page[:2], *page[-2:])})


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split())).casefold()


def _heads(lines: Sequence[Line], candidates: Sequence[int], paged: bool) -> set[int]:
    """Return the lines that come back, their figures apart, and are no sentences."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at in candidates:
        text = lines[at].text
        if len(text) <= 100 and any(char.isalpha() for char in text):
            places[_key(text)].append(at)
    found: set[int] = set()
    for places_of_one in places.values():
        spread = paged or all(b - a >= APART for a, b in pairwise(places_of_one))
        alone = paged or all(_alone(lines, at) for at in places_of_one)
        if len(places_of_one) >= (PAGED_TIMES if paged else TIMES) and spread and alone:
            found.update(places_of_one)
    # Some extractors put a page's head between its columns.
    keys = {_key(lines[at].text) for at in found}
    known = (at for at, line in enumerate(lines) if paged and _key(line.text) in keys)
    return found | {at for at in known if _apart(lines, at)}


def _alone(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line has an empty one, a folio or an end of the text on both sides."""
    above = at == 0 or lines[at].gap > 0 or bool(_FOLIO.fullmatch(lines[at - 1].text))
    below = at + 1 == len(lines) or lines[at + 1].gap > 0
    return above and (below or bool(_FOLIO.fullmatch(lines[at + 1].text)))


def _titles(lines: Sequence[Line], heads: set[int]) -> set[int]:
    """Return the lines that the text begins with: its title, though later pages repeat it.

    Where the same words follow, perhaps in more lines, these are the title.
    """
    first = next((at for at in range(min(HEAD, len(lines))) if at in heads), -1)
    if first < 0:
        return set()
    key = _key(lines[first].text)
    for stop in range(first + 2, first + 2 + TITLE_LINES):
        rest = lines[first + 1 : stop]
        if _key(" ".join(line.text for line in rest)) == key:
            return set(range(first + 1, stop))
    return {first}


def _paged_folios(lines: Sequence[Line]) -> set[int]:
    """Return the lines that hold only a number and count with the pages, wherever they stand."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for at, line in enumerate(lines):
        value = _number(line.text)
        if value and (_edge(lines, at) or _edge(lines, at + 1)):
            pages = found[value - line.page]
            before = pages.get(line.page)
            if before is None or not _apart(lines, before):
                pages[line.page] = at
    return {at for pages in found.values() if len(pages) >= PAGED_TIMES for at in pages.values()}


def _apart(lines: Sequence[Line], at: int) -> bool:
    return _edge(lines, at) and _edge(lines, at + 1)


def _edge(lines: Sequence[Line], at: int) -> bool:
    """Tell whether there is an empty line or a page's end above line `at`."""
    return at in (0, len(lines)) or lines[at].gap > 0 or lines[at].page != lines[at - 1].page


def _folios(lines: Sequence[Line], candidates: Sequence[int]) -> set[int]:
    """Return the lines that hold only a number and count on through the text."""
    numbers = [(at, value) for at in candidates if (value := _number(lines[at].text))]
    chains = _chains(lines, numbers)
    return {at for chain in chains if len(chain) >= TIMES for at in chain}


def _breaking_off(lines: Sequence[Line], language: Language) -> set[int]:
    """Return the lines that hold only a number and stand in the middle of a sentence."""
    return {
        at
        for at in range(1, len(lines) - 1)
        if lines[at].gap
        and lines[at + 1].gap
        and _number(lines[at].text)
        and not ends_sentence(lines[at - 1].text, language)
        and starts_small(lines[at + 1].text)
    }


def _chains(lines: Sequence[Line], numbers: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the longest runs in which each number is one or two more than the one before it."""
    chain: list[int] = []
    last = 0
    for at, value in numbers:
        near = bool(chain) and at - chain[-1] < APART and lines[at].page == lines[chain[-1]].page
        if chain and (near or not 1 <= value - last <= 2):
            yield chain
            chain = []
        chain.append(at)
        last = value
    yield chain


def _number(text: str) -> int:
    """Return the number of a folio, 0 where the text is none."""
    match = _FOLIO.fullmatch(text)
    if not match:
        return 0
    if match["number"].isdigit():
        return int(match["number"])
    values = [_ROMAN[letter] for letter in match["number"].lower()]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))


def _without(lines: Sequence[Line], out: set[int], paged: bool) -> Iterator[Line]:
    """Yield the other lines; where a page turned there is a new page and the gap is kept."""
    gap = turned = 0
    for at, line in enumerate(lines):
        if at in out:
            gap += line.gap
            turned += not paged and at - 1 not in out
            continue
        yield structs.replace(line, gap=line.gap + gap, page=line.page + turned)
        gap = 0
