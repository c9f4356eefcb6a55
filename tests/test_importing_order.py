"""What an extractor mixed up: pieces of columns in another order, lines joined at their hyphens."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.articles import read_article
from test_importing_measures import MEASURE
from test_importing_pages import GRASS, STONE, blocks_of, wrapped

from publish.importing import import_text
from publish.importing.languages import language_of
from publish.importing.lines import read_lines
from publish.importing.model import Draft
from publish.importing.runs import JOINED
from publish.importing.sentences import ends_in_hyphen
from publish.importing.unjoining import unjoin_lines
from publish.importing.widths import width_of
from publish.paragraphs.hyphenation import Hyphenation, points

WIDTH = 46
SAND = (
    "Zand ligt eronder, tien meter diep op sommige plaatsen, en wie een put graaft vindt schelpen "
    "van een zee waarvan niemand de naam nog kent. Het water loopt er makkelijk doorheen."
)
WIND = (
    "Wind drukt het water tegen de oever omhoog. Een storm die een dag lang uit het noordwesten "
    "blaast, zet er twee meter bij, en daarop is de kruin berekend."
)
MOUND = (
    "Terpen zijn ouder dan dijken. Op zo'n heuvel stond een boerderij, later een kerk, en het vee "
    "liep bij hoog water vanzelf de helling op zonder dat iemand het riep."
)
WHOLE = [GRASS, STONE, SAND, WIND, MOUND]


def lines_of(text: str) -> list[str]:
    """Return the lines of a paragraph, its last one short, so that its end shows."""
    return wrapped(text, WIDTH)


def page_of(pieces: list[list[str]]) -> str:
    return "\n\n".join("\n".join(piece) for piece in pieces)


def mixed() -> str:
    """Return two pages: on the first the second column's top stands before the first one's foot."""
    grass, stone, sand, wind, mound = map(lines_of, WHOLE)
    first = [[*stone, *sand[:2]], [*sand[2:]], grass, [*wind, *mound[:2]]]
    # The left column: grass, and below a picture stone with the head of sand.
    left, top, above, right = first
    return f"Klei\n\n{page_of([above, top, left, right])}\f{page_of([mound[2:]])}\n"


def test_pieces_of_columns_come_in_the_order_of_their_sentences(tmp_path: Path) -> None:
    assert [text for _, text in blocks_of(mixed(), tmp_path)] == WHOLE
    told = [note.message for note in import_text(mixed(), "dijk.txt", "nl").notes]
    assert any("out of order" in message for message in told)


def test_a_page_in_order_is_left_alone(tmp_path: Path) -> None:
    grass, stone, sand, wind, mound = map(lines_of, WHOLE)
    pieces = [grass, [*stone, *sand[:2]], sand[2:], [*wind, *mound[:2]]]
    raw = f"Klei\n\n{page_of(pieces)}\f{page_of([mound[2:]])}\n"
    assert [text for _, text in blocks_of(raw, tmp_path)] == WHOLE
    assert "columns" not in {note.code for note in import_text(raw, "dijk.txt", "nl").notes}


def test_half_a_word_goes_to_its_other_half(tmp_path: Path) -> None:
    """Of two heads with a small letter the one that makes a word of the halves is taken."""
    stone = [*lines_of(STONE)[:-2], "tussen kon, en liet de zee het laatste schil-"]
    ends = ["derwerk doen."]
    sand = lines_of(SAND)
    raw = "Klei\n\n" + page_of([lines_of(GRASS) + sand[:2], ends, sand[2:], stone])
    raw += f"\f{page_of([lines_of(WIND), lines_of(MOUND)])}\n"
    texts = [text for _, text in blocks_of(raw, tmp_path)]
    assert any(text.endswith("laatste schilderwerk doen.") for text in texts)
    assert SAND in texts


def broken(text: str, tag: str) -> list[str]:
    """Return the lines of a paragraph broken by the widths of its letters, words hyphenated."""
    lines, line = [], ""
    for word in text.split():
        rest = word
        while width_of(f"{line} {rest}".strip()) > MEASURE:
            blank = " " if line else ""
            found = [one.at for one in points(rest, tag, Hyphenation(least=5, sides=(2, 3)))]
            fits = [at for at in found if width_of(f"{line}{blank}{rest[:at]}-") <= MEASURE]
            lines.append(f"{line}{blank}{rest[: max(fits)]}-" if fits else line)
            line, rest = "", rest[max(fits, default=0) :]
        line = f"{line} {rest}".strip()
    return [*lines, line]


@pytest.mark.parametrize("name", ["de-uhr", "de-moor", "fr-canal"])
def test_lines_that_were_joined_at_their_hyphens_are_parted_where_they_were(name: str) -> None:
    article = read_article(name)
    texts = [one for one in article.texts("p") if len(one.split()) > 30]
    lines = [line for text in texts for line in broken(text, article.language)]
    cut = sum(map(ends_in_hyphen, lines))
    assert cut > 10
    raw = "\n".join(lines).replace("-\n", "")
    draft = unjoin_lines(Draft("", language_of(article.language), read_lines(raw)[0]))
    parted = [line for line in draft.lines if line.runs[-1].why == JOINED]
    assert 0.9 * cut <= len(parted) <= 1.1 * cut
    # Each is as long as on the page, a syllable more or less.
    ends = [line for line in lines if ends_in_hyphen(line)]
    near = [one for one in ends if any(_is_near(one, line.text) for line in parted)]
    assert len(near) >= 0.9 * cut


@pytest.mark.parametrize("name", ["de-uhr", "de-moor"])
def test_paragraphs_of_joined_lines_end_where_their_last_lines_do(
    name: str, tmp_path: Path
) -> None:
    texts = [one for one in read_article(name).texts("p") if len(one.split()) > 30]
    raw = "\n".join(line for text in texts for line in broken(text, "de")).replace("-\n", "")
    made = [text for _, text in blocks_of(raw, tmp_path, "de")]
    assert len(set(made) & set(texts)) >= len(texts) - 1 > 10


def _is_near(a: str, b: str) -> bool:
    a, b = sorted((a[:-1], b[:-1]), key=len)
    return b.startswith(a) and len(b) - len(a) <= 6


def test_lines_that_keep_their_hyphens_are_not_parted() -> None:
    lines = [line for text in read_article("de-moor").texts("p") for line in broken(text, "de")]
    draft = Draft("", language_of("de"), read_lines("\n".join(lines))[0])
    assert unjoin_lines(draft) == draft


def test_a_number_that_only_its_own_text_calls_for_begins_no_note(tmp_path: Path) -> None:
    raw = (
        "Klei\n\nVan de leden die in 1934 gekozen zijn, dat is in\nhet jaar van de overstroming, "
        "moesten er vijf jaar later\n98 hun huis verlaten. Wie bleef, kreeg twee koeien en\neen "
        "stuk grond achter de dijk. De anderen (het waren er,\nzoals later bleek, 98) zijn naar de "
        f"stad getrokken.\n\n{page_of([lines_of(GRASS)])}\f{page_of([lines_of(SAND)])}\n"
    )
    texts = [text for _, text in blocks_of(raw, tmp_path)]
    assert "98 hun huis verlaten" in texts[0]


def test_a_labelled_caption_with_room_on_its_line_ends_where_a_sentence_goes_on(
    tmp_path: Path,
) -> None:
    grass, stone = lines_of(GRASS), lines_of(STONE)
    raw = "\n".join(["Klei", "", *grass[:3], "Foto: een zetter aan het werk", *grass[3:], *stone])
    texts = [text for kind, text in blocks_of(raw, tmp_path) if kind == "p"]
    assert " ".join(texts) == f"{GRASS} {STONE}"
