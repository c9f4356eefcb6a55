"""How many things a drawing draws, those that are used again among them.

In: the root of an SVG file. Out: their number, or what draws itself within itself. A file of ten
lines can use what uses what uses, and draw a thousand million (SVG 1.1, 5.6).
"""

from __future__ import annotations

from typing import Any

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_DEPTH = 200
"""So deep are uses within uses followed; a drawing program writes two or three."""
_UNDER_WAY = -1
MOST = 200_000
"""A map of all roads of a country has fewer."""


class Endless(ValueError):
    """What an element with this id draws is drawn within it; the standard calls that an error."""


def drawn(root: Any) -> int:
    """Return how many elements are drawn, `MOST` and one where there are more.

    Raises `Endless` with the id of what uses itself.
    """
    return _Count({one.get("id"): one for one in root.iter() if one.get("id")}).of(root, 0)


class _Count:
    """Counts what is drawn of elements, each once."""

    def __init__(self, named: dict[str, Any]) -> None:
        self._named = named
        self._known: dict[Any, int] = {}

    def of(self, element: Any, depth: int) -> int:
        if depth > _DEPTH:
            return MOST + 1
        if element not in self._known:
            self._known[element] = _UNDER_WAY
            total = 1 + sum(self.of(child, depth + 1) for child in element)
            if element.tag == f"{_SVG}use" and (target := self._target(element)) is not None:
                total += self.of(target, depth + 1)
            self._known[element] = min(total, MOST + 1)
        elif self._known[element] == _UNDER_WAY:
            raise Endless(element.get("id"))
        return self._known[element]

    def _target(self, use: Any) -> Any:
        href = next((use.get(name) for name in _HREF if use.get(name)), "")
        return self._named.get(href.removeprefix("#"))
