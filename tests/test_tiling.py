"""Texts laid over pages without a gap or a rest, and words as they are compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from publish.checks.html_text import text_of_html
from publish.checks.tiling import Stream, Tile, Tiling, tiled
from publish.checks.words import squeezed, words_of


def streams(*pages: str) -> list[Stream]:
    """Make streams of pages whose runs are parted by blanks."""
    return [Stream.of((run, len(run) == 1) for run in page.split()) for page in pages]


def laid(tiles: list[str], *pages: str) -> Tiling:
    return tiled([Tile(text) for text in tiles], streams(*pages))


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
    assert (made.lost, made.strange) == ([], [(0, 11, 22)])
    gap = laid(["watvoorafgaatWEGwatervolgtindetekst"], "watvoorafgaat watervolgtindetekst")
    assert (gap.lost, gap.strange) == ([(0, 13, 16)], [])


def test_short_texts_are_kept_apart() -> None:
    assert laid(["12", "1", "2"], "1 2 12") == Tiling()
    assert laid(["1", "2", "12"], "12 1 2") == Tiling()
    number = Tile("12", required=False, whole=True)
    assert tiled([number, Tile("1"), Tile("2")], streams("1 2")) == Tiling()
    assert tiled([number], streams("1 2")).strange == [(0, 0, 2)]
    spelt = Tile("2021", required=False, spelt=True)
    assert tiled([Tile("2"), spelt], streams("2 0 2 1 2")) == Tiling()


def test_a_text_may_stand_twice_only_where_it_is_told() -> None:
    assert laid(["hoofd", "cel"], "hoofd cel hoofd").strange == [(0, 8, 13)]
    assert tiled([Tile("hoofd", many=True), Tile("cel")], streams("hoofd cel hoofd")) == Tiling()
    assert tiled([Tile("hoofd", required=False)], []) == Tiling()


TEXTS = st.lists(st.text("abcdefgh", min_size=12, max_size=60), min_size=1, max_size=6, unique=True)


@given(TEXTS, st.data())
def test_any_breaking_into_runs_and_pages_is_whole(texts: list[str], data: st.DataObject) -> None:
    pages: list[list[tuple[str, bool]]] = [[]]
    for text in texts:
        cut = data.draw(st.integers(6, len(text) - 6))
        for run in (text[:cut], text[cut:]):
            pages[-1].append((run, False))
            if data.draw(st.booleans()) and run != text[cut:]:
                pages.append([])
    made = tiled([Tile(text) for text in texts], [Stream.of(page) for page in pages])
    whole = sum(map(len, texts))
    covered = sum(len(run) for page in pages for run, _ in page)
    assert covered == whole
    assert (made.lost, made.strange) == ([], [])


@given(TEXTS, st.data())
def test_a_text_left_out_is_missed(texts: list[str], data: st.DataObject) -> None:
    out = data.draw(st.integers(0, len(texts) - 1))
    runs = [(text, False) for at, text in enumerate(texts) if at != out]
    made = tiled([Tile(text) for text in texts], [Stream.of(runs)])
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
