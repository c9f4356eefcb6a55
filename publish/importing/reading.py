"""A file of raw text → its characters and the encoding that it is in.

In: a path. Out: a `Reading`; problem I801 for what is not there or no text. Found out in this
order: a byte-order mark (Unicode 15, 23.8), what other formats begin with, UTF-16 by where its NULs
stand, UTF-8, and Windows-1252 for what is left.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Literal

from msgspec import Struct

from publish.ground.plain import ADVICE, NotPlain, check_plain, read_plain
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.importing.lines import BARRED, place
from publish.importing.refusing import DAMAGED

MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte-order marks, the longest first: UTF-32's begins as UTF-16's does."""

_OTHER = "Take the file that holds the text."
_SAVE = "Open it in its own program and save it as DOCX or as plain text (UTF-8)."
FORMATS = (
    (b"\xd0\xcf\x11\xe0", "an old word processor's file", _SAVE),
    (b"{\\rtf", "an RTF file", _SAVE),
    (b"\x89PNG", "a picture (PNG)", _OTHER),
    (b"\xff\xd8\xff", "a picture (JPEG)", _OTHER),
    (b"GIF8", "a picture (GIF)", _OTHER),
)
"""What other formats begin with, what they are, and what to do."""
ZIP = b"PK\x03\x04"
_DOCX, _OFFICE = b"word/document.xml", b"[Content_Types].xml"
"""Parts of a DOCX: the one that others have not, and the first of all of its family."""
_TEXT, KINDS = b"wordprocessingml.document.main+xml", 1_000_000
"""What kind of part the text of a DOCX is, and how many bytes of the list of kinds are read."""
ZIPPED = (
    (b"vnd.oasis.opendocument", "a word processor's file (ODT)"),
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"", "a zip"),
)
"""What stands somewhere in a zip of some kind, and what that is."""

GUESSED = {
    "cp1252": "Windows-1252",
    "latin-1": "Windows-1252, though some of its bytes have no meaning there",
    "utf-16-le": "UTF-16 without a mark",
    "utf-16-be": "UTF-16 without a mark",
}
"""Encodings that no mark tells, as they are called."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
FEW = 8
"""So many control characters are told of and left out of any text; of a long one, up to 2%."""
_WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") or byte for byte in range(0x80, 0xA0)}
"""What Windows-1252 has where Latin-1 has control characters."""


class Reading(Struct, frozen=True):
    """The text of a file, its encoding as Python names it (empty: none), and problems."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def kind_of(path: Path) -> Literal["pdf", "docx", "text"]:
    """Tell what a file is by its bytes, whatever it is called; "text" for what cannot be read.

    A PDF may have something before its head (ISO 32000-1, note to 7.5.2).
    """
    try:
        check_plain(path)
        with path.open("rb") as file:
            head = file.read(1024)
            if b"%PDF-" in head:
                return "pdf"
            if not head.startswith(ZIP):
                return "text"
            return "docx" if _is_docx(zipfile.ZipFile(file)) else "text"
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError):
        return "text"


def _is_docx(file: zipfile.ZipFile) -> bool:
    """Tell whether a zip has the text of a DOCX, by its usual name or by its kind.

    Which part that is stands in the file's relations, and any name will do (ECMA-376, part 1).
    """
    parts = file.namelist()
    if _DOCX.decode() in parts or _OFFICE.decode() not in parts:
        return _DOCX.decode() in parts
    with file.open(_OFFICE.decode()) as kinds:
        return _TEXT in kinds.read(KINDS)


def read_source(path: Path) -> Reading:
    """Read a raw text, its encoding found out; a byte-order mark is dropped, line ends are kept."""
    try:
        data = read_plain(path)
    except FileNotFoundError:
        return _refused(f"there is no file {path}", "Name a file that is there.")
    except NotPlain as error:
        return _refused(f"{path} is not read: {error.strerror}", ADVICE)
    except IsADirectoryError:
        return _refused(f"{path} is a folder", "Name one file of raw text.")
    except OSError as error:
        advice = "Look at the rights of the file."
        return _refused(f"{path} cannot be read: {error.strerror or error}", advice)
    if data.startswith(ZIP) and (_DOCX in data or (_OFFICE in data and not _is_whole(data))):
        return _refused(f"{path} is a damaged DOCX: it is cut short, or no whole zip", DAMAGED)
    if found := _format(data):
        reason = f"{path} is {found[0]}; only raw text, DOCX and PDF can be imported"
        return _refused(reason, found[1])
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"{path} is not {encoding} as it says: {error.reason} at byte {error.start}"
        return _refused(reason, "Save it as UTF-8.")
    if encoding == "latin-1":
        text = text.translate(_WINDOWS)
    controls = list(_CONTROL.finditer(text))
    if len(controls) > max(len(text) // 50, FEW):
        first = controls[0]
        said = f"{len(controls):,} control characters, the first of them U+{ord(first[0]):04X}"
        at = Span(path.name, *place(text, first.start()))
        return _refused(f"this is no text, and no DOCX or PDF: it holds {said}", _SAVE, at)
    if not BARRED.sub("", text).strip():
        return _refused(f"{path} is empty", _OTHER)
    return Reading(text, encoding, _said(path, encoding))


def _said(path: Path, encoding: str) -> tuple[Problem, ...]:
    """Return a warning where the encoding was found out from the text, which may be wrong."""
    if encoding not in GUESSED:
        return ()
    reason = f"this is no UTF-8; it is read as {GUESSED[encoding]}"
    return (problem("I802", Span(path.name), reason=reason, advice="Look at accents and quotes."),)


def _is_whole(data: bytes) -> bool:
    """Tell whether a zip has its end, where its parts are listed."""
    return zipfile.is_zipfile(BytesIO(data))


def _format(data: bytes) -> tuple[str, str] | None:
    """Return what other format the bytes are in, and what to do; None for none that is known."""
    if data.startswith(ZIP):
        what = next(what for part, what in ZIPPED if part in data)
        return what, _SAVE
    return next((one[1:] for one in FORMATS if data.startswith(one[0])), None)


def _refused(reason: str, advice: str, at: Span | None = None) -> Reading:
    """Return no text, and why; the reason names the file where there is no place to show in it."""
    return Reading("", "", (problem("I801", at, reason=reason, advice=advice),))


def _encoding(data: bytes) -> str:
    """Return the name of the encoding that the bytes are most likely in."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    if wide := _wide(data[:4000]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes without a meaning; Latin-1 gives every byte one.
        unknown = re.search(rb"[\x81\x8d\x8f\x90\x9d]", data)
        return "latin-1" if unknown else "cp1252"
    return "utf-8"


def _wide(data: bytes) -> str:
    """Return the UTF-16 without a mark that the bytes are in: every other byte is mostly 0."""
    half = len(data) // 2
    if half < 8:
        return ""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else ""
