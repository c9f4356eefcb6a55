"""The colours of a screen in the inks of the press: black is K alone, the red is the book's red.

In: colours and pictures in sRGB, colours of L*a*b* and of profiles, and what the press has: its
profile and its red. Out: inks (C, M, Y, K from 0 to 1) and pictures in grey or CMYK. A neutral
colour is a tint of black. Others go through the profile as ICC.1 has it, relative colorimetric and
with black-point compensation; without a profile they stay as they are. No picture has more ink than
the paper takes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from publish.ground.shelf import Shelf
from publish.markup.stylesheets import token
from publish.pictures.managed import LAB, SRGB, converted
from publish.press.cie import rewhitened, srgb_of
from publish.press.profiles import Profile
from publish.settings.printing import PrintSettings

if TYPE_CHECKING:
    from PIL.Image import Image

Cmyk = tuple[float, float, float, float]
Rgb = tuple[float, float, float]
BLACK: Cmyk = (0.0, 0.0, 0.0, 1.0)
_STEP = 0.6 / 255
"""Half a step of eight bits, and a little: colours that differ by no more are one."""
_NEAR = 10 / 255
"""How far a mix of black and red may be from a colour that it is to stand for."""
_RINGING = 25 / 255
"""The same in pictures, where edges overshoot their colour when they are made smaller."""
_GRID, _STRANGE, _TRACE = 33, 0.002, 4
"""Steps of the table that parts a picture into plates; pixels that may not fit; levels of none."""
_NEUTRAL = 3
"""Levels of eight bits by which the three colours of a neutral pixel may differ."""
_NUMBER = re.compile(r"[\d.]+")
_MARGIN = 2
"""How far below the limit of the paper (%) a picture is kept, for what JPEG adds to it."""


@dataclass(frozen=True)
class Inks:
    """What the press has: `red` as a mix of its inks, and its own ink's name if it is a spot.

    `screen_red` is the colour that stands for it on screens, written #rrggbb; on the `shelf`
    pictures wait that were set in inks before.
    """

    screen_red: str
    red: Cmyk
    spot: str = ""
    profile: Profile | None = None
    shelf: Shelf = field(default_factory=Shelf, compare=False, repr=False)
    known: dict[Rgb, Cmyk] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def mark(self) -> str:
        """Return the digest of all that a page in inks hangs on, beside the page."""
        total = sha256(repr((self.screen_red, self.red, self.spot)).encode("utf-8"))
        if self.profile:
            total.update(repr((self.profile.condition, self.profile.ink_limit)).encode("utf-8"))
            total.update(self.profile.data)
        return total.hexdigest()

    def of_rgb(self, colour: Rgb) -> Cmyk | None:
        """Return a colour of the screen in inks; None where there is no profile to tell."""
        if max(colour) - min(colour) <= _STEP:
            return (0.0, 0.0, 0.0, round(1 - sum(colour) / 3, 4))
        if all(abs(one - other) <= _STEP for one, other in zip(colour, self._screen, strict=True)):
            return self.red
        if self.profile is None:
            return None
        if colour not in self.known:
            self.known[colour] = self._converted(colour)
        return self.known[colour]

    def of_lab(self, lab: Rgb, white: Rgb) -> Cmyk | None:
        """Return a colour of L*a*b* in inks; None where there is no profile to tell.

        What a screen can show goes the way of the colours of a screen, so that neutral and red are
        what they are there; what it cannot show goes to the press straight.
        """
        shown = srgb_of(lab, white)
        if min(shown) >= -_STEP and max(shown) <= 1 + _STEP:
            red, green, blue = (min(max(one, 0.0), 1.0) for one in shown)
            return self.of_rgb((red, green, blue))
        if self.profile is None:
            return None
        level, a, b = rewhitened(lab, white)
        # ICC.1 has a* and b* in bytes from -128 on.
        sides = (round(min(max(one, -128), 127)) + 128 for one in (a, b))
        return self._sampled("LAB", (round(min(max(level, 0), 100) * 2.55), *sides), LAB)

    def of_profile(self, values: Sequence[float], icc: bytes) -> Cmyk | None:
        """Return a colour of a profile of its own in inks (ICC.1); None where nobody can tell.

        A colour of the press itself stays what it is, and black alone stays black alone.
        """
        if self.profile is None:
            return None
        if len(values) == 4 and (icc == self.profile.data or not any(values[:3])):
            cyan, magenta, yellow, black = values
            return cyan, magenta, yellow, black
        mode = {1: "L", 3: "RGB", 4: "CMYK"}.get(len(values), "")
        levels = tuple(round(255 * min(max(one, 0.0), 1.0)) for one in values)
        from PIL import ImageCms

        try:
            if mode in ("L", "RGB"):
                shown = converted(_pixel(mode, levels), icc, SRGB, "RGB").getpixel((0, 0))
                red, green, blue = (one / 255 for one in shown)
                if max(shown) - min(shown) <= 1:
                    return (0.0, 0.0, 0.0, round(1 - green, 4))
                if self.in_two((red, green, blue)):
                    return self.of_rgb((red, green, blue))
            return self._sampled(mode, levels, icc)
        except (OSError, ValueError, ImageCms.PyCMSError):
            return None

    def is_red(self, inks: Sequence[float]) -> bool:
        """Tell whether a mix of inks is the book's red."""
        return len(inks) == 4 and all(
            abs(one - other) < 0.002 for one, other in zip(inks, self.red, strict=True)
        )

    def in_two(self, colour: Rgb) -> tuple[float, float] | None:
        """Return a colour as tints of black and of the red; None for one that they cannot mix."""
        black, tint, off = self._mixed(colour)
        return (black, tint) if off <= _NEAR else None

    def mixed(self, black: float, tint: float) -> Cmyk:
        """Return tints of black and of the red as the inks of which the red is mixed."""
        cyan, magenta, yellow, own = (tint * one for one in self.red)
        return cyan, magenta, yellow, min(1.0, black + own)

    def _mixed(self, colour: Rgb) -> tuple[float, float, float]:
        """Return the tints of black and of the red nearest to a colour, and how far off they are.

        Each of the two takes its share of the light that the paper gives back, so that whatever
        lies between white, the red and black is met.
        """
        red, green, blue = self._screen
        if max(colour) <= _STEP:
            return 1.0, 0.0, 0.0
        ratio = colour[1] / max(colour[0], _STEP)
        tint = (1 - ratio) / max((1 - green) - ratio * (1 - red), _STEP)
        tint = min(max(tint, 0.0), 1.0)
        left = [1 - tint * (1 - one) for one in (red, green, blue)]
        black = min(max(1 - colour[0] / left[0], 0.0), 1.0)
        off = max(abs((1 - black) * one - own) for one, own in zip(left, colour, strict=True))
        return black, tint, off

    def plates(self, image: Image) -> Image | None:
        """Return a picture in sRGB as two bands, black and the red; 255 is all of an ink.

        None for one that the two cannot mix.
        """
        from PIL import Image as images
        from PIL import ImageChops, ImageFilter

        def mixed(red: float, green: float, blue: float) -> tuple[float, float, float]:
            black, tint, off = self._mixed((red, green, blue))
            return black, tint, min(1.0, off / (4 * _RINGING))

        table = ImageFilter.Color3DLUT.generate(_GRID, mixed, channels=3)
        black, tint, off = image.convert("RGB").filter(table).split()
        strange = sum(off.histogram()[64:])
        if strange > _STRANGE * image.width * image.height:
            return None
        # In the shadows the table cannot tell grey from red.
        neutral, nothing = neutral_in(image), images.new("L", image.size)
        black = images.composite(ImageChops.invert(image.convert("L")), black, neutral)
        tint = images.composite(nothing, tint, neutral)
        return images.merge("LA", (black.point(_whole), tint.point(_whole)))

    def picture(self, image: Image) -> Image | None:
        """Return a picture in sRGB as grey or CMYK; None where there is no profile to tell."""
        if image.mode == "L" or self.profile is None:
            return image if image.mode == "L" else None
        made = converted(image.convert("RGB"), SRGB, self.profile.data, "CMYK")
        return limited(made, self.profile.ink_limit - _MARGIN)

    def within_limit(self, image: Image) -> Image:
        """Return a picture in CMYK: itself where the paper takes its ink, else with less of it."""
        if self.profile is None or limited(image, self.profile.ink_limit) is image:
            return image
        return limited(image, self.profile.ink_limit - _MARGIN)

    @cached_property
    def _screen(self) -> Rgb:
        digits = self.screen_red.lstrip("#")
        red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
        return red, green, blue

    def _converted(self, colour: Rgb) -> Cmyk:
        return self._sampled("RGB", tuple(round(one * 255) for one in colour), SRGB)

    def _sampled(self, mode: str, levels: tuple[int, ...], source: bytes) -> Cmyk:
        """Return a colour of a profile as the press has it, no richer than the paper takes."""
        assert self.profile
        made = converted(_pixel(mode, levels), source, self.profile.data, "CMYK")
        pixel: Any = limited(made, self.profile.ink_limit - _MARGIN).getpixel((0, 0))
        cyan, magenta, yellow, black = (round(one / 255, 4) for one in pixel)
        return cyan, magenta, yellow, black


