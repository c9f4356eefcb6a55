"""Which pictures of two documents are others, and which stand elsewhere.

In: the pictures of both sides in their order, and a rule that tells whether two stand at one place.
Out: `PictureChange`s. Pictures are paired by what they show; what is left between two that are the
same is what was there and what came for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from publish.comparing.model import Picture
from publish.comparing.pixels import far_apart, look_of, unlike
from publish.text.matching import matches

Kind = Literal["added", "removed", "replaced", "moved"]
Pair = tuple[Picture, Picture]
_MANY = 100
"""Pairs of pictures that are compared in search of those most alike, at the most."""


class PictureChange(Struct, frozen=True):
    """A picture that is added, removed, moved or replaced; None on the side where it is not.

    `share` is how much of a replaced one is different, from 0 to 1.
    """

    kind: Kind
    old: Picture | None
    new: Picture | None
    share: float = 1.0


def picture_changes(
    old: Sequence[Picture], new: Sequence[Picture], in_place: Callable[[Picture, Picture], bool]
) -> tuple[list[PictureChange], list[Pair]]:
    """Return what changed of pictures, and the pairs of those that did not."""
    shown = _shown(old, new)
    names = [[shown.get(one.digest, one.digest) for one in side] for side in (old, new)]
    found = matches(*names)
    kept = [(old[x + at], new[y + at]) for x, y, length in found for at in range(length)]
    changes = [PictureChange("moved", *pair, 0.0) for pair in kept if not in_place(*pair)]
    gaps = [
        ([*old[x + length : next_x]], [*new[y + length : next_y]])
        for (x, y, length), (next_x, next_y, _) in pairwise(
            [(0, 0, 0), *found, (len(old), len(new), 0)]
        )
    ]
    elsewhere = [one for _, come in gaps for one in come]
    for gone, _ in gaps:
        for one in [*gone]:
            same = (it for it in elsewhere if shown.get(it.digest, it.digest) == one.digest)
            if (other := next(same, None)) is not None:
                gone.remove(one)
                elsewhere.remove(other)
                changes.append(PictureChange("moved", one, other, 0.0))
    for gone, come in gaps:
        changes += _replaced(gone, [one for one in come if any(one is it for it in elsewhere)])
    return changes, [pair for pair in kept if in_place(*pair)]


def _shown(old: Sequence[Picture], new: Sequence[Picture]) -> dict[str, str]:
    """Return, for pictures of the new side, the digest of that of the old side that they show.

    Only what has no double is decoded, and only what is alike from afar is compared at full size.
    """
    here = {one.digest: one for one in old}
    there = {one.digest: one for one in new}
    strange = [one for digest, one in there.items() if digest not in here]
    lost = [one for digest, one in here.items() if digest not in there]
    if not strange or not lost:
        return {}
    looks = {one.digest: _look(one) for one in (*lost, *strange)}
    made = {}
    for one in strange:
        for other in lost:
            mine, yours = looks[one.digest], looks[other.digest]
            if mine and yours and not far_apart(mine, yours) and _unlike(other, one) == 0:
                made[one.digest] = other.digest
                lost.remove(other)
                break
    return made


def _look(one: Picture) -> bytes | None:
    image = one.pixels()
    return None if image is None else look_of(image)


def _unlike(one: Picture, other: Picture) -> float:
    first, second = one.pixels(), other.pixels()
    return 1.0 if first is None or second is None else unlike(first, second)


def _replaced(gone: Sequence[Picture], come: Sequence[Picture]) -> Iterator[PictureChange]:
    """Yield what stands between two pictures that are the same.

    As many as there were are pairs in their order; of more or fewer those most alike are.
    """
    every = [(x, y) for x in range(len(gone)) for y in range(len(come))]
    if len(gone) == len(come) or len(every) > _MANY:
        every = [(x, y) for x, y in every if x == y]
    shares = {(x, y): _unlike(gone[x], come[y]) for x, y in every}
    before, after = [*range(len(gone))], [*range(len(come))]
    for x, y in sorted(shares, key=lambda pair: (shares[pair], abs(pair[0] - pair[1]), pair)):
        if x in before and y in after:
            before.remove(x)
            after.remove(y)
            yield PictureChange("replaced", gone[x], come[y], shares[x, y])
    yield from (PictureChange("removed", gone[x], None) for x in before)
    yield from (PictureChange("added", None, come[y]) for y in after)
