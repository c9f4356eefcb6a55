"""Many titles in one go: on this machine, and on a cluster of which a worker is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster
from faulting import BOOK, ROOT, digests
from msgspec import structs

from publish.catalogue import child
from publish.catalogue import cluster as clusters
from publish.catalogue.building import built, placed
from publish.catalogue.cluster import Cluster
from publish.catalogue.model import Outcome
from publish.catalogue.processes import Processes
from publish.catalogue.sources import Altered, lay, sum_of
from publish.catalogue.table import table
from publish.catalogue.taking import take
from publish.catalogue.there import Delivery, kit
from publish.catalogue.titles import Title, read_catalogue
from publish.ground.problems import Unmakeable, problem
from publish.ground.source import Span
from publish.standing.state import Made, digest, state_of

KATERN = (sys.executable, "-m", "publish")


def shelf(folder: Path, names: str, editions: str = '"epub"') -> Path:
    """Make a catalogue of tiny titles; return its file."""
    lines = [f"editions = [{editions}]"]
    for name in names:
        shutil.copytree(BOOK, folder / name)
        with (folder / name / "book.toml").open("a", encoding="utf-8") as file:
            file.write(f'slug = "boek-{name}"\n')
        lines += ["", "[[title]]", f'folder = "{name}"']
    file_ = folder / "CATALOGUE.toml"
    file_.write_text("\n".join(lines) + "\n", "utf-8")
    return file_


def command(file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Build a catalogue with the command."""
    words = [*KATERN, "catalogue", "build", str(file), *more]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def words(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return what became of each title, of a run with --json."""
    return {one["title"]: one["outcome"] for one in json.loads(done.stdout)["titles"]}


def alone(folder: Path, name: str, editions: str, out: Path, *more: str) -> dict[str, str]:
    """Build a title by itself, with `katern build`; return the digests of its files."""
    told = ["build", str(folder / name), "--out", str(out), "--only", editions, *more]
    subprocess.run([*KATERN, *told], cwd=ROOT, check=True, capture_output=True)
    return digests(out)


TITLE = '[[title]]\nfolder = "a"\n'


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("[[title]\n", "T101", 1, 8),
        ("", "S103", 1, 1),
        (f'{TITLE}titel = "A"\n', "S101", 3, 1),
        (f'{TITLE}editions = ["epub", "kindle"]\n', "S102", 3, 12),
        (f"{TITLE}editions = []\n", "S102", 3, 12),
        ('[[title]]\nfolder = "nergens"\n', "K750", 2, 10),
        ('[[title]]\nfolder = "../a"\n', "K751", 2, 10),
        ('[[title]]\nfolder = "uit"\n', "K751", 2, 10),
        (f'{TITLE}out = "/tmp/a"\n', "K751", 3, 7),
        (f'out = "../dist"\n{TITLE}', "K751", 1, 7),
        (f'{TITLE}[[title]]\nfolder = "b"\nname = "a"\n', "K752", 5, 8),
        (f'{TITLE}[[title]]\nfolder = "b"\nout = "dist/a"\n', "K753", 5, 7),
        (f'{TITLE}[[title]]\nfolder = "b"\nout = "dist"\n', "K753", 5, 7),
    ],
)
def test_what_is_wrong_with_a_catalogue_has_its_place(
    tmp_path: Path, text: str, code: str, line: int, column: int
) -> None:
    file = shelf(tmp_path / "c", "ab")
    (tmp_path / "c" / "uit").symlink_to(BOOK)
    file.write_text(text, "utf-8")
    catalogue, (found,) = read_catalogue(file)
    assert catalogue is None and found.span
    assert (found.code, found.span.line, found.span.column) == (code, line, column)
    assert found.span.file == str(file)


def test_a_title_takes_what_it_does_not_say_from_its_catalogue(tmp_path: Path) -> None:
    file = shelf(tmp_path, "ab", '"print", "epub"')
    with file.open("a", encoding="utf-8") as more:
        more.write('name = "Bé"\nout = "elders"\neditions = ["onix"]\nfinal = true\n')
    catalogue, problems = read_catalogue(file)
    assert problems == [] and catalogue
    assert catalogue.titles == (
        Title("a", tmp_path / "a", tmp_path / "dist" / "a", ("epub", "print"), False),
        Title("Bé", tmp_path / "b", tmp_path / "elders", ("onix",), True),
    )
    final, _ = read_catalogue(file, final=True)
    assert final and all(one.final for one in final.titles)


def test_a_title_that_fails_stops_no_other(tmp_path: Path) -> None:
    file = shelf(tmp_path, "abc", '"epub", "cover"')
    (tmp_path / "b" / "book.toml").write_text('title = "B"\ntitel = "B"\n', "utf-8")
    done = command(file, "--jobs", "2")
    assert done.returncode == 1
    head, *rows = [line.split() for line in done.stdout.splitlines()]
    assert head == "title editions warnings errors seconds outcome".split()
    # Failures apart, and last.
    assert [[*row[:4], *row[5:]] for row in rows[:2]] == [
        ["a", "epub,cover", "0", "0", "built"],
        ["c", "epub,cover", "0", "0", "built"],
    ]
    assert rows[2] == [] and [*rows[3][:4], *rows[3][5:]] == ["b", "epub,cover", "1", "1", "failed"]
    assert done.stdout.splitlines()[-1] == "3 titles: 2 built, 0 kept, 1 failed"
    told = done.stderr.splitlines()
    assert sorted(line.split("  ")[0] for line in told[:3]) == ["1 of 3", "2 of 3", "3 of 3"]
    assert told[3].startswith(f"{tmp_path}/b/book.toml:2:1: error S101 unknown key “titel”")
    assert not (tmp_path / "dist" / "b").exists()
    for name in "ac":
        made = digests(tmp_path / "dist" / name)
        assert made.keys() == {f"boek-{name}.epub", f"boek-{name}-cover.jpg"}
        assert made == alone(tmp_path, name, "epub,cover", tmp_path / "alone" / name)


def test_some_of_a_catalogue(tmp_path: Path) -> None:
    file = shelf(tmp_path, "ab", '"cover"')
    done = command(file, "--json", "--only", "b")
    assert (done.returncode, words(done)) == (0, {"b": "built"})
    # What was built by itself is not built again.
    alone(tmp_path, "a", "cover", tmp_path / "dist" / "a")
    done = command(file, "--json")
    assert (done.returncode, words(done)) == (0, {"a": "kept", "b": "kept"})
    done = command(file, "--only", "c")
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"error K754 --only: there is no title “c” in {file}")


def test_a_release_that_lacks_its_record_is_not_kept(tmp_path: Path) -> None:
    file = shelf(tmp_path, "a", '"cover"')
    assert words(command(file, "--json", "--final")) == {"a": "built"}
    assert words(command(file, "--json", "--final")) == {"a": "kept"}
    record = tmp_path / "dist" / "a" / "boek-a-release.json"
    before = record.read_bytes()
    record.unlink()
    command(file, "--json", "--final")
    assert record.read_bytes() == before


def test_a_run_that_is_killed_is_taken_up_where_it_was(tmp_path: Path) -> None:
    file = shelf(tmp_path, "abc", '"cover"')
    running = subprocess.Popen(
        [*KATERN, "catalogue", "build", str(file), "--jobs", "1"],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert running.stderr and running.stderr.readline() == "1 of 3  built   a\n"
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    first = tmp_path / "dist" / "a" / "boek-a-cover.jpg"
    written = first.stat().st_ino
    assert not (tmp_path / "dist" / "c").exists()
    done = command(file, "--json")
    assert (done.returncode, words(done)) == (0, {"a": "kept", "b": "built", "c": "built"})
    assert first.stat().st_ino == written
    for name in "abc":
        out = tmp_path / "dist" / name
        assert digests(out).keys() == {f"boek-{name}-cover.jpg"}
        assert not list(out.rglob("*.tmp"))


def test_a_build_that_dies_is_a_failure_of_that_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "publish").mkdir()
    (tmp_path / "publish" / "__init__.py").touch()
    main = tmp_path / "publish" / "__main__.py"
    monkeypatch.setattr(child, "_ROOT", tmp_path)
    title = Title("a", tmp_path, tmp_path / "out", ("epub",), False)
    main.write_text("import os\nos.kill(os.getpid(), 9)\n", "utf-8")
    (killed,) = Processes(1).run([title])
    main.write_text("raise SystemExit('niets gedaan')\n", "utf-8")
    (mute,) = Processes(1).run([title])
    assert [str(one) for one in (*killed.problems, *mute.problems)] == [
        "error K716 the work was ended from without, by SIGKILL",
        "error K758 the title was given up: niets gedaan",
    ]
    assert killed.word == mute.word == "failed"
    assert str(placed(killed).problems[0]).startswith(f"{tmp_path}/book.toml:1:1: error K716")


def test_the_table_of_a_catalogue_without_failures() -> None:
    title = Title("Tien", Path("a"), Path("b"), ("epub",), False)
    warned = [problem("K709", Span("book.toml"))]
    lines = table([Outcome(title, {Path("b/a.epub"): "made"}, warned, 1.25)])
    assert lines == [
        "title  editions  warnings  errors  seconds  outcome",
        "Tien   epub             1       0      1.2  built",
        "",
        "1 title: 1 built, 0 kept, 0 failed",
    ]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Return a cluster of three workers, each a process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It leaves the sockets of its dead to the collector.
        quiet = {"silence_logs": 60, "dashboard_address": ":0"}
        with LocalCluster(n_workers=3, threads_per_worker=1, processes=True, **quiet) as made:
            yield made


def busy(cluster: Any) -> Any:
    """Return a worker that builds a title."""
    (one, *_) = (
        nanny
        for nanny in cluster.workers.values()
        if any("build" in task.key for task in at_work(cluster, nanny))
    )
    return one


def at_work(cluster: Any, nanny: Any) -> list[Any]:
    return [*cluster.scheduler.workers[nanny.worker_address].processing]


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path, cluster: Any) -> None:
    file = shelf(tmp_path, "abcdefgh")
    catalogue, _ = read_catalogue(file)
    assert catalogue
    outcomes, written, killed = [], {}, 0
    for one in Cluster(cluster.scheduler_address).run(catalogue.titles):
        if not outcomes:
            nanny = busy(cluster)
            killed = nanny.pid
            os.kill(killed, signal.SIGKILL)
        outcomes.append(one)
        (path,) = one.files
        written[path] = path.stat().st_ino
    assert [one.word for one in outcomes] == ["built"] * 8
    assert sorted(one.title.name for one in outcomes) == [*"abcdefgh"]
    assert killed not in {one.pid for one in cluster.workers.values()}
    # Each was delivered once: none was written again.
    assert written == {path: path.stat().st_ino for path in written}
    script = (
        "import sys; from pathlib import Path; from publish.building.build import build\n"
        "for one in 'abcdefgh':\n"
        "    build(Path(sys.argv[1], one), Path(sys.argv[2], one), ['epub'])\n"
    )
    again = [sys.executable, "-c", script, str(tmp_path), str(tmp_path / "alone")]
    subprocess.run(again, cwd=ROOT, check=True)
    assert len(digests(tmp_path / "dist")) == 8
    assert digests(tmp_path / "dist") == digests(tmp_path / "alone")

    # They stand as if they had been built here.
    class Nobody:
        def run(self, titles: Any) -> Iterator[Outcome]:
            raise AssertionError([one.name for one in titles])

    assert {one.word for one in built(catalogue.titles, Nobody())} == {"kept"}


@pytest.mark.filterwarnings("ignore")
def test_the_command_builds_on_a_cluster(tmp_path: Path, cluster: Any) -> None:
    file = shelf(tmp_path, "abc", '"cover"')
    (tmp_path / "a" / "01-begin.md").write_text("# Begin\n\n[x](#nergens)\n", "utf-8")
    (tmp_path / "b" / "02-uit.md").symlink_to(BOOK / "01-begin.md")
    done = command(file, "--final", "--scheduler", cluster.scheduler_address)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "3 titles: 1 built, 0 kept, 2 failed"
    errors = [line for line in done.stderr.splitlines() if " error " in line]
    assert [line.split(" error ")[0] for line in errors] == [
        f"{tmp_path}/a/01-begin.md:3:1:",
        f"{tmp_path}/b/02-uit.md:1:1:",
    ]
    assert {one.name for one in (tmp_path / "dist").iterdir()} == {"c"}
    made = digests(tmp_path / "dist" / "c")
    ends = ("-cover.jpg", "-release.json", "-tools.cdx.json")
    assert made.keys() == {f"boek-c{end}" for end in ends}
    assert made == alone(tmp_path, "c", "cover", tmp_path / "alone", "--final")


@pytest.mark.filterwarnings("ignore")
def test_a_worker_with_other_tools_builds_nothing(
    tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = structs.replace(kit(), version="99.0", code="c0de" * 16)
    title = Title("a", BOOK, tmp_path / "out", ("cover",), False)
    with pytest.raises(Unmakeable) as caught:
        [*Cluster(cluster.scheduler_address, ours).run([title])]
    said = caught.value.problem
    assert said.code == "K755"
    assert f"it has {kit()}, and here is Katern 99.0 (code c0dec0dec0de, tools" in said.message
    # One that comes later is asked with every title.
    monkeypatch.setattr(Cluster, "_look", lambda *_: None)
    (late,) = Cluster(cluster.scheduler_address, ours).run([title])
    assert [one.code for one in late.problems] == ["K755"]
    assert not (tmp_path / "out").exists()


def test_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_SECONDS", 1)
    with pytest.raises(Unmakeable) as caught:
        [*Cluster("tcp://127.0.0.1:9").run([])]
    assert caught.value.problem.code == "K757"


def test_what_came_otherwise_is_told_and_not_written(tmp_path: Path) -> None:
    title = Title("a", BOOK, tmp_path / "out", ("epub", "cover"), False)
    made = Outcome(title, {title.out / "a.epub": "made", title.out / "a-cover.jpg": "made"})
    files = {"a.epub": (sum_of(b"heel"), b"heel"), "a-cover.jpg": (sum_of(b"heel"), b"hael")}
    state = state_of(BOOK, tmp_path / "elsewhere")
    taken = take(title, Delivery(made, files, state))
    assert [str(one).partition(" came")[0] for one in taken.problems] == ["error K756 a-cover.jpg"]
    assert taken.word == "failed" and not taken.files
    assert not (tmp_path / "out").exists()
    state.outputs["epub"] = Made("a.epub", "", sum_of(b"heel"), "")
    good = take(title, Delivery(made, files | {"a-cover.jpg": files["a.epub"]}, state))
    assert good.word == "built"
    assert digests(tmp_path / "out").keys() == {"a.epub", "a-cover.jpg"}


def test_what_is_taken_leaves_nothing_of_an_older_name_and_nothing_of_others(
    tmp_path: Path,
) -> None:
    title, total = Title("a", BOOK, tmp_path / "out", ("epub",), False), sum_of(b"heel")

    def taken(name: str, folder: Path = BOOK) -> Outcome:
        state = state_of(folder, tmp_path / "elsewhere")
        state.outputs["epub"] = Made(name, "", digest(b"heel"), "")
        made = structs.replace(title, folder=folder)
        return take(made, Delivery(Outcome(made), {name: (total, b"heel")}, state))

    assert not taken("oud.epub").problems
    assert not taken("nieuw.epub").problems
    assert digests(tmp_path / "out").keys() == {"nieuw.epub"}
    other = taken("nieuw.epub", BOOK.parent / "complete")
    assert [one.code for one in other.problems if one.severity == "error"] == ["K707"]
    assert state_of(BOOK, tmp_path / "out").is_current("epub", tmp_path / "out" / "nieuw.epub")


def test_sources_are_laid_by_their_sums_and_nowhere_else(tmp_path: Path) -> None:
    total = sum_of(b"# Een\n")
    lay(tmp_path / "a", {"een.md": total, "photos/een.svg": total}, {total: b"# Een\n"})
    assert (tmp_path / "a" / "photos" / "een.svg").read_bytes() == b"# Een\n"
    with pytest.raises(Altered, match=r"een\.md"):
        lay(tmp_path / "b", {"een.md": total}, {total: b"# Twee\n"})
    with pytest.raises(PermissionError):
        lay(tmp_path / "c", {"../een.md": total}, {total: b"# Een\n"})
    assert not (tmp_path / "een.md").exists()


@pytest.mark.parametrize(("jobs", "each"), [(1, "8"), (3, "2"), (20, "1")])
def test_titles_that_are_built_at_once_share_the_cores(
    jobs: int, each: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title, given = Title("peil", tmp_path, tmp_path, ("print",), False), []

    class Told:
        def __init__(self, *asked: Any) -> None:
            given.append(asked[-1])

        def ended(self) -> Outcome:
            return Outcome(title)

    monkeypatch.setattr("publish.catalogue.processes.Build", Told)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert len([*Processes(jobs).run([title, title])]) == 2
    assert given == [{"KATERN_CORES": each}] * 2
