"""One reading of content streams (ISO 32000-1, 7.8.2), whatever it is for.

In: the resources and the state in which content is drawn, and its operators. Out: the state as each
of them leaves it, and the path that is traced. What a mark and a colour are is for who reads: the
press sets them in inks and parts them into plates, preflight judges them. They agree on what the
content says, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, Generic, TypeVar

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Operator

from publish.press.graphics import Graphics, matrix_of
from publish.press.operators import MOVING, SPACING, TRACING
from publish.press.shapes import Path

S = TypeVar("S", bound=Graphics)


class Content(Generic[S]):
    """One content stream, in the state that its next operator is met in."""

    def __init__(self, resources: Any, state: S) -> None:
        self.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.state = state
        self.stack: list[S] = []
        self.path = Path()

    def find(self, kind: str, name: Any) -> Any:
        """Return what resources have by a name; None where they have nothing."""
        return self.resources.get(kind, Dictionary()).get(str(name))

    def follow(self, name: str, operands: Sequence[Any]) -> None:
        """Follow an operator that makes no mark, and sets no colour."""
        state = self.state
        if name == "q":
            self.stack.append(copy(state))
        elif name == "Q":
            self.state = self.stack.pop() if self.stack else state
        elif name == "cm":
            state.ctm = matrix_of(operands) @ state.ctm
        elif name == "w":
            state.width = float(operands[0])
        elif name == "J":
            state.cap = int(operands[0])
        elif name == "d":
            state.dashed = bool(len(operands[0]))
        elif name == "Tr":
            state.mode = int(operands[0])
        elif name == "Tf":
            state.named, state.size = operands[0], float(operands[1])
            state.font = self.find("/Font", operands[0])
        elif name in MOVING:
            state.place(name, [float(one) for one in operands])
        elif name in SPACING:
            state.space(name, float(operands[0]))
        elif name in ("W", "W*"):
            self.path.clips = name
        elif name in TRACING:
            self.path.trace(name, [float(one) for one in operands], state.ctm)

    def traced(self) -> Path:
        """Return the path that is painted now, and begin another."""
        path, self.path = self.path, Path()
        return path


class Rewriting(Content[S]):
    """Content that is written anew: `out` are the operators so far."""

    def __init__(self, resources: Any, state: S) -> None:
        super().__init__(resources, state)
        self.out: list[Any] = []

    def emit(self, operator: str, *operands: Any) -> None:
        """Write an operator."""
        self.out.append(ContentStreamInstruction(list(operands), Operator(operator)))

    def rewritten(self, stream: Any) -> bytes:
        """Return a stream as it is once each of its steps has been taken."""
        for step in pikepdf.parse_content_stream(stream):
            self.step(name_of(step), list(step.operands), step)
        return bytes(pikepdf.unparse_content_stream(self.out))

    def step(self, name: str, operands: list[Any], step: Any) -> None:
        """Take one step; `step` is what it is as the content has it."""
        raise NotImplementedError


def name_of(step: Any) -> str:
    """Return the name of an operator, of whatever bytes that is."""
    return bytes(step.operator.unparse()).decode("latin-1")
