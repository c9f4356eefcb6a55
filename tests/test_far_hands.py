"""Pages of one title set on the workers of a cluster: the same pages, whatever becomes of these."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from books.generate import generate
from conftest import shop_of
from distributed import LocalCluster
from faulting import ROOT
from msgspec import structs

from publish.building.galleys import Bodies
from publish.building.takes import Frame, Take, sent
from publish.catalogue.cluster import Cluster
from publish.catalogue.hands import FarHands
from publish.catalogue.there import kit
from publish.ground.problems import Unmakeable
from publish.pages.placing import Arrangement

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Return a cluster of two workers, each a process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It leaves the sockets of its dead to the collector.
        quiet = {"silence_logs": 60, "dashboard_address": ":0"}
        with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **quiet) as made:
            yield made


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a book of many chapters."""
    return generate("novel", tmp_path_factory.mktemp("far") / "book", seed=4, words=9_000)


@pytest.fixture(scope="module")
def takes(book: Path) -> tuple[Frame, list[Take]]:
    """Return the frame of the book's print pages, and four of its takes."""
    room = shop_of(book).room
    makings = room.plain.makings("print")
    paged = room.plain.paged("print", Arrangement())
    bodies = Bodies(makings, paged, room.standing, {}, {})
    return makings.frame, [bodies.take(number, 1) for number in range(1, 5)]


def setters(cluster: Any) -> list[int]:
    """Return the processes in which workers set."""
    found = []
    for nanny in cluster.workers.values():
        listed = Path(f"/proc/{nanny.pid}/task").glob("*/children")
        for child in " ".join(one.read_text() for one in listed).split():
            if b"publish.catalogue.setting" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found


def set_all(hands: FarHands, takes: list[Take]) -> list[Any]:
    """Have takes set; return what came of each."""
    for take in takes:
        hands.give(take)
    return [hands.wait() for _ in takes]


def test_what_is_set_there_is_what_is_set_here(cluster: Any, takes: tuple[Frame, Any]) -> None:
    frame, pieces = takes
    here = {take.key: sent(frame, take, {}) for take in pieces}
    with FarHands(Cluster(cluster.scheduler_address)) as hands:
        hands.tell(frame.style)
        hands.tell(frame)
        assert (hands.count, hands.idle, hands.greeting) == (2, 4, None)
        made = set_all(hands, pieces)
        assert [error for _, _, error in made] == [None] * 4
        assert {take.key: found for take, found, _ in made} == here
        # Both set, each in a process of its own.
        assert len(setters(cluster)) == 2
        # One that is killed takes its take along, and nothing else.
        for one in setters(cluster):
            os.kill(one, signal.SIGKILL)
        lost = set_all(hands, pieces)
        assert {found for _, found, _ in lost} <= {None, *here.values()}
        again = set_all(hands, pieces)
        assert {take.key: found for take, found, _ in again} == here


def test_bounds_hold_there(cluster: Any, takes: tuple[Frame, Any]) -> None:
    frame, (take, *_) = takes
    with FarHands(Cluster(cluster.scheduler_address)) as hands:
        hands.tell(structs.replace(frame, limits=(900, 100)))
        ((_, found, error),) = set_all(hands, [take])
        assert found is None
        assert error.problem.code in ("K715", "K716")
        hands.tell(frame)
        ((_, found, error),) = set_all(hands, [take])
        assert found and error is None


def test_what_is_abandoned_is_not_waited_for(cluster: Any, takes: tuple[Frame, Any]) -> None:
    frame, (first, second, *_) = takes
    with FarHands(Cluster(cluster.scheduler_address)) as hands:
        hands.tell(frame)
        hands.give(first)
        hands.abandon()
        assert (hands.busy, hands.idle) == (0, 4)
        hands.give(second)
        done = hands.wait()
        assert done and done[0].key == second.key and done[1]


def test_workers_with_other_tools_set_nothing(
    cluster: Any, takes: tuple[Frame, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    frame, (take, *_) = takes
    ours = structs.replace(kit(), code="c0de" * 16)
    with pytest.raises(Unmakeable) as caught, FarHands(Cluster(cluster.scheduler_address, ours)):
        pass
    assert caught.value.problem.code == "K755"
    # One that comes later is asked with every take.
    monkeypatch.setattr(Cluster, "_look", lambda *_: None)
    with FarHands(Cluster(cluster.scheduler_address, ours)) as hands:
        hands.tell(frame)
        ((_, found, error),) = set_all(hands, [take])
    assert found is None and error.problem.code == "K755"


def building(book: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    """Begin to build print pages."""
    command = [sys.executable, "-m", "publish", "build", str(book), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--only", "print", *more],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_worker_that_is_killed_costs_nothing_but_time(
    cluster: Any, book: Path, tmp_path: Path
) -> None:
    address = ("--scheduler", cluster.scheduler_address)
    far = building(book, tmp_path / "far", *address)
    until = time.monotonic() + 60
    while not (set_there := tasks(cluster)) and time.monotonic() < until:
        time.sleep(0.02)
    assert set_there
    nanny = set_there[0]
    os.kill(nanny.pid, signal.SIGKILL)
    assert far.communicate() == ("", "") and far.returncode == 0
    near = building(book, tmp_path / "near")
    assert near.communicate() == ("", "")
    made = [next((tmp_path / name).glob("*.pdf")).read_bytes() for name in ("far", "near")]
    assert made[0] == made[1]


def tasks(cluster: Any) -> list[Any]:
    """Return the workers that are setting something."""
    workers = cluster.scheduler.workers
    return [
        nanny
        for nanny in cluster.workers.values()
        if nanny.worker_address in workers
        and any("set_there" in str(task.key) for task in workers[nanny.worker_address].processing)
    ]


def test_a_cluster_that_is_lost_is_told_of(book: Path, tmp_path: Path) -> None:
    script = (
        "import time, warnings\n"
        "warnings.simplefilter('ignore')\n"
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=':0') as one:\n"
        "        print(one.scheduler_address, flush=True)\n"
        "        time.sleep(300)\n"
    )
    file = tmp_path / "cluster.py"
    file.write_text(script)
    running = subprocess.Popen(
        [sys.executable, str(file)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, start_new_session=True,
    )  # fmt: skip
    assert running.stdout
    address = running.stdout.readline().strip()
    far = building(book, tmp_path / "out", "--scheduler", address)
    until = time.monotonic() + 60
    while not [*(tmp_path / "out").glob(".katern/*/type/*")] and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    said = far.communicate()[1].splitlines()
    assert far.returncode == 1
    assert said[0] == f"error K757 the cluster at {address}: it was lost while pages were set"
    assert not [*(tmp_path / "out").glob("*.pdf")]
    assert building(book, tmp_path / "out").communicate() == ("", "")
