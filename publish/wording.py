"""The few words that the toolchain itself puts into a book, by language.

In: a language tag. Out: a frozen row of words; English stands in for a language without a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose script runs from right to left."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; `access_…` are sentences that tell how a book can be read."""

    contents: str
    cover: str
    beginning: str
    landmarks: str
    notes: str
    back: str
    figure: str
    table: str
    page: str
    source: str
    expected: str
    editors: str
    long: str
    responsible: str
    deposit: str
    proof: str
    access_text: str
    access_alt: str
    access_no_alt: str
    access_long: str


WORDS: Mapping[str, Wording] = MappingProxyType(
    {
        "nl": Wording(
            contents="Inhoud",
            cover="Omslag",
            beginning="Begin van de tekst",
            landmarks="Wegwijzers",
            notes="Noten",
            back="Terug naar de tekst",
            figure="afbeelding",
            table="tabel",
            page="p.",
            source="Bron",
            expected="Beeld volgt",
            editors="Redactie",
            long="Beschrijving",
            responsible="V.U.",
            deposit="Wettelijk depot",
            proof="proef",
            access_text="Doorlopende tekst in leesvolgorde, met een inhoudsopgave en koppen.",
            access_alt="Elk beeld dat iets vertelt, heeft een beschrijving in woorden.",
            access_no_alt="Niet elk beeld heeft een beschrijving in woorden.",
            access_long="Waar dat nodig is, staat er een lange beschrijving bij.",
        ),
        "en": Wording(
            contents="Contents",
            cover="Cover",
            beginning="Start of the text",
            landmarks="Landmarks",
            notes="Notes",
            back="Back to the text",
            figure="figure",
            table="table",
            page="p.",
            source="Source",
            expected="Picture to come",
            editors="Editors",
            long="Description",
            responsible="Publisher responsible",
            deposit="Legal deposit",
            proof="proof",
            access_text="Running text in reading order, with a table of contents and headings.",
            access_alt="Every picture that says something is described in words.",
            access_no_alt="Not every picture is described in words.",
            access_long="Where it is needed, a long description is added.",
        ),
        "de": Wording(
            contents="Inhalt",
            cover="Umschlag",
            beginning="Textbeginn",
            landmarks="Wegweiser",
            notes="Anmerkungen",
            back="Zurück zum Text",
            figure="Abbildung",
            table="Tabelle",
            page="S.",
            source="Quelle",
            expected="Bild folgt",
            editors="Redaktion",
            long="Beschreibung",
            responsible="V. i. S. d. P.",
            deposit="Pflichtexemplar",
            proof="Korrekturfahne",
            access_text="Fließtext in Lesereihenfolge, mit Inhaltsverzeichnis und Überschriften.",
            access_alt="Jedes Bild, das etwas mitteilt, ist in Worten beschrieben.",
            access_no_alt="Nicht jedes Bild ist in Worten beschrieben.",
            access_long="Wo es nötig ist, steht eine ausführliche Beschreibung dabei.",
        ),
        "fr": Wording(
            contents="Table des matières",
            cover="Couverture",
            beginning="Début du texte",
            landmarks="Repères",
            notes="Notes",
            back="Retour au texte",
            figure="illustration",
            table="tableau",
            page="p.",
            source="Source",
            expected="Image à venir",
            editors="Rédaction",
            long="Description",
            responsible="Éd. resp.",
            deposit="Dépôt légal",
            proof="épreuve",
            access_text="Texte continu et ordonné, avec une table des matières et des titres.",
            access_alt="Chaque image porteuse de sens est décrite par des mots.",
            access_no_alt="Toutes les images ne sont pas décrites par des mots.",
            access_long="Une description longue est jointe là où il le faut.",
        ),
    }
)


def direction(language: str) -> str:
    """Return the direction in which a language is written: "rtl" or "ltr"."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def wording(language: str) -> Wording:
    """Return the words of a language tag, by its primary subtag."""
    return WORDS.get(language.split("-")[0].lower(), WORDS["en"])
