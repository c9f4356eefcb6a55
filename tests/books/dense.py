"""Chapters with everything the dialect has: notes, tables, pictures, lists, verse and more.

In: the prose's grammar. Out: Markdown, pictures, and captions.toml for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle

from books.inflection import NOUN
from books.phrases import WORDS, capital, sentence_of
from books.pictures import chart, drawing, photo
from books.prose import Prose

FOREIGN = (
    *(("Zeitgeist", "de"), ("raison d'être", "fr"), ("Искра", "ru"), ("common sense", "en")),
    *(("Gesamtkunstwerk", "de"), ("fin de siècle", "fr"), ("Что делать?", "ru"), ("strike", "en")),
)
NAMED = ("Men sprak van {}.", "In hun brieven heette dat {}.", "Het woord {} viel vaak.")
REFERENCES = ("Zie ook [](#{}).", "Meer daarover staat [verderop of eerder](#{}).")
PLACES = ("column", "full", "inset", "page")
MADE = (("png", "photo", photo), ("svg", "drawing", drawing), ("svg", "chart", chart))
_MARKS = re.compile(  # front matter, attributes, link targets, calls of notes, fences, numbers
    r"\A\+\+\+\n[^+]*\+\+\+$|\{[^{}]*\}|\]\([^)]*\)|\[\^\d+\]:?|^:::+.*$|^ *\d+\. ", re.M
)


def words_in(markdown: str) -> int:
    """Return how many words a text has when its marks are taken out."""
    return len(re.findall(r"\S*\w\S*", _MARKS.sub(" ", markdown)))


class Dense:
    """Writes the chapters of one book, in their order; pictures and captions gather in it."""

    def __init__(self, prose: Prose, chapters: int) -> None:
        """Begin a book of so many chapters."""
        self.prose = prose
        self.targets = [f"h{number}" for number in range(1, chapters + 1)]
        self.notes: list[str] = []
        self.pictures: dict[str, bytes] = {}
        self.captions: list[str] = []
        self.features = cycle(FEATURES)
        self.count = 0

    def chapter(self, number: int, title: str, words: int) -> str:
        """Write one chapter of about so many words, its notes included."""
        self.notes = []
        lead = f"::: standfirst\n{self.prose.paragraph(30)}\n:::"
        short = " ".join(title.split()[:3])
        front = f'+++\nshort = "{short}"\n+++\n\n' if number % 3 == 0 else ""
        blocks = [f"{front}# {title} {{#h{number}}}", lead]
        paragraphs = 0
        left = words - words_in("\n\n".join(blocks))
        while left >= 30:
            added = [self.decorated(self.prose.paragraph(min(left, 70)))]
            paragraphs += 1
            if paragraphs % 2 == 0 and left > 200:
                added.append(next(self.features)(self))
            if paragraphs % 6 == 3:
                added.insert(0, f"## {capital(self.prose.phrase('idea', 0)[0])} {self.target('s')}")
            blocks += added
            left = words - words_in("\n\n".join(blocks + self.notes))
        return "\n\n".join(blocks + self.notes) + "\n"

    def target(self, letter: str) -> str:
        """Make the id of something that can be referred to."""
        self.count += 1
        self.targets.append(f"{letter}{self.count}")
        return f"{{#{letter}{self.count}}}"

    def decorated(self, paragraph: str) -> str:
        """Put marks into a paragraph: emphasis, a note, foreign words, a reference."""
        prose = self.prose
        words = paragraph.split(" ")
        long = [place for place, word in enumerate(words) if word.isalpha() and len(word) > 5]
        for mark in ("*", "**"):
            if long and prose.chance(0.35):
                place = long.pop(int(len(long) * prose.random()))
                words[place] = f"{mark}{words[place]}{mark}"
        ends = [place for place, word in enumerate(words) if word.endswith(".")]
        if ends and prose.chance(0.5):
            words[prose.any(ends)] += self.note()
        if prose.chance(0.3):
            word, language = prose.any(FOREIGN)
            words.append(prose.any(NAMED).format(f"[{word}]{{lang={language}}}"))
        elif prose.chance(0.1):
            words.append("Toen gold de [NEP]{.smallcaps} nog.")
        if prose.chance(0.12):
            words.append(prose.speech(prose.pick(WORDS["names"])))
        if prose.chance(0.2):
            words.append(prose.any(REFERENCES).format(prose.any(self.targets)))
        return " ".join(words)

    def note(self) -> str:
        """Write a note, in a quarter of the cases of two paragraphs; return its call."""
        call = f"[^{len(self.notes) + 1}]"
        text = " ".join(self.prose.sentence(0.3) for _ in range(self.prose.any((1, 1, 2, 3))))
        if self.prose.chance(0.25):
            text += f"\n\n    {self.prose.sentence(0.3)}"
        self.notes.append(f"{call}: {text}")
        return call

    # What stands between paragraphs --------------------------------------------------------------

    def table(self) -> str:
        """Write a table with its caption."""
        prose = self.prose
        rows = ["| Jaar | Plaats | Leden | Waarover |", "|-----:|:-------|------:|----------|"]
        year = 1880 + int(prose.random() * 60)
        for row in range(4 + int(prose.random() * 6)):
            town, count = prose.pick(WORDS["towns"]), 20 + int(prose.random() * 900)
            rows.append(f"| {year + row} | {town} | {count} | {prose.phrase('idea', 0)[0]} |")
        caption = capital(prose.phrase("idea", 1)[0].rstrip(","))
        return "\n".join(rows) + f"\n\n: {caption} {self.target('t')}"

    def bullets(self) -> str:
        """Write a list in a list."""
        lines = [f"- {self.prose.phrase('thing', 1)[0].rstrip(',')}" for _ in range(4)]
        inner = [f"  - {self.prose.phrase('mass', 0)[0]}" for _ in range(2)]
        return "\n".join([*lines[:2], *inner, *lines[2:]])

    def steps(self) -> str:
        """Write a numbered list of sentences."""
        count = self.prose.any((3, 4, 5))
        return "\n".join(f"{step}. {self.prose.sentence(0.2)}" for step in range(1, count + 1))

    def pull_quote(self) -> str:
        """Write a pull quote, and who said it."""
        said = sentence_of(self.prose.clause(1).main())
        return f"::: pullquote\n{said}\n\n— {self.prose.pick(WORDS['names'])}\n:::"

    def verse(self) -> str:
        """Write two stanzas."""
        stanzas = [
            "\n".join(capital(self.prose.clause(0).main()) for _ in range(4)) for _ in range(2)
        ]
        return "::: verse\n" + "\n\n".join(stanzas) + "\n:::"

    def definitions(self) -> str:
        """Write a definition list."""
        nouns = [self.prose.pick(NOUN["idea"]).word for _ in range(3)]
        pairs = [f"{noun}\n: {self.prose.sentence(0.3)}" for noun in dict.fromkeys(nouns)]
        return "\n\n".join(pairs)

    def sidebar(self) -> str:
        """Write a sidebar with an epigraph in it."""
        motto = sentence_of(self.prose.clause(0).main())
        inner = f"::: epigraph\n{motto}\n:::"
        return f":::: sidebar\n{inner}\n\n{self.prose.paragraph(40)}\n::::"

    def quotation(self) -> str:
        """Write a block quotation."""
        return "> " + self.prose.paragraph(40)

    def edition(self) -> str:
        """Write a paragraph for the print edition and one for the EPUB."""
        print_only, epub_only = self.prose.sentence(0.4), self.prose.sentence(0.4)
        return f"{{.print-only}}\n{print_only}\n\n{{.epub-only}}\n{epub_only}"

    def picture(self) -> str:
        """Make a picture with its caption, and place it."""
        number = len(self.captions)
        suffix, kind, made = MADE[number % len(MADE)]
        name = f"beeld-{number + 1}"
        shown = capital(self.prose.phrase("place", 1)[0].rstrip(","))
        entry = {
            "file": f"{name}.{suffix}",
            "kind": kind,
            "caption": f"*{shown}* in het licht van de middag.",
            "alt": sentence_of(self.prose.clause(0).main()),
            "credit": "Katern",
            "licence": "CC0-1.0",
        }
        if kind == "chart":
            entry["long"] = " ".join(self.prose.sentence(0.3) for _ in range(2))
        self.pictures[f"photos/{entry['file']}"] = made(self.prose.random)
        lines = [f"[{name}]", *(f'{key} = "{value}"' for key, value in entry.items())]
        self.captions.append("\n".join(lines) + "\n")
        return f"![]({name}){{place={PLACES[number % len(PLACES)]}}}"


FEATURES: tuple[Callable[[Dense], str], ...] = (
    Dense.picture,
    Dense.table,
    Dense.bullets,
    Dense.pull_quote,
    Dense.verse,
    Dense.steps,
    Dense.definitions,
    Dense.sidebar,
    Dense.quotation,
    Dense.edition,
)
