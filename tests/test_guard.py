"""What ends the work of a command is told, with the place in the manuscript, and harms nothing."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faulting import BOOK, ROOT, Running, digests

from publish.ground import guard
from publish.ground.guard import at, bound, bounded, where
from publish.ground.source import Span

WORD = "Het water staat tegen de dijk, en niemand kijkt ernaar om. "


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an edition that stands."""
    folder = tmp_path_factory.mktemp("guard")
    shutil.copytree(BOOK, folder / "book")
    with (folder / "book" / "book.toml").open("a", encoding="utf-8") as file:
        file.write('slug = "boek"\n')
    ended = begun(folder / "book", folder / "out").ended()
    assert (ended.status, ended.lines) == (0, [])
    return folder / "out"


def begun(book: Path, out: Path) -> Running:
    command = [sys.executable, "-m", "publish", "build", str(book), "--out", str(out)]
    process = subprocess.Popen(
        [*command, "--only", "dummy"], cwd=ROOT, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    return Running(process)


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (
            "seconds = 1",
            "01-begin.md:5:1: error K714 the work took more time than a layout or a check may, and"
            " was ended",
        ),
        ("memory = 100", "error K715 the work takes more memory than the 100 MB that it may"),
    ],
)
def test_a_layout_that_takes_too_much_is_told_of(out: Path, limit: str, said: str) -> None:
    book, before = out.parent / "book", digests(out)
    (book / "01-begin.md").write_text(f"# Begin\n\nKort.\n\n{WORD * 1500}\n", "utf-8")
    toml = (BOOK / "book.toml").read_text("utf-8")
    (book / "book.toml").write_text(f'{toml}slug = "boek"\n\n[limits]\n{limit}\n', "utf-8")
    ended = begun(book, out).ended()
    old = f"warning K717 {out}/boek-dummy.pdf was left as it was, and is older than the manuscript"
    assert (ended.status, ended.lines) == (1, [said, old])
    assert digests(out) == before
    assert not [*out.rglob("*.tmp")]


def test_a_crash_is_told_of_and_leaves_what_stands(out: Path) -> None:
    book, before = out.parent / "book", digests(out)
    (book / "01-begin.md").write_text(f"# Begin\n\n{WORD}\n", "utf-8")
    running = begun(book, out)
    assert running.laying_out() and running.worker
    os.kill(running.worker, signal.SIGSEGV)
    ended = running.ended()
    assert ended.status == 1
    assert [line.partition("K7")[2][:2] for line in ended.lines] == ["16", "17"]
    assert "the work was ended from without, by SIGSEGV" in ended.said
    assert digests(out) == before


IN_A_TABLE = """# Kop

| Peil |
|------|
| hoog [^wijd] |

: Peilen

[^wijd]: Zo gemeten:

    ````
    hoog laag &amp; hoog 12 laag &amp; hoog
    ---
    rivierwaterpeilmeetinrichtingenonderhoud > 1.000 hoog
    ````
"""
IN_A_PARAGRAPH = """# Kop

Hoog [^wijd] water.

[^wijd]: ~~~
    (zo) rivierwaterpeilmeetinrichtingenonderhoud van hoog
    laag < 1.000 hoog ~
    het laag de hoog ^ zo
    ~~~

    7. Zo
    8. De `x`
"""


