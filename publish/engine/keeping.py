"""Parts of a book as bytes, to be kept for the next build or sent from one process to another.

In: a `Part`, or what was `Written` of it. Out: bytes, and from them the same again.
What lies in a folder may have been put there by anybody, so that nothing is made of such bytes but
what a part is made of: plain data and the classes that are named here.
"""

from __future__ import annotations

import io
import pickle
import zlib
from typing import Any, TypeVar
from xml.etree import ElementTree

from publish.engine import boxes, parts
from publish.ground import problems, source
from publish.paragraphs import breakpoints, choices, linebreak, rivals, taste

_KNOWN = {
    (made.__module__, made.__qualname__): made
    for made in (
        *(parts.Part, parts.Leaf, parts.Bookmark, parts.Fount, parts.Written),
        *(boxes.Box, boxes.Rect, problems.Problem, source.Span),
        *(linebreak.Line, choices.Choice, choices.Otherwise),
        *(rivals.Composed, breakpoints.Place, taste.Taste),
        ElementTree.Element,
    )
}


Made = TypeVar("Made", parts.Part, parts.Written)


_COUNT = 4
"""Bytes of the number of pages, which is known without unpacking a part."""


def packed(made: parts.Part | parts.Written) -> bytes:
    """Return a part, or what was written of it, as bytes."""
    count = len(made.leaves) if isinstance(made, parts.Part) else 0
    data = zlib.compress(pickle.dumps(made, protocol=5), level=1)
    return count.to_bytes(_COUNT, "big") + data


def count_of(data: bytes) -> int:
    """Return how many pages a part has, by the bytes of it."""
    return int.from_bytes(data[:_COUNT], "big")


def unpacked(kind: type[Made], data: bytes) -> Made | None:
    """Return what these are the bytes of; None where they are of nothing of that kind."""
    try:
        made = _Unpickler(io.BytesIO(zlib.decompress(data[_COUNT:]))).load()
    except (pickle.UnpicklingError, zlib.error, EOFError, TypeError, ValueError, AttributeError):
        return None
    return made if isinstance(made, kind) else None


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is in no part of a book") from None
