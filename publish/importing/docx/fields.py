"""Fields of a paragraph of a word processor's file: what is shown of them, and where they lead.

In: the marks of fields, one by one, and the words that they ask for (ECMA-376, part 1, 17.16). Out:
whether what comes next is shown, and the address that it is a link to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from publish.importing.lines import BARRED
from publish.importing.model import Mark

SCHEMES = ("http://", "https://", "mailto:")
_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)
_ANCHOR = re.compile(r'\\l\s+"([^"]*)"')
"""An address, and the place in what it leads to (17.16.5.25)."""


class Field(Struct):
    """A field that has begun: what it asks for, and whether that is still being said."""

    asks: str = ""
    asking: bool = True


def follow(kind: str, fields: list[Field]) -> None:
    """Follow a field: what stands between its beginning and its separator is not shown."""
    if kind == "begin":
        fields.append(Field())
    elif kind == "separate" and fields:
        fields[-1].asking = False
    elif kind == "end" and fields:
        fields.pop()


def linked(marks: tuple[Mark, ...], fields: Sequence[Field]) -> tuple[Mark, ...]:
    """Return marks with that of the link which the innermost of such fields asks for."""
    addresses = (asked(one.asks) for one in reversed(fields) if not one.asking)
    return with_link(marks, next(filter(None, addresses), ""))


def with_link(marks: tuple[Mark, ...], address: str) -> tuple[Mark, ...]:
    """Return marks with a link; a link within another is none."""
    if not address or any(mark.kind == "link" for mark in marks):
        return marks
    return (*marks, Mark("link", address))


def asked(asks: str) -> str:
    """Return the address on the web that a field leads to; "" for none."""
    match = _ADDRESS.match(asks)
    anchor = _ANCHOR.search(asks, match.end()) if match else None
    address = (match[1] or match[2] or "") if match else ""
    return safe(f"{address}#{anchor[1]}" if anchor and anchor[1] else address)


def safe(address: str) -> str:
    """Return an address on the web as it may stand in a link; "" for any other."""
    said = BARRED.sub("", address.strip())
    said = said.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return said if said.startswith(SCHEMES) and "<" not in said else ""
