"""The colour profile of the press: which printing condition the book is made for.

In: the settings of the printed book and its folder, which may hold profiles/. Out: a `Profile`, or
problem P430 where the system has none and the book names none (S130 for a file that is none).
Profiles are those of ICC.1: output class, CMYK; each is tried before it is used. Names of
conditions are those of the ICC's registry of characterization data (www.color.org); the default is
FOGRA39, offset on coated paper.
"""

from __future__ import annotations

import os
import re
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from publish.ground.problems import Problem, problem
from publish.ground.root import BookRoot
from publish.ground.source import SourceFile
from publish.pictures.managed import SRGB, transform
from publish.settings.printing import DEFAULT_CONDITION, PrintSettings
from publish.settings.toml import place_of

FOLDER = "profiles"
DEFAULT = DEFAULT_CONDITION
FILES = ("FOGRA39L_coated.icc", "ISOcoated_v2_300_bas.icc", "ISOcoated_v2_300_eci.icc")
"""Profiles of the default condition by the names of their files, the first the best known."""
REGISTRY = "http://www.color.org"
_REGISTERED = re.compile(
    r"FOGRA\d\d|CGATS TR 00\d|CGATS21-2-CRPC[1-7]|IFRA\d\d|EUROSB[12]04|JC200103|JCN2002|JCW2003"
)
_NEWSPRINT = re.compile(r"FOGRA(41|42|48)|IFRA\d\d|CGATS21-2-CRPC1|JCN2002|.*news", re.IGNORECASE)
COATED_LIMIT, NEWSPRINT_LIMIT = 300, 260
_TRACE, _DARK = 12, 128
"""Levels of eight bits: so much, of all inks together, is no ink yet; so light is no black."""
_PLACES = (
    "share/color/icc",
    "share/texlive/texmf-dist/tex/generic/colorprofiles",
    "share/texmf-dist/tex/generic/colorprofiles",
    "share/scribus/profiles",
)


class NoProfile(Exception):
    """A file that is no profile of a press; the text says why."""


@dataclass(frozen=True)
class Profile:
    """A profile: its bytes, and the name of the printing condition that it is of."""

    data: bytes
    condition: str

    @property
    def is_registered(self) -> bool:
        """Tell whether the condition is one that the ICC's registry names."""
        return bool(_REGISTERED.fullmatch(self.condition))

    @property
    def ink_limit(self) -> int:
        """Return how much ink (%, all inks together) the condition's paper takes."""
        return ink_limit(self.condition)

    @cached_property
    def description(self) -> str:
        """Return what the profile calls itself."""
        from io import BytesIO

        from PIL import ImageCms

        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(self.data))).strip()


def ink_limit(condition: str) -> int:
    """Return how much ink (%) the paper of a condition takes: less where it is newsprint."""
    return NEWSPRINT_LIMIT if _NEWSPRINT.match(condition) else COATED_LIMIT


def press_profile(
    settings: PrintSettings, root: BookRoot, source: SourceFile
) -> tuple[Profile | None, list[Problem]]:
    """Return the profile that a book names, else the default one of the system.

    `source` is book.toml, in which a fault of its profile is told.
    """
    if settings.profile:
        try:
            data = _checked(lambda: root.read(FOLDER, settings.profile))
        except NoProfile as error:
            at = place_of(source, "print", "profile")
            return None, [problem("S130", at, file=settings.profile, reason=str(error))]
        return Profile(data, settings.condition), []
    for path in system_files():
        try:
            return Profile(_checked(path.read_bytes), DEFAULT), []
        except NoProfile:
            continue
    return None, [problem("P430", None, condition=DEFAULT, files=", ".join(FILES))]


def system_files() -> Iterator[Path]:
    """Yield the profiles of the default condition that the system has."""
    roots = [Path(sys.prefix), Path.home() / ".local"]
    roots += [Path(one) for one in ("/usr", "/usr/local", "/opt/homebrew")]
    data = [Path(one) for one in os.environ.get("XDG_DATA_DIRS", "").split(":") if one]
    places = [root / place for root in roots for place in _PLACES]
    places += [one / "color/icc" for one in data]
    places += [Path("/Library/ColorSync/Profiles"), Path.home() / "Library/ColorSync/Profiles"]
    for name in FILES:
        for place in places:
            for path in (place / name, *sorted(place.glob(f"*/{name}"))):
                if path.is_file():
                    yield path


def _checked(read: Callable[[], bytes]) -> bytes:
    """Return the bytes of a profile; raises `NoProfile` for what is none of a CMYK press."""
    try:
        data = read()
    except OSError as error:
        raise NoProfile(error.strerror or str(error)) from error
    prove(data)
    return data


@cache
def prove(data: bytes) -> None:
    """Raise `NoProfile` for what does not do the work of a profile of a CMYK press.

    It takes colours of a screen into inks and inks back again (ICC.1, 8.4: AToB and BToA), paper
    stays paper, and black is dark.
    """
    if len(data) < 132 or data[36:40] != b"acsp":
        raise NoProfile("it is no ICC profile")
    if struct.unpack(">I", data[:4])[0] > len(data):
        raise NoProfile("it is damaged: its end is missing")
    kind, space = data[12:16], data[16:20]
    if kind != b"prtr" or space != b"CMYK":
        raise NoProfile("it is not a profile of a press that prints in CMYK")
    white = _changed(into_inks, data, "RGB", (255, 255, 255))
    paper, black = (_changed(_out_of_inks, data, "CMYK", (0, 0, 0, k)) for k in (0, 255))
    if sum(white) > _TRACE or min(paper) < 255 - _TRACE or max(black) > _DARK:
        raise NoProfile("it is damaged: its colours are not those of ink on paper")


def _changed(
    transform: Callable[[bytes], Any], data: bytes, mode: str, colour: tuple[int, ...]
) -> tuple[int, ...]:
    """Return a colour through a transform of a profile."""
    from PIL import Image, ImageCms

    try:
        made = ImageCms.applyTransform(Image.new(mode, (1, 1), colour), transform(data))
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        way = "from a screen into inks" if mode == "RGB" else "from inks back to a screen"
        opens = not isinstance(error, OSError)
        why = f"it does not take colours {way}" if opens else "no program can open it"
        raise NoProfile(f"it is damaged, or of a kind that is not known: {why}") from error
    assert made is not None  # only a transform in place gives nothing
    pixel: Any = made.getpixel((0, 0))
    return tuple(pixel)


def into_inks(profile: bytes) -> Any:
    """Return the transform from sRGB into the inks of a profile."""
    return transform(SRGB, "RGB", profile, "CMYK")


def _out_of_inks(profile: bytes) -> Any:
    return transform(profile, "CMYK", SRGB, "RGB")
