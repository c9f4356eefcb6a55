"""Lists of raw texts: bullets, dashes and numbers that begin lines, and what is no list."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_desk import imported as answered
from test_importing_shapes import assert_accounted, read_back

from publish.book.inlines import plain
from publish.book.model import Block, Heading, ListBlock, Paragraph
from publish.importing import import_text

BEFORE = """\
De tocht langs de dijk

Wie meegaat, heeft de hele middag nodig, want het pad is lang en er is
onderweg geen brug over de vaart. Neem van huis mee:
"""
AFTER = """
Daarna gaat de groep in een rij naar de sluis, en niemand loopt vooruit
voordat de veerman het teken heeft gegeven.
"""
Shown = list[object]


def shown(blocks: tuple[Block, ...]) -> Shown:
    """Return paragraphs as their text, lists as (first number, items)."""
    out: Shown = []
    for one in blocks:
        match one:
            case Paragraph(inlines=inlines) | Heading(inlines=inlines):
                out.append(plain(inlines))
            case ListBlock(start=start, items=items):
                out.append((start, [shown(item) for item in items]))
            case _:
                out.append(type(one).__name__)
    return out


def between(text: str, tmp_path: Path, before: str = BEFORE, after: str = AFTER) -> Shown:
    """Return what is made of a text between two paragraphs."""
    raw = before + text + after
    imported = import_text(raw, "tocht.txt", "nl")
    assert_accounted(raw, imported)
    book = read_back(imported, tmp_path / "book").book
    assert book
    (chapter,) = book.chapters
    first, *rest, last = shown(chapter.blocks)
    assert str(first).endswith("Neem van huis mee:" if before == BEFORE else ".")
    assert str(last).startswith("Daarna gaat de groep")
    return rest


@pytest.mark.parametrize("sign", ["-", "–", "*", "•", "▪", "◦"])
def test_signs_make_a_list_below_a_colon(sign: str, tmp_path: Path) -> None:
    text = f"{sign} een net met een steel die in tweeën kan, zodat het ook in de\n"
    text += f"  trein mee mag\n{sign} een emmer\n{sign} Een lamp.\n"
    long = "een net met een steel die in tweeën kan, zodat het ook in de trein mee mag"
    assert between(text, tmp_path) == [(None, [[long], ["een emmer"], ["Een lamp."]])]


def test_what_stands_further_in_is_the_list_of_an_item(tmp_path: Path) -> None:
    text = "• fruit\n    • appels\n    • peren\n        1. zoete\n        2. zure\n• brood\n"
    inner = (None, [["appels"], ["peren", (1, [["zoete"], ["zure"]])]])
    assert between(text, tmp_path) == [(None, [["fruit", inner], ["brood"]])]


def test_numbers_keep_their_first_one(tmp_path: Path) -> None:
    text = "4. Eerst het net uitzetten en het touw vastmaken aan de paal die\nnaast het gemaal "
    text += "staat.\n5. Dan de emmer vullen.\n\n6. Ten slotte alles inpakken.\n"
    long = "Eerst het net uitzetten en het touw vastmaken aan de paal die naast het gemaal staat."
    items = [[long], ["Dan de emmer vullen."], ["Ten slotte alles inpakken."]]
    assert between(text, tmp_path) == [(4, items)]


def test_numbers_below_bullets_are_another_list(tmp_path: Path) -> None:
    text = "• een net\n• een emmer\n1. uitzetten\n2. vullen\n"
    lists = [(None, [["een net"], ["een emmer"]]), (1, [["uitzetten"], ["vullen"]])]
    assert between(text, tmp_path) == lists


ENDED = BEFORE.replace(" Neem van huis mee:", "") + "\n"


def test_what_somebody_says_is_no_list(tmp_path: Path) -> None:
    text = "– Wie gaat er mee? vroeg de veerman.\n– Wij allemaal, riepen de kinderen van de kade.\n"
    text += "– Dan is het goed.\n"
    assert between(text, tmp_path, ENDED) == text.splitlines()


def test_each_of_those_who_speak_has_a_paragraph_with_white_around_it_too(tmp_path: Path) -> None:
    text = "— Kom je mee?\n— Nee.\n"
    assert between(text, tmp_path, ENDED) == text.splitlines()


def test_dashes_and_numbers_within_a_sentence_make_no_list(tmp_path: Path) -> None:
    text = "De oudste van hen – zo werd later verteld, al weet niemand door wie\n"
    text += "– kende het pad, en de anderen liepen achter hem aan tot aan de hoek\n"
    text += "– en niet verder dan die. Het was toen nog niet eens de ochtend van\n"
    text += "3. mei, of zoals sommigen zeiden, die waarop het jaar daarna de eerste\n"
    text += "4. juni viel.\n"
    assert between(text, tmp_path, ENDED) == [" ".join(text.split("\n")).strip()]


@pytest.mark.parametrize(("text", "start"), [("• een net\n", None), ("1. een net\n", 1)])
def test_one_that_is_announced_is_a_list(text: str, start: int | None, tmp_path: Path) -> None:
    assert between(text, tmp_path) == [(start, [["een net"]])]


def test_one_number_alone_is_none(tmp_path: Path) -> None:
    text = "1. De veerman had zijn boot op de wal gelegd, en niemand wist of hij nog\n"
    text += "zou varen voor de winter.\n"
    assert between(text, tmp_path, ENDED) == [" ".join(text.split("\n")).strip()]


RAW = BEFORE + "een net\neen emmer\neen lamp\n" + AFTER


def test_the_editor_may_say_that_lines_are_items_and_that_they_are_none(tmp_path: Path) -> None:
    book = read_back(answered(tmp_path, '[lines]\n"5-7" = "item"\n', RAW), tmp_path / "book").book
    assert book
    assert shown(book.chapters[0].blocks)[1] == (None, [["een net"], ["een emmer"], ["een lamp"]])
    raw = BEFORE + "- een net\n- een emmer\n" + AFTER
    (note,) = (one for one in import_text(raw, "tocht.txt", "nl").notes if one.code == "list")
    assert (note.message, note.key, note.now) == ("taken for a list of 2 items", "5-6", "item")
    book = read_back(answered(tmp_path, '[lines]\n"5-6" = "body"\n', raw), tmp_path / "other").book
    assert book
    assert not any(isinstance(one, ListBlock) for one in book.chapters[0].blocks)
