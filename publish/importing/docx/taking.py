"""What is taken out of a word processor's file, line by line.

In: what is read of its paragraphs, one after the other. Out: lines with their facts, texts, what is
left out, and what is told. Pictures wait for their captions, captions of tables for their tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from publish.importing.docx.calls import Calls
from publish.importing.docx.fields import REFERENCE
from publish.importing.docx.flattened import flattened
from publish.importing.docx.inlines import Writer, Written
from publish.importing.docx.package import Package, W
from publish.importing.docx.pictures import picture_of
from publish.importing.docx.shown import line_of
from publish.importing.model import Facts, Kind, Line, Note, Picture, Run

SHOWN = 12
"""Lines that are told of cross references."""


class Taking:
    """Takes lines in order; `box` is the box of text that is read, `around` the one around it."""

    def __init__(self, package: Package, writer: Writer) -> None:
        self.package = package
        self.writer = writer
        self.texts: list[str] = []
        self.lines: list[Line] = []
        self.left: list[tuple[str, Run]] = []
        self.notes: list[Note] = []
        self.pictures: dict[str, Picture] = {}
        self.calls = Calls(package.notes)
        self.remarks: set[str] = set()
        self.block = self.box = self.around = self.boxes = 0
        self.waiting: list[str] = []
        self.beside: list[str] = []
        self.captions: list[int] = []
        self.references: list[int] = []

    def _facts(self, kind: Kind, level: int = 0, label: str = "", picture: str = "") -> Facts:
        """Return the facts of a block that begins here."""
        self.block += 1
        return Facts(self.block, kind, level, label, picture, self.box)

    def _written(self, paragraph: Any) -> Written:
        return self.writer.read(paragraph, len(self.texts) + 1, self.calls)

    def _line(self, written: Written, facts: Facts, before: Sequence[Run] = ()) -> None:
        """Add a line of text."""
        self.texts.append(written.text)
        self.lines.append(line_of(written, len(self.texts), facts, before))

    def _told(self, written: Written) -> None:
        """Tell the editor of comments, of what could not be read, and of what is left out."""
        if written.text and written.line > len(self.texts):
            self.texts.append(written.text)
        self.left += written.left
        written.told += flattened(written.text, written.stretches)
        number = max(len(self.texts), 1)
        for key in written.comments:
            comment = self.package.comments.get(key)
            if comment is None:
                continue
            self.remarks.add(key)
            words = "".join(one.text or "" for one in comment.iter(f"{W}t")).split()
            who = str(comment.get(f"{W}author", "")) or "somebody"
            on = " ".join(written.text.split()[:6])
            message = f"{who} remarks at “{on} …”: {' '.join(words)}"
            self.notes.append(Note(number, "comment", message))
        self.references += [number for one in written.told if one == REFERENCE]
        self.notes += [Note(number, *one) for one in written.told if one != REFERENCE]

    def _pictures(self, written: Written) -> None:
        """Take pictures out; they wait for their captions."""
        pictures, written.pictures = written.pictures, []
        relations, number = self.writer.relations, max(len(self.texts), 1)
        for one in pictures:
            name = f"picture-{len(self.pictures) + 1}"
            picture, told = picture_of(relations, one.relation, name, one.alt)
            self.pictures[name] = picture
            self.waiting.append(name)
            self.notes += [Note(number, "picture", told)] if told else []
            if one.cut and picture.file:
                said = f"photos/{picture.file} is whole here; the source leaves out {one.cut} of it"
                self.notes.append(Note(number, "cropped", said))

    def _with_picture(self, facts: Facts) -> Facts:
        """Return the facts of a caption with its picture, and the box in which that stands."""
        if self.waiting:
            return structs.replace(facts, picture=self.waiting.pop(0))
        if self.beside:
            return structs.replace(facts, picture=self.beside.pop(0), box=self.around)
        return facts

    def _pictures_of_note(self, number: str) -> None:
        """Keep the pictures of a note, which can hold none, without a place in the text."""
        for name in self.waiting:
            if file := self.pictures[name].file:
                facts = self._facts("picture", label=number, picture=name)
                self.lines.append(Line(0, (), "", facts=facts))
                told = f"photos/{file} stood in note {number}, which can hold no picture"
            else:
                told = f"a picture that stood in note {number} is left out"
            self.notes.append(Note(max(len(self.texts), 1), "unplaced", told))
        self.waiting = []

    def _pictures_alone(self) -> None:
        """Put the pictures for which no caption came where they stood."""
        for name in self.waiting:
            facts = self._facts("picture", picture=name)
            self.lines.append(Line(0, (), "", facts=facts))
        self.waiting = []

    def _captions_alone(self) -> None:
        """Leave the captions for which no table came as the paragraphs that they are, and tell."""
        said = "this is set as the caption of a table, and is that of none"
        self.notes += [Note(self.lines[at].number, "caption", said) for at in self.captions]
        self.captions = []

    def _referred(self) -> None:
        """Tell of the references to places in the document, which are words here, all in one."""
        found = self.references
        if not found:
            return
        lines = list(dict.fromkeys(map(str, found)))
        where = ", ".join(lines[:SHOWN]) + (" …" if len(lines) > SHOWN else "")
        said = f"cross references are plain words here: {len(found)}, in line {where}"
        self.notes.append(Note(found[0], "reference", said))

    def _after_table(self) -> bool:
        facts = self.lines[-1].facts if self.lines else None
        return facts is not None and facts.kind == "cell" and facts.box == self.box
