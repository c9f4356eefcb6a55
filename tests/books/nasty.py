"""Writes manuscript folders that are legal and nasty, to see that the checks keep their heads.

In: a seed. Out: a folder. Short texts that are alike, notes in headings, emphasis within words,
numbers that look like the toolchain's own, other scripts, words as long as a line, tables, verse
and drawings with lettering; any trim and any number of columns. The same seed gives the same bytes.

    python tests/books/nasty.py FOLDER SEED
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

TRIMS = ("A6", "A5", "A4", "135 x 210 mm", "120 x 120 mm")
WORDS = (
    *("de het een van en in op te met noot nu zo 1 2 12 1917 '60 3,5% 1.000".split()),
    *("kat mat huis fiets efficiënt ruïne reünie coöperatie façade Œuvre straße Ærø".split()),
    *("ﬁets afﬂuiten schaftijd officieel zijn IJsland ijs McDonald's Alma-Ata e-mail".split()),
    *("arbeidersbeweging verantwoordelijkheidsgevoel hottentottententententoonstelling".split()),
    *("Donaudampfschifffahrtsgesellschaftskapitänswitwe https://voorbeeld.nl/een/lang/pad".split()),
    *("socio-economisch samen\u00adwerking over\u00adeen\u00adkomst 10--20 H2O nr5 ∆t µm".split()),
)
FOREIGN = (
    ("Искра и «Правда»", "ru"),
    ("Αθήνα και Σπάρτη", "el"),
    ("Zuckerbäckerei", "de"),
    ("l'œuvre d'art", "fr"),
    ("žluťoučký kůň", "cs"),
    ("\u0130stanbul \u0131l\u0131k", "tr"),
    ("12 apen, 3 noten", "he"),
    ("Kirjallisuus", "fi"),
)
SETTINGS = """\
title = "{title}"
subtitle = "{subtitle}"
language = "{language}"
modified = 2026-11-22T12:00:00Z

[[contributor]]
name = "Katern"
role = "aut"

[print]
trim = "{trim}"
columns = {columns}
cover = "{cover}"
binding = "perfect"
chapters = "{chapters}"
"""
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300" width="600" height="300">
<g font-family="Katern Sans">{}</g>
</svg>
"""


