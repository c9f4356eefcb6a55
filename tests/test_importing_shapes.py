"""Raw texts of many shapes, all of our own words, and what must come out of them.

Each is read back with the manuscript's own reader, so what is compared is what the book will say.
For each the ledger must give the source back, character by character.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import fill

import pytest

from publish.book.inlines import plain
from publish.book.model import Block, Container, Figure, Heading, Paragraph
from publish.ground.problems import has_errors
from publish.importing import Imported, import_text, write_manuscript
from publish.manuscript.folder import Manuscript, read_manuscript

Parts = list[tuple[str, list[tuple[str, str]]]]


def read_back(imported: Imported, folder: Path) -> Manuscript:
    assert not write_manuscript(imported, folder)
    manuscript = read_manuscript(folder)
    assert not has_errors(manuscript.problems), manuscript.problems
    return manuscript


def parts_of(manuscript: Manuscript) -> Parts:
    """Return title and blocks of each file; a standfirst's title is its role."""
    assert manuscript.book
    return [
        (
            plain(chapter.title.inlines) if chapter.title else chapter.role,
            [_told(block) for block in chapter.blocks],
        )
        for chapter in manuscript.book.chapters
    ]


def _told(block: Block) -> tuple[str, str]:
    match block:
        case Paragraph(inlines=inlines):
            return "p", plain(inlines)
        case Heading(inlines=inlines, level=level):
            return f"h{level}", plain(inlines)
        case Figure(photo=photo):
            return "photo", photo
        case Container(kind=kind, blocks=blocks):
            return kind, " ".join(_told(one)[1] for one in blocks)
    return type(block).__name__, ""


def unescaped(text: str, file: str) -> str:
    """Undo what TOML and Markdown ask for, in that order."""
    if file.endswith(".toml"):
        text = text.replace('\\"', '"').replace("\\\\", "\\")
    if file != "book.toml":
        text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return text


def rebuilt(imported: Imported) -> str:
    """Return the source as the ledger and the files give it."""
    rows = json.loads(imported.files["import-ledger.json"])
    out = [""] * rows["lines"]
    for row in rows["rows"]:
        line = ""
        for piece in row.get("pieces", ()):
            start, stop = piece["columns"]
            assert start > len(line), ("told twice", row["line"], piece)
            line = line.ljust(start - 1)
            if "file" in piece:
                number, at, to = piece["at"]
                written = imported.files[piece["file"]].split("\n")[number - 1][at - 1 : to - 1]
                line += piece.get("was", unescaped(written, piece["file"]))
            else:
                line += piece["dropped"]
            assert len(line) == stop - 1, (row["line"], piece)
        line = line.ljust(row.get("length", 0))
        for column, blank in row.get("blanks", ()):
            assert line[column - 1] == " " and not blank.strip(), (row["line"], column, blank)
            line = line[: column - 1] + blank + line[column:]
        out[row["line"] - 1] = line
    ends = dict(rows["ends"])
    end = ""
    for number in range(1, rows["lines"]):
        end = ends.get(number, end)
        out[number - 1] += end
    return "".join(out)


def assert_accounted(text: str, imported: Imported) -> None:
    """Manuscript and ledger give the source back, character for character."""
    assert rebuilt(imported) == text


@dataclass(frozen=True)
class Shape:
    """A raw text and the facts that must come out; a caption's id is made of its first words."""

    name: str
    language: str
    raw: str
    title: str
    parts: Parts
    captions: list[str] = field(default_factory=list)
    people: list[tuple[str, str, str]] = field(default_factory=list)
    cover: str = ""
    notes: set[str] = field(default_factory=set)


