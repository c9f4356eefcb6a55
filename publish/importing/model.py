"""The frozen data that the stages of an import pass on.

In: nothing. Out: `Line` (a line of the source), `Run` (text with the source columns it came from),
`Passage` (a paragraph, heading, caption … made of lines), `Draft` (the whole, between two stages)
and `Note` (something that the editor should look at). A source that is more than text (a PDF, a
word processor's file) says more of a line: its `Facts`; and of a run: its `Mark`s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from publish.importing.languages import Language
from publish.importing.usual import Ends

Kind = Literal[
    "body",
    "title",
    "subtitle",
    "standfirst",
    "byline",
    "cover",
    "caption",
    "pullquote",
    "aside",
    "heading",
    "break",
    "note",
    "item",
    "term",
    "definition",
    "cell",
    "table",
    "quote",
    "picture",
    "verse",
]
"""What a line or passage is; `body` until a stage finds that it is something else."""


Changes = Literal["", "accept", "reject"]
"""What is done with the tracked changes of a word processor's file; "": they are refused."""


class Mark(Struct, frozen=True):
    """What a stretch of text is besides its letters; `value` is an address or a language."""

    kind: Literal["link", "language", "strong", "emphasis", "smallcaps", "break"]
    value: str = ""


class Run(Struct, frozen=True):
    """A piece of text and where it came from.

    `line` is 1-based (0: the importer added it), `start` and `stop` are columns of the source line
    from 0. `was` holds the source's characters where `text` differs from them, `why` the reason.
    `note` names the note that a number, which has no text of its own here, calls for or begins.
    `marks` are in the order in which they are written, the outer one first.
    """

    text: str
    line: int = 0
    start: int = 0
    stop: int = 0
    was: str | None = None
    why: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = ()


class Facts(Struct, frozen=True):
    """What a source that is more than text tells of a line.

    Lines with the same `block` make one passage. `level` is a heading's rank (1: a chapter's), an
    item's or quotation's depth, a cell's row from 0; `label` an item's number or a note's name;
    `picture` the id of the picture that it is or belongs to, `box` the number of the box of text
    that it stands in (0: in none).
    """

    block: int
    kind: Kind = "body"
    level: int = 0
    label: str = ""
    picture: str = ""
    box: int = 0


class Line(Struct, frozen=True):
    """A line of text of the source, without the blanks around it.

    `indent` counts the blanks before it, `trails` tells whether a blank stood after it, `gap`
    counts the empty lines before it, `page` the form feeds before it. `measure` is the width of the
    column that it stands in and `width` that of its text, both in one unit; a source that knows the
    width gives it, for others it is reckoned from the letters. `weighed`: the gap is a guess;
    `loose`: so is the line in which a word goes on that its hyphen cuts.
    """

    number: int
    runs: tuple[Run, ...]
    text: str
    indent: int = 0
    trails: bool = False
    gap: int = 0
    page: int = 0
    measure: float = 0
    width: float = 0
    facts: Facts | None = None
    weighed: bool = False
    loose: bool = False


class Claim(Struct, frozen=True):
    """Lines `start` up to `stop` (indexes in the draft) that are one thing other than body text."""

    kind: Kind
    start: int
    stop: int


class Habits(Struct, frozen=True):
    """How the source was typed or extracted, measured on the whole of it.

    `trails`: a line that goes on ends in a blank, the last of a paragraph does not. `indent`: the
    blanks before a paragraph's first line (0: not so). `gaps`: empty lines part paragraphs.
    `wrapped`: paragraphs are broken into lines. `typed`: lines are broken by their number of
    letters, and not by the width of these. `joined`: lines that a hyphen ended are one line here.
    `measure`: the usual width of a line; `ragged`: to what part of it, the next word counted, the
    shortest of the lines that go on are filled; `lost`: the indent that first lines had and that
    the extractor took away. `speakers`: those whose turns begin with their names and a colon.
    """

    trails: bool = False
    indent: int = 0
    gaps: bool = True
    wrapped: bool = True
    typed: bool = True
    joined: bool = False
    measure: float = 70
    ragged: float = 0.5
    lost: float = 0
    ends: Ends = field(default_factory=Ends)
    speakers: frozenset[str] = frozenset()


