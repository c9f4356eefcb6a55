"""The layout engine made to say of which HTML element each tag of a PDF was made.

In: WeasyPrint's module that writes tags, and its version; `pages` gives them. Out: a context in
which a PDF is written whose structure elements have keys of our own: `KaternElement` (the HTML
element's number in the order in which it is met), `KaternTag` (its name, with that of a pseudo
element), `KaternClass` and `KaternLang`. `tagging` reads them and takes them out again. Read in
WeasyPrint 70; in another version nothing is added, and the tags stay the engine's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from publish.engine.steadying import VERSION

ELEMENT, TAG, CLASS, LANG = "KaternElement", "KaternTag", "KaternClass", "KaternLang"


@contextmanager
def telling(version: str, tags: Any, text: Any) -> Iterator[None]:
    """Change the engine while it writes tags; `text` makes a string of a PDF."""
    if not version.startswith(VERSION):
        yield
        return
    original = tags._build_box_tree
    numbers: dict[Any, int] = {}

    def build(box: Any, *rest: Any) -> Iterator[Any]:
        inner = getattr(box, "_box", box)
        for element in original(box, *rest):
            html = inner.element
            if html is not None and hasattr(html, "get") and TAG not in element:
                element[ELEMENT] = numbers.setdefault(html, len(numbers))
                element[TAG] = text(inner.element_tag or "")
                element[CLASS] = text(html.get("class") or "")
                element[LANG] = text(html.get("lang") or "")
            yield element

    tags._build_box_tree = build
    try:
        yield
    finally:
        tags._build_box_tree = original
