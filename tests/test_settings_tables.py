"""Tables of book.toml: how each setting is declared, and what does not go together with what."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import Any

import pytest

from publish.ground.problems import Problem
from publish.ground.source import SourceFile
from publish.settings.book_toml import Settings, read_settings
from publish.settings.booklet import BookletSettings, Paper, completed
from publish.settings.layout import LayoutSettings
from publish.settings.layout import _told as told_of_layout
from publish.settings.printing import PrintSettings
from publish.settings.prose import ProseSettings
from publish.settings.prose import _told as told_of_prose
from publish.settings.schema import Wrong, flag, nearest, setting, text, texts
from publish.settings.toml import place_of, read_toml
from publish.settings.toml_faults import _fault

TITLE = 'title = "Proef"\nmodified = 2026-03-01T08:00:00Z\n'


@pytest.fixture(autouse=True)
def no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def test_a_setting_keeps_how_it_is_read_and_what_it_means() -> None:
    plain, named = setting(flag, "of what", True), setting(text, "which", name="other")
    assert (plain.default, dict(plain.metadata)) == (
        True, {"read": flag, "doc": "of what", "name": ""}
    )  # fmt: skip
    assert named.default is dataclasses.MISSING
    assert named.default_factory is dataclasses.MISSING
    assert dict(named.metadata) == {"read": text, "doc": "which", "name": "other"}
    made = setting(texts, "more", {})
    assert made.default_factory() == {}
    assert dict(made.metadata) == {"read": texts, "doc": "more", "name": ""}


@pytest.mark.parametrize("told", [told_of_layout, told_of_prose])
def test_a_fault_is_a_warning_unless_it_is_called_otherwise(told: Any) -> None:
    made = told("a line alone")
    assert (made.default, made.metadata["doc"]) == ("warning", "a line alone")
    for word in ("off", "warning", "error"):
        assert made.metadata["read"](word) == word
    with pytest.raises(Wrong, match=r'^"off" or "warning" or "error"$'):
        made.metadata["read"]("?")


def test_the_severities_are_all_faults_and_nothing_else() -> None:
    layout, prose = LayoutSettings(widow="error"), ProseSettings(dash="off", words=("a",))
    assert layout.severities["widow"] == "error" and "limits" not in layout.severities
    assert len(layout.severities) == len(dataclasses.fields(layout)) - 1
    assert prose.severities["dash"] == "off" and prose.severities["house"] == "warning"
    assert not {"words", "often", "style"} & set(prose.severities)
    assert len(prose.severities) == len(dataclasses.fields(prose)) - 3


def test_names_that_are_known() -> None:
    assert nearest("q", [f"k{at:02}" for at in range(12)]).endswith("k11.")
    assert nearest("q", [f"k{at:02}" for at in range(13)]).endswith("k11, and 1 more.")
    assert nearest("q", ["b", "a"]) == "Known here: a, b."
    assert nearest("abcde", ["abxyz", "abcxx"]) == "Did you mean “abcxx”?"


def test_a_fault_of_toml_keeps_what_is_said_of_it() -> None:
    made = _fault("E.", "it stands here", "another")
    assert (made.says.pattern, made.found, made.expected, made.whole) == (
        "E.", "it stands here", "another", False
    )  # fmt: skip
    assert _fault("E.", "", "", whole=True).whole


# What goes together ------------------------------------------------------------------------------


def read(written: str) -> tuple[Settings | None, list[Problem]]:
    return read_settings(SourceFile("book.toml", TITLE + written))


def told(written: str) -> list[str]:
    """Return the line (the title's two left out), column, code, message and hint of each."""
    return [
        f"{one.span.line - 2}:{one.span.column} {one.code} {one.message} | {one.hint}"
        for one in read(written)[1]
        if one.span
    ]


def codes_of(written: str) -> list[str]:
    return [" ".join(one.split()[:2]) for one in told(written)]


@pytest.mark.parametrize(
    ("written", "place", "what"),
    [
        ("up = 6", "up", "A sheet for “saddle-stitch” has 2 or 4 pages on a side"),
        (
            "repeat = true",
            "repeat",
            "Only leaves that are cut apart are repeated: scheme = “cut-stacks”",
        ),
        (
            'scheme = "signatures"\ncover = { grams = 200 }',
            "cover",
            "Only a cover that is stapled is folded like its pages",
        ),
        ("signature = 8", "signature", "It goes with scheme = “signatures”"),
        ('fold = "twice"', "fold", "Only four folded pages on a side leave a choice: up = 4"),
        (
            'scheme = "cut-stacks"\nup = 4\nfold = "twice"',
            "fold",
            "Only four folded pages on a side leave a choice: up = 4",
        ),
        (
            'scheme = "signatures"\nup = 4\nfold = "twice"\nsignature = 12',
            "signature",
            "A sheet folded twice has 8 pages: take 8, 16, 24 or 32",
        ),
    ],
)
def test_a_key_of_the_booklet_that_says_nothing_is_told_of(
    written: str, place: str, what: str
) -> None:
    (said,) = told(f"[booklet]\n{written}\n")
    lines = written.split("\n")
    (at,) = (number for number, line in enumerate(lines, 2) if line.startswith(place))
    assert said.startswith(f"{at}:1 S117 ")
    assert re.search(rf"(?<!\w){re.escape(what)}(?!\w)", said) and f"“{place}”" in said


@pytest.mark.parametrize(
    "written",
    [
        "up = 2",
        'up = 4\nfold = "twice"',
        'scheme = "cut-stacks"\nup = 6\nrepeat = true',
        'scheme = "signatures"\nsignature = 12',
        'scheme = "signatures"\nup = 4\nsignature = 12\nfold = "once"',
        'scheme = "signatures"\nup = 4\nfold = "twice"\nsignature = 16',
        "cover = { grams = 200 }",
    ],
)
def test_keys_of_the_booklet_that_go_together(written: str) -> None:
    assert told(f"[booklet]\n{written}\n") == []


def test_a_cover_apart_is_no_sheet_of_the_booklet() -> None:
    written = '[print]\ncover = "{}"\n[booklet]\ncover = {{ grams = 200 }}\n'
    (said,) = told(written.format("separate"))
    assert said.startswith("4:1 S117 ")
    assert "With [print] cover = “separate” none of these pages is the cover" in said
    assert told(written.format("self")) == []


@pytest.mark.parametrize(
    ("booklet", "trim", "sheet"),
    [
        (BookletSettings(up=4), (105, 148), (210, 297)),
        (BookletSettings(up=4), (148, 210), (297, 420)),
        (BookletSettings(up=2), (148, 210), (210, 297)),
        (BookletSettings(), (500, 500), (420, 594)),
        (BookletSettings(scheme="cut-stacks"), (200, 280), (210, 297)),
        (BookletSettings(scheme="cut-stacks", up=2), (148, 210), (210, 297)),
        (BookletSettings(scheme="cut-stacks", up=6), (105, 99), (210, 297)),
    ],
)
def test_the_sheet_that_is_taken(
    booklet: BookletSettings, trim: tuple[float, float], sheet: tuple[float, float]
) -> None:
    assert completed(booklet, trim, given=False).sheet == sheet
    assert completed(booklet, trim, given=True) is booklet


def test_a_sheet_that_is_given_is_kept() -> None:
    kept, _ = read('[booklet]\nsheet = "A3"\n')
    assert kept and kept.booklet.sheet == (297.0, 420.0)
    taken, _ = read('[print]\ntrim = "A4"\n')
    assert taken and taken.booklet.sheet == (297.0, 420.0)
    smallest, _ = read('[booklet]\nmargin = "6 mm"\n')
    assert smallest and smallest.booklet == BookletSettings(margin=6.0)


ISBN_LINES = '[identifiers]\nepub = "978-90-12-34567-5"\nprint = "978-90-12-34567-5"\n'


def test_an_isbn_is_of_one_edition() -> None:
    (said,) = told(ISBN_LINES)
    assert said.startswith("3:9 S112 ")
    head, first, second = ISBN_LINES.split("\n")[:3]
    assert codes_of(f"{head}\n{second}\n{first}\n") == ["3:8 S112"]
    assert told(f"{head}\n{first}\n") == told(f"{head}\n{second}\n") == []


def test_an_extract_has_no_isbn_of_its_own() -> None:
    made, _ = read('[identifiers]\nepub = "978-90-12-34567-5"\n')
    assert made and made.identifier("extract").startswith("urn:uuid:")
    assert made.identifier("print") != made.identifier("extract")
    two, _ = read('[[contributor]]\nname = "a"\n[[contributor]]\nname = "b"\n')
    one, _ = read('[[contributor]]\nname = "a|b"\n')
    other, _ = read('[[contributor]]\nname = "ab"\n')
    assert two and one and other
    assert two.identifier("epub") == one.identifier("epub") != other.identifier("epub")


def test_a_book_says_when_it_last_changed() -> None:
    made, (said,) = read_settings(SourceFile("book.toml", '\ntitle = "Proef"\n'))
    assert made and made.modified == datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    assert said.code == "S105" and said.span and (said.span.line, said.span.column) == (1, 1)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[cover]\nprice-code = "51995"\n', ["2:14 S118"]),
        ('[print]\nbinding = "perfect"\n[cover]\nflaps = "148 mm"\n', ["4:9 S135"]),
        ('[print]\nbinding = "perfect"\n[cover]\nflaps = "147.9 mm"\n', []),
        ('[print]\nbinding = "perfect"\n[cover]\nspine = "8 mm"\n', []),
        ('[cover]\nspine = "8 mm"\nflaps = "60 mm"\n', ["2:1 S136", "3:1 S136"]),
        ('[cover]\nspine = "0 mm"\n', []),
        ('[print]\nprofile = "pers.icc"\n', ["2:11 S131"]),
        ('[print]\nprofile = "pers.icc"\ncondition = "FOGRA51"\n', []),
        ('[print]\ncondition = "FOGRA51"\n', ["2:13 S133"]),
        ('[print]\ncondition = "FOGRA39"\n', []),
        ('[print]\nred-name = "PANTONE 186 C"\n', ["2:1 S134"]),
        ('[print]\nred = "spot"\nred-name = "PANTONE 186 C"\n', []),
        ('[print]\npages = "fit 18"\n', ["2:9 S132"]),
        ('[print]\npages = "fit 16"\n', []),
        ('[print]\nbinding = "perfect"\npages = "fit 18"\n', []),
    ],
)
def test_what_does_not_go_together_is_told_where_it_stands(written: str, said: list[str]) -> None:
    assert codes_of(written) == said


