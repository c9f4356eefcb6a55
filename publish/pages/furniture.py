"""Words on pages that repeat words of elsewhere: title page, cover, imprint, contents, heads.

In: the set lines and the boxes of laid-out pages, the book and the texts of its manuscript. Out:
the lines with the places that such words come from: a key of book.toml or captions.toml, a heading.
What is made up for the page alone, a folio or “Contents”, comes from nowhere and stays so.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from publish.book.inlines import Code, Inlines, LineBreak, Text, walk_inlines
from publish.book.model import Book, Chapter, Heading
from publish.book.walking import blocks_of
from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.ground.source import SourceFile, offset_at, places_of
from publish.pages.pagemap import BLANKS, PT, Line, Origin, Piece
from publish.settings.toml import TomlDocument, placed_text, read_toml
from publish.text.composition import set_chars

Chars = list[tuple[str, int]]
"""The characters of a text, each with its offset in its file."""
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "spine-title": ("title",),
    "subtitle": ("subtitle",),
    "makers": ("contributor",),
    "publisher": ("publisher", "place", "date"),
    "description": ("description",),
    "foot-line": ("publisher", "place", "identifiers", "responsible"),
}
"""The keys of book.toml that words of a class are made of; those of the imprint are of any."""
_IMPRINT = ("title", "subtitle", "contributor", "series", "edition", "publisher", "place", "date",
            "identifiers", "nur", "deposit", "responsible", "rights")  # fmt: skip
_OF_TABLES = ("name", "organisation", "country", "number", "print", "address")
"""The keys within tables of book.toml that are printed."""
_CREDIT = ("source", "licence", "credit")
_SHORT = re.compile(r"^short\s*=\s*(?=[\"'])", re.MULTILINE)


class Copy(Struct, frozen=True):
    """A text as it is printed elsewhere too, and where its characters come from."""

    file: str
    text: str
    places: tuple[tuple[int, int], ...]
    filled: bool = False
    """Whether it is the text of a reference, and `places` where that begins and ends."""

    def origin(self) -> Origin:
        """Return it as the text of an element."""
        indices = [at for at, char in enumerate(self.text) if ord(char) not in BLANKS]
        solid = self.text.translate(BLANKS)
        return Origin(self.file, self.text, self.places, solid, indices, repeated=True,
                      filled=self.filled)  # fmt: skip


def furnished(
    pages: Pages, lines: Iterable[Line], book: Book, sources: Mapping[str, SourceFile]
) -> list[Line]:
    """Return the lines, those that repeat words with their places, and the running heads."""
    known = _Copies(book, sources)
    made = [dataclasses.replace(line, pieces=tuple(known.pieces(line))) for line in lines]
    return [*made, *_heads(pages, known)]


def _heads(pages: Pages, known: _Copies) -> Iterator[Line]:
    """Yield the lines of running heads; of two chapters with one title the last one begun."""
    begun = {one.solid: one for one in known.title}
    for number, page in enumerate(pages.boxes, 1):
        for box in page.descendants():
            element = box.element
            if element is not None and (chapter := known.titled.get(element.get("id", ""))):
                head = known.head(chapter)
                begun[head.solid] = head
        for margin in (one for one in page.children if one.kind == "margin"):
            lines = [box for box in margin.descendants() if box.kind == "line"]
            said = ["".join(one.text for one in _texts(line)) for line in lines]
            solid = "".join(said).translate(BLANKS)
            if solid in begun:
                yield from _head(number, begun[solid], list(zip(lines, said, strict=True)))


def _head(page: int, origin: Origin, lines: Sequence[tuple[Box, str]]) -> Iterator[Line]:
    at = 0
    for line, said in lines:
        left, top, width, height = (
            side * PT for side in (line.left, line.top, line.width, line.height)
        )
        end = at + len(said.translate(BLANKS))
        pieces = (Piece(origin, at, end, left, width, again=False),)
        yield Line(page, "apart", 0, left, top, width, height, said, pieces, False, 0.0)
        at = end


def _texts(line: Box) -> list[Box]:
    return [one for one in line.descendants() if one.kind == "text"]


@dataclass(slots=True)
class _Copies:
    """What the words of a book may repeat, found where they are printed."""

    book: Book
    sources: Mapping[str, SourceFile]
    titled: dict[str, Chapter] = field(init=False)
    title: list[Origin] = field(init=False)
    _settings: dict[str, list[Copy]] = field(init=False)
    _headings: dict[str, Copy] = field(init=False)
    _credits: dict[str, list[Copy]] = field(init=False)
    _known: dict[int, tuple[Origin, list[tuple[int, Origin]]]] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read the texts."""
        book, sources = self.book, self.sources
        self._settings = dict(_values(sources.get("book.toml"), book.settings.language, _OF_TABLES))
        self.title = [one.origin() for one in self._settings.get("title", ())]
        self._headings, self.titled = {}, {}
        for chapter in book.chapters:
            if chapter.title:
                self.titled[chapter.title.attrs.id] = chapter
            for block in blocks_of(chapter):
                if isinstance(block, Heading) and block.attrs.id:
                    made = _heading(chapter.file, block.inlines)
                    self._headings[block.attrs.id] = made
        self._credits = {}
        captions = sources.get("captions.toml")
        for name, copies in _values(captions, book.settings.language, _CREDIT):
            if name in book.photos:
                self._credits[book.photos[name].worded.place] = copies

    def head(self, chapter: Chapter) -> Origin:
        """Return what is the running head of a chapter."""
        assert chapter.title
        source = self.sources.get(chapter.file)
        if chapter.short and source and (key := _SHORT.search(source.text)):
            at = source.text.find(chapter.short, key.end())
            if at >= 0:
                return Copy(chapter.file, chapter.short, ((0, at),)).origin()
        return self._headings[chapter.title.attrs.id].origin()

    def pieces(self, line: Line) -> Iterator[Piece]:
        """Yield the pieces of a line, those without a place parted into what they repeat."""
        for piece in line.pieces:
            if piece.origin.places or line.raw is not None:
                yield piece
                continue
            for at, origin in self._parts(line, piece.origin):
                first, last = max(piece.first, at), min(piece.last, at + len(origin.solid))
                if first < last:
                    yield replace(piece, origin=origin, first=first - at, last=last - at)

    def _parts(self, line: Line, origin: Origin) -> list[tuple[int, Origin]]:
        """Return where in the text of an element stand texts that it repeats."""
        if id(origin) not in self._known:
            found: list[tuple[int, Origin]] = []
            wanted, ordered = self._wanted(line, origin)
            for copy in wanted:
                one = copy.origin()
                taken = [(at, at + len(known.solid)) for at, known in found]
                at = _whole(origin, one.solid, taken)
                if at >= 0:
                    found.append((at, one))
                    if ordered:
                        self._used.add(id(copy))
            self._known[id(origin)] = (origin, sorted(found, key=lambda one: one[0]))
        return self._known[id(origin)][1]

    def _filled(self, place: str, text: str) -> Copy:
        """Return the words of a reference as of its place, written as its offset and its file."""
        offset, _, file = place.partition("|")
        start = int(offset)
        end = self.sources[file].text.find(")", start) + 1
        return Copy(file, text, ((0, start), (len(text), end)), filled=True)

    def _wanted(self, line: Line, origin: Origin) -> tuple[Sequence[Copy], bool]:
        """Return the texts that an element may repeat, and whether each stands there once.

        The imprint may name one body twice: as a maker first, then as who answers for it.
        """
        element, block = origin.element, line.block
        if element is not None and (place := element.get("data-filled")):
            return [self._filled(place, origin.text)], False
        if element is not None and element.tag == "a":
            known = self._headings.get((element.get("href") or "").removeprefix("#"))
            return [known] if known else [], False
        if line.area == "figure" and block is not None:
            return self._credits.get(block.get("data-block") or "", []), False
        names = (block.get("class") or "").split() if block is not None else []
        if block is None or block.tag != "p" or "added" not in names:
            return [], False
        if keys := _SECTIONS.get(names[0]):
            listed = [one for key in keys for one in self._settings.get(key, ())]
            return sorted(listed, key=lambda one: -len(one.text)), False
        listed = [one for key in _IMPRINT for one in self._settings.get(key, ())]
        return [one for one in listed if id(one) not in self._used], True


