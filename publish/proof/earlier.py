"""The manuscript as it was: in a proof, beside a round, in another folder, in git.

In: a manuscript folder, and what a person calls the earlier state. Out: its texts by file, or the
problem why there are none.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from pikepdf import PasswordError, Pdf, PdfError

from publish.ground.problems import Problem, problem
from publish.ground.root import BookRoot
from publish.ground.source import MARKDOWN, plain_lines
from publish.proof.likeness import is_other_book, title
from publish.proof.map import ProofMap, read_map, source_digest
from publish.standing.pull import Pull

Texts = dict[str, str]
_TEXTS = (".toml", *MARKDOWN)


def earlier(folder: Path, wanted: str) -> tuple[Texts, list[Problem]]:
    """Return the texts of an earlier state.

    `wanted` is a proof, a folder with `proof.pdf` or a manuscript in it (looked for where one
    stands, then in the manuscript folder), the number of a round, or a revision of git.
    """
    texts, problems = _earlier(folder, wanted)
    if texts and is_other_book(texts, _of_folder(folder) or {}):
        reason = f"{wanted} is of another book, “{title(texts)}”, of which no line is in {folder}"
        advice = "Name an earlier state of this one."
        return {}, [problem("K701", None, reason=reason, advice=advice)]
    return texts, problems


def _earlier(folder: Path, wanted: str) -> tuple[Texts, list[Problem]]:
    for path in (Path(wanted), folder / wanted, folder / "rounds" / wanted):
        for ways in (path, path / "proof.pdf"):
            if ways.is_file():
                return _told(texts_of_proof(ways), f"{ways} carries no manuscript", "Name a proof.")
        if (path / "book.toml").is_file():
            return _told(_of_folder(path), f"{path} cannot be read", "Look at the folder's rights.")
    return _told(
        _of_git(folder, wanted),
        f"there is no earlier state “{wanted}” of {folder}",
        "Name a proof, a round's number or folder, a manuscript folder, or a revision of git.",
    )


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
        with Pdf.open(file) as pdf:
            return read_map(pdf)
    except (OSError, PasswordError, PdfError):
        return None


def _of_folder(folder: Path) -> Texts | None:
    root = BookRoot(folder)
    return _texts(root.files(suffixes=_TEXTS), root.read)


def _of_git(folder: Path, revision: str) -> Texts | None:
    """Return the files of a folder as a revision has them; None without git or such a revision."""

    def git(*words: str) -> bytes:
        command = ["git", "-C", str(folder), *words]
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout

    try:
        name = f"{revision}^{{commit}}"
        commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
        listed = git("ls-tree", "-z", "--name-only", commit, ".").decode().split("\0")
        names = [one for one in listed if Path(one).suffix.lower() in _TEXTS]
        return _texts(names, lambda one: git("cat-file", "blob", f"{commit}:./{one}"))
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None


def _texts(names: list[str], read: Callable[[str], bytes]) -> Texts | None:
    try:
        return {one: plain_lines(read(one).decode("utf-8-sig")) for one in names}
    except (OSError, UnicodeError):
        return None
