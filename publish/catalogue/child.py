"""One title, built by a `katern build` of its own.

In: a title, and where its manuscript and its outputs are. Out: an `Outcome`. It is the command that
a person would type, so that a title comes out of a catalogue with the bytes that it has by itself,
within its limits, and whatever ends that process ends no other title.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import publish
from publish.catalogue.model import Outcome
from publish.catalogue.titles import Title
from publish.ground.json_text import from_json
from publish.ground.problems import Problem, problem
from publish.report.telling import of_rows

_ROOT = Path(publish.__file__).parents[1]
_MOST = 300
"""So many characters of what a build said last are told where it did not say what became of it."""


class Build:
    """A title under way."""

    def __init__(
        self, title: Title, folder: Path, out: Path, trust: bool, env: Mapping[str, str]
    ) -> None:
        self.title, self._began = title, time.monotonic()
        options = ["--only", ",".join(title.editions), "--json"]
        options += ["--final"] if title.final else []
        options += ["--trust"] if trust else []
        names = [str(one.resolve()) for one in (folder, out)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "publish", "build", names[0], "--out", names[1], *options],
            cwd=_ROOT, env={**os.environ, **env}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
        )  # fmt: skip

    def stop(self) -> None:
        """Ask it to stop; it puts in order what it has begun."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)

    def ended(self) -> Outcome:
        """Wait for it; return what became of the title."""
        said, erred = self._process.communicate()
        seconds = time.monotonic() - self._began
        try:
            told = from_json(said)
            files = {Path(name): what for name, what in told["files"].items()}
            return Outcome(self.title, files, of_rows(told["problems"]), seconds)
        except (ValueError, KeyError, TypeError):
            return Outcome(self.title, {}, [self._lost(erred)], seconds)

    def _lost(self, erred: str) -> Problem:
        """Return why nothing is known of it: it was killed, or has a fault of its own."""
        status = self._process.returncode
        if status < 0 and -status in set(signal.Signals):
            return problem("K716", None, signal=signal.Signals(-status).name)
        reason = " ".join(erred.split())[-_MOST:] or f"its build ended with {status}"
        return problem("K758", None, reason=reason)
