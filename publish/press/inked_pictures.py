"""The pictures of a PDF set in the inks of the press.

In: a picture whose colours are those of a screen, or of a profile of its own (ISO 32000-1, 8.9.5).
Out: the same picture, changed in place: grey, CMYK, or black and the red's own ink; one whose
profile cannot be used stays as it is. A JPEG that has its inks already keeps them, but for what the
paper does not take.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Name

from publish.pictures.managed import SRGB, managed
from publish.pictures.raster import is_line_art
from publish.press.inks import Inks, neutral_in
from publish.press.pixels import bands_of, pack

QUALITY = 95


class Pictures:
    """The pictures of one PDF; `two` gives the colour space of black and the red's own ink."""

    def __init__(self, inks: Inks, two: Callable[[], Any]) -> None:
        self.inks = inks
        self._two = two

    def set_in_inks(self, stream: Any, family: str) -> None:
        """Set a picture in inks: one of few colours by its colours, another by the profile."""
        if family != "/ICCBased" and stream.get("/Filter") == Name.DCTDecode:
            self._photograph(stream)
            return
        image = self._on_screen(stream, family)
        if image is None:
            return
        colours = image.getcolors(256)
        if colours is not None:
            self._flat(stream, image, [colour for _, colour in colours])
            return
        plates = self.inks.plates(image) if self.inks.spot else None
        if plates is not None:
            stream.ColorSpace = self._two()
            pack(stream, plates.tobytes(), plates.width, 2)
            return
        made = self.inks.picture(image)
        if made is not None:
            made = _blackened(image, made) if is_line_art(image) else made
            stream.ColorSpace = Name.DeviceCMYK
            pack(stream, made.tobytes(), made.width, 4)

    def limit(self, stream: Any) -> None:
        """Take out of a JPEG in CMYK what ink the paper does not take; else it stays as it is."""
        profile = self.inks.profile
        if profile is None or stream.get("/Filter") != Name.DCTDecode:
            return

        def made() -> bytes:
            from PIL import Image as images

            picture = images.merge("CMYK", bands_of(stream, 4))
            less = self.inks.within_limit(picture)
            return b"" if less is picture else _jpeg(less)

        makings = stream.read_raw_bytes(), str(list(stream.get("/Decode", []))), "limit"
        if data := self.inks.shelf.kept(made, *makings, str(profile.ink_limit), str(QUALITY)):
            _replace(stream, data)

    def _on_screen(self, stream: Any, family: str) -> Any:
        """Return a picture in sRGB; None for one of inks, or whose profile cannot be used."""
        image = pikepdf.PdfImage(stream).as_pil_image()
        space = stream.ColorSpace
        if family == "/ICCBased" and space[0] == Name.ICCBased and image.mode in ("L", "RGB"):
            return managed(image, space[1].read_bytes(), SRGB, "RGB")
        return image.convert("RGB") if family != "/ICCBased" else None

    def _photograph(self, stream: Any) -> None:
        """Set a JPEG in inks, or take it from the shelf."""

        def made() -> bytes:
            picture = self.inks.picture(pikepdf.PdfImage(stream).as_pil_image().convert("RGB"))
            assert picture is not None  # there is a profile
            return _jpeg(picture)

        if profile := self.inks.profile:
            makings = stream.read_raw_bytes(), profile.data, str(profile.ink_limit), str(QUALITY)
            _replace(stream, self.inks.shelf.kept(made, *makings))

    def _flat(self, stream: Any, image: Any, colours: list[Any]) -> None:
        """Write a picture of at most 256 colours as indices into a table of inks (8.6.6.3)."""
        from PIL import Image as images

        wanted = [(r / 255, g / 255, b / 255) for r, g, b in colours]
        two = [self.inks.in_two(one) for one in wanted]
        inks: Sequence[Sequence[float] | None] = [self.inks.of_rgb(one) for one in wanted]
        base: Any = Name.DeviceCMYK
        if None not in two:
            base = self._two() if self.inks.spot else base
            inks = [mix if self.inks.spot or mix is None else self.inks.mixed(*mix) for mix in two]
        if None in inks:
            return
        table = bytes(round(level * 255) for mix in inks for level in mix or ())
        palette = images.new("P", (1, 1))
        palette.putpalette([level for colour in colours for level in colour])
        indexed = image.quantize(palette=palette, dither=images.Dither.NONE)
        last = len(colours) - 1
        stream.ColorSpace = Array([Name.Indexed, base, last, pikepdf.String(table)])
        pack(stream, indexed.tobytes(), image.width, 1)


def _jpeg(picture: Any) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def _replace(stream: Any, jpeg: bytes) -> None:
    """Write a JPEG in CMYK into a picture."""
    stream.write(jpeg, filter=Name.DCTDecode)
    stream.ColorSpace = Name.DeviceCMYK
    # Pillow writes the four inks the wrong way round, as Adobe's programs do.
    stream.Decode = Array([1, 0] * 4)


def _blackened(image: Any, made: Any) -> Any:
    """Return a drawing in inks with its neutral pixels as tints of black."""
    from PIL import Image as images
    from PIL import ImageChops

    nothing = images.new("L", image.size)
    tint = ImageChops.invert(image.convert("L"))
    black = images.merge("CMYK", (nothing, nothing, nothing, tint))
    return images.composite(black, made, neutral_in(image))
