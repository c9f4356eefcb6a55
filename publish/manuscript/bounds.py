"""Whether a manuscript is larger than a book can be, and can be kept on any disk.

In: the folder, or the `Book` as it was read, and the limits of `book.toml`. Out: problems T104 to
T107, T109, M244 to M246, M251 and S137.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from publish.book.inlines import plain
from publish.book.model import Block, Blocks, Book, CodeBlock, Heading, Table
from publish.book.walking import lines_of, walk
from publish.ground.container import folded
from publish.ground.problems import Problem, problem
from publish.ground.root import FOLDERS, BookRoot
from publish.ground.source import MARKDOWN, Span
from publish.ground.units import MB, megabytes
from publish.settings.limits import LimitSettings


def check_folder(root: BookRoot, limits: LimitSettings) -> list[Problem]:
    """Report a folder of more, or larger, files than a book has."""
    at = Span("book.toml")
    texts = [root.size(name) for name in root.files(suffixes=(".toml", *MARKDOWN))]
    others = [root.size(folder, name) for folder in FOLDERS for name in root.files(folder)]
    count, text, size = len(texts) + len(others), sum(texts), sum(texts) + sum(others)
    found = []
    if count > limits.files:
        found.append(problem("T104", at, count=count, most=limits.files))
    if text > limits.text * MB:
        found.append(problem("T105", at, size=megabytes(text), most=limits.text))
    if size > limits.size * MB:
        found.append(problem("T106", at, size=megabytes(size), most=limits.size))
    return found


def check_names(root: BookRoot) -> list[Problem]:
    """Report files that cannot be named, or told apart by capitals, on every system."""
    found = []
    for folders in ((), *((folder,) for folder in FOLDERS)):
        for name in root.unknown(*folders):
            if folders or PurePath(name).suffix.lower() in (".toml", *MARKDOWN):
                found.append(problem("T109", Span("/".join((*folders, name))), name=name))
        seen: dict[str, str] = {}
        for name in root.files(*folders):
            first = seen.setdefault(folded(name), name)
            if first != name:
                at = Span("/".join((*folders, name)))
                found.append(problem("T107", at, name=name, other=first))
    return found


def check_book(book: Book) -> list[Problem]:
    """Report a title, paragraphs, tables and notes that are longer than any can be set."""
    limits = book.settings.limits
    found = []
    if len(book.settings.title) > limits.heading:
        length = len(book.settings.title)
        found.append(problem("S137", None, length=length, most=limits.heading))
    for photo in book.photos.values():
        length = len(plain(photo.caption))
        if length > limits.paragraph:
            found.append(problem("M244", photo.span, length=length, most=limits.paragraph))
    for chapter in book.chapters:
        title = (chapter.title,) if chapter.title else ()
        found += _long((*title, *chapter.blocks), limits)
        for note in chapter.notes:
            found += _long(note.blocks, limits)
            length = sum(_length(block) for block in walk(note.blocks))
            if length > limits.note:
                facts = {"name": note.label, "length": length, "most": limits.note}
                found.append(problem("M246", note.span, **facts))
    return found


def _long(blocks: Blocks, limits: LimitSettings) -> Iterator[Problem]:
    for block in walk(blocks):
        if isinstance(block, Table):
            count = len(block.head) + sum(map(len, block.rows))
            if count > limits.cells:
                yield problem("M245", block.span, count=count, most=limits.cells)
        lines = [len(plain(line)) for line in lines_of(block)]
        longest = max([*lines, len(block.value) if isinstance(block, CodeBlock) else 0])
        if isinstance(block, Heading) and longest > limits.heading:
            yield problem("M251", block.span, length=longest, most=limits.heading)
        if longest > limits.paragraph:
            yield problem("M244", block.span, length=longest, most=limits.paragraph)


def _length(block: Block) -> int:
    own = len(block.value) if isinstance(block, CodeBlock) else 0
    return own + sum(len(plain(line)) for line in lines_of(block))
