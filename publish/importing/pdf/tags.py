"""The structure of a tagged PDF → what each piece of marked content is a part of.

In: an open PDF (ISO 32000-1, 14.7 and 14.8). Out: `Part`s in reading order: the kind of each block
and the marked content in it. A file's own types are known by its role map; what stands in none is
an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec import Struct, field
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from publish.importing.model import Kind
from publish.importing.pdf.model import Box

Content = tuple[int, int]
"""A page, and the number of marked content on it."""
DEEPEST = 60
"""Elements within elements are followed so far."""
_BLOCKS: dict[str, Kind] = {
    "P": "body",
    "Title": "title",
    "Caption": "caption",
    "Code": "body",
    "Formula": "body",
    "Index": "body",
}
_HEADINGS = {"H": 1, **{f"H{level}": level for level in range(1, 7)}}
_NOTES = ("Note", "FENote")
_INLINE = frozenset({"Span", "Quote", "Link", "Reference", "BibEntry", "Em", "Strong", "Sub"})


class Part(Struct):
    """A block: its kind, the content in it, which of it calls a note, which is in what language.

    `calls` are (content, part of the note, or -1). `figure` numbers the figure that it is in or is;
    that one's box and alt text are in `box` and `alt`. `label` is a list item's or note's own sign.
    """

    kind: Kind
    level: int = 0
    label: str = ""
    content: list[Content] = field(default_factory=list)
    sign: list[Content] = field(default_factory=list)
    calls: list[tuple[Content, int]] = field(default_factory=list)
    languages: dict[Content, str] = field(default_factory=dict)
    figure: int = -1
    note: int = -1
    alt: str = ""
    box: tuple[int, Box] | None = None
    cell: tuple[int, int, int] = (0, 0, 0)
    """Of a cell: its row, its column, and how many columns there are."""


class _Place(Struct, frozen=True):
    """Where in the tree an element stands: what it takes from those around it."""

    kind: Kind = "body"
    level: int = 0
    page: int = -1
    language: str = ""
    figure: int = -1
    note: int = -1
    list: int = -1
    quote: int = 0


def read_tags(pdf: pikepdf.Pdf) -> list[Part]:
    """Return the parts of a tagged PDF; none where it is not tagged."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary) or "/K" not in root:
        return []
    return list(_Reader(pdf, root).parts())


