"""Outputs read back into plain facts, with nothing of the toolchain's own code."""

from __future__ import annotations

import posixpath
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import etree

_WORD = re.compile(r"\w+")
_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
_SPACES = {
    "h": _XHTML,
    "o": "http://www.idpf.org/2007/opf",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "s": "http://www.w3.org/2000/svg",
}
_TYPE = f"{{{_OPS}}}type"
_UNREAD = {f"{{{_XHTML}}}{name}" for name in ("head", "script", "style")} | {
    f"{{{_SPACES['s']}}}svg"
}


def words_in(text: str) -> list[str]:
    """Return the words of a text: runs of letters and figures, whatever signs stand around them."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


# EPUB ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meta:
    """An element of the package's metadata."""

    name: str
    value: str
    attributes: dict[str, str]


@dataclass(frozen=True)
class Item:
    """A file of the manifest."""

    id: str
    file: str
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A link: the text it shows, its address, what it says of itself."""

    text: str
    href: str
    id: str = ""
    type: str = ""
    role: str = ""
    label: str = ""


@dataclass(frozen=True)
class Image:
    """An img; `alt` is None where it has none."""

    src: str
    alt: str | None
    role: str
    details: str


@dataclass(frozen=True)
class Note:
    """A footnote: its words and the addresses of its ways back."""

    id: str
    words: tuple[str, ...]
    back: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A content document."""

    file: str
    title: str
    language: tuple[str, str]
    direction: str
    division: str
    section: tuple[str, str, str]
    ids: tuple[str, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    notes: tuple[Note, ...]
    words: tuple[str, ...]
    sheets: tuple[str, ...]
    root: etree._Element

    def first(self, path: str) -> etree._Element:
        """Return the first element of an XPath, in which `h:` is XHTML and `s:` is SVG."""
        found = self.all(path)
        assert found, f"{self.file} has no {path}"
        return found[0]

    def all(self, path: str) -> list[etree._Element]:
        """Return all elements of an XPath."""
        found: Any = self.root.xpath(path, namespaces=_SPACES)
        return list(found)


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    title: str
    href: str
    children: tuple[Entry, ...]


@dataclass(frozen=True)
class Epub:
    """All that the tests ask of an EPUB."""

    entries: tuple[zipfile.ZipInfo, ...]
    files: dict[str, bytes]
    package: str
    package_attributes: dict[str, str]
    spine_attributes: dict[str, str]
    metadata: tuple[Meta, ...]
    manifest: tuple[Item, ...]
    spine: tuple[Page, ...]
    contents: tuple[Entry, ...]
    landmarks: tuple[Link, ...]
    ncx: tuple[Entry, ...]

    def page(self, file: str) -> Page:
        """Return a content document by its file."""
        return next(page for page in self.spine if page.file == file)

    def meta(self, name: str) -> list[str]:
        """Return the values of `dc:…`, or of a meta by its property."""
        return [
            one.value
            for one in self.metadata
            if name == one.name or (one.name == "meta" and one.attributes.get("property") == name)
        ]

    def refined(self, meta: Meta) -> dict[str, str]:
        """Return what refines an element of the metadata, by property."""
        target = f"#{meta.attributes['id']}"
        return {
            one.attributes["property"]: one.value
            for one in self.metadata
            if one.attributes.get("refines") == target
        }

    def faults(self) -> list[str]:
        """Return ids that stand twice and addresses that lead nowhere, in any file."""
        found = []
        places = {page.file: set(page.ids) for page in self.spine}
        for page in self.spine:
            found += [f"{page.file}: id {name} twice" for name in _twice(page.ids)]
            addresses = [link.href for link in page.links] + [one.src for one in page.images]
            addresses += page.sheets
            addresses += [f"#{name}" for one in page.images for name in one.details.split()]
            found += [
                f"{page.file}: {address}"
                for address in addresses
                if not self._leads(page.file, address, places)
            ]
        for entry in _flat((*self.contents, *self.ncx)):
            if not self._leads("nav.xhtml", entry.href, places):
                found.append(f"contents: {entry.href}")
        for item in self.manifest:
            if item.media_type == "text/css":
                css = self.files[self._path(item.file)].decode()
                for address in re.findall(r"url\([\"']?([^\"')]+)", css):
                    if not self._leads(item.file, address, places):
                        found.append(f"{item.file}: {address}")
        return found

    def _path(self, file: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.package), file))

    def _leads(self, file: str, address: str, places: dict[str, set[str]]) -> bool:
        if re.match(r"[a-z]+:", address):
            return True
        name, _, fragment = unquote(address).partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), name)) if name else file
        if self._path(target) not in self.files or target not in {
            one.file for one in self.manifest
        }:
            return False
        return not fragment or fragment in places.get(target, set())


