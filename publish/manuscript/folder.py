"""The manuscript folder → `Book`.

In: a folder with book.toml, chapter files, captions.toml and photos/. Out: the `Book` with an
id on every heading, and all problems found on the way; no `Book` where an error stands
in the way of reading on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from msgspec import Struct

from publish.book.inlines import Edition
from publish.book.model import Block, Book, Chapter, Heading, Photo
from publish.book.structure import structured
from publish.ground.guard import at, bound, bounded
from publish.ground.problems import Problem, problem, unreadable
from publish.ground.root import FOLDERS, BookRoot
from publish.ground.source import MARKDOWN, SourceFile, Span, Unreadable, read_source
from publish.manuscript.bounds import check_book, check_folder, check_names
from publish.manuscript.captions import read_captions
from publish.manuscript.markdown import Read, read_blocks
from publish.manuscript.order import running_order
from publish.settings.book_toml import Settings, read_settings
from publish.settings.schema import (
    STEERING,
    TURNING,
    choice,
    flag,
    nearest,
    read_table,
    setting,
    text,
)
from publish.settings.toml import at_settings, place_of, read_toml

ROLES = (
    "chapter",
    "standfirst",
    "foreword",
    "introduction",
    "epigraph",
    "timeline",
    "persons",
    "appendix",
    "afterword",
    "colophon",
)
UNTITLED = ("standfirst", "epigraph", "colophon")
_UNREAD = ("T100", "T101", "T103")
_MISSED = ("C301", "C302", "C306", "C308", "M201", "M209", "S106", "S109")
"""What may only seem to be missing while a file cannot be read."""
_TEXTS = (".toml", *MARKDOWN)
Sources = dict[str, SourceFile]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the two lines `+++` at the head of a chapter."""

    role: str = setting(choice(*ROLES), "what part of the book it is", "chapter")
    short: str = setting(text, "the title in the running head", "")
    start: str = setting(choice("run-on", "page", "recto"), "where it begins", "")
    only: Edition | None = setting(choice("print", "epub"), "the one edition that has it", None)
    toc: bool = setting(flag, "whether it stands in the contents", True)
    index: bool = setting(flag, "whether its terms tell where they are met", False)


class Manuscript(Struct, frozen=True):
    """A book as it was read: the `Book`, the problems, and the text of each of its files."""

    book: Book | None
    problems: list[Problem]
    sources: Sources


def read_manuscript(folder: Path, read: Read = read_blocks) -> Manuscript:
    """Read a manuscript folder, each chapter by `read`; names in places are relative to it."""
    root = BookRoot(folder)
    sources: Sources = {}
    problems = [*refused(root), *check_names(root)]
    settings, found = _settings(root, sources)
    problems += found
    if settings is None:
        return Manuscript(None, problems, sources)
    limits = settings.limits
    bound(limits.seconds, limits.memory)
    if found := check_folder(root, limits):
        return Manuscript(None, at_settings([*problems, *found], sources["book.toml"]), sources)
    with bounded():
        return _read_whole(root, settings, problems, sources, read)


def _read_whole(
    root: BookRoot, settings: Settings, problems: list[Problem], sources: Sources, read: Read
) -> Manuscript:
    """Read what book.toml is about; `problems` are those found up to there."""
    photos, found = _photos(root, settings, sources)
    problems += found
    names, found = running_order(root, settings, sources["book.toml"])
    problems += found + _cover(settings, photos, sources["book.toml"])
    chapters = []
    for name in names:
        at(f"{name}:1")
        chapter, found = _chapter(root, name, settings, sources, read)
        problems += found
        if chapter:
            chapters.append(chapter)
    if not names and not settings.running_order:
        problems.append(problem("M201", Span("book.toml")))
    book, found = structured(Book(settings, tuple(chapters), photos))
    problems += [*found, *check_book(book)]
    if any(one.code in _UNREAD for one in problems):
        problems = [one for one in problems if one.code not in _MISSED]
    problems = at_settings(problems, sources["book.toml"])
    return Manuscript(book if chapters else None, problems, sources)


def refused(root: BookRoot) -> list[Problem]:
    """Report what a book would be made of if it did not lead out of its folder, or were a file."""
    top = [(one.name, one) for one in root.refused()]
    found = [one for one in top if one[0] in FOLDERS or PurePath(one[0]).suffix.lower() in _TEXTS]
    found += [(f"{name}/{one.name}", one) for name in FOLDERS for one in root.refused(name)]
    told = [problem("T103", Span(file), file=file, reason=one.strerror) for file, one in found]
    named = (one for one in root.folders() if PurePath(one).suffix.lower() in _TEXTS)
    return [*told, *(problem("T108", Span(one), name=one) for one in named)]


