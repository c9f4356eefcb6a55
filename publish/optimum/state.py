"""What one layout knows while paragraphs are planned, and how its text is measured.

In: a `Manner` and the engine's boxes and styles. Out: galleys and planned lines, each made once for
a layout. Text is measured by the engine's own shaper (Pango), so that what is planned is what is
drawn. What the layout at hand knows stands in a ContextVar: each thread has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.preferred import max_content_width
from weasyprint.text import line_break

from publish.balance import balanced
from publish.galley import Galley, Kind, Leaf, bound, galley
from publish.linebreak import Line, Plan, plan
from publish.manner import Manner
from publish.pieces import Type

_KEPT = 400
"""Galleys at the most that a layout keeps at hand: those of a page and of its columns."""
_COPIED = 60
"""Galleys of notes and the like at the most that are kept for copies of their boxes."""
_WORST = 1.2
"""Where a line would be so much wider than its measure, the engine breaks the paragraph."""
_BALANCED = ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption")
"""Elements whose lines are made of like length."""


Way: TypeAlias = tuple[tuple[Any, int], ...]
"""The boxes that hold a paragraph, from the root down, each with the number of the next in it."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A line that the engine is filling, and how it was planned; `end` is the text it ends in."""

    linebox: Any
    line: Line
    made: Galley
    end: Leaf | None
    expansion: float

    def leaf_of(self, box: Any) -> Leaf | None:
        """Return a text of this line's paragraph; None for one of another."""
        return self.made.boxes.get(id(box))


@dataclass(slots=True)
class Setter:
    """What one layout knows: its manner, what it has measured, what it has planned.

    `ways` tells where each paragraph stands, by the id of its line box; `ahead` how the pages are
    made up that come next.
    """

    manner: Manner
    aim: Aim | None = None
    types: dict[int, tuple[Any, Type]] = field(default_factory=dict)
    by_key: dict[str, Type] = field(default_factory=dict)
    galleys: dict[int, tuple[Any, Galley | None]] = field(default_factory=dict)
    copied: dict[int, Galley] = field(default_factory=dict)
    ways: dict[int, Way] = field(default_factory=dict)
    ahead: Any = None

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
            least = tuple(style["hyphenate_limit_chars"])
            self.by_key[key] = Type(
                _measuring(style),
                lambda text: _breaks(text, style["lang"]),
                language,
                style["hyphens"],
                style["hyphenate_character"],
                style["white_space"] != "nowrap",
                self.manner.margins and style["text_align_all"] == "justify",
                replace(self.manner.hyphenation, least=least),
                self.manner.costs,
            )
        return self.by_key[key]

    def galley_of(self, context: Any, linebox: Any, within: Any) -> Galley | None:
        """Return the galley of a paragraph, made when it is first met."""
        key = id(linebox)
        if key not in self.galleys or self.galleys[key][0] is not linebox:
            if len(self.galleys) >= _KEPT:
                del self.galleys[next(iter(self.galleys))]

            def width_of(box: Any, kind: Kind) -> float:
                return _width(context, box, kind, within)

            language = linebox.style["lang"]
            known = self.copied.get(id(linebox.element)) if key not in self.ways else None
            made = bound(known, linebox) if known else None
            if made is None:
                made = galley(linebox, lambda text: _breaks(text, language), self.type_of, width_of)
            self.galleys[key] = linebox, made
            if made is not None and key not in self.ways:
                self._keep(linebox.element, made)
        return self.galleys[key][1]

    def _keep(self, element: Any, made: Galley) -> None:
        """Keep a galley for the copies that the engine makes of its box."""
        if len(self.copied) >= _COPIED:
            del self.copied[next(iter(self.copied))]
        self.copied[id(element)] = made

    def line_at(self, made: Galley, start: int, measures: list[float], linebox: Any) -> Line | None:
        """Return the planned line that begins at an offset in the text."""
        found, style = made.lines.get(start), linebox.style
        if found is not None and abs(found.measure - measures[0]) < 0.01:
            return found
        number = made.index.get(start)
        if number is None:
            return None
        justified = style["text_align_all"] == "justify"
        widths = measures
        if not justified:
            if made.places[-1].end - made.places[number].next <= measures[0]:
                return None
            if linebox.element_tag in _BALANCED and len(measures) == 1 and not number:
                widths = [balanced(made.places, measures[0])]
        taste = self.manner.taste(justified, style["font_size"])
        planned = plan(made.places, widths, taste, number)
        if planned is None or is_too_wide(planned):
            return None
        if widths is not measures:
            planned = replace(
                planned, lines=tuple(replace(one, measure=measures[0]) for one in planned.lines)
            )
        made.lines.update((line.start, line) for line in planned.lines)
        return made.lines.get(start)


def is_too_wide(planned: Plan) -> bool:
    """Tell whether a line of a plan is so wide that the engine had better break the paragraph."""
    return any(one.natural > one.measure * _WORST for one in planned.lines)


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
