"""Rounds of proofs: what is kept of them, and which notes are done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
from marking import Marker, Words
from marking_judged import place
from pikepdf import Name, String
from readback_pdf import ReadPdf

from publish.__main__ import main
from publish.proof.changes import changes
from publish.proof.drawing import words_of
from publish.proof.earlier import earlier
from publish.proofing.annotations import Kind
from publish.proofing.answering import answered

BOOK = 'title = "Proef"\nlanguage = "nl"\nmodified = 2026-11-22T12:00:00Z\n'
TEXT = "# De sluis\n\nHet water stond hoog aan de dijk, en niemand keek ernaar om in die dagen.\n"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose first round has begun."""
    book = tmp_path_factory.mktemp("begun") / "boek"
    book.mkdir()
    (book / "book.toml").write_text(BOOK, encoding="utf-8")
    (book / "01-sluis.md").write_text(TEXT, encoding="utf-8")
    assert main(["round", "start", str(book)]) == 0
    return book


@pytest.fixture
def book(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "boek"))


def test_a_round_keeps_its_proof_and_tells_which_notes_are_done(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter, proof = book / "01-sluis.md", book / "rounds" / "1" / "proof.pdf"
    words = Words(proof.read_bytes(), {"01-sluis.md": TEXT})
    marker = Marker(proof.read_bytes(), 1)
    for word, kind in (("hoog", "Replace"), ("niemand", "Text")):
        found = words.located("01-sluis.md", TEXT.index(word), TEXT.index(word) + len(word))
        assert found
        marker.put(found, kind, "Acrobat")
    marked = str(marker.saved(tmp_path / "m.pdf"))
    capsys.readouterr()
    assert main(["round", "close", str(book), "--marked", marked]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "round 1: 2 notes, 2 open, 0 done, 0 declined"
    assert [line.split(":")[1] for line in said[1:]] == ["3", "3"]

    # One is done in the manuscript, the other declined by hand: nothing is open any more.
    proposed = marker.truths[0].replacement
    assert proposed
    chapter.write_text(TEXT.replace("hoog", proposed), encoding="utf-8")
    kept = book / "rounds" / "1" / "notes.json"
    values = json.loads(kept.read_text(encoding="utf-8"))
    values[1] |= {"state": "declined", "reason": "zo bedoeld"}
    kept.write_text(json.dumps(values), encoding="utf-8")
    assert main(["round", "close", str(book), "--marked", marked]) == 0
    assert capsys.readouterr().out == "round 1: 2 notes, 0 open, 1 done, 1 declined\n"
    states = [one["state"] for one in json.loads(kept.read_text(encoding="utf-8"))]
    assert states == ["done", "declined"]
    assert main(["round", "start", str(book)]) == 0
    # The next proof says its number and, beside the line that changed, what stood there.
    second = ReadPdf(book / "rounds" / "2" / "proof.pdf")
    pages = [page for page in second.pages if "PROEF" in page.text]
    texts = [piece.text for page in pages for piece in page.pieces]
    assert sum("hoog" in text for text in texts) == 1 and proposed in " ".join(texts)
    assert any("proef 2 ·" in text for text in texts)
    # And what became of the notes of the first, with the reason.
    told = next(page.text for page in second.pages if "Notities van de vorige ronde" in page.text)
    assert "verwerkt" in told and "afgewezen: zo bedoeld" in told and "open" not in told
    capsys.readouterr()
    assert main(["round", "list", str(book)]) == 0
    first, second_told = capsys.readouterr().out.splitlines()
    assert first.startswith("round 1: ") and "not closed yet" not in first
    assert second_told == "round 2: not closed yet; 0 notes, 0 open, 0 done, 0 declined"
    assert main(["round", "list", str(book / "rounds")]) == 0
    assert capsys.readouterr().out == "no round was started yet\n"


def test_what_changed_is_told_word_by_word() -> None:
    then = "Een.\n\nHet water stond hoog, en bleef.\nDrie.\n"
    now = "Nul.\nEen.\n\nHet zwarte water stond laag, en.\nDrie.\n"
    told = [(now[one.start : one.end], one.removed) for one in changes(then, now)]
    assert told == [("Nul.", ""), ("zwarte", ""), ("laag", "hoog"), ("", "bleef")]
    assert list(changes(then, then)) == []


WHOLE = {
    "file": "01-sluis.md", "line": 3, "column": 1, "end_line": 3, "end_column": 4, "words": "dijk",
    "kind": "note", "comment": "welke?", "replacement": None, "author": "", "created": "",
    "page": 5, "rect": [1, 2.5, 3, 4], "placed": True, "then": [12, 15],
}  # fmt: skip
WRONG = {
    "file": 3, "line": "3", "column": None, "end_line": 3.5, "end_column": True, "words": ["dijk"],
    "kind": "mark", "comment": None, "replacement": 1, "author": {}, "created": 2026, "page": [5],
    "rect": [1, 2, 3], "placed": "yes", "then": ["12", 15], "label": 5, "reason": 1,
    "replies": "Ja.", "against": ["1"], "found": 1, "state": "gedaan", "manuscript": 7,
    "halved": [True],
}  # fmt: skip


def broken(path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Close a round whose notes are this text; return what is told of them."""
    kept = path / "rounds" / "1"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / "proof.pdf").write_bytes(b"")
    (kept / "notes.json").write_text(text, encoding="utf-8")
    assert main(["round", "close", str(path)]) == 1
    told = capsys.readouterr().err
    assert main(["round", "list", str(path)]) == 1
    assert capsys.readouterr().err == told
    assert (kept / "notes.json").read_text(encoding="utf-8") == text
    listed = "declined without a reason" not in told
    assert ("it is no list of notes any more" in told and "Mend it" in told) == listed
    assert ('Write why beside it, as in "reason": ' in told) != listed
    return told.replace(str(kept), "")


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("[{", "1:3", "Expecting property name"),
        ('[\n<<<<<<< HEAD\n{"page": 1}]', "2:1", "Expecting value"),
        ('[{"page": 1}]', "1:2", "a note lacks"),
        ("7", "1:1", "does not begin with ["),
        ("[\n 7]", "2:2", "between { and }"),
        ("[" * 100_000, "1:1", "nested too deeply"),
        ("[" + "9" * 5000 + "]", "1:1", "integer"),
        (json.dumps([WHOLE, WHOLE | {"state": "declined"}], indent=1), "51:12",
         "“dijk” is declined without a reason"),
    ],
)  # fmt: skip
def test_notes_that_somebody_broke_are_told_with_their_place_and_kept(
    text: str, place: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = broken(tmp_path, text, capsys)
    assert told.startswith(f"/notes.json:{place}: error K701 ") and why in told


@pytest.mark.parametrize("name", WRONG)
def test_a_value_of_another_type_is_told_with_its_place(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # A text that looks like a name is none, and of two that git merged the last one counts.
    said = WHOLE | {"comment": f'zie "{name}": 1'} | {name: WRONG[name]}
    text = json.dumps([WHOLE, said], indent=1, ensure_ascii=False)
    told = broken(tmp_path, text, capsys)
    value = json.dumps(WRONG[name], ensure_ascii=False)
    lines = text.splitlines()
    last = max(at for at, one in enumerate(lines, 1) if one.startswith(f'  "{name}": '))
    assert told.startswith(f"/notes.json:{last}:{len(name) + 7}: error K701 ")
    assert f"“{name}” is {value}, and not " in told


def test_notes_that_are_no_text_are_told_with_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rounds" / "1").mkdir(parents=True)
    (tmp_path / "rounds" / "1" / "notes.json").write_bytes(b"[\n\xff]")
    assert main(["round", "close", str(tmp_path)]) == 1
    assert "notes.json:2:1: error T100" in capsys.readouterr().err


def test_places_beyond_the_manuscript_do_no_harm(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for then in ([-5, 3], [9_999_999, 99_999_999], [15, 12]):
        notes = json.dumps([WHOLE | {"then": then, "replacement": "kade", "kind": "replace"}])
        (book / "rounds" / "1" / "notes.json").write_text(notes, encoding="utf-8")
        (book / "01-sluis.md").write_text(TEXT.replace("hoog", "laag"), encoding="utf-8")
        assert main(["round", "close", str(book)]) == 1
        assert "page 5" in capsys.readouterr().out


def test_a_round_that_is_not_there_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["round", "close", str(tmp_path), "--number", "3"]) == 1
    assert "there is no round 3" in capsys.readouterr().err


def test_a_round_begins_when_the_one_before_is_closed(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["round", "start", str(book)]) == 1
    assert "round 1 is still open" in capsys.readouterr().err
    assert not (book / "rounds" / "2").exists()
    # Nothing came back: it is closed all the same.
    assert main(["round", "close", str(book)]) == 0
    assert main(["round", "start", str(book)]) == 0
    assert (book / "rounds" / "2" / "proof.pdf").is_file()


def test_since_names_no_state_of_another_book(
    begun: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "ander"
    other.mkdir()
    (other / "book.toml").write_text(BOOK.replace("Proef", "Iets anders"), encoding="utf-8")
    (other / "01-dijk.md").write_text(TEXT.replace("e", "a"), encoding="utf-8")
    out = str(tmp_path / "uit")
    for since in (begun / "rounds" / "1", begun / "rounds" / "1" / "proof.pdf", begun):
        given = ["build", str(other), "--only", "proof", "--out", out, "--since", str(since)]
        assert main(given) == 1
        assert "is of another book, “Proef”" in capsys.readouterr().err
    assert not (tmp_path / "uit" / "iets-anders-proof.pdf").exists()
    # The same book under another title is the same book.
    (other / "01-dijk.md").write_text(TEXT, encoding="utf-8")
    assert earlier(other, str(begun))[1] == []


def test_two_proposals_side_by_side_are_both_found_done(book: Path, tmp_path: Path) -> None:
    proof = (book / "rounds" / "1" / "proof.pdf").read_bytes()
    words, marker = Words(proof, {"01-sluis.md": TEXT}), Marker(proof, 1)
    for word in ("hoog", "dijk", "dagen"):
        found = words.located("01-sluis.md", TEXT.index(word), TEXT.index(word) + len(word))
        assert found
        marker.put(found, "Replace", "Acrobat")
    text = TEXT
    for truth in marker.truths[:2]:
        assert truth.replacement
        text = text.replace(TEXT[truth.word.start : truth.word.end], truth.replacement)
    (book / "01-sluis.md").write_text(text, encoding="utf-8")
    main(["round", "close", str(book), "--marked", str(marker.saved(tmp_path / "m.pdf"))])
    kept = json.loads((book / "rounds" / "1" / "notes.json").read_text(encoding="utf-8"))
    assert [one["state"] for one in kept] == ["done", "done", "open"]


def asked(then: str, word: str, said: str | None, kind: str = "replace") -> dict[str, object]:
    start = then.index(word)
    end = start + len(word)
    place = (end, end) if kind == "insert" else (start, end)
    return {"file": "a.md", "then": place, "replacement": said, "kind": kind, "state": "open"}


@pytest.mark.parametrize(
    ("word", "said", "kind", "now"),
    [
        ("dijk", "Dijk", "replace", "Het water stond hoog aan de Dijk en bleef daar."),
        ("dijk", ",", "insert", "Het water stond hoog aan de dijk, en bleef daar."),
        ("daar", "!", "insert", "Het water stond hoog aan de dijk en bleef daar!."),
        ("hoog", "hoog!", "replace", "Het water stond hoog! aan de dijk en bleef daar."),
        ("water", "hoog", "insert", "Het waterhoog stond hoog aan de dijk en bleef daar."),
        ("stond", "", "strikeout", "Het water hoog aan de dijk en bleef daar."),
        ("stond", "", "strikeout", "Het water aan de dijk en bleef daar."),
        ("hoog", "laag", "replace", "Het water lag laag aan de dijk en bleef daar."),
    ],
)
def test_a_proposal_is_done_when_the_text_has_it(word: str, said: str, kind: str, now: str) -> None:
    then = "Eerst dit.\n\nHet water stond hoog aan de dijk en bleef daar.\n\nDan dat: hoog.\n"
    note = asked(then, word, said, kind)
    new = f"Eerst dit.\n\n{now}\n\nDan dat: hoog.\n"
    (made,) = answered([note], {"a.md": then}, {"a.md": new})
    assert (made["state"], made["found"]) == ("done", True)
    # What the text once showed is looked up again, and what it has lost is open again.
    (lost,) = answered([made], {"a.md": then}, {"a.md": then})
    assert (lost["state"], lost["found"]) == ("open", False)
    # What a person said stands, and that it is not to be found is known.
    (kept,) = answered([note | {"state": "done"}], {"a.md": then}, {"a.md": then})
    assert (kept["state"], kept["found"]) == ("done", False)


@pytest.mark.parametrize(
    ("said", "kind", "now"),
    [
        ("en", "insert", "aan de wegen en"),
        ("over", "replace", "aan de o verhaal en"),
        ("tje", "insert", "aan het katje en"),
    ],
)
def test_letters_of_another_word_are_not_what_was_asked(said: str, kind: str, now: str) -> None:
    then = "Het water stond hoog aan de dijk en bleef daar.\n"
    changed = then.replace("aan de dijk en", now)
    (made,) = answered([asked(then, "dijk", said, kind)], {"a.md": then}, {"a.md": changed})
    assert (made["state"], made["found"]) == ("open", False)
    # At the end of a word they may be meant for it.
    whole = then.replace("dijk", "dijken")
    (joined,) = answered([asked(then, "dijk", "en", "insert")], {"a.md": then}, {"a.md": whole})
    assert (joined["state"], joined["found"]) == ("done", True)


def test_what_is_done_elsewhere_is_not_what_was_asked() -> None:
    then = "Het water stond hoog.\n\nEen huis stond er.\n"
    note = asked(then, "hoog", "laag")
    elsewhere = then.replace("Een huis", "Een laag huis")
    (made,) = answered([note], {"a.md": then}, {"a.md": elsewhere})
    assert (made["state"], made["found"]) == ("open", False)
    (remark,) = answered([note | {"replacement": None}], {"a.md": then}, {"a.md": elsewhere})
    assert (remark["state"], remark["found"]) == ("open", None)


def test_a_proposal_is_looked_for_in_all_parts_of_a_chapter_that_was_split() -> None:
    first = "De wachter telde elke avond de lantaarns op de kade."
    second = "Van de overkant kwam niets dan het geluid van riemen."
    then = {"01-a.md": f"# Kade\n\n{first}\n\n{second}\n"}
    halves = [f"# Kade\n\n{first}\n", f"# Overkant\n\n{second}\n"]
    at = then["01-a.md"].index("riemen")
    note = {
        "file": "01-a.md", "kind": "strikeout", "replacement": "", "then": [at, at + 6],
        "state": "open",
    }  # fmt: skip
    for names in (("01-a.md", "02-b.md"), ("01-c.md", "02-b.md"), ("02-b.md", "01-a.md")):
        (made,) = answered([note], then, dict(zip(names, halves, strict=True)))
        assert made["state"] == "open", names
        struck = [halves[0], halves[1].replace(" riemen", "")]
        (made,) = answered([note], then, dict(zip(names, struck, strict=True)))
        assert made["state"] == "done", names


def closed(book: Path, tmp_path: Path, *words: str, number: int = 1) -> Marker:
    """Close the first round with replacements of words that came back."""
    proof = (book / "rounds" / str(number) / "proof.pdf").read_bytes()
    known, marker = Words(proof, {"01-sluis.md": TEXT}), Marker(proof, number)
    for word in words:
        found = known.located("01-sluis.md", TEXT.index(word), TEXT.index(word) + len(word))
        assert found
        marker.put(found, "Replace", "Acrobat")
    main(["round", "close", str(book), "--marked", str(marker.saved(tmp_path / "m.pdf"))])
    return marker


def kept_of(book: Path) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = json.loads(
        (book / "rounds" / "1" / "notes.json").read_text(encoding="utf-8")
    )
    return values


def test_notes_hold_the_place_of_their_round_and_are_told_where_they_are_now(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed(book, tmp_path, "hoog", "niemand")
    capsys.readouterr()
    before = kept_of(book)
    (digest,) = {one["manuscript"] for one in before}
    text = " ".join(page.text for page in ReadPdf(book / "rounds" / "1" / "proof.pdf").pages)
    assert len(digest) == 12 and digest in text
    # Two lines come in before them, and of one the words are gone.
    moved = TEXT.replace("Het water", "Eerst dit.\n\nHet water").replace("niemand", "geen mens")
    (book / "01-sluis.md").write_text(moved, encoding="utf-8")
    assert main(["round", "close", str(book)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert kept_of(book) == before
    line, column = place(moved, moved.index("hoog"))
    assert said[1].startswith(f"01-sluis.md:{line}:{column}: open: “hoog”")
    line, column = place(TEXT, TEXT.index("niemand"))
    label = before[1]["label"]
    assert said[2].startswith(f"page {label}, then 01-sluis.md:{line}:{column}: open: “niemand”")
    # So does the proof of the next round.
    assert main(["round", "start", str(book)]) == 0
    told = " ".join(page.text for page in ReadPdf(book / "rounds" / "2" / "proof.pdf").pages)
    place_now = "01-sluis.md:{}:{}".format(*place(moved, moved.index("hoog")))
    assert place_now in "".join(told.split())
    assert f"(01-sluis.md:{line}:{column})" in "".join(told.split())


def test_a_mark_without_words_is_told_by_its_kind(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = (book / "rounds" / "1" / "proof.pdf").read_bytes()
    found = Words(proof, {"01-sluis.md": TEXT}).located(
        "01-sluis.md", TEXT.index("dijk"), TEXT.index("dijk") + 4
    )
    assert found
    marker = Marker(proof, 1)
    marker.put(found, "StrikeOut", "Okular")
    main(["round", "close", str(book), "--marked", str(marker.saved(tmp_path / "m.pdf"))])
    assert "open: “dijk”: strikeout" in capsys.readouterr().out
    assert main(["round", "start", str(book)]) == 0
    told = " ".join(page.text for page in ReadPdf(book / "rounds" / "2" / "proof.pdf").pages)
    assert "“dijk” (weglaten)" in told
    for language in ("nl", "en", "de", "fr"):
        assert words_of(language)["kinds"].keys() == {*get_args(Kind)}


def test_notes_that_want_different_things_name_each_other_in_every_closing(
    book: Path, tmp_path: Path
) -> None:
    closed(book, tmp_path, "dijk")
    assert [one["against"] for one in kept_of(book)] == [[]]
    # Another comes back later, which stands before it; then one that wants something else.
    closed(book, tmp_path, "hoog")
    assert [one["words"] for one in kept_of(book)] == ["hoog", "dijk"]
    proof = (book / "rounds" / "1" / "proof.pdf").read_bytes()
    marker = Marker(proof, 77)
    found = Words(proof, {"01-sluis.md": TEXT}).located(
        "01-sluis.md", TEXT.index("dijk"), TEXT.index("dijk") + 4
    )
    assert found
    marker.put(found, "Replace", "Xodo")
    for _ in range(2):
        main(["round", "close", str(book), "--marked", str(marker.saved(tmp_path / "b.pdf"))])
        assert [(one["words"], one["against"]) for one in kept_of(book)] == [
            ("hoog", []), ("dijk", [3]), ("dijk", [2])
        ]  # fmt: skip


def test_an_answer_that_comes_later_is_taken_and_what_a_person_said_stays(
    book: Path, tmp_path: Path
) -> None:
    marker = closed(book, tmp_path, "hoog")
    path = book / "rounds" / "1" / "notes.json"
    (one,) = kept_of(book)
    path.write_text(json.dumps([one | {"state": "declined", "reason": "nee", "eigen": 1}]))
    page, caret = next(
        (page, one) for page in marker.pdf.pages for one in page.obj.get("/Annots", [])
        if one.Subtype == Name.Caret
    )  # fmt: skip
    rect = caret.Rect
    marker._add(page, {"/Type": Name.Annot, "/Subtype": Name.Text, "/IRT": caret, "/Rect": rect,
                       "/Contents": String("toch maar")})  # fmt: skip
    main(["round", "close", str(book), "--marked", str(marker.saved(tmp_path / "m.pdf"))])
    (one,) = kept_of(book)
    assert one["replies"] == ["toch maar"]
    assert (one["state"], one["reason"], one["eigen"]) == ("declined", "nee", 1)


def test_a_round_whose_proof_is_gone_is_still_a_round(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = closed(book, tmp_path, "hoog")
    proof = book / "rounds" / "1" / "proof.pdf"
    kept = kept_of(book)
    path = book / "rounds" / "1" / "notes.json"
    for broken_, why in ((b"%PDF-1.7", "no proof that can be read"), (None, "is gone")):
        proof.write_bytes(broken_) if broken_ else proof.unlink()
        capsys.readouterr()
        marked = ["--marked", str(marker.saved(tmp_path / "m.pdf"))]
        assert main(["round", "close", str(book), *marked]) == 1
        said = capsys.readouterr()
        assert why in said.err and "no marks can be told to be of it" in said.err
        assert kept_of(book) == kept and said.out == ""
        # What a person writes of its notes is taken, and what cannot be looked up is told.
        path.write_text(json.dumps([kept[0] | {"state": "declined", "reason": "nee"}]))
        assert main(["round", "close", str(book)]) == 0
        assert f"warning K721 {proof} is" in capsys.readouterr().err
        path.write_text(json.dumps(kept))
    assert main(["round", "list", str(book)]) == 0
    assert capsys.readouterr().out == (
        "round 1: 1 note, 1 open, 0 done, 0 declined; its proof is gone\n"
    )
    assert main(["round", "start", str(book)]) == 0
    assert "warning K721" in capsys.readouterr().err
    assert (book / "rounds" / "2" / "proof.pdf").is_file() and not proof.exists()
    (book / "rounds" / "2" / "proof.pdf").unlink()
    assert main(["round", "start", str(book)]) == 1
    assert "round 2 is still open" in capsys.readouterr().err


def test_notes_of_another_manuscript_than_the_proof_are_not_mixed(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed(book, tmp_path, "hoog")
    (one,) = kept_of(book)
    path = book / "rounds" / "1" / "notes.json"
    path.write_text(json.dumps([one | {"manuscript": "0123456789ab"}]))
    assert main(["round", "close", str(book)]) == 1
    assert "and the notes beside it are of 0123456789ab" in capsys.readouterr().err


def test_two_reviewers_without_a_name_are_two(book: Path, tmp_path: Path) -> None:
    proof = (book / "rounds" / "1" / "proof.pdf").read_bytes()
    found = Words(proof, {"01-sluis.md": TEXT}).located("01-sluis.md", 22, 26)
    assert found
    for seed in (1, 2, 2):
        marker = Marker(proof, seed)
        marker.put(found, "Replace", "Acrobat")
        file = marker.saved(tmp_path / f"m{seed}.pdf")
        main(["round", "close", str(book), "--marked", str(file)])
    kept = json.loads((book / "rounds" / "1" / "notes.json").read_text(encoding="utf-8"))
    assert len({one["replacement"] for one in kept}) == len(kept) == 2
