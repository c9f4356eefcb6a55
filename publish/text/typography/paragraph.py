"""A paragraph that is to be set: its text, and which language's rules hold at each place.

In: the text, its language and the ranges in other languages. Out: a frozen `Paragraph` that the
rules read, and `Edit`, what they return.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from publish.book.languages import Rules, rules_of

OPAQUE = "\ufffc"
_LONGEST_WORD = 9


class Edit(Struct, frozen=True):
    """Replaces `text[start:end]`: one character, or a run of hyphens or of full stops."""

    start: int
    end: int
    text: str


class Paragraph(Struct, frozen=True):
    """A text, and from which offset on which rules hold."""

    text: str
    starts: tuple[int, ...]
    rules: tuple[Rules, ...]

    @classmethod
    def of(cls, text: str, language: str, foreign: Sequence[tuple[int, int, str]]) -> Paragraph:
        """Return the paragraph; of ranges that overlap the inner or later one holds."""
        base = rules_of(language)
        changes: dict[int, Rules] = {0: base}
        within: list[tuple[int, Rules]] = [(len(text), base)]

        def leave_before(at: int) -> None:
            while len(within) > 1 and within[-1][0] <= at:
                end, _ = within.pop()
                changes[end] = within[-1][1]

        for start, end, tag in sorted(foreign, key=lambda one: (one[0], -one[1])):
            if start >= end:
                continue
            leave_before(start)
            within.append((min(end, within[-1][0]), rules_of(tag)))
            changes[start] = within[-1][1]
        leave_before(len(text))
        starts = tuple(sorted(changes))
        return cls(text, starts, tuple(changes[start] for start in starts))

    def rules_at(self, at: int) -> Rules:
        """Return the rules that hold at an offset."""
        if len(self.rules) == 1:
            return self.rules[0]
        return self.rules[bisect_right(self.starts, at) - 1]

    def is_blank(self, at: int) -> bool:
        """Return whether a single typed blank stands here, which may become a no-break one."""
        text = self.text
        return (
            0 <= at < len(text)
            and text[at] in " \n"
            and not text[at - 1 : at].isspace()
            and not text[at + 1 : at + 2].isspace()
        )

    def word_before(self, at: int) -> str:
        """Return the letters that end here, or nothing where they are more than any rule has."""
        first = at
        while first > 0 and at - first <= _LONGEST_WORD and self.text[first - 1].isalpha():
            first -= 1
        return self.text[first:at] if at - first <= _LONGEST_WORD else ""
