"""What tells a page of a PDF from all others whose text reads otherwise.

In: a page. Out: the digest of all that its text is read from: its boxes, its content, that of the
forms in it, and what the codes of their fonts mean.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

_DEPTH = 20


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
        if not isinstance(resources, Dictionary) or depth > _DEPTH:
            return b""
        return self._once(resources, lambda: self._read(resources, depth))

    def _read(self, resources: Any, depth: int) -> bytes:
        total = hashlib.sha256()
        for name, thing in sorted(resources.get("/XObject", Dictionary()).items()):
            if thing.get("/Subtype") == Name.Form:
                total.update(name.encode() + self._form(thing, depth))
        for name, font in sorted(resources.get("/Font", Dictionary()).items()):
            total.update(name.encode() + self._once(font, lambda font=font: _font(font)))
        return total.digest()

    def _form(self, form: Any, depth: int) -> bytes:
        def read() -> bytes:
            own = hashlib.sha256(form.read_raw_bytes())
            own.update(repr([_sides(form.get(key)) for key in ("/Matrix", "/BBox")]).encode())
            own.update(self._resources(form.get("/Resources"), depth + 1))
            return own.digest()

        return self._once(form, read)

    def _once(self, thing: Any, read: Any) -> bytes:
        number = thing.objgen
        if number == (0, 0):
            return bytes(read())
        if number not in self._known:
            self._known[number] = b""  # what is in itself
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
