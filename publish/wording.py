"""The few words that the toolchain itself puts into a book, by language.

In: a language tag. Out: a frozen row of words; English stands in for a language without a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words."""

    contents: str
    cover: str
    beginning: str
    landmarks: str
    notes: str
    note: str
    back: str
    figure: str
    table: str
    page: str
    credit: str
    source: str
    expected: str
    editors: str
    long: str
    responsible: str
    deposit: str
    title_page: str


WORDS: Mapping[str, Wording] = MappingProxyType(
    {
        "nl": Wording(
            contents="Inhoud",
            cover="Omslag",
            beginning="Begin van de tekst",
            landmarks="Wegwijzers",
            notes="Noten",
            note="Noot",
            back="Terug naar de tekst",
            figure="afbeelding",
            table="tabel",
            page="p.",
            credit="Beeld",
            source="Bron",
            expected="Beeld volgt",
            editors="Redactie",
            long="Beschrijving",
            responsible="V.U.",
            deposit="Wettelijk depot",
            title_page="Titelblad",
        ),
        "en": Wording(
            contents="Contents",
            cover="Cover",
            beginning="Start of the text",
            landmarks="Landmarks",
            notes="Notes",
            note="Note",
            back="Back to the text",
            figure="figure",
            table="table",
            page="p.",
            credit="Image",
            source="Source",
            expected="Picture to come",
            editors="Editors",
            long="Description",
            responsible="Publisher responsible",
            deposit="Legal deposit",
            title_page="Title page",
        ),
        "de": Wording(
            contents="Inhalt",
            cover="Umschlag",
            beginning="Textbeginn",
            landmarks="Wegweiser",
            notes="Anmerkungen",
            note="Anmerkung",
            back="Zurück zum Text",
            figure="Abbildung",
            table="Tabelle",
            page="S.",
            credit="Bild",
            source="Quelle",
            expected="Bild folgt",
            editors="Redaktion",
            long="Beschreibung",
            responsible="V. i. S. d. P.",
            deposit="Pflichtexemplar",
            title_page="Titelseite",
        ),
        "fr": Wording(
            contents="Table des matières",
            cover="Couverture",
            beginning="Début du texte",
            landmarks="Repères",
            notes="Notes",
            note="Note",
            back="Retour au texte",
            figure="illustration",
            table="tableau",
            page="p.",
            credit="Image",
            source="Source",
            expected="Image à venir",
            editors="Rédaction",
            long="Description",
            responsible="Éd. resp.",
            deposit="Dépôt légal",
            title_page="Page de titre",
        ),
    }
)


def wording(language: str) -> Wording:
    """Return the words of a language tag, by its primary subtag."""
    return WORDS.get(language.split("-")[0].lower(), WORDS["en"])
