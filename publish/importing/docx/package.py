"""A word processor's file → its parts, once it is known to be harmless.

In: a file (ECMA-376, part 2). Out: a `Package`. A zip that unfolds to far more than it is, or that
holds no document, is refused; what a part refers to outside of the file is never fetched.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree
from msgspec import Struct

from publish.ground.zips import bomb
from publish.importing.refusing import DAMAGED, Refused

MOST = 400_000_000
"""Bytes that a file may unfold to."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Package(Struct, frozen=True):
    """The parts of a document: its body, notes by kind and id, comments, styles, relations."""

    document: Any
    body: Any
    notes: Mapping[tuple[str, str], Any]
    comments: Mapping[str, Any]
    numbering: Any


def open_package(path: Path) -> Package:
    """Open a document; raises `Refused` where it cannot be taken."""
    _refuse_bombs(path)
    try:
        document = docx.Document(str(path))
        if document.element.tag != f"{W}document" or document.element.body is None:
            raise ValueError("its document has no body")
        parts = {rel.reltype.rpartition("/")[2]: rel for rel in document.part.rels.values()}
        read = {
            kind: _read(rel.target_part.blob)
            for kind, rel in parts.items()
            if kind in ("footnotes", "endnotes", "comments", "numbering") and not rel.is_external
        }
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError, OSError) as error:
        reason = " ".join(str(getattr(error, "msg", error)).split()) or type(error).__name__
        raise Refused(f"{path} is a damaged DOCX: {reason}", DAMAGED) from error
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
    return Package(document, document.element.body, notes, comments, read.get("numbering"))


def _read(blob: bytes) -> Any:
    """Parse a part; no entity is resolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(blob, parser)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as file:
            size = bomb(file, MOST)
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(f"{path} is a damaged DOCX: {error}", DAMAGED) from error
    if size:
        reason = f"{path} unfolds to {size / 1e6:.0f} MB: it was made to do harm, or is damaged"
        raise Refused(reason, "Ask for another copy, and do not open this one.")


def outside(package: Package) -> list[str]:
    """Return what the document refers to outside of itself, links apart."""
    return sorted(
        f"{rel.reltype.rpartition('/')[2]} {rel.target_ref}"
        for rel in package.document.part.rels.values()
        if rel.is_external and not rel.reltype.endswith("/hyperlink")
    )