# Dutch: columns of 44; small capitals scrambled; a pull quote cut off at both ends, captions that
# break a sentence off, the pages' turns without a sign.
PASSER = """\
Hoe de guLden
 Passer de
drukkunsT
veranderde

Foto: de binnenplaats van het museum
in de zomer

Rond 1555 begon een Franse boekbinder in Antwerpen met drukken. Dertig jaar
later was zijn werkplaats de grootste van Europa.

door Christoffel Plantijn, De Gulden Passer, België
en Laurens Coster Haarlemse Drukkerij, Nederland

Christoffel Plantijn kwam in 1549 naar Ant-
werpen, dat toen de rijkste handelsstad van
de Nederlanden was. Hij bond boeken en maak-
te leren kistjes, tot een dronken voorbij-
ganger hem op straat met een degen verwond-
de. Omdat hij daarna geen zwaar bindwerk
meer kon doen, leerde hij drukken. Een kring

van geïnteresseerde kooplieden schoot hem
het geld voor.

Zijn huis kreeg de naam de Gulden Passer. De
eerste titel van de Gulden Passer was een
handleiding voor de opvoeding van meisjes.
Zestiende-eeuwse boeken kregen hun band pas
bij de koper, zodat elke zestiende-
eeuwse bibliotheek er anders uitzag.

De persen van de Vrijdagmarkt

In 1576 verhuisde de Gulden Passer naar een
groot pand bij de Vrijdagmarkt. Daar stonden
de persen naast elkaar in één zaal, met de
zetkasten onder de ramen aan de andere kant.
Een zetter haalde duizend tot vijftienhon-
derd letters per uur, een paar drukkers
twaalfhonderd vellen per dag. Wie te laat
kwam of een vel bedierf, betaalde een boete
in de knechtenbus, waaruit ook zieken en we-
duwen een uitkering kregen. Zo hadden de
knechten van de Gulden Passer lang voor de
eerste vakbonden een eigen ziekenkas.

De regels hingen aan de muur en werden in
drie talen voorgelezen. Er werd niet ge-
schreeuwd, niet gevochten en niet over ge-
 laat kwam of een vel
bedierf, betaalde een boete
in de knechtenbus, waaruit
ook zieken en weduwen een
 loof gesproken, want in de zaal werkten ka-
tholieken naast calvinisten. Voor zet- en
drukwerk golden andere lonen: de zetter werd
per vorm betaald, de drukker per riem, en de

Johannes Gutenberg, Aldus Manutius en Frans Raphelengius

corrector die ge-
eerd werd om zijn Grieks,
kreeg een vast jaargeld. Een Noord-
Nederlandse gezel mocht er pas aan de pers
na een proef.

Wat er overbleef
na driehonderd jaar

1867 was het laatste jaar van het huis. In 1876
kocht de stad het hele pand, met de persen,
de matrijzen en een archief waarin bijna
elke uitgave van drie eeuwen staat. Het mu-

De oudste twee drukpersen ter wereld, rond 1600

seum dat er een jaar later openging, bewaart
*alles* wat er stond en hing, de [lege] kast
incluis, en staat sinds 2005 op de UNESCO-
lijst.

In de knechtenbus zat nog geld: onder één
dak werd gezet, gedrukt, geïnd en gegeten.
"""

