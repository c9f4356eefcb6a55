"""The pages of the print edition in the e-book: the list of them, and the marks in the text.

In: a `Subject`. Out: problem E507 where the list is not that of the PDF's page labels, and E508
where a mark does not stand between the last word of one printed page and the first of the next.
The PDF is read anew with pdfium; nothing that placed the marks is used. Letters and figures alone
are compared, up to where one of the two has words of its own, such as the number of a note or
what the manuscript gives to the e-book alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from msgspec import Struct

from publish.checks.epub_reader import OPS, SVG, XHTML, Ebook, NoEbook, read_ebook, resolved
from publish.checks.pdf_reader import NoPdf, PdfFacts, facts_of
from publish.checks.printed import Printed, letters, printed_pages
from publish.checks.reading_order import is_leftward
from publish.checks.subject import Subject
from publish.ground.problems import Problem, problem
from publish.ground.wording import wording

_TELLING = 24
"""Letters that tell one place of a page from all others, as a rule."""
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li dt dd td th caption div section aside blockquote pre tr table ul ol"
    " dl body nav".split()
)
_LINES = frozenset({"br"})
_ADDED, _PLATE = "\ufffc", "\ufffd"
"""Where one of the two has words that the other has not; a figure, before its caption."""
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


class Mark(Struct, frozen=True):
    """A mark: its folio, its address, and the words of its block before it and after it.

    `plate` holds the caption of a figure that follows at once; None where there is none. A mark is
    `empty` that the next one follows at once: of its page the e-book shows nothing there.
    """

    label: str
    address: str
    before: str
    after: str
    plate: str | None
    empty: bool = False


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the list of pages, where both editions are there."""
    book, pdf = subject.fresh("epub"), subject.fresh("print")
    if book is None or pdf is None or not subject.book.settings.epub.page_list:
        return []
    try:
        ebook, facts = read_ebook(book), facts_of(pdf)
        text = "".join("".join(ebook.trees[name].itertext()) for name in ebook.spine)
        # Of a book that is read one way alone, pdfium gives all words in their order.
        pages = printed_pages(pdf, letters(text) if is_leftward(text) else "")
    except (NoEbook, NoPdf):
        return []  # `epub` and `pdf` tell of a file that is none.
    listed = _listed(ebook, facts, pages)
    facing = letters(wording(subject.book.settings.language).facing)
    misplaced = _misplaced(list(marks_of(ebook)), facts, pages, facing)
    return [
        *(problem("E507", None, file=book.name, reason=reason) for reason in listed),
        *(problem("E508", None, file=book.name, **found) for found in misplaced),
    ]


def _listed(ebook: Ebook, facts: PdfFacts, pages: Sequence[Printed]) -> Iterator[str]:
    """Tell how the list of pages differs from the labels of the pages that show something."""
    rows = list(_rows(ebook))
    shown = zip(facts.pages, pages, strict=True)
    wanted = [one.label for one, page in shown if page.letters]
    known = {mark.address: mark.label for mark in marks_of(ebook)}
    listed = [label for label, _ in rows]
    if not rows:
        yield "it is missing"
    elif [label for label in listed if label in wanted] != wanted:
        missing = next((label for label in wanted if label not in listed), "")
        yield f"page {missing} is missing" if missing else "its pages are not in their order"
    elif ebook.ncx and [*_targets(ebook)] != rows:
        yield "that of the NCX is another"
    for label, address in rows:
        if label not in {one.label for one in facts.pages}:
            yield f"the print edition has no page {label}"
        if known.get(address) != label:
            yield f"page {label} leads to {address}, where its mark is not"


def _rows(ebook: Ebook) -> Iterator[tuple[str, str]]:
    """Yield label and address of each page in the list."""
    for nav in ebook.trees[ebook.nav].iter(f"{XHTML}nav"):
        if nav.get(f"{OPS}type") == "page-list":
            for link in nav.iter(f"{XHTML}a"):
                file, fragment = resolved(ebook.nav, link.get("href", ""))
                yield "".join(link.itertext()), f"{file}#{fragment}"


def _targets(ebook: Ebook) -> Iterator[tuple[str, str]]:
    """Yield label and address of each page in the list of the NCX (Z39.86-2005, 8.4.3)."""
    for target in ebook.trees[ebook.ncx].iter(f"{_NCX}pageTarget"):
        content = target.find(f"{_NCX}content")
        file, fragment = resolved(ebook.ncx, content.get("src", "") if content is not None else "")
        yield target.findtext(f"{_NCX}navLabel/{_NCX}text", ""), f"{file}#{fragment}"


def _misplaced(
    marks: Sequence[Mark], facts: PdfFacts, pages: Sequence[Printed], facing: str
) -> Iterator[Mapping[str, str]]:
    """Tell of the marks that do not stand where their page begins.

    `facing` are the letters before a caption that stands on the page opposite its picture.
    """
    numbers = {page.label: number for number, page in enumerate(facts.pages)}
    wordless = {numbers.get(one.label) for one in marks if one.plate is not None or one.empty}
    for mark in marks:
        number = numbers.get(mark.label)
        if number is None:
            continue
        earlier = number - 1
        while earlier in wordless:
            # The text goes on after a page, or two, that a picture has to itself.
            earlier -= 1
        page, before = pages[number], pages[earlier] if number else Printed("", frozenset())
        if mark.empty:
            if _ends(page, mark):
                yield {"label": mark.label, "reason": "it stands after the words of its page"}
        elif mark.plate is not None:
            opposite = pages[number + 1].letters if number + 1 < len(pages) else ""
            if mark.plate not in page.letters and facing + mark.plate not in opposite:
                yield {"label": mark.label, "reason": "its picture is on another page"}
        elif not _begins(page, before, mark):
            shown = mark.after.split()[:4]
            yield {"label": mark.label, "reason": f"it does not begin at “{' '.join(shown)}”"}


