"""The documents of an e-book as templates: the names of those that every book has, and their look.

In: the settings of a book and what a template of `templates/epub` shows. Out: bytes of XML.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup as Safe

from publish.book.inlines import PageBreak
from publish.epub.marks import page_mark
from publish.ground.templating import templates
from publish.ground.wording import direction, wording
from publish.settings.book_toml import Settings
from publish.text.composition import set_text

COVER, TITLE, NAV, NCX = "cover.xhtml", "title.xhtml", "nav.xhtml", "toc.ncx"
STYLE = "style/book.css"


def written_marks(marks: Iterable[PageBreak]) -> Safe:
    """Return marks of printed pages, a line each."""
    return Safe("".join(f"{page_mark(mark)}\n" for mark in marks))


def rendered(template: str, settings: Settings, **values: object) -> bytes:
    """Return a template filled in; its title is the book's unless `values` has another."""
    language = settings.language
    book_title = set_text(settings.title, language)
    markup = (
        templates("epub", closed=True)
        .get_template(template)
        .render(
            language=language,
            direction=direction(language),
            words=wording(language),
            style=STYLE,
            book_title=book_title,
            **({"title": book_title} | values),
        )
    )
    return markup.encode("utf-8")
