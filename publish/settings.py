"""`book.toml` as frozen data: metadata, editions, trim, paper, identifiers.

In: the book's folder. Out: `Settings` and problems S1xx. Lengths are millimetres. Identifiers
follow ISO 2108 (ISBN-13 check digit) and RFC 9562 (uuid5, for a book without one).
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from publish.problems import Problem, problem
from publish.schema import (
    Nested,
    Reader,
    Wrong,
    choice,
    expect,
    flag,
    number,
    read_table,
    setting,
    text,
    texts,
    whole,
)
from publish.source import SourceFile
from publish.toml import read_toml

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
_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"
_LENGTH = re.compile(rf"{_NUMBER}\s*(mm|cm|in|pt)")
_SIZE = re.compile(rf"{_NUMBER}\s*[x×]\s*{_NUMBER}\s*(mm|cm|in|pt)")
_ROLE = re.compile(r"[a-z]{3}")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:katern:book")


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


def isbn(value: Any) -> str:
    """Read an ISBN-13, hyphens allowed; return its 13 digits (check digit: ISO 2108, annex C)."""
    digits = re.sub(r"[\s-]", "", expect(str, value, "an ISBN of 13 digits in quotes"))
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise Wrong("an ISBN of 13 digits that begins with 978 or 979")
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
    check = -total % 10
    if int(digits[12]) != check:
        raise Wrong(f"an ISBN with the check digit {check}, not {digits[12]}")
    return digits


def date_text(value: Any) -> str:
    """Read a date, or a year (or year and month) as text; return it as ISO 8601 has it."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    what = 'a date such as 2026-11-22, or "2026"'
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", value):
        return value
    raise Wrong(what)


def moment(value: Any) -> datetime.datetime:
    """Read a date and time with its offset, such as 2026-11-22T12:00:00Z; return it in UTC."""
    what = "a moment such as 2026-11-22T12:00:00Z, without quotes"
    if not isinstance(value, datetime.datetime) or value.tzinfo is None:
        raise Wrong(what)
    try:
        return value.astimezone(datetime.UTC).replace(microsecond=0)
    except OverflowError as error:
        raise Wrong(what) from error


def language_tag(value: Any) -> str:
    """Read a language tag (BCP 47), such as nl or nl-BE."""
    tag = expect(str, value, 'a language tag such as "nl"')
    if not _TAG.fullmatch(tag):
        raise Wrong('a language tag such as "nl" or "nl-BE"')
    return tag


def matching(pattern: re.Pattern[str], what: str) -> Reader:
    """Make a reader of a text that a pattern fits whole."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Wrong(what)
        return value

    return read


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made the book; `role` is a MARC relator code."""

    name: str = setting(text, "the name as it is shown")
    role: str = setting(matching(_ROLE, 'a MARC role such as "aut"'), "MARC relator code", "aut")
    file_as: str = setting(text, "the name as it is filed, surname first", "")
    organisation: str = setting(text, "the organisation spoken for", "")
    country: str = setting(text, "the country", "")


@dataclass(frozen=True, slots=True)
class Series:
    """The series that the book belongs to, and its number there."""

    name: str = setting(text, "the name of the series")
    number: int | None = setting(whole(1, 100000), "the book's number in the series", None)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """An ISBN for each edition that has one."""

    epub: str = setting(isbn, "ISBN of the EPUB", "")
    print: str = setting(isbn, "ISBN of the printed book", "")


