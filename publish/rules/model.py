"""What a rule is: one thing that can be wrong, in a manuscript or in an output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong: how bad it is, what is said of it, and what to do."""

    severity: Severity
    message: str
    hint: str
    final: Severity | None = None
