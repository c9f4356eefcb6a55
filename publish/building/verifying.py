"""Whether the files of a release are those that its record tells of, and can be made again.

In: a folder with a record (`<slug>-release.json`) and, to make them again, the manuscript. Out: a
line for each file that is as it should be, and problems K740 to K746. Nothing in the folder is
touched: what is built anew is built elsewhere.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from publish.building.build import build
from publish.building.releasing import sha256
from publish.ground.filenames import FILES, file_of
from publish.ground.json_text import from_json
from publish.ground.problems import Problem, has_errors, problem
from publish.manuscript.folder import read_manuscript
from publish.standing.release import ENDING, TOOLS, Output, Release, read_release
from publish.standing.state import digests
from publish.standing.toolchain import toolchain

_SHOWN = 3
"""So many files, or tools, are named."""


class Verified(NamedTuple):
    """What is as it should be, a line each, and what is not."""

    lines: list[str]
    problems: list[Problem]


def verify(out: Path, book: Path | None) -> Verified:
    """Compare the files of a folder with their records; with a manuscript also build them anew."""
    lines: list[str] = []
    problems: list[Problem] = []
    records = sorted(out.glob(f"*{ENDING}")) if out.is_dir() else []
    if not records:
        problems.append(problem("K740", None, folder=out))
    for record in records:
        release = read_release(record)
        if release is None:
            problems.append(problem("K741", None, file=record))
            continue
        told = list(_as_recorded(out, release))
        problems += [one for one in told if isinstance(one, Problem)]
        lines += [one for one in told if isinstance(one, str)]
        if book:
            told = list(_made_anew(out, book, release, record))
            problems += [one for one in told if isinstance(one, Problem)]
            lines += [one for one in told if isinstance(one, str)]
    return Verified(lines, problems)


def _as_recorded(out: Path, release: Release) -> Iterator[str | Problem]:
    for name, output in release.outputs.items():
        file = out / name
        if not file.is_file():
            yield problem("K742", None, file=file)
        elif sha256(file) != output.sha256:
            yield problem("K743", None, file=file)
        else:
            yield f"as recorded  {output.sha256}  {name}"


def _made_anew(out: Path, book: Path, release: Release, record: Path) -> Iterator[str | Problem]:
    """Build the editions of a release of its manuscript, and compare them byte for byte."""
    if changed := _changed(release, book):
        yield problem("K744", None, file=record, book=book, names=_some(changed))
        return
    other = _other_tools(out, release, record)
    wanted = {one.edition for one in release.outputs.values() if one.edition in FILES}
    names = [name for name in FILES if name in wanted]
    with tempfile.TemporaryDirectory() as scratch, _dated(release.epoch):
        fresh = Path(scratch)
        built = build(book, fresh, names, final=True)
        manuscript = read_manuscript(book).book
        if has_errors(built.problems) or manuscript is None:
            yield from (one for one in built.problems if one.severity == "error")
            return
        slug = manuscript.settings.slug
        sums = {name: sha256(fresh / file_of(name, slug)) for name in names}
    unlike = 0
    for name, output in release.outputs.items():
        if output.edition in sums and sums[output.edition] == output.sha256:
            yield f"built anew   {output.sha256}  {name}"
        elif output.edition in sums:
            unlike += 1
            reason = f"made with {other}" if other else "made with the same tools"
            yield problem("K745", None, file=out / name, reason=reason)
    if other and not unlike:
        yield problem("K746", None, file=record, tools=other)


def _changed(release: Release, book: Path) -> list[str]:
    """Return the files of a manuscript that are not those a release was made of."""
    now = digests(book)
    return sorted(
        name
        for name in {*now, *release.manuscript}
        if now.get(name) != release.manuscript.get(name)
    )


def _other_tools(out: Path, release: Release, record: Path) -> str:
    """Return which tools a release was made with that are not those here; "" where none is."""
    from publish.building.tools import bill

    file = record.with_name(record.name.removesuffix(ENDING) + TOOLS)
    known: Output | None = release.outputs.get(file.name)
    if known and file.is_file() and sha256(file) == known.sha256:
        then, now = (_versions(one) for one in (file.read_bytes(), bill()))
        unlike = [f"{name} {then[name]}" for name in sorted(then) if now.get(name) != then[name]]
        if unlike:
            return _some(unlike)
    return "" if release.toolchain == toolchain() else f"another Katern {release.katern}"


def _versions(bill: bytes) -> dict[str, str]:
    """Return the tools of a bill of materials by name; none of what is no bill."""
    try:
        parts = from_json(bill)["components"]
        return {str(one["name"]): str(one.get("version", "of other bytes")) for one in parts}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


@contextmanager
def _dated(epoch: str) -> Iterator[None]:
    """Let SOURCE_DATE_EPOCH be as it was when a release was made."""
    before = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        if epoch:
            os.environ["SOURCE_DATE_EPOCH"] = epoch
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before
