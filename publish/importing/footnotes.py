"""Footnotes: a number at a word, and at the page's foot the same number with the note's text.

In: a draft with its lines in reading order. Out: claims of the kind `note`; the number at the word
and the one before the note are runs without text that tell which note is meant. Where no number in
the text calls for it, a numbered line is no note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from publish.importing.model import Claim, Draft, Line, Run
from publish.importing.runs import BLANK, cut, source_of, text_of
from publish.importing.sentences import ends_sentence, starts_small

FAR = 150
"""Lines between a call and its note where the pages are not known."""
ITEM_LINES = 8
"""An item of a list has so many lines at most."""
USUAL = 0.9
"""Nine in ten lines are not longer than what is taken for a whole line here."""

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = r"\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\*{1,3}|[†‡]"
_NOTE = re.compile(
    rf"(?:\[(?P<a>{_MARK})\]|(?P<b>{_MARK}))(?:[.)]\s|\s|(?<=[⁰¹²³⁴⁵⁶⁷⁸⁹])|(?=[A-ZÀ-Þ]))\s*"
    r"(?=[\"“„«‘'(]?[^\W\d_])"
)
_CALL = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[.,;:!?…”’»)\]])\s?)"
    rf"(?:\[(?P<a>{_MARK})\]|(?P<b>{_MARK}))(?=\s|$|[.,;:!?)”’»—–])"
)


_COUNT = re.compile(r"\d{1,2}(?:\.\s?\d{1,2})+")
"""What counts headings, such as 1.2, calls for no note."""
_ITEM = re.compile(r"\d{1,3}[.)]\s")
_ALONE = re.compile(r"\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\*{1,3}|[†‡]")


class _Place(Struct, frozen=True):
    """A number in the text: its line (an index), and where it begins and stops there."""

    line: int
    start: int
    stop: int
    mark: str
    form: str = ""
    """How the mark is set: raised, in brackets or plain."""


def find_notes(draft: Draft) -> Draft:
    """Claim the lines of notes, and mark where they are called."""
    marks = {place.mark for at, line in enumerate(draft.lines) if (place := _start(line, at))}
    if not marks:
        return draft
    lines = _with_numbers(draft.lines, marks)
    starts = [place for at, line in enumerate(lines) if (place := _start(line, at))]
    starts = _unlisted(starts, lines)
    calls = _calls(lines, marks)
    pages = {(lines[one.line].page, one.mark, one.form) for one in starts}
    claims: list[Claim] = []
    found: list[tuple[_Place, str, str]] = []
    for place in starts:
        note = Claim("note", place.line, _stop(lines, place.line, starts, draft))
        own = [
            one for one in calls if one.form == place.form or not _has_its_own(one, lines, pages)
        ]
        call = next((one for one in own if _belongs(one, place, lines, (*claims, note))), None)
        if call is None:
            continue
        calls.remove(call)
        claims.append(note)
        name = str(len(claims))
        found += [(place, name, "number of a note"), (call, name, "call of a note")]
    if not claims:
        return draft
    # The last of each line first: what is before it keeps its place.
    for place, name, why in sorted(found, key=lambda one: one[0].start, reverse=True):
        lines[place.line] = _marked(lines[place.line], place, name, why)
    lines, claims = _mended(lines, claims)
    return structs.replace(draft, lines=tuple(lines), claims=(*draft.claims, *claims))


def _with_numbers(lines: Sequence[Line], marks: set[str]) -> list[Line]:
    """Put a raised number that stands below its line at the end of it."""
    out: list[Line] = []
    for line in lines:
        below = bool(out) and not line.gap and line.page == out[-1].page
        if below and _ALONE.fullmatch(line.text) and line.text.translate(_RAISED) in marks:
            above = out[-1]
            runs = (*above.runs, *line.runs)
            out[-1] = structs.replace(above, runs=runs, text=text_of(runs), trails=line.trails)
        else:
            out.append(line)
    return out


def begins_note(line: Line) -> bool:
    """Tell whether a line begins as a note does."""
    return bool(_NOTE.match(line.text))


def _start(line: Line, at: int) -> _Place | None:
    match = _NOTE.match(line.text)
    return _Place(at, 0, match.end(), *_mark(match)) if match else None


def _mark(match: re.Match[str]) -> tuple[str, str]:
    """Return the mark that a match has, and how it is set."""
    mark = match["a"] or match["b"]
    plain = mark.translate(_RAISED)
    return plain, "bracket" if match["a"] else "raised" if mark != plain else "plain"


def _calls(lines: Sequence[Line], marks: set[str]) -> list[_Place]:
    """Return the calls of notes, the last of each line first."""
    return [
        _Place(at, *match.span(), *_mark(match))
        for at, line in enumerate(lines)
        for match in reversed(list(_CALL.finditer(line.text)))
        if _mark(match)[0] in marks and not _COUNT.fullmatch(line.text, 0, match.end())
    ]


def _has_its_own(call: _Place, lines: Sequence[Line], pages: set[tuple[int, str, str]]) -> bool:
    """Tell whether a note on its page has the mark of a call in the same form."""
    return (lines[call.line].page, call.mark, call.form) in pages


def _unlisted(starts: Sequence[_Place], lines: Sequence[Line]) -> list[_Place]:
    """Return the numbers that may be those of notes: not the items of a list below a colon."""
    runs: list[list[_Place]] = []
    for one in starts:
        last = runs[-1][-1] if runs else None
        count = int(one.mark) if _ITEM.match(lines[one.line].text) else 0
        if last and count == int(last.mark) + 1 and one.line - last.line <= ITEM_LINES:
            runs[-1].append(one)
        elif count == 1 and one.line and lines[one.line - 1].text.endswith(":"):
            runs.append([one])
    listed = {id(one) for run in runs if len(run) > 1 for one in run}
    return [one for one in starts if id(one) not in listed]


def _belongs(call: _Place, note: _Place, lines: Sequence[Line], claims: Sequence[Claim]) -> bool:
    """Tell whether a number in the text may call for a note: on its page, or not far above.

    `claims` are the notes up to this one, the last; what stands in one calls for none.
    """
    if call.mark != note.mark:
        return False
    if any(claim.start <= call.line < claim.stop for claim in claims):
        return False
    a, b = lines[call.line], lines[note.line]
    if lines[-1].page > lines[0].page:
        return a.page == b.page
    apart = b.gap > 0 or any(claim.stop == note.line for claim in claims)
    return apart and 0 < note.line - call.line < FAR


def _stop(lines: Sequence[Line], start: int, starts: Sequence[_Place], draft: Draft) -> int:
    """Return where a note that begins at `start` stops: at a gap, the page's end, another note."""
    paged = lines[-1].page > lines[0].page
    begins = {place.line for place in starts}
    stop = start + 1
    while stop < len(lines) and stop not in begins:
        a, b = lines[stop - 1], lines[stop]
        ended = ends_sentence(a.text, draft.language)
        if a.page != b.page or (b.gap and (ended or not starts_small(b.text))):
            break
        if ended and not paged:
            break
        stop += 1
    return stop


