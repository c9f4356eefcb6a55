"""EPUBCheck, the W3C's validator, run on an e-book.

In: the path of an EPUB. Out: problems E501 (error or fatal) and E502 (warning or info), with the
place inside the EPUB; K701 when EPUBCheck cannot run. Usage remarks are none of its findings.
Works with EPUBCheck 5.3, from the package `epubcheck`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publish.checks.validators import ask, unanswered
from publish.ground.json_text import from_json
from publish.ground.problems import Problem, problem

_CODES = {"FATAL": "E501", "ERROR": "E501", "WARNING": "E502", "INFO": "E502"}
_PLACES = 3


def run(epub_path: Path) -> list[Problem]:
    """Return what EPUBCheck finds in an EPUB."""
    answer = ask("EPUBCheck", epub_path)
    if isinstance(answer, Problem):
        return [answer]
    try:
        messages = from_json(answer["report"])["messages"]
    except (ValueError, KeyError, TypeError):
        messages = []
    if answer["code"] and not messages:
        said = (answer["said"].strip().splitlines() or [f"exit code {answer['code']}"])[-1]
        return [unanswered(f"EPUBCheck gives no report ({said})", "Make the edition anew.")]
    return [found for message in messages for found in _problem(message)]


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
