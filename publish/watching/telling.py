"""A scene as the page in the browser is told it.

In: a `Scene`. Out: plain values for JSON; lengths in pt, pages from 0.
"""

from __future__ import annotations

from typing import Any

from publish.ground.problems import Problem
from publish.watching.model import Leaf, Place, Rows, Scene
from publish.watching.places import place_of


def told(scene: Scene) -> dict[str, Any]:
    """Return what the page shows of a scene."""
    return {
        "number": scene.number,
        "state": scene.state,
        "leaves": [_leaf(one) for one in scene.leaves],
        "documents": [{"path": path, "title": title} for path, title in scene.documents],
        "problems": [_problem(one, scene.rows) for one in scene.problems],
        "at": _place(scene.at),
    }


def _leaf(leaf: Leaf) -> dict[str, Any]:
    return {
        "source": f"/leaf/{leaf.sheaf}/{leaf.index}.png",
        "width": leaf.width,
        "height": leaf.height,
        "label": leaf.label,
        "ahead": leaf.ahead,
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    sides = (place.left, place.top, place.right, place.bottom)
    return {
        "page": place.page,
        "sides": sides,
        "document": place.document,
        "words": place.words,
    }


def _problem(found: Problem, rows: Rows) -> dict[str, Any]:
    """Return a problem with where it is printed: its own place, or that of what it is about."""
    place = None
    if found.spot:
        spot = found.spot
        place = Place(spot.page - 1, spot.left, spot.top, spot.right, spot.bottom)
    elif found.span and found.span.file in rows:
        place = place_of(rows, found.span.file, found.span.start)
    span = found.span
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "hint": found.hint,
        "file": f"{span.file}:{span.line}:{span.column}" if span else "",
        "at": _place(place),
    }
