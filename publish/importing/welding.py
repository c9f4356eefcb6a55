"""The lines of each passage → one text, words that line ends cut made whole.

In: a draft with passages of lines. Out: passages with runs, and a note for each hyphen that the
rules could not be sure of.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import structs

from publish.importing.cuts import Far
from publish.importing.hyphens import ANSWERS, answered, decide
from publish.importing.model import Draft, Line, Note, Passage, Run, Words
from publish.importing.runs import BLANK, JOINED, cut, rewritten, text_of
from publish.importing.sentences import ends_in_hyphen
from publish.importing.verse import indented
from publish.importing.vowels import marked
from publish.text.lexicon import lexicon

_CLOSE = re.compile(r"\d[–/]$|[^\W\d_]/$")
"""Line ends that no blank follows: a range of years or figures, and either/or."""
_LAST, _FIRST = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_CHAIN = 24
"""Runs that a chain of words may be in, each line's and each hyphen's one."""


def weld_lines(draft: Draft) -> Draft:
    """Make the text of every passage."""
    notes: list[Note] = []
    passages = tuple(
        structs.replace(passage, runs=_welded(passage, draft, notes)) for passage in draft.passages
    )
    return structs.replace(draft, passages=passages, notes=(*draft.notes, *notes))


def _welded(passage: Passage, draft: Draft, notes: list[Note]) -> tuple[Run, ...]:
    if passage.kind == "verse":
        return _kept(passage.lines)
    out = list(passage.lines[0].runs)
    below = [*(line.text for line in passage.lines[2:]), ""]
    for (a, b), text in zip(pairwise(passage.lines), below, strict=False):
        if ends_in_hyphen(a.text):
            out = _joined(out, a, b, _going_on(a.text, b.text, text, draft), draft, notes)
            continue
        if not _CLOSE.search(a.text):
            out.append(BLANK)
        out += b.runs
    return tuple(out[:-1] if out and out[-1].why == JOINED else out)


def _kept(lines: tuple[Line, ...]) -> tuple[Run, ...]:
    """Return the lines of a stanza as they stand, one below the other."""
    out: list[Run] = []
    for blanks, line in zip(indented(lines), lines, strict=True):
        out += [Run("\n")] if out else []
        out += [Run(" " * blanks)] if blanks else []
        out += line.runs
    return tuple(out)


def _going_on(above: str, text: str, below: str, draft: Draft) -> str:
    """Return the text below a hyphen; with the next one, where it is but a syllable of the word.

    A word of a chain is none (state-of-the-art), unless all is a word in one (een-en-twintig).
    """
    if not ends_in_hyphen(text) or " " in text or not below:
        return text
    assert isinstance(draft.words, Words)
    known, part, whole = lexicon(draft.language.tag), text[:-1], text[:-1] + below
    first, rest = _LAST.search(above[:-1]), _FIRST.match(whole)
    if not known or not first or not rest:
        return text
    words = (first[0] + rest[0], first[0] + marked(first[0], rest[0]))
    is_word = any(known.lists(one) or draft.words.solid[one.casefold()] for one in words)
    return whole if is_word or not known.has(part) else text


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
    # Of a chain the words above, too.
    before = a.text[:-1] if " " in a.text else text_of(rest[-_CHAIN:])
    join = decide(before, after, draft.words, draft.language, far)
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
