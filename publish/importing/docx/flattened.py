"""What a word processor's file sets letters as, and a manuscript has no mark for.

In: the properties of a run, and of the styles that it has (ECMA-376, part 1, 17.3.2). Out: the
kinds of that; and, of the stretches of a paragraph that are set so, what is told of them. Hidden
text, and what stands in a form that is not filled in, is left out; all else stands on the line as
it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from publish.importing.docx.calls import Told
from publish.importing.docx.forms import PLACEHOLDER
from publish.importing.docx.package import W
from publish.importing.docx.styles import is_on, value

Setting = Literal["hidden", "placeholder", "mark", "raised", "lowered", "struck"]

SAID: Mapping[Setting, str] = {
    "hidden": "this is hidden in the source, and left out",
    "placeholder": "this only asks for words that nobody wrote, and is left out",
    "mark": "this marks a note in the source, and a number does here",
    "raised": "this stands above the line in the source, and on it here",
    "lowered": "this stands below the line in the source, and on it here",
    "struck": "this is struck out in the source, and stands here as it is",
}
LEFT: frozenset[Setting] = frozenset({"hidden", "placeholder", "mark"})
"""What is left out for it."""
SHOWN, WORDS = 5, 12
"""Stretches of a paragraph that are told, and the words that are shown of each."""


class Stretch(Struct, frozen=True):
    """Characters of a paragraph's text that are set in a way of their own."""

    setting: Setting
    start: int
    stop: int


def settings_of(properties: Sequence[Any]) -> tuple[Setting, ...]:
    """Return how a run is set, by the properties that count for it, the nearest first."""
    if properties and properties[0] is not None and properties[0].get(PLACEHOLDER):
        return ("placeholder",)
    if _is_on(properties, "vanish"):
        return ("hidden",)
    places = (value(one.find(f"{W}vertAlign")) for one in properties if one is not None)
    place = next(filter(None, places), "")
    struck = _is_on(properties, "strike") or _is_on(properties, "dstrike")
    found: Iterator[tuple[bool, Setting]] = iter(
        ((place == "superscript", "raised"), (place == "subscript", "lowered"), (struck, "struck"))
    )
    return tuple(setting for said, setting in found if said)


def _is_on(properties: Iterable[Any], name: str) -> bool:
    return next((said for one in properties if (said := is_on(one, name)) is not None), False)


def flattened(text: str, stretches: Iterable[Stretch]) -> Iterator[Told]:
    """Yield what is told of the stretches of a paragraph, those side by side as one."""
    found: defaultdict[Setting, list[str]] = defaultdict(list)
    ends: dict[Setting, int] = {}
    for one in stretches:
        shown = text[one.start : one.stop]
        if ends.get(one.setting) == one.start:
            found[one.setting][-1] += shown
        else:
            found[one.setting].append(shown)
        ends[one.setting] = one.stop
    for setting, parts in found.items():
        said = [_short(part.split()) for part in parts if part.strip()]
        more = f", and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
        if said:
            yield setting, f"{SAID[setting]}: {', '.join(said[:SHOWN])}{more}"


def _short(words: Sequence[str]) -> str:
    return f"“{' '.join(words[:WORDS])}{' …' if len(words) > WORDS else ''}”"
