"""Running heads and folios of a PDF that are set larger than its text, and headings like them."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_docx_parts import told
from test_importing_pdf import page, taken

from publish.book.inlines import plain
from publish.book.model import Book
from publish.importing import Imported

LINES = (
    "De veerman legde aan bij de steiger, en het begon die avond zacht te regenen.",
    "Niemand wist wie de sleutel had, en de deur van het archief bleef dus dicht.",
    "Tegen de ochtend trok de mist op, en de toren stond weer waar hij altijd stond.",
)
TEXT = "".join(f"<p>{line} {line}</p>" for line in LINES)
LARGE = "font-size: 13pt; font-family: sans-serif"
HEADS = f"""
    body {{ font-size: 10pt }} h1 {{ font-size: 20pt; break-before: page }}
    h1.named {{ string-set: chapter content() }}
    @page {{ @bottom-center {{ content: counter(page); {LARGE} }} }}
    @page :left {{ @top-center {{ content: "De rivier"; {LARGE} }} }}
    @page :right {{ @top-center {{ content: string(chapter, first-except); {LARGE} }} }}
"""
TURN = "<div style='break-after: page'></div>"
FRONT = f"<p style='font-size: 30pt'>De wijde rivier</p>{TURN}"


def came(
    html: str, css: str, tmp_path: Path, front: str = FRONT
) -> tuple[Imported, Book, list[str]]:
    imported, book = taken(page(front + html, css), tmp_path)
    return imported, book, [plain(one.title.inlines) for one in book.chapters if one.title]


def test_heads_and_folios_larger_than_the_text_are_left_out(tmp_path: Path) -> None:
    chapters = "".join(
        f"<h1 class=named>{title}</h1>{(TEXT + TURN) * 3}{TEXT}"
        for title in ("De steiger", "De toren")
    )
    imported, _, titles = came(chapters, HEADS, tmp_path)
    assert titles == ["De steiger", "De toren"]
    (said,) = told(imported, "running-head")
    assert said.startswith("left out: “De rivier”, “De steiger”, “De toren”, ")
    assert said.endswith(", 9 folios")


def test_a_head_of_one_page_is_known_by_those_set_as_it_is(tmp_path: Path) -> None:
    chapters = "".join(
        f"<h1 class=named>{title}</h1>{TEXT}{TURN}{TEXT}{TURN}{TEXT}"
        for title in ("De steiger", "De toren", "Het archief")
    )
    assert came(chapters, HEADS, tmp_path)[2] == ["De steiger", "De toren", "Het archief"]


def test_the_title_that_only_heads_say_is_kept_once(tmp_path: Path) -> None:
    css = f"body {{ font-size: 10pt }} @page {{ @top-center {{ content: 'De rivier'; {LARGE} }} }}"
    imported, book, titles = came((TEXT + TURN) * 3 + TEXT, css, tmp_path, front="")
    assert titles == ["De rivier"]
    assert told(imported, "running-head") == ["left out: “De rivier”"]
    assert len(book.chapters[0].blocks) == 4 * len(LINES)


@pytest.mark.parametrize("size", [13, 18])
def test_chapters_of_a_page_each_keep_their_numbers_and_titles(size: int, tmp_path: Path) -> None:
    """Numbered on, set alike and at the head of their pages, as heads are."""
    css = f"body {{ font-size: 10pt }} h1 {{ font-size: {size}pt; margin: 0 0 8mm }}"
    texts = "".join(f"<h1>Brief {number}</h1>{TEXT}{TURN}" for number in range(1, 6))
    _, _, titles = came(texts, css, tmp_path)
    assert titles == [f"Brief {number}" for number in range(1, 6)]


def test_large_numbers_of_chapters_that_do_not_count_with_the_pages_stay(tmp_path: Path) -> None:
    css = "body { font-size: 10pt } h1 { font-size: 14pt; margin: 0 0 8mm; break-before: page }"
    texts = "".join(f"<h1>{number}</h1>{TEXT}{TURN}{TEXT}" for number in range(1, 5))
    imported, _, titles = came(texts, css, tmp_path)
    assert titles == ["1", "2", "3", "4"]
    assert told(imported, "running-head") == []
