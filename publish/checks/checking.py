"""Checks of a manuscript and of what was made of it: a visible list of checkers, a module each.

In: a manuscript folder and an output folder. Out: problems, and `report.json` and `report.html` in
the output folder. A checker returns a list of problems; it never prints and never raises. What was
found is kept with the state of the build, under the digest of all that was looked at: nothing is
checked twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from publish.checks import (
    ace,
    booklet,
    cover,
    coversheet,
    epub,
    language,
    layout,
    manuscript,
    page_list,
    pdf,
    pdf_words,
    preflight,
    presence,
    shops,
    verapdf,
)
from publish.checks.facts import facts_of_book
from publish.checks.pdf_reader import NoPdf, reading
from publish.checks.subject import Checker, Subject
from publish.ground.alone import alone
from publish.ground.container import write_atomically
from publish.ground.denial import denied
from publish.ground.filenames import FILES, IN_ALL
from publish.ground.guard import bounded
from publish.ground.problems import Problem, has_errors, problem, weighed
from publish.manuscript.folder import read_manuscript
from publish.pages.line_spots import spotted
from publish.report.shots import Shot, shots
from publish.report.telling import as_html, as_json, key_of
from publish.settings.toml import at_settings
from publish.standing.current import build_key
from publish.standing.state import State, Verdict, digest, state_of
from publish.standing.toolchain import toolchain

Progress = Callable[[str], None]

CHECKERS: Mapping[str, Checker] = MappingProxyType(
    {
        "manuscript": manuscript.check,
        "language": language.check,
        "editions": presence.check,
        "e-book": epub.check,
        "pages": pdf.check,
        "preflight": preflight.check,
        "layout": layout.check,
        "screen": verapdf.check,
        "page list": page_list.check,
        "words": pdf_words.check,
        "booklet": booklet.check,
        "cover": cover.check,
        "cover sheet": coversheet.check,
        "shops": shops.check,
    }
)
_FLEETING = ("K701", "K706")
"""Problems that may be gone the next time, though nothing has changed."""


def check(
    folder: Path,
    out: Path,
    final: bool,
    progress: Progress = lambda what: None,
    names: Sequence[str] = IN_ALL,
    unbuilt: bool = False,
) -> list[Problem]:
    """Check a manuscript and its editions, and write the report beside them.

    With `final` the problems weigh as for a final build; `names` are the editions that are to be
    there, and what else is there is checked as well. An edition that is older than the
    manuscript is told of, and not looked into. Where an error has kept editions from being made
    (`unbuilt`), that they are absent or old is no news.
    """
    with alone(out, lambda: progress("waiting for a build")):
        return _checked(folder, out, final, progress, names, unbuilt)


def _checked(
    folder: Path,
    out: Path,
    final: bool,
    progress: Progress,
    names: Sequence[str],
    unbuilt: bool,
) -> list[Problem]:
    state = state_of(folder, out)
    key = digest(_key(folder, out, state), *names)
    verdict = state.verdict
    if verdict is None or verdict.key != key:
        verdict = _judged(folder, out, state, progress, tuple(names))
        verdict.key = key
        fleeting = any(one.code in _FLEETING for one in verdict.problems)
        state.verdict = None if fleeting else verdict
    found = verdict.problems
    if unbuilt:
        found = [one for one in found if one.code not in presence.NOT_MADE]
    problems = weighed(found, final)
    try:
        _write(folder, out, problems, verdict.facts | {"final": final}, progress)
        if state.verdict is verdict:
            state.save()
    except OSError as error:
        problems.append(denied(error, [out]))
    return problems


def _key(folder: Path, out: Path, state: State) -> str:
    """Return the digest of all that a check looks at."""
    suffixes = tuple(file.suffix for file in FILES.values())
    parts: list[bytes | str] = [build_key(folder, final=False), ace.told()]
    for name, made in sorted(state.outputs.items()):
        parts += [name, made.recipe, made.sha256]
    parts += [*state.plates, *state.plates.values(), *(str(one) for one in state.problems)]
    for path in sorted((*out.glob("*"), *out.glob("*/*"))):
        if path.name.endswith(suffixes) and path.is_file():
            parts += [path.name, path.read_bytes()]
    return digest(*parts)


def _judged(
    folder: Path, out: Path, state: State, progress: Progress, names: tuple[str, ...]
) -> Verdict:
    """Run the checkers."""
    progress("manuscript")
    read = read_manuscript(folder)
    if read.book is None or has_errors(read.problems):
        title = read.book.settings.title if read.book else folder.resolve().name
        return Verdict("", read.problems, {"title": title, "outputs": []})
    found = tuple(read.problems)
    subject = Subject(folder, out, read.book, read.sources, found, state, names)
    problems: list[Problem] = []
    for what, checker in CHECKERS.items():
        progress(what)
        problems += at_settings(_safely(what, checker, subject), read.sources["book.toml"])
    lines = state.shown.get("lines", {}) if subject.fresh("print") else {}
    return Verdict("", spotted(problems, lines), facts_of_book(subject))


def _safely(what: str, checker: Checker, subject: Subject) -> list[Problem]:
    """Return what a checker finds; one that fails on a strange file is itself a problem."""
    try:
        with bounded(memory=False):
            return checker(subject)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return [problem("K706", None, what=what, reason=reason)]


def _write(
    folder: Path, out: Path, problems: list[Problem], facts: dict[str, Any], progress: Progress
) -> None:
    """Write the reports, where they are not as they should be already."""
    severities = [one.severity for one in problems]
    counts = {"errors": severities.count("error"), "warnings": severities.count("warning")}
    facts = facts | counts
    out.mkdir(parents=True, exist_ok=True)
    listed = f"{as_json(problems, facts).rstrip()}\n".encode()
    # The way from the report to the manuscript is in it: one that was moved is made anew.
    seen = Path(os.path.relpath(folder.resolve(), out.resolve())).as_posix()
    key, html = digest(toolchain(), listed, seen), out / "report.html"
    if _differs(out / "report.json", listed):
        write_atomically(out / "report.json", listed)
    if not html.is_file() or key_of(html.read_text(encoding="utf-8", errors="replace")) != key:
        pictures = _shots(out, problems, facts, progress)
        page = as_html(problems, facts, pictures, seen, key)
        write_atomically(html, f"{page.rstrip()}\n".encode())


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data


def _shots(
    out: Path, problems: list[Problem], facts: dict[str, Any], progress: Progress
) -> list[Shot]:
    """Return pictures of the print pages; none where there is no sound print PDF."""
    file = next((one["file"] for one in facts["outputs"] if one["name"] == "print"), "")
    damaged = any(one.code == "P403" for one in problems)
    if not file or damaged:
        return []
    wanted = {one.spot.page for one in problems if one.spot}
    try:
        with reading(out / file):
            return shots(out / file, wanted, progress)
    except NoPdf:
        return []
