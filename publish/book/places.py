"""Where pictures may stand, and what goes with which place.

In: a `Book` as it was read. Out: problems C314 (no such place), C320 (no such caption or edge) and
C321 (each is known, and they do not go together), at the line of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from publish.book.model import CAPTIONS, EDGES, PLACES, Block, Book, Figure
from publish.book.walking import walk
from publish.ground.problems import Problem, problem
from publish.settings.schema import nearest

ON_THEIR_OWN = ("page", "spread")
"""The places at which a picture has pages to itself, or most of them."""
Row = tuple[bool, str, str, str]
"""Whether two things are asked for that do not go together; the one, the other, and advice."""


def check_places(book: Book) -> list[Problem]:
    """Return what is wrong with the places of a book's pictures."""
    problems: list[Problem] = []
    for chapter in book.chapters:
        straight = {id(block) for block in chapter.blocks}
        for block in _figures(chapter.blocks):
            photo = book.photos.get(block.photo)
            captioned = photo is None or bool(photo.caption)
            problems += _words(block) or _together(block, id(block) in straight, captioned)
        for note in chapter.notes:
            for block in _figures(note.blocks):
                problems += _words(block)
    return problems


def _figures(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    return (block for block in walk(blocks) if isinstance(block, Figure))


def _words(figure: Figure) -> list[Problem]:
    """Report what is no place, no caption and no edge."""
    found = []
    if figure.place not in PLACES:
        expected = ", ".join(PLACES)
        found.append(problem("C314", figure.span, place=figure.place, expected=expected))
    written: list[tuple[str, str, tuple[str, ...]]] = [("caption", figure.caption, CAPTIONS)]
    written += [("bleed", edge, (*EDGES, "all")) for edge in figure.bleed]
    for key, value, known in written:
        if value not in known:
            near = nearest(value, known)
            found.append(problem("C320", figure.span, key=key, value=value, nearest=near))
    return found


def _together(figure: Figure, straight: bool, captioned: bool) -> list[Problem]:
    """Report what is known and cannot be had together.

    `straight` tells that no other block is around it, `captioned` that it has a caption to place.
    """
    rows = [*_of_captions(figure, straight, captioned), *_of_bleeds(figure)]
    return [
        problem("C321", figure.span, what=what, other=other, advice=advice)
        for wrong, what, other, advice in rows
        if wrong
    ]


def _of_captions(figure: Figure, straight: bool, captioned: bool) -> Iterator[Row]:
    place, bleed, caption = figure.place, figure.bleed, figure.caption
    yield (
        not straight and (place in ON_THEIR_OWN or bool(bleed) or caption == "facing"),
        _apart(figure),
        "a place within another block",
        "Put the picture between the paragraphs of the chapter.",
    )
    yield (
        caption == "beside" and place != "half",
        "caption=beside",
        f"place={place}",
        "Beside it there is room with place=half.",
    )
    yield (
        caption == "facing" and place not in ("page", "full"),
        "caption=facing",
        f"place={place}",
        "A caption stands on the facing page with place=page or place=full.",
    )
    yield (
        captioned and caption == "below" and "bottom" in bleed,
        "a caption below the picture",
        "bleed over the bottom",
        "No white is left for it: write caption=facing as well, and it stands on that page.",
    )


def _of_bleeds(figure: Figure) -> Iterator[Row]:
    place, bleed = figure.place, set(figure.bleed)
    yield (
        bool(bleed) and place in ("column", "inset", "spread"),
        "bleed",
        f"place={place}",
        "A spread always runs off its pages."
        if place == "spread"
        else "Over an edge a picture goes with place=half, full or page.",
    )
    yield (
        place == "page" and bool(bleed) and bleed != set(EDGES),
        f"bleed={' '.join(figure.bleed)}",
        "place=page",
        "Write bleed=all to cover the whole page; with place=full it may be any edges.",
    )
    yield (
        place in ("half", "full") and bleed >= {"top", "bottom"},
        "bleed over top and bottom",
        f"place={place}",
        "From head to foot a picture has the page to itself: place=page bleed=all.",
    )
    yield (
        place == "half" and bleed >= {"inner", "outer"},
        "bleed over both sides",
        "place=half",
        "Take one of inner and outer, or place=full.",
    )


def _apart(figure: Figure) -> str:
    """Return what gives a picture a page, or an edge of one."""
    if figure.bleed:
        return "bleed"
    return f"place={figure.place}" if figure.place in ON_THEIR_OWN else "caption=facing"
