"""Whether the texts of two manuscripts are those of one book, and where the lines of a file went.

In: texts by file, of the one and of the other. A line by which one knows a text again is long
enough to be its own, and no line of settings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence

Texts = Mapping[str, str]
_LONG = 20


def title(texts: Texts) -> str:
    """Return the title that a manuscript's settings give; empty where they give none."""
    try:
        return str(tomllib.loads(texts.get("book.toml", "")).get("title", ""))
    except ValueError:
        return ""


def is_other_book(one: Texts, other: Texts) -> bool:
    """Tell whether two manuscripts have neither the title nor a line in common."""
    return title(one) != title(other) and not _lines(one) & _lines(other)


def heirs(file: str, then: Texts, now: Texts) -> Sequence[str]:
    """Return the files that may have the lines of a file now, the likeliest first.

    A file of the same name is among them whatever its lines, and the first if it has kept any.
    """
    own = own_lines(then[file])
    shared = {name: len(own & own_lines(text)) for name, text in now.items() if _is_chapter(name)}
    kept = {name: shared.get(name, 0) for name in now if shared.get(name) or name == file}

    def order(name: str) -> tuple[bool, int, str]:
        return not (name == file and kept[name]), -kept[name], name

    return sorted(kept, key=order)


def own_lines(text: str) -> set[str]:
    """Return the lines of a text by which one knows it again."""
    return {line for line in text.splitlines() if len(line) >= _LONG}


def _lines(texts: Texts) -> set[str]:
    chapters = (text for name, text in texts.items() if _is_chapter(name))
    return {line for text in chapters for line in own_lines(text)}


def _is_chapter(name: str) -> bool:
    return not name.endswith(".toml")
