"""A table of TOML read into a frozen dataclass, every fault told with its place.

In: a `TomlDocument`, the path of a table in it, and a dataclass whose fields were made by
`setting`. Out: an instance (None where an error stood in the way) and problems S101 to S103. The
name of a field with its underscores as hyphens is the key.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from msgspec import Struct

from publish.ground.problems import Problem, problem
from publish.settings.toml import Path, TomlDocument

T = TypeVar("T")
_MOST_NAMED = 12
_LEAST_BEGUN = 3
"""A name of so many letters is meant where a key begins with it."""
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates of UAX 9, 2: text that is not in the order that is read."""
STEERING = re.compile(
    f"{TURNING.pattern}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)
"""These, control characters, ends of lines of Unicode's own, and what is no character."""
Reader = Callable[[Any], Any]


class Wrong(Exception):
    """A value that does not fit; the text says what is expected."""


class Nested(Struct, frozen=True):
    """Reads a sub-table (or, with `many`, an array of tables) into a dataclass."""

    shape: type
    many: bool = False


def setting(
    read: Reader | Nested, doc: str, default: Any = dataclasses.MISSING, name: str = ""
) -> Any:
    """Declare a field: how a value is read, what it means, its default (none: it must be there)."""
    metadata = {"read": read, "doc": doc, "name": name}
    if default is dataclasses.MISSING or default.__hash__ is not None:
        return dataclasses.field(default=default, metadata=metadata)
    return dataclasses.field(default_factory=lambda: default, metadata=metadata)


def key_of(field: dataclasses.Field[Any]) -> str:
    """Return the key under which a field stands in the file."""
    return str(field.metadata["name"]) or field.name.replace("_", "-")


def read_table(
    document: TomlDocument, path: Path, values: Mapping[str, Any], shape: type[T]
) -> tuple[T | None, list[Problem]]:
    """Read the table at `path` into `shape`; every fault in it is gathered."""
    fields = {key_of(field): field for field in dataclasses.fields(shape)}  # type: ignore[arg-type]
    strangers = [key for key in values if key not in fields]
    problems = [
        problem("S101", document.key((*path, key)), key=key, nearest=nearest(key, fields))
        for key in strangers
    ]
    meant = {near for key in strangers for near in _near(key, fields)}
    read: dict[str, Any] = {}
    lacking = False
    for key, field in fields.items():
        if key in values:
            value, found = _read_value(document, (*path, key), values[key], field.metadata["read"])
            problems += found
            if value is not None:
                read[field.name] = value
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            lacking = True
            if key not in meant:  # else it is there, misspelt, and told of
                facts = {"key": key, "doc": field.metadata["doc"]}
                problems.append(problem("S103", document.key(path), **facts))
    if lacking or any(found.code in ("S102", "S103") for found in problems):
        return None, problems
    return shape(**read), problems


def _read_value(
    document: TomlDocument, path: Path, value: Any, read: Reader | Nested
) -> tuple[Any, list[Problem]]:
    try:
        if not isinstance(read, Nested):
            return read(value), []
        if not read.many:
            return read_table(document, path, expect(dict, value, "a table"), read.shape)
        rows: list[Any] = []
        problems: list[Problem] = []
        for number, row in enumerate(expect(list, value, "an array of tables, [[like this]]")):
            table = expect(dict, row, "a table")
            made, found = read_table(document, (*path, number), table, read.shape)
            rows.append(made)
            problems += found
        return (None if None in rows else tuple(rows)), problems
    except Wrong as wrong:
        return None, [problem("S102", document.value(path), key=path[-1], expected=str(wrong))]


def nearest(key: str, known: Collection[str]) -> str:
    """Return “Did you mean …”, or the list of what is known where nothing is near."""
    close = _near(key, known)
    if close:
        return f"Did you mean “{close[0]}”?"
    if not known:
        return "There is none at all."
    names = sorted(known)
    more = f", and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"Known here: {', '.join(names[:_MOST_NAMED])}{more}."


def _near(key: str, known: Collection[str]) -> list[str]:
    """Return the name that a key may well be meant for; none where none is near."""
    # “alternative” for “alt”: fewer letters of it are the same than of “decorative”.
    begun = [one for one in known if len(one) >= _LEAST_BEGUN and key.startswith(one)]
    if begun:
        return [max(begun, key=len)]
    return difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)


def expect(kind: type[T], value: Any, what: str) -> T:
    """Return `value` when it is of `kind` (a boolean is no number), else raise `Wrong`."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Wrong(what)
    return value


def text(value: Any) -> str:
    """Read a non-empty text."""
    read = expect(str, value, "a text in quotes").strip()
    if not read:
        raise Wrong("a text that is not empty")
    if STEERING.search(read):
        raise Wrong("a text without control characters")
    return read


def texts(value: Any) -> tuple[str, ...]:
    """Read a list of texts."""
    return tuple(text(item) for item in expect(list, value, 'a list of texts, ["a", "b"]'))


def flag(value: Any) -> bool:
    """Read true or false."""
    return expect(bool, value, "true or false")


def whole(least: int, most: int) -> Reader:
    """Make a reader of a whole number between two bounds, both included."""

    def read(value: Any) -> int:
        what = f"a whole number from {least} to {most}"
        number = expect(int, value, what)
        if not least <= number <= most:
            raise Wrong(what)
        return number

    return read


def number(least: float, most: float) -> Reader:
    """Make a reader of a number between two bounds, both included."""

    def read(value: Any) -> float:
        what = f"a number from {least:.15g} to {most:.15g}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Wrong(what)
        if not least <= value <= most:
            raise Wrong(what)
        return float(value)

    return read


def choice(*names: str) -> Reader:
    """Make a reader of one of some words."""

    def read(value: Any) -> str:
        what = " or ".join(f'"{name}"' for name in names)
        word = expect(str, value, what)
        if word not in names:
            close = difflib.get_close_matches(word, names, n=1)
            raise Wrong(f'{what} (did you mean "{close[0]}"?)' if close else what)
        return word

    return read
