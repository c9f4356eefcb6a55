"""`[booklet]` of `book.toml`: the sheets for an office printer, and what of it goes together.

In: a value of each key. Out: `BookletSettings`, lengths in millimetres, and problems S117.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from publish.ground.problems import Problem, problem
from publish.settings.schema import Nested, Wrong, choice, flag, number, setting, whole
from publish.settings.toml import TomlDocument
from publish.settings.values import SIZES, length, size

Flip = Literal["short", "long"]
Fit = Literal["actual", "printable"]
Fold = Literal["once", "twice"]
Binding = Literal["saddle-stitch", "signatures", "cut-stacks"]


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper: grams per square metre and bulk (cm³/g, ISO 534)."""

    grams: float = setting(number(30, 600), "weight in g/m²", 100.0)
    bulk: float = setting(number(0.5, 3), "bulk in cm³/g", 1.2)


def signature(value: object) -> int:
    """Read the pages of a signature, a multiple of 4 up to 32."""
    what = "4, 8, 12, 16, 20, 24, 28 or 32 pages"
    pages = value if isinstance(value, int) and not isinstance(value, bool) else 0
    if pages not in range(4, 33, 4):
        raise Wrong(what)
    return pages


@dataclass(frozen=True, slots=True)
class BookletSettings:
    """The imposed sheets for an office duplex printer."""

    scheme: Binding = setting(
        choice("saddle-stitch", "signatures", "cut-stacks"),
        "sheets stapled through the fold, folded and gathered, or leaves cut apart",
        "saddle-stitch",
    )
    up: int | None = setting(whole(1, 64), "pages on a side of a sheet", None)
    fold: Fold = setting(choice("once", "twice"), "how a sheet of four pages is folded", "once")
    signature: int = setting(signature, "pages of a signature", 16)
    repeat: bool = setting(flag, "whether a sheet holds one leaf again and again", False)
    cover: Paper | None = setting(Nested(Paper), "paper of the cover, on a sheet of its own", None)
    sheet: tuple[float, float] = setting(
        size, "the sheet of paper; else the smallest of A4 to A2 that holds its pages", SIZES["A4"]
    )
    flip: Flip = setting(choice("short", "long"), "the edge over which the printer turns", "short")
    fit: Fit = setting(
        choice("actual", "printable"), "at 100%, or shrunk into what can be printed", "actual"
    )
    margin: float = setting(length(30), "the edge that the printer cannot print", 5.0)


def completed(booklet: BookletSettings, trim: tuple[float, float], given: bool) -> BookletSettings:
    """Return the settings with a sheet; one that is not given is chosen for the trim size (mm)."""
    if given:
        return booklet
    rooms = [sorted((across * trim[0], along * trim[1])) for across, along in _grids(booklet)]
    sheets = [SIZES[name] for name in ("A4", "A3", "A2")]
    fitting = (
        sheet
        for sheet in sheets
        if any(sheet[0] >= short and sheet[1] >= long for short, long in rooms)
    )
    return replace(booklet, sheet=next(fitting, sheets[-1]))


def _grids(booklet: BookletSettings) -> list[tuple[int, int]]:
    """Return the columns and rows in which the pages of a side may lie."""
    if booklet.scheme != "cut-stacks":
        return [(2, (booklet.up or 2) // 2)]
    up = booklet.up or 1
    return [(columns, up // columns) for columns in range(1, up + 1) if up % columns == 0]


def check_booklet(
    booklet: BookletSettings, document: TomlDocument, separate: bool
) -> list[Problem]:
    """Report each key that says nothing, or nothing possible, beside the others.

    `separate` where the book's cover is none of its pages.
    """
    given = document.values.get("booklet", {})
    return [
        problem("S117", document.key(("booklet", key)), key=key, what=what)
        for key, what in _misfits(booklet, separate)
        if key in given
    ]


def _misfits(booklet: BookletSettings, separate: bool) -> Iterator[tuple[str, str]]:
    if booklet.scheme != "cut-stacks":
        if booklet.up not in (None, 2, 4):
            yield "up", f"A sheet for “{booklet.scheme}” has 2 or 4 pages on a side"
        yield "repeat", "Only leaves that are cut apart are repeated: scheme = “cut-stacks”"
    if booklet.scheme != "saddle-stitch":
        yield "cover", "Only a cover that is stapled is folded like its pages"
    elif separate:
        yield "cover", "With [print] cover = “separate” none of these pages is the cover"
    if booklet.scheme != "signatures":
        yield "signature", "It goes with scheme = “signatures”"
    if booklet.scheme == "cut-stacks" or booklet.up != 4:
        yield "fold", "Only four folded pages on a side leave a choice: up = 4"
    elif booklet.scheme == "signatures" and booklet.fold == "twice" and booklet.signature % 8:
        yield "signature", "A sheet folded twice has 8 pages: take 8, 16, 24 or 32"
