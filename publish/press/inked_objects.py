"""What the content of a PDF draws with, set in the inks of the press.

In: the objects that the resources of a content stream name (ISO 32000-1, 7.8.3): colour spaces,
shadings, patterns, pictures, soft masks. Out: the same objects, changed in place, each once.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from publish.pictures.raster import is_line_art
from publish.press.inks import Inks, neutral_in

QUALITY = 95
_TRACE = 0.01
_OVER, _KNOCK, _SPOT, _TWO = "/KaternOver", "/KaternKnock", "/KaternRed", "/KaternTwo"
_SCREEN = ("/DeviceRGB", "/CalRGB")
Visit = Callable[[Any], None]


class Objects:
    """The objects of one PDF on their way into inks."""

    def __init__(self, pdf: Pdf, inks: Inks) -> None:
        self.pdf = pdf
        self.inks = inks
        self._seen: set[tuple[int, int]] = set()
        self._shared: dict[str, Any] = {}

    def first_time(self, item: Any) -> bool:
        """Tell whether an object is met for the first time."""
        new = item.objgen not in self._seen
        self._seen.add(item.objgen)
        return new or not item.is_indirect

    def group(self, group: Any) -> None:
        """Have the transparency of a group blend in the inks of the press (11.4.7)."""
        if "/CS" in group and self.inks.profile:
            group.CS = Name.DeviceCMYK

    def family(self, name: str, resources: Any) -> str:
        """Return the family of a colour space that content calls by name (8.6.8)."""
        space = resources.get("/ColorSpace", Dictionary()).get(name, name)
        return _family(space)

    def inked(self, space: str, operands: Sequence[Any]) -> tuple[float, ...] | None:
        """Return a colour in inks: one number for grey, four; None for one that stays."""
        if any(isinstance(one, Name) for one in operands):
            return None
        values = tuple(float(one) for one in operands)
        if space in _SCREEN and len(values) == 3:
            return self.inks.of_rgb((values[0], values[1], values[2]))
        return values if space in ("/DeviceCMYK", "/DeviceGray") else None

    def in_two(self, space: str, operands: Sequence[Any]) -> tuple[float, float] | None:
        """Return a colour of the screen as tints of black and of the red's own ink.

        None where the red is no ink of its own, and for colours that the two cannot mix.
        """
        if not self.inks.spot or space not in _SCREEN or len(operands) != 3:
            return None
        mix = self.inks.in_two(tuple(float(one) for one in operands))  # type: ignore[arg-type]
        return (_whole(mix[0]), _whole(mix[1])) if mix else None

    def is_spot(self, inks: Sequence[float]) -> bool:
        """Tell whether a mix is printed as an ink of its own."""
        return bool(self.inks.spot) and self.inks.is_red(inks)

    def spot(self, resources: Any) -> Name:
        """Return the name under which resources have the red's own ink."""
        if _SPOT not in self._shared:
            self._shared[_SPOT] = self.pdf.make_indirect(Array(separation(self.inks)))
        return self._listed(resources, "/ColorSpace", _SPOT)

    def two(self, resources: Any) -> Name:
        """Return the name under which resources have black and the red's own ink together."""
        self._two()
        return self._listed(resources, "/ColorSpace", _TWO)

    def overprint(self, resources: Any, wanted: bool) -> Name:
        """Return the name of the graphics state that overprints, or knocks out again."""
        key = _OVER if wanted else _KNOCK
        if key not in self._shared:
            state = Dictionary(Type=Name.ExtGState, OP=wanted, op=wanted, OPM=int(wanted))
            self._shared[key] = self.pdf.make_indirect(state)
        return self._listed(resources, "/ExtGState", key)

    def _listed(self, resources: Any, kind: str, key: str) -> Name:
        if kind not in resources:
            resources[kind] = Dictionary()
        if key not in resources[kind]:
            resources[kind][key] = self._shared[key]
        return Name(key)

    def leftovers(self, resources: Any, visit: Visit) -> None:
        """Set in inks what resources name besides the content: `visit` takes forms and tiles."""
        spaces = resources.get("/ColorSpace", Dictionary())
        for key in [key for key, space in spaces.items() if _family(space) == "/Lab"]:
            # The layout engine lists them on every page, whether it uses them or not.
            del spaces[key]
        for item in resources.get("/XObject", Dictionary()).values():
            if item.get("/Subtype") == Name.Form:
                visit(item)
            elif item.get("/Subtype") == Name.Image and self.first_time(item):
                self._picture(item)
        for item in resources.get("/Pattern", Dictionary()).values():
            if item.get("/PatternType") == 1:
                visit(item)
            elif self.first_time(item):
                self._shading(item.Shading)
        for item in resources.get("/Shading", Dictionary()).values():
            self._shading(item)
        for state in resources.get("/ExtGState", Dictionary()).values():
            mask = state.get("/SMask")
            if isinstance(mask, Dictionary) and "/G" in mask:
                visit(mask.G)

    def _shading(self, shading: Any) -> None:
        """Set a shading in inks, its colours one by one (8.7.4.5)."""
        if str(shading.get("/ColorSpace")) not in _SCREEN or not self.inks.profile:
            return
        ends = [(one, key) for one in _blends(shading.Function) for key in ("/C0", "/C1")]
        if any(len(one.get(key, ())) != 3 for one, key in ends):
            return
        colours = [list(one[key]) for one, key in ends]
        two = [self.in_two("/DeviceRGB", colour) for colour in colours]
        # On the plates of the two inks it stays a blend of them.
        mixes = [self.inked("/DeviceRGB", one) for one in colours] if None in two else two
        for (one, key), mix in zip(ends, mixes, strict=True):
            one[key] = Array(list(mix or ()))
        shading.ColorSpace = Name.DeviceCMYK if None in two else self._two()

    def _picture(self, stream: Any) -> None:
        """Set a picture in inks: one of few colours by its colours, another by the profile."""
        if _family(stream.get("/ColorSpace")) not in (*_SCREEN, "/ICCBased"):
            return
        if stream.get("/Filter") == Name.DCTDecode:
            self._photograph(stream)
            return
        image = pikepdf.PdfImage(stream).as_pil_image().convert("RGB")
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

    def _photograph(self, stream: Any) -> None:
        """Set a JPEG in inks, or take it from the shelf."""

        def made() -> bytes:
            picture = self.inks.picture(pikepdf.PdfImage(stream).as_pil_image().convert("RGB"))
            assert picture is not None  # there is a profile
            out = BytesIO()
            picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
            return out.getvalue()

        if profile := self.inks.profile:
            makings = stream.read_raw_bytes(), profile.data, str(profile.ink_limit), str(QUALITY)
            stream.write(self.inks.shelf.kept(made, *makings), filter=Name.DCTDecode)
            stream.ColorSpace = Name.DeviceCMYK
            # Pillow writes the four inks the wrong way round, as Adobe's programs do.
            stream.Decode = Array([1, 0] * 4)

    def _two(self) -> Any:
        """Return the colour space of black and the red's own ink."""
        if _TWO not in self._shared:
            self._shared[_TWO] = self.pdf.make_indirect(two_inks(self.pdf, self.inks))
        return self._shared[_TWO]

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


