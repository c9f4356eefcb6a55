"""What can be wrong with an e-book (E)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import MAKE_ANEW, Rule

EBOOK: Mapping[str, Rule] = MappingProxyType(
    {
        "E501": Rule("error", "EPUBCheck {id}: {reason}", "{advice}"),
        "E502": Rule("warning", "EPUBCheck {id}: {reason}", "{advice}"),
        "E503": Rule("error", "{file} is no sound e-book: {reason}", MAKE_ANEW),
        "E504": Rule("error", "{file}: the link to {target} leads nowhere", MAKE_ANEW),
        "E505": Rule(
            "error",
            "{file}: the alt text of a picture is the name of a file, “{alt}”",
            "Write in captions.toml what is to be seen.",
        ),
        "E506": Rule("error", "{file}: the contents are not the headings: {reason}", MAKE_ANEW),
        "E507": Rule("error", "{file}: the list of printed pages is wrong: {reason}", MAKE_ANEW),
        "E508": Rule("error", "{file}: the mark of page {label} is wrong: {reason}", MAKE_ANEW),
        "E509": Rule(
            "error",
            "{file}: the index leads from {term} to {target}, where it is not named",
            MAKE_ANEW,
        ),
        "E511": Rule("error", "Ace {rule}: {reason} ({place})", "{advice}"),
        "E512": Rule("warning", "Ace {rule}: {reason} ({place})", "{advice}"),
        "E513": Rule("error", "{file} claims {what}, and {reason}", MAKE_ANEW),
        "E514": Rule("error", "{file} does not say what it has: {what}", MAKE_ANEW),
        "E515": Rule(
            "error",
            "{file}: “{what}” in {colour} has a contrast of {ratio:.1f}:1 on {look}, less than"
            " {least:g}:1",
            "Leave the colour of text to the reader, or take a darker or lighter one.",
        ),
        "E516": Rule(
            "warning",
            "{file}: “{what}” in a drawing has a contrast of {ratio:.1f}:1 on {look}, less than"
            " {least:g}:1",
            'Write fill="currentColor", and put words beside a coloured shape, not on it.',
        ),
        "E517": Rule("error", "{file}: the picture {name}: {reason}", MAKE_ANEW),
    }
)
