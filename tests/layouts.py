"""Known texts laid out as a magazine or a book lays them out, by the plain layout engine.

In: blocks of known kinds, and how they are to be set. Out: a PDF without tags. Pull quotes and
pictures stand between paragraphs, or in the middle of one below a full line of it. The engine's own
floats are no way to put them there: across a column's foot it loses or overprints what they hold.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path

from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from publish.fonts.files import SERIF_FILES

FONTS = Path(str(files(SERIF_FILES).joinpath("files")))
FACES = (("Regular", "normal", 400), ("Bold", "normal", 700), ("It", "italic", 400))
NOTE = re.compile(r"\[\^: ([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: columns, size in pt, whether paragraphs are indented, and the like."""

    columns: int = 1
    size: float = 10
    indented: bool = True
    inside: bool = False
    initial: bool = False
    heads: bool = True
    ragged: bool = False
    extra: str = ""


LEAST_LINES = 6
"""A paragraph of fewer lines is not interrupted."""
WIDTHS = {"A4": 210, "A5": 148}
SIDE, GUTTER = 18, 7
"""The margin at either side and what is between two columns, in mm."""
CSS = """
@page {{ size: {paper}; {margins} }}
body {{ font: {size}pt/1.3 Known; margin: 0; hyphens: auto; hyphenate-character: "-";
  text-align: {align}; orphans: 2; widows: 2 }}
main {{ column-count: {columns}; column-gap: {gutter}mm }}
h1 {{ font-size: 26pt; line-height: 1.15; hyphens: manual; text-align: start; margin: 0 0 6mm }}
h2 {{ font-size: 1.3em; hyphens: manual; text-align: start; margin: 1.4em 0 .5em;
  break-after: avoid }}
.standfirst {{ font-size: 1.25em; font-weight: bold; text-align: start }}
.byline {{ font-size: .9em; margin: 0 0 8mm; hyphens: manual; text-align: start }}
main p {{ margin: {gap} 0; text-indent: {indent} }}
main h2 + p, main .first {{ text-indent: 0 }}
.initial {{ float: left; font-size: 3.4em; line-height: .95; padding-right: .06em }}
.float {{ display: block; text-indent: 0; margin: 3mm 0; break-inside: avoid }}
.quote {{ font-size: 1.4em; line-height: 1.25; text-align: start; hyphens: manual }}
.picture {{ display: block; width: 60mm; max-width: 100% }}
.caption {{ display: block; font-size: .82em; line-height: 1.25; font-style: italic;
  text-align: start; margin-top: 1mm }}
.note {{ float: footnote; font-size: .8em; line-height: 1.2; text-align: start; text-indent: 0 }}
{extra}
"""


