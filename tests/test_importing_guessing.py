"""The language of a source that does not say which: told by its small words, or its script."""

from __future__ import annotations

from pathlib import Path

import docx
import pikepdf
import pytest
from test_importing_docx import saved
from test_importing_pdf import page
from test_importing_pdf_apart import changed

from publish.importing import import_source
from publish.importing.guessing import AS_ENGLISH, LANGUAGES, guess, spoken

TEXTS = {
    "nl": "De veerman legde aan bij de steiger, en het begon die avond zacht te regenen.",
    "en": "The ferryman moored at the jetty, and in the evening it began to rain over the river.",
    "de": "Der Fährmann legte am Steg an, und am Abend begann es auf dem Fluss zu regnen.",
    "fr": "Le passeur accosta au ponton, et dans la soirée il se mit à pleuvoir sur la rivière.",
    "da": "Færgemanden lagde til ved broen, og om aftenen begyndte det at regne over åen.",
    "nb": "Fergemannen la til ved brygga, og om kvelden begynte det å regne over elva.",
    "sv": "Färjkarlen lade till vid bryggan, och på kvällen började det att regna över ån.",
    "fy": "De fearman lei oan by de steger, en it begûn dy jûns sêft te reinen.",
    "af": "Die veerman het by die kaai aangelê, en dit het daardie aand saggies begin reën.",
    "es": "El barquero atracó en el muelle y por la noche empezó a llover sobre el río.",
    "it": "Il traghettatore attraccò al molo e la sera cominciò a piovere sul fiume.",
    "pt": "O barqueiro atracou no cais e à noite começou a chover sobre o rio.",
    "he": "הספן עגן ליד הרציף, ובערב התחיל לרדת גשם על הנהר.",
    "ru": "Паромщик причалил к пристани, и вечером над рекой пошёл дождь.",
    "el": "Ο βαρκάρης έδεσε στην αποβάθρα και το βράδυ άρχισε να βρέχει.",  # noqa: RUF001
}


@pytest.mark.parametrize("tag", TEXTS)
def test_small_words_or_the_script_tell_the_language(tag: str) -> None:
    found, notes = guess(TEXTS[tag])
    assert found == tag
    assert [one.code for one in notes] == (["no-language"] if tag != "nl" else [])
    assert all((AS_ENGLISH in one.message) == (tag not in LANGUAGES) for one in notes)


def test_a_language_without_rules_is_told_whoever_says_it() -> None:
    assert spoken("nl-BE", lambda: TEXTS["da"]) == ("nl-BE", ())
    tag, (note,) = spoken("da", lambda: TEXTS["nl"])
    assert (tag, note.code) == ("da", "no-rules")
    assert AS_ENGLISH in note.message


def test_of_two_languages_that_are_near_both_are_named() -> None:
    _, (note,) = guess(
        "Han var i et af de huse og det er ikke den, som er i et nyt år for de to på"
    )
    assert "it may be nb as well" in note.message


def test_where_nothing_tells_it_dutch_is_taken_and_told() -> None:
    few = "Wrdl brmft sgtz qrst de wxyz frmt klpt zztp brrt mnnt xkcd pqrs tvwx lmnp dfgh"
    for text in ("", "1901 120 33", "Wrdl brmft!", few):
        tag, (note,) = guess(text)
        assert (tag, note.message) == (
            "nl",
            "no language is given; it is taken for nl: nothing tells it",
        )


def unsaid(pdf: pikepdf.Pdf) -> None:
    """Take out what says the language of a PDF."""
    for key in ("/Lang", "/Metadata"):
        if key in pdf.Root:
            del pdf.Root[key]


def told(source: Path, folder: Path, language: str = "") -> tuple[str, list[str]]:
    """Return the language of the book that is made, and what is told of it."""
    problems, _ = import_source(source, folder, language)
    (line,) = (
        one for one in (folder / "book.toml").read_text("utf-8").splitlines() if "language" in one
    )
    said = [one.message for one in problems if "no language is given" in one.message]
    return line.split('"')[1], said


def test_every_kind_of_source_is_looked_at(tmp_path: Path) -> None:
    text = tmp_path / "pont.txt"
    text.write_text(f"Le passeur\n\n{TEXTS['fr']}\n", "utf-8")
    found = ["no language is given; it is taken for fr: 11 of 19 words are usual ones of it"]
    assert told(text, tmp_path / "text") == ("fr", found)
    assert told(text, tmp_path / "said", "nl") == ("nl", [])
    pages = tmp_path / "pont.pdf"
    html = f"<h1>Le passeur</h1><p>{TEXTS['fr']}</p>"
    pages.write_bytes(changed(page(html), unsaid))
    assert told(pages, tmp_path / "pages")[0] == "fr"
    made = docx.Document()
    made.add_paragraph(TEXTS["fr"])
    for one in list(made.styles.element.iter()):
        if one.tag.endswith("}lang"):
            one.getparent().remove(one)
    words = tmp_path / "pont.docx"
    words.write_bytes(saved(made))
    assert told(words, tmp_path / "words")[0] == "fr"
