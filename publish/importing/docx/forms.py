"""The forms in which a word processor's file has a thing twice → the one that is read.

In: an element (ECMA-376, part 3, 10, and part 1, 17.16 and 17.5.2). Out: the same, changed in
place: of forms for several readers the first is left, and no mark of a field that never comes to
its end; the runs of a content control that nobody filled in are marked as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from publish.importing.docx.package import MC, W
from publish.importing.docx.styles import is_on

_SHOWS = "showingPlcHdr"


PLACEHOLDER = f"{W}placeholder"
"""What marks the properties of a run that only asks for words."""


def settle_forms(root: Any) -> None:
    """Leave one form of what has several, and the fields that are whole."""
    for one in list(root.iter(f"{MC}AlternateContent")):
        for other in list(one)[1:]:
            one.remove(other)
    for shows in root.iter(f"{W}{_SHOWS}"):
        control = shows.getparent().getparent()
        if control is not None and control.tag == f"{W}sdt" and is_on(shows.getparent(), _SHOWS):
            for run in control.iter(f"{W}r"):
                _marked(run)
    for paragraph in root.iter(f"{W}p"):
        for begin in list(_open(paragraph)):
            begin.getparent().remove(begin)


def _marked(run: Any) -> None:
    """Mark a run as one of a placeholder."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = run.makeelement(f"{W}rPr")
        run.insert(0, properties)
    properties.set(PLACEHOLDER, "1")


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
