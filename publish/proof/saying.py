"""What is wrong, said in the language of a book where its proof is read.

In: a `Problem`, whose message is made of its rule's words and the facts of the case. Out: the same
in the book's language, as `templates/proof/findings.toml` has it; in English what it has not. The
facts are read back out of the message, so that one that was kept is said in any language too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from publish.ground.problems import Problem
from publish.ground.rules import RULES

_TABLE = Path(__file__).parent.parent / "templates" / "proof" / "findings.toml"
_FACT = re.compile(r"\{(\w+)[^}]*\}")
_ENGLISH = re.compile(
    r" mm wide| before it is cropped|, and no edge of it off the page"
    r"|\b(?:and|title|subtitle|makers|publisher)\b"
)
"""What facts have that is no word of the book."""
_MEASURES = frozenset(("gap", "width", "lines", "size"))
"""Facts that are numbers with a decimal point, which no other of these languages has."""


def said(one: Problem, language: str) -> tuple[str, bool]:
    """Return what is wrong, and whether it is said in the language, and not in English."""
    words = _table().get(language.split("-")[0].lower(), {})
    facts = _template(one.code).fullmatch(one.message) if one.code in words else None
    if facts is None:
        return one.message, False
    told = {name: _fact(name, fact, words["facts"]) for name, fact in facts.groupdict().items()}
    return words[one.code].format_map(told), True


def _fact(name: str, fact: str, words: Mapping[str, str]) -> str:
    """Return a fact of a message, what of it is English in the language."""
    if name in _MEASURES:
        return fact.replace(".", ",")
    if name == "place":
        return re.sub(r"^page\b|(?<=, )line\b", lambda word: words[word[0]], fact)
    if name in ("wide", "bled", "words"):
        return _ENGLISH.sub(lambda found: words[found[0]], fact)
    if name in ("way", "kind"):
        return words.get(fact, fact)
    if name == "room":
        count, _, unit = fact.partition(" ")
        return words["no lines"] if count == "no" else f"{count} {words.get(unit, unit)}"
    return re.sub(r"^the mark\b", words["the mark"], fact) if name == "mark" else fact


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def _template(code: str) -> re.Pattern[str]:
    """Return what finds the facts in the message of a rule."""
    pattern, last = "", 0
    message = RULES[code].message
    for fact in _FACT.finditer(message):
        pattern += f"{re.escape(message[last : fact.start()])}(?P<{fact[1]}>.*?)"
        last = fact.end()
    return re.compile(pattern + re.escape(message[last:]), re.DOTALL)
