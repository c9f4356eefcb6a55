"""The index of persons: who is met where, read back from the e-book and from the printed pages."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from test_epub import SAMPLE

from publish.book.inlines import Mentions, Styled, plain
from publish.book.model import Book, DefinitionList
from publish.book.walking import inlines_of
from publish.building.build import build
from publish.checks.epub_places import Places
from publish.checks.epub_reader import OPS, XHTML, read_ebook, resolved
from publish.checks.index_links import check_index_links
from publish.checks.pdf_reader import facts_of
from publish.ground.problems import Problem, has_errors
from publish.manuscript.folder import Manuscript, read_manuscript
from publish.text.composition import composed
from publish.text.editions import edition_of, targeted
from publish.text.index import check_index, indexed
from publish.text.names import persons_of

LIST = '+++\nrole = "persons"\nindex = true\n+++\n\n# Wie er was\n\n'


def manuscript(tmp_path: Path, *chapters: str, terms: str, language: str = "nl") -> Manuscript:
    (tmp_path / "book.toml").write_text(
        f'title = "Proef"\nlanguage = "{language}"\nmodified = 2026-01-01T00:00:00Z\n', "utf-8"
    )
    for number, text in enumerate(chapters, 1):
        (tmp_path / f"{number:02}-deel.md").write_text(f"# Deel {number}\n\n{text}\n", "utf-8")
    (tmp_path / "90-namen.md").write_text(LIST + terms, "utf-8")
    return read_manuscript(tmp_path)


def set_for(found: Manuscript) -> Book:
    assert found.book, found.problems
    return indexed(targeted(composed(edition_of(found.book, "epub"))))


def listed(book: Book) -> dict[str, list[tuple[str, str]]]:
    """Return the places of each term that has any: chapter and the words of the anchor."""
    words = {
        inline.attrs.id: plain(inline.children)
        for chapter in book.chapters
        for _, inline in inlines_of(chapter)
        if isinstance(inline, Styled) and inline.attrs.id
    }
    found = {}
    for chapter in book.chapters:
        for block in chapter.blocks if chapter.index else ():
            assert isinstance(block, DefinitionList)
            for term, texts in block.entries:
                for (below,) in texts[1:]:
                    (mentions,) = below.inlines
                    assert isinstance(mentions, Mentions)
                    found[plain(term)] = [
                        (book.targets[name].chapter, words[name]) for name, _ in mentions.places
                    ]
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hier komt Vink.", "Vink"),
        ("Vinks jas en Vink zelf.", "Vinks"),
        ("Het is Vink's jas.", "Vink’s"),
        ("De vink floot, de Vinken ook, en Vinkeveen.", None),
        ("De Vink-lichting kwam; de Over-Vink ging.", None),
        ("Van Utrecht--Vink reed mee.", "Vink"),
        ("*Vink* zei het.", "Vink"),
        ("In een lijst:\n\n- een\n- Vink", "Vink"),
        ("| A |\n|---|\n| Vink |\n\n: Rij", "Vink"),
        ("## Vink\n\nNiets.", None),
        ("::: pullquote\nVink zei het.\n:::\n\nNiets.", None),
        ("Iemand.[^1]\n\n[^1]: Zo zei Vink.", "Vink"),
        ("De code `Vink` telt niet.", None),
    ],
)
def test_a_name_is_a_whole_word_of_the_text(tmp_path: Path, text: str, words: str | None) -> None:
    found = manuscript(tmp_path, text, terms="Jan Vink (1900--1950)\n: Iemand.\n")
    wanted = {"Jan Vink (1900–1950)": [("01-deel", words)]} if words else {}
    assert listed(set_for(found)) == wanted
    assert found.book
    codes = [one.code for one in check_index(found.book, found.sources)]
    assert codes == ([] if words else ["M242"])


def test_the_first_mention_of_each_chapter_counts(tmp_path: Path) -> None:
    found = manuscript(
        tmp_path, "Vink en Mus. Vink weer.", "Niemand.", "Mus, dan Vink.",
        terms="Jan Vink\n: Een.\n\nMus, Piet\n: Twee.\n",
    )  # fmt: skip
    assert listed(set_for(found)) == {
        "Jan Vink": [("01-deel", "Vink"), ("03-deel", "Vink")],
        "Mus, Piet": [("01-deel", "Mus"), ("03-deel", "Mus")],
    }


def test_a_term_without_a_name_is_met_nowhere(tmp_path: Path) -> None:
    found = manuscript(tmp_path, "Vink zei het.", terms=", Jan\n: Een.\n\nVink , Piet\n: Twee.\n")
    assert listed(set_for(found)) == {"Vink , Piet": [("01-deel", "Vink")]}
    assert found.book
    assert [one.code for one in check_index(found.book, found.sources)] == ["M242"]


def test_other_spellings_and_other_persons(tmp_path: Path) -> None:
    terms = '[Jan Vink]{names="De Vogel, J. V." not="Piet Vink"}\n: Een.\n'
    found = manuscript(tmp_path, "De Vogel floot.", "Piet Vink floot.", "J. V. zweeg.", terms=terms)
    assert listed(set_for(found)) == {"Jan Vink": [("01-deel", "De Vogel"), ("03-deel", "J. V.")]}
    assert found.book
    assert check_index(found.book, found.sources) == []


TWO = '[Jan Vink]{not="Piet Vink"}\n: Een.\n\nVink, Piet (1900--1950)\n: Twee.\n'


@pytest.mark.parametrize(
    ("text", "whose", "codes"),
    [
        ("Jan Vink en Piet Vink.", {"Jan Vink", "Vink, Piet (1900–1950)"}, []),
        ("Piet Vinks jas.", {"Vink, Piet (1900–1950)"}, ["M242"]),
        ("Vink floot. Vink weer.", set(), ["M243"]),
        ("Jan Vink kwam. Vink floot.", {"Jan Vink"}, ["M242"]),
        ("Vink floot. Jan Vink kwam.", {"Jan Vink"}, ["M243"]),
        ("Jan Vink kwam. Vink floot. Piet Vink ook.",
         {"Jan Vink", "Vink, Piet (1900–1950)"}, ["M243"]),
        ("Jan Vink kwam. Piet Vink ook. Vink floot.",
         {"Jan Vink", "Vink, Piet (1900–1950)"}, []),
    ],
)  # fmt: skip
def test_a_name_of_two_is_given_to_neither(
    tmp_path: Path, text: str, whose: set[str], codes: list[str]
) -> None:
    found = manuscript(tmp_path, text, terms=TWO)
    assert set(listed(set_for(found))) == whose
    assert found.book
    assert [one.code for one in check_index(found.book, found.sources)] == codes


def test_a_namesake_who_is_never_meant_by_the_bare_name(tmp_path: Path) -> None:
    terms = '[Jan Vink]{not="Vink"}\n: Een.\n\nPiet Vink\n: Twee.\n'
    found = manuscript(tmp_path, "Vink floot.", "Jan Vink zweeg.", terms=terms)
    assert listed(set_for(found)) == {
        "Jan Vink": [("02-deel", "Vink")], "Piet Vink": [("01-deel", "Vink")]
    }  # fmt: skip
    assert found.book
    assert check_index(found.book, found.sources) == []


def test_a_note_stays_with_the_name_that_calls_it(tmp_path: Path) -> None:
    found = manuscript(tmp_path, "Daar was Vink[^1].\n\n[^1]: Noot.", terms="Jan Vink\n: Een.\n")
    (anchor,) = (
        inline
        for _, inline in inlines_of(set_for(found).chapters[0])
        if isinstance(inline, Styled) and inline.attrs.id
    )
    assert [type(one).__name__ for one in anchor.children] == ["Text", "NoteReference"]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [("fr", "Vinks arrive.", 0), ("fr", "Vink arrive.", 1), ("en", "Vink’s coat.", 1),
     ("en", "The Vinks came.", 0), ("de", "Vinks Mantel.", 1)],
)  # fmt: skip
def test_the_genitive_is_that_of_the_language(
    tmp_path: Path, language: str, text: str, count: int
) -> None:
    found = manuscript(tmp_path, text, terms="Jan Vink\n: Een.\n", language=language)
    assert len(listed(set_for(found))) == count


def test_a_book_without_an_index_stays_as_it_is(tmp_path: Path) -> None:
    found = manuscript(tmp_path, "Vink.", terms="")
    assert found.book
    book = edition_of(found.book, "epub")
    assert indexed(book) is book


# The sample ---------------------------------------------------------------------------------------


@cache
def sample() -> Manuscript:
    return read_manuscript(SAMPLE)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the e-book and the print PDF of the sample."""
    built = build(SAMPLE, tmp_path_factory.mktemp("sample"), ("epub", "print"))
    assert not has_errors(built.problems)
    epub, pdf = built.made
    return epub, pdf


