"""What a word processor's file holds besides its text, and what is told of it.

In: a `Package`, the notes that were called and the comments that were told. Out: what is left out:
heads and feet of pages, notes that nothing calls, comments that stand at no place.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from publish.importing.docx.calls import Key, Told
from publish.importing.docx.package import Package, W
from publish.importing.lines import plain

_BLANKS = tuple(f"{W}{name}" for name in ("tab", "ptab", "br", "cr"))
SHOWN = 30
"""Words of each that are told."""


def besides(package: Package, read: Container[Key], told: Container[str]) -> Iterator[Told]:
    """Yield what is left out, and as what."""
    heads = dict.fromkeys(filter(None, map(words_of, package.heads)))
    if heads:
        yield "running-head", f"left out: {', '.join(f'“{head}”' for head in heads)}"
    for key, note in package.notes.items():
        if key not in read and (words := words_of(note)):
            kind = key[0].removesuffix("s")
            yield "unread", f"{kind} {key[1]} is called nowhere, and left out: “{words}”"
    for name, comment in package.comments.items():
        if name not in told and (words := words_of(comment)):
            who = plain(str(comment.get(f"{W}author", ""))) or "somebody"
            yield "comment", f"{who} remarks at no place: {words}"


def all_words(root: Any) -> str:
    """Return the words of a part, those of its paragraphs one after the other."""
    parts: list[str] = []
    paragraph = None
    for one in root.iter(f"{W}t", *_BLANKS):
        # A box of text stands in a paragraph, and has paragraphs of its own.
        around = next(one.iterancestors(f"{W}p"), None)
        parts += [" "] if around is not paragraph else []
        parts.append(" " if one.tag in _BLANKS else one.text or "")
        paragraph = around
    return plain("".join(parts)).strip()


def words_of(root: Any) -> str:
    """Return the words of a part, cut off where there are many."""
    words = all_words(root).split()
    return " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
