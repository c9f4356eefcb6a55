"""What stands on one side of a comparison → its words and pictures.

In: a path. Out: a `Document`. Raises `NotComparable` for what is no PDF, no e-book and no
manuscript.
"""

from __future__ import annotations

from pathlib import Path

from publish.checks.epub_reader import NoEbook
from publish.checks.pdf_reader import Locked, NoPdf, reading
from publish.comparing.model import Document, NotComparable
from publish.comparing.pdf import read_pdf
from publish.comparing.proofs import book_in
from publish.comparing.texts import read_epub, read_folder
from publish.ground.plain import ADVICE, NotPlain, check_plain


def document_of(path: Path) -> Document:
    """Read one side of a comparison."""
    if not path.exists():
        raise NotComparable(f"{path} is not there")
    try:
        if path.is_dir():
            return read_folder(path)
        check_plain(path)
        if path.suffix.lower() == ".epub":
            return read_epub(path)
        if path.suffix.lower() == ".pdf":
            with reading(path):
                return read_pdf(book_in(path))
    except NotPlain as error:
        raise NotComparable(f"{path} cannot be compared: {error.strerror}. {ADVICE}") from error
    except (NoPdf, NoEbook) as error:
        advice = "Save it without one" if isinstance(error, Locked) else "Make it anew"
        raise NotComparable(f"{path}: {error}. {advice}.") from error
    raise NotComparable(f"{path} is no PDF, no EPUB and no folder of a manuscript")
