"""What the bench says that a text still tells of its paragraphs."""

from __future__ import annotations

from bench.articles import Article, Block, true_width
from bench.knowable import best, told
from test_importing_pages import GRASS, STONE, wrapped

CUT = STONE.index("Een goede")
LINES = wrapped(GRASS, 40), [*wrapped(STONE[:CUT], 34), *wrapped(STONE[CUT:], 34)]
ARTICLE = Article("klei", "nl", {}, (Block("p", GRASS), Block("p", STONE)))
COLUMN = max(true_width(line) for row in LINES for line in row) + 0.1


def test_an_end_shows_by_room_an_empty_line_or_an_indent() -> None:
    grass, stone = LINES
    # In a column as narrow as the last line of the first paragraph that line is full.
    narrow = true_width(grass[-1]) + 0.1
    for between, column, hidden in (
        ([], COLUMN, 0),
        ([], narrow, 1),
        ([""], narrow, 0),
    ):
        raw = "\n".join([*grass, *between, *stone])
        count = told(ARTICLE, raw, column, False)
        assert (count["hidden"], count["lost"], count["seams"]) == (hidden, 2 * hidden, 0)
        assert best(count) == (0 if hidden else 1)


def test_a_paragraph_that_goes_on_elsewhere_is_told_where_its_sentence_breaks_off() -> None:
    grass, stone = LINES
    mid, end = 1, next(at for at, line in enumerate(stone, 1) if line.endswith("schuiten."))
    for cut, untold in ((mid, 0), (end, 1)):
        raw = "\n".join([*stone[:cut], "", *grass, "", *stone[cut:]])
        count = told(ARTICLE, raw, COLUMN, False)
        assert (count["seams"], count["untold"]) == (1, untold)
        assert told(ARTICLE, raw, COLUMN, True)["seams"] == 0
