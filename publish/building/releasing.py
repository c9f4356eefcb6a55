"""What a final build leaves beside its editions, so that anybody can see that they are whole.

In: a manuscript and an output folder in which its editions stand. Out: `<slug>-release.json`, with
the SHA-256 of every file that was made and of every file that it was made of, and
`<slug>-tools.cdx.json`, the bill of materials of what it was made with; written atomically.
"""

from __future__ import annotations

import hashlib
import os
import platform
from pathlib import Path

from publish import __version__
from publish.ground.alone import alone
from publish.ground.container import write_atomically
from publish.standing.current import file_in
from publish.standing.pull import PLAIN
from publish.standing.release import ENDING, TOOLS, Output, Release, read_release
from publish.standing.state import State, digests, state_of
from publish.standing.toolchain import toolchain


def release(folder: Path, out: Path) -> None:
    """Write the record of a release; one that is as it should be is left alone."""
    with alone(out):
        state = state_of(folder, out)
        record, tools = out / f"{state.slug}{ENDING}", out / f"{state.slug}{TOOLS}"
        made = _release(folder, out, state)
        before = read_release(record)
        if before and tools.is_file():
            listed = {**made.outputs, tools.name: _output(tools)}
            if before.json() == _with(made, listed).json():
                return
        from publish.building.tools import bill

        write_atomically(tools, bill())
        listed = {**made.outputs, tools.name: _output(tools)}
        write_atomically(record, _with(made, listed).json())
        for stale in {*state.released} - {record.name, tools.name}:
            # The book has another name now.
            if not state.owner(out / stale):
                (out / stale).unlink(missing_ok=True)
        state.released = (record.name, tools.name)
        state.save()


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _release(folder: Path, out: Path, state: State) -> Release:
    """Return the record of all that stands as the last build of the manuscript made or left it."""
    outputs = {}
    for name in state.outputs:
        file = file_in(out, state, name)
        if state.is_built(name, file, state.key):
            # A proof of a round was pulled with what no manuscript tells.
            edition = name if name != "proof" or state.pull == PLAIN else ""
            outputs[state.name_of(file)] = _output(file, edition)
    sums = {one.sha256: one.edition for one in outputs.values()}
    for name in (*state.copies, *state.plates):
        if (out / name).is_file():
            told = _output(out / name)
            if name in state.plates or told.sha256 in sums:
                outputs[name] = _output(out / name, sums.get(told.sha256, ""))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    made = __version__, toolchain(), platform.python_version(), epoch
    return Release(*made, digests(folder), outputs)


def _output(file: Path, edition: str = "") -> Output:
    return Output(edition, sha256(file), file.stat().st_size)


def _with(made: Release, outputs: dict[str, Output]) -> Release:
    return Release(made.katern, made.toolchain, made.python, made.epoch, made.manuscript, outputs)
