"""Running text by chance: words of many languages and scripts, with every mark of the dialect.

In: a `Pen`, which knows how wild the book is and what it has up to now. Out: lines of Markdown.
What refers to an id has `REFERENCE` in its place until all ids of the book are known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
REFERENCE = "\ue000"
WORDS = (
    *("de het een van water noot nu zo 1 12 1917 '60 3,5% 1.000 10--20 H2O µm".split()),
    *("efficiënt ruïne reünie Œuvre straße Ærø ﬁets IJsland McDonald's e-mail 's 'n".split()),
    *("verantwoordelijkheidsgevoel Donaudampfschifffahrtsgesellschaftskapitänswitwe".split()),
    *("\"zo\" 'zo' (zo) «zo» „zo“ zo... -- --- & < > a&amp;b 2*3 a_b_c ~ ^ $ % !".split()),
    *("Искра и «Правда» Αθήνα žluťoučký \u0130stanbul ё".split()),
)
FOREIGN = (("Искра", "ru"), ("ρείθρον", "grc"), ("l'eau", "fr"), ("Bäche", "de"), ("x", "tr-TR"))
ODD = (
    *("\u00ad", "\u200b", "\u2060", "\u200d", "\u200c", "\u00a0", "\u202f", "\u2003", "\u3000"),
    *("e\u0301", "\u0301", "\u0345", "a" + "\u0301" * 9, "\u034f", "\ufe0f", "\u20dd", "\u1160"),
    *("\u2028", "\u2029", "\x85", "\ufeff", "\ufffc", "\ufffd", "\ufffe", "\uffff", "\U0001fffe"),
    *("\u202a", "\u202b", "\u202e", "\u202c", "\u2066", "\u2067", "\u2069", "\u200e", "\u200f"),
    *("\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x9f", "\ue001", "\U000f0000", "\U000e0041"),
    *("שלום", "سلام", "漢字", "ไทย", "हिन्दी", "한글", "\U0001f600", "\U0001d49c", "\u0378"),
    *(
        "x" * 200,
        "\\",
        "\\\\",
        "{",
        "}",
        "{#",
        "[",
        "]",
        "[^",
        "](",
        "![",
        "`",
        "``",
        "|",
        "*",
        "**",
    ),
    *(
        "_",
        "<",
        "<!--",
        "<b",
        "&#0;",
        "&#xD800;",
        "&#x110000;",
        "&nbsp;",
        "&shy;",
        "&lt;",
        "&bogus;",
    ),
)
ADDRESSES = (
    "https://example.org",
    "https://example.org/een/pad?a=1&b=2#c",
    "https://пример.рф/путь",
    "mailto:an@example.org",
    "https://example.org/%20%C3%A9",
    "https://[::1]/",
    "tel:+31",
    "urn:isbn:9780000000002",
)
WRONG_ADDRESSES = (
    "javascript:1",
    "//x",
    "a.md",
    "#",
    "",
    "file:///x",
    "https://",
    "https://a b",
    "http:",
    "%",
    "https://[",
    "mailto:",
    "https://e.org/\u202e",
    "data:,x",
)


@dataclass(slots=True)
class Pen:
    """Writes one book: draws, and remembers what the book has up to now.

    A book that is `wild` has about one thing in `wild` that is odd; 0 is a book without any.
    """

    draw: Callable[[st.SearchStrategy[Any]], Any]
    wild: int
    ids: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    count: int = 0

    def below(self, number: int) -> int:
        """Draw a number below another."""
        return int(self.draw(st.integers(0, number - 1)))

    def one(self, choices: Sequence[T]) -> T:
        """Draw one of some."""
        return choices[self.below(len(choices))]

    def rarely(self, number: int) -> bool:
        """Tell once in so many times."""
        return self.below(number) == number - 1

    def oddly(self) -> bool:
        """Tell now and then in a wild book, and never in another."""
        return bool(self.wild) and self.rarely(self.wild)

    def name(self, kind: str) -> str:
        """Return a name that the book does not have yet, or now and then one that it has."""
        if self.ids and self.oddly():
            return self.one(self.ids)
        self.count += 1
        name = f"{kind}{self.count}"
        if self.oddly():
            name += self.one(("é", ".b", ":c", "_d", "-", "Ж", "\u200b", "%20"))
        self.ids.append(name)
        return name

    def word(self) -> str:
        """Return a word."""
        if self.oddly():
            return self.draw(st.text(max_size=6)) if self.rarely(3) else self.one(ODD)
        return self.one(WORDS)

    def words(self, most: int = 8) -> str:
        """Return plain words, as a title has them."""
        return " ".join(self.word() for _ in range(1 + self.below(most))).replace("\n", " ")

    def line(self, deep: int = 0, most: int = 6) -> str:
        """Return running text with marks in it, `deep` of which stand around it."""
        parts = [self._part(deep) for _ in range(1 + self.below(most))]
        if not deep and self.rarely(6):
            parts[self.below(len(parts))] += self.one(("\nnu ", "\\\nnu ", "  \nnu "))
        return self.one((" ", " ", "")).join(parts)

    def _part(self, deep: int) -> str:
        kind = self.below(16 if deep < 3 else 4)
        return self.word() if kind < 6 else _MARKS[kind - 6](self, deep + 1)

    def note(self, deep: int) -> str:
        """Call a note, which is written at the end of the chapter."""
        if deep > 3:
            return self.word()
        if self.oddly():
            return self.one(("[^]", "[^geen]", "[^a b]", "^[in de regel]"))
        self.count += 1
        name = f"n{self.count}"
        self.notes.append(name)
        return f"[^{name}]"

    def span(self, deep: int) -> str:
        """Return a span with attributes."""
        if self.oddly():
            odd = (
                "{lang=}",
                "{lang=x1}",
                "{#}",
                "{.}",
                "{a=b}",
                "{dir=x}",
                "{",
                "{.smalcaps}",
                "{}",
            )
            return f"[{self.line(deep, 2)}]{self.one(odd)}"
        if self.rarely(3):
            text, language = self.one(FOREIGN)
            return f"[{text}]{{lang={language}}}"
        own = self.one(("{.smallcaps}", "{.nobreak}", "{.eigen}", "{dir=rtl}", "{lang=he dir=rtl}"))
        shown = self.one((own, own, own, "{.print-only}", "{.epub-only}"))
        leftward = "אור " if "rtl" in shown and not self.oddly() else ""
        return f"[{leftward}{self.line(deep, 2)}]{shown}"

    def link(self, deep: int) -> str:
        """Return a link outward."""
        address = self.one(WRONG_ADDRESSES if self.oddly() else ADDRESSES)
        title = ' "titel"' if self.rarely(4) else ""
        shape = f"[{self.word()}]({address}{title})"
        return self.one((shape, shape, f"<{address}>", f"[x](<{address}>)"))

    def reference(self, deep: int) -> str:
        """Return a reference to an id of the book."""
        return f"[{self.word()}](#{REFERENCE})"

    def picture(self, deep: int) -> str:
        """Return a picture within a line, which is no figure."""
        if not self.photos or not self.oddly():
            return self.word()
        return f"![{self.word()}]({self.one((*self.photos, 'geen', '../x.png'))})"

    def html(self, deep: int) -> str:
        """Return HTML in a wild book."""
        if not self.oddly():
            return self.word()
        return self.one(("<b>x</b>", "<br>", "<i>", "</i>", "<!-- x -->", "<script>", "<a href=x>"))


_MARKS: tuple[Callable[[Pen, int], str], ...] = (
    lambda pen, deep: f"*{pen.line(deep, 3)}*",
    lambda pen, deep: f"**{pen.line(deep, 3)}**",
    lambda pen, deep: f"`{pen.word()}`",
    lambda pen, deep: pen.word() + pen.one(("\\*", "\\{", "\\[", "\\|", "\\`", "\\<", "\\#")),
    Pen.note,
    Pen.span,
    Pen.link,
    Pen.reference,
    Pen.picture,
    Pen.html,
)
