"""What goes to shops: the limits that they publish, and the names that they want."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from publish.__main__ import main
from publish.building.build import build
from publish.building.delivering import NAMES, deliver
from publish.building.outputs import OUTPUTS
from publish.checks import presence, shops
from publish.checks.shops import LIMITS, Limit
from publish.checks.subject import Subject
from publish.commands.build import SHOPS
from publish.ground.problems import Problem, has_errors
from publish.manuscript.folder import read_manuscript
from publish.standing.state import state_of

BOOKS = Path(__file__).parent / "books"
BASE = Path(__file__).parent / "cases" / "base"
ISBN = "9780000000002"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The complete book, its e-book and its cover."""
    folder, out = tmp_path_factory.mktemp("book") / "book", tmp_path_factory.mktemp("out")
    shutil.copytree(BOOKS / "complete", folder)
    built = build(folder, out, ("epub", "cover"))
    assert not has_errors(built.problems), built.problems
    return folder, out


@pytest.fixture
def subject(made: tuple[Path, Path], tmp_path: Path) -> Subject:
    """The book with copies of its editions, to be damaged."""
    folder, out = made[0], tmp_path / "out"
    shutil.copytree(made[1], out)
    return subject_of(folder, out)


def subject_of(folder: Path, out: Path) -> Subject:
    read = read_manuscript(folder)
    assert read.book
    return Subject(folder, out, read.book, read.sources, (), state_of(folder, out))