FINES = (
    "Wie te laat kwam of een vel bedierf, betaalde een boete in de knechtenbus, waaruit ook zieken "
    "en weduwen een uitkering kregen."
)
DUTCH = Shape(
    "dutch-magazine",
    "nl",
    PASSER,
    title="Hoe de Gulden Passer de drukkunst veranderde",
    people=[
        ("Christoffel Plantijn", "De Gulden Passer", "België"),
        ("Laurens Coster", "Haarlemse Drukkerij", "Nederland"),
    ],
    cover="de-binnenplaats-van-het",
    captions=[
        "De binnenplaats van het museum in de zomer",
        "Johannes Gutenberg, Aldus Manutius en Frans Raphelengius",
        "De oudste twee drukpersen ter wereld, rond 1600",
    ],
    notes={"byline", "capitals", "heading", "pullquote"},
    parts=[
        (
            "standfirst",
            [
                (
                    "p",
                    "Rond 1555 begon een Franse boekbinder in Antwerpen met drukken. Dertig jaar "
                    "later was zijn werkplaats de grootste van Europa.",
                )
            ],
        ),
        (
            "Inleiding",
            [
                (
                    "p",
                    "Christoffel Plantijn kwam in 1549 naar Antwerpen, dat toen de rijkste "
                    "handelsstad van de Nederlanden was. Hij bond boeken en maakte leren kistjes, "
                    "tot een dronken voorbijganger hem op straat met een degen verwondde. Omdat "
                    "hij daarna geen zwaar bindwerk meer kon doen, leerde hij drukken. Een kring "
                    "van geïnteresseerde kooplieden schoot hem het geld voor.",
                ),
                (
                    "p",
                    "Zijn huis kreeg de naam de Gulden Passer. De eerste titel van de Gulden "
                    "Passer was een handleiding voor de opvoeding van meisjes. Zestiende-eeuwse "
                    "boeken kregen hun band pas bij de koper, zodat elke zestiende-eeuwse "
                    "bibliotheek er anders uitzag.",
                ),
            ],
        ),
        (
            "De persen van de Vrijdagmarkt",
            [
                (
                    "p",
                    "In 1576 verhuisde de Gulden Passer naar een groot pand bij de Vrijdagmarkt. "
                    "Daar stonden de persen naast elkaar in één zaal, met de zetkasten onder de "
                    "ramen aan de andere kant. Een zetter haalde duizend tot vijftienhonderd "
                    "letters per uur, een paar drukkers twaalfhonderd vellen per dag. "
                    f"{FINES} Zo hadden de knechten van de Gulden Passer lang voor de eerste "
                    "vakbonden een eigen ziekenkas.",
                ),
                ("pullquote", FINES),
                (
                    "p",
                    "De regels hingen aan de muur en werden in drie talen voorgelezen. Er werd "
                    "niet geschreeuwd, niet gevochten en niet over geloof gesproken, want in de "
                    "zaal werkten katholieken naast calvinisten. Voor zet- en drukwerk golden "
                    "andere lonen: de zetter werd per vorm betaald, de drukker per riem, en de "
                    "corrector die geëerd werd om zijn Grieks, kreeg een vast jaargeld. Een "
                    "Noord-Nederlandse gezel mocht er pas aan de pers na een proef.",
                ),
                ("photo", "johannes-gutenberg-aldus-manutius"),
            ],
        ),
        (
            "Wat er overbleef na driehonderd jaar",
            [
                (
                    "p",
                    "1867 was het laatste jaar van het huis. In 1876 kocht de stad het hele pand, "
                    "met de persen, de matrijzen en een archief waarin bijna elke uitgave van "
                    "drie eeuwen staat. Het museum dat er een jaar later openging, bewaart "
                    "*alles* wat er stond en hing, de [lege] kast incluis, en staat sinds 2005 op "
                    "de UNESCO-lijst.",
                ),
                ("photo", "de-oudste-twee-drukpersen"),
                (
                    "p",
                    "In de knechtenbus zat nog geld: onder één dak werd gezet, gedrukt, geïnd en "
                    "gegeten.",
                ),
            ],
        ),
    ],
)