def _ends(page: Printed, mark: Mark) -> bool:
    """Tell whether the words before a mark are on its page, and not on those before."""
    words = letters(mark.before)[-_TELLING:]
    return bool(words) and words in page.letters


def _begins(page: Printed, before: Printed, mark: Mark) -> bool:
    """Tell whether a page begins at a mark: with its words, or with the rest of the word before."""
    after = letters(mark.after)[:_TELLING]
    words = mark.before.split()
    last = letters(words[-1]) if words else ""
    earlier = letters(" ".join(words[:-1]))[-_TELLING:]
    # The same words may stand on the page more than once; once they begin it.
    places = re.finditer(f"(?={re.escape(after)})", page.letters)
    if not any(not last or not page.letters.endswith(last, 0, one.start()) for one in places):
        return False
    if not last or (earlier + last)[-_TELLING:] in before.letters:
        return True
    # The word before is divided: its head ends the one page, its tail begins the other.
    return any(
        last[cut:] + after in page.letters
        and before.breaks_after((earlier + last[:cut])[-_TELLING:])
        for cut in range(1, len(last))
    )


def marks_of(ebook: Ebook) -> Iterator[Mark]:
    """Yield the marks of all documents, in reading order."""
    for name in ebook.spine:
        reader = _Reader(name, [[]], {})
        reader.read(ebook.trees[name])
        yield from reader.marks()


class _Reader(Struct):
    """Reads the main flow of one document: blocks of words, with the marks that stand in them."""

    name: str
    blocks: list[list[str | etree._Element]]
    plates: dict[str, str]
    alone: bool = False
    """Whether what is read is in the e-book alone: the marks in it count, and none of its words."""

    def read(self, element: etree._Element) -> None:
        """Read an element and all in it."""
        before = self.alone
        self.alone |= "epub-only" in element.get("class", "").split()
        self.read_in(element)
        self.alone = before

    def words(self, text: str | None) -> str:
        """Return a text of the element at hand as it counts."""
        return _ADDED if self.alone and text else text or ""

    def read_in(self, element: etree._Element) -> None:
        """Read an element of which it is known whether print has it."""
        if not isinstance(element.tag, str) or self.is_apart(element):
            return
        kind = element.tag.removeprefix(XHTML)
        if kind in _BLOCKS:
            self.blocks.append([])
        if element.get(f"{OPS}type") == "pagebreak":
            self.blocks[-1].append(element)
            return
        self.blocks[-1].append(" " if kind in _LINES else self.words(element.text))
        for child in element:
            self.read(child)
            self.blocks[-1].append(self.words(child.tail))
        if kind in _BLOCKS:
            self.blocks.append([])
        elif "reference" in element.get("class", "").split():
            # Print shows a page after it.
            self.blocks[-1].append(_ADDED)

    def is_apart(self, element: etree._Element) -> bool:
        """Tell whether an element is no part of the main flow; a figure's caption is kept."""
        if element.tag == f"{XHTML}figure" and self.alone:
            self.blocks[-1].append(_ADDED)
            return True
        if element.tag == f"{XHTML}figure":
            caption = element.find(f".//{XHTML}figcaption")
            words = caption.find(f"{XHTML}span[@class='words']") if caption is not None else None
            shown = "".join(words.itertext()) if words is not None else ""
            self.blocks += [[f"{_PLATE}{letters(shown)[:_TELLING]}"], []]
            return True
        names = element.get("class", "").split()
        if "added" in names:
            self.blocks[-1].append(_ADDED)
        return (
            "added" in names
            or "long" in names
            or element.tag in (f"{SVG}svg", f"{XHTML}head")
            or element.get("role") == "doc-endnotes"
        )

    def marks(self) -> Iterator[Mark]:
        """Yield the marks with their words: those of their own block, else of the next."""
        for at, block in enumerate(self.blocks):
            for place, part in enumerate(block):
                if isinstance(part, str):
                    continue
                before, after = _words(block[:place]), _words(block[place:])
                following = (one for one in self.blocks[at + 1 :] if _tells(_words(one)))
                if not _tells(after):
                    after = _words(next(following, []))
                plate = after[1:] if after.startswith(_PLATE) else None
                # Words that were added tell nothing: those beyond them do.
                before = before.rpartition(_ADDED)[2]
                after = next((one for one in after.split(_ADDED) if letters(one)), "")
                address, empty = f"{self.name}#{part.get('id')}", self.is_followed(at, place)
                yield Mark(part.get("aria-label", ""), address, before, after, plate, empty)

    def is_followed(self, at: int, place: int) -> bool:
        """Tell whether the next mark of the document comes before any more words or pictures."""
        rest = [self.blocks[at][place + 1 :], *self.blocks[at + 1 :]]
        for part in (part for block in rest for part in block):
            if not isinstance(part, str):
                return True
            if letters(part) or _PLATE in part:
                return False
        return False


def _tells(words: str) -> bool:
    """Tell whether there is more in words than blanks and what one of the two has alone."""
    return bool(words.replace(_ADDED, "").strip())


def _words(parts: Sequence[str | etree._Element]) -> str:
    return "".join(one for one in parts if isinstance(one, str))
