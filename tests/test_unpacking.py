"""Nothing is made of packed bytes but what is known."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from publish.ground.source import Span
from publish.ground.unpacking import named, unpacked

KNOWN = named((Span,))
SPAN = Span("a.md", 3, 4)
PACKED = pickle.dumps([SPAN, 7], 5)


def test_what_is_known_is_made() -> None:
    assert unpacked(PACKED, KNOWN) == [SPAN, 7]


class Runs:
    """Has a file written where it is unpacked."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


def test_nothing_else_is_called(tmp_path: Path) -> None:
    data = pickle.dumps([SPAN, Runs(tmp_path / "there")], 5)
    assert unpacked(data, KNOWN) is None
    assert not (tmp_path / "there").exists()
    pickle.loads(data)
    assert (tmp_path / "there").exists()


@pytest.mark.parametrize("data", [b"", PACKED[:-1], PACKED[:30], PACKED[5:], b"no such thing"])
def test_what_is_broken_off_is_nothing(data: bytes) -> None:
    assert unpacked(data, KNOWN) is None
