"""What stands before a text: its date, its series, its author without a “by”; and its colophon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_importing_desk import imported as answered
from test_importing_shapes import assert_accounted, parts_of, read_back

from publish.book.model import Book
from publish.importing import import_text
from publish.importing.imprint import iso_date
from publish.importing.languages import language_of

TEXT = """\
De fabriek aan de Zijl staat sinds 1987 leeg. Niemand weet precies van wie
zij is, en wie het weet zegt het niet. De ramen aan de straatkant zijn met
planken dichtgemaakt.

De machines

Binnen staan de machines nog. Vier weefgetouwen van Engelse makelij, een
stoomketel uit 1911 en een lange houten tafel. Op de tafel ligt een krant
van de dag waarop de poort dichtging.
"""


def book_of(raw: str, folder: Path) -> tuple[Book, list[str]]:
    """Return the book that is made of a text, and what is told of its imprint."""
    made = import_text(raw, "fabriek.txt", "nl")
    assert_accounted(raw, made)
    book = read_back(made, folder).book
    assert book
    return book, [one.message for one in made.notes if one.code == "imprint"]


def chapters(raw: str, folder: Path) -> list[Any]:
    made = import_text(raw, "fabriek.txt", "nl")
    assert_accounted(raw, made)
    return parts_of(read_back(made, folder))


def test_date_series_and_author_stand_in_the_settings(tmp_path: Path) -> None:
    head = "De stille fabriek\n\nWaterreeks, deel 3\n\nArie de Groot\n\n14 maart 2019\n\n"
    book, told = book_of(head + TEXT, tmp_path / "book")
    assert (book.settings.title, book.settings.date) == ("De stille fabriek", "2019-03-14")
    assert book.settings.series
    assert (book.settings.series.name, book.settings.series.number) == ("Waterreeks", 3)
    assert [one.name for one in book.settings.contributors] == ["Arie de Groot"]
    assert told == [
        "“Waterreeks, deel 3” tells the series",
        "“14 maart 2019” is the date of the book",
    ]
    assert [title for title, _ in chapters(head + TEXT, tmp_path / "again")] == [
        "Inleiding",
        "De machines",
    ]


@pytest.mark.parametrize(
    ("text", "tag", "wanted"),
    [
        ("14 maart 2019", "nl", "2019-03-14"),
        ("Donderdag 14 maart 2019", "nl", "2019-03-14"),
        ("maart 2019", "nl", "2019-03"),
        ("14-3-2019", "nl", "2019-03-14"),
        ("2019-03-14", "en", "2019-03-14"),
        ("March 14, 2019", "en", "2019-03-14"),
        ("14th March 2019", "en", "2019-03-14"),
        ("14. März 2019", "de", "2019-03-14"),
        ("1er mai 1936", "fr", "1936-05-01"),
        ("3-4-2019", "en", ""),
        ("32 maart 2019", "nl", ""),
        ("14-13-2019", "nl", ""),
        ("1984", "nl", ""),
        ("14 maart", "nl", ""),
        ("De ramp van 14 maart 2019", "nl", ""),
    ],
)
def test_dates_are_read_as_their_language_writes_them(text: str, tag: str, wanted: str) -> None:
    assert iso_date(text, language_of(tag)) == wanted


def test_a_date_with_its_place_is_a_line_above_the_text(tmp_path: Path) -> None:
    raw = "De stille fabriek\n\ndoor Arie de Groot\n\nLeiden, 14 maart 2019\n\n" + TEXT
    book, told = book_of(raw, tmp_path / "book")
    assert (book.settings.date, told) == ("", [])
    (title, (first, *_)), *_ = chapters(raw, tmp_path / "again")
    assert (title, first) == ("Inleiding", ("p", "Leiden, 14 maart 2019"))


def test_the_dates_of_a_diary_head_its_days(tmp_path: Path) -> None:
    raw = (
        f"Een dagboek\n\n14 maart 2019\n\n{TEXT}\n15 maart 2019\n\n{TEXT.replace('De m', 'Die m')}"
    )
    book, told = book_of(raw, tmp_path / "book")
    assert (book.settings.date, told) == ("", [])
    assert [title for title, _ in chapters(raw, tmp_path / "again")][::2] == [
        "14 maart 2019",
        "15 maart 2019",
    ]


def test_what_the_editor_says_of_a_line_holds(tmp_path: Path) -> None:
    raw = "De stille fabriek\n\n14 maart 2019\n\n" + TEXT
    made = answered(tmp_path, '[lines]\n3 = "subtitle"\n', raw)
    book = read_back(made, tmp_path / "book").book
    assert book and (book.settings.subtitle, book.settings.date) == ("14 maart 2019", "")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Arie de Groot", "Arie de Groot"),
        ("A. P. Zwart", "A. P. Zwart"),
        ("De Fabriek", ""),
        ("Het Einde Van Alles Wat Was", ""),
        ("Grote Ramen", ""),
        ("Hoofdstuk 3", ""),
    ],
)
def test_a_name_stands_alone_where_its_words_have_capitals_alone(
    line: str, name: str, tmp_path: Path
) -> None:
    text = TEXT.replace("Binnen", "Alle grote dingen zijn weg. Binnen")
    book, _ = book_of(f"Stil water\n\n{line}\n\n{text}", tmp_path / "book")
    assert [one.name for one in book.settings.contributors] == ([name] if name else [])


def test_a_byline_may_say_what_it_is_that_was_written(tmp_path: Path) -> None:
    book, _ = book_of(f"Stil water\n\nEen reportage van Arie Groot\n\n{TEXT}", tmp_path / "book")
    assert [one.name for one in book.settings.contributors] == ["Arie Groot"]


def test_a_colophon_is_one(tmp_path: Path) -> None:
    raw = f"Stil water\n\n{TEXT}\nColofon\n\nTekst en foto’s: Arie Groot.\n"
    book, _ = book_of(raw, tmp_path / "book")
    assert [one.role for one in book.chapters] == ["introduction", "chapter", "colophon"]
