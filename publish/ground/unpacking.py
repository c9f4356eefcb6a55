"""What was packed by `pickle`, of known classes alone.

In: bytes, and the classes that may be made of them. Out: what was packed; None where that is
broken off, or of another class: no byte of it has anything else called (Python's `pickle`,
“Restricting globals”).
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Known: TypeAlias = Mapping[tuple[str, str], type]
"""Classes by the module and the name that they are packed under."""
_BROKEN = (pickle.UnpicklingError, EOFError, TypeError, ValueError, AttributeError, IndexError)


def named(classes: Iterable[type]) -> Known:
    """Return classes by their names."""
    return {(one.__module__, one.__qualname__): one for one in classes}


def unpacked(data: bytes, known: Known) -> Any:
    """Return what was packed, or None."""
    try:
        return _Unpickler(data, known).load()
    except _BROKEN:
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, known: Known) -> None:
        super().__init__(io.BytesIO(data))
        self._known = known

    def find_class(self, module: str, name: str) -> Any:
        try:
            return self._known[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not to be made") from None
