"""The names of the editions and of their files, and what can be no name.

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

SET = ("print", "booklet", "screen", "proof")
"""Those that are nothing but pages that are set."""
INKED = ("print", "booklet")
"""Those that are printed with inks, and may be parted into them."""

_NO_CHARACTER = re.compile("[\udc80-\udcff]")
"""A byte of a name that is not UTF-8, as Python reads it (PEP 383)."""


def is_known(name: str) -> bool:
    """Tell whether a name is one on every system: text that can be written as UTF-8."""
    return _NO_CHARACTER.search(name) is None


def shown(name: str) -> str:
    r"""Return a name, or what is told of it, with the bytes that are no characters as \xE9."""
    return _NO_CHARACTER.sub(lambda byte: f"\\x{ord(byte[0]) - 0xDC00:02X}", name)


def file_of(name: str, slug: str) -> str:
    """Return the path of an edition's file below the output folder, for a book's slug."""
    file = FILES[name]
    return f"{file.folder}{slug}{file.suffix}"


def slug_of(title: str, nameless: str = "book") -> str:
    """Return a title as lower-case ASCII words joined by hyphens; `nameless` where none is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:60].strip("-") or nameless
