"""The byline → the people in it: name, organisation, country.

In: a draft with the text of its byline (“by Name, Organisation, Country and Name, …”). Out: the
draft with its `people`; the words and commas between them go to `left`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from publish.importing.languages import Language
from publish.importing.model import Draft, Note, Person
from publish.importing.runs import cut

_FIELD = re.compile(r"[^,]+")
_EDGES = " .;:"


class _Field(Struct, frozen=True):
    """A part of the byline between two commas: its place and its words."""

    start: int
    stop: int
    words: tuple[str, ...]


def read_byline(draft: Draft) -> Draft:
    """Find the people in the byline."""
    people: list[Person] = []
    left = list(draft.left)
    notes = list(draft.notes)
    for passage in draft.passages:
        if passage.kind != "byline":
            continue
        fields, doubtful = _people(passage.text, draft.language)
        at = 0
        for spans in [_spans(row) for row in fields]:
            people.append(Person(*(cut(passage.runs, *span) for span in spans)))
            for start, stop in spans:
                left += [("byline", run) for run in cut(passage.runs, at, start) if run.line]
                at = stop
        end = cut(passage.runs, at, len(passage.text))
        left += [("byline", run) for run in end if run.line]
        if doubtful:
            message = f"no comma between name and organisation: “{doubtful}”"
            notes.append(Note(passage.lines[0].number, "byline", message))
    return structs.replace(draft, people=tuple(people), left=tuple(left), notes=tuple(notes))


def _people(text: str, language: Language) -> tuple[list[list[_Field]], str]:
    """Return each person's fields, and the field that had to be cut without a comma."""
    label = language.byline.match(text)
    rows = _merged(_rows(text, label.end() if label else 0, language))
    if len(rows) > 1 and len(rows[-1]) == 1 and all(_could_be_name(f) for row in rows for f in row):
        # “Name, Name and Name”: were the second an organisation, the last would have one as well.
        return [[field] for row in rows for field in row], ""
    return _cut_names(rows)


def _rows(text: str, start: int, language: Language) -> list[list[_Field]]:
    """Return the fields between commas of each part between two “and”s."""
    joiners = "|".join(re.escape(word) for word in sorted(language.joiners))
    rows = []
    at = start
    for match in [*re.finditer(rf"\s(?:{joiners})\s|;", text[start:]), None]:
        stop = start + match.start() if match else len(text)
        places = [(at + one.start(), at + one.end()) for one in _FIELD.finditer(text[at:stop])]
        fields = [_field(text, *place) for place in places]
        rows.append([field for field in fields if field.words])
        at = start + match.end() if match else stop
    return [row for row in rows if row]


def _field(text: str, start: int, stop: int) -> _Field:
    inner = text[start:stop]
    start += len(inner) - len(inner.lstrip(_EDGES))
    stop = start + len(inner.strip(_EDGES))
    return _Field(start, stop, tuple(text[start:stop].split()))


def _could_be_name(field: _Field) -> bool:
    return 2 <= len(field.words) <= 4


def _merged(rows: Sequence[list[_Field]]) -> list[list[_Field]]:
    """Put a part that begins with a single word back: “Bread and Roses” is no two persons."""
    out: list[list[_Field]] = []
    for row in rows:
        if out and len(row[0].words) < 2:
            last, first = out[-1][-1], row[0]
            whole = _Field(last.start, first.stop, (*last.words, "", *first.words))
            out[-1] = [*out[-1][:-1], whole, *row[1:]]
        else:
            out.append(row)
    return out


def _cut_names(rows: list[list[_Field]]) -> tuple[list[list[_Field]], str]:
    """Cut a name that runs into its organisation, where others give three parts and it gives two.

    A name has two words more often than any other number.
    """
    full = any(len(row) >= 3 for row in rows)
    doubtful = ""
    out = []
    for row in rows:
        first = row[0]
        if full and len(row) == 2 and len(first.words) >= 4:
            doubtful = " ".join(first.words)
            middle = first.start + len(" ".join(first.words[:2]))
            name = _Field(first.start, middle, first.words[:2])
            row = [name, _Field(middle + 1, first.stop, first.words[2:]), *row[1:]]
        out.append(row)
    return out, doubtful


def _spans(row: Sequence[_Field]) -> list[tuple[int, int]]:
    """Return where name, organisation (all that is between) and country (the last of three) are."""
    spans = [(field.start, field.stop) for field in row]
    return spans if len(row) < 3 else [spans[0], (row[1].start, row[-2].stop), spans[-1]]
