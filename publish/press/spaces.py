"""A colour space of a PDF read into plain facts (ISO 32000-1, 8.6).

In: an object, and the resources that name it. Out: a `Space`: its family, how many components it
has, the inks that it names, and what stands for them on a press that has not got those inks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_DEVICE = {
    "/DeviceGray": 1, "/G": 1, "/CalGray": 1, "/DeviceRGB": 3, "/RGB": 3, "/CalRGB": 3,
    "/Lab": 3, "/DeviceCMYK": 4, "/CMYK": 4,
}  # fmt: skip
_LONG = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}
"""The short names that pictures within content may use (8.9.7)."""
_DEFAULTS = {
    "/DeviceGray": "/DefaultGray",
    "/DeviceRGB": "/DefaultRGB",
    "/DeviceCMYK": "/DefaultCMYK",
}
_DEPTH = 4


@dataclass(frozen=True)
class Space:
    """A colour space: `base` is that of an index, or what stands for inks; `tiles` of a pattern.

    `profile` is the stream of a colour that is measured by one (8.6.5.5).
    """

    family: str
    components: int
    inks: tuple[str, ...] = ()
    base: Space | None = None
    table: bytes = b""
    tiles: Any = None
    profile: Any = field(default=None, compare=False)

    @property
    def initial(self) -> tuple[float, ...]:
        """Return the colour that is set with the space (8.6.8)."""
        if self.family == "/DeviceCMYK":
            return (0.0, 0.0, 0.0, 1.0)
        return (1.0 if self.inks else 0.0,) * self.components

    @property
    def process(self) -> str:
        """Return the device family that it comes down to: that of its base or its components."""
        if self.base is not None:
            return self.base.process
        if self.family == "/ICCBased":
            return {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}.get(self.components, "")
        return self.family

    @property
    def root(self) -> Space:
        """Return the space that an index is an index of, else the space itself."""
        return self.base.root if self.family == "/Indexed" and self.base else self


GREY = Space("/DeviceGray", 1)


def read_space(found: Any, resources: Any, depth: int = 0) -> Space:
    """Read a colour space; one that makes no sense has a family of its own, "?"."""
    if depth > _DEPTH:
        return Space("?", 0)
    if isinstance(found, Name):
        return _named(str(found), resources, depth)
    if not isinstance(found, Array) or not len(found):
        return Space("?", 0)
    family = _LONG.get(str(found[0]), str(found[0]))
    if family == "/ICCBased":
        return Space(family, int(found[1].get("/N", 0)), profile=found[1])
    if family == "/Indexed":
        base = read_space(found[1], resources, depth + 1)
        table = found[3]
        data = table.read_bytes() if isinstance(table, Stream) else bytes(table)
        return Space(family, 1, base=base, table=data)
    if family in ("/Separation", "/DeviceN"):
        names = found[1] if isinstance(found[1], Array) else [found[1]]
        inks = tuple(str(one).removeprefix("/") for one in names)
        return Space(family, len(inks), inks, read_space(found[2], resources, depth + 1))
    if family == "/Pattern":
        # Tiles without colours of their own take one of this space.
        below = read_space(found[1], resources, depth + 1) if len(found) > 1 else None
        return Space(family, 0, base=below)
    return Space(family, _DEVICE.get(family, 0))


def _named(name: str, resources: Any, depth: int) -> Space:
    spaces = resources.get("/ColorSpace", Dictionary())
    if name in _DEVICE:
        family = _LONG.get(name, name)
        default = spaces.get(_DEFAULTS.get(family, ""))
        if default is not None and depth == 0:
            return read_space(default, resources, depth + 1)
        return Space(family, _DEVICE[family])
    if name == "/Pattern":
        return Space(name, 0)
    found = spaces.get(name)
    return read_space(found, resources, depth + 1) if found is not None else Space("?", 0)


def registration(pdf: Pdf) -> Object:
    """Return the colour of register marks, which prints on every plate (8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[1] * 4, N=1)
    return pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))


def family_of(space: Any) -> str:
    """Return the family of a colour space; of an index, that of what it is an index of."""
    found = space[0] if isinstance(space, Array) else space
    if isinstance(space, Array) and found == Name.Indexed:
        return family_of(space[1])
    return str(found)
