"""`[cover]` of `book.toml`: the cover's picture, and the sheet of it for the printer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publish.ground.problems import Problem, problem
from publish.settings.booklet import Paper
from publish.settings.printing import PrintSettings
from publish.settings.schema import Nested, setting, text
from publish.settings.toml import TomlDocument
from publish.settings.values import length, matching

_PRICE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True, slots=True)
class CoverSettings:
    """The cover: its picture, and the sheet of it that a printer folds around the inside."""

    photo: str = setting(text, "id of the cover's picture in captions.toml", "")
    paper: Paper | None = setting(Nested(Paper), "paper of the cover", None)
    spine: float | None = setting(length(150), "width of the spine, if the printer says it", None)
    spine_text: float = setting(length(150), "the least spine that is lettered", 6.0)
    flaps: float = setting(length(300), "width of the flaps", 0.0)
    price_code: str = setting(matching(_PRICE, "five figures in quotes"), "the EAN-5 add-on", "")


def check_cover(
    cover: CoverSettings, inside: PrintSettings, has_isbn: bool, document: TomlDocument
) -> list[Problem]:
    """Report what the cover cannot have at this size, with this binding, or without an ISBN."""
    width, found = inside.trim[0], []
    if cover.price_code and not has_isbn:
        found.append(problem("S118", document.value(("cover", "price-code"))))
    if cover.flaps >= width:
        at = document.value(("cover", "flaps"))
        found.append(problem("S135", at, flaps=cover.flaps, width=width))
    if inside.binding == "saddle-stitch":
        for key, given, why in (
            ("spine", cover.spine, "stapled sheets are folded where their spine would be"),
            ("flaps", cover.flaps, "the knife takes them off where the stapled book is cut"),
        ):
            if given:
                at = document.key(("cover", key))
                found.append(problem("S136", at, key=key, why=why))
    return found
