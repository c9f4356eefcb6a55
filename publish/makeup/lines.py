"""What is wrong with lines and with lines that follow each other.

In: the rows of the running text, the limits, the rules of the language. Out: faults. That hyphens,
loose lines and the ends of paragraphs are what to look at is as old as the trade; which of them can
be told by a machine is after D. Flipo's `lua-typo` for LuaLaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from publish.book.languages import DASHES, Rules
from publish.makeup.model import Fault, Row, paragraphs, spot_of, within
from publish.settings.layout import Limits

_INITIALS = re.compile(r"(?:\W|^)((?:[^\W\d_][.]){1,4}|[^\W\d_][.]-[^\W\d_][.])\Z")
_NUMBER = re.compile(r"[0-9][0-9.,]*\Z")
_LONG = 4
"""A word of so many letters is noticed already when the second of two lines begins with it."""


def line_faults(rows: Sequence[Row], limits: Limits, rules: Rules) -> Iterator[Fault]:
    """Yield the faults of lines."""
    for row in rows:
        yield from _blanks(row, limits)
    for block in paragraphs(rows):
        if block[0].is_broken:
            yield from _runt(block, limits)
            yield from _ladders(block, limits)
            yield from _alike(block, limits, _first_word, "begin")
            yield from _alike(block, limits, _last_word, "end")
    for one, other in within(rows):
        parted = bad_break(one.text, other.text, rules)
        if parted:
            facts = {"before": parted[0], "after": parted[1]}
            yield Fault("bad_break", one.spot, one.line, facts)


def _blanks(row: Row, limits: Limits) -> Iterator[Fault]:
    if not row.is_justified:
        return
    name = "loose" if row.gap > limits.loose else "tight" if row.gap < limits.tight else ""
    if name:
        yield Fault(name, row.spot, row.line, {"gap": row.gap, "text": row.shown})


def _runt(block: list[Row], limits: Limits) -> Iterator[Fault]:
    last = block[-1]
    width = last.line.width / last.em
    if len(block) > 1 and last.last and width < limits.runt:
        yield Fault("runt", last.spot, last.line, {"width": width, "text": last.shown})


def _ladders(block: list[Row], limits: Limits) -> Iterator[Fault]:
    for run in _runs(block[:-1], lambda row: "-" if row.hyphenated else ""):
        if len(run) >= limits.ladder:
            facts = {"count": len(run), "text": run[0].text.split()[-1]}
            yield Fault("ladder", spot_of(run), run[0].line, facts)


def _alike(
    block: list[Row], limits: Limits, word: Callable[[Row], str], way: str
) -> Iterator[Fault]:
    # A last line ends where its paragraph does, and a first line begins where it must.
    rows = block[:-1] if way == "end" else block
    for run in _runs(rows, word):
        text = word(run[0])
        if len(run) >= (2 if len(text) >= _LONG else limits.repeat):
            facts = {"count": len(run), "way": way, "text": text}
            yield Fault("repeat", spot_of(run), run[0].line, facts)


def _first_word(row: Row) -> str:
    return _bare(row.text.split()[0])


def _last_word(row: Row) -> str:
    return "" if row.hyphenated else _bare(row.text.split()[-1])


def _bare(word: str) -> str:
    return re.sub(r"\A[\W_]+|[\W_]+\Z", "", word).lower()


def _runs(rows: Sequence[Row], key: Callable[[Row], str]) -> Iterator[list[Row]]:
    """Yield runs of two rows and more with one key; an empty one is none."""
    run: list[Row] = []
    for row in rows:
        if run and key(run[-1]) != key(row):
            if len(run) > 1 and key(run[0]):
                yield run
            run = []
        run.append(row)
    if len(run) > 1 and key(run[0]):
        yield run


def bad_break(before: str, after: str, rules: Rules) -> tuple[str, str] | None:
    """Return what a line's end parts that belongs together, or None.

    Initials or a title and the name; a number and its unit or month, an abbreviation and its
    number; a dash and the word before it.
    """
    last, first = before.split()[-1], after.split()[0]
    bare = re.sub(r"\W+\Z", "", first)
    if first.startswith(tuple(DASHES)) and not first[1:2].isdigit():
        return last, first
    word = last.rstrip(".").lower()
    named = bare[:1].isupper() and (
        _INITIALS.search(last) or (last.endswith(".") and word in rules.titles)
    )
    numbered = first[:1].isdigit() and last.endswith(".") and word in rules.numbered
    measured = _NUMBER.search(last) and (bare in rules.units or bare.lower() in rules.months)
    return (last, first) if named or numbered or measured else None
