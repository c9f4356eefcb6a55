"""Verse in raw texts: its lines and stanzas are kept, prose and what stands in its way is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_desk import imported as answered
from test_importing_shapes import assert_accounted, read_back

from publish.book.inlines import plain
from publish.book.model import Paragraph, Verse
from publish.importing import Imported, import_text

BEFORE = """\
De avond aan de kade

In de jaren dat de sluis nog met de hand bediend werd, zong de wachter bij
het draaien van het rad altijd hetzelfde lied, dat hij van zijn vader had.
Niemand wist hoe oud het was, en niemand schreef het op.

"""
SONG = """\
Het water komt, het water gaat,
  de maan staat in de sloot,
en wie er nog te wachten staat
  die wacht er op zijn boot.

De boot is weg, de maan is rond,
    het rad draait om en om,
en al wie aan de overkant stond
    roept nog een keer: ik kom.
"""
AFTER = """
Toen de motor kwam hield het vanzelf op, want boven dat lawaai kwam geen
mens meer uit. Het rad staat nu in het museum van de stad.
"""


def verse_of(imported: Imported, folder: Path) -> list[list[tuple[int, str]]]:
    """Return the stanzas of the verse in the book, each line with its indent."""
    book = read_back(imported, folder).book
    assert book
    return [
        [(indent, plain(line)) for indent, line in stanza]
        for chapter in book.chapters
        for block in chapter.blocks
        if isinstance(block, Verse)
        for stanza in block.stanzas
    ]


def test_stanzas_keep_their_lines_and_indents(tmp_path: Path) -> None:
    raw = BEFORE + SONG + AFTER
    imported = import_text(raw, "kade.txt", "nl")
    assert_accounted(raw, imported)
    first, second = verse_of(imported, tmp_path / "book")
    assert first[:2] == [
        (0, "Het water komt, het water gaat,"),
        (1, "de maan staat in de sloot,"),
    ]
    assert second[3] == (2, "roept nog een keer: ik kom.")
    (note,) = (one for one in imported.notes if one.code == "verse")
    assert (note.line, note.key) == (7, "7-15")
    assert note.message == "taken for 8 lines of verse, which end where they are meant to"


def test_signs_at_the_head_of_a_line_are_letters(tmp_path: Path) -> None:
    song = SONG.replace("en al wie", "# al wie").replace("  die wacht", "1. die wacht")
    raw = BEFORE + song + AFTER
    imported = import_text(raw, "kade.txt", "nl")
    assert_accounted(raw, imported)
    texts = [text for stanza in verse_of(imported, tmp_path / "book") for _, text in stanza]
    assert texts == [line.strip() for line in song.splitlines() if line]


PROSE = "De wachter telde elke morgen de boten, en schreef hun namen in een schrift dat er nog is. "


@pytest.mark.parametrize("width", [28, 40, 72])
def test_prose_is_none_however_narrow(width: int) -> None:
    words, lines = (PROSE * 12).split(), [""]
    for word in words:
        fits = len(lines[-1]) + len(word) < width
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if fits else [lines[-1], word]
    raw = "De sluis\n\n" + "\n".join(lines) + "\n"
    assert not any(one.code == "verse" for one in import_text(raw, "sluis.txt", "nl").notes)


@pytest.mark.parametrize(
    "lines",
    [
        ("Het was koud.", "Niemand kwam.", "De boot lag stil.", "Toen ging de lamp uit."),
        (
            "De wachter telde elke morgen de boten die in de haven lagen, en hij",
            "schreef dan hun namen in een schrift dat er nu nog altijd ligt, al",
            "leest niemand het meer, want het schrift is in al die jaren bijna",
            "helemaal verbleekt en de letters zijn nog maar met moeite te lezen",
        ),
    ],
)
def test_sentences_of_a_line_each_and_full_lines_are_none(lines: tuple[str, ...]) -> None:
    raw = BEFORE + "\n".join(lines) + "\n" + AFTER
    assert not any(one.code == "verse" for one in import_text(raw, "kade.txt", "nl").notes)


def test_what_breaks_a_sentence_off_is_none() -> None:
    quote = "zong de wachter bij\nhet draaien van\nhet rad altijd\nhetzelfde lied,\ndat hij had\n"
    raw = BEFORE.replace(" en niemand schreef het op.\n", "\n") + quote
    raw += "\nen niemand schreef het op, ook later niet toen er een motor kwam.\n" + AFTER
    assert not any(one.code == "verse" for one in import_text(raw, "kade.txt", "nl").notes)


def test_the_editor_may_say_what_is_verse_and_what_is_none(tmp_path: Path) -> None:
    raw = BEFORE + SONG + AFTER
    assert not verse_of(answered(tmp_path, '[lines]\n"7-15" = "body"\n', raw), tmp_path / "none")
    short = BEFORE + "Het water komt,\nhet water gaat.\n" + AFTER
    told = answered(tmp_path, '[lines]\n"7-8" = "verse"\n', short)
    assert verse_of(told, tmp_path / "told") == [[(0, "Het water komt,"), (0, "het water gaat.")]]


def test_the_paragraphs_around_it_stay(tmp_path: Path) -> None:
    book = read_back(import_text(BEFORE + SONG + AFTER, "kade.txt", "nl"), tmp_path / "book").book
    assert book
    kinds = [type(one) for chapter in book.chapters for one in chapter.blocks]
    assert kinds == [Paragraph, Verse, Paragraph]
