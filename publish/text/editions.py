"""A book as one edition shows it: what is for others left out, notes, figures and tables numbered.

In: a `Book` and the edition. Out: a new `Book` whose `targets` name what a reference can show, and
problems M234, M235, M253, M255 and M256 of what an edition lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from types import MappingProxyType

from msgspec import structs

from publish.book.credits import gathered
from publish.book.inlines import (
    CrossReference,
    Edition,
    Emphasis,
    Inline,
    Inlines,
    Link,
    NoteReference,
    Strong,
    Styled,
    plain,
    walk_inlines,
)
from publish.book.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    Container,
    DefinitionList,
    Figure,
    Heading,
    Note,
    Photo,
    Table,
    Target,
)
from publish.book.walking import (
    blocks_of,
    children,
    inlines_of,
    lines_of,
    map_blocks,
    map_inlines,
    same,
    walk,
)
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.ground.wording import wording
from publish.settings.book_toml import INKS, Settings
from publish.text.pruning import pruned, pruned_inlines

EDITIONS: Mapping[Edition, str] = MappingProxyType(
    {"print": "the printed book", "epub": "the e-book"}
)


def edition_of(book: Book, edition: Edition) -> Book:
    """Return the book that one edition shows, numbered."""
    shown = [chapter for chapter in book.chapters if chapter.only in (None, edition)]
    figures, tables = count(1), count(1)
    # Where chapters share pages, two notes of one number would meet at the foot of one.
    run_on = book.settings.print.chapters == "run-on"

    def number(block: Block) -> Block:
        if isinstance(block, Table):
            return structs.replace(block, number=next(tables))
        if isinstance(block, Figure) and not book.photos[block.photo].decorative:
            return structs.replace(block, number=next(figures))
        return block

    chapters: list[Chapter] = []
    for chapter in shown:
        chapter = pruned(chapter, edition)
        blocks = same(chapter.blocks, map_blocks(chapter.blocks, number))
        if blocks is not chapter.blocks:
            chapter = structs.replace(chapter, blocks=blocks)
        first = 1 + sum(len(one.notes) for one in chapters) if run_on else 1
        chapters.append(_with_notes(chapter, first))
    photos = {
        name: structs.replace(
            photo, caption=pruned_inlines(photo.caption, edition), ink=_ink(photo, book.settings)
        )
        for name, photo in book.photos.items()
    }
    return targeted(gathered(structs.replace(book, chapters=tuple(chapters), photos=photos)))


def _ink(photo: Photo, settings: Settings) -> str:
    """Return the inks of a photo; drawings and charts have their own colours."""
    return photo.ink or (settings.pictures.ink if photo.kind == "photo" else INKS[0])


def targeted(book: Book) -> Book:
    """Return the book with its targets as its headings now read."""
    return structs.replace(book, targets=_targets(book))


def check_edition(book: Book, edition: Edition) -> list[Problem]:
    """Report what the book of an edition lacks: chapters, words, what its references would show."""
    name = EDITIONS[edition]
    if not book.chapters:
        return [problem("M234", Span("book.toml"), edition=name)]
    texts = [inline for chapter in book.chapters for _, inline in inlines_of(chapter)]
    texts += [one for photo in book.photos.values() for one in walk_inlines(photo.caption)]
    problems = [one for chapter in book.chapters for one in _emptied(chapter, edition)]
    return problems + [
        problem("M235", inline.span, edition=name, name=inline.target)
        for inline in texts
        if isinstance(inline, CrossReference)
        and not inline.children
        and inline.target not in book.targets
    ]


def _emptied(chapter: Chapter, edition: Edition) -> Iterator[Problem]:
    """Yield what an edition leaves without a word: headings, notes, the chapter itself."""
    name = EDITIONS[edition]
    for block in blocks_of(chapter):
        if isinstance(block, Heading) and not plain(block.inlines).strip():
            yield problem("M253", block.span, edition=name)
    for note in chapter.notes:
        if not note.blocks:
            yield problem("M255", note.span, edition=name, name=note.label)
    if not chapter.blocks:
        span = chapter.title.span if chapter.title else Span(chapter.file, 1)
        (other,) = EDITIONS.keys() - {edition}
        yield problem("M256", span, edition=name, other=other)


def _with_notes(chapter: Chapter, first: int) -> Chapter:
    """Number the notes of a chapter, from `first` on, in the order in which they are called."""
    if not chapter.notes:
        return chapter
    by_label = {note.label: note for note in reversed(chapter.notes)}
    numbers = {label: number for number, label in enumerate(_in_order(chapter, by_label), first)}
    calls: dict[str, int] = {}

    def call(inline: Inline) -> Inline:
        if isinstance(inline, NoteReference) and inline.label in by_label:
            calls[inline.label] = calls.get(inline.label, 0) + 1
            number, again = numbers[inline.label], calls[inline.label] - 1
            return structs.replace(inline, number=number, again=again)
        if isinstance(inline, Emphasis | Strong | Styled | Link | CrossReference):
            return structs.replace(inline, children=tuple(call(one) for one in inline.children))
        return inline

    def calls_in(inlines: Inlines, language: str) -> Inlines:
        return same(inlines, tuple(call(inline) for inline in inlines))

    def numbered(block: Block) -> Block:
        return map_inlines(block, calls_in)

    title = numbered(chapter.title) if chapter.title else None
    assert title is None or isinstance(title, Heading)
    blocks = tuple(numbered(block) for block in chapter.blocks)
    notes = tuple(
        structs.replace(
            by_label[label],
            number=number,
            blocks=tuple(numbered(block) for block in by_label[label].blocks),
        )
        for label, number in numbers.items()
    )
    return structs.replace(chapter, title=title, blocks=blocks, notes=notes)


def _in_order(chapter: Chapter, notes: Mapping[str, Note]) -> dict[str, None]:
    """Return the notes of a chapter in the order in which they are read, as keys.

    Those that a note alone calls come right after it.
    """
    title = (chapter.title,) if chapter.title else ()
    in_text = dict.fromkeys(_called((*title, *chapter.blocks), notes))
    order: dict[str, None] = {}
    for label in in_text:
        waiting = [label]
        while waiting:
            one = waiting.pop()
            if one not in order:
                order[one] = None
                inner = dict.fromkeys(_called(notes[one].blocks, notes))
                waiting += [below for below in reversed(inner) if below not in in_text]
    return order


def _called(blocks: Blocks, notes: Mapping[str, Note]) -> Iterator[str]:
    """Yield the labels of the notes that blocks call, as they are read."""
    for line in _read(blocks):
        for inline in walk_inlines(line):
            if isinstance(inline, NoteReference) and inline.label in notes:
                yield inline.label


def _read(blocks: Blocks) -> Iterator[Inlines]:
    """Yield the lines of blocks as they are read: who said it last, a term before what it means."""
    for block in blocks:
        match block:
            case Container(blocks=inner, attribution=attribution):
                yield from _read(inner)
                yield attribution
            case DefinitionList(entries=entries):
                for term, texts in entries:
                    yield term
                    for text in texts:
                        yield from _read(text)
            case _:
                yield from lines_of(block)
                for inner in children(block):
                    yield from _read(inner)


def _targets(book: Book) -> dict[str, Target]:
    words = wording(book.settings.language)
    targets: dict[str, Target] = {}
    for chapter in book.chapters:
        blocks: list[Block] = [chapter.title] if chapter.title else []
        blocks += walk(chapter.blocks)
        for note in chapter.notes:
            blocks += walk(note.blocks)
        for block in blocks:
            name, label = block.attrs.id, ""
            match block:
                case Heading():
                    label = plain(block.inlines)
                case Table():
                    label = f"{words.table} {block.number}"
                case Figure():
                    name, label = figure_id(block), f"{words.figure} {block.number}"
                case _:
                    pass
            if name:
                targets[name] = Target(name, chapter.name, label, block.span)
            if isinstance(block, Figure):
                targets.setdefault(block.photo, targets[name])
            for line in lines_of(block):
                for inline in walk_inlines(line):
                    if isinstance(inline, Styled) and inline.attrs.id:
                        span = block.span
                        targets[inline.attrs.id] = Target(inline.attrs.id, chapter.name, "", span)
    return targets


def figure_id(figure: Figure) -> str:
    """Return the id of a figure: its own, else its photo's."""
    return figure.attrs.id or figure.photo
