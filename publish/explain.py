"""Why a line of the print edition ends where it does.

In: a manuscript folder, a page and a line on it, both counted from 1. Out: sentences that tell how
the line was planned and what its demerits are, or problems. Counted are the lines of the text that
runs on, without heads and notes; the pages are laid out for it, nothing is written.
"""

from __future__ import annotations

from pathlib import Path

from publish.linebreak import Line, Taste
from publish.manuscript import read_manuscript
from publish.problems import Problem, has_errors, problem, weighed
from publish.workshop import Workshop

_SHOWN = 60


def explain(folder: Path, page: int, line: int) -> tuple[list[str], list[Problem]]:
    """Return what is to be said of a line, and problems."""
    manuscript = read_manuscript(folder)
    problems = weighed(manuscript.problems, final=False)
    if manuscript.book is None or has_errors(problems):
        return [], problems
    shop = Workshop(folder, manuscript.book, manuscript.sources)
    problems += shop.materials.preliminaries()
    if has_errors(weighed(problems, final=False)):
        return [], problems
    from publish.pagemap import page_lines

    found = [one for one in page_lines(shop.room.pages("print")) if one.page == page]
    lines = [one for one in found if one.area == "flow"]
    if not 0 < line <= len(lines):
        reason = f"page {page} has {len(lines)} lines of running text, and no line {line}"
        return [], [problem("K701", None, reason=reason, advice="Count from 1, without notes.")]
    chosen = lines[line - 1]
    text = " ".join(chosen.text.split())
    shown = text if len(text) <= _SHOWN else f"…{text[1 - _SHOWN :]}"
    said = [f"page {page}, line {line}: “{shown}”"]
    if chosen.planned is None:
        return [*said, "set by the layout engine alone, as much on the line as it holds"], []
    return [*said, *reasons(chosen.planned, chosen.gap)], []


def reasons(line: Line, gap: float) -> list[str]:
    """Return why a planned line is as it is; `gap` is what was added to each blank, in em."""
    ends = (
        "ends its paragraph"
        if line.forced
        else "ends within a word, with a hyphen added"
        if line.sign
        else "ends at a hyphen of its own"
        if line.flagged
        else "ends between two words"
    )
    badness = 100 * abs(line.ratio) ** 3
    blanks = (Taste().line + badness) ** 2
    way = "stretched" if line.ratio > 0 else "shrunk"
    share = f"blanks {way} by {abs(line.ratio):.0%} of their give ({gap:+.2f} em each)"
    if not line.ratio:
        share = f"blanks all but as they are ({gap:+.2f} em each)"
    elif not gap:
        share = f"ragged: it stays {line.measure - line.natural:.1f} px short"
    return [
        ends,
        f"natural width {line.natural:.1f} px of {line.measure:.1f} px",
        share,
        f"hangs out {line.left:.1f} px on the left and {line.right:.1f} px on the right",
        f"demerits {line.demerits:,.0f}: {blanks:,.0f} for its blanks, "
        f"{line.demerits - blanks:,.0f} for its end and its neighbours",
    ]
