"""book.toml: every value in its right shape, and no shape of any value a traceback."""

from __future__ import annotations

import dataclasses
import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from publish.ground.filenames import slug_of
from publish.ground.problems import Problem, problem
from publish.ground.root import BookRoot
from publish.ground.rules import RULES
from publish.ground.source import SourceFile, Span, read_source
from publish.manuscript.captions import Entry, read_captions
from publish.manuscript.folder import FrontMatter
from publish.settings.book_toml import Settings, read_settings
from publish.settings.booklet import BookletSettings, completed
from publish.settings.schema import Nested, key_of, nearest
from publish.settings.toml import at_settings, placed_text, read_toml

TITLE = 'title = "Proef"\nmodified = 2026-03-01T08:00:00Z\n'


@pytest.fixture(autouse=True)
def no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def read(text: str) -> tuple[Settings | None, list[Problem]]:
    return read_settings(SourceFile("book.toml", text))


def good(text: str) -> Settings:
    made, problems = read(TITLE + text)
    assert problems == []
    assert made
    return made


def wrong(text: str) -> list[str]:
    """Return the code, the place and the hint of each problem, the title's two lines left out."""
    _, problems = read(TITLE + text)
    return [
        f"{one.span.line - 2}:{one.span.column} {one.code} {one.hint}"
        for one in problems
        if one.span
    ]


# Values -------------------------------------------------------------------------------------------


def test_defaults() -> None:
    made = good("")
    assert (made.language, made.slug, made.print.trim) == ("nl", "proef", (148.0, 210.0))
    assert (made.print.bleed, made.print.binding, made.print.columns) == (3.0, "saddle-stitch", 1)
    assert made.booklet.sheet == (210.0, 297.0)
    assert made.modified == datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("978-0-00-000000-2", "9780000000002"),
        ("9780000000019", "9780000000019"),
        ("979 10 000 0000 8", "9791000000008"),
    ],
)
def test_isbn(written: str, digits: str) -> None:
    assert good(f'[identifiers]\nprint = "{written}"\n').identifiers.print == digits


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"978-0-00-000000-3"', "an ISBN with the check digit 2, not 3"),
        ('"977-0-00-000000-5"', "an ISBN of 13 digits that begins with 978 or 979"),
        ('"0-00-000000-0"', "an ISBN of 13 digits that begins with 978 or 979"),
        ('"978-0-00-00000\u0660-2"', "an ISBN of 13 digits that begins with 978 or 979"),
        ("9780000000002", "an ISBN of 13 digits in quotes"),
    ],
)
def test_no_isbn(written: str, said: str) -> None:
    assert wrong(f"[identifiers]\nepub = {written}\n") == [f"2:8 S102 Expected: {said}."]


@pytest.mark.parametrize(
    ("written", "millimetres"),
    [
        ("A5", (148.0, 210.0)),
        ("a4", (210.0, 297.0)),
        ("half letter", (139.7, 215.9)),
        ("135 x 210 mm", (135.0, 210.0)),
        ("13,5×21 cm", (135.0, 210.0)),
        ("5.5x8.5 in", (139.7, 215.9)),
        ("288 x 432 pt", (101.6, 152.4)),
    ],
)
def test_sizes(written: str, millimetres: tuple[float, float]) -> None:
    assert good(f'[print]\ntrim = "{written}"\n').print.trim == millimetres


@pytest.mark.parametrize(
    "written",
    ['"A7"', '"135 x 210"', '"1.2.3 x 4 mm"', '". x , mm"', '""', "148", '"x mm"', '["A5"]'],
)
def test_no_sizes(written: str) -> None:
    (said,) = wrong(f"[print]\ntrim = {written}\n")
    assert said.startswith("2:8 S102 Expected: A2, A3")
    assert said.endswith('or a size such as "135 x 210 mm".')


def test_a_page_has_bounds() -> None:
    for size in ("10 x 100 mm", "100 x 5000 mm"):
        assert wrong(f'[print]\ntrim = "{size}"\n') == [
            "2:8 S102 Expected: sides between 30 mm and 2000 mm."
        ]
    assert good('[print]\nbleed = "20 mm"\n').print.bleed == 20
    assert good('[print]\nbleed = "0 mm"\n').print.bleed == 0
    assert good('[print]\nbleed = "1/8"\n'.replace("1/8", "0,125 in")).print.bleed == 3.175
    for bleed in ('"21 mm"', '"-3 mm"', '"3"', "3", '"3 ells"'):
        (said,) = wrong(f"[print]\nbleed = {bleed}\n")
        assert said.startswith("2:9 S102 Expected: a length with its unit")


@pytest.mark.parametrize(
    ("written", "date"),
    [("2026-11-22", "2026-11-22"), ('"2026"', "2026"), ('"2026-11"', "2026-11")],
)
def test_dates(written: str, date: str) -> None:
    assert good(f"date = {written}\n").date == date


@pytest.mark.parametrize(
    "written", ['"gisteren"', "2026", "2026-11-22T10:00:00Z", '"26"', "10:00:00"]
)
def test_no_dates(written: str) -> None:
    assert wrong(f"date = {written}\n") == [
        '1:8 S102 Expected: a date such as 2026-11-22, or "2026".'
    ]


