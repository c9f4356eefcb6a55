"""Marks of the manuscript that come to nothing (M)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import Rule

MARKS: Mapping[str, Rule] = MappingProxyType(
    {
        "M216": Rule(
            "error",
            "“{attributes}” is no list of attributes",
            "Write {{#id .class key=value}}, with quotes around a value that has blanks.",
        ),
        "M217": Rule(
            "error",
            "the attributes {attributes} belong to nothing",
            "They stand on the line before a block, or straight after a span, link or picture;"
            " a brace that is text is written \\{{.",
        ),
        "M250": Rule(
            "warning",
            "“{attributes}” is printed as it stands: its brace is never closed",
            "Close it with }}, or write \\{{ where a brace is meant.",
        ),
        "M233": Rule(
            "error",
            "“{written}” calls no note",
            "Write [^name], the name without blanks; a bracket that is text is written \\[.",
        ),
        "M257": Rule(
            "error",
            "“{written}” is printed as it stands: it is the address of no link",
            "The words of a link hold no other link and no call of a note, and its address has no"
            " blank; brackets that are text are written \\[ and \\].",
        ),
        "M258": Rule(
            "warning",
            "the colon that begins this line is printed: it explains no term",
            "A definition stands below one line, the term; a colon that is text is written \\:.",
        ),
        "M259": Rule(
            "error",
            "the link to “{name}” has no words, so nobody can see or follow it",
            "Write them between its brackets; an address that is to be read is written <{name}>.",
        ),
    }
)
