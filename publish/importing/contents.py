"""The list of contents of a raw text: a book makes its own.

In: a draft with its lines. Out: the draft without the entries whose words stand alone further on,
as headings do, and without the heading above them where all are such; they go to `left`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import structs

from publish.importing.languages import Language
from publish.importing.model import Draft, Line, Note
from publish.importing.sentences import ends_sentence
from publish.importing.words import plain

LEAST = 2
"""A list of contents has so many entries at least."""
BARE, MOSTLY = 3, 0.6
"""So many where neither a heading nor leaders tell, and this part of them stand elsewhere."""
_LEADER = re.compile(r"[.·…_]{3}|(?:[.·…] ){3}")
_FOLIO = re.compile(r"\d+$")
_NUMBER = re.compile(r"(?:\d{1,3}|[IVXLC]{1,7})[.)]?\s+(?=\S)")
LONGEST = 200
"""No entry has more letters."""
_ENTRY = re.compile(
    r"(?P<name>.*[^\W_]\W*?)(?:\s*[.·…_]{3,}|\s[.·…\s]*)\s*(?:\d{1,4}|[ivxlc]{1,7})"
)


def drop_contents(draft: Draft) -> Draft:
    """Take the list of contents out."""
    lines = draft.lines
    told = {at for at, line in enumerate(lines) if line.number in draft.answers.kinds}
    heads = _heads(lines, draft.language)
    out: set[int] = set()
    for start, stop in _stretches(lines):
        entries = range(start, stop)
        known = {at for at in entries if _place(_name(lines[at]), heads) >= stop} - told
        named = start > 0 and plain(lines[start - 1].text) in draft.language.contents
        led = sum(bool(_LEADER.search(lines[at].text)) for at in known) > len(known) / 2
        least = LEAST if named or led else BARE
        if len(known) < max(least, MOSTLY * len(entries)) or not _rises(lines[start:stop]):
            continue
        out |= known | ({start - 1} if named and len(known) == len(entries) else set())
    out -= told
    if not out:
        return draft
    left = tuple(("contents", run) for at in sorted(out) for run in lines[at].runs)
    note = Note(lines[min(out)].number, "contents", "left out: the list of contents")
    return structs.replace(
        draft,
        lines=tuple(_without(lines, out)),
        left=(*draft.left, *left),
        notes=(*draft.notes, note),
    )


def _place(name: str, heads: Mapping[str, int]) -> int:
    """Return where what an entry says stands alone, with or without its number; -1: nowhere."""
    return max(heads.get(plain(one), -1) for one in (name, _NUMBER.sub("", name)))


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where entries that follow one another start and stop."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and _name(lines[at]):
            continue
        if at - start >= LEAST:
            yield start, at
        start = at + 1


def _name(line: Line) -> str:
    """Return what an entry of the contents says; "" for other lines."""
    match = _ENTRY.fullmatch(line.text) if len(line.text) <= LONGEST else None
    return match["name"] if match else ""


def _heads(lines: Sequence[Line], language: Language) -> dict[str, int]:
    """Return what stands alone and ends no sentence, in one line or two, and where it does last."""
    out: dict[str, int] = {}
    for at in range(len(lines)):
        stop = at + 1
        while stop < len(lines) and stop < at + 3 and not _apart(lines, stop):
            stop += 1
        text = " ".join(one.text for one in lines[at:stop])
        ends = stop == len(lines) or _apart(lines, stop)
        if _apart(lines, at) and ends and not ends_sentence(text, language):
            out |= {plain(one): at for one in (text, _NUMBER.sub("", text))}
    return out


def _apart(lines: Sequence[Line], at: int) -> bool:
    return at == 0 or lines[at].gap > 0 or lines[at].page != lines[at - 1].page


def _rises(lines: Sequence[Line]) -> bool:
    """Tell whether the folios of entries never go down, roman ones apart."""
    folios = [int(match[0]) for line in lines if (match := _FOLIO.search(line.text))]
    return all(a <= b for a, b in pairwise(folios))


def _without(lines: Sequence[Line], out: set[int]) -> Iterator[Line]:
    """Yield the other lines, with the white that stood around those that are left out."""
    gap = 0
    for at, line in enumerate(lines):
        if at in out:
            gap += line.gap
            continue
        yield structs.replace(line, gap=line.gap + gap)
        gap = 0
