"""`book.toml` as frozen data: metadata, editions, trim, paper, identifiers.

In: the book's folder. Out: `Settings` and problems S1xx. Lengths are millimetres. Identifiers
follow ISO 2108 (ISBN-13 check digit) and RFC 9562 (uuid5, for a book without one).
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import re
import uuid
from dataclasses import dataclass

from publish.ground.filenames import slug_of
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile
from publish.settings.booklet import BookletSettings, check_booklet, completed
from publish.settings.cover import CoverSettings, check_cover
from publish.settings.layout import LayoutSettings
from publish.settings.limits import USUAL, LimitSettings
from publish.settings.printing import PrintSettings, check_print
from publish.settings.prose import ProseSettings
from publish.settings.schema import (
    Nested,
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
from publish.settings.toml import TomlDocument, read_toml
from publish.settings.values import (
    Isbn,
    codes,
    date_text,
    day,
    file_in,
    isbn,
    language_tag,
    matching,
    moment,
    web_address,
)

CONFORMANCE = tuple(
    f"EPUB Accessibility 1.1 - WCAG 2.{minor} Level {level}"
    for minor in (0, 1, 2)
    for level in ("A", "AA", "AAA")
)
_ROLE = re.compile(r"[a-z]{3}")
_SLUG = re.compile(r"(?=.{1,100}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
FONT_SUFFIXES = (".otf", ".ttf", ".woff", ".woff2")
_THEMA = re.compile(r"[A-Z][A-Z0-9]*|[1-6][A-Z0-9-]+")
_TERRITORY = re.compile(r"WORLD|[A-Z]{2}( [A-Z]{2})*")
_territory = matching(_TERRITORY, 'countries such as "NL BE" (ISO 3166-1), or "WORLD"')
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:katern:book")


UNDATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""What stands for the moment of a book's last change where book.toml does not tell it (S105)."""


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

    epub: Isbn = setting(isbn, "ISBN of the EPUB", Isbn())
    print: Isbn = setting(isbn, "ISBN of the printed book", Isbn())


@dataclass(frozen=True, slots=True)
class Responsible:
    """The responsible publisher (in Belgium the “V.U.”), whom the law wants named."""

    name: str = setting(text, "name")
    address: str = setting(text, "address")


@dataclass(frozen=True, slots=True)
class Sales:
    """Where the publisher may sell the book."""

    territory: str = setting(_territory, 'countries such as "NL BE", or "WORLD"')
    exclusive: bool = setting(flag, "whether nobody else may sell it there", True)


@dataclass(frozen=True, slots=True)
class Price:
    """What an edition costs; `type` is a code of ONIX list 58."""

    edition: str = setting(choice("epub", "print"), "the edition that costs it")
    amount: float = setting(number(0, 100000), "the amount; 0 is free of charge")
    currency: str = setting(
        matching(re.compile(r"[A-Z]{3}"), 'a currency such as "EUR" (ISO 4217)'), "currency", "EUR"
    )
    type: str = setting(
        choice("01", "02", "03", "04"), "recommended or fixed, without or with tax", "02"
    )
    territory: str = setting(_territory, "where it costs that", "")


INKS = ("colour", "grey", "duotone")
"""How a picture is printed: in its colours, in greys, or in tints of black and the red."""


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """What holds for all pictures of the book."""

    credits: str = setting(
        choice("picture", "colophon"), "under each picture, or gathered in the colophon", "picture"
    )
    ink: str = setting(choice(*INKS), "the inks of photos that captions.toml gives none", "colour")


@dataclass(frozen=True, slots=True)
class EpubSettings:
    """The e-book."""

    contents_depth: int = setting(whole(1, 6), "levels of heading in the contents", 2)
    page_list: bool = setting(flag, "whether the pages of the print edition are marked", True)
    extract: int = setting(whole(1, 1000), "how many chapters the extract holds", 2)


def font_files(value: object) -> tuple[str, ...]:
    """Read the names of font files in fonts/."""
    names = expect(list, value, 'a list of files in fonts/, ["Name-Regular.ttf"]')
    return tuple(map(file_in("fonts", FONT_SUFFIXES), names))


@dataclass(frozen=True, slots=True)
class FontSettings:
    """The fonts that the book brings."""

    files: tuple[str, ...] = setting(
        font_files, "files in fonts/ that stand in for what the book's type lacks, in order", ()
    )


@dataclass(frozen=True, slots=True)
class Accessibility:
    """Who says that the e-book conforms to EPUB Accessibility 1.1, at which level, and when."""

    conforms_to: str = setting(choice(*CONFORMANCE), "the standard that it conforms to")
    certified_by: str = setting(text, "who examined it and says so")
    date: str = setting(day, "when it was examined")
    credential: str = setting(text, "what entitles them to say so", "")
    report: str = setting(web_address, "where their report can be read", "")