def test_moments_are_kept_in_utc() -> None:
    made, problems = read('title = "x"\nmodified = 2026-01-01T00:30:00.25+02:00\n')
    assert problems == []
    assert made
    assert made.modified == datetime.datetime(2025, 12, 31, 22, 30, tzinfo=datetime.UTC)
    for moment in ("2026-01-01", "2026-01-01T00:00:00", '"2026"', "0001-01-01T00:00:00+14:00"):
        _, problems = read(f'title = "x"\nmodified = {moment}\n')
        assert [one.code for one in problems] == ["S102"], moment


def test_the_epoch_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert good("").modified == datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC)
    made, problems = read('title = "x"\n')
    assert made is not None and problems == []
    for epoch in ("gisteren", "-1", "1.5", "9" * 12, "9" * 30, " 1"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        _, problems = read(TITLE)
        assert [(one.code, one.severity, one.span) for one in problems] == [("S104", "error", None)]


def test_slugs() -> None:
    assert slug_of("Één dag, 's nachts — & meer!") == "een-dag-s-nachts-meer"
    assert slug_of("Искра") == "book"
    assert len(slug_of("woord " * 2000)) <= 60
    assert good('slug = "eigen-naam"\n').slug == "eigen-naam"
    for slug in ("Eigen", "a b", "../a", "a/b", "-a", ""):
        assert len(wrong(f'slug = "{slug}"\n')) == 1


def test_identifiers() -> None:
    with_number = good('[identifiers]\nepub = "978-0-00-000000-2"\n')
    assert with_number.identifier("epub") == "urn:isbn:9780000000002"
    without = good("")
    assert without.identifier("epub").startswith("urn:uuid:")
    assert without.identifier("epub") == good("").identifier("epub") != without.identifier("print")
    assert good('[[contributor]]\nname = "a"\n').identifier("epub") != without.identifier("epub")


def test_texts_hold_no_control_characters() -> None:
    for control in ("\\u0000", "\\u0007", "\\u007f", "\\u0085"):
        assert wrong(f'subtitle = "a{control}b"\n') == [
            "1:12 S102 Expected: a text without control characters."
        ]
    assert good('description = """\nEen\ntwee"""\n').description == "Een\ntwee"


def test_a_very_long_title() -> None:
    made, problems = read(f'title = "{"lang " * 2000}"\nmodified = 2026-03-01T08:00:00Z\n')
    assert problems == []
    assert made is not None and len(made.title) == 9999


# Keys ---------------------------------------------------------------------------------------------


def test_unknown_keys_and_their_neighbours() -> None:
    assert wrong('subtitel = "x"\n') == ["1:1 S101 Did you mean “subtitle”?"]
    assert wrong('[prints]\ntrim = "A5"\n') == ["1:2 S101 Did you mean “print”?"]
    assert wrong("[print]\npaper = { gram = 80 }\n") == ["2:11 S101 Did you mean “grams”?"]
    assert wrong('[[contributor]]\nname = "a"\n[[contributor]]\nname = "b"\nrol = "aut"\n') == [
        "5:1 S101 Did you mean “role”?"
    ]


def test_a_long_list_of_what_is_known_is_cut() -> None:
    known = [f"id-{number:03}" for number in range(300)]
    assert nearest("qqqq", known).endswith("id-011, and 288 more.")
    assert nearest("qqqq", []) == "There is none at all."
    assert nearest("oeverr", [*known, "oever"]) == "Did you mean “oever”?"


def test_every_setting_has_a_meaning() -> None:
    def fields(shape: type) -> list[dataclasses.Field[Any]]:
        found = list(dataclasses.fields(shape))
        for field in found[:]:
            read = field.metadata["read"]
            found += fields(read.shape) if isinstance(read, Nested) else []
        return found

    for shape in (Settings, Entry, FrontMatter):
        for field in fields(shape):
            assert len(field.metadata["doc"]) > 3
            assert key_of(field) == key_of(field).lower()


# Any shape at all ---------------------------------------------------------------------------------

VALUES = st.recursive(
    st.sampled_from(
        [
            '""', '"x"', '"A5"', "'''\nx'''", "0", "-1", "3", "1e400", "nan", "inf", "true",
            "2026-11-22", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00", "12:00:00",
            "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", '"\\u0007"', "99999999999999",
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]"),
        st.builds("{{ name = {} }}".format, inner),
        st.builds("{{ \"a b\".c = {} }}".format, inner),
    ),
    max_leaves=3,
)  # fmt: skip


def keys_of(shape: type) -> list[str]:
    found = []
    for field in dataclasses.fields(shape):
        found.append(key_of(field))
        read = field.metadata["read"]
        if isinstance(read, Nested):
            found += [f"{key_of(field)}.{key}" for key in keys_of(read.shape)]
    return found


def check(source: SourceFile, problems: list[Problem]) -> None:
    """See that each problem has its place in the file."""
    for one in problems:
        if one.span and one.span.file == source.path:
            assert 0 <= one.span.start <= one.span.end <= len(source.text)
            place = source.line_column(one.span.start)
            assert place == (one.span.line, one.span.column)
            assert place != (1, 1) or one.code in ("S103", "S105", "T101")


@examples(max_examples=250, deadline=None)
@given(st.sampled_from(keys_of(Settings)), VALUES)
def test_every_key_with_every_value(key: str, value: str) -> None:
    source = SourceFile("book.toml", f"# é\n{key} = {value}\n")
    made, problems = read_settings(source)
    check(source, problems)
    assert made is None or key == "title"


@examples(max_examples=100, deadline=None)
@given(st.sampled_from(["x", *(f"x.{key}" for key in keys_of(Entry))]), VALUES)
def test_every_key_of_a_photo_with_every_value(key: str, value: str) -> None:
    source = SourceFile("captions.toml", f"# é\n{key} = {value}\n")
    _, problems = read_captions(source, BookRoot(Path("there-is-no-such-folder")))
    check(source, problems)


@examples(max_examples=200, deadline=None)
@given(st.text(alphabet="ab.=[]{}\"'#\n ,1é-:TZ\\", max_size=40))
def test_any_text_is_toml_or_a_problem(text: str) -> None:
    source = SourceFile("book.toml", text)
    document, problems = read_toml(source)
    assert (document is None) == (len(problems) == 1)
    check(source, problems)
    if document:
        assert document.values == tomllib.loads(text)
        for path, span in document.keys.items():
            assert str(path[-1])[:1] in text[span.start : span.end] or isinstance(path[-1], int)


def test_toml_that_is_hard_to_read() -> None:
    for text in (f"a = {'[' * 3000}", f"a = {'9' * 5000}", "a" * 100_000, "a = 1" * 3):
        document, problems = read_toml(SourceFile("book.toml", text))
        assert document is None
        assert [one.code for one in problems] == ["T101"]


@examples(max_examples=200, deadline=None)
@given(
    st.text(alphabet='ab \\"\n\té😀u0041', max_size=20), st.sampled_from(['"', "'", '"""', "'''"])
)
def test_the_characters_of_a_string_have_their_places(inside: str, mark: str) -> None:
    source = SourceFile("captions.toml", f"caption = {mark}{inside}{mark}\n")
    document, _ = read_toml(source)
    if document is None or not isinstance(document.values.get("caption"), str):
        return
    placed = placed_text(source, document.value(("caption",)))
    assert "".join(char for char, _ in placed) == document.values["caption"]
    for char, at in placed:
        assert source.text[at] in (char, "\\")


# Files --------------------------------------------------------------------------------------------


def test_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TITLE.replace("\n", "\r\n").encode() + b"rol = 1\r")
    source = read_source(path.read_bytes, "book.toml")
    assert "\r" not in source.text and not source.text.startswith("\ufeff")
    _, problems = read_settings(source)
    assert [str(one)[:24] for one in problems] == ["book.toml:3:1: error S10"]


