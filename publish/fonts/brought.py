"""The fonts that a book brings: they stand in for the characters that its own type lacks.

In: the files in fonts/ that book.toml names, and the characters that an edition needs of them. Out:
`Face`s of families of their own, which follow the book's in every list of families, and problems
S113 to S116. Weight and style are read from the font (OpenType: OS/2, fvar), and so is whether it
may be embedded (OS/2, fsType). A family is cut down to what is needed, a variable font is set at
the weights of the book, and a weight or an italic that is not there is stood in for by the nearest
that is: nothing is slanted or thickened by the machine, which is another machine each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct

from publish.fonts.files import Face
from publish.fonts.subsets import cut
from publish.ground.problems import Problem, problem
from publish.ground.root import BookRoot
from publish.ground.source import SourceFile, Span
from publish.settings.book_toml import FONT_SUFFIXES
from publish.settings.schema import nearest
from publish.settings.toml import place_of

EXTRA = "Katern Extra"
"""What the families are called, with a number after it."""
FOLDER = "fonts"
BLANK = ord(" ")
"""The layout engine takes the blank after a word from the font of the word."""
WEIGHTS, STYLES = (400, 600, 700), ("normal", "italic")
"""The weights and styles in which the book is set."""
_ITALIC, _OBLIQUE = 1 << 0, 1 << 9
_RESTRICTED, _LESS, _WHOLE, _BITMAPS = 0x0002, 0x000C, 0x0100, 0x0200
"""Bits of OS/2: fsSelection, and fsType, where a lesser restriction takes the greater away."""
_LICENCE = re.compile(r"ofl|licen[cs]e|copying", re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Font(Struct, frozen=True, eq=False):
    """A font file: its family, its lightest and heaviest weight, its code points."""

    file: str
    data: bytes
    place: Span
    family: str
    weights: tuple[int, int]
    italic: bool
    letters: frozenset[int]

    def nearest(self, weight: int) -> int:
        """Return the weight in which it can be set that is nearest to the one wanted."""
        return min(max(weight, self.weights[0]), self.weights[1])


class Extra(Struct, frozen=True):
    """The fonts of a book by family, in order, and the texts of their licences."""

    families: Mapping[str, tuple[Font, ...]]
    licences: tuple[tuple[str, bytes], ...] = ()

    @property
    def letters(self) -> frozenset[int]:
        """Return the code points that can be set wherever they stand."""
        return frozenset().union(*(_base(fonts).letters for fonts in self.families.values()))

    @property
    def names(self) -> dict[str, str]:
        """Return the name in the book of each family, by its maker's."""
        return {name: f"{EXTRA} {number}" for number, name in enumerate(self.families, 1)}


def read_extra(
    root: BookRoot, files: Sequence[str], source: SourceFile
) -> tuple[Extra, list[Problem]]:
    """Read the fonts of a book; `files` are named in book.toml, which is `source`."""
    families: dict[str, tuple[Font, ...]] = {}
    problems: list[Problem] = []
    there = root.files(FOLDER)
    fonts = root.files(FOLDER, suffixes=FONT_SUFFIXES)
    for number, file in enumerate(files):
        at = place_of(source, "fonts", "files", number)
        if file in files[:number]:
            continue
        if file not in fonts:
            problems.append(problem("S113", at, file=file, nearest=nearest(file, fonts)))
            continue
        font, found = _read(root.path(FOLDER, file), at)
        problems += found
        if font:
            families[font.family] = (*families.get(font.family, ()), font)
    unused = (name for name in fonts if name not in files)
    problems += (problem("S116", Span(f"{FOLDER}/{name}"), file=name) for name in unused)
    texts = (one for one in map(PurePath, there) if one.name not in fonts)
    licences = tuple(
        (f"licence-{number}-{_safe(one.stem)}.txt", root.read(FOLDER, one.name))
        for number, one in enumerate(filter(_is_licence, texts), 1)
    )
    return Extra(families, licences if families else ()), problems


def _is_licence(file: PurePath) -> bool:
    return _LICENCE.search(file.stem) is not None


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", name)


def _read(path: Path, at: Span) -> tuple[Font | None, list[Problem]]:
    """Read a font file; no font where it is damaged, or may not be embedded."""
    try:
        data = path.read_bytes()
        font = _opened(data)
        reason, forbidden = _unusable(font), _forbidden(font["OS/2"].fsType)
        if not reason and not forbidden:
            return _font(path.name, data, at, font), []
    except Exception as error:
        # The library raises whatever a broken table leads it to.
        reason, forbidden = _told(error), ""
    code, why = ("S114", reason) if reason else ("S115", forbidden)
    return None, [problem(code, at, file=path.name, reason=why)]


def _opened(data: bytes) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(data), recalcTimestamp=False)


def _told(error: Exception) -> str:
    """Return what went wrong, on one line."""
    said = " ".join(str(error).split()) or type(error).__name__
    return f"it is damaged, or none at all ({said[:90]})"


