"""What a plate is made of besides content: the tints of a colour, pictures and shadings in grey.

In: a colour space and values, a picture, a shading (ISO 32000-1, 8.6, 8.9, 8.7.4), and an ink. Out:
how much of the ink is in them. A picture keeps its pixels and its masks: those of the ink's own
channel, or one white pixel where it has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publish.press.inked_pictures import QUALITY
from publish.press.pixels import Unreadable, bands_of, pack
from publish.press.spaces import Space
from publish.settings.printing import PROCESS

_KEPT = ("/SMask", "/Mask", "/Interpolate", "/OC", "/Intent")
_CODED = ("/Length", "/Filter", "/DecodeParms")


class Unparted(Exception):
    """A colour, picture or shading that has no share in any plate; the text says what it is."""


def tints_of(space: Space, values: Sequence[float]) -> dict[str, float]:
    """Return the inks of a colour by name, from 0 to 1; raises `Unparted` for one in no inks."""
    if space.family == "/Indexed" and space.base:
        at, size = int(values[0]) * space.base.components, space.base.components
        return tints_of(space.base, [one / 255 for one in space.table[at : at + size]])
    if space.inks:
        return dict(zip(space.inks, values, strict=True))
    if space.process == "/DeviceGray" and len(values) == 1:
        return {**dict.fromkeys(PROCESS, 0.0), "Black": 1 - values[0]}
    if space.process == "/DeviceCMYK" and len(values) == 4:
        return dict(zip(PROCESS, values, strict=True))
    raise Unparted(f"a colour in {space.family.removeprefix('/')}")


def _is_light(space: Space) -> bool:
    """Tell whether the numbers of a colour space tell light, not ink."""
    return not space.inks and space.process == "/DeviceGray"


def _channel_of(space: Space, ink: str) -> int | None:
    """Return which number of a colour is that of an ink; None where it has none of it."""
    tints = [*tints_of(space, (0.0,) * space.components)]
    names = ["Black"] if _is_light(space) else tints
    return names.index(ink) if ink in names else None


def copied(pdf: Pdf, stream: Any, data: bytes) -> Any:
    """Return a stream that says of itself what another does, with data of its own."""
    made = pdf.make_stream(data)
    for key, value in stream.items():
        if key not in _CODED:
            made[key] = value
    return made


def picture_on(pdf: Pdf, image: Any, space: Space, ink: str) -> tuple[Any, bool]:
    """Return a picture on the plate of an ink, and whether it prints anything there."""
    if isinstance(image.get("/Mask"), Array):
        raise Unparted("a picture masked by its colours")
    if space.family == "/Indexed":
        return _indexed(pdf, image, space, ink)
    channel = _channel_of(space, ink)
    grey = None if channel is None else _band(image, space, channel)
    prints = grey is not None and grey.getextrema()[0] < 255
    size = grey.size if grey is not None and prints else (1, 1)
    made = pdf.make_stream(b"\xff")
    made.Type, made.Subtype = Name.XObject, Name.Image
    made.Width, made.Height = size
    made.ColorSpace, made.BitsPerComponent = Name.DeviceGray, 8
    for key in _KEPT:
        if key in image:
            made[key] = image[key]
    if grey is not None and prints:
        _write(made, grey, lossy=image.get("/Filter") == Name.DCTDecode)
    return made, prints


def _write(stream: Any, grey: Any, lossy: bool) -> None:
    if not lossy:
        pack(stream, grey.tobytes(), grey.width, 1)
        return
    out = BytesIO()
    grey.save(out, "JPEG", quality=QUALITY)
    stream.write(out.getvalue(), filter=Name.DCTDecode)


def _indexed(pdf: Pdf, image: Any, space: Space, ink: str) -> tuple[Any, bool]:
    """Return a picture of few colours: the same indices into the greys of the plate."""
    assert space.base
    count = len(space.table) // max(space.base.components, 1)
    tints = [tints_of(space, (at,)).get(ink, 0.0) for at in range(count)]
    made = pdf.make_stream(image.read_raw_bytes())
    for key, value in image.items():
        if key != "/Length":
            made[key] = value
    table = bytes(round(255 * (1 - tint)) for tint in tints)
    made.ColorSpace = Array([Name.Indexed, Name.DeviceGray, count - 1, String(table)])
    return made, any(tints)


def _band(image: Any, space: Space, channel: int) -> Any:
    """Return one channel of a picture as greys: 0 is all of the ink, 255 none."""
    from PIL import ImageChops

    try:
        band = bands_of(image, space.components)[channel]
    except Unreadable as error:
        raise Unparted(f"a picture that cannot be read ({error})") from error
    return band if _is_light(space) else ImageChops.invert(band)


def shading_on(shading: Any, space: Space, ink: str) -> tuple[Any, bool]:
    """Return a shading on the plate of an ink, and whether it prints anything there."""
    if shading.get("/ShadingType") not in (1, 2, 3) or isinstance(shading, Stream):
        raise Unparted("a shading of meshes")
    at, light = _channel_of(space, ink), _is_light(space)
    made = Dictionary({**dict(shading.items())})
    made.ColorSpace = Name.DeviceGray
    ends: list[float] = []
    made.Function = _function(shading.Function, at, light, ends)
    if "/Background" in shading:
        made.Background = Array([_grey(list(shading.Background), at, light)])
    return made, min(ends) < 1


def _function(function: Any, at: int | None, light: bool, ends: list[float]) -> Any:
    """Return the part of a function (7.10) that is the ink's, as grey; gather where it ends."""
    if isinstance(function, Array):
        return _function(function[at or 0], None if at is None else 0, light, ends)
    made = Dictionary({**dict(function.items())})
    if function.get("/FunctionType") == 3:
        parts = [_function(one, at, light, ends) for one in function.Functions]
        made.Functions = Array(parts)
    elif function.get("/FunctionType") == 2:
        for key, usual in (("/C0", 0.0), ("/C1", 1.0)):
            made[key] = Array([_grey(list(function.get(key, [usual])), at, light)])
            ends.append(float(made[key][0]))
    else:
        raise Unparted("a shading of a computed function")
    if "/Range" in made:
        del made["/Range"]
    return made


def _grey(values: Sequence[Any], at: int | None, light: bool) -> float:
    if at is None:
        return 1.0
    return float(values[at]) if light else round(1 - float(values[at]), 4)
