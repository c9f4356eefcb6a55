"""What a bare system lacks, and what a person is told to type for it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from publish.bootstrap import (
    BROWSER,
    DICTIONARIES,
    MANAGERS,
    PARTS,
    PROFILE,
    RESOURCES,
    SYSTEM,
    TESTS,
    Need,
    Resource,
    advice,
    any_program,
    libraries,
    main,
    missing,
    module,
    program,
    provide,
    provide_resource,
    wanted,
)

ICC = PROFILE.files[0]
LACKING = Need("Parchment", libraries("libno-such-skin.so.0"), {"apt-get": "calf goat"})


def test_nothing_is_missing_where_these_tests_run() -> None:
    assert missing((*SYSTEM, *TESTS)) == []


def test_what_is_not_there_is_missing() -> None:
    needs = [
        LACKING,
        Need("a module", module("no_such_module"), {}),
        Need("a program", program("no-such-program"), {}),
        Need("one of two programs", any_program("no-such-program", "/no/such/program"), {}),
        Need("a module that is there", module("json"), {}),
        Need("a program that is there", any_program("no-such-program", "make"), {}),
    ]
    assert missing(needs) == needs[:4]


def test_every_library_and_program_has_a_package_everywhere() -> None:
    # Only Debian parts the one from Python, and only Linux has the other.
    own = ("Python's ensurepip", "strace")
    needs = [need for need in (*SYSTEM, *TESTS, *BROWSER) if need.name not in own]
    assert [set(need.packages) for need in needs] == [set(MANAGERS)] * len(needs)
    (strace,) = (need for need in TESTS if need.name == "strace")
    assert set(strace.packages) == set(MANAGERS) - {"brew"}


def test_a_package_that_meets_two_needs_is_named_once() -> None:
    assert wanted(SYSTEM, "dnf") == ["pango", "harfbuzz"]


@pytest.mark.parametrize(
    ("manager", "root", "line"),
    [
        ("apt-get", "", "apt-get update && apt-get install --yes calf goat"),
        ("apt-get", "sudo", "sudo sh -c 'apt-get update && apt-get install --yes calf goat'"),
        ("apt-get", "su", "su -c 'apt-get update && apt-get install --yes calf goat'"),
    ],
)
def test_the_one_line_to_type(manager: str, root: str, line: str) -> None:
    assert advice([LACKING], manager, root).splitlines()[2].strip() == line


def test_homebrew_takes_no_root() -> None:
    pango = [need for need in SYSTEM if need.name == "Pango"]
    assert "\n    brew install pango\n" in advice(pango, "brew", "sudo")


@pytest.mark.parametrize("manager", [None, "pacman"])
def test_without_a_known_package_the_part_itself_is_named(manager: str | None) -> None:
    said = advice([LACKING], manager, "sudo")
    assert said == "Katern needs Parchment, which this system lacks. Install that, then make again."


def test_nothing_is_installed_unasked_by_another_manager(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(PARTS, "--tests", (LACKING,))
    monkeypatch.setattr("publish.bootstrap.MANAGERS", {"no-such-manager": ("{packages}", True)})
    assert main("--tests") == 1
    assert capsys.readouterr().err.startswith("Katern needs Parchment, which this system lacks.")


def tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_profile_alone_is_taken_out_of_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    # The lists of packages are not there at first, as on a new system.
    lists = tmp_path / "lists"
    tool(
        programs,
        "apt-get",
        f'[ "$1" = update ] && exec /bin/touch "{lists}"; [ -f "{lists}" ] && echo > tex_1_all.deb',
    )
    unpack = f'/bin/mkdir -p "$3/usr/tex"; echo colours > "$3/usr/tex/{ICC}"; echo > "$3/more"'
    tool(programs, "dpkg-deb", unpack)
    monkeypatch.setenv("PATH", str(programs))
    assert provide_resource(replace(PROFILE, places=()), tmp_path) == ""
    assert [one.name for one in (tmp_path / PROFILE.folder).iterdir()] == [ICC]
    assert (tmp_path / PROFILE.folder / ICC).read_text() == "colours\n"


@pytest.mark.parametrize("resource", RESOURCES)
def test_without_a_resource_it_is_said(
    resource: Resource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert resource.without in provide_resource(replace(resource, places=()), tmp_path)
    assert not (tmp_path / resource.folder).exists()


def test_a_resource_is_taken_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    system = tmp_path / "hunspell"
    system.mkdir()
    for name in DICTIONARIES.files[1:]:
        (system / name).write_text(name)
    there = replace(DICTIONARIES, places=(str(system),))
    assert DICTIONARIES.without in provide_resource(there, tmp_path / "venv")
    (system / DICTIONARIES.files[0]).write_text("the last one")
    assert provide_resource(there, tmp_path / "venv") == ""
    put = sorted(one.name for one in (tmp_path / "venv" / DICTIONARIES.folder).iterdir())
    assert put == sorted(DICTIONARIES.files)


def test_a_profile_of_the_system_is_copied(tmp_path: Path) -> None:
    (tmp_path / "tex" / "colorprofiles").mkdir(parents=True)
    (tmp_path / "tex" / "colorprofiles" / ICC).write_bytes(b"its own")
    assert provide_resource(replace(PROFILE, places=(str(tmp_path / "tex"),)), tmp_path) == ""
    assert (tmp_path / PROFILE.folder / ICC).read_bytes() == b"its own"


def parchment() -> Need:
    """Return the need of a program that only an installation puts there."""
    return Need("Parchment", program("parchment"), {"apt-get": "calf goat"})


APT_GET = """
echo "$@" >> {log}
case "$*" in
    *update*) exec /bin/touch {lists} ;;
    *install*) [ -f {lists} ] || {{ echo no lists; exit 100; }}; /bin/cp {log} {bin}/parchment
        exec /bin/chmod 755 {bin}/parchment ;;
