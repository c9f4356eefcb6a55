"""The style sheets of an output, in cascade order, with their custom properties resolved.

In: the name of an output. Out: one sheet. `tokens.css` names colours and families; an output's own
sheet may set them anew. `var()` is resolved here because many reading systems know none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from publish.sizes.geometry import Page

FOLDER = Path(__file__).parent.parent.parent / "styles"

SHEETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "epub": ("tokens", "core", "epub"),
        "print": ("tokens", "core", "pages", "covers", "print"),
        "screen": ("tokens", "core", "pages", "covers", "screen"),
        "proof": ("tokens", "core", "pages", "covers", "print", "proof"),
        "proof-sheets": ("tokens", "proof-sheets"),
        "coversheet": ("tokens", "core", "covers", "coversheet", "print"),
        "cover": ("tokens", "cover"),
    }
)
_BOOK, _CHAPTER = ("book", "600"), ("chapter", "400")
WAYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        direction: {
            "left-head": left[0],
            "left-weight": left[1],
            "right-head": right[0],
            "right-weight": right[1],
            "direction": direction,
            "start": "left" if direction == "ltr" else "right",
        }
        for direction, left, right in (("ltr", _BOOK, _CHAPTER), ("rtl", _CHAPTER, _BOOK))
    }
)
"""What hangs on the way in which one reads: where a line starts, and the running heads. The book's
stands on versos, and those are right-hand pages where one reads leftward."""
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;]+);")
_VAR = re.compile(r"var\(--([\w-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def stylesheet(
    output: str, page: Page | None = None, direction: str = "ltr", extra: str = ""
) -> str:
    """Return the sheet of an output; `page` gives paged ones their measures in mm and pt.

    `direction` is that of the book; `extra` has the families of the fonts that it brings.
    """
    given = {"extra": extra, **(measures(page) if page else {}), **WAYS[direction]}
    return resolved(_joined(output), given)


def token(output: str, name: str) -> str:
    """Return the value that a custom property has in the sheets of an output."""
    return _tokens(_COMMENT.sub("", _joined(output)))[name]


def _joined(output: str) -> str:
    return "\n".join((FOLDER / f"{name}.css").read_text("utf-8") for name in SHEETS[output])


def resolved(css: str, given: Mapping[str, str]) -> str:
    """Return a sheet without comments and custom properties, every `var()` replaced.

    Raises KeyError for a property that is set nowhere.
    """
    css = _COMMENT.sub("", css)
    tokens = {**given, **_tokens(css)}

    def replaced(match: re.Match[str]) -> str:
        return _VAR.sub(replaced, tokens[match[1]])

    css = _VAR.sub(replaced, _ROOT.sub("", css))
    return "\n".join(line for line in css.splitlines() if line.strip()) + "\n"


def _tokens(css: str) -> dict[str, str]:
    pairs = (pair for block in _ROOT.finditer(css) for pair in _TOKEN.findall(block[1]))
    return {name: value.strip() for name, value in pairs}


def measures(page: Page) -> dict[str, str]:
    """Return a page's measures as custom properties."""
    return {
        "page-width": f"{page.width}mm",
        "page-height": f"{page.height}mm",
        "bleed": f"{page.bleed}mm",
        "top": f"{page.top}mm",
        "bottom": f"{page.bottom}mm",
        "inner": f"{page.inner}mm",
        "outer": f"{page.outer}mm",
        "measure": f"{page.measure}mm",
        "depth": f"{page.depth}mm",
        "column": f"{page.column}mm",
        "columns": str(page.columns),
        "gap": f"{page.gap}mm",
        "inset": f"{page.placed_width('inset')}mm",
        "half": f"{page.half}mm",
        "size": f"{page.size}pt",
        "line": f"{page.baseline}mm",
        "tracking": f"{page.tracking}em" if page.tracking else "normal",
        "picture": f"{100 * page.pictures:g}%",
        "display": f"{27 * page.width / 148:.2f}pt",
        "cover-display": f"{34 * page.width / 148:.2f}pt",
    }
