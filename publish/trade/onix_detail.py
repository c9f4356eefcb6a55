"""What a record of the book trade says of a product: its form, title, makers, length, subjects.

In: the `Book` of the EPUB edition and what was made of it. Out: the elements of the block
`DescriptiveDetail` (ONIX for Books 3.0, group P.3 to P.13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct

from publish.book.model import Book, Heading
from publish.book.walking import walk
from publish.pictures.photos import Asset
from publish.settings.book_toml import Contributor, Settings
from publish.text.composition import set_text
from publish.text.folios import PageStart
from publish.trade import onix_codes as codes

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
_META = "{http://www.idpf.org/2007/opf}meta"
Element = etree._Element


class Facts(Struct, frozen=True):
    """What was made: the e-book, the printed pages, the cover."""

    epub: bytes
    pages: Sequence[PageStart]
    cover: Asset

    @property
    def filled(self) -> int:
        """Return the number of printed pages that show something."""
        return sum(page.kind != "blank" for page in self.pages)

    @property
    def claims(self) -> list[tuple[str, str]]:
        """Return property and value of what the e-book says of itself (EPUB 3.3, “meta”)."""
        with ZipFile(BytesIO(self.epub)) as archive:
            (name,) = (one for one in archive.namelist() if one.endswith(".opf"))
            package = etree.fromstring(archive.read(name))
        return [(one.get("property", ""), one.text or "") for one in package.iter(_META)]


def qualified(tag: str) -> str:
    """Return the name of an element in the namespace of ONIX."""
    return f"{{{NAMESPACE}}}{tag}"


def element(tag: str, *content: Element | str, **attributes: str) -> Element:
    """Return an element with its text or its children."""
    made = etree.Element(qualified(tag), attributes)
    for one in content:
        if isinstance(one, str):
            made.text = one
        else:
            made.append(one)
    return made


def described(book: Book, edition: str, facts: Facts) -> Iterator[Element]:
    """Yield what describes an edition ("epub" or "print"), in the order of the schema."""
    settings = book.settings
    yield element("ProductComposition", "00")
    yield from _form(book, facts) if edition == "epub" else _bound(settings)
    yield from _collection(settings)
    subtitle = (
        [element("Subtitle", as_set(settings, settings.subtitle))] if settings.subtitle else []
    )
    title = _title_element("01", element("TitleText", as_set(settings, settings.title)), *subtitle)
    yield element("TitleDetail", element("TitleType", "01"), title)
    for number, one in enumerate(settings.contributors, 1):
        yield _contributor(one, number)
    if not settings.contributors:
        yield element("NoContributor")
    if settings.edition:
        yield element("EditionStatement", as_set(settings, settings.edition))
    tag = settings.language.split("-")[0].lower()
    language = codes.LANGUAGES.get(tag, codes.NO_LANGUAGE)
    yield element("Language", element("LanguageRole", "01"), element("LanguageCode", language))
    yield from _extents(edition, facts)
    yield from _subjects(settings)


def as_set(settings: Settings, words: str) -> str:
    """Return words on one line, set by the rules of the book's language."""
    return " ".join(set_text(words, settings.language).split())


def _title_element(level: str, *content: Element) -> Element:
    return element("TitleElement", element("TitleElementLevel", level), *content)


def _form(book: Book, facts: Facts) -> Iterator[Element]:
    """Yield the form of the e-book: a download, a reflowable EPUB 3.3 (lists 150, 175, 220)."""
    yield element("ProductForm", "ED")
    yield element("ProductFormDetail", "E101")
    yield element("ProductFormDetail", "E200")
    yield _feature("15", "101F")
    claims = facts.claims
    for code in _accessibility(book, claims):
        yield _feature("09", code)
    for name, words in claims:
        if name == "schema:accessibilitySummary":
            yield _feature("09", "00", words)
    yield element("PrimaryContentType", "10")


def _feature(kind: str, value: str, words: str = "") -> Element:
    parts = [element("ProductFormFeatureType", kind), element("ProductFormFeatureValue", value)]
    if words:
        parts.append(element("ProductFormFeatureDescription", words))
    return element("ProductFormFeature", *parts)


