"""The runs of the pages of a PDF, kept for the build in which most of them are as they were.

In: a shelf, and the name of the PDF. Out: the runs by the digests of their pages.
"""

from __future__ import annotations

import json
from collections import UserDict
from dataclasses import astuple

import pikepdf

from publish.checks.pdf_text import Run
from publish.ground.shelf import Shelf
from publish.standing.state import digest, toolchain

_SPARE = 3
"""Editions beside the one at hand of which the runs are kept."""


class KeptRuns(UserDict[str, list[Run]]):
    """The runs of pages by their digests."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        super().__init__()
        # What read them before may have read them otherwise.
        self._shelf, self._name = shelf, digest(toolchain(), pikepdf.__version__, name)
        kept = shelf.found(self._name)
        self.update(_read(json.loads(kept)) if kept else {})
        self._were = frozenset(self)

    def keep(self) -> None:
        """Keep what is known now."""
        if self._were != frozenset(self):
            rows = {mark: [astuple(run) for run in runs] for mark, runs in self.items()}
            self._shelf.lay(self._name, json.dumps(rows, ensure_ascii=False).encode("utf-8"))
            self._shelf.tidy(_SPARE)


def _read(rows: dict[str, list[tuple[str, float, list[str]]]]) -> dict[str, list[Run]]:
    return {
        str(mark): [
            Run(str(text), float(baseline), tuple(map(str, others)))
            for text, baseline, others in runs
        ]
        for mark, runs in rows.items()
    }
