"""Parts of a tagged PDF and the pieces of its pages → blocks.

In: `Part`s in reading order, pages, pictures. Out: `Block`s with the kinds that the tags give; a
paragraph stays body text, whose role its style tells. Pieces that stand in no part are left over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec.structs import replace

from publish.importing.pdf.blocks import Block, Call
from publish.importing.pdf.model import Box, Image, Page, Piece, Row
from publish.importing.pdf.rows import in_order
from publish.importing.pdf.tags import Content, Part

_NUMBER = re.compile(r"\d{1,3}")
_MARK = re.compile(r"\W{0,3}|\W?(?:\d{1,3}|[ivxlcIVXLC]{1,6}|[A-Za-z])\W?")
"""The mark of an item; what is none is a term that the item explains."""
SHARED = 0.5
"""So much of a figure's box must be its picture's."""
TRUSTED = 0.9
"""The part of a document's letters that its tags must hold to be believed."""


def holds(parts: Sequence[Part], pages: Sequence[Page], furniture: int) -> bool:
    """Tell whether the tags hold nearly all letters but the `furniture`'s."""
    known = {one for part in parts for one in part.content}
    count = sum(len(piece.text) for page in pages for piece in page.pieces) - furniture
    held = sum(
        len(piece.text)
        for page in pages
        for piece in page.pieces
        if (page.number, piece.tag) in known
    )
    return bool(parts) and held >= TRUSTED * count


def tagged_blocks(
    parts: Sequence[Part], pages: Sequence[Page], images: Sequence[Image]
) -> tuple[list[Block], dict[str, str], list[Page]]:
    """Return the blocks, the alt texts by picture, and the pages with what is left over."""
    pieces: defaultdict[Content, list[Piece]] = defaultdict(list)
    for page in pages:
        for piece in page.pieces:
            pieces[page.number, piece.tag].append(piece)
    figures = _figures(parts, images)
    captioned = {part.figure for part in parts if part.kind == "caption"}
    signs: dict[str, int] = {}
    terms: dict[int, int] = {}
    blocks: list[Block] = []
    used: set[Content] = set()
    for at, part in enumerate(parts):
        used |= set(part.content)
        if part.kind == "heading" and part.level == 1:
            signs.clear()
        if part.kind == "note" and part.calls:
            signs = {**_below(parts[at + 1 :], pieces), **signs}
        if part.kind == "picture":
            if part.figure not in captioned and part.figure in figures:
                blocks.append(Block((), "picture", picture=figures[part.figure]))
            continue
        block = _block(part, pieces, figures, signs)
        if block.rows or block.kind == "cell":
            blocks.append(block)
        if part.kind == "item" and not _MARK.fullmatch(_letters(part.sign, pieces)):
            terms[id(block)] = len(list(_rows(_held(part.sign, pieces, {}))))
    alts = {figures[part.figure]: part.alt for part in parts if part.figure in figures and part.alt}
    rest = [
        replace(
            page,
            pieces=tuple(one for one in page.pieces if (page.number, one.tag) not in used),
        )
        for page in pages
    ]
    return _split_terms(blocks, terms), alts, rest


def _below(parts: Sequence[Part], pieces: Mapping[Content, Sequence[Piece]]) -> dict[str, int]:
    """Return the signs of the notes that stand below one which calls them."""
    notes = takewhile(lambda part: part.kind == "note", parts)
    return {_letters(part.sign, pieces): part.note for part in notes if part.sign}


def _figures(parts: Sequence[Part], images: Sequence[Image]) -> dict[int, str]:
    """Return the picture of each figure: by its content, its box, or its place among others."""
    figures = [part for part in parts if part.kind == "picture"]
    out = {
        part.figure: image.picture
        for part in figures
        for image in images
        if (image.page, image.tag) in part.content
    }
    for page in {part.content[0][0] for part in figures if part.content}:
        waiting = [
            part
            for part in figures
            if part.figure not in out and part.content and part.content[0][0] == page
        ]
        free = [one for one in images if one.page == page and one.picture not in out.values()]
        drawn = sorted((one for one in free if one.drawn), key=lambda one: -one.box[3])
        # Some producers give boxes in units of their own; the order on the page is right there too.
        if len(drawn) == len(waiting):
            pairs = zip(waiting, drawn, strict=True)
            out |= {part.figure: image.picture for part, image in pairs}
            continue
        for part in waiting:
            near = [one for one in free if part.box and _shared(one.box, part.box[1]) > SHARED]
            if near:
                out[part.figure] = near[0].picture
    return out


