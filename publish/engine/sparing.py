"""What the engine works out anew for each line, worked out once for a style.

In: WeasyPrint's modules for text and for lines, and its version; `layout` and `writing` give them.
Out: a context in which the strut of a line (CSS 2.2, 10.8.1), the font of a style and its features
are worked out once for each style. A style that is changed is a copy, which has none of these yet.
Read in WeasyPrint 70; in another version, which is told of (P418), nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from publish.engine.steadying import is_known

Spare = Callable[[Callable[..., Any]], Callable[..., Any]]
"""Makes work that is not done twice of work."""


@contextmanager
def sparing(version: str, line_break: Any, inline: Any) -> Iterator[None]:
    """Change the engine for as long as the context holds."""
    if not is_known(version):
        yield
        return
    places: tuple[tuple[Any, str, Spare], ...] = (
        (line_break, "strut", _once),
        (inline, "strut", _once),
        (line_break, "get_font_description", _once),
        (line_break, "font_features", lru_cache(maxsize=256)),
    )
    before = [getattr(module, name) for module, name, _ in places]
    for (module, name, spare), work in zip(places, before, strict=True):
        setattr(module, name, spare(work))
    try:
        yield
    finally:
        for (module, name, _), work in zip(places, before, strict=True):
            setattr(module, name, work)


def _once(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Have something worked out once for a style, which keeps it."""
    name = f"_known_{work.__name__}"

    def known(style: Any) -> Any:
        kept = style.__dict__
        if name not in kept:
            kept[name] = work(style)
        return kept[name]

    return known
