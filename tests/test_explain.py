"""What `katern explain` says of a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.__main__ import main
from publish.explain import reasons
from publish.linebreak import Line

BOOK = """title = "Regels"
language = "nl"
modified = 2026-11-22T12:00:00Z
"""
TEXT = (
    "De werkgroep schreef elke ochtend op wat er in de vergadering van de vorige avond gezegd was,"
    " en wie dat las begreep niet altijd waarom er zoveel woorden voor nodig waren geweest. Daarom"
    " begon de secretaris op een dag met korte zinnen, en niemand merkte het."
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    (folder / "book.toml").write_text(BOOK, "utf-8")
    (folder / "01-een.md").write_text(f"# Een\n\n{TEXT}\n\n{TEXT}\n", "utf-8")
    return folder


def test_a_line_is_explained(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(book), "--page", "5", "--line", "3"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("page 5, line 3: “")
    assert said[1].startswith("ends ")
    assert " px of " in said[2]
    assert said[-1].startswith("demerits ")


def test_a_line_that_is_not_there(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(book), "--page", "5", "--line", "99"]) == 1
    assert "no line 99" in capsys.readouterr().err
    assert main(["explain", str(book / "none"), "--page", "5", "--line", "1"]) == 1


def test_the_demerits_add_up() -> None:
    line = Line(0, 9, True, True, False, -0.5, 201.0, 200.0, 0.0, 1.5, 3006.25)
    assert reasons(line, -0.03)[-1] == (
        "demerits 3,006: 506 for its blanks, 2,500 for its end and its neighbours"
    )
    assert reasons(line, -0.03)[2] == "blanks shrunk by 50% of their give (-0.03 em each)"
