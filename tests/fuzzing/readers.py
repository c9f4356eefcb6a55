"""One reader of what anyone may give, tried with bytes that atheris finds by what they make it run.

    cd tests; python -m fuzzing.readers READER FOLDER SECONDS

In: the name of a reader, a folder for what makes it go other ways, which may hold some from
before, and how long. Out: status 0; another where the reader broke at something, which is kept in
the folder then.
What must hold is in `judging`, and the same for each reader.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

BOOKS = Path(__file__).parent.parent / "books"
CHAPTER = b"# Begin\n\nHier staat een zin.\n"
SETTINGS = b'title = "Boek"\nmodified = 2026-05-04T09:30:00Z\nallow-html = true\n'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONGEST = 4096
"""Bytes of what is tried; what is found at all is found in few."""


def _book(scratch: Path, name: str, data: bytes) -> None:
    from fuzzing.judging import laid_down, read  # after atheris, which is to see what it loads

    folder = scratch / "book"
    laid_down({"book.toml": SETTINGS, "01-begin.md": CHAPTER, name: data}, folder)
    read(folder)


def _import(scratch: Path, name: str, data: bytes) -> None:
    from fuzzing.judging import imported

    source = scratch / name
    source.write_bytes(data)
    imported(source, scratch / "made")


def docx(document: bytes) -> bytes:
    """Return a DOCX of a document part."""
    from docx import Document

    plain, made = io.BytesIO(), io.BytesIO()
    Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
    return made.getvalue()


Reader = Callable[[Path, bytes], None]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "markdown": lambda scratch, data: _book(scratch, "01-begin.md", data),
        "settings": lambda scratch, data: _book(scratch, "book.toml", data),
        "captions": lambda scratch, data: _book(scratch, "captions.toml", data),
        "text": lambda scratch, data: _import(scratch, "raw.txt", data),
        "docx": lambda scratch, data: _import(scratch, "raw.docx", docx(data)),
        "pdf": lambda scratch, data: _import(scratch, "raw.pdf", data),
    }
)


def seeds(reader: str) -> list[bytes]:
    """Return what a reader is tried with first."""
    texts = sorted((BOOKS / "complete").glob("*.md"))
    match reader:
        case "settings" | "captions":
            name = "book.toml" if reader == "settings" else "captions.toml"
            return [one.read_bytes() for one in sorted(BOOKS.glob(f"*/{name}"))]
        case "docx":
            text = "<w:p><w:r><w:t>Een zin.</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"
            inside = f'<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>'
            return [inside.encode("utf-8")]
        case "pdf":
            return [_pdf()]
        case _:
            return [one.read_bytes() for one in texts]


def _pdf() -> bytes:
    """Return a PDF of a page with a line on it."""
    from pikepdf import Dictionary, Name, Pdf

    made, pdf = io.BytesIO(), Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = pdf.add_blank_page(page_size=(200, 200))
    page.obj.Resources = Dictionary(Font=Dictionary(F=font))
    page.obj.Contents = pdf.make_stream(b"BT /F 12 Tf 20 150 Td (Hier staat een zin.) Tj ET")
    pdf.save(made, static_id=True, compress_streams=False)
    return made.getvalue()


def main(reader: str, folder: Path, seconds: int) -> None:
    """Try a reader for so long; this never returns."""
    import atheris

    with atheris.instrument_imports(include=["publish", "markdown_it", "mdit_py_plugins"]):
        import fuzzing.judging  # noqa: F401 - loaded before it is used, as that is
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(reader)):
        (folder / f"seed-{number}").write_bytes(data)
    with tempfile.TemporaryDirectory() as scratch:
        options = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            "-timeout=0",
            "-verbosity=0",
        ]
        atheris.Setup(
            ["readers", str(folder), f"-artifact_prefix={folder}/broke-", *options],
            lambda data: READERS[reader](Path(scratch), data),
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
