"""What tells a page of a PDF from all others whose text reads otherwise.

In: a page. Out: the digest of all that its text is read from: its boxes, its content, that of the
forms in it which show text, and what the codes of their fonts mean.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

_DEPTH = 20
_WITHIN = b"within itself"
"""Stands for what is met again while it is being read: there may be text in it."""


class PageMarks:
    """The digests of the pages of one PDF; what several pages share is read once."""

    def __init__(self, leftward: bool) -> None:
        self._leftward = leftward
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, page: pikepdf.Page) -> str:
        """Return the digest of a page."""
        total = hashlib.sha256(repr((self._leftward, *map(_sides, _boxes(page)))).encode())
        contents = page.obj.get("/Contents")
        for stream in [contents] if isinstance(contents, Stream) else contents or ():
            total.update(hashlib.sha256(stream.read_raw_bytes()).digest())
        total.update(self._resources(page.obj.get("/Resources"), 0))
        return total.hexdigest()

    def _resources(self, resources: Any, depth: int) -> bytes:
        """Return the digest of the forms and fonts among the resources of a page or a form."""
        if not isinstance(resources, Dictionary):
            return b""
        if depth > _DEPTH:
            return _WITHIN
        return self._once(resources, lambda: self._read(resources, depth))

    def _read(self, resources: Any, depth: int) -> bytes:
        shown = b""
        for name, thing in sorted(resources.get("/XObject", Dictionary()).items()):
            if thing.get("/Subtype") == Name.Form and (form := self._form(thing, depth)):
                shown += name.encode() + form
        for name, font in sorted(resources.get("/Font", Dictionary()).items()):
            shown += name.encode() + self._once(font, lambda font=font: _font(font))
        return hashlib.sha256(shown).digest() if shown else b""

    def _form(self, form: Any, depth: int) -> bytes:
        """Return the digest of a form; nothing for one that has no font, and so shows no text."""

        def read() -> bytes:
            # One without resources has those of what it is drawn in.
            own = form.get("/Resources")
            inner = _WITHIN if own is None else self._resources(own, depth + 1)
            if not inner:
                return b""
            total = hashlib.sha256(form.read_raw_bytes())
            total.update(repr([_sides(form.get(key)) for key in ("/Matrix", "/BBox")]).encode())
            total.update(inner)
            return total.digest()

        return self._once(form, read)

    def _once(self, thing: Any, read: Any) -> bytes:
        number = thing.objgen
        if number == (0, 0):
            return bytes(read())
        if number not in self._known:
            self._known[number] = _WITHIN
            self._known[number] = read()
        return self._known[number]


def _boxes(page: pikepdf.Page) -> tuple[Any, Any]:
    return page.mediabox, page.trimbox


def _sides(box: Any) -> list[str]:
    return [str(side) for side in box or ()]


def _font(font: Any) -> bytes:
    table = font.get("/ToUnicode")
    data = table.read_raw_bytes() if isinstance(table, Stream) else b""
    return hashlib.sha256(str(font.get("/Subtype")).encode() + data).digest()
