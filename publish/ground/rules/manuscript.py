"""What can be wrong with a manuscript: its files (T), settings (S) and text (M)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import Rule

MANUSCRIPT: Mapping[str, Rule] = MappingProxyType(
    {
        # Files and TOML
        "T100": Rule("error", "the file {reason}", "Save it anew as plain text, encoded as UTF-8."),
        "T101": Rule("error", "this is not TOML: {found}", "Expected: {expected}."),
        "T102": Rule("error", "there is no {name} in the folder {folder}", "{advice}"),
        # book.toml, captions.toml, front matter
        "S101": Rule("error", "unknown key “{key}”", "{nearest}"),
        "S102": Rule("error", "“{key}” does not fit", "Expected: {expected}."),
        "S103": Rule("error", "“{key}” is missing", "It gives {doc}."),
        "S104": Rule(
            "error", "SOURCE_DATE_EPOCH is “{value}”", "It takes whole seconds since 1970."
        ),
        "S105": Rule(
            "warning",
            "“modified” is missing, so the e-book says it was last changed in 2000",
            "Add modified = 2026-11-22T12:00:00Z, the moment of the last change.",
        ),
        "S106": Rule("error", "“running-order” names {name}, which is not there", "{nearest}"),
        "S107": Rule(
            "warning",
            "{name} is not in “running-order”, so it is left out",
            "Name it there, or move it out of the folder.",
        ),
        "S108": Rule("error", "“running-order” names {name} twice", "Take one of them out."),
        "S109": Rule(
            "error",
            "the cover's picture “{name}” is not in captions.toml",
            "{nearest}",
        ),
        "S110": Rule(
            "error",
            "{name} is left out: the name of a chapter ends in .md",
            "Rename it {better}, or move it out of the folder.",
        ),
        "S111": Rule(
            "warning",
            "{name} is left out: other chapters are numbered, and it is not",
            "Number it as 01-begin.md is, name it in “running-order”, or move it out of the"
            " folder.",
        ),
        "S138": Rule(
            "warning",
            "what stands in {folder}/ is left out: chapters stand in the folder of the book itself",
            "Move it up, beside book.toml; or, where it is no part of the book, elsewhere.",
        ),
        "S112": Rule(
            "error",
            "the e-book and the printed book have the same ISBN",
            "Each edition has its own: ask for a second one, or leave this key out.",
        ),
        "S113": Rule("error", "fonts/{file} is not there", "{nearest} Add it, or leave it out."),
        "S114": Rule(
            "error",
            "fonts/{file} is no font that can be set: {reason}",
            "Ask for the font anew, as OpenType, TrueType or WOFF.",
        ),
        "S115": Rule(
            "error",
            "fonts/{file} may not be embedded: {reason}",
            "Ask its maker for leave and a file that says so, or take another font: all that is"
            " under the SIL Open Font License may be embedded.",
        ),
        "S116": Rule(
            "warning",
            "fonts/{file} is not in “files”, so it is not used",
            'Name it in book.toml, under [fonts]: files = ["{file}"]; or move it out.',
        ),
        "S117": Rule("error", "“{key}” does not go with the rest of [booklet]", "{what}."),
        "S120": Rule(
            "error",
            "“{claim}” is claimed, and {reason}",
            "Mend that, or claim what the book fulfils.",
        ),
        "S121": Rule(
            "warning",
            "the claim was signed on {signed}, and the book was changed on {changed}",
            "Have it examined again, or take [accessibility] out.",
        ),
        "S118": Rule(
            "warning",
            "there is a price code, and no ISBN of the printed book beside which it could stand",
            'Write it in book.toml: [identifiers], print = "978…"; or take “price-code” out.',
        ),
        "S130": Rule(
            "error",
            "profiles/{file} cannot be used: {reason}",
            "Ask the printer for the profile of the paper, or leave “profile” out for FOGRA39.",
        ),
        "S131": Rule(
            "error",
            "a colour profile is named without its printing condition",
            'Write beside it what the printer calls it: condition = "FOGRA52", say.',
        ),
        "S132": Rule(
            "error",
            "{binding} binding takes pages by {unit}, and “{pages}” is no multiple of that",
            "Take {near}, or bind it in another way.",
        ),
        "S133": Rule(
            "error",
            "the printing condition {condition} is named without its colour profile",
            "Lay the printer’s profile in profiles/ and name it: profile = “…”; or leave"
            " “condition” out for FOGRA39.",
        ),
        "S134": Rule(
            "warning",
            "“red-name” names an ink that the book has not: its red is mixed of the four inks",
            'Write red = "spot" beside it for an ink of its own, or take “red-name” out.',
        ),
        "S135": Rule(
            "error",
            "the flaps are {flaps:g} mm wide, and the page {width:g} mm",
            "A flap is folded in over the cover: it has to be narrower than the page.",
        ),
        "S136": Rule(
            "warning",
            "“{key}” does not go with saddle-stitch binding: {why}",
            'Take “{key}” out, or write binding = "perfect" under [print].',
        ),
        # Chapters
        "M201": Rule("error", "the book has no chapters", "Write a file such as 01-begin.md."),
        "M202": Rule("error", "the chapter has no title", "Give it a line “# Title”."),
        "M203": Rule(
            "error",
            "a second title in one chapter",
            "Use “## …” for a section, or give this part a file of its own.",
        ),
        "M204": Rule(
            "warning", "a heading jumps from level {above} to {level}", "Use level {next}."
        ),
        "M205": Rule(
            "error", "the front matter is not closed", "Close it with a line “+++” of its own."
        ),
        "M206": Rule("error", "unknown container “{name}”", "{nearest}"),
        "M207": Rule(
            "error",
            "the container “{name}” is not closed",
            "Close it with a line of as many colons; around another container, write one more.",
        ),
        "M208": Rule("error", "the id “{name}” stands here and at {other}", "Change one of them."),
        "M209": Rule("error", "there is no id “{name}” to refer to", "{nearest}"),
        "M210": Rule(
            "error",
            "the target “{name}” has neither title nor number",
            "Put words between the brackets: [words](#{name}).",
        ),
        "M211": Rule("error", "there is no note “{name}”", "{nearest}"),
        "M212": Rule(
            "error", "the note “{name}” is called nowhere", "Refer to it with [^{name}] or drop it."
        ),
        "M213": Rule(
            "error", "the note “{name}” stands here and at {other}", "Rename one of them."
        ),
        "M214": Rule(
            "error",
            "HTML in the text: {html}",
            "Use the manuscript's own marks, or allow-html = true in book.toml.",
        ),
        "M215": Rule(
            "error",
            "the HTML {html} is not allowed, so it was left out",
            "Only plain elements of text without scripts, styles and links outward may stand here.",
        ),
        "M218": Rule("error", "the language “{name}” is no language tag", "Write lang=ru, say."),
        "M219": Rule(
            "error",
            "no font of the book has {what}",
            "The book's type has the letters of the Latin, Greek and Cyrillic scripts. Put {font}"
            ' into fonts/ and name it in book.toml, under [fonts]: files = ["…"]; or write this'
            " with other characters.",
        ),
        "M220": Rule(
            "warning",
            "a table without a caption",
            "Put “: Caption” below the table, after an empty line.",
        ),
        "M221": Rule(
            "error", "the chapter holds no text", "Write it, or take the file out of the folder."
        ),
        "M222": Rule(
            "error",
            "the link's address “{name}” is neither on the web nor in the book",
            "Use https://… or #id.",
        ),
        "M223": Rule(
            "error",
            "the control character U+{number:04X} stands in the text",
            "Delete it.",
        ),
        "M248": Rule(
            "error",
            "the character U+{number:04X} stands in the text: what is read is not what is there",
            "Delete it; words in the other direction are written [words]{{dir=rtl}}.",
        ),
        "M249": Rule(
            "error",
            "the address “{name}” may lead elsewhere than it seems: {reason}",
            "Type it anew, or take the link out.",
        ),
        "M252": Rule(
            "error",
            "“{text}” is marked as read from right to left, and has no letter that is",
            "Take dir=rtl out: numbers and marks would stand on the wrong side of the words.",
        ),
        "M224": Rule(
            "error", "this fence closes nothing", "Drop it, or open a container above: ::: sidebar."
        ),
        "M225": Rule("error", "only lines of verse stand in a verse", "Move this out of it."),
        "M226": Rule("error", "the attribute “{name}” says nothing here", "{expected}"),
        "M227": Rule(
            "error",
            "text stands before the chapter's title",
            "Begin the chapter with its title, “# …”.",
        ),
        "M228": Rule("error", "a heading without words", "Write it, or drop the line."),
        "M254": Rule(
            "error", "the note “{name}” has no words", "Write it, or take it out with its call."
        ),
        "M229": Rule(
            "error",
            "a caption that follows no table",
            "Put it straight below a table; that of a photo stands in captions.toml.",
        ),
        "M230": Rule(
            "error",
            "the block of code is not closed",
            "Close it with a line of the same marks: {fence}",
        ),
        "M231": Rule(
            "error",
            "a row of {cells} cells in a table of {columns} columns",
            "Take a bar out; one that is text is written \\|.",
        ),
        "M236": Rule("error", "{what} cannot stand in a caption", "Take it out."),
        "M237": Rule(
            "error",
            "a note of the printed book cannot hold {what}",
            "Put it in the text, or say it in a paragraph, list, quote, code or verse.",
        ),
        "M239": Rule(
            "error",
            "the class “{name}” means nothing, and is nearly “{near}”",
            "Did you mean “{near}”? A class of your own needs a name less like it.",
        ),
        "M241": Rule(
            "warning",
            "“{name}” is taken for {person} in the index",
            'For somebody else write [{person}]{{not="{name}"}} there; if it is the same,'
            ' names="{name}".',
        ),
        "M242": Rule(
            "warning",
            "“{name}” is met nowhere in the text",
            'Name the spellings that the text has: [term]{{names="…, …"}}; or take it out.',
        ),
        "M243": Rule(
            "warning",
            "“{name}” may be {persons}, so the index has it under neither",
            "Write the first name with it there; or say whom it does not mean:"
            ' [{person}]{{not="{name}"}}.',
        ),
    }
)
