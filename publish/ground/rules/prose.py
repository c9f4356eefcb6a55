"""What an editor would look at in the language of a book (W)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import Rule

PROSE: Mapping[str, Rule] = MappingProxyType(
    {
        "W001": Rule(
            "warning",
            "“{word}” is in no dictionary of its language ({language})",
            "Did you mean “{near}”? If it is right, write it under words in [prose].",
        ),
        "W002": Rule("warning", "“{word}” stands here twice", "Take one of the two out."),
        "W003": Rule("warning", "{mark} has no counterpart in its paragraph", "{advice}"),
        "W004": Rule("warning", "there are {count} blanks after “{word}”", "One is enough."),
        "W005": Rule(
            "warning",
            "“{word}” is spelled “{other}” elsewhere ({count}×)",
            "Choose one of the two. If both are right, write this one under words in [prose].",
        ),
        "W006": Rule(
            "warning",
            "“{word}” is written “{other}” elsewhere ({count}×)",
            "Choose one of the two.",
        ),
        "W007": Rule(
            "warning",
            "“{word}” is written in another way than elsewhere, as “{other}” ({count}×)",
            "Choose one of the two ways for the whole book.",
        ),
        "W008": Rule(
            "warning",
            "a straight quote is left after “{word}”",
            "Write the curled one that is meant.",
        ),
        "W009": Rule(
            "warning",
            "a hyphen between blanks, after “{word}”",
            "Write a dash: -- is made one by the rules of the language.",
        ),
        "W010": Rule(
            "warning",
            "a line may end between the initial “{word}” and “{other}”",
            "Put a no-break space (U+00A0) between them.",
        ),
        "W011": Rule("warning", "“{word}” is “{other}” in this house", "See style in [prose]."),
        "W012": Rule(
            "warning",
            "there is no dictionary of {language} here, so its spelling is not looked at",
            "Install hunspell's dictionary of it.",
        ),
        "W013": Rule(
            "warning", "there is a blank before the “{mark}” after “{word}”", "Take it out."
        ),
    }
)
