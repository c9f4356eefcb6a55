"""Things made, kept on a shelf with the problems that were found as they were made."""

from __future__ import annotations

import json
from collections.abc import Callable

from msgspec import to_builtins

from publish.ground.json_text import from_json
from publish.ground.problems import Problem
from publish.ground.shelf import Shelf
from publish.standing.state import problem_of


def kept_made(
    shelf: Shelf, make: Callable[[], tuple[bytes, list[Problem]]], *makings: bytes | str
) -> tuple[bytes, list[Problem]]:
    """Return what `make` makes of the makings, or made of them before, and its problems."""

    def packed() -> bytes:
        data, problems = make()
        return json.dumps([to_builtins(one) for one in problems]).encode() + b"\n" + data

    told, _, data = shelf.kept(packed, *makings).partition(b"\n")
    return data, [problem_of(one) for one in from_json(told)]
