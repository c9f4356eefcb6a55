"""Which quotation mark opens, which closes and which is an apostrophe.

In: a paragraph. Out: its marks, each with its role, its partner and the glyph that it should be.
Straight and curly marks are read alike, so that set text is read as the typed text was. The work is
linear: every mark is read once and leaves the stack of open ones once.
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from publish.text.typography.elisions import Elision, elision_at
from publish.text.typography.marks import SINGLES, STRAIGHT, Mark, Role, choose_glyphs, find_marks
from publish.text.typography.paragraph import OPAQUE, Paragraph

_OPENERS = "([{<¿¡"
_CLOSERS = ".,;:!?…)]}>"
_SOFT = "-–—/" + OPAQUE
_ENDED = frozenset(")]}")
_SIBILANTS = frozenset("sxzßSXZ")


def read_marks(paragraph: Paragraph) -> list[Mark]:
    """Return the marks of a paragraph in order, with roles, partners and glyphs."""
    marks = find_marks(paragraph)
    pairing = _Pairing(paragraph.text)
    for mark in marks:
        pairing.read(mark)
    choose_glyphs(marks)
    return marks


class _Pairing(Struct):
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
            self.ways.add(mark.char in STRAIGHT)

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
            mark.char in STRAIGHT
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
        quoting = top is not None and top.char in SINGLES and not top.doubtful
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
        for char in mark.closed_by:
            self.opened[char] += 1

    def _pop(self) -> Mark:
        opener = self.stack.pop()
        for char in opener.closed_by:
            self.opened[char] -= 1
        return opener

    def _may_close(self, mark: Mark) -> bool:
        """Return whether something is open for it; single marks never close over another."""
        if mark.char in SINGLES:
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
