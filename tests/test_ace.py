"""Ace by DAISY: nothing to say of the books, and its findings told at their places."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from books.generate import generate

from publish import bootstrap
from publish.building.build import build
from publish.building.outputs import OUTPUTS
from publish.building.workshop import Workshop
from publish.checks import ace, epub, facts
from publish.checks.checking import check
from publish.checks.subject import Subject
from publish.ground.problems import Problem
from publish.manuscript.folder import read_manuscript
from publish.standing.state import state_of

ROOT = Path(__file__).parents[1]
BOOKS = ROOT / "tests" / "books"
SAMPLE = ROOT / "manuscript"
BEEK = "03-de-beek.xhtml"


def ebook(folder: Path, out: Path) -> Path:
    """Make the e-book of a manuscript, also of one whose letters the book's fonts do not have."""
    manuscript = read_manuscript(folder)
    assert manuscript.book, [str(one) for one in manuscript.problems]
    data, _ = OUTPUTS["epub"].make(Workshop(folder, manuscript.book, manuscript.sources))
    path = out / "book.epub"
    path.write_bytes(data)
    return path


@pytest.fixture
def with_ace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KATERN_ACE")


def codes(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems]


# What it finds -----------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(
    "name", ["sample", "complete", "minimal", "almanac", "bilingual", "hebrew", "bare", "novel"]
)
def test_ace_has_nothing_to_say(name: str, with_ace: None, tmp_path: Path) -> None:
    folder = {"sample": SAMPLE}.get(name, BOOKS / name)
    if name == "novel":
        folder = generate("novel", tmp_path / "novel")
    path = ebook(folder, tmp_path)
    assert [str(one.problem) for one in ace.run(path)] == []


@pytest.fixture
def faulty(tmp_path: Path) -> Subject:
    """Return a book whose e-book has four faults that only Ace looks for."""
    folder, out = BOOKS / "complete", tmp_path / "out"
    build(folder, out, ("epub",))
    read = read_manuscript(folder)
    assert read.book
    subject = Subject(folder, out, read.book, read.sources, (), state_of(folder, out))
    path = subject.path("epub")
    changes = {
        BEEK: (
            (r'<h2 id="gewelf">(.*?)</h2>', r'<h4 id="gewelf">\1</h4>'),
            (r' alt="Een rond deksel[^"]*"', ""),
            (r'<a href="https://example.org/beken">.*?</a>', '<a href="https://example.org"/>'),
        ),
        "content.opf": ((r"<meta property=.schema:accessibilityHazard.*?</meta>", ""),),
    }
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            text = data
            for pattern, new in changes.get(name.rpartition("/")[2], ()):
                text, count = re.subn(pattern.encode(), new.encode(), text)
                assert count == 1, pattern
            archive.writestr(name, text)
    return subject


@pytest.mark.browser
def test_each_finding_stands_where_the_manuscript_has_it(faulty: Subject, with_ace: None) -> None:
    found = [one for one in epub.check(faulty) if one.code in ("E511", "E512")]
    lines = (BOOKS / "complete" / "03-de-beek.md").read_text("utf-8").splitlines()

    def line_of(words: str) -> int:
        (number,) = (at for at, line in enumerate(lines, 1) if words in line)
        return number

    told = {
        (one.code, one.message.split()[1], one.span.file, one.span.line)
        for one in found
        if one.span
    }
    assert told == {
        ("E512", "heading-order:", "03-de-beek.md", line_of("## Van put")),
        ("E511", "image-alt:", "03-de-beek.md", line_of("![](put)")),
        ("E511", "link-name:", "03-de-beek.md", line_of("Dat schreef een landmeter")),
        ("E511", "metadata-accessibilityhazard:", "book.toml", 1),
    }
    assert len(found) == len(told)
    assert all(one.hint.startswith("http") for one in found)
    assert f"({BEEK}, #gewelf)" in " ".join(one.message for one in found)


@pytest.mark.browser
def test_the_tests_have_what_ace_needs(with_ace: None) -> None:
    assert bootstrap.missing(bootstrap.BROWSER) == []
    lock = json.loads((ROOT / "tests/node/package-lock.json").read_text("utf-8"))
    assert ace.told() == lock["packages"]["node_modules/@daisy/ace-cli"]["version"]
    assert ace.tools().lack == ""


# What becomes of it ------------------------------------------------------------------------------

REPORT = {
    "assertions": [
        {
            "earl:testSubject": {"url": "a.xhtml"},
            "assertions": [
                {
                    "earl:test": {
                        "earl:impact": impact,
                        "dct:title": "rule",
                        "help": {"url": "http://help", "dct:description": "Say it {plainly}"},
                    },
                    "earl:result": {"earl:pointer": {"cfi": ["/4/2"], "css": ["p"]}},
                }
                for impact in ("critical", "serious", "moderate", "minor")
            ],
        }
    ]
}


def standing_in(
    monkeypatch: pytest.MonkeyPatch, folder: Path, script: str, report: object = None
) -> None:
    """Let Ace be a Python script: it gets --force --outdir FOLDER EPUB; status 0 with findings."""
    (folder / "ace.py").write_text(
        "import json, pathlib, sys, time\n"
        "out = pathlib.Path(sys.argv[3]); out.mkdir(parents=True)\n"
        f"report = {report!r}\n"
        "if report is not None: (out / 'report.json').write_text(json.dumps(report))\n" + script
    )
    found = ace.Tools(str(folder / "ace.py"), sys.executable, "/no/browser")
    monkeypatch.setattr(ace, "tools", lambda: found)


