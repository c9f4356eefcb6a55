"""Words that are marked as read from right to left, and have no letter that is.

In: attributes, the lines of text that they stand at, and their place. Out: problem M252. Latin
words keep their order all the same, but numbers and marks beside them change sides: “60 men!” is
painted as “!men 60” (Unicode Bidirectional Algorithm, UAX 9, W7 and N1).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from publish.book.inlines import Attrs, Inlines, plain
from publish.ground.problems import Problem, problem
from publish.ground.source import Span

_LEFTWARD = {"R", "AL"}
_SHOWN = 40
"""Characters that are told of such words."""


def check_direction(attrs: Attrs, lines: Iterable[Inlines], span: Span) -> list[Problem]:
    """Report words that would be turned about."""
    if attrs.get("dir") != "rtl":
        return []
    text = " ".join(" ".join(map(plain, lines)).split())
    kinds = {unicodedata.bidirectional(char) for char in text}
    if "L" not in kinds or kinds & _LEFTWARD:
        return []
    shown = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
    return [problem("M252", span, text=shown)]
