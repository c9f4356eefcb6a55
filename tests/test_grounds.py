"""The words on a cover's picture stand out, light on dark and dark on light, or on a plate."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from publish.building.build import build
from publish.ground.problems import has_errors
from publish.pictures.contrast import contrast, luminance
from publish.press.boxes import Box, around

BOOK = """title = "Het veer"
subtitle = "Over water"
publisher = "De Kade"
language = "nl"
modified = 2026-01-01T00:00:00Z

[[contributor]]
name = "de veerman"

[cover]
photo = "water"

[print]
trim = "A5"
{more}
"""
APART = 'cover = "separate"\nbinding = "perfect"'
WORDS = ("Het veer", "Over water", "de veerman", "De Kade")
SCALE = 4
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def made(folder: Path, head: tuple[int, ...], foot: tuple[int, ...], more: str = "") -> Path:
    """Write a book whose cover's picture has one colour above, another below."""
    (folder / "photos").mkdir(parents=True)
    image = Image.new("RGB", (1850, 2600), head)
    ImageDraw.Draw(image).rectangle((0, 1300, 1850, 2600), fill=foot)
    image.save(folder / "photos" / "water.png")
    (folder / "captions.toml").write_text(
        '[water]\nfile = "water.png"\ncaption = "Water"\nalt = "Water."\n'
    )
    (folder / "01-veer.md").write_text("# Het veer\n\nDe veerman meet het water.\n")
    (folder / "book.toml").write_text(BOOK.format(more=more))
    return folder


@cache
def drawn(pdf: Path) -> tuple[Image.Image, dict[str, Box]]:
    """Return the first page in grey, and where its words stand (pt from its upper left corner)."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        high, text, found = page.get_height(), page.get_textpage(), {}
        for words in WORDS:
            # Of a sheet the back comes before the front.
            start, count = [*iter(text.search(words).get_next, None)][-1]
            boxes = [text.get_charbox(at) for at in range(start, start + count)]
            left, foot, right, head = around([one for box in boxes for one in (box[:2], box[2:])])
            found[words] = left, high - head, right, high - foot
        return page.render(scale=SCALE).to_pil().convert("L"), found


def shown(pdf: Path, words: str, wider: float = 0) -> Image.Image:
    """Return what is seen where words stand, and so much (pt) above and below them, in grey."""
    image, found = drawn(pdf)
    left, top, right, foot = found[words]
    sides = left, top - wider, right, foot + wider
    return image.crop([round(SCALE * one) for one in sides])


def seen(pdf: Path, words: str) -> tuple[float, float]:
    """Return the darkest and the lightest of what is seen where words stand (0 to 255)."""
    low, top = shown(pdf, words).getextrema()
    assert isinstance(low, int) and isinstance(top, int)
    return float(low), float(top)


def well_read(pdf: Path, words: str, least: float) -> float:
    """Return how much of what words stand on is so far from their colour (WCAG 2.2, 1.4.3)."""
    low, top = seen(pdf, words)
    part = shown(pdf, words, 1)
    # A strip above the letters, and one below them.
    strip = part.crop((0, 0, part.width, 3)).tobytes()
    strip += part.crop((0, part.height - 3, part.width, part.height)).tobytes()
    middle = sorted(strip)[len(strip) // 2]
    letters = low if middle - low > top - middle else top
    light = [luminance((one,) * 3) for one in (*strip, round(letters))]
    return sum(contrast(one, light[-1]) >= least for one in light[:-1]) / len(strip)


@pytest.mark.parametrize(
    ("head", "foot", "more", "edition"),
    [
        (BLACK, WHITE, "", "print"),
        (WHITE, BLACK, "", "print"),
        (BLACK, WHITE, APART, "coversheet"),
    ],
)
def test_words_stand_out_on_whatever_they_stand(
    head: tuple[int, ...], foot: tuple[int, ...], more: str, edition: str, tmp_path: Path
) -> None:
    built = build(made(tmp_path / "b", head, foot, more), tmp_path / "out", (edition,))
    assert "P445" not in [one.code for one in built.problems]
    assert not has_errors(built.problems)
    for words in WORDS:
        low, top = seen(built.made[0], words)
        assert low < 80 and top > 180, words


def barred(folder: Path, bar: tuple[int, int, int, int]) -> Path:
    """Return a book whose cover has a white picture with a black bar in it, in pixels."""
    path = made(folder, WHITE, BLACK) / "photos" / "water.png"
    with Image.open(path) as image:
        ImageDraw.Draw(image).rectangle(bar, fill=BLACK)
        image.save(path)
    return folder


def test_words_across_black_and_white_stand_on_a_plate(tmp_path: Path) -> None:
    # Through the middle of the title, as wide as a letter or two.
    folder = barred(tmp_path / "b", (500, 0, 560, 1300))
    built = build(folder, tmp_path / "out", ("print",))
    (told,) = [one for one in built.problems if one.code == "P445"]
    assert told.severity == "warning"
    assert told.message.startswith("behind the title, subtitle and makers the picture of the co")
    # captions.toml is where the picture is; book.toml names it.
    assert told.span
    assert (told.span.file, told.span.line) == ("book.toml", 11)
    assert {words: well_read(built.made[0], words, 4.5) for words in WORDS} == dict.fromkeys(
        WORDS, 1.0
    )


def restless(folder: Path) -> Path:
    """Write a book whose cover's picture is light and dark by turns, as leaves in the sun."""
    made(folder, BLACK, BLACK)
    grains = Image.frombytes("L", (60, 84), random.Random(1).randbytes(60 * 84))
    grains.resize((925, 1300), Image.Resampling.BICUBIC).save(folder / "photos" / "water.png")
    return folder


