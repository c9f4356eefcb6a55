"""What reading a damaged PDF may raise, whichever library reads it.

An object may be of another kind than ISO 32000 says, or not be there, and that is found out
wherever it is come upon.
"""

from __future__ import annotations

import logging

from pikepdf import PasswordError, PdfError
from pypdfium2 import PdfiumError

DAMAGE = (
    PdfError,
    PasswordError,
    PdfiumError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
# What it would write to the terminal by itself is told by problems.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())
