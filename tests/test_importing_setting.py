"""Clean text, set in lines in many ways, comes out of the importer as it was.

The setter here breaks lines, words and pages as a page does and shares nothing with the importer.
Also: any text at all is accounted for and makes a manuscript that can be read.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyphen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_importing_shapes import (
    DUTCH,
    ENGLISH,
    GERMAN,
    Shape,
    assert_accounted,
    parts_of,
    read_back,
)

from publish.importing import import_text

PLAIN_VOWELS = str.maketrans("äëïöü", "aeiou")


@dataclass(frozen=True)
class Setting:
    """How a text is set: characters a line, lines a page, and what parts paragraphs and pages."""

    measure: int
    trails: bool = False
    indent: str = ""
    page: int = 0
    feed: str = ""
    head: str = ""
    folios: bool = False
    line_end: str = "\n"


def halves(word: str, hyphens: pyphen.Pyphen) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a word, longest first half first; a trema does not survive the cut."""
    bare = word.rstrip(".,;:!?”")
    if bare.isalpha():
        for at in reversed(hyphens.positions(bare)):
            first, second = bare[:at], bare[at:]
            if len(first) > 1 and len(second) > 2:
                second = second[0].translate(PLAIN_VOWELS) + second[1:]
                yield f"{first}-", second + word[len(bare) :]


def in_lines(text: str, measure: int, hyphens: pyphen.Pyphen) -> list[str]:
    lines, line = [], ""
    words = text.split()
    while words:
        word = words.pop(0)
        room = measure - len(line) - bool(line)
        if len(word) <= room:
            line = f"{line} {word}".strip()
            continue
        cut = next((pair for pair in halves(word, hyphens) if len(pair[0]) <= room), None)
        if cut:
            line = f"{line} {cut[0]}".strip()
            word = cut[1]
        lines.append(line)
        line = ""
        words.insert(0, word)
    return [*lines, line]


def set_text(shape: Shape, setting: Setting) -> str:
    """Return a shape's title, headings and paragraphs as raw text."""
    hyphens = pyphen.Pyphen(lang={"nl": "nl_NL", "en": "en_GB", "de": "de_DE"}[shape.language])
    out = [shape.title, ""]
    pages = itertools.count(2)
    height = 0
    for title, blocks in shape.parts[shape.parts[0][0] == "standfirst" :]:
        if title not in ("Inleiding", "Introduction", "Einleitung"):
            out += [title, ""] if out[-1] == "" else ["", title, ""]
        for text in (text for kind, text in blocks if kind == "p"):
            lines = in_lines(setting.indent + text, setting.measure, hyphens)
            lines[0] = setting.indent + lines[0]
            for at, line in enumerate(lines):
                last = at == len(lines) - 1
                blank = setting.trails and not last and not line.endswith("-")
                out.append(line + " " * blank)
                height += 1
                # A page turns within a sentence, as most do, and leaves no single lines.
                if setting.page <= height and 1 <= at < len(lines) - 2 and line[-1] not in ".?!":
                    out += turned(setting, next(pages)) if setting.page else []
                    height = 0
            out += [] if setting.indent else [""]
    return setting.line_end.join(out) + setting.line_end


def turned(setting: Setting, page: int) -> list[str]:
    folio = ["", str(page - 1)] if setting.folios else []
    head = [setting.head, ""] if setting.head else []
    if setting.feed:
        return [*folio, setting.feed + (head[0] if head else ""), *head[1:]]
    return [*folio, "", *head]


SETTINGS = (
    Setting(34),
    Setting(45),
    Setting(62),
    Setting(45, trails=True, page=12),
    Setting(45, page=12),
    Setting(50, indent="   "),
    Setting(50, indent="  ", page=12, folios=True),
    Setting(48, page=9, feed="\f", head="Over het vak", folios=True),
    Setting(48, page=12, head="Over het vak"),
    Setting(45, line_end="\r\n"),
    Setting(45, line_end="\r", page=10, feed="\f"),
    Setting(100_000),
)


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
@pytest.mark.parametrize("shape", [DUTCH, ENGLISH, GERMAN], ids=lambda shape: shape.language)
def test_a_text_comes_out_as_it_was_however_it_was_set(
    shape: Shape, setting: Setting, tmp_path: Path
) -> None:
    raw = set_text(shape, setting)
    imported = import_text(raw, "raw.txt", shape.language)
    assert_accounted(raw, imported)
    wanted = [
        (title, [text for kind, text in blocks if kind == "p"])
        for title, blocks in shape.parts
        if title != "standfirst"
    ]
    got = [
        (title, [text for kind, text in blocks if kind == "p"])
        for title, blocks in parts_of(read_back(imported, tmp_path / "book"))
    ]
    assert got == wanted


