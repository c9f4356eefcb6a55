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

from publish.proofing.threads import Thread, threads, words

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
_NEVER = ("/Link", "/Widget")
"""What is no mark of a reviewer, also where it has words: those are said for who cannot see it."""
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d\d)'?(\d\d)?'?)?"
)
_NEAR, _BELOW = 3.0, 4.5
"""So far, in pt, may a caret stand aside of the end of the words that it replaces, and below them.

Half a line lower it is that of the line below.
"""


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


def _page_marks(number: int, annotations: list[Dictionary]) -> Iterator[Mark]:
    for thread in threads(annotations):
        yield from _thread_marks(number, thread)


def _thread_marks(number: int, thread: Thread) -> Iterator[Mark]:
    """Yield what a thread says as one mark; what is said of a link or a field, each by itself."""
    made = _mark(number, thread.own)
    members = [one for each in thread.group if (one := _mark(number, each))]
    if made is None:
        yield from members
        apart = (one for one in thread.answers if "/State" not in one)
        yield from (one for each in apart if (one := _mark(number, each)))
        return
    for one in members:
        made = _grouped(made, one)
    answers, state = [], ""
    for answer in thread.answers:
        if "/State" in answer:
            state = words(answer.get("/State"))
        elif said := _contents(answer):
            author = words(answer.get("/T"))
            answers.append(f"{author}: {said}" if author else said)
    yield replace(made, state=state, replies=tuple(answers))


def _grouped(first: Mark, second: Mark) -> Mark:
    """Return two marks of one group as one: a strike-out and a caret are a replacement."""
    kinds = {first.kind, second.kind}
    if kinds == {"strikeout", "insert"}:
        struck, caret = (first, second) if first.kind == "strikeout" else (second, first)
        said = caret.replacement or struck.comment or ""
        # What the strike-out says beside the caret is said too.
        more = struck.comment if struck.comment != said else ""
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
    return abs(across - (left if ends_left else right)) < _NEAR and foot - _BELOW < up < head


def _mark(number: int, one: Dictionary) -> Mark | None:
    comment, rect = _contents(one), _rect(one.get("/Rect"))
    kind = _kind(one, comment)
    if kind is None:
        return None
    areas, point, proposed = _areas(one) or (rect,), None, None
    if kind == "insert":
        # The symbol stands with its point at the foot of the letters. (12.5.6.11)
        left, _, right, head = _inner(one, rect)
        point, proposed, comment = ((left + right) / 2, head), comment, ""
    elif kind == "strikeout" and not comment:
        proposed = ""
    elif kind in ("note", "text"):
        point = _pointed(one, rect)
    author, created = words(one.get("/T")), date(one.get("/CreationDate") or one.get("/M"))
    return Mark(number, kind, areas, rect, comment, proposed, author, created, point)


def _kind(one: Dictionary, comment: str) -> Kind | None:
    """Return what kind of mark it is; None for what is no reviewer's.

    What a program has of its own is a note if it says anything, and so is a pop-up that shows the
    words of no other.
    """
    subtype = str(one.get("/Subtype"))
    spoken = comment and subtype not in _NEVER
    if subtype == "/Popup" and isinstance(one.get("/Parent"), Dictionary):
        return None
    return _KINDS.get(subtype, "note" if spoken else None)


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
    plain = words(one.get("/Contents")).strip("\n")
    if plain.strip():
        return plain
    rich = one.get("/RC")
    written = rich.read_bytes().decode("utf-8", "replace") if isinstance(rich, Stream) else rich
    broken = re.sub(r"</p>|<br\b[^>]*>", "\n", words(written))
    return html.unescape(re.sub(r"<[^>]*>", "", broken)).strip()


def date(value: Any) -> str:
    """Return a date of a PDF as ISO 8601; empty for what is none (7.9.4)."""
    found = _DATE.fullmatch(words(value).strip())
    if not found:
        return ""
    year, month, day, hour, minute, second, zulu, sign, east, part = found.groups()
    made = f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}"
    return made + ("Z" if zulu else f"{sign}{east}:{part or '00'}" if sign else "")
