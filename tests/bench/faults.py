"""Nothing lost: builds killed and stopped at random moments, and every call that fails in one.

make faults
cd tests; python -m bench.faults [kills] [helpers] [stops] [calls]

Each fault is done to the build of a book while the editions of its earlier state stand. Then every
file is whole, the old one or the new one, the next build makes what a fresh one makes, and nothing
is left lying about.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from faulting import ALL, FEW, Rig, Running, after
from injecting import ERRORS, KILL, injected, points

KILLS, HELPERS, STOPS = 200, 60, 60
SEED = 20
Outcome = tuple[str, str]
"""What was done, and what was lost by it: "" for nothing."""


def at_random(
    name: str, rig: Rig, count: int, once: Callable[[float, int], str | None]
) -> Iterator[Outcome]:
    """Do something to a build at so many random moments of it."""
    dice = random.Random(SEED)
    longest = statistics.median(_whole(rig) for _ in range(3))
    done = 0
    while done < count:
        moment = dice.uniform(0, longest)
        lost = once(moment, done)
        if lost is not None:
            done += 1
            yield f"{name} {done} after {moment:.2f} s", lost


def _whole(rig: Rig) -> float:
    rig.change()
    return rig.build().seconds


def kills(folder: Path) -> Iterator[Outcome]:
    """Kill builds of all editions: every second time the first process alone."""
    rig = Rig(folder, ALL)
    return at_random(
        "kill", rig, KILLS, lambda seconds, at: rig.killed(after(seconds), group=at % 2 == 0)
    )


def helpers(folder: Path) -> Iterator[Outcome]:
    """Kill builds that others help with: the first process, all of them, and one who helps."""
    rig = Rig(folder, ("print",), chapters=4)

    def once(seconds: float, at: int) -> str | None:
        # What stands is set by nobody.
        rig.forget()
        if at % 3 == 2:
            return rig.bereft(after(seconds, Running.at_work))
        return rig.killed(after(seconds), group=at % 3 == 0)

    return at_random("kill", rig, HELPERS, once)


def stops(folder: Path) -> Iterator[Outcome]:
    """Stop builds as Ctrl-C does: the group or the first process, once or twice."""
    rig = Rig(folder, ALL)

    def once(seconds: float, at: int) -> str | None:
        return rig.stopped(after(seconds, Running.at_work), at % 2 == 0, at % 3 == 0)

    return at_random("stop", rig, STOPS, once)


def calls(folder: Path) -> Iterator[Outcome]:
    """Let each call that touches the outputs or the manuscript fail, and be the last."""
    rig, log = Rig(folder, FEW), folder / "log"
    for number, point in enumerate(points(rig, log)):
        errors = ERRORS[point.call]
        for how in (errors[number % len(errors)], *(() if point.call == "read" else (KILL,))):
            yield f"{how} at {point}", injected(rig, point, how, log)


PARTS: dict[str, Callable[[Path], Iterator[Outcome]]] = {
    "kills": kills,
    "helpers": helpers,
    "stops": stops,
    "calls": calls,
}


def main() -> int:
    """Print what was lost; return 1 where anything was."""
    lost = 0
    for part in sys.argv[1:] or PARTS:
        told = []
        with tempfile.TemporaryDirectory() as scratch:
            for what, why in PARTS[part](Path(scratch)):
                told.append(not why)
                if why:
                    print(f"{what}: {why}", flush=True)
        print(f"{part}: {sum(told)} of {len(told)} survived", flush=True)
        lost += len(told) - sum(told)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
