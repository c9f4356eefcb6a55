"""Who made a book, and what each did for it, in the languages that have words of their own."""

from __future__ import annotations

import pytest

from publish.ground.wording import ROLES, WORDS, wording
from publish.settings.book_toml import Contributor
from publish.text.imprint import credit


@pytest.mark.parametrize(
    ("language", "role", "line"),
    [
        ("nl", "trl", "Vertaling: De Kei"),
        ("nl-BE", "pht", "Foto’s: De Kei"),
        ("en", "ill", "Illustrations: De Kei"),
        ("de", "cov", "Umschlaggestaltung: De Kei"),
        ("fr", "aui", "Introduction: De Kei"),
        ("nl", "edt", "Redactie: De Kei"),
        ("pl", "trl", "Translation: De Kei"),
        ("nl", "aut", "De Kei"),
        ("nl", "zzz", "De Kei"),
    ],
)
def test_a_credit_says_what_was_done(language: str, role: str, line: str) -> None:
    assert credit(Contributor("De Kei", role), wording(language)) == line


def test_a_credit_names_organisation_and_country() -> None:
    one = Contributor("An", "trl", organisation="De Kei", country="Malta")
    assert credit(one, wording("nl")) == "Vertaling: An, De Kei, Malta"


@pytest.mark.parametrize("language", WORDS)
def test_every_role_has_a_word_of_its_own(language: str) -> None:
    words = [wording(language).role(code) for code in (*ROLES, "edt")]
    assert all(words)
    assert len(set(words)) == len(words) == len(ROLES) + 1
