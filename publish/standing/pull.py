"""What a proof is pulled for: which round of corrections, and since which state of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a note of the round before: open, done or declined, and why.

    `place` is where its words stand now, in brackets where they stood if that is not sure; `kind`
    is that of a mark without words of its reviewer. `found` is false for a proposal that the
    manuscript has not.
    """

    label: str
    place: str
    said: str
    state: str
    reason: str = ""
    found: bool = True
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Pull:
    """The round (0: none is told), and since which manuscript changes are barred.

    `mark` is the digest of that manuscript, which heads its own proof; `since` are its texts by
    file, `answers` what became of the notes on it. A proof pulled for another is another proof,
    though the manuscript be the same.
    """

    round: int = 0
    mark: str = ""
    since: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    answers: tuple[Answer, ...] = ()


PLAIN = Pull()
"""A proof of no round, compared with nothing."""
