"""What e-book and pages cost in time and memory, by Katern and by what else is installed.

    make bench
    cd tests; python -m bench.speed [--books A,B] [--paths A,B] [--rounds N]

Four generated books, and of each the e-book, the print edition and a build with nothing to do. All
that is installed runs in turn, A B A B, and the medians are told beside Katern's; what is not there
is told as well. It ends with status 1, and a line for each, where a bar is missed. Of the print
edition the line breaking is on, and with `first-fit` off. An e-book of Katern has its cover and its
pictures from the build before, as Pandoc has none; “cold” makes them too.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.contestants import Contestant, contestants, pandoc
from bench.measuring import Cost, Failed, measured, middle
from books.generate import KINDS, generate

SAMPLE = Path(__file__).parents[2] / "manuscript"
ROUNDS = 3
Table = dict[tuple[str, str, str], Cost]
"""By book, path and contestant."""

BARS: tuple[tuple[str, str, str, str, str, float], ...] = (
    ("pamphlet", "epub", "cpu", "katern", "pandoc", 2.0),
    ("novel", "epub", "cpu", "katern", "pandoc", 0.35),
    ("epic", "epub", "cpu", "katern", "pandoc", 0.25),
    *(
        (book, "print", *rest)
        for book in ("novel", "epic")
        for rest in (
            ("wall", "katern first-fit", "weasyprint", 0.6),
            ("wall", "katern", "weasyprint", 0.9),
            ("memory", "katern", "weasyprint", 1.0),
        )
    ),
    ("novel", "print", "wall", "katern edited", "katern", 0.15),
    ("epic", "print", "wall", "katern edited", "katern", 0.05),
)
"""The most that a figure of one may be of another's: book, path, figure, whose, of whose, most."""
IDLE, GROWTH = 0.15, 6.5
"""Seconds of wall of a build with nothing to do; what the epic may cost, times the novel."""


def main() -> int:
    """Measure, print the table; return 1 where a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--books", default=",".join(["sample", *KINDS]))
    parser.add_argument("--paths", default="epub,print,idle")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    print(versions(), flush=True)
    table: Table = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name in asked.books.split(","):
            for path in asked.paths.split(","):
                those = [one for one in contestants() if one.path == path]
                table |= _turns(name, those, asked.rounds, Path(temporary))
    found = judged(table)
    print("\n".join(f"missed: {one}" for one in found) or "every bar that was measured is met")
    return int(bool(found))


def _turns(name: str, those: Iterable[Contestant], rounds: int, root: Path) -> Table:
    """Let each make a book's output in turn; return the medians of those who did."""
    costs: dict[str, list[Cost]] = {}
    silent: dict[str, str] = {}
    for number in range(rounds):
        for one in those:
            work = root / f"{name}-{one.path}-{one.name}".replace(" ", "-")
            if one.missing or one.name in silent:
                silent.setdefault(one.name, one.missing)
                continue
            book = _book(name, work)
            try:
                if not number and one.warm:
                    # What it keeps for the next time is there then.
                    measured(one.command(book, work), work)
                one.before(book, work)
                costs.setdefault(one.name, []).append(measured(one.command(book, work), work))
            except Failed as error:
                silent[one.name] = str(error)
    path = next(iter(those)).path
    table = {(name, path, one): middle(some) for one, some in costs.items() if one not in silent}
    _print(name, path, table, silent)
    return table


def _book(name: str, work: Path) -> Path:
    book = work / "book"
    if not book.exists():
        work.mkdir(parents=True, exist_ok=True)
        if name == "sample":
            shutil.copytree(SAMPLE, book)
        else:
            generate(name, book)
        with (book / "book.toml").open("a", encoding="utf-8") as file:
            file.write("\n[epub]\npage-list = false\n")
    return book


def _print(book: str, path: str, table: Table, silent: dict[str, str]) -> None:
    """Print a row for each, as a table of Markdown."""
    own = table.get((book, path, "katern"))
    print(f"\n| {book}, {path} | CPU s | × | wall s | × | memory MB | × |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for (_, _, name), cost in table.items():
        cells = [
            f"{value:.2f} | {value / base if base else 0:.2f}"
            for value, base in zip(
                (cost.cpu, cost.wall, cost.memory),
                (own.cpu, own.wall, own.memory) if own else (0, 0, 0),
                strict=True,
            )
        ]
        print(f"| {name} | {' | '.join(cells)} |")
    for name, why in silent.items():
        print(f"| {name} | {why} | | | | | |")
    sys.stdout.flush()


def judged(table: Table) -> list[str]:
    """Return the bars that are missed, a plain line each, as far as their figures are there."""
    missed = []
    for book, path, figure, one, other, most in BARS:
        own, theirs = table.get((book, path, one)), table.get((book, path, other))
        if own and theirs:
            ratio = getattr(own, figure) / getattr(theirs, figure)
            if ratio > most:
                what = f"{book}, {path}: {figure} of {one}"
                missed.append(f"{what} is {ratio:.2f} × that of {other}, at most {most}")
    for (book, path, name), cost in table.items():
        if path == "idle" and book in ("sample", "novel") and cost.wall > IDLE:
            missed.append(f"{book}: nothing to do takes {cost.wall:.2f} s, at most {IDLE}")
        less = table.get(("novel", path, name))
        if book == "epic" and name.startswith("katern") and less and path != "idle":
            for figure in ("cpu", "wall"):
                ratio = getattr(cost, figure) / getattr(less, figure)
                if ratio > GROWTH:
                    what = f"{path}: the epic’s {figure} by {name}"
                    missed.append(f"{what} is {ratio:.1f} × the novel’s, at most {GROWTH}")
    return missed


def versions() -> str:
    """Return what is measured with what, a line each."""
    names = ("weasyprint", "ebooklib", "markdown-it-py", "typst", "pypandoc-binary")
    found = {distribution.name.lower() for distribution in importlib.metadata.distributions()}
    told = [f"{name} {importlib.metadata.version(name)}" for name in names if name in found]
    told += [_said(pandoc(), "--version"), _said(shutil.which("lualatex") or "", "--version")]
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return "; ".join([f"Python {platform.python_version()}", machine, *filter(None, told)])


def _said(program: str, option: str) -> str:
    if not program:
        return ""
    done = subprocess.run([program, option], capture_output=True, text=True, check=False)
    return (done.stdout.splitlines() or [""])[0]


if __name__ == "__main__":
    sys.exit(main())
