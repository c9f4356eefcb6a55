"""One novel set by Katern, by Katern first-fit, and by what else is installed; all measured alike.

    make bench-typography
    cd tests; python -m bench.typography [--words N] [--keep FOLDER]

The same words, page, font files, size, leading and indent for each. LuaLaTeX (with microtype and
babel's Dutch) is used where `lualatex` is found, Typst where the package `typst` can be imported.
CPU is user time of the process that sets the pages; that of Katern is told for the layout alone
too, which is what the two ways of breaking lines differ in.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from books.generate import generate
from typography import measured

from publish.book import Heading, Paragraph
from publish.fonts import SERIF_FILES
from publish.geometry import Page
from publish.inlines import plain
from publish.manuscript import read_manuscript
from publish.pages import lay_out, write_pdf
from publish.pictures import given
from publish.placing import Arrangement
from publish.workshop import Workshop

FONT = Path(str(files(SERIF_FILES).joinpath("files")))
INDENT = 1.4
LATEX = r"""\documentclass[10pt,twoside]{book}
\usepackage[paperwidth=%(width)smm,paperheight=%(height)smm,textwidth=%(measure)smm,
  textheight=%(depth)smm,top=%(top)smm,inner=%(inner)smm,headheight=0pt,headsep=0pt]{geometry}
\usepackage{fontspec}
\setmainfont{SourceSerifPro-Regular}[Path=%(font)s/,Extension=.otf,Numbers=OldStyle]
\usepackage[dutch]{babel}
\usepackage{microtype}
\pagestyle{empty}\raggedbottom\frenchspacing
\widowpenalty=10000 \clubpenalty=10000 \brokenpenalty=100
\newcommand\chapterhead[1]{\clearpage\vspace*{3\baselineskip}{\noindent\large #1\par}
  \vspace{\baselineskip}\noindent\ignorespaces}
\begin{document}\fontsize{%(size)sbp}{%(leading)sbp}\selectfont
\setlength\parindent{%(indent)sem}\setlength\parskip{0pt}\setlength\topskip{%(size)sbp}
"""
TYPST = """#set page(width: %(width)smm, height: %(height)smm, margin: (top: %(top)smm,
  bottom: %(bottom)smm, inside: %(inner)smm, outside: %(outer)smm))
#set text(font: "Source Serif Pro", size: %(size)spt, lang: "nl", number-type: "old-style",
  top-edge: "baseline", bottom-edge: "baseline")
#set par(justify: true, leading: %(leading)spt, spacing: %(leading)spt,
  first-line-indent: %(indent)sem)
"""


def main() -> None:
    """Set the novel with each that is there, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--words", type=int, default=98_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given_ = parser.parse_args()
    if given_.one:
        print(json.dumps(PEERS[given_.one[0]](Path(given_.one[1]), Path(given_.one[2]))))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given_.keep.resolve() if given_.keep else Path(temporary)
        book = folder / "novel"
        if not book.exists():
            generate("novel", book, words=given_.words)
        columns = {}
        for name in PEERS:
            file = folder / f"{name.replace(' ', '-')}.pdf"
            cost = json.loads(_run(name, book, file))
            if cost:
                columns[name] = asdict(measured(file)) | cost
    print(_versions(folder))
    print(" ".join(["".ljust(12), *(name.rjust(18) for name in columns)]))
    for row in next(iter(columns.values())):
        print(" ".join([row.ljust(12), *(f"{one.get(row, 0):18.4g}" for one in columns.values())]))


def _versions(folder: Path) -> str:
    """Return what set the pages, each with its version."""
    found = [f"WeasyPrint {version('weasyprint')}"]
    log = folder / "lualatex.log"
    if log.exists():
        text = log.read_text("utf-8", "replace")
        first = text.split("\n", 1)[0]
        package = re.search(r"Package: microtype \S+ (\S+)", text)
        found += [first.removeprefix("This is "), f"microtype {package[1]}" if package else ""]
    if importlib.util.find_spec("typst"):
        found.append(f"Typst {version('typst')}")
    return "; ".join(one.strip() for one in found if one)


