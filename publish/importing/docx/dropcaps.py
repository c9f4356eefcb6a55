"""Drop caps of a word processor's file → the paragraphs that they begin.

In: an element (ECMA-376, part 1, 17.3.1.11: a drop cap is a paragraph in a frame of its own). Out:
the same, changed in place: its letters stand at the head of the running text after it, set as that
is; and what is told of those that stood before a heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from publish.importing.docx.calls import Told
from publish.importing.docx.inlines import WRAPPING
from publish.importing.docx.package import W
from publish.importing.docx.styles import Styles, role_of
from publish.importing.docx.tables import only_cell
from publish.importing.headings import ORNAMENT
from publish.importing.model import Kind

_SET = tuple(f"{W}{name}" for name in ("rStyle", "b", "i", "smallCaps"))
"""What sets a drop cap apart from the words that it begins, and would be a mark in them."""
_BEGUN: frozenset[Kind] = frozenset({"body", "standfirst", "quote", "item"})
"""What a drop cap may begin."""
NEAR = 20
"""So many paragraphs after a drop cap, the text that it begins is looked for."""


def join_drop_caps(root: Any, styles: Styles) -> list[Told]:
    """Join the drop caps; one with no running text after it stays as it is."""
    told: list[Told] = []
    for frame in reversed(list(root.iter(f"{W}framePr"))):
        paragraph = next(frame.iterancestors(f"{W}p"), None)
        if paragraph is None or not _is_cap(frame):
            continue
        headed = False
        for after in islice(_after(paragraph), NEAR):
            kind, _, style = role_of(after, styles)
            if after.tag != f"{W}p" or any(map(_is_cap, after.iterfind(f"{W}pPr/{W}framePr"))):
                break
            text = _words(after) if style not in ("contents", "label") else ""
            if kind in _BEGUN and text and not ORNAMENT.fullmatch(text):
                if headed:
                    said = f"the drop cap “{_words(paragraph)}” stood before a heading, and begins"
                    told.append(("dropcap", f"{said} the text below it: “{text[:40]}”"))
                _join(paragraph, after)
                break
            headed = headed or kind == "heading"
    return told[::-1]


def _is_cap(frame: Any) -> bool:
    """Tell whether a frame is that of a drop cap."""
    return frame.get(f"{W}dropCap") in ("drop", "margin")


def _words(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(f"{W}t")).strip()


def _after(block: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables after a block, where something stands around them as well."""
    for one in block.itersiblings():
        yield from _within(one)
    around = block.getparent()
    if around is not None and etree.QName(around).localname in WRAPPING:
        yield from _after(around)


def _within(block: Any) -> Iterator[Any]:
    if block.tag == f"{W}tbl" and (cell := only_cell(block)) is not None:
        for child in cell:
            yield from _within(child)
    elif block.tag in (f"{W}p", f"{W}tbl"):
        yield block
    elif isinstance(block.tag, str) and etree.QName(block).localname in WRAPPING:
        for child in block:
            yield from _within(child)


def _join(paragraph: Any, after: Any) -> None:
    """Put what stands in a paragraph before what stands in another, and take it out."""
    for properties in paragraph.iter(f"{W}rPr"):
        for one in [one for one in properties if one.tag in _SET]:
            properties.remove(one)
    at = int(after.find(f"{W}pPr") is not None)
    for child in [one for one in paragraph if one.tag != f"{W}pPr"]:
        after.insert(at, child)
        at += 1
    paragraph.getparent().remove(paragraph)
