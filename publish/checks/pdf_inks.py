"""In which inks a PDF prints its text: what is no ink of the press, and black made of four.

In: a PDF. Out: page number (from 1) and the ink, a row each. The content streams are read with the
form XObjects in them (ISO 32000-1, 8.6 and 8.10): the fill colour under which text is shown. A
press that is sent RGB black prints it in four inks one over the other, and no small letter stays
sharp.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from publish.checks.pdf_reader import reading

_OPERATORS = "q Q g rg k cs sc scn Tr Do Tj TJ ' \""
_SHOWING = frozenset(("Tj", "TJ", "'", '"'))
_DIRECT = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_FIRST = {"/DeviceCMYK": (0.0, 0.0, 0.0, 1.0)}
_SCREEN = frozenset(("/DeviceRGB", "/CalRGB", "/Lab"))
_FILLED = frozenset((0, 2, 4, 6))
"""The text rendering modes that fill (9.3.6)."""
_DEPTH = 20
BLACK, GREY = 0.7, 0.6
"""Above so much black, or so much of the three colours together, other inks make a mixed black."""


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that tells how text is filled."""

    space: str = "/DeviceGray"
    values: tuple[float, ...] = (0.0,)
    mode: int = 0


def foreign_inks(path: Path) -> list[tuple[int, str]]:
    """Return each ink that is none of the press's or a mixed black, once for each page.

    Raises `NoPdf` for what is no PDF.
    """
    with reading(path), Pdf.open(path) as pdf:
        return [
            (number, ink)
            for number, page in enumerate(pdf.pages, 1)
            for ink in dict.fromkeys(_inks(page, page.obj.get("/Resources"), _State(), 0))
        ]


def _inks(content: Any, resources: Any, state: _State, depth: int) -> Iterator[str]:
    """Yield the inks at fault of a content stream, form by form."""
    resources = resources if isinstance(resources, Dictionary) else Dictionary()
    before: list[_State] = []
    for step in pikepdf.parse_content_stream(content, _OPERATORS):
        name, operands = str(step.operator), list(step.operands)
        if name == "q":
            before.append(state)
        elif name == "Q":
            state = before.pop() if before else state
        elif name == "Do":
            form = _form(resources, operands)
            if form is not None and depth < _DEPTH:
                yield from _inks(form, form.get("/Resources", resources), state, depth + 1)
        elif name in _SHOWING:
            ink = _fault(state)
            if ink:
                yield ink
        else:
            state = _changed(state, name, operands, resources)


def _form(resources: Dictionary, operands: Sequence[Any]) -> Stream | None:
    objects = resources.get("/XObject", Dictionary())
    form = objects.get(str(operands[0])) if operands else None
    return form if isinstance(form, Stream) and form.get("/Subtype") == Name.Form else None


def _changed(
    state: _State, operator: str, operands: Sequence[Any], resources: Dictionary
) -> _State:
    """Return the state after an operator that sets a colour, its space, or the rendering mode."""
    if operator == "Tr":
        return replace(state, mode=int(operands[0]))
    if operator == "cs":
        space = _space(str(operands[0]), resources)
        return replace(state, space=space, values=_FIRST.get(space, (0.0, 0.0, 0.0)))
    values = tuple(float(one) for one in operands if not isinstance(one, Name))
    return replace(state, space=_DIRECT.get(operator, state.space), values=values)


def _space(name: str, resources: Dictionary) -> str:
    """Return the family of a colour space; that of an ICC profile by its number of components."""
    found: Object | None = resources.get("/ColorSpace", Dictionary()).get(name)
    if not isinstance(found, Array):
        return str(found) if isinstance(found, Name) else name
    family = str(found[0])
    if family != "/ICCBased":
        return family
    kinds = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
    return kinds.get(int(found[1].get("/N", 0)), family)


def _fault(state: _State) -> str:
    """Return the name of an ink that text is not to be printed in; nothing for a good one."""
    if state.mode not in _FILLED:
        return ""
    if state.space in _SCREEN:
        return f"a colour of screens, {state.space[-3:]} {_written(state.values)}"
    if state.space == "/DeviceCMYK" and len(state.values) == 4:
        *colours, black = state.values
        if any(colours) and (black >= BLACK or min(colours) >= GREY):
            return f"a black of several inks, CMYK {_written(state.values)}"
    return ""


def _written(values: Sequence[float]) -> str:
    return " ".join(f"{value:.3g}" for value in values)
