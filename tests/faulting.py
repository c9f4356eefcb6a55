"""A book built while something goes wrong, and whether anything was lost by it.

In: a folder to work in. Out: a `Rig`: one manuscript in two states, the bytes that a build without
any fault makes of each, and one output folder. A fault is done to the build of the one while the
editions of the other stand; afterwards each file is that of the one or of the other, and the next
build makes all of them as they should be, leaves nothing lying about and lets go of the folder.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
BOOK = ROOT / "tests" / "books" / "minimal"
TEXTS = ("Hier staat één zin.", "Hier staat een andere, en die is langer.")
"""What the manuscript says in each of its states."""
ALL = ("epub", "print", "booklet", "screen", "cover", "dummy", "proof", "extract", "onix")
FEW = ("print", "booklet", "dummy")
"""Editions that are made soon."""
QUIET = ("B602", "K708", "K709", "S105")
"""What is told of this book without any fault."""

Digests = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its status (negative: by that signal), what it said, its seconds."""

    status: int
    said: str
    seconds: float = 0.0

    @property
    def lines(self) -> list[str]:
        """Return what it said, without what is always told of this book."""
        lines = [one for one in self.said.splitlines() if not one.startswith("    ")]
        return [one for one in lines if not any(f" {code} " in one for code in QUIET)]


@dataclass(slots=True)
class Running:
    """A command at work, the leader of a process group of its own."""

    process: subprocess.Popen[str]
    began: float = field(default_factory=time.monotonic)

    def kill(self, number: int, group: bool) -> None:
        """Send a signal to all its processes, or to the first of them alone."""
        if group:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)

    def ended(self) -> Ended:
        """Wait until it has ended."""
        said = self.process.communicate(timeout=300)[1]
        return Ended(self.process.returncode, said, time.monotonic() - self.began)

    @property
    def worker(self) -> int | None:
        """Return the process that works, where it is there by now."""
        works = _children(self.process.pid)
        return works[0] if len(works) == 1 else None

    def until(self, there: Callable[[], object]) -> bool:
        """Wait until something is there; tell whether it is, and the command still runs."""
        while self.process.poll() is None:
            if there():
                return True
            time.sleep(0.005)
        return False

    def at_work(self) -> bool:
        """Wait until the process that works is there."""
        return self.until(lambda: self.worker)

    def laying_out(self) -> bool:
        """Wait until the process that works, or one that helps it, has loaded what sets lines."""

        def loaded() -> bool:
            works = self.worker
            return any("libpango" in _maps(one) for one in (works, *_children(works)))

        return self.until(loaded)

    @property
    def is_left(self) -> bool:
        """Tell whether a process of the group still runs."""
        return any(_group_of(one) == self.process.pid for one in Path("/proc").glob("[0-9]*"))


Moment = Callable[[Running], bool]
"""Waits until a command has come so far; tells whether it still runs."""


def after(seconds: float, first: Moment | None = None) -> Moment:
    """Make a moment that is some seconds after another, or after the beginning."""

    def waited(running: Running) -> bool:
        if first:
            first(running)
        time.sleep(seconds)
        return running.process.poll() is None

    return waited


def _children(process: int | None) -> list[int]:
    """Return the processes that one has begun, and that are there still."""
    with suppress(OSError):
        return [*map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())]
    return []


def _maps(process: int | None) -> str:
    """Return what a process has in its memory; nothing of one that is gone."""
    with suppress(OSError):
        return Path(f"/proc/{process}/maps").read_text() if process else ""
    return ""


def _group_of(process: Path) -> int:
    """Return the group of a process that runs; 0 for one that is dead, or gone."""
    try:
        state, _, group, *_ = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if state == "Z" else int(group)


def digests(out: Path) -> dict[str, str]:
    """Return the digest of every file that a person sees in an output folder."""
    files = (one for one in out.rglob("*") if one.is_file())
    seen = {one.relative_to(out): one for one in files}
    return {
        str(name): hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(seen.items())
        if not any(part.startswith(".") for part in name.parts)
    }


LONG = 40_000
"""Characters of a long chapter."""


