"""What is open in a book, said in its language on the last pages of its proof."""

from __future__ import annotations

import re

import pytest

from publish.ground.problems import problem
from publish.ground.rules import RULES
from publish.proof.saying import _table, said

FACT = re.compile(r"\{(\w+)[^}]*\}")
SENTENCES = frozenset("S118 S121 S134 S136 C316 P418 P420 P424 P425 P430 P443 P448".split())
"""What is told with a sentence of its own among its facts, or is about settings and tools."""


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_what_a_proof_may_flag_is_said_in_each_language(language: str) -> None:
    words = {code: text for code, text in _table()[language].items() if code != "facts"}
    flagged = {
        code for code, rule in RULES.items()
        if "warning" in (rule.severity, rule.proof) and code[0] in "SMCPWL"
    }  # fmt: skip
    assert words.keys() == flagged - SENTENCES
    for code, text in words.items():
        assert sorted(FACT.findall(text)) == sorted(FACT.findall(RULES[code].message)), code
        rule = RULES[code]
        facts = {name: f"«{name}.5»" for name in FACT.findall(rule.message + rule.hint)}
        numbers = FACT.findall("".join(re.findall(r"\{\w+:[^}]*\}", rule.message + rule.hint)))
        one = problem(code, None, **(facts | dict.fromkeys(numbers, 1.5)))
        found, is_said = said(one, language)
        assert is_said and "{" not in found, code
        for name in {*FACT.findall(text)} - {*numbers, "way", "room"}:
            assert f"«{name}.5»" in found, (code, found)


@pytest.mark.parametrize(
    ("language", "code", "facts", "wanted"),
    [
        ("nl", "L005", {"place": "page 12, line 3", "gap": 0.482, "text": "De page, line 3"},
         "bladzijde 12, regel 3: een te wijde regel, met wit van 0,48 em: “De page, line 3”"),
        ("de", "L010", {"place": "page iv", "count": 3, "way": "begin", "text": "der"},
         "Seite iv: 3 Zeilen untereinander beginnen mit „der“"),
        ("fr", "L011", {"place": "page 9, line 30", "text": "Ici", "room": "1 line"},
         "page 9, ligne 30 : le titre « Ici » est en bas de page, avec 1 ligne de texte dessous"),
        ("nl", "L011", {"place": "page 9", "text": "Hier", "room": "no lines"},
         "bladzijde 9: de kop “Hier” staat aan de voet, met geen regels tekst eronder"),
        ("nl-BE", "W003", {"mark": "the mark (", "advice": ""},
         "het teken ( heeft in zijn alinea geen tegenhanger"),
        ("nl", "C311", {"name": "titel", "ppi": 149, "wide": "80 mm wide before it is cropped",
                        "pixels": 900},
         "“titel” wordt gedrukt met 149 ppi, 80 mm breed vóór het bijsnijden"),
        ("fr", "P445", {"words": "title, subtitle and makers"},
         "derrière titre, sous-titre et auteurs l’image de la couverture est agitée, ou ni claire"
         " ni sombre, si bien qu’un fond est posé entre elles"),
        ("de", "P447", {"page": "12", "name": "and", "bled": ", and no edge of it off the page"},
         "Seite 12: das Bild „and“ steht auf dieser einen Seite, seine Unterschrift darunter, und"
         " keine Kante davon im Anschnitt: der Text ist zu Ende, so dass es mit zweien eine leere"
         " ließe, oder Weiß"),
        ("nl", "P416", {"size": 8.5},
         "de tabel is te breed, zodat zijn woorden overal worden afgebroken, in 8,5 punt"),
        ("nl", "W007", {"word": "1.200", "other": "1,300", "count": 2},
         "“1.200” is anders geschreven dan elders, zoals “1,300” (2×)"),
    ],
)  # fmt: skip
def test_the_facts_are_those_of_the_case(
    language: str, code: str, facts: dict[str, object], wanted: str
) -> None:
    assert said(problem(code, None, **facts), language) == (wanted, True)


def test_english_stands_in_for_what_a_language_has_not() -> None:
    one = problem("W002", None, word="the")
    for language in ("en", "fi"):
        assert said(one, language) == (one.message, False)
    made = problem("P424", None, pages=12, changes="type of 9 pt")
    assert said(made, "nl") == (made.message, False)
