"""Pictures of a word processor's file of which only a part is shown: whole, and told."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from test_importing_docx import PNG, saved, taken
from test_importing_docx_boxes import pictured
from test_importing_docx_kept import DRY, WIND
from test_importing_docx_parts import part, told

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PICTURES = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        ('l="25000" r="10400"', "25% on the left and 10% on the right"),
        ('t="12.5%"', "12% at the top"),
        ('l="1000" t="2000" b="50000"', "1% on the left, 2% at the top and 50% at the bottom"),
        ('l="-25000" t="0" r="veel" b="100"', ""),
        ("", ""),
    ],
)
def test_a_picture_of_which_a_part_is_shown_is_whole_and_told(
    tmp_path: Path, cut: str, said: str
) -> None:
    made = docx.Document(io.BytesIO(pictured(WIND, "PICTURE", DRY)))
    (fill,) = made.element.body.iter(f"{PICTURES}blipFill")
    fill.insert(1, part(f"<a:srcRect {cut}/>"))
    imported, _ = taken(saved(made), tmp_path)
    assert imported.pictures["picture-1.png"] == PNG
    assert told(imported, "cropped") == [
        f"photos/picture-1.png is whole here; the source leaves out {said} of it"
    ] * bool(said)


def test_a_picture_of_the_old_kind_of_which_a_part_is_shown_is_told(tmp_path: Path) -> None:
    made = docx.Document(io.BytesIO(pictured(WIND, "PICTURE", DRY)))
    (blip,) = made.element.body.iter(f"{DRAWN}blip")
    key = blip.get(blip.keys()[0])
    old = f'<v:imagedata r:id="{key}" croptop="16384f" cropbottom=".125"/>'
    made.element.body[1][0].getparent().append(
        part(f"<w:r><w:pict><v:shape>{old}</v:shape></w:pict></w:r>")
    )
    imported, _ = taken(saved(made), tmp_path)
    assert told(imported, "cropped") == [
        "photos/picture-2.png is whole here; the source leaves out"
        " 25% at the top and 12% at the bottom of it"
    ]
