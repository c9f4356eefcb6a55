"""The environments in which templates are filled in, one for each folder of them.

In: a folder below `templates/` of the package: none comes from a book. Out: a Jinja2 environment
that escapes what is put in, and raises UndefinedError for a name that is not given. It is a
sandbox: what is put in can be looked at and neither changed nor run (Jinja 3.1, “Sandbox”). What
a template was compiled to is kept beside the secret of a user, and bears their seal.
"""

from __future__ import annotations

import hashlib
from functools import cache

import jinja2
from jinja2 import BytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from publish.ground.shelf import own_shelf

_KEPT = 100
"""Compiled templates that are kept of other releases, and of this one where it is changed."""


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
        bytecode_cache=_Compiled(f"{jinja2.__version__} {closed}"),
    )


class _Compiled(BytecodeCache):
    """Keeps what templates were compiled to, by their names and texts and by how they are read."""

    def __init__(self, way: str) -> None:
        self._way, self._shelf = way, own_shelf("templates")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept; Jinja looks whether it is of this Python."""
        if made := self._shelf.found(self._name(bucket)):
            bucket.bytecode_from_string(made)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self._shelf.lay(self._name(bucket), bucket.bytecode_to_string())
        self._shelf.tidy(_KEPT)

    def _name(self, bucket: Bucket) -> str:
        named = f"{self._way} {bucket.key} {bucket.checksum}"
        return hashlib.sha256(named.encode()).hexdigest()
