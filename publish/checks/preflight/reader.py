"""What a content stream paints: every fill, stroke, text, picture and shading, with its state.

In: a stream, its resources and the state it begins in. Out: `Mark`s, in the order in which they are
painted, and in a `Painted` what could not be followed. Forms, patterns and masks are read where
they are used (ISO 32000-1, 8 and 9); what a stream says of itself is not believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

import pikepdf
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Matrix, Name, Stream

from publish.checks.preflight.lettering import Setting
from publish.checks.preflight.marks import Kind, Mark, Paint, Painted, Region, Soft, Unjudged
from publish.checks.preflight.paints import Paints
from publish.checks.preflight.state import State, ground_of, group_space
from publish.press.boxes import Box, around, common
from publish.press.content import Content, name_of
from publish.press.graphics import matrix_of
from publish.press.operators import (
    COLOURING,
    EVEN_ODD,
    KNOWN,
    NEXT_LINE,
    PAINTING,
    SHOWING,
    clips,
    fills,
    strokes,
)
from publish.press.pixels import standing
from publish.press.spaces import read_space

_DEPTH = 20
_MOST = 1_000_000
"""Operators of a page that are followed, forms counted as often as they are drawn."""


class Reader(Content[State]):
    """Reads one content stream, and those of the forms that it draws; `within` are those around."""

    def __init__(
        self,
        made: Painted,
        resources: Any,
        state: State,
        within: tuple[tuple[int, int], ...],
        masked: bool,
    ) -> None:
        super().__init__(resources, state)
        self.made = made
        self.paints = Paints(self.resources, self.find, made.fault)
        self.ground = state.ctm
        """The space that the content begins in, in which its patterns are laid (8.7.3.1)."""
        self.within = within
        self.masked = masked
        self.clipping = Setting()
        """The letters since BT that what comes after ET is clipped by."""
        self.around: list[str] = []
        """The layers that hide what is around each section of marked content (14.6)."""
        self.lenient = 0
        """Within how many sections unknown operators are to be passed over (7.8.2)."""

    def read(self, stream: Any) -> Iterator[Mark]:
        """Yield the marks of a stream; an operator that makes no sense is passed over, and told."""
        try:
            steps = pikepdf.parse_content_stream(stream)
        except Exception as error:
            self.made.fault(error)
            return
        for said in self.made.complaints():
            # The parser passes over what it cannot read: what follows may never have been met.
            self.made.fault(f"its content cannot be read: {said.rpartition('): ')[2]}")
        for step in steps:
            self.made.steps += 1
            if self.made.steps > _MOST:
                self.made.fault(f"it has more than {_MOST} operators")
                return
            try:
                yield from self._step(step)
            except Exception as error:
                self.made.fault(error, name_of(step))

    def _step(self, step: Any) -> Iterator[Mark]:
        if isinstance(step, pikepdf.ContentStreamInlineImage):
            yield self._image(standing(self.made.scratch, step.iimage))
            return
        name, operands = name_of(step), list(step.operands)
        if name in PAINTING:
            yield from self._painted(*PAINTING[name])
        elif name in SHOWING:
            if name in NEXT_LINE:
                self.state.place("T*", ())
            if name == '"':
                self.state.space("Tw", float(operands[0]))
                self.state.space("Tc", float(operands[1]))
            shown = operands[-1]
            yield from self._shown(list(shown) if isinstance(shown, Array) else [shown])
        elif name == "Do":
            yield from self._drawn(operands)
        elif name == "sh":
            paint = self.paints.shaded(self.find("/Shading", operands[0]))
            yield self._mark("shading", self.state.clip, paint)
        elif name == "gs":
            yield from self._stated(operands)
        elif name in KNOWN:
            self._follow(name, operands)
        elif not self.lenient:
            raise Unjudged("there is no such operator")

    def find(self, kind: str, name: Any) -> Any:
        """Return what resources have by a name; raises `Unjudged` where they have nothing."""
        found = super().find(kind, name)
        if found is None:
            raise Unjudged(f"there is no {name} among the resources")
        return found

    def _follow(self, name: str, operands: Sequence[Any]) -> None:
        """Follow an operator that makes no mark."""
        if name in ("BT", "ET"):
            self._clip_by_letters()
        if name in ("BX", "EX"):
            self.lenient += 1 if name == "BX" else -1
        elif name in ("BMC", "BDC", "EMC"):
            self._sectioned(name, operands)
        elif name == "Q":
            self._restored()
        elif name.lower() in COLOURING:
            side = "fill" if name.islower() else "stroke"
            before = getattr(self.state, side)
            setattr(self.state, side, self.paints.coloured(before, name.lower(), operands))
        else:
            self.follow(name, operands)

    def _sectioned(self, name: str, operands: Sequence[Any]) -> None:
        """Begin or end marked content, which may be of a layer (8.11.3.2)."""
        state = self.state
        if name == "EMC":
            state.layer = self.around.pop() if self.around else ""
            return
        self.around.append(state.layer)
        if name == "BDC" and operands[0] == Name.OC:
            said = operands[1]
            said = self.find("/Properties", said) if isinstance(said, Name) else said
            state.layer = state.layer or self.made.layers.hiding(said)

    def _restored(self) -> None:
        """Bring back the state that was saved last: marked content is no part of it."""
        if not self.stack:
            raise Unjudged("no state has been saved that it could bring back")
        layer = self.state.layer
        self.follow("Q", ())
        self.state.layer = layer

    def _stated(self, operands: Sequence[Any]) -> Iterator[Mark]:
        """Set a graphics state (8.4.5); yield the marks of its mask."""
        given = self.find("/ExtGState", operands[0])
        self.state.take(given)
        mask = given.get("/SMask")
        if isinstance(mask, Name):
            self.state.soft = None
        elif isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
            self.state.soft = None
            found = tuple(self.inside(mask.G, masked=True))
            self.state.soft = Soft(found, mask.get("/S") == Name.Luminosity, ground_of(mask))
            yield from found

    def _mark(self, kind: Kind, box: Box, paint: Paint, **more: Any) -> Mark:
        state, stroked = self.state, kind == "stroke"
        over = state.over_stroke if stroked else state.over_fill
        alpha = state.alpha_stroke if stroked else state.alpha_fill
        shown = common(box, state.clip)
        more |= {"masked": self.masked, "mode": state.over_mode, "dashed": state.dashed}
        more |= {"clips": state.clips, "soft": state.soft, "layer": state.layer}
        return Mark(kind, shown, paint, over, alpha, state.blend, state.blends, **more)

    def _painted(self, filled: str, stroked: str) -> Iterator[Mark]:
        """Yield the marks of a path, and clip what follows where it says so."""
        state, path = self.state, self.traced()
        points = path.points
        if not points:
            return
        box = around(points)
        if filled:
            drawn = {"outline": path.outline, "odd": filled in EVEN_ODD}
            # A line along its edge makes it thicker.
            thick = path.thickness() + (state.wide if stroked else 0)
            yield self._mark("fill", box, state.fill, thickness=thick, **drawn)
            yield from self._tiles(state.fill, box)
        if stroked:
            wide = state.wide
            along = path.drawn(wide, butt=state.cap == 0)
            yield self._mark("stroke", along, state.stroke, thickness=wide, outline=path.outline)
            yield from self._tiles(state.stroke, box)
        if path.clips:
            state.clip = common(state.clip, box)
            if not path.is_box:
                state.clips += (Region(path.outline, path.clips in EVEN_ODD),)

    def _clip_by_letters(self) -> None:
        """Clip what follows by the text since BT that was to do so (9.3.6)."""
        letters, self.clipping = self.clipping.set(), Setting()
        if letters:
            self.state.clip = common(self.state.clip, letters.box)
            self.state.clips += (letters,)

    def _tiles(self, paint: Paint, box: Box) -> Iterator[Mark]:
        """Yield the marks of tiles: each may stand anywhere in the box that they fill."""
        if isinstance(paint.space.tiles, Stream):
            own = Paint(paint.space.base, paint.values) if paint.space.base else None
            shown = common(box, self.state.clip)
            for mark in self.inside(paint.space.tiles, self.masked, own, self.ground):
                yield replace(mark, box=shown, outline=())

    def _shown(self, shown: Sequence[Any]) -> Iterator[Mark]:
        state, placed = self.state, self.state.lifted
        size = state.height
        if clips(state.mode):
            self.clipping.show(state, shown)
        start, end = state.show(shown, self.made.widths(state.font))
        # Letters reach about so far below and above their line, in parts of their size.
        foot, head = state.size * -0.25, state.size * 0.75
        corners = ((start, foot), (end, foot), (start, head), (end, head))
        box = around([placed.transform(one) for one in corners])
        if fills(state.mode):
            yield self._mark("text", box, state.fill, size=size)
        if strokes(state.mode):
            yield self._mark("stroke", box, state.stroke, thickness=state.wide, size=size)
        if isinstance(state.font, Dictionary) and state.font.get("/Subtype") == Name.Type3:
            yield from self._drawn_letters(state.font, placed)

    def _drawn_letters(self, font: Any, placed: Matrix) -> Iterator[Mark]:
        """Yield the marks of the letters of a font that are content themselves (9.6.5)."""
        state = copy(self.state)
        state.ctm = matrix_of(font.FontMatrix) @ Matrix(state.size, 0, 0, state.size, 0, 0) @ placed
        resources = font.get("/Resources", self.resources)
        for letter in font.get("/CharProcs", Dictionary()).values():
            yield from self._nested(letter, resources, copy(state), self.masked)

    def _drawn(self, operands: Sequence[Any]) -> Iterator[Mark]:
        found = self.find("/XObject", operands[0])
        if found.get("/Subtype") == Name.Image:
            yield replace(self._image(found), layer=self._layer(found))
        elif found.get("/Subtype") == Name.Form:
            if not self.within:
                self.made.placed.append(self._within(found).clip)
            yield from self.inside(found, self.masked)

    def inside(
        self, form: Any, masked: bool, paint: Paint | None = None, ground: Matrix | None = None
    ) -> Iterator[Mark]:
        """Yield the marks of a form, where it stands; of tiles without colour in a paint."""
        state, resources = self._within(form, ground), form.get("/Resources", self.resources)
        if paint is not None:
            state.fill = state.stroke = paint
        state.blends = group_space(form, resources) or state.blends
        yield from self._nested(form, resources, state, masked)

    def _layer(self, drawn: Any) -> str:
        """Return the layer that hides a form or a picture: that around it, or its own."""
        return self.state.layer or self.made.layers.hiding(drawn.get("/OC"))

    def _within(self, form: Any, ground: Matrix | None = None) -> State:
        """Return the state in which a form begins: moved by its matrix, clipped to its box."""
        state = copy(self.state)
        state.layer = self._layer(form)
        matrix = matrix_of(form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
        state.ctm = matrix @ (state.ctm if ground is None else ground)
        if "/BBox" in form:
            left, foot, right, head = (float(one) for one in form.BBox)
            corners = ((left, foot), (right, foot), (left, head), (right, head))
            state.clip = common(state.clip, around([state.ctm.transform(one) for one in corners]))
        return state

    def _nested(self, stream: Any, resources: Any, state: State, masked: bool) -> Iterator[Mark]:
        """Yield the marks of content that is drawn from within this one."""
        if stream.objgen in self.within:
            self.made.fault("a form that draws itself")
        elif len(self.within) >= _DEPTH:
            self.made.fault(f"forms within forms, more than {_DEPTH} deep")
        else:
            within = (*self.within, stream.objgen)
            yield from Reader(self.made, resources, state, within, masked).read(stream)

    def _image(self, image: Any) -> Mark:
        ctm = self.state.ctm
        corners = [ctm.transform(one) for one in ((0, 0), (1, 0), (1, 1), (0, 1))]
        sides = (ctm.a**2 + ctm.b**2) ** 0.5, (ctm.c**2 + ctm.d**2) ** 0.5
        paint = self.state.fill
        if not image.get("/ImageMask", False):
            # JPEG 2000 may keep its colours to itself.
            paint = Paint(read_space(image.get("/ColorSpace"), self.resources), ())
        placed = {"sides": sides, "image": image, "outline": (tuple(corners),)}
        return self._mark("image", around(corners), paint, **placed)
