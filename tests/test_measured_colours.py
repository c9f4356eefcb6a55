"""Colours that are measured (L*a*b*, those of a profile) are set in inks as well."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageCms
from test_pictures import shop

from publish.checks.preflight import preflight
from publish.checks.preflight.painting import painted
from publish.press import profiles
from publish.press.cie import D50, D65, rewhitened, srgb_of
from publish.press.inking import set_in_inks
from publish.press.inks import Inks
from publish.press.profiles import Profile, system_files

RED = (0.0, 0.98, 0.82, 0.06)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">\n'
DRAWING = (
    f'{HEAD}<rect width="20" height="20" fill="lab(50 40 59)"/>'
    '<rect x="20" width="20" height="20" fill="oklch(60% 0.15 50)" stroke="lab(0 0 0)"/>'
    '<rect x="40" width="20" height="20" fill="lch(40 0 0)"/></svg>'
)
BROWN, GREY = "50 40 59", "60 0 0"


@pytest.fixture(scope="module")
def inks() -> Inks:
    press = Profile(next(system_files()).read_bytes(), profiles.DEFAULT)
    return Inks("#c8102e", RED, "", press)


def lab(white: tuple[float, ...] = D50) -> Array:
    return Array([Name.Lab, Dictionary(WhitePoint=list(white), Range=[-125, 125, -125, 125])])


def icc(pdf: Pdf, data: bytes, count: int) -> Array:
    made = pdf.make_stream(data)
    made.N = count
    return Array([Name.ICCBased, made])


def page_of(pdf: Pdf, content: bytes, spaces: dict[str, Any]) -> pikepdf.Page:
    page = pdf.add_blank_page(page_size=(200, 200))
    page.obj.Resources = Dictionary(
        ColorSpace=Dictionary({f"/{key}": one for key, one in spaces.items()})
    )
    page.contents_add(content)
    return page


def fills(page: pikepdf.Page) -> list[tuple[str, tuple[float, ...]]]:
    return [(one.paint.space.family, one.paint.values) for one in painted(page).marks]


def test_a_drawing_in_colours_of_lab_prints_in_inks(tmp_path: Path) -> None:
    made = shop(tmp_path, "vlag.svg", DRAWING.encode(), "![](beeld)")
    data, problems = made.print_pdf
    assert problems == []
    file = tmp_path / "vlag.pdf"
    file.write_bytes(data)
    assert [str(one) for one in preflight(file) if one.severity == "error"] == []
    with Pdf.open(BytesIO(data)) as pdf:
        marks = [mark for page in pdf.pages for mark in painted(page).marks]
        assert {mark.paint.space.process for mark in marks} <= {"/DeviceCMYK", "/DeviceGray"}
        mixes = {mark.paint.values for mark in marks if mark.kind == "fill"}
        # A brown, its like from another white, and a grey in black alone.
        assert sum(1 for mix in mixes if len(mix) == 4 and mix[2] > mix[1] > mix[0] + 0.3) == 2
        assert any(mix[:3] == (0, 0, 0) and 0.6 < mix[3] < 0.7 for mix in mixes if len(mix) == 4)
        assert "/OutputIntents" in pdf.Root
        out = BytesIO()
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert b"lab-d" not in out.getvalue() and b"/Lab" not in out.getvalue()


def test_another_white_and_a_screen(inks: Inks) -> None:
    """The red of sRGB by CIE 15, and what littlecms makes of the same colours."""
    assert srgb_of((53.24, 80.09, 67.2), D65) == pytest.approx((1, 0, 0), abs=0.002)
    for colour in ((54.29, 80.81, 69.89), (50.0, 40.0, 59.0), (29.57, 68.3, -112.03)):
        there = rewhitened(rewhitened(colour, D50, D65), D65, D50)
        assert there == pytest.approx(colour, abs=0.001)
    levels = (round(60 * 2.55), 30 + 128, 128 - 40)
    screen = ImageCms.createProfile("sRGB")
    wanted = ImageCms.profileToProfile(
        Image.new("LAB", (1, 1), levels), ImageCms.createProfile("LAB"), screen, outputMode="RGB"
    )
    assert wanted
    shown = [round(255 * one) for one in srgb_of((60, 30, -40), D50)]
    assert shown == pytest.approx(list(wanted.getpixel((0, 0))), abs=2)  # type: ignore[arg-type]
    # Greener than any screen: not cut to what sRGB has.
    far, near = inks.of_lab((50, -120, 90), D50), inks.of_rgb((0, 0.55, 0))
    assert far and near and far[0] > near[0] + 0.1 and far[3] < near[3] - 0.1
    assert inks.of_lab((60, 0, 0), D50) == pytest.approx((0, 0, 0, 0.433), abs=0.002)
    red = inks.of_lab((42.35, 67.34, 36.63), D50)
    assert red and inks.profile and red[1] > 0.9


def test_colours_of_a_profile_go_to_the_press(inks: Inks) -> None:
    pdf = Pdf.new()
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert inks.profile
    spaces = {"S": icc(pdf, screen, 3), "P": icc(pdf, inks.profile.data, 4)}
    content = (
        b"/S cs 0 0 9 9 re f 0 0.35 0.78 scn 0 0 9 9 re f 0.5 0.5 0.5 scn 0 0 9 9 re f"
        b" 0.7843 0.0627 0.1804 scn 0 0 9 9 re f /P cs 0 0 0 1 scn 0 0 9 9 re f"
        b" 0.2 0.1 0 0 scn 0 0 9 9 re f"
    )
    page = page_of(pdf, content, spaces)
    assert set_in_inks(pdf, inks) == ()
    found = fills(page)
    assert {family for family, _ in found} == {"/DeviceCMYK"}
    values = [mix for _, mix in found]
    assert values[0] == (0, 0, 0, 1)
    assert values[1] == pytest.approx(inks.of_rgb((0, 0.35, 0.78)), abs=0.02)
    assert values[2] == pytest.approx((0, 0, 0, 0.498), abs=0.005)
    assert values[3:] == [RED, (0, 0, 0, 1), (0.2, 0.1, 0, 0)]
    assert not page.obj.Resources.get("/ColorSpace", {}).keys()


def test_tints_of_the_red_in_lab_are_tints_of_its_own_ink(inks: Inks) -> None:
    pdf = Pdf.new()
    page = page_of(pdf, b"/L cs 43.1 66.9 37.9 scn 0 0 9 9 re f", {"L": lab()})
    set_in_inks(pdf, replace(inks, spot="Rood"))
    (mark,) = painted(page).marks
    assert "Rood" in mark.paint.space.inks and mark.paint.values[-1] > 0.95


def test_a_picture_within_content_is_set_in_inks(inks: Inks) -> None:
    pdf = Pdf.new()
    page = page_of(
        pdf, b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /RGB /F /AHx ID 005AC8> EI Q", {}
    )
    assert set_in_inks(pdf, inks) == ()
    (mark,) = painted(page).marks
    assert mark.kind == "image" and mark.paint.space.process == "/DeviceCMYK"
    (picture,) = page.obj.Resources.XObject.values()
    table = tuple(one / 255 for one in bytes(picture.ColorSpace[3]))
    assert table == pytest.approx(inks.of_rgb((0, 90 / 255, 200 / 255)), abs=0.01)


def test_without_a_profile_what_content_calls_stays_named() -> None:
    """On both pages, which list the same spaces; one that no content calls goes."""
    pdf = Pdf.new()
    shared = pdf.make_indirect(Dictionary(L=lab(), Unused=lab(D65)))
    content = f"/L cs {BROWN} scn 0 0 9 9 re f {GREY} scn 0 0 9 9 re f".encode()
    pages = [page_of(pdf, one, {}) for one in (b"0 g 0 0 9 9 re f", content)]
    for page in pages:
        page.obj.Resources.ColorSpace = shared
    assert set_in_inks(pdf, Inks("#c8102e", RED)) == ("Lab",)
    assert [*shared.keys()] == ["/L"]
    assert fills(pages[1]) == [("/Lab", (50, 40, 59)), ("/DeviceCMYK", (0, 0, 0, 0.4331))]


def test_where_a_colour_of_a_screen_is_left_the_file_claims_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shop(tmp_path, "vlag.svg", DRAWING.encode(), "![](beeld)")
    monkeypatch.setattr(Inks, "of_lab", lambda *_: None)
    data, problems = made.print_pdf
    (told,) = problems
    assert (told.code, told.severity) == ("P432", "error")
    assert "(Lab)" in told.message
    with Pdf.open(BytesIO(data)) as pdf:
        assert "/OutputIntents" not in pdf.Root and "/Metadata" not in pdf.Root
        marks = [mark for page in pdf.pages for mark in painted(page).marks]
        assert "/Lab" in {mark.paint.space.family for mark in marks}


@pytest.mark.parametrize("family", ["CalGray", "ICCBased", "DeviceN"])
def test_what_is_left_is_told(family: str, inks: Inks) -> None:
    pdf = Pdf.new()
    spaces = {
        "CalGray": Array([Name.CalGray, Dictionary(WhitePoint=list(D65))]),
        "ICCBased": icc(pdf, b"no profile", 3),
        "DeviceN": Array([Name.DeviceN, [Name.Rood], lab(), Dictionary()]),
    }
    page_of(pdf, b"/X cs 0 scn 0 0 9 9 re f", {"X": spaces[family]})
    assert set_in_inks(pdf, inks) == ({"DeviceN": "Lab"}.get(family, family),)