def swapped(path: Path, changes: dict[str, bytes]) -> None:
    """Put other bytes in the place of files of an EPUB, named by the ends of their names."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for end, data in changes.items():
        (name,) = (one for one in files if one.endswith(end))
        files[name] = data
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def picture(width: int, height: int, mode: str = "RGB", kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return out.getvalue()


# Limits -------------------------------------------------------------------------------------------


def test_the_book_breaks_none(subject: Subject) -> None:
    assert [str(one) for one in shops.check(subject)] == []


def test_nothing_is_measured_where_nothing_is(tmp_path: Path, made: tuple[Path, Path]) -> None:
    assert shops.check(subject_of(made[0], tmp_path)) == []


def in_epub(end: str, data: bytes) -> Callable[[Subject], None]:
    return lambda subject: swapped(subject.path("epub"), {end: data})


def as_cover(data: bytes) -> Callable[[Subject], None]:
    return lambda subject: subject.path("cover").write_bytes(data) and None


PUT = "images/put.png"
HEAVY = picture(100, 100) + os.urandom(5_100_000)
FAULTS: dict[str, tuple[Callable[[Subject], None], set[str]]] = {
    "a picture of nine million pixels": (
        in_epub(PUT, picture(3000, 3000)),
        {"Apple Books: EPUB/images/put.png has 9.0 million pixels, and the shop takes"
         " 5.6 million pixels at most"},
    ),
    "a picture of five megabytes": (
        in_epub(PUT, HEAVY),
        {"Kobo: EPUB/images/put.png has 5.1 MB, and the shop takes 5.0 MB at most"},
    ),
    "a document with eleven megabytes": (
        lambda subject: swapped(
            subject.path("epub"),
            {PUT: picture(9, 9) + os.urandom(4_900_000),
             "03-de-beek.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml"><body>'
             b'<img src="images/put.png"/>' + b" " * 6_000_000 + b"</body></html>"},
        ),
        {"Kobo: EPUB/03-de-beek.xhtml with its pictures has 10.9 MB, and the shop takes"
         " 10.0 MB at most"},
    ),
    "a picture that can be seen through": (
        in_epub(PUT, picture(100, 100, "RGBA")),
        {f"{shop}: EPUB/images/put.png has a transparent ground, and the shop takes none of that"
         for shop in ("Kobo", "Amazon KDP")},
    ),
    "a picture in four inks": (
        in_epub("images/cover.jpg", picture(100, 100, "CMYK", "JPEG")),
        {f"{shop}: EPUB/images/cover.jpg has colours in CMYK, and the shop takes none of that"
         for shop in ("Kobo", "Apple Books", "Amazon KDP")},
    ),
    "a style sheet from elsewhere": (
        in_epub("book.css", b"p { background: url('https://example.org/a.png') }"),
        {"Apple Books: EPUB/style/book.css has something from outside the e-book, and the shop"
         " takes none of that"},
    ),
    "a script from elsewhere": (
        in_epub(
            "03-de-beek.xhtml",
            b'<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="https://example.org/"/>'
            b'</head><body><a href="https://example.org/">elsewhere</a></body></html>',
        ),
        {"Apple Books: EPUB/03-de-beek.xhtml has something from outside the e-book, and the shop"
         " takes none of that"},
    ),
    "a small cover": (
        as_cover(picture(600, 960, kind="JPEG")),
        {"Google Play Books: the width of the cover has 600 pixels, and the shop takes 640 pixels"
         " at least",
         "Amazon KDP: the width of the cover has 600 pixels, and the shop takes 625 pixels"
         " at least",
         "Amazon KDP: the height of the cover has 960 pixels, and the shop takes 1000 pixels"
         " at least"},
    ),
    "a tall cover": (
        as_cover(picture(700, 10001, kind="JPEG")),
        {"Google Play Books: the height of the cover has 10001 pixels, and the shop takes"
         " 7200 pixels at most",
         "Amazon KDP: the height of the cover has 10001 pixels, and the shop takes 10000 pixels"
         " at most"},
    ),
    "a heavy cover": (
        as_cover(picture(1600, 2560, kind="JPEG") + os.urandom(3_120_000)),
        {"Kobo: the cover has 3.2 MB, and the shop takes 3.0 MB at most"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_limit_that_is_broken(name: str, subject: Subject) -> None:
    damage, wanted = FAULTS[name]
    damage(subject)
    found = shops.check(subject)
    assert {one.message for one in found} == wanted
    assert {(one.code, one.severity) for one in found} == {("K710", "warning")}
    sources = {limit.source for limit in LIMITS}
    assert all(one.hint.removesuffix(".") in sources for one in found)


def test_a_picture_is_told_at_its_caption(subject: Subject) -> None:
    swapped(subject.path("epub"), {PUT: picture(3000, 3000)})
    (found,) = shops.check(subject)
    lines = (subject.folder / "captions.toml").read_text().splitlines()
    assert found.span
    assert (found.span.file, lines[found.span.line - 1]) == ("captions.toml", "[put]")


def test_the_size_of_the_whole(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gigabyte is too much to write, so that the limit comes down to the book."""
    rows = [row for row in LIMITS if row.measure is shops.book_bytes]
    assert {row.shop: row.most for row in rows} == {
        "Kobo": 1e9, "Apple Books": 2e9, "Google Play Books": 2e9,
    }  # fmt: skip
    monkeypatch.setattr(shops, "LIMITS", (rows[0]._replace(most=1e5),))
    size = subject.path("epub").stat().st_size / 1e6
    (found,) = shops.check(subject)
    assert found.message == f"Kobo: the e-book has {size:.1f} MB, and the shop takes 0.1 MB at most"


@pytest.mark.parametrize("limit", LIMITS, ids=lambda one: f"{one.shop} {one.measure.__name__}")
def test_each_row_has_a_limit_and_a_source(limit: Limit) -> None:
    assert limit.most < float("inf")
    assert limit.source.count(" ") >= 2
    tested = {word for _, wanted in FAULTS.values() for word in wanted}
    known = any(one.startswith(f"{limit.shop}: ") for one in tested)
    assert known or limit.measure is shops.book_bytes


# Names --------------------------------------------------------------------------------------------


def test_the_shops_of_the_command_are_those_of_the_table() -> None:
    assert set(SHOPS) == {row.shop for row in NAMES}
    assert {row.output for row in NAMES} <= set(OUTPUTS)


def messages(found: list[Problem]) -> list[str]:
    return [f"{one.code} {one.message}" for one in found]


