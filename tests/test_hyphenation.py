"""Where words are broken, and how they are spelled there."""

from __future__ import annotations

import pytest

from publish.hyphenation import Hyphenation, exceptions, points

PLAIN = Hyphenation(least=(5, 2, 2))


def broken(word: str, language: str = "nl", manner: Hyphenation = PLAIN) -> list[str]:
    """Return each way to break a word, as it is printed."""
    found = []
    for point in points(word, language, manner):
        before = word[: point.at - point.cut] + point.tail
        after = point.first + word[point.at + 1 :] if point.first else word[point.at :]
        found.append(f"{before}-/{after}")
    return found


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("ideeën", ["idee-/en"]),
        ("geëerd", ["ge-/eerd"]),
        ("tweeën", ["twee-/en"]),
        ("coördinatie", ["co-/ordinatie", "coör-/dinatie", "coördi-/natie", "coördina-/tie"]),
        ("autootje", ["au-/tootje", "auto-/tje"]),
        ("omaatjes", ["oma-/tjes"]),
        ("straatje", ["straat-/je"]),
        ("bootje", ["boot-/je"]),
    ],
)
def test_dutch_spelling_at_the_break(word: str, ways: list[str]) -> None:
    assert broken(word) == ways


def test_nothing_after_an_apostrophe_in_dutch() -> None:
    assert broken("collega’s-vergadering") == [
        "col-/lega’s-vergadering",
        "colle-/ga’s-vergadering",
        "collega’s-ver-/gadering",
        "collega’s-verga-/dering",
        "collega’s-vergade-/ring",
    ]
    assert broken("’savonds") == []
    assert broken("l'imagination", "fr")


def test_spelling_changes_of_the_patterns() -> None:
    assert "asz-/szonnyal" in broken("asszonnyal", "hu")
    assert "asszony-/nyal" in broken("asszonnyal", "hu")


def test_exceptions_and_names() -> None:
    manner = Hyphenation(exceptions(["rots-eiland", "Zutphen"]), names=False, least=(5, 2, 2))
    assert broken("rotseiland", "nl", manner) == ["rots-/eiland"]
    assert broken("Rotseiland", "nl", manner) == ["Rots-/eiland"]
    assert broken("zutphen", "nl", manner) == []
    assert broken("Nijmegen", "nl", manner) == []
    assert broken("nijmegen", "nl", manner)
    # A hyphen at an end of the word divides nothing.
    assert exceptions(["neder-land-", "-dam"]) == {"nederland": (5,), "dam": ()}


def test_the_seam_of_a_compound_is_known_by_its_parts() -> None:
    manner = Hyphenation(least=(5, 2, 2), words=frozenset({"arbeider", "beweging"}))
    found = points("arbeidersbeweging", "nl", manner)
    assert [point.at for point in found if point.seam] == [9]
    assert len(found) > 3
    assert not any(point.seam for point in points("arbeidersbeweging", "nl", PLAIN))


def test_a_letter_less_than_wished_is_told_apart() -> None:
    wished = Hyphenation(least=(6, 3, 3))
    assert [(one.at, one.edge) for one in points("albums", "nl", wished)] == [(2, True)]
    assert [(one.at, one.edge) for one in points("albums", "nl", PLAIN)] == [(2, False)]
    assert points("adem", "nl", wished) == []


def test_no_patterns_no_breaks() -> None:
    assert points("hyphenation", "tlh", PLAIN) == []
