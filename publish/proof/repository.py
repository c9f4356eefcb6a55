"""The git repository that a manuscript stands in, and what a revision of it holds.

In: a manuscript folder, and a revision as a person calls it. Out: bytes by file; `Refused` where
the repository leads elsewhere. Git follows what a repository says of where its parts are (a file
`.git`, gitrepository-layout(5): `commondir`, `objects/info/alternates`; links; an `include` of
git-config(1)), so that one that came with a book could show what lies in another. Without `--trust`
its folder is a plain one, of plain files and folders, and git is told which it is.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from publish.ground.root import BookRoot
from publish.settings.limits import USUAL

SECONDS = 30
"""What git may take altogether; it needs a fraction of one."""
MOST_FILES = 300_000
"""A repository that was never packed has some ten thousands."""
_MOST_BYTES = round(USUAL.text * 1_000_000)
_MOST_CONFIG = 1_000_000
_LEADING = {
    "commondir": "it leads to the folder of another repository",
    "objects/info/alternates": "it leads to the objects of another repository",
}
"""What leads git elsewhere, by its name in the folder of a repository."""
_CONFIGS = ("config", "config.worktree")
_LED = re.compile(rb"\[\s*include|promisor|partialclone|refstorage[^\n]*(\\\n[^\n]*)*:", re.I)
"""Sections and keys of git-config(1) by which git reads other files, or fetches what it lacks."""
_UNREAD = ("annex", "hooks", "lfs", "modules", "fsmonitor--daemon.ipc")
"""What git leaves alone that looks up a file of a revision."""
_ADVICE = (
    "Name the file of an earlier proof instead; or add --trust, where it is a repository of your"
    " own (a worktree of it, a submodule)."
)


class Refused(Exception):
    """Why a repository is not read; the text says which file of it, `advice` what to do."""

    def __init__(self, reason: str, advice: str = _ADVICE) -> None:
        super().__init__(reason)
        self.advice = advice


def files_of(folder: Path, revision: str, suffixes: Sequence[str]) -> Mapping[str, bytes] | None:
    """Return the files of a folder as a revision has them, those with one of the suffixes.

    None without git, a repository or such a revision. Raises `Refused`.
    """
    git = _asking(folder)
    if git is None:
        return None
    try:
        name = f"{revision}^{{commit}}"
        commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
        listed = git("ls-tree", "-z", "--long", commit, ".").decode().split("\0")
        names = [one for one in _texts(listed) if PurePath(one).suffix.lower() in suffixes]
        return {one: git("cat-file", "blob", f"{commit}:./{one}") for one in names}
    except subprocess.TimeoutExpired as error:
        reason = f"git took more than {SECONDS} seconds over the repository of {folder}"
        raise Refused(reason, "Name the file of an earlier proof instead.") from error
    except (OSError, subprocess.SubprocessError, UnicodeError, ValueError):
        return None


def _texts(listed: Sequence[str]) -> Iterator[str]:
    """Yield the names of the plain files among what `git ls-tree --long` lists."""
    total = 0
    for one in filter(None, listed):
        what, _, name = one.partition("\t")
        mode, _, _, size = what.split()
        if mode.startswith("100"):
            total += int(size) if PurePath(name).suffix else 0
            yield name
    if total > _MOST_BYTES:
        raise Refused(f"the files of that revision have more than {USUAL.text:g} MB")


def _asking(folder: Path) -> Callable[..., bytes] | None:
    """Return what asks git about the repository of a folder; None where there is none."""
    command, given = ["git", "-C", str(folder)], dict(os.environ)
    if not BookRoot(folder).trusted:
        here = folder.resolve()
        found = next((one for one in (here, *here.parents) if os.path.lexists(one / ".git")), None)
        if found is None:
            return None
        check(found / ".git")
        command = ["git", f"--git-dir={found / '.git'}", f"--work-tree={found}", "-C", str(here)]
        given = {name: said for name, said in given.items() if not name.startswith("GIT_")}
    # What a repository lacks is not fetched, by whatever program it names for that.
    given["GIT_ALLOW_PROTOCOL"] = ""
    until = time.monotonic() + SECONDS

    def git(*words: str) -> bytes:
        return subprocess.run(
            [*command, *words], env=given, stdin=subprocess.DEVNULL, capture_output=True,
            check=True, timeout=max(until - time.monotonic(), 0),
        ).stdout  # fmt: skip

    return git


def check(repository: Path) -> None:
    """Raise `Refused` where the folder of a repository is no plain one, or leads out of itself."""
    if repository.is_symlink() or not repository.is_dir():
        what = "a link" if repository.is_symlink() else "no folder"
        raise Refused(f"{repository} is not read: it is {what}, and the repository is elsewhere")
    try:
        for name in _plain(repository):
            if reason := _LEADING.get(name.casefold()):
                raise Refused(f"{repository / name} is not read: {reason}")
            if name.casefold() in _CONFIGS:
                _check_config(repository / name)
    except OSError as error:
        raise Refused(f"{error.filename} cannot be read: {error.strerror}") from error


def _plain(repository: Path) -> Iterator[str]:
    """Yield the names of all files in a repository; raises `Refused` for what is none."""
    waiting, seen = [""], 0
    while waiting:
        folder = waiting.pop()
        with os.scandir(repository / folder) as entries:
            for entry in entries:
                name, seen = folder + entry.name, seen + 1
                if seen > MOST_FILES:
                    reason = f"{repository} is not read: it has more than {MOST_FILES:,} files"
                    raise Refused(reason, f"Pack it, with “git gc”. {_ADVICE}")
                if name in _UNREAD:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    yield name
                else:
                    what = "a link" if entry.is_symlink() else "no file but a pipe or a device"
                    raise Refused(f"{repository / name} is not read: it is {what}")


def _check_config(file: Path) -> None:
    """Raise `Refused` where the settings of a repository have git read other files, or fetch."""
    with file.open("rb") as opened:
        data = opened.read(_MOST_CONFIG + 1)
    if len(data) > _MOST_CONFIG:
        raise Refused(f"{file} is not read: it has more than {_MOST_CONFIG:,} bytes")
    if found := _LED.search(data):
        said = found[0].split(b"\n")[0].decode("utf-8", "replace")
        raise Refused(f"{file} is not read: by “{said}” it leads to other files")
