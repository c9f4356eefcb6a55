"""A comparison told: as lines of text, and as plain values for JSON.

In: a `Comparison`. Out: strings and values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from publish.comparing.changes import Comparison, PageState
from publish.comparing.model import Document, Picture
from publish.comparing.pictures import PictureChange
from publish.comparing.words import Change

_SHOWN = 24
"""Words of a stretch that are told in a line of text."""


def lines(comparison: Comparison) -> list[str]:
    """Return a comparison as lines of text: changes, pictures, and a count of the pages."""
    told = [_line(one, comparison) for one in comparison.changes]
    told += [picture_line(one, comparison) for one in comparison.pictures]
    return [*told, summary(comparison)]


def picture_line(change: PictureChange, comparison: Comparison) -> str:
    """Return what became of a picture."""
    page = "page " if comparison.new.kind == "pdf" else ""
    places = _page_of(comparison.old, change.old), _page_of(comparison.new, change.new)
    name = f" {_name_of(change)}".rstrip()
    much = f" ({_much(change.share)} of it is different)" if change.kind == "replaced" else ""
    return f"{page}{_places(*places)}: picture{name} {change.kind}{much}"


def _name_of(change: PictureChange) -> str:
    shown = change.new or change.old
    return shown.name if shown else ""


def _page_of(document: Document, picture: Picture | None) -> str | None:
    return None if picture is None else document.pages[picture.page]


def _much(share: float) -> str:
    """Return a share in words."""
    return "all" if share == 1 else f"{max(share, 0.01):.0%}"


def summary(comparison: Comparison) -> str:
    """Return how many pages changed, reflowed, stayed."""
    counts = Counter(page.state for page in comparison.new_pages)
    words = {"pdf": "pages", "epub": "documents", "manuscript": "files"}[comparison.new.kind]
    if comparison.same and not counts["reflowed"]:
        return f"the same words on the same {len(comparison.new_pages)} {words}"
    return (
        f"{counts['changed']} {words} changed, {counts['reflowed']} only reflowed,"
        f" {counts['same']} the same"
    )


def _line(change: Change, comparison: Comparison) -> str:
    old, new = said(comparison.old, change.old), said(comparison.new, change.new)
    pages = comparison.old.pages[change.old_page], comparison.new.pages[change.new_page]
    what = {
        "added": f"added “{new}”",
        "removed": f"removed “{old}”",
        "replaced": f"replaced “{old}” by “{new}”",
        "moved": f"moved “{old}”",
    }
    page = "page " if comparison.new.kind == "pdf" else ""
    return f"{page}{_places(*pages)}: {what[change.kind]}"


def said(document: Document, stretch: tuple[int, int], most: int = _SHOWN) -> str:
    """Return the words of a stretch, cut short where they are many."""
    words = [one.text for one in document.tokens[stretch[0] : stretch[1]]]
    return " ".join(words if len(words) <= most else [*words[:most], "…"])


def _places(old: str | None, new: str | None) -> str:
    return new if new and old == new else f"{old or '–'} → {new or '–'}"


def values(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values."""

    def stretch(document: Document, at: tuple[int, int]) -> dict[str, object] | None:
        if at[0] == at[1]:
            return None
        tokens = document.tokens[at[0] : at[1]]
        pages = dict.fromkeys(document.pages[one.page] for one in tokens)
        return {"pages": [*pages], "words": " ".join(one.text for one in tokens)}

    def pages(states: Sequence[PageState], other: Document) -> list[dict[str, object]]:
        return [
            {"page": one.name, "state": one.state, "others": [other.pages[at] for at in one.others]}
            for one in states
        ]

    old, new = comparison.old, comparison.new
    return {
        "same": comparison.same,
        "changes": [
            {"kind": one.kind, "old": stretch(old, one.old), "new": stretch(new, one.new)}
            for one in comparison.changes
        ],
        "old_pages": pages(comparison.old_pages, new),
        "new_pages": pages(comparison.new_pages, old),
        "pictures": [
            {
                "kind": one.kind,
                "name": _name_of(one),
                "old": _page_of(old, one.old),
                "new": _page_of(new, one.new),
                "share": round(one.share, 4) if one.kind == "replaced" else None,
            }
            for one in comparison.pictures
        ],
    }
