"""Fields of a paragraph of a word processor's file: what is shown of them, and where they lead.

In: the marks of fields, one by one, and the words that they ask for (ECMA-376, part 1, 17.16). Out:
whether what comes next is shown, the address that it is a link to, and what is told of one that is
none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct

from publish.ground.addresses import leads_nowhere
from publish.importing.docx.calls import Told
from publish.importing.lines import BARRED, plain
from publish.importing.model import Mark
from publish.manuscript.markdown.addresses import disguise

SCHEMES = ("http://", "https://", "mailto:")
_ARGUMENT = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.)*)"?|\\(?P<switch>[a-zA-Z*@#!])|(?P<bare>[^\s"]+)', re.DOTALL
)
"""What an instruction is made of (17.16.1): words, words in quotes, switches."""
_ESCAPED = re.compile(r'\\(["\\])')
_TAKING = ("l", "o", "t", "*", "@", "#")
"""Switches that an argument belongs to (17.16.5.25, and 17.16.4 for any field)."""
_REFERRING = ("REF", "PAGEREF", "NOTEREF")
REFERENCE: Told = ("reference", "a place in the document")
"""What is noted of a field that leads there (17.16.5); it is told once of all of them."""
_LOST = re.compile(r"[\t\r\n]")
"""What no reader of an address sees in it (URL Standard, 4.4)."""
_UNFIT = re.compile(r"[\s\\()]")
"""What would end an address in a manuscript."""


class Asked(Struct, frozen=True):
    """An instruction: its name, its arguments, its switches with theirs."""

    name: str = ""
    arguments: tuple[str, ...] = ()
    switches: Mapping[str, str] = {}


class Field(Struct):
    """A field that has begun: what it asks for and whether that is still being said; its link."""

    asks: str = ""
    asking: bool = True
    leads: str = ""


def follow(kind: str, fields: list[Field]) -> list[Told]:
    """Follow a field: what stands between its beginning and its separator is not shown.

    Returns what is told of where it leads.
    """
    if kind == "begin":
        fields.append(Field())
    elif kind == "separate" and fields:
        fields[-1].asking = False
        fields[-1].leads, told = asked(fields[-1].asks)
        return told
    elif kind == "end" and fields:
        fields.pop()
    return []


def linked(marks: tuple[Mark, ...], fields: Sequence[Field]) -> tuple[Mark, ...]:
    """Return marks with that of the link which the innermost of such fields asks for."""
    return with_link(marks, next((one.leads for one in reversed(fields) if one.leads), ""))


def with_link(marks: tuple[Mark, ...], address: str) -> tuple[Mark, ...]:
    """Return marks with a link; a link within another is none."""
    if not address or any(mark.kind == "link" for mark in marks):
        return marks
    return (*marks, Mark("link", address))


def parsed(asks: str) -> Asked:
    """Return an instruction in its parts."""
    name, taking = "", ""
    arguments: list[str] = []
    switches: dict[str, str] = {}
    for match in _ARGUMENT.finditer(asks):
        if switch := match["switch"]:
            taking = switch.lower()
            switches.setdefault(taking, "")
            continue
        quoted = match["quoted"]
        word = str(match["bare"]) if quoted is None else _ESCAPED.sub(r"\1", quoted)
        if not name:
            name = word.upper()
        elif taking in _TAKING:
            switches[taking] = word
        else:
            arguments.append(word)
        taking = ""
    return Asked(name, tuple(arguments), switches)


def asked(asks: str) -> tuple[str, list[Told]]:
    """Return the address on the web that a field leads to, "" for none, and what is told of it."""
    field = parsed(asks)
    if field.name in _REFERRING or (field.name == "HYPERLINK" and not field.arguments):
        return "", [REFERENCE]
    if field.name != "HYPERLINK":
        return "", []
    return safe(field.arguments[0], field.switches.get("l", ""))


def safe(address: str, place: str = "") -> tuple[str, list[Told]]:
    """Return an address on the web, and a place there, as it may stand in a link; "" for any other.

    With it comes what is told of one that is another in the manuscript, or none.
    """
    whole = BARRED.sub("", f"{address.strip()}#{place}" if place else address.strip())
    one = _LOST.sub("", whole)
    said = _UNFIT.sub(lambda match: quote(match[0]), one)
    known = said.lower().startswith(SCHEMES) and "<" not in said
    if not known or leads_nowhere(said) or disguise(said):
        message = f"here stood a link to “{plain(whole)}”, which is no address on the web"
        return "", [("link", message)] if whole else []
    broken = "here stood a link with a tab or the end of a line in its address, which is now"
    return said, [("link", f"{broken} {said}")] if one != whole else []
