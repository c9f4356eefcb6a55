"""What no book is made of, or can be, and what ends a build from without (T, S, M, C, K).

From where on it is too much stands in `[limits]` of book.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import Rule

LIMITS: Mapping[str, Rule] = MappingProxyType(
    {
        "T103": Rule(
            "error",
            "{file} is not read: {reason}",
            "Copy what is meant into the book's folder; links are followed with --trust.",
        ),
        "T104": Rule(
            "error",
            "the folder holds {count:,} files, and a book may have {most:,}",
            "Move out what is not the book’s; or write more “files” in book.toml, under [limits].",
            setting="limits.files",
        ),
        "T105": Rule(
            "error",
            "the texts are {size} together, and a book may have {most:,g} MB",
            "Look whether they are all meant; or write more “text” in book.toml, under [limits].",
            setting="limits.text",
        ),
        "T106": Rule(
            "error",
            "the files are {size} together, and a book may have {most:,g} MB",
            "Take smaller pictures; or write more “size” in book.toml, under [limits].",
            setting="limits.size",
        ),
        "T107": Rule(
            "error",
            "{name} and {other} are one file where capitals are not told apart",
            "Rename one of them: on many a Mac and on Windows only one of them is left.",
        ),
        "T108": Rule(
            "error",
            "{name} is a folder, and bears the name of a text",
            "Put its files into the book’s own folder, or give it another name.",
        ),
        "T109": Rule(
            "error",
            "{name} is no name that all systems know",
            "Rename it: names are written in UTF-8.",
        ),
        "S137": Rule(
            "error",
            "a title of {length:,} characters, and it may have {most:,}",
            "Shorten it: it stands on the cover and above the pages; or write more “heading” under"
            " [limits].",
            setting="title",
        ),
        "M232": Rule(
            "error",
            "lists, quotes and containers are nested too deeply",
            "A list counts for two of the {most} levels that can be set.",
        ),
        "M244": Rule(
            "error",
            "a paragraph of {length:,} characters, and it may have {most:,}",
            "Part it with an empty line; or write more “paragraph” in book.toml, under [limits].",
        ),
        "M251": Rule(
            "error",
            "a heading of {length:,} characters, and it may have {most:,}",
            "Shorten it: it stands in the contents and above the pages; or write more “heading” in"
            " book.toml, under [limits].",
        ),
        "M245": Rule(
            "error",
            "a table of {count:,} cells, and it may have {most:,}",
            "Part it; or write more “cells” in book.toml, under [limits].",
        ),
        "M246": Rule(
            "error",
            "the note “{name}” has {length:,} characters, and it may have {most:,}",
            "Make an appendix of it; or write more “note” in book.toml, under [limits].",
        ),
        "M247": Rule(
            "error",
            "emphasis, spans and links are nested too deeply",
            "Close some of the marks first: {most} levels can be set.",
        ),
        "C325": Rule(
            "error",
            "photos/{file} has {size}, and a picture may have {most:,g} MB",
            "Save it smaller; or write more “picture” in book.toml, under [limits].",
        ),
        "K714": Rule(
            "error",
            "the work took more time than a layout or a check may, and was ended",
            "Part the paragraph, table or list that stands here, or take out what was added last;"
            " or write more “seconds” in book.toml, under [limits].",
        ),
        "K715": Rule(
            "error",
            "the work takes more memory than the {most:,} MB that it may",
            "Part the paragraph, table or list that stands here, or take out what was added last;"
            " or write more “memory” in book.toml, under [limits].",
        ),
        "K716": Rule(
            "error",
            "the work was ended from without, by {signal}",
            "SIGKILL is what a system sends that is out of memory, others tell of a fault in a"
            " library. Take out what was added last, or make the editions one by one; a file that"
            " came from elsewhere may be damaged: save it anew with the program that made it.",
        ),
    }
)
