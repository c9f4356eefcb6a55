"""In what order pictures came out on laid-out pages, and what empty pages they left.

In: `Pages`. Out: plain facts by which the next layout is made, and by which a person is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.pages.facts import figure_of, floats_to, roots, straight
from publish.pages.placing import Vacancy

FEW = 5
"""With fewer lines than this a text does not end its last pages, but leaves them white."""
_WHITE = 1 / 4
"""So much of a page has to be white for that."""


def queued(pages: Pages) -> frozenset[str]:
    """Return the pictures of the text that have waited behind others, and so stand at a head."""
    return frozenset(
        str(box.element.get("id"))
        for page in pages.boxes
        for _, box in straight(page)
        if box.element is not None and box.tag == "figure" and box.is_absolute
        if not floats_to(box)
    )


def passed(pages: Pages) -> frozenset[str]:
    """Return the insets that have waited for a later page than that on which the text went on."""
    begun: dict[Element, int] = {}
    for number, page in enumerate(pages.boxes, 1):
        for block in _blocks_on(page):
            begun.setdefault(block, number)
    found = set()
    for run in _runs(pages):
        on = 0
        for block in reversed(run):
            number = begun.get(block, 0)
            if block.tag != "figure":
                on = number
            elif 0 < on < number and "inset" in str(block.get("class")).split():
                found.add(str(block.get("id")))
    return frozenset(found)


def figures_in_order(pages: Pages) -> list[tuple[str, int]]:
    """Return the id of each picture, in the order of the text, and the page that it begins on."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages.boxes, 1):
        for box in page.descendants():
            if box.tag == "figure" and box.element is not None and (name := box.element.get("id")):
                found.setdefault(name, number)
    names = [one.get("id", "") for root in roots(pages) for one in root.iter("figure")]
    return [(name, found[name]) for name in names if name in found]


def overtaking(pages: Pages) -> list[tuple[str, int, str]]:
    """Return each picture on a page before that of an earlier one, the page, and the earlier one.

    A picture within a sidebar or a list keeps to it, and cannot wait for one that floats.
    """
    found: list[tuple[str, int, str]] = []
    latest = ("", 0)
    for name, number in figures_in_order(pages):
        if number < latest[1]:
            found.append((name, number, latest[0]))
        else:
            latest = name, number
    return found


def vacancies(pages: Pages) -> list[Vacancy]:
    """Return the empty pages of the text, each before a picture that waits for a left-hand page.

    Those too after which the pages of such a picture end a text in white, or one of them has but
    its caption. Where plates alone come one after another that is as it is meant.
    """
    found = []
    for number, (page, following) in enumerate(pairwise(pages.boxes), 1):
        waited = next(_waiting(following), "")
        if not waited or not _is_of_a_flow(page):
            continue
        if next(_blocks_on(page), None) is None:
            found.append(Vacancy(waited, number, _earlier(pages, waited, number)))
        elif _ends_in_white(pages, number, waited):
            found.append(Vacancy(waited, number, _earlier(pages, waited, number), white=True))
    return found


def _ends_in_white(pages: Pages, before: int, name: str) -> bool:
    """Tell whether a text ends on the two pages of a picture with fewer lines than there is room.

    They come after the page `before`; of a picture that fills its page nothing is white. One whose
    caption is on the facing page leaves that one to the text, or to other pictures: an inset, which
    is to have text beside it, does not fill it.
    """
    page, first, *rest = pages.boxes[before - 1 : before + 3]
    flow, figure = next((flow, box) for flow, box in straight(first) if _is(box, name))
    if any(_lines_on(one, flow) for one in rest[1:]):
        return False
    own = [first, *rest[:1]]
    if "facing" in figure.classes:
        own = [page for page in rest[:1] if name in _figures_on(page)]
    room = first.content.bottom - figure.top - figure.outer_height
    high = first.content.bottom - first.content.top
    return (
        bool(own)
        and _lines_on(page, flow) > 0
        and sum(_lines_on(one, flow) for one in own) < FEW
        and not any(_figures_on(one, aside=False) - {name} for one in own)
        and (room > _WHITE * high or first not in own)
    )


def _is(box: Box, name: str) -> bool:
    return box.element is not None and box.element.get("id") == name


def _figures_on(page: Box, aside: bool = True) -> set[str]:
    """Return the names of the pictures of which a part stands on a page, insets as `aside` says."""
    boxes = (box for box in page.descendants() if box.tag == "figure")
    figures = (box.element for box in boxes if aside or "inset" not in box.classes)
    return {figure_of(one) for one in figures if one is not None}


def _lines_on(page: Box, flow: Element) -> int:
    """Return how many lines of the text of a flow stand on a page, its title left out."""
    texts = (box for own, box in straight(page) if own is flow and box.is_in_flow)
    texts = (box for box in texts if box.tag not in ("figure", "h1"))
    return sum(one.kind == "line" for box in texts for one in box.descendants())


def _is_of_a_flow(page: Box) -> bool:
    """Tell whether a page is one of the text, be it without a word."""
    roots = page.children[0].children
    return any("flow" in outer.classes for root in roots for outer in root.children)


def _waiting(page: Box) -> Iterator[str]:
    """Yield the pictures of a page that could stand on a left-hand page alone."""
    for _, box in straight(page):
        if box.element is not None and box.element.get("data-side") == "verso":
            yield str(box.element.get("id"))


def _earlier(pages: Pages, name: str, vacant: int) -> str:
    """Return the place of the last block before a picture by which it comes an opening earlier.

    Such a block begins on either page of the opening before that. No picture, which would then come
    after it, and no title stands between.
    """
    begun = {
        block: number
        for number in range(vacant, 0, -1)
        for block in _blocks_on(pages.boxes[number - 1])
    }
    before = next((run[:at] for run in _runs(pages) for at in _at(run, name)), [])
    for block in reversed(before):
        number = begun.get(block, vacant)
        if block.tag in ("figure", "h1") or number < vacant - 3:
            break
        if number <= vacant - 2:
            return str(block.get("data-block") or "")
    return ""


def _runs(pages: Pages) -> Iterator[list[Element]]:
    """Yield the blocks of each flow, those within columns too."""
    for flow in (one for root in roots(pages) for one in root.iter("div")):
        if "flow" in (flow.get("class") or "").split():
            parts = [list(one) if one.get("class") == "columned" else [one] for one in flow]
            yield [one for part in parts for one in part]


def _at(run: list[Element], name: str) -> Iterator[int]:
    yield from (at for at, one in enumerate(run) if one.get("id") == name)


def _blocks_on(page: Box) -> Iterator[Element]:
    """Yield what stands on a page, straight in a flow or in its columns; never those themselves."""
    for _, box in straight(page):
        for one in _in_columns(box) if "columned" in box.classes else (box,):
            if one.element is not None:
                yield one.element


def _in_columns(box: Box) -> Iterator[Box]:
    """Yield what stands in the columns of a box."""
    for column in box.children:
        if column.is_column:
            yield from column.children
