"""The names of the editions and of their files.

In: an edition and a book's slug, or the title that it is made of. Out: the path of its file below
the output folder. What an edition is made of, and how, stands in `outputs`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class File(NamedTuple):
    """The file of an edition: the end of its name, whether `all` has it, its folder with slash."""

    suffix: str
    in_all: bool = True
    folder: str = ""


FILES: Mapping[str, File] = MappingProxyType(
    {
        "epub": File(".epub"),
        "print": File("-print.pdf"),
        "booklet": File("-booklet.pdf"),
        "screen": File("-screen.pdf"),
        "cover": File("-cover.jpg"),
        "dummy": File("-dummy.pdf", in_all=False),
        "coversheet": File("-coversheet.pdf", in_all=False),
        "proof": File("-proof.pdf", in_all=False),
        "extract": File("-extract.epub", in_all=False, folder="extract/"),
        "onix": File("-onix.xml", in_all=False),
    }
)
"""In the order in which they are made."""
IN_ALL = tuple(name for name, file in FILES.items() if file.in_all)
"""The editions that every book is to have, unless some are asked for by name."""

INKED = ("print", "booklet")
"""Those that are printed with inks, and may be parted into them."""


def file_of(name: str, slug: str) -> str:
    """Return the path of an edition's file below the output folder, for a book's slug."""
    file = FILES[name]
    return f"{file.folder}{slug}{file.suffix}"


def slug_of(title: str, nameless: str = "book") -> str:
    """Return a title as lower-case ASCII words joined by hyphens; `nameless` where none is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:60].strip("-") or nameless
