"""The running order of a book: which of the texts in its folder are its chapters.

In: the folder, book.toml and what it says. Out: the names of the chapter files in the order in
which they are set, and problems S106 to S108, S110, S111 and S138.
"""

from __future__ import annotations

from contextlib import suppress

from publish.ground.problems import Problem, problem
from publish.ground.root import FOLDERS, BookRoot
from publish.ground.source import MARKDOWN, SourceFile, Span
from publish.settings.book_toml import Settings
from publish.settings.schema import nearest
from publish.settings.toml import place_of

CHAPTER = ".md"


def running_order(
    root: BookRoot, settings: Settings, source: SourceFile
) -> tuple[list[str], list[Problem]]:
    """Return the names of the chapter files in the order in which they are set.

    Without `running-order` those that begin with a number; all, where none of them does.
    """
    texts = root.files(suffixes=MARKDOWN)
    there = [name for name in texts if name.endswith(CHAPTER)]
    wanted = list(settings.running_order)
    problems = _below(root)
    if not wanted:
        numbered = [name for name in there if name[0].isdigit()]
        return numbered or there, problems + _left_out(texts, bool(numbered))
    for number, name in enumerate(wanted):
        at = place_of(source, "running-order", number)
        if name in texts and name not in there:
            problems.append(_misnamed(name, at))
        elif name not in there:
            problems.append(problem("S106", at, name=name, nearest=nearest(name, there)))
        elif name in wanted[:number]:
            problems.append(problem("S108", at, name=name))
    at = place_of(source, "running-order")
    meant = (name for name in texts if name in there or _is_meant(name))
    problems += [problem("S107", at, name=name) for name in meant if name not in wanted]
    return [name for name in dict.fromkeys(wanted) if name in there], problems


def _below(root: BookRoot) -> list[Problem]:
    """Report texts that stand in a folder within the book's, and are no part of the book."""
    problems = []
    for folder in (one for one in root.folders() if one not in FOLDERS):
        # One that cannot be listed is no part of the book: it need not be known what it holds.
        with suppress(OSError):
            for name in root.files(folder, suffixes=(CHAPTER,))[:1]:
                problems.append(problem("S138", Span(f"{folder}/{name}"), folder=folder))
    return problems


def _left_out(texts: list[str], numbered: bool) -> list[Problem]:
    """Report the texts in a folder that look as if they were chapters, and are none."""
    problems = []
    for name in filter(_is_meant, texts):
        if numbered and not name[0].isdigit():
            problems.append(problem("S111", Span(name), name=name))
        elif not name.endswith(CHAPTER):
            problems.append(_misnamed(name, Span(name)))
    return problems


def _is_meant(name: str) -> bool:
    """Tell whether a text is meant as a chapter: not plain text that has no number."""
    return name[0].isdigit() or not name.lower().endswith(".txt")


def _misnamed(name: str, at: Span) -> Problem:
    return problem("S110", at, name=name, better=name.rpartition(".")[0] + CHAPTER)
