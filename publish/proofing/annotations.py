"""The annotations of a PDF as marks, whichever program wrote them.

In: a PDF. Out: `Mark`s, lengths in pt of the page's user space. What programs do differently is
evened out here (ISO 32000-2, 12.5.6): the four points of a quadrilateral come in several orders, so
only their bounds count; a replacement is a caret and a strike-out in one group, whichever leads, or
two that merely stand together; an answer or a state belongs to the mark that it answers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeGuard

from pikepdf import Array, Dictionary, Name, Pdf, Stream

Area = tuple[float, float, float, float]
"""Left, foot, right, head."""
Kind = Literal[
    "highlight",
    "underline",
    "strikeout",
    "squiggly",
    "insert",
    "replace",
    "note",
    "text",
    "drawing",
]
_KINDS: dict[str, Kind] = {
    "/Highlight": "highlight",
    "/Underline": "underline",
    "/StrikeOut": "strikeout",
    "/Squiggly": "squiggly",
    "/Caret": "insert",
    "/Text": "note",
    "/FreeText": "text",
    "/Ink": "drawing",
    "/Square": "drawing",
    "/Circle": "drawing",
    "/Line": "drawing",
    "/Polygon": "drawing",
    "/PolyLine": "drawing",
    "/Stamp": "drawing",
    "/FileAttachment": "note",
    "/Sound": "note",
    "/Redact": "strikeout",
}
"""What is no mark of a reviewer: links, form fields, pop-ups, which show the words of another."""
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d\d)'?(\d\d)?'?)?"
)
_NEAR = 9.0
"""So far, in pt, may a caret stand from the end of the words that it replaces."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reviewer marked, and says of it; `areas` are where, one for each stretch of a line.

    `replacement` is what is to stand there instead, None where nothing is proposed. `point` is
    where a mark points that covers nothing.
    """

    page: int
    kind: Kind
    areas: tuple[Area, ...]
    rect: Area
    comment: str
    replacement: str | None
    author: str
    created: str
    point: tuple[float, float] | None = None
    state: str = ""
    replies: tuple[str, ...] = ()


def marks(pdf: Pdf) -> list[Mark]:
    """Return the marks of all pages, page by page in the order of the file.

    Those that merely stand together are still apart: `joined` needs to know how their words run.
    """
    found: list[Mark] = []
    for number, page in enumerate(pdf.pages, 1):
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, Array):
            found += _page_marks(number, [one for one in annotations if _is_annotation(one)])
    return found


def _is_annotation(one: Any) -> TypeGuard[Dictionary]:
    return isinstance(one, Dictionary) and isinstance(one.get("/Subtype"), Name)


@dataclass(slots=True)
class _Thread:
    """A mark with what belongs to it: the others of its group, and what answers it."""

    own: Dictionary
    group: list[Dictionary]
    answers: list[Dictionary]


def _page_marks(number: int, annotations: list[Dictionary]) -> Iterator[Mark]:
    threads = _threads(annotations)
    yield from (one for thread in threads if (one := _thread_mark(number, thread)))


def _threads(annotations: list[Dictionary]) -> list[_Thread]:
    """Return the annotations with all that refers to them (IRT, RT)."""
    keys = {_key(one): one for one in annotations}
    # Some name the annotation that they answer by its name, not by a reference.
    names = {_words(one.get("/NM")): one for one in annotations if "/NM" in one}

    def above(one: Dictionary) -> Dictionary | None:
        to = one.get("/IRT")
        if isinstance(to, Dictionary):
            return keys.get(_key(to), names.get(_words(to.get("/NM"))) if "/NM" in to else None)
        return names.get(_words(to)) if to is not None else None

    threads: dict[Any, _Thread] = {}
    below: list[tuple[Dictionary, Dictionary]] = []
    for one in annotations:
        parent = above(one)
        if parent is None or _key(parent) == _key(one):
            threads[_key(one)] = _Thread(one, [], [])
        else:
            below.append((one, parent))
    for one, parent in below:
        steps, grouped = 0, one.get("/RT") == Name.Group
        while (higher := above(parent)) is not None and steps < len(annotations):
            parent, steps = higher, steps + 1
            grouped = False
        thread = threads.get(_key(parent))
        if thread is None:
            # They answer each other in a circle: each is taken by itself.
            threads[_key(one)] = _Thread(one, [], [])
        else:
            (thread.group if grouped else thread.answers).append(one)
    return list(threads.values())


def _key(one: Dictionary) -> Any:
    return one.objgen if one.is_indirect else one.unparse()


def _thread_mark(number: int, thread: _Thread) -> Mark | None:
    """Return what a thread says as one mark; None for what is no reviewer's."""
    made = _mark(number, thread.own)
    members = [one for each in thread.group if (one := _mark(number, each))]
    if made is None:
        return None
    for one in members:
        made = _grouped(made, one)
    answers, state = [], ""
    for answer in thread.answers:
        if "/State" in answer:
            state = _words(answer.get("/State"))
        elif words := _contents(answer):
            author = _words(answer.get("/T"))
            answers.append(f"{author}: {words}" if author else words)
    return replace(made, state=state, replies=tuple(answers))


