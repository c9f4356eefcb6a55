"""`[print]` of `book.toml`: the printed book, its paper, its type and its inks.

In: a value of each key. Out: `PrintSettings`, lengths in millimetres.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from publish.ground.filenames import slug_of
from publish.ground.problems import Problem, problem
from publish.ground.rules.preflight import BINDINGS
from publish.settings.booklet import Paper
from publish.settings.schema import Nested, Wrong, choice, flag, number, setting, text, texts, whole
from publish.settings.toml import TomlDocument
from publish.settings.values import SIZES, file_in, length, size

_PAGES = re.compile(r"fit [1-9][0-9]{0,3}|multiple of [1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Fit:
    """How far the setting may be changed so that the book has the pages that it is to have."""

    size: float = setting(number(0, 2), "the size of the type, in pt more or less", 0.25)
    leading: float = setting(number(0, 10), "the distance of lines, in percent", 3.0)
    tracking: float = setting(number(0, 3), "the distance of letters, in percent of an em", 1.0)
    margins: float = setting(length(10), "each margin", 2.0)
    pictures: float = setting(number(0, 50), "the width of pictures, in percent less", 0.0)


PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
"""The inks that every press has, in their order."""
NO_INKS = ("None", "All")
"""Names that stand for no ink: for none, and for every plate."""
RESERVED = (*NO_INKS, *PROCESS)
"""Names that every colour space of inks has a meaning for (ISO 32000-1, 8.6.6.4)."""


LONGEST_NAME = 127
"""Bytes of a name at the most (ISO 32000-1, annex C)."""
DEFAULT_CONDITION = "FOGRA39"
"""The printing condition of a book that names no profile: offset on coated paper."""


def own_ink(value: object) -> str:
    """Read the name of an ink that is none of those that every press has."""
    name = text(value)
    if not name.isprintable() or len(name.encode()) > LONGEST_NAME:
        raise Wrong(f"the name of an ink, on one line and of at most {LONGEST_NAME} bytes")
    # By what becomes of them in the names of files, where “Black!” is black.
    if slug_of(name, name) in {slug_of(one) for one in RESERVED}:
        inks = ", ".join(RESERVED[:-1])
        raise Wrong(f'the name of an ink of its own, such as "PANTONE 186 C": not {inks} or Black')
    return name


def pages(value: object) -> str:
    """Read "fit 16" or "multiple of 4"."""
    what = '"fit 16", the number of pages, of 9999 at the most, or "multiple of 4", of 99'
    if not isinstance(value, str) or not _PAGES.fullmatch(value.strip()):
        raise Wrong(what)
    return value.strip()


_WORD = re.compile(r"-?[^\W\d_]+(?:[-·][^\W\d_]+)*-?")


def divided_words(value: object) -> tuple[str, ...]:
    """Read words with all their hyphens, each of them once."""
    words = texts(value)
    known = set[str]()
    for word in words:
        if not _WORD.fullmatch(normalize("NFC", word)):
            raise Wrong(f'words of letters and hyphens alone, such as "am-ster-dam", not “{word}”')
        whole = normalize("NFC", word).lower().replace("-", "")
        if whole in known:
            raise Wrong(f"each word once, and “{word}” for a second time")
        known.add(whole)
    return words


_demerits = number(0, 1e8)
_forbidding = number(0, 1e12)
"""From 1e9 on there is no such line where there is another way."""


@dataclass(frozen=True, slots=True)
class HyphenationSettings:
    """Words that are not broken as others are."""

    exceptions: tuple[str, ...] = setting(
        divided_words, 'words with all their hyphens, such as "am-ster-dam" or "Jansen"', ()
    )
    names: bool = setting(flag, "whether words with a capital may be broken", True)
    least: int = setting(whole(4, 40), "letters of the shortest word that may be broken", 5)


@dataclass(frozen=True, slots=True)
class Demerits:
    """What is held against the lines of a paragraph, each as TeX counts it: 0 for nothing."""

    double: float = setting(_demerits, "a second line in succession that ends in a hyphen", 1e4)
    ladder: float = setting(_forbidding, "a third one", 1e12)
    final: float = setting(_demerits, "a hyphen at the end of the last line but one", 1e7)
    unlike: float = setting(_demerits, "a loose line beside a tight one", 1e4)
    runt: float = setting(_forbidding, "a last line of less than `runt-width`", 1e9)
    runt_width: float = setting(number(0, 10), "the least width of a last line, in em", 2.0)


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """The printed book."""

    trim: tuple[float, float] = setting(size, "size after trimming", SIZES["A5"])
    bleed: float = setting(length(20), "ink beyond the trim", 3.0)
    paper: Paper = setting(Nested(Paper), "paper of the inside", Paper())
    binding: str = setting(choice(*BINDINGS), "how it is bound", "saddle-stitch")
    columns: int = setting(whole(1, 3), "columns of text on a page", 1)
    cover: str = setting(
        choice("self", "separate"), "cover on the first and last page, or apart", "self"
    )
    chapters: str = setting(
        choice("run-on", "page", "recto"), "where a chapter begins unless it says so", "page"
    )
    notes: str = setting(
        choice("foot", "end"), "notes at the foot of their page, or at the end of the book", "foot"
    )
    contents_depth: int = setting(whole(1, 6), "levels of heading in the contents", 2)
    front_folios: str = setting(
        choice("arabic", "roman"), "the folios of what stands before the first chapter", "arabic"
    )
    profile: str = setting(
        file_in("profiles", (".icc", ".icm")), "the colour profile of the press, in profiles/", ""
    )
    condition: str = setting(text, "the name of the printing condition that it is of", "")
    red: str = setting(
        choice("process", "spot"), "the red of the four inks, or an ink of its own", "process"
    )
    red_name: str = setting(own_ink, "the name of that ink", "Red")
    colour_bar: bool = setting(flag, "whether a bar of the inks stands outside the trim", False)
    pages: str = setting(pages, "how many pages it is to have", "")
    fit: Fit = setting(Nested(Fit), "how far its setting may be changed for that", Fit())
    paragraphs: str = setting(
        choice("optimum", "first-fit"),
        "lines broken a paragraph at a time, or one by one",
        "optimum",
    )
    tolerance: float = setting(
        number(0.5, 10), "how far blanks may be stretched: 1 is half their width", 1.6
    )
    hyphen_cost: float = setting(number(0, 1000), "how unwelcome a hyphen at a line's end is", 50.0)
    demerits: Demerits = setting(Nested(Demerits), "what else counts against lines", Demerits())
    hyphenation: HyphenationSettings = setting(
        Nested(HyphenationSettings), "words broken in their own way", HyphenationSettings()
    )

    @property
    def is_half_named(self) -> bool:
        """Tell whether a printing condition is named without its profile."""
        return self.condition not in ("", DEFAULT_CONDITION) and not self.profile

    def misfit(self) -> dict[str, object]:
        """Return why `pages` cannot be had with this binding: the facts of S132; none if it can."""
        rule, _, number = self.pages.rpartition(" ")
        unit = BINDINGS[self.binding]
        if not rule or int(number) % unit == 0:
            return {}
        low, high = int(number) // unit * unit, -(-int(number) // unit) * unit
        both = (f"{rule} {one}" for one in (low, high) if one)
        near = " or ".join(f'"{one}"' for one in both if _PAGES.fullmatch(one))
        return {"binding": self.binding, "unit": unit, "pages": self.pages, "near": near}


def check_print(settings: PrintSettings, document: TomlDocument) -> list[Problem]:
    """Report what of the print settings does not go together."""
    found = []
    if settings.profile and not settings.condition:
        found.append(problem("S131", document.value(("print", "profile"))))
    if settings.is_half_named:
        at = document.value(("print", "condition"))
        found.append(problem("S133", at, condition=settings.condition))
    if settings.red != "spot" and "red-name" in document.values.get("print", {}):
        found.append(problem("S134", document.key(("print", "red-name"))))
    if facts := settings.misfit():
        found.append(problem("S132", document.value(("print", "pages")), **facts))
    return found