# English: two columns side by side, as a PDF's text is with its layout kept; form feeds, running
# heads and folios; no captions.
PAPER = """\
                        PAPER AND ITS MAKERS

by Nicolas-Louis Robert, Papermill Review, France

Paper came to Europe along the roads       what he could get, and one book may
of trade. It was made of rags, which       hold the paper of five mills.
were sorted, left to rot in heaps, and
beaten to pulp by hammers that a water     The loft
wheel drove. A vatman dipped his mould
into the pulp and lifted it with a         Each sheet was dipped in size, a broth
shake, so that the fibres crossed each     of hides and hoofs, or the ink would
other; a coucher turned the wet sheet      have spread as on blotting paper. Then
out on a felt. Two practised men could     it hung in the loft, where shutters
make two thousand sheets in a day.         let in as much wind as the master
                                           thought good. A well-known saying of
The mills stood where clean water ran.     the trade was that paper is made of
A dry summer stopped the wheel, a          water, rags and patience, and that two
flood spoilt the vat, and a plague         of the three are to be had for nothing
closed the roads by which the rags         by whoever has a river.
came. In such years a printer bought

                                 11
\fPAPER AND ITS MAKERS

The mark that shows when a leaf is         The machine
held up to the light is left by a wire
figure in the mould. Because the fig-      1798 brought the first machine for an
ures wore out within a year or two,        endless sheet, and the brothers Four-
and were mended or made anew, they         drinier paid for a better one. They
tell us with some certainty when a         lost their fortune by it. The Fourdrinier
sheet was made. A well-                    machine has kept their name; paper and
known sheet can be dated to a month.       its makers were parted from that day.

                                 12
\fPAPER AND ITS MAKERS

By 1850 nine tenths of the paper in        soon turned brown. Paper makers of our
England came from machines, and a          own day have gone back to the vat for
ream cost half of what it had cost         what is meant to last, and the trade
before. Wood took the place of rags,       has a saying again: rags, water, and
and the wood-pulp sheets of that age       a great deal of patience.

                                 13
"""
ENGLISH = Shape(
    "english-two-columns",
    "en",
    PAPER,
    title="Paper and its makers",
    people=[("Nicolas-Louis Robert", "Papermill Review", "France")],
    notes={"capitals", "columns", "heading", "running-head"},
    parts=[
        (
            "Introduction",
            [
                (
                    "p",
                    "Paper came to Europe along the roads of trade. It was made of rags, which "
                    "were sorted, left to rot in heaps, and beaten to pulp by hammers that a water "
                    "wheel drove. A vatman dipped his mould into the pulp and lifted it with a "
                    "shake, so that the fibres crossed each other; a coucher turned the wet sheet "
                    "out on a felt. Two practised men could make two thousand sheets in a day.",
                ),
                (
                    "p",
                    "The mills stood where clean water ran. A dry summer stopped the wheel, a "
                    "flood spoilt the vat, and a plague closed the roads by which the rags came. "
                    "In such years a printer bought what he could get, and one book may hold the "
                    "paper of five mills.",
                ),
            ],
        ),
        (
            "The loft",
            [
                (
                    "p",
                    "Each sheet was dipped in size, a broth of hides and hoofs, or the ink would "
                    "have spread as on blotting paper. Then it hung in the loft, where shutters "
                    "let in as much wind as the master thought good. A well-known saying of the "
                    "trade was that paper is made of water, rags and patience, and that two of the "
                    "three are to be had for nothing by whoever has a river.",
                ),
                (
                    "p",
                    "The mark that shows when a leaf is held up to the light is left by a wire "
                    "figure in the mould. Because the figures wore out within a year or two, and "
                    "were mended or made anew, they tell us with some certainty when a sheet was "
                    "made. A well-known sheet can be dated to a month.",
                ),
            ],
        ),
        (
            "The machine",
            [
                (
                    "p",
                    "1798 brought the first machine for an endless sheet, and the brothers "
                    "Fourdrinier paid for a better one. They lost their fortune by it. The "
                    "Fourdrinier machine has kept their name; paper and its makers were parted "
                    "from that day.",
                ),
                (
                    "p",
                    "By 1850 nine tenths of the paper in England came from machines, and a ream "
                    "cost half of what it had cost before. Wood took the place of rags, and the "
                    "wood-pulp sheets of that age soon turned brown. Paper makers of our own day "
                    "have gone back to the vat for what is meant to last, and the trade has a "
                    "saying again: rags, water, and a great deal of patience.",
                ),
            ],
        ),
    ],
)

