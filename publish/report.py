"""Problems told: as text for a terminal or a pipe, as JSON for a machine, as HTML for a person.

In: problems, sorted. Out: strings. A line of text reads `file:line:column: severity CODE message`,
with the hint under it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from publish.problems import Problem

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
    rows = []
    for one in problems:
        row = asdict(one)
        span = row.pop("span") or {}
        rows.append(row | {key: span.get(key) for key in ("file", "line", "column")})
    values = dict(facts or {}) | {"problems": rows}
    return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True)


def as_html(problems: Sequence[Problem], facts: Mapping[str, Any]) -> str:
    """Return a page for a person, whole in one file."""
    # Here, so that `katern clean` runs on a Python to which nothing was installed.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(problems=problems, facts=facts)
