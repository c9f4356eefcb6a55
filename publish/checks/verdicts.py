"""What was compared before and found right, which need not be compared again.

In: a shelf, and the name of the edition. Out: whether all that a comparison hangs on, given as its
digest, is as it was when nothing was wrong with it. What was wrong is not kept: it is looked for
again, so that it is told where it stands now.
"""

from __future__ import annotations

import json

from publish.ground.json_text import from_json
from publish.ground.shelf import Shelf
from publish.standing.state import digest
from publish.standing.toolchain import toolchain

_SPARE = 3
"""Editions beside the one at hand of which the verdicts are kept."""


class Verdicts:
    """The digests of what was found right: before, and of that what is wanted now.

    `reader` is the version of what editions are read with: another may read them otherwise.
    """

    def __init__(self, shelf: Shelf, name: str, reader: str) -> None:
        self._shelf, self._name = shelf, digest(toolchain(), reader, name)
        kept = shelf.found(self._name)
        self._before: frozenset[str] = frozenset(from_json(kept) if kept else ())
        self._now: set[str] = set()

    def has(self, key: str) -> bool:
        """Tell whether it was found right before; if so, it stays known."""
        if key in self._before:
            self._now.add(key)
        return key in self._before

    def add(self, key: str) -> None:
        """Take in what was found right."""
        self._now.add(key)

    def keep(self) -> None:
        """Keep what is known now, for the next time."""
        if self._before != self._now:
            self._shelf.lay(self._name, json.dumps(sorted(self._now)).encode("ascii"))
            self._shelf.tidy(_SPARE)
