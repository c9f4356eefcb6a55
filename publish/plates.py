"""The plate of one ink: what a PDF prints with it, in grey, and nothing of the other inks.

In: a PDF whose pages are in inks (DeviceCMYK, DeviceGray, Separation, DeviceN; ISO 32000-1, 8.6),
and the name of an ink. Out: the same PDF, changed in place: whatever prints with the ink is as dark
as its tint, and whatever prints without it is white there, since it leaves the paper bare (knocks
out), or is not painted at all where it is set to overprint (8.6.7). Content streams are written
anew, forms and tiles too, each for the state in which it is drawn; nothing becomes pixels that was
none. Blending in grey is what blending is on one plate (11.3.5: a tint counts as its complement).
What a soft mask is painted with is no ink, and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator, Pdf, Stream

from publish.plate_objects import Unparted, copied, picture_on, shading_on, tints_of
from publish.spaces import GREY, Space, read_space

MARKS = "/Marks"
"""The form in which `press` draws what stands around a page: it makes no plate needed."""
_SETTING = frozenset(("g", "rg", "k", "cs", "sc", "scn", "G", "RG", "K", "CS", "SC", "SCN"))
_DIRECT = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_PAINTING = {
    "f": ("f", ""), "F": ("f", ""), "f*": ("f*", ""), "S": ("", "S"), "s": ("", "s"),
    "B": ("f", "S"), "B*": ("f*", "S"), "b": ("f", "s"), "b*": ("f*", "s"),
}  # fmt: skip
"""The operators that paint a path: what is left of each if only the fill or the stroke is."""
_SHOWING = frozenset(("Tj", "TJ", "'", '"'))
_MODES = {(True, True): 2, (True, False): 0, (False, True): 1, (False, False): 3}
"""The text rendering mode (9.3.6) that fills, strokes, both or neither."""
_OVER = ("/OP", "/op", "/OPM")
_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Paint:
    """What a colour does on the plate.

    `named` where its space has the ink, `direct` where it is CMYK that the content itself sets;
    `everywhere` is the colour of register marks.
    """

    tint: float
    named: bool
    direct: bool = False
    everywhere: bool = False


@dataclass(slots=True)
class _State:
    """What of the graphics state decides how a mark prints; a form begins with that around it."""

    fill: Paint
    stroke: Paint
    fill_space: Space = GREY
    stroke_space: Space = GREY
    over_fill: bool = False
    over_stroke: bool = False
    opm: int = 0
    mode: int = 0
    counts: bool = True

    @property
    def key(self) -> tuple[object, ...]:
        return (
            self.fill, self.stroke, self.fill_space, self.stroke_space,
            self.over_fill, self.over_stroke, self.opm, self.counts,
        )  # fmt: skip

    def marks(self, paint: Paint, over: bool) -> bool:
        """Tell whether a paint changes the plate at all."""
        kept = not paint.named or (paint.direct and self.opm == 1 and not paint.tint)
        return not (over and kept)


class Plate:
    """One PDF on its way to the plate of one ink.

    `used` once anything prints with that ink; `met` are all the inks that colours were found in.
    """

    def __init__(self, pdf: Pdf, ink: str) -> None:
        self.pdf = pdf
        self.ink = ink
        self.used = False
        self.depth = 0
        self.met: set[str] = set()
        self._made: dict[tuple[object, ...], Any] = {}

    def part(self) -> None:
        """Part the plate from all pages; raises `Unparted` for what is in no inks."""
        for page in self.pdf.pages:
            page.contents_coalesce()
            resources = page.obj.get("/Resources", Dictionary())
            content = _Content(self, resources, self.plain())
            content.begin()
            page.obj.Contents = self.pdf.make_stream(content.rewritten(page.obj.Contents))
            page.obj.Resources = content.made
            _in_grey(page.obj)

    def plain(self, counts: bool = True) -> _State:
        """Return the state in which a page begins: black, in grey."""
        black = self.paint(GREY, (0.0,))
        return _State(black, black, counts=counts)

    def paint(self, space: Space, values: Sequence[float]) -> Paint:
        """Return what a colour does on the plate."""
        direct = space.family == "/DeviceCMYK"
        everywhere = "All" in space.inks
        tints = tints_of(space, values)
        self.met |= tints.keys()
        named = everywhere or self.ink in tints
        tint = tints.get("All" if everywhere else self.ink, 0.0)
        return Paint(tint, named, direct, everywhere)

    def has(self, space: Space) -> bool:
        """Tell whether the ink is one of a colour space, be it of a picture or a shading."""
        return self.paint(space.root, (0.0,) * space.root.components).named

    def form(self, form: Any, outer: Any, state: _State) -> Any:
        """Return a form, or a pattern of tiles, as it is on the plate; None within itself."""
        key = (form.objgen, state.key)
        if key not in self._made:
            self._made[key] = None
            content = _Content(self, form.get("/Resources", outer), copy(state))
            if "/PatternType" in form:
                content.begin()
            data = content.rewritten(form)
            made = copied(self.pdf, form, data)
            made.Resources = content.made
            _in_grey(made)
            self._made[key] = self.pdf.make_indirect(made)
        return self._made[key]

    def picture(self, image: Any, space: Space) -> tuple[Any, bool]:
        """Return a picture as it is on the plate, and whether it prints anything there."""
        key = (image.objgen, "picture")
        if key not in self._made:
            self._made[key] = picture_on(self.pdf, image, space, self.ink)
        found: tuple[Any, bool] = self._made[key]
        return found

    def shading(self, shading: Any, resources: Any) -> Any:
        """Return a shading as it is on the plate."""
        space = read_space(shading.get("/ColorSpace"), resources)
        self.has(space)
        made, prints = shading_on(shading, space, self.ink)
        self.used |= prints
        return made


class _Content:
    """One content stream on its way to the plate; `made` are the resources that it then needs."""

    def __init__(self, plate: Plate, resources: Any, state: _State) -> None:
        self.plate = plate
        self.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.state = state
        self.stack: list[_State] = []
        self.out: list[Any] = []
        kept = ("/Font", "/Properties")
        self.made = Dictionary({key: self.resources[key] for key in kept if key in self.resources})

    def begin(self) -> None:
        """Set the colour that a page begins with: its black is not that of every plate."""
        self._set(self.state.fill, "g")
        self._set(self.state.stroke, "G")

    def rewritten(self, stream: Any) -> bytes:
        """Return the content as it is on the plate."""
        self.plate.depth += 1
        for step in pikepdf.parse_content_stream(stream):
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                self._inline(step)
            else:
                self._step(str(step.operator), list(step.operands), step)
        self.plate.depth -= 1
        return pikepdf.unparse_content_stream(self.out)

    def _step(self, name: str, operands: list[Any], step: Any) -> None:
        state = self.state
        if name in _SETTING:
            self._colour(name, operands)
        elif name in _PAINTING:
            self._painted(name)
        elif name in _SHOWING:
            self._shown(step)
        elif name == "Do":
            self._drawn(operands[0])
        elif name == "sh":
            self._shaded(operands[0])
        elif name == "gs":
            self._stated(operands[0])
        else:
            if name == "q":
                self.stack.append(copy(state))
            elif name == "Q":
                self.state = self.stack.pop() if self.stack else state
            elif name == "Tr":
                state.mode = int(operands[0])
            self.out.append(step)

    def _emit(self, operator: str, *operands: Any) -> None:
        self.out.append(ContentStreamInstruction(list(operands), Operator(operator)))

    def _set(self, paint: Paint, operator: str) -> None:
        self._emit(operator, round(1 - paint.tint, 4))

    def _lists(self, kind: str, name: Any, item: Any) -> Name:
        """Name an object in the resources; one form in two states has two names."""
        if kind not in self.made:
            self.made[kind] = Dictionary()
        key, number = str(name), 1
        while key in self.made[kind] and self.made[kind][key] != item:
            key, number = f"{name}-{number}", number + 1
        self.made[kind][key] = item
        return Name(key)

    def _named(self, kind: str, name: Any) -> Any:
        return self.resources.get(kind, Dictionary()).get(str(name))

    def _colour(self, name: str, operands: list[Any]) -> None:
        side = "fill" if name.islower() else "stroke"
        small, space = name.lower(), getattr(self.state, f"{side}_space")
        if small == "cs":
            space = read_space(operands[0], self.resources)
            values: tuple[float, ...] = space.initial
        else:
            values = tuple(float(one) for one in operands if not isinstance(one, Name))
        if small in _DIRECT:
            space = read_space(Name(_DIRECT[small]), self.resources)
        setattr(self.state, f"{side}_space", space)
        if operands and isinstance(operands[-1], Name) and small == "scn":
            self._tiled(side, operands[-1], values)
        elif space.family != "/Pattern":
            setattr(self.state, side, self.plate.paint(space, values))
            self._set(getattr(self.state, side), "g" if side == "fill" else "G")

    def _tiled(self, side: str, name: Name, values: tuple[float, ...]) -> None:
        """Set a pattern (8.7): tiles that have their own colours, or a shading."""
        pattern = self._named("/Pattern", name)
        if pattern is None or values:
            raise Unparted("a pattern without colours of its own")
        if pattern.get("/PatternType") == 2:
            made = Dictionary({**dict(pattern.items())})
            made.Shading = self.plate.shading(pattern.Shading, self.resources)
            made = self.plate.pdf.make_indirect(made)
        else:
            made = self.plate.form(pattern, self.resources, self.plate.plain(self.state.counts))
        setattr(self.state, side, Paint(0.0, named=True))
        self._emit("cs" if side == "fill" else "CS", Name.Pattern)
        named = self._lists("/Pattern", name, made)
        self._emit("scn" if side == "fill" else "SCN", named)

    def _fills(self, paint: Paint, over: bool) -> bool:
        """Tell whether a paint marks the plate; if it prints there, the plate is needed."""
        marks = self.state.marks(paint, over)
        if marks and paint.tint and self.state.counts and not paint.everywhere:
            self.plate.used = True
        return marks

    def _painted(self, name: str) -> None:
        state, (fill, stroke) = self.state, _PAINTING[name]
        filled = bool(fill) and self._fills(state.fill, state.over_fill)
        stroked = bool(stroke) and self._fills(state.stroke, state.over_stroke)
        if filled == bool(fill) and stroked == bool(stroke):
            self._emit(name)
        else:
            self._emit(fill if filled else stroke if stroked else "n")

    def _shown(self, step: Any) -> None:
        state, clips = self.state, self.state.mode & 4
        fills, strokes = (state.mode & 3) in (0, 2), (state.mode & 3) in (1, 2)
        filled = fills and self._fills(state.fill, state.over_fill)
        stroked = strokes and self._fills(state.stroke, state.over_stroke)
        mode = _MODES[filled, stroked] + clips
        if mode != state.mode:
            self._emit("Tr", mode)
        self.out.append(step)
        if mode != state.mode:
            self._emit("Tr", state.mode)

    def _drawn(self, name: Any) -> None:
        found = self._named("/XObject", name)
        if not isinstance(found, Stream):
            return
        if found.get("/Subtype") == Name.Image:
            self._pictured(name, found)
            return
        state = copy(self.state)
        state.counts = state.counts and str(name) != MARKS
        made = self.plate.form(found, self.resources, state) if self.plate.depth < _DEPTH else None
        if made is not None:
            self._emit("Do", self._lists("/XObject", name, made))

    def _pictured(self, name: Any, image: Any) -> None:
        state = self.state
        if image.get("/ImageMask", False):
            if self._fills(state.fill, state.over_fill):
                self._emit("Do", self._lists("/XObject", name, image))
            return
        space = read_space(image.get("/ColorSpace"), self.resources)
        named = self.plate.has(space)
        made, prints = self.plate.picture(image, space)
        self.plate.used |= prints and state.counts
        if named or not state.over_fill:
            self._emit("Do", self._lists("/XObject", name, made))

    def _inline(self, step: Any) -> None:
        """Keep a stencil within the content; a picture there is nothing that we make."""
        image = step.iimage.obj
        if not image.get("/ImageMask", image.get("/IM", False)):
            raise Unparted("a picture within a content stream")
        if self._fills(self.state.fill, self.state.over_fill):
            self.out.append(step)

    def _shaded(self, name: Any) -> None:
        shading = self._named("/Shading", name)
        if shading is None:
            return
        if self.plate.has(read_space(shading.get("/ColorSpace"), self.resources)) or (
            not self.state.over_fill
        ):
            made = self.plate.shading(shading, self.resources)
            self._emit("sh", self._lists("/Shading", name, made))

    def _stated(self, name: Any) -> None:
        """Set a graphics state but for its overprinting, which is settled here."""
        given, state = self._named("/ExtGState", name), self.state
        if not isinstance(given, Dictionary):
            return
        if "/OP" in given:
            state.over_stroke = state.over_fill = bool(given.OP)
        if "/op" in given:
            state.over_fill = bool(given.op)
        state.opm = int(given.get("/OPM", state.opm))
        left = {key: value for key, value in given.items() if key not in (*_OVER, "/Type")}
        if left:
            self._emit("gs", self._lists("/ExtGState", name, Dictionary(left)))


def _in_grey(owner: Any) -> None:
    """Have the transparency of a page or a form blend in grey."""
    if "/Group" in owner and "/CS" in owner.Group:
        owner.Group = Dictionary({**dict(owner.Group.items()), "/CS": Name.DeviceGray})