SCRAPS = st.sampled_from(
    "de|Het|Rosa Luxemburg|drukker-|pers|zet-|en|1938.|12|Foto:|door|An Bo|x|’s|“Ja”|—|-|*|_a_|[b]"
    "|{c}|<i>|&amp;|# |> |+++|:::|::: pullquote|---|```|~~~|$|\\|\"|'|\t|     |\u00ad|ﬁ|\u200b"
    "|\x07|ĳ|ge-|ë|.|?|,|(1999)|http://a.b/c-|NAVO-|É|Straße|中文|🙂|\ufeff|==|1)|- |: |zicH".split(
        "|"
    )
)
GAPS = st.sampled_from(
    [" ", " ", "\n", "\n\n", "\r\n", " \n", "\f", "\n \n", "\r", "\n   ", "\u2028"]
)


@settings(max_examples=150, deadline=None)
@given(
    scraps=st.lists(st.tuples(SCRAPS, GAPS), min_size=1, max_size=60),
    times=st.integers(1, 2),
    language=st.sampled_from(["nl", "en", "de", "fr", "xx"]),
)
def test_any_text_is_accounted_for_and_can_be_read(
    scraps: list[tuple[str, str]], times: int, language: str
) -> None:
    raw = "".join(word + gap for word, gap in scraps) * times
    imported = import_text(raw, "raw.txt", language)
    assert_accounted(raw, imported)
    chapters = [name for name in imported.files if name.endswith(".md")]
    with TemporaryDirectory() as folder:
        if chapters:
            read_back(imported, Path(folder) / "book")


MUTATIONS = ("drop", "double", "swap", "cut", "weld", "gap", "feed", "indent", "noise")


def mutated(text: str, dice: random.Random, times: int) -> str:
    """Return a text with so many of its lines maltreated, as an extractor may do."""
    lines = text.split("\n")
    for _ in range(times):
        at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
        line = lines[at]
        match dice.choice(MUTATIONS):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(to, line)
            case "swap":
                lines[at], lines[to] = lines[to], line
            case "cut":
                middle = dice.randrange(len(line) + 1)
                lines[at : at + 1] = [line[:middle] + dice.choice(("", "-", " ")), line[middle:]]
            case "weld":
                lines[at : at + 2] = [
                    dice.choice(("", "   ", "\t", "\u00a0")).join(lines[at : at + 2])
                ]
            case "gap":
                lines.insert(at, dice.choice(("", " ", "\t")))
            case "feed":
                lines[at] = "\f" + line
            case "indent":
                lines[at] = " " * dice.randrange(40) + line
            case "noise":
                noise = dice.choice(("1", "* ", "\u00ad", "\ufb01", "\u200b", "12", "A", "Foto: "))
                middle = dice.randrange(len(line) + 1)
                lines[at] = line[:middle] + noise + line[middle:]
        if not lines:
            return ""
    return dice.choice(("\n", "\r\n", "\r")).join(lines)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), times=st.integers(1, 60))
def test_a_maltreated_text_is_accounted_for(seed: int, times: int) -> None:
    dice = random.Random(seed)
    shape = dice.choice((DUTCH, ENGLISH, GERMAN))
    raw = mutated(shape.raw.replace("\r", ""), dice, times)
    imported = import_text(raw, "raw.txt", shape.language)
    assert_accounted(raw, imported)
    with TemporaryDirectory() as folder:
        read_back(imported, Path(folder) / "book")


def test_a_hundred_thousand_words_keep_their_paragraphs() -> None:
    words = sorted(
        {word for _, blocks in DUTCH.parts for _, text in blocks for word in text.split()}
    )
    dice = random.Random(1)
    hyphens = pyphen.Pyphen(lang="nl_NL")
    blocks = []
    for _ in range(1000):
        text = " ".join(dice.choice(words).strip(".,:") for _ in range(100))
        blocks.append("\n".join(in_lines(text.capitalize() + ".", 60, hyphens)))
    raw = "\n\n".join(["Een dik boek", *blocks])
    assert len(raw.split()) >= 100_000
    imported = import_text(raw, "dik.txt", "nl")
    assert imported.files["01-een-dik-boek.md"].count("\n\n") == 1000
