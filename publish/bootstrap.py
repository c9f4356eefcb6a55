"""What the system itself must have before Katern can be installed, and the venv to install it in.

In: the folder of the virtual environment to make anew; or `--tests`, for what only the tests need,
and `--browser`, for what only those of them need that read an e-book in a browser.
Out: exit status 0 with all of it there; 1 with the one line to type, where nothing could be done.
The venv gets the colour profile of the press and the dictionaries too, which no package of Python's
has: without them all can be made, but the print PDF is not PDF/X-4, and nobody looks at spelling.
Make runs this with the bare Python of the system: only the standard library, no other module here.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True, slots=True)
class Need:
    """A part of the system: its name, a test for it, and its packages for each manager."""

    name: str
    is_there: Callable[[], bool]
    packages: Mapping[str, str]


def libraries(*files: str) -> Callable[[], bool]:
    """Return a test for shared libraries: whether they load, under Linux's name or a plain one."""
    return lambda: all(_loads(file) for file in files)


def _loads(file: str) -> bool:
    plain = file.removeprefix("lib").partition(".so")[0]
    for name in (file, ctypes.util.find_library(plain)):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


def module(name: str) -> Callable[[], bool]:
    """Return a test for a module of Python's own."""
    return lambda: importlib.util.find_spec(name) is not None


def program(name: str) -> Callable[[], bool]:
    """Return a test for a command on the path."""
    return any_program(name)


def any_program(*names: str) -> Callable[[], bool]:
    """Return a test for any of some commands on the path, or in their own places."""
    return lambda: any(shutil.which(name) for name in names)


# A package manager, what to type for it, and whether that takes root.
MANAGERS = {
    "apt-get": ("apt-get update && apt-get install --yes {packages}", True),
    "dnf": ("dnf install {packages}", True),
    "pacman": ("pacman -S {packages}", True),
    "brew": ("brew install {packages}", False),
}


def _packages(*names: str) -> Mapping[str, str]:
    return dict(zip(MANAGERS, names, strict=False))


VENV = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
PANGO = libraries("libpango-1.0.so.0", "libpangoft2-1.0.so.0")

SYSTEM = (
    # Only Debian and its kin keep this part of Python in a package of its own.
    Need("Python's ensurepip", module("ensurepip"), _packages(VENV)),
    Need("Pango", PANGO, _packages("libpango-1.0-0 libpangoft2-1.0-0", "pango", "pango", "pango")),
    # Without it WeasyPrint 70 warns, and takes another way to subset fonts: other bytes.
    Need(
        "HarfBuzz-Subset",
        libraries("libharfbuzz-subset.so.0"),
        _packages("libharfbuzz-subset0", "harfbuzz", "harfbuzz", "harfbuzz"),
    ),
)

# The tests read PDFs back with programs that had no part in making them.
TESTS = (
    Need(
        "Poppler's pdftotext",
        program("pdftotext"),
        _packages("poppler-utils", "poppler-utils", "poppler", "poppler"),
    ),
    Need("qpdf", program("qpdf"), _packages("qpdf", "qpdf", "qpdf", "qpdf")),
    Need(
        "MuPDF's mutool",
        program("mutool"),
        _packages("mupdf-tools", "mupdf", "mupdf-tools", "mupdf-tools"),
    ),
    # With it they let calls to the system fail, and see what a build opens.
    Need("strace", program("strace"), _packages("strace", "strace", "strace")),
)

# Ace, and the reading system that the tests open e-books with, run in a browser of this kind.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@dataclass(frozen=True, slots=True)
class Resource:
    """Files that no package of Python's has, put into the venv: all can be made without them.

    `files` are their names (as glob knows them), `packages` those of Debian's that hold them,
    `folder` is where they go below the venv, `places` where another system may have them.
    """

    name: str
    files: tuple[str, ...]
    packages: tuple[str, ...]
    folder: Path
    places: tuple[str, ...]
    without: str


PROFILE = Resource(
    "the colour profile of the press (22 MB)",
    ("FOGRA39L_coated.icc",),
    ("texlive-base",),  # the smallest that has it
    Path("share", "color", "icc"),
    ("/usr/share/color/icc/colord", "/usr/share/texlive/texmf-dist/tex/generic"),
    "the print PDF will not be PDF/X-4",
)
_TONGUES = ("nl_NL", "en_GB", "en_US", "de_DE", "de_AT", "de_CH", "fr_FR")
DICTIONARIES = Resource(
    "the dictionaries (4 MB)",
    tuple(f"{name}.{end}" for name in _TONGUES for end in ("aff", "dic")),
    (
        *("hunspell-nl", "hunspell-en-gb", "hunspell-en-us", "hunspell-de-de", "hunspell-de-at"),
        *("hunspell-de-ch", "hunspell-fr-classical"),
    ),
    Path("share", "hunspell"),
    ("/usr/share/hunspell", "/usr/local/share/hunspell", "/opt/homebrew/share/hunspell"),
    "spelling will not be looked at",
)
RESOURCES = (PROFILE, DICTIONARIES)
BROWSER = (
    Need(
        "Chromium",
        any_program(*BROWSERS),
        _packages("chromium", "chromium", "chromium", "--cask google-chrome"),
    ),
)
PARTS = {"--tests": TESTS, "--browser": BROWSER}


