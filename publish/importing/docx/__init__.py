"""A word processor's file (DOCX) → lines that say themselves what they are, and its pictures.

In: a file (ECMA-376). Out: an `Extract`: a paragraph a line. Nothing outside of the file is ever
fetched. `read_docx` is the whole of it: parts, tracked changes, paragraphs, pictures.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from publish.importing.docx.besides import besides
from publish.importing.docx.body import Reader
from publish.importing.docx.calls import Told
from publish.importing.docx.changes import settle_changes
from publish.importing.docx.dropcaps import join_drop_caps
from publish.importing.docx.forms import settle_forms
from publish.importing.docx.inlines import language_of_run
from publish.importing.docx.package import W, lacking, open_package, outside
from publish.importing.docx.styles import styles_of
from publish.importing.guessing import spoken
from publish.importing.model import Changes, Extract, Note
from publish.importing.refusing import Refused
from publish.importing.untagging import is_tag


def read_docx(path: Path, tag: str = "", changes: Changes = "") -> Extract:
    """Read a document in the language `tag`, or the one that most of it says it is in.

    Raises `Refused` for one that cannot be taken, and for tracked changes that `changes` does not
    say what to do with.
    """
    package = open_package(path)
    settle_changes(path, [package.body, *package.notes.values()], changes)
    styles = styles_of(package.styles)
    joined: list[Told] = []
    for root in (package.body, *package.notes.values()):
        settle_forms(root)
        joined += join_drop_caps(root, styles)
    said = tag or _language(package.body, package.styles)
    language, guessed = spoken(said, lambda: " ".join(package.body.itertext()))
    reader = Reader(package, styles, language)
    reader.read()
    if not any(line.text.strip() for line in reader.lines):
        raise Refused(f"{path} has no text", "Take the file that holds the text.")
    notes = [
        *guessed,
        *reader.notes,
        *(Note(1, *one) for one in joined),
        *(Note(1, *one) for one in besides(package, reader.calls, reader.remarks)),
        *(Note(1, "outside", _told(one)) for one in outside(package)),
        *(Note(1, "part", f"{one} is not in the file") for one in lacking(package)),
    ]
    return Extract(
        text="\n".join(reader.texts),
        lines=tuple(reader.lines),
        left=tuple(reader.left),
        notes=tuple(notes),
        pictures=reader.pictures,
        language=language,
    )


def _told(what: str) -> str:
    return f"it refers to something outside of itself, which was not fetched: {what}"


def _language(body: Any, styles: Any) -> str:
    """Return the language that most letters are marked with."""
    default = language_of_run(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    count: Counter[str] = Counter()
    for run in body.iter(f"{W}r"):
        size = sum(len(one.text or "") for one in run.iter(f"{W}t"))
        count[language_of_run(run.find(f"{W}rPr")) or default] += size
    return next((tag for tag, _ in count.most_common() if is_tag(tag)), "")