def _whole(origin: Origin, solid: str, taken: Sequence[tuple[int, int]]) -> int:
    """Return where a text stands in that of an element, and neither in a word nor in what is taken.

    -1 for nowhere.
    """
    at = origin.solid.find(solid) if solid else -1
    while at >= 0:
        end = at + len(solid)
        first, last = origin.indices[at], origin.indices[end - 1]
        edges = origin.text[max(first - 1, 0) : first] + origin.text[last + 1 : last + 2]
        free = all(end <= low or high <= at for low, high in taken)
        if free and not any(char.isalnum() for char in edges):
            return at
        at = origin.solid.find(solid, at + 1)
    return -1


def _heading(file: str, inlines: Inlines) -> Copy:
    chars: Chars = []
    for inline in walk_inlines(inlines):
        if isinstance(inline, Text | Code) and inline.places:
            chars += [(char, offset_at(inline.places, at)) for at, char in enumerate(inline.value)]
        elif chars and isinstance(inline, LineBreak | Text | Code):
            value = " " if isinstance(inline, LineBreak) else inline.value
            chars += [(char, chars[-1][1]) for char in value]
    return _copy(file, chars)


def _values(
    source: SourceFile | None, language: str, inner: Sequence[str]
) -> Iterator[tuple[str, list[Copy]]]:
    """Yield the first name of each key and its text, or those of its `inner` keys."""
    document = read_toml(source)[0] if source else None
    if source is None or document is None:
        return
    found: dict[str, list[Copy]] = {}
    for path in document.cells:
        if len(path) == 1 or path[-1] in inner:
            found.setdefault(str(path[0]), []).extend(_value(source, document, path, language))
    yield from found.items()


def _value(
    source: SourceFile, document: TomlDocument, path: tuple[str | int, ...], language: str
) -> Iterator[Copy]:
    span = document.value(path)
    chars = placed_text(source, span)
    if path[0] == "identifiers":
        chars = [one for one in chars if one[0] not in "- "]
    if not chars:
        # A date is printed as its year, a number as it is.
        written = source.text[span.start : span.end]
        year = re.match(r"\d{4}(?=-)", written)
        bare = year[0] if year else written if written.isdecimal() else ""
        chars = [(char, span.start + at) for at, char in enumerate(bare)]
    for one in set_chars(chars, language):
        yield Copy(source.path, one.value, one.places)


def _copy(file: str, chars: Chars) -> Copy:
    return Copy(file, "".join(char for char, _ in chars), places_of([at for _, at in chars]))
