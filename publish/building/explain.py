"""Why a line of the print edition ends where it does.

In: a manuscript folder, a page and a line on it, both counted from 1. Out: sentences that tell how
the line was planned and what its demerits are, or problems. Counted are first the lines of the
text with its headings, quotations and tables, as the proof and `katern check` number them, then
those of captions, of notes, and of what stands apart, such as the contents. The pages are laid out
for it, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publish.building.breaks import reasons
from publish.building.workshop import Workshop
from publish.ground.problems import Problem, has_errors, problem, weighed
from publish.manuscript.folder import read_manuscript
from publish.pages.line_numbers import numbered
from publish.paragraphs.choices import Choice, Otherwise

if TYPE_CHECKING:
    from publish.engine.boxes import Box
    from publish.pages.pagemap import Line as SetLine

_SHOWN = 60
_AREAS = {"flow": "", "figure": "caption", "note": "note", "apart": "apart from the text"}
"""What stands where on a page, in the order in which its lines are counted."""


def explain(folder: Path, page: int, line: int) -> tuple[list[str], list[Problem]]:
    """Return what is to be said of a line, and problems."""
    manuscript = read_manuscript(folder)
    problems = weighed(manuscript.problems, final=False)
    if manuscript.book is None or has_errors(problems):
        return [], problems
    shop = Workshop(folder, manuscript.book, manuscript.sources)
    shop.materials.explained = page
    problems += shop.materials.preliminaries()
    if has_errors(weighed(problems, final=False)):
        return [], problems
    lines, after = (counted(shop.room.lines, one) for one in (page, page + 1))
    pages = shop.room.pages("print").count
    if not 0 < page <= pages:
        reason = f"the book has {pages} pages, and no page {page}"
        advice = "Count the pages from 1, whatever number is printed on them."
        return [], [problem("K701", None, reason=reason, advice=advice)]
    if not 0 < line <= len(lines):
        count = f"{len(lines)} line{'' if len(lines) == 1 else 's'}"
        reason = f"page {page} has {count}, and no line {line}"
        advice = "Count from 1: the text, then captions, then notes."
        return [], [problem("K701", None, reason=reason, advice=advice)]
    return told(lines, line, after), []


def counted(lines: Iterable[SetLine], page: int) -> list[SetLine]:
    """Return the lines of a page as they are counted: of a row the first cell, no bare numbers."""
    areas = list(_AREAS)
    here = [one for one in lines if one.page == page]
    rows: dict[int, SetLine] = {}
    for number, line in numbered(here):
        rows.setdefault(number, line)
    apart = (one for one in here if one.area != "flow" and not _is_label(one))
    return [*rows.values(), *sorted(apart, key=lambda one: areas.index(one.area))]


def _is_label(line: SetLine) -> bool:
    """Tell whether a line is but the number of a caption or of a note, set beside it."""
    return all("number" in text.classes for text in _texts(line.box))


def _texts(box: Box | None) -> list[Box]:
    return [one for one in box.descendants() if one.kind == "text"] if box else []


def told(lines: Sequence[SetLine], number: int, after: Sequence[SetLine] = ()) -> list[str]:
    """Return what is to be said of a line, its number counted from 1.

    Given are the lines of its page, and those of the page after it.
    """
    chosen = lines[number - 1]
    words = " ".join("".join(text.text for text in _texts(chosen.box)).split())
    shown = words if len(words) <= _SHOWN else f"…{words[1 - _SHOWN :]}"
    kind = _AREAS[chosen.area] or _element(chosen)
    said = [f"page {chosen.page}, line {number}{f' ({kind})' if kind else ''}: “{shown}”"]
    parts = [(box, box.planned) for box in _set(chosen.box)]
    if not any(planned for _, planned in parts):
        return [*said, _alone(chosen, [*lines[number:], *after])]
    for box, planned in parts:
        if planned is not None:
            widened = max((text.widened for text in _texts(box)), key=abs, default=0.0)
            said += reasons(planned, _added(box), box.composed, _has_blanks(box), widened)
    if chosen.box and chosen.box.choice:
        said += choices(chosen.box.choice)
    flow = [one for one in lines if one.area == "flow"]
    return said + (page_end(flow) if chosen in flow[-1:] else [])


def page_end(flow: Sequence[SetLine]) -> list[str]:
    """Return why a page ends after the last of its lines of text: what was done for it."""
    last, runs = flow[-1].box, dict[Choice, list[int]]()
    for number, line in enumerate(flow, 1):
        if line.box and line.box.choice and line.box.choice != (last and last.choice):
            runs.setdefault(line.box.choice, []).append(number)
    said = ["it is the last line of text on the page"]
    for choice, numbers in runs.items():
        there = f"lines {numbers[0]} to {numbers[-1]}: "
        said += [there + one if at == 0 else one for at, one in enumerate(choices(choice))]
    if not runs and not (last and last.choice):
        said.append("no paragraph on the page is set otherwise than suits it best")
    return said + (shortness(last.short) if last and last.short else [])


def shortness(short: int) -> list[str]:
    """Return why a page ends above its foot after a line that is so many lines short of it."""
    return [
        f"the page ends {_lines(short)} above its foot: what comes next has no room there, by the "
        "lines that must stay together and their notes, and no way was found to set the paragraphs "
        "longer"
    ]


def _element(line: SetLine) -> str:
    return "" if line.block is None or line.block.tag == "p" else line.block.tag


def _set(box: Box | None) -> Iterator[Box]:
    """Yield a line and, within it, those of a line of verse that goes on below itself."""
    if box is not None:
        inner = [one for one in box.descendants() if one.kind == "line"]
        yield from inner if len(inner) > 1 else [box]


def _added(box: Box) -> float | None:
    """Return what justifying has added to each blank of a line, in em; None where it is ragged."""
    texts = _texts(box)
    return texts[0].gap * texts[0].scale / texts[0].size if texts and box.is_justified else None


def _has_blanks(box: Box) -> bool:
    return " " in "".join(text.text for text in _texts(box)).strip()


def _alone(line: SetLine, after: Iterable[SetLine]) -> str:
    """Return why a line ends that was not planned; `after` are those that come after it."""
    if any(one.block is line.block and one.area == line.area for one in after):
        return "set by the layout engine alone, as much on the line as it holds"
    return "ends its paragraph: the rest of it fits the line, and no break is made"


def choices(choice: Choice) -> list[str]:
    """Return why a paragraph is not set as suits it best."""
    more = choice.lines - choice.best
    way = f"{abs(more)} {'more' if more > 0 else 'fewer'} than suit it best"
    if not more:
        way = "as many as suit it best, broken in other places"
    said = [
        f"its paragraph, from where pages were made up together, is set in {choice.lines} lines,"
        f" {way}, {_price(choice)}"
    ]
    return said + [f"else {_ending(one)}" for one in choice.gained]


def _price(choice: Choice) -> str:
    """Return what a setting costs more, in demerits of its lines and in what else counts."""
    rest = choice.cost - choice.demerits
    if abs(rest) < 1:
        return f"for {choice.cost:,.0f} demerits more"
    return (
        f"for {choice.cost:,.0f} more: {choice.demerits:+,.0f} demerits, {rest:+,.0f} for blanks"
        " that stray and for its length"
    )


def _ending(page: Otherwise) -> str:
    """Return how a page would end."""
    if page.few:
        return f"the chapter would end with {_lines(page.few)} on page {page.page}"
    short = f"{_lines(page.short)} short" if page.short else ""
    divided = "within a word" if page.divided else ""
    return f"page {page.page} would end {' and '.join(filter(None, (short, divided)))}"


def _lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"