@dataclass(frozen=True, slots=True)
class TextMining:
    """Whether the right to text and data mining is reserved (TDM Reservation Protocol)."""

    reserved: bool = setting(flag, "whether it is reserved")
    policy: str = setting(web_address, "where the terms can be read", "")


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `book.toml`."""

    title: str = setting(text, "the book's title")
    subtitle: str = setting(text, "subtitle", "")
    slug: str = setting(
        matching(_SLUG, "lower-case letters, figures and hyphens, 100 at the most"),
        "name of the files made",
        "",
    )
    language: str = setting(language_tag, "language tag (BCP 47)", "nl")
    contributors: tuple[Contributor, ...] = setting(
        Nested(Contributor, many=True), "who made it", (), name="contributor"
    )
    publisher: str = setting(text, "publisher", "")
    place: str = setting(text, "place of publication", "")
    date: str = setting(date_text, "date of publication", "")
    modified: datetime.datetime = setting(moment, "when the book last changed", UNDATED)
    edition: str = setting(text, "edition", "")
    rights: str = setting(text, "rights", "")
    description: str = setting(text, "what the book is about", "")
    subjects: tuple[str, ...] = setting(texts, "subjects", ())
    nur: int | None = setting(whole(100, 999), "NUR code", None)
    thema: tuple[str, ...] = setting(codes(_THEMA, "Thema codes"), "Thema codes", ())
    series: Series | None = setting(Nested(Series), "series", None)
    deposit: str = setting(text, "legal deposit number", "")
    responsible: Responsible | None = setting(Nested(Responsible), "responsible publisher", None)
    identifiers: Identifiers = setting(Nested(Identifiers), "ISBNs", Identifiers())
    sales: Sales | None = setting(Nested(Sales), "where it may be sold", None)
    prices: tuple[Price, ...] = setting(
        Nested(Price, many=True), "what the editions cost", (), name="price"
    )
    running_order: tuple[str, ...] = setting(texts, "chapter files in their order", ())
    allow_html: bool = setting(flag, "whether HTML in a chapter is let through, cleaned", False)
    print: PrintSettings = setting(Nested(PrintSettings), "the printed book", PrintSettings())
    epub: EpubSettings = setting(Nested(EpubSettings), "the e-book", EpubSettings())
    booklet: BookletSettings = setting(Nested(BookletSettings), "the sheets", BookletSettings())
    layout: LayoutSettings = setting(
        Nested(LayoutSettings), "how bad faults of the make-up are", LayoutSettings()
    )
    prose: ProseSettings = setting(
        Nested(ProseSettings), "the language, and how bad its faults are", ProseSettings()
    )
    limits: LimitSettings = setting(Nested(LimitSettings), "how much there may be of what", USUAL)
    cover: CoverSettings = setting(Nested(CoverSettings), "the cover", CoverSettings())
    accessibility: Accessibility | None = setting(
        Nested(Accessibility), "who signed for the accessibility of the e-book", None
    )
    text_mining: TextMining | None = setting(
        Nested(TextMining), "text and data mining of the e-book", None
    )
    fonts: FontSettings = setting(Nested(FontSettings), "the fonts it brings", FontSettings())
    pictures: PictureSettings = setting(
        Nested(PictureSettings), "credits and inks of its pictures", PictureSettings()
    )

    def identifier(self, edition: str) -> str:
        """Return the URN of an edition ("epub", "print", "extract"): its ISBN, else a uuid5."""
        number = getattr(self.identifiers, edition, "")
        if number:
            return f"urn:isbn:{number}"
        names = "|".join(one.name for one in self.contributors)
        return uuid.uuid5(_NAMESPACE, f"{edition}|{self.slug}|{self.title}|{names}").urn


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
    problems += _same_isbn(settings.identifiers, document)
    separate = settings.print.cover == "separate"
    problems += check_booklet(settings.booklet, document, separate)
    given = "sheet" in document.values.get("booklet", {})
    booklet = completed(settings.booklet, settings.print.trim, given)
    settings = dataclasses.replace(settings, booklet=booklet)
    problems += check_print(settings.print, document)
    sold = bool(settings.identifiers.print)
    problems += check_cover(settings.cover, settings.print, sold, document)
    return dataclasses.replace(settings, slug=settings.slug or slug_of(settings.title)), problems


def _same_isbn(numbers: Identifiers, document: TomlDocument) -> list[Problem]:
    """Report an ISBN that two editions share, at the second of them in the file."""
    if not numbers.print or numbers.print != numbers.epub:
        return []
    second = max(
        (document.value(("identifiers", key)) for key in ("epub", "print")), key=lambda at: at.start
    )
    return [problem("S112", second)]
