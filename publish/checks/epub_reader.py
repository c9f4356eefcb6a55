"""An EPUB read back: its files, its spine, its documents as trees.

In: an EPUB (EPUB 3.3, OCF). Out: an `Ebook`. Raises `NoEbook` for what cannot be read as one; the
text says why. Nothing of what made the EPUB is used here.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree
from msgspec import Struct

from publish.ground.zips import bomb

MOST = 2_000_000_000
"""Bytes that an e-book may unfold to: no shop takes as many."""
CONTAINER = "META-INF/container.xml"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
SVG = "{http://www.w3.org/2000/svg}"
_OPF = "{http://www.idpf.org/2007/opf}"
_OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_APART = frozenset(
    "p h1 h2 h3 h4 h5 h6 li dt dd td th caption figcaption div section aside blockquote pre br"
    " figure table tr ul ol dl details summary body nav small img".split()
)
"""Elements whose words stand apart from those beside them."""


class NoEbook(Exception):
    """What is no EPUB, or half of one; the text says why."""


class Ebook(Struct, frozen=True):
    """The files by name, the names of the documents in reading order, and that of the nav."""

    files: Mapping[str, bytes]
    trees: Mapping[str, etree._Element]
    spine: tuple[str, ...]
    nav: str
    ncx: str


def read_ebook(path: Path) -> Ebook:
    """Read an EPUB."""
    files = _files(path)
    container = _tree(files, CONTAINER)
    rootfile = container.find(f".//{_OCF}rootfile")
    package_name = rootfile.get("full-path", "") if rootfile is not None else ""
    package = _tree(files, package_name)
    items = {item.get("id", ""): item for item in package.iter(f"{_OPF}item")}
    names = {name: resolved(package_name, item.get("href", ""))[0] for name, item in items.items()}
    spine = [names.get(one.get("idref", ""), "") for one in package.iter(f"{_OPF}itemref")]
    navs = [names[one] for one, item in items.items() if "nav" in item.get("properties", "")]
    ncx = [name for name in names.values() if name.endswith(".ncx")]
    if not navs:
        raise NoEbook("it has no navigation document")
    parsed = {*spine, *navs, *ncx, *(name for name in files if name.endswith(".xhtml"))}
    trees = {name: _tree(files, name) for name in sorted(parsed)}
    trees[package_name] = package
    return Ebook(files, trees, tuple(spine), navs[0], ncx[0] if ncx else "")


def _files(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            if size := bomb(archive, MOST):
                raise NoEbook(f"it unfolds to {size / 1e6:,.0f} MB: it was made to do harm")
            return {name: archive.read(name) for name in archive.namelist() if name[-1:] != "/"}
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise NoEbook(f"its archive cannot be read ({error})") from error


def _tree(files: Mapping[str, bytes], name: str) -> etree._Element:
    if name not in files:
        raise NoEbook(f"{name or 'its package document'} is not in it")
    try:
        return etree.fromstring(files[name], _PARSER)
    except etree.XMLSyntaxError as error:
        raise NoEbook(f"{name} is no XML: {error}") from error


def resolved(base: str, href: str) -> tuple[str, str]:
    """Return the file and the fragment that a reference in the file `base` leads to."""
    parts = urlsplit(href)
    folder = posixpath.dirname(base)
    name = posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else base
    return name, unquote(parts.fragment)


def is_outward(href: str) -> bool:
    """Tell whether a reference leads out of the e-book."""
    return bool(urlsplit(href).scheme or urlsplit(href).netloc)


def elements(tree: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements of a tree, without comments and the like."""
    return (one for one in tree.iter() if isinstance(one.tag, str))


def text_of(element: etree._Element) -> str:
    """Return the words of an element that are the book's: nothing added, nothing drawn."""
    return "".join(_texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag == f"{SVG}svg":
        return
    if "added" in element.get("class", "").split():
        yield "\ufffc"
        return
    apart = element.tag.removeprefix(XHTML) in _APART
    yield " " if apart else ""
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield " " if apart else ""
