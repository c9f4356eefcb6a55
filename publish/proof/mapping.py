"""The map of a proof, of what `pagemap` read from its pages.

In: the set lines and the pictures of the pages, and the texts of the manuscript. Out: a `ProofMap`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from publish.ground.source import Span
from publish.pages.pagemap import Line, Origin
from publish.pages.picture_spots import PictureSpot
from publish.proof.blocks import joined
from publish.proof.map import ProofMap, Run, SetLine, SetPicture, SetPiece, Stretch


def proof_map(
    lines: Iterable[Line],
    pictures: Iterable[PictureSpot],
    count: int,
    sources: Mapping[str, str],
) -> ProofMap:
    """Return the map of so many pages; those after the laid-out ones have no lines."""
    numbers: dict[int, int] = {}
    known: dict[int, Origin] = {}
    runs: list[Run] = []
    pages: list[list[SetLine]] = [[] for _ in range(count)]
    for line in lines:
        pieces = []
        for piece in line.pieces:
            origin = piece.origin
            if not origin.places:
                continue
            if id(origin) not in numbers:
                numbers[id(origin)] = len(runs)
                known[id(origin)] = origin
                runs.append(
                    Run(origin.file, origin.text, origin.places, origin.repeated, origin.filled)
                )
            start, end = origin.indices[piece.first], origin.indices[piece.last - 1] + 1
            pieces.append(SetPiece(numbers[id(origin)], start, end))
        sides = *_across(line), line.height
        pages[line.page - 1].append(SetLine(*sides, tuple(pieces), line.raw is not None))
    shown: list[list[SetPicture]] = [[] for _ in range(count)]
    for one in pictures:
        sides = one.left, one.top, one.width, one.height
        entry = _stretch(one.entry) if one.entry else None
        shown[one.page - 1].append(SetPicture(*sides, one.name, _stretch(one.placed), entry))
    blocks, placed = _of_blocks(runs, pages, sources)
    return ProofMap(blocks, placed, dict(sources), tuple(map(tuple, shown)))


def _of_blocks(
    runs: list[Run], pages: list[list[SetLine]], sources: Mapping[str, str]
) -> tuple[tuple[Run, ...], tuple[tuple[SetLine, ...], ...]]:
    """Return the runs of whole blocks, and the lines with pieces of those."""
    blocks = joined(runs, sources)
    number_of = {run: number for number, block in enumerate(blocks) for run in block.parts}

    def moved(piece: SetPiece) -> SetPiece:
        number = number_of[piece.run]
        first, last = (blocks[number].index(piece.run, at) for at in (piece.start, piece.end - 1))
        return SetPiece(number, first, last + 1)

    lines = (
        tuple(replace(line, pieces=tuple(map(moved, line.pieces))) for line in page)
        for page in pages
    )
    return tuple(block.run for block in blocks), tuple(lines)


def _across(line: Line) -> tuple[float, float, float]:
    """Return where a line begins, its upper edge and its width, all that is set on it included.

    The engine's own line of code begins further in than its words.
    """
    left = min((line.left, *(piece.left for piece in line.pieces)))
    right = max((line.left + line.width, *(one.left + one.width for one in line.pieces)))
    return left, line.top, right - left


def _stretch(span: Span) -> Stretch:
    return span.file, span.start, span.end
