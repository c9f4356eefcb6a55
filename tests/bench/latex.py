"""Articles laid out by LuaLaTeX, with microtype and multicol, as the second setter of the bench.

In: an article with its pull quotes, and the manner in which it is set. Out: its pages as PDF. What
interrupts a paragraph does so below the line in which its middle word stands (`\\vadjust`). German
and French are left out where their patterns are not installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench.articles import FONTS, Article, Block, Manner

LANGUAGES = {"nl": "dutch", "en": "english", "de": "ngerman", "fr": "french"}
LONG = 60
"""A paragraph of so many words is interrupted, a shorter one is not."""

_NOTE = re.compile(r"\[\^: ([^\]]*)\]")
_SPECIAL = str.maketrans(
    {char: f"\\{char}" for char in "#$%&_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
TEX = r"""\documentclass[10pt]{article}
\usepackage[%(paper)s,margin=18mm,top=22mm,bottom=20mm]{geometry}
\usepackage{fontspec,multicol,fancyhdr,microtype,ragged2e}
\setmainfont{SourceSerifPro-Regular.otf}[Path=%(fonts)s/,
  BoldFont=SourceSerifPro-Bold.otf,ItalicFont=SourceSerifPro-It.otf,Ligatures=TeXOff]
\usepackage[%(language)s]{babel}
\pagestyle{fancy}\fancyhf{}\cfoot{\thepage}%(head)s\renewcommand{\headrulewidth}{0pt}
\setlength{\parindent}{%(indent)s}\setlength{\parskip}{%(gap)s}
\setlength{\columnsep}{7mm}\raggedbottom
\newcommand{\apart}[1]{\par\medskip\begin{minipage}{\columnwidth}\RaggedRight\parskip0pt
  \hyphenpenalty10000 #1\end{minipage}\par\medskip}
\newcommand{\within}[1]{\vadjust{\vbox{\medskip\hsize\columnwidth\RaggedRight\parindent0pt
  \hyphenpenalty10000 #1\par\medskip}}}
\newcommand{\quoted}[1]{\Large #1}
\newcommand{\captioned}[1]{\rule{\linewidth}{32mm}\\\footnotesize\itshape #1}
\newcommand{\headed}[1]{\par\bigskip{\large\bfseries\RaggedRight\noindent\hyphenpenalty10000
  #1\par}\nobreak\medskip\noindent\ignorespaces}
\begin{document}\fontsize{%(size)spt}{%(leading)spt}\selectfont
%(body)s
\end{document}
"""


@cache
def can_set(language: str) -> bool:
    """Tell whether LuaLaTeX is there, and knows where words of a language are broken."""
    name = LANGUAGES[language]
    return bool(shutil.which("lualatex")) and all(
        subprocess.run(["kpsewhich", file], capture_output=True, check=False).stdout
        for file in (f"{name}.ldf", "multicol.sty", "microtype.sty", "ragged2e.sty")
    )


def set_by_latex(article: Article, manner: Manner, pdf: Path) -> None:
    """Set an article."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "pages.tex"
        source.write_text(_source(article, manner), encoding="utf-8")
        command = ["lualatex", "-interaction=batchmode", f"-output-directory={folder}", source]
        done = subprocess.run(command, capture_output=True, cwd=folder, check=False)
        made = source.with_suffix(".pdf")
        log = source.with_suffix(".log")
        assert not done.returncode and made.exists(), log.read_text(errors="replace")[-3000:]
        shutil.copy(made, pdf)


def _source(article: Article, manner: Manner) -> str:
    columns = manner.columns
    body = "\n\n".join(_body(article, manner))
    if columns > 1:
        body = f"\\begin{{multicols}}{{{columns}}}\n{body}\n\\end{{multicols}}"
    return TEX % {
        "fonts": FONTS,
        "size": manner.size,
        "leading": manner.size * manner.leading,
        "paper": f"{manner.paper.lower()}paper",
        "language": LANGUAGES[article.language],
        "head": f"\\chead{{{_tex(article.keys['head'])}}}" if manner.heads else "",
        "indent": "1.3em" if manner.indented else "0pt",
        "gap": "0pt" if manner.indented else ".7em",
        "body": "\n\n".join([*_head(article, manner), _ragged(manner), body]),
    }


def _ragged(manner: Manner) -> str:
    indent = "1.3em" if manner.indented else "0pt"
    return f"\\RaggedRight\\setlength{{\\parindent}}{{{indent}}}" if manner.ragged else ""


def _tex(text: str) -> str:
    return text.translate(_SPECIAL)


def _head(article: Article, manner: Manner) -> Iterator[str]:
    title = article.keys["title"]
    shown = title.upper() if manner.capitals else title
    yield rf"{{\noindent\huge\RaggedRight {_tex(shown)}\par}}\bigskip"
    sizes = {"subtitle": r"\Large", "standfirst": r"\large\bfseries", "byline": r"\small"}
    for key, size in sizes.items():
        if key in article.keys:
            yield rf"{{\noindent{size}\RaggedRight {_tex(article.keys[key])}\par}}\medskip"


def _body(article: Article, manner: Manner) -> Iterator[str]:
    waiting: list[Block] = []
    for block in article.blocks:
        if block.kind == "p":
            words = block.text.split(" ")
            if manner.inside and len(words) >= LONG and "[^:" not in block.text:
                half = len(words) // 2
                inner = "".join(rf"\within{{{_float(one)}}}" for one in waiting)
                yield f"{_noted(' '.join(words[:half]))}{inner} {_noted(' '.join(words[half:]))}"
                waiting = []
            else:
                yield _noted(block.text)
        elif block.kind == "heading":
            yield from _set_apart(waiting)
            waiting = []
            yield rf"\headed{{{_tex(block.text)}}}"
        else:
            waiting.append(block)
            if not manner.inside:
                yield from _set_apart(waiting)
                waiting = []
    yield from _set_apart(waiting)


def _set_apart(blocks: list[Block]) -> Iterator[str]:
    for one in blocks:
        yield rf"\apart{{{_float(one)}}}"


def _float(block: Block) -> str:
    shown = _tex(block.shown or block.text)
    return rf"\quoted{{{shown}}}" if block.kind == "quote" else rf"\captioned{{{shown}}}"


def _noted(text: str) -> str:
    parts = _NOTE.split(text)
    return "".join(
        _tex(part) if at % 2 == 0 else rf"\footnote{{{_tex(part)}}}"
        for at, part in enumerate(parts)
    )
