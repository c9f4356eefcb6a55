"""Blocks → the lines of the source, each with what it is.

In: all rows of a PDF and the blocks made of them. Out: the text that the ledger counts by, a row a
line; the lines of the manuscript in the order of the blocks; what is left out, and as what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from publish.importing.dressing import marked_as
from publish.importing.lines import make_line
from publish.importing.model import Facts, Line, Mark, Run
from publish.importing.pdf.blocks import ITEM, Block
from publish.importing.pdf.model import Piece, Row, Style
from publish.importing.pdf.notes import BEGINS
from publish.importing.pdf.settling import Layout
from publish.importing.runs import cut, noted, silent

Span = tuple[int, int, tuple[Mark, ...]]
"""Columns of a row's text, and how they are marked."""
NUMBER = re.compile(r"(?:[^\W\d_]+\.?\s)?\d{1,3}[.:]?\s+")
"""The number of a picture or a table, which the manuscript does not give."""
RUNNING = frozenset({"body", "item", "note", "cell", "quote", "term", "definition"})
"""What is upright as a rule, so that slope and weight mean something in all of it."""


def lines_of(
    blocks: Sequence[Block], numbers: Mapping[int, int], layout: Layout
) -> tuple[list[Line], list[tuple[str, Run]]]:
    """Return the lines of blocks, and what is left out of them; `numbers` are those of the rows."""
    lines: list[Line] = []
    left: list[tuple[str, Run]] = []
    for at, block in enumerate(blocks):
        if block.dropped:
            left += [
                (block.dropped, run)
                for row in block.rows
                for run in make_line(numbers[id(row)], row.text, 0, 0, 0).runs
            ]
            continue
        owner = _owner(blocks, at) if block.joined else at
        facts = Facts(owner, block.kind, block.level, block.label, block.picture)
        lines += [structs.replace(line, facts=facts) for line in _lines(block, numbers, layout)]
    return lines, left


def _owner(blocks: Sequence[Block], at: int) -> int:
    """Return the block that a joined one goes on with."""
    block = blocks[at]
    note = block.kind == "note"
    for before in range(at - 1, -1, -1):
        other = blocks[before]
        if (other.kind, other.label) == (block.kind, block.label) and not other.dropped:
            if not other.joined:
                return before
            if note or other.kind != "note":
                continue
    return at


def _lines(block: Block, numbers: Mapping[int, int], layout: Layout) -> Iterator[Line]:
    # A picture that tags put among the text has no words, and so no style.
    bare = not any(row.pieces for row in block.rows)
    base = layout.body if bare or block.kind in RUNNING else block.style
    for number, row in enumerate(block.rows):
        line = make_line(numbers[id(row)], row.text, 0, 0, row.page)
        spans = list(_spans(row, base))
        calls = [(one.start, one.stop, one.name) for one in block.calls if one.row == number]
        runs = tuple(_marked(line.runs, spans, calls))
        if not number and not block.joined:
            runs = _unsigned(runs, block)
        yield structs.replace(line, runs=runs, text="".join(run.text for run in runs))


def _spans(row: Row, base: Style) -> Iterator[Span]:
    """Yield the stretches of a row that are set otherwise than its block, or lead somewhere."""
    at = 0
    for piece in row.pieces:
        at += piece.blank and at > 0 and not row.text[:at].endswith(" ")
        marks = tuple(_marks(piece, base))
        if marks:
            yield at, at + len(piece.text), marks
        at += len(piece.text)


def _marks(piece: Piece, base: Style) -> Iterator[Mark]:
    if piece.url.startswith(("http://", "https://", "mailto:")):
        yield Mark("link", piece.url.replace(" ", "%20").replace(")", "%29").replace("(", "%28"))
    if piece.language:
        yield Mark("language", piece.language)
    if piece.style.bold and not base.bold and piece.style.family == base.family:
        yield Mark("strong")
    if piece.style.italic and not base.italic:
        yield Mark("emphasis")
    if piece.style.caps and not base.caps:
        yield Mark("smallcaps")


def _marked(
    runs: Sequence[Run], spans: Sequence[Span], calls: Sequence[tuple[int, int, str]]
) -> Iterator[Run]:
    """Yield runs cut where their marks change."""
    edges = sorted({edge for start, stop, *_ in (*spans, *calls) for edge in (start, stop)})
    for run in runs:
        for part in _parted(run, edges):
            label = next((name for start, stop, name in calls if start <= part.start < stop), "")
            if label:
                yield noted(part, label, "call of a note")
                continue
            for start, stop, marks in spans:
                if start <= part.start < stop:
                    for mark in marks:
                        part = marked_as(part, mark)
            yield part


def _parted(run: Run, edges: Sequence[int]) -> Iterator[Run]:
    if run.was is not None:
        yield run
        return
    at = run.start
    for edge in (*(one for one in edges if run.start < one < run.stop), run.stop):
        text = run.text[at - run.start : edge - run.start]
        yield structs.replace(run, text=text, start=at, stop=edge)
        at = edge


def _unsigned(runs: tuple[Run, ...], block: Block) -> tuple[Run, ...]:
    """Take the sign of a note or the mark of an item off: the manuscript has its own for it."""
    pattern = {"note": BEGINS, "item": ITEM, "caption": NUMBER, "table": NUMBER}.get(block.kind)
    text = "".join(run.text for run in runs)
    match = pattern.match(text) if pattern else None
    if not match or (pattern is NUMBER and not _stands_off(block)):
        return runs
    sign, rest = cut(runs, 0, match.end()), cut(runs, match.end(), len(text))
    if block.kind == "note":
        first = noted(sign[0], block.label, "number of a note")
        return (first, *silent(sign[1:], first.why), *rest)
    return (*silent(sign, f"mark of the {block.kind}"), *rest)


def _stands_off(block: Block) -> bool:
    """Tell whether a caption begins with a number that is set otherwise than the rest."""
    first, *rest = block.rows[0].pieces
    whole = NUMBER.match(f"{first.text} ")
    if not rest or not whole or len(first.text) >= 20:
        return False
    return (first.style, first.tag) != (rest[0].style, rest[0].tag)