def raw_mentions() -> Iterator[tuple[str, str]]:
    """Yield family name and chapter of each mention, read from the files by other means."""
    (folder_list,) = SAMPLE.glob("*-personen.md")
    for term in re.findall(r"^(\S.*\(\d{4}.*\))\n: ", folder_list.read_text("utf-8"), re.MULTILINE):
        others = re.findall(r'not="([^"]*)"', term)
        family = re.sub(r"[\[\]]|\{.*?\}|\s*\(.*", "", term).split()[-1]
        for path in sorted(SAMPLE.glob("[0-9]*.md")):
            if path == folder_list:
                continue
            text = re.sub(r"::: pullquote.*?:::", "", path.read_text("utf-8"), flags=re.DOTALL)
            text = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
            for other in others:
                text = text.replace(other, "")
            if re.search(rf"(?<![\w-]){re.escape(family)}('?s)?(?![\w-])", text):
                yield family, path.stem


def test_everybody_in_the_sample_is_found_wherever_they_are(editions: tuple[Path, Path]) -> None:
    ebook = read_ebook(editions[0])
    (name,) = (name for name in ebook.spine if name.endswith("23-personen.xhtml"))
    found = set()
    for entry in ebook.trees[name].iter(f"{XHTML}div"):
        term = "".join(entry.find(f"{XHTML}dt").itertext())
        family = term.partition(" (")[0].split()[-1]
        for link in entry.iter(f"{XHTML}a"):
            file, fragment = resolved(name, link.get("href"))
            (anchor,) = (one for one in ebook.trees[file].iter() if one.get("id") == fragment)
            assert "".join(anchor.itertext()).startswith(family)
            title = ebook.trees[file].find(f".//{XHTML}h1")
            assert "".join(link.itertext()) == "".join(title.itertext())
            found.add((family, Path(file).stem))
    assert found == set(raw_mentions())
    assert len(found) == 102


