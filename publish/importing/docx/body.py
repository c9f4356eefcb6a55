"""The body of a word processor's file → lines with their facts.

In: a `Package`. Out: lines, texts, pictures, and what the editor should look at. A paragraph is a
block; a cell of a table is one too; notes come after the text.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree
from msgspec import structs

from publish.importing.docx.besides import all_words, words_of
from publish.importing.docx.calls import Key
from publish.importing.docx.fields import REFERENCE
from publish.importing.docx.inlines import WRAPPING, M, Writer, Written
from publish.importing.docx.numbering import Numbering
from publish.importing.docx.package import Package, W
from publish.importing.docx.shown import silent, uncalled, unmarked
from publish.importing.docx.styles import Styles, role_of
from publish.importing.docx.tables import before_table, cells_of, goes_on, only_cell, rows_of
from publish.importing.docx.taking import Taking
from publish.importing.headings import ORNAMENT
from publish.importing.languages import language_of
from publish.importing.model import Facts, Kind, Line, Note, Run

_RUNNING: frozenset[Kind] = frozenset({"body", "item", "quote", "aside"})
"""What may take the call of a note in that stands in a paragraph without words."""


class Reader(Taking):
    """Reads a document from its beginning to its end."""

    def __init__(self, package: Package, styles: Styles, language: str) -> None:
        super().__init__(package, Writer(package.relations["document"], styles, language))
        self.styles = styles
        self.numbering = Numbering(package.numbering, styles)
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
        self._referred()

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

    def _blocks(self, parent: Any, within: Kind) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, within)
            elif child.tag == f"{W}tbl":
                self._table(child, within)
            elif child.tag == f"{W}altChunk":
                said = "here stood another document, which is not read"
                self.notes.append(Note(max(len(self.texts), 1), "unread", said))
            elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
                around = etree.Element(f"{W}p")
                around.append(deepcopy(child))
                self._paragraph(around, within)
            elif etree.QName(child).localname in WRAPPING:
                self._blocks(child, within)

    def _paragraph(self, paragraph: Any, within: Kind) -> None:
        written = self._written(paragraph)
        kind, level, style = role_of(paragraph, self.styles)
        kind = within if kind == "body" and within != "body" else kind
        if style in ("contents", "label"):
            self.texts.append(written.text)
            self.left += [(style, run) for run in written.runs if run.line]
            written.told = [one for one in written.told if one != REFERENCE]
            self._rest(written)
            return
        facts = self._facts(kind, level)
        if item := self.numbering.item(paragraph, style):
            facts = structs.replace(facts, kind="item", level=item.level, label=item.label)
        if facts.kind == within and not written.calls and ORNAMENT.fullmatch(written.words):
            facts = structs.replace(facts, kind="break")
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

    def _frame(self, cell: Any, within: Kind) -> None:
        """Read what stands in the one cell of a table as the text that it is, and tell."""
        begun, shown = len(self.texts), len(self.lines)
        self._blocks(cell, within)
        if len(self.lines) > shown:
            said = f"this stood in a table of one cell, and is text here: “{words_of(cell)}”"
            self.notes.append(Note(begun + 1, "frame", said))

    def _table(self, table: Any, within: Kind) -> None:
        """Read a table, its caption after it; cells that are one in the file are one and blanks."""
        if (cell := only_cell(table)) is not None:
            return self._frame(cell, within)
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