def _accessibility(book: Book, claims: Sequence[tuple[str, str]]) -> list[str]:
    """Return the codes of list 196 that say what the e-book's own metadata say."""
    found = set()
    for name, value in claims:
        match name:
            case "schema:accessibilityFeature" if value in codes.FEATURES:
                found.add(codes.FEATURES[value])
            case "schema:accessModeSufficient" if value == "textual":
                found.add("52")
            case "dcterms:conformsTo":
                found |= _conformance(value)
            case _:
                pass
    if not _listed_whole(book):
        # Code 11 says that the contents lead to every heading.
        found.discard(codes.FEATURES["tableOfContents"])
    return sorted(found)


def _conformance(claim: str) -> set[str]:
    """Return the codes of a claim such as “EPUB Accessibility 1.1 - WCAG 2.1 Level AA”."""
    level = f"Level {claim.rpartition(' ')[2]}"
    return {code for words, code in codes.CONFORMANCE.items() if words in (level, *_parts(claim))}


def _parts(claim: str) -> list[str]:
    specification, _, rest = claim.partition(" - ")
    return [specification, rest.rpartition(" Level ")[0]]


def _listed_whole(book: Book) -> bool:
    """Tell whether the contents of the e-book list every chapter and every heading."""
    depth = book.settings.epub.contents_depth
    headings = (
        block for one in book.chapters for block in walk(one.blocks) if isinstance(block, Heading)
    )
    listed = all(one.in_contents for one in book.chapters if one.title)
    return listed and all(heading.level <= depth for heading in headings)


def _bound(settings: Settings) -> Iterator[Element]:
    """Yield the form of the printed book, and its height and width in mm (lists 48 and 50)."""
    form, detail = codes.BINDINGS[settings.print.binding]
    yield element("ProductForm", form)
    yield element("ProductFormDetail", detail)
    yield element("PrimaryContentType", "10")
    width, height = settings.print.trim
    for kind, side in (("01", height), ("02", width)):
        unit = element("MeasureUnitCode", "mm")
        yield element(
            "Measure", element("MeasureType", kind), element("Measurement", f"{side:g}"), unit
        )


def _collection(settings: Settings) -> Iterator[Element]:
    series = settings.series
    if series is None:
        return
    elements = [_title_element("02", element("TitleText", as_set(settings, series.name)))]
    if series.number is not None:
        elements.insert(0, _title_element("01", element("PartNumber", str(series.number))))
    title = element("TitleDetail", element("TitleType", "01"), *elements)
    yield element("Collection", element("CollectionType", "10"), title)


def _contributor(one: Contributor, number: int) -> Element:
    parts = [
        element("SequenceNumber", str(number)),
        element("ContributorRole", codes.ROLES.get(one.role, codes.OTHER_ROLE)),
        element("PersonName", one.name),
    ]
    if one.file_as:
        parts.append(element("PersonNameInverted", one.file_as))
    if one.organisation:
        parts.append(element("ProfessionalAffiliation", element("Affiliation", one.organisation)))
    return element("Contributor", *parts)


def _extents(edition: str, facts: Facts) -> Iterator[Element]:
    """Yield how long it is (lists 23 and 24): pages, and kilobytes of the e-book."""
    rows = [("11", facts.filled, "03"), ("06", len(facts.pages), "03")]
    if edition == "epub":
        rows = [("08", facts.filled, "03"), ("22", max(round(len(facts.epub) / 1000), 1), "18")]
    for kind, value, unit in rows:
        parts = (("ExtentType", kind), ("ExtentValue", str(value)), ("ExtentUnit", unit))
        yield element("Extent", *(element(tag, text) for tag, text in parts))


def _subjects(settings: Settings) -> Iterator[Element]:
    """Yield the subjects (list 27): NUR, Thema, keywords."""
    rows = [("32", str(settings.nur))] if settings.nur else []
    rows += [(codes.THEMA.get(code[0], "93"), code) for code in settings.thema]
    for scheme, code in rows:
        yield element(
            "Subject", element("SubjectSchemeIdentifier", scheme), element("SubjectCode", code)
        )
    if settings.subjects:
        words = element("SubjectHeadingText", "; ".join(settings.subjects))
        yield element("Subject", element("SubjectSchemeIdentifier", "20"), words)
