"""Which editions stand as a build left them, told without loading anything that makes them.

In: a manuscript folder, an output folder, which editions, draft or final. Out: `Built` where there
is nothing to do. Staleness goes by content, not by file times, which a checkout changes at will.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.ground.alone import is_littered
from publish.ground.filenames import file_of
from publish.ground.problems import Problem, problem, weighed
from publish.standing.pull import PLAIN, Pull
from publish.standing.state import State, digest, inputs, state_of
from publish.standing.toolchain import toolchain


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the files made, those that were as they should be, and the problems."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    problems: list[Problem]


def build_key(folder: Path, final: bool, pull: Pull = PLAIN) -> str:
    """Return the digest of all that a build depends on."""
    date = os.environ.get("SOURCE_DATE_EPOCH", "")
    return digest(inputs(folder), toolchain(), date, str(final), repr(pull))


def file_in(out: Path, state: State, name: str) -> Path:
    """Return where an edition stands, whether it is there or not."""
    return out / file_of(name, state.slug)


def is_proof(names: Sequence[str]) -> bool:
    """Tell whether nothing is asked for but a proof."""
    return [*names] == ["proof"]


def standing(
    folder: Path, out: Path, names: Sequence[str], final: bool = False, key: str = ""
) -> Built | None:
    """Return editions that are all as a build with a key would make them; None where one is not.

    None too where something half written lies about: the build that comes sweeps it up.
    """
    state = state_of(folder, out)
    if is_littered(out) or not all(
        state.is_built(name, file_in(out, state, name), key) for name in names
    ):
        return None
    told = (one for name in names for one in state.outputs[name].problems)
    kept = tuple(file_in(out, state, name) for name in names)
    return Built((), kept, weighed([*state.found, *told], final, is_proof(names)))


def left(
    folder: Path, out: Path, names: Sequence[str], final: bool = False, pull: Pull = PLAIN
) -> list[Problem]:
    """Tell of the editions that stand as an earlier build left them, of another manuscript."""
    state = state_of(folder, out)
    try:
        # A build of other editions leaves the proof that was pulled for another reason as it
        # should be.
        keys = {build_key(folder, final, one) for one in (pull, state.pull, PLAIN)}
    except OSError:
        keys = set()  # Of what cannot be read nothing was made.
    return [
        problem("K717", None, file=file)
        for name in names
        if (file := file_in(out, state, name)).is_file()
        and name in state.outputs
        and state.outputs[name].key not in keys
    ]
