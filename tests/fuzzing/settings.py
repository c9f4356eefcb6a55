"""`book.toml` by chance: each setting within its range, and now and then without.

In: a `Pen`. Out: the text of a book.toml. `VALUES` has what each key may hold, as TOML writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fuzzing.words import Pen

_TOLD = ('"off"', '"warning"')
_LAYOUT = "widow orphan runt ladder loose tight river page-hyphen bad-break repeat heading depth"
_PROSE = "spelling doubled unbalanced spaces names hyphens numbers quotes dash initials house"
VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "": {
            "subtitle": ('"Over “water” & <meer>"', '"x"'),
            "language": ('"nl"', '"en"', '"de"', '"fr"', '"nl-BE"', '"he"', '"tr"', '"zxx"'),
            "publisher": ('"Uitgeverij & Zoon"',),
            "place": ('"Mechelen"',),
            "date": ("2026-05-04", '"2026"', '"2026-05"'),
            "modified": (
                "2026-05-04T09:30:00Z",
                "1970-01-01T00:00:00Z",
                "2107-12-31T23:59:59+14:00",
            ),
            "edition": ('"Eerste druk"',),
            "rights": ('"CC BY 4.0"',),
            "description": ('"""Een\\n\\nboek."""', '"<p>]]>"'),
            "subjects": ("[]", '["Beken", "a & b"]'),
            "nur": ("100", "693"),
            "thema": ('["NHD", "1DDB"]', "[]"),
            "series": ('{ name = "Reeks" }', '{ name = "R", number = 3 }'),
            "deposit": ('"D/2026/0000/3"',),
            "slug": ('"een-2"',),
            "responsible": ('{ name = "Een & Twee", address = "Kade 1" }',),
            "sales": ('{ territory = "NL BE" }', '{ territory = "WORLD", exclusive = false }'),
            "text-mining": ("{ reserved = true, policy = 'https://example.org/tdm?a&b' }",),
            "identifiers": ("{ epub = '978-0-00-000000-2', print = '9780000000019' }",),
            "price": (
                '[{ edition = "epub", amount = 0 }]',
                '[{ edition = "print", amount = 9.95 }]',
            ),
            "allow-html": ("true", "false", "false"),
        },
        "print": {
            "trim": ('"A5"', '"A6"', '"A4"', '"135 x 210 mm"', '"120 x 120 mm"', '"60 x 70 mm"'),
            "bleed": ('"3 mm"', '"0 mm"', '"20 mm"'),
            "binding": ('"saddle-stitch"', '"perfect"'),
            "columns": ("1", "2", "3"),
            "chapters": ('"run-on"', '"page"', '"recto"'),
            "notes": ('"foot"', '"end"'),
            "contents-depth": ("1", "6"),
            "front-folios": ('"arabic"', '"roman"'),
            "red": ('"process"', '"spot"'),
            "colour-bar": ("true",),
            "pages": (*['"multiple of 4"'] * 40, '"fit 16"'),
            "fit": ("{ size = 0, leading = 0 }", "{ pictures = 50 }"),
            "paragraphs": ('"optimum"', '"first-fit"'),
            "tolerance": ("0.5", "10", "3"),
            "hyphen-cost": ("0", "1000"),
            "demerits": (
                "{ double = 0, ladder = 0, runt = 0 }",
                "{ runt-width = 10, unlike = 1e8 }",
            ),
            "hyphenation": ("{ names = false, least = 4 }", '{ exceptions = ["wa-ter"] }'),
            "paper": ("{ grams = 30, bulk = 0.5 }", "{ grams = 600, bulk = 3 }"),
        },
        "epub": {
            "contents-depth": ("1", "6"),
            "page-list": (*["false"] * 19, "true"),
            "extract": ("1", "1000"),
        },
        "booklet": {
            "scheme": ('"saddle-stitch"', '"signatures"\nsignature = 32', '"cut-stacks"'),
            "sheet": ('"A4"', '"A2"', '"SRA3"'),
            "flip": ('"long"',),
            "up": ("2",),
            "cover": ("{ grams = 250 }",),
            "fit": ('"printable"',),
            "margin": ('"0 mm"', '"30 mm"'),
        },
        "pictures": {"credits": ('"picture"',), "ink": ('"grey"', '"duotone"', '"colour"')},
        "cover": {"spine-text": ('"0 mm"',)},
        "layout": dict.fromkeys((*_LAYOUT.split(), "picture", "note", "overfull"), _TOLD),
        "prose": dict.fromkeys(_PROSE.split(), _TOLD),
        "limits": {
            "nesting": ("16",),
            "paragraph": ("10000000", "200000"),
            "note": ("100000",),
            "cells": ("50000",),
        },
    }
)
WRONG = (
    *("0", "-1", "1e400", "nan", "-inf", "99999999999999999999", "true", '""', '" "', "[]", "{}"),
    *("[[]]", '["a", 1]', "{ a = { b = 1 } }", "1979-05-27", "07:32:00", "0x1F", '"\\u0000"'),
    *('"\\u202e"', '"x\\ny"', "'''\nx'''", '"' + "x" * 10_000 + '"', '"../../etc"', "“x”", "x", ""),
    *("0001-01-01T00:00:00-12:00", "9999-12-31T23:59:59-12:00", "1 mm", '"1 mm"', '"1e9 mm"'),
)
KEYS = ("kleur", '"a b"', '""', "a.b", "print.trim", "titel", '"\\u0000"', "[", "='")


def book_toml(pen: Pen) -> str:
    """Return a book.toml."""
    lines = [f'title = "{_title(pen)}"']
    for table, keys in VALUES.items():
        rows = [
            f"{key} = {_value(pen, key, values)}"
            for key, values in keys.items()
            if _takes(pen, key)
        ]
        if pen.oddly():
            rows.append(f"{pen.one(KEYS)} = {pen.one(WRONG)}")
        if rows:
            lines += [f"[{table}]", *rows] if table else rows
    for number in range(pen.below(3)):
        lines += ["[[contributor]]", f'name = "{_title(pen)}"', f"role = {_role(pen)}"]
        lines += [f'file-as = "{_title(pen)}"'] if number else []
    if pen.oddly():
        lines += [f"[{pen.one(('cover', 'series', 'sales', 'price', 'fonts', 'identifiers'))}]"]
        lines += [f"{pen.one(('photo', 'name', 'files', 'epub', 'territory'))} = {pen.one(WRONG)}"]
    return "\n".join(lines) + "\n"


def _takes(pen: Pen, key: str) -> bool:
    return key in ("modified", "page-list") or pen.rarely(5)


def _value(pen: Pen, key: str, values: tuple[str, ...]) -> str:
    return pen.one(WRONG) if pen.oddly() and pen.rarely(4) else pen.one(values)


def _role(pen: Pen) -> str:
    return pen.one(WRONG) if pen.oddly() else pen.one(('"aut"', '"edt"', '"trl"', '"ill"'))


def _title(pen: Pen) -> str:
    plain = pen.words(4).replace("\\", "\\\\").replace('"', '\\"')
    return "".join(char if char.isprintable() else f"\\u{ord(char) % 0xD800:04X}" for char in plain)
