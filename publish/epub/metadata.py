"""What an e-book says of itself: the metadata of its package document, as rows.

In: the `Book` of the EPUB edition and what is known of the access that its documents give. Out:
`Row`s of the package document (EPUB 3.3, “Metadata section”). That the book conforms to a standard
is said where its settings tell who signed for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from publish.book.model import Book
from publish.epub.access import Access, claims_of
from publish.epub.page_list import PageList
from publish.ground.wording import wording
from publish.settings.book_toml import Accessibility, Contributor, Series, Settings, TextMining
from publish.text.composition import set_text

CREATORS = frozenset({"aut"})
"""The MARC roles of who made the work itself; all others contributed to it."""
LEGAL_DEPOSIT = "17"
"""A legal deposit number among the types of identifier (ONIX code list 5)."""
_NONE: Mapping[str, str] = MappingProxyType({})


class Row(NamedTuple):
    """One element of the metadata: `dc:…`, `meta` or `link`, its text, its attributes."""

    name: str
    value: str
    attributes: Mapping[str, str] = _NONE


def metadata(
    book: Book, known: Access, pages: PageList | None = None, signed: bool = True
) -> list[Row]:
    """Return the rows of the metadata, the identifier and the last change left out.

    `signed` is false for an edition that nobody has examined, such as an extract.
    """
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
    if pages:
        rows.append(Row("dc:source", pages.source, {"id": "pages-of"}))
        # How EPUB Accessibility 1.0 said what the property after it says.
        rows.append(_refined("pages-of", "source-of", "pagination"))
        rows.append(Row("meta", pages.source, {"property": "pageBreakSource"}))
    elif settings.identifiers.print:
        rows.append(Row("dc:source", f"urn:isbn:{settings.identifiers.print}"))
    if settings.series:
        rows += _series(settings.series)
    claims = claims_of(known, wording(settings.language))
    rows += [Row("meta", value, {"property": f"schema:{name}"}) for name, value in claims]
    if settings.accessibility and signed:
        rows += _signature(settings.accessibility)
    if settings.text_mining:
        rows += _mining(settings.text_mining)
    return rows


def _signature(signed: Accessibility) -> Iterator[Row]:
    """Yield who says that the book conforms, and when (EPUB Accessibility 1.1, “Reporting”)."""
    yield Row("meta", signed.conforms_to, {"property": "dcterms:conformsTo", "id": "conformance"})
    certifier = {"id": "certifier", "refines": "#conformance", "property": "a11y:certifiedBy"}
    yield Row("meta", signed.certified_by, certifier)
    yield _refined("certifier", "dcterms:date", signed.date)
    if signed.credential:
        yield _refined("certifier", "a11y:certifierCredential", signed.credential)
    if signed.report:
        report = {"refines": "#certifier", "rel": "a11y:certifierReport", "href": signed.report}
        yield Row("link", "", report)


def _mining(mining: TextMining) -> Iterator[Row]:
    """Yield whether the right to mine the text is reserved (TDM Reservation Protocol, “EPUB”)."""
    yield Row("meta", "1" if mining.reserved else "0", {"property": "tdm:reservation"})
    if mining.policy:
        yield Row("meta", mining.policy, {"property": "tdm:policy"})


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
