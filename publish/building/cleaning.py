"""Takes away what was built, and nothing else.

In: an output folder. Out: nothing. Only files that a build recorded, and its own records, are
removed; the folder goes when it is empty then.
"""

from __future__ import annotations

from pathlib import Path

from publish.ground.alone import alone
from publish.ground.json_text import from_json
from publish.standing.state import FOLDER

REPORTS = ("report.html", "report.json")


def clean(out: Path) -> None:
    """Remove the outputs that are recorded in a folder, and the records."""
    if out.is_dir():
        with alone(out):
            _clean(out)


def _clean(out: Path) -> None:
    folders = {out, out / FOLDER}
    for record in sorted((out / FOLDER).glob("*.json")):
        try:
            values = from_json(record.read_text(encoding="utf-8"))
            names = [Path(str(made["file"])) for made in values["outputs"].values()]
            for more in ("copies", "plates", "released"):
                names += [Path(name) for name in values.get(more, {})]
        except (ValueError, KeyError, TypeError, AttributeError):
            names = []
        for name in names:
            # A record may have been changed by hand: nothing outside the folder is touched.
            if ".." not in name.parts and not name.is_absolute():
                (out / name).unlink(missing_ok=True)
                folders |= {out / folder for folder in name.parents}
        record.unlink()
        shelf = record.with_suffix("")
        for kept in sorted(shelf.rglob("*"), reverse=True):
            is_folder = kept.is_dir() and not kept.is_symlink()
            kept.rmdir() if is_folder else kept.unlink()
        folders.add(shelf)
        for report in REPORTS:
            (out / report).unlink(missing_ok=True)
    for folder in sorted(folders, reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
