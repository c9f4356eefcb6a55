"""Fonts cut down to the characters of a book.

In: a face, or a font that is open, and the characters or the glyphs that are wanted of it. Out: the
bytes of a font, which has its layout features where words are still to be set, and the font files
of an e-book. HarfBuzz cuts the book's own type: it gives the same glyphs as fontTools, in a
hundredth of the time. fontTools cuts what a book brings, which may be variable or packed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from publish.book.model import Book
from publish.fonts.files import FACES, PRINTABLE, SANS, SERIF, Face, font_faces, letters_of
from publish.ground.shelf import NOWHERE, Shelf

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
LICENCES = (("font_source_serif_pro", "LICENSE.txt"), ("font_hanken_grotesk", "OFL.txt"))


def subset(face: Face, characters: frozenset[str]) -> bytes:
    """Return a face with only the characters given, without hints, all else of it kept.

    The head's date is left as the designer set it, so that the same text gives the same bytes.
    """
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.set({ord(one) for one in characters})
    for every in (
        wanted.layout_feature_tag_set,
        wanted.layout_script_tag_set,
        wanted.name_id_set,
        wanted.name_lang_id_set,
    ):
        every.clear()
        every.invert()
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE
    made = wanted.subset(uharfbuzz.Face(uharfbuzz.Blob(face.data())))
    return bytes(made.blob.data)


def set_alone(data: bytes, index: int, glyphs: Iterable[int], notdef: bool) -> bytes:
    """Return a font of a file with only the glyphs given, each with its number, for pages.

    Without hints, and without what only those need who lay text out. `notdef` keeps the picture of
    a letter that is lacking.
    """
    import uharfbuzz

    wanted, flags = uharfbuzz.SubsetInput(), uharfbuzz.SubsetFlags
    wanted.glyph_set.set(set(glyphs))
    wanted.drop_table_tag_set.update(int.from_bytes(name.encode("ascii")) for name in _DROPPED)
    wanted.flags = flags.RETAIN_GIDS | flags.PASSTHROUGH_UNRECOGNIZED | flags.DESUBROUTINIZE
    wanted.flags |= flags.NO_HINTING | (flags.NOTDEF_OUTLINE if notdef else 0)
    return bytes(wanted.subset(uharfbuzz.Face(uharfbuzz.Blob(data), index)).blob.data)


def cut(font: TTFont, characters: Iterable[str]) -> None:
    """Leave only the characters given in a font, with all that may come of them."""
    from fontTools import subset as subsetting

    options = subsetting.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG"]
    cutter = subsetting.Subsetter(options)
    cutter.populate(unicodes=sorted({ord(one) for one in characters}))
    cutter.subset(font)


def epub_fonts(
    book: Book, extra: Iterable[Face] = (), shelf: Shelf = NOWHERE, made_by: str = ""
) -> tuple[list[tuple[str, bytes]], str]:
    """Return the files of the e-book's fonts, their licences with them, and `@font-face` rules.

    Each face is cut down to the characters of the book; `extra` ones, which the book brings, are
    already. OpenType is what reading systems of every age take; WOFF2, smaller by a fifth, is
    unknown to those built on Adobe's older engine. What a face was cut down to is kept on a shelf,
    by what it was `made_by`.
    """
    characters = frozenset(PRINTABLE) | letters_of(book)
    own, extra = [face for face in FACES if face.family in (SERIF, SANS)], tuple(extra)
    told = made_by, "".join(sorted(characters))
    files_made = [
        (face.file, shelf.kept(partial(subset, face, characters), *told, face.file)) for face in own
    ]
    # Those of the extract, which has other characters, may lie beside them.
    shelf.tidy(len(own))
    files_made += {face.file: face.content for face in extra}.items()
    licences = [
        (f"{package.replace('_', '-')}.txt", files(package).joinpath("files", name).read_bytes())
        for package, name in LICENCES
    ]
    return files_made + licences, font_faces("../fonts/", (*own, *extra))
