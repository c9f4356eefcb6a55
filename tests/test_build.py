"""The command: what a build makes, keeps and leaves alone, and what it says."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import BOOKS, SELF_COVERED
from readback_pdf import ReadPdf

from publish import __version__
from publish.__main__ import main
from publish.building.build import build
from publish.building.outputs import OUTPUTS
from publish.building.workshop import Workshop
from publish.checks import presence
from publish.checks.subject import Subject
from publish.fonts.files import FACES
from publish.ground.denial import denied
from publish.ground.filenames import FILES, IN_ALL
from publish.ground.problems import has_errors
from publish.ground.source import SourceFile
from publish.manuscript.folder import read_manuscript
from publish.manuscript.markdown import read_blocks
from publish.markup.stylesheets import stylesheet
from publish.standing.current import Built
from publish.standing.state import digest_files, state_of
from publish.standing.toolchain import toolchain

BASE = Path(__file__).parent / "cases" / "base"
SUFFIXES = {name: file.suffix for name, file in FILES.items()}


@dataclass
class Desk:
    """A manuscript and the folder of its editions."""

    book: Path
    out: Path

    def build(self, *names: str, final: bool = False) -> Built:
        return build(self.book, self.out, names or IN_ALL, final)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.book / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def files(self) -> dict[str, tuple[int, int]]:
        """Return each edition's file with its inode and time: another one is another file."""
        return {
            one.name: (one.stat().st_ino, one.stat().st_mtime_ns)
            for one in self.out.iterdir()
            if one.is_file()
        }


