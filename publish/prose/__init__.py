"""The language of a book: spelling, slips of the keyboard, what is spelled in two ways.

In: a book and its sources. Out: problems of the family W, as bad as `[prose]` has them. Judged is
the text as the rules of its language have set it, so that what they mended is not told of. False
alarms are what makes such a report useless: every rule here leaves out what it cannot be sure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from publish.book.model import Book
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile, Span
from publish.prose.figures import figures
from publish.prose.marks import slips
from publish.prose.passages import Passage, passages_of, words_of
from publish.prose.spelling import lacking, misspelled, plain
from publish.prose.variants import compounds, names
from publish.settings.prose import ProseSettings

CODES: Mapping[str, str] = MappingProxyType(
    {
        "spelling": "W001",
        "doubled": "W002",
        "unbalanced": "W003",
        "spaces": "W004",
        "names": "W005",
        "hyphens": "W006",
        "numbers": "W007",
        "quotes": "W008",
        "dash": "W009",
        "initials": "W010",
        "house": "W011",
        "punctuation": "W013",
    }
)
_MARKS = {" ": r"[\s\u00a0\u202f]+", "'": "['’]", "’": "['’]", "-": "[-\u2011]"}
"""How what is typed in a term may be set."""
Found = tuple[str, Span | None, Mapping[str, object]]


def judged(book: Book, sources: Mapping[str, SourceFile]) -> list[Problem]:
    """Return what is wrong with the language of a book that has been set by its rules."""
    severities = book.settings.prose.severities
    found = [
        replace(problem(CODES[name], span, **facts), severity=severities[name])  # type: ignore[arg-type]
        for name, span, facts in _found(book, sources)
        if severities[name] != "off"
    ]
    spelled = passages_of(book, sources) if severities["spelling"] != "off" else ()
    words = words_of(spelled)
    return found + [problem("W012", None, language=one) for one in lacking([*words])]


def _found(book: Book, sources: Mapping[str, SourceFile]) -> Iterator[Found]:
    settings, passages = book.settings.prose, passages_of(book, sources)
    words = list(words_of(passages))
    right = frozenset(map(plain, settings.words))
    for passage in passages:
        for name, start, end, facts in slips(passage):
            yield name, passage.span(sources, start, end), facts
        yield from _house(passage, settings, sources)
    for word, near in misspelled(words, right, settings.often):
        facts = {"word": word.text, "near": near, "language": word.language}
        yield "spelling", word.span(sources), facts
    for name, variants in (("names", names(words, right)), ("hyphens", compounds(words, right))):
        for word, other, count in variants:
            yield name, word.span(sources), {"word": word.text, "other": other, "count": count}
    for passage, start, text, other, count in figures(passages):
        span = passage.span(sources, start, start + len(text))
        yield "numbers", span, {"word": text, "other": other, "count": count}


def _house(
    passage: Passage, settings: ProseSettings, sources: Mapping[str, SourceFile]
) -> Iterator[Found]:
    for term, preferred in settings.style:
        for found in _as_written(term).finditer(passage.text):
            said = found[0].replace("\u00ad", "")
            if passage.text[found.start() :].startswith(preferred):
                continue
            facts = {"word": said, "other": _cased(preferred, said, term)}
            yield "house", passage.span(sources, found.start(), found.end()), facts


@cache
def _as_written(term: str) -> re.Pattern[str]:
    """Return what finds a term in set text: with a capital, in capitals, its marks set.

    What it is inflected to is not guessed.
    """
    forms = dict.fromkeys((term, term[:1].upper() + term[1:], term.upper()))
    patterns = (
        "".join(_MARKS.get(char) or re.escape(char) for char in form) for form in forms if form
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


def _cased(preferred: str, said: str, term: str) -> str:
    """Return the preferred term with the capitals that the other one has where it stands."""
    if said == term or said.lower() != plain(term).lower() or term.isupper():
        return preferred
    return (
        preferred.upper()
        if said.isupper() and len(said) > 1
        else (preferred[:1].upper() + preferred[1:])
    )
