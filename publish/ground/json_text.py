"""JSON as anyone may have written it.

In: a text, or its bytes in UTF-8. Out: plain values. All that is read of JSON is read here, so that
what is no JSON is one error to whoever reads it, however it is none.
"""

from __future__ import annotations

import json
from typing import Any


def from_json(text: str | bytes) -> Any:
    """Return the values of a text; raises ValueError for what is none, or is nested too deeply."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
