"""A comparison as a page for a person: each page that changed beside what it was.

In: a `Comparison`, and the paths of its sides. Out: HTML in one file, the changes marked: on
pictures of the pages of a PDF, else among the words around them.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Literal

from msgspec import Struct

from publish.comparing.changes import Comparison, PageState
from publish.comparing.model import Area, Document, Picture, Token
from publish.comparing.pixels import flat
from publish.comparing.proofs import book_in
from publish.comparing.telling import lines
from publish.report.shots import Shot, shots

_AROUND = 30
"""Words before and after a change that are shown where no page can be."""
_WIDE = 480
"""Pixels of a side of a picture that is shown, at the most."""


class Mark(Struct, frozen=True):
    """Changed words on one line of the picture of a page, in percent of it."""

    kind: str
    text: str
    left: float
    top: float
    width: float
    height: float


class Run(Struct, frozen=True):
    """Words that stand together, and what became of them."""

    kind: str
    text: str


class Shown(Struct, frozen=True):
    """A picture that changed: what became of it, its name, and itself as a data address."""

    kind: str
    name: str
    source: str


class Side(Struct, frozen=True):
    """A page as it is shown: its picture with marks, or its words and pictures."""

    name: str
    shot: Shot | None
    marks: tuple[Mark, ...] = ()
    runs: tuple[Run, ...] = ()
    pictures: tuple[Shown, ...] = ()


def page(comparison: Comparison, old: Path, new: Path) -> str:
    """Return a page for a person: each page that changed beside what it was, the changes marked."""
    from publish.ground.templating import templates

    before, after = _sides(comparison, "old", old), _sides(comparison, "new", new)
    rows: list[tuple[list[Side], Side | None]] = []
    taken = set[int]()
    for number, state in enumerate(comparison.new_pages):
        if state.state == "changed":
            there = before.keys() & state.others
            taken |= there
            rows.append(([before[one] for one in sorted(there)], after[number]))
    rows += [([side], None) for number, side in before.items() if number not in taken]
    template = templates("compare").get_template("compare.html.j2")
    told = lines(comparison)
    return template.render(old=str(old), new=str(new), rows=rows, told=told[:-1], sum=told[-1])


def _kinds(comparison: Comparison, side: str) -> dict[int, str]:
    """Return what became of each changed word of a side, by its number."""
    return {
        at: change.kind for change in comparison.changes for at in range(*getattr(change, side))
    }


def _sides(comparison: Comparison, side: Literal["old", "new"], path: Path) -> dict[int, Side]:
    """Return the changed pages of a side, by their number from 0."""
    document: Document = getattr(comparison, side)
    states: Sequence[PageState] = getattr(comparison, f"{side}_pages")
    kinds = _kinds(comparison, side)
    wanted = [at for at, one in enumerate(states) if one.state == "changed"]
    tokens: dict[int, list[tuple[Token, str]]] = {at: [] for at in wanted}
    for at, token in enumerate(document.tokens):
        if token.page in tokens:
            tokens[token.page].append((token, kinds.get(at, "")))
    pictures: dict[int, list[tuple[Picture, str]]] = {at: [] for at in wanted}
    for change in comparison.pictures:
        picture: Picture | None = getattr(change, side)
        if picture is not None:
            pictures[picture.page].append((picture, change.kind))
    if document.kind != "pdf":
        return {
            at: Side(
                states[at].name,
                None,
                runs=tuple(_runs(tokens[at])),
                pictures=tuple(Shown(kind, one.name, _seen(one)) for one, kind in pictures[at]),
            )
            for at in wanted
        }
    data = book_in(path)
    made = {one.number - 1: one for one in shots(data, {at + 1 for at in wanted}, others=False)}
    marks = _marks(data, tokens, pictures)
    return {at: Side(states[at].name, made[at], marks[at]) for at in wanted}


def _seen(picture: Picture) -> str:
    """Return a picture as a data address; of a drawing nothing."""
    image = picture.pixels()
    if image is None:
        return ""
    image = flat(image)
    image.thumbnail((_WIDE, _WIDE))
    out = BytesIO()
    image.save(out, "WEBP", quality=60)
    return f"data:image/webp;base64,{b64encode(out.getvalue()).decode()}"


def _runs(tokens: Sequence[tuple[Token, str]]) -> Iterator[Run]:
    near = {
        other
        for at, (_, kind) in enumerate(tokens)
        if kind
        for other in range(at - _AROUND, at + _AROUND)
    }
    words: list[str] = []
    before = ""
    for at, (token, kind) in enumerate(tokens):
        kind = kind if at in near else "left out"
        if kind != before and words:
            yield Run(before, "…" if before == "left out" else " ".join(words))
            words = []
        before = kind
        words.append(token.text)
    if words:
        yield Run(before, "…" if before == "left out" else " ".join(words))


def _marks(
    data: bytes,
    tokens: Mapping[int, list[tuple[Token, str]]],
    pictures: Mapping[int, list[tuple[Picture, str]]],
) -> dict[int, tuple[Mark, ...]]:
    import pypdfium2

    found = {}
    with pypdfium2.PdfDocument(data) as pdf:
        for at, there in tokens.items():
            trim = pdf[at].get_trimbox()
            drawn = pdf[at].get_textpage()
            marks = [
                _mark(kind, "picture", picture.area, trim)
                for picture, kind in pictures[at]
                if picture.area
            ]
            for kind, run in groupby(there, key=lambda pair: pair[1]):
                words = [token for token, _ in run if kind]
                letters = (one for token in words for one in range(token.start, token.end))
                text = " ".join(token.text for token in words)
                for box in _lines([drawn.get_charbox(one, loose=True) for one in letters]):
                    marks.append(_mark(kind, text, box, trim))
            found[at] = tuple(marks)
    return found


def _mark(kind: str, text: str, box: Area, trim: Area) -> Mark:
    left, foot, right, head = trim
    wide, tall = 100 / (right - left), 100 / (head - foot)
    place = (box[0] - left) * wide, (head - box[3]) * tall
    size = (box[2] - box[0]) * wide, (box[3] - box[1]) * tall
    return Mark(kind, text, *(round(one, 2) for one in (*place, *size)))


def _lines(boxes: Sequence[tuple[float, ...]]) -> Iterator[Area]:
    """Yield the rectangle around letters, one for each line that they stand on."""
    run: list[tuple[float, ...]] = []
    for box in boxes:
        if box[0] == box[2]:
            continue
        if run and box[0] < run[-1][0]:
            yield _around(run)
            run = []
        run.append(box)
    if run:
        yield _around(run)


def _around(boxes: Sequence[tuple[float, ...]]) -> Area:
    lefts, feet, rights, heads = zip(*boxes, strict=True)
    return min(lefts), min(feet), max(rights), max(heads)