def test_a_finding_weighs_by_its_impact(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    standing_in(monkeypatch, tmp_path, "sys.exit(0)\n", REPORT)
    found = ace.run(tmp_path / "book.epub")
    assert codes([one.problem for one in found]) == ["E511", "E511", "E512", "E512"]
    assert {(one.document, one.cfi) for one in found} == {("a.xhtml", "/4/2")}
    assert found[0].problem.message == "Ace rule: Say it {plainly} (a.xhtml, p)"
    assert found[0].problem.hint == "http://help"


@pytest.mark.parametrize(
    ("script", "report", "said"),
    [
        ("print('error: \\x1b[31mno such page\\x1b[39m')\nsys.exit(1)\n", None, "no such page"),
        ("sys.exit(3)\n", None, "does not say why"),
        ("print('done')\n", {"assertions": [{}]}, "done"),
        ("time.sleep(60)\n", None, "not done after 1 seconds"),
    ],
)
def test_ace_that_breaks_off_is_a_problem(
    script: str,
    report: object,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    standing_in(monkeypatch, tmp_path, script, report)
    monkeypatch.setattr(ace, "SECONDS", 1 if "sleep" in script else 60)
    (found,) = ace.run(tmp_path / "book.epub")
    assert found.problem.code == "K701"
    assert said in found.problem.message


def test_ace_that_takes_too_long_takes_its_browser_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = (
        "import signal, subprocess\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "sleep = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        "browser = subprocess.Popen(sleep, start_new_session=True)\n"
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(browser.pid))\n"
        "time.sleep(60)\n"
    )
    standing_in(monkeypatch, tmp_path, script)
    monkeypatch.setattr(ace, "SECONDS", 3)
    monkeypatch.setattr(ace, "PATIENCE", 0.2)
    (found,) = ace.run(tmp_path / "book.epub")
    assert "not done after 3 seconds" in found.problem.message
    browser = int((tmp_path / "pid").read_text())
    for _ in range(100):
        if not _runs(browser):
            return
        time.sleep(0.05)
    pytest.fail("the browser still runs")


def _runs(pid: int) -> bool:
    """Tell whether a process runs; one that nobody has asked for its status does not."""
    shown = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(shown.stdout.strip()) and not shown.stdout.strip().startswith("Z")


def test_a_node_that_does_not_start_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ace, "tools", lambda: ace.Tools("ace.js", str(tmp_path), "/no/browser"))
    (found,) = ace.run(tmp_path / "book.epub")
    assert "Node cannot start" in found.problem.message


@pytest.mark.parametrize(
    ("tools", "lack"),
    [
        (ace.Tools("ace.js", "node", "chromium"), ""),
        (ace.Tools("ace.js", "", "chromium"), "there is no Node"),
        (ace.Tools("ace.js", "node", ""), "there is no Chromium or Chrome"),
        (ace.Tools("", "node", "chromium"), "KATERN_ACE is “”"),
    ],
)
def test_what_is_lacking(tools: ace.Tools, lack: str) -> None:
    assert tools.lack == lack


def test_without_ace_the_report_says_so_and_nothing_is_wrong(tmp_path: Path) -> None:
    build(BOOKS / "minimal", tmp_path, ("epub",))
    problems = check(BOOKS / "minimal", tmp_path, final=False)
    assert {one.code for one in problems} == {"K702"}  # the other editions
    assert json.loads((tmp_path / "report.json").read_text())["ace"] == "not run: KATERN_ACE is “”"
    assert "was not run: KATERN_ACE is “”" in (tmp_path / "report.html").read_text("utf-8")


def test_a_check_without_ace_is_done_again_when_it_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build(BOOKS / "minimal", tmp_path, ("epub",))
    check(BOOKS / "minimal", tmp_path, final=False)
    standing_in(monkeypatch, tmp_path, "", REPORT)
    problems = check(BOOKS / "minimal", tmp_path, final=False)
    assert {"E511", "E512"} <= set(codes(problems))


def test_without_an_ebook_there_is_nothing_to_run_it_on(tmp_path: Path) -> None:
    build(BOOKS / "minimal", tmp_path, ("cover",))
    read = read_manuscript(BOOKS / "minimal")
    assert read.book
    state = state_of(BOOKS / "minimal", tmp_path)
    subject = Subject(BOOKS / "minimal", tmp_path, read.book, read.sources, (), state)
    assert facts.facts_of_book(subject)["ace"] == "not run: there is no e-book as it is now"


def test_the_installer_and_the_checker_look_for_the_same_browsers() -> None:
    assert ace.BROWSERS == bootstrap.BROWSERS


def test_the_lock_names_digests_and_no_addresses() -> None:
    text = (ROOT / "tests/node/package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    assert [name for name, one in packages.items() if name and "integrity" not in one] == []
    assert not [name for name, one in packages.items() if "resolved" in one]
    wanted = json.loads((ROOT / "tests/node/package.json").read_text("utf-8"))["dependencies"]
    assert packages[""]["dependencies"] == wanted
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_no_package_runs_a_script_while_it_is_installed() -> None:
    settings = (ROOT / "tests/node/.npmrc").read_text("utf-8").splitlines()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= set(settings)