def _pixel(mode: str, levels: tuple[int, ...]) -> Any:
    from PIL import Image as images

    return images.new(mode, (1, 1), levels if len(levels) > 1 else levels[0])


def inks_of(settings: PrintSettings, profile: Profile | None, shelf: Shelf) -> Inks:
    """Return what the press prints a book with."""
    spot = settings.red_name if settings.red == "spot" else ""
    return Inks(token("screen", "red"), mix_of(token("print", "red")), spot, profile, shelf)


def limited(image: Image, limit: float) -> Image:
    """Return a CMYK picture with no more ink than `limit` (%): the three colours give way."""
    from PIL import Image as images
    from PIL import ImageMath

    bands = dict(zip("cmyk", image.split(), strict=True))
    most = round(limit * 2.55)
    over = ImageMath.lambda_eval(
        lambda of: of["max"](of["c"] + of["m"] + of["y"] + of["k"] - most, 0), **bands
    )
    if not over.getextrema()[1]:
        return image
    less = ImageMath.lambda_eval(lambda of: (of["over"] + 2) / 3, over=over)
    for name in "cmy":
        fewer = ImageMath.lambda_eval(_taken, band=bands[name], less=less)
        bands[name] = fewer.convert("L")
    return images.merge("CMYK", tuple(bands.values()))


def neutral_in(image: Image) -> Image:
    """Return a mask of the pixels of a picture in RGB that have no colour."""
    from PIL import ImageChops

    red, green, blue = image.convert("RGB").split()
    apart = ImageChops.lighter(
        ImageChops.difference(red, green),
        ImageChops.lighter(ImageChops.difference(green, blue), ImageChops.difference(red, blue)),
    )
    return apart.point(lambda level: 255 if level <= _NEUTRAL else 0)


def _whole(level: int) -> int:
    """Return a level without the trace of ink, or of paper, that rounding leaves."""
    return 0 if level <= _TRACE else 255 if level >= 255 - _TRACE else level


def _taken(of: Any) -> Any:
    return of["max"](of["band"] - of["less"], 0)


def mix_of(written: str) -> Cmyk:
    """Read the inks of `device-cmyk(…)` (CSS Color 5, section 8)."""
    cyan, magenta, yellow, black = (float(one) for one in _NUMBER.findall(written))
    return cyan, magenta, yellow, black
