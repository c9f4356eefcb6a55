"""What the layout engine says, and how it fails, as problems with a place.

In: lines of its log, or what it raises. Out: problems P401, and K715 where memory ran out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from publish.ground.guard import too_large, where
from publish.ground.problems import Problem, Unmakeable, problem


@contextmanager
def failing() -> Iterator[None]:
    """Make a problem of whatever the engine raises: on rare pages it fails instead of telling."""
    try:
        yield
    except Unmakeable:
        raise
    except MemoryError as error:
        raise Unmakeable(too_large()) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        advice = "It fails on these pages. Undo the last change, or give a picture another place."
        raise Unmakeable(problem("P401", where(), reason=reason, advice=advice)) from error


def said(lines: Iterable[str]) -> list[Problem]:
    """Return what the engine has logged as problems."""
    advice = "The style sheet, a picture or a link asks for what the engine cannot do."
    return [problem("P401", None, reason=line, advice=advice) for line in lines]
