"""What stands of a book from build to build: it makes the same book, and lets nobody in."""

from __future__ import annotations

import pickle
import random
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from books.generate import generate
from conftest import shop_of
from msgspec.structs import replace

from publish.building import galleys
from publish.building.build import build
from publish.building.takes import Makings
from publish.engine import keeping
from publish.engine.beginning import Beginning
from publish.engine.parts import Part, Written
from publish.ground.shelf import Shelf
from publish.paragraphs.hyphenation import LONGEST, Hyphenation, points
from publish.paragraphs.manner import Manner

EDITS = 50
Edit = Callable[[Path, random.Random], None]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a book of several chapters with pictures, notes and references."""
    folder = generate("dense", tmp_path_factory.mktemp("type") / "book", seed=6, words=400)
    toml = folder / "book.toml"
    toml.write_text(f'{toml.read_text("utf-8")}chapters = "page"\n', "utf-8")
    for number in range(4):
        # Sections of two pages or three, some of which tell of the pages of others.
        title = f"# Deel {number} {{#deel-{number}}}"
        text = "Het water stond hoog aan de kade, en wie er langs kwam keek er een tijd naar. " * 4
        other = f"Zie ook [een ander deel](#deel-{(number + 2) % 4}).\n"
        chapter = folder / f"9{number}-deel.md"
        chapter.write_text("\n\n".join([title, *[text.strip()] * 6, other]), "utf-8")
    return folder


def chapter_of(folder: Path, dice: random.Random) -> tuple[Path, list[str]]:
    """Return a chapter, and its paragraphs."""
    chapters = sorted(folder.glob("*.md"))
    chapter = chapters[int(dice.random() * len(chapters))]
    return chapter, chapter.read_text("utf-8").split("\n\n")


def plain_ones(paragraphs: list[str]) -> list[int]:
    """Return which are plain paragraphs."""
    return [at for at, one in enumerate(paragraphs) if re.match(r"[A-Z][a-z ]+", one)]


def edited(change: Callable[[list[str], int, random.Random], None]) -> Edit:
    """Return the edit that changes a paragraph, or those around it."""

    def edit(folder: Path, dice: random.Random) -> None:
        chapter, paragraphs = chapter_of(folder, dice)
        there = plain_ones(paragraphs)
        change(paragraphs, there[int(dice.random() * len(there))], dice)
        chapter.write_text("\n\n".join(paragraphs), "utf-8")

    return edit


def a_word(paragraphs: list[str], at: int, dice: random.Random) -> None:
    words = paragraphs[at].split(" ")
    words[int(dice.random() * len(words))] = "dijkgraafschap"
    paragraphs[at] = " ".join(words)


def less(paragraphs: list[str], at: int, dice: random.Random) -> None:
    paragraphs[at] = paragraphs[at].split(". ")[0].rstrip(".") + "."


def more(paragraphs: list[str], at: int, dice: random.Random) -> None:
    paragraphs.insert(at, "Het water stond hoog, en wie er langs kwam keek er een tijd naar. " * 9)


def a_note(paragraphs: list[str], at: int, dice: random.Random) -> None:
    paragraphs[at] += f"^[Een noot van {int(dice.random() * 1000)} woorden.]"


def a_setting(folder: Path, dice: random.Random) -> None:
    toml = folder / "book.toml"
    words = toml.read_text("utf-8")
    old, new = ('trim = "A5"', 'trim = "120 x 190 mm"')
    toml.write_text(words.replace(old, new) if old in words else words.replace(new, old), "utf-8")


def an_ink(folder: Path, dice: random.Random) -> None:
    toml = folder / "book.toml"
    others = [one for one in toml.read_text("utf-8").splitlines() if not one.startswith("red")]
    named = f'red-name = "Rood {int(dice.random() * 90)}"'
    lines = ("", 'red = "spot"', f'red = "spot"\n{named}')
    toml.write_text("\n".join([*others, lines[int(dice.random() * 3)], ""]), "utf-8")


def a_title(folder: Path, dice: random.Random) -> None:
    chapter, paragraphs = chapter_of(folder, dice)
    named = paragraphs[0].partition("{")
    paragraphs[0] = f"# Over water, deel {int(dice.random() * 90)} {''.join(named[1:])}".rstrip()
    chapter.write_text("\n\n".join(paragraphs), "utf-8")


def a_caption(folder: Path, dice: random.Random) -> None:
    captions = folder / "captions.toml"
    words = captions.read_text("utf-8")
    captions.write_text(re.sub(r'(caption = ")', r"\1Bij de sluis. ", words, count=1), "utf-8")


KINDS: tuple[Edit, ...] = (
    *(edited(a_word), edited(a_word), edited(less), edited(more), edited(a_note)),
    *(a_title, a_caption, a_setting, an_ink),
)


def test_after_fifty_edits_the_bytes_are_those_of_a_build_from_nothing(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out, anew_there = tmp_path / "book", tmp_path / "out", tmp_path / "anew"
    shutil.copytree(book, folder)
    assert build(folder, out, ["print"]).problems == []
    made: list[str] = []
    set_take = galleys.set_take

    def counted(*given: Any) -> Part:
        made.append("section")
        return set_take(*given)

    monkeypatch.setattr(galleys, "set_take", counted)
    dice, again, anew = random.Random(50), 0, 0
    for number in range(EDITS):
        KINDS[int(dice.random() * len(KINDS))](folder, dice)
        made.clear()
        assert build(folder, out, ["print"]).problems == []
        again += len(made)
        made.clear()
        # Its pictures stand there too, but nothing that was set.
        for kept in (anew_there / ".katern").glob("*/type"):
            shutil.rmtree(kept)
        assert build(folder, anew_there, ["print"]).problems == []
        anew += len(made)
        (file,), (fresh,) = out.glob("*-print.pdf"), anew_there.glob("*-print.pdf")
        assert file.read_bytes() == fresh.read_bytes(), number
    # Most of what there is stands.
    assert again < anew / 2


def test_what_lies_on_the_shelf_is_not_run(tmp_path: Path) -> None:
    canary = tmp_path / "canary"

    class Bad:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (canary,)  # type: ignore[return-value]

    for made in (Bad(), [Bad()], Part((), ()), {"a": Bad()}):
        data = bytes(4) + zlib.compress(pickle.dumps(made))
        assert (keeping.unpacked(Part, data) is None) == (not isinstance(made, Part))
        assert keeping.unpacked(Written, data) is None
    assert not canary.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"\x80\x05."])
def test_what_is_no_part_is_none(damage: bytes) -> None:
    assert keeping.unpacked(Part, damage) is None
    assert keeping.unpacked(Part, zlib.compress(damage)) is None


def test_what_would_have_a_field_more_is_none() -> None:
    class More:
        def __reduce__(self) -> tuple[object, tuple[bytes, tuple[()]], dict[str, int]]:
            return Written, (b"", ()), {"more": 1}

    data = bytes(4) + zlib.compress(pickle.dumps(More()))
    assert keeping.unpacked(Written, data) is None


def test_a_part_is_the_same_when_it_comes_back(book: Path) -> None:
    room = shop_of(book).room
    part = room.pages("print").parts[1]
    data = keeping.packed(part)
    back = keeping.unpacked(Part, data)
    assert back is not None
    own = [
        [(box.kind, box.text, box.left, box.top) for box in leaf.box.descendants()]
        for leaf in part.leaves
    ]
    assert own == [
        [(box.kind, box.text, box.left, box.top) for box in leaf.box.descendants()]
        for leaf in back.leaves
    ]
    assert [leaf.anchors for leaf in back.leaves] == [leaf.anchors for leaf in part.leaves]
    # An element is one on all its pages, as it was.
    lines = [
        box.element
        for leaf in back.leaves
        for box in leaf.box.descendants()
        if box.kind == "line" and box.element is not None
    ]
    assert len({id(one) for one in lines}) < len(lines)


def test_a_shelf_that_was_thrown_away_or_damaged_is_no_harm(book: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(book, folder)
    build(folder, out, ["print"])
    (file,) = out.glob("*-print.pdf")
    before = file.read_bytes()
    kept = sorted((out / ".katern").glob("*/type/*"))
    assert len(kept) > 8
    for number, one in enumerate(kept):
        if number % 3 == 0:
            one.unlink()
        elif number % 3 == 1:
            one.write_bytes(one.read_bytes()[:-40])
    file.unlink()
    build(folder, out, ["print"])
    assert file.read_bytes() == before


def test_the_shelf_holds_so_much_and_no_more(tmp_path: Path) -> None:
    before = Shelf(tmp_path)
    for name in "abcd":
        before.lay(name, bytes(1000))
    shelf = Shelf(tmp_path)
    assert shelf.found("a") and shelf.found("b")
    shelf.bound(3 * 1032)
    # What was wanted stays, and the newest of the others.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "d"]
    shelf.bound(0)
    assert list(tmp_path.iterdir()) == []


def test_each_font_is_in_the_pdf_once_for_all_sections(book: Path, tmp_path: Path) -> None:
    data, _ = shop_of(book).room.pdf("print")
    file = tmp_path / "pages.pdf"
    file.write_bytes(data)
    with pikepdf.open(file) as pdf:
        fonts = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/Type") == pikepdf.Name.Font
            and "/BaseFont" in one
        ]
        names = [str(one.BaseFont) for one in fonts if one.Subtype == pikepdf.Name.Type0]
        assert len(names) == len(set(names)) > 3
        pages = [page.obj.Resources.Font for page in pdf.pages]
        shared = {key: font.objgen for page in pages for key, font in page.items()}
        assert all(font.objgen == shared[key] for page in pages for key, font in page.items())


def test_a_section_tells_of_all_words_by_which_its_own_are_broken() -> None:
    """Also after a sign that looks like the beginning of a tag, and of a page that is explained."""
    known = Hyphenation(words=frozenset({"kwalifikato", "café", "dijk", "elders", "een"}))
    manner = Manner(hyphenation=known)
    html = '<p class="elders">Als a &lt; b is, dan het kwalifi&shy;katootje en het cafeetje.</p>'
    own, *words = manner.told(html)
    assert words == ["café", "kwalifikato"]
    assert manner.told("<p>Aan de zeedijken</p>") == (own, "dijk")
    other = replace(manner, hyphenation=replace(known, names=False))
    assert other.told(html)[0] != own


def test_of_a_page_that_is_explained_the_place_of_a_section_counts(book: Path) -> None:
    shop = shop_of(book)
    shop.materials.explained = 7
    explained, plain = shop.room.plain.makings("print"), shop_of(book).room.plain.makings("print")
    where = Beginning(3, "page", {})

    def takes(makings: Makings) -> set[str]:
        given = "<p>Peil</p>", where
        return {makings.take(*given, first, "heads").key for first in (3, 5, 7)}

    assert (len(takes(explained)), len(takes(plain))) == (3, 1)


def test_what_is_longer_than_any_word_has_no_parts_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its stretches are millions; only those as long as a word of the book are looked for."""
    asked: list[str] = []
    has = Hyphenation.has

    def told(self: Hyphenation, word: str, language: str) -> bool:
        asked.append(word)
        return has(self, word, language)

    monkeypatch.setattr(Hyphenation, "has", told)
    known = Hyphenation(words=frozenset({"kade", "water"}), listed=True)
    long = "waterkade" * 12
    assert len(long) > LONGEST > len(long) - 9
    assert points(long[:99], "nl", known) and asked
    asked.clear()
    assert points(long, "nl", known) and not asked
    # Cells may stand together in what is told; their words are found there.
    assert Manner(hyphenation=known).told(f"<p>{'x' * 20_000}{long}</p>")[1:] == ("kade", "water")
