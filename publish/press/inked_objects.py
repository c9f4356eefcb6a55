"""What the content of a PDF draws with, set in the inks of the press.

In: the objects that the resources of a content stream name (ISO 32000-1, 7.8.3): colour spaces,
shadings, patterns, pictures, soft masks. Out: the same objects, changed in place, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

from publish.press.cie import Triple, srgb_of
from publish.press.inked_pictures import Pictures
from publish.press.inks import BLACK, Inks
from publish.press.pixels import standing
from publish.press.spaces import family_of, read_space

_TRACE = 0.01
_OVER, _KNOCK, _SPOT, _TWO = "/KaternOver", "/KaternKnock", "/KaternRed", "/KaternTwo"
_INLINE = "/KaternInline"
_SCREEN = ("/DeviceRGB", "/CalRGB")
_MEASURED = ("/Lab", "/ICCBased")
_DEVICE = ("/DeviceRGB", "/DeviceCMYK", "/DeviceGray")
_INKED = ("/DeviceCMYK", "/DeviceGray", "/Pattern")
Visit = Callable[[Any, Any], None]
"""Takes a content stream, and the resources that it has where it brings none."""


class Objects:
    """The objects of one PDF on their way into inks.

    `left` are the families of the colours that could not be set in them, `called` the names of the
    colour spaces that content calls still.
    """

    def __init__(self, pdf: Pdf, inks: Inks) -> None:
        self.pdf = pdf
        self.inks = inks
        self.left: set[str] = set()
        self.called: set[str] = set()
        self._pictures = Pictures(inks, self._two)
        self._listing: list[Any] = []
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

    def space(self, name: str, resources: Any) -> Any:
        """Return the colour space that content calls by name (8.6.8)."""
        return resources.get("/ColorSpace", Dictionary()).get(name, name)

    def initial(self, space: Any) -> tuple[float, ...] | None:
        """Return the colour that is set with a space, in inks; None for one that stays."""
        family = family_of(space)
        if family in _DEVICE:
            return BLACK
        if family not in _MEASURED:
            return None
        return self.inked(space, read_space(space, Dictionary()).initial)

    def inked(self, space: Any, operands: Sequence[Any]) -> tuple[float, ...] | None:
        """Return a colour in inks: one number for grey, four; None for one that stays."""
        if any(isinstance(one, Name) for one in operands):
            return None
        values, family = tuple(float(one) for one in operands), family_of(space)
        if family == "/ICCBased":
            return self.inks.of_profile(values, space[1].read_bytes())
        if len(values) == 3 and family in _SCREEN:
            return self.inks.of_rgb((values[0], values[1], values[2]))
        if len(values) == 3 and family == "/Lab":
            return self.inks.of_lab((values[0], values[1], values[2]), _white(space))
        return values if family in ("/DeviceCMYK", "/DeviceGray") else None

    def in_two(self, space: Any, operands: Sequence[Any]) -> tuple[float, float] | None:
        """Return a colour of the screen as tints of black and of the red's own ink.

        None where the red is no ink of its own, and for colours that the two cannot mix.
        """
        family = family_of(space)
        if not self.inks.spot or family not in (*_SCREEN, "/Lab") or len(operands) != 3:
            return None
        red, green, blue = (float(one) for one in operands)
        colour = (red, green, blue)
        if family == "/Lab":
            colour = srgb_of(colour, _white(space))
            if min(colour) < -_TRACE or max(colour) > 1 + _TRACE:
                return None
        mix = self.inks.in_two(colour)
        return (_whole(mix[0]), _whole(mix[1])) if mix else None

    def stays(self, space: Any, resources: Any = None) -> None:
        """Note a colour space that content keeps: whether a screen is what it is made for."""
        space = Name(space) if isinstance(space, str) else space
        found = read_space(space, resources if resources is not None else Dictionary())
        while found.base is not None:
            found = found.base
        if found.family not in _INKED:
            self.left.add(found.family.removeprefix("/"))

    def tidy(self) -> None:
        """Take out the spaces that no content calls: the engine lists L*a*b* on every page."""
        for spaces in self._listing:
            for key in [key for key in spaces if key not in self.called]:
                if family_of(spaces[key]) in _MEASURED:
                    del spaces[key]

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
        """Set in inks what resources name besides the content.

        `visit` takes forms, tiles and letters that are content themselves (9.6.5).
        """
        if "/ColorSpace" in resources:
            self._listing.append(resources.ColorSpace)
        for item in resources.get("/XObject", Dictionary()).values():
            if item.get("/Subtype") == Name.Form:
                visit(item, resources)
            elif item.get("/Subtype") == Name.Image and self.first_time(item):
                self.picture(item)
        for item in resources.get("/Pattern", Dictionary()).values():
            if item.get("/PatternType") == 1:
                visit(item, resources)
            elif self.first_time(item):
                self._shading(item.Shading)
        for item in resources.get("/Shading", Dictionary()).values():
            self._shading(item)
        for state in resources.get("/ExtGState", Dictionary()).values():
            mask = state.get("/SMask")
            if isinstance(mask, Dictionary) and "/G" in mask:
                visit(mask.G, resources)
        for font in resources.get("/Font", Dictionary()).values():
            if font.get("/Subtype") == Name.Type3:
                for letter in font.get("/CharProcs", Dictionary()).values():
                    visit(letter, font.get("/Resources", resources))

    def _shading(self, shading: Any) -> None:
        """Set a shading in inks, or note that it stays as it is."""
        self._blend(shading)
        self.stays(shading.ColorSpace)

    def _blend(self, shading: Any) -> None:
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

    def inline(self, image: Any, resources: Any) -> Name | None:
        """Return the name under which resources have a picture of the content (8.9.7), in inks.

        None for a stencil, and for one that is in inks as it is.
        """
        if image.obj.get("/ImageMask", image.obj.get("/IM", False)):
            return None
        made = standing(self.pdf, image)
        named = made.get("/ColorSpace")
        if isinstance(named, Name):
            made.ColorSpace = resources.get("/ColorSpace", Dictionary()).get(named, named)
        if read_space(made.get("/ColorSpace"), resources).process in _INKED:
            return None
        made.Type, made.Subtype = Name.XObject, Name.Image
        key = f"{_INLINE}{made.objgen[0]}"
        self._shared[key] = made
        return self._listed(resources, "/XObject", key)

    def picture(self, stream: Any) -> None:
        """Set a picture in inks, or note that it stays as it is."""
        family = family_of(stream.get("/ColorSpace"))
        if family in (*_SCREEN, "/ICCBased"):
            self._pictures.set_in_inks(stream, family)
        elif stream.get("/ColorSpace") == Name.DeviceCMYK:
            self._pictures.limit(stream)
        if not stream.get("/ImageMask", False):
            self.stays(stream.get("/ColorSpace"))

    def _two(self) -> Any:
        """Return the colour space of black and the red's own ink."""
        if _TWO not in self._shared:
            self._shared[_TWO] = self.pdf.make_indirect(two_inks(self.pdf, self.inks))
        return self._shared[_TWO]


def _white(space: Any) -> Triple:
    x, y, z = (float(one) for one in space[1].WhitePoint)
    return x, y, z


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
