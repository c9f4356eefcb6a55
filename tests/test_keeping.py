"""What is made once and kept: the same bytes as made anew, made anew where it is damaged."""

from __future__ import annotations

import hashlib
import hmac
import shutil
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pikepdf import Name, Pdf, Stream
from PIL import Image
from test_inked_pictures import of_another_press
from test_layers import loaded

from publish.building import workshop
from publish.building.build import build
from publish.fonts.files import FACES
from publish.fonts.subsets import cut, subset
from publish.ground import seal
from publish.ground.problems import problem
from publish.ground.shelf import Shelf
from publish.press.profiles import system_files
from publish.standing.keeping import kept_made

BOOKS = Path(__file__).parent / "books"


def test_a_thing_is_made_once(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"thing"

    for makings in (("a", b"b"), ("a", b"b"), ("ab", b"")):
        assert Shelf(tmp_path).kept(make, *makings) == b"thing"
    assert len(made) == 2
    assert Shelf().kept(make, "a", b"b") == b"thing" and len(made) == 3


@pytest.mark.parametrize("damage", [b"", b"thin", b"thing", b"another" + bytes(32)])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    Shelf(tmp_path).kept(lambda: b"thing", "a")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert Shelf(tmp_path).kept(lambda: b"thing", "a") == b"thing"
    assert file.read_bytes() == whole


def test_a_part_is_tidied_by_itself(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.kept(lambda: b"1", "a")
    shelf.part("more").kept(lambda: b"2", "a")
    later = Shelf(tmp_path)
    later.kept(lambda: b"3", "b")
    later.tidy()
    assert [one.read_bytes()[:1] for one in tmp_path.iterdir() if one.is_file()] == [b"3"]
    assert [one.read_bytes()[:1] for one in (tmp_path / "more").iterdir()] == [b"2"]


def test_problems_are_kept_with_what_they_are_of(tmp_path: Path) -> None:
    found = problem("P423", None)
    first = kept_made(Shelf(tmp_path), lambda: (b"a\nb", [found]), "cover")
    assert first == kept_made(Shelf(tmp_path), lambda: (b"", []), "cover") == (b"a\nb", [found])


def test_a_font_is_cut_to_its_letters_and_keeps_its_features() -> None:
    face, letters = FACES[0], frozenset("fi a0123")
    small = TTFont(BytesIO(subset(face, letters)))
    assert set(small.getBestCmap()) == set(map(ord, letters))
    records = small["GSUB"].table.FeatureList.FeatureRecord
    assert {"liga", "onum", "smcp"} <= {one.FeatureTag for one in records}
    # fontTools, which reads it back, cuts to the same glyphs.
    other = TTFont(BytesIO(face.data()))
    cut(other, letters)
    assert len(small.getGlyphOrder()) == len(other.getGlyphOrder()) > 2 * len(letters)
    assert small["head"].modified == TTFont(BytesIO(face.data()))["head"].modified


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with pictures of which an e-book was made, and a word of which was changed then."""
    root = tmp_path_factory.mktemp("kept")
    folder = root / "book"
    shutil.copytree(BOOKS / "complete", folder)
    settings = folder / "book.toml"
    text = settings.read_text("utf-8").replace("[epub]\n", "[epub]\npage-list = false\n")
    settings.write_text(text, "utf-8")
    build(folder, root / "out", ("epub",))
    chapter = folder / "03-de-beek.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nNog een woord.\n", "utf-8")
    return folder


def test_an_e_book_made_again_loads_little_and_has_the_same_bytes(edited: Path) -> None:
    out, anew = edited.parent / "out", edited.parent / "anew"
    heavy = loaded("build", str(edited), "--out", str(out), "--only", "epub")[0]
    assert "ebooklib" in heavy
    assert not heavy & {"weasyprint", "pikepdf", "pypdfium2"}
    build(edited, anew, ("epub",))
    (file,) = anew.glob("*.epub")
    assert file.read_bytes() == (out / file.name).read_bytes()


def test_pictures_are_made_anew_when_their_files_change_and_old_ones_go(
    edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = Path(shutil.copytree(edited, tmp_path / "book")), tmp_path / "out"
    monkeypatch.setattr(workshop, "SPARE", 1)

    def made() -> tuple[dict[str, bytes], int]:
        (file,) = build(folder, out, ("epub",)).made
        with zipfile.ZipFile(file) as archive:
            shown = {one: archive.read(one) for one in archive.namelist() if "veld" in one}
        return shown, len([*out.glob(".katern/*/pictures/*")])

    first, count = made()
    assert first
    captions = folder / "captions.toml"
    for _ in range(3):
        captions.write_text("# Een regel.\n" + captions.read_text("utf-8"), "utf-8")
        again, there = made()
        assert again == first
        assert there <= count + 1
    Image.open(folder / "photos" / "veld.jpg").transpose(Image.Transpose.ROTATE_180).save(
        folder / "photos" / "veld.jpg", "JPEG"
    )
    other, _ = made()
    assert other.keys() == first.keys()
    assert all(other[one] != first[one] for one in first)


def with_less_magenta(profile: bytes) -> bytes:
    """Return a profile that puts half as much of the second ink into its colours (ICC.1, mft2)."""
    tags = range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12)
    (at,) = (
        int.from_bytes(profile[tag + 4 : tag + 8], "big")
        for tag in tags
        if profile[tag : tag + 4] == b"B2A1"
    )
    ways, inks, grid = profile[at + 8 : at + 11]
    steps, levels = (int.from_bytes(profile[at + n : at + n + 2], "big") for n in (48, 50))
    curve = at + 52 + 2 * (ways * steps + inks * grid**ways + levels)
    numbers = struct.unpack(f">{levels}H", profile[curve : curve + 2 * levels])
    halved = struct.pack(f">{levels}H", *(number // 2 for number in numbers))
    return profile[:curve] + halved + profile[curve + 2 * levels :]


@pytest.mark.parametrize("photos", [["screen"], ["screen", "inks"]])
def test_a_press_that_changes_is_met_by_every_picture(photos: list[str], tmp_path: Path) -> None:
    """Its name, the book and all else stay as they are: nothing that was kept is of the old one."""
    folder, old = tmp_path / "book", next(system_files()).read_bytes()
    for name in ("photos", "profiles"):
        (folder / name).mkdir(parents=True)
    shutil.copyfile(BOOKS / "complete" / "photos" / "veld.jpg", folder / "photos" / "screen.jpg")
    inks = Image.new("CMYK", (1200, 800), (20, 200, 160, 30))
    inks.save(folder / "photos" / "inks.jpg", icc_profile=of_another_press(old))
    told = '[{0}]\nfile = "{0}.jpg"\nkind = "photo"\ncaption = "Een veld."\nalt = "Gras."\n'
    (folder / "captions.toml").write_text("".join(map(told.format, photos)), "utf-8")
    text = "".join(f"\n![]({one})\n" for one in photos)
    (folder / "01-veld.md").write_text(f"# Veld\n\nGras.\n{text}", "utf-8")
    printed = '[print]\nprofile = "press.icc"\ncondition = "FOGRA52"\n'
    settings = f'title = "Veld"\nmodified = 2026-03-01T08:00:00Z\n{printed}'
    (folder / "book.toml").write_text(settings, "utf-8")

    def pictures(out: str) -> set[bytes]:
        (file,) = build(folder, tmp_path / out, ("print",)).made
        with Pdf.open(file) as pdf:
            found = [one for one in pdf.objects if isinstance(one, Stream)]
            return {one.read_raw_bytes() for one in found if one.get("/Filter") == Name.DCTDecode}

    (folder / "profiles" / "press.icc").write_bytes(old)
    first = pictures("warm")
    (folder / "profiles" / "press.icc").write_bytes(with_less_magenta(old))
    warm, cold = pictures("warm"), pictures("cold")
    assert len(first) == len(photos) and warm == cold and not warm & first
    (file,) = (tmp_path / "warm").glob("*.pdf")
    assert file.read_bytes() == (tmp_path / "cold" / file.name).read_bytes()


def test_what_a_stranger_laid_there_is_not_taken(tmp_path: Path) -> None:
    """What bears no seal, that of another secret, or that of another name."""
    shelf = Shelf(tmp_path)
    shelf.lay("one", b"thing")
    shelf.lay("two", b"other")
    assert Shelf(tmp_path).found("one") == b"thing"
    one, two = tmp_path / "one", tmp_path / "two"
    sealed = one.read_bytes()
    for data in (
        b"thing" + hashlib.sha256(b"thing").digest(),
        b"thing" + hmac.digest(bytes(32), b"one\0thing", "sha256"),
        two.read_bytes(),
        b"",
        bytes(len(sealed)),
    ):
        one.write_bytes(data)
        assert Shelf(tmp_path).found("one") is None
    one.write_bytes(sealed)
    assert Shelf(tmp_path).found("one") == b"thing"


def test_the_secret_is_its_user_s_alone_and_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    first = seal.seal("a", b"b")
    key = tmp_path / "state" / "katern" / "key"
    assert first and len(first) == seal.LENGTH == len(key.read_bytes())
    assert (key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [one.name for one in key.parent.iterdir()] == ["key"]
    seal._secret.cache_clear()
    assert seal.seal("a", b"b") == first != seal.seal("b", b"b")
    key.write_bytes(b"short")
    seal._secret.cache_clear()
    assert seal.seal("a", b"b") is None


def test_without_a_home_nothing_is_kept_and_all_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    made: list[str] = []

    def make() -> bytes:
        made.append("made")
        return b"thing"

    folder = tmp_path / "shelf"
    assert [Shelf(folder).kept(make, "a") for _ in range(2)] == [b"thing"] * 2
    assert len(made) == 2 and not folder.exists()


def test_a_shelf_on_which_nothing_can_be_laid_is_no_harm(tmp_path: Path) -> None:
    """A folder where a thing should lie, a file where the folder should be."""
    (tmp_path / "one").mkdir()
    shelf = Shelf(tmp_path)
    shelf.lay("one", b"thing")
    assert shelf.found("one") is None
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    (tmp_path / "file").write_bytes(b"")
    assert Shelf(tmp_path / "file").kept(lambda: b"thing", "a") == b"thing"
    assert (tmp_path / "file").read_bytes() == b""
