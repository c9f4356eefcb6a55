"""The parts of a book, each a PDF of its own, bound into one.

In: `Pages`, and each of their parts as PDF. Out: PDF bytes: the pages one after another, each font
once, all that a link can lead to by its name (ISO 32000-1, 12.3.2.3), one outline (12.3.3) and, of
tagged parts, one structure tree (14.7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from itertools import chain, pairwise
from typing import Any

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf, Stream, String

from publish.engine.founts import united
from publish.engine.origins import ELEMENT
from publish.engine.parts import Fount, Leaf, Pages, Written
from publish.ground.problems import Problem

Cast = Callable[[Sequence[Fount]], bytes]
"""Makes a PDF whose catalogue has an array, `Founts`, of the fonts that it is given."""
_PT = 72 / 96
"""Points in a pixel of the engine."""


class Bound(Struct, frozen=True):
    """A PDF of a whole book, open, and the folios that are to be laid over its pages (from 0).

    `left` are the kinds of colours in it that are in no ink, where it is set in inks.
    """

    pdf: Pdf
    folios: Mapping[int, Stream]
    left: tuple[str, ...]
    problems: Sequence[Problem]


def with_folios(whole: Bound) -> bytes:
    """Lay the folios of a PDF over its pages; return its bytes. It is done once."""
    pdf = whole.pdf
    for number, form in whole.folios.items():
        page, name = pdf.pages[number], f"/Folio{number}"
        page.add_resource(form, Name.XObject, Name(name))
        drawn = artifact(name).encode("ascii")
        content = b"q\n%b\nQ\n%b\n" % (page.obj.Contents.read_bytes(), drawn)
        page.obj.Contents = pdf.make_stream(content)
    out = BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def artifact(name: str) -> str:
    """Return the operators that draw a form which is no part of the text.

    (ISO 32000-1, 14.8.2.2)
    """
    return f"/Artifact <</Type /Pagination>> BDC q {name} Do Q EMC"


def bind(
    pages: Pages,
    parts: Sequence[Written],
    over: Sequence[Written | None],
    cast: Cast,
    opened: ExitStack,
) -> tuple[Pdf, dict[int, Stream]]:
    """Return the pages as one PDF, and what is to be laid over them by the numbers of the pages.

    `parts` are theirs, one by one, and `over` what is laid over each; `cast` makes a PDF with their
    fonts. The PDF is open for as long as what was `opened` for it.
    """
    pdf, *others = (opened.enter_context(Pdf.open(BytesIO(one.data))) for one in parts)
    for page in chain.from_iterable(other.pages for other in others):
        pdf.pages.append(page)
    firsts = [0]
    for part in pages.parts:
        firsts.append(firsts[-1] + len(part.leaves))
    fonts = [
        [page.obj.Resources for page in pdf.pages[first:after]] for first, after in pairwise(firsts)
    ]
    folios: dict[int, Stream] = {}
    for first, one in zip(firsts, over, strict=False):
        if one:
            made = _forms(pdf, opened.enter_context(Pdf.open(BytesIO(one.data))))
            folios |= dict(enumerate(made, first))
            fonts.append([form.Resources for form in made])
    written = [*parts, *(one for one in over if one)]
    _embed(pdf, fonts, united([part.founts for part in written]), cast)
    _name(pdf, pages.leaves)
    _outline(pdf, pages.leaves)
    if "/StructTreeRoot" in pdf.Root:
        _join_trees(pdf, firsts, others)
    return pdf, folios


def _forms(pdf: Pdf, pages: Pdf) -> list[Any]:
    """Return pages of another PDF as forms."""
    return [pdf.copy_foreign(pages.make_indirect(page.as_form_xobject())) for page in pages.pages]


def _embed(
    pdf: Pdf,
    places: Sequence[Sequence[Any]],
    parts: Sequence[Mapping[str, Fount]],
    cast: Cast,
) -> None:
    """Give each part its fonts, wherever something in it has a stand-in.

    `places` are for each part the resources of its pages.
    """
    founts = list({id(one): one for part in parts for one in part.values()}.values())
    with Pdf.open(BytesIO(cast(founts))) as case:
        fonts = [pdf.copy_foreign(font) for font in case.Root.Founts]
    known = dict(zip(map(id, founts), fonts, strict=True))
    for there, part in zip(places, parts, strict=True):
        made = {f"/{key}": known[id(fount)] for key, fount in part.items()}
        seen: set[tuple[int, int]] = set()
        for resources in there:
            _fill(resources, made, seen)


def _fill(resources: Any, made: Mapping[str, Any], seen: set[tuple[int, int]]) -> None:
    """Put fonts into resources and those of all that is drawn with them, in place of stand-ins."""
    if not isinstance(resources, Dictionary):
        return
    if resources.is_indirect:
        if resources.objgen in seen:
            return
        seen.add(resources.objgen)
    if isinstance(fonts := resources.get("/Font"), Dictionary):
        for key in [*fonts.keys()]:
            fonts[key] = made[key]
    drawn = [*resources.get("/XObject", {}).values(), *resources.get("/Pattern", {}).values()]
    for state in resources.get("/ExtGState", {}).values():
        if isinstance(mask := state.get("/SMask"), Dictionary) and "/G" in mask:
            drawn.append(mask.G)
    for one in drawn:
        if isinstance(one, Stream) and one.objgen not in seen:
            seen.add(one.objgen)
            _fill(one.get("/Resources"), made, seen)


def _place(pdf: Pdf, number: int, leaf: Leaf, left: float, top: float) -> Array:
    """Return a place (px) on a page, given by its number from 0, as a destination."""
    at = round(left * _PT, 4), round((leaf.height - top) * _PT, 4)
    return Array([pdf.pages[number].obj, Name.XYZ, *at, 0])


def _name(pdf: Pdf, leaves: Sequence[Leaf]) -> None:
    """Name all that links can lead to; where two have a name it is the first that is meant."""
    found: dict[str, Array] = {}
    for number, leaf in enumerate(leaves):
        for name, place in leaf.anchors.items():
            if name not in found:
                found[name] = _place(pdf, number, leaf, *place)
    if found:
        names = sorted((bytes(String(name)), String(name), to) for name, to in found.items())
        pairs = (one for _, name, to in names for one in (name, to))
        pdf.Root.Names = pdf.Root.get("/Names", Dictionary())
        pdf.Root.Names.Dests = Dictionary(Names=Array(pairs))


def _outline(pdf: Pdf, leaves: Sequence[Leaf]) -> None:
    """Make the outline of the bookmarks; a level that is left out makes it no deeper."""
    with pdf.open_outline() as outline:
        above: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for number, leaf in enumerate(leaves):
            for one in leaf.bookmarks:
                while above[-1][0] >= one.level:
                    above.pop()
                item = OutlineItem(one.label, _place(pdf, number, leaf, one.left, one.top))
                item.is_closed = not one.is_open
                above[-1][1].append(item)
                above.append((one.level, item.children))


def _join_trees(pdf: Pdf, firsts: Sequence[int], others: Sequence[Pdf]) -> None:
    """Make one structure tree of those of all parts; `firsts` are their first pages, from 0.

    What is numbered or named within a part is so within the whole.
    """
    roots = [pdf.Root.StructTreeRoot]
    roots += [pdf.copy_foreign(other.Root.StructTreeRoot) for other in others]
    whole = roots[0].K[0]
    numbers: list[Any] = []
    links: list[tuple[Any, Any]] = []
    shift = 0
    for part, (root, (first, after)) in enumerate(zip(roots, pairwise(firsts), strict=True)):
        most = 0
        for element in _elements(root.K[0]):
            if f"/{ELEMENT}" in element:
                element[f"/{ELEMENT}"] = number = int(element[f"/{ELEMENT}"]) + shift
                most = max(most, number + 1)
            _rename(element, f"{part}-")
        shift = max(shift, most)
        if part:
            for element in root.K[0].K:
                element.P = whole
                whole.K.append(element)
        owners = list(root.ParentTree.Nums)[1::2]
        for number, owner in enumerate(owners[: after - first], first):
            pdf.pages[number].obj.StructParents = number
            numbers.extend([number, owner])
        links += _annotations(pdf, first, after, owners[after - first :])
    for number, (annotation, owner) in enumerate(links, len(pdf.pages)):
        annotation.StructParent = number
        numbers.extend([number, owner])
    roots[0].ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))


def _elements(element: Any) -> Iterator[Any]:
    """Yield a structure element and all below it."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [kid for kid in one.get("/K", ()) if isinstance(kid, Dictionary) and "/S" in kid]


def _rename(element: Any, part: str) -> None:
    """Tell the heads of a table in one part from those of another."""
    if "/ID" in element:
        element.ID = String(part + str(element.ID))
    if "/A" in element and "/Headers" in element.A:
        element.A.Headers = Array(String(part + str(one)) for one in element.A.Headers)


def _annotations(pdf: Pdf, first: int, after: int, owners: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return the annotations of a part that are in its tree, each with what owns it there."""
    found = [
        annotation
        for number in range(first, after)
        for annotation in pdf.pages[number].obj.get("/Annots", ())
        if "/StructParent" in annotation
    ]
    found.sort(key=lambda one: int(one.StructParent))
    return list(zip(found, owners, strict=True))