@pytest.fixture(autouse=True)
def same_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no change of the toolchain itself come between two builds of a test."""
    for module in ("publish.building.build", "publish.standing.current", "publish.checks.subject"):
        monkeypatch.setattr(f"{module}.toolchain", lambda: "tools")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    shutil.copytree(BASE, tmp_path / "book")
    return Desk(tmp_path / "book", tmp_path / "out")


def editions(paths: tuple[Path, ...]) -> set[str]:
    """Return which editions files are."""
    return {
        max(
            (name for name in SUFFIXES if path.name.endswith(SUFFIXES[name])),
            key=lambda n: len(SUFFIXES[n]),
        )
        for path in paths
    }


# What is made and what is kept --------------------------------------------------------------------


def test_the_names_of_the_command_are_those_of_the_outputs() -> None:
    assert tuple(OUTPUTS) == tuple(FILES)


def test_a_change_makes_anew_what_it_touches_and_nothing_else(desk: Desk) -> None:
    first = desk.build()
    assert editions(first.made) == set(IN_ALL)
    assert first.kept == ()
    files = desk.files()
    # Nothing changed: nothing is made, also when the times of the files are others.
    os.utime(desk.book / "01-dijk.md")
    again = desk.build()
    assert (again.made, editions(again.kept)) == ((), set(IN_ALL))
    assert again.problems == first.problems
    assert desk.files() == files
    # A caption is in every edition but the cover.
    desk.edit("captions.toml", "Een stip op de dijk", "Een stip bij de dijk")
    changed = desk.build()
    assert editions(changed.made) == {"epub", "print", "booklet", "screen"}
    assert editions(changed.kept) == {"cover"}
    # How the sheets are folded is the booklet's alone.
    files = desk.files()
    with (desk.book / "book.toml").open("a", encoding="utf-8") as file:
        file.write('\n[booklet]\nflip = "long"\n')
    folded = desk.build()
    assert "booklet" in editions(folded.made)
    assert editions(folded.kept) >= {"print", "screen", "cover"}
    # A file that is gone or was written over is made again, by itself.
    path = desk.out / "drie-dagen-regen-cover.jpg"
    data = path.read_bytes()
    path.write_bytes(data[:100])
    mended = desk.build()
    assert editions(mended.made) == {"cover"}
    # What the booklet had to say, it still says, though it was kept.
    assert "B602" in {one.code for one in folded.problems}
    assert mended.problems == folded.problems
    assert path.read_bytes() == data
    (desk.out / "drie-dagen-regen.epub").unlink()
    assert editions(desk.build().made) == {"epub"}
    left = {name for name, facts in desk.files().items() if facts == files.get(name)}
    assert left == {"drie-dagen-regen-print.pdf", "drie-dagen-regen-screen.pdf"}


@pytest.mark.parametrize(
    "setting",
    ['binding = "perfect"', "paper = { grams = 300, bulk = 1.5 }"],
    ids=lambda one: one[:5],
)
def test_how_it_is_bound_and_on_what_makes_print_and_booklet_anew(desk: Desk, setting: str) -> None:
    names = ("print", "booklet", "cover")
    desk.build(*names)
    path = desk.out / "drie-dagen-regen-print.pdf"
    before = len(ReadPdf(path).pages)
    with (desk.book / "book.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[print]\n{setting}\n")
    changed = desk.build(*names)
    assert (editions(changed.made), editions(changed.kept)) == ({"print", "booklet"}, {"cover"})
    # A book that is glued needs no whole sheets.
    assert before % 4 == 0
    assert (len(ReadPdf(path).pages) < before) == ("perfect" in setting)


def test_the_caption_of_a_picture_that_stands_nowhere_is_in_no_edition(tmp_path: Path) -> None:
    def recipes(caption: str) -> dict[str, str]:
        folder = tmp_path / str(len(caption))
        shutil.copytree(BOOKS / "complete", folder)
        with (folder / "captions.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[los]\nfile = "los.jpg"\nexpected = true\ncaption = "{caption}"\n')
        read = read_manuscript(folder)
        assert read.book
        shop = Workshop(folder, read.book, read.sources)
        return {name: OUTPUTS[name].recipe(shop) for name in ("epub", "print", "cover")}

    assert recipes("Een") == recipes("Een ander onderschrift")


def test_every_edition_that_is_older_than_the_manuscript_is_told(desk: Desk) -> None:
    def told() -> list[str]:
        read = read_manuscript(desk.book)
        assert read.book
        state = state_of(desk.book, desk.out)
        subject = Subject(desk.book, desk.out, read.book, read.sources, (), state)
        found = presence.check(subject)
        return [f"{one.code} {one.message.split()[0]}" for one in found if one.code[0] == "K"]

    desk.build()
    assert told() == []
    desk.edit("captions.toml", "Een stip op de dijk", "Een stip bij de dijk")
    stale = ("epub", "print", "booklet", "screen")
    assert told() == [f"K703 drie-dagen-regen{SUFFIXES[name]}" for name in stale]
    desk.build()
    assert told() == []


def test_one_edition_made_does_not_make_the_others_seem_new(desk: Desk) -> None:
    desk.build("epub", "cover")
    desk.edit("01-dijk.md", "drie dagen op", "vier dagen op")
    assert editions(desk.build("cover").kept) == {"cover"}
    assert editions(desk.build("epub", "cover").made) == {"epub"}
    # And what the one had to say is not lost by making the other.
    (desk.book / "photos" / "plas.svg").write_bytes(
        (desk.book / "photos" / "stip.svg").read_bytes()
    )
    said = [str(one) for one in desk.build("epub").problems]
    assert said == ["photos/plas.svg:1:1: warning C308 photos/plas.svg has no caption"]
    assert [str(one) for one in desk.build("epub").problems] == said
    assert [str(one) for one in desk.build("cover").problems] == said


def test_another_title_makes_other_files_and_leaves_none_behind(desk: Desk) -> None:
    desk.build("cover")
    other = desk.out / "drie-dagen-regen-van-een-ander.txt"
    other.write_text("van een ander")
    desk.edit("book.toml", "Drie dagen regen", "Vier dagen regen")
    desk.build("cover")
    assert desk.files().keys() == {"vier-dagen-regen-cover.jpg", other.name}


def test_the_environments_moment_is_part_of_the_recipe(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    desk.build("epub")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert editions(desk.build("epub").made) == {"epub"}
    assert desk.build("epub").made == ()


def test_a_chapter_is_read_anew_where_its_text_is_another(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.book / "02-brug.md").write_text(
        "# Brug\n\n### Diep\n\nDe brug[^n] lag er.\n\n[^n]: Nat.\n"
    )
    read: list[str] = []

    def reading(source: SourceFile, *rest: Any) -> Any:
        read.append(source.path)
        return read_blocks(source, *rest)

    monkeypatch.setattr("publish.building.read_before.read_blocks", reading)
    told = desk.build("epub").problems
    assert [one.code for one in told] == ["M204"]
    desk.edit("01-dijk.md", "Het regende", "Het sneeuwde")
    assert desk.build("epub").problems == told
    assert read == ["01-dijk.md", "02-brug.md", "01-dijk.md"]
    (file,) = desk.out.glob("*.epub")
    # All of it is read into another folder, and the same comes of it.
    assert build(desk.book, desk.out / "other", ("epub",)).made[0].read_bytes() == file.read_bytes()
    # What a stranger has laid there is not taken.
    for kept in (desk.out / ".katern").glob("*/chapters/*"):
        data = kept.read_bytes()
        kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    read.clear()
    desk.edit("01-dijk.md", "Het sneeuwde", "Het hagelde")
    assert desk.build("epub").problems == told
    assert read == ["01-dijk.md", "02-brug.md"]
    # Nothing is kept of a manuscript with an error in it.
    desk.edit("02-brug.md", "[^n]:", "[^m]:")
    desk.build("epub")
    read.clear()
    desk.edit("02-brug.md", "De brug", "Een brug")
    desk.build("epub")
    assert read == ["02-brug.md"]


def test_another_toolchain_makes_all_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build("cover")
    for module in ("publish.building.build", "publish.standing.current"):
        monkeypatch.setattr(f"{module}.toolchain", lambda: "other tools")
    assert editions(desk.build("cover").made) == {"cover"}
    monkeypatch.undo()
    root = BASE.parent.parent.parent
    parts = parts_of_the_toolchain(monkeypatch, desk.out)
    assert {one.suffix for one in parts} >= {".py", ".j2", ".css", ".toml"}
    assert root / "styles" / "print.css" in parts


def test_another_dictionary_is_another_toolchain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file := tmp_path / "nl_NL.dic").write_text("1\nboek\n", "utf-8")
    found = []
    with monkeypatch.context() as patched:
        for words in ([], [file]):
            patched.setattr(
                "publish.standing.toolchain.dictionaries", lambda words=words: iter(words)
            )
            toolchain.cache_clear()
            found.append(toolchain())
    toolchain.cache_clear()
    assert len({*found, toolchain()}) == 3


def test_the_toolchain_is_read_anew_where_a_file_of_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own := tmp_path / "own").mkdir()
    (file := own / "a.py").write_text("one = 1\n")
    (own / "__pycache__").mkdir()
    (tmp_path / "styles").mkdir()
    found, read = [], []

    def digest(paths: list[Path], root: Path) -> str:
        read.append(paths)
        return digest_files(paths, root)

    with monkeypatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
        patched.setattr("publish.standing.toolchain._HERE", own)
        patched.setattr("publish.standing.toolchain.digest_files", digest)
        for text, moment in (("", 1), ("", 1), ("one = 2\n", 2), ("", 2)):
            file.write_text(text or file.read_text())
            os.utime(file, ns=(moment, moment))
            toolchain.cache_clear()
            found.append(toolchain())
    toolchain.cache_clear()
    assert read == [[file], [file]]
    assert found[0] == found[1] != found[2] == found[3]


def parts_of_the_toolchain(monkeypatch: pytest.MonkeyPatch, home: Path) -> set[Path]:
    """Return the files whose digest stands for the toolchain."""
    seen: set[Path] = set()
    with monkeypatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(home))
        patched.setattr(
            "publish.standing.toolchain.digest_files", lambda paths, root: seen.update(paths) or ""
        )
        # It is reckoned once in a process, and here anew.
        toolchain.cache_clear()
        toolchain()
        toolchain.cache_clear()
    return seen


def test_a_record_that_cannot_be_read_is_no_harm(desk: Desk) -> None:
    desk.build("cover")
    (record,) = (desk.out / ".katern").glob("*.json")
    for text in ("", "[]", "null", '{"key": 1}', '{"outputs": {"cover": 3}}', "\0"):
        record.write_text(text)
        built = desk.build("cover")
        assert (editions(built.made), has_errors(built.problems)) == ({"cover"}, False)


def test_two_books_share_a_folder(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other", desk.out)
    shutil.copytree(BOOKS / "minimal", other.book)
    desk.build("cover")
    other.build("cover")
    assert desk.files().keys() == {"drie-dagen-regen-cover.jpg", "een-zin-cover.jpg"}
    assert desk.build("cover").made == other.build("cover").made == ()


def test_an_error_leaves_what_was_there(desk: Desk) -> None:
    desk.build("cover")
    files = desk.files()
    desk.edit("01-dijk.md", "![](stip)", "![](stop)")
    built = desk.build("cover", "epub")
    assert [one.code for one in built.problems] == ["C301", "C302"]
    assert (built.made, built.kept) == ((), ())
    assert desk.files() == files
    desk.edit("01-dijk.md", "![](stop)", "![](stip)")
    assert editions(desk.build("cover").kept) == {"cover"}


def test_a_layout_engine_that_fails_is_a_problem(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("weasyprint.HTML.render", fail)
    command = ["build", str(desk.book), "--out", str(desk.out), "--only", "print,cover"]
    assert main(command) == 1
    error = capsys.readouterr().err
    assert error.startswith("error P401 the layout engine says: IndexError: list index")
    assert desk.files() == {}


def test_another_version_of_the_layout_engine_is_told_of_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "P418" not in {one.code for one in desk.build("print", "screen").problems}
    monkeypatch.setattr("weasyprint.__version__", "71.1")
    for module in ("publish.building.build", "publish.standing.current"):
        monkeypatch.setattr(f"{module}.toolchain", lambda: "other tools")
    told = [one for one in desk.build("print", "screen").problems if one.code == "P418"]
    assert [one.message for one in told] == [
        "the pages are laid out by WeasyPrint 71.1, and Katern knows version 70"
    ]


@pytest.mark.parametrize("name", [one for one in SELF_COVERED if one != "dummy"])
def test_what_the_layout_engine_says_and_a_foreign_font_stop_an_edition(
    name: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A declaration that the engine ignores, and a face by another name than the book's.

    The dummy shows nothing of the book.
    """
    foreign = f"@font-face {{ font-family: Vreemd; src: url(katern:fonts/{FACES[0].file}) }}"
    wrong = f"{foreign} p {{ font-family: Vreemd !important; colour: red }}"

    def spoilt(*given: Any, **named: Any) -> str:
        css = stylesheet(*given, **named)
        return f"{css}\n{wrong}" if given[0] != "epub" else "p { margin: 0 }"

    for module in ("building.materials", "cover.front"):
        monkeypatch.setattr(f"publish.{module}.stylesheet", spoilt)
    problems = desk.build(name).problems
    said = {one.code: str(one) for one in problems}
    assert "Ignored `colour: red" in said["P401"]
    assert "the font Vreemd, which is not the book's" in said["P402"]
    assert not [one for one in desk.out.glob("*") if one.is_file()]


