"""`captions.toml`: the photos of a book, what is said of them and where they come from.

In: the file and the folder `photos/`. Out: `Photo` by id, and problems C303 to C310, C318, C323,
C325.
Only the head of a picture is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.book.model import Photo
from publish.ground.problems import Problem, problem
from publish.ground.root import BookRoot
from publish.ground.source import SourceFile, Span
from publish.ground.units import MB, megabytes
from publish.manuscript.markdown import read_inlines
from publish.settings.book_toml import INKS
from publish.settings.limits import USUAL, LimitSettings
from publish.settings.schema import Wrong, choice, expect, flag, nearest, read_table, setting, text
from publish.settings.toml import placed_text, read_toml
from publish.settings.values import date_text, file_in

SUFFIXES = (".jpg", ".jpeg", ".png", ".svg")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_WRONG = ("S102", "S103")
ORIENTATION = 0x0112
"""The EXIF tag that tells how a camera was held."""


def alt_text(value: object) -> str:
    """Read an alt text: a sentence of its own, not a file's name."""
    words = text(value)
    if words.lower().endswith(SUFFIXES) and " " not in words:
        raise Wrong("what is to be seen in the picture, not the name of its file")
    return words


def taken(value: object) -> str:
    """Read when a picture was made: a date, a year, or words such as "around 1927"."""
    return text(value) if isinstance(value, str) else date_text(value)


def markup(value: object) -> str:
    """Read a line of inline marks; it may be empty."""
    return text(value) if expect(str, value, "a text in quotes").strip() else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of captions.toml."""

    file: str = setting(file_in("photos", SUFFIXES), "the picture's file in photos/", "")
    kind: str = setting(choice("photo", "drawing", "chart"), "what kind of picture it is", "")
    caption: str = setting(markup, "the caption; inline marks may stand in it", "")
    alt: str = setting(alt_text, "what is to be seen, for who cannot see it", "")
    decorative: bool = setting(flag, "true for a picture that says nothing", False)
    credit: str = setting(text, "who made it", "")
    licence: str = setting(text, "under which licence", "")
    source: str = setting(text, "where it, or its figures, come from", "")
    date: str = setting(taken, "when it was made", "")
    long: str = setting(text, "a long description, of a chart say", "")
    ink: str = setting(choice(*INKS), "its colours, greys, or tints of black and the red", "")
    expected: bool = setting(flag, "true for a picture that has not arrived yet", False)


def read_captions(
    source: SourceFile, root: BookRoot, limits: LimitSettings = USUAL
) -> tuple[dict[str, Photo], list[Problem]]:
    """Read captions.toml; `root` is the book's folder, which holds photos/."""
    document, problems = read_toml(source)
    if document is None:
        return {}, problems
    photos: dict[str, Photo] = {}
    for name, values in document.values.items():
        path, span = (name,), document.key((name,))
        if not isinstance(values, dict) or not _ID.fullmatch(name):
            expected = "a table, [photo-id], its id made of letters, figures and hyphens"
            problems.append(problem("S102", span, key=name, expected=expected))
            if _ID.fullmatch(name):
                photos[name] = _unread(name, values, span)
            continue
        entry, found = read_table(document, path, values, Entry)
        problems += found
        if entry is None:
            photos[name] = _unread(name, values, span)
            continue
        at = document.value((*path, "caption"))
        photos[name], found = _photo(source, name, entry, span, at, root, limits)
        problems += found
    # What one of them cannot be read for may be its picture.
    if not any(one.code in _WRONG for one in problems):
        problems += _without_caption(photos, root)
    return photos, problems


def _unread(name: str, values: object, span: Span) -> Photo:
    """Return a photo whose table is wrong, so that nothing else seems wrong because of it."""
    file = str(values.get("file", "")) if isinstance(values, dict) else ""
    return Photo(name, file, "photo", (), "", span, arrived=False)


