"""What one edition of a book lacks that another has (M)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import Rule

EDITIONS: Mapping[str, Rule] = MappingProxyType(
    {
        "M234": Rule(
            "error", "{edition} has no chapters", "“only” in their front matter leaves all out."
        ),
        "M235": Rule(
            "error",
            "{edition} leaves out “{name}”, which this refers to",
            "Put words between the brackets: [words](#{name}).",
        ),
        "M240": Rule(
            "error",
            "what is for print only and for the e-book only is shown nowhere",
            "Keep one of the two classes.",
        ),
        "M253": Rule(
            "error",
            "{edition} leaves out all the words of this heading",
            "Leave it a word; a whole chapter is left out by “only” in its front matter.",
        ),
        "M255": Rule(
            "error",
            "{edition} leaves out all that the note “{name}” says, and calls it",
            "Leave it words, or put its call within the same class.",
        ),
        "M256": Rule(
            "error",
            "{edition} leaves out all the text of this chapter",
            'Write only = "{other}" in its front matter, or leave it words.',
        ),
    }
)
