"""The imprint of a book: who made it and what they did for it, where it is from, its numbers.

In: `Settings`. Out: a line each, and the key of book.toml that it is made of.
"""

from __future__ import annotations

from publish.ground.wording import Wording, wording
from publish.settings.book_toml import Contributor, Settings
from publish.text.composition import set_text


def credit(one: Contributor, words: Wording) -> str:
    """Return who somebody is and speaks for, behind what they did: “Translation: …”."""
    role = words.role(one.role)
    known = ", ".join(part for part in (one.name, one.organisation, one.country) if part)
    return f"{role}: {known}" if role else known


def imprint(settings: Settings) -> list[tuple[str, str]]:
    """Return the lines of the imprint: title, makers, publisher, identifiers, rights."""
    words = wording(settings.language)
    makers = [("contributor", credit(one, words)) for one in settings.contributors]
    number = f" {settings.series.number}" if settings.series and settings.series.number else ""
    published = ", ".join(part for part in (settings.publisher, settings.place) if part)
    responsible = settings.responsible
    title = f"{settings.title}. {settings.subtitle}" if settings.subtitle else settings.title
    series = f"{settings.series.name}{number}" if settings.series else ""
    printed = ". ".join(part for part in (settings.edition, published, settings.date[:4]) if part)
    isbn = settings.identifiers.print
    lines = [
        ("title", title),
        *makers,
        ("series", series),
        ("publisher", printed),
        ("identifiers.print", f"ISBN {isbn.shown}" if isbn else ""),
        ("nur", f"NUR {settings.nur}" if settings.nur else ""),
        ("deposit", f"{words.deposit}: {settings.deposit}" if settings.deposit else ""),
        (
            "responsible",
            f"{words.responsible}: {responsible.name}, {responsible.address}"
            if responsible
            else "",
        ),
        ("rights", settings.rights),
    ]
    return [(key, set_text(line, settings.language)) for key, line in lines if line]