def test_what_a_shop_takes_is_copied(made: tuple[Path, Path], tmp_path: Path) -> None:
    folder, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(made[0], folder)
    command = ["build", str(folder), "--out", str(out), "--for"]
    assert main([*command, "kobo,cb-onix"]) == 0
    slug = "waar-de-beek-bleef"
    copies = {
        "kobo": {f"{ISBN}.epub": f"{slug}.epub", f"{ISBN}.jpg": f"{slug}-cover.jpg",
                 f"{ISBN}_preview.epub": f"extract/{slug}-extract.epub"},
        "cb-onix": {f"{ISBN}_ebfc.epub": f"{slug}.epub", f"{ISBN}_cvr.jpg": f"{slug}-cover.jpg",
                    f"{ISBN}_hfd.epub": f"extract/{slug}-extract.epub"},
    }  # fmt: skip
    assert {one.name for one in (out / "shops").iterdir()} == set(copies)
    for shop, files in copies.items():
        assert {one.name for one in (out / "shops" / shop).iterdir()} == set(files)
        for copy, edition in files.items():
            assert (out / "shops" / shop / copy).read_bytes() == (out / edition).read_bytes()
    # Only what is asked for is built, and the print PDF is not.
    assert not list(out.glob("*.pdf"))
    found = [one for one in presence.check(subject_of(folder, out)) if one.code == "K712"]
    assert found == []

    # A copy that is not the edition as it is now is told of.
    (out / f"{slug}-cover.jpg").write_bytes(b"another")
    found = [one for one in presence.check(subject_of(folder, out)) if one.code == "K712"]
    assert messages(found) == [
        f"K712 shops/cb-onix/{ISBN}_cvr.jpg is not the edition as it is now",
        f"K712 shops/kobo/{ISBN}.jpg is not the edition as it is now",
    ]

    # With another number the old copies of that shop go, and those of other shops stay.
    settings = (folder / "book.toml").read_text()
    (folder / "book.toml").write_text(settings.replace("978-0-00-000000-2", "978-1-23-456789-7"))
    assert main([*command, "kobo"]) == 0
    assert {one.name for one in (out / "shops" / "kobo").iterdir()} == {
        "9781234567897.epub", "9781234567897.jpg", "9781234567897_preview.epub",
    }  # fmt: skip
    assert len(list((out / "shops" / "cb-onix").iterdir())) == 3
    assert main(["clean", str(out)]) == 0
    assert not out.exists()


def test_old_copies_go_when_the_new_ones_are_there_and_none_of_another_book(
    made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, other, out = tmp_path / "book", tmp_path / "other", tmp_path / "out"
    shutil.copytree(made[0], folder)
    shutil.copytree(made[1], out)
    build(folder, out, ("epub", "cover"))
    deliver(folder, out, ("google",))
    old = out / "shops" / "google" / f"{ISBN}.epub"
    settings = (folder / "book.toml").read_text()
    (folder / "book.toml").write_text(settings.replace("978-0-00-000000-2", "978-1-23-456789-7"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("publish.building.delivering.write_atomically", full)
        with pytest.raises(OSError, match="No space"):
            deliver(folder, out, ("google",))
    assert old.is_file()

    # The file is another book's now.
    shutil.copytree(made[0], other)
    state = state_of(other, out)
    state.copies = {f"shops/google/{ISBN}.epub": "epub"}
    state.save()
    (copy,), problems = deliver(folder, out, ("google",))
    assert (copy.name, problems) == ("9781234567897.epub", [])
    assert old.is_file()
    assert list(state_of(folder, out).copies) == ["shops/google/9781234567897.epub"]


def test_without_an_isbn_nothing_is_copied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["build", str(BASE), "--out", str(out), "--for", "google"]) == 1
    assert "book.toml:1:1: error K711 the files for google are named by" in capsys.readouterr().err
    assert not (out / "shops").exists()


def test_another_books_copy_is_left_alone(
    made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two books of one number and two names."""
    out, other = tmp_path / "out", tmp_path / "other"
    shutil.copytree(made[0], other)
    settings = (other / "book.toml").read_text()
    (other / "book.toml").write_text(settings.replace("waar-de-beek-bleef", "de-beek"))
    command = ["--out", str(out), "--for", "google"]
    assert main(["build", str(made[0]), *command]) == 0
    before = (out / "shops" / "google" / f"{ISBN}.epub").read_bytes()
    capsys.readouterr()
    assert main(["build", str(other), *command]) == 1
    assert "error K707" in capsys.readouterr().err
    assert (out / "shops" / "google" / f"{ISBN}.epub").read_bytes() == before
