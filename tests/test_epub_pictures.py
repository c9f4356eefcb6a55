"""The pictures of a finished e-book: what became of real files, and what is found in bad ones."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, PngImagePlugin
from test_epub import COMPLETE, edition
from test_photos import epub, line_art, noise, saved, tone

from publish.book.model import Book
from publish.checks.epub_pictures import MOST_BYTES, MOST_PIXELS, check_pictures_in
from publish.checks.epub_places import Places
from publish.checks.epub_reader import Ebook
from publish.epub.package import make_epub
from publish.ground.problems import Problem
from publish.ground.root import BookRoot
from publish.manuscript.folder import read_manuscript
from publish.pictures.placed import epub_pictures
from publish.text.editions import edition_of

BOOK = 'title = "Prenten"\nmodified = 2026-01-01T00:00:00Z\n'


def given(**files: bytes) -> Ebook:
    named = {f"EPUB/images/{name.replace('_', '.')}": data for name, data in files.items()}
    return Ebook(named, {}, (), "", "")


@cache
def complete() -> Book:
    """Return the complete book, one of its photos named “a”."""
    book = edition(COMPLETE)
    return replace(book, photos={"a": book.photos["put"]})


def checked(ebook: Ebook) -> list[Problem]:
    return check_pictures_in("book.epub", ebook, Places(complete(), ebook, {}))


def data_of(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif() -> Image.Exif:
    written = Image.Exif()
    written[0x0112], written[0x010F] = 6, "een camera"
    return written


def test_real_files_are_fit_for_the_shops_once_they_are_in_the_book(tmp_path: Path) -> None:
    """A photo of 12 megapixels on its side, grain of many bytes, CMYK, and line art."""
    saved(tmp_path, "liggend.jpg", tone(4000, 3000), quality=90, exif=exif())
    grain = Image.merge("RGB", [noise(2300, seed) for seed in (1, 2, 3)])
    saved(tmp_path, "korrel.png", grain)
    saved(tmp_path, "drukkleur.jpg", tone(900, 600).convert("CMYK"))
    saved(tmp_path, "lijn.png", line_art(1200, 3600))
    names = ("liggend.jpg", "korrel.png", "drukkleur.jpg", "lijn.png")
    captions = "".join(
        f'["{name.partition(".")[0]}"]\nfile = "{name}"\ncaption = "{name}"\nalt = "iets"\n'
        for name in names
    )
    (tmp_path / "book.toml").write_text(BOOK, "utf-8")
    (tmp_path / "captions.toml").write_text(captions, "utf-8")
    placed = "\n\n".join(f"![]({name.partition('.')[0]})" for name in names)
    (tmp_path / "01-een.md").write_text(f"# Een\n\nTekst.\n\n{placed}\n", "utf-8")
    found = read_manuscript(tmp_path)
    assert found.book
    book = edition_of(found.book, "epub")
    pictures, problems = epub_pictures(book, BookRoot(tmp_path))
    assert not problems
    path = tmp_path / "book.epub"
    path.write_bytes(make_epub(book, pictures, None, "", []))
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if "images/" in name}
    assert sorted(Path(name).name for name in files) == [
        "drukkleur.jpg", "korrel.jpg", "liggend.jpg", "lijn.png",
    ]  # fmt: skip
    assert checked(Ebook(files, {}, (), "", "")) == []
    shown = {Path(name).stem: Image.open(BytesIO(data)) for name, data in files.items()}
    assert shown["liggend"].size == (1800, 2400)
    assert shown["drukkleur"].mode == "RGB"
    assert shown["drukkleur"].size == (900, 600)
    assert shown["lijn"].size == (800, 2400)
    assert all(len(data) <= MOST_BYTES for data in files.values())


def test_what_a_png_tells_besides_the_picture_goes(tmp_path: Path) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "een naam")
    told.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>thuisadres</x:xmpmeta>")
    one = saved(tmp_path, "plaat.png", line_art(60, 30), pnginfo=told, exif=exif())
    raw = (tmp_path / "photos" / "plaat.png").read_bytes()
    assert b"een naam" in raw
    assert b"eXIf" in raw
    asset, image = epub(one, tmp_path)
    assert image.size == (30, 60)
    for trace in (b"tEXt", b"iTXt", b"eXIf", b"een naam", b"thuisadres"):
        assert trace not in asset.data


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("a_png", data_of(Image.new("L", (3000, 2000)), "PNG"), "6,000,000 pixels"),
        ("a_jpg", data_of(Image.new("CMYK", (9, 9)), "JPEG"), "its colours are CMYK"),
        ("a_jpg", data_of(Image.new("RGB", (9, 9)), "JPEG", exif=exif()), "camera"),
        ("a_png", data_of(Image.new("RGB", (9, 9)), "PNG") + bytes(MOST_BYTES), "bytes"),
        ("a_jpg", b"\xff\xd8half", "cannot be read"),
        ("a_svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "runs or fetches"),
        (
            "a_svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/a"/></svg>',
            "runs or fetches",
        ),
        ("a_svg", b"<svg", "no XML"),
    ],
)
def test_what_shops_refuse_is_found(file: str, data: bytes, said: str) -> None:
    (found,) = checked(given(**{file: data}))
    assert found.code == "E517"
    assert found.span == complete().photos["a"].span
    assert said in found.message


def test_what_is_within_the_limits_is_let_through() -> None:
    largest = data_of(Image.new("RGB", (2366, 2366)), "PNG")
    assert MOST_PIXELS >= 2366 * 2366
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>'
    assert checked(given(a_png=largest, b_svg=drawing)) == []
