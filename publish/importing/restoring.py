"""Hyphens of the author's that an extractor took away with the printer's.

In: a draft with the text of its passages, from a source whose cut words were joined. Out: the same
with the hyphens put back (PierrePaul, demijournée) that the source has elsewhere, that a capital
within the word asks for, or that the language's rules for prefixes, numbers and pronouns do. Only a
word that the dictionary does not know is touched, and each is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from publish.importing.model import Draft, Note, Passage, Run
from publish.importing.runs import cut
from publish.importing.words import WORD
from publish.text.lexicon import lexicon

_INNER = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ])")
_GAELIC = ("Mc", "Mac", "Fitz", "De", "Di", "Le", "La", "Van")
"""What a name may have before a capital of its own: McDonald, DeForest."""
LEAST = 2
"""Letters before and after a hyphen, at least."""


def restore_hyphens(draft: Draft) -> Draft:
    """Put the hyphens back that joined lines have lost; those of verse were not joined."""
    if not draft.habits.joined:
        return draft
    notes: list[Note] = []
    passages = tuple(
        one if one.kind == "verse" else _restored(one, draft, notes) for one in draft.passages
    )
    return structs.replace(draft, passages=passages, notes=(*draft.notes, *notes))


def _restored(passage: Passage, draft: Draft, notes: list[Note]) -> Passage:
    runs: list[Run] = []
    at = 0
    for place, word in _places(passage.text, draft):
        runs += [*cut(passage.runs, at, place), Run("-", why="hyphen restored")]
        message = f"“{word}” has its hyphen again"
        notes.append(Note(passage.lines[0].number, "hyphen", message))
        at = place
    rest = cut(passage.runs, at, len(passage.text))
    return structs.replace(passage, runs=(*runs, *rest)) if at else passage


def _places(text: str, draft: Draft) -> Iterator[tuple[int, str]]:
    """Yield where a hyphen is missing, and the word as it is with it."""
    for match in WORD.finditer(text):
        # A part of a compound may itself be two: quatrevingt-neuf.
        for part in re.finditer(r"[^-’']+", match[0]):
            at = _missing(part[0], draft)
            if at:
                yield match.start() + part.start() + at, f"{part[0][:at]}-{part[0][at:]}"


def _missing(word: str, draft: Draft) -> int:
    """Return after how many letters of a word its hyphen is missing; 0 for none."""
    inner = _INNER.search(word)
    if inner and not word.startswith(_GAELIC):
        return inner.start()
    known = lexicon(draft.language.tag)
    if len(word) < 2 * LEAST or (known and (known.has(word) or known.has(word.lower()))):
        return 0
    small = word.casefold()
    cuts = range(LEAST, len(word) - LEAST + 1)
    return next((at for at in cuts if _is_compound(small[:at], small[at:], draft)), 0)


def _is_compound(a: str, b: str, draft: Draft) -> bool:
    """Tell whether two halves are written with a hyphen between them."""
    words, language = draft.words, draft.language
    if words and words.hyphened[f"{a}-{b}"]:
        return True
    known = lexicon(language.tag)
    if not known or not known.has(a) or not known.has(b):
        return False
    tens, units = language.numbers
    return (
        a in language.prefixes
        or (a in tens and b in units)
        or (b in language.inverted and a[-1] not in "aeiouyéèêà")
        or (language.compounds == "open" and b in language.seconds and len(b) > LEAST)
    )
