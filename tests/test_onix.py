"""The ONIX record: valid against the schema and its code lists, and true of the book."""

from __future__ import annotations

import datetime
import hashlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from onixcheck import schema
from pikepdf import Pdf
from readback import read_epub

from publish.book.model import Book
from publish.building.build import build
from publish.ground.problems import has_errors
from publish.pictures.photos import Asset
from publish.settings.book_toml import CONFORMANCE, UNDATED, Price, Settings
from publish.trade import onix_codes as codes
from publish.trade.onix import onix_message
from publish.trade.onix_detail import Facts, _conformance

BOOKS = Path(__file__).parent / "books"
BASE = Path(__file__).parent / "cases" / "base"
NAMESPACE = {"o": "http://ns.editeur.org/onix/3.0/reference"}
LISTS = Path(schema.O30_XSD_REFERENCE).with_name("ONIX_BookProduct_CodeLists.xsd")
TRADE = """
publisher = "Uitgeverij De Dijk"
thema = ["NHD", "1DDN-NL-AB", "3MP"]
date = 2026-09-01
[[contributor]]
name = "het dijkbestuur"
role = "trl"
[[contributor]]
name = "de zetter"
role = "prt"
[sales]
territory = "NL BE"
exclusive = false
[[price]]
edition = "epub"
amount = 4.5
territory = "NL BE"
[[price]]
edition = "epub"
amount = 0
territory = "WORLD"
[[price]]
edition = "print"
amount = 12
type = "04"
"""


@pytest.fixture(scope="session")
def rules() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(schema.O30_XSD_REFERENCE))


@pytest.fixture(scope="session")
def lists() -> dict[str, set[str]]:
    """Return the codes of each list by its number."""
    xsd = "{http://www.w3.org/2001/XMLSchema}"
    return {
        one.get("name", "").removeprefix("List"): {
            str(code.get("value")) for code in one.iter(f"{xsd}enumeration")
        }
        for one in etree.parse(LISTS).iter(f"{xsd}simpleType")
    }


def texts(element: etree._Element, path: str) -> list[str]:
    """Return the texts of the elements at a path such as `DescriptiveDetail/Language`."""
    steps = "/".join(f"o:{step}" for step in path.split("/"))
    return [str(one.text) for one in element.iterfind(steps, NAMESPACE)]


def records(file: Path) -> tuple[etree._Element, etree._Element]:
    """Return the record of the e-book and that of the printed book."""
    ebook, printed = etree.parse(file).getroot().iterfind("o:Product", NAMESPACE)
    return ebook, printed


def made(folder: Path, out: Path, settings: str = "") -> Path:
    """Build the record of the base book with some more settings."""
    shutil.copytree(BASE, folder)
    with (folder / "book.toml").open("a") as file:
        file.write(settings)
    built = build(folder, out, ("onix",))
    assert not has_errors(built.problems), [str(one) for one in built.problems]
    (path,) = built.made
    return path


# Valid --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["complete", "minimal"])
def test_it_is_valid(name: str, rules: etree.XMLSchema, request: pytest.FixtureRequest) -> None:
    tree = etree.parse(request.getfixturevalue(name)["onix"])
    rules.validate(tree)
    assert [str(one) for one in rules.error_log] == []


def test_it_is_valid_with_rights_and_prices(rules: etree.XMLSchema, tmp_path: Path) -> None:
    tree = etree.parse(made(tmp_path / "book", tmp_path / "out", TRADE))
    rules.validate(tree)
    assert [str(one) for one in rules.error_log] == []


def test_the_schema_would_see_a_wrong_code(
    complete: dict[str, Path], rules: etree.XMLSchema
) -> None:
    data = complete["onix"].read_bytes()
    for old, new in ((b">A01<", b">A0X<"), (b">dut<", b">nld<"), (b">101F<", b"><")):
        assert old in data
        assert not rules.validate(etree.fromstring(data.replace(old, new)))


