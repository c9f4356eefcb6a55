"""Takes away what was built, and nothing else.

In: an output folder. Out: nothing. Only files that a build recorded, and its own records, are
removed; the folder goes when it is empty then.
"""

from __future__ import annotations

from pathlib import Path

from publish.ground.alone import alone
from publish.ground.json_text import from_json
from publish.ground.plain import NotPlain, read_plain
from publish.standing.state import FOLDER, records

REPORTS = ("report.html", "report.json")


def clean(out: Path) -> None:
    """Remove the outputs that are recorded in a folder, and the records."""
    if out.is_dir():
        with alone(out):
            _clean(out)


def _clean(out: Path) -> None:
    folders = {out, out / FOLDER}
    for record in records(out / FOLDER):
        try:
            values = from_json(read_plain(record, links=False).decode("utf-8"))
            names = [Path(str(made["file"])) for made in values["outputs"].values()]
            for more in ("copies", "plates", "released"):
                names += [Path(name) for name in values.get(more, {})]
        except (NotPlain, ValueError, KeyError, TypeError, AttributeError):
            names = []
        for name in names:
            # A record may have been changed by hand: nothing outside the folder is touched.
            if _is_inside(out, name):
                (out / name).unlink(missing_ok=True)
                folders |= {out / folder for folder in name.parents}
        record.unlink()
        shelf = record.with_suffix("")
        _empty(shelf)
        folders.add(shelf)
        for report in REPORTS:
            (out / report).unlink(missing_ok=True)
    for folder in sorted(folders, reverse=True):
        if folder.is_symlink() and folder != out:
            folder.unlink()
        elif folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _is_inside(out: Path, name: Path) -> bool:
    """Tell whether a name that a record gives is that of a file in the folder, by no link."""
    if ".." in name.parts or name.is_absolute():
        return False
    return (out / name).parent.resolve().is_relative_to(out.resolve())


def _empty(shelf: Path) -> None:
    """Remove what is kept in a folder; of a link nothing, for that leads to somebody else's."""
    if not shelf.is_symlink():
        for kept in sorted(shelf.rglob("*"), reverse=True):
            is_folder = kept.is_dir() and not kept.is_symlink()
            kept.rmdir() if is_folder else kept.unlink()
