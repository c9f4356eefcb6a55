"""The README names every setting, command, option and target, and none that is not there."""

from __future__ import annotations

import argparse
import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from publish.book.model import CONTAINERS, PLACES
from publish.commands.line import parser as command
from publish.ground.filenames import FILES, file_of
from publish.ground.rules import RULES
from publish.manuscript.captions import Entry
from publish.manuscript.folder import ROLES, FrontMatter
from publish.settings.book_toml import Settings
from publish.settings.schema import Nested, key_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
_NAME = re.compile(r"`([a-z][a-z-]*)`")


def keys(shape: type) -> dict[str, Any]:
    """Return the keys of a table and how each is read."""
    return {key_of(field): field.metadata["read"] for field in dataclasses.fields(shape)}


def named(text: str) -> set[str]:
    """Return the names in a text, without those in brackets, which are values."""
    return set(_NAME.findall(re.sub(r"\([^()]*\)", "", text)))


def row(table: str) -> str:
    """Return what the README has in the row of a table of book.toml."""
    (found,) = re.findall(rf"^\| {re.escape(table)}\s*\| (.*) \|$", README, re.MULTILINE)
    return str(found)


def tables() -> dict[str, type]:
    """Return the tables of book.toml by the name that they have in the README."""
    shapes = {"": Settings}
    for key, read in keys(Settings).items():
        if isinstance(read, Nested):
            shapes[f"`[[{key}]]`" if read.many else f"`[{key}]`"] = read.shape
    return shapes


@pytest.mark.parametrize("table", tables())
def test_every_setting_has_its_place(table: str) -> None:
    wanted = {
        key for key, read in keys(tables()[table]).items() if table or not isinstance(read, Nested)
    }
    assert named(row(table)) == wanted


def test_tables_within_a_table() -> None:
    for table, shape in tables().items():
        for key, read in keys(shape).items():
            if table and isinstance(read, Nested):
                inside = re.search(rf"`{key}` \(([^()]*)\)", row(table))
                assert inside
                assert set(_NAME.findall(inside[1])) == set(keys(read.shape))


def paragraph(start: str) -> str:
    (found,) = (one for one in README.split("\n\n") if start in one)
    return found


def test_captions_and_front_matter() -> None:
    photo = paragraph("**`captions.toml`** has a table")
    for key in keys(Entry):
        assert re.search(rf"`{key}( = true)?`", photo), key
    matter = paragraph("Front matter knows")
    for key in keys(FrontMatter):
        assert re.search(rf"`{key}( = false)?`", matter), key


def test_the_words_of_a_manuscript() -> None:
    for word in (*ROLES, *PLACES, *CONTAINERS, ".print-only", ".epub-only", ".smallcaps"):
        assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", README), word


def verbs() -> dict[str, argparse.ArgumentParser]:
    (actions,) = (
        action for action in command()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return dict(actions.choices)


def test_every_command_and_option() -> None:
    joined = re.sub(r"\n {8,}(?=\[)", " ", README)
    shown = dict(re.findall(r"^    katern (\w+) ?(.*)$", joined, re.MULTILINE))
    assert shown.keys() == verbs().keys()
    for verb, parser in verbs().items():
        options = {name for action in parser._actions for name in action.option_strings}
        assert set(re.findall(r"--[a-z]+", shown[verb])) == options - {"-h", "--help"}, verb
        places = {
            str(action.metavar)
            for action in parser._actions
            if not action.option_strings and action.metavar
        }
        assert places <= set(re.findall(r"[A-Z]+", shown[verb])), verb


def test_every_edition() -> None:
    (only,) = re.findall(r"--only ([a-z,]+)", README)
    assert set(only.split(",")) == set(FILES)
    for name in FILES:
        assert f"`{file_of(name, '<slug>')}`" in README


def test_every_target_of_make() -> None:
    targets = set()
    for names in re.findall(r"^([a-z-]+(?: [a-z-]+)*):.*## ", MAKEFILE, re.MULTILINE):
        targets |= set(names.split())
    assert len(targets) > 10
    first = paragraph("| Target | What it makes |").split("\n")[2:]
    cells = " ".join(line.split("|")[1] for line in first)
    shown = {word for code in re.findall(r"`([^`]+)`", cells) for word in code.split()}
    assert {word for word in shown if word.islower() and "=" not in word} - {"make"} == targets


def test_every_variable_of_make() -> None:
    for name in ("BOOK", "OUT", "RAW", "TO", "FINAL"):
        assert re.search(rf"^{name} =", MAKEFILE, re.MULTILINE)
        assert re.search(rf"`[^`]*\b{name}=", README), name


def test_exit_statuses_and_the_environment() -> None:
    told = paragraph("It ends with 0")
    assert all(status in told for status in ("0 when", "1 for", "2 for"))
    assert "`SOURCE_DATE_EPOCH`" in README


def test_the_problem_shown_is_one() -> None:
    ((severity, code, message),) = re.findall(
        r"^    [\w-]+\.md:\d+:\d+: (\w+) ([A-Z]\d{3}) (.*)$", README, re.MULTILINE
    )
    rule = RULES[code]
    assert severity == rule.severity
    assert re.fullmatch(re.escape(rule.message).replace(r"\{name\}", ".*"), message)


def test_addresses_within_the_project_lead_somewhere() -> None:
    for address in re.findall(r"\]\(([^)#]+)\)", README):
        if not address.startswith(("http", "#")) and " " not in address and "." in address:
            assert (ROOT / address).exists(), address
    for path in re.findall(r"`((?:tests|publish|manuscript|styles)/[\w./-]*)`", README):
        assert (ROOT / path).exists(), path


def test_each_promise_names_a_test_that_is_there() -> None:
    text = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/\w+\.py)::(\w+)`", text)
    assert len(named) >= 20
    for file, name in named:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), name
    _, table, _ = text.split("## What is")
    rows = [line for line in table.splitlines() if line.startswith("| **")]
    assert len(rows) >= 9
    assert all("`tests/" in row for row in rows)
