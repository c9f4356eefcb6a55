"""Colour spaces, widths of glyphs and selectors: small parts that read what a file says."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from lxml import etree
from pikepdf import Array, Dictionary, Name, Stream, String

from publish.pictures.lettering import _fits
from publish.press.letters import Widths, widths_of
from publish.press.spaces import Space, family_of, read_space


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def profile(pdf: pikepdf.Pdf, count: int) -> Array:
    made = Stream(pdf, b"colours")
    made.N = count
    return Array([Name.ICCBased, made])


def test_a_space_by_its_name() -> None:
    spaces = Dictionary(
        DefaultCMYK=Array([Name.Separation, Name.Red, Name.DeviceGray, Dictionary()]),
        Own=Name.DeviceRGB,
        Ring=Name.Ring,
    )
    resources = Dictionary(ColorSpace=spaces)
    assert read_space(Name.DeviceRGB, resources) == Space("/DeviceRGB", 3)
    assert read_space(Name.G, resources) == Space("/DeviceGray", 1)
    assert read_space(Name.Own, resources) == Space("/DeviceRGB", 3)
    assert read_space(Name.Pattern, resources) == Space("/Pattern", 0)
    assert read_space(Name.DeviceCMYK, resources).inks == ("Red",)
    assert read_space(Name.DeviceCMYK, Dictionary()) == Space("/DeviceCMYK", 4)
    for strange in (Name.Missing, Name.Ring, Array(), 3, None):
        assert read_space(strange, resources) == Space("?", 0)


def test_a_space_of_parts(pdf: pikepdf.Pdf) -> None:
    none = Dictionary()
    index = Array([Name.I, Name.DeviceRGB, 1, b"\x00\x01\x02\x03\x04\x05"])
    read = read_space(index, none)
    assert (read.family, read.components, read.table) == ("/Indexed", 1, bytes(range(6)))
    assert read.root == Space("/DeviceRGB", 3) and read.process == "/DeviceRGB"
    stored = Array([Name.Indexed, Name.DeviceGray, 1, Stream(pdf, b"\x07\x09")])
    assert read_space(stored, none).table == b"\x07\x09"
    inks = Array([Name.DeviceN, Array([Name.Black, Name.Red]), Name.DeviceCMYK, none])
    assert read_space(inks, none).inks == ("Black", "Red")
    assert read_space(inks, none).initial == (1.0, 1.0)
    assert read_space(Array([Name.Pattern]), none) == Space("/Pattern", 0)
    below = read_space(Array([Name.Pattern, Name.DeviceGray]), none)
    assert below.base == Space("/DeviceGray", 1) and below.process == "/DeviceGray"
    assert read_space(Array([Name.Lab, none]), none).family == "/Lab"
    assert [read_space(profile(pdf, count), none).process for count in (1, 2, 3, 4)] == [
        "/DeviceGray", "", "/DeviceRGB", "/DeviceCMYK"
    ]  # fmt: skip
    assert Space("/DeviceCMYK", 4).initial == (0, 0, 0, 1) and Space("/Lab", 3).initial == (0, 0, 0)
    assert family_of(stored) == "/DeviceGray" and family_of(Name.DeviceRGB) == "/DeviceRGB"
    deep: Any = Name.DeviceGray
    for _ in range(40):
        deep = Array([Name.Indexed, deep, 0, b"\x00"])
    assert read_space(deep, none).root.family == "?"


def test_how_wide_the_glyphs_of_a_font_are() -> None:
    plain = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, FirstChar=65, Widths=[500, 750],
        FontDescriptor=Dictionary(MissingWidth=250),
    )  # fmt: skip
    found = widths_of(plain)
    assert found.of(String("AB!")) == [(65, 0.5), (66, 0.75), (33, 0.25)]
    assert found.of(3) == []
    drawn = Dictionary(Subtype=Name.Type3, FontMatrix=[0.01, 0, 0, 0.01, 0, 0], Widths=[20])
    assert widths_of(drawn).of(String("\x00")) == [(0, pytest.approx(0.2))]
    assert widths_of(Dictionary(Subtype=Name.Type1)) == Widths({})
    assert widths_of(None) == Widths({})


def test_how_wide_the_glyphs_of_many_are() -> None:
    below = Dictionary(DW=800, W=Array([3, Array([100, 200]), 8, 9, 300, 11]))
    found = widths_of(Dictionary(Subtype=Name.Type0, DescendantFonts=Array([below])))
    shown = String(bytes((0, 3, 0, 4, 0, 8, 0, 9, 0, 10)))
    assert found.of(shown) == [(3, 0.1), (4, 0.2), (8, 0.3), (9, 0.3), (10, 0.8)]
    assert widths_of(Dictionary(Subtype=Name.Type0)) == Widths({}, bytes=2)


@pytest.mark.parametrize(
    ("selector", "fits"),
    [
        ("text", True),
        ("*", True),
        (".groot", True),
        ("text.groot", True),
        ("#kop", True),
        ("g > text.groot#kop", True),
        ("tspan", False),
        (".klein", False),
        ("#voet", False),
        ("text.groot.klein", False),
        ("text:hover", True),  # what cannot be told is taken to fit
        ("[lang]", True),
    ],
)
def test_whether_a_selector_fits(selector: str, fits: bool) -> None:
    svg = "http://www.w3.org/2000/svg"
    element = etree.fromstring(f'<text xmlns="{svg}" class="groot dik" id="kop"/>')
    assert _fits(selector, element) is fits
