"""The plain proposals of reviewers as a patch of the manuscript.

In: a queue of notes and the manuscript they are placed in. Out: `Patch`: the texts as they would
be, which notes they hold, and why the others are left to a person. Every text is read again after
it was changed, and a change that does more to the book than it should is taken back.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from publish.book.inlines import Code, Inlines, Text, walk_inlines
from publish.book.model import Book, CodeBlock
from publish.book.walking import lines_of, walk
from publish.ground.root import trusting
from publish.ground.source import SourceFile
from publish.manuscript.folder import Manuscript, read_manuscript
from publish.proofing.inserting import Known, knowing, spaced
from publish.proofing.leaving import left
from publish.proofing.queue import Note
from publish.proofing.signs import typed, written

_SIGN = re.compile(r"(?:.*\|)?[\s#>*+:|-]*(?:\d+[.)] )?\s*(?:\[\^[^\]]*\]: )?")
"""What a line begins with before its first word, and a cell of a table."""


class Edit(Struct, frozen=True):
    """A change: what stands from one offset of a file to another is to be `text`; `said` plain."""

    file: str
    start: int
    end: int
    text: str
    said: str
    numbers: tuple[int, ...]

    def moved(self, start: int, end: int) -> Edit:
        """Return the same change in another stretch."""
        return replace(self, start=start, end=end)


class Patch(Struct, frozen=True):
    """The changed texts, the edits made in them, and by number of the note why one was not."""

    texts: Mapping[str, str]
    edits: tuple[Edit, ...]
    refused: Mapping[int, str]

    def diff(self, sources: Mapping[str, SourceFile]) -> str:
        """Return the patch as a unified diff."""
        parts: list[str] = []
        for file in sorted(self.texts):
            before, after = sources[file].text, self.texts[file]
            lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
            for line in difflib.unified_diff(*lines, f"a/{file}", f"b/{file}"):
                parts.append(
                    line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
                )
        return "".join(parts)


def patch(notes: Sequence[Note], folder: Path, manuscript: Manuscript) -> Patch:
    """Return what the plain proposals among notes make of the manuscript in a folder, as read."""
    book, sources = manuscript.book, manuscript.sources
    refused = left(notes, sources)
    if book is None:
        return Patch({}, (), refused)
    known = knowing(book.settings.language, (one.text for one in sources.values()))
    wanted: dict[tuple[str, int, int, str], Edit] = {}
    for number, note in enumerate(notes, 1):
        if note.replacement is None or number in refused:
            continue
        edit = _edit(note, sources[note.file].text, number, known)
        if edit is None:
            refused[number] = "it may be a word of its own, or a part of the one beside it"
            continue
        key = (edit.file, edit.start, edit.end, edit.text)
        before = wanted.get(key)
        wanted[key] = replace(edit, numbers=(*before.numbers, number)) if before else edit
    edits = sorted(wanted.values(), key=lambda one: (one.file, one.start, one.end))
    edits = [_closed(one, sources) for one in _together(edits, sources)]
    edits = list(_apart(edits, refused))
    sound = list(_sound(manuscript, edits, folder, refused))
    files = {one.file for one in sound}
    texts = {file: changed(sources[file].text, of_file(sound, file)) for file in files}
    return Patch(texts, tuple(sound), refused)


def of_file(edits: Sequence[Edit], file: str) -> list[Edit]:
    """Return the edits in a file."""
    return [one for one in edits if one.file == file]


def changed(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits made, the last one first."""
    for one in sorted(edits, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def _edit(note: Note, text: str, number: int, known: Known) -> Edit | None:
    start, end = note.start, note.end
    said: str | None = typed(note.replacement or "", text)
    if note.kind == "insert" and said:
        said = spaced(said, text[:start], text[end:], known)
    if said is None:
        return None
    # A blank is said where one stands already: one of them is enough.
    said = said.lstrip() if text[:start][-1:].isspace() else said
    said = said.rstrip() if text[end:][:1].isspace() else said
    return Edit(note.file, start, end, written(said), said, (number,))


def _together(edits: Sequence[Edit], sources: Mapping[str, SourceFile]) -> list[Edit]:
    """Return edits, words that go side by side as one."""
    made: list[Edit] = []
    for one in edits:
        before = made[-1] if made else None
        if before and before.file == one.file and not before.text and not one.text:
            between = sources[one.file].text[before.end : one.start]
            if before.end < one.start and between in (" ", "\n"):
                numbers = (*before.numbers, *one.numbers)
                made[-1] = replace(before, end=one.end, numbers=numbers)
                continue
        made.append(one)
    return made


def _closed(edit: Edit, sources: Mapping[str, SourceFile]) -> Edit:
    """Return an edit; words that go take one of the blanks around them along."""
    if edit.text or edit.start == edit.end:
        return edit
    start, end = _with_blank(sources[edit.file].text, edit.start, edit.end)
    return replace(edit, start=start, end=end)


def _with_blank(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of words that go, with one of the blanks around them."""
    before, after = text[start - 1 : start], text[end : end + 1]
    # The blank after the sign of a heading, an item or a cell belongs to the sign.
    leads = _SIGN.fullmatch(text[text.rfind("\n", 0, start) + 1 : start]) is not None
    if before == " " and not leads and (not after or after.isspace() or after in ',.;:!?)]…”’"'):
        return start - 1, end
    if after == " " and (leads or not before or before.isspace() or before in "([“‘\"'"):
        return start, end + 1
    return start, end


def _apart(edits: Sequence[Edit], refused: dict[int, str]) -> Iterator[Edit]:
    """Yield edits that leave each other alone."""
    kept: list[Edit] = []
    for edit in edits:
        before = kept[-1] if kept else None
        if before and before.file == edit.file and edit.start < before.end:
            reason = f"it overlaps note {before.numbers[0]}"
            refused.update(dict.fromkeys(edit.numbers, reason))
        else:
            kept.append(edit)
    yield from kept


def _sound(
    manuscript: Manuscript, edits: Sequence[Edit], folder: Path, refused: dict[int, str]
) -> Iterator[Edit]:
    """Yield the edits after which the book reads as it should, and the same but for them."""
    for file in sorted({one.file for one in edits}):
        mine = of_file(edits, file)
        if _holds(manuscript, mine, folder):
            yield from mine
            continue
        kept: list[Edit] = []
        for one in mine:
            if _holds(manuscript, [*kept, one], folder):
                kept.append(one)
            else:
                reason = (
                    "it would change more of the book than these words, or leave it with errors"
                )
                refused.update(dict.fromkeys(one.numbers, reason))
        yield from kept


def _holds(before: Manuscript, edits: Sequence[Edit], folder: Path) -> bool:
    file, sources = edits[0].file, before.sources
    with TemporaryDirectory() as made:
        copy = Path(made)
        for path in folder.resolve().iterdir():
            if path.name not in sources:
                (copy / path.name).symlink_to(path, target_is_directory=path.is_dir())
        for name, source in sources.items():
            text = changed(source.text, edits) if name == file else source.text
            (copy / name).write_text(text, encoding="utf-8", newline="")
        with trusting():
            after = read_manuscript(copy)
    if before.book is None or after.book is None or _errors(after) - _errors(before):
        return False
    known = lines(before.book)
    wanted = [_expected(line, edits) if of == file else _said(line) for of, line in known]
    return wanted == [_said(line) for _, line in lines(after.book)]


def _errors(manuscript: Manuscript) -> Counter[str]:
    return Counter(one.code for one in manuscript.problems if one.severity == "error")


def lines(book: Book) -> Iterator[tuple[str, Inlines]]:
    """Yield each run of inlines of a book with its file: chapters, notes, captions, code."""
    for chapter in book.chapters:
        notes = [block for note in chapter.notes for block in note.blocks]
        titled = [chapter.title] if chapter.title else []
        for block in walk((*titled, *chapter.blocks, *notes)):
            if isinstance(block, CodeBlock):
                yield chapter.file, (Code(block.value, block.places),)
            for line in lines_of(block):
                yield chapter.file, line
    for name in sorted(book.photos):
        yield book.photos[name].span.file, book.photos[name].caption


def _said(line: Inlines) -> tuple[str, ...]:
    said = (_joined(one.value) for one in walk_inlines(line) if isinstance(one, Text | Code))
    return tuple(one for one in said if one)


def _expected(line: Inlines, edits: Sequence[Edit]) -> tuple[str, ...]:
    """Return the texts of a line with edits made in them."""
    made: list[str] = []
    for inline in walk_inlines(line):
        if isinstance(inline, Text):
            made.append(_joined(_changed_text(inline, edits, inline.source_offset)))
        elif isinstance(inline, Code):
            made.append(_joined(inline.value))
    return tuple(one for one in made if one)


def _changed_text(text: Text, edits: Sequence[Edit], offset: Callable[[int], int]) -> str:
    value, low, high = text.value, offset(0), offset(len(text.value) - 1) + 1
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        if low <= edit.start and edit.end <= high + 8:
            start, end = text.index(edit.start), text.index(edit.end)
            if edit.start <= high and end - start <= edit.end - edit.start:
                value = value[:start] + edit.said + value[end:]
    return value


def _joined(value: str) -> str:
    return " ".join(value.split())
