"""The body of a word processor's file → lines with their facts.

In: a `Package`. Out: lines, texts, pictures, and what the editor should look at. A paragraph is a
block; a cell of a table is one too; notes come after the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree
from msgspec import structs

from publish.importing.docx.besides import all_words, words_of
from publish.importing.docx.calls import Calls, Key
from publish.importing.docx.flattened import flattened
from publish.importing.docx.inlines import WRAPPING, M, Writer, Written
from publish.importing.docx.numbering import Numbering
from publish.importing.docx.package import Package, W
from publish.importing.docx.pictures import picture_of
from publish.importing.docx.shown import line_of, silent, uncalled, unmarked
from publish.importing.docx.styles import Styles, role_of
from publish.importing.docx.tables import before_table, cells_of, goes_on, rows_of
from publish.importing.languages import language_of
from publish.importing.model import Facts, Kind, Line, Note, Picture, Run

_RUNNING: frozenset[Kind] = frozenset({"body", "item", "quote", "aside"})
"""What may take the call of a note in that stands in a paragraph without words."""


class Reader:
    """Reads a document from its beginning to its end."""

    def __init__(self, package: Package, styles: Styles, language: str) -> None:
        self.package = package
        self.styles = styles
        self.writer = Writer(package.relations["document"], styles, language)
        self.numbering = Numbering(package.numbering, styles)
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
        self.photo = language_of(language).photo

    def read(self) -> None:
        """Read the whole body, then the notes that it calls."""
        self._blocks(self.package.body, "body")
        self._captions_alone()
        self._pictures_alone()
        mute: dict[str, frozenset[str]] = {}
        for key, number in self.calls.unread():
            self.writer = structs.replace(self.writer, relations=self.package.relations[key[0]])
            begun = len(self.lines)
            self._note(key, str(number))
            said = self.lines[begun:]
            if not any(line.text.strip() for line in said):
                calls = frozenset(run.note for line in said for run in line.runs)
                mute[str(number)] = calls - {"", str(number)}
        told: list[Note] = []
        self.lines = list(uncalled(self.lines, silent(mute), told))
        self.notes += told

    def _note(self, key: Key, number: str) -> None:
        """Read a note."""
        for at, paragraph in enumerate(self.package.notes[key].iter(f"{W}p")):
            facts = self._facts("note", label=number)
            sign = [Run("", note=number)] if not at else []
            written = self._written(paragraph)
            if not at:
                unmarked(written, self.calls.marks.get(key, ""))
            if written.says or sign:
                self._line(written, facts, sign)
            self._told(written)
            self._pictures(written)
            self._pictures_of_note(number)

    def _facts(self, kind: Kind, level: int = 0, label: str = "", picture: str = "") -> Facts:
        """Return the facts of a block that begins here."""
        self.block += 1
        return Facts(self.block, kind, level, label, picture, self.box)

    def _blocks(self, parent: Any, within: Kind) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, within)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{W}altChunk":
                said = "here stood another document, which is not read"
                self.notes.append(Note(max(len(self.texts), 1), "unread", said))
            elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
                around = etree.Element(f"{W}p")
                around.append(deepcopy(child))
                self._paragraph(around, within)
            elif etree.QName(child).localname in WRAPPING:
                self._blocks(child, within)

    def _written(self, paragraph: Any) -> Written:
        return self.writer.read(paragraph, len(self.texts) + 1, self.calls)

    def _paragraph(self, paragraph: Any, within: Kind) -> None:
        written = self._written(paragraph)
        kind, level, style = role_of(paragraph, self.styles)
        kind = within if kind == "body" and within != "body" else kind
        if style in ("contents", "label"):
            self.texts.append(written.text)
            self.left += [(style, run) for run in written.runs if run.line]
            self._rest(written)
            return
        facts = self._facts(kind, level)
        if item := self.numbering.item(paragraph, style):
            facts = structs.replace(facts, kind="item", level=item.level, label=item.label)
        if facts.kind == "caption" and not (self.waiting or self.beside) and written.words:
            facts = structs.replace(facts, kind=self._captioned(paragraph, written))
        if facts.kind == "table" and written.words and not self._after_table():
            self._pictures_alone()
            self.captions.append(len(self.lines))
            facts = structs.replace(facts, kind=within)
        elif written.words and facts.kind == "caption":
            self._pictures(written)
            facts = self._with_picture(facts)
        elif written.says and facts.kind != "caption":
            self._captions_alone()
            self._pictures_alone()
        self._set(written, facts, within)
        self._rest(written)

    def _rest(self, written: Written) -> None:
        """Take what stands at a paragraph besides its words."""
        self._told(written)
        self._pictures(written)
        boxes, written.boxes = written.boxes, []
        for box in boxes:
            self._box(box)

    def _box(self, box: Any) -> None:
        """Read a box of text, which is one block with all that stands in it.

        Pictures that stand beside it come after it, for their captions may stand in it.
        """
        outer = self.box, self.around, self.beside, self.waiting
        begun, self.boxes = len(self.lines), self.boxes + 1
        self.box, self.around, self.beside, self.waiting = self.boxes, self.box, self.waiting, []
        self._blocks(box, "aside")
        self._captions_alone()
        self._pictures_alone()
        self.lines[begun:] = sorted(self.lines[begun:], key=lambda one: _box_of(one) == self.around)
        self.box, self.around, self.beside, self.waiting = outer

    def _set(self, written: Written, facts: Facts, within: Kind) -> None:
        """Add what a paragraph says; calls without words go with the paragraph before them."""
        before = self.lines[-1].facts if self.lines else None
        if written.words or (written.calls and facts.kind == "item"):
            self._line(written, facts)
        elif before and before.kind in _RUNNING and _alike(before, facts) and written.calls:
            self.texts.append(written.text)
            runs = (*self.lines[-1].runs, *written.calls)
            self.lines[-1] = structs.replace(self.lines[-1], runs=runs)
        elif written.calls:
            self._line(written, Facts(facts.block, within, box=self.box))

    def _captioned(self, paragraph: Any, written: Written) -> Kind:
        """Return what a caption for which no picture waits is: a table's, beside one, or its own.

        Of two tables it is the first one's, unless that has one.
        """
        above = self._after_table()
        if not (above or before_table(paragraph)) or self.photo.match(written.words):
            return "caption"
        return "table"

    def _after_table(self) -> bool:
        facts = self.lines[-1].facts if self.lines else None
        return facts is not None and facts.kind == "cell" and facts.box == self.box

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
        self.notes += [Note(number, code, message) for code, message in written.told]

    def _pictures(self, written: Written) -> None:
        """Take pictures out; they wait for their captions."""
        pictures, written.pictures = written.pictures, []
        for relation, alt in pictures:
            name = f"picture-{len(self.pictures) + 1}"
            self.pictures[name], told = picture_of(self.writer.relations, relation, name, alt)
            self.waiting.append(name)
            if told:
                self.notes.append(Note(max(len(self.texts), 1), "picture", told))

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

    def _table(self, table: Any) -> None:
        """Read a table, its caption after it; cells that are one in the file are one and blanks."""
        rows = [list(cells_of(row)) for row in rows_of(table)]
        columns = max((sum(span for _, span in row) for row in rows), default=0)
        self._pictures_alone()
        caption = [self.lines.pop(self.captions.pop())] if self.captions and columns else []
        self._captions_alone()
        for number, row in enumerate(rows):
            column = 0
            for cell, span in row:
                if goes_on(cell):
                    self._hidden(cell)
                    cell = None
                for extra in range(span):
                    label = f"{columns}/{column + extra}"
                    self._cell(None if extra else cell, self._facts("cell", number, label))
                column += span
            for rest in range(column, columns):
                self._cell(None, self._facts("cell", number, f"{columns}/{rest}"))
        self.lines += [structs.replace(one, facts=self._facts("table")) for one in caption]

    def _hidden(self, cell: Any) -> None:
        """Tell of the words of a cell that is one with the cell above it, which nothing shows."""
        if text := all_words(cell):
            self.texts.append(text)
            self.left.append(("hidden", Run(text, len(self.texts), 0, len(text))))
            said = f"left out is a cell that is one with the cell above it: “{words_of(cell)}”"
            self.notes.append(Note(len(self.texts), "hidden", said))

    def _cell(self, cell: Any, facts: Facts) -> None:
        paragraphs = [] if cell is None else list(cell.iter(f"{W}p"))
        empty = True
        for paragraph in paragraphs:
            written = self._written(paragraph)
            if written.says:
                self._line(written, facts)
                empty = False
            self._told(written)
            self._pictures(written)
        if empty:
            self.lines.append(Line(0, (), "", facts=facts))


def _box_of(line: Line) -> int:
    return line.facts.box if line.facts else 0


def _alike(a: Facts, b: Facts) -> bool:
    return (a.kind, a.box) == (b.kind, b.box)
