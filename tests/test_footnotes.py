"""Notes: each one whole, once, on the page of its call; or at the end of the book, with its page.

What is looked for in a PDF are names that stand nowhere else: `roep…` before the call of a note,
`kop…` and `slot…` at the beginning and the end of its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from conftest import BOOKS, shop_of
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageOps
from readback_pdf import ReadPdf

from publish.__main__ import main
from publish.building.build import build
from publish.engine import steadying
from publish.ground.problems import Unmakeable, problem
from publish.pages import arranging
from publish.pages.arranging import arrange
from publish.pages.placing import Arrangement
from publish.standing.current import Built
from publish.text.footnotes import (
    ROUNDS,
    NoteFact,
    NotePlaces,
    all_at_end,
    next_places,
    note_findings,
)

LINE = "De veerman telde bij laag tij de palen langs de kade en schreef elk getal in zijn boek. "
HEAD = 'title = "Tij"\nmodified = 2026-03-01T08:00:00Z\n'
ENGINE = problem("P401", None, reason="IndexError: list index out of range", advice="")


def sentence(number: int, length: int) -> str:
    """Return words that call a note."""
    return f"{LINE * length}Hier staat roep{number:03}roep.[^{number}]"


def note(number: int, length: int) -> str:
    """Return a note of so many sentences."""
    return f"[^{number}]: Kop{number:03}kop. {LINE * length}Tot slot{number:03}slot."


def dense(folder: Path, settings: str, lengths: Sequence[int] = (1, 2, 0, 3, 1, 4)) -> Path:
    """Write a book of two chapters whose paragraphs call a note or two, of many lengths."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.toml").write_text(f"{HEAD}[print]\n{settings}\n", encoding="utf-8")
    for chapter in (0, 1):
        blocks, notes = [f"# Hoofdstuk {'een' if chapter == 0 else 'twee'}"], []
        for at in range(9):
            number = chapter * 20 + 2 * at + 1
            calls = [sentence(number, 1 + at % 4)]
            if at % 3 == 1:
                calls.append(sentence(number + 1, at % 2))
            blocks.append(" ".join(calls))
            notes += [
                note(number + extra, lengths[(number + extra) % len(lengths)])
                for extra in range(len(calls))
            ]
        text = "\n\n".join(blocks + notes) + "\n"
        (folder / f"{chapter + 1:02}.md").write_text(text, encoding="utf-8")
    return folder


def made(folder: Path) -> tuple[ReadPdf, Built]:
    """Build the print edition of a book."""
    built = build(folder, folder / "out", ("print",))
    assert built.made, [str(one) for one in built.problems]
    return ReadPdf(built.made[0]), built


def pages_of(pdf: ReadPdf, word: str) -> dict[int, int]:
    """Return the page, from 1, of each `word…word` of a PDF; each stands there once."""
    found: dict[int, int] = {}
    for page, there in enumerate(pdf.pages, 1):
        for number in re.findall(f"{word}(\\d\\d\\d){word}", there.words, re.IGNORECASE):
            assert int(number) not in found, f"{word}{number} stands twice"
            found[int(number)] = page
    return found


def codes(built: Built) -> list[str]:
    return [one.code for one in built.problems if one.code in ("P401", "P421", "P422")]


MOST = {"A6": 24, "A5": 16, "135 x 210 mm": 16, "210 x 210 mm": 16, "A4": 12}
"""Pages at the most: none is left half empty for its notes."""
SHAPES = [
    (trim, columns)
    for trim in ("A6", "A5", "135 x 210 mm", "210 x 210 mm", "A4")
    for columns in (1, 2, 3)
    if (trim, columns) != ("A6", 3)
]


@pytest.mark.parametrize(("trim", "columns"), SHAPES)
def test_every_note_is_whole_on_the_page_of_its_call(
    tmp_path: Path, trim: str, columns: int
) -> None:
    pdf, built = made(dense(tmp_path, f'trim = "{trim}"\ncolumns = {columns}'))
    assert codes(built) == []
    calls = pages_of(pdf, "roep")
    assert len(calls) == 24
    assert pages_of(pdf, "kop") == calls
    assert pages_of(pdf, "slot") == calls
    assert len(pdf.pages) <= MOST[trim]


