"""What the editor says of an import: the answers to what the importer was unsure of.

In: `answers.toml` and the text it is about. Out: `Answers`, and problems I803 (what is no answer)
and I804 (an answer to nothing that stands in this text). A table for each question:

    [hyphens]        "324:40" = "weld"      line and column of a hyphen: weld, keep, keep and part
    [paragraphs]     "88" = "join"          the line is no new paragraph: join, or it is one: part
    [lines]          "120-123" = "caption"  what lines are: a `Kind`, or head or folio
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from publish.ground.plain import read_plain
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile
from publish.importing.hyphens import ANSWERS
from publish.importing.lines import LINE_END
from publish.importing.model import NO_ANSWERS, Answers, Claim, Draft, Kind
from publish.settings.toml import TomlDocument, read_toml

BETWEEN: Mapping[str, str] = {name: between for between, name in ANSWERS.items()}
PARAGRAPHS = ("join", "part")
FURNITURE = {"head": "running head", "folio": "folio"}
KINDS: Mapping[str, Kind] = {
    kind: kind
    for kind in (
        *("title", "subtitle", "standfirst", "byline", "cover", "heading"),
        *("body", "caption", "pullquote", "aside", "break", "item", "verse"),
    )
}
_KEYS = {
    "hyphens": re.compile(r"(\d+):(\d+)"),
    "paragraphs": re.compile(r"(\d+)"),
    "lines": re.compile(r"(\d+)(?:-(\d+))?"),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "hyphens": tuple(BETWEEN),
    "paragraphs": PARAGRAPHS,
    "lines": (*KINDS, *FURNITURE),
}


def read_answers(path: Path | None, text: str) -> tuple[Answers, list[Problem]]:
    """Read the answers about a text from a file; none from None."""
    if path is None:
        return NO_ANSWERS, []
    try:
        source = SourceFile(path.name, read_plain(path).decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = f"{path} cannot be read: {getattr(error, 'strerror', '') or error}"
        return NO_ANSWERS, [problem("I801", None, reason=reason, advice="Look at --answers.")]
    document, problems = read_toml(source)
    if document is None:
        return NO_ANSWERS, problems
    lines = LINE_END.split(text)
    answers = NO_ANSWERS
    for table, key, value in _entries(document):
        fault = _fault(table, key, value)
        span = document.value((table, key)) if key else document.key((table,))
        if fault:
            problems.append(problem("I803", span, reason=fault[0], advice=fault[1]))
        elif not _is_there(table, key, lines):
            problems.append(problem("I804", span, table=table, key=key))
        else:
            answers = _with(answers, table, key, value)
    return answers, problems


def _entries(document: TomlDocument) -> Iterator[tuple[str, str, Any]]:
    for table, rows in document.values.items():
        if not isinstance(rows, dict):
            yield table, "", rows
            continue
        for key, value in rows.items():
            yield table, key, value


def _fault(table: str, key: str, value: Any) -> tuple[str, str] | None:
    """Return what is wrong with an answer and what to do; None for one that can be understood."""
    if table not in CHOICES or not key:
        return f"there is no table “{table}” of answers", f"There are: {', '.join(CHOICES)}."
    if not _KEYS[table].fullmatch(key):
        form = {"hyphens": "line:column", "paragraphs": "line", "lines": "line or line-line"}
        return f"“{key}” is no place of [{table}]", f"Write it as {form[table]}."
    if value not in CHOICES[table]:
        return f"“{value}” is no answer of [{table}]", f"There are: {', '.join(CHOICES[table])}."
    return None


def _numbers(table: str, key: str) -> tuple[int, int]:
    match = _KEYS[table].fullmatch(key)
    assert match
    first, *rest = (int(number) for number in match.groups() if number)
    return first, rest[0] if rest else first


def _is_there(table: str, key: str, lines: Sequence[str]) -> bool:
    """Tell whether the source has what an answer is about."""
    first, second = _numbers(table, key)
    if not 0 < first <= len(lines):
        return False
    if table == "hyphens":
        return lines[first - 1][second - 1 : second] in ("-", "\u2010", "\u2011", "\u00ad")
    return first <= second <= len(lines) and any(line.strip() for line in lines[first - 1 : second])


def _with(answers: Answers, table: str, key: str, value: str) -> Answers:
    first, second = _numbers(table, key)
    if table == "hyphens":
        return structs.replace(
            answers, hyphens={**answers.hyphens, (first, second - 1): BETWEEN[value]}
        )
    if table == "paragraphs":
        return structs.replace(answers, joins={**answers.joins, first: value == PARAGRAPHS[0]})
    return structs.replace(
        answers, kinds={**answers.kinds, **dict.fromkeys(range(first, second + 1), value)}
    )


def claim_answers(draft: Draft) -> Draft:
    """Claim the lines that the editor tells the kind of; earlier claims on them are given up."""
    kinds = draft.answers.kinds
    if not kinds:
        return draft
    told: list[Claim] = []
    for at, line in enumerate(draft.lines):
        kind = KINDS.get(kinds.get(line.number, ""))
        if kind is None:
            continue
        if told and told[-1].stop == at and told[-1].kind == kind:
            told[-1] = Claim(kind, told[-1].start, at + 1)
        else:
            told.append(Claim(kind, at, at + 1))
    taken = {at for claim in told for at in range(claim.start, claim.stop)}
    kept = [one for one in draft.claims if not taken & set(range(one.start, one.stop))]
    claims = sorted([*kept, *told], key=lambda one: one.start)
    return structs.replace(draft, claims=tuple(claims))
