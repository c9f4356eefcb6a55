"""Notes of an import → problems, as the terminal and the report show them.

In: notes and the name of the source. Out: problems I802, each with what to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.importing.model import Note

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "aside": "Make it a paragraph again where it is one.",
        "byline": "Look at the contributors in book.toml.",
        "call": "Call it from the text, as [^3], or let it be a paragraph.",
        "capitals": "Look at the capitals of names.",
        "caption": "Put it with its table, or let it be a paragraph.",
        "columns": "Look whether the text goes on rightly from one column to the next.",
        "contents": "Look whether it held something that stands nowhere else.",
        "control": "Look whether something else was meant there.",
        "comment": "Settle it; the manuscript does not hold it.",
        "cropped": "Crop it where it is to be cropped, in a program for pictures.",
        "dropcap": "Put it where it belongs, if that is elsewhere.",
        "frame": "Make it a sidebar, or a table, where it is one.",
        "heading": "Give it the title that it should have.",
        "hidden": "Write it by hand where it belongs in the book.",
        "hyphen": "Look at the word.",
        "mark": "Write the mark by hand where the note is to have it.",
        "names": "Make it a heading where it is one.",
        "imprint": "Look at it in book.toml.",
        "language": "Write words of another language as [words]{lang=fr}.",
        "link": "Look where it should lead, and write that address.",
        "list": "Make it text again where it is none.",
        "lowered": "Write a sign of its own where there is one (₂), or other words.",
        "no-language": "Give it with --language where it is another.",
        "no-rules": "Look at the words that were welded, and at the headings.",
        "no-title": "Write the title in book.toml.",
        "outside": "Ask for it, if it is wanted.",
        "paragraph": "Join it with the one above where it goes on.",
        "part": "Look at headings, lists and remarks, which it tells of.",
        "phrase": "Make it a heading where it is one.",
        "picture": "Look at it, or put a better one into photos/ by hand.",
        "placeholder": "Write what was to stand there, if it is wanted.",
        "pullquote": "Look at the quote.",
        "raised": "Write a sign of its own where there is one (²), or other words.",
        "reference": "Write [words](#id), with {#id} after the heading or words that it leads to.",
        "ring": "Look which note was meant, and write its call there, as [^3].",
        "repeated": "Drop one of the two, or make it a pull quote.",
        "rows": "Look at its columns and its head.",
        "running-head": "Look whether it was a heading.",
        "sign": "Write the sign that it is.",
        "struck": "Delete it where it was meant to go.",
        "turned": "Put it where it belongs, or turn the page upright and import it anew.",
        "turning": "Write words in the other direction as [words]{dir=rtl}.",
        "uncaptioned": "Write one in captions.toml, for decorative, where it is to have one.",
        "unplaced": "Place it in the text, with ![](…) and its name in captions.toml.",
        "unread": "Write it by hand.",
        "verse": "Make it a paragraph where its lines run on.",
        "wide": "Make it a heading where it is one.",
    }
)
"""What the editor should do about each kind of note."""


def problems_of(notes: Iterable[Note], name: str) -> list[Problem]:
    """Return the notes as problems in the file `name`."""
    return [
        problem(
            "I802",
            Span(name, note.line, note.column),
            reason=note.message,
            advice=ADVICE[note.code],
        )
        for note in notes
    ]
