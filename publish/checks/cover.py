"""The cover picture for the shops: JPEG, 1600 × 2560 pixels, RGB.

In: a `Subject`. Out: problem K705.
"""

from __future__ import annotations

from publish.checks.subject import Subject
from publish.ground.problems import Problem, problem
from publish.sizes.geometry import COVER_SIZE

END = b"\xff\xd9"
"""What a JPEG file ends with (ITU-T T.81, B.1.1.3)."""


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the cover picture."""
    path = subject.fresh("cover")
    if path is None:
        return []
    from PIL import Image

    try:
        with Image.open(path) as image:
            kind, size, mode = image.format, image.size, image.mode
            image.load()
        # Pillow may have been told to fill up half a picture, so its end is looked for as well.
        if kind == "JPEG" and not path.read_bytes().endswith(END):
            kind = None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        kind, size, mode = None, (0, 0), ""
    wanted = f"JPEG, {COVER_SIZE[0]} × {COVER_SIZE[1]} pixels, RGB"
    found = (
        f"{kind}, {size[0]} × {size[1]} pixels, {mode}" if kind else "no picture, or half of one"
    )
    return [] if found == wanted else [_wrong(path.name, found, wanted)]


def _wrong(file: str, found: str, wanted: str) -> Problem:
    return problem("K705", None, file=file, found=found, wanted=wanted)
