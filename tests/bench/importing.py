"""Known articles laid out, their text taken out again by four extractors, imported and compared.

    make bench-import
    cd tests; python -m bench.importing [--held-out] [--first N] [--seeds N] [--only NAME]
        [--keep FOLDER] [--latex]

The rules were tuned on the articles of `TUNED` and the seeds from 1 on; those of `HELD_OUT` were
looked at with the seeds 1 to 4 and from 101 on, with those from 201 on for the figures alone.
WeasyPrint sets the pages, or LuaLaTeX those in the languages that it knows here, in one, two and
three columns; pdftotext (raw, layout and default) and pdfminer.six take the text out. F1 counts
paragraphs (headings, …) that came back character for character.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bench.articles import (
    Article,
    ems_of,
    manner_of,
    page_of,
    read_article,
    true_width,
    with_quotes,
)
from bench.latex import can_set, set_by_latex
from layouts import lost
from pdfminer.high_level import extract_text
from test_importing_shapes import assert_accounted, read_back

from publish.book.inlines import plain
from publish.book.model import Block, Book, Container, Figure, Heading, Paragraph
from publish.importing import Imported, import_text

TUNED = ("en-longitude", "de-moor", "fr-canal", "sample-1", "sample-9")
HELD_OUT = ("en-post", "de-uhr", "fr-telegraphe", "nl-polder", "sample-5", "sample-15")
EXTRACTORS = ("raw", "layout", "default", "pdfminer")
KINDS = ("paragraphs", "headings", "quotes", "captions", "notes")

JOINED = 1.06
"""What is wider than this part of the column is more than one line."""

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*-?")
_CUT = re.compile(r"(?<=\w)[-\u2010\u00ad](?=\s*$|\s{3,}\S)", re.MULTILINE)


@dataclass
class Score:
    """What came back: of each kind the right ones, those there were, those that were made."""

    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, wanted: Iterable[str], made: Iterable[str]) -> list[str]:
        """Count one kind; return what differs."""
        a, b = Counter(map(level, wanted)), Counter(map(level, made))
        self.right[kind] += (a & b).total()
        self.wanted[kind] += a.total()
        self.made[kind] += b.total()
        return [f"- {one}" for one in (a - b)] + [f"+ {one}" for one in (b - a)]

    def merge(self, other: Score) -> None:
        """Add another score to this one."""
        self.right += other.right
        self.wanted += other.wanted
        self.made += other.made

    def f1(self, kind: str) -> float:
        """Return the harmonic mean of precision and recall, 1 where there was nothing to find."""
        both = self.wanted[kind] + self.made[kind]
        return 2 * self.right[kind] / both if both else 1.0


def level(text: str) -> str:
    """Return a text with plain blanks, one at a time, and plain hyphens."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u2010", "-").split())


