"""One novel set by Katern, by Katern first-fit, and by what else is installed; all measured alike.

    make bench-typography
    cd tests; python -m bench.typography [--words N] [--keep FOLDER] [--parts | --medium]

After the novel come two books of middling length, one with notes and one with pictures, novels in
columns, two of them on A5 and three on A4, and the growth of the layout with a book. It ends with
status 1, and a line for each, where a bar is missed. With `--parts` the novel is set with one part
of Katern after the other instead, with `--medium` the books of middling length and those in columns
alone are.

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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from bench.medium import lengthened, noted, pictured
from books.generate import generate
from msgspec.structs import replace
from typography import measured

from publish.book.inlines import plain
from publish.book.model import Heading, Paragraph
from publish.building.workshop import Workshop
from publish.engine.layout import write_pdf
from publish.fonts.files import SERIF_FILES
from publish.manuscript.folder import read_manuscript
from publish.pages.placing import Arrangement
from publish.paragraphs.manner import Manner
from publish.sizes.geometry import Page

Maker = Callable[[Path, Path], dict[str, float]]
"""Sets a book into a file; returns what it took, nothing where it is not installed."""
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


BARS = {
    **dict.fromkeys(
        ("ladders", "widows", "orphans", "runts", "short", "leaves", "facing", "off"), 0.0
    ),
    "hyphenated": 14.0,
    "loose": 0.049,
}
"""The most that Katern may have of each on the novel."""
MAY_HAVE = {
    "notes": {"loose": 0.1, "short": 1.0},
    "pictures": {"loose": 0.2, "short": 4.0, "facing": 4.0},
}
"""What the books of middling length may have besides: pages that nothing is left to fill with."""
IN_COLUMNS = dict.fromkeys(("ladders", "widows", "orphans", "divided", "uneven", "off"), 0.0)
IN_COLUMNS |= dict.fromkeys(("leaves", "facing"), 0.0) | {"loose": 1.5, "parted": 3.0}
"""The most that a novel may have of each in columns, where lines are short."""
COLUMNS = ((2, "A5", 1), (3, "A4", 1), (2, "A5", 6))
"""How many there are, the trim, and how many of the novel's paragraphs are made one."""
RATIO, GROWTH = 1.6, 1.25
"""The most that its layout may take: times first-fit; and a word of a book four times as long."""
SIZES = (20_000, 40_000, 80_000)
MEDIUM = 15_000
Table = dict[str, dict[str, float]]


