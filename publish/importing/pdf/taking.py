"""All that was read of a PDF → its lines, each with what it is.

In: pages, pictures, tags, bookmarks. Out: an `Extract`. Where the tags hold the text, the blocks
are theirs; else they are made of rows by their places and styles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from publish.importing.languages import language_of
from publish.importing.lines import make_line, plain
from publish.importing.model import Extract, Facts, Line, Note, Picture
from publish.importing.pdf.blocks import Block, blocks_of
from publish.importing.pdf.drawings import PARTS, within
from publish.importing.pdf.furniture import furniture
from publish.importing.pdf.joining import join_blocks
from publish.importing.pdf.model import Image, Page, Row
from publish.importing.pdf.notes import give_notes
from publish.importing.pdf.repeated import drop_repeats
from publish.importing.pdf.roles import Setting, give_roles
from publish.importing.pdf.settling import Layout, all_rows, body_of, layout_of
from publish.importing.pdf.sourcing import lines_of
from publish.importing.pdf.tagged import holds, tagged_blocks
from publish.importing.pdf.tags import Part

SHOWN = 12
"""Words of turned text that are told of a page."""


class Scanned(Struct, frozen=True):
    """What the reader of a PDF found in it.

    `failed` is told of its pictures, `filled` of its forms.
    """

    pages: Sequence[Page]
    images: Sequence[Image]
    pictures: Mapping[str, Picture]
    parts: Sequence[Part]
    bookmarks: Mapping[str, int]
    language: str
    failed: Sequence[str] = ()
    filled: Sequence[str] = ()


class _Taken(Struct):
    """Blocks in reading order, and rows that stand in none: as what each is left out, or ""."""

    blocks: list[Block]
    layout: Layout
    apart: list[tuple[str, Row]] = field(default_factory=list)
    alts: Mapping[str, str] = field(default_factory=dict)
    tagged: bool = False


def take(found: Scanned) -> Extract:
    """Return the lines of a PDF."""
    pages, apart = _inner(found)
    taken = _tagged(found, pages) or _laid_out(found, pages)
    taken.apart += apart
    blocks = drop_repeats(taken.blocks)
    every = [*(row for block in blocks for row in block.rows), *(row for _, row in taken.apart)]
    every.sort(key=lambda row: row.page)
    numbers = {id(row): number for number, row in enumerate(every, 1)}
    lines, left = lines_of(blocks, numbers, taken.layout)
    for number, (what, row) in enumerate(taken.apart):
        line = make_line(numbers[id(row)], row.text, 0, 0, 0)
        if what:
            left += [(what, run) for run in line.runs]
        else:
            lines.append(replace(line, facts=Facts(len(blocks) + number)))
    # In a tagged PDF a drawing that is no figure is an ornament.
    loose = [
        one for one in found.images if not one.drawn or (one.drawn >= PARTS and not taken.tagged)
    ]
    lines = _with_pictures(lines, loose, every)
    used = {line.facts.picture for line in lines if line.facts}
    return Extract(
        text="\n".join(row.text for row in every),
        lines=tuple(lines),
        left=tuple(left),
        notes=tuple(_notes(found, taken, numbers)),
        pictures={
            name: replace(one, alt=plain(taken.alts.get(name, "")))
            for name, one in found.pictures.items()
            if name in used
        },
        language=found.language,
        places=tuple(row.page + 1 for row in every),
    )


def _inner(found: Scanned) -> tuple[list[Page], list[tuple[str, Row]]]:
    """Return the pages with the text that runs on them, and what else stands there."""
    pages: list[Page] = []
    apart: list[tuple[str, Row]] = []
    for page in found.pages:
        drawn = [one for one in found.images if one.page == page.number and one.drawn >= PARTS]
        lettering = {id(piece) for one in drawn for piece in within(one.box, page.pieces)}
        kept = []
        for piece in page.pieces:
            what = "beyond the trimmed page" if piece.outside else ""
            if not what and id(piece) in lettering:
                what = "lettering of a drawing"
            if what or piece.turned:
                apart.append((what, Row(page.number, (piece,))))
            else:
                kept.append(piece)
        pages.append(replace(page, pieces=tuple(kept)))
    return pages, apart


def _laid_out(found: Scanned, pages: Sequence[Page]) -> _Taken:
    """Make blocks of rows by their places and styles."""
    language = language_of(found.language)
    body = body_of(pages)
    rows = all_rows(pages, body)
    out = furniture(rows, pages, body)
    text = [row for at, row in enumerate(rows) if at not in out]
    layout = layout_of(text, body)
    setting = Setting(layout, language, found.images, found.bookmarks)
    blocks = give_notes(blocks_of(text, layout, language), layout)
    blocks = join_blocks(give_roles(blocks, setting), layout, language)
    return _Taken(blocks, layout, [(what, rows[at]) for at, what in sorted(out.items())])


def _tagged(found: Scanned, pages: Sequence[Page]) -> _Taken | None:
    """Take the blocks of the tags; None where these do not hold the text."""
    language = language_of(found.language)
    body = body_of(pages)
    blocks, alts, rest = tagged_blocks(found.parts, pages, found.images)
    rows = all_rows(pages, body)
    heads = furniture(rows, pages, body)
    if not holds(found.parts, pages, sum(len(rows[at].text) for at in heads)):
        return None
    layout = layout_of([row for at, row in enumerate(rows) if at not in heads], body)
    known = {piece: what for at, what in heads.items() for piece in rows[at].pieces}
    apart: list[tuple[str, Row]] = []
    for row in all_rows(rest, body):
        what = next((known[one] for one in row.pieces if one in known), "")
        ornament = not any(char.isalnum() for char in row.text)
        apart.append((what or ("ornament" if ornament else ""), row))
    setting = Setting(layout, language, (), found.bookmarks, tagged=True)
    blocks = give_roles(blocks, setting)
    if not any(block.kind == "note" for block in blocks):
        blocks = give_notes(blocks, layout)
    return _Taken(blocks, layout, apart, alts, tagged=True)


def _notes(found: Scanned, taken: _Taken, numbers: Mapping[int, int]) -> list[Note]:
    """Return what the editor should look at."""
    notes = [Note(1, "picture", message) for message in found.failed]
    notes += [Note(1, "unread", message) for message in found.filled]
    notes += _turned(taken, numbers)
    heads = [(what, row) for what, row in taken.apart if what in ("running head", "folio")]
    if heads:
        texts = sorted({row.text for what, row in heads if what == "running head"})
        folios = sum(what == "folio" for what, _ in heads)
        shown = [f"“{text}”" for text in texts[:3]] + (["…"] if len(texts) > 3 else [])
        shown += [f"{folios} folios"] if folios else []
        first = min(numbers[id(row)] for _, row in heads)
        notes.append(Note(first, "running-head", f"left out: {', '.join(shown)}"))
    return notes


def _turned(taken: _Taken, numbers: Mapping[int, int]) -> Iterator[Note]:
    """Yield a note for each page on which text stands turned: it comes after all other text."""
    pages: defaultdict[int, list[Row]] = defaultdict(list)
    for what, row in taken.apart:
        if not what and any(piece.turned for piece in row.pieces):
            pages[row.page].append(row)
    for page, rows in pages.items():
        words = " ".join(row.text for row in rows).split()
        said = " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
        message = f"text stands turned on page {page + 1}, and may be out of order: “{said}”"
        yield Note(min(numbers[id(row)] for row in rows), "turned", message)


def _with_pictures(
    lines: Sequence[Line], images: Sequence[Image], rows: Sequence[Row]
) -> list[Line]:
    """Put pictures without a caption among the lines: after the last line above them."""
    tied = {line.facts.picture for line in lines if line.facts}
    out = list(lines)
    block = max((line.facts.block for line in lines if line.facts), default=0) + 1
    for image in images:
        if image.picture in tied:
            continue
        tied.add(image.picture)
        at = _place(out, image, rows)
        out.insert(at, Line(0, (), "", facts=Facts(block, "picture", picture=image.picture)))
        block += 1
    return out


def _place(lines: Sequence[Line], image: Image, rows: Sequence[Row]) -> int:
    """Return before which line a picture is put."""
    middle = (image.box[1] + image.box[3]) / 2
    at = 0
    for number, line in enumerate(lines):
        if not line.number:
            continue
        row = rows[line.number - 1]
        above = row.page < image.page or (row.page == image.page and row.base > middle)
        at = number + 1 if above else at
    return at
