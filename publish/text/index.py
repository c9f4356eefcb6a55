"""An index of persons, or of anything with a name: where in the book each of them is met.

In: the `Book` of an edition in which a chapter has `index = true`. Out: the book with an anchor at
the first mention in each chapter of every term of that chapter's definition lists, and `Mentions`
below the term; problems M226, M241 to M243. Titles, headings, captions of pictures and pull quotes
are not looked into: what they say is said in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field, structs

from publish.book.inlines import (
    Attrs,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Mentions,
    NoteReference,
    Strong,
    Styled,
    Text,
    plain,
    walk_inlines,
)
from publish.book.model import (
    Block,
    Book,
    Chapter,
    Container,
    DefinitionList,
    Heading,
    Note,
    Paragraph,
)
from publish.book.walking import inlines_of, map_inlines
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile
from publish.text.editions import targeted
from publish.text.names import Finder, Met, Person, persons_of

KEYS = ("names", "not")
"""What a span in a term may say of the name."""
Mention = tuple[Text, Met]
_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)[\s\u00a0]+$")


def indexed(book: Book) -> Book:
    """Return a book with its indexes; the same book where it has none."""
    persons = persons_of(book)
    if not persons:
        return book
    stem = book.unused("name-")
    finder = Finder(persons, book.settings.language)
    anchored: list[Chapter] = []
    found: dict[int, list[tuple[str, str]]] = {one.number: [] for one in persons}
    for chapter in book.chapters:
        anchorer = _Anchorer(finder, stem, found)
        anchored.append(chapter if chapter.index else anchorer.chapter(chapter))
    numbers = iter(persons)
    chapters = tuple(
        _listed(chapter, numbers, found) if chapter.index else chapter for chapter in anchored
    )
    return targeted(structs.replace(book, chapters=chapters))


class _Anchorer(Struct):
    """Puts an anchor at the first mention of each person in one chapter."""

    finder: Finder
    stem: str
    found: dict[int, list[tuple[str, str]]]
    here: set[int] = field(default_factory=set)
    label: str = ""

    def chapter(self, chapter: Chapter) -> Chapter:
        """Return a chapter with its anchors."""
        title = plain(chapter.title.inlines) if chapter.title else ""
        self.label = title or chapter.short or chapter.name
        blocks = tuple(self.block(block) for block in chapter.blocks)
        notes = tuple(self.note(note) for note in chapter.notes)
        return structs.replace(chapter, blocks=blocks, notes=notes)

    def note(self, note: Note) -> Note:
        """Return a note with its anchors."""
        return structs.replace(note, blocks=tuple(map(self.block, note.blocks)))

    def block(self, block: Block) -> Block:
        """Return a block with its anchors; what only repeats the text stays as it is."""
        if _repeats(block):
            return block
        return map_inlines(block, lambda inlines, _: self.inlines(inlines))

    def inlines(self, inlines: Inlines) -> Inlines:
        """Return a run of inlines with its anchors; a call of a note stays with its word."""
        made: list[Inline] = []
        for inline in inlines:
            last = made[-1] if made else None
            match inline:
                case Text():
                    made += self.text(inline)
                case Emphasis() | Strong() | Styled() | Link() | CrossReference():
                    inner = self.inlines(inline.children)
                    made.append(structs.replace(inline, children=inner))
                case NoteReference() if isinstance(last, Styled) and self.is_own(last):
                    made[-1] = structs.replace(last, children=(*last.children, inline))
                case _:
                    made.append(inline)
        return tuple(made)

    def is_own(self, styled: Styled) -> bool:
        """Tell whether a span is one of the anchors."""
        return styled.attrs.id.startswith(self.stem)

    def text(self, text: Text) -> list[Inline]:
        """Return a text, cut where a person is met for the first time."""
        made: list[Inline] = []
        done = 0
        for met in self.finder.find(text.value):
            if met.person is None or met.person.number in self.here:
                continue
            number = met.person.number
            self.here.add(number)
            places = self.found[number]
            name = f"{self.stem}{number}-{len(places) + 1}"
            places.append((name, self.label))
            made += [text.part(done, met.start)] if met.start > done else []
            made.append(Styled(Attrs(id=name), (text.part(met.start, met.end),)))
            done = met.end
        return [*made, text.part(done)] if done < len(text.value) else made


def _repeats(block: Block) -> bool:
    return isinstance(block, Heading) or (
        isinstance(block, Container) and block.kind == "pullquote"
    )


def _texts(chapter: Chapter) -> list[Text]:
    """Return the texts of a chapter in which names are looked for."""
    found: list[Text] = []

    def keep(inlines: Inlines, language: str) -> Inlines:
        found.extend(one for one in walk_inlines(inlines) if isinstance(one, Text))
        return inlines

    for block in (*chapter.blocks, *(block for note in chapter.notes for block in note.blocks)):
        if not _repeats(block):
            map_inlines(block, keep)
    return found


def _listed(
    chapter: Chapter, persons: Iterator[Person], found: Mapping[int, list[tuple[str, str]]]
) -> Chapter:
    """Return the chapter of an index with the mentions below each of its terms."""

    def shown(block: Block) -> Block:
        if isinstance(block, Container):
            return structs.replace(block, blocks=tuple(shown(one) for one in block.blocks))
        if not isinstance(block, DefinitionList):
            return block
        entries = []
        for term, texts in block.entries:
            person = next(persons)
            places = tuple(found[person.number])
            below = Paragraph((Mentions(places),), person.span, Attrs(classes=("mentions",)))
            entries.append((_bare(term), (*texts, (below,)) if places else texts))
        return structs.replace(block, entries=tuple(entries))

    return structs.replace(chapter, blocks=tuple(shown(block) for block in chapter.blocks))


def _bare(term: Inlines) -> Inlines:
    """Return a term without the spans that only tell of its names."""
    made: list[Inline] = []
    for inline in term:
        if isinstance(inline, Styled):
            inner = _bare(inline.children)
            pairs = tuple(pair for pair in inline.attrs.pairs if pair[0] not in KEYS)
            attrs = structs.replace(inline.attrs, pairs=pairs)
            made += [Styled(attrs, inner)] if attrs != Attrs() else inner
        else:
            made.append(inline)
    return tuple(made)


def check_index(book: Book, sources: Mapping[str, SourceFile]) -> list[Problem]:
    """Report who is met nowhere, names that may be another's, and attributes in a wrong place."""
    problems = list(_misplaced(book))
    persons = persons_of(book)
    if not persons:
        return problems
    finder = Finder(persons, book.settings.language)
    chapters = [(one, _texts(one)) for one in book.chapters if not one.index]
    # What is a name of the index, or a word that the book has without a capital, is no first name.
    texts = (text.value for _, texts in chapters for text in texts)
    plainly = {word for text in texts for word in re.findall(r"\b[^\W\d_]+", text)}
    plainly |= {name.lower() for one in persons for name in one.names}
    met = set()
    for chapter, texts_of in chapters:
        mentions = [(text, one) for text in texts_of for one in finder.find(text.value)]
        doubtful = list(_doubtful(mentions))
        met |= {one.person.number for _, one in mentions if one.person}
        met |= {person.number for _, one in doubtful for person in one.persons}
        source = sources[chapter.file]
        problems += _strangers(mentions, plainly, source)
        problems += (_namesakes(text, one, source) for text, one in doubtful)
    return problems + [
        problem("M242", one.span, name=one.names[0] if one.names else one.term)
        for one in persons
        if one.number not in met
    ]