def _unusable(font: Any) -> str:
    """Tell why a font cannot be set; empty where it can."""
    if not {"glyf", "CFF ", "CFF2"} & set(font.keys()):
        return "it has no outlines"
    letters = font.getBestCmap()
    if not letters:
        return "it does not say which characters it has"
    return "" if BLANK in letters else "it has no blank"


def _forbidden(kind: int) -> str:
    """Tell how a font forbids that it is embedded (OpenType, OS/2, fsType); empty if it does not.

    A book has only the part of a font that it needs: one that must stay whole cannot be embedded.
    """
    if kind & _RESTRICTED and not kind & _LESS:
        return "its maker forbids it (fsType 2)"
    if kind & _WHOLE:
        return "its maker forbids that a part of it is (fsType 256)"
    return "its maker allows it for bitmaps alone (fsType 512)" if kind & _BITMAPS else ""


def _font(file: str, data: bytes, at: Span, font: Any) -> Font:
    table = font["OS/2"]
    axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
    weight = int(table.usWeightClass)
    weights = (weight, weight)
    if "wght" in axes:
        weights = (round(axes["wght"].minValue), round(axes["wght"].maxValue))
    family = str(font["name"].getBestFamilyName() or file.rpartition(".")[0])
    italic = bool(table.fsSelection & (_ITALIC | _OBLIQUE))
    return Font(file, data, at, family, weights, italic, frozenset(font.getBestCmap()))


def extra_faces(extra: Extra, wanted: Iterable[str]) -> tuple[tuple[Face, ...], list[Problem]]:
    """Return the faces of a book's fonts with the characters that are wanted of them.

    A family that has none of them has no face. Where an italic or a bold lacks letters that the
    upright has, the upright stands in for those: it is a family of its own, “… Wide”.
    """
    faces: list[Face] = []
    problems: list[Problem] = []
    left = frozenset(map(ord, wanted))
    every = (font for fonts in extra.families.values() for font in fonts)
    numbers = {font.file: number for number, font in enumerate(every, 1)}
    for name, fonts in extra.families.items():
        base = _base(fonts)
        needed = left & base.letters
        for family, font, weight, style in _slots(extra.names[name], fonts, needed):
            face, found = _face(font, weight, left & font.letters, numbers[font.file])
            problems += (one for one in found if one not in problems)
            if face:
                faces.append(Face(family, weight, style, "", *face))
    return tuple(faces), problems


def _base(fonts: Sequence[Font]) -> Font:
    return _nearest(fonts, 400, "normal")


def _nearest(fonts: Sequence[Font], weight: int, style: str) -> Font:
    """Return the font of a family that stands for a weight and a style."""

    def distance(font: Font) -> tuple[bool, int, int]:
        given = font.nearest(weight)
        return font.italic != (style == "italic"), abs(given - weight), -given

    return min(fonts, key=distance)


def _slots(
    family: str, fonts: Sequence[Font], needed: frozenset[int]
) -> Iterator[tuple[str, Font, int, str]]:
    """Yield family, font, weight and style of every face of a family that is needed."""
    base = _base(fonts)
    chosen = {
        (weight, style): _nearest(fonts, weight, style) for style in STYLES for weight in WEIGHTS
    }
    if needed:
        yield from ((family, font, *slot) for slot, font in chosen.items())
    if any(needed - font.letters for font in chosen.values()):
        yield from ((f"{family} Wide", base, *slot) for slot in chosen)


def _face(
    font: Font, weight: int, letters: frozenset[int], number: int
) -> tuple[tuple[str, bytes] | None, list[Problem]]:
    """Return file name and bytes of a font, cut; nothing where it has none of the characters."""
    if not letters:
        return None, []
    low, high = font.weights
    weight = font.nearest(weight)
    try:
        data = _cut(font, weight, letters)
    except Exception as error:
        # Here too the library raises whatever a broken table leads it to.
        return None, [problem("S114", font.place, file=font.file, reason=_told(error))]
    stem = _safe(font.file.rpartition(".")[0]) + (f"-{weight}" if low < high else "")
    return (f"{number}-{stem}.{'otf' if data.startswith(b'OTTO') else 'ttf'}", data), []


@lru_cache(maxsize=64)
def _cut(font: Font, weight: int, letters: frozenset[int]) -> bytes:
    """Return a font with the code points given, at a weight where it is variable."""
    from fontTools.varLib.instancer import instantiateVariableFont

    opened = _opened(font.data)
    cut(opened, map(chr, letters | {BLANK}))
    if "fvar" in opened:
        places = {axis.axisTag: axis.defaultValue for axis in opened["fvar"].axes}
        if "wght" in places:
            places["wght"] = weight
        opened = instantiateVariableFont(opened, places)
    opened.flavor = None
    out = BytesIO()
    opened.save(out, reorderTables=True)
    return out.getvalue()


def families_of(faces: Iterable[Face]) -> str:
    """Return the families of faces as they follow others in CSS: `, "one", "other"`."""
    return "".join(f', "{name}"' for name in dict.fromkeys(face.family for face in faces))
