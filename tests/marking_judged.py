"""Whether marks came back at their words, and whether what they propose was done.

In: the truths of a marked PDF, what was told of it, and the texts of the manuscript. Out: the marks
that were lost; the texts and the books as they should be. The truth is got by cutting and pasting
alone.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from lxml import etree
from marking import Box, Truth

from publish.building.build import build


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def wrong(
    truths: Sequence[Truth], told: Sequence[Mapping[str, Any]], sources: Mapping[str, str]
) -> list[Truth]:
    """Return the marks that did not come back at exactly their place, with their words and more."""
    left = list(told)
    lost = []
    for truth in truths:
        word, text = truth.word, sources[truth.word.file]
        start = word.end if truth.kind == "insert" else word.start
        wanted = {
            "file": word.file, "line": place(text, start)[0], "column": place(text, start)[1],
            "end_line": place(text, word.end)[0], "end_column": place(text, word.end)[1],
            "words": text[word.start : word.end], "kind": truth.kind, "comment": truth.comment,
            "replacement": truth.replacement, "author": truth.author, "placed": True,
            "created": truth.created, "page": truth.page,
        }  # fmt: skip
        found = [
            one for one in left if stands(one, truth.rects[0])
            and all(one[key] == value for key, value in wanted.items())
        ]  # fmt: skip
        if found:
            left.remove(found[0])
        else:
            lost.append(truth)
    return lost


def stands(one: Mapping[str, Any], rect: Box) -> bool:
    """Tell whether a note has the rectangle of a mark, but for how a PDF writes numbers."""
    return all(abs(a - b) < 0.01 for a, b in zip(one["rect"], rect, strict=True))


def mended(truths: Sequence[Truth], sources: Mapping[str, str]) -> dict[str, str]:
    """Return each file with every proposal made in it.

    A word taken out takes a blank with it: the one before it, or at the head of a line, in whatever
    that is indented, and after a quote that it opens the one behind.
    """
    made = dict(sources)
    for truth in sorted(truths, key=lambda one: one.word.start, reverse=True):
        if truth.replacement is not None:
            text = made[truth.word.file]
            start = truth.word.end if truth.kind == "insert" else truth.word.start
            before, after = text[:start], text[truth.word.end :]
            heads = before.rpartition("\n")[2].strip(" >") == ""
            if not truth.replacement and before.endswith(" ") and not heads:
                before = before.removesuffix(" ")
            elif not truth.replacement:
                after = after.removeprefix(" ")
            made[truth.word.file] = before + truth.replacement + after
    return made


def rebuilt_alike(folder: Path, texts: Mapping[str, str], other: Path) -> list[str]:
    """Return where the e-book of a manuscript differs from that of the same with other texts.

    `other` is where that one is written. Both are made without a list of pages, for which they
    would be laid out. Compared are the words of each document as lxml reads them, and the bytes of
    all other files but the package, whose identifier is that of its contents.
    """
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("*.orig", "rounds"))
    for name, text in texts.items():
        (other / name).write_text(text, encoding="utf-8")
    books = []
    for one in (folder, other):
        settings = one / "book.toml"
        kept = settings.read_text(encoding="utf-8")
        settings.write_text(kept + "\n[epub]\npage-list = false\n", encoding="utf-8")
        built = build(one, other / "out" / one.name, ("epub",))
        settings.write_text(kept, encoding="utf-8")
        assert len(built.made) == 1, built.problems
        books.append(read_back(built.made[0]))
    first, second = books
    assert len(first) > 5 and sum(map(len, first.values())) > 500
    return [
        f"{name}: {words}"
        for name in sorted({*first, *second})
        for words in _different(first.get(name, []), second.get(name, []))
    ]


def read_back(epub: Path) -> dict[str, Sequence[str | bytes]]:
    """Return the words of each document of an e-book, and the bytes of its other files."""
    read: dict[str, Sequence[str | bytes]] = {}
    with zipfile.ZipFile(epub) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith((".xhtml", ".ncx")):
                read[name] = " ".join(etree.fromstring(data).itertext()).split()
            elif not name.endswith(".opf"):
                read[name] = [data]
    return read


def _different(one: Sequence[str | bytes], other: Sequence[str | bytes]) -> Iterator[str]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes() if one != other else ():
        if kind != "equal":
            yield f"{one[a:b]} is {other[c:d]}"[:200]
