"""The notes that a document calls, each with its number.

In: the notes that the file holds, and its calls one by one (ECMA-376, part 1, 17.11). Out: the
number of each note, the first called being 1. A note is read once, however often it is called; one
that calls itself, or a note that led to it, would never come to an end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from publish.importing.docx.package import W
from publish.importing.docx.styles import is_on
from publish.importing.docx.symbols import UNKNOWN, symbol

Key: TypeAlias = tuple[str, str]
"""The part that holds a note, `footnotes` or `endnotes`, and its id there."""
Told: TypeAlias = tuple[str, str]
"""The code of a note to the editor, and what it says."""
REFERENCES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
"""What calls a note, and the part that holds it."""
MARK = 10
"""Characters that a mark may have which stands for a number; what is longer is text."""


class Calls(Container[Key]):
    """Numbers the notes as they are called; `marks` are those that notes have for a number."""

    def __init__(self, held: Mapping[Key, Any]) -> None:
        self.marks: dict[Key, str] = {}
        self._held = held
        self._called: list[Key] = []
        self._numbers: dict[Key, int] = {}
        self._families: Mapping[Key, range] = {}
        self._reading: Key | None = None

    def __contains__(self, key: object) -> bool:
        """Tell whether a note was called."""
        return key in self._numbers

    def unread(self) -> Iterator[tuple[Key, int]]:
        """Yield key and number of each note, those too that are called while the others are read.

        What is called meanwhile counts as called by the one that was yielded last.
        """
        self._families = _families(self._called, self._held)
        for key in self._called:
            self._reading = key
            yield key, self._numbers[key]

    def call(self, key: Key) -> tuple[str, Told | None]:
        """Return the number of the note that is called here, and what is to be told of the call.

        A call that leads nowhere, or round in a ring, has no number.
        """
        if key not in self._held:
            kind, name = key[0].removesuffix("s"), key[1]
            return "", ("unread", f"here stood a call, and {kind} {name} is not in the file")
        if key not in self._numbers:
            self._called.append(key)
            self._numbers[key] = len(self._called)
        number = self._numbers[key]
        if self._reading is None or not self._led(key, self._reading):
            return str(number), None
        reading = self._numbers[self._reading]
        what = "itself" if number == reading else f"note {number}, which led to it"
        return "", ("ring", f"here note {reading} calls {what}; that call is left out")

    def _led(self, key: Key, to: Key) -> bool:
        """Tell whether a note is another one, or led to it."""
        return self._families[to].start in self._families[key]


def own_mark(reference: Any) -> str:
    """Return the mark that a note has for a number, which follows its call; "" for none."""
    if str(reference.get(f"{W}customMarkFollows", "0")) in ("0", "false", "off"):
        return ""
    after = reference.itersiblings(f"{W}t", f"{W}sym")
    mark = "".join(_sign(one) if one.tag == f"{W}sym" else one.text or "" for one in after).strip()
    return mark if len(mark) <= MARK else ""


def _sign(sign: Any) -> str:
    known = symbol(str(sign.get(f"{W}font", "")), str(sign.get(f"{W}char", "")))
    return known.replace(UNKNOWN, "•")


def _families(called: Iterable[Key], held: Mapping[Key, Any]) -> dict[Key, range]:
    """Return a place for each note and, right after it, those of the notes that it led to.

    A note was led to by the one that called it first. Whether one led to another, however many
    stand between, is told by where that one has its place.
    """
    order = list(called)
    seen = set(order)
    led: defaultdict[Key | None, list[Key]] = defaultdict(list, {None: list(order)})
    for key in order:
        for one in _calls(held[key]):
            if one in held and one not in seen:
                seen.add(one)
                led[key].append(one)
                order.append(one)
    sizes: dict[Key, int] = {}
    for key in reversed(order):
        sizes[key] = 1 + sum(sizes[one] for one in led[key])
    places: dict[Key, range] = {}
    for caller in (None, *order):
        at = places[caller].start + 1 if caller else 0
        for key in led[caller]:
            places[key] = range(at, at + sizes[key])
            at += sizes[key]
    return places


def _calls(note: Any) -> Iterator[Key]:
    """Yield the notes that a note calls where that is shown."""
    for one in note.iter(*REFERENCES):
        properties = one.getparent().find(f"{W}rPr")
        if properties is not None and is_on(properties, "vanish"):
            continue
        yield REFERENCES[one.tag], str(one.get(f"{W}id"))
