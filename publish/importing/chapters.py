"""Passages → the parts of the manuscript: matter, chapters, pictures.

In: a draft with all its passages. Out: a `Plan`: what stands in which file, in what order. Nothing
is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field, structs

from publish.ground.filenames import slug_of
from publish.importing.called import called_on, notes_of, settle_calls
from publish.importing.labels import photo_ids, shortened
from publish.importing.lines import plain
from publish.importing.model import Draft, Kind, Note, Passage, Picture, Run
from publish.importing.runs import text_of

NAME_LENGTH = 48
PICTURED: frozenset[Kind] = frozenset({"cover", "caption", "picture"})
"""What has an entry in captions.toml."""
_ELSEWHERE: frozenset[Kind] = frozenset(
    {"title", "subtitle", "standfirst", "byline", "cover", "note"}
)
"""What stands elsewhere than among the blocks of a chapter."""
_FILLING: frozenset[Kind] = frozenset({"body", "heading", "item", "cell", "quote"})
"""What makes a chapter of what has a heading."""


SHORT = 4500
"""Letters of text in a chapter of about two small pages."""


class Chapter(Struct, frozen=True):
    """A file of the manuscript: its name, role, title (a standfirst has none) and passages."""

    file: str
    role: str
    title: tuple[Run, ...]
    passages: tuple[Passage, ...]


class Plan(Struct, frozen=True):
    """The whole manuscript: what goes into book.toml, the chapters, the captions with their ids."""

    title: tuple[Run, ...]
    subtitle: tuple[Run, ...]
    cover: str
    chapters: tuple[Chapter, ...]
    captions: tuple[tuple[str, Passage], ...]
    notes: tuple[Note, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    @property
    def run_on(self) -> bool:
        """Tell whether chapters share pages: most are so short that each would leave one bare."""
        letters = sorted(sum(len(one.text) for one in each.passages) for each in self.chapters)
        return bool(letters) and letters[len(letters) // 2] < SHORT

    def photo(self, caption: Passage) -> str:
        """Return the id of a caption's picture."""
        return next(name for name, one in self.captions if one is caption)

    def said(self, passage: Passage) -> str:
        """Return the words that are said for a picture without a caption where it stands.

        One that has no place in the text yet has its alt text as caption.
        """
        if passage.kind != "picture" or passage.text or passage.label:
            return ""
        return self.pictures.get(passage.picture, Picture()).alt


def plan(draft: Draft) -> Plan:
    """Lay out the manuscript."""
    passages, told = settle_calls(draft.passages)
    draft = structs.replace(draft, passages=passages)
    captions = [one for one in draft.passages if one.kind in PICTURED]
    named = tuple(zip(photo_ids(captions), captions, strict=True))
    title = _runs(draft, "title") or (Run(_spoken(draft.name)),)
    chapters = _chapters(draft, title)
    notes = notes_of(draft.passages)
    digits = max(2, len(str(len(chapters))))
    planned = Plan(
        title=title,
        subtitle=_runs(draft, "subtitle"),
        cover=next((name for name, one in named if one.kind == "cover"), ""),
        chapters=tuple(
            _with_notes(structs.replace(one, file=f"{number:0{digits}}-{one.file}.md"), notes)
            for number, one in enumerate(chapters, 1)
        ),
        captions=named,
        notes=(*told, *_notes(chapters), *_lowered(chapters)),
        pictures=draft.pictures,
    )
    return structs.replace(planned, notes=(*planned.notes, *_uncaptioned(planned, draft.passages)))


def _uncaptioned(planned: Plan, passages: Sequence[Passage]) -> Iterator[Note]:
    """Yield a note for each picture that has words to be said, and no caption."""
    line = 1
    for one in passages:
        line = max([line, *(each.number for each in one.lines)])
        if said := planned.said(one):
            message = f"the picture “{said}” has no caption in the source, and has none here"
            yield Note(line, "uncaptioned", message)


def _runs(draft: Draft, kind: Kind) -> tuple[Run, ...]:
    return next((one.runs for one in draft.passages if one.kind == kind), ())


def _spoken(name: str) -> str:
    """Return a file's name as words, for a source without a title."""
    words = plain(name.rpartition("/")[2].partition(".")[0].replace("_", " ").replace("-", " "))
    return words[:1].upper() + words[1:] or "Book"


