"""What stands within a paragraph of a word processor's file → runs of text.

In: a paragraph's elements (ECMA-376, part 1, 17.3). Out: a `Written`: its text, runs with marks,
the pictures and comments met, and what is to be told. Fields give what they show, not what they ask
for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field

from publish.importing.docx.calls import REFERENCES, Calls, Told, own_mark
from publish.importing.docx.drawings import Shown, drawn, hidden_in
from publish.importing.docx.fields import REFERENCE, Field, asked, follow, linked, safe, with_link
from publish.importing.docx.flattened import LEFT, Setting, Stretch, settings_of
from publish.importing.docx.package import R, Relations, W
from publish.importing.docx.styles import Styles, is_on, style_key, value
from publish.importing.docx.symbols import UNKNOWN, symbol
from publish.importing.dressing import marked_as
from publish.importing.lines import LINE_END, plain
from publish.importing.model import Mark, Run

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {"tab": " ", "ptab": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "cr": " "}
WRAPPING = frozenset(
    {
        *("sdt", "sdtContent", "smartTag", "fldSimple", "customXml", "bdo", "dir"),
        *("AlternateContent", "Choice", "Fallback"),
    }
)
"""What stands around text and says nothing."""
_DRAWN = ("drawing", "pict", "object")


class Written(Struct):
    """The text of a paragraph in the making.

    `boxes` are the contents of text boxes, `comments` their ids with the words that they are on.
    `left` is what is left out, and as what; `styled` are the properties of runs by the paragraph's
    style, `settings` those of the run that is read.
    """

    line: int
    text: str = ""
    runs: list[Run] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    left: list[tuple[str, Run]] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    styled: tuple[Any, ...] = ()
    settings: tuple[Setting, ...] = ()

    @property
    def leaves(self) -> bool:
        """Whether what is read is left out."""
        return not LEFT.isdisjoint(self.settings)

    @property
    def words(self) -> str:
        """What is shown of the text, without the blanks around it."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def calls(self) -> tuple[Run, ...]:
        """The notes that are called."""
        return tuple(run for run in self.runs if run.note)

    @property
    def says(self) -> bool:
        """Whether there is anything to set."""
        return bool(self.words or self.calls)

    def add(self, text: str, marks: tuple[Mark, ...], shown: str | None = None) -> None:
        """Add text of the source, and how it is written where that differs."""
        start = len(self.text)
        self.text += text
        was = None if shown is None else text
        why = "" if shown is None else "line break"
        run = Run(text if shown is None else shown, self.line, start, len(self.text), was, why)
        self.stretches += [Stretch(one, run.start, run.stop) for one in self.settings]
        if as_what := next((one for one in self.settings if one in LEFT), ""):
            self.left.append((as_what, run))
            return
        for mark in marks:
            run = marked_as(run, mark)
        self.runs.append(run)


