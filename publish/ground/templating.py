"""The environments in which templates are filled in, one for each folder of them.

In: a folder below `templates/` of the package: none comes from a book. Out: a Jinja2 environment
that escapes what is put in, and raises UndefinedError for a name that is not given. It is a
sandbox: what is put in can be looked at and neither changed nor run (Jinja 3.1, “Sandbox”).
"""

from __future__ import annotations

from functools import cache

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment


@cache
def templates(folder: str, closed: bool = False) -> ImmutableSandboxedEnvironment:
    """Return the templates of a folder; `closed` ones keep the line feed at their end."""
    return ImmutableSandboxedEnvironment(
        loader=PackageLoader("publish", f"templates/{folder}"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=closed,
    )
