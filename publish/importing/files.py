"""The files of a manuscript: `book.toml`, a file for each chapter, `captions.toml`.

In: a `Plan`, and the draft that it was made of. Out: the text of each file, as a `Sheet`, which
knows where each character of the source went.
"""

from __future__ import annotations

from collections.abc import Sequence

from publish.importing.chapters import Plan
from publish.importing.markup import Sheet, chapter_sheet, marked, opened, quoted
from publish.importing.model import Draft, Picture, Run


def write_files(plan: Plan, draft: Draft, language: str) -> list[Sheet]:
    """Return the files of a draft's manuscript."""
    sheets = [_book(plan, draft, language)]
    sheets += [chapter_sheet(chapter, plan) for chapter in plan.chapters]
    return [*sheets, _captions(plan)]


def _key(sheet: Sheet, key: str, runs: Sequence[Run], kind: str) -> None:
    """Write a key of a TOML file with a plain text."""
    sheet.write(f'{key} = "')
    sheet.set(runs, kind, quoted)
    sheet.write('"\n')


def _book(plan: Plan, draft: Draft, language: str) -> Sheet:
    sheet = Sheet("book.toml")
    _key(sheet, "title", plan.title, "title")
    if plan.subtitle:
        _key(sheet, "subtitle", plan.subtitle, "subtitle")
    _key(sheet, "language", (Run(language),), "language")
    if draft.imprint.date:
        _key(sheet, "date", draft.imprint.date, "date")
    for person in draft.people:
        sheet.write("\n[[contributor]]\n")
        _key(sheet, "name", person.name, "byline")
        sheet.write('role = "aut"\n')
        if person.organisation:
            _key(sheet, "organisation", person.organisation, "byline")
        if person.country:
            _key(sheet, "country", person.country, "byline")
    if draft.imprint.series:
        sheet.write("\n[series]\n")
        _key(sheet, "name", draft.imprint.series, "series")
        sheet.write("number = ")
        sheet.set(draft.imprint.number, "series", quoted)
        sheet.write("\n")
    if plan.run_on:
        sheet.write('\n[print]\nchapters = "run-on"\n')
    if plan.cover:
        sheet.write(f'\n[cover]\nphoto = "{plan.cover}"\n')
    return sheet


def _captions(plan: Plan) -> Sheet:
    sheet = Sheet("captions.toml")
    for name, caption in plan.captions:
        picture, said = plan.pictures.get(caption.picture, Picture()), plan.said(caption)
        sheet.write(("\n" if sheet.parts else "") + f"[{name}]\n")
        if picture.file:
            sheet.write(f'file = "{quoted(picture.file)}"\n')
        if caption.text:
            escape = opened(caption.runs)
            sheet.write('caption = "')
            sheet.set(caption.runs, "caption", lambda text, escape=escape: quoted(escape(text)))  # type: ignore[misc]
            sheet.write('"\n')
        elif picture.alt and not said:
            sheet.write(f'caption = "{quoted(marked(picture.alt))}"\n')
        else:
            sheet.write("decorative = true\n")
        if picture.alt and not said:
            sheet.write(f'alt = "{quoted(picture.alt)}"\n')
        if not picture.file:
            sheet.write("expected = true\n")
    return sheet
