"""Drop caps of a word processor's file → the paragraphs that they begin.

In: an element (ECMA-376, part 1, 17.3.1.11: a drop cap is a paragraph in a frame of its own). Out:
the same, changed in place: its letters stand at the head of the paragraph after it, set as that is.
"""

from __future__ import annotations

from typing import Any

from publish.importing.docx.package import W

_SET = tuple(f"{W}{name}" for name in ("rStyle", "b", "i", "smallCaps"))
"""What sets a drop cap apart from the words that it begins, and would be a mark in them."""


def join_drop_caps(root: Any) -> None:
    """Join the drop caps; one with no paragraph after it stays as it is."""
    for frame in reversed(list(root.iter(f"{W}framePr"))):
        paragraph = next(frame.iterancestors(f"{W}p"), None)
        if paragraph is None or frame.get(f"{W}dropCap") not in ("drop", "margin"):
            continue
        after = next(paragraph.itersiblings(f"{W}p", f"{W}tbl"), None)
        if after is not None and after.tag == f"{W}p":
            _join(paragraph, after)


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
