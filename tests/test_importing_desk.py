"""The editor's desk: the report of an import, and answers that are put to the next one."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from browse import faults
from lxml import html
from test_importing_shapes import DUTCH, assert_accounted, parts_of, read_back

from publish.__main__ import main
from publish.importing import Imported, import_extract, import_source, import_text
from publish.importing.answers import read_answers
from publish.importing.docx import read_docx

RAW = (
    "Het veer\n\nDe veerman kende elke oud-\nleerling van de school, en wie het water\n"
    "over wilde, riep hem.\n\nAan de overkant\n\nDaar stond een huis. Niemand woonde er\n"
    "sinds de vloed, en het dak lag open.\n\nHet bleef zo staan.\n"
)


def imported(tmp_path: Path, answers: str, raw: str = RAW) -> Imported:
    path = tmp_path / "answers.toml"
    path.write_text(answers, encoding="utf-8")
    told, problems = read_answers(path, raw)
    assert problems == []
    made = import_text(raw, "veer.txt", "nl", told)
    assert_accounted(raw, made)
    return made


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("weld", "elke oudleerling van"),
        ("keep", "elke oud-leerling van"),
        ("keep and part", "elke oud- leerling van"),
    ],
)
def test_a_hyphen_is_written_as_the_editor_says(tmp_path: Path, answer: str, written: str) -> None:
    made = imported(tmp_path, f'[hyphens]\n"3:26" = "{answer}"\n')
    assert written in "".join(made.files.values())
    assert "hyphen" not in {note.code for note in made.notes}


def test_lines_are_what_the_editor_says(tmp_path: Path) -> None:
    answers = '[lines]\n7 = "caption"\n"9-10" = "aside"\n12 = "pullquote"\n'
    parts = parts_of(read_back(imported(tmp_path, answers), tmp_path / "book"))
    assert [kind for kind, _ in parts[0][1]] == ["p", "photo", "sidebar", "pullquote"]


def test_a_heading_can_be_made_a_paragraph_and_be_joined_to_it(tmp_path: Path) -> None:
    answers = '[lines]\n7 = "body"\n[paragraphs]\n12 = "join"\n'
    parts = parts_of(read_back(imported(tmp_path, answers), tmp_path / "book"))
    texts = [text for _, text in parts[0][1]]
    assert texts[1] == "Aan de overkant"
    assert texts[2].endswith("lag open. Het bleef zo staan.")


def test_a_paragraph_can_be_parted(tmp_path: Path) -> None:
    made = imported(tmp_path, '[paragraphs]\n4 = "part"\n', RAW.replace("oud-", "oude"))
    parts = parts_of(read_back(made, tmp_path / "book"))
    assert parts[0][1][1][1].startswith("leerling van")


def test_a_line_that_is_a_running_head_goes_and_one_that_is_none_stays(tmp_path: Path) -> None:
    raw = RAW.replace("Het bleef", "Over het water\n\n4\n\nHet bleef")
    made = imported(tmp_path, '[lines]\n12 = "head"\n14 = "folio"\n', raw)
    written = "".join(text for name, text in made.files.items() if name.endswith(".md"))
    assert "Over het water" not in written and "4" not in written


@pytest.mark.parametrize(
    ("answers", "code", "told"),
    [
        ('[words]\n1 = "weld"\n', "I803", "there is no table “words” of answers"),
        ('[lines]\nx = "body"\n', "I803", "“x” is no place of [lines]"),
        ('[lines]\n1 = "poem"\n', "I803", "“poem” is no answer of [lines]"),
        ("lines = 3\n", "I803", "there is no table “lines” of answers"),
        ('[hyphens]\n"3:9" = "weld"\n', "I804", "[hyphens] “3:9” is an answer to nothing"),
        ('[paragraphs]\n99 = "join"\n', "I804", "[paragraphs] “99” is an answer to nothing"),
        ('[lines]\n"2-2" = "body"\n', "I804", "[lines] “2-2” is an answer to nothing"),
        ("[lines\n", "T101", ""),
    ],
)
def test_what_is_no_answer_is_a_problem_with_its_place(
    tmp_path: Path, answers: str, code: str, told: str
) -> None:
    path = tmp_path / "answers.toml"
    path.write_text(answers, encoding="utf-8")
    (problem,) = read_answers(path, RAW)[1]
    assert problem.code == code and problem.message.startswith(told)
    assert problem.span and problem.span.file == "answers.toml"


def test_a_wrong_answer_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw, answers = tmp_path / "veer.txt", tmp_path / "answers.toml"
    raw.write_text(RAW, encoding="utf-8")
    answers.write_text('[lines]\n7 = "poem"\n', encoding="utf-8")
    command = ["import", str(raw), "--to", str(tmp_path / "book"), "--answers", str(answers)]
    assert main(command) == 1
    assert "answers.toml:2:5: error I803 “poem” is no answer" in capsys.readouterr().err
    assert not (tmp_path / "book").exists()
    assert main([*command[:-1], str(tmp_path / "none.toml")]) == 1
    assert "none.toml cannot be read" in capsys.readouterr().err


def test_the_report_shows_source_and_result_side_by_side(tmp_path: Path) -> None:
    raw = tmp_path / "passer.txt"
    raw.write_text(DUTCH.raw, encoding="utf-8")
    problems, made = import_source(raw, tmp_path / "book", "nl")
    assert "import-report.html" in made
    page = html.parse(str(tmp_path / "book" / "import-report.html"))
    rows = {row.get("id"): row for row in page.iterfind(".//tr[@id]")}
    lines = DUTCH.raw.split("\n")
    assert list(rows) == [f"l{n}" for n, line in enumerate(lines, 1) if line.strip()]
    for number, line in enumerate(lines, 1):
        if line.strip():
            assert rows[f"l{number}"].find_class("source")[0].text == line
    questions = page.findall(".//table")[0].findall("tr")
    assert len(questions) == len(problems)
    told = {one.text_content() for one in page.iterfind(".//code")}
    assert all(one.startswith(("hyphens.", "lines.")) for one in told) and told


@pytest.mark.browser
def test_the_report_is_for_everyone(tmp_path: Path) -> None:
    (tmp_path / "passer.txt").write_text(DUTCH.raw, encoding="utf-8")
    import_source(tmp_path / "passer.txt", tmp_path / "book", "nl")
    assert faults(tmp_path / "book" / "import-report.html") == []


def test_each_answer_that_the_report_offers_is_one(tmp_path: Path) -> None:
    made = import_text(RAW, "veer.txt", "nl")
    page = html.fromstring(made.files["import-report.html"])
    offered = [one.text_content() for one in page.iterfind(".//code")]
    assert offered == ['hyphens."3:26" = "weld"', 'hyphens."3:26" = "keep and part"']
    for one in offered:
        imported(tmp_path, one)


def test_the_lines_of_a_word_processors_file_are_answered_as_those_of_a_text(
    tmp_path: Path,
) -> None:
    made = docx.Document()
    made.add_heading("De veerman", 1)
    texts = (
        "Hij roeide elke dag over, ook",
        "in de winter als er ijs lag.",
        "De kade",
        "Een zin die niet bij de vorige hoort.",
        "De veerman, 12",
        "Hier ligt zijn boot, geteerd en wel.",
    )
    for text in texts:
        made.add_paragraph(text)
    path, answers = tmp_path / "veer.docx", tmp_path / "answers.toml"
    made.save(str(path))
    extract = read_docx(path, "nl", "")
    lines = extract.text.split("\n")
    at = {text: lines.index(text) + 1 for text in texts}
    answers.write_text(
        f'[paragraphs]\n{at[texts[1]]} = "join"\n[lines]\n{at["De kade"]} = "heading"\n'
        f'{at[texts[4]]} = "head"\n{at[texts[5]]} = "aside"\n',
        encoding="utf-8",
    )
    told, problems = read_answers(answers, extract.text)
    assert problems == []
    imported = import_extract(extract, "veer.docx", told)
    assert_accounted(extract.text, imported)
    manuscript = read_back(imported, tmp_path / "book")
    chapters = parts_of(manuscript)
    assert [title for title, _ in chapters] == ["De veerman", "De kade"]
    assert chapters[0][1] == [("p", " ".join(texts[:2]))]
    assert chapters[1][1] == [("p", texts[3]), ("sidebar", texts[5])]
