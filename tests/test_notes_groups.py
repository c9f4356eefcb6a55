"""Groups of marks, answers and states: all that reviewers put is told, and in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pikepdf import Array, Name, String
from test_applying import MANY, Reviewer, written
from test_notes import told
from test_notes_places import quads

from publish.building.build import build
from publish.ground.source import SourceFile
from publish.manuscript.folder import read_manuscript
from publish.proof.map import Run
from publish.proofing.annotations import Mark
from publish.proofing.applying import patch
from publish.proofing.collating import queued
from publish.proofing.kept import merged, read
from publish.proofing.kept import written as kept_as
from publish.proofing.leaving import left
from publish.proofing.notes import notes
from publish.proofing.page_text import Found
from publish.proofing.places import Places
from publish.proofing.queue import Hit, Note, note_of
from publish.proofing.telling import as_csv, as_html, as_json, as_text


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = tmp_path_factory.mktemp("groups")
    (file,) = build(written(root / "boek", MANY), root / "out", ("proof",)).made
    return file.read_bytes()


@pytest.fixture
def reviewer(proof: bytes, tmp_path: Path) -> Reviewer:
    return Reviewer(proof, tmp_path / "boek")


def found(reviewer: Reviewer) -> list[dict[str, Any]]:
    return told(reviewer.marker.saved(reviewer.folder.parent / "m.pdf"), reviewer.folder)


def said(one: dict[str, Any]) -> tuple[object, ...]:
    return one["kind"], one["words"], one["comment"], one["replacement"], one["author"]


def test_marks_of_a_group_keep_their_kinds_words_and_proposals(reviewer: Reviewer) -> None:
    """ISO 32000-2, 12.5.6.2: what the first of a group says is said of all."""
    first = reviewer.put("Highlight", *reviewer.find("Veere"), T=String("An"),
                         Contents=String("hangt samen"))  # fmt: skip
    group = {"IRT": first, "RT": Name.Group}
    reviewer.put("Highlight", *reviewer.find("korte"), **group)
    reviewer.put("Squiggly", *reviewer.find("kater"), Contents=String("dier?"), **group)
    reviewer.put("StrikeOut", *reviewer.find("rode"), T=String("Bo"), **group)
    reviewer.put("Underline", *reviewer.find("Klaar"), IRT=first)
    assert sorted(map(said, found(reviewer)), key=str) == sorted(
        [
            ("highlight", "Veere", "hangt samen", None, "An"),
            ("highlight", "korte", "hangt samen", None, "An"),
            ("squiggly", "kater", "dier?", None, "An"),
            ("strikeout", "rode", "hangt samen", None, "Bo"),
            ("underline", "Klaar", "", None, ""),
        ],
        key=str,
    )


def test_an_insertion_in_a_group_of_other_marks_is_still_proposed(reviewer: Reviewer) -> None:
    first = reviewer.put("Highlight", *reviewer.find("schip"), Contents=String("zwak"))
    page, (_, foot, right, _) = reviewer.find("schip")
    where = [right - 3, foot - 2, right + 3, foot + 5]
    reviewer.put("Caret", page, where, Contents=String(" oude"), IRT=first, RT=Name.Group)
    assert [(one["kind"], one["comment"], one["replacement"]) for one in found(reviewer)] == [
        ("highlight", "zwak", None),
        ("insert", "zwak", " oude"),
    ]
    assert reviewer.apply() == MANY.replace("het schip", "het schip oude")


@pytest.mark.parametrize("leads", ["Caret", "StrikeOut", "Text"])
@pytest.mark.parametrize("named", [True, False], ids=["group", "before-1.6"])
def test_a_replacement_is_one_whichever_mark_leads_and_however_many_lines_it_strikes(
    reviewer: Reviewer, leads: str, named: bool
) -> None:
    """Of several lines some programs strike out each by itself; before PDF 1.6 there was no RT."""
    words = {one: reviewer.find(one) for one in ("korte", "woorden")}
    page, (_, foot, right, _) = words["woorden"]
    marks = [
        ("Caret", [right - 3, foot - 2, right + 3, foot + 5], {"Contents": String("zinnen")}),
        *(("StrikeOut", where[1], {}) for where in words.values()),
    ]
    if leads == "Text":
        marks.insert(0, ("Text", words["korte"][1], {"Contents": String("liever zo")}))
    marks.sort(key=lambda one: one[0] != leads)
    kind, rect, more = marks[0]
    first = before = reviewer.put(kind, page, rect, T=String("An"), **more)
    for kind, rect, more in marks[1:]:
        # Some refer to the first mark of a group, some to the one before.
        group = {"IRT": before if named else first, **({"RT": Name.Group} if named else {})}
        before = reviewer.put(kind, page, rect, **group, **more)
    made = sorted(map(said, found(reviewer)))
    wanted = ("replace", "korte woorden", "liever zo" if leads == "Text" else "", "zinnen", "An")
    assert [one for one in made if one[0] == "replace"] == [wanted]
    assert len(made) == 1 + (leads == "Text")
    assert reviewer.apply() == MANY.replace("korte woorden", "zinnen")


@pytest.mark.parametrize(
    ("caret", "symbol", "struck", "grouped", "told"),
    [
        ("", "P", "", True, "¶"),
        ("", "P", "", False, "¶"),
        ("", "P", "zin", True, "¶ zin"),
        ("Zo was het.", "P", "zin", True, "¶ Zo was het.\nzin"),
        ("\rZo was het.", "None", "", False, "¶ Zo was het."),
    ],
)
def test_words_that_go_where_a_paragraph_begins_are_a_strike_out_that_says_so(
    reviewer: Reviewer, caret: str, symbol: str, struck: str, grouped: bool, told: str
) -> None:
    page, (left_, foot, right, head) = reviewer.find("korte")
    first = reviewer.put("StrikeOut", page, [left_, foot, right, head], Contents=String(struck))
    group = {"IRT": first, "RT": Name.Group} if grouped else {}
    reviewer.put("Caret", page, [right - 3, foot - 2, right + 3, foot + 5],
                 Contents=String(caret), Sy=Name(f"/{symbol}"), **group)  # fmt: skip
    assert [said(one) for one in found(reviewer)] == [("strikeout", "korte", told, None, "")]


def test_words_between_those_that_are_struck_out_are_not(reviewer: Reviewer) -> None:
    one, other = reviewer.find("korte"), reviewer.find("weg")
    reviewer.put("StrikeOut", one[0], one[1], QuadPoints=Array([*quads(one[1]), *quads(other[1])]))
    (note,) = found(reviewer)
    assert note["words"] == "korte weg"
    assert reviewer.apply() == MANY
    why = left(notes([reviewer.folder.parent / "m.pdf"], reviewer.folder)[0],
               read_manuscript(reviewer.folder).sources)  # fmt: skip
    assert why == {1: "words between those that are marked are not, or others are marked elsewhere"}


STATES = ("Accepted", "Rejected", "Cancelled", "Completed")


def test_every_state_is_told_with_its_note_and_who_set_it(reviewer: Reviewer) -> None:
    """ISO 32000-2, 12.5.6.3: one state of each model for each reviewer, the last one he set."""
    first = reviewer.put("Highlight", *reviewer.find("kater"), Contents=String("klopt dit?"))
    for author, model, state, more in (
        ("Bo", "Review", "Rejected", {}),
        ("An", "Review", "Completed", {"Contents": String("Completed set by An")}),
        ("An", "Marked", "Marked", {}),
        ("Bo", "Review", "Accepted", {"Contents": String("toch wel")}),
        ("Cas", "Review", "Cancelled", {}),
        ("Cas", "Review", "None", {}),
    ):
        reviewer.put("Text", *reviewer.find("kater"), IRT=first, T=String(author),
                     StateModel=String(model), State=String(state), **more)  # fmt: skip
    reviewer.put("Text", *reviewer.find("kater"), IRT=first, T=String("Dirk"))
    note, silent = found(reviewer)
    assert note["state"] == "Accepted, Completed, Marked"
    assert note["replies"] == (
        "Bo: Rejected", "An: Completed", "An: Marked", "Bo: Accepted: toch wel",
        "Cas: Cancelled", "Cas: None",
    )  # fmt: skip
    assert (silent["kind"], silent["author"], silent["words"]) == ("note", "Dirk", "kater")
    listed, _ = notes([reviewer.folder.parent / "m.pdf"], reviewer.folder)
    for form in (as_text, as_csv, as_json, lambda all_: as_html(all_, "Proef", reviewer.folder)):
        shown = form(listed)
        for words in ("accepted, completed, marked", "toch wel", "Bo: Rejected", "Cas: None"):
            assert words.lower() in shown.lower(), words


@pytest.mark.parametrize("state", STATES)
def test_what_a_state_settles_is_left_to_a_person(reviewer: Reviewer, state: str) -> None:
    page, rect = reviewer.find("groene")
    struck = reviewer.put("StrikeOut", page, rect, T=String("An"))
    reviewer.put("Text", page, rect, IRT=struck, State=String(state), StateModel=String("Review"))
    # Another wants it too: what was dropped is nothing that speaks against it.
    caret = reviewer.put("Caret", page, rect, T=String("Bo"), Contents=String("gele"))
    reviewer.put("StrikeOut", page, rect, IRT=caret, RT=Name.Group)
    listed, _ = notes([reviewer.marker.saved(reviewer.folder.parent / "m.pdf")], reviewer.folder)
    why = left(listed, read_manuscript(reviewer.folder).sources)
    reasons = {one.kind: why.get(number, "") for number, one in enumerate(listed, 1)}
    gone = state in ("Rejected", "Cancelled")
    assert ("another mark" in reasons["replace"]) == (not gone)
    assert reasons["strikeout"] == {
        "Rejected": "it was rejected", "Cancelled": "it was cancelled",
        "Completed": "it is done already",
        "Accepted": f"another mark wants something else here: note "
                    f"{1 + next(at for at, one in enumerate(listed) if one.kind == 'replace')}",
    }[state]  # fmt: skip
    made = patch(listed, reviewer.folder, read_manuscript(reviewer.folder))
    assert made.texts == ({"01-proef.md": MANY.replace("groene", "gele")} if gone else {})


def test_a_word_that_two_pages_share_is_one_note_of_each_of_many_reviewers() -> None:
    half = Note("a.md", 1, 1, 1, 5, "woord", "highlight", "", None, "", "", 3, (0, 0, 9, 9), True,
                start=0, end=5, then=(0, 5), halved=(False, True))  # fmt: skip
    rest = replace(half, page=4, halved=(True, False))
    both = [replace(one, pdf=number) for one in (half, rest) for number in range(9)]
    assert [(one.pdf, one.page) for one in queued(both)] == [(number, 3) for number in range(9)]
    # What is answered on the other page is said of the word.
    (one,) = queued([half, replace(rest, replies=("An: nee",), state="Accepted")])
    assert (one.words, one.replies, one.state) == ("woord", ("An: nee",), "Accepted")
    # A plate may stand between them; the half before a word is not after it.
    for page, count in ((5, 1), (2, 2), (3, 2)):
        assert len(queued([half, replace(rest, page=page)])) == count
    # A mark over three pages has two such words.
    over = replace(half, page=5, words="woord voor woord", then=(0, 16), halved=(True, True))
    last = replace(rest, page=6, then=(11, 16))
    (one,) = queued([last, over, half])
    assert (one.words, one.then, one.page) == (over.words, over.then, 3)
    # Of what is shared is no more than the half word, however the words repeat each other.
    twice = replace(half, words="da da", then=(0, 5)), replace(rest, words="da da", then=(3, 8))
    (one,) = queued(twice)
    assert (one.words, one.then) == ("da da da", (0, 8))
    # Where one half is no more where it was, or words are left out, that is so of both.
    for lost in ({"gapped": True}, {"placed": False}, {"sure": False}):
        for pair in ([half, replace(rest, **lost)], [replace(half, **lost), rest]):
            (one,) = queued(pair)
            assert {name: getattr(one, name) for name in lost} == lost
    assert len(queued([half, replace(rest, file="b.md")])) == 2
    # Two reviewers who strike out a half each agree; who strike out more of it do not.
    gone = [replace(one, kind="strikeout", replacement="") for one in (half, rest)]
    for first, second, count in ((True, True, 0), (False, True, 1), (True, False, 1)):
        both = [
            replace(gone[0], halved=(False, first)),
            replace(gone[1], halved=(second, False), author="Ben", start=3, end=9, then=(3, 9)),
        ]
        assert [len(one.against) for one in queued(both)] == [count, count]
    # A caret replaces what is struck out on both pages, and what is said of a strike-out weighs it.
    swapped = replace(rest, kind="replace", replacement="zin")
    for other, wanted in (
        (gone[1], ("strikeout", "", "")),
        (swapped, ("replace", "zin", "")),
        (replace(gone[1], replacement=None, comment="dubbel"), ("strikeout", None, "dubbel")),
    ):
        (one,) = queued([gone[0], other])
        assert (one.kind, one.replacement, one.comment) == wanted
    assert (
        len(queued([replace(swapped, page=3, halved=(False, True), replacement="la"), swapped]))
        == 2
    )
    assert len(queued([half, replace(rest, then=(6, 9))])) == 2


def test_an_annotation_that_came_back_in_two_pdfs_is_one_note(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    one = Note("a.md", 1, 1, 1, 5, "woord", "highlight", "klopt dit?", None, "An", "", 3,
               (10, 20, 30, 40), True, marked="an.pdf", start=0, end=5, then=(0, 5),
               name="uuid-1")  # fmt: skip
    copy = replace(one, marked="ben.pdf", rect=(10.4, 19.2, 30, 40.9), replies=("Ben: ja",), pdf=1)
    (both,) = queued([one, copy])
    assert (both.marked, both.replies) == ("an.pdf, ben.pdf", ("Ben: ja",))
    assert len(queued([one, copy, replace(copy, marked="cor.pdf", pdf=2)])) == 1
    # Each is one of its own file, however that is called.
    (both,) = queued([one, replace(copy, marked="an.pdf")])
    assert both.marked == "an.pdf"
    for other in (
        replace(copy, rect=(11.1, 20, 30, 40)), replace(copy, author="Ben"),
        replace(copy, name="uuid-2"), replace(copy, comment="dit klopt niet"),
        replace(copy, pdf=0), replace(copy, page=4, start=90, end=95),
    ):  # fmt: skip
        assert len(queued([one, other])) == 2
    # On another page it is where its words stand; without a place it is another.
    assert len(queued([one, replace(copy, page=4)])) == 1
    nowhere = {"file": "", "start": -1, "end": -1, "placed": False}
    assert len(queued([replace(one, **nowhere), replace(copy, page=4, **nowhere)])) == 2
    # What a round knows of it stays, however the program that saved it rounds.
    kept = [one | {"state": "done"} for one in merged((), [one], "abc")]
    assert [one["state"] for one in merged(kept, [copy], "abc")] == ["done"]
    further = replace(copy, rect=(10, 20, 31.2, 40))
    assert [one["state"] for one in merged(kept, [further], "abc")] == ["done", "open"]
    # It is known by its name, whatever the program that saved it says of when it was made.
    later = replace(copy, created="2026-11-21T10:00:00Z", state="Accepted")
    (again,) = merged(kept, [later], "abc")
    assert (again["state"], again["review"]) == ("done", "Accepted")
    assert again["marked"] == "an.pdf, ben.pdf"
    assert merged([again], [one], "abc") == [again | {"created": "", "rect": [*one.rect]}]
    # A file of before names were kept is read as before.
    (old,) = ({key: value for key, value in each.items() if key != "name"} for each in kept)
    path.write_bytes(kept_as([old]))
    assert [one["state"] for one in merged(read(path), [copy], "abc")] == ["done"]
    assert len(merged(read(path), [later], "abc")) == 2
    # Where a program names none, it is known by when it was made; by nothing it is not known.
    nameless = [replace(each, name="", created="2026-11-20T09:15:00Z") for each in (one, copy)]
    assert len(queued(nameless)) == 1
    assert len(queued([replace(each, created="") for each in nameless])) == 2


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [("vaart", True), ("Vaart", True), ("", False), ("voer", False), ("1931", False), ("…", False)],
)
def test_words_that_are_not_printed_do_not_agree(printed: str, agrees: bool) -> None:
    """Of a PDF without a map only what is printed tells whether it is that of today."""
    text = "Wie vaart, die vaart in 1913."
    mark = Mark(1, "strikeout", ((0, 0, 9, 9),), (0, 0, 9, 9), "", "", "", "")
    run = Run("a.md", text, ((0, 0),))
    places = Places({"a.md": text}, {"a.md": SourceFile("a.md", text)})
    start = text.index("1913" if printed.isdigit() else "vaart")
    found_ = Found(0, start, start + 5 - printed.isdigit())
    note = note_of(mark, Hit(found_, [run], printed, today=True), places, "1", "m.pdf")
    assert note.agrees == agrees
    assert (left([note], places.now) == {}) == agrees
    # A map knows what was printed.
    assert note_of(mark, Hit(found_, [run], printed), places, "1", "m.pdf").agrees
    comma = Found(0, text.index(","), text.index(",") + 1)
    for sign in (",", ""):
        one = note_of(mark, Hit(comma, [run], sign, today=True), places, "1", "m.pdf")
        assert one.agrees == bool(sign)


@pytest.mark.parametrize(
    ("then", "now", "sure"),
    [
        # The line has changed, and the word stands once between lines that have not.
        ("Kop\nDe kat zat.\nSlot", "Kop\nDaar zat de kat.\nSlot", True),
        # It stands there twice, then or now: nobody knows which of them is meant.
        ("Kop\nDe kat zat, een kat.\nSlot", "Kop\nDaar zat de kat.\nSlot", False),
        ("Kop\nDe kat zat.\nSlot", "Kop\nDaar zat kat na kat.\nSlot", False),
        # What stands elsewhere, or as a part of a word, is another.
        ("Kop\nDe kat zat.\nSlot\nDe kat.", "Kop\nDaar zat de kat.\nSlot\nDe kat.", True),
        ("Kop\nDe kat zat.\nSlot", "Kop\nDaar zaten katten en de kat.\nSlot", True),
        ("Kop\nDe kat zat.\nSlot", "Kop\nDaar zaten katten.\nSlot\nDe kat.", False),
        # Where most of the words beside it are others, so is the line; a change elsewhere in its
        # paragraph, or of one beside it, is none of it.
        ("Kop\nDe kat zat op een stoel.\nSlot", "Kop\nGeen hond zag ooit kat.\nSlot", False),
        (
            "Kop\nZo zat op de stoel een kat.\nSlot",
            "Kop\nLang zat op een stoel zo’n kat.\nSlot",
            True,
        ),
        ("Kop\nWas er een kat.\nSlot", "Kop\nVoor ’t huis was er een kat.\nSlot", True),
        # What stood alone in its paragraph does so still.
        ("Kop\n\n* kat.\n\nSlot", "Kop\n\nGeheel andere kat.\n\nSlot", False),
        ("Kop\n\n* kat.\n\nSlot", "Kop\n\n- kat.\n\nSlot", True),
    ],
)
def test_words_of_a_line_that_changed_are_placed_where_they_stand_once(
    then: str, now: str, sure: bool
) -> None:
    places = Places({"a.md": then}, {"a.md": SourceFile("a.md", now)})
    start = then.index("kat")
    there = places.moved("a.md", start, start + 3)
    assert there
    assert there.sure == sure
    if sure:
        assert now[there.start - 1 : there.end + 1] == " kat."


@pytest.mark.parametrize("states", [("", "Rejected"), ("Cancelled", "")])
def test_who_contradicts_a_mark_that_was_dropped_is_not_told_so(states: tuple[str, str]) -> None:
    one = Note("a.md", 1, 1, 1, 5, "woord", "replace", "", "zin", "An", "", 3, (0, 0, 9, 9), True,
               start=0, end=5, then=(0, 5))  # fmt: skip
    both = queued([replace(one, state=states[0]),
                   replace(one, state=states[1], replacement="blad", author="Ben")])  # fmt: skip
    assert [one.against for one in both] == [(2,) if states[0] else (), () if states[0] else (1,)]


@pytest.mark.parametrize("names", [("an.pdf", "ben.pdf"), ("an/proef.pdf", "ben/proef.pdf")])
def test_a_pdf_that_was_passed_on_brings_each_mark_once(
    names: tuple[str, str], reviewer: Reviewer, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in names]
    for file in files:
        file.parent.mkdir(exist_ok=True)
    page, rect = reviewer.find("korte")
    reviewer.put("Highlight", page, rect, T=String("An"), NM=String("uuid-1"))
    reviewer.marker.saved(files[0])
    # Who goes on in it saves it with another program, which rounds.
    reviewer.marker.pdf.pages[page].obj.Annots[0].Rect = Array([round(side) for side in rect])
    reviewer.put("StrikeOut", *reviewer.find("rode"), T=String("Ben"), NM=String("uuid-2"))
    reviewer.marker.saved(files[1])
    listed, _ = notes(files, reviewer.folder)
    called = [*dict.fromkeys(file.name for file in files)]
    told_ = sorted((one.author, one.words, one.marked) for one in listed)
    assert told_ == [("An", "korte", ", ".join(called)), ("Ben", "rode", called[-1])]
    assert f"page 5 of {', '.join(called)}" in as_text(listed)
