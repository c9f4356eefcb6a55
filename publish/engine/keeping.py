"""Parts of a book as bytes, to be kept for the next build or sent from one process to another.

In: a `Part`, or what was `Written` of it. Out: bytes, and from them the same again.
What lies in a folder may have been put there by anybody, so that nothing is made of such bytes but
what a part is made of: plain data and the classes that are named here.
"""

from __future__ import annotations

import pickle
import zlib
from typing import TypeVar
from xml.etree import ElementTree

from publish.engine import boxes, parts, rects
from publish.ground import problems, source
from publish.ground.unpacking import named
from publish.ground.unpacking import unpacked as of_known
from publish.paragraphs import breakpoints, choices, linebreak, rivals, taste

_KNOWN = named(
    (
        *(parts.Part, parts.Leaf, parts.Bookmark, parts.Fount, parts.Written),
        *(boxes.Box, rects.Rect, problems.Problem, source.Span),
        *(linebreak.Line, choices.Choice, choices.Otherwise),
        *(rivals.Composed, breakpoints.Place, taste.Taste),
        ElementTree.Element,
    )
)
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
        made = of_known(zlib.decompress(data[_COUNT:]), _KNOWN)
    except zlib.error:
        return None
    return made if isinstance(made, kind) else None
