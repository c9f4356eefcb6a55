"""Which margins of a page are set: those that show its number, those that do not, or all.

In: WeasyPrint's module `layout`, and which. Out: a context in which a document is laid out with
those alone. What stands in the margins is the last that the engine lays out, and nothing of a page
hangs on it: so a section is set without its folios, and they are set when it is known which it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

Margins = Literal["all", "heads", "folios"]
_COUNTERS, _PAGES = ("counter()", "counters()"), ("page", "pages")


@contextmanager
def set_in(layout: Any, margins: Margins) -> Iterator[None]:
    """Have the engine lay out only these margins of each page."""
    if margins == "all":
        yield
        return
    make = layout.make_margin_boxes
    empty: Any = None

    def made(context: Any, page: Any, state: Any) -> list[Any]:
        nonlocal empty
        styles = context.style_for
        if empty is None:
            empty = page.style.anonymous_style
        context.style_for = lambda *given: _only(styles(*given), margins, empty)
        try:
            return list(make(context, page, state))
        finally:
            context.style_for = styles

    layout.make_margin_boxes = made
    try:
        yield
    finally:
        layout.make_margin_boxes = make


def _only(style: Any, margins: Margins, empty: Any) -> Any:
    """Return the style of a margin box, or that of an empty one, which is alike on all pages."""
    wanted = style is not None and _shows_number(style) == (margins == "folios")
    return style if wanted else empty


def _shows_number(style: Any) -> bool:
    content = style["content"]
    return isinstance(content, tuple | list) and any(
        kind in _COUNTERS and value[0] in _PAGES
        for kind, value, *_ in (one for one in content if isinstance(one, tuple | list))
    )
