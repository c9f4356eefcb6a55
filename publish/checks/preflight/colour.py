"""Preflight of colours: their spaces, black, white, ink, lines and pictures (ISO 32000-1, 8).

In: a `Sheet`. Out: findings F909 to F916, F922 to F924 and F930. The thresholds are those that
printers ask for; `profiles` has the limit of ink of a printing condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Stream

from publish.checks.preflight.marks import Mark
from publish.checks.preflight.model import File, Finding, Sheet
from publish.checks.preflight.plates import plates_of
from publish.checks.preflight.totals import is_white, most_ink
from publish.pictures.photos import GOOD_PPI, LEAST_PPI
from publish.press.boxes import area
from publish.press.pixels import Unreadable, fault_of, is_flat, own_components
from publish.press.profiles import ink_limit
from publish.press.spaces import Space, read_space
from publish.settings.printing import PROCESS

HAIRLINE = 0.15
BLACK, GREY = 0.7, 0.6
"""Above so much black, or so much of the three colours together, other inks make a mixed black."""
_ROUNDING = 1.0
"""Ink (%) and resolution (ppi) that are no more beyond a limit are at it."""
_WHAT = {"fill": "an area", "stroke": "a line", "image": "a picture", "shading": "a shading"}
_FREE = ("/CalRGB", "/Lab", "/CalGray")
_SCREENS = ("/DeviceRGB",)
_DEVICE = ("/DeviceCMYK", "/DeviceGray", "/Pattern")


def spaces(sheet: Sheet) -> Iterator[Finding]:
    """Look for colours of screens, and for those that the printer would have to convert."""
    for mark in sheet.everywhere:
        if mark.kind == "image" and _mask_space(mark) not in ("", "/DeviceGray"):
            yield sheet.found("F909", mark.box, what="a mask", space=_mask_space(mark)[1:])
        space = mark.paint.space.root
        base = space.base if space.inks and space.base else space
        if base.family in _DEVICE or (mark.kind == "image" and _is_stencil(mark)):
            continue
        what = "a mask" if mark.masked else _WHAT.get(mark.kind, mark.kind)
        if base.family == "?" and mark.kind == "image" and _keeps_colours(mark):
            if _own_space(mark) != "/DeviceRGB":
                continue
            base = Space("/DeviceRGB", 3)
        if base.family not in (*_SCREENS, *_FREE, "/ICCBased"):
            yield sheet.unjudged(f"the colour of {what}", _unknown(base), mark.box)
            continue
        if odd := _odd_inks(mark, base, sheet.file):
            yield sheet.found("F924", mark.box, what=odd)
            continue
        code = "F923" if base.family in (*_FREE, "/ICCBased") else "F909"
        yield sheet.found(code, mark.box, what=what, space=_name(base))


def _odd_inks(mark: Mark, space: Space, file: File) -> str:
    """Return what is wrong with CMYK of a profile of its own; "" of other colours.

    One of the press itself leaves open whether it is converted; and a nought in what overprints
    is one no longer once it is. (The same holds in PDF/A: ISO 19005-4, 6.2.4.2, as veraPDF has it.)
    """
    if space.family != "/ICCBased" or space.components != 4:
        return ""
    if file.is_press(space.profile):
        return "CMYK that brings the profile of the output intent itself"
    return "CMYK of a profile that overprints in mode 1" if mark.over and mark.mode == 1 else ""


def _mask_space(mark: Mark) -> str:
    """Return the family of the colours of the mask that a picture brings; "" without one."""
    mask = mark.image.get("/SMask")
    if not isinstance(mask, Stream) or "/ColorSpace" not in mask:
        return ""
    return read_space(mask.ColorSpace, Dictionary()).family


def _keeps_colours(mark: Mark) -> bool:
    return "/ColorSpace" not in mark.image


def _own_space(mark: Mark) -> str:
    """Return the family of the colours that a picture keeps to itself; "" for one unreadable."""
    try:
        count = own_components(mark.image)
    except Unreadable:
        return ""
    return {3: "/DeviceRGB"}.get(count, "/DeviceCMYK")


def _unknown(space: Space) -> str:
    named = space.family.removeprefix("/")
    return f"there is no colour space {named}" if named != "?" else "its colour space is not told"


def pictures(sheet: Sheet) -> Iterator[Finding]:
    """Look whether the pixels of each picture are there, and of the mask that it brings."""
    for mark in (*sheet.marks, *sheet.masks):
        if mark.kind != "image":
            continue
        stencil = bool(mark.image.get("/ImageMask", False))
        parts = [(mark.image, 1 if stencil else mark.paint.space.components)]
        mask = mark.image.get("/SMask")
        if isinstance(mask, Stream):
            parts.append((mask, 1))
        for image, count in parts:
            if reason := _pixels(image, count, sheet.file.pixels):
                yield sheet.unjudged("a picture", reason, mark.box)
                break


def _pixels(image: Any, count: int, known: dict[tuple[int, int], str]) -> str:
    """Return what is wrong with the pixels of a picture; it is decoded once a file."""
    key = image.objgen
    if key == (0, 0):
        return fault_of(image, count)
    if key not in known:
        known[key] = fault_of(image, count)
    return known[key]


def _is_stencil(mark: Mark) -> bool:
    return bool(mark.image.get("/ImageMask", False)) and mark.paint.space.family in _DEVICE


def _name(space: Space) -> str:
    if space.family == "/ICCBased":
        return f"a profile of {space.components} colours"
    return space.family.removeprefix("/")


def blending(sheet: Sheet) -> Iterator[Finding]:
    """Look for transparency that blends in colours of screens while the press prints in CMYK."""
    for mark in sheet.everywhere:
        if mark.blends and mark.blends.process not in ("/DeviceCMYK", "/DeviceGray"):
            yield sheet.found("F910", mark.box, space=_name(mark.blends))


def resolution(sheet: Sheet) -> Iterator[Finding]:
    """Look for pictures with too few pixels at the size at which they are placed."""
    for mark in sheet.marks:
        if mark.kind != "image" or 0 in mark.sides:
            continue
        across, along = (float(mark.image.get(key, 0)) for key in ("/Width", "/Height"))
        if not (across and along):
            # What is no picture is told by `pictures`.
            continue
        ppi = min(across / mark.sides[0], along / mark.sides[1]) * 72
        if ppi + _ROUNDING < GOOD_PPI and not _plain(mark):
            low = ppi + _ROUNDING < LEAST_PPI
            least = LEAST_PPI if low else GOOD_PPI
            yield sheet.found("F911" if low else "F912", mark.box, ppi=int(ppi), least=least)


def _plain(mark: Mark) -> bool:
    """Tell whether a picture is but a flat colour that was stretched, without a mask of its own."""
    masks = any(key in mark.image for key in ("/SMask", "/Mask"))
    count = 1 if mark.image.get("/ImageMask", False) else mark.paint.space.components
    return not masks and count > 0 and is_flat(mark.image, count)


def ink(sheet: Sheet) -> Iterator[Finding]:
    """Look for more ink than the paper takes."""
    limit = ink_limit(sheet.file.condition)
    # What covers most is named first: it is there that the paper gets wet.
    for total, mark in sorted(most_ink(sheet.marks), key=lambda one: -area(one[1].box)):
        if total is None:
            yield sheet.unjudged("how much ink a picture has", "it cannot be read", mark.box)
        elif total > limit + _ROUNDING:
            yield sheet.found("F913", mark.box, total=round(total), limit=limit)


def black_text(sheet: Sheet) -> Iterator[Finding]:
    """Look for black text that is made of several inks, so that no small letter stays sharp."""
    for mark in sheet.marks:
        if mark.kind == "text" or mark.size:
            tints = _tints(mark)
            others = [tint for ink, tint in tints.items() if ink != "Black"]
            least = min(tints.get(ink, 0.0) for ink in PROCESS[:3])
            if any(others) and (tints.get("Black", 0.0) >= BLACK or least >= GREY):
                mix = " ".join(f"{100 * one:.3g}" for one in tints.values())
                yield sheet.found("F914", mark.box, mix=mix, inks=", ".join(tints))


def _tints(mark: Mark) -> dict[str, float]:
    """Return the inks of a colour, each with how dark it prints; none of a colour of screens."""
    space, values = mark.paint.space, mark.paint.values
    if space.process == "/DeviceCMYK" and not space.inks and len(values) == len(PROCESS):
        return dict(zip(PROCESS, values, strict=True))
    return plates_of(space, values) or {}


def white_overprint(sheet: Sheet) -> Iterator[Finding]:
    """Look for white that is set to overprint, and so does not print at all."""
    for mark in sheet.marks:
        if mark.over and is_white(mark):
            yield sheet.found("F915", mark.box, what=mark.kind)


def black_overprint(sheet: Sheet) -> Iterator[Finding]:
    """Look for black that is set to overprint and knocks out all the same (8.6.7).

    In mode 0 the noughts of a colour in CMYK are set too.
    """
    for mark in sheet.marks:
        black = mark.paint.space.family == "/DeviceCMYK" and mark.paint.values == (0, 0, 0, 1)
        if black and mark.over and mark.mode == 0 and mark.kind != "image":
            yield sheet.found("F930", mark.box, what=mark.kind)


def hairlines(sheet: Sheet) -> Iterator[Finding]:
    """Look for lines that are too thin to print whole."""
    for mark in sheet.marks:
        thin = mark.kind == "stroke" or (mark.kind == "fill" and _is_line(mark))
        if thin and mark.thickness < HAIRLINE and not is_white(mark) and mark.alpha:
            width = round(mark.thickness, 3)
            yield sheet.found("F916", mark.box, width=width, least=HAIRLINE)


def _is_line(mark: Mark) -> bool:
    """Tell whether a filled shape is a line: something long; one without any width prints too."""
    left, foot, right, head = mark.box
    return max(right - left, head - foot) > 2


def registration(sheet: Sheet) -> Iterator[Finding]:
    """Look for the colour of register marks on the page itself."""
    for mark in sheet.marks:
        if "All" in mark.paint.space.inks:
            yield sheet.found("F922", mark.box)
