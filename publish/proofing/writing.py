"""A patch written into the files of a manuscript, every other byte of which stays as it is.

In: a `Patch`, and the manuscript as it was read. Out: the files, what they were kept beside them;
or the problem of one that is another by now, and then nothing is written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path

from publish.ground.container import write_atomically
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile, Unreadable, read_source
from publish.proofing.applying import Edit, Patch, changed, of_file


def write(patch: Patch, folder: Path, sources: Mapping[str, SourceFile]) -> list[Problem]:
    """Write a patch of the manuscript that was read as these files."""
    before = {file: (folder / file).read_bytes() for file in patch.texts}
    for file, data in before.items():
        if _text(data, file) != sources[file].text:
            reason = f"{folder / file} was changed meanwhile: nothing is written"
            return [problem("K701", None, reason=reason, advice="Begin once more.")]
    for file, data in before.items():
        path = folder / file
        write_atomically(_free(path), data)
        write_atomically(path, edited(data, of_file(patch.edits, file)))
    return []


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return the bytes of a file with edits made, whose offsets are those of its plain text."""
    text = data.removeprefix(BOM_UTF8).decode("utf-8")
    # Of CR LF a plain text has one character.
    pairs = [found.start() - at for at, found in enumerate(re.finditer("\r\n", text))]
    moved = [one.moved(*(at + bisect_left(pairs, at) for at in (one.start, one.end)))
             for one in edits]  # fmt: skip
    return BOM_UTF8 * data.startswith(BOM_UTF8) + changed(text, moved).encode("utf-8")


def _text(data: bytes, file: str) -> str | None:
    try:
        return read_source(lambda: data, file).text
    except Unreadable:
        return None


def _free(path: Path) -> Path:
    """Return a name for what a file was, that nothing has yet."""
    names = (f"{path.name}.orig{number or ''}" for number in count())
    return next(one for name in names if not (one := path.with_name(name)).exists())