def test_a_colour_that_is_just_enough_does_not_stand_in_for_one_that_is_read_better(
    tmp_path: Path,
) -> None:
    """On a dark red with a leaf: dark has 3.3:1 on either, white 5:1 on the red alone."""
    folder = made(tmp_path / "b", (179, 66, 58), (179, 66, 58))
    path = folder / "photos" / "water.png"
    with Image.open(path) as image:
        ImageDraw.Draw(image).ellipse((250, 260, 340, 370), fill=(90, 200, 60))
        image.save(path)
    built = build(folder, tmp_path / "out", ("print",))
    assert [one.code for one in built.problems] == ["P445"]
    assert well_read(built.made[0], "Het veer", 10) == 1
    # A plate breaks no line: its words are seen beside each other.
    left, top, right, foot = drawn(built.made[0])[1]["Het veer"]
    assert right - left > 3 * (foot - top)


def test_each_of_the_words_has_a_colour_of_its_own(tmp_path: Path) -> None:
    # Where the subtitle is, and nothing else.
    folder = barred(tmp_path / "b", (0, 405, 1850, 495))
    built = build(folder, tmp_path / "out", ("print",))
    assert "P445" not in [one.code for one in built.problems]
    for words in WORDS:
        assert well_read(built.made[0], words, 3.0 if words == "Het veer" else 4.5) > 0.9, words


@pytest.mark.parametrize("edition", ["print", "coversheet"])
@pytest.mark.parametrize(
    ("write", "plated"),
    [
        # A grey on which neither has 4.5:1, and either has 3:1.
        (lambda folder: made(folder, (123,) * 3, (123,) * 3), "subtitle, makers and publisher"),
        (restless, "title, subtitle, makers and publisher"),
        # The red of the book, on which white is well read.
        (lambda folder: made(folder, (200, 16, 46), (200, 16, 46)), ""),
    ],
)
def test_words_have_the_contrast_that_they_need(
    write: Callable[[Path], Path], plated: str, edition: str, tmp_path: Path
) -> None:
    folder = write(tmp_path / "b")
    toml = folder / "book.toml"
    more = APART if edition == "coversheet" else ""
    toml.write_text(toml.read_text() + more)
    built = build(folder, tmp_path / "out", (edition,))
    assert not has_errors(built.problems)
    told = [one.message for one in built.problems if one.code == "P445"]
    assert [one.partition(" the picture")[0] for one in told] == [f"behind the {plated}"] * (
        plated != ""
    )
    for words in WORDS:
        assert well_read(built.made[0], words, 3.0 if words == "Het veer" else 4.5) > 0.9, words
