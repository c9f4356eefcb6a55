"""What each kind of value becomes, and what is expected where it does not fit, to the letter."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from publish.settings.book_toml import font_files
from publish.settings.booklet import signature
from publish.settings.printing import divided_words, own_ink, pages
from publish.settings.prose import house_style
from publish.settings.schema import (
    Reader,
    Wrong,
    choice,
    flag,
    number,
    text,
    texts,
    whole,
)
from publish.settings.values import (
    codes,
    day,
    file_in,
    isbn,
    language_tag,
    length,
    matching,
    moment,
    size,
    web_address,
)

ICC = (file_in, "profiles", (".icc", ".icm"))
FLAT = (matching, re.compile("[a-c]+"), "letters a to c")
LIST = (codes, re.compile("[a-c]+"), "codes")


def made(reader: Any) -> Reader:
    """Return a reader; one that has to be made comes as what makes it and what that is given."""
    return reader[0](*reader[1:]) if isinstance(reader, tuple) else reader


@pytest.mark.parametrize(
    ("reader", "value", "read"),
    [
        (text, "  twee woorden\t", "twee woorden"),
        (texts, ["a", " b "], ("a", "b")),
        (texts, [], ()),
        (flag, True, True),
        (flag, False, False),
        ((whole, 2, 5), 2, 2),
        ((whole, 2, 5), 5, 5),
        ((number, 0.5, 3), 0.5, 0.5),
        ((number, 0.5, 3), 3, 3.0),
        ((choice, "once", "twice"), "twice", "twice"),
        ((length, 20), " 3 mm ", 3.0),
        ((length, 20), "2 cm", 20.0),
        ((length, 20), "0,25in", 6.35),
        ((length, 20), "1.5 pt", 0.5292),
        ((length, 20), "20 mm", 20.0),
        (size, " a5 ", (148.0, 210.0)),
        (size, "30 x 2000 mm", (30.0, 2000.0)),
        (size, "100.12345 × 2000 mm", (100.1235, 2000.0)),
        (size, "100 x 200.12349 mm", (100.0, 200.1235)),
        (day, datetime.date(2026, 11, 22), "2026-11-22"),
        (day, "2026-11-22", "2026-11-22"),
        (web_address, "https://katern.example/a?b#c", "https://katern.example/a?b#c"),
        (web_address, "http://x", "http://x"),
        (language_tag, "nl-BE", "nl-BE"),
        (language_tag, "gsw", "gsw"),
        (ICC, "Pers.ICC", "Pers.ICC"),
        (ICC, "profiles/pers.icm", "pers.icm"),
        (FLAT, "abc", "abc"),
        (LIST, ["a", "bc"], ("a", "bc")),
        (font_files, ["fonts/A.otf", "B.WOFF2"], ("A.otf", "B.WOFF2")),
        (signature, 4, 4),
        (signature, 32, 32),
        (own_ink, " PANTONE 186 C ", "PANTONE 186 C"),
        (own_ink, "é" * 63 + "x", "é" * 63 + "x"),
        (pages, " fit 16 ", "fit 16"),
        (pages, "fit 9999", "fit 9999"),
        (pages, "multiple of 99", "multiple of 99"),
        (
            divided_words,
            ["am-ster-dam", "Jansen", "-isme", "l·l"],
            ("am-ster-dam", "Jansen", "-isme", "l·l"),
        ),
        (house_style, {"b": "c", "a": "d"}, (("a", "d"), ("b", "c"))),
    ],
)
def test_what_a_value_becomes(reader: Any, value: Any, read: Any) -> None:
    found = made(reader)(value)
    assert (found, type(found)) == (read, type(read))


SAID_WHOLE = "a whole number from 2 to 5"
SAID_NUMBER = "a number from 0.5 to 3"
SAID_CHOICE = '"once" or "twice"'
SAID_LENGTH = 'a length with its unit, such as "3 mm", up to 20 mm'
SAID_SIZE = 'A2, A3, A4, A5, A6, B5, SRA3, Letter, Half letter or a size such as "135 x 210 mm"'
SAID_FILE = "the name of a file in profiles/, without another folder"
SAID_SIGNATURE = "4, 8, 12, 16, 20, 24, 28 or 32 pages"
SAID_INK = "the name of an ink, on one line and of at most 127 bytes"
SAID_OWN = (
    'the name of an ink of its own, such as "PANTONE 186 C": not None, All, Cyan, Magenta, Yellow'
    " or Black"
)
SAID_PAGES = '"fit 16", the number of pages, of 9999 at the most, or "multiple of 4", of 99'
SAID_ADDRESS = "an address such as https://example.org/policy"
SAID_MOMENT = "a moment such as 2026-11-22T12:00:00Z, without quotes"
SAID_WORD = 'words of letters and hyphens alone, such as "am-ster-dam", not “{}”'


@pytest.mark.parametrize(
    ("reader", "value", "said"),
    [
        (text, 3, "a text in quotes"),
        (text, " \n", "a text that is not empty"),
        (text, "a\x07b", "a text without control characters"),
        (text, "a\u202eb", "a text without control characters"),
        (text, "a\u2067b", "a text without control characters"),
        (texts, "a", 'a list of texts, ["a", "b"]'),
        (texts, ["a", 3], "a text in quotes"),
        (flag, 1, "true or false"),
        (flag, "true", "true or false"),
        ((whole, 2, 5), 1, SAID_WHOLE),
        ((whole, 2, 5), 6, SAID_WHOLE),
        ((whole, 2, 5), 3.0, SAID_WHOLE),
        ((whole, 0, 5), True, "a whole number from 0 to 5"),
        ((number, 0.5, 3), 0.4, SAID_NUMBER),
        ((number, 0.5, 3), 3.01, SAID_NUMBER),
        ((number, 0.5, 3), "1", SAID_NUMBER),
        ((number, 0, 3), True, "a number from 0 to 3"),
        ((number, 0, 1e8), -1, "a number from 0 to 100000000"),
        ((choice, "once", "twice"), "once more", SAID_CHOICE + ' (did you mean "once"?)'),
        ((choice, "once", "twice"), "x", SAID_CHOICE),
        ((choice, "once", "twice"), 1, SAID_CHOICE),
        ((length, 20), "20.1 mm", SAID_LENGTH),
        ((length, 20), "3", SAID_LENGTH),
        ((length, 20), "3 el", SAID_LENGTH),
        ((length, 20), 3, SAID_LENGTH),
        (size, "A7", SAID_SIZE),
        (size, 5, SAID_SIZE),
        (size, "29.9 x 100 mm", "sides between 30 mm and 2000 mm"),
        (size, "100 x 2000.1 mm", "sides between 30 mm and 2000 mm"),
        (day, "2026-11", "a date such as 2026-11-22"),
        (day, 2026, 'a date such as 2026-11-22, or "2026"'),
        (
            day,
            datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC),
            'a date such as 2026-11-22, or "2026"',
        ),
        (web_address, "ftp://a.b", SAID_ADDRESS),
        (web_address, "https://a b", SAID_ADDRESS),
        (web_address, 3, SAID_ADDRESS),
        (moment, "2026", SAID_MOMENT),
        (moment, datetime.datetime(2026, 1, 1), SAID_MOMENT),
        (moment, datetime.datetime.fromisoformat("0001-01-01T00:00:00+14:00"), SAID_MOMENT),
        (language_tag, 3, 'a language tag such as "nl"'),
        (language_tag, "nl_BE", 'a language tag such as "nl" or "nl-BE"'),
        (isbn, 9780000000002, "an ISBN of 13 digits in quotes"),
        (ICC, "a/b.icc", SAID_FILE),
        (ICC, "a\\b.icc", SAID_FILE),
        (ICC, ".icc", SAID_FILE),
        (ICC, "../profiles/b.icc", SAID_FILE),
        (ICC, "pers.jpg", "a file of the kind .icc, .icm"),
        (ICC, 3, "a text in quotes"),
        (FLAT, "abd", "letters a to c"),
        (FLAT, 3, "letters a to c"),
        (LIST, "a", 'a list of codes, ["a", "b"]'),
        (LIST, ["a", "d"], "codes, each in quotes, not 'd'"),
        (LIST, ["a", 3], "codes, each in quotes, not 3"),
        (font_files, "A.otf", 'a list of files in fonts/, ["Name-Regular.ttf"]'),
        (font_files, ["A.pdf"], "a file of the kind .otf, .ttf, .woff, .woff2"),
        (font_files, ["x/A.otf"], "the name of a file in fonts/, without another folder"),
        (signature, 0, SAID_SIGNATURE),
        (signature, 6, SAID_SIGNATURE),
        (signature, 36, SAID_SIGNATURE),
        (signature, True, SAID_SIGNATURE),
        (signature, "8", SAID_SIGNATURE),
        (signature, 8.0, SAID_SIGNATURE),
        (own_ink, "a\u00adb", SAID_INK),
        (own_ink, "é" * 64, SAID_INK),
        (own_ink, "black!", SAID_OWN),
        (own_ink, "ALL", SAID_OWN),
        (pages, 16, SAID_PAGES),
        (pages, "fit 0", SAID_PAGES),
        (pages, "multiple of 100", SAID_PAGES),
        (divided_words, ["twee woorden"], SAID_WORD.format("twee woorden")),
        (divided_words, ["a2"], SAID_WORD.format("a2")),
        (divided_words, ["am-ster", "Amster"], "each word once, and “Amster” for a second time"),
        (divided_words, ["ide\u0301e", "idée"], "each word once, and “idée” for a second time"),
        (house_style, ["a"], 'a table of terms, such as {"GPU" = "GPOe"}'),
        (house_style, {"a": 3}, "a text in quotes"),
        (house_style, {" ": "b"}, "a text that is not empty"),
    ],
)
def test_what_is_expected_where_a_value_does_not_fit(reader: Any, value: Any, said: str) -> None:
    with pytest.raises(Wrong) as wrong:
        made(reader)(value)
    assert str(wrong.value) == said


@pytest.mark.parametrize(
    ("written", "given", "shown"),
    [
        ("978-90-12-34567-5", "978-90-12-34567-5", "978-90-12-34567-5"),
        (" 978 90 12 34567 5 ", "978-90-12-34567-5", "978-90-12-34567-5"),
        ("9789012345675", "", "978-90-12-34567-5"),
        ("978-9012345675", "", "978-90-12-34567-5"),
        ("978--90-12-345675", "", "978-90-12-34567-5"),
    ],
)
def test_the_parts_of_an_isbn(written: str, given: str, shown: str) -> None:
    number = isbn(written)
    assert (number, number.given, number.shown) == ("9789012345675", given, shown)
