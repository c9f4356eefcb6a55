"""Generated books: the same bytes for the same seed, and the statistics of Dutch."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

import pytest
from books.generate import KINDS, MISREAD, generate, main, wrapped
from books.inflection import VERB, compound, diminutive_of, inflected, plural_of
from books.phrases import capital
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from PIL import Image

SCRIPT = Path(__file__).parent / "books" / "generate.py"
# Only a change of the words or the grammar may change this: figures hold on every machine.
PAMPHLET = "b1b5428f322984350b2c309707f3f98d318e31abf110caa151d1499589b34fcc"
# What CommonMark reads as something else than a paragraph that goes on.
BLOCK_MARK = re.compile(r"\s*(?:(?:[-+*]|\d+[.)])(?:\s|$)|#|>|\||=+\s*$|--|\+\+\+|:::|```|~~~)")


@dataclass(frozen=True)
class Book:
    folder: Path

    @cached_property
    def chapters(self) -> dict[str, str]:
        return {one.name: one.read_text("utf-8") for one in sorted(self.folder.glob("*.md"))}

    @cached_property
    def paragraphs(self) -> list[str]:
        parts = [part for text in self.chapters.values() for part in text.split("\n\n")[1:]]
        return [" ".join(part.split()) for part in parts]

    @cached_property
    def words(self) -> list[str]:
        text = " ".join(self.paragraphs)
        return [word.lower() for word in re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", text)]

    @cached_property
    def sentences(self) -> list[int]:
        end = re.compile(r"(?<=[.?])[\"']*\s+(?=[\"']*[A-ZÉ])")
        return [size(part) for one in self.paragraphs for part in end.split(one)]


def size(text: str) -> int:
    """Count what stands between blanks and has a letter or a figure in it."""
    return len(re.findall(r"\S*\w\S*", text))


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = [one for one in folder.rglob("*") if one.is_file()]
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("books")
    return {kind: Book(generate(kind, folder / kind)) for kind in ("pamphlet", "novel", "dense")}


@pytest.mark.parametrize("kind", ["pamphlet", "dense"])
def test_the_same_seed_gives_the_same_bytes_in_every_process(kind: str, tmp_path: Path) -> None:
    expected = bytes_of(generate(kind, tmp_path / "here", words=4_000))
    for hash_seed in ("0", "4711"):
        folder = tmp_path / hash_seed
        command = [sys.executable, str(SCRIPT), kind, str(folder), "--words", "4000"]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": hash_seed})
        assert bytes_of(folder) == expected


def test_the_bytes_are_those_of_every_other_machine(books: dict[str, Book], tmp_path: Path) -> None:
    assert bytes_of(books["pamphlet"].folder) == bytes_of(generate("pamphlet", tmp_path))
    whole = b"".join(data for _, data in sorted(bytes_of(tmp_path).items()))
    assert hashlib.sha256(whole).hexdigest() == PAMPHLET


def test_another_seed_gives_another_text(books: dict[str, Book], tmp_path: Path) -> None:
    other = Book(generate("pamphlet", tmp_path, seed=2))
    assert set(other.paragraphs).isdisjoint(books["pamphlet"].paragraphs)


def test_a_folder_with_another_book_is_left_alone(tmp_path: Path) -> None:
    generate("pamphlet", tmp_path, words=2_000)
    before = bytes_of(tmp_path)
    generate("pamphlet", tmp_path, words=2_000)
    with pytest.raises(FileExistsError, match="another book"):
        generate("pamphlet", tmp_path, seed=2, words=2_000)
    with pytest.raises(SystemExit, match="2"):
        main(["novel", str(tmp_path)])
    assert bytes_of(tmp_path) == before


@pytest.mark.parametrize(("kind", "chapters"), [("pamphlet", 7), ("novel", 40)])
def test_a_book_has_its_words(kind: str, chapters: int, books: dict[str, Book]) -> None:
    words = sum(map(size, books[kind].chapters.values()))
    assert words == pytest.approx(KINDS[kind].words, rel=0.01)
    assert len(books[kind].chapters) == chapters
    assert all(re.fullmatch(r"\d\d-[a-z0-9-]+\.md", name) for name in books[kind].chapters)


def test_the_epic_has_its_words(tmp_path: Path) -> None:
    epic = Book(generate("epic", tmp_path))
    assert [name[:4] for name in epic.chapters] == [f"{number:03}-" for number in range(1, 201)]
    assert sum(map(size, epic.chapters.values())) == pytest.approx(560_000, rel=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_words_can_be_asked_for(kind: str, tmp_path: Path) -> None:
    text = "\n".join(Book(generate(kind, tmp_path, words=9_000)).chapters.values())
    marks = r"\{[^}]*\}|\]\([^)]+\)|\[\^\d+\]:?|(?m:^:{3,} ?\w*$|^\d+\. |^short = .*$)"
    assert size(re.sub(marks, "", text)) == pytest.approx(9_000, rel=0.01)


@pytest.mark.parametrize("kind", ["pamphlet", "novel"])
@pytest.mark.parametrize(
    ("least", "most", "pattern"),
    [
        (0.10, 0.11, "^(?:de|het|een)$"),
        (0.04, 0.06, r"^(?:\w['-]?){11,}$"),
        (0.003, 0.006, "[äëïöü]"),
        (0.0003, 0.01, "[éèó]"),
        (0.0015, 0.01, "^.+-.+$"),
        (0.0010, 0.01, "^.+'.+$"),
    ],
)
def test_the_share_of_words(
    kind: str, least: float, most: float, pattern: str, books: dict[str, Book]
) -> None:
    words = books[kind].words
    assert least <= sum(bool(re.search(pattern, word)) for word in words) / len(words) <= most


@pytest.mark.parametrize("kind", ["pamphlet", "novel"])
def test_the_length_of_words_sentences_and_paragraphs(kind: str, books: dict[str, Book]) -> None:
    book = books[kind]
    assert 4.8 <= sum(map(str.isalpha, "".join(book.words))) / len(book.words) <= 5.3
    lengths = sorted(book.sentences)
    assert 15 <= sum(lengths) / len(lengths) <= 18
    assert lengths[len(lengths) // 10] <= 7
    assert 24 <= lengths[-len(lengths) // 10] <= max(lengths) < 75
    told = [size(one) for one in book.paragraphs if '"' not in one]
    assert 30 <= min(told) < 60
    assert 120 < max(told) <= 180


@pytest.mark.parametrize("kind", ["pamphlet", "novel"])
def test_figures_dashes_and_straight_quotes(kind: str, books: dict[str, Book]) -> None:
    text = " ".join(books[kind].paragraphs)
    for pattern in (r"(?<!\w)'[st] ", r"\b1[89]\d\d\b", r"\w -- \w", r"\b(?:niet|ook|van|en)\b"):
        assert len(re.findall(pattern, text)) > len(books[kind].words) / 1_000, pattern
    assert not re.search(r"[\u2018-\u201f\u2013\u2014\u2026]", text)


def test_a_novel_speaks_in_runs_of_short_paragraphs(books: dict[str, Book]) -> None:
    kinds = "".join("s" if '"' in one else "t" for one in books["novel"].paragraphs)
    assert min(map(len, re.findall("s+", kinds))) >= 4
    assert 0.2 < kinds.count("s") / len(kinds) < 0.7
    spoken = sorted(size(one) for one in books["novel"].paragraphs if '"' in one)
    assert spoken[len(spoken) // 2] < 25
    assert all(one.count('"') % 2 == 0 for one in books["novel"].paragraphs)


def test_a_novel_has_thousands_of_words_and_does_not_repeat_itself(books: dict[str, Book]) -> None:
    words = set(books["novel"].words)
    assert len(words) > 4_000
    assert {"knieën", "ideeën", "zeeën", "één", "vóór"} <= words
    told = [one for one in books["novel"].paragraphs if size(one) >= 30]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("kind", ["pamphlet", "novel"])
def test_prose_is_a_title_and_paragraphs_alone(kind: str, books: dict[str, Book]) -> None:
    for text in books[kind].chapters.values():
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        blocks = [token.type for token in tokens if token.type.endswith("_open")]
        assert blocks == ["heading_open"] + ["paragraph_open"] * text.count("\n\n")
        inline = {one.type for token in tokens for one in token.children or []}
        assert inline <= {"text", "softbreak"}
        assert not any(BLOCK_MARK.match(line) for line in text.splitlines()[1:])


def test_the_pamphlet_alone_is_broken_at_80_columns(books: dict[str, Book]) -> None:
    lines = [line for text in books["pamphlet"].chapters.values() for line in text.splitlines()]
    assert max(map(len, lines)) <= 80
    assert sum(len(line) > 70 for line in lines) > 300
    paragraphs = [text.split("\n\n") for text in books["novel"].chapters.values()]
    assert not any("\n" in one.rstrip("\n") for parts in paragraphs for one in parts)


def test_what_would_be_misread_does_not_begin_a_line() -> None:
    text = "Dat was in 1917. Dat -- zo zei men -- was # in 1918. > Ja + nee 3) en * dan."
    for column in range(8, 40):
        lines = wrapped(text, column).split("\n")
        assert " ".join(lines) == text
        assert not any(MISREAD.match(line) or BLOCK_MARK.match(line) for line in lines)


def test_settings_and_captions_are_toml(books: dict[str, Book]) -> None:
    for book in books.values():
        settings = tomllib.loads((book.folder / "book.toml").read_text("utf-8"))
        assert settings["modified"].isoformat() == "2026-11-22T12:00:00+00:00"
        assert (settings["language"], settings["print"]) == ("nl", {"trim": "A5"})
        assert settings["contributor"] == [{"name": "Katern", "role": "aut"}]
        captions = tomllib.loads((book.folder / "captions.toml").read_text("utf-8"))
        files = {f"photos/{one['file']}" for one in captions.values()}
        assert {name for name in bytes_of(book.folder) if name.startswith("photos/")} == files
        assert bool(captions) == (book is books["dense"])


def test_a_dense_book_has_everything(books: dict[str, Book]) -> None:
    markdown = MarkdownIt("commonmark").enable("table").use(attrs_plugin, spans=True)
    markdown.use(attrs_block_plugin).use(footnote_plugin).use(deflist_plugin)
    container_plugin(markdown, "block", validate=lambda params, markup: bool(params.strip()))
    seen: Counter[str] = Counter()
    ids: list[str] = []
    for text in books["dense"].chapters.values():
        tokens = markdown.parse(re.sub(r"\A\+\+\+\n[^+]*\n\+\+\+\n", "", text))
        inline = [one for token in tokens for one in token.children or []]
        seen.update(token.type for token in [*tokens, *inline])
        seen.update(token.info.strip() for token in tokens if token.type == "container_block_open")
        seen.update(f"lang={token.attrs['lang']}" for token in inline if "lang" in token.attrs)
        calls = [token for token in inline if token.type == "footnote_ref"]
        assert len(calls) == len(re.findall(r"(?m)^\[\^\d+\]: ", text)) > 3
        ids += re.findall(r"\{#(\w+)\}", text)
    wanted = """table_open bullet_list_open ordered_list_open dl_open blockquote_open image
        link_open em_open strong_open span_open pullquote epigraph sidebar standfirst verse lang=ru
        lang=de lang=fr lang=en""".split()
    assert [name for name in wanted if seen[name] < 2] == []
    whole = "\n".join(books["dense"].chapters.values())
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r"\]\(#(\w+)\)", whole)).issubset(ids)
    assert whole.count("{.print-only}") == whole.count("{.epub-only}") > 0


def test_pictures_can_be_opened(books: dict[str, Book]) -> None:
    pictures = {name: data for name, data in bytes_of(books["dense"].folder).items() if "/" in name}
    made = Counter(Path(name).suffix for name in pictures)
    assert min(made[".png"], made[".svg"]) >= 2
    for name, data in pictures.items():
        if name.endswith(".svg"):
            assert len(ElementTree.fromstring(data)) > 9
        else:
            image = Image.open(io.BytesIO(data))
            assert (image.mode, image.size) == ("L", (1320, 880))
            assert len(set(image.crop((0, 879, 1320, 880)).tobytes())) > 50


@pytest.mark.parametrize(
    ("rule", "forms"),
    [
        (plural_of, "maan manen bom bommen brief brieven huis huizen roos rozen vlag vlaggen"),
        (plural_of, "avond avonden tafel tafels foto foto's radio radio's viool violen"),
        (plural_of, "vrijheid vrijheden wetenschap wetenschappen café cafés museum museums"),
        (inflected, "groot grote wit witte lief lieve boos boze half halve blauw blauwe"),
        (inflected, "officieel officiële politiek politieke eenzaam eenzame open open"),
        (diminutive_of, "raam raampje huis huisje bel belletje ketting kettinkje auto autootje"),
    ],
)
def test_nouns_and_adjectives(rule: Callable[[str], str], forms: str) -> None:
    words = forms.split()
    assert [rule(word) for word in words[::2]] == words[1::2]


def test_verbs() -> None:
    known = {one.infinitive: one for row in VERB.values() for one in row}
    for row in """verhuizen verhuis verhuist verhuisde verhuisden verhuisd
        wachten wacht wacht wachtte wachtten gewacht
        leven leef leeft leefde leefden geleefd
        luisteren luister luistert luisterde luisterden geluisterd
        reageren reageer reageert reageerde reageerden gereageerd
        eisen eis eist eiste eisten geëist
        lezen lees leest las lazen gelezen""".splitlines():
        one, forms = known[row.split()[0]], row.split()[1:]
        assert [one.first, one.third, one.past, one.pasts, one.participle] == forms


def test_parts_whose_vowels_meet_get_a_hyphen() -> None:
    assert compound("zee", "egel") == "zee-egel"
    assert compound("foto", "album") == "fotoalbum"
    assert compound("arbeiders", "beweging") == "arbeidersbeweging"
    assert (capital("'s avonds"), capital("ijzeren")) == ("'s Avonds", "IJzeren")
