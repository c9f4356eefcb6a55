"""What a source says of itself before it begins: its date, the series and its number there.

In: a draft with the text of its passages. Out: the draft with its `imprint`, without the lines that
it was taken from; a date is written as ISO 8601 has it. A date with a place before it is the first
line of a letter or report, and stays where it is, as a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from publish.importing.languages import Language
from publish.importing.model import Draft, Imprint, Kind, Note, Passage, Run
from publish.importing.runs import cut, rewritten

BEFORE = 12
"""So many passages may stand before the text."""
TEXT = 25
"""A paragraph of so many words is the text."""
_HEADS: frozenset[Kind] = frozenset({"body", "heading", "subtitle", "standfirst"})
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>1[5-9]\d\d|20\d\d)"
_FIGURES = re.compile(rf"{_DAY}[-./] ?(?P<month>\d{{1,2}})[-./] ?{_YEAR}")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_PLACE = re.compile(r"[^\W\d_][^\d,:;.!?]*,\s+(?=\S)")


def read_imprint(draft: Draft) -> Draft:
    """Take date and series out of what stands before the text."""
    imprint, notes = Imprint(), list(draft.notes)
    passages: list[Passage] = []
    left = list(draft.left)
    # Where headings are dates they are those of a diary.
    begun = sum(_is_date(one, draft.language) for one in draft.passages) > 1
    for nth, one in enumerate(draft.passages):
        begun = begun or nth >= BEFORE or _is_text(one)
        told = {line.number for line in one.lines} & draft.answers.kinds.keys()
        if begun or told or one.kind not in _HEADS:
            passages.append(one)
        elif not imprint.date and (date := iso_date(one.text, draft.language)):
            runs = rewritten(one.runs, date, "date")
            imprint = structs.replace(imprint, date=runs)
            notes.append(Note(_line(one), "imprint", f"“{one.text}” is the date of the book"))
        elif not imprint.series and (match := _series(draft.language).fullmatch(one.text)):
            name, number = (cut(one.runs, *match.span(part)) for part in ("name", "number"))
            imprint = structs.replace(imprint, series=name, number=number)
            left += [("series", run) for run in _besides(one, match) if run.line]
            notes.append(Note(_line(one), "imprint", f"“{one.text}” tells the series"))
        else:
            # A line above a letter heads nothing.
            line = _is_date(one, draft.language)
            passages.append(structs.replace(one, kind="body", level=0) if line else one)
    return structs.replace(
        draft, passages=tuple(passages), imprint=imprint, left=tuple(left), notes=tuple(notes)
    )


def _is_date(passage: Passage, language: Language) -> bool:
    return passage.kind == "heading" and bool(iso_date(_PLACE.sub("", passage.text), language))


def iso_date(text: str, language: Language) -> str:
    """Return the date that a text is, to the day or the month; "" where it is none."""
    months = "|".join(language.months)
    named = rf"(?:[^\W\d]+ )?(?:{_DAY}(?:\.|er|st|nd|rd|th)? )?(?P<month>{months}),? {_YEAR}"
    american = rf"(?P<month>{months}) {_DAY}, {_YEAR}"
    plain = text.strip(" .").lower()
    for pattern in (american, named):
        if match := re.fullmatch(pattern, plain):
            number = language.months.index(match["month"]) + 1
            day = f"-{int(match['day']):02}" if match["day"] else ""
            return f"{match['year']}-{number:02}{day}" if _is_day(number, match["day"]) else ""
    match = _ISO.fullmatch(plain) or (_FIGURES.fullmatch(plain) if language.tag != "en" else None)
    if match and _is_day(int(match["month"]), match["day"]):
        return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    return ""


def _is_day(month: int, day: str | None) -> bool:
    return 0 < month <= 12 and (day is None or 0 < int(day) <= 31)


def _is_text(passage: Passage) -> bool:
    return passage.kind == "body" and len(passage.text.split()) >= TEXT


def _line(passage: Passage) -> int:
    return passage.lines[0].number


def _series(language: Language) -> re.Pattern[str]:
    """Return how a series and a number in it are told: “Series X, no. 4”."""
    words = "|".join(sorted(language.series))
    name = rf"(?P<name>[^,;:]*(?:{words})[^,;:]*?)"
    count = r"(?:no|nr|nummer|numéro|deel|dl|band|bd|vol|volume|tome|t|n°)"
    return re.compile(rf"{name},?\s+{count}\.?\s*(?P<number>\d{{1,4}})", re.IGNORECASE)


def _besides(passage: Passage, match: re.Match[str]) -> Sequence[Run]:
    """Return what stands around the name of a series and its number."""
    spans = (
        (0, match.start("name")),
        (match.end("name"), match.start("number")),
        (match.end("number"), len(passage.text)),
    )
    return [run for span in spans for run in cut(passage.runs, *span)]
