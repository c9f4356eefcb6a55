"""Which inks a PDF prints, and on which of its pages.

In: a `File`. Out: the pages of each ink, from 1. Colours of screens and of profiles are none: what
inks they become is decided by whoever converts them.
"""

from __future__ import annotations

from collections.abc import Mapping

from publish.checks.preflight.marks import Mark
from publish.checks.preflight.model import File
from publish.checks.preflight.plates import bands_by_plate, plates_of
from publish.press.pixels import Unreadable
from publish.settings.printing import NO_INKS, PROCESS

Inks = Mapping[str, tuple[int, ...]]


def inks_of(file: File) -> Inks:
    """Return the pages of each ink that prints within their bleed: those of the press first."""
    found: dict[str, list[int]] = {ink: [] for ink in PROCESS}
    known: dict[tuple[int, int], frozenset[str]] = {}
    for sheet in file.sheets:
        shown = {ink for mark in sheet.marks if mark.alpha for ink in _inks(mark, known)}
        for ink in sorted(shown.difference(NO_INKS)):
            found.setdefault(ink, []).append(sheet.number)
    return {ink: tuple(pages) for ink, pages in found.items() if pages}


def _inks(mark: Mark, known: dict[tuple[int, int], frozenset[str]]) -> frozenset[str]:
    """Return the inks of a mark; those of a picture are read but once."""
    if mark.kind != "image" or mark.image.get("/ImageMask", False):
        tints = plates_of(mark.paint.space, mark.paint.most or mark.paint.values) or {}
        return frozenset(ink for ink, tint in tints.items() if tint > 0)
    key = mark.image.objgen
    if key not in known or key == (0, 0):
        try:
            bands = bands_by_plate(mark.image, mark.paint.space)
        except Unreadable:
            bands = {}
        known[key] = frozenset(ink for ink, band in bands.items() if band.getextrema()[1])
    return known[key]
