"""The one table of all that can be wrong, a row for each code.

In: nothing. Out: `RULES`: how bad it is, what is said of it and what to do, by code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.ebook import EBOOK
from publish.ground.rules.editions import EDITIONS
from publish.ground.rules.layout import LAYOUT
from publish.ground.rules.limits import LIMITS
from publish.ground.rules.manuscript import MANUSCRIPT
from publish.ground.rules.marks import MARKS
from publish.ground.rules.model import Rule, Severity
from publish.ground.rules.outputs import OUTPUTS
from publish.ground.rules.pages import PAGES
from publish.ground.rules.photos import PHOTOS
from publish.ground.rules.preflight import PREFLIGHT
from publish.ground.rules.prose import PROSE

__all__ = ["RULES", "Rule", "Severity"]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        **MANUSCRIPT,
        **EDITIONS,
        **MARKS,
        **PHOTOS,
        **PAGES,
        **OUTPUTS,
        **EBOOK,
        **LAYOUT,
        **LIMITS,
        **PROSE,
        **PREFLIGHT,
    }
)