def _marked(line: Line, place: _Place, name: str, why: str) -> Line:
    """Return a line in which a number has no text, but the name of its note."""
    runs, size = line.runs, len(line.text)
    number = cut(runs, place.start, place.stop)
    was = "".join(source_of(run) for run in number)
    first, last = number[0], number[-1]
    told = Run("", first.line, first.start, last.stop, was, why, name)
    runs = (*cut(runs, 0, place.start), told, *cut(runs, place.stop, size))
    return structs.replace(line, runs=runs, text=text_of(runs))


def _mended(lines: Sequence[Line], claims: Sequence[Claim]) -> tuple[list[Line], list[Claim]]:
    """Join a line that some extractors break at a raised number; the claims keep to their lines."""
    widths = sorted(len(line.text) for line in lines)
    most = widths[int(USUAL * (len(widths) - 1))]
    claimed = {at for claim in claims for at in range(claim.start, claim.stop)}
    out: list[Line] = []
    places: list[int] = []
    for at, line in enumerate(lines):
        above = out[-1] if out and at and at not in claimed and at - 1 not in claimed else None
        if above and _broken(above, line, most):
            runs = (*above.runs, BLANK, *line.runs)
            out[-1] = structs.replace(above, runs=runs, text=text_of(runs), trails=line.trails)
        else:
            out.append(line)
        places.append(len(out) - 1)
    places.append(len(out))
    moved = [Claim(one.kind, places[one.start], places[one.stop]) for one in claims]
    return out, moved


def _broken(a: Line, b: Line, most: int) -> bool:
    called = bool(a.runs[-1].note) and not b.gap and a.page == b.page
    return called and len(a.text) + 1 + len(b.text) <= most