def test_nothing_of_the_sample_is_left_to_guess() -> None:
    book = sample().book
    assert book
    assert check_index(book, sample().sources) == []
    assert len(persons_of(book)) == 21


def test_the_printed_pages_are_those_where_the_names_stand(editions: tuple[Path, Path]) -> None:
    facts = facts_of(editions[1])
    book = sample().book
    assert book
    shown = indexed(targeted(composed(edition_of(book, "print"))))
    with pypdfium2.PdfDocument(editions[1]) as pdf:
        pages = [
            re.sub(r"[-\ufffe]?\r?\n|\ufffe", "", page.get_textpage().get_text_range())
            for page in pdf
        ]
    names = {one.number: one.names[0] for one in persons_of(book)}
    anchors = [
        inline.attrs.id
        for chapter in shown.chapters
        for _, inline in inlines_of(chapter)
        if isinstance(inline, Styled) and inline.attrs.id.startswith("name-")
    ]
    assert len(anchors) == 102
    for anchor in anchors:
        name = names[int(anchor.split("-")[1])]
        page = pages[facts.destinations[anchor]]
        assert name in page or name.replace("-", "") in page, anchor
    # Lev Sedov stands on the pages that the list gives, read from the page itself.
    told = next(one for one in pages if "Lev Sedov (1906" in one).partition("Lev Sedov (1906")[2]
    match = re.search(r"p\.\s([\d, ]+)", told.replace("\u00a0", " "))
    assert match
    own = [one for one in anchors if names[int(one.split("-")[1])] == "Sedov"]
    wanted = list(dict.fromkeys(facts.pages[facts.destinations[one]].label for one in own))
    assert re.findall(r"\d+", match[1])[: len(wanted)] == wanted


def test_a_link_of_the_index_that_was_moved_is_found(
    editions: tuple[Path, Path], tmp_path: Path
) -> None:
    book = sample().book
    assert book
    shown = indexed(edition_of(book, "epub"))

    def found(path: Path) -> list[Problem]:
        ebook = read_ebook(path)
        places = Places(shown, ebook, sample().sources)
        return list(check_index_links("book.epub", ebook, shown, places))

    assert found(editions[0]) == []
    moved = tmp_path / "moved.epub"
    with zipfile.ZipFile(editions[0]) as old, zipfile.ZipFile(moved, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("23-personen.xhtml"):
                # The first link of the first person now leads to where the second one is met.
                second = re.search(rb'href="([^"]*#name-2-1)"', text)
                assert second
                text = re.sub(rb'href="[^"]*#name-1-1"', b'href="%s"' % second[1], text)
            new.writestr(name, text)
    (problem,) = found(moved)
    assert problem.code == "E509"
    assert problem.span
    assert problem.span.file == "23-personen.md"
    assert persons_of(book)[0].term in problem.message


def test_the_index_says_what_it_is(editions: tuple[Path, Path]) -> None:
    ebook = read_ebook(editions[0])
    (section,) = (
        one
        for tree in ebook.trees.values()
        for one in tree.iter(f"{XHTML}section")
        if one.get("role") == "doc-index"
    )
    assert section.get(f"{OPS}type") == "index"
    assert section.find(f"{XHTML}h1").get("id") == section.get("aria-labelledby")


def test_the_index_is_a_landmark(editions: tuple[Path, Path]) -> None:
    ebook = read_ebook(editions[0])
    links = [
        (link.get(f"{OPS}type"), link.get("href"), link.text)
        for nav in ebook.trees[ebook.nav].iter(f"{XHTML}nav")
        if nav.get(f"{OPS}type") == "landmarks"
        for link in nav.iter(f"{XHTML}a")
    ]
    assert ("index", "23-personen.xhtml", "Wie wie was") in links