class Writer(Struct, frozen=True):
    """Reads paragraphs of the part whose relations these are.

    `main` is the language of the document, whose words are not marked.
    """

    relations: Relations
    styles: Styles
    main: str = ""

    def read(self, paragraph: Any, line: int, calls: Calls) -> Written:
        """Read a paragraph; `calls` are those of notes before it, and grow."""
        chain = self.styles.chain(style_key(paragraph))
        styled = tuple(element.find(f"{W}rPr") for _, element in chain)
        out = Written(line, styled=styled)
        self._children(paragraph, out, (), calls, [])
        return out

    def _children(
        self,
        parent: Any,
        out: Written,
        marks: tuple[Mark, ...],
        calls: Calls,
        fields: list[Field],
    ) -> None:
        for child in parent:
            name = str(child.tag).rpartition("}")[2]
            if child.tag == f"{W}r":
                self._run(child, out, marks, calls, fields)
            elif child.tag == f"{W}hyperlink":
                self._children(
                    child, out, with_link(marks, self._address(child, out)), calls, fields
                )
            elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
                out.add("".join(one.text or "" for one in child.iter(f"{M}t")), marks)
                said = "here stood a formula, of which only the letters are kept"
                out.told.append(("unread", said))
            elif name in WRAPPING:
                leads, told = asked(str(child.get(f"{W}instr", "")))
                out.told += told
                self._children(child, out, with_link(marks, leads), calls, fields)

    def _address(self, link: Any, out: Written) -> str:
        """Return the address on the web that a link leads to."""
        relation = self.relations.found.get(link.get(f"{R}id", ""))
        if relation is None or not relation.is_external:
            out.told += [REFERENCE] if link.get(f"{W}anchor") else []
            return ""
        address, told = safe(str(relation.target_ref), str(link.get(f"{W}anchor", "")))
        out.told += told
        return address

    def _run(
        self,
        run: Any,
        out: Written,
        outer: tuple[Mark, ...],
        calls: Calls,
        fields: list[Field],
    ) -> None:
        chain = self._properties(run)
        own = (*outer, *self._marks(chain))
        marks = linked(own, fields)
        around = out.settings
        # What stands in a run that is hidden, such as how a word is said, is hidden with it.
        out.settings = around if out.leaves else settings_of((*chain, *out.styled))
        for child in _unwrapped(run):
            name = str(child.tag).rpartition("}")[2]
            if name == "fldChar":
                told = follow(str(child.get(f"{W}fldCharType")), fields)
                out.told += [] if out.leaves else told
                marks = linked(own, fields)
            elif name == "instrText" and fields:
                fields[-1].asks += child.text or ""
            elif any(one.asking for one in fields) and name not in ("drawing", "pict"):
                continue
            elif name == "t":
                out.add(LINE_END.sub(" ", child.text or ""), marks)
            elif name in _SIGNS:
                out.add(_SIGNS[name], marks)
            elif name == "sym":
                _sign(child, out, marks)
            elif name == "br" and child.get(f"{W}type") in (None, "textWrapping"):
                out.add(" ", (*marks, Mark("break")), "")
            elif name == "br":
                out.add(" ", marks)
            elif name == "ruby":
                self._ruby(child, out, marks, calls, fields)
            elif child.tag in REFERENCES:
                _call(child, out, calls)
            elif name == "commentReference":
                out.comments.append(str(child.get(f"{W}id")))
            elif name in _DRAWN:
                _drawing(child, out)
        out.settings = around

    def _ruby(
        self,
        ruby: Any,
        out: Written,
        marks: tuple[Mark, ...],
        calls: Calls,
        fields: list[Field],
    ) -> None:
        """Write how words are said after them, in brackets."""
        for name, before, after in (("rubyBase", "", ""), ("rt", " (", ")")):
            part = ruby.find(f"{W}{name}")
            if part is not None:
                out.add(before, marks)
                self._children(part, out, marks, calls, fields)
                out.add(after, marks)

    def _properties(self, run: Any) -> tuple[Any, ...]:
        """Return what a run is set as by itself, and by its style of characters."""
        own = run.find(f"{W}rPr")
        key = value(None if own is None else own.find(f"{W}rStyle"))
        return own, *(element.find(f"{W}rPr") for _, element in self.styles.chain(key))

    def _marks(self, chain: Sequence[Any]) -> Iterator[Mark]:
        """Yield the marks of a run whose properties these are, its own first."""
        for name, kind in (("b", "strong"), ("i", "emphasis"), ("smallCaps", "smallcaps")):
            if next((said for one in chain if (said := is_on(one, name)) is not None), False):
                yield Mark(kind)  # type: ignore[arg-type]
        language = language_of_run(chain[0])
        if language and self.main and language.partition("-")[0] != self.main.partition("-")[0]:
            yield Mark("language", language)


def _call(reference: Any, out: Written, calls: Calls) -> None:
    """Call a note, where that is shown."""
    if out.leaves:
        return
    key = REFERENCES[reference.tag], str(reference.get(f"{W}id"))
    number, told = calls.call(key)
    mark = own_mark(reference)
    if mark:
        # The rest of the run is the mark (17.11.14), and a number stands for it.
        calls.marks.setdefault(key, mark)
        out.settings = ("mark",)
    out.runs += [Run("", note=number)] if number else []
    out.told += [told] if told else []


def _drawing(drawing: Any, out: Written) -> None:
    """Note what a drawing shows, or keep its words with what is hidden."""
    if out.leaves:
        words, told = hidden_in(drawing)
        out.add(words, ())
        out.told += told
        return
    found = drawn(drawing)
    out.boxes += found.boxes
    out.pictures += found.pictures
    out.told += found.told


def _unwrapped(run: Any) -> Iterator[Any]:
    """Yield what stands in a run, in one of several forms as well."""
    for child in run:
        if str(child.tag).rpartition("}")[2] in WRAPPING:
            yield from _unwrapped(child)
        else:
            yield child


def _sign(sign: Any, out: Written, marks: tuple[Mark, ...]) -> None:
    """Write a character of a font of signs; one that is not known is told."""
    font, place = plain(str(sign.get(f"{W}font", ""))), plain(str(sign.get(f"{W}char", "")))
    known = symbol(font, place)
    char = known.replace(UNKNOWN, "•")
    out.add(char, marks)
    if known in (UNKNOWN, "") and not out.leaves:
        which = f"character {place} of the font {font or 'that is not named'}"
        said = f"“{char}” stands for" if char else "left out is"
        out.told.append(("sign", f"{said} {which}, which is not known"))


def language_of_run(properties: Any) -> str:
    """Return the language that a run is marked with."""
    lang = None if properties is None else properties.find(f"{W}lang")
    if lang is None:
        return ""
    which = "bidi" if is_on(properties, "rtl") else "val"
    return str(lang.get(f"{W}{which}", ""))