@pytest.mark.parametrize(
    ("trim", "sheet"),
    [
        ((148, 210), (210, 297)),
        ((210, 297), (297, 420)),
        ((105, 297), (210, 297)),
        ((135, 210), (210, 297)),
        ((150, 210), (297, 420)),
    ],
)
def test_a_booklet_takes_the_smallest_sheet_that_holds_two_pages(trim, sheet) -> None:
    assert completed(BookletSettings(), trim, given=False).sheet == sheet


@pytest.mark.parametrize(("up", "sheet"), [(None, (210, 297)), (3, (297, 420)), (4, (210, 297))])
def test_leaves_that_are_cut_apart_take_the_smallest_sheet_that_holds_them(up, sheet) -> None:
    leaves = BookletSettings(scheme="cut-stacks", up=up)
    assert completed(leaves, (105, 148), given=False).sheet == sheet


# Settings that decide what is wrong with an output ------------------------------------------------

WRITTEN = """title = "Het veer"

[print]
pages = "fit 16"
"""


def test_what_a_setting_decides_is_told_there() -> None:
    found = [
        problem("P424", None, pages=16, changes="leading"),
        problem("P444", Span("book.toml")),
        problem("F920", None, place="x.pdf", pages=3, binding="perfect", unit=2),
        problem("P423", Span("01-veer.md", 7, 2)),
        problem("K701", None, reason="It rains", advice="Wait."),
    ]
    told = [one.span for one in at_settings(found, SourceFile("book.toml", WRITTEN))]
    assert [one and (one.file, one.line, one.column) for one in told] == [
        ("book.toml", 4, 9),  # its value
        ("book.toml", 1, 1),  # there is no description
        ("book.toml", 3, 2),  # its table
        ("01-veer.md", 7, 2),  # what has a place keeps it
        None,
    ]


def test_every_setting_of_a_rule_is_one() -> None:
    for rule in RULES.values():
        table: Any = Nested(Settings)
        for key in rule.setting.split(".") if rule.setting else ():
            fields = {key_of(one): one for one in dataclasses.fields(table.shape)}
            table = fields[key].metadata["read"]