# German: paragraphs by indentation only, Windows line ends, nouns with capitals at the heads of
# lines, a hyphen before “und”.
SETTER = """\
Die Zeile aus Blei

   Im Juli 1886 stand in der Setzerei der New York Tribune
eine Maschine, die niemand zuvor gesehen hatte. Ottmar
Mergenthaler, ein Uhrmacher aus Württemberg, setzte sich
an die Tasten, und nach wenigen Augenblicken fiel eine
gegossene Zeile in den Winkelhaken. Der Verleger soll
gerufen haben, das sei eine ganze Druckzeile, und damit
hatte die Linotype ihren Namen.
   Bis dahin hatte jeder Setzer die Buchstaben einzeln aus
dem Kasten geholt. Ein geübter Mann schaffte in der
Stunde etwa 1500 Buchstaben, die Maschine das Vierfache.
Was das für die Setzer bedeutete, war allen klar. Die
Gewerkschaft der Buchdrucker verbot ihren Mitgliedern
die Arbeit an der Maschine nicht, sie verlangte aber,
dass nur gelernte Setzer an ihr sitzen durften.

Was blieb

   So blieb der Beruf noch achtzig Jahre bestehen. Auf-
und Ablegen der Lettern fielen weg, denn die Zeilen wurden
nach dem Druck wieder eingeschmolzen. In den großen Häu-
sern standen vierzig und mehr Maschinen in einem Saal,
und ihr Lärm war so laut, dass sich die Setzer mit Zei-
chen verständigten.
   Um 1970 kam der Fotosatz, und mit ihm ging das Blei.
Binnen zehn Jahren verschwanden die Maschinen aus den
Zeitungen. Viele wurden verschrottet, manche stehen heu-
te in Museen, und an Sonntagen führen alte Setzer sie
dort noch einmal vor.
"""
GERMAN = Shape(
    "german-indented-crlf",
    "de",
    SETTER.replace("\n", "\r\n"),
    title="Die Zeile aus Blei",
    notes={"heading"},
    parts=[
        (
            "Einleitung",
            [
                (
                    "p",
                    "Im Juli 1886 stand in der Setzerei der New York Tribune eine Maschine, die "
                    "niemand zuvor gesehen hatte. Ottmar Mergenthaler, ein Uhrmacher aus "
                    "Württemberg, setzte sich an die Tasten, und nach wenigen Augenblicken fiel "
                    "eine gegossene Zeile in den Winkelhaken. Der Verleger soll gerufen haben, das "
                    "sei eine ganze Druckzeile, und damit hatte die Linotype ihren Namen.",
                ),
                (
                    "p",
                    "Bis dahin hatte jeder Setzer die Buchstaben einzeln aus dem Kasten geholt. "
                    "Ein geübter Mann schaffte in der Stunde etwa 1500 Buchstaben, die Maschine "
                    "das Vierfache. Was das für die Setzer bedeutete, war allen klar. Die "
                    "Gewerkschaft der Buchdrucker verbot ihren Mitgliedern die Arbeit an der "
                    "Maschine nicht, sie verlangte aber, dass nur gelernte Setzer an ihr sitzen "
                    "durften.",
                ),
            ],
        ),
        (
            "Was blieb",
            [
                (
                    "p",
                    "So blieb der Beruf noch achtzig Jahre bestehen. Auf- und Ablegen der Lettern "
                    "fielen weg, denn die Zeilen wurden nach dem Druck wieder eingeschmolzen. In "
                    "den großen Häusern standen vierzig und mehr Maschinen in einem Saal, und ihr "
                    "Lärm war so laut, dass sich die Setzer mit Zeichen verständigten.",
                ),
                (
                    "p",
                    "Um 1970 kam der Fotosatz, und mit ihm ging das Blei. Binnen zehn Jahren "
                    "verschwanden die Maschinen aus den Zeitungen. Viele wurden verschrottet, "
                    "manche stehen heute in Museen, und an Sonntagen führen alte Setzer sie dort "
                    "noch einmal vor.",
                ),
            ],
        ),
    ],
)

