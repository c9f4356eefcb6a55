"""All that is known of the layout engine: HTML → laid-out boxes → PDF. Alone imports WeasyPrint."""

import ctypes.util
import sys


def _nowhere(name: str) -> None:
    """Find no library."""


if sys.platform == "linux":
    # WeasyPrint asks for every library by the names that other systems have for it, then by its
    # own. For each of the others ctypes would ask ldconfig, gcc and ld: a hundred programs a build.
    ctypes.util.find_library = _nowhere
