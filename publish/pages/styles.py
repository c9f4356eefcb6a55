"""The rules of style that follow from one book: how its folios read, which margins stay empty.

In: folios, and the pages whose margins a picture covers. Out: CSS.
"""

from __future__ import annotations

from collections.abc import Mapping

from publish.text.folios import Folios

SIDES = ("left", "right")


def folio_style(folios: Folios, position: int) -> str:
    """Return the rules by which the counter of the pages shows their folios.

    `position` is that of the first page, from 1. It counts front matter up to 0, so that the body
    begins with 1. (CSS Counter Styles 3, “fixed”; what has no symbol is shown as a decimal)
    """
    begun = f"@page :first {{ counter-reset: page {position - folios.front} }}\n"
    if not folios.front:
        return begun
    first = 1 - folios.front
    symbols = " ".join(f'"{folios.label(at)}"' for at in range(1, folios.front + 1))
    return f"@counter-style folio {{ system: fixed {first}; symbols: {symbols} }}\n{begun}"


def covered_style(covered: Mapping[int, set[str]]) -> str:
    """Return the rules that keep heads and folios off the pictures that cover their margins."""
    rules = []
    for position, edges in sorted(covered.items()):
        boxes = (f"@{edge}-{side} {{ content: none }}" for edge in edges for side in SIDES)
        rules.append(f"@page :nth({position}) {{ {' '.join(sorted(boxes))} }}")
    return "\n".join(rules)