def main() -> int:
    """Set the books with each that is there, print the tables; return 1 where a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--words", type=int, default=98_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--parts", action="store_true")
    parser.add_argument("--medium", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        name, book, file = asked.one
        print(json.dumps((PEERS | PARTS)[name](Path(book), Path(file))))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep.resolve() if asked.keep else Path(temporary)
        missed = []
        if asked.parts:
            _print(_table(PARTS, _novel(folder, asked.words), folder))
            return 0
        if not asked.medium:
            columns = _table(PEERS, _novel(folder, asked.words), folder)
            print(_versions(folder))
            _print(columns)
            missed += judged(columns)
            missed += _growth(folder)
        missed += _medium(folder) + _columns(folder)
    print("\n".join(f"missed: {one}" for one in missed) or "every bar is met")
    return int(bool(missed))


def _novel(folder: Path, words: int) -> Path:
    book = folder / f"novel-{words}"
    return book if book.exists() else generate("novel", book, words=words)


def _table(makers: Iterable[str], book: Path, folder: Path) -> Table:
    """Return what is measured of a book as each sets it."""
    columns = {}
    for name in makers:
        file = folder / f"{name.replace(' ', '-')}.pdf"
        if cost := json.loads(_run(name, book, file)):
            columns[name] = asdict(measured(file)) | cost
    return columns


def _print(columns: Table) -> None:
    print(" ".join(["".ljust(12), *(name.rjust(18) for name in columns)]))
    for row in next(iter(columns.values())):
        print(" ".join([row.ljust(12), *(f"{one.get(row, 0):18.4g}" for one in columns.values())]))


def judged(columns: Table) -> list[str]:
    """Return the bars that are missed on the novel, a plain line each."""
    own = columns["katern"]
    found = _beyond(own, BARS)
    if "lualatex" not in columns:
        found.append("the spread of blanks is not judged: LuaLaTeX is not installed")
    elif own["spread"] > columns["lualatex"]["spread"]:
        found.append(
            f"spread {own['spread']:.4f}, LuaLaTeX has {columns['lualatex']['spread']:.4f}"
        )
    return found + _dear("the novel", own["layout"], columns["first-fit"]["layout"])


def _beyond(own: dict[str, float], bars: dict[str, float]) -> list[str]:
    return [
        f"{name} {own[name]:.4g}, at most {most:.4g}"
        for name, most in bars.items()
        if own[name] > most
    ]


def _dear(book: str, own: float, greedy: float) -> list[str]:
    ratio = own / greedy
    print(
        f"{book}: the layout takes {own:.2f} s, first-fit {greedy:.2f} s: {ratio:.2f} times as much"
    )
    return [f"{book}: the layout takes {ratio:.2f} times first-fit, at most {RATIO}"] * (
        ratio > RATIO
    )


def _medium(folder: Path) -> list[str]:
    """Set the books of middling length by turns, twice; return the bars that are missed."""
    missed = []
    for name, furnish in (("notes", noted), ("pictures", pictured)):
        book = folder / name
        if not book.exists():
            furnish(generate("novel", book, words=MEDIUM))
        runs = [_table(("katern", "first-fit"), book, folder) for _ in range(2)]
        _print(runs[0])
        best = [min(run[one]["layout"] for run in runs) for one in ("katern", "first-fit")]
        missed += _dear(f"a book with {name}", *best)
        own = _beyond(runs[0]["katern"], BARS | MAY_HAVE[name])
        missed += [f"a book with {name}: {one}" for one in own]
    return missed


def _columns(folder: Path) -> list[str]:
    """Set a novel in two and in three columns by turns, twice; return the bars that are missed."""
    missed = []
    for columns, trim, joined in COLUMNS:
        book, name = folder / f"columns-{columns}-{joined}", f"a book in {columns} columns"
        name += ", in long paragraphs" * (joined > 1)
        if not book.exists():
            settings = generate("novel", book, words=SIZES[0]) / "book.toml"
            text = settings.read_text("utf-8").replace('trim = "A5"', f'trim = "{trim}"')
            settings.write_text(f"{text}columns = {columns}\n", "utf-8")
            lengthened(book, joined)
        runs = [_table(("katern", "first-fit"), book, folder) for _ in range(2)]
        _print(runs[0])
        best = [min(run[one]["layout"] for run in runs) for one in ("katern", "first-fit")]
        missed += _dear(name, *best)
        missed += [f"{name}: {one}" for one in _beyond(runs[0]["katern"], IN_COLUMNS)]
    return missed


def _growth(folder: Path) -> list[str]:
    """Set novels of several lengths; return whether a word of the longest costs too much."""
    costs = []
    for words in SIZES:
        cost = json.loads(_run("katern", _novel(folder, words), folder / "growth.pdf"))
        costs.append(cost["layout"] / words * 1e5)
        print(f"{words} words: {costs[-1]:.2f} s of layout for each 100,000")
    growth = costs[-1] / costs[0]
    return [f"a word of a long book costs {growth:.2f} times as much"] * (growth > GROWTH)


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


def _katern(change: Callable[[Manner], Manner | None]) -> Maker:
    def made(book: Path, file: Path) -> dict[str, float]:
        shop = _shop(book)
        forme, manner = shop.room.forme, shop.materials.manner
        vars(shop.materials)["manner"] = change(manner) if manner else None
        forme.paged("print", Arrangement())
        before = _used(resource.RUSAGE_SELF)
        pages = forme.lay_out("print", Arrangement())
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


def _plain(manner: Manner) -> Manner:
    """Return a manner by which paragraphs are broken as a whole, and no more."""
    stiff = replace(manner.justified, expansion=0.0)
    return replace(manner, justified=stiff, margins=False, pages=False)


PEERS: dict[str, Maker] = {
    "katern": _katern(lambda manner: manner),
    "first-fit": _katern(lambda manner: None),
    "lualatex": _lualatex,
    "typst": _typst,
}
PARTS: dict[str, Maker] = {
    "first-fit": PEERS["first-fit"],
    "optimum": _katern(_plain),
    "+ margins": _katern(lambda manner: replace(_plain(manner), margins=True)),
    "+ letters": _katern(lambda manner: replace(manner, pages=False)),
    "+ pages": PEERS["katern"],
}
"""What each part brings, one after the other."""

if __name__ == "__main__":
    sys.exit(main())
