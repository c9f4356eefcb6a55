"""Glyphs as they are painted: marked with the text that is copied for them, and let apart.

In: what a text-showing operator paints, in the engine's writing of it (`[<00120034>-20<0056>] TJ`),
what its letters say, and what they say where no line ends. Out: the same glyphs, those that differ
as marked content with an ActualText (ISO 32000-1, 14.9.4). Only those: a reader of PDF that knows
the text of many glyphs at once no longer knows where each of them stands. What is let in between
glyphs is shared out among all of them.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Literal, TypeAlias

Hyphen: TypeAlias = Literal["", "soft", "hard"]
"""What ends a line: no hyphen, one that is added there, or one that the word has anyway."""
SOFT = "\u00ad"
"""What a hyphen that is added says in a tagged PDF (ISO 32000-1, 14.8.2.2.3)."""
HARD = "\u2010"
"""What one that the word has says at the end of a line: a reader of PDF that puts words together
again takes a hyphen-minus for an added one, and drops it."""
_TOKEN = re.compile(rb"<([0-9a-f]+)>|(-?[0-9.]+)")
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_GLYPH = 4
"""Hexadecimal figures of a glyph."""


def hyphenated(said: str, hyphen: Hyphen, tagged: bool) -> str:
    """Return what a text says that ends in a hyphen at the end of its line.

    One that is added stays a hyphen-minus in a PDF without tags: of all that it may be that is what
    pdfium and poppler know, and put the word together again.
    """
    if hyphen == "hard" and said.endswith("-"):
        return said[:-1] + HARD
    return said[:-1] + SOFT if hyphen == "soft" and tagged else said


def copied_as(painted: list[bytes], shown: str, said: str) -> list[bytes]:
    """Return operators that paint the same; `shown` is copied as `said`.

    The two differ in their first letter, or in how they end.
    """
    shows = [at for at, one in enumerate(painted) if one.endswith(b" TJ")]
    if not shows:
        return painted
    made = list(painted)
    head = 1 if shown[:1] != said[:1] else 0
    pairs = zip(shown[head:], said[head:], strict=False)
    kept = head + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if kept < len(shown):
        made[shows[-1]] = _marked(made[shows[-1]], len(shown) - kept, said[kept:], last=True)
    if head:
        made[shows[0]] = _marked(made[shows[0]], 1, said[:1], last=False)
    return made


def letterfitted(painted: list[bytes], extra: float) -> list[bytes]:
    """Return operators that paint the same with so much white, in px, let in between glyphs.

    It is the character spacing of the text state (ISO 32000-1, 9.3.2), and put back after it.
    """
    shows = [at for at, one in enumerate(painted) if one.endswith(b" TJ")]
    count = sum(len(glyphs) for at in shows for glyphs in _GLYPHS.findall(painted[at])) // _GLYPH
    if not count:
        return painted
    made = list(painted)
    made[shows[-1]] += b"\n0 Tc"
    made[shows[0]] = b"%.4f Tc\n" % (extra / count) + made[shows[0]]
    return made


def _marked(operator: bytes, count: int, said: str, last: bool) -> bytes:
    """Return an operator whose first or last glyphs, so many of them, are marked."""
    lines = operator.split(b"\n")
    at = -1 if last else 0
    tokens: list[bytes] = []
    for glyphs, number in _TOKEN.findall(lines[at]):
        tokens += [number] if number else _cut(glyphs)
    ends = [index for index, token in enumerate(tokens) if token.startswith(b"<")]
    if len(ends) < count:
        return operator
    cut = ends[-count] if last else ends[count - 1] + 1
    before, after = _shown(tokens[:cut]), _shown(tokens[cut:])
    text = said.encode("utf-16-be").hex().encode("ascii")
    begin, end = b"/Span\n<</ActualText <feff" + text + b">>>\nBDC", b"EMC"
    marked = [before, begin, after, end] if last else [begin, before, end, after]
    lines[at:] = [*marked] if last else [*marked, *lines[1:]]
    return b"\n".join(line for line in lines if line)


def _cut(glyphs: bytes) -> list[bytes]:
    return [b"<" + glyphs[at : at + _GLYPH] + b">" for at in range(0, len(glyphs), _GLYPH)]


def _shown(tokens: list[bytes]) -> bytes:
    return b"[" + b" ".join(tokens) + b"] TJ" if tokens else b""
