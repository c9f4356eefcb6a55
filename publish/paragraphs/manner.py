"""How the paragraphs of a book are broken: its wishes in `book.toml`, and what good use adds.

In: `PrintSettings` and the book. Out: a `Manner`, lengths in em of the type that is
set; None where lines are to be filled one by one, first-fit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from itertools import chain
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from publish.book.inlines import Text
from publish.book.model import Book
from publish.book.walking import inlines_of
from publish.paragraphs.hyphenation import LONGEST, Hyphenation, exceptions
from publish.paragraphs.pieces import Costs
from publish.paragraphs.taste import Taste
from publish.settings.printing import PrintSettings

_LEAST = 4
"""Letters of the shortest word that is held to be part of others."""
_BEGINNING = _LEAST - 1
"""Letters of the shortest that is one but for an é at its end."""
_WORD = re.compile(rf"[^\W\d_]{{{_LEAST},}}")
_TAG = re.compile(r"<[^>]*>")

SCALING, FITTING = 0.02, 0.01
"""How far letters may be widened, and the white between them, in shares of a line's width."""


def _justified() -> Taste:
    return Taste(tolerance=1.6, expansion=SCALING + FITTING)


def _ragged() -> Taste:
    return Taste(tolerance=2.0)


class Manner(Struct, frozen=True):
    """How paragraphs are broken: justified and ragged ones, what breaks cost, which there are.

    `margins` has letters and punctuation hang in them, `pages` has paragraphs set longer or shorter
    for the pages’ sake; without an `expansion` of the justified ones letters keep their width.
    `runt` is the least width of a last line, `rag` what a ragged line may stay short at a ratio of
    1. `lean` is what a line more is held to cost, in demerits: paragraphs of the text come out
    shorter, below 0 longer.
    `explained` is the page of which paragraphs are kept as they were planned, for their breaks to
    be told.
    """

    justified: Taste = field(default_factory=_justified)
    ragged: Taste = field(default_factory=_ragged)
    margins: bool = True
    pages: bool = True
    runt: float = 2.0
    rag: float = 3.0
    lean: float = 0.0
    explained: int = 0
    costs: Costs = field(default_factory=Costs)
    hyphenation: Hyphenation = field(default_factory=Hyphenation)

    def taste(self, justified: bool, size: float) -> Taste:
        """Return the taste for paragraphs in a size of type, in px."""
        runt = self.runt * size
        if justified:
            return replace(self.justified, runt=runt)
        return replace(self.ragged, rag=self.rag * size, runt=runt)

    def told(self, html: str) -> tuple[str, ...]:
        """Return all by which the paragraphs of a document are broken, whatever its book is.

        Of the words of the book those that parts of its own words may be, or be made of (café in
        cafeetje): no other word is ever asked for.
        """
        words = self.hyphenation.words
        own = replace(self.hyphenation, words=frozenset())
        return repr(replace(self, hyphenation=own)), *_parts_of(html, words)

    def leaning(self, lean: float) -> Manner:
        """Return the manner that sets paragraphs shorter, or longer, by what a line is to cost."""
        return replace(self, lean=lean)


@lru_cache(maxsize=256)
def _parts_of(html: str, words: frozenset[str]) -> tuple[str, ...]:
    """Return those of some words that may tell how the words of a document are broken."""
    text = normalize("NFC", unescape(_TAG.sub("", html)).replace("\u00ad", "")).lower()
    begun = _by_beginning(words)
    # Words of several elements may stand together here.
    own = (_parts(word, begun) for word in set(_WORD.findall(text)))
    return tuple(sorted(set(chain.from_iterable(own))))


class _Begun(dict[str, tuple[str, ...]]):
    """Words by the letters that they begin with, and what was found of them in others."""

    def __init__(self, words: Iterable[str]) -> None:
        known: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            known[word[:_BEGINNING]].append(word)
        super().__init__((beginning, tuple(found)) for beginning, found in known.items())
        self.parts: dict[str, tuple[str, ...]] = {}


@lru_cache(maxsize=2)
def _by_beginning(words: frozenset[str]) -> _Begun:
    return _Begun(words)


def _parts(word: str, begun: _Begun) -> tuple[str, ...]:
    """Return those words that are part of one, or are but for an é at their ends."""
    if word not in begun.parts:
        begun.parts[word] = tuple(
            one
            for start in range(len(word) - _BEGINNING + 1)
            for one in begun.get(word[start : start + _BEGINNING], ())
            if word.startswith(one, start) or (one[-1] == "é" and word.startswith(one[:-1], start))
        )
    return begun.parts[word]


def manner_of(settings: PrintSettings, book: Book | None = None) -> Manner | None:
    """Return how a book wants its paragraphs; parts of its compounds are its other words too."""
    if settings.paragraphs == "first-fit":
        return None
    words = _words(book) if book else frozenset()
    wishes, cost, held = settings.hyphenation, settings.hyphen_cost, settings.demerits
    against = {"double": held.double, "ladder": held.ladder, "final": held.final}
    against |= {"unlike": held.unlike, "short": held.runt}
    return Manner(
        replace(_justified(), tolerance=settings.tolerance, **against),
        replace(_ragged(), **against),
        runt=held.runt_width,
        costs=Costs(cost, seam=0.7 * cost, within=1.5 * cost, edge=3 * cost, dash=0.7 * cost),
        hyphenation=Hyphenation(
            exceptions(wishes.exceptions), wishes.names, wishes.least, words=words, listed=True
        ),
    )


def _words(book: Book) -> frozenset[str]:
    """Return the words of a book, in lower case."""
    found = (one for chapter in book.chapters for _, one in inlines_of(chapter))
    texts = (one.value for one in found if isinstance(one, Text))
    words = (word for text in texts for word in _WORD.findall(text) if len(word) <= LONGEST)
    return frozenset(word.lower() for word in words)
