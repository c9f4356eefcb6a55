"""A word that a line's end cuts, and what may become of it.

In: the two halves, what stands around them, the words of the source and the rules of its language.
Out: a `Cut`, and the `Join`s that are made of it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from publish.importing.languages import Language
from publish.importing.model import Words

SMALL = 3
"""A half of so few letters is a syllable, even where it is a word as well (in-formation)."""
COMPOUND = 8
"""A word of so many letters may be a compound."""

Far = Literal["", "apart", "loose"]
"""How far apart two halves stand: straight below each other; in two columns, or with something
between them; so, and there are others that the first half would make a word with."""


class Join(Struct, frozen=True):
    """What stands between the halves ("", "-" or "- ") and how the second half is written.

    `sure` is false for a guess; `why` names the rule.
    """

    between: str
    sure: bool
    why: str
    second: str


class Cut(Struct, frozen=True):
    """A cut word: `left` and `right` with what stands before and after them.

    `short` is the part of `left` after an earlier hyphen; `a` and `b` are `short` and `right` in
    small letters. `far` tells whether the halves stand in two places.
    """

    above: str
    left: str
    right: str
    rest: str
    words: Words
    language: Language
    far: Far = ""

    @property
    def short(self) -> str:
        """Return the last part of the first half."""
        return self.left.rpartition("-")[2]

    @property
    def a(self) -> str:
        """Return the last part of the first half in small letters."""
        return self.short.casefold()

    @property
    def b(self) -> str:
        """Return the second half in small letters."""
        return self.right.casefold()

    @property
    def both(self) -> bool:
        """Tell whether each half is a word of the source."""
        return self.words.solid[self.a] > 0 and self.words.solid[self.b] > 0

    @property
    def bare(self) -> bool:
        """Tell whether the second half may be a word, and no ending."""
        return len(self.b) > SMALL and not self.b.startswith(self.language.suffixes)

    def join(self, between: str, sure: bool, why: str, second: str = "") -> Join:
        """Make the answer."""
        return Join(between, sure, why, second or self.right)