def extracted(pdf: Path, how: str) -> str:
    """Return the text of a PDF as an extractor gives it."""
    if how == "pdfminer":
        return extract_text(str(pdf))
    option = [] if how == "default" else [f"-{how}"]
    done = subprocess.run(["pdftotext", *option, str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def compare(
    article: Article, raw: str, imported: Imported, column: float
) -> tuple[Score, list[str]]:
    """Compare an import with the article it came from; return the score and what differs.

    `column` is the width of the lines in ems.
    """
    with tempfile.TemporaryDirectory() as folder:
        manuscript = read_back(imported, Path(folder) / "book")
    book = manuscript.book
    assert book
    score, told = Score(), []
    made: dict[str, list[str]] = {kind: [] for kind in KINDS}
    title = book.settings.title.casefold()
    for chapter in book.chapters:
        heading = plain(chapter.title.inlines) if chapter.title else ""
        added = chapter.role == "introduction" or heading.casefold() == title
        if chapter.role != "standfirst":
            made["headings"] += [heading] if heading and not added else []
            for block in chapter.blocks:
                _sort(block, made)
        made["notes"] += [" ".join(_texts(note.blocks)) for note in chapter.notes]
    made["captions"] = [plain(photo.caption) for photo in book.photos.values()]
    wanted = {
        "paragraphs": article.texts("p"),
        "headings": article.texts("heading"),
        "quotes": article.texts("quote"),
        "captions": [_unlabelled(one) for one in article.texts("caption")],
        "notes": article.notes,
    }
    for kind in KINDS:
        told += [f"{kind[:4]} {one}" for one in score.add(kind, wanted[kind], made[kind])]
    score.add("joined", map(_unbroken, wanted["paragraphs"]), map(_unbroken, made["paragraphs"]))
    told_ends = _forgiven(wanted["paragraphs"], made["paragraphs"], raw, column)
    score.add("seen", told_ends, made["paragraphs"])
    heads = _heads(book)
    told += [f"head {one}" for one in score.add("head", _keys(article), heads)]
    told += [f"hyphen {one}" for one in _hyphens(article, raw, imported, score)]
    return score, told


def _unbroken(text: str) -> str:
    """Return a text without blanks and hyphens: what became of cut words is counted by itself."""
    return re.sub(r"[-\s]+", "", level(text))


def _forgiven(wanted: Sequence[str], made: Sequence[str], raw: str, column: float) -> list[str]:
    """Return the paragraphs, two as one where they came back so and the raw text hid the end.

    It does where a line is full, the next one follows it without a gap or an indent, and both
    paragraphs are otherwise right: nobody could tell, short of the meaning.
    """
    there = set(map(level, made))
    lines = level_lines(raw)
    out = [wanted[0]] if wanted else []
    for text in wanted[1:]:
        whole = f"{out[-1]} {text}"
        if any(level(one).startswith(level(whole)) for one in there) and is_hidden(
            out[-1], text, lines, column
        ):
            out[-1] = whole
        else:
            out.append(text)
    return out


def level_lines(raw: str) -> list[str]:
    """Return the lines of a text, those of the columns of one line after each other."""
    cells = [re.split(r"(?<=\S)\s{3,}(?=\S)", line) for line in raw.split("\n")]
    widest = max(map(len, cells))
    return [
        (" " * (len(row[at]) - len(row[at].lstrip())) if not at else "") + level(row[at])
        for at in range(widest)
        for row in cells
        if at < len(row) and (row[at].strip() or at == 0)
    ]


def is_hidden(first: str, second: str, lines: Sequence[str], column: float) -> bool:
    """Tell whether a full line ends one paragraph and the next line begins the other.

    What is full is told by the true widths of the font, in ems of a line, `column`.
    """
    for a, b in pairwise(lines):
        one, two = re.sub(r"(?<=\D)\d$", "", a.strip()), b.strip()
        ends = len(one) > 5 and one[-6:] == level(first)[-6:]
        if ends and two and level(second).startswith(two.rstrip("-")[:20].rstrip()):
            # Of lines that an extractor joined the last one is what the full ones leave.
            wide = true_width(one)
            last = wide % column if wide > JOINED * column else wide
            return last + true_width(f" {two.split(' ')[0]}") > column and _indent_of(b) <= 1
    return False


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def _texts(blocks: Iterable[Block]) -> list[str]:
    return [plain(one.inlines) for one in blocks if isinstance(one, Paragraph | Heading)]


def _sort(block: Block, made: dict[str, list[str]]) -> None:
    match block:
        case Heading():
            made["headings"] += _texts([block])
        case Container(kind="pullquote", blocks=blocks):
            made["quotes"].append(" ".join(_texts(blocks)))
        case Container(blocks=blocks):
            made["paragraphs"] += _texts(blocks)
        case Figure():
            pass
        case _:
            made["paragraphs"] += _texts([block])


def _unlabelled(text: str) -> str:
    label, _, rest = text.partition(":")
    labels = ("photo", "foto", "illustration", "abb", "bild", "afbeelding")
    rest = rest.strip()
    return rest[0].upper() + rest[1:] if label.casefold().startswith(labels) else text


def _keys(article: Article) -> list[str]:
    """Return title, subtitle, standfirst and names, each marked as what it is."""
    keys = article.keys
    told = [f"{key}: {keys[key]}" for key in ("title", "subtitle", "standfirst") if key in keys]
    return [*told, *(f"name: {one}" for one in _names(keys.get("byline", "")))]


def _names(byline: str) -> list[str]:
    bare = re.sub(r"^(?:by|words|von|text|par|texte|door)\s*:?\s+", "", byline, flags=re.IGNORECASE)
    return [
        one.split(",")[0].strip()
        for one in re.split(r"\s(?:and|und|et|en)\s(?=[A-Z]\w+ (?:de )?[A-Z])", bare)
        if one.strip()
    ]


def _heads(book: Book) -> list[str]:
    told = [f"title: {book.settings.title}"]
    if book.settings.subtitle:
        told.append(f"subtitle: {book.settings.subtitle}")
    for one in book.chapters:
        if one.role == "standfirst":
            told += [f"standfirst: {text}" for text in _texts(one.blocks)]
    return told + [f"name: {one.name}" for one in book.settings.contributors]


def _hyphens(article: Article, raw: str, imported: Imported, score: Score) -> Iterator[str]:
    """Count the hyphens at line ends that are right, and those that are welded wrongly."""
    told = " ".join([*(one.text for one in article.blocks), *article.keys.values()])
    words = {word.casefold() for word in _WORD.findall(level(told).replace("'", "’"))}
    for where, word in cut_words(raw, imported):
        score.wanted["hyphens"] += 1
        bare = word.casefold().replace("'", "’")
        if bare in words or bare.removesuffix("-") in words:
            score.right["hyphens"] += 1
            continue
        welded = "-" not in word
        score.wanted["welds"] += welded
        yield f"{where} {word}{' WELDED' if welded else ''}"


def cut_words(raw: str, imported: Imported) -> Iterator[tuple[int, str]]:
    """Yield the line of each hyphen that ends a line or column, and the word as it is now."""
    rows = json.loads(imported.files["import-ledger.json"])["rows"]
    pieces = {row["line"]: row.get("pieces", ()) for row in rows}
    lines = re.split(r"\r\n|[\r\n\v\x85\u2028\u2029]", raw)
    for number, line in enumerate(lines, 1):
        for match in _CUT.finditer(line):
            at = match.start()
            for piece in pieces.get(number, ()):
                start, stop = piece["columns"]
                if start <= at < stop and "file" in piece:
                    row, begin, end = piece["at"]
                    text = imported.files[piece["file"]].split("\n")[row - 1]
                    near = min(begin - 1 + at - start, end - 2)
                    found = next(
                        (w[0] for w in _WORD.finditer(text) if w.start() <= near < w.end()), ""
                    )
                    if found:
                        yield number, found


def cases(
    held_out: bool, seeds: int, only: str, first: int = 0
) -> Iterator[tuple[Article, int, int]]:
    """Yield articles with a seed, from the `first` on, and a number of columns."""
    first = first or (201 if held_out else 1)
    for name in HELD_OUT if held_out else TUNED:
        if only in name:
            article = read_article(name)
            for seed in range(first, first + seeds):
                for columns in (1, 2, 3):
                    yield article, seed, columns


def laid_out(
    article: Article,
    seed: int,
    columns: int,
    keep: Path,
    by: Sequence[str] = EXTRACTORS,
    latex: bool = False,
) -> Iterator[tuple[str, str]]:
    """Yield each extractor's name and the text it gives; what `keep` holds is not made again."""
    base = keep / f"{article.name}-{seed}-{columns}{'-latex' if latex else ''}"
    if not base.with_suffix(".pdf").exists():
        from weasyprint import HTML

        manner = manner_of(article.name, seed, columns)
        if latex:
            set_by_latex(article, manner, base.with_suffix(".pdf"))
        else:
            HTML(string=page_of(article, manner)).write_pdf(base.with_suffix(".pdf"))
        shown = (one.shown or one.text for one in article.blocks)
        assert not lost(shown, extracted(base.with_suffix(".pdf"), "raw")), base.name
    for how in by:
        path = Path(f"{base}.{how}.txt")
        if not path.exists():
            path.write_bytes(extracted(base.with_suffix(".pdf"), how).encode())
        yield how, path.read_bytes().decode()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--only", default="")
    parser.add_argument("--columns", type=int)
    parser.add_argument("--how", default="")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--latex", action="store_true", help="set by LuaLaTeX")
    parser.add_argument("--tell", default="", help="print what differs: all, or a kind's letters")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        keep = given.keep or Path(temporary)
        keep.mkdir(parents=True, exist_ok=True)
        table: dict[tuple[str, ...], Score] = {}
        for article, seed, columns in cases(given.held_out, given.seeds, given.only, given.first):
            if given.columns and columns != given.columns:
                continue
            if given.latex and not can_set(article.language):
                continue
            quoted = with_quotes(article, manner_of(article.name, seed, columns), seed)
            for how, raw in laid_out(quoted, seed, columns, keep, latex=given.latex):
                if given.how and how != given.how:
                    continue
                imported = import_text(raw, f"{article.name}.txt", article.language)
                assert_accounted(raw, imported)
                column = ems_of(manner_of(article.name, seed, columns))
                score, told = compare(quoted, raw, imported, column)
                for key in ((how, str(columns)), (article.language,), ("all",)):
                    table.setdefault(key, Score()).merge(score)
                if given.tell:
                    print(f"== {article.name} seed {seed} {columns} columns {how}")
                    for line in told:
                        if given.tell == "all" or line.startswith(given.tell):
                            print("  ", line)
    print(report(table))


def report(table: dict[tuple[str, ...], Score]) -> str:
    """Return the table as Markdown."""
    kinds = ("paragraphs", "joined", "seen", *KINDS[1:], "head")
    heads = ("", *kinds, "hyphens %", "wrong welds", "of")
    rows = [heads, tuple("---" for _ in heads)]
    for key, score in sorted(table.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        hyphens = score.wanted["hyphens"]
        rows.append(
            (
                " ".join(key),
                *(f"{score.f1(kind):.3f}" for kind in kinds),
                f"{100 * score.right['hyphens'] / hyphens if hyphens else 100:.2f}",
                str(score.wanted["welds"]),
                str(hyphens),
            )
        )
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    main()