def read_epub(data: bytes) -> Epub:
    """Read the bytes of an EPUB."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = tuple(archive.infolist())
        files = {entry.filename: archive.read(entry) for entry in entries}
    container = etree.fromstring(files["META-INF/container.xml"])
    package = str(container.xpath("string(//c:rootfile/@full-path)", namespaces=_SPACES))
    folder = posixpath.dirname(package)
    root = etree.fromstring(files[package])
    manifest = tuple(
        Item(
            one.get("id", ""),
            one.get("href", ""),
            one.get("media-type", ""),
            tuple(one.get("properties", "").split()),
        )
        for one in root.iterfind("o:manifest/o:item", _SPACES)
    )
    by_id = {item.id: item for item in manifest}
    spine = root.find("o:spine", _SPACES)
    assert spine is not None
    pages = tuple(
        _page(by_id[str(one.get("idref"))].file, folder, files)
        for one in spine.iterfind("o:itemref", _SPACES)
    )
    nav = next(page for page in pages if "nav" in _properties(manifest, page.file))
    ncx = etree.fromstring(files[posixpath.join(folder, by_id[str(spine.get("toc"))].file)])
    return Epub(
        entries=entries,
        files=files,
        package=package,
        package_attributes={str(key): str(value) for key, value in root.attrib.items()},
        spine_attributes={str(key): str(value) for key, value in spine.attrib.items()},
        metadata=tuple(_metadata(root)),
        manifest=manifest,
        spine=pages,
        contents=_listed(nav.first("//h:nav[@role='doc-toc']/h:ol")),
        landmarks=tuple(
            _link(one) for one in nav.all("//h:nav[@hidden]//h:a") if one.get(_TYPE) is not None
        ),
        ncx=_points(ncx.find("n:navMap", _SPACES)),
    )


def _properties(manifest: tuple[Item, ...], file: str) -> tuple[str, ...]:
    return next(item.properties for item in manifest if item.file == file)


def _metadata(root: etree._Element) -> Iterator[Meta]:
    for one in root.iterfind("o:metadata/*", _SPACES):
        name = etree.QName(one)
        prefix = "dc:" if name.namespace == "http://purl.org/dc/elements/1.1/" else ""
        attributes = {str(key): str(value) for key, value in one.attrib.items()}
        yield Meta(f"{prefix}{name.localname}", str(one.text or ""), attributes)


def _page(file: str, folder: str, files: dict[str, bytes]) -> Page:
    root = etree.fromstring(files[posixpath.join(folder, file)])
    body = root.find("h:body", _SPACES)
    assert body is not None
    section = body.find("h:section", _SPACES)
    described = ("", "", "")
    if section is not None:
        names = (_TYPE, "role", "aria-labelledby")
        described = tuple(section.get(name, "") for name in names)  # type: ignore[assignment]
    return Page(
        file=file,
        title=str(root.findtext("h:head/h:title", "", _SPACES)),
        language=(root.get("lang", ""), root.get("{http://www.w3.org/XML/1998/namespace}lang", "")),
        direction=root.get("dir", ""),
        division=body.get(_TYPE, ""),
        section=described,
        ids=tuple(str(one.get("id")) for one in root.iter() if one.get("id") is not None),
        links=tuple(_link(one) for one in root.iter(f"{{{_XHTML}}}a")),
        images=tuple(
            Image(
                one.get("src", ""), one.get("alt"), one.get("role", ""), one.get("aria-details", "")
            )
            for one in root.iter(f"{{{_XHTML}}}img")
        ),
        notes=tuple(
            _note(one) for one in root.iter(f"{{{_XHTML}}}aside") if one.get(_TYPE) == "footnote"
        ),
        words=tuple(words_in(" ".join(_text(body)))),
        sheets=tuple(str(one.get("href")) for one in root.iterfind("h:head/h:link", _SPACES)),
        root=root,
    )


def _text(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element without what the toolchain added; blocks are apart."""
    if element.tag in _UNREAD or "added" in element.get("class", "").split():
        return
    inline = etree.QName(element).localname in ("a", "em", "strong", "span", "sup", "code", "small")
    around = "" if inline else " "
    text = (element.text or "") + "".join(
        "".join(_text(child)) + (child.tail or "")
        for child in element
        if isinstance(child.tag, str)
    )
    yield f"{around}{text}{around}"


def _note(element: etree._Element) -> Note:
    back = [one for one in element.iter(f"{{{_XHTML}}}a") if one.get("role") == "doc-backlink"]
    words = tuple(words_in("".join(_text(element))))
    return Note(element.get("id", ""), words, tuple(one.get("href", "") for one in back))


def _link(element: etree._Element) -> Link:
    return Link(
        " ".join("".join(map(str, element.itertext())).split()),
        element.get("href", ""),
        element.get("id", ""),
        element.get(_TYPE, ""),
        element.get("role", ""),
        element.get("aria-label", ""),
    )


def _listed(ordered: etree._Element | None) -> tuple[Entry, ...]:
    entries = []
    for item in ordered if ordered is not None else ():
        link = item.find("h:a", _SPACES)
        assert link is not None
        inner = _listed(item.find("h:ol", _SPACES))
        entries.append(Entry(_link(link).text, _link(link).href, inner))
    return tuple(entries)


def _points(parent: etree._Element | None) -> tuple[Entry, ...]:
    entries = []
    for point in parent.iterfind("n:navPoint", _SPACES) if parent is not None else ():
        content = point.find("n:content", _SPACES)
        assert content is not None
        title = str(point.findtext("n:navLabel/n:text", "", _SPACES))
        entries.append(Entry(title, content.get("src", ""), _points(point)))
    return tuple(entries)


def _flat(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.children)


def _twice(names: tuple[str, ...]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
