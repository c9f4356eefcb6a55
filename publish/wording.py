"""The few words that the toolchain itself puts into a book, by language.

In: a language tag. Out: a frozen row of words; English stands in for a language without a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ROLES = tuple("trl ill pht aui aft com ann ctg cov bkd dsr pfr res trc prt".split())
"""The MARC roles that have a word of their own, in the order of `Wording.roles`."""
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose script runs from right to left."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; `access_…` are sentences that tell how a book can be read.

    `roles` say what each of `ROLES` did for the book; a title follows `extract_of`, a publisher
    `extract_publisher`.
    """

    contents: str
    cover: str
    beginning: str
    landmarks: str
    see: str
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
    access_pages: str
    access_languages: str
    access_notes: str
    access_index: str
    access_adapts: str
    pages: str
    extract: str
    extract_end: str
    extract_of: str
    extract_publisher: str
    extract_elsewhere: str
    ebook: str
    printed: str
    roles: tuple[str, ...]

    def role(self, code: str) -> str:
        """Return what somebody of a MARC role did; empty for who wrote it, and for a rare role."""
        if code == "edt":
            return self.editors
        return self.roles[ROLES.index(code)] if code in ROLES else ""


WORDS: Mapping[str, Wording] = MappingProxyType(
    {
        "nl": Wording(
            contents="Inhoud",
            cover="Omslag",
            beginning="Begin van de tekst",
            landmarks="Wegwijzers",
            see="Zie",
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
            access_long="Bij sommige beelden staat ook een lange beschrijving.",
            access_pages="De bladzijden van de gedrukte uitgave zijn gemerkt.",
            access_languages="Woorden in een andere taal zijn als zodanig gemerkt.",
            access_notes="Van elke noot leidt een koppeling terug naar de tekst.",
            access_index="Namen op de lijst van personen leiden naar waar ze voorkomen.",
            access_adapts="Lettergrootte, lettertype en kleuren zijn in te stellen.",
            pages="Bladzijden van de gedrukte uitgave",
            extract="leesfragment",
            extract_end="Tot zover het leesfragment",
            extract_of="Dit was een deel van",
            extract_publisher="Het hele boek is een uitgave van",
            extract_elsewhere="Het hele boek is er bij wie dit fragment aanbiedt.",
            ebook="e-boek",
            printed="gedrukt boek",
            roles=(
                "Vertaling",
                "Illustraties",
                "Foto’s",
                "Inleiding",
                "Nawoord",
                "Samenstelling",
                "Annotaties",
                "Kaarten",
                "Omslagontwerp",
                "Vormgeving",
                "Ontwerp",
                "Correctie",
                "Onderzoek",
                "Transcriptie",
                "Druk",
            ),
        ),
        "en": Wording(
            contents="Contents",
            cover="Cover",
            beginning="Start of the text",
            landmarks="Landmarks",
            see="See",
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
            access_long="Some pictures have a long description as well.",
            access_pages="The pages of the printed edition are marked.",
            access_languages="Words in another language are marked as such.",
            access_notes="Every note has a link back to the text.",
            access_index="Names in the list of persons lead to the places where they occur.",
            access_adapts="Size, typeface and colours can be chosen.",
            pages="Pages of the printed edition",
            extract="extract",
            extract_end="Here the extract ends",
            extract_of="This was a part of",
            extract_publisher="The whole book is published by",
            extract_elsewhere="The whole book is to be had from whoever offers this extract.",
            ebook="e-book",
            printed="printed book",
            roles=(
                "Translation",
                "Illustrations",
                "Photographs",
                "Introduction",
                "Afterword",
                "Compilation",
                "Annotations",
                "Maps",
                "Cover design",
                "Book design",
                "Design",
                "Proofreading",
                "Research",
                "Transcription",
                "Printing",
            ),
        ),
        "de": Wording(
            contents="Inhalt",
            cover="Umschlag",
            beginning="Textbeginn",
            landmarks="Wegweiser",
            see="Siehe",
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
            access_long="Manche Bilder haben auch eine ausführliche Beschreibung.",
            access_pages="Die Seiten der gedruckten Ausgabe sind gekennzeichnet.",
            access_languages="Wörter in einer anderen Sprache sind als solche gekennzeichnet.",
            access_notes="Von jeder Anmerkung führt ein Verweis zurück zum Text.",
            access_index="Namen im Personenverzeichnis führen zu ihren Stellen im Text.",
            access_adapts="Schriftgröße, Schriftart und Farben lassen sich einstellen.",
            pages="Seiten der gedruckten Ausgabe",
            extract="Leseprobe",
            extract_end="Ende der Leseprobe",
            extract_of="Dies war ein Teil von",
            extract_publisher="Das ganze Buch erscheint bei",
            extract_elsewhere="Das ganze Buch gibt es dort, wo diese Leseprobe angeboten wird.",
            ebook="E-Book",
            printed="gedrucktes Buch",
            roles=(
                "Übersetzung",
                "Illustrationen",
                "Fotografien",
                "Einleitung",
                "Nachwort",
                "Zusammenstellung",
                "Anmerkungen",
                "Karten",
                "Umschlaggestaltung",
                "Buchgestaltung",
                "Gestaltung",
                "Korrektorat",
                "Recherche",
                "Transkription",
                "Druck",
            ),
        ),
        "fr": Wording(
            contents="Table des matières",
            cover="Couverture",
            beginning="Début du texte",
            landmarks="Repères",
            see="Voir",
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
            access_long="Certaines images ont aussi une description longue.",
            access_pages="Les pages de l’édition imprimée sont signalées.",
            access_languages="Les mots d’une autre langue sont signalés comme tels.",
            access_notes="Chaque note a un lien de retour vers le texte.",
            access_index="Les noms de la liste des personnes mènent aux passages où ils figurent.",
            access_adapts="La taille, la police et les couleurs peuvent être choisies.",
            pages="Pages de l’édition imprimée",
            extract="extrait",
            extract_end="Fin de l’extrait",
            extract_of="Vous avez lu une partie de",
            extract_publisher="Le livre entier est publié par",
            extract_elsewhere="Le livre entier est disponible là où cet extrait est proposé.",
            ebook="livre numérique",
            printed="livre imprimé",
            roles=(
                "Traduction",
                "Illustrations",
                "Photographies",
                "Introduction",
                "Postface",
                "Compilation",
                "Annotations",
                "Cartes",
                "Couverture",
                "Maquette",
                "Conception graphique",
                "Correction",
                "Recherche",
                "Transcription",
                "Impression",
            ),
        ),
        "he": Wording(
            contents="תוכן העניינים",
            cover="עטיפה",
            beginning="תחילת הטקסט",
            landmarks="ציוני דרך",
            see="ראו",
            notes="הערות",
            back="חזרה לטקסט",
            figure="איור",
            table="טבלה",
            page="עמ\u05f3",
            source="מקור",
            expected="תמונה תבוא בהמשך",
            editors="עריכה",
            long="תיאור",
            responsible="מו״ל אחראי",
            deposit="הפקדה חוקית",
            proof="הגהה",
            access_text="טקסט רציף לפי סדר הקריאה, עם תוכן עניינים וכותרות.",
            access_alt="לכל תמונה שיש בה מידע יש תיאור במילים.",
            access_no_alt="לא לכל תמונה יש תיאור במילים.",
            access_long="לחלק מהתמונות יש גם תיאור ארוך.",
            access_pages="עמודי המהדורה המודפסת מסומנים.",
            access_languages="מילים בשפה אחרת מסומנות ככאלה.",
            access_notes="מכל הערה יש קישור חזרה לטקסט.",
            access_index="שמות ברשימת האישים מובילים למקומות שבהם הם מופיעים.",
            access_adapts="אפשר לבחור את גודל האותיות, הגופן והצבעים.",
            pages="עמודי המהדורה המודפסת",
            extract="קטע מן הספר",
            extract_end="כאן נגמר הקטע",
            extract_of="זה היה חלק מתוך",
            extract_publisher="הספר המלא יוצא לאור בהוצאת",
            extract_elsewhere="את הספר המלא אפשר להשיג אצל מי שמציע את הקטע הזה.",
            ebook="ספר אלקטרוני",
            printed="ספר מודפס",
            roles=(
                "תרגום",
                "איורים",
                "צילומים",
                "מבוא",
                "אחרית דבר",
                "ליקוט",
                "ביאורים",
                "מפות",
                "עיצוב העטיפה",
                "עיצוב הספר",
                "עיצוב",
                "הגהה",
                "מחקר",
                "תמלול",
                "דפוס",
            ),
        ),
        "ar": Wording(
            contents="المحتويات",
            cover="الغلاف",
            beginning="بداية النص",
            landmarks="معالم",
            see="انظر",
            notes="الهوامش",
            back="العودة إلى النص",
            figure="شكل",
            table="جدول",
            page="ص.",
            source="المصدر",
            expected="الصورة لاحقًا",
            editors="التحرير",
            long="وصف",
            responsible="الناشر المسؤول",
            deposit="الإيداع القانوني",
            proof="مسودة",
            access_text="نص متصل بترتيب القراءة، مع فهرس للمحتويات وعناوين.",
            access_alt="كل صورة تحمل معنى موصوفة بالكلمات.",
            access_no_alt="ليست كل الصور موصوفة بالكلمات.",
            access_long="لبعض الصور وصف مطول أيضًا.",
            access_pages="صفحات الطبعة الورقية معلَّمة.",
            access_languages="الكلمات بلغة أخرى معلَّمة على أنها كذلك.",
            access_notes="لكل هامش رابط يعود إلى النص.",
            access_index="الأسماء في قائمة الأعلام تقود إلى مواضع ورودها.",
            access_adapts="يمكن اختيار حجم الخط ونوعه والألوان.",
            pages="صفحات الطبعة الورقية",
            extract="مقتطف",
            extract_end="هنا ينتهي المقتطف",
            extract_of="كان هذا جزءًا من",
            extract_publisher="الكتاب الكامل صادر عن",
            extract_elsewhere="الكتاب الكامل متوفر لدى من يقدم هذا المقتطف.",
            ebook="كتاب إلكتروني",
            printed="كتاب مطبوع",
            roles=(
                "ترجمة",
                "رسوم",
                "صور",
                "تقديم",
                "خاتمة",
                "جمع",
                "شروح",
                "خرائط",
                "تصميم الغلاف",
                "إخراج الكتاب",
                "تصميم",
                "تدقيق",
                "بحث",
                "نسخ",
                "طباعة",
            ),
        ),
    }
)


def direction(language: str) -> str:
    """Return the direction in which a language is written: "rtl" or "ltr"."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def wording(language: str) -> Wording:
    """Return the words of a language tag, by its primary subtag."""
    return WORDS.get(language.split("-")[0].lower(), WORDS["en"])
