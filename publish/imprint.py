"""The imprint of a book: who made it and what they did for it, where it is from, its numbers.

In: `Settings`. Out: a line each.
"""

from __future__ import annotations

from publish.composition import set_text
from publish.settings import Contributor, Settings
from publish.wording import Wording, wording


def credit(one: Contributor, words: Wording) -> str:
    """Return who somebody is and speaks for, behind what they did: “Translation: …”."""
    role = words.role(one.role)
    known = ", ".join(part for part in (one.name, one.organisation, one.country) if part)
    return f"{role}: {known}" if role else known


def imprint(settings: Settings) -> list[str]:
    """Return the lines of the imprint: title, makers, publisher, identifiers, rights."""
    words = wording(settings.language)
    makers = (credit(one, words) for one in settings.contributors)
    number = f" {settings.series.number}" if settings.series and settings.series.number else ""
    published = ", ".join(part for part in (settings.publisher, settings.place) if part)
    responsible = settings.responsible
    lines = [
        f"{settings.title}. {settings.subtitle}" if settings.subtitle else settings.title,
        *makers,
        f"{settings.series.name}{number}" if settings.series else "",
        ". ".join(part for part in (settings.edition, published, settings.date[:4]) if part),
        f"ISBN {settings.identifiers.print}" if settings.identifiers.print else "",
        f"NUR {settings.nur}" if settings.nur else "",
        f"{words.deposit}: {settings.deposit}" if settings.deposit else "",
        f"{words.responsible}: {responsible.name}, {responsible.address}" if responsible else "",
        settings.rights,
    ]
    return [set_text(line, settings.language) for line in lines if line]
