"""The content of a PDF set in the inks of the press.

In: a PDF as the layout engine wrote it, and `Inks`. Out: the same PDF, changed in place: every
colour of a screen in CMYK or grey (ISO 32000-1, 8.6), whatever form, pattern, shading or mask it
stands in; the red as the ink of its own that it may be (Separation, 8.6.6.4); small text and thin
rules in black set to overprint (8.6.7), so that no white shows where plates are out of register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Matrix, Name, Operator, Pdf, Stream

from publish.press.content import Rewriting
from publish.press.graphics import Graphics, scale
from publish.press.inked_objects import Objects
from publish.press.inks import Inks
from publish.press.operators import COLOURING, DIRECT, PAINTING, SHOWING

OVERPRINTED_TEXT, OVERPRINTED_RULE = 24.0, 2.0
"""The largest type and the thickest rule in black, in pt, that print over what is below them."""
_COLOURS = (("k", "g"), ("K", "G"))
"""The operators that set a colour whole, of fills and of strokes."""
_MARKING = frozenset(("Do", "sh", "INLINE IMAGE"))
_FILLED = 0
"""The text rendering mode that fills and does nothing else (9.3.6)."""


@dataclass(slots=True)
class _Inked(Graphics):
    """The graphics state with the spaces that colours are of, and whether they are black.

    `over` tells whether what is written overprints already.
    """

    fill: str = "/DeviceGray"
    stroke: str = "/DeviceGray"
    black_fill: bool = True
    black_stroke: bool = True
    over: bool = False


def set_in_inks(pdf: Pdf, inks: Inks) -> tuple[str, ...]:
    """Set all pages of a PDF in inks; return the families of colours that could not be."""
    objects = Objects(pdf, inks)
    for page in pdf.pages:
        page.contents_coalesce()
        _page(objects, page)
    objects.tidy()
    return tuple(sorted(objects.left))


def in_inks(data: bytes, inks: Inks) -> tuple[bytes, tuple[str, ...]]:
    """Return a PDF set in inks, each page with no more than it shows, and what could not be set.

    Links are taken out: what is printed leads nowhere.
    """
    with Pdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        left = set_in_inks(pdf, inks)
        pdf.remove_unreferenced_resources()
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue(), left


def _page(objects: Objects, page: pikepdf.Page) -> None:
    if "/Group" in page.obj:
        objects.group(page.obj.Group)
    resources = page.obj.get("/Resources", Dictionary())
    content = _Content(objects, resources, _Inked())
    page.obj.Contents = objects.pdf.make_stream(content.rewritten(page))
    objects.leftovers(resources, lambda form, outer: _form(objects, form, outer, 1.0))


def _form(objects: Objects, form: Any, outer: Any, larger: float) -> None:
    """Set a form, a pattern of tiles or a letter in inks; once, however often it is used."""
    if not objects.first_time(form):
        return
    if "/Group" in form:
        objects.group(form.Group)
    resources = form.get("/Resources", outer)
    # What colour it is drawn in, where it sets none, is not known here.
    ctm = Matrix(larger, 0, 0, larger, 0, 0)
    state = _Inked(ctm, black_fill=False, black_stroke=False)
    form.write(_Content(objects, resources, state).rewritten(form))
    objects.leftovers(resources, lambda inner, outer: _form(objects, inner, outer, larger))


class _Content(Rewriting[_Inked]):
    """One content stream on its way into inks."""

    def __init__(self, objects: Objects, resources: Any, state: _Inked) -> None:
        super().__init__(resources, state)
        self.objects = objects

    def step(self, name: str, operands: list[Any], step: Any) -> None:
        """Take one step, its colours replaced."""
        if name.lower() in COLOURING:
            self._colour(name.lower(), operands, stroke=name.isupper())
            return
        self.follow(name, operands)
        if name in PAINTING:
            self._painted(name)
            return
        self._mark(name, operands)
        self.out.append(self._shown(step) if name == "INLINE IMAGE" else step)

    def _shown(self, step: Any) -> Any:
        """Return what shows a picture of the content: itself, or the same set in inks."""
        name = self.objects.inline(step.iimage, self.resources)
        return ContentStreamInstruction([name], Operator("Do")) if name else step

    def _mark(self, name: str, operands: list[Any]) -> None:
        """Switch overprinting before a mark that is about to be made."""
        state = self.state
        if name in SHOWING:
            small = state.height <= OVERPRINTED_TEXT and state.mode == _FILLED
            self._overprint(state.black_fill and small)
        elif name in _MARKING:
            self._overprint(False)
        if name == "Do":
            self._drawn(operands)

    def _painted(self, name: str) -> None:
        """Paint a path, its overprinting switched; what encloses nothing is not filled.

        The engine fills the lines of a drawing, which have no inside (SVG 1.1, 9.5), and a press
        would print the thinnest line that it can (ISO 32000-1, 8.5.3.3.1).
        """
        state, path, (fills, strokes) = self.state, self.traced(), PAINTING[name]
        if fills and path.is_flat:
            name, fills = strokes or "n", ""
        if fills and strokes:
            self._overprint(False)
        elif fills:
            self._overprint(state.black_fill and path.lesser <= OVERPRINTED_RULE)
        elif strokes:
            self._overprint(state.black_stroke and state.wide <= OVERPRINTED_RULE)
        self.emit(name)

    def _overprint(self, wanted: bool) -> None:
        if wanted != self.state.over:
            self.state.over = wanted
            self.emit("gs", self.objects.overprint(self.resources, wanted))

    def _drawn(self, operands: list[Any]) -> None:
        drawn = self.find("/XObject", operands[0])
        if isinstance(drawn, Stream) and drawn.get("/Subtype") == Name.Form:
            _form(self.objects, drawn, self.resources, scale(self.state.ctm))

    def _colour(self, name: str, operands: list[Any], stroke: bool) -> None:
        """Set a colour: `name` is the operator that fills."""
        side = "stroke" if stroke else "fill"
        if name == "cs":
            setattr(self.state, side, str(operands[0]))
            inks = self.objects.initial(self._space(side))
            if inks is None:
                self._call(str(operands[0]), stroke)
            else:
                self._set(inks, stroke)
            return
        space = DIRECT.get(name) or self._space(side)
        if two := self.objects.in_two(space, operands):
            self._tint(*two, stroke)
            return
        inks = self.objects.inked(space, operands)
        if inks is not None:
            self._set(inks, stroke)
            return
        self.objects.stays(space, self.resources)
        if isinstance(space, Array):
            # Its first colour, or the one before this, may have been set in inks.
            self._call(getattr(self.state, side), stroke)
        # A space that is any device's own is set with the colour, not before it.
        name = "rg" if space == "/DeviceRGB" else name
        self._keep(name.upper() if stroke else name, operands, stroke)

    def _space(self, side: str) -> Any:
        return self.objects.space(getattr(self.state, side), self.resources)

    def _call(self, name: str, stroke: bool) -> None:
        """Set a colour space by its name."""
        self.objects.called.add(name)
        self._keep("CS" if stroke else "cs", [Name(name)], stroke)

    def _keep(self, name: str, operands: Sequence[Any], stroke: bool) -> None:
        setattr(self.state, "black_stroke" if stroke else "black_fill", False)
        self.emit(name, *operands)

    def _tint(self, black: float, red: float, stroke: bool) -> None:
        """Set tints of black and of the ink that the red is."""
        if not red:
            self._set((0.0, 0.0, 0.0, black), stroke)
            return
        objects, resources = self.objects, self.resources
        space = objects.two(resources) if black else objects.spot(resources)
        self._keep("CS" if stroke else "cs", [space], stroke)
        self.emit("SCN" if stroke else "scn", *((black, red) if black else (red,)))

    def _set(self, inks: Sequence[float], stroke: bool) -> None:
        """Set a mix of inks, or the ink of its own that the red may be; the last colour wins."""
        black = list(inks) == [0, 0, 0, 1] or list(inks) == [0]
        setattr(self.state, "black_stroke" if stroke else "black_fill", black)
        plain = _COLOURS[stroke]
        while self.out and str(self.out[-1].operator) in plain:
            self.out.pop()
        spot = self.objects.spot(self.resources) if self.objects.is_spot(inks) else None
        if spot is not None:
            self.emit("CS" if stroke else "cs", spot)
            self.emit("SCN" if stroke else "scn", 1)
        elif len(inks) == 1:
            self.emit("G" if stroke else "g", *inks)
        else:
            self.emit("K" if stroke else "k", *inks)
