"""Articles laid out as pages are, so that their text can be taken out again.

In: an article (`articles/*.md`, or chapters of a manuscript) and a seed. Out: an `Article` with the
pull quotes drawn for it, and its pages as HTML. What an article file holds: keys, an empty line,
`## headings`, paragraphs, `![captions]`, notes as `[^: text]` at their call.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from layouts import lines_of

from publish.fonts.files import SERIF_FILES

FOLDER = Path(__file__).parent / "articles"
SAMPLE = Path(__file__).parents[2] / "manuscript"

_NOTE = re.compile(r"\[\^: ([^\]]*)\]")
_QUOTED = re.compile(r"[“”„«»]")
_MARK = re.compile(r"[*_`]|\[|\]\([^)]*\)|\]\{[^}]*\}|\{[^}]*\}")
_SENTENCE = re.compile(r"(?<=[.?!])[”»]?\s+(?=[A-ZÀ-Ý“„«])")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (its notes still in it), heading, caption or pull quote.

    `shown` is what the page shows of a pull quote that is cut off.
    """

    kind: str
    text: str
    shown: str = ""

    @property
    def plain(self) -> str:
        """The text without its notes."""
        return _NOTE.sub("", self.text)

    @property
    def notes(self) -> list[str]:
        """The texts of its notes."""
        return _NOTE.findall(self.text)


@dataclass(frozen=True, slots=True)
class Article:
    """A text whose parts are known."""

    name: str
    language: str
    keys: dict[str, str]
    blocks: tuple[Block, ...]

    def texts(self, kind: str) -> list[str]:
        """Return the texts of one kind of block."""
        return [one.plain for one in self.blocks if one.kind == kind]

    @property
    def notes(self) -> list[str]:
        """The texts of all notes."""
        return [note for one in self.blocks for note in one.notes]