def test_files_are_written_for_all_to_read(desk: Desk) -> None:
    (made,) = desk.build("cover").made
    plain = desk.out / "plain"
    plain.touch()
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert not list(desk.out.rglob("*.tmp"))


# The command --------------------------------------------------------------------------------------


def test_exit_statuses(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["build", str(desk.book), "--out", str(desk.out), "--only", "cover"]
    assert main(command) == 0
    assert capsys.readouterr() == ("", "")  # nothing but problems is said in a pipe
    desk.edit("01-dijk.md", "![](stip)", "![](stop)")
    assert main(command) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "01-dijk.md:5:1: error C301 there is no photo “stop” in captions.toml",
        "    Did you mean “stip”?",
        "captions.toml:1:2: warning C302 the photo “stip” is never placed",
        "    Place it with ![](stip), or drop it.",
        # What stands is told to be old, so that nobody takes it for new.
        f"warning K717 {desk.out / 'drie-dagen-regen-cover.jpg'} was left as it was, and is older"
        " than the manuscript",
        "    Mend the errors, and make it anew with “katern build”.",
    ]
    for wrong in (
        [],
        ["bild"],
        ["build", "--only", "cover,pint"],
        ["build", "--only", ","],
        ["build", "a", "b"],
        ["import", "a.txt"],
        ["clean", "--all"],
    ):
        with pytest.raises(SystemExit) as end:
            main(wrong)
        assert end.value.code == 2, wrong
    assert "invalid" in capsys.readouterr().err


