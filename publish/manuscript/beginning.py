"""A first manuscript: `katern new DIR`.

In: a folder that is not there or is empty. Out: book.toml, one chapter, captions.toml and photos/,
which build as they stand.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from publish.ground.problems import Problem, problem

FILES = ("book.toml", "01-begin.md", "captions.toml")


def begin(folder: Path) -> list[Problem]:
    """Write a manuscript to begin with; a folder that holds anything is left as it is."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        advice = "Name a folder that is not there yet."
        return [problem("K701", None, reason=f"{folder} is not empty", advice=advice)]
    (folder / "photos").mkdir(parents=True)
    for name in FILES:
        data = files("publish").joinpath("templates", "new", name).read_bytes()
        (folder / name).write_bytes(data)
    return []
