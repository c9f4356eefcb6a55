"""What is known of a book and its editions, for the report.

In: a `Subject`. Out: plain values, ready for JSON: title, date, and of each edition that is there
its file, size in bytes, SHA-256, pages or documents, and words; which Ace looked at the e-book.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pikepdf import Pdf

from publish.book.inlines import Edition
from publish.book.model import Book
from publish.checks import ace
from publish.checks.epub_reader import NoEbook, read_ebook
from publish.checks.folding import folded
from publish.checks.pdf_reader import NoPdf, reading
from publish.checks.subject import Subject
from publish.checks.words import units_of
from publish.epub.extract import extract_of
from publish.ground.filenames import FILES


def facts_of_book(subject: Subject) -> dict[str, Any]:
    """Return the facts of a book and of its editions."""
    settings = subject.book.settings
    words: dict[str, int] = {
        "epub": count(subject, "epub"),
        "extract": _count(extract_of(subject.unset("epub"))),
        **dict.fromkeys(("print", "booklet", "screen", "proof"), count(subject, "print")),
    }
    return {
        "title": settings.title,
        "subtitle": settings.subtitle,
        "language": settings.language,
        "modified": settings.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "outputs": [
            {"name": name, **_file(subject.path(name)), "words": words.get(name)}
            for name in FILES
            if subject.path(name).is_file()
        ],
        "ace": ace.told() if subject.fresh("epub") else "not run: there is no e-book as it is now",
    }


def count(subject: Subject, edition: Edition) -> int:
    """Return the number of words of an edition, as they are counted for its checks."""
    return _count(subject.unset(edition))


def _count(book: Book) -> int:
    return sum(len(folded(unit.text)) for unit in units_of(book))


def _file(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "file": path.name,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "pages": _pages(path),
    }


def _pages(path: Path) -> int | None:
    """Return the pages of a PDF or the documents of an e-book; None for what has neither."""
    try:
        if path.suffix == ".epub":
            return len(read_ebook(path).spine)
        if path.suffix == ".pdf":
            with reading(path), Pdf.open(path) as pdf:
                return len(pdf.pages)
    except (NoEbook, NoPdf):
        pass  # The checkers tell of it.
    return None
