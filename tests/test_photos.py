"""What becomes of a photo for the e-book and for print, and what is said of one that is no good."""

from __future__ import annotations

import math
import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, ImageCms, ImageDraw

from publish.book.credits import credit_line
from publish.book.model import Photo
from publish.ground.root import BookRoot
from publish.ground.source import Span
from publish.pictures.photos import (
    Asset,
    check_resolution,
    effective_ppi,
    epub_picture,
    print_picture,
)

ORIENTATION = 0x0112
HERE = Path(__file__).parent


def photo(file: str, size: tuple[int, int] = (0, 0)) -> Photo:
    return Photo(
        id=file.partition(".")[0],
        file=file,
        kind="photo",
        caption=(),
        alt="iets",
        span=Span("captions.toml", 4, 2),
        size=size,
    )


def saved(folder: Path, name: str, image: Image.Image, **options: Any) -> Photo:
    (folder / "photos").mkdir(exist_ok=True)
    image.save(folder / "photos" / name, **options)
    return photo(name, image.size)


def written(folder: Path, name: str, data: bytes) -> Photo:
    (folder / "photos").mkdir(exist_ok=True)
    (folder / "photos" / name).write_bytes(data)
    return photo(name)


def tone(width: int, height: int, seed: int = 1) -> Image.Image:
    """Return something like a photograph: slow gradients under a fine grain."""
    grain = random.Random(seed)
    small = Image.new("RGB", (16, 16))
    small.putdata([tuple(grain.randrange(40, 220) for _ in range(3)) for _ in range(256)])
    return small.resize((width, height), Image.Resampling.BICUBIC)


