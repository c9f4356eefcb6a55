"""Captions: the label goes, the first letter becomes a capital, each picture gets an id.

In: a draft with the text of its passages. Out: the same with captions as they are shown.
`photo_ids` names the pictures by the first words of their captions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from publish.ground.filenames import slug_of
from publish.importing.model import Draft, Passage
from publish.importing.runs import capitalised, cut

ID_WORDS = 4


def trim_captions(draft: Draft) -> Draft:
    """Take the labels (“Photo:”) off the captions."""
    passages = list(draft.passages)
    left = list(draft.left)
    for at, passage in enumerate(passages):
        if passage.kind not in ("caption", "cover"):
            continue
        label = draft.language.photo.match(passage.text)
        size = label.end() if label else 0
        left += [("label", run) for run in cut(passage.runs, 0, size)]
        runs = cut(passage.runs, size, len(passage.text))
        passages[at] = structs.replace(
            passage, runs=capitalised(runs, "begins the caption") if label else runs
        )
    return structs.replace(draft, passages=tuple(passages), left=tuple(left))


def photo_ids(captions: Sequence[Passage]) -> list[str]:
    """Return an id for each caption: its first words, with a number where two begin alike."""
    out: dict[str, None] = {}
    last: dict[str, int] = {}
    for caption in captions:
        words = caption.text or caption.picture
        base = "-".join(slug_of(words).split("-")[:ID_WORDS])
        base = base if base[0].isalpha() else f"photo-{base}"
        name, number = base, last.get(base, 1)
        while name in out:
            number += 1
            name = f"{base}-{number}"
        last[base] = number
        out[name] = None
    return list(out)


def shortened(slug: str, length: int) -> str:
    """Return a slug cut off between two words, at most `length` characters if it can be."""
    if len(slug) <= length:
        return slug
    return re.sub(r"-[^-]*$", "", slug[: length + 1]) or slug[:length]
