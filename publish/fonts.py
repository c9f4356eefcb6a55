"""The book's fonts: which files, which characters they have, subsets of them.

In: nothing of the system; the files come with the packages `font-source-serif-pro` and
`font-hanken-grotesk` (both SIL OFL 1.1). Out: `Face` rows, `@font-face` rules, subset bytes, and
problem M219 for a character that no face of the book can set.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from publish.book import Book, Code, Heading, Text, lines_of, walk, walk_inlines
from publish.problems import Problem, problem
from publish.source import SourceFile, Span

SERIF, SERIF_FILES = "Katern Serif", "font_source_serif_pro"
SANS, SANS_FILES = "Katern Sans", "font_hanken_grotesk"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family: what CSS calls it, and its file in a package."""

    family: str
    weight: int
    style: str
    package: str
    file: str

    def data(self) -> bytes:
        """Return the font file's bytes."""
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
LICENCES = (("font_source_serif_pro", "LICENSE.txt"), ("font_hanken_grotesk", "OFL.txt"))


@cache
def coverage(package: str, file: str) -> frozenset[int]:
    """Return the code points that a font file has a glyph for."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(files(package).joinpath("files", file).read_bytes()), lazy=True)
    return frozenset(font.getBestCmap())


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


def subset(face: Face, characters: Iterable[str]) -> bytes:
    """Return a face with only the characters given, its layout features kept.

    The head's date is left as the designer set it, so that the same text gives the same bytes.
    """
    from fontTools import subset as subsetting
    from fontTools.ttLib import TTFont

    options = subsetting.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG"]
    font = TTFont(BytesIO(face.data()), recalcTimestamp=False)
    cutter = subsetting.Subsetter(options)
    cutter.populate(unicodes=sorted({ord(one) for one in characters}))
    cutter.subset(font)
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def check_characters(book: Book, sources: dict[str, SourceFile]) -> list[Problem]:
    """Report, once for each line, every character of the text that no face of the book has."""
    known = settable()
    found: dict[tuple[str, int, str], Span] = {}
    for chapter in book.chapters:
        blocks = [*([chapter.title] if isinstance(chapter.title, Heading) else []), *chapter.blocks]
        blocks += [block for note in chapter.notes for block in note.blocks]
        for block in walk(blocks):
            for line in lines_of(block):
                for inline in walk_inlines(line):
                    if isinstance(inline, Text | Code):
                        _missing(inline, sources[chapter.file], known, found)
    for photo in book.photos.values():
        for inline in walk_inlines(photo.caption):
            if isinstance(inline, Text | Code):
                _missing(inline, sources["captions.toml"], known, found)
    return [
        problem("M219", span, char=char, name=unicodedata.name(char, f"U+{ord(char):04X}"))
        for (_, _, char), span in found.items()
    ]


def _missing(
    text: Text | Code,
    source: SourceFile,
    known: frozenset[int],
    found: dict[tuple[str, int, str], Span],
) -> None:
    for char in set(text.value):
        if ord(char) not in known and not char.isspace() and char not in "\u00ad\u200b\u2060":
            at = text.value.index(char)
            offset = Text(text.value, text.places).source_offset(at)
            span = source.span(min(offset, len(source.text)))
            found.setdefault((span.file, span.line, char), span)
