"""What a page paints, and what the annotations on it look like.

In: a page of a PDF. Out: a `Painted`: `Mark`s, in the order in which they are painted, and what of
the content could not be followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Stream

from publish.checks.preflight.layers import Layers, layers_of
from publish.checks.preflight.marks import Mark, Painted
from publish.checks.preflight.reader import Reader
from publish.checks.preflight.state import State, group_space
from publish.press.boxes import around


def painted(page: pikepdf.Page, pdf: pikepdf.Pdf | None = None) -> Painted:
    """Return what a page paints; `pdf` is asked for what its parser complains of meanwhile."""
    made = Painted(complaints=pdf.get_warnings if pdf else list)
    made.layers = layers_of(pdf) if pdf else Layers()
    made.complaints()
    resources = page.resources
    state = State()
    try:
        state.blends = group_space(page.obj, resources)
    except Exception as error:
        made.fault(error)
    made.marks += Reader(made, resources, state, (), False).read(page)
    for one in page.obj.get("/Annots", Array()):
        if isinstance(one, Dictionary):
            made.beside += _annotated(made, one)
    return made


def _annotated(made: Painted, annotation: Any) -> Iterator[Mark]:
    """Yield the marks of what an annotation looks like, in each of its states (12.5.5)."""
    looks = annotation.get("/AP", Dictionary())
    given = looks.values() if isinstance(looks, Dictionary) else ()
    forms = [
        form
        for one in given
        for form in ([one] if isinstance(one, Stream) else one.values())
        if isinstance(form, Stream)
    ]
    left, foot, right, head = (float(side) for side in annotation.get("/Rect", (0, 0, 0, 0)))
    box = around([(left, foot), (right, head)])
    for form in forms:
        for mark in Reader(made, Dictionary(), State(), (), False).inside(form, False):
            yield replace(mark, box=box, outline=())
