"""Random small books with pictures at every kind of place, close together.

In: a seed. Out: a manuscript folder of one or two chapters, with subheads and notes, in one to
three columns, bound at the left or at the right. The same seed gives the same book. Each picture
has a size in pixels of its own, and every fourth word is one of a kind, so that both are known in a
PDF, also where it is read leftward.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

PLACES = (
    *("place=column", "place=half", "place=half caption=beside", "place=full", "place=inset"),
    *("place=page", "place=page caption=facing", "place=page bleed=all caption=facing"),
    *("place=spread", "place=full caption=facing", 'place=full bleed="outer"'),
    *('place=full bleed="top outer"', "place=half bleed=outer"),
    'place=full bleed="bottom outer" caption=facing',
)
SHAPES = {"wide": (300, 200), "tall": (90, 260), "upright": (210, 297)}
WORDS = {
    "nl": "water kade sluis peil dijk molen vaart steiger lei schipper roer kolk wind tij".split(),
    "he": "מים רציף סכר נהר גשר טחנה מפרש רוח גאות סירה חבל שעון לוח קו".split(),
}
BOOK = """title = "Peil"
language = "{language}"
slug = "peil"
modified = 2026-01-01T00:00:00Z

[print]
trim = "{trim}"
columns = {columns}
chapters = "{chapters}"
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture of a random book: id, attributes, size in pixels, the word of its caption."""

    name: str
    place: str
    size: tuple[int, int]
    word: str

    @property
    def is_spread(self) -> bool:
        """Tell whether it was asked for over two pages."""
        return "spread" in self.place


@dataclass(slots=True)
class _Writer:
    """Writes words, and notes the telling ones in their order."""

    chance: random.Random
    language: str
    told: list[str]
    notes: list[str]

    def paragraph(self, count: int) -> str:
        """Return a paragraph of so many words, one in four of which is one of a kind."""
        made = []
        for at in range(count):
            if at % 4 == 0:
                self.told.append(f"w{len(self.told) + 1000}w")
                made.append(self.told[-1])
            else:
                made.append(self.chance.choice(WORDS[self.language]))
        if self.chance.random() < 0.15:
            self.notes.append(f"n{len(self.notes) + 1000}n")
            made[-1] += f"[^{self.notes[-1]}]"
        return " ".join(made) + "."


def placed(folder: Path, seed: int) -> tuple[list[Placed], list[str], list[str]]:
    """Write a book; return its pictures, the telling words of its text in order, and its notes'."""
    chance = random.Random(seed)
    language, columns = ("he" if seed % 4 == 3 else "nl"), (1, 2, 1, 3, 1)[seed % 5]
    writer = _Writer(chance, language, [], [])
    (folder / "photos").mkdir(parents=True)
    pictures: list[Placed] = []
    for chapter in range(chance.choice((1, 1, 2))):
        text = [f"# {WORDS[language][chapter]}"]
        for _ in range(chance.randint(2, 5)):
            for _ in range(chance.randint(0, 2)):
                if chance.random() < 0.2:
                    text.append(f"## {WORDS[language][2]}")
                text.append(writer.paragraph(chance.randint(20, 160)))
            number = len(pictures)
            wide, high = SHAPES[chance.choice(list(SHAPES))]
            one = Placed(
                f"x{number}", chance.choice(PLACES), (wide + number, high), f"k{number + 1000}k"
            )
            text.append(f"![]({one.name}){{{one.place}}}")
            pictures.append(one)
        text += [
            writer.paragraph(chance.randint(20, 200)) for _ in range(chance.choice((0, 1, 1, 2, 3)))
        ]
        text += [
            f"[^{name}]: {name} {WORDS[language][4]}."
            for name in writer.notes
            if f"[^{name}]" in str(text)
        ]
        (folder / f"0{chapter + 1}-peil.md").write_text("\n\n".join(text) + "\n", "utf-8")
    for one in pictures:
        Image.linear_gradient("L").resize(one.size).save(folder / "photos" / f"{one.name}.jpg")
    (folder / "captions.toml").write_text(
        "\n".join(
            f'[{one.name}]\nfile = "{one.name}.jpg"\nkind = "photo"\n'
            f'caption = "{one.word} {WORDS[language][3]}."\nalt = "Water."\ncredit = "Peil"\n'
            for one in pictures
        ),
        "utf-8",
    )
    chapters, trim = chance.choice(("run-on", "page")), "A5" if columns == 1 else "A4"
    book = BOOK.format(language=language, columns=columns, trim=trim, chapters=chapters)
    (folder / "book.toml").write_text(book, "utf-8")
    return pictures, writer.told, writer.notes
