"""What the book trade is told of a book: a record of each edition, ONIX for Books 3.0.

In: the `Book` of the EPUB edition and what was made of it. Out: an ONIX message with reference
tags, one product for the e-book and one for the printed book, which name each other. What book.toml
does not tell is left out, rights and prices above all; of its accessibility a record says what the
e-book says itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lxml import etree

from publish.book.model import Book
from publish.pictures.photos import Asset
from publish.settings.book_toml import UNDATED, Price, Settings
from publish.trade.onix_detail import (
    NAMESPACE,
    Element,
    Facts,
    as_set,
    described,
    element,
    qualified,
)

EDITIONS = ("epub", "print")


def onix_message(book: Book, facts: Facts) -> bytes:
    """Return the ONIX message of a book; `book` is the one of the EPUB edition."""
    settings = book.settings
    sent = settings.modified.strftime("%Y%m%dT%H%M%SZ")
    message = etree.Element(qualified("ONIXMessage"), {"release": "3.0"}, nsmap={None: NAMESPACE})
    sender = settings.publisher or _makers(settings) or settings.title
    message.append(
        element(
            "Header",
            element("Sender", element("SenderName", sender)),
            element("SentDateTime", sent),
        )
    )
    message.extend(_product(book, edition, facts) for edition in EDITIONS)
    etree.indent(message)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + bytes(etree.tostring(message, encoding="UTF-8")) + b"\n"


def _makers(settings: Settings) -> str:
    return ", ".join(one.name for one in settings.contributors if one.role == "aut")


def _published(settings: Settings) -> bool | None:
    """Tell whether the book was out when it last changed; None where book.toml does not tell."""
    if not settings.date or settings.modified == UNDATED:
        return None
    return settings.date <= settings.modified.isoformat()[: len(settings.date)]


NOTIFICATIONS = {True: "03", False: "02", None: "02"}
"""List 1: confirmed on publication; before that, or before it is known, an advance notification."""
STATUSES = {True: "04", False: "02", None: "09"}
"""List 64: active, forthcoming, unknown."""
AVAILABILITIES = {True: "20", False: "10", None: "99"}
"""List 65: available, not yet available, not known to the sender."""


def _product(book: Book, edition: str, facts: Facts) -> Element:
    settings = book.settings
    parts = [
        element("RecordReference", settings.identifier(edition)),
        element("NotificationType", NOTIFICATIONS[_published(settings)]),
        *_identifiers(settings, edition),
        element("DescriptiveDetail", *described(book, edition, facts)),
        element("CollateralDetail", *_collateral(settings, facts.cover)),
        *_publishing(settings),
        element("RelatedMaterial", _related(settings, edition)),
        *_supply(settings, edition),
    ]
    return element("Product", *parts)


def _identifiers(settings: Settings, edition: str) -> Iterator[Element]:
    """Yield the identifiers of an edition (list 5): GTIN-13 and ISBN-13, else the URN."""
    urn = settings.identifier(edition)
    number = urn.removeprefix("urn:isbn:")
    numbers = (("03", number), ("15", number)) if number != urn else (("22", urn),)
    for kind, value in numbers:
        yield element(
            "ProductIdentifier", element("ProductIDType", kind), element("IDValue", value)
        )


# The other blocks -------------------------------------------------------------------------------


def _collateral(settings: Settings, cover: Asset) -> Iterator[Element]:
    """Yield the description (list 153) and the front cover, which goes along as a file."""
    if settings.description:
        text = element("Text", as_set(settings, settings.description), textformat="06")
        yield element(
            "TextContent", element("TextType", "03"), element("ContentAudience", "00"), text
        )
    sha256 = hashlib.sha256(cover.data).hexdigest()
    features = [
        ("01", "D502"),
        ("02", str(cover.height_px)),
        ("03", str(cover.width_px)),
        ("08", sha256),
    ]
    version = element(
        "ResourceVersion",
        element("ResourceForm", "02"),
        *(
            element(
                "ResourceVersionFeature",
                element("ResourceVersionFeatureType", kind),
                element("FeatureValue", value),
            )
            for kind, value in features
        ),
        element("ResourceLink", cover.name),
    )
    kinds = (("ResourceContentType", "01"), ("ContentAudience", "00"), ("ResourceMode", "03"))
    yield element("SupportingResource", *(element(tag, code) for tag, code in kinds), version)


def _publishing(settings: Settings) -> Iterator[Element]:
    if not settings.publisher:
        return
    publisher = element("PublisherName", settings.publisher)
    parts = [element("Publisher", element("PublishingRole", "01"), publisher)]
    if settings.place:
        parts.append(element("CityOfPublication", settings.place))
    parts.append(element("PublishingStatus", STATUSES[_published(settings)]))
    if settings.date:
        parts.append(
            element("PublishingDate", element("PublishingDateRole", "01"), _date(settings.date))
        )
    if settings.sales:
        rights = "01" if settings.sales.exclusive else "02"
        parts.append(
            element(
                "SalesRights",
                element("SalesRightsType", rights),
                _territory(settings.sales.territory),
            )
        )
    yield element("PublishingDetail", *parts)


def _date(date: str) -> Element:
    """Return a date with its form (list 55), told by its length."""
    figures = date.replace("-", "")
    return element("Date", figures, dateformat={4: "05", 6: "01", 8: "00"}[len(figures)])


def _territory(written: str) -> Element:
    tag = "RegionsIncluded" if written == "WORLD" else "CountriesIncluded"
    return element("Territory", element(tag, written))


def _related(settings: Settings, edition: str) -> Element:
    """Return the other edition (list 51): another format, which the e-book was made after."""
    other, relation = ("print", "13") if edition == "epub" else ("epub", "27")
    relations = (element("ProductRelationCode", code) for code in ("06", relation))
    return element("RelatedProduct", *relations, *_identifiers(settings, other))


def _supply(settings: Settings, edition: str) -> Iterator[Element]:
    """Yield the prices that are given for an edition; the publisher supplies it."""
    prices = [_price(one) for one in settings.prices if one.edition == edition]
    if not prices:
        return
    name = settings.publisher or _makers(settings) or settings.title
    supplier = element("Supplier", element("SupplierRole", "01"), element("SupplierName", name))
    published = _published(settings)
    available = [element("ProductAvailability", AVAILABILITIES[published])]
    if published is False:
        available.append(
            element("SupplyDate", element("SupplyDateRole", "08"), _date(settings.date))
        )
    yield element("ProductSupply", element("SupplyDetail", supplier, *available, *prices))


def _price(one: Price) -> Element:
    amount = element("PriceAmount", f"{one.amount:.2f}")
    parts = [amount if one.amount else element("UnpricedItemType", "01")]
    if one.amount:
        parts.append(element("CurrencyCode", one.currency))
    if one.territory:
        parts.append(_territory(one.territory))
    return element("Price", element("PriceType", one.type), *parts)
