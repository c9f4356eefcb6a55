"""How often copyfitting hits: generated books, each to be set on pages that its limits can reach.

For each seed a pamphlet of 1,200 to 3,600 words, whose chapters run on, so that every line counts;
of each tenth a book with tables, notes and pictures, which may be a third smaller.
A book that can be reached is to have other pages than it has as it is: those that a variation drawn
at random gives it, of up to twelve the first that changes their number; a book whose pages none of
them changes is passed over, and the next seed is taken. One that cannot be reached is to have one
or two more or fewer than at the ends of the limits. Prints a row of a table for each book, then the
sums; ends with 1 where fewer than 38 of 40 that can be reached are hit, or any is hit that cannot
be.

    cd tests && python -m bench.copyfitting [BOOKS] [UNREACHABLE] [FILE]

FILE, such as bench/RESULTS-copyfitting.md, is where all this is written as well.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import structs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from books.generate import generate

from publish.building.workshop import Workshop
from publish.manuscript.folder import read_manuscript
from publish.pages.findings import fit_findings
from publish.pages.measuring import pictured
from publish.settings.printing import Fit
from publish.sizes.copyfitting import Trial, frontier, trials
from publish.sizes.geometry import Variation, varied

ABOUT = """# Books set on the pages that they are to have

`make bench-copyfitting`: generated books whose chapters run on, each wanted on a number of pages,
counted before blank ones are added. `pages` are those of the book as it is, which are never those
wanted; the first seeds want what a variation within the usual limits gives, those from 1000 on what
none gives. Each tenth seed is a book with pictures, which may be set a third smaller. A seed that
is not there made a book whose pages no variation that was drawn changes.
"""
LEAST = (38, 40)
"""Of so many books that can be reached, so many are to be hit."""


@dataclass(frozen=True)
class Books:
    """The fewest words of a book and more than the most, and how far its setting may be varied."""

    words: tuple[int, int] = (1200, 3600)
    limits: Fit = field(default_factory=Fit)


def workshop(folder: Path, pages: str, limits: Fit) -> Workshop:
    """Return the workshop of a book that is to have so many pages, within limits."""
    read = read_manuscript(folder)
    assert read.book
    settings = read.book.settings
    bound = dataclasses.replace(settings.print, pages=pages, chapters="run-on", fit=limits)
    book = structs.replace(read.book, settings=dataclasses.replace(settings, print=bound))
    return Workshop(folder, book, read.sources)


def ways(shop: Workshop) -> list[Trial]:
    """Return the variations within the limits of a book."""
    share = pictured(shop.room.arranged[1])
    return trials(shop.materials.page, shop.settings.print.fit, share)


def witness(shop: Workshop, chance: random.Random) -> int | None:
    """Return another number of pages, which some variation within the limits gives."""
    every, room = ways(shop), shop.room
    plain = room.arranged[1].count
    for _ in range(12):
        page = varied(room.page, chance.choice(every).by)
        if room.guessed(page) != plain and (pages := room.counted(page)) != plain:
            return pages
    return None


def beyond(shop: Workshop, chance: random.Random) -> int:
    """Return a number of pages that no variation within the limits gives."""
    far = frontier(ways(shop))
    ends = (varied(shop.room.page, far[at].by) for at in (0, -1))
    fewest, most = (shop.room.counted(page) for page in ends)
    off = chance.randint(1, 2)
    return chance.choice((fewest - off, most + off))


def measure(seed: int, reachable: bool, books: Books) -> tuple[bool, str] | None:
    """Set one book; tell whether it was hit, or rightly refused and left as it was, and a row.

    None for a book that is to be hit and whose pages no variation changes.
    """
    kind, limits = "pamphlet", books.limits
    if seed % 10 == 9:
        kind, limits = "dense", dataclasses.replace(limits, pictures=33.0)
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "book"
        generate(kind, folder, seed, chance.randrange(*books.words))
        shop = workshop(folder, "", limits)
        target = witness(shop, chance) if reachable else beyond(shop, chance)
        if target is None:
            return None
        began = time.process_time()
        room = workshop(folder, f"fit {target}", limits).room
        found = room.fitted
        spent = time.process_time() - began
        assert found
        plain = shop.room.arranged[1].count
        right = found.hit == reachable
        if not found.hit:
            right &= found.by == Variation() and found.pages == plain
        told = fit_findings(found, shop.materials.page, room.arranged[1], 1)
    said = told[0].message.partition(": ")[2] if told else "nothing is changed"
    verdict = "yes" if right else "NO"
    row = f"| {seed} | {plain} | {target} | {said} | {verdict} | {spent:.0f} s |"
    print(row, flush=True)
    return right, row


def measured(
    seeds: Iterable[int], many: int, reachable: bool, books: Books
) -> list[tuple[bool, str]]:
    """Set so many books, of the first seeds that make one."""
    made = (measure(seed, reachable, books) for seed in seeds)
    return list(itertools.islice((one for one in made if one), many))


def main() -> int:
    """Measure so many reachable and unreachable books; return 1 where a bar is missed."""
    numbers, files = sys.argv[1:3], sys.argv[3:4]
    books, others = (int(one) for one in (*numbers, *("40", "10")[len(numbers) :]))
    head = "| seed | pages | wanted | what was told | right | CPU |\n|---|--:|--:|---|---|--:|"
    print(head)
    reached = measured(itertools.count(), books, True, Books())
    refused = measured(itertools.count(1000), others, False, Books())
    hits, rightly = (sum(right for right, _ in those) for those in (reached, refused))
    missed = hits * LEAST[1] < LEAST[0] * books or rightly < others
    bar = f"at least {LEAST[0]} of {LEAST[1]} are to be hit, and all others refused"
    sums = f"{hits} of {books} hit, {rightly} of {others} refused: {bar}"
    sums += ": MISSED" if missed else ""
    print(f"\n{sums}")
    rows = "\n".join(row for _, row in (*reached, *refused))
    for file in files:
        Path(file).write_text(f"{ABOUT}\n{sums}.\n\n{head}\n{rows}\n", "utf-8")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