def read_article(name: str) -> Article:
    """Return an article of the folder, or `sample-N`: some chapters of the sample."""
    if name.startswith("sample-"):
        return _sample(name)
    head, _, body = (FOLDER / f"{name}.md").read_text(encoding="utf-8").partition("\n\n")
    keys = dict(line.split(": ", 1) for line in head.splitlines())
    return Article(name, name[:2], keys, tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[Block]:
    for text in body.strip().split("\n\n"):
        if text.startswith("## "):
            yield Block("heading", text[3:])
        elif text.startswith("!["):
            yield Block("caption", text[2:-1])
        else:
            yield Block("p", re.sub(r"\*(\w+)\*", r"\1", text))


def _sample(name: str) -> Article:
    """Return four chapters of the sample from the N-th on, their paragraphs alone."""
    at = int(name.removeprefix("sample-"))
    blocks: list[Block] = []
    for path in sorted(SAMPLE.glob("*.md"))[at : at + 4]:
        for text in path.read_text(encoding="utf-8").split("\n\n"):
            text = re.sub(r"\[\^[^\]]*\]", "", " ".join(text.split()))
            if text.startswith("# "):
                blocks.append(Block("heading", _MARK.sub("", text[2:]).strip()))
            elif re.match(r"[^\W_]|[\"'*]", text):
                blocks.append(Block("p", _curled(_MARK.sub("", text))))
    keys = {"title": "Het blad zonder land", "head": "Het blad zonder land"}
    return Article(name, "nl", keys, tuple(blocks))


def _curled(text: str) -> str:
    text = re.sub(r"\"([^\"]*)\"", r"“\1”", text).replace("'", "’")
    return text.replace(" -- ", " – ").replace("--", "–")


@dataclass(frozen=True, slots=True)
class Manner:
    """How an article is set."""

    columns: int
    size: float
    paper: str
    indented: bool
    ragged: bool
    drop_cap: bool
    capitals: bool
    heads: bool
    inside: bool
    """Pull quotes and pictures stand within paragraphs, else between them."""
    cut: bool
    """Pull quotes are cut off at both ends."""
    hyphen: str
    leading: float


def manner_of(name: str, seed: int, columns: int) -> Manner:
    """Draw a manner for an article of that name."""
    dice = random.Random(f"{name} {seed} {columns}")
    return Manner(
        columns=columns,
        size=dice.choice((8.5, 9.5, 10.5) if columns > 1 else (10.0, 11.0, 12.0)),
        paper="A4" if columns > 1 else dice.choice(("A5", "B5")),
        indented=dice.random() < 0.5,
        ragged=dice.random() < 0.2,
        drop_cap=dice.random() < 0.4,
        capitals=dice.random() < 0.3,
        heads=dice.random() < 0.7,
        inside=dice.random() < 0.6,
        cut=dice.random() < 0.5,
        hyphen=dice.choice(("-", "-", "\u2010")),
        leading=dice.choice((1.2, 1.3, 1.4)),
    )


def with_quotes(article: Article, manner: Manner, seed: int) -> Article:
    """Add two or three pull quotes to an article, each from a paragraph near which it stands."""
    dice = random.Random(seed)
    blocks = list(article.blocks)
    found = [
        (at, one)
        for at, block in enumerate(blocks)
        if block.kind == "p"
        for one in _SENTENCE.split(block.plain)
        if 12 <= len(one.split()) <= 34
        and one[0].isalnum()
        and one[-1] in ".?!"
        and not _QUOTED.search(one)
    ]
    dice.shuffle(found)
    one_each = list({at: (at, one) for at, one in found}.values())[:3]
    for at, sentence in sorted(one_each, reverse=True):
        words = sentence.split()
        shown = " ".join(words[2:-2]) if manner.cut else sentence
        place = min(max(at + dice.choice((-1, 0, 1, 2)), 1), len(blocks) - 1)
        while place < len(blocks) and blocks[place].kind != "p":
            place += 1
        blocks.insert(place, Block("quote", sentence, shown))
    return replace(article, blocks=tuple(blocks))


WIDTHS = {"A4": 210, "B5": 176, "A5": 148}
GUTTER = 7
"""In mm."""
FONTS = Path(str(files(SERIF_FILES).joinpath("files")))
FACES = (("Regular", "normal", 400), ("Bold", "normal", 700), ("It", "italic", 400))
CSS = """
@page {{ size: {paper}; {margins} @footnote {{ margin-top: 2mm }} }}
body {{ font: {size}pt/{leading} Serif; margin: 0; hyphens: auto;
  hyphenate-character: "{hyphen}"; text-align: {align}; orphans: 2; widows: 2 }}
main {{ column-count: {columns}; column-gap: {gutter}mm }}
h1 {{ font-size: 26pt; line-height: 1.15; hyphens: manual; text-align: left; margin: 0 0 6mm }}
h2 {{ font-size: 1.25em; hyphens: manual; text-align: left; margin: 1.4em 0 .5em;
  break-after: avoid }}
.subtitle {{ font-size: 1.5em; text-align: left }}
.standfirst {{ font-size: 1.2em; font-weight: bold; text-align: left; margin: 0 0 4mm }}
.byline {{ font-size: .9em; margin: 0 0 8mm; text-align: left; hyphens: manual }}
main p {{ margin: {gap} 0; text-indent: {indent} }}
main h2 + p, main .first {{ text-indent: 0 }}
.drop {{ float: left; font-size: 3.4em; line-height: .95; padding-right: .06em }}
.float {{ display: block; text-indent: 0; margin: 3mm 0; break-inside: avoid }}
.quote {{ font-size: 1.35em; line-height: 1.3; text-align: left; hyphens: manual }}
.picture {{ display: block; height: 32mm; background: #ccc }}
.caption {{ display: block; font-size: .82em; line-height: 1.25; font-style: italic;
  text-align: left; margin-top: 1mm }}
.note {{ float: footnote; font-size: .8em; line-height: 1.2; text-align: left; text-indent: 0 }}
"""


def page_of(article: Article, manner: Manner) -> str:
    """Return the article as HTML."""
    body = f"{_head(article, manner)}<main>{''.join(_body(article, manner))}</main>"
    return _document(article.keys["head"], body, manner, article.language)


def _document(
    head: str, body: str, manner: Manner, language: str = "", width: float | None = None
) -> str:
    paper = f"{width}mm 800mm; margin: 0" if width else f"{manner.paper}; margin: 22mm 18mm 20mm"
    margins = "@bottom-center { content: counter(page); font-size: 9pt }"
    if manner.heads:
        margins += f'@top-center {{ content: "{head}"; font-size: 9pt }}'
    css = CSS.format(
        paper=paper,
        margins="" if width else margins,
        size=manner.size,
        leading=manner.leading,
        hyphen=manner.hyphen,
        columns=1 if width else manner.columns,
        gutter=GUTTER,
        align="left" if manner.ragged else "justify",
        gap="0" if manner.indented else ".7em",
        indent="1.3em" if manner.indented else "0",
    )
    return (
        f'<html lang="{language}"><meta charset="utf-8"><title>{head}</title>'
        f"<style>{_faces()}{css}</style><body>{body}</body></html>"
    )


def _faces() -> str:
    return "".join(
        f"@font-face {{ font-family: Serif; font-style: {style}; font-weight: {weight};"
        f' src: url("{(FONTS / f"SourceSerifPro-{name}.otf").as_uri()}") }}'
        for name, style, weight in FACES
    )


def _head(article: Article, manner: Manner) -> str:
    title = article.keys["title"]
    told = [f"<h1>{escape(title.upper() if manner.capitals else title)}</h1>"]
    told += [
        f'<p class="{key}">{escape(article.keys[key])}</p>'
        for key in ("subtitle", "standfirst", "byline")
        if key in article.keys
    ]
    return "".join(told)


def _body(article: Article, manner: Manner) -> Iterator[str]:
    waiting: list[Block] = []
    first = True
    for block in article.blocks:
        if block.kind == "heading":
            yield from (_float(one) for one in waiting)
            waiting = []
            yield f"<h2>{escape(block.text)}</h2>"
        elif block.kind == "p":
            start = f"<p{' class=first' if first else ''}>"
            if manner.drop_cap and first and block.text[0].isalpha():
                cap = f'<span class="drop">{block.text[0]}</span>'
                yield f"{start}{cap}{_noted(block.text[1:])}</p>"
            else:
                yield _paragraph(block, waiting, start, manner, article.language)
                waiting = []
            first = False
        elif manner.inside:
            waiting.append(block)
        else:
            yield _float(block)
    yield from (_float(one) for one in waiting)


def _float(block: Block) -> str:
    if block.kind == "quote":
        return f'<span class="float quote">{escape(block.shown)}</span>'
    inner = f'<span class="picture"></span><span class="caption">{escape(block.text)}</span>'
    return f'<span class="float">{inner}</span>'


def _paragraph(
    block: Block, floats: Sequence[Block], start: str, manner: Manner, language: str
) -> str:
    """Return a paragraph as HTML; what interrupts it does so at the end of a line."""
    text = f"<main><p>{escape(block.text)}</p></main>"
    page = _document("", text, manner, language, column_width(manner))
    lines = lines_of(block.text, page, manner.hyphen) if floats and not block.notes else []
    if len(lines) < 6:
        return "".join(map(_float, floats)) + f"{start}{_noted(block.text)}</p>"
    # The length of a line is the same whatever stands above it.
    at = sum(map(len, lines[: len(lines) // 2]))
    first, second = block.text[:at], block.text[at:]
    cut = manner.hyphen if first[-1].isalnum() and second[0].isalpha() else ""
    last = "left" if manner.ragged else "justify"
    parted = start.replace("<p", f'<p style="text-align-last: {last}; margin-bottom: 0"')
    return (
        f"{parted}{escape(first)}{cut}</p>{''.join(map(_float, floats))}"
        f'<p style="text-indent: 0; margin-top: 0">{escape(second)}</p>'
    )


def column_width(manner: Manner) -> float:
    """Return the width of a column in mm."""
    inner = WIDTHS[manner.paper] - 36
    return (inner - GUTTER * (manner.columns - 1)) / manner.columns


def ems_of(manner: Manner) -> float:
    """Return the width of a column in ems."""
    return column_width(manner) / (manner.size * 25.4 / 72)


@cache
def _font() -> tuple[dict[int, str], dict[str, float]]:
    font = TTFont(FONTS / "SourceSerifPro-Regular.otf")
    em = font["head"].unitsPerEm
    return font.getBestCmap(), {name: wide / em for name, (wide, _) in font["hmtx"].metrics.items()}


def true_width(text: str) -> float:
    """Return how wide a text is in the font of the pages, in ems."""
    names, widths = _font()
    return sum(widths[names.get(ord(char), "space")] for char in text)


def _noted(text: str) -> str:
    parts = _NOTE.split(text)
    told = [
        escape(part) if at % 2 == 0 else f'<span class="note">{escape(part)}</span>'
        for at, part in enumerate(parts)
    ]
    return "".join(told)
