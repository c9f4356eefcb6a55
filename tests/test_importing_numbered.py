"""Numbers that begin lines: notes, whose calls are set alike, and the items of a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_lists import shown
from test_importing_shapes import assert_accounted, read_back

from publish.importing import import_text

RAW = """\
De kade

In 1971 werd de eerste paal geslagen. Anderhalf jaar later reden de eerste
auto’s naar binnen. De kade zelf was toen al voor de helft gedempt.{call}

Het comité had drie eisen:

1. de garage mocht niet hoger worden dan twee lagen;
2. de kade moest voor voetgangers open blijven;
3. er moest een stemming komen.

Aan de eerste twee eisen werd nooit voldaan, en aan de derde pas laat.

{note} Zie het jaarverslag van de dienst over dat jaar.
"""


@pytest.mark.parametrize(("call", "note"), [("¹", "¹"), ("1", "1"), ("[1]", "[1]"), ("¹", "1.")])
def test_a_list_below_a_colon_is_no_note(call: str, note: str, tmp_path: Path) -> None:
    raw = RAW.format(call=call, note=note)
    made = import_text(raw, "kade.txt", "nl")
    assert_accounted(raw, made)
    book = read_back(made, tmp_path / "book").book
    assert book
    (chapter,) = book.chapters
    first, _, items, last = shown(chapter.blocks)
    assert str(first).endswith("voor de helft gedempt.")
    assert items == (
        1,
        [
            ["de garage mocht niet hoger worden dan twee lagen;"],
            ["de kade moest voor voetgangers open blijven;"],
            ["er moest een stemming komen."],
        ],
    )
    assert str(last).startswith("Aan de eerste twee eisen")
    files = made.files
    assert "[^1]: Zie het jaarverslag" in "".join(files.values())


CONTENTS = """\
THE LOCK

CONTENTS

I.   The Cut .......................... 1
II.  Ice .............................. 9

CHAPTER I

The Cut

My father kept the lock from the spring until the day they closed it. He had
been a bargeman before that, and his father had been one too.

CHAPTER II

Ice

The canal froze three times that I remember. The first time I was six years
old, and we walked on it to chapel.
"""


def test_entries_with_numbers_are_known_by_headings_without_them(tmp_path: Path) -> None:
    made = import_text(CONTENTS, "lock.txt", "en")
    assert_accounted(CONTENTS, made)
    book = read_back(made, tmp_path / "book").book
    assert book
    texts = "".join(made.files[name] for name in made.files if name.endswith(".md"))
    assert "....." not in texts and "Contents" not in texts
    assert [line for line in texts.splitlines() if line.startswith("# ")] == [
        "# Chapter I",
        "# Chapter II",
    ]


HANDBOOK = """\
Handleiding

1. Inleiding

De polder is oud land. Wie hem wil leren kennen, begint bij de dijk en loopt
dan met de klok mee. Neem een kaart mee en een paar droge sokken.

1.1 Voor wie

Voor iedereen die twee uur kan lopen. Honden mogen mee, mits aangelijnd, en
katten liever niet.

1.2 Wanneer

Het mooist is het in april, als de grutto terug is, en in november, als de
mist op het land staat.

2. De route

Van het station loopt u langs de vaart naar het gemaal. Daar slaat u linksaf,
en na een tijd ziet u het oude tolhuis liggen.

1612 – De eerste dijk wordt gelegd.
1648 – De polder valt droog.
1711 – Een storm slaat een gat bij het tolhuis; elf mensen verdrinken.
1953 – De dijk houdt het.
"""


def test_numbers_rank_headings_and_years_begin_lines(tmp_path: Path) -> None:
    made = import_text(HANDBOOK, "handleiding.txt", "nl")
    assert_accounted(HANDBOOK, made)
    assert read_back(made, tmp_path / "book").book
    texts = "".join(made.files[name] for name in sorted(made.files) if name.endswith(".md"))
    lines = texts.splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# 1. Inleiding",
        "## 1.1 Voor wie",
        "## 1.2 Wanneer",
        "# 2. De route",
    ]
    assert "[^" not in texts
    assert [line[:4] for line in lines if line[:2] in ("16", "17", "19")] == [
        *("1612", "1648", "1711", "1953")
    ]
