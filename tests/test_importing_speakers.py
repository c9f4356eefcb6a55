# ruff: noqa: E501
"""Who speaks in an interview, what stands aside in a letter, texts with a line to each paragraph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_importing_shapes import assert_accounted, parts_of, read_back

from publish.importing import import_text

TALK = """\
Aan de brug

De brugwachter van Zijlveld zit al dertig jaar in hetzelfde huisje. Hij heeft
er koffie, een radio en een verrekijker, en meer heeft hij niet nodig. Toen de
brug dicht moest, kwam hij in het nieuws, en daar kijkt hij nog van op, want
wie kijkt er nu naar een brug? Er kwamen mensen met camera’s, er kwamen brieven
uit heel het land, en iemand stuurde hem een taart met een brug erop.

{0}: Had u dat verwacht?
{1}: Nee, helemaal niet. We hadden op de helft gehoopt, en dat leek al veel
te veel voor een dorp als dit.
{0}: En toen?
{1}: Toen begon het wachten pas echt.
"""


def parts(raw: str, folder: Path, language: str = "nl") -> list[Any]:
    made = import_text(raw, "brug.txt", language)
    assert_accounted(raw, made)
    return parts_of(read_back(made, folder))


@pytest.mark.parametrize("names", [("V", "A"), ("De Vries", "K. Prins"), ("Anna", "Jan-Piet")])
def test_each_turn_of_an_interview_is_a_paragraph(names: tuple[str, str], tmp_path: Path) -> None:
    one, two = names
    ((_, blocks),) = parts(TALK.format(*names), tmp_path / "book")
    assert [text for _, text in blocks][1:] == [
        f"{one}: Had u dat verwacht?",
        f"{two}: Nee, helemaal niet. We hadden op de helft gehoopt, en dat leek al veel te veel voor "
        "een dorp als dit.",
        f"{one}: En toen?",
        f"{two}: Toen begon het wachten pas echt.",
    ]
    assert {kind for kind, _ in blocks} == {"p"}


def test_a_heading_with_a_colon_is_no_turn(tmp_path: Path) -> None:
    text = TALK.format("V", "A").partition("V:")[0]
    raw = f"{text}\nSlot: een brug dicht\n\nDaarna was het stil op de vaart, en dat bleef zo.\n"
    assert [title for title, _ in parts(raw, tmp_path / "book")][1:] == ["Slot: een brug dicht"]


LETTER = """\
                         De brieven

De brief lag in een blik met kaartjes, en niemand had hem ooit gelezen.
Hij was niet lang.

                                                  Hoorn, bij de sluis

Beste vader,

Ik heb een kamer met een raam op het water. De huur is niet hoog, en de
vrouw van het huis is vriendelijk, maar zij houdt niet van vis.

                                                       Je dochter

                            Het antwoord

Er kwam geen antwoord. Dat is alles wat ik ervan weet, want het blik was
verder leeg.
"""


def test_what_stands_right_of_the_middle_is_no_heading(tmp_path: Path) -> None:
    chapters = parts(LETTER, tmp_path / "book")
    assert [title for title, _ in chapters][1:] == ["Het antwoord"]
    assert ("p", "Hoorn, bij de sluis") in chapters[0][1]
    assert ("p", "Je dochter") in chapters[0][1]


UNWRAPPED = """\
LE GAZ DE LA VILLE
Une enquête de Paul Vasseur

L'usine fut bâtie en 1834. Elle brûlait douze tonnes de charbon par jour, et la fumée descendait sur le quartier des Longues-Haies comme une couverture.
Les ouvriers venaient de Belgique pour la plupart. Ils logeaient dans des courées, petites cours fermées où vingt familles partageaient une pompe.
« On ne voyait pas le soleil, dit Mme Delattre, mais on le devinait. »
Un long combat
La première grève éclata le 4 mai 1867. Elle dura onze jours. Les patrons promirent deux sous de plus ; ils en donnèrent un, et plus tard que promis.
— Et le second ?
Le quartier fut rasé en 1960.
"""


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_where_each_line_is_a_paragraph_title_byline_and_headings_are_lines(
    gap: str, tmp_path: Path
) -> None:
    raw = UNWRAPPED.replace("\n\n", gap)
    made = import_text(raw, "gaz.txt", "fr")
    assert_accounted(raw, made)
    manuscript = read_back(made, tmp_path / "book")
    assert manuscript.book
    settings = manuscript.book.settings
    assert (settings.title, [one.name for one in settings.contributors]) == (
        "Le gaz de la ville",
        ["Paul Vasseur"],
    )
    (_, first), (title, second) = parts_of(manuscript)
    lines = UNWRAPPED.splitlines()
    assert [text for _, text in first] == lines[3:6]
    assert title == lines[6]
    assert [text for _, text in second] == lines[7:]
