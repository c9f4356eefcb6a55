"""Small parts of the import, each by itself."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from publish.importing import import_text
from publish.importing.quotes import _without_overlap
from publish.importing.reading import read_source
from publish.importing.widths import _letter
from publish.importing.writing import _swap


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([(4, 6), (0, 2)], [(0, 2), (4, 6)]),
        ([(0, 2), (1, 5)], [(1, 5)]),
        ([(0, 5), (4, 6)], [(0, 5)]),
        ([(0, 3), (0, 5)], [(0, 5)]),
        ([(0, 2), (2, 4)], [(0, 2), (2, 4)]),
    ],
)
def test_of_two_stretches_that_overlap_the_longer_one_holds(
    given: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    assert _without_overlap(given) == kept


def test_how_wide_a_letter_is() -> None:
    assert _letter("é") == _letter("e") and _letter("Ö") == _letter("O")
    assert _letter("\u0301") == 0
    assert _letter("文") > _letter("Ω") > 0


def test_a_source_that_is_not_there_or_is_a_folder_is_told_of(tmp_path: Path) -> None:
    missing = tmp_path / "a.txt"
    for path, said in ((missing, f"there is no file {missing}"), (tmp_path, "is a folder")):
        reading = read_source(path)
        assert (reading.text, reading.encoding) == ("", "")
        (one,) = reading.problems
        assert said in one.message and one.hint.startswith("Name ")


def test_a_folder_that_stands_is_put_aside_and_back_where_the_new_one_cannot_come(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "boek"
    for number in range(2):
        (tmp_path / "nieuw").mkdir()
        folder.mkdir(exist_ok=True)
        (folder / "oud").write_text(str(number), "utf-8")
        aside = _swap(tmp_path / "nieuw", folder, full=True)
        assert aside == tmp_path / f"boek.before-{number + 1}"
        assert (aside / "oud").read_text("utf-8") == str(number)
        assert [*folder.iterdir()] == []
    (folder / "oud").write_text("2", "utf-8")
    with pytest.raises(FileNotFoundError):
        _swap(tmp_path / "nergens", folder, full=True)
    assert (folder / "oud").read_text("utf-8") == "2"


FLOOD = "Het water stond hoog tegen de kade en wie er langs kwam, bleef staan om te zien hoe. "


@pytest.mark.parametrize(
    ("cut", "rest", "whole"),
    [
        ("Wie er langs komt ziet hoe men er werkt en be-", "taalt.", "werkt en betaalt."),
        ("Wie er langs komt ziet hoe men het werk hier ver-", "koopt.", "hier verkoopt."),
        ("Wie er langs komt ziet hoe men er graag iets ge-", "maakt heeft.", "gemaakt heeft."),
    ],
)
def test_a_word_goes_on_below_a_caption_in_the_last_line_of_its_paragraph(
    cut: str, rest: str, whole: str
) -> None:
    """Though a full line further down would make a word with it as well."""
    body = textwrap.wrap(FLOOD * 3, 48)
    after = [
        "De rest van de dag staat men er bij en kijkt toe",
        "en wacht tot het zakt, zoals altijd.",
    ]
    lines = ["De dijk", "", *body, cut, "Foto van Jan Blanken", rest, *after, *body]
    made = import_text("\n".join(lines) + "\n", "dijk.txt", "nl")
    (text,) = (text for name, text in made.files.items() if name.endswith(".md"))
    assert f"{whole}\n\n![](foto-van-jan-blanken)" in text
