"""The manuscript as it was: in a proof, beside a round, in another folder, in git.

In: a manuscript folder, and what a person calls the earlier state. Out: its texts by file, or the
problem why there are none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pikepdf import PasswordError, Pdf, PdfError

from publish.ground.plain import check_plain
from publish.ground.problems import Problem, problem
from publish.ground.root import BookRoot, Outside
from publish.ground.source import MARKDOWN, plain_lines
from publish.proof.likeness import is_other_book, title
from publish.proof.map import ProofMap, read_map, source_digest
from publish.proof.repository import Refused, files_of
from publish.standing.pull import Pull

Texts = dict[str, str]
_TEXTS = (".toml", *MARKDOWN)


def earlier(folder: Path, wanted: str) -> tuple[Texts, list[Problem]]:
    """Return the texts of an earlier state.

    `wanted` is a proof, a folder with `proof.pdf` or a manuscript in it (looked for where one
    stands, then in the manuscript folder), the number of a round, or a revision of git.
    """
    try:
        texts, problems = _earlier(folder, wanted)
    except Outside as error:
        return {}, [problem("T103", None, file=error.filename, reason=error.strerror)]
    except Refused as error:
        return {}, [problem("K701", None, reason=str(error), advice=error.advice)]
    if texts and is_other_book(texts, _of_folder(folder) or {}):
        reason = f"{wanted} is of another book, “{title(texts)}”, of which no line is in {folder}"
        advice = "Name an earlier state of this one."
        return {}, [problem("K701", None, reason=reason, advice=advice)]
    return texts, problems


def _earlier(folder: Path, wanted: str) -> tuple[Texts, list[Problem]]:
    for path in (Path(wanted), folder / wanted, folder / "rounds" / wanted):
        for ways in (path, path / "proof.pdf"):
            _inside(folder, ways)
            if ways.is_file():
                return _told(texts_of_proof(ways), f"{ways} carries no manuscript", "Name a proof.")
        if (path / "book.toml").is_file():
            return _told(_of_folder(path), f"{path} cannot be read", "Look at the folder's rights.")
    return _told(
        _of_git(folder, wanted),
        f"there is no earlier state “{wanted}” of {folder}",
        "Name a proof, a round's number or folder, a manuscript folder, or a revision of git.",
    )


def _inside(folder: Path, path: Path) -> None:
    """Raise `Outside` for what stands in the manuscript folder and leads out of it by a link."""
    for base in (folder, folder.resolve()):
        within = Path(os.path.relpath(path, base))
        if os.pardir not in within.parts:
            BookRoot(folder).path(str(within))


def pull_since(number: int, texts: Texts) -> Pull:
    """Return what a proof of a round is pulled for, compared with earlier texts (none: {})."""
    return Pull(number, source_digest(texts) if texts else "", texts)


def _told(texts: Texts | None, reason: str, advice: str) -> tuple[Texts, list[Problem]]:
    if texts:
        return texts, []
    return {}, [problem("K701", None, reason=reason, advice=advice)]


def texts_of_proof(file: Path) -> Texts | None:
    """Return the texts that a proof was made of; None of what is no proof, or a broken one."""
    known = map_of_proof(file)
    return dict(known.sources) if known else None


def map_of_proof(file: Path) -> ProofMap | None:
    """Return the map that a proof carries; None of what is no proof, or a broken one."""
    try:
        check_plain(file)
        with Pdf.open(file) as pdf:
            return read_map(pdf)
    except (OSError, PasswordError, PdfError):
        return None


def _of_folder(folder: Path) -> Texts | None:
    root = BookRoot(folder)
    return _texts(root.files(suffixes=_TEXTS), root.read)


def _of_git(folder: Path, revision: str) -> Texts | None:
    """Return the texts of a folder as a revision has them; raises `Refused`."""
    files = files_of(folder, revision, _TEXTS)
    return None if files is None else _texts(list(files), files.__getitem__)


def _texts(names: list[str], read: Callable[[str], bytes]) -> Texts | None:
    try:
        return {one: plain_lines(read(one).decode("utf-8-sig")) for one in names}
    except (OSError, UnicodeError):
        return None
