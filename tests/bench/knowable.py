"""What an extracted text still tells of its paragraphs: a bound that no rule can pass.

    cd tests; python -m bench.knowable [--held-out] [--first N] [--seeds N] [--keep FOLDER]

Each line of a text is found in the known article. Then two things are told of each paragraph.
Whether its end shows: an empty line or an indent stands below it, or its last line has room for the
next word (by the true widths of the pages' font). And whether its lines follow each other in the
text, but for notes, captions and quotes between them; where they do not, whether the sentence
breaks off there, or ends, so that nothing tells that the paragraph goes on elsewhere. `best` is the
F1 of somebody who does all that is told rightly, and takes what does not show for none: of two
paragraphs with a hidden end between them he has neither, of one that goes on after a sentence's end
elsewhere he has none. The side by side columns of `-layout` are taken to be in order.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from bench.articles import Article, ems_of, manner_of, with_quotes
from bench.importing import cases, is_hidden, laid_out, level, level_lines

LEAST = 5
"""Letters of a line that is found by them; a shorter one must stand below the line before it."""
SENTENCE = re.compile(r"[.?!…:][\"'”’“»)\]]*\d{0,2}$")


def letters(text: str) -> str:
    """Return a text's letters and figures alone, in small letters."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def places(text: str, lines: Sequence[str], known: dict[str, list[int]], after: int) -> list[int]:
    """Return the indexes of the lines that hold a paragraph, the nearest ones below `after`."""
    rest, found = letters(text), []
    while rest:
        for start in (0, 1):
            # A drop cap is a line of its own.
            at = _place(rest[start:], lines, known, found[-1] if found else after)
            if at >= 0:
                break
        if at < 0:
            return found
        found.append(at)
        rest = rest[start + len(_bare(lines[at], rest[start:])) :]
    return found


def _place(rest: str, lines: Sequence[str], known: dict[str, list[int]], after: int) -> int:
    near = [at for at in range(after + 1, min(after + 4, len(lines))) if lines[at]]
    for at in near:
        bare = _bare(lines[at], rest)
        if bare and rest.startswith(bare):
            return at
    far = [at for at in known[rest[:LEAST]] if rest.startswith(_bare(lines[at], rest))]
    return min(far, key=lambda at: (at <= after, abs(at - after)), default=-1)


def _bare(line: str, rest: str) -> str:
    """Return a line's letters, the call of a note left out if the text has it not."""
    bare = letters(line)
    return bare if rest.startswith(bare) else re.sub(r"\d{1,2}$", "", bare)


def told(article: Article, raw: str, column: float, in_order: bool) -> Counter[str]:
    """Count the paragraphs of an article, and what a text tells of them."""
    lines = level_lines(raw)
    known: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if len(letters(line)) >= LEAST:
            known[letters(line)[:LEAST]].append(at)
    texts = article.texts("p")
    rows, after = [], -1
    for text in texts:
        rows.append(places(text, lines, known, after))
        after = rows[-1][-1] if rows[-1] else after
    body = {at for row in rows for at in row}
    count, lost = Counter(paragraphs=len(texts)), set[int]()
    for number, row in enumerate(rows):
        for a, b in pairwise(row):
            apart = b < a or any(at in body for at in range(a + 1, b))
            count["seams"] += apart and not in_order
            if apart and not in_order and SENTENCE.search(lines[a].strip()):
                count["untold"] += 1
                lost.add(number)
    for number, (one, two) in enumerate(pairwise(texts)):
        if is_hidden(level(one), level(two), lines, column):
            count["hidden"] += 1
            lost |= {number, number + 1}
    count["lost"] = len(lost)
    return count


def best(count: Counter[str]) -> float:
    """Return the F1 of one who knows what is told."""
    right = count["paragraphs"] - count["lost"]
    made = count["paragraphs"] - count["hidden"] + count["untold"]
    return 2 * right / (count["paragraphs"] + made)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as temporary:
        keep = given.keep or Path(temporary)
        for article, seed, columns in cases(given.held_out, given.seeds, "", given.first):
            manner = manner_of(article.name, seed, columns)
            quoted = with_quotes(article, manner, seed)
            for how, raw in laid_out(quoted, seed, columns, keep):
                found = told(quoted, raw, ems_of(manner), how == "layout" or columns == 1)
                table[f"{how} {columns}"] += found
                table["all"] += found
    heads = ("", "paragraphs", "hidden ends", "seams out of order", "untold", "best F1")
    print("| " + " | ".join(heads) + " |\n" + "| --- " * len(heads) + "|")
    for key, one in sorted(table.items(), key=lambda pair: (pair[0] == "all", pair[0])):
        row = (one["paragraphs"], one["hidden"], one["seams"], one["untold"])
        print("| " + " | ".join((key, *map(str, row), f"{best(one):.3f}")) + " |")


if __name__ == "__main__":
    main()
