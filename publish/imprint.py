"""Who made a book and what they did for it, as its imprint names them.

In: contributors of `book.toml` and the words of a language. Out: a line each.
"""

from __future__ import annotations

from publish.settings import Contributor
from publish.wording import Wording


def credit(one: Contributor, words: Wording) -> str:
    """Return who somebody is and speaks for, behind what they did: “Translation: …”."""
    role = words.role(one.role)
    known = ", ".join(part for part in (one.name, one.organisation, one.country) if part)
    return f"{role}: {known}" if role else known