@pytest.mark.parametrize("noted", [IN_A_TABLE, IN_A_PARAGRAPH], ids=["table", "paragraph"])
def test_an_empty_line_at_the_end_of_code_is_the_last_one(noted: str, tmp_path: Path) -> None:
    """It ends where it begins; to go on from there took all memory."""
    book = tmp_path / "book"
    book.mkdir()
    settings = 'title = "Kop"\nmodified = 2026-03-01T08:00:00Z\n[limits]\nmemory = 500\n'
    (book / "book.toml").write_text(settings, "utf-8")
    (book / "01-kop.md").write_text(noted, "utf-8")
    command = [sys.executable, "-m", "publish", "build", str(book), "--out", str(tmp_path / "out")]
    ended = subprocess.run([*command, "--only", "print"], cwd=ROOT, capture_output=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


@pytest.mark.parametrize("closed", ["", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_fault(closed: str, tmp_path: Path) -> None:
    book = Path(__file__).parent / "books" / "minimal"
    command = f"{sys.executable} -m publish build {book} --out {tmp_path} --only epub {closed}"
    ended = subprocess.run(command, cwd=ROOT, shell=True, capture_output=True)
    assert (ended.returncode, ended.stderr) == (0, b"")
    (made,) = tmp_path.glob("*.epub")
    assert made.read_bytes()[:2] == b"PK"


LONELY = """
import errno, os, sys
from publish.ground.guard import guarded, is_guarded

def none():
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

os.fork = none
sys.exit(guarded(lambda: 7 if not is_guarded() else 1, lambda found: 1))
"""


def test_where_there_is_room_for_no_other_process_it_works_itself() -> None:
    ended = subprocess.run([sys.executable, "-c", LONELY], cwd=ROOT, capture_output=True)
    assert (ended.returncode, ended.stderr) == (7, b"")


SWALLOWED = """
import os, signal, sys
from publish.ground.guard import guarded

def work():
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        raise ImportError("it could not be loaded")

try:
    sys.exit(guarded(work, lambda found: 1))
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_a_stop_is_one_though_a_library_makes_an_error_of_it() -> None:
    ended = subprocess.run([sys.executable, "-c", SWALLOWED], cwd=ROOT, capture_output=True)
    assert (ended.returncode, ended.stderr) == (130, b"")


LOADING = """
import os, signal, sys, time
from importlib.machinery import ExtensionFileLoader
from publish.ground.guard import guarded

class Library(ExtensionFileLoader):
    def exec_module(self, module):
        os.kill(os.getpid(), signal.SIGINT)
        os.sched_yield()
        print("loaded", flush=True)

def work():
    Library("library", "").exec_module(None)
    AFTER
    print("not stopped")
    return 0

try:
    status = guarded(work, lambda found: 1)
    time.sleep(0.2)
    sys.exit(status)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("after", ["time.sleep(5)", "return 0"])
def test_a_library_that_is_being_loaded_is_loaded_before_the_work_stops(after: str) -> None:
    """What is broken off there may end the process with a message of its own, as nanobind does.

    Work that ends in the meantime has ended, and nothing is heard after it.
    """
    program = LOADING.replace("AFTER", after)
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    status = 0 if after == "return 0" else 130
    assert (ended.returncode, ended.stdout, ended.stderr) == (status, b"loaded\n", b"")


HELD = """
import sys
from publish.ground.guard import bound, guarded, held

def work():
    bound(900, int(sys.argv[1]))
    try:
        with held():
            bytearray(int(sys.argv[2]) * 1_000_000)
    except MemoryError:
        return 7
    return 0

sys.exit(guarded(work, lambda found: 1))
"""


@pytest.mark.parametrize(
    ("memory", "wanted", "status"), [(100, 3000, 0), (100, 5000, 7), (6000, 5000, 0)]
)
def test_all_that_is_made_is_held_to_what_a_layout_usually_takes(
    memory: int, wanted: int, status: int
) -> None:
    """What is asked for is never written to, so that no machine has to have it."""
    command = [sys.executable, "-c", HELD, str(memory), str(wanted)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == status


def test_the_place_goes_from_one_process_to_the_other() -> None:
    at("02-é.md:31")
    assert where() == Span("02-é.md", 31)
    if not (child := os.fork()):
        at("03-uit.md:7")
        os._exit(0)
    os.waitpid(child, 0)
    assert where() == Span("03-uit.md", 7)
    at("")
    assert where() is None
    at("é" * 5000)
    assert where() is None


def test_nothing_is_bounded_where_nobody_could_tell_of_it() -> None:
    bound(1, 100)
    try:
        with bounded():
            held = bytearray(200_000_000)
        assert len(held) == 200_000_000
    finally:
        bound(900, 4096)


def test_a_bound_is_held_meanwhile_and_the_one_before_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "_THIS", guard._Work(guarded=True, seconds=700, memory=3000))
    kinds = (resource.RLIMIT_CPU, resource.RLIMIT_DATA)
    before = [resource.getrlimit(one) for one in kinds]
    with bounded():
        (most, hard), (size, _) = (resource.getrlimit(one) for one in kinds)
        assert 700 <= most <= 701 + time.process_time() and hard == before[0][1]
        assert size == 3_000_000_000
        # A bound within a bound narrows it, and one that is wider widens nothing.
        guard.bound(900, 4096)
        with bounded():
            inner = [resource.getrlimit(one)[0] for one in kinds]
            assert inner == [most, size]
    assert [resource.getrlimit(one) for one in kinds] == before
    with bounded(memory=False):
        assert resource.getrlimit(resource.RLIMIT_DATA) == before[1]
        assert resource.getrlimit(resource.RLIMIT_CPU) != before[0]
    with pytest.raises(ZeroDivisionError), bounded():
        raise ZeroDivisionError
    assert [resource.getrlimit(one) for one in kinds] == before


HOARDING = """
import resource, sys
from publish.commands import import_
from publish.commands.line import run

kept = {"": None}
def hoard(options):
    # Nothing but small things: in the end there is not even room for one more of those.
    resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
    if options.source.name == "lets go":
        hoarded = None
        while True:
            hoarded = (hoarded, "x")
    while True:
        kept[""] = (kept[""], "x")

import_.run = hoard
sys.exit(run())
"""


@pytest.mark.parametrize(
    ("hoarder", "said"),
    [
        ("lets go", "error K715 the work takes more memory than the 400 MB that it may\n    Part"),
        ("holds on", "error K715 the work takes more memory than there is\n"),
    ],
)
def test_that_memory_ran_out_is_told_where_none_is_left(hoarder: str, said: str) -> None:
    command = [sys.executable, "-c", HOARDING, "import", hoarder, "--to", "book"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr[: len(said)]) == (1, said)
    assert "Traceback" not in ended.stderr
