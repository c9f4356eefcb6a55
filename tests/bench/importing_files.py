"""Known texts made into PDFs and DOCX files, taken in again, and compared with what they began as.

    make bench-import-files
    cd tests; python -m bench.importing_files [--tell]

Laid out by the plain layout engine: the articles of `importing_texts` and some of the sample, in
one to three columns, several sizes, indented or not, ragged or justified, quotes and pictures
between paragraphs or within them. Made by Pandoc, where it is on the path: DOCX files. F1 counts
texts that came back letter for letter; hyphens are right whose word came back whole.
"""

from __future__ import annotations

import argparse
import io
import itertools
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pypdfium2
from importing_texts import TEXTS
from layouts import NOTE, Setting, laid_out, lost, plain
from PIL import Image
from test_importing_pdf import found_in, pictures_of
from test_importing_shapes import assert_accounted, read_back

from publish.importing import import_extract
from publish.importing.docx import read_docx
from publish.importing.model import Extract
from publish.importing.pdf import read_pdf
from publish.manuscript.folder import read_manuscript

HERE = Path(__file__).resolve().parents[1]
SAMPLE = HERE.parent / "manuscript"
KINDS = ("p", "h2", "quote", "caption", "note", "standfirst")
WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
CUT = re.compile(r"([^\W_]+(?:[-’'][^\W_]+)*)[-\u2010]$")


@dataclass
class Score:
    """Of each kind the right ones, those there were, those that were made."""

    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)

    def f1(self, kind: str) -> str:
        """Return the harmonic mean of precision and recall; a dash where there was nothing."""
        both = self.wanted[kind] + self.made[kind]
        return f"{2 * self.right[kind] / both:.3f}" if both else "–"


def settings() -> Iterator[Setting]:
    """Yield the ways in which an article is set."""
    for columns, indented, inside in itertools.product((1, 2, 3), (True, False), (True, False)):
        size = {1: 11, 2: 9.5, 3: 8.5}[columns]
        ragged, initial = indented == inside, columns == 3 and indented
        yield Setting(columns, size, indented, inside, initial, columns > 1, ragged)


def sample() -> list[tuple[str, str]]:
    """Return four chapters of the sample, their paragraphs and titles."""
    book = read_manuscript(SAMPLE).book
    assert book
    from publish.book.inlines import plain as words
    from publish.book.model import Paragraph

    blocks = [("title", "Vier hoofdstukken")]
    for chapter in [one for one in book.chapters if one.title][1:5]:
        assert chapter.title
        blocks.append(("h2", words(chapter.title.inlines)))
        blocks += [
            ("p", words(one.inlines)) for one in chapter.blocks if isinstance(one, Paragraph)
        ]
    return blocks


def compare(
    score: Score, extract: Extract, blocks: list[tuple[str, str]], folder: Path, tell: bool
) -> None:
    """Take an extract in, and count what came back."""
    imported = import_extract(extract, "source")
    assert_accounted(extract.text, imported)
    shutil.rmtree(folder, ignore_errors=True)
    book = read_back(imported, folder).book
    assert book
    found = found_in(book)
    wanted: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for kind, text in blocks:
        if kind in wanted:
            wanted[kind].append(plain(text))
        wanted["note"] += NOTE.findall(text)
    for kind in KINDS:
        a, b = (Counter(map(levelled, texts)) for texts in (wanted[kind], found[kind]))
        score.right[kind] += (a & b).total()
        score.wanted[kind] += a.total()
        score.made[kind] += b.total()
        if tell:
            for one in (a - b) + (b - a):
                print(f"    {kind} {'-' if a[one] > b[one] else '+'} {one[:150]}")
    words = {word for _, text in blocks for word in WORD.findall(text.casefold())}
    made = {word for name, text in imported.files.items() for word in WORD.findall(text.casefold())}
    for line, after in itertools.pairwise(extract.text.split("\n")):
        match, rest = CUT.search(line), WORD.match(after)
        if match and rest:
            halves = (match[1] + rest[0]).casefold(), f"{match[1]}-{rest[0]}".casefold()
            true = next((one for one in halves if one in words), None)
            if true:
                score.wanted["hyphens"] += 1
                score.right["hyphens"] += true in made


def levelled(text: str) -> str:
    """Return a text with plain blanks and quotes, one at a time."""
    return " ".join(re.sub('[“”"]', '"', re.sub("[‘’']", "'", text)).split())


def report(table: dict[str, Score]) -> str:
    """Return the table as Markdown."""
    rows = [
        "| | paragraphs | headings | quotes | captions | notes | standfirst | hyphens | pictures |"
    ]
    rows.append("|---" * 9 + "|")
    for name, score in table.items():
        cells = [score.f1(kind) for kind in KINDS]
        for kind in ("hyphens", "pictures"):
            of = score.wanted[kind]
            cells.append(f"{score.right[kind]} of {of}" if of else "–")
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def articles(table: dict[str, Score], folder: Path, tell: bool) -> None:
    """Lay the articles and the sample out in every way, and take them in."""
    texts = {**TEXTS, "nl, the sample": sample()}
    for (name, blocks), setting in itertools.product(texts.items(), settings()):
        language = name[:2]
        pictures = pictures_of(name) if name in TEXTS else {}
        path = folder / "article.pdf"
        path.write_bytes(laid_out(blocks, language, setting, pictures))
        document = pypdfium2.PdfDocument(path)
        shown = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert not lost((text for _, text in blocks), shown), (name, setting)
        extract = read_pdf(path, language)
        if tell:
            print(name, setting)
        pixels = {Image.open(io.BytesIO(one)).tobytes() for one in pictures.values()}
        taken = {Image.open(io.BytesIO(one.data)).tobytes() for one in extract.pictures.values()}
        for key in (f"PDF, {setting.columns} columns", f"PDF, {name}", "PDF, all"):
            score = table.setdefault(key, Score())
            compare(score, extract, list(blocks), folder / "book", tell and key == "PDF, all")
            score.wanted["pictures"] += len(pixels)
            score.right["pictures"] += len(pixels & taken)


def documents(table: dict[str, Score], folder: Path, tell: bool) -> None:
    """Take in what Pandoc makes of the chapters, laid out as a word processor's file."""
    pandoc = shutil.which("pandoc")
    if not pandoc:
        print("Pandoc is not on the path: no DOCX of its making was taken in", file=sys.stderr)
        return
    for name, blocks in {**TEXTS, "nl, the sample": sample()}.items():
        source, path = folder / "a.md", folder / "a.docx"
        told = [f"% {text}" for kind, text in blocks if kind == "title"]
        for at, (kind, text) in enumerate(blocks):
            if kind in ("p", "h2"):
                notes = NOTE.findall(text)
                body = NOTE.sub(f"[^{at}]", text).replace("*", "\\*")
                told.append(("# " if kind == "h2" else "") + body)
                told += [f"[^{at}]: {note}" for note in notes]
        source.write_text("\n\n".join(told), encoding="utf-8")
        subprocess.run([pandoc, str(source), "-o", str(path)], check=True)
        kept = [one for one in blocks if one[0] in ("p", "h2")]
        score = table.setdefault("DOCX by Pandoc", Score())
        compare(score, read_docx(path, name[:2]), kept, folder / "book", tell)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tell", action="store_true", help="print what differs")
    tell = parser.parse_args().tell
    table: dict[str, Score] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles(table, folder, tell)
        documents(table, folder, tell)
    print(report(dict(sorted(table.items()))))


if __name__ == "__main__":
    main()
