"""What every PDF edition gets at its end: labels, plain gradients, the same bytes on every run.

In: a PDF. Out: its bytes.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from publish.press.gradients import plain_gradients
from publish.text.folios import Folios


def labelled(data: bytes, folios: Folios, leftward: bool = False) -> bytes:
    """Return the pages of a PDF with their labels."""
    with Pdf.open(BytesIO(data)) as pdf:
        label(pdf, folios, leftward)
        return saved(pdf)


def label(pdf: Pdf, folios: Folios, leftward: bool) -> None:
    """Number the pages as their folios do, and say which way they follow each other.

    (ISO 32000-1, 12.4.2 and 12.2)
    """
    if leftward:
        pdf.Root.ViewerPreferences = pdf.Root.get("/ViewerPreferences", Dictionary())
        pdf.Root.ViewerPreferences.Direction = Name.R2L
    front = [0, Dictionary(S=Name.r, St=1)] if folios.front else []
    pdf.Root.PageLabels = Dictionary(Nums=Array([*front, folios.front, Dictionary(S=Name.D, St=1)]))


def saved(pdf: Pdf, version: str = "") -> bytes:
    """Return the bytes of a PDF, of a version of the format where one is asked for."""
    plain_gradients(pdf)
    out = BytesIO()
    pdf.save(
        out,
        force_version=version,
        fix_metadata_version=False,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()
