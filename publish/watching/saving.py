"""What is saved in a manuscript's folder. The only import of watchfiles.

In: the folder, and an event that ends it. Out: the names of the files that were saved, below the
folder, as often as some are.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path, PurePath

from watchfiles import Change, watch

from publish.ground.root import FOLDERS
from publish.ground.source import MARKDOWN

STEP, SETTLED = 10, 60
"""Milliseconds: from one look to the next, and at the most until what was seen is handed out."""
QUIET = 1000
"""Milliseconds after which it is said that nothing was saved."""
_TEXTS = (*MARKDOWN, ".toml")


def saved(folder: Path, ended: threading.Event) -> Iterator[frozenset[str]]:
    """Yield the names of files that were saved together, such as `03-the-river.md`.

    None at all each second in which nothing was.
    """
    root = folder.resolve()

    def wanted(change: Change, path: str) -> bool:
        return _is_source(PurePath(path).relative_to(root))

    for changes in watch(
        root,
        watch_filter=wanted,
        step=STEP,
        debounce=SETTLED,
        stop_event=ended,
        raise_interrupt=True,
        rust_timeout=QUIET,
        yield_on_timeout=True,
    ):
        yield frozenset(PurePath(path).relative_to(root).as_posix() for _, path in changes)


def _is_source(path: PurePath) -> bool:
    """Tell whether a file below the manuscript's folder is of the manuscript."""
    if any(part.startswith(".") for part in path.parts):
        return False
    if len(path.parts) == 1:
        return path.suffix.lower() in _TEXTS
    return len(path.parts) == 2 and path.parts[0] in FOLDERS
