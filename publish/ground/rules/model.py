"""What a rule is: one thing that can be wrong, in a manuscript or in an output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
MAKE_ANEW = "Make it anew with “katern build”."
"""What helps against most faults of an output."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong: how bad it is, what is said of it, and what to do.

    `final` is how bad it is in a final build, `proof` how bad where a proof alone is made, which
    shows what is wrong, if other than else. `setting` is the key of book.toml that decides it, such
    as "print.pages": there it is told where it has no place of its own.
    """

    severity: Severity
    message: str
    hint: str
    final: Severity | None = None
    proof: Severity | None = None
    setting: str = ""
