"""A plan → the text of each file of the manuscript, and where each source character went.

In: a `Plan`. Out: files by name and the `Piece`s of the ledger. Text is escaped so that it means
itself (CommonMark 0.31, 2.4, and the marks of the manuscript's own dialect; TOML 1.0 for strings).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from msgspec import Struct, field

from publish.importing.chapters import PICTURED, Chapter, Plan
from publish.importing.dressing import dressed
from publish.importing.model import Mark, Passage, Run
from publish.importing.runs import source_of, text_of

Escape = Callable[[str], str]

_MARKS = re.compile(r"[\\`*_\[\]<{~]|&(?=#?\w+;)")
_START = re.compile(r" *(?:(?P<mark>[#>:|=]|[-+](?=[\s+-]|$))|\d{1,9}(?P<point>[.)])(?=\s|$))")


class Piece(Struct, frozen=True):
    """Characters of the source and where they stand now.

    `line` is 1-based, `start` and `stop` are columns from 0 in the source line; `at` and `to` are
    columns from 0 in line `row` (1-based) of `file`, which is empty for what was left out. `was`
    holds the source's characters where they were changed or left out, `why` the reason.
    """

    line: int
    start: int
    stop: int
    kind: str
    file: str = ""
    row: int = 0
    at: int = 0
    to: int = 0
    was: str | None = None
    why: str = ""


class Sheet(Struct):
    """A file in the making: its text up to now and the pieces in it.

    `rooms` are those of the number of the last item, and of the items that it is under.
    """

    file: str
    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    row: int = 1
    column: int = 0
    rooms: list[int] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add text of the importer's own."""
        self.parts.append(text)
        self.row += text.count("\n")
        newline = text.rfind("\n")
        self.column = len(text) - newline - 1 if newline >= 0 else self.column + len(text)

    def set(self, runs: Sequence[Run], kind: str, escape: Escape) -> None:
        """Add runs, each escaped, and note where its characters went."""
        for before, run, sign, after in dressed(runs):
            # What stands in book.toml calls for no note.
            sign = "" if run.note and escape is quoted else sign
            self.write(before)
            row, at = self.row, self.column
            self.write(sign or escape(run.text))
            if run.line:
                shown = sign.strip("\\\n") or run.text
                where = (self.file, row, at, self.column) if shown else ("", 0, 0, 0)
                self.pieces.append(
                    Piece(run.line, run.start, run.stop, kind, *where, was=run.was, why=run.why)
                )
            self.write(after)


def marked(text: str) -> str:
    """Return text with the characters escaped that are marks anywhere in a line."""
    return _MARKS.sub(r"\\\g<0>", text)


def titled(text: str) -> str:
    """Return text escaped for a heading's line, where a number sign may mean something too."""
    return marked(text).replace("#", "\\#")


def opened(runs: Sequence[Run]) -> Escape:
    """Return the escape of runs that begin a block, where “1938. ”, “- ”, “#” mean something too.

    So they do where a line begins after a break. What has to be escaped there is one character, the
    mark or the point; it may stand in any run.
    """
    starts: list[int] = []
    at = 0
    for broken, line in groupby(runs, lambda run: run.text == "\n" or Mark("break") in run.marks):
        text = text_of(line)
        if match := _START.match("" if broken else text):
            starts.append(at + match.start("mark" if match["mark"] else "point"))
        at += len(text)
    done = 0

    def escape(text: str) -> str:
        nonlocal done
        out, at = "", 0
        for start in (one - done for one in starts if done <= one < done + len(text)):
            out += marked(text[at:start]) + "\\" + text[start]
            at = start + 1
        done += len(text)
        return out + marked(text[at:])

    return escape


