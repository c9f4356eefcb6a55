"""What a compositor would mend on the laid-out pages (L)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import Rule

_REWORD = "Change a word or two of the paragraph, or of one before it on the page."

LAYOUT: Mapping[str, Rule] = MappingProxyType(
    {
        "L001": Rule(
            "warning", "{place}: a widow, “{text}”, the last line of its paragraph", _REWORD
        ),
        "L002": Rule(
            "warning", "{place}: an orphan, “{text}”, the first line of its paragraph", _REWORD
        ),
        "L003": Rule(
            "warning", "{place}: a runt, “{text}”: a last line of {width:.1f} em", _REWORD
        ),
        "L004": Rule("warning", "{place}: a ladder of {count} hyphens from “{text}” on", _REWORD),
        "L005": Rule(
            "warning", "{place}: a loose line, its blanks {gap:.2f} em wide: “{text}”", _REWORD
        ),
        "L006": Rule(
            "warning", "{place}: a tight line, its blanks {gap:.2f} em wide: “{text}”", _REWORD
        ),
        "L007": Rule(
            "warning",
            "{place}: a river through {count} lines, {gap:.2f} em wide, from “{text}” on",
            _REWORD,
        ),
        "L008": Rule("warning", "{place}: the page ends within a word, “{text}”", _REWORD),
        "L009": Rule(
            "warning",
            "{place}: the line ends between “{before}” and “{after}”",
            "Join them with a no-break space (U+00A0), or change a word of the paragraph.",
        ),
        "L010": Rule(
            "warning", "{place}: {count} lines in succession {way} with “{text}”", _REWORD
        ),
        "L011": Rule(
            "warning",
            "{place}: the heading “{text}” stands at the foot, with room for {room} of text below",
            "Change the text before it by a line or two.",
        ),
        "L012": Rule(
            "warning",
            "{place}: the page ends {lines:.1f} lines above the one that faces it",
            "Change the text on either by a line or two, or the place of a picture.",
        ),
        "L013": Rule(
            "warning",
            "{place}: the picture “{name}” stands {count} pages from where it is mentioned, page"
            " {page}",
            "Move it in the manuscript, or mention it elsewhere.",
        ),
        "L014": Rule(
            "warning",
            "{place}: the note is not whole on the page of its call",
            "Shorten the note, or call it in another line.",
        ),
    }
)
