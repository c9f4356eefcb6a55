"""What a page paints: every fill, stroke, text, picture and shading, with the state it is made in.

In: a page of a PDF. Out: `Mark`s, in the order in which they are painted. The content streams are
read with the forms, the patterns and the masks in them (ISO 32000-1, 8 and 9); what a stream says
of itself is not believed. Lengths are points from the page's own origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Stream

from publish.checks.preflight.boxes import EVERYWHERE, Box, Point, around, common, wider
from publish.spaces import GREY, Space, read_space

Kind = Literal["fill", "stroke", "text", "image", "shading"]
_DEPTH = 20
_PAINTING = {
    "f": "f", "F": "f", "f*": "f", "S": "s", "s": "s",
    "B": "fs", "B*": "fs", "b": "fs", "b*": "fs", "n": "",
}  # fmt: skip
_SHOWING = frozenset(("Tj", "TJ", "'", '"'))
_DIRECT = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_FILLED, _STROKED = frozenset((0, 2, 4, 6)), frozenset((1, 2, 5, 6))
"""The text rendering modes that fill and that stroke (9.3.6)."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour: its space and its components."""

    space: Space = GREY
    values: tuple[float, ...] = (0.0,)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on a page: what it is, where it shows, how it is painted.

    `thickness` is the width of a line, or the lesser side of a filled shape; `size` that of type;
    `sides` those of a picture as it is placed. All in pt. `blends` is the colour space of the group
    that it is in (11.4.7), None where the group does not say.
    """

    kind: Kind
    box: Box
    paint: Paint
    over: bool
    alpha: float
    blend: str
    blends: Space | None = None
    thickness: float = 0.0
    size: float = 0.0
    sides: tuple[float, float] = (0.0, 0.0)
    image: Any = None
    masked: bool = False


@dataclass(slots=True)
class _State:
    ctm: Matrix
    clip: Box = EVERYWHERE
    fill: Paint = Paint()
    stroke: Paint = Paint()
    width: float = 1.0
    font: Any = None
    size: float = 0.0
    mode: int = 0
    over_fill: bool = False
    over_stroke: bool = False
    alpha_fill: float = 1.0
    alpha_stroke: float = 1.0
    blend: str = "/Normal"
    blends: Space | None = None


@dataclass(slots=True)
class _Path:
    points: list[Point] = field(default_factory=list)
    clips: bool = False


def marks_of(page: pikepdf.Page) -> Iterator[Mark]:
    """Yield the marks of a page."""
    resources = page.obj.get("/Resources", Dictionary())
    state = _State(Matrix(), blends=_group_space(page.obj, resources))
    yield from _Reader(resources, state, 0, False).read(page)


class _Reader:
    """Reads one content stream, and those of the forms that it draws."""

    def __init__(self, resources: Any, state: _State, depth: int, masked: bool) -> None:
        self.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.state = state
        self.depth = depth
        self.masked = masked
        self.stack: list[_State] = []
        self.path = _Path()
        self.text = self.line = Matrix()

    def read(self, stream: Any) -> Iterator[Mark]:
        """Yield the marks of a stream."""
        for step in pikepdf.parse_content_stream(stream):
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                yield self._image(step.iimage.obj)
                continue
            name, operands = str(step.operator), list(step.operands)
            if name in _PAINTING:
                yield from self._painted(_PAINTING[name])
            elif name in _SHOWING:
                yield from self._shown()
            elif name == "Do":
                yield from self._drawn(operands)
            elif name == "sh":
                shading = self._named("/Shading", operands[0])
                if shading is not None:
                    yield self._mark("shading", self.state.clip, _paint_of(shading, self.resources))
            elif name == "gs":
                yield from self._stated(operands)
            else:
                self._follow(name, operands)

    def _named(self, kind: str, name: Any) -> Any:
        return self.resources.get(kind, Dictionary()).get(str(name))

    def _follow(self, name: str, operands: Sequence[Any]) -> None:
        """Follow an operator that makes no mark."""
        state = self.state
        if name == "q":
            self.stack.append(copy(state))
        elif name == "Q":
            self.state = self.stack.pop() if self.stack else state
        elif name == "cm":
            state.ctm = Matrix(*map(float, operands)) @ state.ctm
        elif name == "w":
            state.width = float(operands[0])
        elif name == "Tr":
            state.mode = int(operands[0])
        elif name == "Tf":
            state.font, state.size = self._named("/Font", operands[0]), float(operands[1])
        elif name in ("BT", "Tm", "Td", "TD"):
            self._moved(name, operands)
        elif name in ("W", "W*"):
            self.path.clips = True
        elif name in ("m", "l", "c", "v", "y", "re"):
            self._traced(name, [float(one) for one in operands])
        elif name.lower() in ("g", "rg", "k", "cs", "sc", "scn"):
            side = "fill" if name.islower() else "stroke"
            setattr(state, side, self._coloured(getattr(state, side), name.lower(), operands))

    def _moved(self, name: str, operands: Sequence[Any]) -> None:
        if name == "BT":
            self.line = Matrix()
        elif name == "Tm":
            self.line = Matrix(*map(float, operands))
        else:
            self.line = Matrix(1, 0, 0, 1, *map(float, operands)) @ self.line

    def _traced(self, name: str, numbers: list[float]) -> None:
        if name == "re":
            left, foot, wide, high = numbers
            corners = ((left, foot), (left + wide, foot), (left, foot + high))
            points: Sequence[Point] = (*corners, (left + wide, foot + high))
        else:
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
        self.path.points += [self.state.ctm.transform(point) for point in points]

    def _coloured(self, before: Paint, name: str, operands: Sequence[Any]) -> Paint:
        if name == "cs":
            space = read_space(operands[0], self.resources)
            return Paint(space, space.initial)
        numbers = tuple(float(one) for one in operands if not isinstance(one, Name))
        if name in _DIRECT:
            return Paint(read_space(Name(_DIRECT[name]), self.resources), numbers)
        if operands and isinstance(operands[-1], Name):
            return self._tiled(before, operands[-1], numbers)
        return Paint(before.space, numbers)

    def _tiled(self, before: Paint, name: Name, numbers: tuple[float, ...]) -> Paint:
        """Return the paint of a pattern: that of its shading, else a pattern of tiles (8.7)."""
        pattern = self._named("/Pattern", name)
        if pattern is not None and pattern.get("/PatternType") == 2:
            return _paint_of(pattern.Shading, self.resources)
        base = before.space.base if before.space.family == "/Pattern" else None
        return Paint(Space("/Pattern", 0, base=base, tiles=pattern), numbers)

    def _stated(self, operands: Sequence[Any]) -> Iterator[Mark]:
        """Set a graphics state (8.4.5); yield the marks of its mask."""
        found = self._named("/ExtGState", operands[0])
        state, given = self.state, found if isinstance(found, Dictionary) else Dictionary()
        if "/OP" in given:
            state.over_stroke = state.over_fill = bool(given.OP)
        if "/op" in given:
            state.over_fill = bool(given.op)
        state.alpha_stroke = float(given.get("/CA", state.alpha_stroke))
        state.alpha_fill = float(given.get("/ca", state.alpha_fill))
        state.width = float(given.get("/LW", state.width))
        if "/BM" in given:
            state.blend = str(given.BM[0] if isinstance(given.BM, Array) else given.BM)
        mask = given.get("/SMask")
        if isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
            yield from self._inside(mask.G, masked=True)

    def _mark(self, kind: Kind, box: Box, paint: Paint, **more: Any) -> Mark:
        state, stroked = self.state, kind == "stroke"
        over = state.over_stroke if stroked else state.over_fill
        alpha = state.alpha_stroke if stroked else state.alpha_fill
        shown = common(box, state.clip)
        more["masked"] = self.masked
        return Mark(kind, shown, paint, over, alpha, state.blend, state.blends, **more)

    def _painted(self, what: str) -> Iterator[Mark]:
        """Yield the marks of a path, and clip what follows where it says so."""
        state, path = self.state, self.path
        self.path = _Path()
        if not path.points:
            return
        box = around(path.points)
        if "f" in what:
            thin = min(box[2] - box[0], box[3] - box[1])
            yield self._mark("fill", box, state.fill, thickness=thin)
            yield from self._tiles(state.fill, box)
        if "s" in what:
            wide = state.width * _scale(state.ctm)
            yield self._mark("stroke", wider(box, wide / 2), state.stroke, thickness=wide)
            yield from self._tiles(state.stroke, box)
        if path.clips:
            state.clip = common(state.clip, box)

    def _tiles(self, paint: Paint, box: Box) -> Iterator[Mark]:
        """Yield the marks of tiles: each may stand anywhere in the box that they fill."""
        if isinstance(paint.space.tiles, Stream):
            own = Paint(paint.space.base, paint.values) if paint.space.base else None
            shown = common(box, self.state.clip)
            for mark in self._inside(paint.space.tiles, self.masked, own):
                yield replace(mark, box=shown)

    def _shown(self) -> Iterator[Mark]:
        state, placed = self.state, self.line @ self.state.ctm
        x, y = placed.transform((0.0, 0.0))
        size = abs(state.size) * _scale(placed)
        box = (x, y - size * 0.25, x + size, y + size * 0.75)
        if state.mode in _FILLED:
            yield self._mark("text", box, state.fill, size=size)
        if state.mode in _STROKED:
            wide = state.width * _scale(state.ctm)
            yield self._mark("stroke", box, state.stroke, thickness=wide, size=size)
        if isinstance(state.font, Dictionary) and state.font.get("/Subtype") == Name.Type3:
            yield from self._drawn_letters(state.font, placed)

    def _drawn_letters(self, font: Any, placed: Matrix) -> Iterator[Mark]:
        """Yield the marks of the letters of a font that are content themselves (9.6.5)."""
        state = copy(self.state)
        state.ctm = Matrix(*map(float, font.FontMatrix)) @ _scaled(state.size) @ placed
        for letter in font.get("/CharProcs", Dictionary()).values() if self.depth < _DEPTH else ():
            resources = font.get("/Resources", self.resources)
            yield from _Reader(resources, copy(state), self.depth + 1, self.masked).read(letter)

    def _drawn(self, operands: Sequence[Any]) -> Iterator[Mark]:
        found = self._named("/XObject", operands[0])
        if not isinstance(found, Stream):
            return
        if found.get("/Subtype") == Name.Image:
            yield self._image(found)
        elif found.get("/Subtype") == Name.Form:
            yield from self._inside(found, self.masked)

    def _inside(self, form: Any, masked: bool, paint: Paint | None = None) -> Iterator[Mark]:
        """Yield the marks of a form, where it stands; of tiles without colour in a paint."""
        if self.depth >= _DEPTH:
            return
        state = copy(self.state)
        if paint is not None:
            state.fill = state.stroke = paint
        state.ctm = Matrix(*map(float, form.get("/Matrix", (1, 0, 0, 1, 0, 0)))) @ state.ctm
        if "/BBox" in form:
            left, foot, right, head = (float(one) for one in form.BBox)
            corners = ((left, foot), (right, foot), (left, head), (right, head))
            state.clip = common(state.clip, around([state.ctm.transform(one) for one in corners]))
        resources = form.get("/Resources", self.resources)
        state.blends = _group_space(form, resources) or state.blends
        yield from _Reader(resources, state, self.depth + 1, masked).read(form)

    def _image(self, image: Any) -> Mark:
        ctm = self.state.ctm
        corners = [ctm.transform(one) for one in ((0, 0), (1, 0), (0, 1), (1, 1))]
        sides = (ctm.a**2 + ctm.b**2) ** 0.5, (ctm.c**2 + ctm.d**2) ** 0.5
        paint = self.state.fill
        if not image.get("/ImageMask", False):
            space = image.get("/ColorSpace", image.get("/CS"))
            # JPEG 2000 may keep its colours to itself.
            paint = Paint(read_space(space, self.resources), ())
        return self._mark("image", around(corners), paint, sides=sides, image=image)


def _group_space(owner: Any, resources: Any) -> Space | None:
    group = owner.get("/Group")
    if not isinstance(group, Dictionary) or "/CS" not in group:
        return None
    return read_space(group.CS, resources)


def _paint_of(shading: Any, resources: Any) -> Paint:
    """Return the paint of a shading: the colour at whichever of its ends has the most ink."""
    space = read_space(shading.get("/ColorSpace"), resources)
    light = space.process == "/DeviceGray" and not space.inks
    ends = [one for one in _ends(shading.get("/Function")) if len(one) == space.components]
    return Paint(space, max(ends, key=lambda one: -sum(one) if light else sum(one), default=()))


def _ends(function: Any) -> Iterator[tuple[float, ...]]:
    """Yield the colours between which a function blends (7.10.3 and 7.10.4)."""
    if not isinstance(function, Dictionary):
        return
    if function.get("/FunctionType") == 3:
        for one in function.Functions:
            yield from _ends(one)
    elif function.get("/FunctionType") == 2:
        yield tuple(float(one) for one in function.get("/C0", [0]))
        yield tuple(float(one) for one in function.get("/C1", [1]))


def _scaled(size: float) -> Matrix:
    return Matrix(size, 0, 0, size, 0, 0)


def _scale(matrix: Matrix) -> float:
    return float(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)