def _shared(a: Box, b: Box) -> float:
    """Return which part of the smaller box lies in the other."""
    wide = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    high = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    least = min((one[2] - one[0]) * (one[3] - one[1]) for one in (a, b))
    return wide * high / least if least else 0.0


def _block(
    part: Part,
    pieces: Mapping[Content, Sequence[Piece]],
    figures: Mapping[int, str],
    signs: dict[str, int],
) -> Block:
    signed, rest = part.content[: len(part.sign)], part.content[len(part.sign) :]
    sign = _letters(part.sign, pieces)
    if part.kind == "item" and not _MARK.fullmatch(sign):
        # What is explained stands on a line of its own, also where it stands beside the rest.
        parted = (_rows(_held(some, pieces, part.languages)) for some in (signed, rest))
        rows = tuple(row for some in parted for row in some)
    else:
        rows = tuple(_rows(_held(part.content, pieces, part.languages)))
    block = Block(rows, part.kind, part.level)
    if part.kind == "note":
        signs[sign] = part.note
        return replace(block, label=str(part.note), calls=_calls(part, rows, pieces, signs))
    if part.kind == "item":
        block = replace(block, label=_mark(sign) if part.label else "")
    if part.kind == "cell":
        row, column, columns = part.cell
        block = replace(block, level=row, label=f"{columns}/{column}")
    if part.kind == "caption":
        block = replace(block, picture=figures.get(part.figure, ""))
    return replace(block, calls=_calls(part, rows, pieces, signs))


def _held(
    content: Sequence[Content],
    pieces: Mapping[Content, Sequence[Piece]],
    languages: Mapping[Content, str],
) -> list[tuple[Content, Piece]]:
    """Return the pieces of marked content, each told its language."""
    return [
        (one, replace(piece, language=languages.get(one, "")))
        for one in content
        for piece in pieces.get(one, ())
    ]


def _letters(content: Sequence[Content], pieces: Mapping[Content, Sequence[Piece]]) -> str:
    return "".join(piece.text for one in content for piece in pieces.get(one, ())).strip()


def _mark(sign: str) -> str:
    """Return the mark of an item: its number, or a dash; the term that it explains is none."""
    number = _NUMBER.match(sign)
    return f"{number[0]}." if number else "-"


def _split_terms(blocks: Sequence[Block], terms: Mapping[int, int]) -> list[Block]:
    """Part the terms of a list from what explains them."""
    out: list[Block] = []
    explained = False
    for block in blocks:
        count = terms.get(id(block), 0)
        if count:
            out.append(replace(block, kind="term", rows=block.rows[:count], label=""))
            out.append(replace(block, kind="definition", rows=block.rows[count:], label=""))
        elif explained and block.kind == "item" and not block.label:
            out.append(replace(block, kind="definition"))
        else:
            out.append(block)
        explained = out[-1].kind == "definition"
    return out


def _rows(held: Sequence[tuple[Content, Piece]]) -> Iterator[Row]:
    """Yield the lines of a part, its pieces in the order of the tags."""
    line: list[Piece] = []
    page = -1
    for (number, _), piece in held:
        if line and (number != page or not _on_line(line, piece)):
            yield _row(page, line)
            line = []
        page = number
        line.append(piece)
    if line:
        yield _row(page, line)


def _row(page: int, line: Sequence[Piece]) -> Row:
    return Row(page, in_order(line), left=min(one.left for one in line))


def _on_line(line: Sequence[Piece], piece: Piece) -> bool:
    main = max(line, key=lambda one: (one.style.size, len(one.text)))
    size = max(main.style.size, piece.style.size)
    small = min(main.style.size, piece.style.size) <= 0.85 * size
    return abs(main.base - piece.base) < (0.55 if small else 0.2) * size


def _calls(
    part: Part,
    rows: Sequence[Row],
    pieces: Mapping[Content, Sequence[Piece]],
    signs: Mapping[str, int],
) -> tuple[Call, ...]:
    """Return where a part calls notes; a note that is called again has only its sign there."""
    out = []
    for content, note in part.calls:
        own = pieces.get(content, ())
        if not own:
            continue
        number = note if note >= 0 else signs.get(own[0].text.strip(), -1)
        place = _place(rows, own[0])
        if number >= 0 and place:
            out.append(Call(*place, str(number)))
    return tuple(out)


def _place(rows: Sequence[Row], piece: Piece) -> tuple[int, int, int] | None:
    """Return the row of a piece, and the columns of the row's text that it has."""
    for number, row in enumerate(rows):
        at = 0
        for one in row.pieces:
            at += one.blank and at > 0 and not row.text[:at].endswith(" ")
            if (one.box, one.text) == (piece.box, piece.text):
                return number, at, at + len(one.text)
            at += len(one.text)
    return None