def _read(root: BookRoot, name: str, sources: Sources) -> list[Problem]:
    """Read one file into `sources`."""
    try:
        source = read_source(lambda: root.read(name), name)
    except Unreadable as error:
        return [unreadable(error)]
    sources[name] = source
    return []


def _settings(root: BookRoot, sources: Sources) -> tuple[Settings | None, list[Problem]]:
    if "book.toml" in {one.name for one in root.refused()}:
        return None, []
    if not root.has("book.toml"):
        advice = "Begin a book with “katern new FOLDER”."
        return None, [problem("T102", None, name="book.toml", folder=root.folder, advice=advice)]
    problems = _read(root, "book.toml", sources)
    if "book.toml" not in sources:
        return None, problems
    settings, found = read_settings(sources["book.toml"])
    return settings, problems + found


def _photos(
    root: BookRoot, settings: Settings, sources: Sources
) -> tuple[dict[str, Photo], list[Problem]]:
    problems: list[Problem] = []
    if root.has("captions.toml"):
        problems = _read(root, "captions.toml", sources)
    source = sources.get("captions.toml", SourceFile("captions.toml", ""))
    photos, found = read_captions(source, root, settings.limits)
    return photos, problems + found


def _cover(settings: Settings, photos: dict[str, Photo], source: SourceFile) -> list[Problem]:
    name = settings.cover.photo
    if not name or name in photos:
        return []
    at = place_of(source, "cover", "photo")
    return [problem("S109", at, name=name, nearest=nearest(name, photos))]


def _chapter(
    root: BookRoot, name: str, settings: Settings, sources: Sources, read: Read
) -> tuple[Chapter | None, list[Problem]]:
    problems = _read(root, name, sources)
    if name not in sources:
        return None, problems
    source = sources[name]
    front, first_line, found = _front_matter(source)
    problems += [*found, *_strange(source, first_line)]
    content, found = read(source, first_line, settings.allow_html, settings.limits.nesting)
    problems += found
    title: Heading | None = None
    blocks: list[Block] = []
    for block in content.blocks:
        if title is None and isinstance(block, Heading) and block.level == 1:
            title = block
            if blocks:
                problems.append(problem("M227", blocks[0].span))
        else:
            blocks.append(block)
    if not blocks and not problems:
        problems.append(problem("M221", source.line_span(first_line)))
    elif title is None and front.role not in UNTITLED:
        problems.append(problem("M202", source.line_span(first_line)))
    chapter = Chapter(
        name=name.removesuffix(".md"),
        file=name,
        title=title,
        blocks=tuple(blocks),
        notes=content.notes,
        role=front.role,
        short=front.short,
        start=front.start,
        only=front.only,
        in_contents=front.toc,
        index=front.index,
    )
    return chapter, problems


def _strange(source: SourceFile, first_line: int) -> Iterator[Problem]:
    """Report characters that steer a machine or a line, from a 1-based line on.

    What stands before it is TOML, whose texts have none (`settings.schema.text`).
    """
    for match in STEERING.finditer(source.text, source.offset(first_line)):
        at = source.span(match.start())
        if match[0] in "\u202c\u2069" and TURNING.search(source.line(at.line)[: at.column - 1]):
            continue  # It ends what the one before it begins.
        code = "M248" if TURNING.match(match[0]) else "M223"
        yield problem(code, at, number=ord(match[0]))


def _front_matter(source: SourceFile) -> tuple[FrontMatter, int, list[Problem]]:
    """Return the front matter, the 1-based line after it, and problems in their right places."""
    if source.line(1).rstrip() != "+++":
        return FrontMatter(), 1, []
    closing = next(
        (n for n in range(2, len(source.starts) + 1) if source.line(n).rstrip() == "+++"), 0
    )
    if not closing:
        # What is meant as text begins at the first heading, as far as one can tell.
        text = (n for n in range(2, len(source.starts) + 1) if source.line(n).startswith("#"))
        return FrontMatter(), next(text, 2), [problem("M205", source.span(0))]
    # The TOML keeps its place in the file: what stands around it becomes blank lines.
    inside = source.text[source.offset(2) : source.offset(closing)]
    blank = SourceFile(source.path, "\n" + inside)
    document, problems = read_toml(blank)
    if document is None:
        return FrontMatter(), closing + 1, problems
    front, found = read_table(document, (), document.values, FrontMatter)
    return front or FrontMatter(), closing + 1, problems + found