@dataclass(frozen=True, slots=True)
class Responsible:
    """The responsible publisher (in Belgium the “V.U.”), whom the law wants named."""

    name: str = setting(text, "name")
    address: str = setting(text, "address")


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of the inside: grams per square metre and bulk (cm³/g, ISO 534)."""

    grams: float = setting(number(30, 600), "weight in g/m²", 100.0)
    bulk: float = setting(number(0.5, 3), "bulk in cm³/g", 1.2)


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """The printed book."""

    trim: tuple[float, float] = setting(size, "size after trimming", SIZES["A5"])
    bleed: float = setting(length(20), "ink beyond the trim", 3.0)
    paper: Paper = setting(Nested(Paper), "paper of the inside", Paper())
    binding: str = setting(choice("saddle-stitch", "perfect"), "how it is bound", "saddle-stitch")
    columns: int = setting(whole(1, 3), "columns of text on a page", 1)
    cover: str = setting(
        choice("self", "separate"), "cover on the first and last page, or apart", "self"
    )
    chapters: str = setting(
        choice("run-on", "page", "recto"), "where a chapter begins unless it says so", "page"
    )


@dataclass(frozen=True, slots=True)
class EpubSettings:
    """The e-book."""

    contents_depth: int = setting(whole(1, 6), "levels of heading in the contents", 2)


@dataclass(frozen=True, slots=True)
class BookletSettings:
    """The imposed sheets for an office duplex printer."""

    sheet: tuple[float, float] = setting(
        size, "the sheet of paper; else the smallest of A4 to A2 that holds two pages", SIZES["A4"]
    )
    flip: str = setting(choice("short", "long"), "the edge over which the printer turns", "short")
    fit: str = setting(
        choice("actual", "printable"), "at 100%, or shrunk into what can be printed", "actual"
    )
    margin: float = setting(length(30), "the edge that the printer cannot print", 5.0)


@dataclass(frozen=True, slots=True)
class CoverSettings:
    """The front cover."""

    photo: str = setting(text, "id of the cover's picture in captions.toml", "")


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `book.toml`."""

    title: str = setting(text, "the book's title")
    subtitle: str = setting(text, "subtitle", "")
    slug: str = setting(
        matching(_SLUG, "lower-case letters, figures and hyphens"), "name of the files made", ""
    )
    language: str = setting(language_tag, "language tag (BCP 47)", "nl")
    contributors: tuple[Contributor, ...] = setting(
        Nested(Contributor, many=True), "who made it", (), name="contributor"
    )
    publisher: str = setting(text, "publisher", "")
    place: str = setting(text, "place of publication", "")
    date: str = setting(date_text, "date of publication", "")
    modified: datetime.datetime = setting(
        moment, "when the book last changed", datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    )
    edition: str = setting(text, "edition", "")
    rights: str = setting(text, "rights", "")
    description: str = setting(text, "what the book is about", "")
    subjects: tuple[str, ...] = setting(texts, "subjects", ())
    nur: int | None = setting(whole(100, 999), "NUR code", None)
    series: Series | None = setting(Nested(Series), "series", None)
    deposit: str = setting(text, "legal deposit number", "")
    responsible: Responsible | None = setting(Nested(Responsible), "responsible publisher", None)
    identifiers: Identifiers = setting(Nested(Identifiers), "ISBNs", Identifiers())
    running_order: tuple[str, ...] = setting(texts, "chapter files in their order", ())
    allow_html: bool = setting(flag, "whether HTML in a chapter is let through, cleaned", False)
    print: PrintSettings = setting(Nested(PrintSettings), "the printed book", PrintSettings())
    epub: EpubSettings = setting(Nested(EpubSettings), "the e-book", EpubSettings())
    booklet: BookletSettings = setting(Nested(BookletSettings), "the sheets", BookletSettings())
    cover: CoverSettings = setting(Nested(CoverSettings), "the cover", CoverSettings())

    def identifier(self, edition: str) -> str:
        """Return the URN of an edition ("epub" or "print"): its ISBN, else a uuid5."""
        number = getattr(self.identifiers, edition)
        if number:
            return f"urn:isbn:{number}"
        names = "|".join(one.name for one in self.contributors)
        return uuid.uuid5(_NAMESPACE, f"{edition}|{self.slug}|{self.title}|{names}").urn


def sheet_for(trim: tuple[float, float]) -> tuple[float, float]:
    """Return the smallest of A4, A3 and A2 on which two pages of a trim lie side by side, in mm."""
    short, long = sorted((2 * trim[0], trim[1]))
    sheets = (SIZES[name] for name in ("A4", "A3", "A2"))
    fitting = (sheet for sheet in sheets if sheet[0] >= short and sheet[1] >= long)
    return next(fitting, SIZES["A2"])


def slug_of(title: str) -> str:
    """Return a title as lower-case ASCII words joined by hyphens; "book" where none is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:60].strip("-") or "book"


def read_settings(source: SourceFile) -> tuple[Settings | None, list[Problem]]:
    """Read `book.toml`; SOURCE_DATE_EPOCH, where it is set, takes the place of `modified`."""
    document, problems = read_toml(source)
    if document is None:
        return None, problems
    settings, problems = read_table(document, (), document.values, Settings)
    if settings is None:
        return None, problems
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"[0-9]{1,11}", epoch):
        stamp = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        settings = dataclasses.replace(settings, modified=stamp)
    elif epoch:
        problems.append(problem("S104", None, value=epoch))
    elif "modified" not in document.values:
        problems.append(problem("S105", document.whole))
    if "sheet" not in document.values.get("booklet", {}):
        booklet = dataclasses.replace(settings.booklet, sheet=sheet_for(settings.print.trim))
        settings = dataclasses.replace(settings, booklet=booklet)
    return dataclasses.replace(settings, slug=settings.slug or slug_of(settings.title)), problems
