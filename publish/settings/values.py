"""Values of `book.toml` and `captions.toml` that are more than a text or a number, read.

In: a plain value of TOML. Out: millimetres, ISO 8601 dates, moments in UTC, ISBNs (ISO 2108) and
language tags (BCP 47). Raises `Wrong`, which says what is expected.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from publish.ground.addresses import leads_nowhere
from publish.ground.units import INCH, POINT
from publish.settings.schema import Reader, Wrong, expect, text

SIZES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "A2": (420.0, 594.0),
        "A3": (297.0, 420.0),
        "A4": (210.0, 297.0),
        "A5": (148.0, 210.0),
        "A6": (105.0, 148.0),
        "B5": (176.0, 250.0),
        "SRA3": (320.0, 450.0),
        "Letter": (215.9, 279.4),
        "Half letter": (139.7, 215.9),
    }
)
_MM = {"mm": 1.0, "cm": 10.0, "in": INCH, "pt": POINT}
_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"
_LENGTH = re.compile(rf"{_NUMBER}\s*(mm|cm|in|pt)")
_SIZE = re.compile(rf"{_NUMBER}\s*[x×]\s*{_NUMBER}\s*(mm|cm|in|pt)")
_PARTS = 5
"""Prefix, group, publisher, title, check digit (ISO 2108, 4)."""
_FIRST = 1000
"""The first year of four figures; a moment in it may be of the year before elsewhere."""
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A language tag (BCP 47)."""


def length(most: float) -> Reader:
    """Make a reader of a length such as "3 mm", in millimetres, up to and with a bound."""

    def read(value: Any) -> float:
        what = f'a length with its unit, such as "3 mm", up to {most:g} mm'
        match = _LENGTH.fullmatch(expect(str, value, what).strip())
        millimetres = float(match[1].replace(",", ".")) * _MM[match[2]] if match else most + 1
        if millimetres > most:
            raise Wrong(what)
        return round(millimetres, 4)

    return read


def size(value: Any) -> tuple[float, float]:
    """Read a sheet or trim size by name or as "135 x 210 mm"; return width, height in mm."""
    what = f'{", ".join(SIZES)} or a size such as "135 x 210 mm"'
    written = expect(str, value, what).strip()
    for name, millimetres in SIZES.items():
        if name.lower() == written.lower():
            return millimetres
    match = _SIZE.fullmatch(written)
    if match is None:
        raise Wrong(what)
    sides = [float(side.replace(",", ".")) * _MM[match[3]] for side in match.groups()[:2]]
    if not all(30 <= side <= 2000 for side in sides):
        raise Wrong("sides between 30 mm and 2000 mm")
    return round(sides[0], 4), round(sides[1], 4)


class Isbn(str):
    """The 13 digits of an ISBN; `given` has the hyphens that it came with, if it had all four."""

    given: str

    def __new__(cls, digits: str = "", given: str = "") -> Isbn:
        """Make one of its digits."""
        made = super().__new__(cls, digits)
        made.given = given
        return made

    @property
    def shown(self) -> str:
        """Return it as it is to be read: its five parts joined by hyphens (ISO 2108, 4.1).

        Where they end stands in the table of the International ISBN Agency; of a range that this
        does not have yet the hyphens are as they were given.
        """
        if not self:
            return ""
        from stdnum import isbn as table

        parts = table.split(self)
        return "-".join(parts) if parts and all(parts) else self.given or self


def isbn(value: Any) -> Isbn:
    """Read an ISBN-13, hyphens allowed; return its 13 digits (check digit: ISO 2108, annex C)."""
    digits = re.sub(r"[\s-]", "", expect(str, value, "an ISBN of 13 digits in quotes"))
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise Wrong("an ISBN of 13 digits that begins with 978 or 979")
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
    check = -total % 10
    if int(digits[12]) != check:
        raise Wrong(f"an ISBN with the check digit {check}, not {digits[12]}")
    parts = re.split(r"[\s-]", str(value).strip())
    return Isbn(digits, "-".join(parts) if len(parts) == _PARTS and all(parts) else "")


def date_text(value: Any) -> str:
    """Read a date, or a year (or year and month) as text; return it as ISO 8601 has it."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    what = 'a date such as 2026-11-22, or "2026"'
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", value):
        return value
    raise Wrong(what)


def day(value: Any) -> str:
    """Read a date; return it as ISO 8601 has it."""
    read = date_text(value)
    if len(read) < len("2026-11-22"):
        raise Wrong("a date such as 2026-11-22")
    return read


def web_address(value: Any) -> str:
    """Read an address on the web (RFC 3986)."""
    what = "an address such as https://example.org/policy"
    good = re.fullmatch(r"https?://[^\s/?#]+[^\s]*", expect(str, value, what))
    if not good or leads_nowhere(value):
        raise Wrong(what)
    return str(value)


def moment(value: Any) -> datetime.datetime:
    """Read a date and time with its offset, such as 2026-11-22T12:00:00Z; return it in UTC."""
    what = "a moment such as 2026-11-22T12:00:00Z, without quotes"
    # Of earlier years the number has fewer figures than ISO 8601 gives them.
    if not isinstance(value, datetime.datetime) or value.tzinfo is None or value.year <= _FIRST:
        raise Wrong(what)
    try:
        return value.astimezone(datetime.UTC).replace(microsecond=0)
    except OverflowError as error:
        raise Wrong(what) from error


def language_tag(value: Any) -> str:
    """Read a language tag (BCP 47), such as nl or nl-BE."""
    tag = expect(str, value, 'a language tag such as "nl"')
    if not TAG.fullmatch(tag):
        raise Wrong('a language tag such as "nl" or "nl-BE"')
    return tag


def file_in(folder: str, suffixes: tuple[str, ...]) -> Reader:
    """Make a reader of the name of a file straight in a folder; the folder may stand before it."""

    def read(value: Any) -> str:
        name = text(value).removeprefix(f"{folder}/")
        if "/" in name or "\\" in name or name.startswith("."):
            raise Wrong(f"the name of a file in {folder}/, without another folder")
        if not name.lower().endswith(suffixes):
            raise Wrong(f"a file of the kind {', '.join(suffixes)}")
        return name

    return read


def matching(pattern: re.Pattern[str], what: str) -> Reader:
    """Make a reader of a text that a pattern fits whole."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Wrong(what)
        return value

    return read


def codes(pattern: re.Pattern[str], what: str) -> Reader:
    """Make a reader of a list of codes, each of which a pattern fits whole."""

    def read(value: Any) -> tuple[str, ...]:
        found = expect(list, value, f'a list of {what}, ["a", "b"]')
        for one in found:
            if not isinstance(one, str) or not pattern.fullmatch(one):
                raise Wrong(f"{what}, each in quotes, not {one!r}")
        return tuple(found)

    return read