def _chapters(draft: Draft, title: tuple[Run, ...]) -> list[Chapter]:
    """Return the chapters, their files not numbered yet."""
    chapters = []
    standfirst = tuple(one for one in draft.passages if one.kind == "standfirst")
    parts = _parts(_in_place(draft.passages))
    if len(parts) == 1 and not parts[0][1]:
        # A heading with nothing below it would head no text.
        parts = [(parts[0][0], standfirst)]
    elif standfirst:
        chapters.append(Chapter("standfirst", "standfirst", (), standfirst))
    for heading, body in parts:
        if heading:
            last = heading.text.strip(" .:").casefold() in draft.language.colophon
            role = "colophon" if last else "chapter"
            chapters.append(Chapter(_slug(heading.runs), role, heading.runs, body))
        elif body:
            alone = len(parts) == 1
            added = (Run(text_of(title) if alone else draft.language.introduction),)
            role = "chapter" if alone else "introduction"
            chapters.append(Chapter(_slug(added), role, added, body))
    return chapters


def _with_notes(chapter: Chapter, notes: Mapping[str, Sequence[Passage]]) -> Chapter:
    """Return a chapter with the notes that it calls for at its end, and those that these call."""
    runs = [*chapter.title, *(run for one in chapter.passages for run in one.runs)]
    told = [one for name in called_on(runs, notes) for one in notes.get(name, ())]
    return structs.replace(chapter, passages=(*chapter.passages, *told))


def _slug(title: Sequence[Run]) -> str:
    return shortened(slug_of(text_of(title)), NAME_LENGTH)


def _notes(chapters: Sequence[Chapter]) -> tuple[Note, ...]:
    return tuple(
        Note(
            one.passages[0].lines[0].number,
            "heading",
            f"the text before the first heading has no title; it got “{text_of(one.title)}”",
        )
        for one in chapters
        if one.title and not any(run.line for run in one.title)
    )


def _begins(passage: Passage) -> bool:
    """Tell whether a passage is a heading that would begin a chapter."""
    return passage.kind == "heading" and passage.level <= 1


def _lowered(chapters: Sequence[Chapter]) -> Iterator[Note]:
    """Yield a note for each heading of a chapter's rank, by its source, that stands within one."""
    for chapter in chapters:
        title = text_of(chapter.title)
        for one in chapter.passages:
            if one.level == 1 and one.kind in ("heading", "body"):
                heads = one.kind == "heading"
                inner = f"stands below “{title}” with no text between, and within it"
                last = "heads no text, and is a paragraph"
                message = f"“{one.text}” {inner if heads else last}"
                yield Note(one.lines[0].number, "heading", message)


def _in_place(passages: Sequence[Passage]) -> list[Passage]:
    """Return what the chapters are made of, a pull quote after the paragraph it is taken from."""
    quotes: defaultdict[int, list[Passage]] = defaultdict(list)
    for one in passages:
        if one.after >= 0 and passages[one.after].kind == "body":
            quotes[one.after].append(one)
    moved = {id(one) for row in quotes.values() for one in row}
    out: list[Passage] = []
    for at, one in enumerate(passages):
        # A picture with the label of a note stood in that note, and has no place yet.
        unplaced = one.kind in _ELSEWHERE or (one.kind == "picture" and one.label)
        if not unplaced and id(one) not in moved:
            out += [one, *quotes[at]]
    return out


def _parts(passages: Sequence[Passage]) -> list[tuple[Passage | None, tuple[Passage, ...]]]:
    """Return each heading with what follows it; what precedes the first has none.

    A heading with no text below it takes those that stand right below it in as headings within the
    chapter, and pictures that stand before any text go to the chapter after them.
    """
    parts: list[tuple[Passage | None, list[Passage]]] = [(None, [])]
    for one in passages:
        heading, body = parts[-1]
        empty = not any(other.kind in _FILLING and not _begins(other) for other in body)
        # A source that ranks its headings says itself which of them begin a chapter.
        within = one.level > 1 or (heading and empty)
        if one.kind != "heading" or within:
            body.append(one)
        elif heading is None and empty:
            parts[-1] = (one, body)
        else:
            parts.append((one, []))
    heading, body = parts[-1]
    if heading and len(parts) > 1 and not any(one.kind in _FILLING for one in body):
        # With no text below it, it heads nothing.
        parts[-2][1].extend([structs.replace(heading, kind="body"), *body])
        parts.pop()
    return [(heading, tuple(body)) for heading, body in parts if heading or body]
