"""What one layout knows while paragraphs are planned, and how its text is measured.

In: a `Manner` and the engine's boxes and styles. Out: galleys and planned lines, each made once for
a layout. Text is measured by the engine's own shaper (Pango), so that what is planned is what is
drawn. What the layout at hand knows stands in a ContextVar: each thread has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from contextvars import ContextVar
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.preferred import max_content_width
from weasyprint.text import line_break

from publish.engine.optimum.galley import Galley, Kind, Leaf, galley, leaves
from publish.engine.optimum.plans import is_too_wide, ways
from publish.paragraphs.balance import balanced
from publish.paragraphs.linebreak import Line, Plan, plan
from publish.paragraphs.manner import Manner
from publish.paragraphs.pieces import Type
from publish.paragraphs.taste import Taste

_KEPT = 100_000
"""Places for line ends that a layout keeps at hand, some 30 MB: of what is laid out, and ahead."""
_BALANCED = ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption")
"""Elements whose lines are made of like length."""


_SNAP, _SNAPPED = "__line_snap", "baseline"
"""The style sheet’s `--line-snap`, as the engine keeps it (CSS Line Grid 1, `line-snap`)."""

Case: TypeAlias = dict[str, Type]
"""Type by all that tells two styles apart, with the words that were measured in it."""
Way: TypeAlias = tuple[tuple[Any, int], ...]
"""The boxes that hold a paragraph, from the root down, each with the number of the next in it."""


class Aim(Struct, frozen=True):
    """A line that the engine is filling, and how it was planned; `end` is the text it ends in."""

    linebox: Any
    line: Line
    made: Galley
    end: Leaf | None
    expansion: float

    def leaf_of(self, box: Any) -> Leaf | None:
        """Return a text of this line's paragraph; None for one of another."""
        return self.made.boxes.get(id(box))


class Setter(Struct):
    """What one layout knows: its manner, what it has measured, what it has planned.

    `ways` tells where each paragraph stands, by the id of its line box; `heights` how high notes
    are, and `laid` what pictures are laid out, by the id of their boxes; `ahead` how the pages are
    made up that come next, `pins` how deep the columns of this one are, by the id of the element
    that is set in them; `made` the lines of this page that were made, by their place.
    """

    manner: Manner
    aim: Aim | None = None
    types: dict[int, tuple[Any, Type]] = field(default_factory=dict)
    by_key: Case = field(default_factory=dict)
    tastes: dict[tuple[bool, float], Taste] = field(default_factory=dict)
    galleys: dict[Hashable, tuple[Any, Galley | None]] = field(default_factory=dict)
    kept: int = 0
    ways: dict[int, Way] = field(default_factory=dict)
    heights: dict[int, tuple[Any, float | None]] = field(default_factory=dict)
    laid: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    ahead: Any = None
    pins: dict[int, Any] = field(default_factory=dict)
    made: dict[tuple[Any, ...], tuple[Any, Any]] = field(default_factory=dict)

    def type_of(self, style: Any) -> Type:
        """Return how a style sets text; styles that look alike share it."""
        known = self.types.get(id(style))
        if known is None or known[0] is not style:
            known = self.types[id(style)] = (style, self._type(style))
        return known[1]

    def _type(self, style: Any) -> Type:
        names = ("hyphens", "hyphenate_limit_chars", "hyphenate_character", "white_space")
        own = (*(style[name] for name in names), style["letter_spacing"], style["word_spacing"])
        key = line_break._font_style_cache_key(style, include_size=True) + repr(own)
        key += style["text_align_all"]
        if key not in self.by_key:
            language = style["lang"] or ""
            total, *sides = style["hyphenate_limit_chars"]
            least = max(total, self.manner.hyphenation.least)
            self.by_key[key] = Type(
                _measuring(style),
                lambda text: _breaks(text, style["lang"]),
                language,
                style["hyphens"],
                style["hyphenate_character"],
                style["white_space"] != "nowrap",
                self.manner.margins and style["text_align_all"] == "justify",
                replace(self.manner.hyphenation, least=least, sides=tuple(sides)),
                self.manner.costs,
            )
        return self.by_key[key]

    def taste_of(self, style: Any) -> Taste:
        """Return the taste for paragraphs in a style."""
        key = style["text_align_all"] == "justify", style["font_size"]
        if key not in self.tastes:
            self.tastes[key] = self.manner.taste(*key)
        return self.tastes[key]

    def galley_of(self, context: Any, linebox: Any, within: Any) -> Galley | None:
        """Return the galley of a paragraph, made when it is first met; copies of it share one.

        The engine lays out a page's notes anew, in copies, with each note that is added to them.
        """
        inner = () if id(linebox) in self.ways else tuple(leaves(linebox))
        key = _looks(linebox, inner) if inner else id(linebox)
        found = self.galleys.pop(key, None)
        if found:
            self.kept -= _places(found[1])
        made = self._keep(key, found or (linebox, self._galley(context, linebox, within)))
        if made and inner:
            pairs = zip(inner, made.leaves, strict=True)
            made.boxes = {id(box): leaf for (_, box, kind), leaf in pairs if kind == "text"}
        return made

    def _galley(self, context: Any, linebox: Any, within: Any) -> Galley | None:
        language = linebox.style["lang"]
        return galley(
            linebox,
            lambda text: _breaks(text, language),
            self.type_of,
            lambda box, kind: _width(context, box, kind, within),
        )

    def _keep(self, key: Hashable, found: tuple[Any, Galley | None]) -> Galley | None:
        """Keep a galley, and forget those that have not been asked for the longest."""
        self.galleys[key] = found
        self.kept += _places(found[1])
        while self.kept > _KEPT and len(self.galleys) > 1:
            self.kept -= _places(self.galleys.pop(next(iter(self.galleys)))[1])
        return found[1]

    def line_at(self, made: Galley, start: int, measures: list[float], linebox: Any) -> Line | None:
        """Return the planned line that begins at an offset in the text."""
        found = made.lines.get(start)
        if found is not None and abs(found.measure - measures[0]) < 0.01:
            return found
        planned = self._plan(made, start, measures, linebox)
        if planned is None:
            return None
        made.lines.update((line.start, line) for line in planned.lines)
        return made.lines.get(start)

    def _plan(self, made: Galley, start: int, measures: list[float], linebox: Any) -> Plan | None:
        """Return the best lines from an offset on; None where the engine had better break them."""
        number, style = made.index.get(start), linebox.style
        if number is None:
            return None
        justified = style["text_align_all"] == "justify"
        taste, measure = self.taste_of(style), measures[0]
        if is_running(style) and len(measures) == 1:
            return next(iter(ways(made, start, measure, taste, self.manner.lean)), None)
        if not justified:
            if made.places[-1].end - made.places[number].next <= measure:
                return None
            if linebox.element_tag in _BALANCED and len(measures) == 1 and not number:
                measures = [balanced(made.places, measure)]
        planned = plan(made.places, measures, taste, number)
        if planned is None or is_too_wide(planned):
            return None
        if measures[0] == measure:
            return planned
        lines = tuple(replace(one, measure=measure) for one in planned.lines)
        return replace(planned, lines=lines)