class Rig:
    """One manuscript in two states, built into one folder.

    With some `chapters` beside the first it is so long that others are called to set it.
    """

    def __init__(
        self, folder: Path, names: Sequence[str] = ALL, *more: str, chapters: int = 0
    ) -> None:
        self.book, self.out, self.names, self.more = folder / "book", folder / "out", names, more
        self.chapters = chapters
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        shutil.copytree(BOOK, self.book)
        self.state = 0
        self.fresh: list[Digests] = []
        for state in (0, 1):
            self.write(state)
            ended = self.command(folder / f"fresh-{state}").ended()
            assert ended.status == 0, ended.said
            self.fresh.append(digests(folder / f"fresh-{state}"))
        assert self.fresh[0].keys() == self.fresh[1].keys()
        assert not set(self.fresh[0].values()) & set(self.fresh[1].values())
        assert self.build().status == 0

    def write(self, state: int) -> None:
        """Let the manuscript say something."""
        self.state = state
        toml = (BOOK / "book.toml").read_text("utf-8").replace("zin", f'zin {state}"\nslug = "boek')
        (self.book / "book.toml").write_text(toml, "utf-8")
        (self.book / "01-begin.md").write_text(f"# Begin\n\n{TEXTS[state]}\n", "utf-8")
        for number in range(2, 2 + self.chapters):
            # Long enough that the sections of one state are not those of the other.
            text = "\n\n".join([" ".join([TEXTS[state]] * 8)] * (LONG // 8 // len(TEXTS[state])))
            chapter = self.book / f"{number:02}-verder.md"
            chapter.write_text(f"# Verder {number}\n\n{text}\n", "utf-8")

    def change(self) -> None:
        """Let the manuscript say something else than the editions."""
        self.write(1 - self.state)

    def forget(self) -> None:
        """Throw away what stands for the next build, so that each makes the same calls."""
        for kept in (self.out / ".katern").glob("*/*"):
            shutil.rmtree(kept)

    def command(self, out: Path | None = None, before: Sequence[str] = (), **more: str) -> Running:
        """Begin to build; `before` is what the command is run by."""
        command = [*before, sys.executable, "-m", "publish", "build", str(self.book), "--out"]
        command += [str(out or self.out), "--only", ",".join(self.names), *self.more]
        own = {"PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(self.scratch)}
        environment = os.environ | own | more
        return Running(
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        )

    def build(self) -> Ended:
        """Build, without a fault."""
        return self.command().ended()

    def is_whole(self) -> str:
        """Return which file is neither of the state before nor of the one now; "" for none."""
        found = digests(self.out)
        for name in self.fresh[0]:
            if found.pop(name, "") not in (self.fresh[0][name], self.fresh[1][name]):
                return f"{name} is lost, or half of it"
        return f"what is {', '.join(found)}?" if found else ""

    def is_right(self) -> str:
        """Build again; return what is then not as it should be, "" where all is."""
        ended = self.build()
        if ended.status:
            return f"the next build ended with {ended.status}: {ended.said}"
        if digests(self.out) != self.fresh[self.state]:
            return "the next build made other editions than a fresh one"
        if left := [one.name for one in self.out.rglob("*.tmp")]:
            return f"left lying about: {', '.join(left)}"
        if left := [one.name for one in self.scratch.iterdir()]:
            return f"left among the temporary files: {', '.join(left)}"
        for record in self.out.glob(".katern/*.json"):
            json.loads(record.read_text("utf-8"))
        handle = os.open(self.out, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return "the folder is still held"
        finally:
            os.close(handle)
        return ""

    def killed(self, moment: Moment, group: bool) -> str | None:
        """Kill a build of the other state; return what was lost. None where it had ended."""
        self.change()
        running = self.command()
        if not moment(running):
            running.ended()
            return None
        running.kill(signal.SIGKILL, group)
        if group:
            running.ended()
            lost = self.is_whole() or self.is_right()
        else:
            running.process.wait()
            # The rest of it is dying: the next build waits for what it may still hold.
            lost = self.is_right()
            running.ended()
        return lost or ("a process of it is left" if running.is_left else "")

    def bereft(self, moment: Moment) -> str | None:
        """Kill one who helps to build the other state; return what was lost. None for nobody."""
        self.change()
        running = self.command()
        helpers = _children(running.worker) if moment(running) else []
        if not helpers:
            running.ended()
            return None
        os.kill(helpers[-1], signal.SIGKILL)
        ended = running.ended()
        if ended.status or ended.said:
            return f"ended with {ended.status} and said: {ended.said}"
        if digests(self.out) != self.fresh[self.state]:
            return "it made other editions than a fresh one"
        return self.is_right() or ("a process of it is left" if running.is_left else "")

    def stopped(self, moment: Moment, group: bool, twice: bool = False) -> str | None:
        """Stop a build of the other state, as Ctrl-C does; return what is wrong then.

        A terminal tells the whole group; `twice` is for who has no patience.
        """
        self.change()
        running = self.command()
        if not moment(running):
            running.ended()
            return None
        running.kill(signal.SIGINT, group)
        if twice:
            time.sleep(0.02)
            if running.process.poll() is None:
                running.kill(signal.SIGINT, group)
        ended = running.ended()
        if ended.status == 0:
            # It was done before it heard of it.
            return self.is_right() if digests(self.out) == self.fresh[self.state] else "undone"
        if (ended.status, ended.said) != (130, "katern: stopped\n"):
            return f"ended with {ended.status} and said: {ended.said}"
        left = [one.name for one in self.out.rglob("*.tmp")]
        return ", ".join(left) or self.is_whole() or self.is_right()