def test_a_price_needs_an_isbn_of_the_printed_book() -> None:
    written = '[cover]\nprice-code = "51995"\n[identifiers]\n{} = "978-90-12-34567-5"\n'
    assert told(written.format("print")) == []
    assert codes_of(written.format("epub")) == ["2:14 S118"]


def test_what_is_said_of_a_cover() -> None:
    (said,) = told('[print]\nbinding = "perfect"\n[cover]\nflaps = "150 mm"\n')
    assert "150" in said and "148" in said
    spine, flaps = told('[cover]\nspine = "8 mm"\nflaps = "60 mm"\n')
    assert "“spine”" in spine
    assert "stapled sheets are folded where their spine would be" in spine.replace(
        "Stapled", "stapled"
    )
    assert "“flaps”" in flaps
    assert "knife takes them off where the stapled book is cut" in flaps


def test_what_is_said_of_a_condition_without_its_profile() -> None:
    (said,) = told('[print]\ncondition = "FOGRA51"\n')
    assert "FOGRA51" in said


@pytest.mark.parametrize(
    ("pages", "binding", "near"),
    [
        ("fit 18", "saddle-stitch", '"fit 16" or "fit 20"'),
        ("fit 2", "saddle-stitch", '"fit 4"'),
        ("multiple of 6", "saddle-stitch", '"multiple of 4" or "multiple of 8"'),
    ],
)
def test_the_pages_that_a_binding_can_have(pages: str, binding: str, near: str) -> None:
    facts = PrintSettings(pages=pages, binding=binding).misfit()
    assert facts == {"binding": binding, "unit": 4, "pages": pages, "near": near}
    assert PrintSettings(binding=binding).misfit() == {}
    assert PrintSettings(pages="fit 20", binding=binding).misfit() == {}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[series]\nnumber = 3\n", "1:2 S103 “name” is missing | It gives the name of the series."),
        ("[print]\ntrims = 3\n", "2:1 S101 unknown key “trims” | Did you mean “trim”?"),
        ("print = 3\n", "1:9 S102 “print” does not fit | Expected: a table."),
        (
            'price = "x"\n',
            "1:9 S102 “price” does not fit | Expected: an array of tables, [[like this]].",
        ),
        ("price = [3]\n", "1:9 S102 “price” does not fit | Expected: a table."),
        (
            'price = [{ edition = "epub", amount = -1 }]\n',
            "1:39 S102 “amount” does not fit | Expected: a number from 0 to 100000.",
        ),
    ],
)
def test_what_is_said_of_a_table(written: str, said: str) -> None:
    (found,) = told(written)
    assert found == said
    assert (read(written)[0] is None) is ("S101" not in said)