def _whole(tint: float) -> float:
    """Return a tint without the trace of ink, or of paper, that rounding leaves."""
    return 0.0 if tint < _TRACE else 1.0 if tint > 1 - _TRACE else round(tint, 4)


def _blends(function: Any) -> Iterator[Any]:
    """Yield the functions that a shading is stitched of, each from one colour to another (7.10)."""
    if isinstance(function, Dictionary) and function.get("/FunctionType") == 3:
        for one in function.Functions:
            yield from _blends(one)
    else:
        yield function


def separation(inks: Inks) -> list[Any]:
    """Return the colour space of the red as an ink of its own (8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1)
    tint.C0, tint.C1 = Array([0] * 4), Array(list(inks.red))
    return [Name.Separation, Name(f"/{inks.spot}"), Name.DeviceCMYK, tint]


def two_inks(pdf: Pdf, inks: Inks) -> Array:
    """Return the colour space of black and the red's own ink together (8.6.6.5)."""
    cyan, magenta, yellow, black = inks.red
    mixing = (
        f"{{dup {cyan:g} mul exch dup {magenta:g} mul exch dup {yellow:g} mul exch {black:g} mul"
        " 5 -1 roll add dup 1 gt {pop 1} if}"
    )
    tint = pdf.make_stream(mixing.encode("ascii"))
    tint.FunctionType, tint.Domain, tint.Range = 4, Array([0, 1] * 2), Array([0, 1] * 4)
    names = Array([Name.Black, Name(f"/{inks.spot}")])
    colorants = Dictionary({f"/{inks.spot}": Array(separation(inks))})
    return Array([Name.DeviceN, names, Name.DeviceCMYK, tint, Dictionary(Colorants=colorants)])


def _family(space: Any) -> str:
    """Return the family of a colour space."""
    found = space[0] if isinstance(space, Array) else space
    if isinstance(space, Array) and found == Name.Indexed:
        return _family(space[1])
    return str(found)


def pack(stream: Any, data: bytes, width: int, colours: int) -> None:
    """Write the pixels of a picture, eight bits each, compressed."""
    row = width * colours
    # PNG's filter “up” (RFC 2083, 6.4) finds the likeness of a row to the one above it.
    above, rows = bytes(row), []
    for at in range(0, len(data), row):
        line = data[at : at + row]
        rows.append(b"\x02" + _less(line, above))
        above = line
    stream.write(
        zlib.compress(b"".join(rows), 6),
        filter=Name.FlateDecode,
        decode_parms=Dictionary(Predictor=15, Colors=colours, BitsPerComponent=8, Columns=width),
    )
    stream.BitsPerComponent = 8


def _less(line: bytes, above: bytes) -> bytes:
    """Return one row of bytes less another, each byte by itself and modulo 256."""
    # As one long number each: bit 8 of every byte is set apart, so that nothing is borrowed.
    size = len(line)
    high = int.from_bytes(b"\x80" * size, "big")
    one, other = int.from_bytes(line, "big"), int.from_bytes(above, "big")
    return (((one | high) - (other & ~high)) ^ ((one ^ ~other) & high)).to_bytes(size, "big")


def _blackened(image: Any, made: Any) -> Any:
    """Return a drawing in inks with its neutral pixels as tints of black."""
    from PIL import Image as images
    from PIL import ImageChops

    nothing = images.new("L", image.size)
    tint = ImageChops.invert(image.convert("L"))
    black = images.merge("CMYK", (nothing, nothing, nothing, tint))
    return images.composite(black, made, neutral_in(image))
