"""Marks over emphasis, links and spans: one stretch of the manuscript, with all its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from marking import Marker
from marking_judged import place
from pikepdf import Array, Name, String
from test_notes import add, told
from test_notes_places import box_of, highlight, quads

from publish.__main__ import main
from publish.building.build import build
from publish.ground.source import offset_at
from publish.manuscript.folder import read_manuscript
from publish.proof.blocks import joined
from publish.proof.map import Run
from publish.proofing.applying import patch
from publish.proofing.notes import notes

TEXT = """# Een

De *avondbode* bracht het **slechte** nieuws[^1] pas laat naar [het eiland](https://example.org/a).

Wie een *veerman*-pet droeg, las `hardop` voor; *altijd*
*dezelfde* bladzij.

| Dag | Weer |
|-----|------|
| *Ma* | *mooi* |

[^1]: Een noot met *nadruk* erin.
"""
MARKED = {
    "De avondbode bracht": "De *avondbode* bracht",
    "avondbode bracht het slechte nieuws": "avondbode* bracht het **slechte** nieuws",
    "slechte nieuws": "slechte** nieuws",
    "naar het eiland": "naar [het eiland",
    "las hardop voor": "las `hardop` voor",
    "noot met nadruk erin": "noot met *nadruk* erin",
}
"""Printed words, and how the manuscript has them."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("blocks") / "book"
    made.mkdir()
    (made / "book.toml").write_text('title = "Blok"\nmodified = 2026-11-22T12:00:00Z\n')
    (made / "01-een.md").write_text(TEXT, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def proof(folder: Path) -> bytes:
    (made,) = build(folder, folder.parent / "out", ("proof",)).made
    return made.read_bytes()


def page_of(data: bytes, words: str = "pas laat naar") -> int:
    """Return on which page, from 1, words of the chapter stand."""
    for number in range(1, 9):
        try:
            box_of(data, number, words)
        except AssertionError:
            continue
        return number
    raise AssertionError("the chapter is on no page")


@pytest.mark.parametrize("bare", [False, True], ids=["map", "bare"])
def test_a_mark_over_markup_has_all_its_words(
    bare: bool, folder: Path, proof: bytes, tmp_path: Path
) -> None:
    marker = Marker(proof, 1)
    page = page_of(proof)
    for words in MARKED:
        highlight(marker, page, box_of(proof, page, words))
    if bare:
        del marker.pdf.Root.Names.EmbeddedFiles, marker.pdf.Root.AF
    found = told(marker.saved(tmp_path / "a.pdf"), folder, *(["K718"] * bare))
    wanted = {
        words: (place(TEXT, TEXT.index(written)), place(TEXT, TEXT.index(written) + len(written)))
        for words, written in MARKED.items()
    }
    assert {
        one["words"]: ((one["line"], one["column"]), (one["end_line"], one["end_column"]))
        for one in found
    } == wanted


def test_marks_on_the_words_of_a_reference_are_placed_at_it_and_left_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# Een\n\nZie [](#twee) voor de rest, en lees door.\n"
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "book.toml").write_text('title = "Verwezen"\nmodified = 2026-11-22T12:00:00Z\n')
    (folder / "01-een.md").write_text(text, encoding="utf-8")
    other = "# Het tweede deel {#twee}\n\nVerder niets.\n"
    (folder / "02-twee.md").write_text(other, encoding="utf-8")
    data = build(folder, tmp_path / "out", ("proof",)).made[0].read_bytes()
    marker, page = Marker(data, 1), page_of(data, "voor de rest")
    box = box_of(data, page, "tweede")
    highlight(marker, page, box, "StrikeOut")
    caret = Array([box[2] - 3, box[1] - 3, box[2] + 3, box[1] + 4])
    add(marker, page - 1, Subtype=Name.Caret, Rect=caret, Contents=String(" grote"), T=String("B"))
    add(marker, page - 1, Subtype=Name.Text, Rect=Array(box), Contents=String("welk?"))
    file = marker.saved(tmp_path / "a.pdf")
    found = told(file, folder)
    assert sorted((one["kind"], one["words"], one["what"]) for one in found) == [
        ("insert", "tweede", "filled"), ("note", "tweede", "filled"),
        ("strikeout", "tweede", "filled"),
    ]  # fmt: skip
    start, end = text.index("[]"), text.index(" voor")
    for one in found:
        assert (one["file"], one["placed"]) == ("01-een.md", True)
        assert (one["line"], one["column"]) == place(text, start)
        assert (one["end_line"], one["end_column"]) == place(text, end)
    assert main(["notes", str(file), str(folder), "--apply", "--yes"]) == 0
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("its words are filled in for a reference") == 2
    # Words around it are struck out with it: what is between them is markup.
    marker = Marker(data, 1)
    first, last = (box_of(data, page, words) for words in ("Zie", "voor"))
    highlight(marker, page, (*first[:2], *last[2:]), "StrikeOut")
    main(["notes", str(marker.saved(tmp_path / "b.pdf")), str(folder), "--apply", "--yes"])
    assert "there is markup among these words" in capsys.readouterr().err
    assert (folder / "01-een.md").read_text(encoding="utf-8") == text
    assert (folder / "02-twee.md").read_text(encoding="utf-8") == other


def test_words_of_code_are_found_from_their_first_letter(tmp_path: Path) -> None:
    text = "# Een\n\nZo rekent zij:\n\n```\nverval = hoogte_put / 2\nmeter per kilometer\n```\n"
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "book.toml").write_text('title = "Code"\nmodified = 2026-11-22T12:00:00Z\n')
    (folder / "01-een.md").write_text(text, encoding="utf-8")
    data = build(folder, tmp_path / "out", ("proof",)).made[0].read_bytes()
    marker, page = Marker(data, 1), page_of(data, "Zo rekent")
    for words in ("verval", "meter"):
        highlight(marker, page, box_of(data, page, words), "StrikeOut")
    left, foot, right, head = box_of(data, page, "hoogte_put")
    x, y = left + (right - left) * 0.7, (foot + head) / 2
    add(marker, page - 1, Subtype=Name.Text, Rect=Array([x - 9, y - 9, x + 9, y + 9]))
    found = told(marker.saved(tmp_path / "a.pdf"), folder)
    assert [(one["words"], (one["line"], one["column"])) for one in found] == [
        (words, place(text, text.index(words))) for words in ("verval", "hoogte_put", "meter")
    ]