def _strangers(mentions: list[Mention], plainly: set[str], source: SourceFile) -> Iterator[Problem]:
    """Report the names in a chapter that stand after somebody else's first name."""
    for text, one in mentions:
        first = _BEFORE.search(text.value[: one.start])
        if first and one.person and _is_another(first[1], one.person, plainly):
            at = text.source_offset(first.start())
            name = " ".join(text.value[first.start() : one.end].split())
            yield problem("M241", source.span(at), name=name, person=one.person.term)


def _doubtful(mentions: list[Mention]) -> Iterator[Mention]:
    """Yield the first names in a chapter that may be of more than one person.

    It goes without saying where all of them whom the chapter names beyond doubt were named before:
    the index has their places in the chapter already.
    """
    sure = {one.person.number for _, one in mentions if one.person}
    before: set[int] = set()
    told: set[tuple[Person, ...]] = set()
    for text, one in mentions:
        said = sure & {person.number for person in one.persons}
        if one.person:
            before.add(one.person.number)
        elif one.persons not in told and not (said and said <= before):
            told.add(one.persons)
            yield text, one


def _namesakes(text: Text, one: Met, source: SourceFile) -> Problem:
    terms = [person.term for person in one.persons]
    facts = {"name": one.name, "persons": " or ".join(terms), "person": terms[0]}
    return problem("M243", source.span(text.source_offset(one.start)), **facts)


def _is_another(word: str, person: Person, words: set[str]) -> bool:
    """Tell whether a word before a name is a first name, and not that person's."""
    return (
        word[0].isupper()
        and word.lower() not in words
        and word not in {part for name in (person.term, *person.names) for part in name.split()}
    )


def _misplaced(book: Book) -> Iterator[Problem]:
    """Report what tells of a name where no term of an index stands."""
    expected = "It belongs to a term of a list in a chapter with index = true."
    for chapter in book.chapters:
        for block, inline in inlines_of(chapter):
            if isinstance(inline, Styled):
                is_term = chapter.index and isinstance(block, DefinitionList)
                for key, _ in inline.attrs.pairs if not is_term else ():
                    if key in KEYS:
                        yield problem("M226", block.span, name=key, expected=expected)