def test_the_second_line_of_a_paragraph_does_not_drive_a_note_away(tmp_path: Path) -> None:
    """Chapters whose pages end with each line of a paragraph, the second one too."""
    (tmp_path / "book.toml").write_text(HEAD)
    for chapter in range(6):
        numbers = range(20 * chapter + 1, 20 * chapter + 13)
        text = [f"# Hoofdstuk {chapter}", *["Het was eb."] * chapter]
        text += [f"Hier staat roep{at:03}roep.[^{at}] {LINE * 4}\n\n{LINE * 5}" for at in numbers]
        text += [note(at, 1) for at in numbers]
        (tmp_path / f"{chapter}1.md").write_text("\n\n".join(text) + "\n")
    pdf, built = made(tmp_path)
    assert codes(built) == []
    calls = pages_of(pdf, "roep")
    assert len(calls) == 72
    assert pages_of(pdf, "kop") == calls


def test_notes_that_are_called_in_notes_stand_below_them(tmp_path: Path) -> None:
    """Each of three notes calls four, and the first of these another and the note itself."""
    (tmp_path / "book.toml").write_text(HEAD)
    called = {at: [10 * at + one for one in range(4)] for at in (1, 2, 3)}
    text = ["# Een", *(sentence(at, 9) for at in (1, 2, 3))]
    for at, inner in called.items():
        calls = [f"Daar roep{one:03}roep.[^{one}]" for one in inner]
        text += [f"{note(at, 0)} {' '.join(calls)}", *(note(one, 0) for one in inner[1:])]
        last = 10 * at + 9
        text += [f"{note(inner[0], 0)} Dan roep{last:03}roep.[^{last}] Als[^{at}].", note(last, 0)]
    (tmp_path / "1.md").write_text("\n\n".join(text) + "\n")
    pdf, built = made(tmp_path)
    assert not [one for one in built.problems if one.code in ("P401", "P421", "P422", "P448")]
    calls = pages_of(pdf, "roep")
    assert len(calls) == 18
    assert pages_of(pdf, "kop") == pages_of(pdf, "slot") == calls
    words = " ".join(page.words for page in pdf.pages)
    order = [int(number) for number in re.findall(r"kop(\d\d\d)kop", words, re.IGNORECASE)]
    assert order == [one for at in (1, 2, 3) for one in (at, *called[at], 10 * at + 9)]


