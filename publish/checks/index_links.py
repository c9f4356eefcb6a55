"""The links of the e-book's indexes: each leads to a paragraph that names whom it is about.

In: an `Ebook`, the book that it was made of, the places of its elements. Out: problem E509. The
names are looked for anew in the words of the finished documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from publish.book.model import Book
from publish.checks.epub_places import Places
from publish.checks.epub_reader import XHTML, Ebook, elements, resolved, text_of
from publish.ground.problems import Problem, problem
from publish.text.names import Finder, Person, persons_of

_BLOCKS = frozenset(f"{XHTML}{name}" for name in ("p", "li", "td", "th", "dt", "dd", "caption"))


def check_index_links(file: str, ebook: Ebook, book: Book, places: Places) -> Iterator[Problem]:
    """Yield the links of an index that lead to where nobody of that name is."""
    persons = persons_of(book)
    finder = Finder(persons, book.settings.language)
    for person, (name, link) in _links(ebook, persons):
        landing = _landing(ebook, name, link.get("href", ""))
        text = text_of(landing) if landing is not None else ""
        if not any(person in met.persons for met in finder.find(text)):
            facts = {"term": person.term, "target": link.get("href", "")}
            yield problem("E509", places.of(name, link) or person.span, file=file, **facts)


def _links(
    ebook: Ebook, persons: list[Person]
) -> Iterator[tuple[Person, tuple[str, etree._Element]]]:
    """Yield the links below each term, which stand in the order of the terms."""
    # An extract may have fewer of them.
    terms = iter(persons)
    for name in ebook.spine:
        for section in ebook.trees[name].iter(f"{XHTML}section"):
            if "doc-index" not in section.get("role", "").split():
                continue
            for entry in section.iterfind(f".//{XHTML}div[@class='entry']"):
                person = next(terms)
                for below in entry.iterfind(f".//{XHTML}*[@class='mentions']"):
                    yield from ((person, (name, link)) for link in below.iter(f"{XHTML}a"))


def _landing(ebook: Ebook, name: str, href: str) -> etree._Element | None:
    """Return the block in which a link lands; None where it lands nowhere."""
    file, fragment = resolved(name, href)
    tree = ebook.trees.get(file)
    there = elements(tree) if tree is not None else ()
    at = next((one for one in there if one.get("id") == fragment), None)
    if at is None:
        return None
    above = (one for one in at.iterancestors() if one.tag in _BLOCKS)
    return at if at.tag in _BLOCKS else next(above, at)
