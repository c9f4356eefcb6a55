"""The words on the laid-out pages, tied to the manuscript, and where each page begins."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from publish.building.build import build
from publish.building.workshop import Workshop
from publish.ground.source import SourceFile
from publish.manuscript.folder import read_manuscript
from publish.markup.stylesheets import stylesheet
from publish.pages.pagemap import Line, Origin, page_lines
from publish.pages.readings import page_starts
from publish.text.folios import PageStart

BOOKS = Path(__file__).parent / "books"
SAMPLE = Path(__file__).parent.parent / "manuscript"
TYPED = {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "."}
"""What is typed for a character that the rules of the language set."""


def shop_of(folder: Path) -> Workshop:
    manuscript = read_manuscript(folder)
    assert manuscript.book
    return Workshop(folder, manuscript.book, manuscript.sources)


def lines_of(folder: Path) -> tuple[list[Line], dict[str, SourceFile]]:
    shop = shop_of(folder)
    return list(page_lines(shop.room.pages("print"))), shop.materials.sources


def starts_of(shop: Workshop) -> tuple[PageStart, ...]:
    pages = shop.room.pages("print")
    return page_starts(pages, shop.room.folios(pages))


def test_every_character_that_is_set_is_found_in_its_file() -> None:
    for folder in (SAMPLE, BOOKS / "complete"):
        lines, sources = lines_of(folder)
        found = 0
        for line in lines:
            for piece in line.pieces:
                for at in range(piece.first, piece.last):
                    offset = piece.origin.offset(at)
                    if offset is None:
                        continue
                    typed = sources[piece.origin.file].text[offset]
                    char = piece.origin.solid[at]
                    # A numeric reference or an escape stands for its character.
                    assert TYPED.get(char, char) == typed or typed in "&\\<", (line.text, char)
                    found += 1
        assert found > (35_000 if folder == SAMPLE else 2_000)
    # A line of verse is a block of its own within its line.
    texts = [line.text for line in lines if line.page == 11]
    assert "een kurk naar de zee." in texts


def test_every_word_of_the_flow_is_on_one_line_and_the_lines_are_in_the_files_order() -> None:
    lines, sources = lines_of(SAMPLE)
    for file in sources:
        if not file.endswith(".md"):
            continue
        caption = sources[file].text.find("\n: ") + 3
        offsets = [
            (piece.origin.offset(piece.first), piece.origin.offset(piece.last - 1))
            for line in lines
            for piece in line.pieces
            if line.area == "flow"
            and piece.origin.file == file
            # The caption of a table is typed below it.
            and piece.origin.places[:1] != ((1, caption),)
        ]
        assert offsets, file
        ends = itertools.chain.from_iterable(offsets)
        assert sorted(known := [one for one in ends if one is not None]) == known


def test_no_line_of_text_is_without_its_place() -> None:
    for folder in (SAMPLE, BOOKS / "complete"):
        lines, _ = lines_of(folder)
        heads = [at for at, line in enumerate(lines) if line.text.startswith("Beeldverantw")]
        gathered = lines[heads[0] :] if heads else []
        for line in lines:
            assert not line.stray
            if line.area in ("flow", "note") and line not in gathered:
                assert line.pieces, line.text
                placed = [one for one in line.pieces if one.origin.places]
                # Numbers, and words that stand for a reference, are added.
                assert placed or len(line.text) < 12 or not re.search(r"\w{3}", line.text)


def test_a_line_that_ends_in_a_hyphen_of_the_engine_says_so() -> None:
    for line in lines_of(SAMPLE)[0]:
        if line.area == "flow" and line.pieces:
            last = line.pieces[-1]
            own = last.origin.solid[last.last - 1]
            assert line.hyphenated == (line.text.endswith("-") and own != "-"), line.text


def test_the_rectangles_of_lines_lie_within_the_trim_and_do_not_overlap() -> None:
    shop = shop_of(SAMPLE)
    width, height = (side * 72 / 25.4 for side in (shop.room.page.width, shop.room.page.height))
    lines = [one for one in page_lines(shop.room.pages("print")) if one.area == "flow"]
    assert len(lines) > 700
    for line in lines:
        assert line.left > 0 and line.left + line.width < width
        assert line.top > 0 and line.top + line.height < height
    for one, after in itertools.pairwise(lines):
        if one.page == after.page and abs(one.left - after.left) < 1:
            assert after.top > one.top + 0.7 * one.height


@pytest.fixture
def table_over_pages(tmp_path: Path) -> Path:
    (tmp_path / "book.toml").write_text('title = "Standen"\nlanguage = "nl"\n', encoding="utf-8")
    rows = "\n".join(f"| sluis {number} | stand {number} |" for number in range(1, 120))
    text = f"# Standen\n\nDe lijst begint hier.\n\n| sluis | stand |\n|---|---|\n{rows}\n"
    (tmp_path / "01-standen.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_page_that_a_table_goes_on_to_begins_below_the_repeated_head(
    table_over_pages: Path,
) -> None:
    shop = shop_of(table_over_pages)
    text = shop.materials.sources["01-standen.md"].text
    starts = [one for one in starts_of(shop) if one.kind == "word"]
    assert len(starts) > 2
    for start in starts[1:]:
        assert text[start.offset :].startswith("sluis "), text[start.offset : start.offset + 20]
        assert text[start.offset + 6].isdigit()


def test_pages_of_the_front_and_the_back_and_blank_ones_are_told_apart() -> None:
    kinds = [(one.kind, one.file) for one in starts_of(shop_of(SAMPLE))]
    front = [("matter", name) for name in ("front", "imprint", "title-page", "contents")]
    assert kinds[:4] == front
    assert kinds[-1] == ("matter", "back")
    assert len(kinds) % 4 == 0
    assert all(kind in ("word", "plate", "blank") for kind, _ in kinds[4:-1])


def test_a_text_begins_anew_only_where_it_has_run_out() -> None:
    solid = "aanbodaanzee"
    origin = Origin("a.md", solid, (), solid, list(range(len(solid))))
    assert origin.found("aanbod", "-") == (0, 6, False, False)
    assert origin.found("aanbod", "-") is None
    assert origin.found("aan-", "-") == (6, 9, False, True)
    assert origin.found("zee", "-") == (9, 12, False, False)
    assert origin.found("aanbod", "-") == (0, 6, True, False)


def test_words_that_no_text_has_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wide letters stand for the fault that nobody knows of yet."""

    def wide(*given: Any, **named: Any) -> str:
        return f"{stylesheet(*given, **named)}\n.flow p {{ text-transform: full-width }}"

    folder, out = BOOKS / "minimal", tmp_path / "out"
    assert "P419" not in {one.code for one in build(folder, out, ["epub"]).problems}
    monkeypatch.setattr("publish.building.materials.stylesheet", wide)
    for module in ("building.build", "standing.current", "building.composing"):
        monkeypatch.setattr(f"publish.{module}.toolchain", lambda: "other tools")
    built = build(folder, out, ["epub"])
    told = [one.message for one in built.problems if one.code == "P419"]
    assert len(told) == 1
    assert re.match(r"“[\uff01-\uff5e ]+.*” on page \d is found nowhere", told[0]), told
    # It is told again where the pages are known and only the e-book is made anew.
    built.made[0].unlink()
    monkeypatch.setattr("publish.engine.layout.lay_out", None)
    again = build(folder, out, ["epub"])
    assert [one.message for one in again.problems if one.code == "P419"] == told
