"""Texts laid over pages without a gap or a rest, and words as they are compared."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from publish.checks.folding import folded, squeezed, words_of
from publish.checks.html_text import text_of_html
from publish.checks.tiles import Tile, Tiling
from publish.checks.tiling import tiled


def runs(*pages: str) -> list[list[str]]:
    """Return the runs of pages on which blanks part them."""
    return [page.split() for page in pages]


def laid(tiles: list[str], *pages: str) -> Tiling:
    return tiled([Tile(text) for text in tiles], runs(*pages))


def test_a_text_goes_on_after_a_note_and_over_a_page() -> None:
    made = laid(
        ["onderdestraatlooptwater", "enookeenfiguurhier", "denootindemarge"],
        "onderdestraat enookeen denootin",
        "looptwater figuurhier demarge",
    )
    assert (made.lost, made.strange) == ([], [])


def test_what_is_lost_and_what_is_strange() -> None:
    assert laid(["heelkort"], "heel").lost == [(0, 4, 8)]
    made = laid(["eersteregel", "tweederegel"], "eersteregel ietsvreemds tweederegel")
    assert (made.lost, made.strange) == ([], [(0, "ietsvreemds")])
    gap = laid(["watvoorafgaatWEGwatervolgtindetekst"], "watvoorafgaat watervolgtindetekst")
    assert (gap.lost, gap.strange) == ([(0, 13, 16)], [])
    head = laid(["WEGwatervolgtindetekst"], "watervolgtindetekst")
    assert (head.lost, head.strange) == ([(0, 0, 3)], [])


def test_only_what_differs_is_told_of_a_line() -> None:
    made = laid(
        ["deeersteregelstaat", "hiereendegansewereldis"],
        "deeersteregelstaat",
        "hiereendeNUgansewereldis",
    )
    assert (made.lost, made.strange) == ([], [(1, "NU")])
    made = laid(["deeersteregelenhiereendegansewereldis"], "deeersteregelen hiereengansewereldis")
    assert (made.lost, made.strange) == ([(0, 22, 24)], [])


def test_words_that_have_changed_places_are_told() -> None:
    for swapped in ("wereldstraat", "straatwereldstraat", "straatstraat"):
        made = laid(["opdestraatwereldisrumoer"], f"opde{swapped}isrumoer")
        assert made.lost or made.strange, swapped


def test_short_texts_are_kept_apart() -> None:
    assert laid(["12", "1", "2"], "1 2 12") == Tiling()
    assert laid(["1", "2", "12"], "12 1 2") == Tiling()
    assert laid(["noot", "nootb", "no"], "nootb no noot") == Tiling()
    number = Tile("12", required=False)
    assert tiled([number, Tile("1"), Tile("2")], runs("1 2")) == Tiling()
    assert tiled([number], runs("1 3")).strange == [(0, "13")]
    drawn = Tile("2021", required=False)
    assert tiled([Tile("2"), drawn], runs("2 0 2 1 2")) == Tiling()


def test_a_text_may_stand_twice_only_where_it_is_told() -> None:
    assert laid(["hoofd", "cel"], "hoofd cel hoofd").strange == [(0, "hoofd")]
    assert tiled([Tile("hoofd", many=True), Tile("cel")], runs("hoofd cel hoofd")) == Tiling()
    assert tiled([Tile("hoofd", required=False)], []) == Tiling()
    cells = [Tile("x", many=True), Tile("x"), Tile("x")]
    assert tiled(cells, runs("x x x")) == tiled(cells, runs("x x", "x x")) == Tiling()


TEXTS = st.lists(st.text("abcdefgh", min_size=12, max_size=60), min_size=1, max_size=6, unique=True)


@given(TEXTS, st.data())
def test_any_breaking_into_runs_and_pages_is_whole(texts: list[str], data: st.DataObject) -> None:
    pages: list[list[str]] = [[]]
    for text in texts:
        cut = data.draw(st.integers(6, len(text) - 6))
        for run in (text[:cut], text[cut:]):
            pages[-1].append(run)
            if data.draw(st.booleans()) and run != text[cut:]:
                pages.append([])
    made = tiled([Tile(text) for text in texts], pages)
    assert sum(map(len, texts)) == sum(len(run) for page in pages for run in page)
    assert (made.lost, made.strange) == ([], [])


@given(st.lists(st.text("ab1", min_size=1, max_size=4), min_size=1, max_size=12), st.randoms())
def test_short_texts_that_are_alike_are_whole_in_any_order(
    texts: list[str], numbers: random.Random
) -> None:
    page = list(texts)
    numbers.shuffle(page)
    assert tiled([Tile(text) for text in texts], [page]) == Tiling()


@given(TEXTS, st.data())
def test_a_text_left_out_is_missed(texts: list[str], data: st.DataObject) -> None:
    out = data.draw(st.integers(0, len(texts) - 1))
    made = tiled([Tile(text) for text in texts], [texts[:out] + texts[out + 1 :]])
    assert sum(end - start for _, start, end in made.lost) == len(texts[out])


def test_words_are_compared_whatever_way_they_are_set() -> None:
    typed = '\'s Avonds -- om 8 uur -- zei ze: "Alma-Ata, co\u00adoperatie"...'
    set_well = "’s Avonds – om 8\u00a0uur – zei ze: “Alma-Ata, coo\u0308peratie”…"
    assert [word.value for word in words_of(typed)] == [
        "s", "avonds", "om", "8", "uur", "zei", "ze", "alma", "ata", "cooperatie"
    ]  # fmt: skip
    assert squeezed(typed).replace("o", "") == squeezed(set_well).replace("ö", "").replace("o", "")
    assert squeezed("\u0133s, ﬁets, e\u0301én") == "ijsfietséén"
    assert typed[words_of(typed)[-1].at :].startswith("co")


def test_html_is_read_as_its_words() -> None:
    html = "<div><p>een<b>voud</b>ig</p><p>twee&nbsp;&amp; <!-- niets -->drie</p></div>"
    assert text_of_html(html).split() == ["eenvoudig", "twee", "&", "drie"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\u0345")))
def test_words_are_the_same_with_their_places_and_without(text: str) -> None:
    assert folded(text) == [word.value for word in words_of(text)]
