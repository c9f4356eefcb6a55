"""The Java that the validators run on: it stays, and where it does not, that is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from publish.checks import epubcheck, validators
from publish.checks.validators import ask
from publish.ground.problems import Problem

FakeJava = Callable[[str], None]


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeJava:
    """Let a few lines of shell stand in for Java."""
    monkeypatch.setattr(validators, "_RUNNING", {})
    path = tmp_path / "java"

    def stands_in(lines: str) -> None:
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)

    monkeypatch.setattr(validators, "java", lambda: str(path))
    return stands_in


def reason(answer: object) -> str:
    assert isinstance(answer, Problem)
    assert answer.code == "K701"
    return answer.message


def test_one_java_answers_all_questions(java: FakeJava, tmp_path: Path) -> None:
    java('n=0; while read -r line; do n=$((n+1)); echo "{\\"at\\": $n, \\"asked\\": $line}"; done')
    first, second = ask("EPUBCheck", tmp_path / "é.epub"), ask("veraPDF", tmp_path, standards={})
    assert first == {
        "at": 1,
        "asked": {"validator": "EPUBCheck", "path": str(tmp_path / "é.epub")},
    }
    assert second == {
        "at": 2,
        "asked": {"validator": "veraPDF", "path": str(tmp_path), "standards": {}},
    }
    for one in validators._RUNNING.values():
        one.end()


def test_one_that_breaks_off_is_told_and_started_anew(java: FakeJava, tmp_path: Path) -> None:
    java("echo out of memory >&2; read -r line; echo '{}'; read -r line")
    assert ask("EPUBCheck", tmp_path) == {}
    assert reason(ask("EPUBCheck", tmp_path)) == "EPUBCheck gives no report (out of memory)"
    assert ask("EPUBCheck", tmp_path) == {}
    for one in validators._RUNNING.values():
        one.end()


def test_one_that_does_not_answer_is_ended(
    java: FakeJava, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validators, "SECONDS", 0.5)
    java(f"echo $$ > {tmp_path}/pid; exec sleep 60")
    assert reason(ask("veraPDF", tmp_path)) == "veraPDF is not done after 0.5 seconds"
    assert validators._RUNNING == {}
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_file_that_breaks_a_validator_is_told(java: FakeJava, tmp_path: Path) -> None:
    java('while read -r line; do echo \'{"error": "no such thing"}\'; done')
    assert reason(ask("veraPDF", tmp_path)) == "veraPDF gives no report (no such thing)"
    java('while read -r line; do echo \'{"code": 1, "report": "", "said": "b"}\'; done')
    validators._RUNNING.popitem()[1].end()
    (found,) = epubcheck.run(tmp_path)
    assert found.message == "EPUBCheck gives no report (b)"
    validators._RUNNING.popitem()[1].end()


def test_it_ends_with_the_program(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text(
        f"#!/bin/sh\necho $$ > {tmp_path}/pid\nread -r line; echo '{{}}'; exec sleep 60\n"
    )
    java.chmod(0o755)
    program = (
        "import sys; from pathlib import Path; from publish.checks import validators\n"
        "validators.java = lambda: sys.argv[1]\n"
        "assert validators.ask('veraPDF', Path('x')) == {}\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program, str(java)], check=True)
    pid = int((tmp_path / "pid").read_text())
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("it is still there")