def is_running(style: Any) -> bool:
    """Tell whether a paragraph is of the running text: justified, in the size of the book."""
    size = style.root_style["font_size"] if style.root_style else None
    return bool(style["text_align_all"] == "justify" and style["font_size"] == size)


def is_snapped(style: Any) -> bool:
    """Tell whether lines go down to the grid of their page."""
    return any(getattr(token, "value", "") == _SNAPPED for token in style[_SNAP])


def _looks(linebox: Any, inner: Sequence[tuple[tuple[int, ...], Any, Kind]]) -> Hashable:
    """Return what copies of a paragraph have in common, and no other paragraph has."""
    looks = ((path, kind, id(box.style), getattr(box, "text", "")) for path, box, kind in inner)
    return id(linebox.style), *looks


def _places(made: Galley | None) -> int:
    return len(made.places) if made else 0


NOW: ContextVar[Setter | None] = ContextVar("NOW", default=None)


ENGINE: dict[str, Callable[..., Any]] = {}


def aim() -> Aim | None:
    """Return the line that the layout at hand is filling as planned, if it is."""
    setter = NOW.get()
    return setter.aim if setter else None


def _measuring(style: Any) -> Callable[[str], float]:
    """Return a function that measures text as the engine will draw it, once for each piece."""
    spaced = style["letter_spacing"] != "normal" or style["word_spacing"]
    kept = None if spaced else line_break.Layout(style)
    known: dict[str, float] = {"": 0.0}

    def width(text: str) -> float:
        if text not in known:
            layout = kept or line_break.Layout(style)
            layout.set_text(text)
            known[text] = float(line_break.line_size(layout.get_first_line()[0], style)[0])
        return known[text]

    return width


def _breaks(text: str, language: str | None) -> Sequence[bool]:
    """Tell for each character of a text, and for its end, whether a line may end before it."""
    attributes = line_break.get_log_attrs(text, language)
    return [one.is_line_break for one in attributes]


def _width(context: Any, box: Any, kind: Kind, within: Any) -> float:
    """Return the width of a box that is no text, or of one side of a box around text."""
    if kind == "atom":
        return float(max_content_width(context, box))
    resolve_percentages(box, within)
    side = "left" if (kind == "open") == (box.style["direction"] == "ltr") else "right"
    names = (f"padding_{side}", f"border_{side}_width", f"margin_{side}")
    return float(sum(one for name in names if (one := getattr(box, name)) != "auto"))
