"""The forms in which a word processor's file has a thing twice → the one that is read.

In: an element (ECMA-376, part 3, 10, and part 1, 17.16). Out: the same, changed in place: of forms
for several readers the first is left, and no mark of a field that never comes to its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from publish.importing.docx.package import MC, W


def settle_forms(root: Any) -> None:
    """Leave one form of what has several, and the fields that are whole."""
    for one in list(root.iter(f"{MC}AlternateContent")):
        for other in list(one)[1:]:
            one.remove(other)
    for paragraph in root.iter(f"{W}p"):
        for begin in list(_open(paragraph)):
            begin.getparent().remove(begin)


def _open(paragraph: Any) -> Iterator[Any]:
    """Yield the beginnings of fields of which nothing would be shown: neither what follows."""
    begun: list[Any] = []
    for one in paragraph.iter(f"{W}fldChar"):
        kind = one.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(one)
        elif kind in ("separate", "end") and begun:
            # What has shown something needs no end here: a list of contents goes on below.
            begun.pop()
            if kind == "separate":
                begun.append(None)
    yield from (one for one in begun if one is not None)
