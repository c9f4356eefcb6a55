"""What a proof knows of the manuscript that it was made of, and carries in it.

In: a `ProofMap`, what stands where on its pages. Out: the PDF with it as an associated file (ISO
32000-2, 14.13), so that a marked proof leads back to the manuscript by itself, also when that has
changed since; and the map read from it. Lengths in pt from the trim's upper left corner.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import AttachedFileSpec, Name, Pdf

from publish.ground.json_text import from_json
from publish.ground.source import SourceFile, offset_at
from publish.standing.state import digest

FILE = "katern-manuscript.json"
_VERSION = 1
WIDE = {"…": ("...",), "–": ("---", "--"), "—": ("---", "--")}
"""What more than one character is typed for."""


class Run(Struct, frozen=True):
    """The text of a block as it is set, and the places of its characters."""

    file: str
    text: str
    places: tuple[tuple[int, int], ...]
    repeated: bool = False
    """Whether the words stand here as those of another place, as in the contents."""
    filled: bool = False
    """Whether they are filled in for a reference, from the first of `places` to the last."""

    def offset(self, at: int) -> int:
        """Return the offset in the file of a character of the text."""
        return offset_at(self.places, at)


class SetPiece(Struct, frozen=True):
    """Characters of a run that stand on a line: the number of the run, from where to where."""

    run: int
    start: int
    end: int


class SetLine(Struct, frozen=True):
    """A set line: its rectangle and the pieces of text on it; `raw` where it is HTML."""

    left: float
    top: float
    width: float
    height: float
    pieces: tuple[SetPiece, ...]
    raw: bool = False


Stretch = tuple[str, int, int]
"""A file, and from which offset of it to which."""


class SetPicture(Struct, frozen=True):
    """A picture: its rectangle, its id, where it is placed, and its entry in captions.toml."""

    left: float
    top: float
    width: float
    height: float
    name: str
    placed: Stretch
    entry: Stretch | None


class ProofMap(Struct, frozen=True):
    """The lines of each page, the runs of text that they show, and the texts of the manuscript."""

    runs: tuple[Run, ...]
    pages: tuple[tuple[SetLine, ...], ...]
    sources: Mapping[str, str]
    pictures: tuple[tuple[SetPicture, ...], ...] = ()
    """The pictures of each page; none at all of a proof that was made before they were told."""

    @property
    def files(self) -> dict[str, SourceFile]:
        """Return the files of the manuscript as they were then."""
        return {name: SourceFile(name, text) for name, text in self.sources.items()}

    def pictures_of(self, page: int) -> tuple[SetPicture, ...]:
        """Return the pictures of a page, counted from 0."""
        return self.pictures[page] if page < len(self.pictures) else ()


def source_digest(sources: Mapping[str, str]) -> str:
    """Return the digest of a manuscript's texts."""
    return digest(*(part for name in sorted(sources) for part in (name, sources[name])))[:12]


def embedded(data: bytes, known: ProofMap) -> bytes:
    """Return a PDF with the map in it."""
    with Pdf.open(BytesIO(data)) as pdf:
        words = json.dumps(_values(known), ensure_ascii=False, separators=(",", ":"))
        spec = AttachedFileSpec(
            pdf, words.encode(), description="", filename=FILE, mime_type="application/json",
            creation_date="", mod_date="",
        )  # fmt: skip
        spec.obj.AFRelationship = Name.Source
        pdf.attachments[FILE] = spec
        pdf.Root.AF = pikepdf.Array([pdf.attachments[FILE].obj])
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def read_map(pdf: Pdf) -> ProofMap | None:
    """Return the map that a PDF carries; None where it has none, or one that cannot be read."""
    try:
        data = pdf.attachments[FILE].get_file().read_bytes()
        values = from_json(data)
        return _read(values) if values["version"] == _VERSION else None
    except (KeyError, ValueError, TypeError, LookupError, AttributeError, pikepdf.PdfError):
        return None


def width(source: str, offset: int, char: str) -> int:
    """Return how many characters of a source stand for one that is set: of an entity all."""
    first = source[offset : offset + 1]
    if first == "&" and char != "&":
        return source.find(";", offset) + 1 - offset
    if first == "&" and source.startswith(("&amp;", "&#38;", "&#x26;"), offset):
        return source.find(";", offset) + 1 - offset
    if first == "\\" and (char != "\\" or source[offset + 1 : offset + 2] == "\\"):
        return 2
    return next((len(one) for one in WIDE.get(char, ()) if source.startswith(one, offset)), 1)


def _values(known: ProofMap) -> dict[str, Any]:
    return {
        "version": _VERSION,
        "sources": dict(known.sources),
        "runs": [
            [
                run.file,
                run.text,
                [*map(list, run.places)],
                *([True] * run.repeated),
                *([True] * run.filled),
            ]
            for run in known.runs
        ],
        "pages": [
            [
                [
                    *(round(one, 2) for one in (line.left, line.top, line.width, line.height)),
                    [[one.run, one.start, one.end] for one in line.pieces],
                    *([True] * line.raw),
                ]
                for line in page
            ]
            for page in known.pages
        ],
        "pictures": [
            [
                [one.left, one.top, one.width, one.height, one.name, one.placed, one.entry]
                for one in page
            ]
            for page in known.pictures
        ],
    }


def _read(values: dict[str, Any]) -> ProofMap:
    runs = tuple(
        Run(str(file), str(text), tuple((int(at), int(to)) for at, to in places), *repeated)
        for file, text, places, *repeated in values["runs"]
    )
    pages = tuple(
        tuple(
            SetLine(left, top, across, height, tuple(SetPiece(*one) for one in pieces), *raw)
            for left, top, across, height, pieces, *raw in page
        )
        for page in values["pages"]
    )
    pictures = tuple(
        tuple(
            SetPicture(left, top, across, height, str(name), _read_stretch(placed), _entry(entry))
            for left, top, across, height, name, placed, entry in page
        )
        for page in values.get("pictures", ())
    )
    return ProofMap(runs, pages, dict(values["sources"]), pictures)


def _read_stretch(values: list[Any]) -> Stretch:
    file, start, end = values
    return str(file), int(start), int(end)


def _entry(values: list[Any] | None) -> Stretch | None:
    return _read_stretch(values) if values else None
