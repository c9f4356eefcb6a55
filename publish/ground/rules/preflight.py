"""What a printer would stumble over in a PDF (F)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import Rule

PROFILES = ("x4", "office", "screen")
"""What a PDF is looked at for: a press, an office printer, a screen."""
BINDINGS: Mapping[str, int] = MappingProxyType({"saddle-stitch": 4, "perfect": 2})
"""How a book may be bound, and the pages on what is bound at once: a folded sheet, a leaf."""

PREFLIGHT: Mapping[str, Rule] = MappingProxyType(
    {
        "F901": Rule("error", "{place} is encrypted", "Save it without a password."),
        "F902": Rule("error", "{place} holds scripts", "Save it without JavaScript."),
        "F903": Rule(
            "error",
            "{place}: the output intent: {reason}",
            "Save it as PDF/X-4, with the profile of the paper that it is printed on.",
            setting="print.profile",
        ),
        "F904": Rule(
            "error", "{place}: the metadata: {reason}", "Save it as PDF/X-4.", setting="title"
        ),
        "F905": Rule(
            "error",
            "{place} does not say whether it has been trapped",
            "Set Trapped to False; the printer traps.",
        ),
        "F906": Rule(
            "error",
            "{place}: the font {font} is not embedded",
            "A printer may set another in its place.",
            setting="fonts.files",
        ),
        "F907": Rule(
            "error",
            "{place}: the boxes are wrong: {reason}",
            "Save it anew, with a trim box within a bleed box within a media box.",
            setting="print.bleed",
        ),
        "F908": Rule(
            "error",
            "{place}: an annotation ({kind}) stands where it prints",
            "Take links, notes and fields out of what goes to the printer.",
        ),
        "F909": Rule(
            "error",
            "{place}: {what} is in {space}, a colour of screens",
            "Colour it in the inks of the press: CMYK, grey or a spot colour; text in K alone.",
        ),
        "F910": Rule(
            "error",
            "{place}: transparency blends in {space}, and the press prints in CMYK",
            "Give the page or the group DeviceCMYK to blend in.",
        ),
        "F911": Rule(
            "error",
            "{place}: a picture has {ppi} pixels to the inch, less than {least}",
            "Place it smaller, or find a larger file.",
            setting="cover.photo",
        ),
        "F912": Rule(
            "warning",
            "{place}: a picture has {ppi} pixels to the inch, less than {least}",
            "Place it smaller, or find a larger file.",
            setting="cover.photo",
        ),
        "F913": Rule(
            "error",
            "{place}: {total}% of ink, and the paper takes {limit}%",
            "Take colour out where it is darkest; a rich black needs no more than 240%.",
            setting="cover.photo",
        ),
        "F914": Rule(
            "error",
            "{place}: text is printed in a black of several inks, {inks}: {mix}",
            "Colour it in black alone: C 0, M 0, Y 0, K 100.",
        ),
        "F915": Rule(
            "error",
            "{place}: white ({what}) is set to overprint, so it vanishes",
            "Let it knock out what is below it.",
        ),
        "F916": Rule(
            "warning",
            "{place}: a line is {width} pt thick, less than {least}",
            "Draw it a quarter of a point thick.",
        ),
        "F917": Rule(
            "warning",
            "{place}: “{text}” is {distance} mm from the trim, less than {least:g}",
            "Move it inward: no cut is exact.",
            setting="print.trim",
        ),
        "F918": Rule(
            "warning",
            "{place}: “{text}” is {distance} mm from the spine, less than {least:g}",
            "Move it outward: the fold takes it.",
            setting="print.trim",
        ),
        "F919": Rule(
            "error",
            "{place}: what ends at the trim’s {side} reaches {reach} mm beyond it, not {least} mm",
            "Let it reach the edge of the bleed, or keep it well within the page.",
            setting="print.bleed",
        ),
        "F920": Rule(
            "error",
            "{place} has {pages} pages, and {binding} binding takes them by {unit}",
            "Add blank pages, or take some out.",
            setting="print.binding",
        ),
        "F921": Rule(
            "warning",
            "{place}{more} is {size}, and the first page is {first}",
            "Make them of one size.",
            setting="print.trim",
        ),
        "F922": Rule(
            "error",
            "{place}: the colour of register marks is on the page itself",
            "It prints on every plate: take black.",
        ),
        "F923": Rule(
            "warning",
            "{place}: {what} is in {space}, which the printer has to convert",
            "Convert it yourself, with the profile of the press.",
        ),
        "F924": Rule(
            "error",
            "{place} holds {what}, which has no place in PDF/X-4",
            "Save it as PDF/X-4.",
        ),
        "F925": Rule(
            "error",
            "{place}: {what} cannot be judged: {reason}",
            "Look at it yourself, or save the file anew with another program.",
        ),
        "F926": Rule(
            "error",
            "{place} is locked: it opens with a password alone",
            "Open it with its password and save it without one, or ask for such a file.",
        ),
        "F927": Rule("error", "{place} cannot be looked at: {reason}", "{advice}"),
        "F928": Rule(
            "warning",
            "{place}: the layer “{layer}” is not printed, and here is looked at as if it were",
            "Take the layer out, or have it printed.",
        ),
        "F929": Rule(
            "warning",
            "{place}: an area ends {distance} mm from the trim’s {side}, less than {least:g}",
            "Let it bleed, or keep it well within the page: no cut is exact.",
            setting="print.trim",
        ),
        "F930": Rule(
            "warning",
            "{place}: black ({what}) is set to overprint, and in mode 0 knocks out what is below",
            "Set mode 1 (OPM), or write it as a separation of black.",
        ),
        "F931": Rule(
            "error",
            "{place}: what it paints reaches {reach} mm beyond the trim, and no bleed is declared",
            "Declare the bleed (BleedBox), or the printer may cut it off.",
            setting="print.bleed",
        ),
    }
)
