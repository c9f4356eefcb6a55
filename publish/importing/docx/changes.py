"""Tracked changes: how many there are and where, and the document with them accepted or rejected.

In: the body of a document (ECMA-376, part 1, 17.13.5). Out: what was found, and the body changed in
place. Changes of form alone (of a style, say) are taken as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publish.importing.docx.package import W
from publish.importing.model import Changes
from publish.importing.refusing import Refused

INSERTED, DELETED = ("ins", "moveTo"), ("del", "moveFrom")
SHOWN = 5
"""Places that a refusal names."""


def settle_changes(path: Path, roots: list[Any], changes: Changes) -> None:
    """Accept or reject the tracked changes; raises `Refused` where neither is asked for."""
    found = [one for root in roots for one in _changes(root)]
    if not found:
        return
    if not changes:
        inserted = sum(_name(one) in INSERTED for one in found)
        places = "; ".join(_place(one) for one in found[:SHOWN])
        more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        reason = (
            f"{path} has {len(found)} tracked changes ({inserted} inserted, "
            f"{len(found) - inserted} deleted): {places}{more}"
        )
        advice = "Settle them in its own program, or say --changes accept or --changes reject."
        raise Refused(reason, advice)
    kept, dropped = (INSERTED, DELETED) if changes == "accept" else (DELETED, INSERTED)
    for root in roots:
        _settle(root, kept, dropped)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _changes(root: Any) -> Iterator[Any]:
    tags = [f"{W}{name}" for name in (*INSERTED, *DELETED)]
    yield from root.iter(*tags)


def _place(change: Any) -> str:
    """Return where a change is: the number of its paragraph, and the first words of it."""
    paragraph = next((one for one in change.iterancestors(f"{W}p")), None)
    if paragraph is None:
        return "in a table"
    number = len(list(paragraph.iterancestors(f"{W}body"))) and 1 + sum(
        1 for _ in paragraph.itersiblings(f"{W}p", preceding=True)
    )
    words = "".join(one.text or "" for one in paragraph.iter(f"{W}t", f"{W}delText")).split()
    said = " ".join(words[:4]) + (" …" if len(words) > 4 else "")
    what = "inserted" if _name(change) in INSERTED else "deleted"
    return f"{what} in paragraph {number or '?'} (“{said}”)"


def _settle(root: Any, kept: tuple[str, ...], dropped: tuple[str, ...]) -> None:
    """Unwrap what is kept, take out what is dropped."""
    for one in list(root.iter(*(f"{W}{name}" for name in dropped))):
        parent = one.getparent()
        if parent is None:
            continue
        if _name(parent) == "rPr" and _name(parent.getparent()) == "pPr":
            _join(parent.getparent().getparent())
        elif _name(parent) == "trPr":
            row = parent.getparent()
            row.getparent().remove(row)
        else:
            parent.remove(one)
    for one in list(root.iter(*(f"{W}{name}" for name in kept))):
        parent = one.getparent()
        if parent is None:
            continue
        at = parent.index(one)
        for child in list(one):
            parent.insert(at, child)
            at += 1
        parent.remove(one)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"


def _join(paragraph: Any) -> None:
    """Put the paragraph after one whose own mark is taken out to it."""
    after = paragraph.getnext()
    if after is None or after.tag != f"{W}p":
        return
    for child in list(after):
        if child.tag != f"{W}pPr":
            paragraph.append(child)
    after.getparent().remove(after)
