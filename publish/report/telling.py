"""Problems told: as text for a terminal or a pipe, as JSON for a machine, as HTML for a person.

In: problems, sorted. Out: strings. A line of text reads `file:line:column: severity CODE message`,
with the hint under it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from publish.ground.problems import Problem
from publish.ground.rules import RULES
from publish.ground.source import Span
from publish.report.shots import Shot

_COLOURS = {"error": "\033[31m", "warning": "\033[33m"}
_PLAIN = "\033[0m"


def as_text(problems: Sequence[Problem], coloured: bool = False) -> str:
    """Return problems as lines of text."""
    lines = []
    for one in problems:
        line = str(one)
        if coloured:
            line = line.replace(
                f"{one.severity} ", f"{_COLOURS[one.severity]}{one.severity}{_PLAIN} ", 1
            )
        lines.append(line)
        if one.hint:
            lines.append(f"    {one.hint}")
    return "\n".join(lines)


def as_json(problems: Sequence[Problem], facts: Mapping[str, Any] | None = None) -> str:
    """Return problems, and what else is known of the run, as JSON."""
    values = dict(facts or {}) | {"problems": as_rows(problems)}
    return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True)


def as_rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as tables of plain values."""
    rows = []
    for one in problems:
        row = asdict(one)
        span = row.pop("span") or {}
        rows.append(row | {key: span.get(key) for key in ("file", "line", "column")})
    return rows


def of_rows(rows: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Return the problems that were told as tables; where they are printed is not kept."""
    found = []
    for row in rows:
        told = {name: row[name] for name in ("code", "severity", "message", "hint")}
        span = Span(row["file"], row["line"], row["column"]) if row["file"] else None
        found.append(Problem(**told, span=span))
    return found


def as_html(
    problems: Sequence[Problem],
    facts: Mapping[str, Any],
    shots: Sequence[Shot] = (),
    folder: str = "",
    key: str = "",
) -> str:
    """Return a page for a person, whole in one file.

    `shots` are pictures of the print pages, `folder` is the manuscript as seen from the report,
    `key` what the report is known by.
    """
    # Here, so that `katern clean` runs on a Python to which nothing was installed.
    from publish.ground.templating import templates

    counts = Counter(one.code for one in problems)
    kinds = [
        {"code": code, "title": kind_of(code), "count": counts[code]} for code in sorted(counts)
    ]
    pages = {shot.number: shot.label for shot in shots}
    template = templates("report").get_template("report.html.j2")
    small = any(shot.thumbnail for shot in shots)
    given = {"problems": problems, "facts": facts, "shots": shots, "pages": pages, "small": small}
    return template.render(**given, kinds=kinds, folder=folder, key=key)


def kind_of(code: str) -> str:
    """Return what a rule says of anything, its facts left out."""
    words = re.sub(r"\{[^}]*\}", "…", RULES[code].message)
    return words.removeprefix("…: ")


def key_of(html: str) -> str:
    """Return what the beginning of a report says that it is known by."""
    found = re.search(r'name="katern-report" content="(\w*)"', html)
    return found[1] if found else ""
