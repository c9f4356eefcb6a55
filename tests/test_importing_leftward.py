# ruff: noqa: RUF001 - Hebrew and Persian letters look like others.
"""Raw texts in scripts that run to the left, and in one that is spelled with what does not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_shapes import parts_of, read_back

from publish.importing import import_text

HEBREW = (
    "הנמל הישן",
    "הספינות הגיעו אל הנמל בשעות הבוקר, ועל הרציף\nהמתינו להן הסבלים עם העגלות הריקות. איש לא\n"
    "דיבר, כי כולם ידעו מה כתוב במכתב.",
    "בערב חזרו האנשים לבתיהם. הילדים שאלו מה קרה,\nאך ההורים אמרו רק שמחר יהיה יום אחר, ושהים\n"
    "תמיד מחזיר את מה שלקח.",
)
PERSIAN = (
    "بندر کهنه",
    "کشتی\u200cها بامداد به بندر می\u200cرسیدند و باربران با\nگاری\u200cهای خالی چشم به راهشان "
    "بودند. کسی چیزی\nنمی\u200cگفت، زیرا همه می\u200cدانستند در نامه چه هست.",
    "شب مردم به خانه\u200cهایشان برگشتند. کودکان پرسیدند\nچه شده است، ولی پدران و مادران گفتند "
    "که فردا\nروز دیگری خواهد بود.",
)


@pytest.mark.parametrize(("language", "text"), [("he", HEBREW), ("fa", PERSIAN)])
def test_title_and_paragraphs(language: str, text: tuple[str, ...], tmp_path: Path) -> None:
    imported = import_text("\n\n".join(text) + "\n", "tekst.txt", language)
    title, *paragraphs = (one.replace("\n", " ") for one in text)
    manuscript = read_back(imported, tmp_path / "book")
    assert parts_of(manuscript) == [(title, [("p", one) for one in paragraphs])]
    assert manuscript.book
    assert (manuscript.book.settings.title, manuscript.book.settings.language) == (title, language)


def test_what_does_not_show_is_kept_where_it_is_spelling_alone() -> None:
    raw = "\n\n".join((*PERSIAN, "می\u200c روند، \u200cو \u200bرفت\u200d."))
    (words,) = (
        text for name, text in import_text(raw, "tekst.txt", "fa").files.items() if name[0] == "0"
    )
    assert str(words).endswith("می روند، و رفت.\n")
