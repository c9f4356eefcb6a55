"""The one table of all that can be wrong, a row for each code.

In: nothing. Out: `RULES`: how bad it is, what is said of it and what to do, by code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.rules.layout import LAYOUT
from publish.rules.manuscript import MANUSCRIPT
from publish.rules.model import Rule, Severity
from publish.rules.outputs import OUTPUTS
from publish.rules.photos import PHOTOS
from publish.rules.preflight import PREFLIGHT
from publish.rules.prose import PROSE

__all__ = ["RULES", "Rule", "Severity"]

RULES: Mapping[str, Rule] = MappingProxyType(
    {**MANUSCRIPT, **PHOTOS, **OUTPUTS, **LAYOUT, **PROSE, **PREFLIGHT}
)
