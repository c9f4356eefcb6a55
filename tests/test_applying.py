"""Proposals of reviewers written into the manuscript: those, and nothing else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from marking import Marker, Words
from marking_judged import place
from pikepdf import Array, Name, String
from test_notes import add, bounds, texts, told

from publish.__main__ import main
from publish.building.build import build
from publish.manuscript.folder import read_manuscript
from publish.proofing.applying import Patch, patch
from publish.proofing.inserting import knowing, spaced
from publish.proofing.leaving import left
from publish.proofing.notes import notes
from publish.proofing.telling import as_html, proposal

BOOK = 'title = "Proef"\nlanguage = "nl"\nmodified = 2026-11-22T12:00:00Z\n'
TEXT = """# De proef

Hij zei: "Het is *nu* of nooit" -- en hij ging. Twee \\*sterren\\* en R&amp;D staan hier ook.

Een tweede alinea, met daarin het woord tweede nog eens.
"""


@pytest.fixture(scope="module")
def proofed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The proof of the small book."""
    root = tmp_path_factory.mktemp("small")
    (file,) = build(written(root / "boek"), root / "out", ("proof",)).made
    return file.read_bytes()


def written(folder: Path, text: str = TEXT) -> Path:
    folder.mkdir(parents=True)
    (folder / "book.toml").write_text(BOOK, encoding="utf-8")
    (folder / "01-proef.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small(proofed: bytes, tmp_path: Path) -> tuple[Path, bytes]:
    return written(tmp_path / "small"), proofed


def applied(folder: Path, data: bytes, tmp_path: Path, word: str, said: str, to: str = "") -> str:
    """Propose something for a word and return the chapter as it is then."""
    marker, found = Marker(data, 1), Words(data, texts(folder))
    start = TEXT.index(word)
    end = TEXT.index(to) + len(to) if to else start + len(word)
    one = found.located("01-proef.md", start, end)
    assert one is not None
    page, rect = bounds(one)
    caret = add(marker, page, Subtype=Name.Caret, Rect=rect, IT=Name.Replace, Contents=String(said))
    add(marker, page, Subtype=Name.StrikeOut, Rect=rect, IRT=caret, RT=Name.Group)
    main(["notes", str(marker.saved(tmp_path / "m.pdf")), str(folder), "--apply", "--yes"])
    return (folder / "01-proef.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "said", "wanted"),
    [
        ("nu", "„thans”", '*"thans"*'),
        ("nooit", "a*b", "a\\*b"),
        ("sterren", "R&D", "\\*R&D\\*"),
        ("ging", "ging…", "ging..."),
        ("ging", "&euro;", "\\&euro;"),
    ],
)
def test_proposals_are_written_as_the_manuscript_is_typed(
    small: tuple[Path, bytes], tmp_path: Path, word: str, said: str, wanted: str
) -> None:
    folder, data = small
    before = TEXT.index(word)
    after = applied(folder, data, tmp_path, word, said)
    assert wanted in after
    assert after[: before - 3] == TEXT[: before - 3]
    assert after.endswith(TEXT[before + len(word) + 1 :])


def test_words_with_markup_among_them_are_left_to_a_person(
    small: tuple[Path, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, data = small
    assert applied(folder, data, tmp_path, "is", "was", to="of") == TEXT
    assert "there is markup among these words" in capsys.readouterr().err


def test_a_manuscript_that_changed_since_keeps_its_marks(
    small: tuple[Path, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, data = small
    marker, found = Marker(data, 1), Words(data, texts(folder))
    for word in ("alinea", "ging"):
        one = found.located("01-proef.md", TEXT.index(word), TEXT.index(word) + len(word))
        assert one is not None
        marker.put(one, "StrikeOut", "Okular")
    file = marker.saved(tmp_path / "m.pdf")
    # A paragraph comes in before; another line is written anew, without the word in it.
    changed = TEXT.replace("Hij zei", "Eerst dit.\n\nZij zei").replace("hij ging", "hij bleef")
    (folder / "01-proef.md").write_text(changed, encoding="utf-8")
    first, second = told(file, folder)
    assert (second["words"], second["placed"]) == ("alinea", True)
    at = changed.index("alinea")
    assert (second["line"], second["column"]) == place(changed, at)
    assert (first["words"], first["placed"]) == ("ging", False)
    assert main(["notes", str(file), str(folder), "--apply"]) == 0
    said = capsys.readouterr()
    assert re.findall(r"^-(?!-)(.*)", said.out, re.MULTILINE) == [TEXT.splitlines()[4]]
    # The word that was to go is gone.
    assert "the manuscript has it by now" in said.err


MANY = """# De kade

Schepen lagen in Veere, en het schip van de kater zijn kat lag er ook.

## Heel nieuwe tijden

- rode zeilen
- groene zeilen

> Wie vaart, die vaart.

| Jansen | 12 |
|--------|----|
| Pieters van de kade | 13 |

In Veere bleef een ander schip liggen. Twee korte woorden gaan weg.

Klaar.

Daarna kwam er niets meer dat de moeite van het vertellen waard was, hoe lang men ook keek.
"""


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The proof of a book with an item, a quotation and a table."""
    root = tmp_path_factory.mktemp("quay")
    (file,) = build(written(root / "boek", MANY), root / "out", ("proof",)).made
    return file.read_bytes()


class Reviewer:
    """Marks words of the book with an item, a quotation and a table, and has them applied."""

    def __init__(self, data: bytes, folder: Path) -> None:
        self.folder = written(folder, MANY)
        self.marker = Marker(data, 1)
        self.pages = pypdfium2.PdfDocument(data)

    def find(self, word: str) -> tuple[int, list[float]]:
        """Return the page of a word, counted from 0, and its rectangle, where it stands first.

        Of a pattern with a group it is that of the group.
        """
        for number, page in enumerate(self.pages):
            text = page.get_textpage()
            whole = text.get_text_range()
            found = re.search(rf"\b{word}\b", whole)
            if found:
                boxes = [text.get_charbox(at) for at in range(*found.span(found.re.groups))]
                sides = list(zip(*boxes, strict=True))
                return number, [min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])]
        raise LookupError(word)

    def put(self, kind: str, page: int, rect: Sequence[float], **more: object) -> Any:
        return add(self.marker, page, Subtype=Name(f"/{kind}"), Rect=Array(rect), **more)

    def strike(self, word: str, **more: object) -> None:
        self.put("StrikeOut", *self.find(word), **more)

    def swap(self, word: str, said: str) -> None:
        where = self.find(word)
        caret = self.put("Caret", *where, IT=Name.Replace, Contents=String(said))
        self.put("StrikeOut", *where, IRT=caret, RT=Name.Group)

    def apply(self) -> str:
        file = str(self.marker.saved(self.folder.parent / "m.pdf"))
        main(["notes", file, str(self.folder), "--apply", "--yes"])
        return self.text

    @property
    def text(self) -> str:
        return (self.folder / "01-proef.md").read_text(encoding="utf-8")

    def write(self, text: str) -> None:
        (self.folder / "01-proef.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        (["Heel"], "## Heel nieuwe", "## nieuwe"),
        (["rode"], "- rode zeilen", "- zeilen"),
        (["Wie"], "> Wie vaart", "> vaart"),
        (["Pieters"], "| Pieters van", "| van"),
        (["13"], "de kade | 13 |", "de kade | |"),
        (["Schepen", "lagen"], "Schepen lagen in", "in"),
        (["korte", "woorden"], "Twee korte woorden gaan", "Twee gaan"),
    ],
)
def test_words_go_wherever_they_stand(
    quay: bytes, tmp_path: Path, words: list[str], before: str, after: str
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    for word in words:
        reviewer.strike(word)
    assert reviewer.apply() == MANY.replace(before, after, 1)


def test_a_strike_out_that_repeats_its_words_says_nothing(quay: bytes, tmp_path: Path) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    reviewer.strike("kater", Contents=String("kater"))
    reviewer.strike("rode", Contents=String("waarom rood?"))
    # A mark more or less in a word is another word.
    reviewer.strike("schip", Contents=String("schip’s"))
    # What is said beside the other two is for a person to weigh.
    assert reviewer.apply() == MANY.replace("de kater zijn", "de zijn")


def test_what_would_make_more_of_a_paragraph_is_left_to_a_person(
    quay: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    reviewer.swap("Schepen", "12.")
    reviewer.strike("kater")
    # “12.” would begin a list there; the other is made all the same.
    assert reviewer.apply() == MANY.replace("de kater zijn", "de zijn")
    assert "it would change more of the book than these words" in capsys.readouterr().err


def test_a_patch_leaves_no_error_and_no_sign_of_markup_in_code(tmp_path: Path) -> None:
    text = "# Kade\n\nEen woord.\n\n    hoogte = 3\n\nZie [](#kade) en de rest."
    folder = written(tmp_path / "boek", f"{text}\n")
    (file,) = build(folder, tmp_path / "uit", ("proof",)).made
    marker = Marker(file.read_bytes(), 1)
    for word, said in (("Kade", ""), ("hoogte", "hoogte_put"), ("woord", "zin")):
        page, rect = printed(file, word, beside="woord")
        caret = add(
            marker, page, Subtype=Name.Caret, Rect=rect, IT=Name.Replace, Contents=String(said)
        )
        add(marker, page, Subtype=Name.StrikeOut, Rect=rect, IRT=caret, RT=Name.Group)
    main(["notes", str(marker.saved(tmp_path / "m.pdf")), str(folder), "--apply", "--yes"])
    made = (folder / "01-proef.md").read_text(encoding="utf-8")
    # A heading without words is an error, and so is the reference that loses it.
    assert made == f"{text}\n".replace("woord", "zin")


def printed(file: Path, word: str, beside: str) -> tuple[int, Array]:
    """Return where a word is first printed on the first page that has another one too."""
    pdf = pypdfium2.PdfDocument(file)
    pages = ((number, page.get_textpage()) for number, page in enumerate(pdf))
    number, text = next(one for one in pages if one[1].search(beside).get_next())
    at, count = text.search(word, match_case=True).get_next()
    boxes = [text.get_charbox(one) for one in range(at, at + count)]
    return number, Array([boxes[0][0], boxes[0][1], boxes[-1][2], max(box[3] for box in boxes)])


def test_what_is_applied_is_not_applied_again_somewhere_else(quay: bytes, tmp_path: Path) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    reviewer.swap("schip", "vaartuig")
    reviewer.strike("Veere")
    reviewer.strike("kat")
    once = reviewer.apply()
    assert once == MANY.replace("in Veere,", "in,").replace("het schip", "het vaartuig").replace(
        "zijn kat ", "zijn "
    )
    assert reviewer.apply() == once
    # The same words stand elsewhere: they are not those that were marked.
    assert "een ander schip" in once and "In Veere" in once and "kater" in once
    kept = reviewer.folder / "01-proef.md.orig"
    assert kept.read_text(encoding="utf-8") == MANY


def test_a_second_patch_keeps_what_the_first_one_kept(quay: bytes, tmp_path: Path) -> None:
    first, second = Reviewer(quay, tmp_path / "boek"), Reviewer(quay, tmp_path / "ander")
    first.strike("kater")
    once = first.apply()
    second.folder = first.folder
    second.strike("groene")
    assert second.apply() == once.replace("groene ", "")
    kept = [first.folder / name for name in ("01-proef.md.orig", "01-proef.md.orig1")]
    assert [one.read_text(encoding="utf-8") for one in kept] == [MANY, once]


def test_words_that_were_written_away_are_not_sought_elsewhere(quay: bytes, tmp_path: Path) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    reviewer.strike("Veere")
    changed = MANY.replace("Schepen lagen in Veere, en", "Alles was weg, en")
    reviewer.write(changed)
    assert reviewer.apply() == changed


def test_a_patch_leaves_line_ends_and_the_mark_of_the_bytes_as_they_are(
    quay: bytes, tmp_path: Path
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    chapter = reviewer.folder / "01-proef.md"
    typed = "\ufeff" + MANY.replace("\n", "\r\n")
    chapter.write_bytes(typed.encode("utf-8"))
    reviewer.strike("groene")
    reviewer.apply()
    assert chapter.read_bytes().decode("utf-8") == typed.replace("groene ", "")


def test_a_patch_leaves_line_ends_of_all_kinds_as_they_are(quay: bytes, tmp_path: Path) -> None:
    """A file that several editors wrote has a line end of each: no other byte of it is another."""
    reviewer = Reviewer(quay, tmp_path / "boek")
    chapter, ends = reviewer.folder / "01-proef.md", itertools.cycle(["\r\n", "\n", "\r"])
    typed = "".join(one + next(ends) for one in MANY.splitlines())
    chapter.write_bytes(typed.encode())
    reviewer.strike("groene")
    reviewer.swap("kater", "poes")
    reviewer.strike("vertellen")
    reviewer.apply()
    wanted = typed.replace("groene ", "").replace("kater", "poes").replace(" vertellen", "")
    assert chapter.read_bytes() == wanted.encode()
    assert (reviewer.folder / "01-proef.md.orig").read_bytes() == typed.encode()


@pytest.mark.parametrize("saved", [MANY.replace("Klaar", "Gedaan").encode(), b"\xff"])
def test_a_file_that_is_saved_meanwhile_is_left_alone(
    saved: bytes,
    quay: bytes,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    reviewer.strike("groene")
    reviewer.swap("Proef", "Oefening")
    chapter, settings = reviewer.folder / "01-proef.md", reviewer.folder / "book.toml"

    def patched(*given: Any) -> Patch:
        made = patch(*given)
        assert made.texts.keys() == {"01-proef.md", "book.toml"}
        chapter.write_bytes(saved)
        return made

    monkeypatch.setattr("publish.proofing.applying.patch", patched)
    file = str(reviewer.marker.saved(tmp_path / "m.pdf"))
    assert main(["notes", file, str(reviewer.folder), "--apply", "--yes"]) == 1
    assert "01-proef.md was changed meanwhile: nothing is written" in capsys.readouterr().err
    assert chapter.read_bytes() == saved and settings.read_text(encoding="utf-8") == BOOK
    assert not [*reviewer.folder.glob("*.orig*")]


def test_an_insertion_at_words_that_another_wants_away_is_left_to_a_person(
    quay: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    reviewer.strike("kater", T=String("An"))
    page, (_, foot, right, _) = reviewer.find("kater")
    caret = [right - 3, foot - 2, right + 3, foot + 5]
    reviewer.put("Caret", page, caret, Contents=String(" oud"), T=String("Bo"))
    assert reviewer.apply() == MANY
    assert "another mark wants something else" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "said", "wanted"),
    [
        ("korte", "losse", "Twee korte losse woorden"),
        ("weg", "Heel snel.", "gaan weg Heel snel.."),
        ("kat", "Trotski", "zijn kat Trotski lag"),
        ("Veere", ",", "lagen in Veere,, en"),
        ("schip", "(oud)", "het schip (oud) van"),
        ("Twee", " heel", "Twee heel korte"),
        ("ander", "e", "een andere schip"),
    ],
)
def test_what_is_put_in_has_the_blanks_that_it_needs(
    quay: bytes, tmp_path: Path, word: str, said: str, wanted: str
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    page, (_, foot, right, _) = reviewer.find(word)
    reviewer.put("Caret", page, [right - 3, foot - 2, right + 3, foot + 5], Contents=String(said))
    assert wanted in reviewer.apply()


def test_what_may_be_the_end_of_a_word_is_left_to_a_person(
    quay: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    for word, said in (("kat", "er"), ("schip", "xyzzy")):
        page, (_, foot, right, _) = reviewer.find(word)
        where = [right - 3, foot - 2, right + 3, foot + 5]
        reviewer.put("Caret", page, where, Contents=String(said))
    assert reviewer.apply() == MANY
    assert capsys.readouterr().err.count("it may be a word of its own, or a part of") == 2


def test_letters_put_into_a_word_stay_there() -> None:
    known = knowing("nl", ["Het water was koud in 1931."])
    assert spaced("rr", "wate", "pas", known) == "rr"
    assert spaced("s", "Het wat", "er", known) == "s"
    assert spaced("5", "tot 1.", " km", known) == "5"
    assert spaced("Later.", "koud.", " Toen", known) == " Later."
    assert spaced("Later.", "koud. ", "Toen", known) == "Later. "
    assert spaced("-pet", "de veerman", " was", known) == "-pet"
    assert spaced("jaren", "veertien ", "later", known) == "jaren "
    assert spaced("stad", "hoofd", " was", knowing("nl", [])) is None
    assert spaced("zijn", "hij moet ", "", known) == "zijn"
    assert spaced("Later", 'hij zei "ja"', " koud", known) == " Later"
    assert spaced("Later", 'hij zei "', 'koud"', known) == "Later "


def test_signs_put_in_have_the_blanks_that_they_need() -> None:
    known = knowing("nl", ["Het water was koud in 1931."])
    for said, before in (
        ("'s avonds", "hij las"), ('"hard"', "de steeg"), ("(of twaalf)", "om elf."),
        ('"of was het Boom?"', "Temse,"), ("--- een luide ---", "de bel"), ("„hard”", "de steeg"),
    ):  # fmt: skip
        assert spaced(said, before, " en", known) == f" {said}", said
    assert spaced("--- een luide ---", "de bel ", "en", known) == "--- een luide --- "
    # Not of these, nor beside the call of a note.
    assert spaced("'s", "auto", " en", known) == "'s"
    assert spaced("(e)", "kop", "er", known) == "(e)"
    assert spaced("altijd", "opmeten.", "[^peil] Dat", known) is None


def test_the_same_notes_applied_twice_change_nothing_more(
    quay: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    reviewer.swap("kater", "kater,")
    marked_ = str(reviewer.marker.saved(reviewer.folder.parent / "m.pdf"))
    assert main(["notes", marked_, str(reviewer.folder), "--apply"]) == 0
    assert capsys.readouterr().err == "1 note; nothing is written without --yes\n"
    reviewer.swap("13", "13!")
    once = reviewer.apply()
    assert once == MANY.replace("de kater zijn", "de kater, zijn").replace("| 13 |", "| 13! |")
    assert reviewer.apply() == once
    assert capsys.readouterr().err.count("the manuscript has it by now") == 2
    # What is done is no longer looked for, and not lost.
    main(["notes", str(reviewer.folder.parent / "m.pdf"), str(reviewer.folder)])
    assert "not placed" not in capsys.readouterr().out


CALLED = (
    "# De kade\n\nHet schip voer weg.[^a] Daarna *niets.*[^b][^c] Zei de kapitein.\n\n"
    "[^d] Bij de mast lag [Iskra]{lang=ru}[^e] naast [Vonk]{.smallcaps}[^f] en\n[^g] een touw op\n"
    "[het dek](https://example.org/dek)[^h] van hout.\n\n"
    "[^a]: Zie de krant.\n[^b]: Of toch.\n[^c]: Wie weet.\n"
    + "".join(f"[^{name}]: Noot {name}.\n" for name in "defgh")
)


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The proof of a text with notes."""
    root = tmp_path_factory.mktemp("noot")
    return build(written(root / "boek", CALLED), root / "out", ("proof",)).made[0].read_bytes()


@pytest.fixture
def annotator(called: bytes, tmp_path: Path) -> Reviewer:
    reviewer = Reviewer(called, tmp_path / "boek")
    reviewer.write(CALLED)
    return reviewer


def test_words_struck_with_the_call_of_their_note_are_left_to_a_person(
    annotator: Reviewer, tmp_path: Path
) -> None:
    page, (left, foot, _, head) = annotator.find("weg")
    right = annotator.find("Daarna")[1][0] - 0.5
    annotator.put("StrikeOut", page, [left, foot, right, head])
    found, _ = notes([annotator.marker.saved(tmp_path / "m.pdf")], annotator.folder)
    assert [one.words for one in found] == ["weg."]
    refused = patch(found, annotator.folder, read_manuscript(annotator.folder)).refused
    assert ["the call of a note" in one for one in refused.values()] == [True]


@pytest.mark.parametrize(
    ("before", "number", "written"),
    [(r"weg\.", "1", "[^a]"), (r"niets\.", "23", "[^b][^c]"), (r"", "4", "[^d]"),
     ("Iskra", "5", "[^e]"), ("(?i:vonk)", "6", "[^f]"), (r"en\s", "7", "[^g]"),
     ("dek", "8", "[^h]")],
)  # fmt: skip
def test_the_call_of_a_note_is_found_where_it_is_written_and_left_to_a_person(
    annotator: Reviewer, tmp_path: Path, before: str, number: str, written: str
) -> None:
    page, rect = annotator.find(rf"{before}({number})")
    annotator.put("StrikeOut", page, rect)
    annotator.put("Highlight", page, rect, Contents=String("nodig?"))
    left_, foot, right, head = rect
    annotator.put("Ink", page, [left_ - 1, foot - 1, right + 1, head + 1])
    middle = [(left_ + right) / 2 + side for side in (-2, 2)]
    annotator.put("Text", page, [middle[0], foot, middle[1], head], Contents=String("hier"))
    found, _ = notes([annotator.marker.saved(tmp_path / "m.pdf")], annotator.folder)
    at = CALLED.index(written)
    assert {(one.start, one.end, one.what, one.placed) for one in found} == {
        (at, at + len(written), "call", True)
    }
    assert [one.words for one in found] == [number] * 4
    assert proposal(found[0]).endswith(f" the call “{number}” of a note")
    assert as_html(found, "Proef", tmp_path).count(f"the call “{number}” of a note") == 4
    assert annotator.apply() == CALLED
    refused = patch(found, annotator.folder, read_manuscript(annotator.folder)).refused
    assert ["the call of a note" in one for one in refused.values()] == [True]


@pytest.mark.parametrize(("word", "call"), [("dek", "8"), ("Iskra", "5"), (r"weg\.", "1")])
@pytest.mark.parametrize("past", [False, True])
def test_words_are_put_in_beside_the_call_of_a_note_without_a_map_too(
    annotator: Reviewer, tmp_path: Path, word: str, call: str, past: bool
) -> None:
    page, (left_, _, right, _) = annotator.find(f"{word}({call})")
    (_, foot, *_), at = annotator.find(f"({word}){call}")[1], right if past else left_
    annotator.put("Caret", page, [at - 3, foot - 2, at + 3, foot + 4], Contents=String(" al"))
    del annotator.marker.pdf.Root.Names.EmbeddedFiles, annotator.marker.pdf.Root.AF
    (one,), _ = notes([annotator.marker.saved(tmp_path / "m.pdf")], annotator.folder)
    assert re.match(rf"{word}{' ?' * past}\|", one.side) and one.placed
    assert left([one], read_manuscript(annotator.folder).sources) == {}


@pytest.mark.parametrize(
    ("said", "symbol", "told"),
    [("", "", ""), ("  ", "", ""), ("\r\rDaarna kwam de rest.", "", "¶ Daarna kwam de rest."),
     ("Daarna kwam de rest.", "P", "¶ Daarna kwam de rest."), ("", "P", "¶")],
)  # fmt: skip
def test_an_insertion_without_words_or_that_begins_a_paragraph_is_a_note(
    quay: bytes, tmp_path: Path, said: str, symbol: str, told: str
) -> None:
    """ISO 32000-2, 12.5.6.11: Sy is P where the sign of a paragraph goes with a caret."""
    reviewer = Reviewer(quay, tmp_path / "boek")
    page, (_, foot, right, _) = reviewer.find("schip")
    more = {"Sy": Name.P} if symbol else {}
    where = [right - 3, foot - 2, right + 3, foot + 5]
    reviewer.put("Caret", page, where, Contents=String(said), **more)
    (one,), _ = notes([reviewer.marker.saved(tmp_path / "m.pdf")], reviewer.folder)
    assert (one.kind, one.replacement, one.comment) == ("note", None, told)
    at = MANY.index("schip") + len("schip")
    assert (one.start, one.end, one.words, one.placed) == (at, at, "schip", True)
    assert reviewer.apply() == MANY


def test_without_its_map_a_proof_changes_no_word_but_what_is_printed(
    quay: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    reviewer.strike("groene")
    reviewer.swap("Klaar", "Af")
    reviewer.strike("vertellen")
    del reviewer.marker.pdf.Root.Names.EmbeddedFiles, reviewer.marker.pdf.Root.AF
    # One is another word by now that is much like it, on the same line.
    changed = MANY.replace("groene zeilen", "schone zeilen").replace("vertellen", "verzwijgen")
    reviewer.write(changed)
    assert reviewer.apply() == changed.replace("Klaar.", "Af.")
    said = capsys.readouterr().err
    assert said.count("other words are printed there") + said.count("stands on nothing") == 2


def test_signs_that_a_title_would_show_are_left_to_a_person(
    quay: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ("C#", "&euro;", 'een "kade"')
    for number, said in enumerate((*kept, "Kade", "R&D")):
        toml = BOOK if said in kept else BOOK.replace("Proef", said)
        reviewer = Reviewer(quay, tmp_path / str(number) / "boek")
        reviewer.swap("Proef", said)
        reviewer.apply()
        assert (reviewer.folder / "book.toml").read_text(encoding="utf-8") == toml
        refused = "signs that may mean more in a .toml file" in capsys.readouterr().err
        assert refused == (toml == BOOK)


def test_what_is_said_beside_a_replacement_is_kept(quay: bytes, tmp_path: Path) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    where = reviewer.find("kater")
    caret = reviewer.put("Caret", *where, IT=Name.Replace, Contents=String("kat"))
    reviewer.put("StrikeOut", *where, IRT=caret, RT=Name.Group, Contents=String("wie is dat?"))
    found, _ = notes([reviewer.marker.saved(tmp_path / "m.pdf")], reviewer.folder)
    assert [(one.kind, one.replacement, one.comment) for one in found] == [
        ("replace", "kat", "wie is dat?")
    ]


def test_a_note_between_words_or_beyond_a_line_is_of_that_line(quay: bytes, tmp_path: Path) -> None:
    reviewer = Reviewer(quay, tmp_path / "boek")
    wanted = []
    for word, after in (
        ("schip", "van"),
        ("zijn", "kat"),
        ("korte", "woorden"),
        ("Pieters", "van"),
    ):
        page, (_, foot, right, head) = reviewer.find(word)
        across, up = right + 0.8, (foot + head) / 2
        reviewer.put(
            "Text", page, [across - 8, up - 8, across + 8, up + 8], Contents=String(f"bij {word}")
        )
        wanted.append((f"bij {word}", {word, after}))
    for word, far in (("zeilen", 60.0), ("zeilen", 150.0), ("ook", 30.0), ("Klaar", 110.0)):
        page, (_, foot, right, head) = reviewer.find(word)
        across, up = right + far, (foot + head) / 2
        said = f"{word} {far}"
        reviewer.put("Text", page, [across - 8, up - 8, across + 8, up + 8], Contents=String(said))
        wanted.append((said, {word}))
    found = told(reviewer.marker.saved(tmp_path / "m.pdf"), reviewer.folder)
    words = {one["comment"]: one["words"] for one in found}
    for said, ones in wanted:
        assert words[said] in ones, (said, words[said])
