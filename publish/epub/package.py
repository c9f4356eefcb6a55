"""The documents, pictures, fonts and style of a book → EPUB. The only import of ebooklib.

In: the `Book` of the EPUB edition, its pictures, its cover, one style sheet, font files. Out: the
bytes of the EPUB (EPUB 3.3). ebooklib writes the package document and nothing else of substance:
its own documents are parsed and printed anew on their way, its entries bear the current time and
its identifiers chance, so every document here is a plain item with our bytes, and the archive ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ebooklib import epub

from publish.book.model import Book
from publish.epub.access import access_of
from publish.epub.documents import Document, content_documents, cover_name, safe_names
from publish.epub.frames import NAV, NCX, STYLE
from publish.epub.markup import IMAGES
from publish.epub.metadata import Row, metadata
from publish.epub.page_list import PageList
from publish.ground.container import ocf
from publish.ground.wording import direction
from publish.pictures.photos import Asset

FONTS = "fonts/"
XHTML = "application/xhtml+xml"
PREFIXES = {"tdm": "http://www.w3.org/ns/tdmrep#"}
"""The vocabularies of the metadata that EPUB 3.3 reserves no prefix for."""
_FONT_TYPES = {
    "otf": "font/otf",
    "ttf": "font/ttf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "txt": "text/plain",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class _Files(list[tuple[str, bytes]]):
    """Stands where ebooklib's writer expects a ZIP archive; keeps what is written."""

    def writestr(self, name: str, data: str | bytes) -> None:
        """Keep a file."""
        self.append((name, data.encode("utf-8") if isinstance(data, str) else data))


class _Writer(epub.EpubWriter):
    """Writes a package into `_Files`."""

    def write(self) -> None:
        """Write container.xml, the package document and the items, in this order."""
        self.out = _Files()
        self._write_container()
        self._write_opf()
        self._write_items()

    def _write_opf_file(self, root: Any) -> None:
        """Write the package document with its language and the prefixes that are not reserved."""
        root.set(_LANGUAGE, self.book.language)
        root.attrib.pop("prefix", None)
        used = {
            name.partition(":")[0] for one in root.iter("meta") if (name := one.get("property"))
        }
        if prefixes := [f"{name}: {PREFIXES[name]}" for name in sorted(used & PREFIXES.keys())]:
            root.set("prefix", " ".join(prefixes))
        super()._write_opf_file(root)


def make_epub(
    book: Book,
    pictures: Mapping[str, Asset],
    cover: Asset | None,
    stylesheet: str,
    fonts: Sequence[tuple[str, bytes]],
    pages: PageList | None = None,
    edition: str = "epub",
) -> bytes:
    """Return a book as EPUB.

    Args:
        book: the book as the EPUB edition shows it.
        pictures: by photo id, what `photos.epub_picture` made; one that is missing is set as a
            plate.
        cover: the cover for the shops, if the book has one.
        stylesheet: the CSS; it stands in `style/`, the fonts beside it in `fonts/`.
        fonts: file name and bytes of each font.
        pages: the pages of the print edition, where they are marked in the book.
        edition: the edition whose identifier it bears.
    """
    settings = book.settings
    pictures = safely_named(pictures, cover)
    identifier = settings.identifier(edition)
    documents = content_documents(book, pictures, cover, pages, identifier)
    known = access_of(documents.spine, stylesheet, settings.language)
    rows = metadata(book, known, pages, signed=edition == "epub")
    package = _package(book, identifier, rows)
    for item in _items(documents.spine):
        package.add_item(item)
        package.spine.append(item)
    package.add_item(epub.EpubItem("ncx", NCX, "application/x-dtbncx+xml", documents.ncx))
    package.add_item(epub.EpubItem("style", STYLE, "text/css", stylesheet.encode("utf-8")))
    for number, (file, data) in enumerate(fonts, 1):
        kind = _FONT_TYPES[file.rpartition(".")[2].lower()]
        package.add_item(epub.EpubItem(f"font-{number}", FONTS + file, kind, data))
    if cover:
        item = _picture("cover-image", _renamed(cover, cover_name(cover)))
        item.properties = ["cover-image"]
        # How EPUB 2 said it, for reading systems and shops that still look there.
        package.add_metadata(None, "meta", "", {"name": "cover", "content": item.id})
        package.add_item(item)
    shown = [asset for name, asset in pictures.items() if name in documents.linked]
    for number, asset in enumerate(shown, 1):
        package.add_item(_picture(f"image-{number}", asset))
    writer = _Writer("", package, {"mtime": settings.modified})
    writer.write()
    return ocf(writer.out, settings.modified)


def safely_named(pictures: Mapping[str, Asset], cover: Asset | None) -> dict[str, Asset]:
    """Return pictures by the names that their files have in the e-book, beside its cover's."""
    taken = [cover_name(cover)] if cover else []
    named = safe_names((asset.name for asset in pictures.values()), taken)
    return {
        name: _renamed(asset, file)
        for (name, asset), file in zip(pictures.items(), named, strict=True)
    }


def _renamed(asset: Asset, name: str) -> Asset:
    return Asset(name, asset.media_type, asset.data, asset.width_px, asset.height_px)


def _package(book: Book, identifier: str, rows: Sequence[Row]) -> Any:
    """Return an empty package with its metadata."""
    package = epub.EpubBook()
    package.metadata.clear()
    package.IDENTIFIER_ID = "identifier"
    package.language = book.settings.language
    if direction(book.settings.language) == "rtl":
        package.set_direction("rtl")
    package.set_identifier(identifier)
    for row in rows:
        namespace, name = ("DC", row.name[3:]) if row.name.startswith("dc:") else (None, row.name)
        package.add_metadata(namespace, name, row.value, dict(row.attributes))
    return package


def _items(spine: Sequence[Document]) -> Iterator[Any]:
    """Yield the content documents as plain items."""
    for number, document in enumerate(spine, 1):
        name = "nav" if document.file == NAV else f"text-{number}"
        item = epub.EpubItem(name, document.file, XHTML, document.data)
        item.properties = list(document.properties)
        yield item


def _picture(name: str, asset: Asset) -> Any:
    return epub.EpubItem(name, IMAGES + asset.name, asset.media_type, asset.data)
