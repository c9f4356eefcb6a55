"""Laid-out boxes under names of our own: all that is known of the layout engine's tree.

In: a page of the engine. Out: `Box`es, lengths in px from the trim's upper left corner. They are
plain: what is read of a page once can be kept, and sent to another process, and the engine's own
tree let go. The names that are read here are private to WeasyPrint 70 and stand in no other file
that reads pages (`steadying` changes how they come about).
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, Literal, NamedTuple
from xml.etree.ElementTree import Element

from publish.engine.rects import Rect
from publish.paragraphs.choices import Choice
from publish.paragraphs.linebreak import Line as Planned
from publish.paragraphs.rivals import Composed, composed_of

Kind = Literal[
    "page", "margin", "notes", "block", "table", "picture", "line", "inline", "text", "other"
]
_KINDS: dict[str, Kind] = {
    "PageBox": "page",
    "MarginBox": "margin",
    "FootnoteAreaBox": "notes",
    "BlockBox": "block",
    "InlineBlockBox": "block",
    "TableCellBox": "block",
    "TableCaptionBox": "block",
    "TableBox": "table",
    "BlockReplacedBox": "picture",
    "LineBox": "line",
    "InlineBox": "inline",
    "TextBox": "text",
}


class Box(NamedTuple):
    """A box of a laid-out page. A length that its kind does not have is 0.

    There are tens of thousands of them in a book, and rows are what is made and sent quickest.
    """

    kind: Kind
    element: Element | None
    """The element that it is made of, or, anonymous or generated, is made for."""
    children: tuple[Box, ...]
    """The boxes in this one, in the order of the text."""

    # What it is made of
    tag: str
    """The name of its element, as in `p`; of what is generated, as in `p::before`."""
    is_column: bool
    """Whether it is a column of several."""
    is_absolute: bool
    """Whether it has been taken out of the flow and put at a place of its own."""
    is_in_flow: bool
    """Whether it stands after what comes before it in the text."""
    is_tinted: bool
    """Whether it has a ground of its own, in a colour or of a picture."""
    is_justified: bool
    """Whether lines in it are set to one width, but for the last."""

    # Where it stands
    left: float
    """Its left edge, margin included."""
    top: float
    """Its upper edge, margin included."""
    width: float
    """The width of its content."""
    height: float
    """The height of its content."""
    outer_width: float
    """Its width, margins included."""
    outer_height: float
    """Its height, margins included."""
    border_left: float
    """Its left edge, border included."""
    border_top: float
    """Its upper edge, border included."""
    border_width: float
    """Its width, borders included."""
    border_height: float
    """Its height, borders included."""
    content_left: float
    """Where its content begins."""
    content_top: float
    """Where its content begins."""
    padding_left: float
    """The left side of its padding."""
    padding_width: float
    """The width of its padding, with its content."""

    # Its type
    size: float
    """The size of its type."""
    face: tuple[str, int, str]
    """The family that its type is of by right, its weight and its style."""
    hyphen: str
    """What the engine sets where it divides a word."""

    # A text
    text: str = ""
    """The characters of a text as they are set, a hyphen of the engine included."""
    said: str = ""
    """The text as it is copied: a word broken in another spelling is as it was."""
    gap: float = 0.0
    """The blank that justifying has added between two words."""
    baseline: float = 0.0
    """Where the baseline of a text stands."""
    scale: float = 1.0
    """By how much its letters are widened."""
    widened: float = 0.0
    """By which share its letters are widened, with the white between them."""

    # A line
    planned: Planned | None = None
    """How a line was planned; None where the engine alone made it."""
    choice: Choice | None = None
    """Why the paragraph of a line is not set as suits it best, where it is not."""
    composed: Composed | None = None
    """The paragraph of a planned line as it was set.

    None where nobody kept it: of the text it is that of one page alone (`Manner.explained`).
    """
    short: int = 0
    """How many lines a page ends above its foot after a line; 0 where it is full."""

    def descendants(self) -> Iterator[Box]:
        """Yield the boxes in this one and in those, outer ones first."""
        waiting = [*reversed(self.children)]
        while waiting:
            box = waiting.pop()
            yield box
            waiting += reversed(box.children)

    def with_more(self, page: Box) -> Box:
        """Return a page with what stands in the margins of another."""
        more = (box for box in page.children if box.kind == "margin")
        return self._replace(children=(*self.children, *more))

    @property
    def pseudo(self) -> str:
        """Return what of its element it is, as in `before` or `first-line`; nothing for itself."""
        return self.tag.partition("::")[2]

    @property
    def classes(self) -> list[str]:
        """Return the classes of its element."""
        return [] if self.element is None else (self.element.get("class") or "").split()

    @property
    def border(self) -> Rect:
        """Return where it shows, borders included."""
        right, bottom = self.border_left + self.border_width, self.border_top + self.border_height
        return Rect(self.border_left, self.border_top, right, bottom)

    @property
    def content(self) -> Rect:
        """Return where its content stands."""
        right, bottom = self.content_left + self.width, self.content_top + self.height
        return Rect(self.content_left, self.content_top, right, bottom)

    @property
    def padding_sides(self) -> tuple[float, float]:
        """Return the left and the right side of its padding."""
        return self.padding_left, self.padding_left + self.padding_width

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def page_box(page: Any) -> Box:
    """Return the box of a page of the engine."""
    return _read(page._page_box)


def _read(made: Any) -> Box:
    """Return a box of the engine with all that is in it."""
    made = made._box if type(made).__name__ == "AbsolutePlaceholder" else made
    kind = _KINDS.get(type(made).__name__, "other")
    element, style = made.element, made.style
    left, top = float(made.position_x), float(made.position_y)
    width, height = _px(made, "width"), _px(made, "height")
    more: dict[str, Any] = {}
    if kind == "text":
        more = _text(made)
    elif kind == "line":
        more = _line(made)
    return Box(
        kind,
        element if isinstance(element, Element) else None,
        tuple([_read(child) for child in getattr(made, "children", ())]),
        str(made.element_tag or ""),
        bool(getattr(made, "is_column", False)),
        bool(made.is_absolutely_positioned()),
        bool(made.is_in_normal_flow()),
        getattr(made, "background", None) is not None,
        bool(style["text_align_all"] == "justify"),
        left,
        top,
        width,
        height,
        *_edges(made, left, top, width, height),
        float(style["font_size"]),
        (str(style["font_family"][0]), int(style["font_weight"]), str(style["font_style"])),
        str(style["hyphenate_character"]),
        **more,
    )


def _px(made: Any, name: str) -> float:
    """Return a length of a box; 0 where it has none, or one that nobody had to reckon."""
    value = getattr(made, name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


_SIDES = tuple(
    f"{name}_{side}{end}"
    for name, end in (("margin", ""), ("border", "_width"), ("padding", ""))
    for side in ("left", "right", "top", "bottom")
)
_sides = attrgetter(*_SIDES)
_Edges = tuple[float, float, float, float, float, float, float, float, float, float]


def _edges(made: Any, left: float, top: float, width: float, height: float) -> _Edges:
    """Return the sizes and the edges of a box, from `outer_width` to `padding_width`.

    (CSS 2, 8.1: margins around borders around padding around the content)
    """
    try:
        sides = _sides(made)
        sum(sides)
    except (AttributeError, TypeError):
        # It lacks some, or nobody had to reckon them.
        sides = tuple(_px(made, name) for name in _SIDES)
    before, after, above, below, *borders, pad_before, pad_after, pad_above, pad_below = sides
    padded = float(width + pad_before + pad_after)
    wide = float(padded + borders[0] + borders[1])
    high = float(height + pad_above + pad_below + borders[2] + borders[3])
    at = float(left + before), float(top + above)
    inner = at[0] + borders[0] + pad_before, at[1] + borders[2] + pad_above
    return (
        wide + before + after,
        high + above + below,
        *at,
        wide,
        high,
        *inner,
        at[0] + borders[0],
        padded,
    )


def _text(made: Any) -> dict[str, Any]:
    """Return what is known of a text, beside what is of every box."""
    give = getattr(made, "give", None)
    return {
        "text": str(made.text),
        "said": str(getattr(made, "said", made.text)),
        "gap": float(made.justification_spacing),
        "baseline": float(made.position_y + made.baseline),
        "scale": float(give.scale) if give else 1.0,
        "widened": float(give.scale - 1 + give.fit) if give else 0.0,
    }


def _line(made: Any) -> dict[str, Any]:
    """Return what is known of a line, beside what is of every box."""
    galley = getattr(made, "galley", None)
    return {
        "planned": getattr(made, "planned", None),
        "choice": getattr(made, "choice", None),
        "composed": galley and composed_of(galley.text, galley.places, made.taste, galley.lines),
        "short": getattr(made, "short", 0),
    }
