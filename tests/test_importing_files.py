"""Reading a raw file, writing a manuscript folder, and both at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.__main__ import main
from publish.importing import Imported, import_source, import_text, read_source, write_manuscript
from publish.manuscript.folder import read_manuscript

TEXT = "Een café in Gent\n\n“Ja,” zei hij. Het bier kostte € 2.\n"
SAID = {
    "utf-16-le": "UTF-16 without a mark",
    "utf-16-be": "UTF-16 without a mark",
    "cp1252": "Windows-1252",
}
"""What is no more than found out is told."""


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str, found: str) -> None:
    path = tmp_path / "raw.txt"
    path.write_bytes(TEXT.encode(encoding))
    reading = read_source(path)
    assert (reading.text, reading.encoding) == (TEXT, found)
    told = [problem.message for problem in reading.problems]
    wanted = f"this is no UTF-8; it is read as {SAID.get(found)}"
    assert told == ([wanted] if found in SAID else [])


def test_a_byte_without_a_meaning_in_windows_1252_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "raw.txt"
    path.write_bytes(b"caf\xe9 \x81 en verder niets bijzonders")
    assert read_source(path).text == "café \x81 en verder niets bijzonders"


@pytest.mark.parametrize(
    ("data", "reason", "advice"),
    [
        (b"PK\x03\x04 word/document.xml", "a damaged DOCX", "save it anew as DOCX"),
        (b"PK\x03\x04 mimetypeapplication/epub+zip", "an e-book", "plain text"),
        (b"PK\x03\x04 [Content_Types].xml", "a damaged DOCX", "save it anew as DOCX"),
        (b"PK\x03\x04rest", "is a zip", "plain text"),
        (b"{\\rtf1 hallo}", "RTF file; only raw text, DOCX and PDF can be", "DOCX or as plain"),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", "that holds the text"),
        (b"\xff\xd8\xff\xe0rest", "a picture (JPEG)", "that holds the text"),
        (b"\xd0\xcf\x11\xe0rest", "word processor", "plain text"),
        (b"\xff\xfea", "is not utf-16", "UTF-8"),
        (b" \n\n", "is empty", "holds the text"),
    ],
)
def test_what_is_no_raw_text_is_refused_with_advice(
    tmp_path: Path, data: bytes, reason: str, advice: str
) -> None:
    path = tmp_path / "raw.txt"
    path.write_bytes(data)
    reading = read_source(path)
    assert (reading.text, reading.encoding) == ("", "")
    assert [problem.code for problem in reading.problems] == ["I801"]
    assert reason in reading.problems[0].message
    assert advice in reading.problems[0].hint
    assert str(reading.problems[0]).startswith(f"error I801 {path} is ")


def test_what_is_no_text_is_refused_at_its_first_control_character(tmp_path: Path) -> None:
    path = tmp_path / "raw.txt"
    path.write_bytes(b"regel\r\n\r\nab" + bytes(range(9)) * 8 + b"cd")
    (problem,) = read_source(path).problems
    assert str(problem) == (
        "raw.txt:3:3: error I801 this is no text, and no DOCX or PDF: it holds 72 control"
        " characters, the first of them U+0000"
    )


def test_windows_1252_is_read_as_such_where_it_has_a_byte_without_a_meaning(
    tmp_path: Path,
) -> None:
    path = tmp_path / "raw.txt"
    path.write_bytes(b"\x93Ja,\x94 zei \x81 hij \x96 en zweeg\x85 Een caf\xe9.")
    assert read_source(path).text == "“Ja,” zei \x81 hij – en zweeg… Een café."


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    (problem,) = read_source(tmp_path / "none.txt").problems
    assert str(problem) == f"error I801 there is no file {tmp_path / 'none.txt'}"
    assert "UTF-8" not in problem.hint


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (problem,) = read_source(tmp_path).problems
    assert str(problem) == f"error I801 {tmp_path} is a folder"


def test_the_command_says_so_and_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, book = tmp_path / "none.txt", tmp_path / "book"
    assert main(["import", str(source), "--to", str(book)]) == 1
    assert capsys.readouterr().err.splitlines()[0] == f"error I801 there is no file {source}"
    assert not book.exists()


def test_a_line_longer_than_any_paragraph_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, book = tmp_path / "raw.txt", tmp_path / "book"
    source.write_text("Kop\n\n" + "Een zin. " * 1_400_000)
    assert main(["import", str(source), "--to", str(book)]) == 1
    assert capsys.readouterr().err == (
        "raw.txt:3:1: error I801 a line of 12,600,000 characters, and it may have 200,000\n"
        "    Begin a new line where a paragraph begins.\n"
    )
    assert not book.exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "mine.md").write_text("# Mine\n", encoding="utf-8")
    (problem,) = write_manuscript(Imported({"book.toml": "title = 'x'\n"}), folder)
    assert problem.code == "I801"
    assert [path.name for path in folder.iterdir()] == ["mine.md"]
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_force_moves_what_stood_there_aside(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    made = Imported({"book.toml": "title = 'x'\n"})
    assert write_manuscript(made, folder) == []
    (folder / "book.toml").write_text("title = 'mine'\n", encoding="utf-8")
    problems = [write_manuscript(made, folder, force=True)[0] for _ in range(2)]
    assert [problem.code for problem in problems] == ["I802", "I802"]
    assert "book.before-2" in problems[1].message
    kept = tmp_path / "book.before-1" / "book.toml"
    assert kept.read_text(encoding="utf-8") == "title = 'mine'\n"
    assert (folder / "book.toml").read_text(encoding="utf-8") == "title = 'x'\n"
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["book", "book.before-1", "book.before-2"]


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    broken = Imported({"book.toml": "title = 'x'\n", "no/such/folder.md": "# x\n"})
    (problem,) = write_manuscript(broken, tmp_path / "book")
    assert problem.code == "I801"
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_folders_place_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "book").write_text("", encoding="utf-8")
    (problem,) = write_manuscript(Imported({}), tmp_path / "book", force=True)
    assert "is a file" in problem.message


def test_a_whole_import_tells_what_to_look_at(tmp_path: Path) -> None:
    raw = tmp_path / "het-boek.txt"
    text = (
        "Het BOEk\n\nHij kocht het boek van een oud-\nleerling, en wie het las wist\nwaarom: één.\n"
    )
    raw.write_bytes(text.encode("cp1252"))
    problems, made = import_source(raw, tmp_path / "book", "nl")
    assert made == [
        *("01-het-boek.md", "book.toml", "captions.toml"),
        *("import-ledger.json", "import-report.html"),
    ]
    told = [(one.code, one.span.line if one.span else 0, one.message) for one in problems]
    assert told == [
        ("I802", 1, "this is no UTF-8; it is read as Windows-1252"),
        ("I802", 1, "“Het BOEk” is written “Het boek”"),
        ("I802", 3, "the text before the first heading has no title; it got “Het boek”"),
        ("I802", 3, "“oud-|leerling,” is written “oud-leerling”: a prefix that keeps its hyphen"),
    ]
    book = read_manuscript(tmp_path / "book").book
    assert book and book.settings.title == "Het boek"
    assert import_source(raw, tmp_path / "book", "nl")[1] == []


def test_an_empty_text_makes_a_book_without_chapters() -> None:
    imported = import_text("", "leeg-vel.txt", "nl")
    assert sorted(imported.files) == [
        *("book.toml", "captions.toml", "import-ledger.json", "import-report.html")
    ]
    assert 'title = "Leeg vel"' in imported.files["book.toml"]
