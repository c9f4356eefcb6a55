"""Styles of a word processor → what a paragraph is, as rows of a table.

In: a paragraph and the styles of its document (ECMA-376, part 1, 17.7). Out: its kind and level. A
style without a row takes that of the style that it is based on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from publish.importing.docx.package import W
from publish.importing.model import Kind

STYLES: Mapping[str, tuple[Kind, int]] = MappingProxyType(
    {
        "title": ("title", 0),
        "subtitle": ("subtitle", 0),
        "author": ("byline", 0),
        "byline": ("byline", 0),
        "abstract": ("standfirst", 0),
        "standfirst": ("standfirst", 0),
        "lead": ("standfirst", 0),
        **{f"heading {level}": ("heading", level) for level in range(1, 7)},
        "quote": ("quote", 1),
        "block text": ("quote", 1),
        "quotations": ("quote", 1),
        "intense quote": ("pullquote", 0),
        "pull quote": ("pullquote", 0),
        "pullquote": ("pullquote", 0),
        "caption": ("caption", 0),
        "image caption": ("caption", 0),
        "table caption": ("table", 0),
        "list bullet": ("item", 0),
        "list bullet 2": ("item", 1),
        "list bullet 3": ("item", 2),
        "list number": ("item", 0),
        "list number 2": ("item", 1),
        "list number 3": ("item", 2),
        "definition term": ("term", 0),
        "definition": ("definition", 0),
    }
)
"""By the name of the style, as the standard has it; Word shows these names in its own language."""
NUMBERED = ("list number", "list number 2", "list number 3")
LABELS = ("abstract title", "abstracttitle")
"""Styles of words that only say what comes next."""
CONTENTS = "toc "
"""What the names of the styles of a list of contents begin with."""


class Styles(Struct, frozen=True):
    """The styles of a document by their ids: name (small), the style it is based on, element."""

    rows: Mapping[str, tuple[str, str, Any]]

    def chain(self, key: str) -> Iterator[tuple[str, Any]]:
        """Yield name and element of a style and of those that it is based on."""
        seen: set[str] = set()
        while key in self.rows and key not in seen:
            seen.add(key)
            name, base, element = self.rows[key]
            yield name, element
            key = base


def styles_of(root: Any) -> Styles:
    """Read the styles of a document."""
    rows = {}
    for style in root.iter(f"{W}style"):
        name, base = style.find(f"{W}name"), style.find(f"{W}basedOn")
        rows[str(style.get(f"{W}styleId"))] = (
            value(name).casefold(),
            value(base),
            style,
        )
    return Styles(rows)


def value(element: Any) -> str:
    """Return the value of an element; "" where it is not there."""
    return "" if element is None else str(element.get(f"{W}val", ""))


def is_on(properties: Any, name: str) -> bool | None:
    """Tell whether a property that is on or off is on; None where nothing is said of it."""
    element = None if properties is None else properties.find(f"{W}{name}")
    if element is None:
        return None
    return str(element.get(f"{W}val", "1")) not in ("0", "false", "off", "none")


def style_key(paragraph: Any) -> str:
    """Return the id of a paragraph's style."""
    properties = paragraph.find(f"{W}pPr")
    return value(None if properties is None else properties.find(f"{W}pStyle"))


def role_of(paragraph: Any, styles: Styles) -> tuple[Kind, int, str]:
    """Return kind and level of a paragraph, and the name of the style that tells it."""
    properties = paragraph.find(f"{W}pPr")
    level = None if properties is None else properties.find(f"{W}outlineLvl")
    for name, element in styles.chain(style_key(paragraph)):
        if name.startswith(CONTENTS):
            return "body", 0, "contents"
        if name in LABELS:
            return "body", 0, "label"
        if name in STYLES:
            return *STYLES[name], name
        own = element.find(f"{W}pPr/{W}outlineLvl")
        level = own if level is None else level
    if value(level).isdigit() and int(value(level)) < 6:
        return "heading", int(value(level)) + 1, "outline"
    return "body", 0, ""
