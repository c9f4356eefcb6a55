"""The marks of a PDF: of each group of annotations, with what answers them.

In: a PDF. Out: `Mark`s. A replacement is a caret and strike-outs in one group, whichever leads, or
a caret and a strike-out that merely stand together; an answer or a state belongs to the mark that
it answers (ISO 32000-2, 12.5.6.2 and 12.5.6.3). Nothing that a reviewer put is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeGuard

from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Pdf

from publish.proofing.annotations import Mark, contents, mark_of
from publish.proofing.threads import Thread, threads, words

_INITIAL = ("", "None", "Unmarked")
"""The states in which every mark begins (12.5.6.3)."""
_NEAR, _BELOW = 3.0, 4.5
"""So far, in pt, may a caret stand aside of the end of the words that it replaces, and below them.

Half a line lower it is that of the line below.
"""


def marks(pdf: Pdf) -> list[Mark]:
    """Return the marks of all pages, page by page in the order of the file.

    Those that merely stand together are still apart: `joined` needs to know how their words run.
    """
    found: list[Mark] = []
    for number, page in enumerate(pdf.pages, 1):
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, Array):
            found += _page_marks(number, [one for one in annotations if _is_annotation(one)])
    return found


def _is_annotation(one: Any) -> TypeGuard[Dictionary]:
    return isinstance(one, Dictionary) and isinstance(one.get("/Subtype"), Name)


def _page_marks(number: int, annotations: list[Dictionary]) -> Iterator[Mark]:
    for thread in threads(annotations):
        yield from _thread_marks(number, thread)


def _thread_marks(number: int, thread: Thread) -> Iterator[Mark]:
    """Yield the marks of a thread, the first with what answers it.

    What is said of a link or a field stands by itself, and so does an answer without a word.
    """
    made = mark_of(number, thread.own)
    members = [one for each in thread.group if (one := mark_of(number, each))]
    said = [(each, _answer(each)) for each in thread.answers]
    apart = (each for each, words in said if not words or (made is None and "/State" not in each))
    if made is None:
        yield from members
    else:
        first, *others = _grouped([made, *members])
        state = _state(thread.answers)
        yield replace(first, state=state, replies=tuple(words for _, words in said if words))
        yield from (replace(one, state=state) for one in others)
    yield from (one for each in apart if (one := mark_of(number, each)))


def _answer(one: Dictionary) -> str:
    """Return who answers a mark and what: words, or a state; empty for what says nothing."""
    said, state, author = contents(one), words(one.get("/State")), words(one.get("/T"))
    if not said or said == f"{state} set by {author}":
        # So Acrobat words it.
        said = state
    elif not said.startswith(state):
        said = f"{state}: {said}"
    return f"{author}: {said}" if author and said else said


def _state(answers: Iterable[Dictionary]) -> str:
    """Return the states that a mark is in, the last one of each model by each reviewer.

    What a mark begins in is none: it was said to take another back (12.5.6.3).
    """
    last = {
        (words(one.get("/T")), words(one.get("/StateModel"))): words(one.get("/State"))
        for one in answers
        if "/State" in one
    }
    return ", ".join(dict.fromkeys(one for one in last.values() if one not in _INITIAL))


def _grouped(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks of one group, the first of which speaks for all (12.5.6.2, RT).

    A caret and strike-outs are one replacement. What else there is stays where it stands, with
    what the first one says if it says nothing itself.
    """
    struck = [one for one in marks if one.kind == "strikeout"]
    caret = next((one for one in marks if one.kind == "insert"), None)
    if caret and struck:
        made = _replaced(caret, struck, marks[0])
        left = [one for one in marks if one is not caret and one.kind != "strikeout"]
        marks = [*left, made] if marks[0] in left else [made, *left]
    first, *others = marks
    return [first, *(_led(one, first) for one in others)]


def _led(one: Mark, first: Mark) -> Mark:
    """Return a mark of a group with what its first one says for it."""
    comment = one.comment or first.comment
    weighed = one.kind == "strikeout" and comment
    return replace(
        one, comment=comment, replacement=None if weighed else one.replacement,
        author=one.author or first.author, created=one.created or first.created,
    )  # fmt: skip


def _replaced(caret: Mark, struck: Sequence[Mark], first: Mark) -> Mark:
    """Return a caret and the strike-outs whose words it replaces as one mark, made as the first."""
    comments = [one.comment for one in struck if one.comment]
    said = caret.replacement or "\n".join(comments)
    # What a strike-out says beside the caret is said too.
    more = "\n".join(dict.fromkeys(one for one in comments if one != said))
    more = more if caret.replacement else ""
    maker = first if first is caret or first in struck else caret
    areas = tuple(area for one in struck for area in one.areas)
    lefts, feet, rights, heads = zip(*(one.rect for one in struck), strict=True)
    rect = min(lefts), min(feet), max(rights), max(heads)
    return replace(maker, kind="replace", areas=areas, rect=rect, point=None, replacement=said,
                   comment=more, begins=caret.begins)  # fmt: skip


def joined(made: Sequence[Mark], leftward: Callable[[Mark], bool]) -> Iterator[Mark]:
    """Yield marks; a caret at the end of a reviewer's strike-out replaces what is struck out.

    `leftward` tells whether the words under a mark run so, and end on the left.
    """
    carets = [one for one in made if one.kind == "insert"]
    used: set[int] = set()
    for one in made:
        if one.kind == "strikeout" and not one.comment:
            for caret in carets:
                if id(caret) not in used and _are_one(caret, one, leftward):
                    used.add(id(caret))
                    one = _replaced(caret, [one], one)
                    break
        if one.kind != "insert":
            yield one
    yield from (one for one in carets if id(one) not in used)


def _are_one(caret: Mark, struck: Mark, leftward: Callable[[Mark], bool]) -> bool:
    if (caret.page, caret.author) != (struck.page, struck.author):
        return False
    assert caret.point
    across, up = caret.point
    ends_left = leftward(struck)
    left, foot, right, head = max(
        struck.areas, key=lambda one: (-one[1], -one[0] if ends_left else one[2])
    )
    return abs(across - (left if ends_left else right)) < _NEAR and foot - _BELOW < up < head
