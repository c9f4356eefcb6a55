"""A paragraph set so that its page does not end within a word, nor a syllable further on."""

from __future__ import annotations

from types import SimpleNamespace

from test_linebreak import TASTE, paragraph

from publish.engine.optimum.plans import undivided
from publish.paragraphs.linebreak import lengths


def test_no_hyphen_stands_near_the_page_s_end_in_its_place() -> None:
    """Words of many syllables: without the rule the next syllable would end the line instead."""
    tried = unlike = strained = 0
    for words in range(8, 24):
        found = paragraph([[4.0] * (3 + at % 6) for at in range(words)])
        galley = SimpleNamespace(places=found)
        for measure in range(40, 120, 4):
            for planned in lengths(found, [float(measure)], TASTE, 0).values():
                for line in [one for one in planned.lines[:-1] if one.flagged]:
                    others = undivided(galley, planned, line.end, TASTE)  # type: ignore[arg-type]
                    near = (line.end - line.start) // 2
                    for count, other in others.items():
                        tried += 1
                        assert count == len(other.lines)
                        ends = [one.end for one in other.lines if one.flagged]
                        assert all(abs(end - line.end) > near for end in ends)
                    unlike += any(count != len(planned.lines) for count in others)
                    ratios = [line.ratio for one in others.values() for line in one.lines]
                    # Blanks are as wide as else they are borne, or wider where nothing is.
                    assert max(ratios, default=0.0) <= 3.5
                    strained += max(ratios, default=0.0) > TASTE.tolerance
    assert tried > 10 and unlike and strained
