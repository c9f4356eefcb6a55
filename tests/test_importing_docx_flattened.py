"""Letters of a word processor's file that are raised, lowered, struck out or hidden: all told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_importing_docx import W, run
from test_importing_docx_kept import CALL, book_of, lines_told, paragraph, shown, table
from test_importing_docx_parts import told

from publish.book.model import Table
from publish.importing import Imported
from publish.importing.notes import problems_of

RAISED, LOWERED = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
CALL_TWO = CALL.replace('"2"', '"3"')
HIDDEN, STRUCK = "<w:vanish/>", "<w:strike/>"


def dropped(imported: Imported, kind: str = "hidden") -> list[tuple[int, str]]:
    """Return what the ledger has as left out because it is hidden, say."""
    rows = json.loads(imported.files["import-ledger.json"])["rows"]
    return [
        (row["line"], piece["dropped"])
        for row in rows
        for piece in row.get("pieces", ())
        if piece["as"] == kind
    ]


@pytest.mark.parametrize(
    ("properties", "code", "said", "hint"),
    [
        (RAISED, "raised", "stands above the line in the source", "(²)"),
        (LOWERED, "lowered", "stands below the line in the source", "(₂)"),
        (STRUCK, "struck", "is struck out in the source", "Delete it"),
        ("<w:dstrike/>", "struck", "is struck out in the source", "Delete it"),
    ],
)
def test_letters_that_are_set_as_no_manuscript_can_stay_and_are_told(
    properties: str, code: str, said: str, hint: str, tmp_path: Path
) -> None:
    line = run("Veertig m") + run("2", properties) + run(" meel, en m") + run("3", properties)
    imported, book = book_of(tmp_path, paragraph(run("Droog.")), paragraph(line + run(" graan.")))
    assert [shown(one) for one in book.chapters[0].blocks][-1] == "Veertig m2 meel, en m3 graan."
    ((number, message),) = lines_told(imported, code)
    assert number == 2
    assert said in message
    assert message.endswith(": “2”, “3”")
    (problem,) = problems_of([one for one in imported.notes if one.code == code], "molen.docx")
    assert hint in problem.hint


def test_what_says_itself_that_it_is_not_so_and_blanks_are_not_told(tmp_path: Path) -> None:
    plain = run("een", '<w:vertAlign w:val="baseline"/><w:vanish w:val="0"/>')
    imported, _ = book_of(tmp_path, paragraph(plain + run(" ", RAISED) + run("twee")))
    codes = {one.code for one in imported.notes}
    assert not codes & {"raised", "lowered", "struck", "hidden"}


def test_hidden_text_is_left_out_told_and_in_the_ledger(tmp_path: Path) -> None:
    """Within a sentence, a paragraph of its own, a cell, a note."""
    within = run("De molen ") + run("van ", HIDDEN) + run("Jan ", HIDDEN) + run("draait.") + CALL
    inner = f"<w:p>{run('Al lang', HIDDEN)}</w:p><w:p>{run('Al jaren.')}</w:p>"
    imported, book = book_of(
        tmp_path,
        paragraph(within),
        paragraph(run("Vraag het na.", HIDDEN)),
        paragraph(run("Het meel.")),
        table((paragraph(run("Jaar")), paragraph(run("geheim", HIDDEN)))),
        notes=f'<w:footnotes {W}><w:footnote w:id="2">{inner}</w:footnote></w:footnotes>',
    )
    (chapter,) = book.chapters
    assert [shown(one) for one in chapter.blocks] == ["De molen draait.*", "Het meel.", "Jaar; "]
    assert isinstance(chapter.blocks[-1], Table)
    assert [shown(one) for one in chapter.notes[0].blocks][-1] == "Al jaren."
    said = "this is hidden in the source, and left out: "
    assert lines_told(imported, "hidden") == [
        (1, f"{said}“van Jan”"),
        (2, f"{said}“Vraag het na.”"),
        (5, f"{said}“geheim”"),
        (6, f"{said}“Al lang”"),
    ]
    assert dropped(imported) == [
        (1, "van "), (1, "Jan "), (2, "Vraag het na."), (5, "geheim"), (6, "Al lang")
    ]  # fmt: skip


def test_a_note_or_a_picture_that_is_hidden_is_left_out_and_told(tmp_path: Path) -> None:
    call = f'<w:r><w:rPr>{HIDDEN}</w:rPr><w:footnoteReference w:id="2"/></w:r>'
    drawn = f"<w:r><w:rPr>{HIDDEN}</w:rPr><w:drawing/></w:r>"
    imported, book = book_of(tmp_path, paragraph(run("De molen.") + call + drawn))
    assert [shown(one) for one in book.chapters[0].blocks] == ["De molen."]
    assert not book.chapters[0].notes
    assert "a picture is hidden in the source" in told(imported, "hidden")[0]
    assert "footnote 2 is called nowhere" in told(imported, "unread")[0]


def test_a_field_ends_where_its_end_is_hidden(tmp_path: Path) -> None:
    marks = [
        f'<w:r><w:rPr>{HIDDEN}</w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "end")
    ]
    asked = f"<w:r><w:rPr>{HIDDEN}</w:rPr><w:instrText>XE molen</w:instrText></w:r>"
    xml = run("De molen") + asked.join(marks) + run(" draait.")
    imported, book = book_of(tmp_path, paragraph(xml))
    assert [shown(one) for one in book.chapters[0].blocks] == ["De molen draait."]
    assert told(imported, "hidden") == []


def test_many_stretches_of_a_paragraph_are_told_in_one_line(tmp_path: Path) -> None:
    line = "".join(run("de ") + run(f"{number}e", RAISED) + run(" ") for number in range(1, 9))
    imported, _ = book_of(tmp_path, paragraph(line))
    assert told(imported, "raised")[0].endswith("“1e”, “2e”, “3e”, “4e”, “5e”, and 3 more")


@pytest.mark.parametrize(
    "inner",
    [
        run("De molen ") + run("van ", HIDDEN) + run(" draait."),
        run("De molen \x7f draait."),
        run("De molen ", "<w:b/>") + run(" draait."),
    ],
)
def test_no_two_blanks_are_left_where_something_is_left_out(inner: str, tmp_path: Path) -> None:
    imported, _ = book_of(tmp_path, paragraph(run("Kop"), "Heading1"), paragraph(inner))
    (text,) = (text for name, text in imported.files.items() if name.endswith("kop.md"))
    assert "  " not in text


def test_words_of_a_hidden_box_and_of_a_hidden_ruby_are_left_out_and_told(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('Geheime woorden')}</w:p></w:txbxContent>"
    drawn = f"<w:pict><v:textbox {V}>{box}</v:textbox></w:pict>"
    parts = f"<w:rt>{run('ooit')}</w:rt><w:rubyBase>{run('Ni')}</w:rubyBase>"
    said = f"<w:ruby><w:rubyPr/>{parts}</w:ruby>"
    hidden = f"<w:r><w:rPr>{HIDDEN}</w:rPr>{{}}</w:r>"
    line = run("De molen ") + hidden.format(drawn) + hidden.format(said) + run("draait.")
    imported, book = book_of(tmp_path, paragraph(line))
    assert [shown(one) for one in book.chapters[0].blocks] == ["De molen draait."]
    assert "".join(words for _, words in dropped(imported)) == "Geheime woordenNi (ooit)"
    (message,) = told(imported, "hidden")
    assert message.endswith("left out: “Geheime woordenNi (ooit)”")


def test_a_hidden_call_in_a_note_leads_nowhere(tmp_path: Path) -> None:
    call = '<w:r><w:rPr>{}</w:rPr><w:footnoteReference w:id="{}"/></w:r>'

    def note(number: int, *calls: str) -> str:
        inner = run(f"Noot {number}.") + "".join(calls)
        return f'<w:footnote w:id="{number}"><w:p>{inner}</w:p></w:footnote>'

    third, fourth = call.format("", 3), call.format("", 4)
    notes = note(2, call.format(HIDDEN, 3)) + note(3, fourth) + note(4, third)
    imported, _ = book_of(
        tmp_path,
        paragraph(run("De molen") + call.format("", 2) + fourth),
        notes=f"<w:footnotes {W}>{notes}</w:footnotes>",
    )
    assert told(imported, "ring") == [
        "here note 3 calls note 2, which led to it; that call is left out"
    ]


def old_box(inner: str) -> str:
    return f"<w:pict><v:textbox {V}><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict>"


def test_words_of_a_hidden_box_in_several_runs_are_not_parted(tmp_path: Path) -> None:
    words = paragraph(run("Ge") + run("heim") + "<w:r><w:tab/></w:r>" + run("hier"))
    boxed = old_box(words + paragraph(run("en daar")))
    line = run("De molen. ") + f"<w:r><w:rPr>{HIDDEN}</w:rPr>{boxed}</w:r>"
    imported, _ = book_of(tmp_path, paragraph(line))
    assert told(imported, "hidden") == [
        "this is hidden in the source, and left out: “Geheim hier en daar”"
    ]


def test_words_of_a_box_in_a_note_that_nothing_calls_are_told_once(tmp_path: Path) -> None:
    boxed = f"<w:r>{old_box(paragraph(run('met een kader')))}</w:r>"
    inner = paragraph(run("Een noot") + boxed + run("erin."))
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{inner}</w:footnote></w:footnotes>'
    imported, _ = book_of(tmp_path, paragraph(run("De molen.")), notes=notes)
    assert told(imported, "unread") == [
        "footnote 2 is called nowhere, and left out: “Een noot met een kader erin.”"
    ]


ASKED = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
SHOWS = "<w:showingPlcHdr/>"


def test_what_only_asks_for_words_is_left_out_told_and_in_the_ledger(tmp_path: Path) -> None:
    inside = ASKED.format(SHOWS, run("kies een ") + run("datum", RAISED))
    block = ASKED.format(SHOWS, paragraph(run("Tik hier een titel") + CALL, "Title"))
    filled = ASKED.format('<w:showingPlcHdr w:val="0"/>', paragraph(run("Ingevuld.")))
    imported, book = book_of(tmp_path, block, paragraph(run("Op ") + inside + run(".")), filled)
    assert [shown(one) for one in book.chapters[0].blocks] == ["Op .", "Ingevuld."]
    assert dropped(imported, "placeholder") == [
        *((1, "Tik hier een titel"), (2, "kies een "), (2, "datum")),
    ]
    said = "this only asks for words that nobody wrote, and is left out: "
    assert lines_told(imported, "placeholder") == [
        *((1, f"{said}“Tik hier een titel”"), (2, f"{said}“kies een datum”")),
    ]


OWN = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/>{}</w:r>'
DAGGER = '<w:sym w:font="Times" w:char="2020"/>'


@pytest.mark.parametrize(
    ("mark", "note", "text", "words"),
    [
        ("<w:t>*</w:t>", run("*", RAISED) + run(" Doof."), "*", "Doof."),
        ("<w:t>*</w:t><w:t>*</w:t>", run(" *") + run("* Doof."), "**", "Doof."),
        ("<w:t>*</w:t>", run("** Doof."), "*", "** Doof."),
        ("<w:t>1</w:t>", run("1938 was droog."), "1", "1938 was droog."),
        ("<w:t>1</w:t>", run("1 Droog."), "1", "Droog."),
        (DAGGER, run("†Doof."), "†", "Doof."),
        ("", run("* Doof."), "", "* Doof."),
    ],
)
def test_a_mark_that_stands_for_the_number_of_a_note_is_left_out(
    tmp_path: Path, mark: str, note: str, text: str, words: str
) -> None:
    line = run("De molenaar") + OWN.format(mark) + run(" knikte.")
    inner = f'<w:footnote w:id="2"><w:p>{note}</w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{inner}</w:footnotes>"
    imported, book = book_of(tmp_path, paragraph(line), notes=notes)
    (chapter,) = book.chapters
    assert [shown(one) for one in chapter.blocks] == ["De molenaar knikte.*"]
    assert [shown(one) for one in chapter.notes[0].blocks] == [words]
    out = "".join(words for _, words in dropped(imported, "mark"))
    assert out.replace(" ", "") == text * (1 + (words[:1].isalpha()))
    said = "this marks a note in the source, and a number does here"
    assert told(imported, "mark") == [f"{said}: “{text}”"] * bool(text)
    assert not told(imported, "raised")


def test_words_after_a_call_are_no_mark(tmp_path: Path) -> None:
    line = run("De molenaar") + OWN.format("<w:t> knikte en zweeg.</w:t>")
    imported, book = book_of(tmp_path, paragraph(line))
    assert [shown(one) for one in book.chapters[0].blocks] == ["De molenaar knikte en zweeg.*"]
    assert not told(imported, "mark")


@pytest.mark.parametrize(
    ("inner", "notes", "calls"),
    [
        (paragraph(run("Geheim.", HIDDEN)), [], ""),
        (paragraph(""), [], ""),
        (paragraph(run("Geheim.", HIDDEN)) + paragraph(run("Doof.")), ["Doof."], "*"),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_a_note_that_shows_no_words_is_left_out_with_its_call(
    tmp_path: Path, inner: str, notes: list[str], calls: str, alone: bool
) -> None:
    words = "" if alone else "De molen"
    part = f'<w:footnotes {W}><w:footnote w:id="2">{inner}</w:footnote></w:footnotes>'
    blocks = paragraph(run("Droog.")), paragraph((run(words) if words else "") + CALL)
    imported, book = book_of(tmp_path, *blocks, notes=part)
    (chapter,) = book.chapters
    expected = {
        True: [f"Droog.{calls}"],
        False: ["Droog.", f"De molen{calls}"],
    }[alone]
    assert [shown(one) for one in chapter.blocks] == expected
    assert [[shown(one) for one in note.blocks if shown(one)] for note in chapter.notes] == [
        [one] for one in notes
    ]
    assert [one for _, one in dropped(imported)] == ["Geheim."] * ("Geheim" in inner)
    said = [one for one in told(imported, "hidden") if "call" in one]
    assert said == ["note 1 shows no words; its call is left out"] * (not calls)


@pytest.mark.parametrize(
    ("words", "calls", "notes"), [("Twee.", "*", ["*", "Twee."]), ("", "", [])]
)
def test_a_note_that_only_calls_another_one_stays_where_that_says_something(
    tmp_path: Path, words: str, calls: str, notes: list[str]
) -> None:
    inner = f'<w:footnote w:id="2">{paragraph(CALL_TWO)}</w:footnote>'
    inner += f'<w:footnote w:id="3">{paragraph(run(words))}</w:footnote>'
    part = f"<w:footnotes {W}>{inner}</w:footnotes>"
    _, book = book_of(tmp_path, paragraph(run("De molen") + CALL), notes=part)
    (chapter,) = book.chapters
    assert [shown(one) for one in chapter.blocks] == [f"De molen{calls}"]
    assert [shown(block) for note in chapter.notes for block in note.blocks] == notes
