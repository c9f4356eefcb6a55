"""Notes as large as the text, brackets drawn as mirror images, words that are in no paragraph."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from test_importing_pdf import page, taken
from test_importing_pdf_apart import changed

from publish.book.inlines import NoteReference, plain, walk_inlines
from publish.book.model import BlockQuote, ListBlock, Note, Paragraph

TEXT = "<p>De wind draaide die nacht naar het oosten, en niemand op de kade merkte er iets van.</p>"
CSS = """body { font-size: 10pt } h1 { font-size: 18pt }
    sup { font-size: 9pt; vertical-align: 4.5pt; line-height: 0 }
    .foot { position: absolute; bottom: 0 } .foot p { margin: 0 }"""


def said(note: Note) -> list[str]:
    return [plain(one.inlines) for one in note.blocks if isinstance(one, Paragraph)]


def test_notes_as_large_as_the_text_end_their_page(tmp_path: Path) -> None:
    html = f"""<h1>De kade</h1><p>De boot<sup>1</sup> lag stil<sup>2</sup> aan de wal.</p>{TEXT}
        <div class=foot><p>1. Volgens de sluiswachter.</p><p>2. Zie het journaal.</p></div>"""
    _, book = taken(page(html, CSS), tmp_path)
    (chapter,) = book.chapters
    assert [said(note) for note in chapter.notes] == [
        ["Volgens de sluiswachter."],
        ["Zie het journaal."],
    ]
    first, *_ = (one for one in chapter.blocks if isinstance(one, Paragraph))
    calls = [one for one in walk_inlines(first.inlines) if isinstance(one, NoteReference)]
    assert [one.label for one in calls] == [note.label for note in chapter.notes]
    assert plain(first.inlines) == "De boot lag stil aan de wal."


def test_a_list_on_the_page_of_a_call_stays_one(tmp_path: Path) -> None:
    """Its first number is the note's as well, but more than notes stands below."""
    html = f"""<h1>De kade</h1><p>De boot<sup>1</sup> lag stil aan de wal.</p>
        <p>1. een touw</p><p>2. een haak</p>{TEXT}"""
    _, book = taken(page(html, CSS), tmp_path)
    (chapter,) = book.chapters
    assert not chapter.notes
    (listed,) = (one for one in chapter.blocks if isinstance(one, ListBlock))
    assert len(listed.items) == 2


def test_words_of_a_quotation_that_are_in_no_paragraph_are_one(tmp_path: Path) -> None:
    def unwrap(pdf: pikepdf.Pdf) -> None:
        """Take the paragraph out of the quotation, as producers do that tag none within it."""
        quotes = [one for one in pdf.objects if is_a(one, "/BlockQuote")]
        for quote in quotes:
            quote.K = pikepdf.Array([word for kid in quote.K for word in kid.K])

    quoted = "<blockquote><p>Een koffer vol brieven stond <em>onder</em> de haag, en wie hem daar "
    quoted += "had neergezet wist niemand te zeggen, ook later niet.</p></blockquote>"
    html = f"<h1>De kade</h1>{TEXT}{quoted}{TEXT}"
    data = tagged(html)
    _, book = taken(changed(data, unwrap), tmp_path)
    (quote,) = (one for one in book.chapters[0].blocks if isinstance(one, BlockQuote))
    texts = [plain(one.inlines) for one in quote.blocks if isinstance(one, Paragraph)]
    assert texts == [
        "Een koffer vol brieven stond onder de haag, en wie hem daar had neergezet wist niemand te "
        "zeggen, ook later niet."
    ]


def is_a(one: object, kind: str) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind


def tagged(html: str) -> bytes:
    from weasyprint import HTML

    style = "<style>@page { size: A5; margin: 20mm } body { hyphens: manual }</style>"
    whole = f'<html lang="nl">{style}<body>{html}'
    return bytes(HTML(string=whole).write_pdf(pdf_tags=True))


HEBREW = "הטוחן (הזקן) הלך אל הנהר, ואיש [מן הכפר] לא ראה אותו."


@pytest.mark.parametrize("more", ["", "<p>De molen (de oude) stond stil.</p>"])
def test_brackets_of_hebrew_open_and_close_as_they_are_read(more: str, tmp_path: Path) -> None:
    html = f"<div dir=rtl lang=he><h1>הסיפור</h1><p>{HEBREW}</p></div>{more}"
    _, book = taken(page(html), tmp_path, "he")
    texts = [plain(one.inlines) for one in book.chapters[0].blocks if isinstance(one, Paragraph)]
    assert texts == [HEBREW, "De molen (de oude) stond stil."][: 2 if more else 1]


def test_brackets_that_say_how_they_look_are_read_too(tmp_path: Path) -> None:
    """As other producers do: the same page, its brackets named by what is drawn."""
    swapped = HEBREW.translate(str.maketrans("()[]", ")(]["))
    html = f"<div dir=rtl lang=he><h1>הסיפור</h1><p><bdo dir=rtl>{swapped}</bdo></p></div>"
    _, book = taken(page(html), tmp_path, "he")
    texts = [plain(one.inlines) for one in book.chapters[0].blocks if isinstance(one, Paragraph)]
    assert texts == [HEBREW]


def test_tags_that_hold_themselves_are_followed_once(tmp_path: Path) -> None:
    def tie(pdf: pikepdf.Pdf) -> None:
        for one in pdf.objects:
            if is_a(one, "/P"):
                one.K = pikepdf.Array([*one.K, one, one])

    data = changed(tagged(f"<h1>De kade</h1>{TEXT}"), tie)
    _, book = taken(data, tmp_path)
    assert len(book.chapters[0].blocks) == 1
