"""A PDF → the words and pictures that are compared.

In: a PDF. Out: a `Document`, its pages the pages of the PDF. Only what stands within the trim is
read, and of it not the running heads and folios: they change with every line that moves. The
numbers of pages in contents and index are told apart, as they do too.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import Any, NamedTuple

from msgspec.structs import replace
from PIL.Image import Image

from publish.comparing.drawings import drawings, letters_of, on_page
from publish.comparing.model import Document, Line, Picture, Token, tokens_of

_BROKEN = "\ufffe"
"""How pdfium gives a hyphen-minus at the end of a line; U+2010 there is put as that."""
_EDGE = 0.11
"""The share of a page's height in which heads and folios stand, above and below."""
_OFTEN = 3
"""A line at the edge that is met on so many pages, figures aside, is a running head."""
_NUMBER = r"(?:\d+|[ivxlc]+)(?:[–-]\d+)?"
_REFERRING = (
    re.compile(rf"{_NUMBER}(?=\s)"),
    re.compile(rf"\S.*?(?<!\S)({_NUMBER}(?:,\s{_NUMBER})*)\Z"),
)
"""What a line of the contents begins with, or what it and one of an index end with."""
_DEEP = 6
"""Forms within forms that are looked into."""
_LISTED = 1 / 3
"""The share of the lines of a page of contents or index that end so, at the least."""


def read_pdf(data: bytes) -> Document:
    """Return the words and pictures of a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        drawn = [page.get_textpage() for page in pdf]
        texts = [_trimmed(*one) for one in zip(pdf, drawn, strict=True)]
        edges = [[*_edges(page, *one)] for page, *one in zip(pdf, drawn, texts, strict=True)]
        usual = _usual(drawn, texts)
        # A head is no larger than the text: what is stands there as a title.
        said = (edge.said for there in edges for edge in there)
        counted = Counter(one for one in said if one[1] <= usual)
        heads = frozenset(one for one, count in counted.items() if count >= _OFTEN)
        texts = [_shown(*one, heads) for one in zip(texts, edges, strict=True)]
        labels = tuple(pdf.get_page_label(at) for at in range(len(pdf)))
        names = names_of(labels)
        labels = labels if any(labels) else names
        pieces = [
            piece
            for number, text in enumerate(texts)
            for token in _words(text, number, {*labels}, edges[number])
            for piece in _pieces(token, text, drawn[number])
        ]
        tokens = tuple(_joined(pieces))
        pictures = [
            one for at, page in enumerate(pdf) for one in _pictures(data, page, drawn[at], at)
        ]
    return Document("pdf", names, tokens, tuple(pictures), labels, heads)


def names_of(labels: Sequence[str]) -> tuple[str, ...]:
    """Return what pages are called: as they are labelled, or by number where no page is.

    One without a label, or with that of another page, is told apart by its number in the file.
    """
    counts = Counter(labels)
    return tuple(
        str(at) if not any(labels) else one if one and counts[one] == 1 else f"{one} ({at})".strip()
        for at, one in enumerate(labels, 1)
    )


def _trimmed(page: Any, drawn: Any) -> str:
    """Return the text of a page, what begins outside the trim blanked."""
    text = re.sub(r"\u2010(?=[\r\n]|\Z)", _BROKEN, drawn.get_text_range())
    left, foot, right, head = page.get_trimbox()
    kept = [*text]
    for found in re.finditer(rf"[^\s{_BROKEN}]+", text):
        low = drawn.get_charbox(found.start())
        middle = (low[0] + low[2]) / 2, (low[1] + low[3]) / 2
        if not (left <= middle[0] <= right and foot <= middle[1] <= head):
            kept[found.start() : found.end()] = " " * len(found[0])
    return "".join(kept)


def _words(text: str, page: int, labels: set[str], edges: Sequence[_Edge]) -> Iterator[Token]:
    """Yield the words of a page, and of contents and index which are numbers of pages."""
    lines = [*re.finditer(r"[^\r\n]*\S", text)]
    refers = set[int]()
    for pattern in _REFERRING:
        ends = [found for line in lines if (found := pattern.match(text, *line.span()))]
        spans = [found.span(len(found.groups())) for found in ends]
        spans = [one for one in spans if {*re.findall(r"\w+", text[slice(*one)])} <= labels]
        if len(spans) > 1 and len(spans) >= _LISTED * len(lines):
            refers |= {at for span in spans for at in range(*span)}
    for token in tokens_of(text, page):
        line = next((one.said for one in edges if one.start <= token.start < one.end), None)
        yield replace(token, refers=token.start in refers, line=line)


def _pieces(token: Token, text: str, drawn: Any) -> Iterator[Token]:
    """Yield a word with its size.

    What follows in other type on a hyphen is another word, and so is the number of a note.
    """
    start = token.start
    for found in re.finditer(rf"{_BROKEN}(?=.)|(?<=\D)(?=\d+\Z)", text[token.start : token.end]):
        at = token.start + found.end()
        if _size(drawn, at) != _size(drawn, start):
            yield _piece(token, start, at, text, drawn)
            start = at
    if start < token.end:
        yield _piece(token, start, token.end, text, drawn)


def _piece(token: Token, start: int, end: int, text: str, drawn: Any) -> Token:
    said = text[start:end].replace("\u00ad", "")
    left, _, _, top = drawn.get_charbox(start, loose=True)
    size = _size(drawn, start)
    return replace(token, text=said, start=start, end=end, size=size, left=left, top=top)


def _joined(pieces: Iterable[Token]) -> list[Token]:
    """Return words, the rest of one that a page ends within given to it.

    That is the next one in the same type, wherever it is painted.
    """
    waiting: dict[float, int] = {}
    made: list[Token] = []
    for one in pieces:
        whole = replace(one, text=one.text.replace(_BROKEN, ""), broken=_BROKEN in one.text)
        if (at := waiting.pop(one.size, None)) is not None:
            made[at] = replace(made[at], text=made[at].text + whole.text)
        else:
            at = len(made)
            made.append(whole)
        if one.text.endswith(_BROKEN):
            waiting[one.size] = at
    return made


class _Edge(NamedTuple):
    """A line at the edge of a page: where it stands in its text, what it says, and in what size."""

    start: int
    end: int
    said: Line


def _edges(page: Any, drawn: Any, text: str) -> Iterator[_Edge]:
    """Yield the lines near the upper and the lower edge of a page, figures in them masked."""
    _, foot, _, head = page.get_trimbox()
    edge = (head - foot) * _EDGE
    # What is painted after a hyphen is taken for the rest of its word, be it a running head.
    for found in re.finditer(rf"[^\r\n{_BROKEN}]+", text):
        first = found.start() + len(found[0]) - len(found[0].lstrip())
        if first < found.end():
            _, low, _, high = drawn.get_charbox(first)
            if high > head - edge or low < foot + edge:
                said = re.sub(r"\d+|\b[ivxlc]+\b", "#", " ".join(found[0].split()))
                yield _Edge(*found.span(), (said, _size(drawn, first)))


def _usual(drawn: Sequence[Any], texts: Sequence[str]) -> float:
    """Return the size of most words, in pt."""
    sizes = Counter(
        _size(one, found.start())
        for one, text in zip(drawn, texts, strict=True)
        for found in re.finditer(r"\w{5,}", text)
    )
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _size(drawn: Any, at: int) -> float:
    """Return the size of the type of a character, in pt."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(drawn, at, matrix)
    return round(abs(float(raw.FPDFText_GetFontSize(drawn, at)) * float(matrix.d)), 1)


