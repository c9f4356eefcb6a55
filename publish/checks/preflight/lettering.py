"""Text that clips what is painted after it (ISO 32000-1, 9.3.6): the shapes of its letters.

In: text as it is shown, from BT to ET. Out: a `Lettering`, which knows where on the page its
letters stand, and draws them. They are set by themselves on a page of a PDF of their own, which
pdfium draws: whatever a font keeps its letters in, it is read by what reads it anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Pdf
from PIL import Image, ImageChops

from publish.press.boxes import Box, area, around
from publish.press.graphics import Graphics


@dataclass(frozen=True, slots=True, eq=False)
class Lettering:
    """Letters within which alone it shows: a PDF that shows nothing else, and the box around."""

    pdf: bytes = field(repr=False)
    box: Box

    def drawn(self, box: Box, scale: float, size: tuple[int, int]) -> Any:
        """Return a part of the page, `scale` pixels to the point: 255 within the letters."""
        with pypdfium2.PdfDocument(self.pdf) as pdf:
            page = pdf[0]
            page.set_mediabox(*box)
            seen = page.render(scale=scale, grayscale=True).to_pil()
        made = Image.new("L", size)
        made.paste(ImageChops.invert(seen), (0, 0))
        return made


class Setting:
    """Text on its way to a `Lettering`; nothing is shown as yet."""

    def __init__(self) -> None:
        self.fonts: list[Any] = []
        self.steps: list[tuple[Sequence[Any], str]] = []

    def show(self, state: Graphics, shown: Sequence[Any]) -> None:
        """Show strings and the shifts between them from where the line is now.

        Letters that are content themselves are none to clip by (9.3.6).
        """
        if not isinstance(state.font, Dictionary) or state.font.get("/Subtype") == Name.Type3:
            return
        name = Name(f"/F{len(self.fonts)}")
        self.fonts.append(state.font)
        self.steps += (
            ((), "q"),
            (state.lifted.shorthand, "cm"),
            ((), "BT"),
            ((name, state.size), "Tf"),
            ((100 * state.stretch,), "Tz"),
            ((state.apart,), "Tc"),
            ((state.blank,), "Tw"),
            ((state.along, 0), "Td"),
            ((Array(shown),), "TJ"),
            ((), "ET"),
            ((), "Q"),
        )

    def set(self) -> Lettering | None:
        """Return the letters shown; None where there are none, or blanks alone."""
        if not self.steps:
            return None
        out = BytesIO()
        with Pdf.new() as pdf:
            page = pdf.add_blank_page(page_size=(9, 9)).obj
            steps = [ContentStreamInstruction(list(of), Operator(name)) for of, name in self.steps]
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))
            fonts = {f"/F{at}": _owned(pdf, font) for at, font in enumerate(self.fonts)}
            page.Resources = Dictionary(Font=Dictionary(fonts))
            pdf.save(out)
        with pypdfium2.PdfDocument(out.getvalue()) as drawn:
            boxes = [one.get_bounds() for one in drawn[0].get_objects()]
        boxes = [box for box in boxes if area(box)]
        corners = [corner for box in boxes for corner in (box[:2], box[2:])]
        return Lettering(out.getvalue(), around(corners)) if corners else None


def _owned(pdf: Pdf, value: Any) -> Any:
    """Return an object of another file as one of this."""
    if not isinstance(value, Object):
        return value
    if value.is_indirect:
        return pdf.copy_foreign(value)
    if isinstance(value, Dictionary):
        return Dictionary({key: _owned(pdf, one) for key, one in value.items()})
    return Array([_owned(pdf, one) for one in value]) if isinstance(value, Array) else value
