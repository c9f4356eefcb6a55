"""The runs of the pages of a PDF, kept for the build in which most of them are as they were.

In: a shelf, and the name of the PDF. Out: the runs by the digests of their pages. What was kept is
thrown away where it is not what was laid there, or not of its shape.
"""

from __future__ import annotations

import json
from collections import UserDict
from dataclasses import astuple

from publish.checks.pdf_text import Run
from publish.ground.shelf import Shelf


class KeptRuns(UserDict[str, list[Run]]):
    """The runs of pages by their digests."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        super().__init__()
        self._shelf, self._name = shelf, name
        kept = shelf.found(name)
        try:
            self.update(_read(json.loads(kept)) if kept else {})
        except (ValueError, TypeError, AttributeError):
            self.clear()
        self._were = frozenset(self)

    def keep(self) -> None:
        """Keep what is known now."""
        if self._were != frozenset(self):
            rows = {mark: [astuple(run) for run in runs] for mark, runs in self.items()}
            self._shelf.lay(self._name, json.dumps(rows, ensure_ascii=False).encode("utf-8"))


def _read(rows: dict[str, list[tuple[str, float, list[str]]]]) -> dict[str, list[Run]]:
    return {
        str(mark): [
            Run(str(text), float(baseline), tuple(map(str, others)))
            for text, baseline, others in runs
        ]
        for mark, runs in rows.items()
    }
