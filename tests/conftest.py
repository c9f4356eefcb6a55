"""Editions that many tests read: each book is built once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build import build
from publish.outputs import OUTPUTS
from publish.problems import has_errors

BOOKS = Path(__file__).parent / "books"


def build_all(folder: Path, out: Path) -> dict[str, Path]:
    """Build every edition of a book that is without error; return the files by edition."""
    built = build(folder, out, tuple(OUTPUTS))
    assert not has_errors(built.problems), "\n".join(map(str, built.problems))
    return dict(zip(OUTPUTS, built.made, strict=True))


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the editions of the book that has every feature."""
    return build_all(BOOKS / "complete", tmp_path_factory.mktemp("complete"))


@pytest.fixture(scope="session")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the editions of a book of one sentence."""
    return build_all(BOOKS / "minimal", tmp_path_factory.mktemp("minimal"))
