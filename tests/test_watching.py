"""A book watched as it is edited: in a browser, by strangers, and what of it is the plain build."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from books.generate import generate
from browse import run
from PIL import Image, ImageChops

from publish.building.build import build
from publish.ground.offline import HERE, Offline, offline, serving
from publish.ground.problems import Problem
from publish.manuscript.folder import read_manuscript
from publish.standing.state import state_of
from publish.watching import desk as desks
from publish.watching.desk import Desk
from publish.watching.guarding import Guard
from publish.watching.model import Place, Scene
from publish.watching.places import edited, place_of, rows_of
from publish.watching.whole import NAMES

WORDS = 2600
BROKEN = "[half](#nowhere) *typ"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of three chapters that run on, and what a plain build makes of it in `out`."""
    folder = generate("pamphlet", tmp_path_factory.mktemp("watched") / "book", 3, WORDS)
    settings = folder / "book.toml"
    settings.write_text(settings.read_text("utf-8") + 'chapters = "run-on"\n', "utf-8")
    assert not [one for one in build(folder, folder.parent / "out", NAMES).problems if one.hint]
    return folder


@pytest.fixture
def own(book: Path, tmp_path: Path) -> Path:
    """A copy of the book and of what was made of it, to be edited."""
    shutil.copytree(book, tmp_path / "book")
    return tmp_path / "book"


