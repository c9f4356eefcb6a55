"""What `[accessibility]` claims of the e-book, against what the book is known to be.

In: the `Book` of the EPUB edition, its pictures, `book.toml`. Out: problems S120 and S121 at the
key that claims too much. A claim is never made by the toolchain: it is somebody's, and here it is
only not contradicted (EPUB Accessibility 1.1, “Conformance reporting”).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publish.book.model import Book
from publish.book.walking import pictures_of
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile
from publish.pictures.legibility import faint_lettering
from publish.pictures.photos import Asset
from publish.settings.toml import read_toml


def check_claims(book: Book, pictures: Mapping[str, Asset], source: SourceFile) -> list[Problem]:
    """Report a claim to conform that the book contradicts; `source` is book.toml."""
    signed, (document, _) = book.settings.accessibility, read_toml(source)
    if signed is None or document is None:
        return []
    at = document.value(("accessibility", "conforms-to"))
    level = signed.conforms_to.rpartition(" ")[2]
    reasons = [*_undescribed(book)]
    if level != "A":
        reasons += _faint(book, pictures, level)
    problems = [problem("S120", at, claim=signed.conforms_to, reason=one) for one in reasons]
    changed = book.settings.modified.date().isoformat()
    if signed.date < changed:
        signing = document.value(("accessibility", "date"))
        problems.append(problem("S121", signing, signed=signed.date, changed=changed))
    return problems


def _undescribed(book: Book) -> Iterator[str]:
    for name, alt in dict.fromkeys(pictures_of(book)):
        photo = book.photos[name]
        if not (alt or photo.alt or photo.decorative):
            yield f"“{name}” has no alt text"


def _faint(book: Book, pictures: Mapping[str, Asset], level: str) -> Iterator[str]:
    """Tell of the first words of each drawing that can hardly be read."""
    for name in dict.fromkeys(name for name, _ in pictures_of(book)):
        asset = pictures.get(name)
        if asset and asset.is_drawing and not book.photos[name].decorative:
            for one in list(faint_lettering(asset.data, level))[:1]:
                yield f"“{one.what}” in “{name}” has a contrast of {int(one.ratio * 10) / 10}:1"