class Words(Struct, frozen=True):
    """Words that stand within the lines of the source, where no line end has cut them.

    `solid` and `hyphened` count words and hyphen compounds, `heads` the parts before a hyphen (all
    case-folded), `small` the words that begin with a small letter; `forms` has the spellings in
    mid-sentence of each word; `named` counts compounds of a name, a hyphen and a word.
    """

    solid: Counter[str]
    hyphened: Counter[str]
    heads: Counter[str]
    small: Counter[str]
    forms: Mapping[str, Counter[str]]
    named: int


class Passage(Struct, frozen=True):
    """Lines that belong together, and (once they are welded) their text as runs.

    `after` is, for a caption or pull quote, the index of the paragraph that it follows; `level`,
    `label`, `picture` and `box` are those of its lines' `Facts`. A cell's label is columns/column,
    that of a head's last one columns/column/marks: how the columns are set.
    """

    kind: Kind
    lines: tuple[Line, ...]
    runs: tuple[Run, ...] = ()
    after: int = -1
    level: int = 0
    label: str = ""
    picture: str = ""
    box: int = 0

    @property
    def text(self) -> str:
        """Return the text of all runs."""
        return "".join(run.text for run in self.runs)


class Person(Struct, frozen=True):
    """Somebody named in the byline, each part as runs."""

    name: tuple[Run, ...]
    organisation: tuple[Run, ...] = ()
    country: tuple[Run, ...] = ()


class Imprint(Struct, frozen=True):
    """What a source says of itself before it begins: its date, its series and the number in it."""

    date: tuple[Run, ...] = ()
    series: tuple[Run, ...] = ()
    number: tuple[Run, ...] = ()


class Note(Struct, frozen=True, order=True):
    """Something for the editor to look at, and the line of the source where it stands.

    `table` and `key` are where `answers.toml` has the answer to it, `now` what was decided.
    `column` is that of the line, from 1.
    """

    line: int
    code: str
    message: str
    table: str = ""
    key: str = ""
    now: str = ""
    column: int = 1


class Picture(Struct, frozen=True):
    """A picture of the source: the name of its file in `photos/`, its bytes, its alt text.

    Without bytes it is one that has to be put there by hand.
    """

    file: str = ""
    data: bytes = b""
    alt: str = ""


class Extract(Struct, frozen=True):
    """What a reader took out of a source that is more than text.

    `text` is what the ledger counts by; its lines are those that `lines` number. `left` is what is
    no part of the manuscript. `places` say on which page each line of the text stands, where the
    source has pages.
    """

    text: str
    lines: tuple[Line, ...]
    left: tuple[tuple[str, Run], ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    language: str = ""
    places: tuple[int, ...] = ()


class Imported(Struct, frozen=True):
    """A manuscript folder: the text of each file by its name, and notes in the source's order.

    `pictures` has the bytes of the files in `photos/`. `bare`: it has titles, and nothing to set.
    """

    files: Mapping[str, str]
    notes: tuple[Note, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    bare: bool = False


class Answers(Struct, frozen=True):
    """What the editor decided of hyphens, by line and column, and of lines.

    `hyphens`: what stands between the halves of the word; `joins`: whether a line goes on with the
    paragraph above it; `kinds`: what it is.
    """

    hyphens: Mapping[tuple[int, int], str] = field(default_factory=dict)
    joins: Mapping[int, bool] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)


NO_ANSWERS = Answers()


class Draft(Struct, frozen=True):
    """The source between two stages; a stage returns a new one."""

    name: str
    language: Language
    lines: tuple[Line, ...]
    claims: tuple[Claim, ...] = ()
    habits: Habits = Habits()
    words: Words | None = None
    passages: tuple[Passage, ...] = ()
    people: tuple[Person, ...] = ()
    imprint: Imprint = Imprint()
    left: tuple[tuple[str, Run], ...] = ()
    """What is left out of the manuscript: as what, and the characters."""
    notes: tuple[Note, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The pictures of the source by their ids, which `Facts` name."""
    tables: tuple[tuple[Line, ...], ...] = ()
    """The cells of tables that were lifted out of the lines."""
    heads: tuple[str, ...] = ()
    """The running heads that were left out."""
    answers: Answers = NO_ANSWERS
