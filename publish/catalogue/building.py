"""The titles of a catalogue, built: those that stand as they should be are kept.

In: titles, and who is to build them. Out: what became of each. There is no state but what each
title's build leaves in its own output folder (`standing`), which tells of which sources, with which
toolchain, an edition was made: a run that was killed is taken up where it was, and a title that was
built by itself is not built again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from msgspec import structs

from publish.catalogue.model import Crew, Outcome
from publish.catalogue.titles import Title
from publish.ground.source import Span
from publish.standing.current import build_key, standing
from publish.standing.state import state_of


def built(titles: Sequence[Title], crew: Crew) -> Iterator[Outcome]:
    """Yield what became of each title: of those that are kept first."""
    left = []
    for title in titles:
        kept = _standing(title)
        if kept:
            yield kept
        else:
            left.append(title)
    if left:
        yield from crew.run(left)


def _standing(title: Title) -> Outcome | None:
    """Return a title with nothing to do; None for one that is to be built."""
    try:
        key = build_key(title.folder, title.final)
        found = standing(title.folder, title.out, title.editions, title.final, key)
    except OSError:
        return None  # Its build tells why.
    if found is None or (title.final and not _is_released(title)):
        return None
    return Outcome(title, dict.fromkeys(found.kept, "kept"), found.problems)


def _is_released(title: Title) -> bool:
    """Tell whether the record of a release is there; a build may have ended before it was."""
    released = state_of(title.folder, title.out).released
    return bool(released) and all((title.out / name).is_file() for name in released)


def placed(outcome: Outcome) -> Outcome:
    """Return an outcome whose problems name the file from here, and not from its manuscript.

    One without a place stands at the title's book.toml, so that it is seen whose it is.
    """
    problems = []
    for one in outcome.problems:
        span = one.span or Span("book.toml")
        there = dataclasses.replace(span, file=str(outcome.title.folder / span.file))
        problems.append(dataclasses.replace(one, span=there))
    return structs.replace(outcome, problems=problems)
