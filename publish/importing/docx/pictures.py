"""The pictures of a word processor's file → their bytes, as they are or as PNG.

In: the relations of a part, and which of them is a picture. Out: a `Picture`, and what is to be
told where there is none to be had. A picture outside of the file is never fetched.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageFile

from publish.importing.docx.package import Relations
from publish.importing.model import Picture

KEPT = {"JPEG": "jpg", "PNG": "png"}
"""Kinds of pictures that are taken byte for byte, and the suffixes of their files."""


def picture_of(relations: Relations, key: str, name: str, alt: str) -> tuple[Picture, str]:
    """Return a picture whose file is called `name`, or one without bytes and what is told of it."""
    found = relations.found.get(key)
    if found is None or found.is_external:
        _, lost = relations.lost.get(key, ("", ""))
        what = f"the picture {lost}" if lost else "a picture"
        address = ", only its address" if found else ""
        return Picture(alt=alt), f"{what} is not in the file{address}"
    try:
        data, kind = _readable(bytes(found.target_part.blob))
    except Exception:  # a broken file makes Pillow raise almost anything
        kind = str(found.target_part.partname).rpartition(".")[2].upper()
        return Picture(alt=alt), f"a picture of the kind {kind} cannot be read"
    return Picture(f"{name}.{KEPT[kind]}", data, alt), ""


def _readable(data: bytes) -> tuple[bytes, Any]:
    """Return the bytes of a picture that can be read, and their kind."""
    # The layout engine, once it is imported, has Pillow take half a picture for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        if image.format in KEPT:
            return data, image.format
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue(), "PNG"
