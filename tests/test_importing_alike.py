"""Pictures whose captions begin alike: each has an id of its own, however many there are."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from publish.importing.labels import photo_ids
from publish.importing.model import Passage, Run


def named(*captions: str) -> list[str]:
    return photo_ids([Passage("caption", (), (Run(one),)) for one in captions])


def test_captions_that_begin_alike_are_numbered() -> None:
    assert named("Rad", "Rad 2", "Rad", "Rad", "Wiek", "Rad 2") == [
        "rad", "rad-2", "rad-3", "rad-4", "wiek", "rad-2-2"
    ]  # fmt: skip


def test_four_times_the_captions_are_four_times_the_work() -> None:
    def lines(count: int) -> int:
        """Return how many lines are run to name so many pictures."""
        seen = 0

        def step(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal seen
            seen += event == "line"
            return step

        before = sys.gettrace()
        sys.settrace(step)
        try:
            named(*["Rad"] * count)
        finally:
            sys.settrace(before)
        return seen

    assert lines(400) < 4.5 * lines(100)
