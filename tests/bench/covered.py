"""Which share of the lines and of the branches of each package the tests run.

    make coverage
    cd tests; python -m bench.covered ../.venv/coverage/facts.json [--least 95]

In: what `coverage json` wrote, with branches. Out: a row for each package of `publish/`, and exit
status 1 where less than the least of all lines, or of all branches, is run. A branch is a way from
one line to another, as coverage.py counts them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

LEAST = 95.0


@dataclass(slots=True)
class Share:
    """How many lines and branches there are, and how many of them are run."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_run: int = 0

    def add(self, summary: dict[str, int]) -> None:
        self.lines += summary["num_statements"]
        self.lines_run += summary["covered_lines"]
        self.branches += summary["num_branches"]
        self.branches_run += summary["covered_branches"]

    @property
    def percent(self) -> tuple[float, float]:
        """Return the percentage of the lines and of the branches; of none all are run."""
        return _percent(self.lines_run, self.lines), _percent(self.branches_run, self.branches)


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


def shares(facts: dict[str, Any]) -> dict[str, Share]:
    """Return the share of each package, and that of all as "publish", which is the last."""
    found: dict[str, Share] = defaultdict(Share)
    whole = Share()
    for name, file in sorted(facts["files"].items()):
        package = ".".join(PurePosixPath(name).parts[1:-1][:1]) or "(publish)"
        found[package].add(file["summary"])
        whole.add(file["summary"])
    return {**found, "publish": whole}


def table(found: dict[str, Share]) -> str:
    """Return the shares as lines of text."""
    rows = [f"{'package':<14} {'lines':>7} {'run':>7} {'branches':>9} {'run':>7}"]
    for name, share in found.items():
        lines, branches = share.percent
        rows.append(f"{name:<14} {share.lines:7} {lines:6.1f}% {share.branches:9} {branches:6.1f}%")
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--least", type=float, default=LEAST)
    given = parser.parse_args()
    found = shares(json.loads(given.facts.read_text("utf-8")))
    print(table(found))
    return int(min(found["publish"].percent) < given.least)


if __name__ == "__main__":
    sys.exit(main())
