"""The record of a release: what a final build made, and of what, so that others can make the same.

In: the editions as they stand. Out: `Release`, written as JSON beside them and read back. Names of
files are relative to the output folder, or to the manuscript's; digests are SHA-256.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct, to_builtins

from publish.ground.json_text import from_json
from publish.ground.plain import read_plain

ENDING = "-release.json"
TOOLS = "-tools.cdx.json"
_HEX = frozenset("0123456789abcdef")


class Output(Struct, frozen=True):
    """A file of a release; `edition` is the one whose bytes it has, "" for one made otherwise."""

    edition: str
    sha256: str
    size: int


class Release(Struct, frozen=True):
    """What was made of what: outputs and manuscript by file, the toolchain, and the date it took.

    `epoch` is SOURCE_DATE_EPOCH as it was set, "" where it was not.
    """

    katern: str
    toolchain: str
    python: str
    epoch: str
    manuscript: Mapping[str, str]
    outputs: Mapping[str, Output]

    def json(self) -> bytes:
        """Return it as it is written: the same bytes for the same release."""
        written = json.dumps(to_builtins(self), ensure_ascii=False, indent=1, sort_keys=True)
        return written.encode("utf-8") + b"\n"


def read_release(file: Path) -> Release | None:
    """Read a record; None for what is none, or names a file outside its folder."""
    try:
        values: dict[str, Any] = from_json(read_plain(file).decode("utf-8"))
        outputs = {name: Output(**one) for name, one in values.pop("outputs").items()}
        release = Release(**values, outputs=outputs)
        texts = (release.katern, release.toolchain, release.python, release.epoch)
        sums = [*release.manuscript.values(), *(one.sha256 for one in outputs.values())]
        names = [*outputs, *release.manuscript]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    whole = all(isinstance(one, str) for one in texts) and all(map(_is_sum, sums))
    return release if whole and all(map(_is_inside, names)) else None


def _is_sum(value: object) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value) <= _HEX


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts
