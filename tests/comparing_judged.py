"""Books that are edited at random, and whether a comparison tells each edit and nothing else.

In: a seed. Out: two folders of a book, the second with one edit in each chapter but the last, and
what was done. Every edit is known by words that are met once, or by the text that it moved.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from books.phrases import Register
from books.prose import Prose
from PIL import Image, ImageDraw, ImageFont

from publish.comparing import Comparison

EDITS = (
    "word", "sentence", "removed", "added", "moved", "picture", "digit", "caption", "quote",
    "swapped",
)  # fmt: skip
SETTINGS = """\
title = "Gewijzigd"
slug = "b"
modified = 2026-11-22T12:00:00Z

[print]
cover = "separate"
{}
"""


@dataclass
class Chapter:
    """A chapter: its paragraphs, and the ids of its pictures with file and caption."""

    number: int
    paragraphs: list[str]
    pictures: dict[str, bytes] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Edit:
    """What was done, in which chapter, and the words that tell it."""

    kind: str
    chapter: int
    words: str
    names: tuple[str, ...] = ()


def photo(random_: random.Random) -> bytes:
    """Return a picture of circles, as JPEG."""
    image = Image.new("RGB", (900, 600), (200, 190, 170))
    draw = ImageDraw.Draw(image)
    for _ in range(30):
        x, y, r = random_.randrange(900), random_.randrange(600), random_.randrange(20, 160)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=random_.randrange(1 << 24))
    return _jpeg(image)


def table(title: str) -> bytes:
    """Return a table that somebody made a picture of."""
    image = Image.new("RGB", (900, 600), "white")
    draw, face = ImageDraw.Draw(image), ImageFont.load_default(16)
    draw.text((20, 20), title, fill="black", font=face)
    for row in range(12):
        for column in range(6):
            place = 20 + 140 * column, 70 + 40 * row
            draw.text(place, str(1000 + 37 * row + 11 * column), fill="black", font=face)
    return _jpeg(image)


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def chapters(random_: random.Random, count: int) -> list[Chapter]:
    """Return chapters, each with a photo, a table as a picture, a note and a pull quote.

    The pull quote repeats a sentence of the text.
    """
    writer = Prose(random_, Register())
    made = []
    for number in range(1, count + 1):
        texts = [writer.paragraph(40) for _ in range(10)]
        one = Chapter(number, texts)
        spoken = next(
            said
            for text in reversed(texts)
            for said in text.replace("? ", ". ").split(". ")
            if 8 < len(said.split()) < 25 and '"' not in said and said.isascii()
        )
        texts.insert(4, f"::: pullquote\n{spoken}.\n:::")
        texts[6] += f"[^n{number}]\n\n[^n{number}]: {writer.paragraph(15)}"
        for at, kind, data in (
            (2, "foto", photo(random_)),
            (9, "tabel", table(f"TABEL {number}1")),
        ):
            name = f"{kind}{number}"
            texts.insert(at, f"![]({name})")
            one.pictures[name] = data
            one.captions[name] = f"Bijschrift{name} van wat men hier te zien krijgt."
        made.append(one)
    return made


def written(folder: Path, made: list[Chapter], manner: str = 'trim = "A6"') -> Path:
    """Write a manuscript; `manner` are lines of `[print]`."""
    (folder / "photos").mkdir(parents=True)
    (folder / "book.toml").write_text(SETTINGS.format(manner))
    captions = []
    for chapter in made:
        text = "\n\n".join(chapter.paragraphs)
        name = f"{chapter.number:02}-deel.md"
        (folder / name).write_text(f"# Hoofdstuk {chapter.number}\n\n{text}\n")
        for photo_, data in chapter.pictures.items():
            (folder / "photos" / f"{photo_}.jpg").write_bytes(data)
            captions.append(
                f'[{photo_}]\nfile = "{photo_}.jpg"\nkind = "photo"\nalt = "Iets"\n'
                f'caption = "{chapter.captions[photo_]}"\nsource = "eigen"\n'
            )
    (folder / "captions.toml").write_text("\n".join(captions))
    return folder


def edited(random_: random.Random, made: list[Chapter], kinds: list[str]) -> list[Edit]:
    """Edit all chapters but the last, each in the way of its kind."""
    return [_edit(kind, one, random_) for kind, one in zip(kinds, made, strict=False)]


def _edit(kind: str, one: Chapter, random_: random.Random) -> Edit:
    texts, number = one.paragraphs, one.number
    plain = [at for at, text in enumerate(texts) if text[0] not in "!:[" and "[^" not in text]
    at = random_.choice(plain[1:-1])
    new = f"Splinternieuw{'abcdefghijk'[number]}"
    words = texts[at].split()
    if kind == "word":
        place = random_.randrange(1, len(words) - 1)
        words[place] = new
        texts[at] = " ".join(words)
        return Edit(kind, number, new)
    if kind == "sentence":
        said = f"{new} is wat hier nog nooit door iemand was opgeschreven."
        texts[at] += f" {said}"
        return Edit(kind, number, said)
    if kind == "removed":
        return Edit(kind, number, texts.pop(at))
    if kind == "added":
        texts.insert(at, f"{new} is een alinea die er eerst niet was, en die een paar regels vult.")
        return Edit(kind, number, texts[at])
    if kind == "moved":
        at, to = random_.choice([(plain[1], plain[-2]), (plain[-2], plain[1])])
        said = texts.pop(at)
        texts.insert(to, said)
        return Edit(kind, number, said)
    if kind == "quote":
        at = next(at for at, text in enumerate(texts) if text.startswith(":::"))
        said = texts.pop(at)
        texts.insert(random_.choice([1, 8, 9]), said)
        return Edit(kind, number, said.split("\n")[1])
    foto, tabel = f"foto{number}", f"tabel{number}"
    if kind == "caption":
        one.captions[foto] = one.captions[foto].replace("hier", new)
        return Edit(kind, number, new, (foto,))
    if kind == "picture":
        one.pictures[foto] = photo(random_)
        return Edit(kind, number, "", (foto,))
    if kind == "digit":
        one.pictures[tabel] = table(f"TABEL {number}2")
        return Edit(kind, number, "", (tabel,))
    assert kind == "swapped"
    one.pictures[foto], one.pictures[tabel] = one.pictures[tabel], one.pictures[foto]
    return Edit(kind, number, "", (foto, tabel))


def pages_of(file: Path) -> dict[str, str]:
    """Return the first page of a PDF on which new words and captions stand.

    A proof quotes them again in its flags.
    """
    import pypdfium2

    known = {}
    with pypdfium2.PdfDocument(file) as pdf:
        for at in range(len(pdf)):
            text = bare(pdf[at].get_textpage().get_text_range())
            for found in re.finditer(r"(Splinternieuw[a-k])|Bijschrift(\D+\d+)van", text):
                known.setdefault(found[1] or found[2], pdf.get_page_label(at))
    return known


def bare(text: str) -> str:
    """Return the letters of a text."""
    return "".join(char for char in text if char.isalnum())


@dataclass(frozen=True)
class Told:
    """What a comparison tells: its kind, its words then and now, its pages on both sides."""

    kind: str
    old: str
    new: str
    pages: tuple[str | None, str | None]


def told(found: Comparison) -> Iterator[Told]:
    """Yield what a comparison tells; a picture's words are those of its name."""
    for one in found.changes:
        old, new = (
            " ".join(token.text for token in side.tokens[slice(*stretch)])
            for side, stretch in ((found.old, one.old), (found.new, one.new))
        )
        pages = found.old.pages[one.old_page], found.new.pages[one.new_page]
        yield Told(one.kind, old, new, pages)
    for change in found.pictures:
        sides = [
            None if picture is None else side.pages[picture.page]
            for side, picture in ((found.old, change.old), (found.new, change.new))
        ]
        yield Told(f"picture {change.kind}", "", "", (sides[0], sides[1]))


def answers(edit: Edit, one: Told) -> bool:
    """Tell whether what is told is what was done."""
    words = bare(edit.words)
    match edit.kind:
        case "word" | "caption":
            return one.kind == "replaced" and words in bare(one.new) and len(one.new.split()) < 4
        case "sentence":
            return one.kind == "added" and bare(one.new) == words
        case "added":
            return one.kind == "added" and bare(one.new) == words
        case "removed":
            return one.kind == "removed" and bare(one.old) == words
        case "moved" | "quote":
            moved = bare(one.old).removeprefix("pullquote"), bare(one.new).removeprefix("pullquote")
            return one.kind == "moved" and moved == (words, words)
        case "picture" | "digit":
            return one.kind == "picture replaced"
    return one.kind in ("picture replaced", "picture moved")


def judged(
    found: Comparison, edits: list[Edit], where: tuple[dict[str, str], dict[str, str]]
) -> tuple[list[Edit], list[Told], list[str]]:
    """Return the edits that are not told, what is told beyond them, and pages that are wrong.

    `where` tells on which page of both sides a word or a picture stands that is met once.
    """
    left = [*told(found)]
    missed: list[Edit] = []
    wrong: list[str] = []
    for edit in edits:
        mine = [one for one in left if answers(edit, one) and _there(edit, one, where)]
        if not mine:
            near = [one for one in left if answers(edit, one)]
            wrong += [f"{edit}: {one}" for one in near]
            missed += [] if near else [edit]
        for one in mine[: len(edit.names) if edit.kind == "swapped" else 1]:
            left.remove(one)
    return missed, left, wrong


def _there(edit: Edit, one: Told, where: tuple[dict[str, str], dict[str, str]]) -> bool:
    """Tell whether the pages that are told are those on which it stands."""
    for known, page in zip(where, one.pages, strict=True):
        places = [known[name] for name in (*edit.names, edit.words) if name in known]
        if page is not None and places and page not in places:
            return False
    return True