def _run(name: str, book: Path, file: Path) -> str:
    """Set the book in a process of its own, so that its CPU time is its own."""
    command = [sys.executable, "-m", "bench.typography", "--one", name, str(book), str(file)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _shop(book: Path) -> Workshop:
    manuscript = read_manuscript(book)
    assert manuscript.book
    return Workshop(book, manuscript.book, manuscript.sources)


def _katern(paragraphs: str) -> Callable[[Path, Path], dict[str, float]]:
    def made(book: Path, file: Path) -> dict[str, float]:
        from publish.manner import manner_of

        shop = _shop(book)
        document = shop.room.document("print", Arrangement())
        css, pictures = shop.room.stylesheet("print"), given(shop.materials.print_pictures[0])
        manner = manner_of(
            replace(shop.settings.print, paragraphs=paragraphs),
            shop.materials.print_book,
        )
        before = _used(resource.RUSAGE_SELF)
        pages = lay_out(document, css, pictures, shop.materials.extra_faces[0], manner)
        after = _used(resource.RUSAGE_SELF)
        file.write_bytes(write_pdf(pages)[0])
        return {"cpu": _used(resource.RUSAGE_SELF), "layout": after - before}

    return made


def _used(who: int) -> float:
    return resource.getrusage(who).ru_utime


def _chapters(shop: Workshop) -> Iterator[tuple[str, list[str]]]:
    """Yield the title and the paragraphs of each chapter, as they are set."""
    for chapter in shop.materials.print_book.chapters:
        title = plain(chapter.title.inlines) if chapter.title else ""
        blocks = [one for one in chapter.blocks if isinstance(one, (Paragraph, Heading))]
        yield title, [plain(one.inlines) for one in blocks]


def _sizes(page: Page) -> dict[str, object]:
    names = ("width", "height", "top", "bottom", "inner", "outer", "measure", "depth", "size")
    sizes: dict[str, object] = {name: getattr(page, name) for name in names}
    leading = round(page.baseline * 72 / 25.4, 3)
    return sizes | {"leading": leading, "indent": INDENT, "font": FONT}


def _lualatex(book: Path, file: Path) -> dict[str, float]:
    if not shutil.which("lualatex"):
        return {}
    shop = _shop(book)
    parts = [LATEX % _sizes(shop.room.page)]
    for title, paragraphs in _chapters(shop):
        words = "\n\n".join(map(_escaped, paragraphs))
        parts.append(f"\\chapterhead{{{_escaped(title)}}}{words}\n\n")
    source = file.with_suffix(".tex")
    source.write_text("".join([*parts, "\\end{document}\n"]), "utf-8")
    command = ["lualatex", "-interaction=batchmode", f"-output-directory={file.parent}", source]
    for _ in range(2):  # The first run makes the font caches.
        before = _used(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {"cpu": _used(resource.RUSAGE_CHILDREN) - before}


def _escaped(text: str) -> str:
    text = re.sub(r"([#$%&_{}])", r"\\\1", text.replace("\\", "\\textbackslash "))
    return text.replace("\u202f", "\\,").replace("\u00a0", "~").replace("\n", " ")


def _typst(book: Path, file: Path) -> dict[str, float]:
    if not importlib.util.find_spec("typst"):
        return {}
    import typst

    shop = _shop(book)
    parts = [TYPST % _sizes(shop.room.page)]
    for number, (title, paragraphs) in enumerate(_chapters(shop)):
        parts.append("#pagebreak()\n" if number else "")
        parts.append(f"#v(3em)\n#text(size: 15pt)[{_quoted(title)}]\n#v(1em)\n\n")
        parts += [f"{_quoted(one)}\n\n" for one in paragraphs]
    source = file.with_suffix(".typ")
    source.write_text("".join(parts), "utf-8")
    before = _used(resource.RUSAGE_SELF)
    typst.compile(str(source), output=str(file), font_paths=[str(FONT)])
    return {"cpu": _used(resource.RUSAGE_SELF) - before}


def _quoted(text: str) -> str:
    """Return text as Typst takes it literally."""
    written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return re.sub(r"([#$*_`<>@~=\-+/\[\]\"'.])", r"\\\1", written.replace('\\"', '"'))


PEERS: dict[str, Callable[[Path, Path], dict[str, float]]] = {
    "katern": _katern("optimum"),
    "first-fit": _katern("first-fit"),
    "lualatex": _lualatex,
    "typst": _typst,
}

if __name__ == "__main__":
    main()
