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
    passages = tuple(_stepped(_headed(_passage(lines) for lines in blocks.values())))
    return structs.replace(draft, passages=passages)


def _headed(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield the passages with one title and one subtitle, each of one or more lines.

    A title further on is a heading, a subtitle there a paragraph.
    """
    seen: set[str] = set()
    held: Passage | None = None
    for one in passages:
        if held and one.kind == held.kind:
            held = structs.replace(held, lines=(*held.lines, *one.lines))
            continue
        if held:
            yield held
        held = None
        if one.kind not in ("title", "subtitle"):
            yield one
        elif one.kind not in seen:
            seen.add(one.kind)
            held = one
        else:
            title = one.kind == "title"
            yield structs.replace(one, kind="heading" if title else "body", level=int(title))
    if held:
        yield held


def _stepped(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield the passages, no heading or item more than one level below the one that it is under."""
    heading = 0
    above: list[int] = []
    for one in passages:
        if one.kind == "heading":
            heading = min(one.level, heading + 1)
            one = structs.replace(one, level=heading)
        if one.kind != "item":
            above = []
            yield one
            continue
        above = [level for level in above if level < one.level]
        yield structs.replace(one, level=len(above))
        above.append(one.level)


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