# No title, no heading, each paragraph one long line; a soft hyphen, a ligature, tabs, a zero-width
# blank, and signs that are marks in a manuscript.
PLAIN = (
    "\t1938. Dat jaartal staat op de sluitsteen, en wie er langs loopt denkt dat het huis zo oud "
    "is; het is vier\u00adhonderd jaar ouder dan de steen die er later in gezet is.\n\n"
    "- Een streepje aan het begin maakt hier geen lijst, want zo schreef men toen een gesprek op, "
    "met een streepje voor wie er sprak, en een sterretje * voor wie er zweeg.\n\n"
    "# Een hekje is hier een teken van de gra\ufb01sche dienst, <b>vet</b> is wat het is, en R&D "
    "blijft staan, net als &copy; en de prijs van 3 \u200b_gulden_ en {nog iets} daarbij.\n"
)
MARKS = Shape(
    "one-line-paragraphs",
    "nl",
    PLAIN,
    title="One line paragraphs",
    notes={"heading", "no-title"},
    parts=[
        (
            "One line paragraphs",
            [
                (
                    "p",
                    "1938. Dat jaartal staat op de sluitsteen, en wie er langs loopt denkt dat het "
                    "huis zo oud is; het is vierhonderd jaar ouder dan de steen die er later in "
                    "gezet is.",
                ),
                (
                    "p",
                    "- Een streepje aan het begin maakt hier geen lijst, want zo schreef men toen "
                    "een gesprek op, met een streepje voor wie er sprak, en een sterretje * voor "
                    "wie er zweeg.",
                ),
                (
                    "p",
                    "# Een hekje is hier een teken van de grafische dienst, <b>vet</b> is wat het "
                    "is, en R&D blijft staan, net als &copy; en de prijs van 3 _gulden_ en {nog "
                    "iets} daarbij.",
                ),
            ],
        )
    ],
)
SHAPES = (DUTCH, ENGLISH, GERMAN, MARKS)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_text_comes_out_in_its_parts(shape: Shape, tmp_path: Path) -> None:
    imported = import_text(shape.raw, f"{shape.name}.txt", shape.language)
    manuscript = read_back(imported, tmp_path / "book")
    assert parts_of(manuscript) == shape.parts
    assert manuscript.book
    settings = manuscript.book.settings
    assert (settings.title, settings.language) == (shape.title, shape.language)
    assert [(p.name, p.organisation, p.country) for p in settings.contributors] == shape.people
    assert settings.cover.photo == shape.cover
    assert [plain(photo.caption) for photo in manuscript.book.photos.values()] == shape.captions
    assert all(not photo.arrived and not photo.alt for photo in manuscript.book.photos.values())
    assert {note.code for note in imported.notes} == shape.notes


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_same_text_gives_the_same_bytes(shape: Shape) -> None:
    first, second = (import_text(shape.raw, "a.txt", shape.language) for _ in range(2))
    assert dict(first.files) == dict(second.files)
    assert first.notes == second.notes


def test_a_trailing_blank_tells_where_a_paragraph_goes_on(tmp_path: Path) -> None:
    """As a PDF's text has it: the blank outweighs the full stop and the capital after the gap."""
    raw = (
        "De rekening \n"
        "\n"
        "De drukker schreef alles op wat hij deed en \n"
        "wat hij kocht. Een riem papier kostte vier \n"
        "stuivers, een pond inkt bijna het dubbele. \n"
        "\n"
        "Een knecht verdiende dat in een halve dag, \n"
        "en wie spaarde kon na een jaar zelf een let-\n"
        "terkast kopen. Velen deden dat ook, maar de \n"
        "meesten bleven hun leven lang in dienst.\n"
        " Rijk werd er niemand van, zegt het kasboek, \n"
        "dat in het archief van de stad bewaard is \n"
        "gebleven. Het telt achthonderd bladzijden.\n"
        "\n"
        "Op de laatste staat een lijst van wie er het \n"
        "langst bleef. Bovenaan staat de portier.\n"
        "\n"
        "Hij kon niet lezen.\n"
        "\n"
        "Zo eindigt het boek.\n"
    )
    parts = parts_of(read_back(import_text(raw, "kas.txt", "nl"), tmp_path / "book"))
    assert [text.split()[0] + "…" + text.split()[-1] for _, text in parts[0][1]] == [
        "De…dienst.",
        "Rijk…bladzijden.",
        "Op…portier.",
        "Hij…lezen.",
        "Zo…boek.",
    ]


