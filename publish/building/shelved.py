"""The pictures of a book, made once and kept.

In: a shelf, what makes them, and all that they are made of. Out: the pictures as they were made,
with the problems that were found then. To write a large PNG well takes seconds, and a book is built
again for each word that is changed in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from msgspec import to_builtins
from msgspec.structs import replace

from publish.book.model import Photo
from publish.ground.json_text import from_json
from publish.ground.root import BookRoot
from publish.ground.shelf import Shelf
from publish.pictures.photos import Asset
from publish.pictures.placed import Pictures
from publish.standing.state import digest, problem_of
from publish.standing.toolchain import toolchain


def shelved(shelf: Shelf, make: Callable[[], Pictures], *makings: bytes | str) -> Pictures:
    """Return the pictures that `make` makes of the makings, or made of them before."""
    return _unpacked(shelf.kept(lambda: _packed(make()), toolchain(), *makings))


def makings_of(photos: Iterable[Photo], root: BookRoot) -> str:
    """Return the digest of all that pictures are made of, but for the words below them."""
    parts: list[bytes | str] = []
    for photo in photos:
        parts += [repr(replace(photo, caption=())), root.read("photos", photo.file)]
    return digest(*parts)


def _packed(made: Pictures) -> bytes:
    assets, problems = made
    rows = [
        (name, one.name, one.media_type, one.width_px, one.height_px, len(one.data))
        for name, one in assets.items()
    ]
    inked = [len(one.inked) for one in assets.values()]
    head = {"assets": rows, "inked": inked, "problems": [to_builtins(one) for one in problems]}
    data = (part for one in assets.values() for part in (one.data, one.inked))
    return json.dumps(head).encode() + b"\n" + b"".join(data)


def _unpacked(data: bytes) -> Pictures:
    told, _, rest = data.partition(b"\n")
    head, at = from_json(told), 0
    assets: dict[str, Asset] = {}
    for (name, file, kind, width, height, own), inked in zip(
        head["assets"], head["inked"], strict=True
    ):
        middle = at + own
        parts = rest[at:middle], rest[middle : middle + inked]
        assets[name] = Asset(file, kind, parts[0], width, height, parts[1])
        at = middle + inked
    return assets, [problem_of(one) for one in head["problems"]]