def quoted(text: str) -> str:
    """Return text as it stands within the quotes of a TOML string."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def chapter_sheet(chapter: Chapter, plan: Plan) -> Sheet:
    """Return the file of a chapter."""
    sheet = Sheet(chapter.file)
    if chapter.role != "chapter":
        sheet.write(f'+++\nrole = "{chapter.role}"\n+++\n\n')
    if chapter.title:
        sheet.write("# ")
        sheet.set(chapter.title, "heading", titled)
        sheet.write("\n")
    before: Passage | None = None
    begun = bool(chapter.title)
    for box, group in groupby(chapter.passages, lambda one: one.box):
        inside = tuple(group)
        fence = _fence(inside) if box else ""
        if fence:
            name = "verse" if inside[0].kind == "verse" else "sidebar"
            sheet.write(("\n" if begun else "") + f"{fence} {name}\n")
            before, begun = None, True
        for passage in inside:
            if begun:
                sheet.write(_between(before, passage))
            _passage(sheet, passage, before, plan)
            before, begun = passage, True
        if fence:
            sheet.write(f"\n{fence}\n")
            before = None
    return sheet


def _fence(inside: Sequence[Passage]) -> str:
    """Return what fences a box of text in; "" for one of pictures alone, which stand by themselves.

    A fence has more colons than those within it.
    """
    if all(one.kind in PICTURED for one in inside):
        return ""
    return "::::" if any(one.kind == "pullquote" for one in inside) else ":::"


def _between(before: Passage | None, passage: Passage) -> str:
    """Return what parts a block from the one before it."""
    if before and passage.kind == "definition":
        return ""
    if before and before.kind == passage.kind:
        if passage.kind == "cell":
            return "\n" if passage.level == 0 and passage.label.split("/")[1] == "0" else ""
        if passage.kind == "item" and passage.label and before.label:
            # Right below words only a list that begins with 1 is seen as one (CommonMark, 5.3).
            inner = passage.level > before.level and passage.label[:-1] not in ("", "1")
            return "\n" if inner else ""
        if passage.kind == "quote":
            return "> " * min(before.level, passage.level) + "\n"
    return "\n"


def _passage(sheet: Sheet, passage: Passage, before: Passage | None, plan: Plan) -> None:
    """Write one block, the line feed after it included."""
    runs, escape = passage.runs, opened(passage.runs)
    match passage.kind:
        case "caption" | "cover" | "picture":
            said = marked(plan.said(passage))
            sheet.write(f"![{said}]({plan.photo(passage)}){{place=column}}")
        case "heading":
            sheet.write("#" * max(2, passage.level) + " ")
            sheet.set(passage.runs, "heading", titled)
        case "break":
            sheet.write("* * *")
            sheet.pieces += [
                Piece(run.line, run.start, run.stop, "break", was=source_of(run), why="ornament")
                for run in passage.runs
            ]
        case "aside" if passage.box:
            sheet.set(runs, "aside", escape)
        case "pullquote" | "aside":
            name = "sidebar" if passage.kind == "aside" else "pullquote"
            sheet.write(f"::: {name}\n\n")
            sheet.set(runs, passage.kind, escape)
            sheet.write("\n\n:::")
        case "note":
            first = any(run.note for run in runs[:1])
            sheet.set(runs[:first], "note", escape)
            sheet.write(": " if first else "    ")
            sheet.set(runs[first:], "note", escape)
        case "item":
            over, own = sheet.rooms[: passage.level], sheet.rooms[passage.level :]
            room = max(ITEM, len(passage.label) + 1) if passage.label else (own or [ITEM])[0]
            sheet.rooms = [*over, room]
            sheet.write(f"{'':{sum(over)}}{passage.label:<{room}}")
            sheet.set(runs, "item", escape)
        case "definition":
            sheet.write(": ")
            sheet.set(runs, "definition", escape)
        case "quote":
            sheet.write("> " * passage.level)
            sheet.set(runs, "quote", escape)
        case "table":
            sheet.write(": ")
            sheet.set(runs, "table", escape)
        case "cell":
            _cell(sheet, passage)
            return
        case _:
            sheet.set(runs, "paragraph" if passage.kind == "body" else passage.kind, escape)
    sheet.write("\n")


ITEM = 4
"""The least room of an item's number or dash: what belongs to the item stands below its text."""


def _cell(sheet: Sheet, passage: Passage) -> None:
    """Write a cell of a table, and below the last one of a head how the columns are set."""
    columns, column, *rules = passage.label.split("/")
    sheet.write("| " if column == "0" else "")
    sheet.set(passage.runs, "cell", lambda text: marked(text).replace("|", "\\|"))
    sheet.write(" | " if int(column) + 1 < int(columns) else " |\n")
    if rules:
        sheet.write(f"|{rules[0]}|\n")