def _photo(
    source: SourceFile,
    name: str,
    entry: Entry,
    span: Span,
    at: Span,
    root: BookRoot,
    limits: LimitSettings,
) -> tuple[Photo, list[Problem]]:
    written, offsets = _on_one_line(placed_text(source, at) if entry.caption else [])
    caption, problems = read_inlines(source, written, offsets)
    drawn = entry.file.lower().endswith(".svg")
    size, arrived, found = _pixels(name, entry, root, span, limits)
    if not entry.caption and not entry.decorative:
        problems.append(problem("C303", span, name=name))
    if entry.decorative and entry.alt:
        problems.append(problem("C310", span, name=name))
    if drawn and entry.ink not in ("", "colour"):
        problems.append(problem("C323", span, name=name, ink=entry.ink))
    if not entry.alt and not entry.decorative:
        problems.append(problem("C304", span, name=name))
    photo = Photo(
        id=name,
        file=entry.file,
        kind=entry.kind or ("drawing" if drawn else "photo"),
        caption=caption,
        alt=entry.alt,
        span=span,
        decorative=entry.decorative,
        credit=entry.credit,
        licence=entry.licence,
        source=entry.source,
        date=entry.date,
        long=entry.long,
        arrived=arrived,
        size=size,
        ink=entry.ink,
        said=at if entry.caption else None,
    )
    return photo, problems + found


def _on_one_line(placed: Sequence[tuple[str, int]]) -> tuple[str, list[int]]:
    """Return characters with their places as one line, each run of blanks one blank."""
    kept: list[tuple[str, int]] = []
    for char, at in placed:
        if not char.isspace():
            kept.append((char, at))
        elif kept and kept[-1][0] != " ":
            kept.append((" ", at))
    if kept and kept[-1][0] == " ":
        kept.pop()
    return "".join(char for char, _ in kept), [at for _, at in kept]


def _pixels(
    name: str, entry: Entry, root: BookRoot, span: Span, limits: LimitSettings
) -> tuple[tuple[int, int], bool, list[Problem]]:
    """Return the size in pixels and whether the picture is there."""
    if entry.file and root.has("photos", entry.file):
        size_of_file = root.size("photos", entry.file)
        if size_of_file > limits.picture * MB:
            known = {"file": entry.file, "size": megabytes(size_of_file), "most": limits.picture}
            return (0, 0), False, [problem("C325", span, **known)]
        if entry.file.lower().endswith(".svg"):
            return (0, 0), True, []
        size = pixel_size(root.path("photos", entry.file))
        if size is None:
            reason = "it is neither JPEG nor PNG inside"
            return (0, 0), False, [problem("C309", span, file=entry.file, reason=reason)]
        if size[0] * size[1] > limits.pixels * 1_000_000:
            known = {"file": entry.file, "width": size[0], "height": size[1]}
            return (0, 0), False, [problem("C318", span, most=limits.pixels, **known)]
        return size, True, []
    if entry.expected:
        return (0, 0), False, [problem("C307", span, name=name)]
    if not entry.file:
        return (0, 0), False, [problem("C305", span, name=name)]
    there = _files(root)
    return (
        (0, 0),
        False,
        [problem("C306", span, file=entry.file, nearest=nearest(entry.file, there))],
    )


def _files(root: BookRoot) -> list[str]:
    return root.files("photos", suffixes=SUFFIXES)


def _without_caption(photos: dict[str, Photo], root: BookRoot) -> list[Problem]:
    named = {photo.file for photo in photos.values()}
    return [
        problem("C308", Span(f"photos/{name}"), file=name)
        for name in _files(root)
        if name not in named
    ]


def pixel_size(path: Path) -> tuple[int, int] | None:
    """Return the width and height in pixels of a PNG or JPEG as it is seen; None for neither.

    A photo that its camera marked as turned (EXIF, Orientation 5 to 8) is as wide as it is high.
    """
    from PIL import Image

    # Only the head is read; what is too large is told, and never loaded.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            # A PNG would have to be read whole for it.
            turned = image.format == "JPEG" and image.getexif().get(ORIENTATION, 1) >= 5
            return (image.height, image.width) if turned else (image.width, image.height)
    except (OSError, ValueError, SyntaxError):
        return None
