"""An e-book or a manuscript → the words and pictures that are compared.

In: an EPUB, or the folder of a manuscript. Out: a `Document`, its pages the documents of the
e-book, in their order, or the files of the manuscript: `book.toml` and `captions.toml` are among
them. A picture stands where the text has it; one that it has nowhere, on a page of its own kind.
Raises `NotComparable` for a folder without a manuscript that can be read.
"""

from __future__ import annotations

import copy
import hashlib
import re
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import Image

from publish.checks.epub_reader import OPS, SVG, XHTML, Ebook, read_ebook, resolved, text_of
from publish.comparing.model import Document, NotComparable, Picture, Token, tokens_of
from publish.ground.root import BookRoot
from publish.manuscript.folder import read_manuscript

PHOTOS = "photos"
"""The folder of a manuscript's pictures, and the page of those that its text does not place."""
_HERE = "\ue000"
"""Stands, with its number, for a picture in the text of a document."""
_HREF = "{http://www.w3.org/1999/xlink}href"
_PLACED = re.compile(r"!\[[^\]]*\]\(([^()\s]+)\)")


def read_epub(path: Path) -> Document:
    """Return the words and pictures of an e-book."""
    book = read_ebook(path)
    tokens: list[Token] = []
    pictures: list[Picture] = []
    for number, name in enumerate(book.spine):
        text, stored = _text(book, name)
        for token in tokens_of(text, number):
            if token.text.startswith(_HERE):
                title, data = stored[int(token.text[1:])]
                pictures.append(_picture(number, len(tokens), title, data))
            else:
                tokens.append(token)
    names = tuple(name.rpartition("/")[2] for name in book.spine)
    return Document("epub", names, tuple(tokens), tuple(pictures))


def _text(book: Ebook, name: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the text of a document, marks for its pictures in it, and these by number."""
    tree = copy.deepcopy(book.trees[name])
    for nav in [*tree.iter(f"{XHTML}nav")]:
        if nav.get(f"{OPS}type") == "page-list" and (parent := nav.getparent()) is not None:
            parent.remove(nav)
    stored: list[tuple[str, bytes]] = []
    for element in [*tree.iter(f"{XHTML}img", f"{SVG}svg", f"{SVG}image")]:
        target = element.get("src", "") or element.get(_HREF, "")
        if element.tag == f"{SVG}svg":
            if element.find(f".//{SVG}image") is None:
                _mark(element, len(stored))
                stored.append(("", etree.tostring(element, with_tail=False)))
            continue
        file = resolved(name, target)[0]
        outer = next(element.iterancestors(f"{SVG}svg"), element)
        _mark(outer, len(stored))
        stored.append((file.rpartition("/")[2], book.files.get(file, target.encode())))
    return text_of(tree).replace("\ufffc", " "), stored


def _mark(element: etree._Element, number: int) -> None:
    element.tail = f" {_HERE}{number} {element.tail or ''}"


def read_folder(folder: Path) -> Document:
    """Return the words and pictures of a manuscript."""
    read = read_manuscript(folder)
    if read.book is None:
        raise NotComparable(
            f"{folder} holds no manuscript that can be read: katern check {folder} tells why"
        )
    names = sorted(read.sources)
    tokens = [
        token
        for number, name in enumerate(names)
        for token in tokens_of(read.sources[name].text, number)
    ]
    root = BookRoot(folder)
    files = {photo.id: photo.file for photo in read.book.photos.values()}
    texts = [read.sources[name].text for name in names]
    pictures = [*_in_text(root, texts, tokens, files)]
    placed = {one.name for one in pictures}
    pictures += [
        _picture(len(names), len(tokens), file, root.read(PHOTOS, file))
        for file in root.files(PHOTOS)
        if file not in placed
    ]
    return Document("manuscript", (*names, PHOTOS), tuple(tokens), tuple(pictures))


def _in_text(
    root: BookRoot, texts: list[str], tokens: list[Token], files: Mapping[str, str]
) -> Iterator[Picture]:
    """Yield the pictures that the text places."""
    places = [(one.page, one.start) for one in tokens]
    for number, text in enumerate(texts):
        for found in _PLACED.finditer(text):
            file = files.get(found[1], "")
            if file and root.has(PHOTOS, file):
                at = bisect_left(places, (number, found.start()))
                yield _picture(number, at, file, root.read(PHOTOS, file))


def _picture(page: int, at: int, name: str, data: bytes) -> Picture:
    return Picture(page, at, name, hashlib.sha256(data).hexdigest(), _decoding(data))


def _decoding(data: bytes) -> Callable[[], Image.Image | None]:
    """Return what decodes a picture once it must be looked at; a drawing has no pixels."""

    def pixels() -> Image.Image | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image = Image.open(BytesIO(data))
                image.load()
                return image
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None

    return pixels
