"""What is wrong with a manuscript or an output, and the one table of all that can be.

In: a code, a span and the facts of the case. Out: a frozen `Problem`. A rule with a `final`
severity weighs more in a final build than in a draft.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from publish.source import Span, Unreadable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong: how bad it is, what is said of it, and what to do."""

    severity: Severity
    message: str
    hint: str
    final: Severity | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one place (None: in no file of the manuscript)."""

    code: str
    severity: Severity
    span: Span | None
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: severity CODE message`."""
        return f"{place(self.span)}{self.severity} {self.code} {self.message}"


def place(span: Span | None) -> str:
    """Return `file:line:column: `, or nothing where there is no place."""
    return f"{span.file}:{span.line}:{span.column}: " if span else ""


MAKE_ANEW = "Make it anew with “katern build”."

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        # Files and TOML
        "T100": Rule("error", "the file {reason}", "Save it as plain UTF-8 text."),
        "T101": Rule("error", "this is not TOML: {reason}", "See toml.io for the notation."),
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
        "M216": Rule(
            "error",
            "“{attributes}” is no list of attributes",
            "Write {{#id .class key=value}}, with quotes around a value that has blanks.",
        ),
        "M217": Rule(
            "error",
            "the attributes {attributes} belong to nothing",
            "They stand on the line before a block, or straight after a span, link or picture;"
            " a brace that is text is written \\{{.",
        ),
        "M218": Rule("error", "the language “{name}” is no language tag", "Write lang=ru, say."),
        "M219": Rule(
            "error",
            "no font of the book has the character {char} ({name})",
            "Write it otherwise, or choose a font that has it.",
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
        "M232": Rule(
            "error",
            "lists, quotes and containers are nested too deeply",
            "A list counts for two of the {most} levels that can be set.",
        ),
        "M233": Rule(
            "error",
            "“{written}” calls no note",
            "Write [^name], the name without blanks; a bracket that is text is written \\[.",
        ),
        "M234": Rule(
            "error", "{edition} has no chapters", "“only” in their front matter leaves all out."
        ),
        "M235": Rule(
            "error",
            "{edition} leaves out “{name}”, which this refers to",
            "Put words between the brackets: [words](#{name}).",
        ),
        "M236": Rule("error", "{what} cannot stand in a caption", "Take it out."),
        "M237": Rule(
            "error",
            "a note of the printed book cannot hold {what}",
            "Put it in the text, or say it in a paragraph, list, quote, code or verse.",
        ),
        "M238": Rule(
            "error",
            "the note is longer than its page: about {lines} lines, and there is room for {room}",
            "Shorten it, or make it a part of the text.",
        ),
        "M239": Rule(
            "error",
            "the class “{name}” means nothing, and is nearly “{near}”",
            "Did you mean “{near}”? A class of your own needs a name less like it.",
        ),
        "M240": Rule(
            "error",
            "what is for print only and for the e-book only is shown nowhere",
            "Keep one of the two classes.",
        ),
        # Captions and photos
        "C301": Rule("error", "there is no photo “{name}” in captions.toml", "{nearest}"),
        "C302": Rule(
            "warning",
            "the photo “{name}” is never placed",
            "Place it with ![]({name}), or drop it.",
        ),
        "C303": Rule("error", "“{name}” has no caption", 'Write caption = "…".'),
        "C304": Rule(
            "warning",
            "“{name}” has no alt text",
            'Write alt = "…", what is to be seen; or decorative = true.',
            final="error",
        ),
        "C305": Rule("error", "“{name}” names no file", 'Write file = "…", or expected = true.'),
        "C306": Rule("error", "photos/{file} is not there", "{nearest}"),
        "C307": Rule(
            "warning",
            "“{name}” has not arrived yet, so a plate stands in its place",
            "Put the picture in photos/ and take expected = true out.",
            final="error",
        ),
        "C308": Rule(
            "warning", "photos/{file} has no caption", "Give it a table in captions.toml."
        ),
        "C309": Rule(
            "error",
            "photos/{file} is no picture that can be set: {reason}",
            "Use JPEG, PNG or SVG.",
        ),
        "C310": Rule(
            "error",
            "“{name}” is both decorative and has alt text",
            "Keep one of them: a decorative picture is passed over by a screen reader.",
        ),
        "C311": Rule(
            "error",
            "“{name}” prints at {ppi:.0f} ppi, {width:.0f} mm wide",
            "Ask for a larger file: at least {pixels} pixels wide.",
        ),
        "C312": Rule(
            "warning",
            "“{name}” prints at {ppi:.0f} ppi, {width:.0f} mm wide",
            "Ask for a larger file: {pixels} pixels wide print well.",
        ),
        "C313": Rule("error", "“{name}” is placed twice", "Place it once and refer to it."),
        "C314": Rule("error", "“{place}” is no place for a picture", "Expected: {expected}."),
        # Outputs
        "P401": Rule("error", "the layout engine says: {reason}", "{advice}"),
        "P402": Rule(
            "error", "the page asks for the font {font}, which is not the book's", "{advice}"
        ),
        "P403": Rule("error", "{file} is no sound PDF: {reason}", MAKE_ANEW),
        "P404": Rule(
            "error", "{file} does not hold the words of the manuscript: {reason}", "{advice}"
        ),
        "P405": Rule("error", "{file}: the boxes of page {page} are wrong: {reason}", MAKE_ANEW),
        "P406": Rule(
            "error",
            "{file} has {pages} pages, and sheets that are folded and stapled hold four each",
            MAKE_ANEW,
        ),
        "P407": Rule(
            "error",
            "{file}: the font {font} is not embedded",
            "A printer may set another in its place.",
        ),
        "P408": Rule("error", "{file}: page {page} is labelled “{label}”", MAKE_ANEW),
        "P409": Rule("error", "{file}: the bookmarks are not the contents: {reason}", MAKE_ANEW),
        "P410": Rule(
            "error",
            "{file}, page {page}: text is printed in {ink}",
            "Colour it in the inks of the press; black alone is device-cmyk(0 0 0 1).",
        ),
        "P411": Rule("error", "{file} tells a screen reader nothing of {what}", MAKE_ANEW),
        "P413": Rule(
            "error",
            "the page numbers of references do not come to rest",
            "Change the text a little near a reference at the end of a page.",
        ),
        "P412": Rule("error", "{file}: the contents are not the headings: {reason}", MAKE_ANEW),
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
        "B601": Rule("error", "the booklet: {reason}", "{advice}"),
        "B602": Rule("warning", "the booklet: {reason}", "{advice}"),
        "K701": Rule("error", "{reason}", "{advice}"),
        "K702": Rule("warning", "{file} is not there", "Make it with “katern build”."),
        "K703": Rule("warning", "{file} is older than the manuscript", MAKE_ANEW),
        "K704": Rule(
            "warning", "{file} is not what “katern build” made of this manuscript", MAKE_ANEW
        ),
        "K705": Rule("error", "{file}: the cover picture is {found}", "Shops take {wanted}."),
        "K706": Rule(
            "error",
            "the checker of {what} broke off: {reason}",
            "The fault is Katern's or the file's; make the edition anew before you look further.",
        ),
        # Import
        "I801": Rule("error", "{reason}", "{advice}"),
        "I802": Rule("warning", "{reason}", "{advice}"),
    }
)


class Unmakeable(Exception):
    """An edition that cannot be made at all, and the problem that tells why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def problem(code: str, span: Span | None, **facts: object) -> Problem:
    """Make the problem of a code: its rule's words with the facts of the case put in."""
    rule = RULES[code]
    message, hint = rule.message.format_map(facts), rule.hint.format_map(facts)
    return Problem(code, rule.severity, span, message, hint)


def unreadable(error: Unreadable) -> Problem:
    """Make the problem of a file that could not be read as text."""
    return problem("T100", Span(error.path, error.line), reason=error.reason)


def weighed(problems: Iterable[Problem], final: bool) -> list[Problem]:
    """Return problems as a final build (or a draft) weighs them, sorted and without doubles."""
    found = set()
    for one in problems:
        rule = RULES[one.code]
        found.add(dataclasses.replace(one, severity=rule.final) if final and rule.final else one)
    return sorted(found, key=_order)


def _order(one: Problem) -> tuple[str, int, int, str, str]:
    span = one.span or Span("", 0, 0)
    return span.file, span.line, span.column, one.code, one.message


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(one.severity == "error" for one in problems)
