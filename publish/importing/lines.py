"""Raw text → lines.

In: the text of a file with any kind of line end. Out: `Line`s, each with its runs. Here the
characters that no manuscript should carry are mended: tabs and repeated blanks, ligatures
(Unicode 15, chapter 23, presentation forms), soft hyphens, control and zero-width characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from publish.ground.source import Span
from publish.importing.model import Line, Mark, Run
from publish.importing.refusing import Refused
from publish.settings.limits import USUAL

LINE_END = re.compile(r"\r\n|[\r\n\v\x85\u2028\u2029]")
TAB = 8
"""The blanks that a tab at the head of a line counts for."""

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "ĳ": "ij",
    "Ĳ": "IJ",
    "\u2010": "-",
    "\u2011": "-",
}
_BARRED = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff"
BARRED = re.compile(f"[{_BARRED}]")
"""What no manuscript may hold (`settings.schema.STEERING`), ends of lines and pages apart."""
_UNSEEN = rf"{_BARRED}\u200b-\u200f\u2060\ufeff"
_JOINING = r"\u0600-\u06ff\u0750-\u077f\u0900-\u0dff"
_SPELLED = rf"(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
"""What keeps letters apart, or together, in scripts that join them: Persian is spelled with it
(Unicode 15, section 9.2)."""
_EDGES = re.compile(rf"([\s\u00ad{_UNSEEN}]*)(.*?)([\s{_UNSEEN}]*)", re.DOTALL)
_MEND = re.compile(
    r"(?P<blank>[^\S\x1c-\x1f]{2,}|[\t\u2000-\u200a\u3000]+)"
    r"|(?P<soft>\u00ad)(?P<end>(?=\s*$))?"
    rf"|(?P<drop>(?!{_SPELLED})[{_UNSEEN}])"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
)


def plain(text: str) -> str:
    """Return a text that has no place in the source, on one line and without what does not show."""
    return " ".join(BARRED.sub("", text).split())


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column of an offset."""
    ends = [match.end() for match in LINE_END.finditer(text, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1


def read_lines(text: str) -> tuple[tuple[Line, ...], tuple[Run, ...]]:
    """Return the lines of a text that hold something, and what the other ones hold unseen.

    An empty line, or one of characters that do not show, counts as a gap.
    """
    lines: list[Line] = []
    unseen: list[Run] = []
    gap = page = 0
    for number, raw in enumerate(LINE_END.split(text), 1):
        column = 0
        for nth, part in enumerate(raw.split("\f")):
            page += nth > 0
            line = make_line(number, part, column, gap, page)
            gap = 0 if line.text else gap + 1
            column += len(part) + 1
            if line.text:
                lines.append(line)
            else:
                unseen += line.runs
    return tuple(lines), tuple(unseen)


def check_lines(text: str, name: str) -> None:
    """Raise `Refused` for a line that is longer than a paragraph of a book may be."""
    for number, line in enumerate(LINE_END.split(text), 1):
        if len(line) > USUAL.paragraph:
            reason = f"a line of {len(line):,} characters, and it may have {USUAL.paragraph:,}"
            raise Refused(reason, "Begin a new line where a paragraph begins.", Span(name, number))


def make_line(number: int, raw: str, column: int, gap: int, page: int) -> Line:
    """Make a line of `raw`, which begins at `column` of source line `number`."""
    match = _EDGES.fullmatch(raw)
    assert match
    before, inner, after = match.groups()
    runs = (
        *_unseen(before, number, column),
        *closed_up(mended(inner, number, column + len(before))),
        *_unseen(after, number, column + len(before) + len(inner)),
    )
    blanks = "".join(char for char in before if char.isspace())
    return Line(
        number=number,
        runs=runs,
        text="".join(run.text for run in runs),
        indent=len(blanks) + blanks.count("\t") * (TAB - 1),
        trails=any(char.isspace() for char in after),
        gap=gap,
        page=page,
    )


def _unseen(text: str, number: int, column: int) -> Iterator[Run]:
    """Yield the characters at a line's edge that do not show and are no blanks."""
    for at, char in enumerate(text, column):
        if not char.isspace():
            yield Run("", number, at, at + 1, char, "control character")


def mended(text: str, number: int, column: int, ended: bool = True) -> Iterator[Run]:
    """Yield the runs of a text that begins at `column`, its characters mended.

    `ended`: a line ends with it, so that a soft hyphen there is one that is seen.
    """
    at = 0
    for match in _MEND.finditer(text):
        start, stop = match.span()
        if start > at:
            yield Run(text[at:start], number, column + at, column + start)
        yield Run(_mended(match, ended), number, column + start, column + stop, *_told(match))
        at = stop
    if at < len(text):
        yield Run(text[at:], number, column + at, column + len(text))


def closed_up(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs without the second of two blanks between which something is left out."""
    blank = False
    for run in runs:
        if blank and run.text[:1] == " ":
            if run.was is None and run.line:
                yield Run("", run.line, run.start, run.start + 1, " ", "blanks")
                run = structs.replace(run, start=run.start + 1)
            run = structs.replace(run, text=run.text[1:])
        # What calls a note, or begins a line, has no text and is something all the same.
        if run.text or run.note or Mark("break") in run.marks:
            blank = run.text[-1:] == " "
        if run.text or run.note or run.was is not None:
            yield run


def _mended(match: re.Match[str], ended: bool) -> str:
    if match["blank"]:
        return " "
    if match["ligature"]:
        return _LIGATURES[match["ligature"]]
    return "-" if ended and match["end"] is not None else ""


def _told(match: re.Match[str]) -> tuple[str, str]:
    why = {"blank": "blanks", "ligature": "ligature", "soft": "soft hyphen"}
    return match[0], next((why[key] for key in why if match[key]), "control character")
