"""Who makes e-books and pages, and how each is called: Katern in its ways, and its peers.

In: the folder of a generated book. Out: a row for each, with the command that makes the output, or
why it is not there. Peers read the same chapters; those that set HTML, Typst or LaTeX get it from
Pandoc within the time that is measured, on A5 pages with the same text size.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.prefix) / "bin"
NODE = Path(sys.prefix) / "peers" / "node_modules"
CSS = """@page { size: A5; margin: 18mm 16mm } html { font: 10pt/14pt serif }
p { margin: 0; text-align: justify; hyphens: auto; text-indent: 1.4em } h1 { break-before: page }"""
LATEX = ("-V", "documentclass=book", "-V", "geometry:a5paper", "-V", "fontsize=10pt")
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to make an output; `command` gets the book's folder and that to work in.

    `before` is what is brought about before each run, and not measured; a `warm` one has
    run before.
    """

    name: str
    path: str
    command: Callable[[Path, Path], list[str]]
    missing: str = ""
    before: Callable[[Path, Path], None] = lambda book, work: None
    warm: bool = False


def katern(*options: str) -> Callable[[Path, Path], list[str]]:
    """Return the command that builds with Katern."""

    def command(book: Path, work: Path) -> list[str]:
        return [str(BIN / "katern"), "build", str(book), "--out", str(work / "out"), *options]

    return command


def cold(book: Path, work: Path) -> None:
    """Take away all that was made and kept."""
    shutil.rmtree(work / "out", ignore_errors=True)


def optimum(book: Path, work: Path) -> None:
    """Take away all that was made; paragraphs are broken as a whole."""
    cold(book, work)
    _set(book, "")


def first_fit(book: Path, work: Path) -> None:
    """Take away all that was made; paragraphs are broken line by line."""
    cold(book, work)
    _set(book, 'paragraphs = "first-fit"\n')


def _set(book: Path, line: str) -> None:
    file = book / "book.toml"
    kept = [one for one in file.read_text("utf-8").splitlines(True) if "paragraphs" not in one]
    at = kept.index("[print]\n") + 1
    file.write_text("".join([*kept[:at], line, *kept[at:]]), "utf-8")


def edited(book: Path, work: Path) -> None:
    """Change a word in the middle chapter; what was made of the book before is there."""
    chapters = sorted(book.glob("*.md"))
    file = chapters[len(chapters) // 2]
    text = file.read_text("utf-8")
    file.write_text(text + "Nog een woord.\n" if text.endswith("\n") else text, "utf-8")


def shell(*steps: str) -> Callable[[Path, Path], list[str]]:
    """Return a command of several steps; `{chapters}` and `{book}` are filled in."""

    def command(book: Path, work: Path) -> list[str]:
        chapters = " ".join(f"'{one}'" for one in sorted(book.glob("*.md")))
        return ["sh", "-ec", " && ".join(steps).replace("{chapters}", chapters)]

    return command


def pandoc() -> str:
    """Return Pandoc's program; empty where it is not installed."""
    if importlib.util.find_spec("pypandoc"):
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    return shutil.which("pandoc") or ""


def there(*needed: str | Path) -> str:
    """Tell which of some programs are missing, Pandoc among them; empty where all are there."""
    gone = ["pandoc"] * (not pandoc())
    gone += [Path(one).name for one in needed if one and not shutil.which(one)]
    return f"not installed: {', '.join(gone)}" if gone else ""


def contestants() -> list[Contestant]:
    """Return all of them, installed or not."""
    return [*_makers_of_ebooks(), *_makers_of_pages(), IDLE]


IDLE = Contestant("katern", "idle", katern("--only", "epub"), warm=True)


def _makers_of_ebooks() -> list[Contestant]:
    own = katern("--only", "epub")
    theirs = shell(f"{_read()} --toc -o book.epub")
    none = "no package of its build is to be had"
    return [
        Contestant("katern", "epub", own, before=edited, warm=True),
        Contestant("katern cold", "epub", own, before=cold),
        Contestant("pandoc", "epub", theirs, there()),
        Contestant("standard ebooks", "epub", shell("false"), none),
    ]


def _makers_of_pages() -> list[Contestant]:
    own, html = katern("--only", "print"), f"{_read()} -s -c book.css -o book.html"
    page = f"printf '%s' '{CSS}' > book.css && {html}"
    typst = f"'{sys.executable}' -c \"import typst; typst.compile('book.typ', output='book.pdf')\""
    typeset = f"{_read()} -s -V papersize=a5 -V lang=nl -o book.typ"
    latex = f"{_read()} -s {' '.join(LATEX)} -o book.tex"
    paged, viv = NODE / ".bin" / "pagedjs-cli", NODE / ".bin" / "vivliostyle"
    by_paged = f"'{paged}' --browserArgs --no-sandbox -t 600000 book.html -o book.pdf"
    by_viv = f"'{viv}' build --executable-browser '{BROWSER}' -t 3600 book.html -o book.pdf"
    rows = [
        ("weasyprint", (page, f"'{BIN}/weasyprint' book.html book.pdf"), there()),
        ("typst", (typeset, typst), there("" if importlib.util.find_spec("typst") else "typst")),
        ("lualatex", (latex, "lualatex -interaction=batchmode book.tex"), there("lualatex")),
        ("xelatex", (latex, "xelatex -interaction=batchmode book.tex"), there("xelatex")),
        ("paged.js", (page, f"PUPPETEER_EXECUTABLE_PATH='{BROWSER}' {by_paged}"), there(paged)),
        ("vivliostyle", (page, by_viv), there(viv)),
    ]
    return [
        Contestant("katern", "print", own, before=optimum),
        Contestant("katern first-fit", "print", own, before=first_fit),
        Contestant("katern edited", "print", own, before=edited, warm=True),
        *(Contestant(name, "print", shell(*steps), gone) for name, steps, gone in rows),
    ]


def _read() -> str:
    return f"'{pandoc()}' -f markdown --metadata title=Boek {{chapters}}"