def test_a_note_looks_alike_whatever_calls_it(tmp_path: Path) -> None:
    """Each chapter has a page and a note, whose long words break as those of its language do."""
    calls = [
        "Woord[^1] erna.",
        "## Kop[^1]\n\nErna.",
        "::: pullquote\nIn kleur.[^1]\n:::",
        "> Een ander.[^1]",
        "[Klein[^1]]{.smallcaps} **en[^1]** *schuin*.",
        "[The ferryman[^1] said]{lang=en} het.",
        "[שלום[^1] עולם]{dir=rtl lang=he} erna.",
        "{dir=rtl lang=he}\n- שלום[^1]",
    ]
    font = BOOKS / "hebrew" / "fonts" / "NotoSerifHebrew.woff2"
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / font.name).write_bytes(font.read_bytes())
    settings = f'{HEAD}[fonts]\nfiles = ["{font.name}"]\n[print]\ntrim = "A5"\nchapters = "recto"\n'
    (tmp_path / "book.toml").write_text(settings)
    long = "verantwoordelijkheidsgevoel " * 7
    for at, call in enumerate(calls, 1):
        text = f"# Tij\n\n{LINE}\n\n{call}\n\n[^1]: *Kop001kop* {LINE}{long}\n"
        (tmp_path / f"{at:02}.md").write_text(text)
    pdf, built = made(tmp_path)
    assert [one for one in built.problems if one.code.startswith("P")] == []
    feet = []
    for number, page in enumerate(pdf.pages):
        if "kop001kop" in page.words.lower():
            picture = pdf.picture(number, 1.0).convert("L")
            wide, high = picture.size
            foot = picture.crop((wide // 8, high * 7 // 10, wide * 7 // 8, high * 87 // 100))
            feet.append(foot.crop(ImageOps.invert(foot).getbbox()).tobytes())
    assert len(feet) == len(calls)
    assert set(feet) == {feet[0]}


LEFTWARD = """\
# Titel met noot[^1]

Eerste alinea met woord[^2] en [NEP[^3]]{.smallcaps} en [*Искра*[^4]]{lang=ru}.

::: pullquote
Een regel die het waard is.[^5]

-- Wie het zei[^6]
:::

::: verse
eerste regel[^7]
tweede regel
  ingesprongen[^8]

strofe twee
:::

::: {dir=rtl lang=he}
הלחם הוא מזון[^9] בסיסי עשוי מקמח ומים. Latijn 123 (haakjes) tussen.

- פריט ראשון[^10]
- פריט שני
:::


[^1]: Noot bij titel.
[^2]: הערה בעברית met Latijn.
[^3]: Noot met lijst:

    - een
    - twee

      diep
    - drie
[^4]: Noot met vers:

    | a
    | b
[^5]: Noot in code:

        def f(x):
            return x
[^6]: Noot zes `code`.
[^7]: Noot zeven.
[^8]: Noot acht.

    1. een
    2. twee
       - sub
[^9]: negen
[^10]: Noot tien.


"""
"""Notes of many kinds on a page that they fill, one of them called in a list read leftward."""


def test_a_note_of_a_list_that_is_read_leftward_stands_at_the_foot(tmp_path: Path) -> None:
    font = BOOKS / "hebrew" / "fonts" / "NotoSerifHebrew.woff2"
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / font.name).write_bytes(font.read_bytes())
    (tmp_path / "book.toml").write_text(f'{HEAD}[fonts]\nfiles = ["{font.name}"]\n')
    (tmp_path / "01.md").write_text(LEFTWARD)
    pdf, built = made(tmp_path)
    assert [one.code for one in built.problems if one.code in ("P401", "P448")] == []
    words = [page.words for page in pdf.pages]
    assert [sum(note in page for page in words) for note in ("Noot zeven", "Noot tien")] == [1, 1]
    assert not [page for page in words if "Noten" in page]


def test_many_notes_in_one_paragraph_fill_their_pages(tmp_path: Path) -> None:
    text = " ".join(sentence(at, 0) for at in range(1, 21))
    notes = "\n\n".join(note(at, 0) for at in range(1, 21))
    (tmp_path / "book.toml").write_text(f"{HEAD}[print]\ncolumns = 2\n")
    (tmp_path / "01.md").write_text(f"# Tij\n\n{text}\n\n{notes}\n")
    pdf, built = made(tmp_path)
    assert codes(built) == []
    calls = pages_of(pdf, "roep")
    assert pages_of(pdf, "kop") == calls
    assert max(calls.values()) - min(calls.values()) <= 2


@pytest.mark.parametrize("columns", [1, 2])
def test_a_note_longer_than_its_page_stands_at_the_end(tmp_path: Path, columns: int) -> None:
    folder = dense(tmp_path, f'trim = "A6"\ncolumns = {columns}')
    text = (folder / "01.md").read_text().replace("Tot slot007slot", f"{LINE * 40}Tot slot007slot")
    (folder / "01.md").write_text(text)
    pdf, built = made(folder)
    (told,) = [one for one in built.problems if one.code == "P421"]
    assert told.span is not None
    assert text.splitlines()[told.span.line - 1].startswith("[^7]: Kop007kop")
    assert "“7”" in told.message
    calls, begins, ends = (pages_of(pdf, word) for word in ("roep", "kop", "slot"))
    assert begins.keys() == ends.keys() == calls.keys()
    moved = {number for number in calls if begins[number] != calls[number]}
    assert moved == {7}
    assert ends[7] > begins[7] > max(calls.values()) - 1
    assert f" Zie p. {begins[7]}." in pdf.pages[calls[7] - 1].words
    assert pdf.pages[ends[7] - 1].words.count(f"slot007slot. p. {calls[7]}") == 1
    assert sum(page.words.count(LINE.strip()) for page in pdf.pages) >= 40
    assert [one.title for one in pdf.bookmarks] == ["Hoofdstuk een", "Hoofdstuk twee", "Noten"]


@pytest.mark.parametrize("columns", [1, 3])
def test_notes_at_the_end_of_the_book(tmp_path: Path, columns: int) -> None:
    folder = dense(tmp_path, f'trim = "A4"\ncolumns = {columns}\nnotes = "end"')
    (folder / "03.md").write_text(
        '+++\nrole = "colophon"\n+++\n\n# Colofon\n\nGezet in een veerhuis.\n'
    )
    pdf, built = made(folder)
    assert codes(built) == []
    calls, begins = pages_of(pdf, "roep"), pages_of(pdf, "kop")
    assert begins.keys() == pages_of(pdf, "slot").keys() == calls.keys()
    titles = [one.title for one in pdf.bookmarks]
    assert titles == ["Hoofdstuk een", "Hoofdstuk twee", "Noten", "Colofon"]
    first = pdf.bookmarks[2].page + 1
    assert columns > 1 or list(begins) == sorted(begins)
    assert min(begins.values()) == first
    whole = " ".join(page.words for page in pdf.pages[first - 1 :])
    for number, page in calls.items():
        assert f"slot{number:03}slot. p. {page}" in whole
    for chapter, number in (("een", 1), ("twee", 21)):
        assert f"Hoofdstuk {chapter} 1 Kop{number:03}kop" in whole or columns > 1
    contents = next(page.words for page in pdf.pages if "Inhoud" in page.words)
    assert f"{first} Noten" in contents


ENDED = {
    "een lijst": ("- eerste\n    - LAATX\n", "LAATX"),
    "een lijst met wit": ("- eerste\n\n    - tweede\n\n    - LAATX\n", "LAATX"),
    "een lijst in een lijst": ("- eerste\n        1. diep\n        2. LAATX\n", "LAATX"),
    "een citaat": ("> Iemand zei LAATX\n", "LAATX"),
    "een alinea in een lijst": ("- eerste\n\n      en LAATX\n", "LAATX"),
}


@pytest.mark.parametrize("kind", ENDED)
def test_the_way_back_stands_on_the_last_line_of_a_note(kind: str, tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(f'{HEAD}[print]\nnotes = "end"\n', encoding="utf-8")
    inside, last = ENDED[kind]
    text = f"# Een\n\nWie telt?[^1]\n\n[^1]: Zie hier.\n\n    {inside}"
    (tmp_path / "01.md").write_text(text, encoding="utf-8")
    pdf, built = made(tmp_path)
    assert codes(built) == []
    (line,) = (one.text for page in pdf.pages for one in page.lines if last in one.text)
    assert re.search(rf"{last} p\.\s\d+$", line), line


def test_the_way_back_from_code_stands_below_it(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(f'{HEAD}[print]\nnotes = "end"\n', encoding="utf-8")
    text = "# Een\n\nWie telt?[^1]\n\n[^1]: Zie hier.\n\n    ```\n    tel LAATX\n    ```\n"
    (tmp_path / "01.md").write_text(text, encoding="utf-8")
    pdf, _ = made(tmp_path)
    lines = next(page.text.split("\n") for page in pdf.pages if "LAATX" in page.text)
    at = next(at for at, line in enumerate(lines) if "LAATX" in line)
    assert re.fullmatch(r"p\.\s\d+", lines[at + 1])


def test_a_checked_edition_with_notes_at_the_end_is_without_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = dense(tmp_path / "book", 'notes = "end"\nchapters = "run-on"')
    out = str(tmp_path / "out")
    assert main(["build", str(folder), "--only", "print,screen", "--check", "--out", out]) == 0
    # The words of its notes are drawn by chance, and may well begin two lines (L010).
    told = re.sub("P415|L010", "", capsys.readouterr().err)
    assert not re.search(r"\b[A-Z]\d{3}\b", told)
    with pikepdf.open(next((tmp_path / "out").glob("*-screen.pdf"))) as screen:
        links = [str(one.Dest) for page in screen.pages for one in page.get("/Annots", ())]
    # The call leads to its note; the number of the note and the page after it lead back.
    assert links.count("note-1-1") == 1
    assert links.count("note-1-1-call-1") == 2


def test_where_the_engine_cannot_be_kept_steady_the_notes_go_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steadying, "VERSION", "another")
    for number in range(6):
        folder = dense(tmp_path / str(number), "columns = 3", lengths=(number, 2, 1))
        pdf, built = made(folder)
        calls, begins = pages_of(pdf, "roep"), pages_of(pdf, "kop")
        assert begins.keys() == pages_of(pdf, "slot").keys() == calls.keys()
        if begins == calls:
            assert codes(built) == []
        else:
            assert set(codes(built)) <= {"P421", "P422"}
            assert codes(built)
            assert all(one.span for one in built.problems if one.code in ("P421", "P422"))
            return
    pytest.fail("no note went astray")


def test_a_failing_engine_is_asked_again_without_notes_at_the_foot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lay_out(arrangement: Arrangement) -> Arrangement:
        if not arrangement.notes.all:
            raise Unmakeable(ENGINE)
        return arrangement

    for name, value in (("folios", {}), ("holes", []), ("note_facts", [])):
        monkeypatch.setattr(arranging, name, lambda pages, value=value: value)
    arrangement, _, problems = arrange(lay_out, 10.0, Arrangement(), moving=False)
    assert arrangement.notes.all
    assert problems == []
    # It is told for what it is, not for a note that does not fit.
    book = shop_of(BOOKS / "minimal").materials.print_book
    (told,) = note_findings(book, arrangement.notes)
    assert (told.code, told.severity) == ("P448", "warning")
    assert ENGINE.message in told.message


def test_an_engine_that_fails_without_notes_too_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[Arrangement] = []

    def lay_out(arrangement: Arrangement) -> Arrangement:
        laid.append(arrangement)
        raise Unmakeable(ENGINE)

    with pytest.raises(Unmakeable):
        arrange(lay_out, 10.0, Arrangement(), moving=False)
    assert [one.notes.all for one in laid] == [False, True]


def fact(key: str, call: int | None, pages: tuple[int, ...], share: float = 0.1) -> NoteFact:
    return NoteFact(key, call, pages, share)


def test_only_the_long_note_is_helped_when_it_drives_others_away() -> None:
    facts = [fact("a", 3, (4,), 0.9), fact("b", 4, (5,)), fact("c", 6, (6,))]
    places = next_places(NotePlaces(), facts, 0)
    assert places == NotePlaces(some=frozenset({"a"}))
    assert next_places(places, [fact("a", 3, (3,)), fact("b", 4, (4,))], 1) == places
    # What is astray though it has been helped, cannot be helped at the foot.
    assert next_places(places, [fact("a", 3, (4,))], 1) == NotePlaces(all=True, cause="a")


def test_a_note_that_covers_text_or_stands_nowhere_is_astray() -> None:
    assert NoteFact("a", 3, (3,), 0.1, clear=False).astray
    assert fact("a", 3, ()).astray
    assert fact("a", None, (3,)).astray
    assert fact("a", 3, (3, 4)).astray
    assert not fact("a", 3, (3,)).astray


@given(
    st.lists(
        st.builds(
            fact,
            st.sampled_from("abcdefgh"),
            st.integers(1, 3),
            st.tuples(st.integers(1, 3)),
            st.floats(0, 1),
        )
    )
)
def test_helping_comes_to_an_end(facts: list[NoteFact]) -> None:
    places, seen = NotePlaces(), 0
    while (further := next_places(places, facts, seen)) != places:
        places, seen = further, seen + 1
        assert seen <= ROUNDS + 1
    assert places.all == any(one.astray for one in facts)
    assert all_at_end(places).all


REFERRED = """# Kop

Tekst[^a], en [daar](#plek), en [daar](#lijst).

[^a]: Begin van de noot.

    {#plek lang=fr}
    De plek.

    {#lijst}
    - Een
    - Twee
"""


def test_what_stands_in_a_note_can_be_referred_to(tmp_path: Path) -> None:
    book, out = tmp_path / "book", tmp_path / "out"
    book.mkdir()
    settings = 'title = "Kop"\nmodified = 2026-03-01T08:00:00Z\n'
    (book / "book.toml").write_text(settings, encoding="utf-8")
    (book / "01-kop.md").write_text(REFERRED, encoding="utf-8")
    built = build(book, out, ["screen"])
    assert built.problems == []
    with pikepdf.open(built.made[0]) as pdf:
        names = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
        links = {str(one.Dest) for page in pdf.pages for one in page.get("/Annots", ())}
    assert {"plek", "lijst"} <= names & links
    assert 'lang="fr"' in "".join(shop_of(book).room.plain.documents("print"))
