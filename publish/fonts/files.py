"""The book's fonts: which files, and which characters they have.

In: nothing of the system; the files come with the packages `font-source-serif-pro` and
`font-hanken-grotesk` (both SIL OFL 1.1), and with the book (`extra_fonts`). Out: `Face` rows,
`@font-face` rules, and problem M219 for a character that no face of the book can set.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from importlib.resources import files

from lxml import etree

from publish.book.inlines import Code, Text, plain, walk_inlines
from publish.book.model import Book, Chapter, CodeBlock, Photo, RawBlock
from publish.book.walking import blocks_of, inlines_of
from publish.ground.problems import Problem, problem
from publish.ground.records import fields_of
from publish.ground.shelf import own_shelf
from publish.ground.source import SourceFile, Span
from publish.ground.wording import wording

SERIF, SERIF_FILES = "Katern Serif", "font_source_serif_pro"
SANS, SANS_FILES = "Katern Sans", "font_hanken_grotesk"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family: what CSS calls it, and its file in a package, or what is in it."""

    family: str
    weight: int
    style: str
    package: str
    file: str
    content: bytes = field(default=b"", repr=False)

    def data(self) -> bytes:
        """Return the font file's bytes."""
        if self.content:
            return self.content
        return files(self.package).joinpath("files", self.file).read_bytes()


FACES = (
    Face(SERIF, 400, "normal", SERIF_FILES, "SourceSerifPro-Regular.otf"),
    Face(SERIF, 400, "italic", SERIF_FILES, "SourceSerifPro-It.otf"),
    Face(SERIF, 600, "normal", SERIF_FILES, "SourceSerifPro-Semibold.otf"),
    Face(SERIF, 600, "italic", SERIF_FILES, "SourceSerifPro-SemiboldIt.otf"),
    # The italics have no Cyrillic and no Greek: an upright stands in, not a slanted fake.
    Face(f"{SERIF} Wide", 400, "italic", SERIF_FILES, "SourceSerifPro-Regular.otf"),
    Face(f"{SERIF} Wide", 400, "normal", SERIF_FILES, "SourceSerifPro-Regular.otf"),
    Face(f"{SERIF} Wide", 600, "normal", SERIF_FILES, "SourceSerifPro-Semibold.otf"),
    Face(SANS, 400, "normal", SANS_FILES, "HankenGrotesk-Regular.otf"),
    Face(SANS, 400, "italic", SANS_FILES, "HankenGrotesk-Italic.otf"),
    Face(SANS, 600, "normal", SANS_FILES, "HankenGrotesk-SemiBold.otf"),
    Face(SANS, 700, "normal", SANS_FILES, "HankenGrotesk-Bold.otf"),
)


@cache
def coverage(package: str, file: str) -> frozenset[int]:
    """Return the code points that a font file has a glyph for."""
    data = files(package).joinpath("files", file).read_bytes()

    def read() -> bytes:
        import uharfbuzz

        return array("I", sorted(uharfbuzz.Face(uharfbuzz.Blob(data)).unicodes)).tobytes()

    found = array("I")
    found.frombytes(own_shelf("fonts").kept(read, data))
    return frozenset(found)


def settable() -> frozenset[int]:
    """Return the code points that the book's faces can set wherever they stand."""
    return coverage(SERIF_FILES, "SourceSerifPro-Regular.otf")


def font_faces(address: str, used: Iterable[Face] = FACES) -> str:
    """Return `@font-face` rules; `address` is where the files stand, such as "../fonts/"."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f' font-style: {face.style}; src: url("{address}{face.file}"); }}'
        for face in used
    )


def letters_of(book: Book) -> frozenset[str]:
    """Return every character that an edition of a book may show, but those of its drawings."""
    characters: set[str] = set()
    for chapter in book.chapters:
        characters.update(chapter.short, *_texts(chapter))
    for photo in book.photos.values():
        characters.update(plain(photo.caption), *_told(photo))
    characters.update(*_strings(book.settings), *_strings(wording(book.settings.language)))
    return frozenset(characters)


def letters_in(svg: bytes) -> frozenset[str]:
    """Return the characters of a drawing's lettering."""
    return frozenset("".join(map(str, etree.fromstring(svg).itertext())))


PRINTABLE = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u202f·–—‘’“”‚„‹›«»…"
"""What an e-book may need beyond its own words: figures, labels, attributions."""


def _texts(chapter: Chapter) -> Iterator[str]:
    for _, inline in inlines_of(chapter):
        if isinstance(inline, Text | Code):
            yield inline.value
    for block in blocks_of(chapter):
        if isinstance(block, CodeBlock):
            yield block.value
        elif isinstance(block, RawBlock):
            yield unescape(block.html)


