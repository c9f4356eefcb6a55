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
from typing import Any

from pikepdf import Dictionary, Name, Pdf

from publish.press.plate_content import PlateContent
from publish.press.plate_objects import copied, picture_on, shading_on, tints_of
from publish.press.plate_state import Paint, State
from publish.press.spaces import GREY, Space, read_space


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
            content = PlateContent(self, resources, self.plain())
            content.begin()
            page.obj.Contents = self.pdf.make_stream(content.rewritten(page.obj.Contents))
            page.obj.Resources = content.made
            _in_grey(page.obj)

    def plain(self, counts: bool = True) -> State:
        """Return the state in which a page begins: black, in grey."""
        black = self.paint(GREY, (0.0,))
        return State(fill=black, stroke=black, counts=counts)

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

    def form(self, form: Any, outer: Any, state: State) -> Any:
        """Return a form, or a pattern of tiles, as it is on the plate; None within itself."""
        key = (form.objgen, state.key)
        if key not in self._made:
            self._made[key] = None
            content = PlateContent(self, form.get("/Resources", outer), copy(state))
            if "/PatternType" in form:
                content.begin()
            data = content.rewritten(form)
            made = copied(self.pdf, form, data)
            made.Resources = content.made
            _in_grey(made)
            self._made[key] = self.pdf.make_indirect(made)
        return self._made[key]

    def letters(self, font: Any, outer: Any, state: State) -> Any:
        """Return a font whose letters are content themselves (9.6.5), as it is on the plate."""
        own = font.get("/CharProcs", Dictionary())
        key = (*(letter.objgen for letter in own.values()), state.key)
        if key not in self._made:
            self._made[key] = font  # of a letter that is set in its own font nothing is asked
            resources, letters = font.get("/Resources", outer), Dictionary()
            shared = PlateContent(self, resources, state).made
            for name, letter in own.items():
                content = PlateContent(self, resources, copy(state), shared)
                letters[name] = copied(self.pdf, letter, content.rewritten(letter))
            made = Dictionary({**dict(font.items())})
            made.CharProcs, made.Resources = letters, shared
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


def _in_grey(owner: Any) -> None:
    """Have the transparency of a page or a form blend in grey."""
    if "/Group" in owner and "/CS" in owner.Group:
        owner.Group = Dictionary({**dict(owner.Group.items()), "/CS": Name.DeviceGray})
