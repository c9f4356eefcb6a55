"""How often copyfitting hits: generated books, each to be set on pages that its limits can reach.

For each seed a pamphlet of 1,000 to 2,400 words, whose chapters run on, so that every line counts.
A book that can be reached is to have the pages that a variation drawn at random gives it, of up to
twelve the first that changes their number; one that cannot is to have one or two more or fewer than
at the ends of the limits. Prints a row of a table for each book, then the sums; ends with 1 where
fewer than 38 of 40 that can be reached are hit, or any is hit that cannot be.

    cd tests && python -m bench.copyfitting [BOOKS] [UNREACHABLE] [FILE]

FILE, such as bench/RESULTS-copyfitting.md, is where all this is written as well.
"""

from __future__ import annotations

import dataclasses
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from books.generate import generate

from publish.copyfitting import frontier, trials
from publish.geometry import Variation, varied
from publish.manuscript import read_manuscript
from publish.page_findings import fit_findings
from publish.workshop import Workshop

ABOUT = """# Books set on the pages that they are to have

`make bench-copyfitting`: generated books whose chapters run on, each wanted on a number of pages,
counted before blank ones are added. `pages` are those of the book as it is; the first seeds want
what a variation within the usual limits gives, those from 1000 on what none gives.
"""
LEAST = (38, 40)
"""Of so many books that can be reached, so many are to be hit."""


def workshop(folder: Path, pages: str) -> Workshop:
    """Return the workshop of a book that is to have so many pages."""
    read = read_manuscript(folder)
    assert read.book
    settings = read.book.settings
    bound = dataclasses.replace(settings.print, pages=pages, chapters="run-on")
    book = dataclasses.replace(read.book, settings=dataclasses.replace(settings, print=bound))
    return Workshop(folder, book, read.sources)


def witness(shop: Workshop, chance: random.Random) -> int:
    """Return a number of pages that some variation within the limits gives."""
    every = trials(shop.materials.page, shop.settings.print.fit)
    arrangement, plain, _ = shop.room.arranged
    for _ in range(12):
        room = shop.room.on(varied(shop.materials.page, chance.choice(every).by))
        if room.lay_out("print", arrangement).count != plain.count:
            break
    return room.arranged[1].count


def beyond(shop: Workshop, chance: random.Random) -> int:
    """Return a number of pages that no variation within the limits gives."""
    far = frontier(trials(shop.materials.page, shop.settings.print.fit))
    fewest, most = (
        shop.room.on(varied(shop.materials.page, far[at].by)).arranged[1].count for at in (0, -1)
    )
    off = chance.randint(1, 2)
    return chance.choice((fewest - off, most + off))


def measure(seed: int, reachable: bool) -> tuple[bool, str]:
    """Set one book; tell whether it was hit, or rightly refused and left as it was, and a row."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "book"
        generate("pamphlet", folder, seed, chance.randrange(1000, 2400))
        shop = workshop(folder, "")
        target = (witness if reachable else beyond)(shop, chance)
        began = time.process_time()
        room = workshop(folder, f"fit {target}").room
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


def main() -> int:
    """Measure so many reachable and unreachable books; return 1 where a bar is missed."""
    numbers, files = sys.argv[1:3], sys.argv[3:4]
    books, others = (int(one) for one in (*numbers, *("40", "10")[len(numbers) :]))
    head = "| seed | pages | wanted | what was told | right | CPU |\n|---|--:|--:|---|---|--:|"
    print(head)
    reached = [measure(seed, True) for seed in range(books)]
    refused = [measure(1000 + seed, False) for seed in range(others)]
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
