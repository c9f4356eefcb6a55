"""A word processor's file → its parts, once it is known to be harmless.

In: a file (ECMA-376, part 2). Out: a `Package`. A zip that unfolds to far more than it is, or that
holds no document, is refused; what a part refers to outside of the file is never fetched.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree
from msgspec import Struct

from publish.ground.zips import bomb
from publish.importing.docx.missing import Lost, Missing, missing_in, without
from publish.importing.docx.parts import HasDoctype, harmless, root_of
from publish.importing.refusing import DAMAGED, Refused

_DAMAGE = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    zlib.error,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
)
_WORDS = (
    (r"no item named '(.+?)'", "its part {} is missing"),
    (r"no content.type for partname '/(.+?)'", "it does not say of which kind its part {} is"),
    (r"no relationship of type", "it does not say which of its parts is the text"),
    (r"Bad CRC-32 for file '(.+?)'", "its part {} is broken"),
    (r"is encrypted", "it is locked with a password"),
)
"""What libraries say of a file that cannot be read, and how it is told."""
HARM = "Ask for another copy, and do not open this one."
"""What to do about a file that may have been made to do harm."""
_READ = ("styles", "footnotes", "endnotes", "comments", "numbering")
"""Parts that are read, of each kind one."""
_RELATIONS, _STRICT = "_rels/.rels", b"http://purl.oclc.org/ooxml/"
"""The part that says which one is the text, and how names begin in what is Strict."""
MOST = 400_000_000
"""Bytes that a file may unfold to."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Relations(Struct, frozen=True):
    """What a part refers to, by ids of its own.

    `lost` are the parts that it refers to and that the file does not hold.
    """

    found: Mapping[str, Any]
    lost: Lost


class Package(Struct, frozen=True):
    """The parts of a document: its body, styles, notes by kind and id, comments.

    `heads` are the heads and feet of its pages.
    `relations` are those of its text, "document", and of each of the parts that hold notes.
    """

    body: Any
    styles: Any
    heads: Sequence[Any]
    notes: Mapping[tuple[str, str], Any]
    comments: Mapping[str, Any]
    numbering: Any
    relations: Mapping[str, Relations]


def open_package(path: Path) -> Package:
    """Open a document; raises `Refused` where it cannot be taken."""
    _refuse_bombs(path)
    try:
        document, missing = _opened(path)
        if harmless(document.element).tag != f"{W}document" or document.element.body is None:
            raise ValueError("its document has no body")
        held = [
            (rel.reltype.rpartition("/")[2], rel.target_part)
            for rel in document.part.rels.values()
            if not rel.is_external
        ]
        parts = {kind: part for kind, part in held if kind in _READ}
        read = {kind: root_of(part) for kind, part in parts.items()}
        heads = [root_of(part) for kind, part in held if kind in ("header", "footer")]
    except HasDoctype as error:
        raise Refused(f"{path} has a DOCTYPE in one of its parts, as no DOCX has", HARM) from error
    except _DAMAGE as error:
        raise Refused(f"{path} is a damaged DOCX: {_said(error)}", DAMAGED) from error
    notes = {
        (kind, str(note.get(f"{W}id"))): note
        for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote"))
        if kind in read
        for note in read[kind].iter(f"{W}{tag}")
        if note.get(f"{W}type") in (None, "normal") and note.find(f".//{W}p") is not None
    }
    comments = {
        str(one.get(f"{W}id")): one
        for one in (read["comments"].iter(f"{W}comment") if "comments" in read else ())
    }
    own = {kind: parts[kind] for kind in ("footnotes", "endnotes") if kind in parts}
    relations = {
        kind: Relations(part.rels, missing.get(part.partname.rels_uri.lstrip("/"), {}))
        for kind, part in {"document": document.part, **own}.items()
    }
    styles = read.get("styles")
    if styles is None:
        # A document that brings none has those of python-docx.
        styles = document.styles.element
    body, numbering = document.element.body, read.get("numbering")
    return Package(body, styles, heads, notes, comments, numbering, relations)


def _opened(path: Path) -> tuple[Any, Missing]:
    """Return the document, and what it refers to of its file and that is not there."""
    with zipfile.ZipFile(path) as file:
        if _RELATIONS in file.namelist() and _STRICT in file.read(_RELATIONS):
            advice = "Save it anew as Word document (.docx), not as Strict Open XML Document."
            raise Refused(f"{path} is a Strict Open XML document, which is not read", advice)
        missing = missing_in(file)
        document = docx.Document(without(file, missing) if missing else str(path))
    return document, missing


def _said(error: Exception) -> str:
    """Return in plain words what is wrong with a file."""
    said = " ".join(str(getattr(error, "msg", error)).split())
    for pattern, words in _WORDS:
        if match := re.search(pattern, said):
            return words.format(*match.groups())
    unknown = isinstance(error, (LookupError, RuntimeError, zlib.error)) or not said
    return "it is not packed as a DOCX is" if unknown else said


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as file:
            size = bomb(file, MOST)
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(f"{path} is a damaged DOCX: {error}", DAMAGED) from error
    if size:
        reason = f"{path} unfolds to {size / 1e6:.0f} MB: it was made to do harm, or is damaged"
        raise Refused(reason, HARM)


def lacking(package: Package) -> list[str]:
    """Return the parts that tell what paragraphs are, or of them, and that are not in the file."""
    return sorted(
        part
        for kind, part in package.relations["document"].lost.values()
        if kind in ("styles", "numbering", "comments")
    )


def outside(package: Package) -> list[str]:
    """Return what the document refers to outside of itself, links apart."""
    return sorted(
        f"{rel.reltype.rpartition('/')[2]} {rel.target_ref}"
        for relations in package.relations.values()
        for rel in relations.found.values()
        if rel.is_external and not rel.reltype.endswith("/hyperlink")
    )
