"""Pages drawn: a PDF whose pages are pictures when somebody looks at them.

In: the bytes of a PDF. Out: PNG bytes of one page, as it is trimmed. PDFium draws, and is asked by
one thread at a time.
"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from publish.watching.model import Leaf

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 2.0
"""Pixels of a point: enough for a page to be read on a screen of twice the usual sharpness."""
KEPT = 4
"""Sheaves that are kept: a browser may still ask for the pages of the one before."""
_DRAWING = threading.Lock()


class Sheaf(Struct):
    """A PDF whose pages are shown."""

    pdf: Any
    drawn: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes) -> Sheaf:
        """Open the bytes of a PDF."""
        import pypdfium2

        with _DRAWING:
            return cls(pypdfium2.PdfDocument(data))

    def leaves(self, number: int, count: int = 0, ahead: bool = False) -> tuple[Leaf, ...]:
        """Return the pages of a sheaf with a number: `count` of them, or all."""
        with _DRAWING:
            return tuple(self._leaf(number, at, ahead) for at in range(count or len(self.pdf)))

    def _leaf(self, number: int, at: int, ahead: bool) -> Leaf:
        left, foot, right, head = self.pdf[at].get_trimbox()
        label = self.pdf.get_page_label(at) or str(at + 1)
        return Leaf(number, at, right - left, head - foot, label, ahead)

    def png(self, index: int) -> bytes:
        """Return a page as PNG; raises IndexError for one that is not there."""
        with _DRAWING:
            if not 0 <= index < len(self.pdf):
                raise IndexError(index)
            if index not in self.drawn:
                out = BytesIO()
                self.image(index).save(out, "PNG", compress_level=1)
                self.drawn[index] = out.getvalue()
            return self.drawn[index]

    def image(self, index: int) -> Image:
        """Return a page in pixels."""
        page = self.pdf[index]
        left, foot, right, head = page.get_trimbox()
        whole = page.get_mediabox()
        cut = (left - whole[0], foot - whole[1], whole[2] - right, whole[3] - head)
        image: Image = page.render(scale=SCALE, crop=cut).to_pil().convert("RGB")
        return image