def _told(photo: Photo) -> tuple[str, ...]:
    """Return what is told of a photo below its caption."""
    return photo.credit, photo.licence, photo.source, photo.date, photo.long


def _strings(value: object) -> Iterator[str]:
    """Yield every text in a record, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    else:
        for name in fields_of(value):
            yield from _strings(getattr(value, name))


def check_drawing(photo: Photo, svg: bytes, extra: frozenset[int] = frozenset()) -> list[Problem]:
    """Report every character of a drawing's lettering that no face of the book has."""
    letters = (char for char in lacking(letters_in(svg)) if ord(char) not in extra)
    return _told_missing((photo.span, char) for char in letters)


def check_characters(
    book: Book, sources: dict[str, SourceFile], extra: frozenset[int] = frozenset()
) -> list[Problem]:
    """Report the characters of the text that no face of the book has, line by line.

    `extra` are the code points of the fonts that the book brings.
    """
    found: dict[tuple[str, int, str], Span] = {}
    for chapter in book.chapters:
        for _, inline in inlines_of(chapter):
            if isinstance(inline, Text | Code):
                _missing(inline, sources[chapter.file], found)
        for block in blocks_of(chapter):
            if isinstance(block, CodeBlock | RawBlock):
                typed = block.value if isinstance(block, CodeBlock) else unescape(block.html)
                _missing_as_typed((typed,), sources[chapter.file], block.span.start, found)
        _missing_as_typed((chapter.short,), sources[chapter.file], 0, found)
    for photo in book.photos.values():
        for inline in walk_inlines(photo.caption):
            if isinstance(inline, Text | Code):
                _missing(inline, sources["captions.toml"], found)
        _missing_as_typed(_told(photo), sources["captions.toml"], photo.span.start, found)
    _missing_as_typed(_strings(book.settings), sources["book.toml"], 0, found)
    return _told_missing(
        (span, char) for (_, _, char), span in found.items() if ord(char) not in extra
    )


Missing = dict[tuple[str, int, str], Span]


def _told_missing(found: Iterable[tuple[Span, str]]) -> list[Problem]:
    """Tell of characters once for each line and script; one of no script is told by its name."""
    from fontTools import unicodedata as scripts

    runs: dict[tuple[str, int, str], list[tuple[Span, str]]] = {}
    for span, char in found:
        script = scripts.script(char)
        kind = char if script in _NO_SCRIPT else script
        runs.setdefault((span.file, span.line, kind), []).append((span, char))
    problems = []
    for (_, _, kind), run in runs.items():
        run.sort(key=lambda one: one[0].column)
        letters = "".join(char for _, char in run)
        if kind == letters:
            what = f"the character {kind} ({unicodedata.name(kind, f'U+{ord(kind):04X}')})"
            font = "a font that has it"
        else:
            script = scripts.script_name(kind, default=kind)
            more = "…" if len(letters) > _MOST_TOLD else ""
            several = "letters" if len(letters) > 1 else "letter"
            what = f"the {several} {letters[:_MOST_TOLD]}{more} of the {script} script"
            font = f"a font of the {script} script"
        problems.append(problem("M219", run[0][0], what=what, font=font))
    return problems


_NO_SCRIPT = ("Zyyy", "Zinh", "Zzzz")
"""The codes of what belongs to no script of its own (UAX 24): signs, joined marks, the unknown."""
_MOST_TOLD = 12
"""Letters of a line that are told."""


UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""What shapes or breaks a line and is never shown, so that it needs no glyph (UAX 9, UAX 14)."""


def lacking(characters: Iterable[str]) -> list[str]:
    """Return the characters that need a glyph, and have none in the book's own type."""
    known = settable()
    return sorted(
        char
        for char in set(characters)
        if ord(char) not in known and not char.isspace() and char not in UNSEEN
    )


@cache
def _needless() -> frozenset[str]:
    """Return the characters of which none is lacking, so that most texts are done at a glance."""
    return frozenset(map(chr, settable())) | UNSEEN


def _missing(text: Text | Code, source: SourceFile, found: Missing) -> None:
    if _needless().issuperset(text.value):
        return
    for char in lacking(text.value):
        run = Text(text.value, text.places)
        for match in re.finditer(re.escape(char), text.value):
            span = source.span(min(run.source_offset(match.start()), len(source.text)))
            found.setdefault((span.file, span.line, char), span)


def _missing_as_typed(texts: Iterable[str], source: SourceFile, start: int, found: Missing) -> None:
    """Find characters of texts whose places nobody kept: where they first stand in the file."""
    for text in texts:
        for char in lacking(text):
            span = source.span(max(source.text.find(char, start), start))
            found.setdefault((span.file, span.line, char), span)
