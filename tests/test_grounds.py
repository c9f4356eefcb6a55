"""The words on a cover's picture stand out, light on dark and dark on light, or it is told."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from publish.building.build import build
from publish.ground.problems import has_errors

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


def seen(pdf: Path, words: str) -> tuple[float, float]:
    """Return the darkest and the lightest of what is seen where words stand (0 to 255)."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        searcher = text.search(words)
        # Of a sheet the back comes before the front.
        start, count = [*iter(searcher.get_next, None)][-1]
        boxes = [text.get_charbox(at) for at in range(start, start + count)]
        image = page.render(scale=8).to_pil().convert("L")
    left, foot, right, head = (
        max(one[at] for one in boxes) if at > 1 else min(one[at] for one in boxes)
        for at in range(4)
    )
    high = image.height / 8
    part = image.crop([round(8 * one) for one in (left, high - head, right, high - foot)])
    low, top = part.getextrema()
    return float(low), float(top)


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
    for words in ("Het veer", "Over water", "de veerman", "De Kade"):
        low, top = seen(built.made[0], words)
        assert low < 80 and top > 180, words


def test_words_across_black_and_white_are_told_of(tmp_path: Path) -> None:
    folder = made(tmp_path / "b", WHITE, BLACK)
    path = folder / "photos" / "water.png"
    with Image.open(path) as image:
        # A white bar through the middle of the title, as wide as a letter or two.
        ImageDraw.Draw(image).rectangle((500, 0, 560, 1300), fill=BLACK)
        image.save(path)
    built = build(folder, tmp_path / "out", ("print",))
    (told,) = [one for one in built.problems if one.code == "P445"]
    assert told.severity == "warning"
    assert told.message.startswith("the words at the head of the cover")
    # captions.toml is where the picture is; book.toml names it.
    assert told.span
    assert (told.span.file, told.span.line) == ("book.toml", 11)