class Nasty:
    """Writes one manuscript."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed."""
        self.random = random.Random(seed)
        self.notes: list[str] = []
        self.ids: list[str] = []
        self.captions: list[str] = []
        self.pictures: dict[str, str] = {}
        self.long = self.random.random() < 0.5

    def below(self, number: int) -> int:
        """Draw a number below another."""
        return int(self.random.random() * number)

    def one(self, choices: Sequence[Any]) -> Any:
        """Draw one of some."""
        return choices[self.below(len(choices))]

    def book(self) -> dict[str, str]:
        """Write the files of a manuscript."""
        files = {
            f"{number:02}-deel.md": self.chapter(number) for number in range(1, 3 + self.below(3))
        }
        settings = SETTINGS.format(
            title=self.plain(1 + self.below(9)).replace('"', ""),
            subtitle=self.plain(1 + self.below(6)).replace('"', ""),
            language=self.one(("nl", "nl", "nl", "en", "de", "fr")),
            trim=self.one(TRIMS),
            columns=1 + self.below(3),
            cover=self.one(("self", "separate")),
            chapters=self.one(("run-on", "page", "recto")),
        )
        files["book.toml"] = settings
        files["captions.toml"] = "\n".join(self.captions)
        return files | self.pictures

    # Lines ------------------------------------------------------------------------------------

    def plain(self, words: int) -> str:
        """Write words without any marks."""
        return " ".join(self.one(WORDS) for _ in range(words)).replace("~", "").strip()

    def line(self, words: int, notes: bool = True) -> str:
        """Write words with marks among them."""
        parts: list[str] = []
        while len(parts) < words:
            word = self.one(WORDS)
            parts.append(self.one(self.marks(notes))(word) if self.below(5) == 0 else word)
        return " ".join(parts)

    def marks(self, notes: bool) -> list[Callable[[str], str]]:
        """Return what may be done to a word."""
        marks: list[Callable[[str], str]] = [
            lambda word: f"*{word}*",
            lambda word: f"**{word} {self.one(WORDS)}**",
            lambda word: f"*{word} **{self.one(WORDS)}** {self.one(WORDS)}*",
            lambda word: f"voor*{self.one(('na', 'tussen', '1'))}*zetsel",
            lambda word: f"`{self.one(('x = 1', 'for i in a', 'een_twee', '--opt'))}`",
            lambda word: "[{}]{{lang={}}}".format(*self.one(FOREIGN)),
            lambda word: f"[{self.one(('NEP', 'noot', 'Kat 1'))}]{{.smallcaps}}",
            lambda word: f"{word} -- {self.one(WORDS)} ...",
            lambda word: f"\"{word} '{self.one(WORDS)}'\",",
            lambda word: f"[{word}](https://voorbeeld.nl/{self.below(99)})",
        ]
        if notes:
            marks += [self.note, self.note]
            if self.ids:
                marks += [self.reference, lambda word: f"[](#{self.one(self.ids)})"]
        return marks

    def reference(self, word: str) -> str:
        """Refer to a place with words."""
        return f"[{word}](#{self.one(self.ids)})"

    def note(self, word: str) -> str:
        """Write a note, and a word that calls it."""
        number = len(self.notes) + 1
        words = self.one((1, 2, 5, 20, 150 if self.long else 30))
        text = self.line(words, notes=False)
        if self.below(4) == 0:
            text += f"\n\n    {self.line(6, notes=False)}"
            text += f"\n\n    - {self.plain(2)}\n    - {self.plain(1)}"
        self.notes.append(f"[^n{number}]: Noot {text}")
        return f"{word}[^n{number}]"

    def name(self) -> str:
        """Return the mark of a new id."""
        self.ids.append(f"id{len(self.ids) + 1}")
        return f"{{#{self.ids[-1]}}}"

    # Blocks -----------------------------------------------------------------------------------

    def chapter(self, number: int) -> str:
        """Write a chapter."""
        self.notes = []
        title = (
            f"# {self.one(('Noot', 'Deel', 'Tabel 1', '1917', 'En'))} {self.line(self.below(6))}"
        )
        if self.below(3) == 0:
            title += self.note(" kop")
        blocks = [f"{title} {self.name()}"]
        if self.below(4) == 0:
            blocks.insert(0, f'+++\nshort = "Kort {number}"\n+++')
        for _ in range(4 + self.below(10)):
            blocks.append(self.one(self.blocks)(self))
        return "\n\n".join([*blocks, *self.notes]) + "\n"

    def paragraph(self) -> str:
        """Write a paragraph, in most cases of many lines."""
        return f"Aa {self.line(self.one((1, 3, 20, 60, 120)))}"

    def heading(self) -> str:
        """Write a heading below the chapter's."""
        return f"## {self.one(('Noot', 'Kop', '12'))} {self.line(1 + self.below(5))} {self.name()}"

    def table(self) -> str:
        """Write a table of short cells."""
        columns = 2 + self.below(3)
        rows = [
            " | ".join(
                self.one(("1", "12", "kat", "noot", "1.000", "op*ge*zet", "")) or "x"
                for _ in range(columns)
            )
            for _ in range(2 + self.below(7))
        ]
        if self.below(3) == 0:
            rows[-1] += self.note("")
        rows.insert(1, " | ".join(["---"] * columns))
        return "\n".join(f"| {row} |" for row in rows) + f"\n\n: {self.plain(3)} {self.name()}"

    def items(self) -> str:
        """Write a list, numbered or not."""
        mark = self.one(("-", "1.", "12."))
        return "\n".join(f"{mark} {self.one(('Kat', '1', 'x'))} {self.line(3)}" for _ in range(4))

    def fenced(self) -> str:
        """Write a container."""
        kind = self.one(("pullquote", "sidebar", "epigraph", "standfirst"))
        by = f"\n\n— {self.plain(2)}" if kind in ("pullquote", "epigraph") else ""
        return f"::: {kind}\nBb {self.line(10)}{by}\n:::"

    def verse(self) -> str:
        """Write two stanzas of lines that are alike."""
        lines = [f"O {self.one(('kat', 'kat mat', 'kat mat huis', '1'))}" for _ in range(3)]
        return "::: verse\n" + "\n".join(lines) + "\n\n" + "\n".join(lines[:2]) + "\n:::"

    def definitions(self) -> str:
        """Write a definition list."""
        return "\n\n".join(f"Term {at}\n: {self.line(4)}" for at in range(3))

    def quotation(self) -> str:
        """Write a quotation of two paragraphs."""
        return f"> Cc {self.line(12)}\n>\n> 1 {self.line(2)}"

    def code(self) -> str:
        """Write lines of code."""
        return "```\nkat = 1\n    noot = 12\n\nreturn kat\n```"

    def edition(self) -> str:
        """Write a paragraph for one kind of edition, and one for the other."""
        return f"{{.print-only}}\nDd {self.line(6)}\n\n{{.epub-only}}\nEe {self.line(6)}"

    def picture(self) -> str:
        """Make a drawing with lettering, and place it."""
        name = f"beeld-{len(self.captions) + 1}"
        lettering = "".join(
            f'<text x="{20 + self.below(500)}" y="{20 + self.below(270)}" '
            f'font-size="{10 + self.below(30)}" {self.one(ANCHORS)}>{self.one(LETTERING)}</text>'
            for _ in range(self.below(9))
        )
        self.pictures[f"photos/{name}.svg"] = SVG.format(lettering)
        caption = f"{self.one(('Noot', '1', 'Kat'))} {self.plain(self.one((1, 4, 25)))}"
        lines = [f'file = "{name}.svg"', f'kind = "{self.one(("drawing", "chart"))}"']
        lines += [f'caption = "{caption} *noot* van 1"', 'alt = "Letters op een vlak."']
        lines += ['credit = "Katern, 1"', 'source = "Noot 12"', 'date = "1917"']
        self.captions.append("\n".join([f"[{name}]", *lines, 'long = "Letters."', ""]))
        return f"![]({name}){{place={self.one(('column', 'full', 'page', 'inset'))}}}"

    blocks = (
        (paragraph,) * 8
        + (heading, heading, table, items, fenced, verse, definitions)
        + (quotation, code, edition, picture, picture)
    )


ANCHORS = ("", 'text-anchor="middle"', 'text-anchor="end" transform="rotate(-20 90 90)"')
LETTERING = (
    "1",
    "kat",
    "1.000",
    "± 4.000 km spoor",
    "Al<tspan>ma</tspan>-Ata",
    "illlil",
    "noot",
    "A",
)


def nasty(folder: Path, seed: int) -> Path:
    """Write a manuscript into a new folder; return it."""
    for name, text in Nasty(seed).book().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    nasty(Path(sys.argv[1]), int(sys.argv[2]))
