"""What is said of the break at the end of a line, and of those that might have been made instead.

In: a planned line, its paragraph as it was set, what its blanks were given. Out: sentences.
"""

from __future__ import annotations

from collections.abc import Iterable

from publish.paragraphs.linebreak import Line
from publish.paragraphs.rivals import Break, Composed, Part, told_of

_NAMES = {
    "blanks": "for its blanks",
    "place": "for breaking there",
    "succession": "for a hyphen right after another",
    "final": "for a hyphen above the last line",
    "unlike": "for being unlike the line above in tightness",
    "begun": "for a paragraph that begins so loose",
    "runt": "for a last line that is too short",
}
"""What is held against a line, as it is said."""
_WORDS = 24
"""So many characters before a break tell where it is."""
_MORE = 3
"""Rivals beyond the best that are named."""


def reasons(
    line: Line,
    gap: float | None,
    composed: Composed | None,
    blanks: bool = True,
    widened: float = 0.0,
) -> list[str]:
    """Return why a planned line is as it is; `gap` is what was added to each blank, in em.

    None where the line is ragged. `blanks` tells whether it has any, `widened` by which share
    its letters are, and the white between them.
    """
    ends = (
        "ends its paragraph, or where a break is written"
        if line.forced
        else "ends within a word, with a hyphen added"
        if line.sign
        else "ends at a hyphen of its own"
        if line.flagged
        else "ends between two words"
    )
    way = "stretched" if line.ratio > 0 else "shrunk"
    if gap is None:
        share = f"ragged: it stays {line.measure - line.natural:.1f} px short"
    elif not blanks:
        share = "no blank on it that could be stretched or shrunk"
    elif line.ratio:
        share = f"blanks {way} by {abs(line.ratio):.0%} of their give ({gap:+.2f} em each)"
    else:
        share = f"blanks all but as they are ({gap:+.2f} em each)"
    return [
        ends,
        f"natural width {line.natural:.1f} px of {line.measure:.1f} px",
        share,
        *_letters(widened),
        f"hangs out {line.left:.1f} px on the left and {line.right:.1f} px on the right",
        *_weighed(line, composed),
    ]


def _letters(widened: float) -> list[str]:
    """Return what was done to the letters of a line; nothing where they are as they were drawn."""
    if abs(widened) < 0.0005:
        return []
    way = "widened" if widened > 0 else "narrowed"
    return [f"letters, and the white between them, {way} by {abs(widened):.1%}"]


def _weighed(line: Line, composed: Composed | None) -> list[str]:
    """Return the demerits of a line, and what others would have cost."""
    at = composed.lines.index(line) if composed and line in composed.lines else -1
    told = told_of(composed, at) if composed and at >= 0 else None
    if composed is None or told is None:
        return [f"demerits {line.demerits:,.0f}, weighed against no other break"]
    chosen, rivals = told.chosen, told.rivals
    said = [f"demerits {_sum(chosen.parts)}"]
    if line.forced:
        return said
    if not rivals:
        return [*said, "no other break was possible: each makes a line too wide or too loose"]
    best, rest = rivals[0], rivals[1:]
    said.append(
        f"next best after “{_before(composed, best)}”: demerits {_sum(best.parts)}; "
        f"{_rest(chosen, best)}"
    )
    if rest:
        shown = "; ".join(
            f"“{_before(composed, one)}” {_rest(chosen, one)}" for one in rest[:_MORE]
        )
        more = len(rest) - _MORE
        said.append(f"then {shown}{f'; and {more} more' if more > 0 else ''}")
    return said


def _sum(parts: Iterable[Part]) -> str:
    """Return demerits and what they are made of."""
    parts = tuple(parts)
    total = f"{sum(part.cost for part in parts):,.0f}"
    return f"{total}: " + ", ".join(f"{part.cost:,.0f} {_NAMES[part.name]}" for part in parts)


def _rest(chosen: Break, other: Break) -> str:
    """Return what the rest of a paragraph would cost, beside what it does."""
    more = other.lines - chosen.lines
    lines = f", in {abs(more)} line{'s' * (abs(more) > 1)} {'more' if more > 0 else 'less'}"
    change = other.total - chosen.total
    way = "more" if change >= 0 else "less"
    return f"{abs(change):,.0f} {way} from here to the end{lines if more else ''}"


def _before(composed: Composed, one: Break) -> str:
    """Return the words before a break."""
    words = composed.text[max(one.at - _WORDS, 0) : one.at].strip()
    head = words.find(" ") + 1 if one.at > _WORDS else 0
    return words[head:] + "-" * one.sign
