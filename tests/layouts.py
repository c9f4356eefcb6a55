"""Known texts laid out as a magazine or a book lays them out, by the plain layout engine.

In: blocks of known kinds, and how they are to be set. Out: a PDF without tags. Pull quotes and
pictures stand between paragraphs or in the middle of one.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path

from weasyprint import HTML

from publish.fonts import SERIF_FILES

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


CSS = """
@page {{ size: {paper}; margin: 22mm 18mm 20mm; {margins} }}
body {{ font: {size}pt/1.3 Known; margin: 0; hyphens: auto; hyphenate-character: "-";
  text-align: {align}; orphans: 2; widows: 2 }}
main {{ column-count: {columns}; column-gap: 7mm }}
h1 {{ font-size: 26pt; line-height: 1.15; hyphens: manual; text-align: start; margin: 0 0 6mm }}
h2 {{ font-size: 1.3em; hyphens: manual; text-align: start; margin: 1.4em 0 .5em;
  break-after: avoid }}
.standfirst {{ font-size: 1.25em; font-weight: bold; text-align: start }}
.byline {{ font-size: .9em; margin: 0 0 8mm; hyphens: manual; text-align: start }}
main p {{ margin: {gap} 0; text-indent: {indent} }}
main h2 + p, main .first {{ text-indent: 0 }}
.initial {{ float: left; font-size: 3.4em; line-height: .95; padding-right: .06em }}
.float {{ {float}; text-indent: 0; margin: 3mm 0; break-inside: avoid }}
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
    margins = "@bottom-center { content: counter(page); font-size: 9pt }"
    if setting.heads:
        margins += f'@top-center {{ content: "{head}"; font-size: 9pt }}'
    css = CSS.format(
        paper="A4" if setting.columns > 1 else "A5",
        margins=margins,
        size=setting.size,
        columns=setting.columns,
        align="start" if setting.ragged else "justify",
        gap="0" if setting.indented else ".7em",
        indent="1.3em" if setting.indented else "0",
        float="float: left; width: 100%" if setting.inside else "display: block",
        extra=setting.extra,
    )
    upper = "".join(
        f"<h1>{escape(text)}</h1>" if kind == "title" else f'<p class="{kind}">{escape(text)}</p>'
        for kind, text in blocks
        if kind in ("title", "standfirst", "byline")
    )
    body = "".join(_body(blocks, setting, pictures or {}))
    html = (
        f'<html lang="{language}"><meta charset="utf-8"><style>{_faces()}{css}</style>'
        f"<body>{upper}<main>{body}</main></body></html>"
    )
    return bytes(HTML(string=html).write_pdf())


def _faces() -> str:
    return "".join(
        f"@font-face {{ font-family: Known; font-style: {slope}; font-weight: {weight};"
        f' src: url("{(FONTS / f"SourceSerifPro-{name}.otf").as_uri()}") }}'
        for name, slope, weight in FACES
    )


def _body(
    blocks: Sequence[tuple[str, str]], setting: Setting, pictures: Mapping[str, bytes]
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
            yield f"<p{name}>{_paragraph(text, waiting, setting.initial and first)}</p>"
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


def _paragraph(text: str, floats: Sequence[str], initial: bool) -> str:
    middle = text.find(" ", len(text) // 2) + 1 if floats else len(text)
    before, after = _noted(text[:middle]), _noted(text[middle:])
    if initial:
        before = f'<span class="initial">{before[0]}</span>{before[1:]}'
    return before + "".join(floats) + after


def _noted(text: str) -> str:
    return NOTE.sub(r'<span class="note">\1</span>', escape(text))


def plain(text: str) -> str:
    """Return a paragraph without its notes."""
    return NOTE.sub("", text)
