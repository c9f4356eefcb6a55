"""What stands at the head of a source, and between its paragraphs, one case each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from textwrap import fill

import pytest
from test_importing_shapes import assert_accounted, parts_of, read_back

from publish.importing import Imported, import_text

BODY = (
    "De eerste alinea is zo lang als een alinea in een gewoon stuk meestal is, en daarna volgt er "
    "nog een. Wie haar leest, weet hoe breed de kolom staat en dat er niets wordt afgebroken. Zo "
    "blijft het ook.",
    "De tweede alinea sluit daarop aan en zegt in andere woorden nog eens hetzelfde, want er moet "
    "tekst staan. In de Gouden Letter werd elke dag gezet, en de Gouden Letter sloot nooit.",
)


def imported(head: str, language: str = "nl", width: int = 46) -> Imported:
    raw = head + "\n\n".join(fill(text, width) for text in BODY) + "\n"
    made = import_text(raw, "stuk.txt", language)
    assert_accounted(raw, made)
    return made


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("door Laurens Coster", [("Laurens Coster", "", "")]),
        ("door Laurens Coster, De Pers", [("Laurens Coster", "De Pers", "")]),
        (
            "tekst: Laurens Coster, Aldus Manutius en Dirk Martens",
            [("Laurens Coster", "", ""), ("Aldus Manutius", "", ""), ("Dirk Martens", "", "")],
        ),
        (
            "door Laurens Coster, Brood en Rozen, Nederland",
            [("Laurens Coster", "Brood en Rozen", "Nederland")],
        ),
        (
            "door Laurens Coster, Pers, Afdeling Boek, Nederland\nen Dirk Martens, Zetsel, België",
            [
                ("Laurens Coster", "Pers, Afdeling Boek", "Nederland"),
                ("Dirk Martens", "Zetsel", "België"),
            ],
        ),
    ],
)
def test_the_byline_gives_the_people(byline: str, people: list[tuple[str, str, str]]) -> None:
    book = tomllib.loads(imported(f"Een titel\n\n{byline}\n\n").files["book.toml"])
    assert [
        (one["name"], one.get("organisation", ""), one.get("country", ""))
        for one in book["contributor"]
    ] == people
    assert {one["role"] for one in book["contributor"]} == {"aut"}


def test_a_paragraph_that_begins_as_a_byline_does_is_none() -> None:
    made = imported("Een titel\n\nDoor Laurens Coster werd hier niets gedrukt, zegt men.\n\n")
    assert "contributor" not in made.files["book.toml"]
    assert "Door Laurens Coster werd" in made.files["01-een-titel.md"]


@pytest.mark.parametrize(
    ("title", "language", "written"),
    [
        ("wERk in de gouDEN LEttER", "nl", "Werk in de Gouden Letter"),
        ("WERK IN DE GOUDEN LETTER", "nl", "Werk in de Gouden Letter"),
        ("Werk In De Gouden Letter", "nl", "Werk In De Gouden Letter"),
        ("De NAVO en de zetters", "nl", "De NAVO en de zetters"),
        ("Noord-Holland en het vak", "nl", "Noord-Holland en het vak"),
        ("ARBEIT UND BLEI", "de", "Arbeit und Blei"),
    ],
)
def test_capitals_that_cannot_be_trusted_are_set_by_the_body(
    title: str, language: str, written: str
) -> None:
    made = imported(f"{title}\n\n", language)
    assert tomllib.loads(made.files["book.toml"])["title"] == written
    assert ("capitals" in {note.code for note in made.notes}) == (title != written)


def test_a_subtitle_stands_between_title_and_byline() -> None:
    made = imported("Een titel\n\nMet wat erbij hoort\n\ndoor Dirk Martens\n\n")
    book = tomllib.loads(made.files["book.toml"])
    assert (book["title"], book["subtitle"]) == ("Een titel", "Met wat erbij hoort")


def test_a_first_paragraph_in_another_measure_is_the_standfirst(tmp_path: Path) -> None:
    lead = "Dit stuk gaat over een werkplaats waar men dag en nacht zette.\n"
    made = imported(f"Een titel\n\n{lead * 2}\n")
    parts = parts_of(read_back(made, tmp_path / "book"))
    assert [title for title, _ in parts] == ["standfirst", "Een titel"]
    assert parts[0][1] == [("p", " ".join([lead.strip()] * 2))]


def test_a_paragraph_in_the_same_measure_is_no_standfirst(tmp_path: Path) -> None:
    parts = parts_of(read_back(imported("Een titel\n\n"), tmp_path / "book"))
    assert parts == [("Een titel", [("p", text) for text in BODY])]


def test_headings_without_text_between_them_become_title_and_section(tmp_path: Path) -> None:
    made = imported("Een titel\n\ndoor Dirk Martens\n\nDeel een\n\nHet begin\n\n")
    parts = parts_of(read_back(made, tmp_path / "book"))
    assert parts == [("Deel een", [("h2", "Het begin"), *(("p", text) for text in BODY)])]


@pytest.mark.parametrize("ornament", ["* * *", "***", "———", "⁂"])
def test_an_ornament_is_a_break(ornament: str, tmp_path: Path) -> None:
    made = imported(f"Een titel\n\n{BODY[0]}\n\n{ornament}\n\n")
    parts = parts_of(read_back(made, tmp_path / "book"))
    assert [kind for kind, _ in parts[0][1]] == ["p", "Rule", "p", "p"]


@pytest.mark.parametrize(
    "line",
    ["“Nee!”", "– Waarom?", "Dat was alles.", "Het ging als volgt:", "zo kan het ook"],
)
def test_a_short_paragraph_is_no_heading(line: str, tmp_path: Path) -> None:
    made = imported(f"Een titel\n\n{fill(BODY[0], 46)}\n\n{line}\n\n")
    parts = parts_of(read_back(made, tmp_path / "book"))
    assert [title for title, _ in parts] == ["Een titel"]


def test_a_heading_straight_above_its_paragraph(tmp_path: Path) -> None:
    made = imported(f"Een titel\n\n{fill(BODY[1], 46)}\n\nDe kop\n")
    parts = parts_of(read_back(made, tmp_path / "book"))
    assert [title for title, _ in parts] == ["Inleiding", "De kop"]
    assert parts[1][1] == [("p", text) for text in BODY]


def test_a_second_photo_at_the_head_is_placed_and_the_first_is_the_cover() -> None:
    made = imported("Een titel\n\nFoto: de pers in de hal\n\nFoto: de zetkast aan het raam\n\n")
    assert 'photo = "de-pers-in-de"' in made.files["book.toml"]
    chapters = "".join(text for name, text in made.files.items() if name.endswith(".md"))
    assert chapters.count("![]") == 1
    assert "![](de-zetkast-aan-het){place=column}" in chapters
    captions = tomllib.loads(made.files["captions.toml"])
    assert captions["de-zetkast-aan-het"] == {
        "caption": "De zetkast aan het raam",
        "expected": True,
    }


def test_captions_that_begin_alike_get_ids_of_their_own() -> None:
    photos = "".join(f"\n\nFoto: de pers in de hal, {year}" for year in (1901, 1902, 1903))
    made = imported(f"Een titel{photos}\n\n")
    ids = list(tomllib.loads(made.files["captions.toml"]))
    assert ids == ["de-pers-in-de", "de-pers-in-de-2", "de-pers-in-de-3"]
