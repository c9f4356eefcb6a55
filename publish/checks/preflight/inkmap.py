"""The ink of each place of a page, plate by plate, as marks that overprint or blend leave it.

In: marks, in the order in which they are painted. Out: the most ink, all plates together, where a
mark shows. Of what overprints a plate is kept that the mark does not set (ISO 32000-1, 8.6.7, table
149); what knocks out takes all plates away. What is clipped, masked or lets light through shows as
far as that goes. A point of the page is a pixel; pictures are taken together over squares. Text and
thin lines are no areas, and are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pikepdf import Stream
from PIL import Image, ImageChops, ImageDraw, ImageMath

from publish.checks.preflight.filling import filled
from publish.checks.preflight.marks import Clip, Mark, Region, Soft
from publish.checks.preflight.plates import SQUARE, bands_by_plate, plates_of
from publish.ground.units import MM
from publish.press.boxes import Box, Outline, Point, reaches
from publish.press.pixels import Unreadable, bands_of
from publish.settings.printing import PROCESS

OPAQUE = ("/Normal", "/Compatible")
_MIXED = {
    "/Multiply": ImageChops.screen,
    "/Darken": ImageChops.lighter,
    "/Screen": ImageChops.multiply,
    "/Lighten": ImageChops.darker,
}
"""How tints blend (11.3.5): inks are the complement of light. Of other modes they are added up."""
_SMALL = 3.0 * MM
"""An area whose lesser side (pt) is less is no area of ink: type, rules."""
_LARGEST = 4000
"""The longest side of the map, in pixels: a larger page is drawn smaller."""


def is_area(mark: Mark) -> bool:
    """Tell whether a mark is an area of ink."""
    sides = mark.box[2] - mark.box[0], mark.box[3] - mark.box[1]
    least = min(*sides, mark.thickness) if mark.kind == "stroke" else min(sides)
    return least >= _SMALL and mark.kind != "text" and not mark.size


def adds(mark: Mark) -> bool:
    """Tell whether an area of ink leaves what is below it, or a part of it."""
    masked = mark.kind == "image" and any(isinstance(one, Stream) for one in _masks(mark.image))
    sheer = mark.alpha < 1 or masked or mark.soft is not None
    return is_area(mark) and (mark.over or mark.blend not in OPAQUE or sheer)


def _masks(image: Any) -> tuple[Any, Any]:
    return image.get("/SMask"), image.get("/Mask")


class InkMap:
    """The plates of a part of a page."""

    def __init__(self, box: Box) -> None:
        longest = max(box[2] - box[0], box[3] - box[1], 1.0)
        self.scale = min(1.0, _LARGEST / longest)
        self.box = box
        wide, high = (box[2] - box[0]) * self.scale, (box[3] - box[1]) * self.scale
        self.size = max(1, round(wide)), max(1, round(high))
        self.plates: dict[str, Any] = {ink: self._blank() for ink in PROCESS}
        self._softened: dict[Soft, Any] = {}
        self._clipped: dict[Clip, Any] = {}

    def paint(self, mark: Mark) -> None:
        """Lay the ink of a mark on what is there."""
        if not reaches(mark.box, self.box):
            return
        laid = self._laid(mark)
        kept = self._kept(mark, laid)
        if "All" in laid:
            laid = {ink: laid["All"] for ink in (*self.plates, *laid) if ink != "All"}
        shown = self._shown(mark)
        for ink in {*self.plates, *laid} - kept:
            below = self.plates.setdefault(ink, self._blank())
            own = laid.get(ink) or self._blank()
            if mark.blend not in OPAQUE:
                own = _MIXED.get(mark.blend, ImageChops.add)(below, own)
            below.paste(own, (0, 0), shown)

    def most(self, mark: Mark) -> float:
        """Return the most ink (%) where a mark shows."""
        seen = Image.new("I", self.size)
        seen.paste(self._total(), (0, 0), self._shown(mark).point(lambda level: 255 * (level > 0)))
        return _ends(seen)[1] / 2.55

    def _total(self) -> Any:
        named = {f"plate{at}": plate.convert("I") for at, plate in enumerate(self.plates.values())}
        return ImageMath.lambda_eval(lambda of: sum(of[name] for name in named), **named)

    def _blank(self) -> Any:
        return Image.new("L", self.size)

    def _kept(self, mark: Mark, laid: Mapping[str, Any]) -> set[str]:
        """Return the plates that a mark leaves as they are."""
        if not mark.over:
            return set()
        if mark.paint.space.inks:
            return set() if "All" in laid else set(self.plates) - set(laid)
        if _keeps_zeros(mark):
            return {ink for ink in self.plates if ink not in laid or not any(_ends(laid[ink]))}
        return set(self.plates) - set(PROCESS)

    def _laid(self, mark: Mark) -> dict[str, Any]:
        """Return the ink of a mark by plates, each as large as the map."""
        if mark.kind == "image" and not mark.image.get("/ImageMask", False):
            try:
                bands = bands_by_plate(mark.image, mark.paint.space)
            except Unreadable:
                return {}
            return {ink: self._placed(band, mark) for ink, band in bands.items()}
        tints = plates_of(mark.paint.space, mark.paint.values) or {}
        return {ink: Image.new("L", self.size, round(255 * tint)) for ink, tint in tints.items()}

    def _at(self, point: Point) -> Point:
        return (point[0] - self.box[0]) * self.scale, (self.box[3] - point[1]) * self.scale

    def _placed(self, band: Any, mark: Mark) -> Any:
        """Return a component of a picture where it is placed, in squares of even ink."""
        wide, high = (max(1, round(side / (SQUARE * MM))) for side in mark.sides)
        if wide < band.width or high < band.height:
            band = band.resize(
                (min(wide, band.width), min(high, band.height)), Image.Resampling.BOX
            )
        corners = mark.outline[0] if mark.outline else _corners(mark.box)
        (left, foot), (right, low), _, (far, head) = map(self._at, corners)
        across, along = (right - left, low - foot), (far - left, head - foot)
        whole = across[0] * along[1] - across[1] * along[0]
        if not whole:
            return self._blank()
        # From a pixel of the map to one of the picture, whose rows run down from its head.
        a, b = along[1] / whole * band.width, -along[0] / whole * band.width
        d, e = across[1] / whole * band.height, -across[0] / whole * band.height
        shift = (-a * left - b * foot, band.height - d * left - e * foot)
        return band.transform(self.size, Image.Transform.AFFINE, (a, b, shift[0], d, e, shift[1]))

    def _shown(self, mark: Mark) -> Any:
        """Return where a mark shows, and how much."""
        drawn = self._shape(mark)
        parts = [self._within(clip) for clip in mark.clips]
        if mark.kind == "image":
            parts += self._let_through(mark)
        if mark.soft is not None:
            parts.append(self._soft(mark.soft))
        for one in parts:
            drawn = ImageChops.multiply(drawn, one)
        alpha = min(max(mark.alpha, 0.0), 1.0)
        low, top = self._at(mark.box[:2]), self._at(mark.box[2:])
        shown = self._blank()
        edges = (round(low[0]), round(top[1]), round(top[0]), round(low[1]))
        shown.paste(drawn.crop(edges), edges[:2])
        return shown if alpha == 1 else shown.point(lambda level: round(level * alpha))

    def _shape(self, mark: Mark) -> Any:
        """Return where a mark is, whatever it shows through."""
        outline = mark.outline or (_corners(mark.box),)
        if mark.kind != "stroke":
            return self._filled(outline, mark.odd)
        drawn = self._blank()
        draw = ImageDraw.Draw(drawn)
        for part in outline:
            points = [self._at(point) for point in part]
            draw.line(points, fill=255, width=max(1, round(mark.thickness * self.scale)))
        return drawn

    def _within(self, clip: Clip) -> Any:
        """Return where it shows through a clip."""
        if clip not in self._clipped:
            if isinstance(clip, Region):
                self._clipped[clip] = self._filled(clip.outline, clip.odd)
            else:
                self._clipped[clip] = clip.drawn(self.box, self.scale, self.size)
        return self._clipped[clip]

    def _filled(self, outline: Outline, odd: bool) -> Any:
        parts = [[self._at(point) for point in part] for part in outline if len(part) > 1]
        return filled(self.size, parts, odd)

    def _let_through(self, mark: Mark) -> list[Any]:
        """Return what a picture is seen through: itself as a stencil, the masks that it brings."""
        soft, mask = _masks(mark.image)
        stencils = [mark.image] if mark.image.get("/ImageMask", False) else []
        stencils += [mask] if isinstance(mask, Stream) else []
        softs = [soft] if isinstance(soft, Stream) else []
        found = []
        try:
            found += [ImageChops.invert(bands_of(one, 1)[0]) for one in stencils]
            found += [bands_of(one, 1)[0] for one in softs]
        except Unreadable:
            return []
        return [self._placed(one, mark) for one in found]

    def _soft(self, soft: Soft) -> Any:
        """Return how much shows through a soft mask (11.5.3)."""
        if soft not in self._softened:
            drawn = InkMap(self.box)
            if soft.luminous:
                drawn.plates["Black"] = Image.new("L", self.size, round(255 * soft.ground))
                for mark in soft.marks:
                    drawn.paint(mark)
                level = drawn._light()
            else:
                level = self._blank()
                for mark in soft.marks:
                    level = ImageChops.screen(level, drawn._shown(mark))
            self._softened[soft] = level
        return self._softened[soft]

    def _light(self) -> Any:
        """Return the light that the plates of the press leave (11.5.3, 10.3.5)."""
        black = self.plates["Black"]
        parts = [ImageChops.invert(ImageChops.add(self.plates[ink], black)) for ink in PROCESS[:3]]
        return Image.merge("RGB", parts).convert("L")


def _keeps_zeros(mark: Mark) -> bool:
    """Tell whether a nought of a mark's colour leaves its plate as it is: not of pictures."""
    stencil = mark.kind == "image" and bool(mark.image.get("/ImageMask", False))
    direct = mark.paint.space.family == "/DeviceCMYK"
    return mark.mode == 1 and direct and (stencil or mark.kind in ("fill", "stroke", "text"))


def _ends(plate: Any) -> tuple[int, int]:
    low, high = plate.getextrema()
    return low, high


def _corners(box: Box) -> tuple[Point, ...]:
    left, foot, right, head = box
    return (left, foot), (right, foot), (right, head), (left, head)
