"""Lists: lines that begin with a bullet, a dash or a number, one below the other.

In: a draft with its lines and habits. Out: claims of the kind `item`, one for each; its lines know
its level and its sign, which is taken off. Of a source whose lines say what they are, paragraphs
whose sign was typed become items. A bullet always makes an item. A dash may belong to a
sentence, or begin what somebody says, and a number may be a date: those make a list only of two or
more, or of one below a colon, where no line above breaks off and nobody speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct, structs

from publish.importing.captions import unclaimed
from publish.importing.model import Claim, Draft, Facts, Line, Note
from publish.importing.runs import cut, silent
from publish.importing.sentences import ends_sentence, has_room, share, starts_small

LEAST = 2
"""A list has so many items at least, unless they are announced."""
NEAR = 50
"""So many items back, one of the same level is looked for."""
DEEPER = 2
"""So many blanks further in begin the list of an item."""
_SIGN = re.compile(
    r"(?P<bullet>[•▪‣◦●■□➢✓·])\s*(?=[^\W_]|[\"'“‘„«(])|(?P<dash>[-–—*+])\s+(?=[^\s*–—-])"
    r"|(?P<number>\d{1,3})[.)]\s+(?=\S)"
)


class _Item(Struct, frozen=True):
    """An item: its lines `start` up to `stop`, its sign, how many characters that takes."""

    start: int
    stop: int
    sign: str
    number: int
    size: int
    indent: int


def find_lists(draft: Draft) -> Draft:
    """Claim the items of lists, and those that the editor says are some."""
    told = [claim for claim in draft.claims if claim.kind == "item"]
    lists = [_items(range(one.start, one.stop), draft, whole=True) for one in told]
    lists += _lists(unclaimed(draft), draft)
    lines = list(draft.lines)
    notes = [_note(items, draft) for items in lists[len(told) :]]
    for items in lists:
        for item, level in zip(items, _levels(items), strict=True):
            lines[item.start] = _begun(lines[item.start], level)
    claims = [claim for claim in draft.claims if claim.kind != "item"]
    claims += [Claim("item", one.start, one.stop) for items in lists for one in items]
    claims.sort(key=lambda one: one.start)
    return structs.replace(
        draft, lines=tuple(lines), claims=tuple(claims), notes=(*draft.notes, *notes)
    )


def find_typed_lists(draft: Draft) -> Draft:
    """Make items of paragraphs whose signs were typed, where lines say what they are."""
    lines = list(draft.lines)
    notes: list[Note] = []
    for items in _typed(draft):
        if _is_list(items, draft, below=True):
            notes.append(_note(items, draft))
            for item, level in zip(items, _levels(items), strict=True):
                lines[item.start : item.stop] = _typed_item(draft.lines, item, level)
    return structs.replace(draft, lines=tuple(lines), notes=(*draft.notes, *notes))


def _typed(draft: Draft) -> Iterator[list[_Item]]:
    """Yield paragraphs that begin with a sign and follow one another; none that is answered."""
    items: list[_Item] = []
    for block, group in groupby(enumerate(draft.lines), lambda one: one[1].facts):
        places = [at for at, _ in group]
        first = draft.lines[places[0]]
        told = any(draft.lines[at].number in draft.answers.kinds for at in places)
        body = block is not None and block.kind == "body" and not told
        match = _SIGN.match(first.text) if body else None
        if items and (not match or _is_other(match, first.indent, items)):
            yield items
            items = []
        if match:
            number = int(match["number"] or 0)
            sign = "#" if match["number"] else match[0].strip()
            stop = places[-1] + 1
            items.append(_Item(places[0], stop, sign, number, match.end(), first.indent))
    if items:
        yield items


def _typed_item(lines: Sequence[Line], item: _Item, level: int) -> Iterator[Line]:
    first, label = unsigned(lines[item.start])
    for line in (first, *lines[item.start + 1 : item.stop]):
        assert line.facts
        facts = structs.replace(line.facts, kind="item", level=level, label=label)
        yield structs.replace(line, facts=facts)


def _lists(free: Sequence[int], draft: Draft) -> Iterator[list[_Item]]:
    """Yield the items of each list: they follow one another with nothing between them."""
    past = listed = 0
    for nth, at in enumerate(free):
        if at >= past and _SIGN.match(draft.lines[at].text):
            items = _items(_from(free, nth), draft)
            past = items[-1].stop
            if _is_list(items, draft, below=listed == at > 0):
                listed = past
                yield items


def _from(free: Sequence[int], start: int) -> Iterator[int]:
    return (free[nth] for nth in range(start, len(free)))


def _items(places: Iterable[int], draft: Draft, whole: bool = False) -> list[_Item]:
    """Return the items that begin at the first of some lines; `whole`: all the lines are items."""
    items: list[_Item] = []
    bare = whole and not any(_SIGN.match(draft.lines[at].text) for at in places)
    for at, line in ((at, draft.lines[at]) for at in places):
        match = _SIGN.match(line.text)
        last = items[-1] if items else None
        if last and at != last.stop:
            break
        if last and not match and not bare and _goes_on(last, line, draft):
            items[-1] = structs.replace(last, stop=at + 1)
        elif match and _is_other(match, line.indent, items) and not whole:
            break
        elif match:
            number = int(match["number"] or 0)
            sign = "#" if match["number"] else match[0].strip()
            items.append(_Item(at, at + 1, sign, number, match.end(), line.indent))
        elif whole:
            items.append(_Item(at, at + 1, "-", 0, 0, line.indent))
        else:
            break
    return items


def _goes_on(item: _Item, line: Line, draft: Draft) -> bool:
    """Tell whether a line without a sign goes on with an item."""
    above = draft.lines[item.stop - 1]
    if line.gap or above.page != line.page:
        return False
    open_ = starts_small(line.text) and not ends_sentence(above.text, draft.language)
    full = not has_room(above, line, share(draft.habits))
    return line.indent > item.indent or open_ or full


def _is_other(match: re.Match[str], indent: int, items: Sequence[_Item]) -> bool:
    """Tell whether a sign begins another list: a number below bullets, or the reverse."""
    near = (one for one in reversed(items[-NEAR:]) if abs(one.indent - indent) < DEEPER)
    beside = next(near, None)
    return beside is not None and (beside.sign == "#") != bool(match["number"])


def _is_list(items: Sequence[_Item], draft: Draft, below: bool) -> bool:
    """Tell whether items make a list; `below`: they stand right below another one."""
    signs = {one.sign for one in items}
    if not _counts(items):
        return False
    if not signs & {"#", "-", "–", "—", "*", "+"}:
        return True
    above = draft.lines[items[0].start - 1] if items[0].start else None
    first = draft.lines[items[0].start]
    colon = above is not None and above.text.endswith(":")
    if len(items) < LEAST and not colon:
        return False
    if above and not (below or first.gap or colon or ends_sentence(above.text, draft.language)):
        return False
    return not signs & {"-", "–", "—"} or not _spoken(items, draft)


def _counts(items: Sequence[_Item]) -> bool:
    """Tell whether the numbers of each level go up, most of them by one."""
    steps: list[int] = []
    above: list[int] = []
    for item, level in zip(items, _levels(items), strict=True):
        if len(above) > level and item.sign == "#":
            steps.append(item.number - above[level])
        above = [*above[:level], item.number]
    up = all(step > 0 for step in steps)
    return up and 2 * sum(step == 1 for step in steps) >= len(steps)


def _spoken(items: Sequence[_Item], draft: Draft) -> bool:
    """Tell whether most of what dashes begin are sentences: what somebody says."""
    whole = 0
    for item in items:
        first, last = draft.lines[item.start], draft.lines[item.stop - 1]
        small = starts_small(first.text[item.size :])
        whole += not small and ends_sentence(last.text, draft.language)
    return 2 * whole >= len(items)


def _levels(items: Sequence[_Item]) -> Iterator[int]:
    """Yield the level of each item, by how far in it begins."""
    above: list[int] = []
    for item in items:
        while above and item.indent < above[-1] - (DEEPER - 1):
            above.pop()
        if not above or item.indent >= above[-1] + DEEPER:
            above.append(item.indent)
        yield len(above) - 1


def unsigned(line: Line) -> tuple[Line, str]:
    """Return a line without the sign of an item, and the label that this stands for; "" for none.

    The manuscript has a sign of its own.
    """
    match = _SIGN.match(line.text)
    if not match:
        return line, ""
    sign = silent(cut(line.runs, 0, match.end()), "mark of the item")
    runs = (*sign, *cut(line.runs, match.end(), len(line.text)))
    label = f"{int(match['number'])}." if match["number"] else "-"
    return structs.replace(line, runs=runs, text=line.text[match.end() :]), label


def _begun(line: Line, level: int) -> Line:
    """Return the first line of an item."""
    bare, label = unsigned(line)
    return structs.replace(bare, facts=Facts(0, "item", level, label or "-"))


def _note(items: Sequence[_Item], draft: Draft) -> Note:
    first, last = draft.lines[items[0].start].number, draft.lines[items[-1].stop - 1].number
    message = f"taken for a list of {len(items)} items"
    return Note(first, "list", message, "lines", f"{first}-{last}", "item")
