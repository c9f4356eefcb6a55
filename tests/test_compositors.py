"""Those who set type: what they are told holds for what they set, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from conftest import BOOKS, shop_of
from msgspec import structs

from publish.building.compositors import Compositor, Compositors, called_for
from publish.building.printing import Printing
from publish.building.takes import Frame
from publish.engine.casting import cast
from publish.engine.layout import lay_out
from publish.ground import guard
from publish.paragraphs.hyphenation import Hyphenation


@pytest.fixture
def frame() -> Frame:
    """Return the frame of a book."""
    return shop_of(BOOKS / "minimal").room.plain.frame("print")


@pytest.fixture
def bounds() -> Iterator[None]:
    """Have the bounds of this process afterwards as they were before."""
    before = guard.bounds()
    yield
    guard.bound(*before)


class Hands:
    """Some who set nothing, and remember what they were told."""

    count, greeting = 1, "an engine"

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.left = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.left = True

    def tell(self, what: Any) -> None:
        """Remember it."""
        self.heard.append(what)


@pytest.mark.usefixtures("bounds")
def test_the_bounds_of_a_frame_hold_for_what_is_set_in_it(frame: Frame) -> None:
    one = Compositor()
    one.told(structs.replace(frame, limits=(7, 900)))
    assert guard.bounds() == (7, 900)


@pytest.mark.usefixtures("bounds")
def test_what_was_measured_is_kept_for_type_that_is_the_same(frame: Frame) -> None:
    one = Compositor()
    one.told(frame)
    case: Any = {"measured": 1}
    one.case = case
    assert frame.manner
    shorter = structs.replace(frame, manner=structs.replace(frame.manner, lean=1.0))
    one.told(shorter)
    assert one.case is case
    words = structs.replace(frame.manner, hyphenation=Hyphenation(names=False))
    one.told(structs.replace(frame, manner=words))
    assert one.case == {}
    one.case = case
    face = shop_of(BOOKS / "hebrew").room.plain.frame("print").style.faces
    one.told(structs.replace(frame, manner=words, style=structs.replace(frame.style, faces=face)))
    assert one.case == {}


def test_each_is_told_the_frame_once_and_those_who_are_called_instead_as_well(frame: Frame) -> None:
    compositors, first, then = Compositors(), Hands(), Hands()
    assert compositors.hands(frame) is None and not compositors.are_called
    with compositors.at_hand(first):  # type: ignore[arg-type]
        compositors.prepare(frame.style)
        assert compositors.hands(frame) is compositors.hands(frame) is first
        assert compositors.engine_version() == "an engine"
        first.count = 0
        assert compositors.hands(frame) is None
        with compositors.at_hand(then):  # type: ignore[arg-type]
            assert compositors.hands(frame) is then
    assert (first.heard, then.heard) == ([frame.style, frame], [frame])
    assert first.left and then.left and not compositors.are_called


def test_as_many_are_called_as_there_is_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publish.building.compositors.cores", lambda: 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    (tmp_path / "01-kort.md").write_text("# Kort\n\nEen zin.\n", "utf-8")
    out = tmp_path / "out"
    assert called_for(["epub", "cover"], tmp_path, out) == 0
    assert called_for(["epub", "print"], tmp_path, out) == 0
    (tmp_path / "03-weg.md").symlink_to("nergens.md")
    (tmp_path / "02-lang.md").write_text("# Lang\n\n" + "Een zin. " * 20_000, "utf-8")
    assert called_for(["print"], tmp_path, out) == 2
    monkeypatch.setattr("publish.building.compositors.cores", lambda: 1)
    assert called_for(["print"], tmp_path, out) == 0


def test_founts_are_cast_by_one_of_this_machine_who_has_nothing_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid = lay_out('<html lang="nl"><title>Peil</title><p>Een zin.</p>', "", {}).parts[0]
    printing = Printing()
    assert printing.write(laid) == []
    founts = printing.of(laid).founts
    wanted = cast(founts)
    assert len(founts) == 1 and Compositors().cast(founts) == wanted
    compositors = Compositors()
    with compositors.called(1):
        monkeypatch.setattr("publish.engine.casting.cast", forbidden)
        assert compositors.cast(founts) == wanted
    with pytest.raises(AssertionError, match="cast here"):
        compositors.cast(founts)


def forbidden(*_: object) -> bytes:
    """Fail where founts are cast in this process."""
    raise AssertionError("cast here")