def test_the_places_of_what_stands_in_lists_and_tables() -> None:
    written = (
        'a = [ "x", # een\n  "y", [3] ]\nb = { c = 1, "d e" = { f = 2 } }\ng.h."i" = 3\n'
        "[[k]]\nl = 4\n[[k]]\n[k.m]\nn = 5\n"
    )
    source = SourceFile("book.toml", written)
    document, _ = read_toml(source)
    assert document
    cut = {
        path: written[span.start : span.end]
        for path, span in document.cells.items()
        if path[0] in "abgk"
    }
    assert cut["a", 0] == '"x"' and cut["a", 1] == '"y"'
    assert (cut["a", 2], cut["a", 2, 0]) == ("[3]", "3")
    assert (cut["b", "c"], cut["b", "d e", "f"], cut["g", "h", "i"]) == ("1", "2", "3")
    assert (cut["k", 0, "l"], cut["k", 1, "m", "n"]) == ("4", "5")
    assert ("a", 3) not in cut
    keys = {path: written[span.start : span.end] for path, span in document.keys.items()}
    assert keys["b", "d e"] == '"d e"' and keys["g",] == keys["g", "h"] == 'g.h."i"'
    assert document.key(("k", 0)).line == 5 and document.key(("k", 1)).line == 7
    assert document.key(("k", 1, "m")).line == 8
    assert document.key(("z",)) == document.whole
    assert document.value(("k", 1, "m")) == document.key(("k", 1, "m"))


def test_the_paper_of_a_book() -> None:
    made, _ = read(
        "[print]\npaper = { grams = 30, bulk = 3 }\n[booklet]\ncover = { grams = 600 }\n"
    )
    assert made and made.print.paper == Paper(30.0, 3.0)
    assert made.booklet.cover == Paper(600.0, 1.2)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("cover", "photo"), (3, 9)),
        (("fonts", "files", 1), (5, 19)),
        (("fonts", "files", 7), (5, 1)),
        (("cover", "spine"), (2, 2)),
        (("print", "trim"), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_what_is_not_there_has_the_place_of_what_is_around_it(
    path: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    written = 'title = "Proef"\n[cover]\nphoto = "a"\n[fonts]\nfiles = ["A.otf", "B.otf"]\n'
    at = place_of(SourceFile("book.toml", written), *path)
    assert (at.line, at.column) == place
    broken = place_of(SourceFile("book.toml", "[[["), *path)
    assert (broken.line, broken.column) == (1, 1)
