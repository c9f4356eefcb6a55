"""The lines of each passage → one text, words that line ends cut made whole.

In: a draft with passages of lines. Out: passages with runs, and a note for each hyphen that the
rules could not be sure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import structs

from publish.importing.cuts import Far
from publish.importing.hyphens import ANSWERS, answered, decide
from publish.importing.model import Draft, Line, Note, Passage, Run, Words
from publish.importing.runs import BLANK, JOINED, cut, rewritten
from publish.importing.sentences import ends_in_hyphen

_CLOSE = re.compile(r"\d[–/]$|[^\W\d_]/$")
"""Line ends that no blank follows: a range of years or figures, and either/or."""


def weld_lines(draft: Draft) -> Draft:
    """Make the text of every passage."""
    notes: list[Note] = []
    passages = tuple(
        structs.replace(passage, runs=_welded(passage, draft, notes)) for passage in draft.passages
    )
    return structs.replace(draft, passages=passages, notes=(*draft.notes, *notes))


def _welded(passage: Passage, draft: Draft, notes: list[Note]) -> tuple[Run, ...]:
    out = list(passage.lines[0].runs)
    texts = [line.text for line in passage.lines]
    for at, (a, b) in enumerate(pairwise(passage.lines), 1):
        if ends_in_hyphen(a.text):
            out = _joined(out, a, b, _going_on(texts[at:]), draft, notes)
            continue
        if not _CLOSE.search(a.text):
            out.append(BLANK)
        out += b.runs
    return tuple(out[:-1] if out and out[-1].why == JOINED else out)


def _going_on(texts: Sequence[str]) -> str:
    """Return the first of some texts, the next one joined on where it is but a part of a word."""
    first = texts[0]
    part = ends_in_hyphen(first) and " " not in first and len(texts) > 1
    return first[:-1] + texts[1] if part else first


def _joined(
    out: list[Run], a: Line, b: Line, after: str, draft: Draft, notes: list[Note]
) -> list[Run]:
    """Return the runs up to line `a`, which ends in a hyphen, and those of line `b` joined on.

    `after` is what goes on there: the text of `b`, and perhaps more.
    """
    assert isinstance(draft.words, Words)
    *rest, hyphen = _last_split(out)
    if hyphen.why == JOINED:
        return [*rest, *b.runs]
    soft = hyphen.why == "soft hyphen"
    place = (hyphen.line, hyphen.start)
    far: Far = ""
    if b.gap > 0 or a.page != b.page:
        far = "loose" if a.loose else "apart"
    join = decide(a.text[:-1], after, draft.words, draft.language, far)
    if place in draft.answers.hyphens:
        join = answered(join, after, draft.answers.hyphens[place])
    if soft or join.between == "":
        rest.append(structs.replace(hyphen, text="", was=hyphen.was or "-", why="line end"))
    else:
        rest.append(hyphen)
        rest += [BLANK] * (join.between == "- ")
    size = min(len(join.second), len(b.text) - ends_in_hyphen(b.text))
    second = rewritten(cut(b.runs, 0, size), join.second[:size], "trema") if size else ()
    if not join.sure and not soft:
        first = a.text.split()[-1].strip("\"'“‘„«([")
        written = first[:-1] + join.between + join.second
        message = f"“{first}|{b.text.split()[0]}” is written “{written}”: {join.why}"
        now = ANSWERS[join.between]
        key = f"{hyphen.line}:{hyphen.start + 1}"
        notes.append(Note(hyphen.line, "hyphen", message, "hyphens", key, now))
    return [*rest, *second, *cut(b.runs, size, len(b.text))]


def _last_split(runs: list[Run]) -> list[Run]:
    """Return the runs with the last character a run of its own."""
    *rest, last = runs
    if last.was is not None or len(last.text) == 1:
        return runs
    return [
        *rest,
        structs.replace(last, text=last.text[:-1], stop=last.stop - 1),
        structs.replace(last, text=last.text[-1], start=last.stop - 1),
    ]
