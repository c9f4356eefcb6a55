"""TOML with places: what a key holds, and where the key and its value stand.

In: a `SourceFile`. Out: a `TomlDocument` of plain values (tomllib, TOML 1.0) and the span of each
key and value (tree-sitter's grammar, which keeps positions; tomllib has none). Problems: T101.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tree_sitter_toml
from msgspec import Struct
from tree_sitter import Language, Node, Parser

from publish.ground.problems import Problem
from publish.ground.rules import RULES
from publish.ground.source import SourceFile, Span
from publish.settings.toml_faults import syntax_problem

Path = tuple[str | int, ...]

_LANGUAGE = Language(tree_sitter_toml.language())
_QUOTES = ('"""', "'''", '"', "'")
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\s+|.)")
_KEYS = {"bare_key", "quoted_key", "dotted_key"}


class TomlDocument(Struct, frozen=True):
    """The values of a TOML file and the spans of its keys and values, by path."""

    values: Mapping[str, Any]
    keys: Mapping[Path, Span]
    cells: Mapping[Path, Span]
    whole: Span

    def key(self, path: Path) -> Span:
        """Return where a key stands; its nearest parent's place for one that is not there."""
        while path and path not in self.keys:
            path = path[:-1]
        return self.keys[path] if path else self.whole

    def value(self, path: Path) -> Span:
        """Return where a value stands, else where its key does."""
        return self.cells.get(path) or self.key(path)


def read_toml(source: SourceFile) -> tuple[TomlDocument | None, list[Problem]]:
    """Parse a TOML file; None with one problem when it is no TOML."""
    try:
        return _read(source), []
    except (ValueError, RecursionError) as error:
        return None, [syntax_problem(source, error)]


def _read(source: SourceFile) -> TomlDocument:
    values = tomllib.loads(source.text)
    keys: dict[Path, Span] = {}
    cells: dict[Path, Span] = {}
    tree = Parser(_LANGUAGE).parse(source.text.encode("utf-8"))
    for path, key, value in _entries(tree.root_node):
        # A table that only dotted keys make stands where the first of them does.
        for end in range(1, len(path) + 1):
            keys.setdefault(path[:end], _span(source, key))
        if value is not None:
            cells[path] = _span(source, value)
    return TomlDocument(values, keys, cells, source.span(0))


def at_settings(problems: Iterable[Problem], source: SourceFile) -> list[Problem]:
    """Return problems; one without a place of its own is told at the setting that decides it.

    `source` is book.toml. A setting that is not there has the place of its table.
    """
    told, document = list(problems), None
    for at, one in enumerate(told):
        key = RULES[one.code].setting
        if key and one.span in (None, Span(source.path)):
            document = document or read_toml(source)[0]
            if document:
                told[at] = dataclasses.replace(one, span=document.value(tuple(key.split("."))))
    return told


def _span(source: SourceFile, node: Node) -> Span:
    return source.span(_offset(source, *node.start_point), _offset(source, *node.end_point))


def _offset(source: SourceFile, row: int, byte_column: int) -> int:
    column = len(source.line(row + 1).encode("utf-8")[:byte_column].decode("utf-8", "ignore"))
    return source.offset(row + 1, column + 1)


def placed_text(source: SourceFile, span: Span) -> list[tuple[str, int]]:
    """Return the characters of the string that stands at a span, each with its offset."""
    written = source.text[span.start : span.end]
    mark = next((one for one in _QUOTES if written.startswith(one)), "")
    at, end = len(mark), len(written) - len(mark)
    if len(mark) == 3 and written.startswith("\n", at):
        at += 1
    found = []
    while mark and at < end:
        escape = _ESCAPE.match(written, at, end) if mark[0] == '"' else None
        if escape is None:
            found.append((written[at], span.start + at))
        elif not escape[0][1].isspace():
            found.append((tomllib.loads(f'_ = "{escape[0]}"')["_"], span.start + at))
        at = escape.end() if escape else at + 1
    return found


def _entries(root: Node) -> Iterator[tuple[Path, Node, Node | None]]:
    """Yield path, key node and value node of every table header and pair, in file order."""
    counts: dict[Path, int] = {}
    for node in root.children:
        if node.type == "pair":
            yield from _pair(node, ())
        elif node.type in ("table", "table_array_element"):
            header = next(child for child in node.children if child.type in _KEYS)
            path = _resolve(_key_path(header), counts)
            if node.type == "table_array_element":
                counts[path] = counts.get(path, -1) + 1
                yield path, header, None
                path = (*path, counts[path])
            yield path, header, None
            for child in node.children:
                if child.type == "pair":
                    yield from _pair(child, path)


def _resolve(keys: tuple[str, ...], counts: Mapping[Path, int]) -> Path:
    """Put the index of the current element after each parent that is an array of tables."""
    path: Path = ()
    for number, key in enumerate(keys):
        path = (*path, key)
        if path in counts and number < len(keys) - 1:
            path = (*path, counts[path])
    return path


def _pair(node: Node, parent: Path) -> Iterator[tuple[Path, Node, Node | None]]:
    key, value = node.children[0], node.children[-1]
    path = (*parent, *_key_path(key))
    yield path, key, value
    yield from _inside(value, path)


def _inside(value: Node, path: Path) -> Iterator[tuple[Path, Node, Node | None]]:
    if value.type == "inline_table":
        for child in value.children:
            if child.type == "pair":
                yield from _pair(child, path)
    elif value.type == "array":
        items = (child for child in value.children if child.is_named and child.type != "comment")
        for number, child in enumerate(items):
            yield (*path, number), child, child
            yield from _inside(child, (*path, number))


def _key_path(node: Node) -> tuple[str, ...]:
    if node.type == "dotted_key":
        return tuple(part for child in node.children if child.is_named for part in _key_path(child))
    text = (node.text or b"").decode("utf-8")
    return (next(iter(tomllib.loads(f"{text} = 0"))),)


def place_of(source: SourceFile, *path: str | int) -> Span:
    """Return where in a TOML file the value at a path stands, or the key where it has none."""
    document, _ = read_toml(source)
    return document.value(path) if document else source.span(0)
