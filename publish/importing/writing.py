"""Files → a manuscript folder, whole or not at all.

In: the files of an import and a folder. Out: the folder, and problems I801 (it is not empty, it
cannot be written) and I802 (where the earlier one went). It is made under another name beside the
folder and moved into its place; what stood there is moved aside, never written over.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from publish.ground.container import settle, write_atomically
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.importing.model import Imported


def write_manuscript(imported: Imported, folder: Path, force: bool = False) -> list[Problem]:
    """Write an import into `folder`, which must be empty or not there.

    With `force` a folder that holds something is moved aside to a new name first.
    """
    span = Span(str(folder))
    if folder.exists() and not folder.is_dir():
        advice = "Name a folder that is not there yet."
        return [problem("I801", span, reason=f"{folder} is a file", advice=advice)]
    full = folder.is_dir() and any(folder.iterdir())
    if full and not force:
        reason = f"{folder} is not empty, so nothing is written"
        return [problem("I801", span, reason=reason, advice="Name another folder, or use --force.")]
    try:
        aside = _put(imported, folder, full)
    except OSError as error:
        reason = f"{folder} cannot be written: {error.strerror or error}"
        return [problem("I801", span, reason=reason, advice="Name a folder that may be written.")]
    if not aside:
        return []
    reason = f"the folder that stood there is now {aside}"
    return [problem("I802", span, reason=reason, advice="Its photos have to be moved by hand.")]


def _put(imported: Imported, folder: Path, full: bool) -> Path | None:
    """Write the folder beside its place and move it in; return where the earlier one went."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, text in imported.files.items():
            write_atomically(made / name, text.encode("utf-8"))
        (made / "photos").mkdir()
        for name, data in imported.pictures.items():
            write_atomically(made / "photos" / name, data)
        made.chmod(0o755)
        aside = _swap(made, folder, full)
        settle(folder.parent)
        return aside
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _swap(made: Path, folder: Path, full: bool) -> Path | None:
    if not full:
        if folder.is_dir():
            folder.rmdir()
        made.rename(folder)
        return None
    aside = next(
        path
        for number in range(1, 10_000)
        if not (path := folder.with_name(f"{folder.name}.before-{number}")).exists()
    )
    folder.rename(aside)
    try:
        made.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    return aside
