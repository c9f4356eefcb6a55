"""The environments in which templates are filled in, one for each folder of them.

In: a folder below `templates/`. Out: a Jinja2 environment that escapes what is put in, and raises
UndefinedError for a name that is not given.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def templates(folder: str) -> Environment:
    """Return the templates of a folder."""
    return Environment(
        loader=PackageLoader("publish", f"templates/{folder}"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
