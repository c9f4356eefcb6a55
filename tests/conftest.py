"""Editions that many tests read: each book is built once for all of them.

With `--no-browser` the tests marked `browser`, which need Chromium and what tests/node names, are
left out, and the run says so. Without it they fail where any of that is missing. Hypothesis takes
the same examples on every run, so what passes once passes again; `--hypothesis-profile=default`
takes others.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from books.generate import generate

from publish.building.build import build
from publish.building.outputs import OUTPUTS
from publish.building.workshop import Workshop
from publish.checks import epubcheck, verapdf
from publish.checks.subject import Subject
from publish.engine.layout import write_pdf
from publish.epub import package as epub
from publish.ground.problems import has_errors
from publish.manuscript.folder import read_manuscript
from publish.standing.state import state_of

BOOKS = Path(__file__).parent / "books"
hypothesis.settings.register_profile("fixed", derandomize=True)
hypothesis.settings.load_profile("fixed")
STATE = tempfile.mkdtemp(prefix="state-of-tests-")
atexit.register(shutil.rmtree, STATE, ignore_errors=True)
os.environ["XDG_STATE_HOME"] = STATE  # Who runs the tests keeps a secret of their own.
os.environ["KATERN_ACE"] = ""  # It takes seconds a book: only the tests of it ask for it.


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-browser", action="store_true", help="leave out what needs Chromium")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and what tests/node names")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--no-browser"):
        left_out = pytest.mark.skip(reason="left out by --no-browser: needs Chromium")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(left_out)


CHECKED: set[str] = set()
"""The digests of the EPUBs that EPUBCheck has seen."""


@pytest.fixture(autouse=True)
def every_epub_is_sound(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Let EPUBCheck read every EPUB that a test makes, once it is done."""
    made: list[bytes] = []
    original = epub.make_epub

    def recording(*given: object, **named: object) -> bytes:
        made.append(original(*given, **named))  # type: ignore[arg-type]
        return made[-1]

    for module in list(sys.modules.values()):
        if getattr(module, "make_epub", None) is original:
            monkeypatch.setattr(module, "make_epub", recording)
    yield
    monkeypatch.undo()
    for data in made:
        digest = hashlib.sha256(data).hexdigest()
        if digest not in CHECKED:
            CHECKED.add(digest)
            path = tmp_path_factory.mktemp("sound") / "book.epub"
            path.write_bytes(data)
            assert [str(one) for one in epubcheck.run(path)] == []


ANSWERED: dict[str, Any] = {}
"""What veraPDF said of a PDF, by the digest of its bytes: no PDF is asked about twice."""


@pytest.fixture(autouse=True)
def every_pdf_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    original = verapdf.asked

    def asked(path: Path) -> Any:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in ANSWERED:
            ANSWERED[digest] = original(path)
        return ANSWERED[digest]

    monkeypatch.setattr(verapdf, "asked", asked)


SELF_COVERED = tuple(name for name in OUTPUTS if name != "coversheet")
"""The editions of a book whose cover is the first and the last page of its inside."""


def build_all(folder: Path, out: Path) -> dict[str, Path]:
    """Build every edition of a book that is without error; return the files by edition."""
    built = build(folder, out, SELF_COVERED)
    assert not has_errors(built.problems), "\n".join(map(str, built.problems))
    return dict(zip(SELF_COVERED, built.made, strict=True))


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the editions of the book that has every feature."""
    return build_all(BOOKS / "complete", tmp_path_factory.mktemp("complete"))


@pytest.fixture(scope="session")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the editions of a book of one sentence."""
    return build_all(BOOKS / "minimal", tmp_path_factory.mktemp("minimal"))


SAMPLE = Path(__file__).parent.parent / "manuscript"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the PDFs of the sample that have its pages."""
    names = ("print", "booklet", "dummy", "screen", "proof")
    built = build(SAMPLE, tmp_path_factory.mktemp("sample"), names)
    assert not has_errors(built.problems)
    return dict(zip(names, built.made, strict=True))


def shop_of(folder: Path) -> Workshop:
    """Return the workshop of a manuscript that can be read."""
    manuscript = read_manuscript(folder)
    assert manuscript.book
    return Workshop(folder, manuscript.book, manuscript.sources)


def subject_of(folder: Path, out: Path) -> Subject:
    """Return what the checkers look at: a manuscript that can be read, and its editions."""
    read = read_manuscript(folder)
    assert read.book, read.problems
    found = tuple(read.problems)
    return Subject(folder, out, read.book, read.sources, found, state_of(folder, out))


@pytest.fixture(scope="session")
def columned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workshop, Path]:
    """Return a book in two columns with everything a manuscript may hold, and its print pages."""
    folder = generate("dense", tmp_path_factory.mktemp("columned") / "book", seed=4, words=1_400)
    toml = folder / "book.toml"
    toml.write_text(toml.read_text("utf-8").replace('"A5"', '"A4"\ncolumns = 2'), "utf-8")
    shop = shop_of(folder)
    file = folder / "pages.pdf"
    file.write_bytes(write_pdf(shop.room.pages("print"))[0])
    return shop, file
