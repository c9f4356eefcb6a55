"""The whole book, built beside the one who watches it, in a process that can be broken off.

    python -m publish.watching.whole BOOK OUT

It is the plain build of print edition and e-book, so that what is watched has the bytes of what is
sold. Out: the problems, as JSON. `Whole` starts it, and ends it when it is no longer wanted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, to_builtins

from publish.ground.guard import guarded
from publish.ground.json_text import from_json
from publish.ground.offline import offline
from publish.ground.problems import Problem, Unmakeable
from publish.ground.root import trusting
from publish.standing.state import problem_of

NAMES = ("print", "epub")


class Whole(Struct):
    """At most one build at a time; `done` is told its problems, unless it was ended before."""

    folder: Path
    out: Path
    trust: bool
    done: Callable[[list[Problem], str], None]
    _running: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Build the book as it is now; a build that is under way is ended."""
        self.end()
        command = [sys.executable, "-m", __name__, str(self.folder), str(self.out)]
        self._running = subprocess.Popen(
            [*command, *(["--trust"] if self.trust else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        threading.Thread(target=self._wait, args=(self._running,), daemon=True).start()

    def end(self) -> None:
        """End the build that is under way; what it had not finished is not written."""
        running, self._running = self._running, None
        if running and running.poll() is None:
            running.kill()
            running.wait()

    def _wait(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        # Its input stays open for as long as this process lives.
        last = (process.stdout.read().strip().splitlines() or ["the build has stopped"])[-1]
        process.wait()
        if process is not self._running:
            return
        try:
            problems = [problem_of(one) for one in from_json(last)]
        except ValueError:
            return self.done([], last)
        return self.done(problems, "")


def _end_with_watcher() -> None:
    """End when the one who watches is gone, and with it the other end of this process's input."""
    sys.stdin.read()
    os._exit(1)


def main(folder: Path, out: Path, trust: bool) -> int:
    """Build, and print the problems."""
    from publish.building.build import build

    threading.Thread(target=_end_with_watcher, daemon=True).start()
    with offline(), trusting(trust):
        try:
            problems = build(folder, out, NAMES).problems
        except Unmakeable as error:
            problems = [error.problem]
    return _say(problems)


def _say(problems: list[Problem]) -> int:
    print(json.dumps([to_builtins(one) for one in problems]), flush=True)
    return 0


if __name__ == "__main__":
    given = Path(sys.argv[1]), Path(sys.argv[2]), "--trust" in sys.argv
    # As of any command: what ends the work is told, by the one that waits for it.
    sys.exit(guarded(lambda: main(*given), lambda found: _say([found])))