def test_a_note_on_a_part_of_a_word_is_about_the_word(
    folder: Path, proof: bytes, tmp_path: Path
) -> None:
    marker, page = Marker(proof, 1), page_of(proof)
    left, foot, right, head = box_of(proof, page, "veerman")
    middle = (left + right) / 2, (foot + head) / 2
    add(marker, page - 1, Subtype=Name.Text, Contents=String("welke?"),
        Rect=Array([middle[0] - 9, middle[1] - 9, middle[0] + 9, middle[1] + 9]))  # fmt: skip
    (one,) = told(marker.saved(tmp_path / "a.pdf"), folder)
    assert one["words"] == "veerman-pet"


def test_words_with_markup_among_them_are_left_to_a_person(
    folder: Path, proof: bytes, tmp_path: Path
) -> None:
    marker, page = Marker(proof, 1), page_of(proof)
    highlight(marker, page, box_of(proof, page, "slechte nieuws"), "StrikeOut")
    highlight(marker, page, box_of(proof, page, "pas laat"), "StrikeOut")
    found, _ = notes([marker.saved(tmp_path / "a.pdf")], folder)
    made = patch(found, folder, read_manuscript(folder))
    assert [*made.refused.values()] == ["there is markup among these words"]
    assert made.texts["01-een.md"] == TEXT.replace(" pas laat", "")


def test_a_mark_over_two_paragraphs_has_the_words_of_both(
    folder: Path, proof: bytes, tmp_path: Path
) -> None:
    marker, page = Marker(proof, 1), page_of(proof)
    above, below = (box_of(proof, page, words) for words in ("naar het eiland", "Wie een"))
    for subtype, first in (("Highlight", above), ("StrikeOut", above), ("Squiggly", below)):
        other = below if first is above else above
        rect = Array([min(*one) if at < 2 else max(*one)
                      for at, one in enumerate(zip(first, other, strict=True))])  # fmt: skip
        both = Array([*quads(first), *quads(other)])
        add(marker, page - 1, Subtype=Name(f"/{subtype}"), Rect=rect, QuadPoints=both)
    found, _ = notes([marker.saved(tmp_path / "a.pdf")], folder)
    begins, ends = TEXT.index("naar [het"), TEXT.index("Wie een") + len("Wie een")
    for one in found:
        assert one.words == "naar het eiland Wie een"
        assert (one.line, one.column) == place(TEXT, begins)
        assert (one.end_line, one.end_column) == place(TEXT, ends)
    assert len(found) == 3
    made = patch(found, folder, read_manuscript(folder))
    assert (made.edits, len(made.refused)) == ((), 1)


def test_plain_words_of_two_paragraphs_are_left_to_a_person(tmp_path: Path) -> None:
    made = tmp_path / "book"
    made.mkdir()
    (made / "book.toml").write_text('title = "Twee"\nmodified = 2026-11-22T12:00:00Z\n')
    (made / "01-een.md").write_text("# Een\n\nDe boot voer weg\n\nWie bleef, zwaaide.\n", "utf-8")
    proof = build(made, tmp_path / "out", ("proof",)).made[0].read_bytes()
    marker, page = Marker(proof, 1), page_of(proof, "voer weg")
    both = [box_of(proof, page, words) for words in ("voer weg", "Wie bleef")]
    add(marker, page - 1, Subtype=Name.StrikeOut, Rect=Array(both[0]),
        QuadPoints=Array([*quads(both[0]), *quads(both[1])]))  # fmt: skip
    found, _ = notes([marker.saved(tmp_path / "a.pdf")], made)
    assert [one.words for one in found] == ["voer weg Wie bleef"]
    refused = patch(found, made, read_manuscript(made)).refused
    assert [*refused.values()] == ["it goes over more than one paragraph"]


def test_blocks_are_joined_where_only_markup_parts_them() -> None:
    source = "Zo *was* het[^1] toen.\n*Nog* een\n\n| *x* | y |\n\nLaatste"

    def run(*parts: str) -> Run:
        """Return the run of parts that stand in the source one after another."""
        text, places, at = "", [], 0
        for part in parts:
            at = source.index(part, at)
            places.append((len(text), at))
            text, at = text + part, at + len(part)
        return Run("a.md", text, tuple(places))

    runs = [
        run("Zo ", " het", " toen.\n", " een"), run("was"), run("Nog"), run("x"), run(" y "),
        run("Laatste"), Run("a.md", "was", ((0, source.index("was")),), repeated=True),
    ]  # fmt: skip
    found = joined(runs, {"a.md": source})
    assert [one.run.text for one in found] == [
        "Zo was het toen.\nNog een", "x", " y ", "Laatste", "was"
    ]  # fmt: skip
    for one in found:
        for number in one.parts:
            for at, char in enumerate(runs[number].text):
                there = one.index(number, at)
                assert one.run.text[there] == char
                assert offset_at(one.run.places, there) == runs[number].offset(at)
    # Two that share a character are two places of one text, not one block.
    twice = [run("Zo ", " het"), run("was"), run("was")]
    assert len(joined(twice, {"a.md": source})) == 3
