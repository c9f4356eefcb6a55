"""Pictures as content streams paint them: inline, in forms, masked, tagged, and what is none."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from publish.importing.model import Picture
from publish.importing.pdf.model import Image as Placed
from publish.importing.pdf.pictures import read_pictures

GREY = bytes(range(0, 256)) * 2
"""32 × 16 pixels in one byte each."""
RED = bytes((200, 30, 30)) * 512
Read = tuple[list[Placed], dict[str, Picture], dict[str, str]]


def image(pdf: pikepdf.Pdf, data: bytes = GREY, **more: object) -> Stream:
    made = Stream(pdf, zlib.compress(data))
    made.Type, made.Subtype, made.Filter = Name.XObject, Name.Image, Name.FlateDecode
    made.Width, made.Height, made.BitsPerComponent = 32, 16, 8
    made.ColorSpace = Name.DeviceGray
    for key, value in more.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def read(
    pdf: pikepdf.Pdf,
    content: bytes,
    named: dict[str, Stream] | None = None,
    pages: int = 1,
    **resources: object,
) -> Read:
    """Return the pictures of pages that all paint the same."""
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(200, 200))
        page.obj.Contents = Stream(pdf, content)
        page.obj.Resources = Dictionary(
            XObject=Dictionary({f"/{key}": one for key, one in (named or {}).items()}), **resources
        )
    return read_pictures(pdf, set())


def pixels(found: Read) -> Image.Image:
    (picture,) = found[1].values()
    made = Image.open(io.BytesIO(picture.data))
    made.load()
    return made


PLACED = b"q 64 0 0 32 10 20 cm /P Do Q"
BOX = (10, 20, 74, 52)


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def test_a_picture_in_a_form_stands_where_the_form_puts_it(pdf: pikepdf.Pdf) -> None:
    form = Stream(pdf, b"q 64 0 0 32 0 0 cm /P Do Q Q /Nothing Do")
    form.Type, form.Subtype, form.Matrix = Name.XObject, Name.Form, Array([1, 0, 0, 1, 4, 5])
    form.Resources = Dictionary(XObject=Dictionary(P=image(pdf)))
    found = read(pdf, b"1 0 0 1 6 15 cm /F Do", {"F": pdf.make_indirect(form)})
    assert [(one.page, one.box, one.tag) for one in found[0]] == [(0, BOX, -1)]
    assert pixels(found).tobytes() == GREY


def test_a_form_that_paints_itself_comes_to_an_end(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_indirect(Stream(pdf, b"/F Do " + PLACED))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.Resources = Dictionary(XObject=Dictionary(F=form, P=image(pdf)))
    images, pictures, failed = read(pdf, b"/F Do", {"F": form})
    assert {one.box for one in images} == {BOX}
    assert len(pictures) == 1 and not failed


def test_a_picture_within_the_content_is_taken(pdf: pikepdf.Pdf) -> None:
    inline = b"q 64 0 0 32 10 20 cm BI /W 32 /H 16 /BPC 8 /CS /G ID " + GREY + b" EI Q"
    found = read(pdf, inline)
    assert [one.box for one in found[0]] == [BOX]
    assert pixels(found).tobytes() == GREY


@pytest.mark.parametrize(
    ("content", "tag"),
    [
        (b"/Figure <</MCID 7>> BDC " + PLACED + b" EMC", 7),
        (b"/Figure /Seven BDC " + PLACED + b" EMC", 7),
        (b"/Figure /Unknown BDC " + PLACED + b" EMC", -1),
        (b"/Figure <</MCID 7>> BDC /Artifact BMC " + PLACED + b" EMC EMC", 7),
        (b"/Figure <</MCID 7>> BDC EMC EMC " + PLACED, -1),
    ],
)
def test_the_content_that_a_picture_is_marked_as(
    pdf: pikepdf.Pdf, content: bytes, tag: int
) -> None:
    properties = Dictionary(Seven=Dictionary(MCID=7))
    (one,) = read(pdf, content, {"P": image(pdf)}, Properties=properties)[0]
    assert one.tag == tag


@pytest.mark.parametrize(
    ("mask", "alpha"),
    [
        ({"SMask": {"data": bytes((0, 255)) * 256}}, (0, 255)),
        ({"Mask": {"data": b"\x55\x55\x55\x55" * 16, "ImageMask": True}}, (255, 0)),
        (
            {"Mask": {"data": b"\x55\x55\x55\x55" * 16, "ImageMask": True, "Decode": [1, 0]}},
            (0, 255),
        ),
    ],
)
def test_what_a_mask_leaves_out_cannot_be_seen(
    pdf: pikepdf.Pdf, mask: dict[str, dict[str, object]], alpha: tuple[int, int]
) -> None:
    ((key, facts),) = mask.items()
    made = image(pdf, facts["data"])  # type: ignore[arg-type]
    if key == "Mask":
        made.ImageMask, made.BitsPerComponent = True, 1
        del made["/ColorSpace"]
        if "Decode" in facts:
            made.Decode = Array([1, 0])
    shown = pixels(read(pdf, PLACED, {"P": image(pdf, **{key: made})}))
    assert tuple(shown.getpixel((x, 3))[-1] for x in (0, 1)) == alpha  # type: ignore[index]


def test_a_mask_of_another_size_is_fitted(pdf: pikepdf.Pdf) -> None:
    small = image(pdf, bytes(512), Width=16, Height=32)
    shown = pixels(
        read(pdf, PLACED, {"P": image(pdf, RED, ColorSpace=Name.DeviceRGB, SMask=small)})
    )
    assert (shown.mode, shown.size, shown.getpixel((5, 5))) == ("RGBA", (32, 16), (200, 30, 30, 0))


def test_a_picture_in_four_inks_is_shown_in_three(pdf: pikepdf.Pdf) -> None:
    black = bytes((0, 0, 0, 255)) * 512
    shown = pixels(read(pdf, PLACED, {"P": image(pdf, black, ColorSpace=Name.DeviceCMYK)}))
    assert (shown.mode, shown.getpixel((0, 0))) == ("RGB", (0, 0, 0))


def test_a_jpeg_that_is_packed_again_is_unpacked(pdf: pikepdf.Pdf) -> None:
    out = io.BytesIO()
    Image.frombytes("L", (32, 16), GREY).save(out, "JPEG")
    both = Array([Name.FlateDecode, Name.DCTDecode])
    found = read(pdf, PLACED, {"P": image(pdf, out.getvalue(), Filter=both)})
    (picture,) = found[1].values()
    assert (picture.file, picture.data) == ("picture-1.jpg", out.getvalue())


def test_a_picture_that_cannot_be_taken_out_has_its_place_and_a_reason(pdf: pikepdf.Pdf) -> None:
    own = Array([Name.DeviceN, Array([Name("/Gold")]), Name.DeviceGray, Dictionary()])
    images, pictures, failed = read(pdf, PLACED, {"P": image(pdf, ColorSpace=own)})
    assert [one.box for one in images] == [BOX]
    assert pictures == {"picture-1": Picture()}
    assert failed == {"picture-1": "it is in inks of the file’s own"}


def test_a_picture_that_says_it_is_larger_than_any_has_its_place_and_a_reason(
    pdf: pikepdf.Pdf,
) -> None:
    images, pictures, failed = read(pdf, PLACED, {"P": image(pdf, Width=60_000, Height=60_000)})
    assert [one.box for one in images] == [BOX]
    assert pictures == {"picture-1": Picture()}
    assert "3600000000 pixels" in failed["picture-1"]


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (b"q 8 0 0 32 10 20 cm /P Do Q", {}),
        (PLACED, {"Width": 15, "Height": 34}),
        (PLACED, {"Width": Name.Wide}),
    ],
)
def test_ornaments_and_what_has_no_size_are_no_pictures(
    pdf: pikepdf.Pdf, content: bytes, more: dict[str, object]
) -> None:
    assert read(pdf, content, {"P": image(pdf, **more)}) == ([], {}, {})


def test_what_stands_on_every_page_is_no_picture(pdf: pikepdf.Pdf) -> None:
    assert read(pdf, PLACED, {"P": image(pdf)}, pages=3) == ([], {}, {})
    two = pikepdf.new()
    images, pictures, _ = read(two, PLACED, {"P": image(two)}, pages=2)
    assert ([one.page for one in images], len(pictures)) == ([0, 1], 1)


@pytest.mark.parametrize(("side", "count"), [(1000, 1), (1001, 0)])
def test_a_scanned_page_below_its_text_is_no_picture(
    pdf: pikepdf.Pdf, side: int, count: int
) -> None:
    scan = image(pdf, bytes(side * side), Width=side, Height=side)
    page = pdf.add_blank_page(page_size=(200, 200))
    page.obj.Contents = Stream(pdf, b"q 200 0 0 200 0 0 cm /P Do Q")
    page.obj.Resources = Dictionary(XObject=Dictionary(P=scan))
    assert len(read_pictures(pdf, {0})[0]) == count
    assert len(read_pictures(pdf, set())[0]) == 1


def test_pages_without_resources_paint_nothing(pdf: pikepdf.Pdf) -> None:
    page = pdf.add_blank_page(page_size=(200, 200))
    page.obj.Contents = Stream(pdf, PLACED)
    if "/Resources" in page.obj:
        del page.obj["/Resources"]
    assert read_pictures(pdf, set()) == ([], {}, {})
