"""The ways in which one paragraph can be set, in fewer lines or in more.

In: a `Galley`, a measure in px and a `Taste`. Out: its plans, each found once and kept with it.
"""

from __future__ import annotations

from msgspec.structs import replace

from publish.engine.optimum.galley import Galley
from publish.paragraphs.feasible import HAIR
from publish.paragraphs.linebreak import Line, Plan, lengths, plan
from publish.paragraphs.taste import Taste

_STRAYING = 20_000.0
"""What a line with its blanks at the end of their give adds to the cost of a setting."""
_LOOSEST = 3.5
"""How far blanks may be stretched on the few lines by which a page ends with a word."""
_WORST = 1.2
"""Where a line would be so much wider than its measure, the engine breaks the paragraph."""


def ways(
    made: Galley, start: int, measure: float, taste: Taste, lean: float = 0.0
) -> tuple[Plan, ...]:
    """Return the plans of a paragraph, the best first; none where the engine breaks it alone.

    `lean` is what each line costs besides (see `Manner`).
    """
    index = made.index.get(start)
    key = start, measure, taste.tolerance, lean
    if index is None:
        return ()
    if key not in made.ways:
        known = lengths(made.places, [measure], taste, index).values()
        found = sorted(known, key=lambda one: cost_of(one) + lean * len(one.lines))
        if not found:
            only = plan(made.places, [measure], taste, index)
            found = [only] if only and not is_too_wide(only) else []
        made.ways[key] = tuple(found)
    return made.ways[key]


def undivided(made: Galley, planned: Plan, at: int, taste: Taste) -> dict[int, Plan]:
    """Return plans in which no line ends within a word at an offset, or near it, by their lines."""
    line = next(one for one in planned.lines if one.end == at)
    # No hyphen within half a line before or after: else another one takes its place.
    near = (line.end - line.start) // 2
    places = [one for one in made.places if not one.flagged or abs(one.at - at) > near]
    start = next(number for number, one in enumerate(places) if one.at == planned.lines[0].start)
    known = lengths(places, [line.measure], taste, start)
    looser = replace(taste, tolerance=max(taste.tolerance, _LOOSEST))
    return known or lengths(places, [line.measure], looser, start)


def as_planned(made: Galley, start: int, measure: float) -> Plan | None:
    """Return how a paragraph is planned from an offset on; None where it is not, to its end."""
    lines: list[Line] = []
    while line := made.lines.get(lines[-1].end if lines else start):
        if abs(line.measure - measure) > HAIR:
            return None
        lines.append(line)
    whole = lines and lines[-1].end == made.places[-1].at
    return Plan(tuple(lines), sum(line.demerits for line in lines), 0) if whole else None


def cost_of(one: Plan) -> float:
    """Return what a setting of a paragraph costs: its demerits, and how far its blanks stray.

    Demerits, of the sixth power of a ratio, hold little against many lines that are a bit loose.
    """
    return one.demerits + _STRAYING * sum(line.ratio**2 for line in one.lines)


def divided(one: Plan) -> frozenset[int]:
    """Return the lines of a plan, from 1, that end within a word."""
    return frozenset(
        number for number, line in enumerate(one.lines, 1) if line.flagged and not line.forced
    )


def is_too_wide(planned: Plan) -> bool:
    """Tell whether a line of a plan is so wide that the engine had better break the paragraph."""
    return any(one.natural > one.measure * _WORST for one in planned.lines)
