"""What an e-book says of itself: the metadata of its package document, as rows.

In: the `Book` of the EPUB edition and the pictures that it shows. Out: `Row`s of the package
document (EPUB 3.3, “Metadata section”; EPUB Accessibility 1.1, “Discovery metadata”). Nothing is
claimed that the book's own text and pictures do not bear out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from publish.book import Book, Figure, Photo
from publish.composition import set_text
from publish.inlines import Picture
from publish.photos import Asset
from publish.settings import Contributor, Series, Settings
from publish.structure import inlines_of
from publish.walking import walk
from publish.wording import wording

CREATORS = frozenset({"aut"})
"""The MARC roles of who made the work itself; all others contributed to it."""
LEGAL_DEPOSIT = "17"
"""A legal deposit number among the types of identifier (ONIX code list 5)."""
_NONE: Mapping[str, str] = MappingProxyType({})


class Row(NamedTuple):
    """One element of the metadata: `dc:…` or `meta`, its text, its attributes."""

    name: str
    value: str
    attributes: Mapping[str, str] = _NONE


@dataclass(frozen=True, slots=True)
class Access:
    """What can be said of the accessibility of a book's pictures."""

    pictures: bool
    all_described: bool
    long: bool


def metadata(book: Book, pictures: Mapping[str, Asset]) -> list[Row]:
    """Return the rows of the metadata, the identifier and the last change left out."""
    settings = book.settings
    rows = [*_titles(settings), Row("dc:language", settings.language)]
    for number, one in enumerate(settings.contributors, 1):
        rows += _contributor(one, number)
    plain = (
        ("dc:publisher", settings.publisher),
        ("dc:date", settings.date),
        ("dc:rights", settings.rights),
        ("dc:description", " ".join(set_text(settings.description, settings.language).split())),
    )
    rows += [Row(name, value) for name, value in plain if value]
    rows += [Row("dc:subject", subject) for subject in settings.subjects]
    if settings.nur:
        # NUR is not among the authorities that the standard names, so it says so itself.
        rows.append(Row("dc:subject", f"NUR {settings.nur}"))
    if settings.edition:
        edition = set_text(settings.edition, settings.language)
        rows.append(Row("meta", edition, {"property": "schema:bookEdition"}))
    if settings.deposit:
        rows.append(Row("dc:identifier", settings.deposit, {"id": "deposit"}))
        rows.append(_refined("deposit", "identifier-type", LEGAL_DEPOSIT, scheme="onix:codelist5"))
    if settings.identifiers.print:
        rows.append(Row("dc:source", f"urn:isbn:{settings.identifiers.print}"))
    if settings.series:
        rows += _series(settings.series)
    return rows + _accessibility(settings.language, access(book, pictures))


def _titles(settings: Settings) -> Iterator[Row]:
    titles = [("main", settings.title)]
    if settings.subtitle:
        titles.append(("subtitle", settings.subtitle))
    for number, (kind, words) in enumerate(titles, 1):
        name = f"title-{number}"
        yield Row("dc:title", set_text(words, settings.language), {"id": name})
        yield _refined(name, "title-type", kind)
        yield _refined(name, "display-seq", str(number))


def _contributor(one: Contributor, number: int) -> Iterator[Row]:
    name = f"contributor-{number}"
    yield Row("dc:creator" if one.role in CREATORS else "dc:contributor", one.name, {"id": name})
    yield _refined(name, "role", one.role, scheme="marc:relators")
    if one.file_as:
        yield _refined(name, "file-as", one.file_as)
    if one.organisation:
        yield _refined(name, "schema:affiliation", one.organisation)
    yield _refined(name, "display-seq", str(number))


def _series(series: Series) -> Iterator[Row]:
    yield Row("meta", series.name, {"property": "belongs-to-collection", "id": "series"})
    yield _refined("series", "collection-type", "series")
    if series.number is not None:
        yield _refined("series", "group-position", str(series.number))


def _refined(name: str, what: str, value: str, **more: str) -> Row:
    return Row("meta", value, {"refines": f"#{name}", "property": what, **more})


def access(book: Book, pictures: Mapping[str, Asset]) -> Access:
    """Find out what is true of the pictures that a book shows."""
    shown = [(photo, alt) for photo, alt in _shown(book) if photo.id in pictures]
    telling = [(photo, alt) for photo, alt in shown if not photo.decorative]
    return Access(
        pictures=bool(telling),
        all_described=all(alt or photo.alt for photo, alt in telling),
        long=any(photo.long for photo, _ in telling),
    )


def _shown(book: Book) -> Iterator[tuple[Photo, str]]:
    """Yield each photo that a book shows, with the alt text that stands where it is placed."""
    for chapter in book.chapters:
        blocks = [*chapter.blocks, *(block for note in chapter.notes for block in note.blocks)]
        for block in walk(blocks):
            if isinstance(block, Figure):
                yield book.photos[block.photo], block.alt
        for _, inline in inlines_of(chapter):
            if isinstance(inline, Picture):
                yield book.photos[inline.photo], inline.alt


def _accessibility(language: str, known: Access) -> list[Row]:
    words = wording(language)
    pictures, described = known.pictures, known.pictures and known.all_described
    rows = (
        ("accessMode", "textual", True),
        ("accessMode", "visual", pictures),
        ("accessModeSufficient", "textual", known.all_described),
        ("accessModeSufficient", "textual,visual", pictures),
        ("accessibilityFeature", "tableOfContents", True),
        ("accessibilityFeature", "readingOrder", True),
        ("accessibilityFeature", "structuralNavigation", True),
        ("accessibilityFeature", "alternativeText", described),
        ("accessibilityFeature", "longDescription", known.long),
        ("accessibilityHazard", "none", True),
    )
    summary = [
        words.access_text,
        words.access_alt if described else words.access_no_alt if pictures else "",
        words.access_long if known.long else "",
    ]
    text = " ".join(sentence for sentence in summary if sentence)
    true = [(name, value) for name, value, is_true in rows if is_true]
    return [
        Row("meta", value, {"property": f"schema:{name}"})
        for name, value in (*true, ("accessibilitySummary", text))
    ]
