"""Lines that say themselves what they are → passages.

In: a draft whose lines have `Facts` (a PDF, a word processor's file). Out: the draft with its
passages: the lines of one block make one, in the order in which the blocks begin; what stands in
the middle of a paragraph comes after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from publish.importing.model import Draft, Facts, Line, Passage

_NUMBER = re.compile(r"(\d+)([.)])")


_COUNT = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?(?=\s)")
_PART = re.compile(r"\.$")


def gather_blocks(draft: Draft) -> Draft:
    """Gather the lines of each block."""
    blocks: dict[int, list[Line]] = {}
    for line in draft.lines:
        assert line.facts
        blocks.setdefault(line.facts.block, []).append(line)
    passages = tuple(stepped(_headed(_passage(lines) for lines in blocks.values())))
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


def rank_numbered(draft: Draft) -> Draft:
    """Put headings with numbers below those of which they are parts: 1.2 below 1."""
    found = {at: match[0] for at, one in enumerate(draft.passages) if (match := _counted(one))}
    numbers = {_PART.sub("", one) for one in found.values()}
    passages = list(draft.passages)
    for at, number in found.items():
        parts = _PART.sub("", number).split(".")
        if len(parts) > 1 and ".".join(parts[:-1]) in numbers:
            passages[at] = structs.replace(passages[at], level=len(parts))
    return structs.replace(draft, passages=tuple(passages))


def _counted(passage: Passage) -> re.Match[str] | None:
    return _COUNT.match(passage.text) if passage.kind == "heading" else None


def stepped(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield the passages, no heading or item more than one level below the one that it is under.

    Items keep their numbers: one that does not go on from the item before it begins a list anew.
    """
    heading = 0
    above: list[Passage] = []
    for one in passages:
        if one.kind == "heading" and one.box:
            # What heads a box begins no chapter, and no part of one.
            one = structs.replace(one, level=max(2, min(one.level, heading + 1)))
        elif one.kind == "heading":
            heading = min(one.level, heading + 1)
            one = structs.replace(one, level=heading)
        if one.kind != "item":
            above = []
            yield one
            continue
        under = [other for other in above if other.level < one.level]
        before = above[len(under)].label if len(under) < len(above) else ""
        label = _apart(one.label, before)
        above = [*under, structs.replace(one, label=label or before)]
        yield structs.replace(one, level=len(under), label=label)


def _apart(label: str, before: str) -> str:
    """Return an item's label, its sign another one where it does not go on from the one before it.

    Two lists side by side are parted by that alone (CommonMark 0.31, 5.3).
    """
    own, last = _NUMBER.fullmatch(label), _NUMBER.fullmatch(before)
    if not own or not last:
        return label
    follows = int(own[1]) == int(last[1]) + 1
    return own[1] + (last[2] if follows else ")" if last[2] == "." else ".")


def _passage(lines: list[Line]) -> Passage:
    facts = lines[0].facts
    assert isinstance(facts, Facts)
    return Passage(
        facts.kind,
        tuple(lines),
        level=facts.level,
        label=facts.label,
        picture=facts.picture,
        box=facts.box,
    )