def _shown(text: str, edges: Iterable[_Edge], heads: Set[Line]) -> str:
    """Return the text of a page with running heads and folios blanked."""
    for start, end, said in edges:
        if said in heads or set(said[0]) <= {"#", " "}:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _pictures(data: bytes, page: Any, drawn: Any, number: int) -> Iterator[Picture]:
    """Yield the pictures of a page in the order of painting."""
    import pypdfium2.raw as raw

    objects = [*enumerate(_objects(page, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH))]
    images, paths = (
        [(at, one) for at, one in objects if one.type == kind]
        for kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH)
    )
    found = [(at, _image(data, one, number, nth)) for nth, (at, one) in enumerate(images)]
    for at, area, digest in drawings(page, paths, lambda: letters_of(drawn)):
        found.append((at, Picture(number, 0, "", digest, lambda: None, area)))
    yield from (one for _, one in sorted(found, key=lambda each: each[0]))


def _image(data: bytes, image: Any, number: int, nth: int) -> Picture:
    """Return a picture that is made of pixels, the `nth` of them on its page."""
    digest = hashlib.sha256(repr(image.get_px_size()).encode())
    digest.update(bytes(image.get_data()))
    pixels = _decoding(data, number, nth)
    return Picture(number, 0, "", digest.hexdigest(), pixels, on_page(image, image.get_bounds()))


def _objects(page: Any, *kinds: int) -> Iterator[Any]:
    yield from page.get_objects(filter=[*kinds], max_depth=_DEEP)


def _decoding(data: bytes, number: int, at: int) -> Callable[[], Image]:
    """Return what decodes a picture once it must be looked at."""

    def pixels() -> Image:
        import pypdfium2
        import pypdfium2.raw as raw

        with pypdfium2.PdfDocument(data) as pdf:
            # The bitmap is pdfium's own, and goes with the document.
            return [*_objects(pdf[number], raw.FPDF_PAGEOBJ_IMAGE)][at].get_bitmap().to_pil().copy()  # type: ignore[no-any-return]

    return pixels