def missing(needs: Iterable[Need]) -> list[Need]:
    """Return those needs that the system does not meet."""
    importlib.invalidate_caches()
    return [need for need in needs if not need.is_there()]


def wanted(needs: Iterable[Need], manager: str) -> list[str]:
    """Return the packages that meet these needs, each once."""
    return list(dict.fromkeys(" ".join(n.packages.get(manager, "") for n in needs).split()))


def advice(needs: Sequence[Need], manager: str | None, root: str) -> str:
    """Return what to tell a person who lacks these, with the one line to type.

    `root` is how a command is run as root here: "sudo", "su", or "" for root itself.
    """
    lacks = f"Katern needs {', '.join(need.name for need in needs)}, which this system lacks."
    packages = wanted(needs, manager) if manager else []
    if manager is None or not packages:
        return f"{lacks} Install that, then make again."
    line, takes_root = MANAGERS[manager]
    line = line.format(packages=" ".join(packages))
    if takes_root and root:
        line = f"su -c '{line}'" if root == "su" else f"sudo sh -c '{line}'"
    return f"{lacks} Type this, then make again:\n\n    {line}\n"


def provide(needs: Sequence[Need]) -> str:
    """Install what is missing where that can be done unasked; return what is left to say."""
    lacking = missing(needs)
    if not lacking:
        return ""
    manager = next(filter(shutil.which, MANAGERS), None)
    root = "" if os.geteuid() == 0 else "sudo" if shutil.which("sudo") else "su"
    if manager == "apt-get" and root != "su":
        become_root = ("sudo", "-n") if root else ()
        if not root or _runs((*become_root, "apt-get", "--version")):
            _install(wanted(lacking, manager), become_root)
            lacking = missing(lacking)
    return advice(lacking, manager, root) if lacking else ""


def _install(packages: Sequence[str], become_root: Sequence[str]) -> None:
    """Install with apt-get, which fetches its lists only where it does not get there without."""
    print(f"Installing from the system's packages: {' '.join(packages)}", flush=True)
    apt_get = (*become_root, "apt-get", "--quiet", "--option", "DPkg::Lock::Timeout=120")
    install = (*apt_get, "install", "--yes", "--no-install-recommends", *packages)
    if not _runs(install):
        _runs((*apt_get, "update"))
        _runs(install, show=True)


def provide_resource(resource: Resource, venv: Path) -> str:
    """Put a resource into a venv; return what is to be said if it cannot be.

    Only its files are taken out of the packages: what else is in them is not needed.
    """
    there = _found(resource, map(Path, resource.places))
    with TemporaryDirectory(prefix="katern-") as scratch:
        if not there and shutil.which("apt-get") and shutil.which("dpkg-deb"):
            print(f"Fetching {resource.name}, once …", flush=True)
            there = _fetched(resource, Path(scratch))
        if not there:
            return f"Without {resource.name}, {resource.without} (see README.md)."
        folder = venv / resource.folder
        folder.mkdir(parents=True, exist_ok=True)
        for path in there:
            shutil.copyfile(path, folder / path.name)
    return ""


def _found(resource: Resource, places: Iterable[Path]) -> list[Path]:
    """Return the files of a resource where one place has them all; nothing where none has."""
    for place in places:
        paths = [next(place.glob(f"**/{name}"), None) for name in resource.files]
        if all(paths):
            return [path for path in paths if path]
    return []


def _fetched(resource: Resource, scratch: Path) -> list[Path]:
    """Fetch the packages into a folder, unpack them there, and return where the files are."""
    download = ("apt-get", "--quiet", "download", *resource.packages)
    if not _runs(download, folder=scratch):
        _runs(("apt-get", "update"))
        _runs(download, folder=scratch)
    for package in scratch.glob("*.deb"):
        _runs(("dpkg-deb", "--extract", str(package), str(scratch / "all")))
    return _found(resource, [scratch / "all"])


def _runs(command: Sequence[str], show: bool = False, folder: Path | None = None) -> bool:
    """Run a command that may ask nothing; where `show`, print what it said if it failed."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    if show and done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def main(what: str) -> int:
    """Provide for a part by its option, or for the virtual environment of a folder, made anew."""
    complaint = provide(PARTS.get(what, SYSTEM))
    if not complaint and what not in PARTS:
        try:
            venv.create(what, clear=True, symlinks=True, with_pip=True)
            for resource in RESOURCES:
                if lacking := provide_resource(resource, Path(what)):
                    print(lacking, file=sys.stderr)
        except (OSError, subprocess.CalledProcessError) as error:
            complaint = f"Katern cannot make its folder {what}: {error}"
    if complaint:
        print(complaint, file=sys.stderr)
    return 1 if complaint else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