@pytest.fixture
def watched(own: Path) -> Iterator[tuple[str, Path]]:
    """The address that `katern watch` prints, and the folder it watches."""
    command = [sys.executable, "-m", "publish", "watch", str(own), "--out", str(own.parent / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = re.match(r"Open (http://\S+) ", process.stdout.readline())
        assert found
        yield found[1], own
        process.send_signal(signal.SIGINT)  # as it says itself: Ctrl-C ends it
        assert process.wait(60) == 130


def chapter(folder: Path, number: int = 1) -> Path:
    return sorted(folder.glob("*.md"))[number]


# In the browser ----------------------------------------------------------------------------------


@pytest.mark.browser
def test_an_edit_is_on_the_page(watched: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = watched
    file = chapter(folder)
    old = file.read_text("utf-8").split("\n\n")[3].split(" ")[0]
    shots = os.environ.get("READER_SHOTS", "")
    seen: Any = run("watch.mjs", address, file, old, "Zeeslagspel", BROKEN, "light", shots)
    assert (seen["errors"], seen["strange"], seen["axe"]) == ([], [], [])
    assert (seen["opened"], seen["again"]) == (address.partition("?")[0], 403)
    first, ahead, whole = seen["first"], seen["ahead"], seen["whole"]
    # The pages of the chapter are new, the others the very same.
    kept = [at for at, one in enumerate(first["sources"]) if one in ahead["sources"]]
    assert ahead["ahead"] and not set(kept) & set(ahead["ahead"])
    assert len(kept) + len(ahead["ahead"]) == first["pages"] == ahead["pages"]
    assert (first["ahead"], whole["ahead"]) == ([], [])
    # Page and paragraph are shown on both sides.
    for one in (ahead, whole):
        assert one["inView"] and one["document"].endswith(f"{file.stem}.xhtml")
        assert "Zeeslagspel" in one["shown"][0]
    assert ahead["here"] == whole["here"] in ahead["ahead"]
    # What cannot be set leaves the last good pages, with the problem above them; then all is well.
    stopped, mended = seen["stopped"], seen["mended"]
    assert stopped["sources"] == whole["sources"]
    assert len(stopped["problems"]) == 1 and "M209" in stopped["problems"][0]
    assert mended["problems"] == [] and mended["pages"] == whole["pages"]
    assert whole["scripts"] == 0


# By strangers ------------------------------------------------------------------------------------


def asked(address: str, path: str, **headers: str) -> http.client.HTTPResponse:
    host, port = address.removeprefix("http://").partition("/")[0].split(":")
    with closing(http.client.HTTPConnection(host, int(port), timeout=20)) as link:
        link.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            link.putheader(name.replace("_", "-"), value)
        link.endheaders()
        answer = link.getresponse()
        answer.read()
        return answer


def test_only_who_has_the_address_is_shown_anything(watched: tuple[str, Path]) -> None:
    address, _ = watched
    token = address.partition("token=")[2]
    assert asked(address, "/").status == 403
    assert asked(address, "/?token=guessed").status == 403
    assert asked(address, f"/?token={token}", Host="evil.example").status == 403
    # A request from elsewhere does not use it up.
    opened = asked(address, f"/?token={token}")
    cookie = str(opened.getheader("Set-Cookie"))
    assert opened.status == 303 and opened.getheader("Location") == "/"
    assert {"HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))
    assert asked(address, f"/?token={token}").status == 403
    known = cookie.partition(";")[0]
    assert asked(address, "/", Cookie=known).status == 200
    strange: list[dict[str, str]] = [
        {"Host": "evil.example"},
        {"Host": f"localhost:{address.split(':')[2].partition('/')[0]}"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ]
    for headers in strange:
        assert asked(address, "/", Cookie=known, **headers).status == 403, headers
    for path in ("/book/../../etc/passwd", "/leaf/1/../../x", "/leaf/9/9.png", "/watch.py"):
        assert asked(address, path, Cookie=known).status == 404, path
    policy = str(asked(address, "/", Cookie=known).getheader("Content-Security-Policy"))
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_a_token_opens_once() -> None:
    guard = Guard(4000)
    token = guard.token
    assert (guard.opens(""), guard.opens(token + "x")) == (False, False)
    assert (guard.opens(token), guard.opens(token), guard.opens("")) == (True, False, False)
    assert not guard.knows(f"{guard.name}=") and not guard.knows("katern-4001=" + guard.secret)
    assert guard.knows(f"a=b; {guard.name}={guard.secret}")


def test_it_can_be_reached_by_this_machine_alone() -> None:
    with offline(), serving():
        with socket.socket() as here:
            here.bind((HERE, 0))
        for address in ("", "0.0.0.0"):
            with socket.socket() as everywhere, pytest.raises(Offline):
                everywhere.bind((address, 0))
        with socket.socket() as out, pytest.raises(Offline):
            out.connect((HERE, 9))
    with offline(), socket.socket() as late, pytest.raises(Offline):
        late.bind((HERE, 0))


# At the desk -------------------------------------------------------------------------------------


@pytest.fixture
def desk(own: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, list[Scene]]:
    """A desk at which the book was built, and its scenes; nothing is built behind it."""
    monkeypatch.setattr("publish.watching.whole.Whole.start", lambda self: None)
    shutil.copytree(book.parent / "out", own.parent / "out")
    told: list[Scene] = []
    made = Desk(own, own.parent / "out", told.append)
    (state,) = (own.parent / "out" / ".katern").glob("*.json")
    state.rename(state_of(own, own.parent / "out").path)
    made.open()
    made._built([], "")
    return made, told


def test_a_page_set_ahead_is_that_of_the_whole_book(desk: tuple[Desk, list[Scene]]) -> None:
    made, told = desk
    whole, sheaf = told[-1], made.sheaves[told[-1].leaves[0].sheaf]
    assert (whole.state, len(whole.leaves)) == ("whole", len(sheaf.pdf))
    file = chapter(made.folder, 2)
    # A blank line at its end changes nothing.
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    made.saved([file.name])
    ahead = next(one for one in reversed(told) if one.state == "ahead")
    pages = [at for at, leaf in enumerate(ahead.leaves) if leaf.ahead]
    assert len(pages) >= 3 and len(ahead.leaves) == len(whole.leaves)
    for at in pages:
        leaf = ahead.leaves[at]
        one = Image.open(BytesIO(made.sheaves[leaf.sheaf].png(leaf.index))).convert("L")
        other = Image.open(BytesIO(sheaf.png(at))).convert("L")
        # Black is black in other ways on a screen and on a press; shapes are the same.
        differing = ImageChops.difference(one, other).point(lambda level: 255 if level > 60 else 0)
        assert sum(differing.histogram()[1:]) < 600, at
        assert leaf.label == whole.leaves[at].label


def test_what_ends_a_stage_does_not_end_the_watching(
    desk: tuple[Desk, list[Scene]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, told = desk
    good, file = told[-1], chapter(made.folder)
    text = file.read_text("utf-8")
    file.write_text(f"{text}\n{BROKEN}\n", "utf-8")
    made.saved([file.name])
    assert (told[-1].state, told[-1].leaves) == ("stopped", good.leaves)
    assert [one.code for one in told[-1].problems] == ["M209"]
    file.write_text(text, "utf-8")
    with monkeypatch.context() as broken:
        broken.setattr(desks, "set_ahead", lambda *given: 1 // 0)
        made.saved([file.name])
    assert (told[-1].state, told[-1].leaves) == ("stopped", good.leaves)
    assert [one.code for one in told[-1].problems] == ["K730"]
    made._built([], "it was killed")
    assert [one.code for one in told[-1].problems] == ["K730"]
    made.saved([file.name])
    assert told[-1].state == "ahead" and told[-1].problems == ()


def test_the_scenes_are_numbered_and_old_pages_let_go(desk: tuple[Desk, list[Scene]]) -> None:
    made, told = desk
    file = chapter(made.folder)
    for number in range(8):
        file.write_text(file.read_text("utf-8") + f"Regel {number}.\n", "utf-8")
        made.saved([file.name])
    numbers = [one.number for one in told]
    assert numbers == sorted(set(numbers))
    assert len(made.sheaves) <= 6
    assert {leaf.sheaf for leaf in told[-1].leaves} <= made.sheaves.keys()


def test_an_edit_is_shown_in_its_line_else_in_the_next_else_in_the_last() -> None:
    rows = rows_of({"a.md": "4 9 1 10 20 30.5 40\n20 29 3 5 6 7 8 9 1\n", "b.md": ""})
    first, last = Place(0, 10, 20, 30.5, 40), Place(2, 5, 6, 7, 8)
    found = [place_of(rows, "a.md", offset) for offset in (4, 9, 0, 10, 20, 29, 30)]
    assert found == [first, first, first, last, last, last, last]
    assert place_of(rows, "b.md", 0) is None is place_of(rows, "c.md", 0)


def test_where_a_text_was_edited() -> None:
    assert edited("een twee drie", "een vijf drie") == 4
    assert (edited("een", "een twee"), edited("een twee", "een"), edited("", "a")) == (3, 3, 0)


# The whole ---------------------------------------------------------------------------------------


def test_the_whole_book_has_the_bytes_of_a_plain_build(own: Path, book: Path) -> None:
    out, told = own.parent / "out", list[Scene]()
    desk = Desk(own, out, told.append)
    command = [sys.executable, "-m", "publish.watching.whole", str(own), str(out)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout and process.stdout.read() == "[]\n"
    desk._built(list[Problem](), "")
    plain = book.parent / "out"
    made = sorted(one.name for one in plain.iterdir() if one.is_file())
    assert len(made) == len(NAMES)
    for name in made:
        assert (out / name).read_bytes() == (plain / name).read_bytes(), name
    assert told[-1].documents and read_manuscript(own).problems == []
