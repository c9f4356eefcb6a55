"""One content stream on its way to the plate of an ink.

In: a content stream (ISO 32000-1, 7.8.2), its resources and the state in which it is drawn. Out:
the stream as it prints on the plate, and the resources that it then needs. What it draws with,
forms and pictures, is made by a `Maker`.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, Protocol

from pikepdf import Dictionary, Name, Pdf, Stream

from publish.press.content import Rewriting
from publish.press.operators import COLOURING, DIRECT, PAINTING, SHOWING, TRACING, fills, strokes
from publish.press.plate_objects import Unparted
from publish.press.plate_state import OVERPRINTING, Paint, State
from publish.press.spaces import Space, read_space

MARKS = "/Marks"
"""The form in which `press` draws what stands around a page: it makes no plate needed."""
_MODES = {(True, True): 2, (True, False): 0, (False, True): 1, (False, False): 3}
"""The text rendering mode (9.3.6) that fills, strokes, both or neither."""
_DEPTH = 20


class Maker(Protocol):
    """The plate that content is on the way to, and what is drawn there (see `plates.Plate`)."""

    pdf: Pdf
    used: bool
    depth: int

    def plain(self, counts: bool = True) -> State: ...  # noqa: D102
    def paint(self, space: Space, values: Sequence[float]) -> Paint: ...  # noqa: D102
    def has(self, space: Space) -> bool: ...  # noqa: D102
    def form(self, form: Any, outer: Any, state: State) -> Any: ...  # noqa: D102
    def letters(self, font: Any, outer: Any, state: State) -> Any: ...  # noqa: D102
    def picture(self, image: Any, space: Space) -> tuple[Any, bool]: ...  # noqa: D102
    def shading(self, shading: Any, resources: Any) -> Any: ...  # noqa: D102


class PlateContent(Rewriting[State]):
    """One content stream on its way to the plate; `made` are the resources that it then needs."""

    def __init__(self, plate: Maker, resources: Any, state: State, made: Any = None) -> None:
        super().__init__(resources, state)
        self.plate = plate
        kept = [key for key in ("/Font", "/Properties") if key in self.resources]
        usual = Dictionary({key: Dictionary(dict(self.resources[key])) for key in kept})
        self.made = usual if made is None else made

    def begin(self) -> None:
        """Set the colour that a page begins with: its black is not that of every plate."""
        self._set(self.state.fill, "g")
        self._set(self.state.stroke, "G")

    def rewritten(self, stream: Any) -> bytes:
        """Return the content as it is on the plate."""
        self.plate.depth += 1
        made = super().rewritten(stream)
        self.plate.depth -= 1
        return made

    def step(self, name: str, operands: list[Any], step: Any) -> None:
        """Take one step, as it is on the plate."""
        if name == "INLINE IMAGE":
            self._inline(step)
        elif name.lower() in COLOURING:
            self._colour(name, operands)
        elif name in PAINTING:
            self._painted(name)
        elif name in SHOWING:
            self._shown(step)
        elif name == "Do":
            self._drawn(operands[0])
        elif name == "sh":
            self._shaded(operands[0])
        elif name == "gs":
            self._stated(operands[0])
        else:
            if name not in TRACING:  # which way a path runs is all one to a plate
                self.follow(name, operands)
            self.out.append(step)

    def _set(self, paint: Paint, operator: str) -> None:
        self.emit(operator, round(1 - paint.tint, 4))

    def _lists(self, kind: str, name: Any, item: Any) -> Name:
        """Name an object in the resources; one form in two states has two names."""
        if kind not in self.made:
            self.made[kind] = Dictionary()
        key, number = str(name), 1
        while key in self.made[kind] and self.made[kind][key] != item:
            key, number = f"{name}-{number}", number + 1
        self.made[kind][key] = item
        return Name(key)

    def _colour(self, name: str, operands: list[Any]) -> None:
        side = "fill" if name.islower() else "stroke"
        small, space = name.lower(), getattr(self.state, f"{side}_space")
        if small == "cs":
            space = read_space(operands[0], self.resources)
            values: tuple[float, ...] = space.initial
        else:
            values = tuple(float(one) for one in operands if not isinstance(one, Name))
        if small in DIRECT:
            space = read_space(Name(DIRECT[small]), self.resources)
        setattr(self.state, f"{side}_space", space)
        if operands and isinstance(operands[-1], Name) and small == "scn":
            self._tiled(side, operands[-1], values)
        elif space.family != "/Pattern":
            setattr(self.state, side, self.plate.paint(space, values))
            self._set(getattr(self.state, side), "g" if side == "fill" else "G")

    def _tiled(self, side: str, name: Name, values: tuple[float, ...]) -> None:
        """Set a pattern (8.7): tiles that have their own colours, or a shading."""
        pattern = self.find("/Pattern", name)
        if pattern is None or values:
            raise Unparted("a pattern without colours of its own")
        if pattern.get("/PatternType") == 2:
            made = Dictionary({**dict(pattern.items())})
            made.Shading = self.plate.shading(pattern.Shading, self.resources)
            made = self.plate.pdf.make_indirect(made)
        else:
            made = self.plate.form(pattern, self.resources, self.plate.plain(self.state.counts))
        setattr(self.state, side, Paint(0.0, named=True))
        self.emit("cs" if side == "fill" else "CS", Name.Pattern)
        named = self._lists("/Pattern", name, made)
        self.emit("scn" if side == "fill" else "SCN", named)

    def _fills(self, paint: Paint, over: bool) -> bool:
        """Tell whether a paint marks the plate; if it prints there, the plate is needed."""
        marks = self.state.marks(paint, over)
        if marks and paint.tint and self.state.counts and not paint.everywhere:
            self.plate.used = True
        return marks

    def _painted(self, name: str) -> None:
        state, (fill, stroke) = self.state, PAINTING[name]
        filled = bool(fill) and self._fills(state.fill, state.over_fill)
        stroked = bool(stroke) and self._fills(state.stroke, state.over_stroke)
        if filled == bool(fill) and stroked == bool(stroke):
            self.emit(name)
        else:
            self.emit(fill if filled else stroke if stroked else "n")

    def _shown(self, step: Any) -> None:
        state, clips = self.state, self.state.mode & 4
        font = state.font
        if isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type3:
            letters = self.plate.letters(font, self.resources, state)
            self.emit("Tf", self._lists("/Font", state.named, letters), state.size)
            self.out.append(step)
            return
        filled = fills(state.mode) and self._fills(state.fill, state.over_fill)
        stroked = strokes(state.mode) and self._fills(state.stroke, state.over_stroke)
        mode = _MODES[filled, stroked] + clips
        if mode != state.mode:
            self.emit("Tr", mode)
        self.out.append(step)
        if mode != state.mode:
            self.emit("Tr", state.mode)

    def _drawn(self, name: Any) -> None:
        found = self.find("/XObject", name)
        if not isinstance(found, Stream):
            return
        if found.get("/Subtype") == Name.Image:
            self._pictured(name, found)
            return
        state = copy(self.state)
        state.counts = state.counts and str(name) != MARKS
        made = self.plate.form(found, self.resources, state) if self.plate.depth < _DEPTH else None
        if made is not None:
            self.emit("Do", self._lists("/XObject", name, made))

    def _pictured(self, name: Any, image: Any) -> None:
        state = self.state
        if image.get("/ImageMask", False):
            if self._fills(state.fill, state.over_fill):
                self.emit("Do", self._lists("/XObject", name, image))
            return
        space = read_space(image.get("/ColorSpace"), self.resources)
        named = self.plate.has(space)
        made, prints = self.plate.picture(image, space)
        self.plate.used |= prints and state.counts
        if named or not state.over_fill:
            self.emit("Do", self._lists("/XObject", name, made))

    def _inline(self, step: Any) -> None:
        """Keep a stencil within the content; a picture there is nothing that we make."""
        image = step.iimage.obj
        if not image.get("/ImageMask", image.get("/IM", False)):
            raise Unparted("a picture within a content stream")
        if self._fills(self.state.fill, self.state.over_fill):
            self.out.append(step)

    def _shaded(self, name: Any) -> None:
        shading = self.find("/Shading", name)
        if shading is None:
            return
        if self.plate.has(read_space(shading.get("/ColorSpace"), self.resources)) or (
            not self.state.over_fill
        ):
            made = self.plate.shading(shading, self.resources)
            self.emit("sh", self._lists("/Shading", name, made))

    def _stated(self, name: Any) -> None:
        """Set a graphics state but for its overprinting, which is settled here."""
        given = self.find("/ExtGState", name)
        if not isinstance(given, Dictionary):
            return
        self.state.take(given)
        left = {key: value for key, value in given.items() if key not in (*OVERPRINTING, "/Type")}
        if left:
            self.emit("gs", self._lists("/ExtGState", name, Dictionary(left)))