TABLES: dict[str, Iterable[str]] = {
    "17": [*codes.ROLES.values(), codes.OTHER_ROLE],
    "74": [*codes.LANGUAGES.values(), codes.NO_LANGUAGE],
    "150": [form for form, _ in codes.BINDINGS.values()],
    "175": [detail for _, detail in codes.BINDINGS.values()],
    "196": [*codes.FEATURES.values(), *codes.CONFORMANCE.values()],
    "27": codes.THEMA.values(),
    "220": ["101F"],
}


@pytest.mark.parametrize("number", TABLES)
def test_each_code_stands_in_its_list(number: str, lists: dict[str, set[str]]) -> None:
    assert set(TABLES[number]) <= lists[number]


# True ---------------------------------------------------------------------------------------------


def test_the_two_editions_name_each_other(complete: dict[str, Path]) -> None:
    numbers = [["9780000000002"] * 2, ["9780000000019"] * 2]
    for record, own, other, relation in zip(
        records(complete["onix"]), numbers, reversed(numbers), ("13", "27"), strict=True
    ):
        assert texts(record, "RecordReference") == [f"urn:isbn:{own[0]}"]
        assert texts(record, "ProductIdentifier/ProductIDType") == ["03", "15"]
        assert texts(record, "ProductIdentifier/IDValue") == own
        related = "RelatedMaterial/RelatedProduct"
        assert texts(record, f"{related}/ProductIdentifier/IDValue") == other
        assert texts(record, f"{related}/ProductRelationCode") == ["06", relation]


def test_a_book_without_an_isbn_has_its_urn(minimal: dict[str, Path]) -> None:
    (own,) = read_epub(minimal["epub"].read_bytes()).meta("dc:identifier")
    ebook, _ = records(minimal["onix"])
    assert texts(ebook, "ProductIdentifier/ProductIDType") == ["22"]
    assert texts(ebook, "ProductIdentifier/IDValue") == [own]


def test_what_the_book_is(complete: dict[str, Path]) -> None:
    ebook, printed = records(complete["onix"])
    detail = "DescriptiveDetail"
    assert texts(ebook, f"{detail}/ProductForm") == ["ED"]
    assert texts(ebook, f"{detail}/ProductFormDetail") == ["E101", "E200"]
    assert texts(printed, f"{detail}/ProductForm") == ["BF"]
    assert texts(printed, f"{detail}/ProductFormDetail") == ["B310"]
    assert texts(printed, f"{detail}/Measure/Measurement") == ["210", "148"]
    for record in (ebook, printed):
        title = f"{detail}/TitleDetail/TitleElement"
        assert texts(record, f"{title}/TitleText") == ["Waar de beek bleef"]
        assert texts(record, f"{title}/Subtitle") == ["Een wandeling langs ‘verdwenen’ water"]
        assert texts(record, f"{detail}/Contributor/ContributorRole") == ["A01", "B01", "A12"]
        assert texts(record, f"{detail}/Contributor/PersonNameInverted") == ["Waterlijn, werkgroep"]
        assert texts(record, f"{detail}/Language/LanguageCode") == ["dut"]
        assert texts(record, f"{detail}/Subject/SubjectSchemeIdentifier") == ["32", "20"]
        assert texts(record, f"{detail}/Subject/SubjectCode") == ["693"]
        series = f"{detail}/Collection/TitleDetail/TitleElement"
        assert texts(record, f"{series}/PartNumber") == ["3"]
        assert texts(record, f"{series}/TitleText") == ["Kleine wandelingen"]
        assert texts(record, "PublishingDetail/PublishingDate/Date") == ["20260504"]
        # Nothing is given of these, so nothing is said.
        assert texts(record, "PublishingDetail/SalesRights/SalesRightsType") == []
        assert texts(record, "ProductSupply/SupplyDetail/ProductAvailability") == []