def _grouped(first: Mark, second: Mark) -> Mark:
    """Return two marks of one group as one: a strike-out and a caret are a replacement."""
    kinds = {first.kind, second.kind}
    if kinds == {"strikeout", "insert"}:
        struck, caret = (first, second) if first.kind == "strikeout" else (second, first)
        said = caret.replacement or struck.comment or ""
        more = caret.comment if caret.comment != said else ""
        return replace(first, kind="replace", areas=struck.areas, rect=struck.rect, point=None,
                       replacement=said, comment=more)  # fmt: skip
    comment = "\n".join(dict.fromkeys(one for one in (first.comment, second.comment) if one))
    return replace(first, areas=(*first.areas, *second.areas), comment=comment)


def joined(made: Sequence[Mark], leftward: Callable[[Mark], bool]) -> Iterator[Mark]:
    """Yield marks; a caret at the end of a reviewer's strike-out replaces what is struck out.

    `leftward` tells whether the words under a mark run so, and end on the left.
    """
    carets = [one for one in made if one.kind == "insert"]
    used: set[int] = set()
    for one in made:
        if one.kind == "strikeout" and not one.comment:
            for caret in carets:
                if id(caret) not in used and _are_one(caret, one, leftward):
                    used.add(id(caret))
                    one = _grouped(one, caret)
                    break
        if one.kind != "insert":
            yield one
    yield from (one for one in carets if id(one) not in used)


def _are_one(caret: Mark, struck: Mark, leftward: Callable[[Mark], bool]) -> bool:
    if (caret.page, caret.author) != (struck.page, struck.author):
        return False
    assert caret.point
    across, up = caret.point
    ends_left = leftward(struck)
    left, foot, right, head = max(
        struck.areas, key=lambda one: (-one[1], -one[0] if ends_left else one[2])
    )
    return abs(across - (left if ends_left else right)) < _NEAR / 3 and foot - _NEAR < up < head


def _mark(number: int, one: Dictionary) -> Mark | None:
    kind = _KINDS.get(str(one.get("/Subtype")))
    if kind is None:
        return None
    rect = _rect(one.get("/Rect"))
    comment = _contents(one)
    areas, point, proposed = _areas(one) or (rect,), None, None
    if kind == "insert":
        # The symbol stands with its point at the foot of the letters. (12.5.6.11)
        left, _, right, head = _inner(one, rect)
        point, proposed, comment = ((left + right) / 2, head), comment, ""
    elif kind == "strikeout" and not comment:
        proposed = ""
    elif kind in ("note", "text"):
        point = _pointed(one, rect)
    author, created = _words(one.get("/T")), date(one.get("/CreationDate") or one.get("/M"))
    return Mark(number, kind, areas, rect, comment, proposed, author, created, point)


def _areas(one: Dictionary) -> tuple[Area, ...]:
    """Return the bounds of the quadrilaterals, or of the strokes of a pen."""
    quads = _numbers(one.get("/QuadPoints"))
    found = [
        (min(part[::2]), min(part[1::2]), max(part[::2]), max(part[1::2]))
        for part in (quads[at : at + 8] for at in range(0, len(quads) - 7, 8))
    ]
    strokes = one.get("/InkList")
    for stroke in strokes if isinstance(strokes, Array) else ():
        points = _numbers(stroke)
        if len(points) >= 4:
            found.append((min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])))
    return tuple(dict.fromkeys(found))


def _inner(one: Dictionary, rect: Area) -> Area:
    """Return a rectangle without what its differences (RD) leave out."""
    inset = _numbers(one.get("/RD"))
    if len(inset) != 4:
        return rect
    return rect[0] + inset[0], rect[1] + inset[3], rect[2] - inset[2], rect[3] - inset[1]


def _pointed(one: Dictionary, rect: Area) -> tuple[float, float]:
    """Return where a note points: the tip of its line of call-out, else its middle."""
    line = _numbers(one.get("/CL"))
    if len(line) in (4, 6):
        return line[0], line[1]
    return (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2


def _rect(value: Any) -> Area:
    sides = _numbers(value)
    if len(sides) != 4:
        return 0.0, 0.0, 0.0, 0.0
    return (min(sides[::2]), min(sides[1::2]), max(sides[::2]), max(sides[1::2]))


def _numbers(value: Any) -> list[float]:
    if not isinstance(value, Array):
        return []
    try:
        return [float(one) for one in value]
    except (TypeError, ValueError):
        return []


def _contents(one: Dictionary) -> str:
    """Return what is said in an annotation: its plain words, else its rich ones."""
    plain = _words(one.get("/Contents")).strip("\n")
    if plain.strip():
        return plain
    rich = one.get("/RC")
    written = rich.read_bytes().decode("utf-8", "replace") if isinstance(rich, Stream) else rich
    broken = re.sub(r"</p>|<br\b[^>]*>", "\n", _words(written))
    return html.unescape(re.sub(r"<[^>]*>", "", broken)).strip()


def _words(value: Any) -> str:
    return str(value).replace("\r\n", "\n").replace("\r", "\n") if value is not None else ""


def date(value: Any) -> str:
    """Return a date of a PDF as ISO 8601; empty for what is none (7.9.4)."""
    found = _DATE.fullmatch(_words(value).strip())
    if not found:
        return ""
    year, month, day, hour, minute, second, zulu, sign, east, part = found.groups()
    made = f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}"
    return made + ("Z" if zulu else f"{sign}{east}:{part or '00'}" if sign else "")
