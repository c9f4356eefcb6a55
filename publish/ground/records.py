"""Records, as structs of msgspec and dataclasses are: the names of their fields.

The hash of a struct is another in each process: a set of them has no order to write things in.
"""

from __future__ import annotations


def fields_of(value: object) -> tuple[str, ...]:
    """Return the names of a record's fields in their order, of another value none."""
    of_dataclass = getattr(value, "__match_args__", ())
    names: tuple[str, ...] = getattr(value, "__struct_fields__", of_dataclass)
    return names