def line_art(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 10, height // 10, width * 9 // 10, height * 9 // 10), fill="#c8102e")
    draw.line((0, 0, width, height), fill="black", width=max(width // 20, 1))
    return image


def epub(one: Photo, folder: Path) -> tuple[Asset, Image.Image]:
    asset, problems = epub_picture(one, BookRoot(folder))
    assert asset and not problems
    return asset, Image.open(BytesIO(asset.data))


def printed(one: Photo, folder: Path, width_mm: float = 100.0) -> tuple[Asset, Image.Image]:
    asset, problems = print_picture(one, BookRoot(folder), width_mm)
    assert asset and not problems
    return asset, Image.open(BytesIO(asset.data))


def near(colour: object, wanted: tuple[int, ...], by: int = 6) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=True))


# The e-book ---------------------------------------------------------------------------------------


def test_line_art_becomes_png_and_tone_becomes_jpeg(tmp_path: Path) -> None:
    drawn, _ = epub(saved(tmp_path, "lijn.png", line_art(500, 400)), tmp_path)
    taken, _ = epub(saved(tmp_path, "toon.png", tone(500, 400)), tmp_path)
    assert (drawn.name, drawn.media_type) == ("lijn.png", "image/png")
    assert (taken.name, taken.media_type) == ("toon.jpg", "image/jpeg")


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((10, 8), (10, 8)),
        ((2400, 100), (2400, 100)),
        ((4800, 100), (2400, 50)),
        ((100, 3000), (80, 2400)),
        ((2400, 2400), (2366, 2366)),
    ],
)
def test_a_picture_is_made_smaller_where_it_must_and_never_larger(
    tmp_path: Path, size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    asset, image = epub(saved(tmp_path, "groot.png", line_art(*size)), tmp_path)
    assert image.size == wanted == (asset.width_px, asset.height_px)
    assert image.size[0] * image.size[1] <= 5_600_000


def noise(side: int, seed: int) -> Image.Image:
    return Image.frombytes("L", (side, side), random.Random(seed).randbytes(side * side))


def test_a_jpeg_of_more_than_5_megabytes_is_pressed_harder(tmp_path: Path) -> None:
    grain = Image.merge("RGB", [noise(1500, seed) for seed in (1, 2, 3)])
    one = saved(tmp_path, "ruis.jpg", grain, quality=100, subsampling=0)
    assert (tmp_path / "photos" / one.file).stat().st_size > 5_000_000
    asset, image = epub(one, tmp_path)
    assert len(asset.data) <= 5_000_000
    assert image.size == (1500, 1500)


def test_line_art_too_large_for_png_becomes_jpeg_with_its_colour_sharp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = noise(500, 4).point(lambda value: value % 8 * 36).convert("RGB")
    grain = Image.merge("RGB", [noise(500, seed) for seed in (5, 6, 7)])
    image.paste(grain, mask=noise(500, 8).point(lambda value: 255 if value > 200 else 0))
    one = saved(tmp_path, "stippen.png", image)
    assert epub(one, tmp_path)[0].media_type == "image/png"
    monkeypatch.setattr("publish.pictures.photos.EPUB_BYTES", 150_000)
    asset, smaller = epub(one, tmp_path)
    assert asset.media_type == "image/jpeg"
    assert len(asset.data) <= 150_000
    assert sampling(asset.data) == 0x11
    assert smaller.size[0] == smaller.size[1] < 500


def sampling(jpeg: bytes) -> int:
    """Return the sampling factors of the first component of a JPEG (T.81, B.2.2)."""
    frame = next(
        jpeg.index(bytes((0xFF, kind))) for kind in (0xC0, 0xC2) if bytes((0xFF, kind)) in jpeg
    )
    return jpeg[frame + 11]


def test_tone_has_its_colour_at_half_the_size_and_quality_85(tmp_path: Path) -> None:
    asset, image = epub(saved(tmp_path, "toon.png", tone(600, 400)), tmp_path)
    assert sampling(asset.data) == 0x22
    expected = BytesIO()
    Image.new("RGB", (8, 8)).save(expected, "JPEG", quality=85)
    assert image.quantization[0] == Image.open(expected).quantization[0]  # type: ignore[attr-defined]


def test_a_jpeg_within_the_limits_keeps_its_own_data(tmp_path: Path) -> None:
    one = saved(tmp_path, "klein.jpg", tone(300, 200), quality=40)
    asset, _ = epub(one, tmp_path)
    assert asset.data == (tmp_path / "photos" / "klein.jpg").read_bytes()


def test_an_rgb_picture_without_colour_becomes_grey(tmp_path: Path) -> None:
    one = saved(tmp_path, "grijs.png", tone(200, 200).convert("L").convert("RGB"))
    assert epub(one, tmp_path)[1].mode == "L"
    assert printed(one, tmp_path)[1].mode == "L"


# Turning and stripping ----------------------------------------------------------------------------


def with_exif(folder: Path, orientation: int, image: Image.Image) -> Photo:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "een camera"
    return saved(folder, f"exif{orientation}.jpg", image, quality=95, exif=exif)


@pytest.mark.parametrize("make", [epub, printed])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_its_exif_says_and_loses_it(
    tmp_path: Path, orientation: int, make: Callable[[Photo, Path], tuple[Asset, Image.Image]]
) -> None:
    stored = Image.new("RGB", (64, 32), "blue")
    stored.paste("red", (0, 0, 32, 16))
    asset, image = make(with_exif(tmp_path, orientation, stored), tmp_path)
    corners = {1: (8, 8), 2: (-8, 8), 3: (-8, -8), 4: (8, -8)}
    corners |= {5: (8, 8), 6: (-8, 8), 7: (-8, -8), 8: (8, -8)}
    x, y = corners[orientation]
    width, height = image.size
    assert image.size == ((64, 32) if orientation < 5 else (32, 64))
    assert near(image.convert("RGB").getpixel((x % width, y % height)), (254, 0, 0))
    assert not image.getexif()
    assert b"Exif" not in asset.data and b"een camera" not in asset.data


def test_stripping_a_photo_that_stands_upright_leaves_its_pixels_alone(tmp_path: Path) -> None:
    one = with_exif(tmp_path, 1, tone(120, 90))
    path = tmp_path / "photos" / one.file
    path.write_bytes(path.read_bytes() + b"a film after the picture")
    before = Image.open(path).tobytes()
    asset, image = printed(one, tmp_path)
    assert image.tobytes() == before
    assert asset.data.endswith(b"\xff\xd9")


@pytest.mark.parametrize("progressive", [False, True])
def test_comments_and_xmp_go_too(tmp_path: Path, progressive: bool) -> None:
    one = saved(
        tmp_path,
        "xmp.jpg",
        tone(120, 90),
        comment=b"geheim",
        xmp=b"<x:xmpmeta>thuisadres</x:xmpmeta>",
        progressive=progressive,
    )
    raw = (tmp_path / "photos" / one.file).read_bytes()
    assert b"geheim" in raw and b"thuisadres" in raw
    asset, image = epub(one, tmp_path)
    assert b"geheim" not in asset.data and b"thuisadres" not in asset.data
    assert image.tobytes() == Image.open(BytesIO(raw)).tobytes()


# Kinds of pixels ----------------------------------------------------------------------------------


def sixteen_bits(value: int) -> bytes:
    """Return a PNG of 4 × 4 pixels of 16-bit grey, written by hand (ISO 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 4, 4, 16, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + struct.pack(">H", value) * 4) * 4)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("make", [epub, printed])
@pytest.mark.parametrize(("deep", "flat"), [(0, 0), (0x8000, 128), (0xC000, 191), (0xFFFF, 255)])
def test_16_bits_are_scaled_to_8(
    tmp_path: Path,
    deep: int,
    flat: int,
    make: Callable[[Photo, Path], tuple[Asset, Image.Image]],
) -> None:
    _, image = make(written(tmp_path, "diep.png", sixteen_bits(deep)), tmp_path)
    assert (image.mode, image.getpixel((1, 1))) == ("L", flat)


@pytest.mark.parametrize("make", [epub, printed])
@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGBA", "PA"])
def test_transparency_palettes_and_bits_become_plain_pixels_on_white(
    tmp_path: Path, mode: str, make: Callable[[Photo, Path], tuple[Asset, Image.Image]]
) -> None:
    source = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    source.paste((0, 0, 0, 255), (30, 0, 60, 40))
    options: dict[str, Any] = {}
    if mode in ("1", "P"):
        source = Image.new("1", (60, 40), 1)
        source.paste(0, (30, 0, 60, 40))
        image = source.convert(mode)
        if mode == "P":
            options["transparency"] = 255
    else:
        image = source.convert("LA" if mode == "LA" else "RGBA")
    if mode == "PA":
        image = image.quantize(8)
    _, made = make(saved(tmp_path, "kind.png", image, **options), tmp_path)
    assert made.mode == "L"
    assert (made.getpixel((10, 20)), made.getpixel((50, 20))) == (255, 0)


@pytest.mark.parametrize("make", [epub, printed])
def test_cmyk_becomes_rgb(
    tmp_path: Path, make: Callable[[Photo, Path], tuple[Asset, Image.Image]]
) -> None:
    one = saved(tmp_path, "vier.jpg", Image.new("CMYK", (40, 40), (0, 255, 255, 0)), quality=95)
    _, image = make(one, tmp_path)
    assert image.mode == "RGB"
    assert near(image.getpixel((20, 20)), (254, 0, 0))


def other_profile() -> bytes:
    """Return sRGB's profile with red and green changed about, under another name."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * struct.unpack(">I", data[128:132])[0], 12):
        kind = bytes(data[at : at + 4])
        data[at : at + 4] = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(kind, kind)
    name = "sRGB".encode("utf-16-be")
    return bytes(data).replace(name, "vRGB".encode("utf-16-be")).replace(b"sRGB", b"vRGB")


@pytest.mark.parametrize("make", [epub, printed])
def test_colours_of_another_profile_become_srgb(
    tmp_path: Path, make: Callable[[Photo, Path], tuple[Asset, Image.Image]]
) -> None:
    red = Image.new("RGB", (40, 40), (255, 0, 0))
    one = saved(tmp_path, "profiel.jpg", red, quality=95, icc_profile=other_profile())
    _, image = make(one, tmp_path)
    assert near(image.getpixel((20, 20)), (0, 255, 0), by=12)
    assert "icc_profile" not in image.info


def test_of_a_file_with_several_pictures_the_first_is_taken(tmp_path: Path) -> None:
    second = Image.new("RGB", (64, 32), "blue")
    one = saved(
        tmp_path,
        "twee.jpg",
        Image.new("RGB", (64, 32), "red"),
        format="MPO",
        save_all=True,
        append_images=[second],
    )
    _, image = epub(one, tmp_path)
    assert near(image.getpixel((9, 9)), (254, 0, 0))


def test_an_srgb_profile_changes_nothing(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    one = saved(tmp_path, "srgb.jpg", tone(80, 80), quality=90, icc_profile=profile)
    _, image = printed(one, tmp_path)
    assert image.tobytes() == Image.open(tmp_path / "photos" / "srgb.jpg").tobytes()


# Print --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width_mm", "pixels"), [(25.4, 400), (50.8, 800), (63.5, 1000), (100.0, 1000)]
)
def test_print_resamples_down_to_400_ppi_and_no_further(
    tmp_path: Path, width_mm: float, pixels: int
) -> None:
    one = saved(tmp_path, "scherp.jpg", tone(1000, 500))
    _, image = printed(one, tmp_path, width_mm)
    assert image.size == (pixels, pixels // 2)


def test_print_leaves_a_plain_jpeg_as_it_is_and_keeps_a_png_lossless(tmp_path: Path) -> None:
    plain = saved(tmp_path, "gewoon.jpg", tone(300, 200), quality=70)
    asset, _ = printed(plain, tmp_path)
    assert asset.data == (tmp_path / "photos" / "gewoon.jpg").read_bytes()
    png = saved(tmp_path, "gewoon2.png", tone(300, 200))
    asset, image = printed(png, tmp_path)
    assert asset.media_type == "image/png"
    assert image.tobytes() == tone(300, 200).tobytes()


@pytest.mark.parametrize(
    ("width_mm", "codes"),
    [(100.0, ["C311"]), (84.7, ["C311"]), (84.6, ["C312"]), (56.5, ["C312"]), (56.4, [])],
)
def test_resolution_is_judged_at_the_width_at_which_it_prints(
    width_mm: float, codes: list[str]
) -> None:
    problems = check_resolution(photo("veld.jpg", (500, 400)), width_mm)
    assert [one.code for one in problems] == codes
    for one in problems:
        assert one.span == Span("captions.toml", 4, 2)
        wanted = {"C311": 150, "C312": 225}[one.code]
        assert f"{math.ceil(wanted * width_mm / 25.4)} pixels" in one.hint


def test_149_ppi_and_a_bit_is_not_told_to_be_150() -> None:
    (one,) = check_resolution(photo("veld.jpg", (500, 400)), 84.7)
    assert "149 ppi, 85 mm" in one.message


def test_a_drawing_has_no_resolution() -> None:
    assert effective_ppi(photo("tekening.svg"), 100) == math.inf
    assert check_resolution(photo("tekening.svg"), 1000) == []


# Broken files -------------------------------------------------------------------------------------


def bomb(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def damaged(name: str, at: int) -> bytes:
    data = bytearray((HERE / "books/complete/photos" / name).read_bytes())
    data[at] = 0
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("leeg.jpg", b"", "it is neither JPEG nor PNG inside"),
        ("tekst.png", b"geen beeld", "it is neither JPEG nor PNG inside"),
        ("half.jpg", (HERE / "books/complete/photos/veld.jpg").read_bytes()[:3000], "it is broken"),
        ("half.png", (HERE / "books/complete/photos/put.png").read_bytes()[:900], "it is broken"),
        ("kort.png", damaged("put.png", 11), "it is broken (Truncated IHDR chunk)"),
        ("blok.png", damaged("put.png", 56), "it is broken (broken PNG file"),
        ("bom.png", bomb(30000), "it has more than 90 million pixels"),
        ("bommetje.png", bomb(10000), "it has more than 90 million pixels"),
        ("leeg.svg", b"", "it is not well-formed XML"),
    ],
)
def test_a_broken_file_is_a_problem_with_its_place(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    one = written(tmp_path, name, data)
    for asset, problems in (
        epub_picture(one, BookRoot(tmp_path)),
        print_picture(one, BookRoot(tmp_path), 90),
    ):
        assert asset is None
        assert [(found.code, found.span) for found in problems] == [("C309", one.span)]
        assert f"photos/{name}" in problems[0].message and reason in problems[0].message


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    asset, problems = epub_picture(photo("weg.jpg"), BookRoot(tmp_path))
    assert asset is None
    assert problems[0].message.endswith("No such file or directory")


@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
@given(
    source=st.sampled_from(["veld.jpg", "put.png", "golfje.png", "peil.svg"]),
    changes=st.lists(st.tuples(st.integers(0, 99999), st.integers(0, 255)), min_size=1, max_size=9),
    cut=st.integers(0, 99999),
)
def test_no_damage_to_a_file_ever_raises(
    tmp_path: Path, source: str, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray((HERE / "books/complete/photos" / source).read_bytes())
    for at, value in changes:
        data[at % len(data)] = value
    one = written(tmp_path, source, bytes(data[: 1 + cut % (2 * len(data))]))
    for asset, problems in (
        epub_picture(one, BookRoot(tmp_path)),
        print_picture(one, BookRoot(tmp_path), 90),
    ):
        codes = {found.code for found in problems}
        assert (asset is None) == ("C309" in codes)
        assert codes <= {"C309", "C315", "C316"}


def test_the_parts_of_a_credit_are_parted_by_one_comma() -> None:
    """A part may end with one: the word after it was struck out."""

    def line(*parts: str) -> str:
        credit, date, licence = parts
        bare = Photo("veld", "veld.jpg", "JPEG", (), "", Span("captions.toml"))
        return credit_line(replace(bare, credit=credit, date=date, licence=licence))

    assert line("An Bos,", "1921", "CC BY") == "An Bos, 1921, CC BY"
    assert line("An Bos, ", "", "") == "An Bos"
    assert line(" ", "1921", "CC0") == "1921, CC0"
