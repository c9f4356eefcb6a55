"""Takes away what was built, and nothing else.

In: an output folder. Out: nothing. Only files that a build recorded, and its own records, are
removed; the folder goes when it is empty then.
"""

from __future__ import annotations

import json
from pathlib import Path

from publish.state import FOLDER

REPORTS = ("report.html", "report.json")


def clean(out: Path) -> None:
    """Remove the outputs that are recorded in a folder, and the records."""
    for record in sorted((out / FOLDER).glob("*.json")):
        try:
            outputs = json.loads(record.read_text(encoding="utf-8"))["outputs"]
            names = [Path(str(made["file"])).name for made in outputs.values()]
        except (ValueError, KeyError, TypeError, AttributeError):
            names = []
        for name in names:
            (out / name).unlink(missing_ok=True)
        record.unlink()
        for name in REPORTS:
            (out / name).unlink(missing_ok=True)
    for folder in (out / FOLDER, out):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
