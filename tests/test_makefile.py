"""The targets of the Makefile, and the locks it installs from."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def make(*words: str) -> subprocess.CompletedProcess[str]:
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "BOOK", "OUT", "RAW", "TO", "LANGUAGE")
    env = {name: value for name, value in os.environ.items() if name not in outer}
    return subprocess.run(
        ["make", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony
    listed = re.findall(r"^make ([a-z]+) ", make("help").stdout, re.MULTILINE)
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
        (["check"], '.venv/bin/katern check "$BOOK" --out "$OUT"'),
        (["clean"], '.venv/bin/katern clean "$OUT"'),
        (["import", "RAW=a b", "TO=c"], '.venv/bin/katern import "$RAW" --to "$TO"'),
    ],
)
def test_a_target_calls_katern(words: list[str], command: str) -> None:
    assert make("--dry-run", *words).stdout.splitlines()[-1].strip() == command


def test_a_python_that_is_too_old_is_told_plainly() -> None:
    said = make("--dry-run", "--assume-new=requirements.txt", "PYTHON=no-such-python", "epub")
    assert said.returncode == 2
    assert "Katern needs Python 3.11 or newer" in said.stderr


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_pin_of_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"^(?=[a-z])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE), flags=re.M)
    pin = re.compile(r"[a-z0-9-]+==\S+( ; [^\\]+)? (\\\n    --hash=sha256:[0-9a-f]{64} ?)+\n")
    assert [entry for entry in entries if entry and not pin.fullmatch(entry)] == []
    assert "://" not in text
