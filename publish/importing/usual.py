"""What is usual in a source where its lines end: figures that `ends` measures and weighs by."""

from __future__ import annotations

from msgspec import Struct


class Ends(Struct, frozen=True):
    """What is usual in a source where a sentence ends or goes on at the end of a line.

    `fills`: how far each line within a sentence is filled, what could follow on it counted;
    `widths`: the same without that; both sorted, 1 being the measure. `words`: words on a line;
    `before`: the log odds that a sentence's end is a paragraph's, all else unknown; `parted`: the
    part of the paragraphs' ends that show an empty line; `lost`: the indent that was taken away, as
    part of the measure; `stretched`: the part of the lines within sentences of which the extractor
    shows that they are stretched; `hyphened`: whether words are broken; `sentence`: the letters of
    one.
    """

    fills: tuple[float, ...] = (1.0,)
    widths: tuple[float, ...] = (1.0,)
    words: float = 10
    before: float = 0
    parted: float = 0.5
    lost: float = 0
    stretched: float = 0
    hyphened: bool = True
    sentence: float = 100