def laid_out(
    blocks: Sequence[tuple[str, str]],
    language: str,
    setting: Setting,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a PDF of blocks: (title, standfirst, byline, h2, p, quote or caption; the text)."""
    head = next((text for kind, text in blocks if kind == "title"), "")
    upper = "".join(
        f"<h1>{escape(text)}</h1>" if kind == "title" else f'<p class="{kind}">{escape(text)}</p>'
        for kind, text in blocks
        if kind in ("title", "standfirst", "byline")
    )
    body = "".join(_body(blocks, setting, pictures or {}, language))
    page = _document(f"{upper}<main>{body}</main>", language, setting, head)
    return bytes(HTML(string=page).write_pdf())


def _document(body: str, language: str, setting: Setting, head: str, alone: bool = False) -> str:
    """Return a document; with `alone` one column of it on a page that nothing leaves."""
    paper = "A4" if setting.columns > 1 else "A5"
    margins = "@bottom-center { content: counter(page); font-size: 9pt }"
    if setting.heads:
        margins += f'@top-center {{ content: "{head}"; font-size: 9pt }}'
    if alone:
        inner = WIDTHS[paper] - 2 * SIDE - GUTTER * (setting.columns - 1)
        paper, margins = f"{inner / setting.columns}mm 800mm; margin: 0", ""
    else:
        paper += f"; margin: 22mm {SIDE}mm 20mm"
    css = CSS.format(
        paper=paper,
        margins=margins,
        size=setting.size,
        columns=1 if alone else setting.columns,
        gutter=GUTTER,
        align="start" if setting.ragged else "justify",
        gap="0" if setting.indented else ".7em",
        indent="1.3em" if setting.indented else "0",
        extra=setting.extra,
    )
    return (
        f'<html lang="{language}"><meta charset="utf-8"><style>{_faces()}{css}</style>'
        f"<body>{body}</body></html>"
    )


def _faces() -> str:
    return "".join(
        f"@font-face {{ font-family: Known; font-style: {slope}; font-weight: {weight};"
        f' src: url("{(FONTS / f"SourceSerifPro-{name}.otf").as_uri()}") }}'
        for name, slope, weight in FACES
    )


def _body(
    blocks: Sequence[tuple[str, str]],
    setting: Setting,
    pictures: Mapping[str, bytes],
    language: str,
) -> Iterator[str]:
    waiting: list[str] = []
    first = True
    for kind, text in blocks:
        if kind == "h2":
            yield from waiting
            waiting = []
            yield f"<h2>{escape(text)}</h2>"
        elif kind == "p":
            name = " class=first" if first else ""
            if setting.initial and first:
                yield from waiting
                yield f'<p{name}><span class="initial">{text[0]}</span>{_noted(text[1:])}</p>'
            else:
                yield from _paragraph(text, waiting, name, setting, language)
            waiting, first = [], False
        elif kind in ("quote", "caption"):
            made = _float(kind, text, pictures)
            if setting.inside:
                waiting.append(made)
            else:
                yield made
    yield from waiting


def _float(kind: str, text: str, pictures: Mapping[str, bytes]) -> str:
    if kind == "quote":
        return f'<span class="float quote">{escape(text)}</span>'
    data = pictures[text]
    suffix = "jpeg" if data.startswith(b"\xff\xd8") else "png"
    source = f"data:image/{suffix};base64,{base64.b64encode(data).decode()}"
    picture = f'<img class="picture" src="{source}">'
    return f'<span class="float">{picture}<span class="caption">{escape(text)}</span></span>'


def _paragraph(
    text: str, floats: Sequence[str], name: str, setting: Setting, language: str
) -> Iterator[str]:
    """Yield a paragraph, and what interrupts it below its middle line, where it has more than few.

    The length of a line is the same whatever stands above it.
    """
    page = _document(f"<main><p{name}>{escape(text)}</p></main>", language, setting, "", True)
    lines = lines_of(text, page, "-") if floats and not NOTE.search(text) else []
    if len(lines) < LEAST_LINES:
        yield from (*floats, f"<p{name}>{_noted(text)}</p>")
        return
    at = sum(map(len, lines[: len(lines) // 2]))
    first, second = text[:at], text[at:]
    cut = "-" if first[-1].isalnum() and second[0].isalpha() else ""
    last = "start" if setting.ragged else "justify"
    yield f'<p{name} style="text-align-last: {last}; margin-bottom: 0">{escape(first)}{cut}</p>'
    yield from floats
    yield f'<p style="text-indent: 0; margin-top: 0">{escape(second)}</p>'


def lines_of(text: str, page: str, hyphen: str) -> list[str]:
    """Return the lines that a text alone on a page is broken into, as parts of it.

    None where the page does not show it letter for letter.
    """
    lines, at = [], 0
    for box in HTML(string=page).render().pages[0]._page_box.descendants():
        if isinstance(box, boxes.LineBox):
            shown = "".join(one.text for one in box.descendants() if isinstance(one, boxes.TextBox))
            size = len(shown.strip())
            cut = shown.endswith(hyphen) and text[at : at + size] != shown.strip()
            stop = at + size - cut
            stop += text[stop : stop + 1] == " "
            lines.append(text[at:stop])
            at = stop
    return lines if "".join(lines) == text else []


def lost(wanted: Iterable[str], text: str) -> Counter[str]:
    """Return the letters that the text of a page has too few of: such a page proves nothing."""
    letters = Counter(char for one in wanted for char in one if char.isalpha())
    return letters - Counter(char for char in text if char.isalpha())


def _noted(text: str) -> str:
    return NOTE.sub(r'<span class="note">\1</span>', escape(text))


def plain(text: str) -> str:
    """Return a paragraph without its notes."""
    return NOTE.sub("", text)
