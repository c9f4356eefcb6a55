"""Colour management: pixels taken from one profile to another (ICC.1).

In: profiles as bytes, none for sRGB. Out: a transform of littlecms, relative colorimetric and with
black-point compensation, as pictures go to a press. Raises what Pillow does of a profile that is
damaged, or is not of the pixels: `ImageCms.PyCMSError`, OSError or ValueError.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

SRGB = b""
LAB = b"Lab"
"""The connection space itself, L*a*b* against D50, of eight bits in Pillow."""


@cache
def transform(source: bytes, given: str, target: bytes, made: str) -> Any:
    """Return the transform between two profiles, for pixels of two modes of Pillow."""
    from PIL import ImageCms

    return ImageCms.buildTransform(
        _opened(source),
        _opened(target),
        given,
        made,
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _opened(profile: bytes) -> Any:
    from PIL import ImageCms

    if profile in (SRGB, LAB):
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB" if profile else "sRGB"))
    return ImageCms.ImageCmsProfile(BytesIO(profile))


def converted(image: Any, source: bytes, target: bytes, mode: str) -> Any:
    """Return a picture in the colours of another profile."""
    from PIL import ImageCms

    made = ImageCms.applyTransform(image, transform(source, image.mode, target, mode))
    assert made is not None  # only a transform in place gives nothing
    return made


def managed(image: Any, source: bytes, target: bytes, mode: str) -> Any:
    """Return a picture in the colours of another profile; None where its own does not fit it."""
    from PIL import ImageCms

    try:
        return converted(image, source, target, mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def described(profile: bytes) -> str:
    """Return what a profile calls itself; nothing for what is none."""
    from PIL import ImageCms

    try:
        return ImageCms.getProfileDescription(_opened(profile)).strip()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return ""