def test_a_paragraph_that_begins_as_a_pull_quote_does_stays_one(tmp_path: Path) -> None:
    whole = fill(
        f"{FINES} Zo ging dat toen, en niemand vond het vreemd genoeg om op te schrijven.", 44
    )
    raw = (
        "Kop\n\n"
        "Eerste alinea van een heel gewoon stuk dat\n"
        "verder niets bijzonders te zeggen heeft dan\n"
        "dat het begint.\n\n"
        f"{whole}\n\n"
        "Een laatste alinea sluit het stuk af, waarin\n"
        "nog eens staat dat het zo was en dat het\n\n"
        f"{fill(FINES, 25)}\n\n"
        "goed was, al zou niemand het nu nog zo doen.\n"
    )
    parts = parts_of(read_back(import_text(raw, "kop.txt", "nl"), tmp_path / "book"))
    kinds = [kind for _, blocks in parts for kind, _ in blocks]
    assert kinds == ["p", "p", "pullquote", "p"]
    assert parts[0][1][2][1] == FINES
    assert parts[0][1][1][1].endswith("om op te schrijven.")


def test_a_text_of_another_size_that_breaks_a_sentence_off_becomes_a_sidebar(
    tmp_path: Path,
) -> None:
    box = "\n".join(
        f"In het jaar {year} werd de werkplaats opnieuw\nverbouwd, en telkens kwam er een pers bij."
        for year in range(1580, 1586)
    )
    raw = (
        "Kop\n\nEen gewone alinea die lang genoeg is om te\nlaten zien hoe breed de kolom staat, "
        "en die\nmidden in een zin wordt afgebroken door de\n\n"
        f"{box}\n\nomlijsting van een kader, en daarna verder\ngaat alsof er niets gebeurd is.\n"
    )
    imported = import_text(raw, "kader.txt", "nl")
    parts = parts_of(read_back(imported, tmp_path / "book"))
    assert [kind for kind, _ in parts[0][1]] == ["p", "sidebar"]
    assert "aside" in {note.code for note in imported.notes}
    assert_accounted(raw, imported)


# Whatever raw texts lie beside the project's folder; there may be none, so the shapes above stand
# in the same list.
PAMPHLETS = sorted(Path(__file__).parents[2].glob("shared/seed/*.txt"))
SOURCES = [(shape.name, shape.language, shape.raw) for shape in SHAPES] + [
    (path.stem, "nl", path.read_bytes().decode("utf-8")) for path in PAMPHLETS
]
COUNTS = {
    "dutch-magazine": {"p": 7, "photo": 2, "pullquote": 1},
    "english-two-columns": {"p": 6},
    "german-indented-crlf": {"p": 4},
    "one-line-paragraphs": {"p": 3},
}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source[0])
def test_every_word_and_sign_of_a_source_is_accounted_for(
    source: tuple[str, str, str], tmp_path: Path
) -> None:
    name, language, text = source
    imported = import_text(text, f"{name}.txt", language)
    assert_accounted(text, imported)
    parts = parts_of(read_back(imported, tmp_path / "book"))
    assert any(kind == "p" and told for _, blocks in parts for kind, told in blocks)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_paragraphs_of_a_shape_are_whole(shape: Shape, tmp_path: Path) -> None:
    imported = import_text(shape.raw, f"{shape.name}.txt", shape.language)
    blocks = [
        block for _, blocks in parts_of(read_back(imported, tmp_path / "book")) for block in blocks
    ]
    kinds = [kind for kind, _ in blocks]
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    assert counts == COUNTS.get(shape.name, counts)
    for block in (block for kind, block in blocks if kind == "p"):
        assert not block.lstrip("-# ")[0].islower() and block.rstrip("”")[-1] in ".!?", block
        assert not re.search(r"\w- (?!en |und )", block), block
