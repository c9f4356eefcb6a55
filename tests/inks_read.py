"""What a PDF paints, mark by mark, in which inks: read with nothing of the toolchain's own code.

In: a PDF. Out: `Mark`s of every page and of whatever is drawn from it: forms, tiles, shadings,
letters that are content (Type 3), soft masks, and what annotations look like. Content streams are
parsed by qpdf, the graphics state (ISO 32000-1, 8.4) is kept here; nothing that a file says of
itself is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

CMYK = ("Cyan", "Magenta", "Yellow", "Black")
_DIRECT = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_PATHS = {
    **dict.fromkeys(("f", "F", "f*"), "f"),
    **dict.fromkeys(("S", "s"), "s"),
    **dict.fromkeys(("B", "B*", "b", "b*"), "fs"),
}
_SHOWS = ("Tj", "TJ", "'", '"')


@dataclass(frozen=True)
class Colour:
    """A colour: its family, and its inks by name; `mix` what they are in CMYK, None for neither."""

    family: str
    inks: tuple[tuple[str, float], ...] | None
    mix: tuple[float, ...] | None
    tiles: Any = None


@dataclass(frozen=True)
class Mark:
    """A mark: "text", "fill", "stroke", "image" or "shading", and within what it is drawn."""

    page: int
    kind: str
    colour: Colour
    within: tuple[str, ...] = ()
    over: bool = False


@dataclass(frozen=True)
class _State:
    fill: tuple[Any, tuple[Any, ...]] = (Name.DeviceGray, (0,))
    stroke: tuple[Any, tuple[Any, ...]] = (Name.DeviceGray, (0,))
    mode: int = 0
    font: Any = None
    over: tuple[bool, bool] = (False, False)
    lettered: bool = False
    """Whether what is painted shows within letters alone (rendering modes 4 to 7)."""


def marks_of(path: Path) -> list[Mark]:
    """Return all marks of a PDF."""
    found = []
    with Pdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            found += _Walk(number, page.resources, _State()).read(page)
            for note in page.obj.get("/Annots", Array()):
                for look in _streams(note.get("/AP", Dictionary())):
                    walk = _Walk(number, Dictionary(), _State(), ("annotation",))
                    found += walk.read(look, look.get("/Resources", Dictionary()))
    return found


def _streams(holder: Any) -> Iterator[Any]:
    for one in holder.values():
        if isinstance(one, Stream):
            yield one
        elif isinstance(one, Dictionary):
            yield from _streams(one)


class _Walk:
    """One content stream, from the state in which it is drawn."""

    def __init__(
        self, page: int, resources: Any, state: _State, within: tuple[str, ...] = ()
    ) -> None:
        self.page, self.resources, self.state, self.within = page, resources, state, within
        self.stack: list[_State] = []

    def read(self, stream: Any, resources: Any = None) -> Iterator[Mark]:
        self.resources = self.resources if resources is None else resources
        assert len(self.within) < 12, "forms within forms without end"
        plain = False  # a letter that begins with d1 has the colour of the text (9.6.5)
        for step in pikepdf.parse_content_stream(stream):
            name, operands = str(step.operator), list(step.operands)
            plain = plain or name == "d1"
            if name == "INLINE IMAGE":
                yield from self._pictured(step.iimage.obj)
            elif name == "q":
                self.stack.append(self.state)
            elif name == "Q" and self.stack:
                self.state = self.stack.pop()
            elif name.lower() in (*_DIRECT, "cs", "sc", "scn"):
                if not plain:
                    self._colours(name, operands)
            else:
                yield from self._step(name, operands)

    def _colours(self, name: str, operands: list[Any]) -> None:
        side = "fill" if name.islower() else "stroke"
        small, (space, _) = name.lower(), getattr(self.state, side)
        if small == "cs":
            setting = (self._named("/ColorSpace", operands[0]), ())
        else:
            space = Name(_DIRECT[small]) if small in _DIRECT else space
            setting = (space, tuple(operands))
        self.state = replace(self.state, **{side: setting})

    def _named(self, kind: str, name: Any) -> Any:
        return self.resources.get(kind, Dictionary()).get(str(name), name)

    def _step(self, name: str, operands: list[Any]) -> Iterator[Mark]:
        state = self.state
        if name in _PATHS:
            kinds = _PATHS[name]
            yield from self._painted(kinds, "text" if state.lettered else "")
        elif name in _SHOWS:
            yield from self._shown()
        elif name == "Tr":
            self.state = replace(state, mode=int(operands[0]))
        elif name == "Tf":
            self.state = replace(state, font=self._named("/Font", operands[0]))
        elif name == "gs":
            yield from self._stated(self._named("/ExtGState", operands[0]))
        elif name == "sh":
            shading = self._named("/Shading", operands[0])
            for colour in _shaded(shading, self.resources):
                yield self._mark("text" if state.lettered else "shading", colour, False)
        elif name == "Do":
            yield from self._drawn(self._named("/XObject", operands[0]))

    def _mark(self, kind: str, colour: Colour, stroke: bool) -> Mark:
        return Mark(self.page, kind, colour, self.within, self.state.over[stroke])

    def _painted(self, kinds: str, shown: str = "") -> Iterator[Mark]:
        for kind in kinds:
            stroke = kind == "s"
            space, values = self.state.stroke if stroke else self.state.fill
            name = shown or ("stroke" if stroke else "fill")
            if values and isinstance(values[-1], Name):
                yield from self._tiled(name, space, values, stroke)
            else:
                colour = colour_of(space, values, self.resources)
                yield self._mark(name, colour, stroke)

    def _tiled(self, kind: str, space: Any, values: Sequence[Any], stroke: bool) -> Iterator[Mark]:
        """Yield the marks of a pattern: those of its shading, or of its tiles."""
        pattern = self._named("/Pattern", values[-1])
        if pattern.get("/PatternType") == 2:
            for colour in _shaded(pattern.Shading, self.resources):
                yield self._mark(kind, colour, stroke)
            return
        state = _State()
        if pattern.PaintType == 2:
            own = (space[1], tuple(values[:-1]))
            state = _State(fill=own, stroke=own)
        for mark in self._inside(pattern, state, "tiles", plain=pattern.PaintType == 2):
            yield replace(mark, kind=kind if kind == "text" else mark.kind)

    def _shown(self) -> Iterator[Mark]:
        state = self.state
        font = state.font
        if isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type3:
            for letter in font.CharProcs.values():
                walk = _Walk(self.page, self.resources, state, (*self.within, "letter"))
                for mark in walk.read(letter, font.get("/Resources", self.resources)):
                    yield replace(mark, kind="text")
            return
        kinds = ("f", "s", "fs", "")[state.mode & 3]
        yield from self._painted(kinds, "text")
        self.state = replace(state, lettered=state.lettered or state.mode > 3)

    def _stated(self, given: Any) -> Iterator[Mark]:
        stroke = bool(given.get("/OP", self.state.over[1]))
        fill = bool(given.get("/op", given.get("/OP", self.state.over[0])))
        self.state = replace(self.state, over=(fill, stroke))
        if "/Font" in given:
            self.state = replace(self.state, font=given.Font[0])
        mask = given.get("/SMask")
        if isinstance(mask, Dictionary):
            yield from self._inside(mask.G, _State(), "mask")

    def _drawn(self, drawn: Any) -> Iterator[Mark]:
        if drawn.Subtype == Name.Image:
            yield from self._pictured(drawn)
        elif drawn.Subtype == Name.Form:
            yield from self._inside(drawn, self.state, "form")

    def _pictured(self, image: Any) -> Iterator[Mark]:
        if image.get("/ImageMask", image.get("/IM", False)):
            yield from self._painted("f", "text" if self.state.lettered else "image")
        else:
            space = image.get("/ColorSpace", image.get("/CS"))
            yield self._mark("image", Colour(family_of(space, self.resources), None, None), False)

    def _inside(self, stream: Any, state: _State, what: str, plain: bool = False) -> Iterator[Mark]:
        walk = _Walk(self.page, self.resources, state, (*self.within, what))
        if plain:
            walk._colours = lambda *given: None  # type: ignore[method-assign,assignment]
        yield from walk.read(stream, stream.get("/Resources", self.resources))


def family_of(space: Any, resources: Any) -> str:
    """Return the family of a colour space, of an index that of its base."""
    if isinstance(space, Name):
        found = resources.get("/ColorSpace", Dictionary()).get(str(space))
        return str(space).lstrip("/") if found is None else family_of(found, resources)
    if not isinstance(space, Array):
        return "none"
    name = str(space[0]).lstrip("/")
    return family_of(space[1], resources) if name == "Indexed" else name


def colour_of(space: Any, values: Sequence[Any], resources: Any) -> Colour:
    """Return a colour with the inks that it names, and what stands for them in CMYK."""
    family = family_of(space, resources)
    levels = tuple(float(one) for one in values if not isinstance(one, Name))
    if isinstance(space, Name):
        space = resources.get("/ColorSpace", Dictionary()).get(str(space), space)
    if family == "DeviceGray":
        black = 1 - (levels[0] if levels else 0.0)
        return Colour(family, (("Black", black),), (0, 0, 0, black))
    if family == "DeviceCMYK":
        mix = levels or (0, 0, 0, 1)
        return Colour(family, tuple(zip(CMYK, mix, strict=True)), mix)
    if family in ("Separation", "DeviceN"):
        names = list(space[1]) if family == "DeviceN" else [space[1]]
        levels = levels or (1.0,) * len(names)
        inks = tuple(
            (str(one).lstrip("/"), level) for one, level in zip(names, levels, strict=True)
        )
        mix = [0.0] * 4
        colorants = space[4].get("/Colorants", {}) if len(space) > 4 else {}
        for ink, level in inks:
            if ink in (*CMYK, "All"):
                full = [
                    float(one in (ink, "Black")) if ink == "All" else float(one == ink)
                    for one in CMYK
                ]
            else:
                way = space[3] if family == "Separation" else colorants[f"/{ink}"][3]
                full = [float(one) for one in way.C1]
            mix = [min(1.0, there + level * more) for there, more in zip(mix, full, strict=True)]
        return Colour(family, inks, tuple(mix))
    return Colour(family, None, None)


def _shaded(shading: Any, resources: Any) -> Iterator[Colour]:
    """Yield the colours at the ends of the functions of a shading; none that can be told if odd."""
    functions = [shading.Function] if "/Function" in shading else []
    ends = []
    while functions:
        one = functions.pop()
        if isinstance(one, Dictionary) and one.get("/FunctionType") == 3:
            functions += list(one.Functions)
        elif isinstance(one, Dictionary) and one.get("/FunctionType") == 2:
            ends += [list(one.get("/C0", [0])), list(one.get("/C1", [1]))]
        else:
            ends.clear()
            break
    for values in ends:
        yield colour_of(shading.ColorSpace, values, resources)
    if not ends:
        yield Colour(family_of(shading.ColorSpace, resources), None, None)
