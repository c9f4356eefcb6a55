"""The targets of the Makefile, and the locks it installs from."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def make(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "BOOK", "OUT", "RAW", "TO", "LANGUAGE")
    env = {name: value for name, value in os.environ.items() if name not in outer}
    return subprocess.run(
        ["make", *words], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


def test_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony
    listed = re.findall(r"^make ([a-z-]+) ", make("help").stdout, re.MULTILINE)
    assert sorted(listed) == sorted(set(phony[1].split()) - {"broken"})


@pytest.mark.parametrize("words", [[], ["RAW=notes.txt"], ["TO=book"]])
def test_import_without_its_two_names_prints_its_usage(words: list[str]) -> None:
    made = make("import", *words)
    assert made.returncode == 2
    assert made.stderr.startswith("usage: make import RAW=file TO=folder")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["epub"], '.venv/bin/katern build "$BOOK" --out "$OUT"  --only epub'),
        (
            ["proof", "FINAL=yes"],
            '.venv/bin/katern build "$BOOK" --out "$OUT" --final --only proof',
        ),
        (
            ["proof", "ROUND=2"],
            '.venv/bin/katern build "$BOOK" --out "$OUT"  --only proof --round "$ROUND"',
        ),
        (["catalogue", "CATALOGUE=a b"], '.venv/bin/katern catalogue build "$CATALOGUE"'),
        (["check"], '.venv/bin/katern check "$BOOK" --out "$OUT"'),
        (["import", "RAW=a b", "TO=c"], '.venv/bin/katern import "$RAW" --to "$TO"'),
    ],
)
def test_a_target_calls_katern(words: list[str], command: str) -> None:
    assert make("--dry-run", *words).stdout.splitlines()[-1].strip() == command


def test_a_catalogue_without_its_name_prints_its_usage() -> None:
    made = make("catalogue")
    assert made.returncode == 2
    assert made.stderr.startswith("usage: make catalogue CATALOGUE=file")


def test_clean_needs_nothing_installed_and_takes_only_what_was_made(tmp_path: Path) -> None:
    clone, out = tmp_path / "clone", tmp_path / "uit map"
    shutil.copytree(ROOT / "publish", clone / "publish", ignore=shutil.ignore_patterns("__py*"))
    shutil.copy(ROOT / "Makefile", clone)
    (out / ".katern").mkdir(parents=True)
    record = {"outputs": {"epub": {"file": "boek.epub"}, "print": {"file": "../eigen.txt"}}}
    (out / ".katern" / "0.json").write_text(json.dumps(record))
    for name in ("boek.epub", "report.html", "eigen.epub"):
        (out / name).write_text(name)
    (tmp_path / "eigen.txt").write_text("eigen")
    before = {path.name for path in clone.iterdir()}
    # A bare Python: none of what the tests have is on its path.
    bare = subprocess.run(
        ["python3", "-c", "import sys; print(sys.base_prefix)"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    said = make("clean", f"OUT={out}", f"PYTHON={bare}/bin/python3", cwd=clone)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    assert {path.name for path in out.iterdir()} == {"eigen.epub"}
    assert (tmp_path / "eigen.txt").read_text() == "eigen"
    assert {path.name for path in clone.iterdir()} == before
    assert not list(clone.rglob("__pycache__"))


@pytest.mark.parametrize(
    ("words", "left_out"), [(["test"], False), (["test", "BROWSER_TESTS=no"], True)]
)
def test_the_tests_that_need_a_browser_are_left_out_only_when_asked(
    words: list[str], left_out: bool
) -> None:
    assert ("--no-browser" in make("--dry-run", *words).stdout) is left_out


def test_a_python_that_is_too_old_is_told_plainly() -> None:
    said = make("--dry-run", "--assume-new=requirements.txt", "PYTHON=no-such-python", "epub")
    assert said.returncode == 2
    assert "Katern needs Python 3.11 or newer" in said.stderr


LOCKS = sorted(
    one.relative_to(ROOT).as_posix()
    for one in (*ROOT.glob("requirements*.txt"), *ROOT.glob("tests/**/requirements.txt"))
)


def test_the_audit_asks_about_each_lock_and_fails_where_it_cannot(tmp_path: Path) -> None:
    said = make("--dry-run", "audit").stdout
    assert len(LOCKS) == 6
    for lock in LOCKS:
        assert f"--requirement {lock} ||" in said
    for one in ROOT.glob("tests/**/package-lock.json"):
        assert f"cp {one.parent.relative_to(ROOT).as_posix()}/package.json" in said
    # What asks is a program that ends as one does that reaches nobody.
    audit = tmp_path / "audit"
    (audit / "bin").mkdir(parents=True)
    (audit / "bin" / "pip-audit").write_text("#!/bin/sh\necho unreachable >&2; exit 1\n")
    (audit / "bin" / "pip-audit").chmod(0o755)
    told = make("audit", f"AUDIT={audit}", "READY_TO_AUDIT=Makefile", "READY_TO_TEST=Makefile")
    assert told.returncode == 2
    assert "unreachable" in told.stderr
    assert "requirements.txt has a hole, or could not be asked about" in told.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_of_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"^(?=[a-z])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE), flags=re.M)
    pin = re.compile(r"[a-z0-9-]+==\S+( ; [^\\]+)? (\\\n    --hash=sha256:[0-9a-f]{64} ?)+\n")
    assert [entry for entry in entries if entry and not pin.fullmatch(entry)] == []
    assert "://" not in text
