"""The container of an EPUB: a ZIP archive that is the same, byte for byte, on every run.

In: files in the order in which they are to stand, and a moment. Out: bytes. Follows EPUB 3.3,
“OCF ZIP container” (`mimetype` first, stored, without an extra field) and “File paths and file
names” (no two names that differ in case only).
"""

from __future__ import annotations

import datetime
import os
import unicodedata
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MIMETYPE = ("mimetype", b"application/epub+zip")
STORED = (".jpg", ".png", ".woff", ".woff2")
"""What is packed already: deflating it again costs time and saves nothing."""
LEVEL = 6
"""9 takes twice the time for half a percent less."""
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_FIRST = (1980, 1, 1, 0, 0, 0)
_LAST = (2107, 12, 31, 23, 59, 58)


def ocf(files: Iterable[tuple[str, bytes]], moment: datetime.datetime) -> bytes:
    """Return a container of files (name, data) in the order given, each dated `moment` (UTC).

    Raises ValueError when two names are the same to a reading system.
    """
    stamp = max(_FIRST, min(moment.astimezone(datetime.UTC).timetuple()[:6], _LAST))
    out, names = BytesIO(), set[str]()
    with ZipFile(out, "w") as archive:
        for name, data in (MIMETYPE, *files):
            same = folded(name)
            if same in names:
                raise ValueError(f"two files named {name}")
            names.add(same)
            entry = ZipInfo(name, stamp)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            packed = name == MIMETYPE[0] or name.endswith(STORED)
            entry.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=LEVEL)
    return out.getvalue()


def folded(name: str) -> str:
    """Return a file name as a reading system compares it, without regard to case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def write_atomically(path: Path, data: bytes, lasting: bool = True) -> None:
    """Write a file so that a reader finds the old one or the new one, never half of it.

    The data go to a file beside it, which takes its place when it is on the disk; what need not be
    `lasting` may be gone, or not whole, after a power cut. Raises OSError; nothing is left behind
    then.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        beside.replace(path)
        if lasting:
            settle(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Let the disk know the new name as well: else the old file is back after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