esac
"""


@pytest.mark.parametrize("root", [True, False])
def test_what_lacks_is_installed_where_nobody_has_to_be_asked(
    root: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    log, lists = tmp_path / "log", tmp_path / "lists"
    tool(programs, "apt-get", APT_GET.format(log=log, lists=lists, bin=programs))
    tool(programs, "sudo", 'shift; exec "$@"')
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    assert provide([parchment()]) == ""
    said = capsys.readouterr()
    assert said.out == "Installing from the system's packages: calf goat\n"
    steps = [line.split()[-1] for line in log.read_text().splitlines()]
    asked = [] if root else ["--version"]
    assert steps == [*asked, "goat", "update", "goat"]


def test_what_cannot_be_installed_is_said_with_the_words_of_who_could_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tool(tmp_path, "apt-get", "echo the disk is full; exit 100")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setitem(PARTS, "--tests", (parchment(),))
    assert main("--tests") == 1
    said = capsys.readouterr().err
    assert said.startswith("the disk is full\n")
    assert "apt-get update && apt-get install --yes calf goat" in said


def test_who_may_not_become_root_unasked_is_told_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool(tmp_path, "apt-get", "exit 0")
    tool(tmp_path, "sudo", "echo a password is required >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    said = provide([parchment()])
    assert "sudo sh -c 'apt-get update && apt-get install --yes calf goat'" in said


def test_a_virtual_environment_has_the_resources_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    system = tmp_path / "system"
    system.mkdir()
    (system / ICC).write_bytes(b"its own")
    there = replace(PROFILE, places=(str(system),))
    lacking = replace(DICTIONARIES, places=())
    monkeypatch.setattr("publish.bootstrap.RESOURCES", (there, lacking))
    monkeypatch.setattr("publish.bootstrap.SYSTEM", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(str(tmp_path / "venv")) == 0
    assert (tmp_path / "venv" / PROFILE.folder / ICC).read_bytes() == b"its own"
    assert DICTIONARIES.without in capsys.readouterr().err
    (tmp_path / "file").write_text("in the way")
    assert main(str(tmp_path / "file" / "venv")) == 1
    assert "Katern cannot make its folder" in capsys.readouterr().err
