"""What the editor says of lines that say themselves what they are (a PDF, a word processor's file).

In: a draft whose lines have `Facts`, and the answers. Out: the same with the facts as the editor
has them: lines of another kind are a block of their own, items and paragraphs one each, a block is
parted or joined with the one before it, running heads and folios are left out.
"""

from __future__ import annotations

from itertools import count

from msgspec import structs

from publish.importing.answers import FURNITURE, KINDS
from publish.importing.lists import unsigned
from publish.importing.model import Draft, Facts, Line, Run


def answer_facts(draft: Draft) -> Draft:
    """Put the answers in the place of facts."""
    kinds, joins = draft.answers.kinds, draft.answers.joins
    if not kinds and not joins:
        return draft
    fresh = count(1 + max((line.facts.block for line in draft.lines if line.facts), default=0))
    lines: list[Line] = []
    left: list[tuple[str, Run]] = []
    moved: dict[int, int] = {}
    """The blocks whose rest is now (a part of) another."""
    asked, last = "", 0
    for line in draft.lines:
        assert line.facts
        was = line.facts
        answer = kinds.get(line.number, "")
        if answer in FURNITURE:
            left += [(FURNITURE[answer], run) for run in line.runs]
            continue
        if answer:
            label = ""
            if answer == "item":
                line, label = _item(line, was, begins=answer != asked or was.block != last)
            parted = label or (answer == "body" and was.block != last)
            goes_on = joins.get(line.number, answer == asked and not parted)
            block = lines[-1].facts.block if goes_on and lines[-1].facts else next(fresh)
            level = was.level if was.kind == answer else int(answer == "heading")
            # The lines of a poem stand in a box of their own, which no box of the source is.
            box = -block if answer == "verse" else 0
            facts = Facts(block, KINDS[answer], level, label, box=box)
        else:
            if line.number in joins:
                before = lines[-1].facts if lines else None
                moved[was.block] = before.block if joins[line.number] and before else next(fresh)
            facts = structs.replace(was, block=moved.get(was.block, was.block))
        asked, last = answer, was.block
        lines.append(structs.replace(line, facts=facts))
    return structs.replace(draft, lines=tuple(lines), left=(*draft.left, *left))


def _item(line: Line, was: Facts, begins: bool) -> tuple[Line, str]:
    """Return a line of a list, and the label of the item that it begins; "" where it goes on.

    A paragraph `begins` one, and so does what has the sign of one.
    """
    bare, label = unsigned(line)
    return (bare, label or was.label or "-") if begins or label else (line, "")