def test_how_long_it_is(complete: dict[str, Path]) -> None:
    ebook, printed = records(complete["onix"])
    with Pdf.open(complete["print"]) as document:
        pages = str(len(document.pages))
    kilobytes = str(round(complete["epub"].stat().st_size / 1000))
    extent = "DescriptiveDetail/Extent"
    assert texts(printed, f"{extent}/ExtentType") == ["11", "06"]
    assert texts(printed, f"{extent}/ExtentValue")[1] == pages
    assert texts(ebook, f"{extent}/ExtentType") == ["08", "22"]
    assert texts(ebook, f"{extent}/ExtentValue") == [
        texts(printed, f"{extent}/ExtentValue")[0],
        kilobytes,
    ]


def test_the_cover_that_goes_along(complete: dict[str, Path]) -> None:
    ebook, _ = records(complete["onix"])
    version = "CollateralDetail/SupportingResource/ResourceVersion"
    sha256 = hashlib.sha256(complete["cover"].read_bytes()).hexdigest()
    assert texts(ebook, f"{version}/ResourceLink") == [complete["cover"].name]
    values = texts(ebook, f"{version}/ResourceVersionFeature/FeatureValue")
    assert values == ["D502", "2560", "1600", sha256]


def accessibility(record: etree._Element) -> set[str]:
    path = "DescriptiveDetail/ProductFormFeature"
    kinds = texts(record, f"{path}/ProductFormFeatureType")
    values = texts(record, f"{path}/ProductFormFeatureValue")
    return {value for kind, value in zip(kinds, values, strict=True) if kind == "09"}


def test_of_accessibility_it_says_what_the_ebook_says(complete: dict[str, Path]) -> None:
    ebook, printed = records(complete["onix"])
    said = read_epub(complete["epub"].read_bytes())
    features = set(said.meta("schema:accessibilityFeature"))
    assert {"readingOrder", "alternativeText", "pageBreakMarkers"} <= features
    known = {codes.FEATURES[one] for one in features if one in codes.FEATURES}
    assert "textual" in said.meta("schema:accessModeSufficient")
    # A chapter stands outside the contents, so that they do not lead to everything.
    claims = " ".join(said.meta("dcterms:conformsTo"))
    conformance = {"04"} if "EPUB Accessibility 1.1" in claims else set()
    got = accessibility(ebook)
    assert got - set(codes.CONFORMANCE.values()) == (known - {"11"}) | {"00", "52"}
    assert conformance <= got
    (summary,) = texts(ebook, "DescriptiveDetail/ProductFormFeature/ProductFormFeatureDescription")
    assert [summary] == said.meta("schema:accessibilitySummary")
    assert accessibility(printed) == set()


def test_contents_that_list_every_heading_are_said_to(minimal: dict[str, Path]) -> None:
    assert "11" in accessibility(records(minimal["onix"])[0])


def test_rights_prices_and_subjects_that_are_given(tmp_path: Path) -> None:
    ebook, printed = records(made(tmp_path / "book", tmp_path / "out", TRADE))
    subject = "DescriptiveDetail/Subject"
    assert texts(ebook, f"{subject}/SubjectSchemeIdentifier") == ["93", "94", "96"]
    assert texts(ebook, f"{subject}/SubjectCode") == ["NHD", "1DDN-NL-AB", "3MP"]
    # A printer has no role of his own among the contributors.
    assert texts(ebook, "DescriptiveDetail/Contributor/ContributorRole") == ["B06", "Z99"]
    rights = "PublishingDetail/SalesRights"
    assert texts(ebook, f"{rights}/SalesRightsType") == ["02"]
    assert texts(ebook, f"{rights}/Territory/CountriesIncluded") == ["NL BE"]
    price = "ProductSupply/SupplyDetail/Price"
    assert texts(ebook, f"{price}/PriceAmount") == ["4.50"]
    assert texts(ebook, f"{price}/UnpricedItemType") == ["01"]
    assert texts(ebook, f"{price}/Territory/RegionsIncluded") == ["WORLD"]
    assert texts(printed, f"{price}/PriceType") == ["04"]
    assert texts(printed, f"{price}/PriceAmount") == ["12.00"]


