"""An annotation of a PDF as a mark, whichever program wrote it.

In: the dictionary of an annotation. Out: a `Mark`, lengths in pt of the page's user space. What
programs do differently is evened out here (ISO 32000-2, 12.5.6): the four points of a quadrilateral
come in several orders, so only their bounds count.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Stream

from publish.proofing.threads import words

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


REACH = 24.0
"""So far, in pt, does a mark look for words that it does not stand on."""
_ROUNDED = 1.0
"""So far, in pt, may a program move the sides of a rectangle that it saves anew."""
_BEGUN = 0.5
"""So far, in pt, from where typed words begin is surely on what they begin on."""


class Mark(Struct, frozen=True):
    """What a reviewer marked, and says of it; `areas` are where, one for each stretch of a line.

    `replacement` is what is to stand there instead, None where nothing is proposed. `point` is
    where a mark points that covers nothing. `state` has the states that it was put in, `name` is
    what its program calls it (NM), in every copy alike. `begins` tells that a paragraph begins
    where it puts something in.
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
    name: str = ""
    begins: bool = False

    @property
    def typed(self) -> tuple[float, float] | None:
        """Return where words typed over the page begin, surely on what they begin on.

        A call-out points elsewhere, and other marks are not typed: None.
        """
        if self.kind != "text" or self.point != middle(self.rect):
            return None
        return self.rect[0] + _BEGUN, middle(self.rect)[1]


def are_near(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether two rectangles are one, but for how programs round."""
    return all(abs(a - b) <= _ROUNDED for a, b in zip(one, other, strict=True))


def middle(area: Area) -> tuple[float, float]:
    """Return the middle of an area."""
    return (area[0] + area[2]) / 2, (area[1] + area[3]) / 2


def mark_of(number: int, one: Dictionary) -> Mark | None:
    """Return the mark that an annotation of a page is; None for what is no reviewer's."""
    comment, rect = contents(one), _rect(one.get("/Rect"))
    kind = _kind(one, comment)
    if kind is None:
        return None
    areas, point, proposed, begins = _areas(one) or (rect,), None, None, False
    if kind == "insert":
        # The symbol stands with its point at the foot of the letters. (12.5.6.11)
        left, _, right, head = _inner(one, rect)
        point, proposed, comment = ((left + right) / 2, head), comment, ""
        begins = one.get("/Sy") == Name.P or words(one.get("/Contents")).startswith("\n")
    elif kind == "strikeout" and not comment:
        proposed = ""
    elif kind in ("note", "text"):
        point = _pointed(one, rect)
    author, created = words(one.get("/T")), date(one.get("/CreationDate") or one.get("/M"))
    name = words(one.get("/NM"))
    return Mark(number, kind, areas, rect, comment, proposed, author, created, point, name=name,
                begins=begins)  # fmt: skip


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
    return middle(rect)


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


def contents(one: Dictionary) -> str:
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
