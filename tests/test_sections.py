"""A book laid out section by section has the pages that it has as one document."""

from __future__ import annotations

from pathlib import Path

import pytest
from books.generate import generate
from books.placed import placed
from conftest import BOOKS, shop_of
from markupsafe import Markup

from publish.building.forme import Forme
from publish.engine import layout
from publish.engine.boxes import Box
from publish.engine.layout import lay_out
from publish.engine.parts import Pages
from publish.pages.placing import Arrangement
from publish.pages.sections import Section
from publish.pictures.placed import given

Mark = tuple[str, str, float, float]


def marks(pages: Pages) -> list[list[Mark]]:
    """Return of each page what is seen on it, the margins too, and where (px)."""
    return [[*_marks(page)] for page in pages.boxes]


def _marks(page: Box) -> list[Mark]:
    return [
        (box.kind, box.text if box.kind == "text" else "", round(box.left, 3), round(box.top, 3))
        for box in page.descendants()
        if box.kind in ("text", "picture")
    ]


def at_once(forme: Forme, output: str, arrangement: Arrangement) -> Pages:
    """Lay a book out as one document."""
    paged, materials = forme.paged(output, arrangement), forme.materials
    inside = Markup("\n").join(one.inside for one in paged.sections)
    covered = {at: edges for one in paged.sections for at, edges in (one.covered or {}).items()}
    document = paged.document(Section("page", inside, covered=covered), 1)
    files = given(materials.print_pictures[0], inked=output == "print")
    css, manner = forme.stylesheet(output), materials.manner
    return lay_out(document, css, files, materials.faces, manner)


def book_of(name: str, folder: Path) -> Path:
    """Write a book, or find one: “placed-5-recto” is of a seed, its chapters begin so."""
    kind, *rest = name.split("-")
    if kind in ("complete", "hebrew", "almanac"):
        return BOOKS / kind
    folder = folder / "book"
    if kind == "placed":
        placed(folder, int(rest[0]))
        toml = folder / "book.toml"
        words = toml.read_text("utf-8").replace('"run-on"', '"page"')
        toml.write_text(words.replace('"page"', f'"{rest[1]}"'), "utf-8")
    else:
        generate(kind, folder, 3, 5000)
        toml = folder / "book.toml"
        toml.write_text(toml.read_text("utf-8") + f'front-folios = "{rest[0]}"\n', "utf-8")
    return folder


@pytest.mark.parametrize(
    "name",
    [
        *("complete", "hebrew", "almanac", "dense-roman", "pamphlet-arabic"),
        *("placed-0-page", "placed-1-recto", "placed-2-page", "placed-3-recto", "placed-5-recto"),
    ],
)
@pytest.mark.parametrize("output", ["print", "proof"])
def test_every_page_is_that_of_one_document(name: str, output: str, tmp_path: Path) -> None:
    forme = shop_of(book_of(name, tmp_path)).room.forme
    arrangement, pages, _ = forme.arranged
    if output != "print":
        arrangement, pages, _ = forme.arrange(output, arrangement, moving=False)
    pages = forme.numbered(output, arrangement, pages)
    whole = at_once(forme, output, arrangement)
    assert len(forme.paged(output, arrangement).sections) > 1
    assert marks(pages) == marks(whole)
    own, one = pages.leaves, whole.leaves
    assert [leaf.anchors for leaf in own] == [leaf.anchors for leaf in one]
    assert [leaf.bookmarks for leaf in own] == [leaf.bookmarks for leaf in one]


def write(folder: Path, chapters: list[str], settings: str) -> Path:
    """Write a small book of chapters."""
    folder.mkdir()
    (folder / "book.toml").write_text(
        'title = "Peil"\nlanguage = "nl"\nmodified = 2026-01-01T00:00:00Z\n[print]\n' + settings,
        "utf-8",
    )
    for number, text in enumerate(chapters, 1):
        (folder / f"{number:02}-peil.md").write_text(text, "utf-8")
    return folder


LINES = "Het water stond hoog aan de kade, en wie er langs kwam keek er een tijd naar. " * 5
MANY = "\n\n".join([LINES] * 12)


def test_a_section_is_laid_out_again_only_where_something_of_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapters = [f"# Peil {n}\n\n{MANY}" for n in range(1, 4)]
    chapters[1] += "\n\nZie [het derde](#derde).\n"
    chapters[2] = chapters[2].replace("# Peil 3", "# Peil 3 {#derde}")
    laid_out: list[str] = []
    original = lay_out

    def told(html: str, *given: object) -> Pages:
        laid_out.append(html)
        return original(html, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(layout, "lay_out", told)
    room = shop_of(write(tmp_path / "book", chapters, 'chapters = "page"\n')).room
    assert room.arranged[1].count > 8
    first, again = laid_out[:5], laid_out[5:]
    assert [f"Peil {n}</h1>" in first[n] for n in range(1, 4)] == [True] * 3
    # The contents have page numbers now, and so has the chapter that refers to the third.
    assert len(again) == 2
    assert 'class="contents"' in again[0] and "Peil 2</h1>" in again[1]


def test_a_chapter_for_a_right_hand_page_comes_after_a_blank_one(tmp_path: Path) -> None:
    """On the blank one is nothing; in a proof the line that all sheets have."""
    short = f"# Kort\n\n{LINES}"
    folder = write(tmp_path / "book", [short, short, short], 'chapters = "recto"\n')
    room = shop_of(folder).room
    pages = [[mark[1] for mark in page] for page in marks(room.arranged[1])]
    begun = [at for at, page in enumerate(pages, 1) if "Kort" in page and at > 4]
    assert begun == [5, 7, 9]
    assert [pages[at - 1] for at in (6, 8)] == [[], []]
    proofs = room.forme.arrange("proof", room.arranged[0], moving=False)[1]
    lines = [[mark[1] for mark in page] for page in marks(proofs)]
    assert [room.forme.proof_line in " ".join(page) for page in lines] == [True] * len(lines)


def test_a_head_goes_on_over_a_chapter_without_one(tmp_path: Path) -> None:
    chapters = [f"# Kolk\n\n{MANY}", MANY, f"# Roer\n\n{MANY}"]
    room = shop_of(write(tmp_path / "book", chapters, 'chapters = "page"\n')).room
    pages = room.arranged[1]
    heads = [
        next((box.children[0].descendants() for box in page.children if _is_head(box)), ())
        for page in pages.boxes
    ]
    words = ["".join(one.text for one in head if one.kind == "text") for head in heads]
    shown = [word for word in words if word not in ("", "Peil")]
    assert shown == sorted(shown) and {"Kolk", "Roer"} == set(shown)
    assert shown.count("Kolk") > shown.count("Roer")


def _is_head(box: Box) -> bool:
    return box.kind == "margin" and box.top < 50 and bool(box.children)
