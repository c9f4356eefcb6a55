"""A comparison told: as lines of text, as plain values for JSON, as a page with both sides.

In: a `Comparison`, and for the page the paths of its sides. Out: strings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from publish.comparing.changes import Change, Comparison, PageState
from publish.comparing.model import Document, Token
from publish.page_shots import Shot, shots

_SHOWN = 24
"""Words of a stretch that are told in a line of text."""
_AROUND = 30
"""Words before and after a change that are shown where no page can be."""


def lines(comparison: Comparison) -> list[str]:
    """Return a comparison as lines of text: changes, pictures, and a count of the pages."""
    told = [_line(one, comparison) for one in comparison.changes]
    for picture in comparison.pictures:
        old = "" if picture.old is None else comparison.old.pages[picture.old]
        new = "" if picture.new is None else comparison.new.pages[picture.new]
        page = "page " if comparison.new.kind == "pdf" else ""
        told.append(f"{page}{_places(old, new)}: picture {picture.kind}")
    return [*told, summary(comparison)]


def summary(comparison: Comparison) -> str:
    """Return how many pages changed, reflowed, stayed."""
    counts = Counter(page.state for page in comparison.new_pages)
    words = {"pdf": "pages", "epub": "documents", "manuscript": "files"}[comparison.new.kind]
    if comparison.same and not counts["reflowed"]:
        return f"the same words on the same {len(comparison.new_pages)} {words}"
    return (
        f"{counts['changed']} {words} changed, {counts['reflowed']} only reflowed,"
        f" {counts['same']} the same"
    )


def _line(change: Change, comparison: Comparison) -> str:
    old, new = said(comparison.old, change.old), said(comparison.new, change.new)
    pages = _name(comparison.old, change.old), _name(comparison.new, change.new)
    what = {
        "added": f"added “{new}”",
        "removed": f"removed “{old}”",
        "replaced": f"replaced “{old}” by “{new}”",
        "moved": f"moved “{old}”",
    }
    page = "page " if comparison.new.kind == "pdf" else ""
    return f"{page}{_places(*pages)}: {what[change.kind]}"


def said(document: Document, stretch: tuple[int, int], most: int = _SHOWN) -> str:
    """Return the words of a stretch, cut short where they are many."""
    words = [one.text for one in document.tokens[stretch[0] : stretch[1]]]
    return " ".join(words if len(words) <= most else [*words[:most], "…"])


def _name(document: Document, stretch: tuple[int, int]) -> str:
    """Return the name of the page on which a stretch begins, or after which it would."""
    at = min(stretch[0], len(document.tokens) - 1)
    return document.pages[document.tokens[at].page] if document.tokens else ""


def _places(old: str, new: str) -> str:
    return new if old == new else f"{old or '–'} → {new or '–'}"


def values(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values."""

    def stretch(document: Document, at: tuple[int, int]) -> dict[str, object] | None:
        if at[0] == at[1]:
            return None
        tokens = document.tokens[at[0] : at[1]]
        pages = dict.fromkeys(document.pages[one.page] for one in tokens)
        return {"pages": [*pages], "words": " ".join(one.text for one in tokens)}

    def pages(states: Sequence[PageState]) -> list[dict[str, object]]:
        return [{"page": one.name, "state": one.state, "others": [*one.others]} for one in states]

    old, new = comparison.old, comparison.new
    return {
        "same": comparison.same,
        "changes": [
            {"kind": one.kind, "old": stretch(old, one.old), "new": stretch(new, one.new)}
            for one in comparison.changes
        ],
        "old_pages": pages(comparison.old_pages),
        "new_pages": pages(comparison.new_pages),
        "pictures": [
            {
                "kind": one.kind,
                "old": None if one.old is None else old.pages[one.old],
                "new": None if one.new is None else new.pages[one.new],
            }
            for one in comparison.pictures
        ],
    }


# Side by side ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """Changed words on one line of the picture of a page, in percent of it."""

    kind: str
    text: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together, and what became of them."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """A page as it is shown: its picture with marks, or its words."""

    name: str
    shot: Shot | None
    marks: tuple[Mark, ...]
    runs: tuple[Run, ...]


def page(comparison: Comparison, old: Path, new: Path) -> str:
    """Return a page for a person: each page that changed beside what it was, the changes marked."""
    from publish.templating import templates

    before = _sides(comparison.old, comparison.old_pages, _kinds(comparison, "old"), old)
    after = _sides(comparison.new, comparison.new_pages, _kinds(comparison, "new"), new)
    names = [one.name for one in comparison.old_pages]
    rows: list[tuple[list[Side], Side | None]] = []
    taken = set[int]()
    for number, state in enumerate(comparison.new_pages):
        if state.state == "changed":
            there = {names.index(name) for name in state.others} & before.keys()
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


def _sides(
    document: Document, states: Sequence[PageState], kinds: dict[int, str], path: Path
) -> dict[int, Side]:
    """Return the changed pages of a document, by their number from 0."""
    wanted = [at for at, one in enumerate(states) if one.state == "changed"]
    tokens: dict[int, list[tuple[Token, str]]] = {at: [] for at in wanted}
    for at, token in enumerate(document.tokens):
        if token.page in tokens:
            tokens[token.page].append((token, kinds.get(at, "")))
    if document.kind != "pdf":
        return {at: Side(states[at].name, None, (), tuple(_runs(tokens[at]))) for at in wanted}
    pictures = {one.number - 1: one for one in shots(path, {at + 1 for at in wanted})}
    marks = _marks(path, tokens)
    return {at: Side(states[at].name, pictures[at], marks[at], ()) for at in wanted}


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


def _marks(path: Path, tokens: dict[int, list[tuple[Token, str]]]) -> dict[int, tuple[Mark, ...]]:
    import pypdfium2

    found = {}
    with pypdfium2.PdfDocument(path) as pdf:
        for at, there in tokens.items():
            left, foot, right, head = pdf[at].get_trimbox()
            drawn, marks = pdf[at].get_textpage(), []
            for kind, run in groupby(there, key=lambda pair: pair[1]):
                words = [token for token, _ in run if kind]
                letters = (one for token in words for one in range(token.start, token.end))
                text = " ".join(token.text for token in words)
                for box in _lines([drawn.get_charbox(one, loose=True) for one in letters]):
                    wide, tall = 100 / (right - left), 100 / (head - foot)
                    sides = ((box[0] - left) * wide, (head - box[3]) * tall)
                    size = ((box[2] - box[0]) * wide, (box[3] - box[1]) * tall)
                    place = (round(one, 2) for one in (*sides, *size))
                    marks.append(Mark(kind, text, *place))
            found[at] = tuple(marks)
    return found


def _lines(boxes: Sequence[tuple[float, ...]]) -> Iterator[tuple[float, float, float, float]]:
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


def _around(boxes: Sequence[tuple[float, ...]]) -> tuple[float, float, float, float]:
    lefts, feet, rights, heads = zip(*boxes, strict=True)
    return min(lefts), min(feet), max(rights), max(heads)
