"""A JPEG in CMYK keeps its inks in print, and is shown by its profile elsewhere."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Pdf
from PIL import Image, ImageCms, ImageDraw, ImageStat
from test_pictures import shop

from publish.checks.preflight import preflight
from publish.pictures.placed import given
from publish.press.profiles import system_files
from publish.press.spaces import family_of

SKY, DARK = (200, 90, 0, 0), (255, 255, 255, 255)
LIMIT = 300


@pytest.fixture(scope="module")
def press() -> bytes:
    return next(system_files()).read_bytes()


def poster(colour: bool = True) -> Image.Image:
    """Return lettering in black alone beside a sky, and a corner of all inks."""
    made = Image.new("CMYK", (320, 160))
    draw = ImageDraw.Draw(made)
    if colour:
        draw.rectangle((160, 0, 319, 159), fill=SKY)
        draw.rectangle((160, 120, 239, 159), fill=DARK)
    for at in range(8, 150, 24):
        draw.rectangle((at, 16, at + 7, 140), fill=(0, 0, 0, 255))
    return made


def jpeg(image: Image.Image, **more: Any) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=95, subsampling=0, **more)
    return out.getvalue()


def of_another_press(press: bytes) -> bytes:
    """Return the profile of a press that prints magenta with the plate of cyan, and so on."""
    name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(press))).strip()
    other = "Other press ink"[: len(name)].ljust(len(name))
    made = press.replace(name.encode("ascii"), other.encode("ascii"))
    made = made.replace(name.encode("utf-16-be"), other.encode("utf-16-be"))
    assert made != press
    return made


def picture_in(data: bytes) -> tuple[str, list[float], bytes]:
    """Return of the only JPEG of a PDF the family of its colours, its /Decode and the file."""
    with Pdf.open(BytesIO(data)) as pdf:
        streams = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
        (found,) = (one for one in streams if one.get("/Filter") == "/DCTDecode")
        decode = [float(one) for one in found.get("/Decode", [])]
        return family_of(found.ColorSpace), decode, found.read_raw_bytes()


def pixels_of(data: bytes) -> tuple[str, Image.Image]:
    """Return the family of the only JPEG in a PDF, and its pixels."""
    family, decode, file = picture_in(data)
    image = Image.open(BytesIO(file))
    # Pillow turns a JPEG of four inks round, and /Decode says that it is to be.
    assert decode == ([1, 0] * 4 if image.mode == "CMYK" else [])
    return family, image


def part(image: Image.Image, left: int, top: int) -> list[float]:
    """Return the mean of a corner of some pixels."""
    return [*ImageStat.Stat(image.crop((left, top, left + 4, top + 8))).mean]


@pytest.mark.parametrize("kind", ["none", "own", "other"])
def test_lettering_in_black_alone_stays_so_and_a_sky_keeps_its_inks(
    kind: str, press: bytes, tmp_path: Path
) -> None:
    profiles = {"own": {"icc_profile": press}, "other": {"icc_profile": of_another_press(press)}}
    made = shop(tmp_path, "affiche.jpg", jpeg(poster(), **profiles.get(kind, {})), "![](beeld)")
    data, problems = made.print_pdf
    assert problems == []
    family, pixels = pixels_of(data)
    assert family == "/DeviceCMYK"
    assert part(pixels, 10, 60) == pytest.approx([0, 0, 0, 255], abs=2)
    assert part(pixels, 20, 60) == pytest.approx([0, 0, 0, 0], abs=2)
    # Through two profiles a mix may change, but its colour stays.
    near = 3 if kind != "other" else 40
    assert part(pixels, 280, 60) == pytest.approx(SKY, abs=near)
    colours: Any = pixels.getcolors(320 * 160)
    assert max(sum(inks) for _, inks in colours) <= LIMIT * 2.55
    assert part(pixels, 190, 140)[3] == pytest.approx(255, abs=60 if kind == "other" else 2)
    file = tmp_path / "affiche.pdf"
    file.write_bytes(data)
    assert "F913" not in [one.code for one in preflight(file)]


def test_what_the_paper_takes_is_not_compressed_anew(press: bytes, tmp_path: Path) -> None:
    image = poster()
    image.paste(SKY, (160, 100, 320, 160))
    data = jpeg(image, icc_profile=press)
    made = shop(tmp_path, "affiche.jpg", data, "![](beeld)")
    _, _, found = picture_in(made.print_pdf[0])
    assert found[-2000:] == data[-2000:] and press[:64] not in found


def test_a_picture_of_black_alone_is_grey(press: bytes, tmp_path: Path) -> None:
    made = shop(tmp_path, "affiche.jpg", jpeg(poster(colour=False)), "![](beeld)")
    family, pixels = pixels_of(made.print_pdf[0])
    assert (family, pixels.mode) == ("/DeviceGray", "L")
    assert part(pixels, 10, 60)[0] <= 2 and part(pixels, 20, 60)[0] >= 253


@pytest.mark.parametrize("edition", ["epub", "screen"])
def test_on_a_screen_it_is_shown_as_the_press_prints_it(
    edition: str, press: bytes, tmp_path: Path
) -> None:
    made = shop(tmp_path, "affiche.jpg", jpeg(poster()), "![](beeld)").materials
    pictures = made.epub_pictures if edition == "epub" else made.print_pictures
    (asset,) = pictures[0].values()
    shown = Image.open(BytesIO(asset.data))
    assert shown.mode == "RGB"
    sample = Image.new("CMYK", (1, 1), SKY)
    wanted = ImageCms.profileToProfile(
        sample,
        ImageCms.ImageCmsProfile(BytesIO(press)),
        ImageCms.createProfile("sRGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert wanted
    x, y = 280 * shown.width // 320, 60 * shown.height // 160
    pixel: Any = shown.getpixel((x, y))
    assert list(pixel) == pytest.approx(list(wanted.getpixel((0, 0))), abs=4)  # type: ignore[arg-type]
    # Pillow's own sum has (55, 165, 255): no ink is as bright.
    assert max(abs(a - b) for a, b in zip(pixel, (55, 165, 255), strict=True)) > 30
    # What the layout engine is given for the screen and for proofs has no inks.
    ((data, _),) = given({asset.name: asset}).values()
    assert Image.open(BytesIO(data)).mode == "RGB"