class _Reader:
    """Walks through the tree once."""

    def __init__(self, pdf: pikepdf.Pdf, root: Any) -> None:
        self.root = root
        self.roles = root.get("/RoleMap", Dictionary())
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.main = str(pdf.Root.get("/Lang", ""))
        self.found: list[Part] = []
        self.figures = 0
        self.notes = 0
        self.met: set[tuple[int, int]] = set()

    def parts(self) -> Iterator[Part]:
        """Yield the parts that hold something."""
        for kid in self.kids(self.root):
            self.walk(kid, _Place(), None, 0)
        for part in self.found:
            if part.content or part.kind in ("picture", "cell"):
                yield part

    def kids(self, element: Any) -> list[Any]:
        """Return what an element holds."""
        kids = element.get("/K", Array())
        return list(kids) if isinstance(kids, Array) else [kids]

    def type_of(self, element: Any) -> str:
        """Return the standard type of an element."""
        name = str(element.get("/S", "")).lstrip("/")
        for _ in range(8):
            mapped = self.roles.get(f"/{name}")
            if name in _HEADINGS or name in _BLOCKS or not isinstance(mapped, Name):
                break
            name = str(mapped).lstrip("/")
        return name

    def begin(self, kind: Kind, place: _Place, **known: Any) -> Part:
        """Begin a part."""
        part = Part(kind, place.level, figure=place.figure, note=place.note, **known)
        self.found.append(part)
        return part

    def walk(self, kid: Any, place: _Place, part: Part | None, depth: int) -> None:
        """Walk through an element or a piece of content; `part` is the block that it is in."""
        if isinstance(kid, int) or (isinstance(kid, Dictionary) and "/MCID" in kid):
            self.content(kid, place, part)
        elif isinstance(kid, Dictionary) and "/S" in kid and depth < DEEPEST and self.first(kid):
            self.element(kid, place, part, depth)

    def first(self, element: Any) -> bool:
        """Tell whether an element is met for the first time: one that holds itself is no tree."""
        known = element.is_indirect and element.objgen in self.met
        self.met.add(element.objgen)
        return not known

    def content(self, kid: Any, place: _Place, part: Part | None) -> None:
        """Put marked content into the block that it is in; content that is in none makes one."""
        number = kid if isinstance(kid, int) else int(kid.MCID)
        page = place.page
        if not isinstance(kid, int) and "/Pg" in kid:
            page = self.pages.get(kid.Pg.objgen, page)
        if part is None:
            part = self.begin(place.kind, place)
        part.content.append((page, number))
        if place.language:
            part.languages[page, number] = place.language

    def element(self, element: Any, place: _Place, part: Part | None, depth: int) -> None:
        """Walk through an element."""
        kind = self.type_of(element)
        page = self.pages.get(element.Pg.objgen, place.page) if "/Pg" in element else place.page
        language = str(element.get("/Lang", place.language))
        language = "" if language == self.main else language
        place = replace(place, page=page, language=language)
        if kind == "Table":
            self.table(element, place, depth)
            return
        if kind == "Caption" and part is not None and part.kind == "picture":
            part = self.begin("caption", place)
        elif kind == "Figure" and part is None:
            self.figures += 1
            place = replace(place, figure=self.figures)
            part = self.begin("picture", place, alt=str(element.get("/Alt", "")))
            part.box = _box(element, page)
        elif kind in _NOTES:
            self.notes += 1
            place = replace(place, kind="note", note=self.notes)
            if part is not None and part.calls and part.calls[-1][1] < 0:
                part.calls[-1] = (part.calls[-1][0], self.notes)
            part = None
        elif kind in _HEADINGS:
            part = self.begin("heading", replace(place, level=_HEADINGS[kind]))
        elif kind in _BLOCKS and (part is None or kind not in ("P", "Caption")):
            part = self.opened(place) or self.begin(
                place.kind if kind == "P" else _BLOCKS[kind], place
            )
        elif kind == "L":
            place = replace(place, list=place.list + 1)
            part = None
        elif kind == "LI":
            place = replace(place, kind="item", level=place.list)
            part = self.begin("item", place, label="-")
        elif kind == "BlockQuote":
            place = replace(place, kind="quote", level=place.quote + 1, quote=place.quote + 1)
            part = None
        elif kind == "Lbl" and place.kind in ("item", "note"):
            self.sign(element, place, part, depth)
            return
        before = len(part.content) if part else 0
        loose: Part | None = None
        for kid in self.kids(element):
            inner = self.inner(part, kind, kid, place)
            if inner is None and self.runs_on(kid):
                # Words that stand in no paragraph make one with those beside them.
                inner = loose = loose or self.begin(place.kind, place)
            else:
                loose = None
            self.walk(kid, place, inner, depth + 1)
        if kind == "Reference" and part is not None and len(part.content) > before:
            part.calls.append((part.content[before], -1))

    def opened(self, place: _Place) -> Part | None:
        """Return the note that has begun with its sign, and has no text yet."""
        last = self.found[-1] if self.found else None
        fresh = last is not None and last.kind == "note" and last.content == last.sign
        return last if last and fresh and last.note == place.note >= 0 else None

    def runs_on(self, kid: Any) -> bool:
        """Tell whether a child is words, or an element that stands among words (14.8.4.4)."""
        if not isinstance(kid, Dictionary) or "/S" not in kid or self.type_of(kid) in _INLINE:
            return True
        held = self.kids(kid) if self.type_of(kid) == "NonStruct" else []
        return bool(held) and all(
            not isinstance(one, Dictionary) or str(one.get("/S", ""))[1:] in {*_INLINE, ""}
            for one in held
        )

    def inner(self, part: Part | None, kind: str, kid: Any, place: _Place) -> Part | None:
        """Return the block that a child belongs to; a further paragraph of an item is one."""
        own = isinstance(kid, Dictionary) and self.type_of(kid) in ("P", "Div")
        if own and kind in ("LBody", "LI") and part and len(part.content) > len(part.sign):
            return self.begin("item", place)
        return None if own and part is not None and part.kind == "picture" else part

    def sign(self, element: Any, place: _Place, part: Part | None, depth: int) -> None:
        """Note the sign of an item or a note, which stands before its text."""
        held = Part("body")
        for kid in self.kids(element):
            self.walk(kid, place, held, depth + 1)
        target = part if part is not None else self.begin(place.kind, place)
        target.sign += held.content
        target.content = [*held.content, *target.content]

    def table(self, element: Any, place: _Place, depth: int) -> None:
        """Walk through a table: its rows, each cell a part; its caption."""
        rows = list(self.rows(element, 0))
        columns = max((sum(_span(cell) for cell in row) for row in rows), default=0)
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                page = self.pages.get(cell.Pg.objgen, place.page) if "/Pg" in cell else place.page
                inner = replace(place, kind="cell", page=page)
                for extra in range(_span(cell)):
                    part = self.begin("cell", inner, cell=(number, column + extra, columns))
                    kids = [] if extra else self.kids(cell)
                    for kid in kids:
                        self.walk(kid, inner, part, depth + 1)
                column += _span(cell)
            for rest in range(column, columns):
                self.begin("cell", place, cell=(number, rest, columns))
        for kid in self.kids(element):
            if isinstance(kid, Dictionary) and self.type_of(kid) == "Caption":
                part = self.begin("table", place)
                self.element(kid, place, part, depth + 1)

    def rows(self, element: Any, depth: int) -> Iterator[list[Any]]:
        """Yield the cells of each row of a table."""
        for kid in self.kids(element):
            kind = self.type_of(kid) if isinstance(kid, Dictionary) else ""
            if kind == "TR":
                yield [
                    cell
                    for cell in self.kids(kid)
                    if isinstance(cell, Dictionary) and self.type_of(cell) in ("TH", "TD")
                ]
            elif kind in ("THead", "TBody", "TFoot") and depth < DEEPEST:
                yield from self.rows(kid, depth + 1)


def _span(cell: Any) -> int:
    """Return over how many columns a cell goes (14.8.5.7)."""
    attributes = cell.get("/A", Dictionary())
    for one in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(one, Dictionary) and "/ColSpan" in one:
            return max(1, min(int(one.ColSpan), 50))
    return 1


def _box(element: Any, page: int) -> tuple[int, Box] | None:
    """Return the page and the box of a figure, where it says them (14.8.5.4.3)."""
    attributes = element.get("/A", Dictionary())
    for one in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(one, Dictionary) and "/BBox" in one:
            left, foot, right, head = (float(side) for side in one.BBox)
            return page, (left, foot, right, head)
    return None
