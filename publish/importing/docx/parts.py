"""A part of a word processor's file → its root element.

In: the bytes of a part, or the part as python-docx holds it, of whatever kind it is said to be.
Out: its root. No entity is resolved, nothing is fetched. A part with a DOCTYPE, which none may have
(ECMA-376, part 2, XML usage), is not read: entities could stand for words that are not there.
"""

from __future__ import annotations

from typing import Any

from lxml import etree


class HasDoctype(Exception):
    """A part has a DOCTYPE."""


def read_part(blob: bytes) -> Any:
    """Parse a part; raises `HasDoctype`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return harmless(etree.fromstring(blob, parser))


def root_of(part: Any) -> Any:
    """Return the root of a part that was read already, or that is read here."""
    root = getattr(part, "element", None)
    return read_part(part.blob) if root is None else harmless(root)


def harmless(root: Any) -> Any:
    """Return a root of a part without a DOCTYPE; raises `HasDoctype`."""
    if root.getroottree().docinfo.doctype:
        raise HasDoctype
    return root
