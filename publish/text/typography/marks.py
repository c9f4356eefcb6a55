"""Quotation marks and apostrophes: where they stand, and the glyphs they should be.

In: a paragraph. Out: its marks; then, once `quotes` has given each its role and its partner, their
glyphs by level and language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from msgspec import Struct

from publish.book.languages import NARROW, NO_BREAK, Rules
from publish.text.typography.paragraph import Paragraph

STRAIGHT = "\"'"
SINGLES = "'‘’‚‹›"
_MARKS = re.compile("[\"'“”„‘’‚«»‹›][\"'“”„‘’‚«»‹›]*")
# The curly marks that may close what each mark opens.
_CLOSED_BY = {
    "“": "”",
    "„": "”“",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "’‘",
    "‹": "›",
    "›": "‹",
}


class Role(Enum):
    """What a mark does in its sentence."""

    OPEN = "open"
    CLOSE = "close"
    APOSTROPHE = "apostrophe"
    PRIME = "prime"


class Mark(Struct, eq=False):
    """One mark; `before` and `after` are the characters around the run of marks it stands in."""

    at: int
    char: str
    rules: Rules
    before: str
    after: str
    previous: Mark | None
    last: bool = False
    role: Role = Role.APOSTROPHE
    partner: Mark | None = None
    doubtful: bool = False
    glyphs: tuple[str, str] = ("", "")

    @property
    def alone(self) -> bool:
        """Whether no other mark touches it."""
        return self.last and self.previous is None

    @property
    def closed_by(self) -> str:
        """The characters that close what this mark opens."""
        primary, secondary = self.rules.primary[0], self.rules.secondary[0]
        opener = {'"': primary, "'": secondary}.get(self.char, self.char)
        straight = "'" if opener == secondary or opener in SINGLES else '"'
        return straight + _CLOSED_BY[opener]

    @property
    def glyph(self) -> str:
        """The character that should stand here; a mark that is typed curly stays as it is."""
        if self.char not in STRAIGHT or self.role is Role.PRIME:
            return self.char
        if self.role is Role.APOSTROPHE:
            return self.rules.apostrophe
        return self.glyphs[0 if self.role is Role.OPEN else 1]


def find_marks(paragraph: Paragraph) -> list[Mark]:
    """Return the marks of a paragraph in order, as yet without a role."""
    text = paragraph.text
    marks: list[Mark] = []
    for run in _MARKS.finditer(text):
        start, end = run.span()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        # The space inside « » belongs to the mark, not to the sentence.
        if text[end - 1] in "«‹" and after in (NO_BREAK, NARROW):
            after = text[end + 1 : end + 2]
        if text[start] in "»›" and before in (NO_BREAK, NARROW):
            before = text[start - 2 : start - 1] if start > 1 else ""
        previous = None
        for at in range(start, end):
            previous = Mark(at, text[at], paragraph.rules_at(at), before, after, previous)
            marks.append(previous)
        marks[-1].last = True
    return marks


def choose_glyphs(marks: Iterable[Mark]) -> None:
    """Give every mark its pair of glyphs."""
    open_pairs: list[Mark] = []
    for mark in marks:
        if mark.role is Role.OPEN:
            if mark.partner is None and mark.doubtful:
                mark.role = Role.APOSTROPHE
                continue
            mark.glyphs = _pair_of(mark, open_pairs[-1] if open_pairs else None)
            if mark.partner is not None:
                open_pairs.append(mark)
        elif mark.role is Role.CLOSE and mark.partner is not None:
            open_pairs.pop()
            mark.glyphs, mark.rules = mark.partner.glyphs, mark.partner.rules
        elif mark.role is Role.CLOSE:
            mark.glyphs = mark.rules.primary if mark.char == '"' else mark.rules.secondary


def _pair_of(mark: Mark, around: Mark | None) -> tuple[str, str]:
    """Return the glyphs of a mark and of the one that closes it, within the quotation around it."""
    primary, secondary = mark.rules.primary, mark.rules.secondary
    if mark.char not in STRAIGHT:
        for pair in (primary, secondary):
            if mark.char == pair[0]:
                return pair
        return mark.char, _CLOSED_BY[mark.char][0]
    if around is None:
        return primary if mark.char == '"' else secondary
    opener = around.glyphs[0]
    nested = mark.char == "'" or opener not in around.rules.secondary[0] + SINGLES
    first, other = (secondary, primary) if nested else (primary, secondary)
    if opener == first[0] and not mark.char == around.char == "'":
        return other
    return first
