"""Laid-out boxes under names of our own: all that is known of the layout engine's tree.

In: a page of the engine. Out: `Box`es, lengths in px from the trim's upper left corner. A box is a
view: it is made where somebody looks, so that a book of which nobody asks anything costs nothing.
The names on the right are private to WeasyPrint 70 and stand in no other file that reads pages
(`steadying` changes how they come about).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree.ElementTree import Element

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


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in px."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Rect, hair: float = 0.0) -> bool:
        """Tell whether another rectangle lies within this one, but for a hair in px."""
        across = self.left - hair <= other.left and other.right <= self.right + hair
        return across and self.top - hair <= other.top and other.bottom <= self.bottom + hair


class Box:
    """A box of a laid-out page."""

    __slots__ = ("_box", "element", "kind")

    kind: Kind
    element: Element | None
    """The element that it is made of, or, anonymous or generated, is made for."""

    def __init__(self, box: Any) -> None:
        kind = type(box).__name__
        if kind == "AbsolutePlaceholder":
            box = box._box
            kind = type(box).__name__
        self._box = box
        self.kind = _KINDS.get(kind, "other")
        element = box.element
        self.element = element if isinstance(element, Element) else None

    @property
    def children(self) -> list[Box]:
        """Return the boxes in this one, in the order of the text."""
        return [Box(child) for child in getattr(self._box, "children", ())]

    def descendants(self) -> Iterator[Box]:
        """Yield the boxes in this one and in those, outer ones first."""
        waiting = [*reversed(self.children)]
        while waiting:
            box = waiting.pop()
            yield box
            waiting += reversed(box.children)

    # What it is made of --------------------------------------------------------------------------

    @property
    def tag(self) -> str:
        """Return the name of its element, as in `p`; of what is generated, as in `p::before`."""
        return str(self._box.element_tag or "")

    @property
    def pseudo(self) -> str:
        """Return what of its element it is, as in `before` or `first-line`; nothing for itself."""
        return self.tag.partition("::")[2]

    @property
    def classes(self) -> list[str]:
        """Return the classes of its element."""
        return [] if self.element is None else (self.element.get("class") or "").split()

    @property
    def is_column(self) -> bool:
        """Tell whether it is a column of several."""
        return bool(getattr(self._box, "is_column", False))

    @property
    def is_absolute(self) -> bool:
        """Tell whether it has been taken out of the flow and put at a place of its own."""
        return bool(self._box.is_absolutely_positioned())

    @property
    def is_in_flow(self) -> bool:
        """Tell whether it stands after what comes before it in the text."""
        return bool(self._box.is_in_normal_flow())

    @property
    def is_tinted(self) -> bool:
        """Tell whether it has a ground of its own, in a colour or of a picture."""
        return getattr(self._box, "background", None) is not None

    # Where it stands -----------------------------------------------------------------------------

    @property
    def left(self) -> float:
        """Return its left edge, margin included."""
        return float(self._box.position_x)

    @property
    def top(self) -> float:
        """Return its upper edge, margin included."""
        return float(self._box.position_y)

    @property
    def width(self) -> float:
        """Return the width of its content."""
        return float(self._box.width)

    @property
    def height(self) -> float:
        """Return the height of its content."""
        return float(self._box.height)

    @property
    def outer_width(self) -> float:
        """Return its width, margins included."""
        return float(self._box.margin_width())

    @property
    def outer_height(self) -> float:
        """Return its height, margins included; 0 for what has none of its own."""
        return float(self._box.margin_height()) if hasattr(self._box, "margin_height") else 0.0

    @property
    def border_top(self) -> float:
        """Return its upper edge, border included."""
        return float(self._box.border_box_y())

    @property
    def border_width(self) -> float:
        """Return its width, borders included."""
        return float(self._box.border_width())

    @property
    def border_height(self) -> float:
        """Return its height, borders included."""
        return float(self._box.border_height())

    @property
    def border(self) -> Rect:
        """Return where it shows, borders included."""
        left, top = float(self._box.border_box_x()), self.border_top
        return Rect(left, top, left + self.border_width, top + self.border_height)

    @property
    def content(self) -> Rect:
        """Return where its content stands."""
        left, top = float(self._box.content_box_x()), float(self._box.content_box_y())
        return Rect(left, top, left + self.width, top + self.height)

    @property
    def padding_sides(self) -> tuple[float, float]:
        """Return the left and the right side of its padding."""
        left = float(self._box.padding_box_x())
        return left, left + float(self._box.padding_width())

    # A text --------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """Return the characters of a text as they are set, a hyphen of the engine included."""
        return str(self._box.text)

    @property
    def said(self) -> str:
        """Return the text as it is copied: a word broken in another spelling is as it was."""
        return str(getattr(self._box, "said", self._box.text))

    @property
    def planned(self) -> Planned | None:
        """Return how a line was planned; None where the engine alone made it."""
        return getattr(self._box, "planned", None)

    @property
    def choice(self) -> Choice | None:
        """Return why the paragraph of a line is not set as suits it best, where it is not."""
        return getattr(self._box, "choice", None)

    @property
    def composed(self) -> Composed | None:
        """Return the paragraph of a planned line as it was set.

        None where nobody kept it: of the text it is that of one page alone (`Manner.explained`).
        """
        made = getattr(self._box, "galley", None)
        return made and composed_of(made.text, made.places, self._box.taste, made.lines)

    @property
    def short(self) -> int:
        """Return how many lines a page ends above its foot after a line; 0 where it is full."""
        return getattr(self._box, "short", 0)

    @property
    def size(self) -> float:
        """Return the size of its type."""
        return float(self._box.style["font_size"])

    @property
    def face(self) -> tuple[str, int, str]:
        """Return the family that its type is of by right, its weight and its style."""
        style = self._box.style
        return str(style["font_family"][0]), int(style["font_weight"]), str(style["font_style"])

    @property
    def is_justified(self) -> bool:
        """Tell whether lines in it are set to one width, but for the last."""
        return bool(self._box.style["text_align_all"] == "justify")

    @property
    def scale(self) -> float:
        """Return by how much its letters are widened."""
        give = getattr(self._box, "give", None)
        return float(give.scale) if give else 1.0

    @property
    def widened(self) -> float:
        """Return by which share its letters are widened, with the white between them."""
        give = getattr(self._box, "give", None)
        return float(give.scale - 1 + give.fit) if give else 0.0

    @property
    def hyphen(self) -> str:
        """Return what the engine sets where it divides a word."""
        return str(self._box.style["hyphenate_character"])

    @property
    def gap(self) -> float:
        """Return the blank that justifying has added between two words."""
        return float(self._box.justification_spacing)

    @property
    def baseline(self) -> float:
        """Return where the baseline of a text stands."""
        return float(self._box.position_y + self._box.baseline)


def page_box(page: Any) -> Box:
    """Return the box of a page of the engine."""
    return Box(page._page_box)
