"""What is made once and kept: the same bytes as made anew, made anew where it is damaged."""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from test_layers import loaded

from publish.building import build as building
from publish.building.build import build
from publish.fonts.files import FACES
from publish.fonts.subsets import cut, subset
from publish.ground.problems import problem
from publish.ground.shelf import Shelf
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
    monkeypatch.setattr(building, "SPARE", 1)

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
