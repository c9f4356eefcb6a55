"""The same manuscript gives the same bytes: at another hour, on another machine, elsewhere."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BOOKS, SELF_COVERED

ROOT = Path(__file__).parent.parent
MODIFIED = datetime.datetime(2026, 5, 4, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the editions of a copy of the complete book, built by another process."""
    folder = tmp_path_factory.mktemp("elders") / "een map met spaties & meer"
    shutil.copytree(BOOKS / "complete", folder / "boek", copy_function=shutil.copy)
    for one in (folder / "boek").rglob("*"):
        os.utime(one, (946684800, 946684800))
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "HOME": str(folder),
        # What the book says itself, said by the environment.
        "SOURCE_DATE_EPOCH": str(int(MODIFIED.timestamp())),
    }
    command = f"-W error -m publish build boek --out uit --only {','.join(SELF_COVERED)}"
    done = subprocess.run(
        [sys.executable, *command.split()],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        umask=0o077,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return folder / "uit"


def test_every_edition_is_the_same(complete: dict[str, Path], elsewhere: Path) -> None:
    files = {one.name: one for one in elsewhere.rglob("*.*") if one.parent.name != ".katern"}
    made = {name: file.read_bytes() for name, file in files.items() if file.is_file()}
    assert set(made) == {path.name for path in complete.values()}
    for name, path in complete.items():
        assert path.read_bytes() == made[path.name], name
