"""A PDF, an e-book or a manuscript → the words and pictures that are compared.

In: a path. Out: a `Document`. Raises `NotComparable` for what is none of the three. The page of a
PDF is a page, that of an e-book a document, that of a manuscript a file. Running heads and folios
are left out: they change with every line that moves.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, UnidentifiedImageError

from publish.checks.epub_reader import NoEbook, read_ebook, text_of
from publish.checks.pdf_reader import NoPdf, reading
from publish.comparing.model import Document, Picture, Token
from publish.manuscript import read_manuscript

_BROKEN = "\ufffe"
"""How pdfium gives a hyphen at the end of a line."""
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg")
_WORD = re.compile(r"\S+")
_EDGE = 0.11
"""The share of a page's height in which heads and folios stand, above and below."""
_SMALLER = 0.4
"""In pt: type that is so much smaller than the text is that of notes and captions."""
_OFTEN = 3
"""A line at the edge that is met on so many pages, figures aside, is a running head."""


class NotComparable(Exception):
    """What cannot be compared, and why."""


def document_of(path: Path) -> Document:
    """Read one side of a comparison."""
    if not path.exists():
        raise NotComparable(f"{path} is not there")
    try:
        if path.is_dir():
            return _manuscript(path)
        if path.suffix.lower() == ".epub":
            return _epub(path)
        if path.suffix.lower() == ".pdf":
            with reading(path):
                return _pdf(path)
    except (NoPdf, NoEbook) as error:
        raise NotComparable(f"{path}: {error}") from error
    raise NotComparable(f"{path} is no PDF, no EPUB and no folder of a manuscript")


def _tokens(text: str, page: int) -> Iterator[Token]:
    for found in _WORD.finditer(text):
        said = found[0].replace("\u00ad", "")
        broken = _BROKEN in said
        yield Token(said.replace(_BROKEN, ""), page, found.start(), found.end(), broken)


# PDF ---------------------------------------------------------------------------------------------


def _pdf(path: Path) -> Document:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        drawn = [page.get_textpage() for page in pdf]
        texts = [one.get_text_range() for one in drawn]
        edges = [[*_edges(page, *one)] for page, *one in zip(pdf, drawn, texts, strict=True)]
        usual = _usual(drawn, texts)
        # A head is no larger than the text: what is stands there as a title.
        said = (edge.said for there in edges for edge in there)
        heads = Counter(one for one in said if one[1] <= usual)
        texts = [_shown(*one, heads) for one in zip(texts, edges, strict=True)]
        pages = [[*_tokens(text, number)] for number, text in enumerate(texts)]
        for number in range(len(pages) - 1):
            _join(pages[number], pages[number + 1], texts[number])
        every = (token for one in pages for token in one)
        sized = ((token, _size(drawn[token.page], token.start)) for token in every)
        tokens = _by_size(sized, usual - _SMALLER)
        names = tuple(pdf.get_page_label(at) or str(at + 1) for at in range(len(pdf)))
        pictures = [one for at, page in enumerate(pdf) for one in _images(page, at)]
    return Document("pdf", names, tuple(tokens), tuple(pictures))


class _Edge(NamedTuple):
    """A line at the edge of a page: where it stands in its text, what it says, and in what size."""

    start: int
    end: int
    said: tuple[str, float]


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


def _by_size(tokens: Iterable[tuple[Token, float]], least: float) -> list[Token]:
    """Return words, those in smaller type last.

    Notes and captions come elsewhere among the text with every line that moves.
    """
    every = list(tokens)
    small = [one for one, size in every if size < least]
    return [*(one for one, size in every if size >= least), *small]


def _size(drawn: Any, at: int) -> float:
    """Return the size of the type of a character, in pt."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(drawn, at, matrix)
    return round(abs(float(raw.FPDFText_GetFontSize(drawn, at)) * float(matrix.d)), 1)


def _shown(text: str, edges: Iterable[_Edge], heads: Counter[tuple[str, float]]) -> str:
    """Return the text of a page with running heads, folios and slug lines blanked."""
    for start, end, said in edges:
        if heads[said] >= _OFTEN or set(said[0]) <= {"#", " "}:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _join(page: list[Token], after: list[Token], text: str) -> None:
    """Give a page the rest of a word that it ends within, which stands on the page after it."""
    for at in range(len(page) - 1, -1, -1):
        if text[page[at].end - 1] == _BROKEN and after:
            page[at] = replace(page[at], text=page[at].text + after.pop(0).text)
            return


def _images(page: Any, number: int) -> Iterator[Picture]:
    import pypdfium2.raw as raw

    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=6):
        image = found.get_bitmap().to_pil()
        yield Picture(number, hashlib.sha256(image.tobytes()).hexdigest(), look_of(image))


def look_of(image: Image.Image) -> int:
    """Return 64 bits of how a picture looks: where it gets lighter from left to right.

    (The difference hash of N. Krawetz, “Kind of Like That”, 2013.)
    """
    small = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    rows = small.tobytes()
    bits = (rows[9 * y + x] < rows[9 * y + x + 1] for y in range(8) for x in range(8))
    return sum(bit << at for at, bit in enumerate(bits))


# E-book and manuscript ---------------------------------------------------------------------------


def _epub(path: Path) -> Document:
    book = read_ebook(path)
    tokens = [
        token
        for number, name in enumerate(book.spine)
        for token in _tokens(text_of(book.trees[name]).replace("\ufffc", " "), number)
    ]
    stored = sorted(name for name in book.files if name.lower().endswith(_PICTURES))
    pictures = [_stored(book.files[name], 0) for name in stored]
    names = tuple(name.rpartition("/")[2] for name in book.spine)
    return Document("epub", names, tuple(tokens), tuple(pictures))


def _manuscript(folder: Path) -> Document:
    read = read_manuscript(folder)
    if read.book is None:
        raise NotComparable(f"{folder} holds no manuscript that can be read")
    names = [name for name in sorted(read.sources) if name != "book.toml"]
    tokens = [
        token
        for number, name in enumerate(names)
        for token in _tokens(read.sources[name].text, number)
    ]
    files = sorted((folder / "photos").glob("*"))
    pictures = [_stored(file.read_bytes(), 0) for file in files if file.is_file()]
    return Document("manuscript", tuple(names), tuple(tokens), tuple(pictures))


def _stored(data: bytes, page: int) -> Picture:
    """Return a picture as it is stored; a drawing looks like itself alone."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            look = look_of(Image.open(BytesIO(data)))
    except (UnidentifiedImageError, OSError):
        look = int(digest[:16], 16)
    return Picture(page, digest, look)
