"""What the editor says of lines that say themselves what they are (a PDF, a word processor's file).

In: a draft whose lines have `Facts`, and the answers. Out: the same with the facts as the editor
has them: lines of another kind are a block of their own, a block is parted or joined with the one
before it, running heads and folios are left out.
"""

from __future__ import annotations

from itertools import count

from msgspec import structs

from publish.importing.answers import FURNITURE, KINDS
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
    asked = ""
    for line in draft.lines:
        assert line.facts
        answer = kinds.get(line.number, "")
        if answer in FURNITURE:
            left += [(FURNITURE[answer], run) for run in line.runs]
            continue
        old = line.facts.block
        if answer:
            block = lines[-1].facts.block if answer == asked and lines[-1].facts else next(fresh)
            level = line.facts.level if line.facts.kind == answer else int(answer == "heading")
            label = (line.facts.label or "-") if answer == "item" else ""
            # The lines of a poem stand in a box of their own, which no box of the source is.
            box = -block if answer == "verse" else 0
            facts = Facts(block, KINDS[answer], level, label, box=box)
        else:
            if line.number in joins:
                before = lines[-1].facts if lines else None
                moved[old] = before.block if joins[line.number] and before else next(fresh)
            facts = structs.replace(line.facts, block=moved.get(old, old))
        asked = answer
        lines.append(structs.replace(line, facts=facts))
    return structs.replace(draft, lines=tuple(lines), left=(*draft.left, *left))
