"""Lines that say themselves what they are → passages.

In: a draft whose lines have `Facts` (a PDF, a word processor's file). Out: the draft with its
passages: the lines of one block make one, in the order in which the blocks begin; what stands in
the middle of a paragraph comes after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import structs

from publish.importing.model import Draft, Facts, Line, Passage


def gather_blocks(draft: Draft) -> Draft:
    """Gather the lines of each block."""
    blocks: dict[int, list[Line]] = {}
    for line in draft.lines:
        assert line.facts
        blocks.setdefault(line.facts.block, []).append(line)
    passages = tuple(_stepped(_passage(lines) for lines in blocks.values()))
    return structs.replace(draft, passages=passages)


def _stepped(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield the passages, no heading more than one level below the one before it."""
    level = 0
    for one in passages:
        if one.kind == "heading":
            level = min(one.level, level + 1)
            one = structs.replace(one, level=level)
        yield one


def _passage(lines: list[Line]) -> Passage:
    facts = lines[0].facts
    assert isinstance(facts, Facts)
    return Passage(
        facts.kind,
        tuple(lines),
        level=facts.level,
        label=facts.label,
        picture=facts.picture,
    )