def test_a_warning_is_no_error_until_the_final_build(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.edit("captions.toml", 'alt = "Een zwarte stip."\n', "")
    command = ["build", str(desk.book), "--out", str(desk.out), "--only", "cover"]
    assert main(command) == 0
    assert capsys.readouterr().err.startswith("captions.toml:1:2: warning C304")
    assert main([*command, "--final"]) == 1
    assert capsys.readouterr().err.startswith("captions.toml:1:2: error C304")


def test_only_some_editions(desk: Desk) -> None:
    assert main(["build", str(desk.book), "--out", str(desk.out), "--only", " cover , epub"]) == 0
    assert desk.files().keys() == {"drie-dagen-regen.epub", "drie-dagen-regen-cover.jpg"}


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in (
        (["--version"], f"katern {__version__}\n"),
        (["build", "--help"], "--only"),
    ):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 0
        assert said in capsys.readouterr().out


def test_a_folder_that_cannot_be_written(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.out.write_text("a file stands in its place")
    command = ["build", str(desk.book), "--out", str(desk.out), "--only", "cover"]
    assert main(command) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"error K701 {desk.out} is there, and is no folder\n    Name another")


WITHOUT = OSError(errno.ENOSPC, "No space left on device")
DENIALS = [
    (WITHOUT, "no room is left on the disk of /proc/none"),
    (OSError(errno.EDQUOT, "", "/o/.a.epub.7.tmp"), "no room is left on the disk of /o/a.epub"),
    (OSError(errno.EROFS, "", "/o/.a.epub.7.tmp"), "the disk of /o/a.epub can only be read"),
    (OSError(errno.EACCES, "", "/o/a"), "/o/a is not yours to read or write"),
    (OSError(errno.ENOTDIR, "", b"/o/a"), "/o/a would stand in a file"),
    (OSError(errno.EISDIR, "", "x", None, "/o/a"), "/o/a is a folder, and a file is to be written"),
    (OSError(errno.EIO, "Input/output error", "/o/a"), "/o/a: Input/output error"),
    (OSError(errno.EIO, "Input/output error", 3), "Input/output error"),
]


@pytest.mark.parametrize(("error", "said"), DENIALS)
def test_what_the_system_refuses_is_told_with_its_place(error: OSError, said: str) -> None:
    """The fullest disk is meant where the system names none; /proc holds no file at all."""
    found = denied(error, [Path("/"), Path("/proc/none")])
    assert found.code == "K701"
    assert found.message.startswith(said)


def test_a_fault_without_the_words_of_the_system_is_told_in_its_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Libraries raise such faults, with a text alone or with nothing."""
    for fault, said in ((OSError("no such codec"), "no such codec"), (OSError(), "OSError")):

        def broken(*given: object, fault: OSError = fault, **named: object) -> None:
            raise fault

        monkeypatch.setattr("publish.building.build.build", broken)
        assert main(["build", str(desk.book), "--out", str(desk.out)]) == 1
        assert capsys.readouterr().err.startswith(f"error K701 {said}\n")


def test_a_book_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith("error T102 there is no book.toml")
    assert not (tmp_path / "out").exists()


# New and clean ------------------------------------------------------------------------------------


def test_a_new_book_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, out = tmp_path / "new book", tmp_path / "out"
    assert main(["new", str(book)]) == 0
    assert sorted(one.name for one in book.iterdir()) == [
        "01-begin.md", "book.toml", "captions.toml", "photos",
    ]  # fmt: skip
    said = capsys.readouterr()
    assert (said.err, said.out.splitlines()[0]) == ("", f"made  {book / 'book.toml'}")
    assert said.out.splitlines()[-1] == f"    katern build '{book}'"
    assert main(["build", str(book), "--out", str(out)]) == 0
    assert "error" not in capsys.readouterr().err
    assert len(list(out.glob("*.*"))) == len(IN_ALL) + 1  # and the records' folder
    # A folder that holds something is left as it is.
    (book / "book.toml").write_text("mine")
    assert main(["new", str(book)]) == 1
    assert (book / "book.toml").read_text() == "mine"
    assert capsys.readouterr().err.startswith(f"error K701 {book} is not empty")


def test_a_book_is_built_from_within_its_folder(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.book)
    assert main(["build", "--only", "cover"]) == 0
    assert (desk.book / "dist" / "drie-dagen-regen-cover.jpg").is_file()
    # Where a folder named manuscript holds a book, that is meant.
    shutil.copytree(BOOKS / "minimal", desk.book / "manuscript")
    assert main(["build", "--only", "cover"]) == 0
    assert (desk.book / "dist" / "een-zin-cover.jpg").is_file()


def test_what_an_error_kept_from_being_made_is_not_told_of(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", str(desk.book), "--out", str(desk.out), "--only", "cover,epub", "--check"]
    desk.edit("01-dijk.md", "Het regende", "☃ regende")
    assert main(command) == 1
    said = capsys.readouterr().err
    assert said.startswith("01-dijk.md:3:1: error M219")
    assert "K702" not in said + (desk.out / "report.json").read_text()
    # By itself the check tells what is not there.
    assert main(["check", str(desk.book), "--out", str(desk.out)]) == 1
    assert "K702" in capsys.readouterr().err


def test_clean_takes_away_what_was_built_and_nothing_else(desk: Desk) -> None:
    main(["build", str(desk.book), "--out", str(desk.out), "--only", "cover,epub"])
    (desk.out / "report.json").write_text(json.dumps([]))
    mine = desk.out / "drie-dagen-regen-notes.txt"
    mine.write_text("van mij")
    assert main(["clean", str(desk.out)]) == 0
    assert [one.name for one in desk.out.iterdir()] == [mine.name]
    assert desk.book.is_dir()
    # With nothing of anybody else's in it, the folder goes too; and twice is no harm.
    mine.unlink()
    main(["build", str(desk.book), "--out", str(desk.out), "--only", "cover"])
    assert main(["clean", str(desk.out)]) == 0
    assert not desk.out.exists()
    assert main(["clean", str(desk.out)]) == 0


def test_clean_touches_no_folder_in_which_nothing_was_built(tmp_path: Path) -> None:
    for name in ("report.html", "een-zin.epub", "notes.txt"):
        (tmp_path / name).write_text("van mij")
    assert main(["clean", str(tmp_path)]) == 0
    assert len(list(tmp_path.iterdir())) == 3


def test_clean_stays_within_its_folder(desk: Desk, tmp_path: Path) -> None:
    desk.build("cover")
    (record,) = (desk.out / ".katern").glob("*.json")
    outside = tmp_path / "outside.txt"
    outside.write_text("van mij")
    values = json.loads(record.read_text())
    values["outputs"]["cover"]["file"] = "../outside.txt"
    record.write_text(json.dumps(values))
    assert main(["clean", str(desk.out)]) == 0
    assert outside.exists()


def test_python_m_publish(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "publish", "build", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=BASE.parent.parent.parent,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error T102")


def test_what_was_made_is_told_to_a_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(BOOKS / "minimal", tmp_path / "book")
    asked = ["build", str(tmp_path / "book"), "--out", str(tmp_path / "out"), "--json"]

    def told() -> tuple[int, dict[str, str], list[tuple[str, str, int]]]:
        status = main([*asked, "--only", "cover"])
        said = capsys.readouterr()
        values = json.loads(said.out)
        assert said.err == ""
        found = [(one["code"], one["file"], one["line"]) for one in values["problems"]]
        return status, values["files"], found

    file = str(tmp_path / "out" / "een-zin-cover.jpg")
    assert told() == (0, {file: "made"}, [])
    assert told() == (0, {file: "kept"}, [])
    with (tmp_path / "book" / "book.toml").open("a", encoding="utf-8") as toml:
        toml.write("kleur = 1\n")
    assert told() == (1, {}, [("S101", "book.toml", 3), ("K717", None, None)])
    (tmp_path / "in-the-way").touch()
    asked[3] = str(tmp_path / "in-the-way")
    (tmp_path / "book" / "book.toml").write_text('title = "Eén zin"\n', "utf-8")
    status, files, found = told()
    assert (status, files, [code for code, *_ in found]) == (1, {}, ["K701"])
