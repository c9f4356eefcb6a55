"""Which quotation mark opens, which closes and which is an apostrophe.

In: a paragraph. Out: its marks, each with its role, its partner and the glyph that it should be.
Straight and curly marks are read alike, so that set text is read as the typed text was. The work is
linear: every mark is read once and leaves the stack of open ones once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from publish.languages import NARROW, NO_BREAK, Rules
from publish.typography.elisions import Elision, elision_at
from publish.typography.paragraph import OPAQUE, Paragraph

_MARKS = re.compile("[\"'“”„‘’‚«»‹›][\"'“”„‘’‚«»‹›]*")
_OPENERS = "([{<¿¡"
_CLOSERS = ".,;:!?…)]}>"
_SOFT = "-–—/" + OPAQUE
_ENDED = frozenset(")]}")
_SIBILANTS = frozenset("sxzßSXZ")
_STRAIGHT = "\"'"
_SINGLES = "'‘’‚‹›"
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


@dataclass(slots=True, eq=False)
class Mark:
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
        straight = "'" if opener == secondary or opener in _SINGLES else '"'
        return straight + _CLOSED_BY[opener]

    @property
    def glyph(self) -> str:
        """The character that should stand here; a mark that is typed curly stays as it is."""
        if self.char not in _STRAIGHT or self.role is Role.PRIME:
            return self.char
        if self.role is Role.APOSTROPHE:
            return self.rules.apostrophe
        return self.glyphs[0 if self.role is Role.OPEN else 1]


def read_marks(paragraph: Paragraph) -> list[Mark]:
    """Return the marks of a paragraph in order, with roles, partners and glyphs."""
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
    pairing = _Pairing(text)
    for mark in marks:
        pairing.read(mark)
    _choose_glyphs(marks)
    return marks


@dataclass(slots=True)
class _Pairing:
    """Reads marks from left to right and keeps the open ones."""

    text: str
    stack: list[Mark] = field(default_factory=list)
    # How many of the open ones each character would close.
    opened: Counter[str] = field(default_factory=Counter)
    # Where an apostrophe is expected: the second one of 'n'.
    settled: int = -1
    # Straight or curly, what quotes so far. Where both do, nobody can say what is still open.
    ways: set[bool] = field(default_factory=set)
    # The last mark that closed a quotation but might as well be a possessive, and the depth then.
    possessive: Mark | None = None
    depth: int = 0

    def read(self, mark: Mark) -> None:
        """Give a mark its role."""
        flank = self._flank_of(mark)
        if self._is_prime(mark):
            mark.role = Role.PRIME
        elif mark.char in "'’":
            self._single(mark, flank)
        elif mark.char == "‘" and self._elision(mark) is Elision.SURE:
            mark.role = Role.APOSTROPHE  # a slip of word processors
        elif self._opens(mark, flank):
            self._open(mark)
        else:
            self._close(mark)
        if mark.role in (Role.OPEN, Role.CLOSE):
            self.ways.add(mark.char in _STRAIGHT)

    def _flank_of(self, mark: Mark) -> Role | None:
        before = mark.before
        if mark.previous is not None:
            match mark.previous.role:
                case Role.OPEN:
                    before = "("
                case Role.CLOSE:
                    before = ")"
                case Role.APOSTROPHE if mark.after.isalnum():  # l'"ami"
                    before = "("
        return _flank(before, mark.after)

    def _is_prime(self, mark: Mark) -> bool:
        """Return whether a mark counts feet or inches: after a digit, with nothing open."""
        return (
            mark.char in _STRAIGHT
            and not self.stack
            and len(self.ways) < 2
            and mark.alone
            and mark.before.isdecimal()
            and not mark.after.isalpha()
        )

    def _opens(self, mark: Mark, flank: Role | None) -> bool:
        """Return whether a mark that is no apostrophe opens."""
        opened = self.opened[mark.char] > 0
        match mark.char:
            case "„" | "‚":
                return True
            case "”":
                return False
            case "“" | "‘" if mark.char in mark.rules.primary[1] + mark.rules.secondary[1]:
                return flank is Role.OPEN  # German closes with them
            case '"' | "“" | "‘":
                return flank is Role.OPEN or (flank is None and not opened)
            case "«" | "‹":  # German also turns these: »so«
                return flank is Role.OPEN or not opened
            case _:
                turned = mark.rules.primary[0] != "«"
                return turned and flank is Role.OPEN and not opened

    def _single(self, mark: Mark, flank: Role | None) -> None:
        """Read ' or ’: a quotation mark or an apostrophe, which it is until proved otherwise."""
        before, after, previous = mark.before, mark.after, mark.previous
        inside = before.isalnum() or before == OPAQUE
        if mark.at == self.settled or (mark.alone and inside and after.isalnum()):
            return
        if previous is not None and previous.role is Role.CLOSE and after.isalnum():
            return
        elision = None if previous is None and inside else self._elision(mark)
        if elision is Elision.SURE:
            return
        if elision is Elision.DOUBTFUL or flank is Role.OPEN:
            self._open_single(mark, elision is Elision.DOUBTFUL)
        elif not self._close_single(mark) and flank is None and not (inside or before in _ENDED):
            self._open_single(mark, not before or before.isspace())

    def _elision(self, mark: Mark) -> Elision | None:
        if not mark.last:
            return None
        top = self.stack[-1] if self.stack else None
        quoting = top is not None and top.char in _SINGLES and not top.doubtful
        elision = elision_at(self.text, mark.at, mark.rules, quoting)
        if elision is Elision.BOTH_SIDES:
            self.settled = mark.at + 2
            return Elision.SURE
        return elision

    def _open_single(self, mark: Mark, doubtful: bool) -> None:
        if mark.char != "'":
            return
        if self.stack and self.stack[-1].doubtful:
            # Of two that might open, only the nearest may still be closed.
            self._pop()
        mark.doubtful = doubtful
        self._open(mark)

    def _close_single(self, mark: Mark) -> bool:
        """Close what is open, unless the mark is rather a possessive: Marx' work."""
        next_word = self.text[mark.at + 2 : mark.at + 3]
        possessive = (
            mark.alone
            and mark.before in _SIBILANTS
            and mark.after.isspace()
            and next_word.isalpha()
        )
        if self._may_close(mark):
            if possessive and self.stack[-1].doubtful:
                return False
            self._close(mark)
            self.possessive, self.depth = (mark if possessive else None), len(self.stack)
            return True
        earlier = self.possessive
        if earlier is None or possessive or self.depth != len(self.stack):
            return False
        # What closed before was a possessive after all.
        opener = earlier.partner
        assert opener is not None
        earlier.role, earlier.partner = Role.APOSTROPHE, None
        opener.partner, mark.partner, mark.role = mark, opener, Role.CLOSE
        self.possessive = None
        return True

    def _open(self, mark: Mark) -> None:
        mark.role = Role.OPEN
        self.stack.append(mark)
        self.opened.update(mark.closed_by)

    def _pop(self) -> Mark:
        opener = self.stack.pop()
        self.opened.subtract(opener.closed_by)
        return opener

    def _may_close(self, mark: Mark) -> bool:
        """Return whether something is open for it; single marks never close over another."""
        if mark.char in _SINGLES:
            return bool(self.stack) and mark.char in self.stack[-1].closed_by
        return self.opened[mark.char] > 0

    def _close(self, mark: Mark) -> None:
        mark.role = Role.CLOSE
        if not self._may_close(mark):
            return
        opener = self._pop()
        while mark.char not in opener.closed_by:
            if opener.char == "'":
                self.ways = {True, False}
            opener = self._pop()
        opener.partner, mark.partner = mark, opener
        if len(self.stack) < self.depth:
            self.possessive = None


def _flank(before: str, after: str) -> Role | None:
    """Return the role that the neighbours of a mark allow, or None if they allow both."""
    left = not before or before.isspace() or before in _OPENERS
    right = not after or after.isspace() or after in _CLOSERS
    if not left and not right:
        left, right = before in _SOFT, after in _SOFT
    if left == right:
        return None
    return Role.OPEN if left else Role.CLOSE


def _choose_glyphs(marks: Iterable[Mark]) -> None:
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
    if mark.char not in _STRAIGHT:
        for pair in (primary, secondary):
            if mark.char == pair[0]:
                return pair
        return mark.char, _CLOSED_BY[mark.char][0]
    if around is None:
        return primary if mark.char == '"' else secondary
    opener = around.glyphs[0]
    nested = mark.char == "'" or opener not in around.rules.secondary[0] + _SINGLES
    first, other = (secondary, primary) if nested else (primary, secondary)
    if opener == first[0] and not mark.char == around.char == "'":
        return other
    return first