MARCH = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("date", "modified", "wanted"),
    [
        ("2026-02-01", MARCH, ("03", "04", "20")),
        ("2026", MARCH, ("03", "04", "20")),
        ("2026-04", MARCH, ("02", "02", "10")),
        # Without a date, or without a moment to hold it against, nothing is said to be out.
        ("", MARCH, ("02", "09", "99")),
        ("2020-02-01", UNDATED, ("02", "09", "99")),
    ],
)
def test_whether_it_is_out(
    date: str, modified: datetime.datetime, wanted: tuple[str, ...], lists: dict[str, set[str]]
) -> None:
    settings = replace(
        Settings("Proef"),
        publisher="De Dijk",
        date=date,
        modified=modified,
        prices=(Price("epub", 4.5),),
    )
    book, cover = Book(settings, ()), Asset("cover.jpg", "image/jpeg", b"", 1, 1)
    with BytesIO() as file:
        with ZipFile(file, "w") as archive:
            archive.writestr("book.opf", "<package/>")
        message = onix_message(book, Facts(file.getvalue(), (), cover))
    ebook = etree.fromstring(message).find("o:Product", NAMESPACE)
    supply = "ProductSupply/SupplyDetail"
    found = (
        *texts(ebook, "NotificationType"),
        *texts(ebook, "PublishingDetail/PublishingStatus"),
        *texts(ebook, f"{supply}/ProductAvailability"),
    )
    assert found == wanted
    assert all(code in lists[name] for code, name in zip(found, ("1", "64", "65"), strict=True))
    assert bool(texts(ebook, f"{supply}/SupplyDate/Date")) == (wanted[2] == "10")


def test_a_book_that_is_still_to_come(tmp_path: Path) -> None:
    """The base book last changed in March, and these settings have it out in September."""
    ebook, _ = records(made(tmp_path / "book", tmp_path / "out", TRADE))
    assert texts(ebook, "NotificationType") == ["02"]
    assert texts(ebook, "PublishingDetail/PublishingStatus") == ["02"]
    supply = "ProductSupply/SupplyDetail"
    assert texts(ebook, f"{supply}/ProductAvailability") == ["10"]
    assert texts(ebook, f"{supply}/SupplyDate/Date") == ["20260901"]


@pytest.mark.parametrize(
    ("date", "kind", "written"),
    [("2025", "05", "2025"), ("2025-07", "01", "202507"), ("2025-07-09", "00", "20250709")],
)
def test_a_date_of_any_length(date: str, kind: str, written: str, tmp_path: Path) -> None:
    settings = f'publisher = "De Dijk"\ndate = "{date}"\n'
    ebook, _ = records(made(tmp_path / "book", tmp_path / "out", settings))
    (found,) = ebook.iterfind("o:PublishingDetail/o:PublishingDate/o:Date", NAMESPACE)
    assert (found.get("dateformat"), found.text) == (kind, written)
    assert texts(ebook, "NotificationType") == ["03"]


def test_a_record_without_a_publisher_is_told(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "book")
    found = [str(one) for one in build(tmp_path / "book", tmp_path / "out", ("onix",)).problems]
    assert any(re.search(r"^book.toml:1:1: warning K709 .* who publishes", one) for one in found)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("EPUB Accessibility 1.1 - WCAG 2.0 Level A", {"04", "80", "84"}),
        ("EPUB Accessibility 1.1 - WCAG 2.1 Level AA", {"04", "81", "85"}),
        ("EPUB Accessibility 1.1 - WCAG 2.2 Level AAA", {"04", "82", "86"}),
        ("EPUB Accessibility 1.0", set()),
    ],
)
def test_a_claim_of_conformance_is_told_in_its_parts(claim: str, said: set[str]) -> None:
    assert _conformance(claim) == said


def test_every_claim_that_a_book_may_make_has_its_three_codes() -> None:
    assert {len(_conformance(claim)) for claim in CONFORMANCE} == {3}
