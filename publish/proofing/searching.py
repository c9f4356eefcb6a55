"""Marks → places in the manuscript by the words on the page alone, where no map of it tells.

In: the characters of a page, marks, and the texts of the manuscript. Out: a `Run` of one text and
the stretch of it that is marked. Letters and figures count and nothing else, so that it is all one
how a text is typed, set and divided; a mark is found where they, with as many as are needed of
those around them, stand in the manuscript once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from publish.proof.map import Run
from publish.proofing.annotations import REACH, Mark
from publish.proofing.direction import is_leftward
from publish.proofing.glyphs import Glyph, is_in, without_watermark
from publish.proofing.page_text import Found
from publish.proofing.words import is_within, letters_around, word_around

_AROUND = (
    *((24, 24), (48, 0), (0, 48), (12, 12), (20, 0), (0, 20), (12, 0), (0, 12)),
    (0, 0),
)
"""How many letters before and after are looked for as well; the widest first."""
_LEAST = 16
"""A stretch of fewer letters is there by chance."""


class Search(Struct):
    """The letters of a manuscript's texts, to be looked through."""

    sources: Mapping[str, str]
    _letters: dict[str, tuple[str, list[int]]] = field(default_factory=dict)

    def find(self, mark: Mark, glyphs: Sequence[Glyph]) -> tuple[Run, Found] | None:
        """Return where a mark stands, as a run of its text; None where that is not plain."""
        letters = [one for one in without_watermark(glyphs) if one.char.isalnum()]
        solid = "".join(one.char.lower()[:1] for one in letters)
        chosen, after = _under(mark, letters)
        if not chosen:
            return None
        first, last = chosen[0], chosen[-1] + 1
        for before, behind in _AROUND:
            head, tail = solid[max(first - before, 0) : first], solid[last : last + behind]
            wanted = head + solid[first:last] + tail
            there = self._once(wanted) if len(wanted) >= _LEAST else None
            if there is None:
                continue
            file, at = there
            at += len(head)
            text, (said, places) = self.sources[file], self._read(file)
            start, end, halved = places[at], places[at + last - first - 1] + 1, (False, False)
            if after is not None:
                start = end = end if after else start
            elif mark.point is not None or mark.kind == "drawing":
                start, end = word_around(text, start, end)
            else:
                # What goes on in the manuscript and not on the page goes on overleaf.
                here, over = solid[max(first - 2, 0) : first], solid[last : last + 2]
                begins = is_within(text, start) and here != said[max(at - 2, 0) : at]
                ends = is_within(text, end) and over != said[at + last - first :][:2]
                start = letters_around(text, start)[0] if begins else start
                end = letters_around(text, end)[1] if ends else end
                halved = begins, ends
            return Run(file, text, ((0, 0),)), Found(0, start, end, halved=halved)
        return None

    def _once(self, wanted: str) -> tuple[str, int] | None:
        """Return the file and the place of letters that stand in all texts once."""
        found = [
            (file, at)
            for file in self.sources
            for at in (self._read(file)[0].find(wanted),)
            if at >= 0
        ]
        if len(found) != 1:
            return None
        file, at = found[0]
        return found[0] if self._read(file)[0].find(wanted, at + 1) < 0 else None

    def _read(self, file: str) -> tuple[str, list[int]]:
        if file not in self._letters:
            text = self.sources[file]
            places = [at for at, char in enumerate(text) if char.isalnum()]
            self._letters[file] = "".join(text[at].lower()[:1] for at in places), places
        return self._letters[file]


def _under(mark: Mark, letters: Sequence[Glyph]) -> tuple[list[int], bool | None]:
    """Return which letters are marked; of a place between two one, and whether it is after it."""
    if mark.kind == "insert" and mark.point:
        across, up = mark.point
        near = [
            (round(min(abs(one.left - across), abs(one.right - across)), 2), at)
            for at, one in enumerate(letters)
            if one.foot <= up <= one.head
        ]
        distance, at = min(near, default=(REACH, 0))
        if distance >= REACH:
            return [], None
        one = letters[at]
        begins, ends = (one.right, one.left) if is_leftward(one.char) else (one.left, one.right)
        return [at], abs(ends - across) <= abs(begins - across)
    if mark.point is not None:
        # Words typed over the page mean what they begin on.
        across, up = mark.typed or mark.point
        for at, one in enumerate(letters):
            if one.left <= across <= one.right and one.foot <= up <= one.head:
                return [at], None
        return [], None
    chosen = [at for at, one in enumerate(letters) if any(is_in(one, area) for area in mark.areas)]
    # Letters of another line between them are no part of the mark: it is looked for by its first.
    run = [at for number, at in enumerate(chosen) if at == chosen[0] + number]
    return (run if len(run) == len(chosen) else []), None
