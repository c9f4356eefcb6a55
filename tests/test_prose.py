"""The language report: each slip found at its place, and good sentences let be."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from books.generate import generate
from marking_judged import place
from prose_judged import STYLE, TEXTS, Planted, parted

from publish.building.materials import Materials
from publish.ground.problems import Problem, weighed
from publish.ground.rules import RULES
from publish.manuscript.folder import read_manuscript
from publish.prose import CODES, judged
from publish.prose.spelling import misspelled
from publish.text import dictionaries
from publish.text.lexicon import lexicon

ROOT = Path(__file__).parent.parent
TOML = 'title = "Roman"\nlanguage = "{}"\nmodified = 2026-11-22T12:00:00Z\n{}\n'


def problems_of(folder: Path) -> list[Problem]:
    read = read_manuscript(folder)
    assert read.book, read.problems
    book = Materials(folder, read.book, read.sources).print_book
    return weighed(judged(book, read.sources), final=False)


def found(tmp_path: Path, text: str, language: str = "nl", more: str = "") -> list[Problem]:
    folder = tmp_path / "book"
    folder.mkdir(exist_ok=True)
    (folder / "book.toml").write_text(TOML.format(language, more), encoding="utf-8")
    (folder / "01-a.md").write_text(f"# Een\n\n{text}\n", encoding="utf-8")
    return problems_of(folder)


SLIPS = {
    "spelling": "De soldaten wachtten in de rgen op de trein.",
    "doubled": "De soldaten wachtten op de de trein.",
    "unbalanced": "De soldaten (en hun officieren wachtten.",
    "spaces": "De soldaten  wachtten op de trein.",
    "names": "Kamenev sprak. Toen ging Kamenev weg. Na hem kwam Kamenev nog eens, niet Kamenjev.",
    "hyphens": "In de Sovjet-Unie, ja de Sovjet-Unie, en nooit de Sovjetunie.",
    "punctuation": "De soldaten wachtten , en zwegen.",
    "numbers": "Op 3 mei 1923, op 4 mei 1923 en op 5-6-1923 regende het.",
    "quotes": 'Het was in 1923" dat hij kwam, 6\'2" lang.',
    "dash": "De trein - een oude - kwam niet.",
    "initials": "Toen kwam J.P.\\\nvan Dam binnen.",
    "house": "De agenten van de GPU wachtten.",
}
PLACES = {
    "spelling": (3, 28), "doubled": (3, 25), "unbalanced": (3, 13), "spaces": (3, 12),
    "names": (3, 74), "hyphens": (3, 51), "numbers": (3, 36), "dash": (3, 10), "house": (3, 19),
    "punctuation": (3, 21),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_found_where_it_is_and_nothing_else(name: str, tmp_path: Path) -> None:
    more = '[prose.style]\n"GPU" = "GPOe"' if name == "house" else ""
    told = found(tmp_path, SLIPS[name], more=more)
    assert told
    assert {one.code for one in told} == {CODES[name]}
    first = told[0]
    assert first.code == CODES[name]
    assert first.span
    if name in PLACES:
        assert (first.span.line, first.span.column) == PLACES[name]
    # It is as bad as the book says.
    for severity in ("error", "off"):
        told = found(tmp_path, SLIPS[name], more=f'[prose]\n{name} = "{severity}"\n{more}')
        seen = [one.severity for one in told if one.code == CODES[name]]
        assert set(seen) == ({"error"} if severity == "error" else set())


GOOD = {
    "nl": "Die die bleef. „Ga mee”, zei ze. Ze hadden gezien, dat dat kon. “Ga mee”, zei hij,"
    " “nu.” Op 3 mei 1923"
    " kwamen er 1.200 mensen naar Sint-Petersburg. J. Dam zag ’s avonds superindustrialisatie.",
    "en": "He said that that was “wrong”. The neighbour’s colour-blind dog ate 1,200 biscuits.",
    "de": "Sie sagte, dass die, die kommen, „gut“ sind. Der Verfassungsschutzbericht lag da.",
    "fr": "Nous nous sommes levés. L’été dernier, il m’a dit : « Viens ! » Elle n’est pas venue.",
}


@pytest.mark.parametrize("language", GOOD)
def test_good_sentences_are_let_be(language: str, tmp_path: Path) -> None:
    assert [str(one) for one in found(tmp_path, GOOD[language], language)] == []


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [("nl", "Het regent. De de man loopt.", "De"), ("en", "“The the man ran.”", "The"),
     ("nl", "Hij zei: Wat wat is dat?", "Wat"), ("nl", "Zo liep de de man.", "de")],
)  # fmt: skip
def test_a_word_twice_is_told_at_the_start_of_a_sentence_too(
    language: str, text: str, word: str, tmp_path: Path
) -> None:
    (one,) = found(tmp_path, text, language)
    assert one.code == CODES["doubled"] and f"“{word}”" in one.message


def test_each_span_is_read_in_its_language(tmp_path: Path) -> None:
    said = (
        "Hij riep [the neighbuor is gone]{lang=en} en ging. [Искра]{lang=ru} [sehr guut]{lang=de}"
    )
    told = found(tmp_path, said)
    assert [one.message.split("”")[0] for one in told] == ["“neighbuor", "“guut"]
    assert [one.message.rstrip(")").split("(")[1] for one in told] == ["en", "de"]
    assert "“neighbour”" in told[0].hint


def test_words_of_the_book_and_words_met_often_are_right(tmp_path: Path) -> None:
    text = "De rgen viel."
    assert found(tmp_path, text)
    assert found(tmp_path, text, more='[prose]\nwords = ["rgen"]') == []
    assert found(tmp_path, "De rgen, die rgen, altijd rgen.") == []
    assert len(found(tmp_path, "De rgen, die rgen, altijd rgen.", more="[prose]\noften = 9")) == 3


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    """What is told of the judged texts, and what is planted in them."""
    made = []
    for language, text in TEXTS.items():
        folder = tmp_path_factory.mktemp(language)
        rows = "\n".join(f'"{term}" = "{other}"' for term, other in STYLE[language].items())
        said, faults = parted(text)
        settings = TOML.format(language, f"[prose.style]\n{rows}")
        (folder / "book.toml").write_text(settings, encoding="utf-8")
        (folder / "01-a.md").write_text("\n".join(["# 1", "", *said, ""]), encoding="utf-8")
        made.append(Verdict(language, faults, problems_of(folder)))
    return made


@dataclass(frozen=True)
class Verdict:
    """A language, the faults planted in its text, and what is told of it."""

    language: str
    planted: list[Planted]
    told: list[Problem]

    def answers(self, fault: Planted, one: Problem) -> bool:
        """Tell whether a problem is that of a fault, on its words; a title is before the text."""
        place = one.span
        return (
            place is not None
            and one.code == CODES[fault.kind]
            and place.line == fault.line + 2
            and place.column < fault.end
            and fault.start < place.column + place.end - place.start
        )


@pytest.mark.parametrize("kind", CODES)
def test_all_that_is_planted_is_found_and_nothing_is_invented(
    kind: str, verdicts: list[Verdict]
) -> None:
    for verdict in verdicts:
        planted = [one for one in verdict.planted if one.kind == kind]
        told = [one for one in verdict.told if one.code == CODES[kind]]
        missed = [it for it in planted if not any(verdict.answers(it, one) for one in told)]
        invented = [one for one in told if not any(verdict.answers(it, one) for it in planted)]
        assert (missed, [f"{one} {one.hint}" for one in invented]) == ([], []), verdict.language


def test_the_judged_texts_are_large_enough() -> None:
    parts = [parted(text) for text in TEXTS.values()]
    assert sum(len([line for line in said if line]) for said, _ in parts) >= 140
    kinds = Counter(fault.kind for _, faults in parts for fault in faults)
    assert set(kinds) == set(CODES)
    assert kinds.total() >= 90
    assert min(kinds.values()) >= 4


def test_what_is_told_of_is_in_the_book(verdicts: list[Verdict]) -> None:
    """The other spelling, the other date: words of the text itself, not a pattern of theirs."""
    for verdict in verdicts:
        text = "\n".join(parted(TEXTS[verdict.language])[0])
        for one in verdict.told:
            if one.code in (CODES["names"], CODES["hyphens"], CODES["numbers"]):
                other = re.findall("“([^”]*)”", one.message)[-1]
                assert other.replace("\u00a0", " ") in text, one.message


@pytest.mark.parametrize(
    ("text", "codes"),
    [("Toen sprak Kamenev lang. Daarop sprak Kamenjev ook.", ["names"] * 2),
     ("Zo zei Kamenev, en Kamenev, en ook Kamenjev en Kamenjev.", ["names"] * 4),
     ("Toen zag Jansen hoe Petersen en Hofman zwegen.", []),
     ("Toen kwam Sergey met Antonina en Georgii binnen.", []),
     ("Carr schreef het. Volgens E. Carr en T. Rigby was het zo.", []),
     ("Toen voer hij naar Amsterdma terug.", ["spelling"]),
     ("DE E-BOEKEN EN EEN E-BOEK", ["house"]),
     ("De jongens’ boek, ’s avonds, in de jaren ’60, foto’s, zo’n ‘oude’ baas.", []),
     ("Zij zei: ga weg’ en zweeg.", ["unbalanced"]),
     ("“Ik zag ‘hem” zei hij.", ["unbalanced"])],
)  # fmt: skip
def test_where_it_is_close(text: str, codes: list[str], tmp_path: Path) -> None:
    told = found(tmp_path, text, more='[prose.style]\n"e-boek" = "e-book"')
    assert [one.code for one in told] == [CODES[code] for code in codes], [*map(str, told)]
    if codes == ["house"]:
        assert "“E-BOOK”" in told[0].message


def test_a_block_in_another_language_is_read_in_it(tmp_path: Path) -> None:
    text = "::: sidebar {lang=fr}\nLa langue du côté seul.\n\n- Un plsuieurs point.\n:::"
    (one,) = found(tmp_path, text)
    assert "“plsuieurs”" in one.message and "(fr)" in one.message


@pytest.mark.parametrize(
    ("mark", "word"), [("[^noot]", "soldaten"), (" `verval`", "…"), (" [](#een)", "…")]
)
def test_what_is_no_prose_is_not_shown_for_a_word(mark: str, word: str, tmp_path: Path) -> None:
    text = f"De soldaten{mark}  wachtten.\n\n## Twee {{#een}}\n\nEen trein.[^noot]"
    (one,) = found(tmp_path, f"{text}\n\n[^noot]: Op de trein.")
    assert one.message == f"there are 2 blanks after “{word}”"


def test_names_of_two_people_are_no_variants(tmp_path: Path) -> None:
    assert (
        found(tmp_path, "Lenin kwam. Daar was Lenin. Dag Lenin, zei Lewin, en Lenins vrouw.") == []
    )


def test_a_name_is_usual_that_is_met_three_times_as_often(tmp_path: Path) -> None:
    rare = "Hij zag Kamenjev. Hij hoorde Kamenjev."
    for times, told in ((5, 7), (6, 2)):
        text = f"{rare} {'Toen sprak Kamenev. ' * times}"
        codes = [one.code for one in found(tmp_path, text) if one.code == CODES["names"]]
        assert len(codes) == told, times


def test_the_sample_is_without_fault() -> None:
    assert [str(one) for one in problems_of(ROOT / "manuscript")] == []


def test_each_fault_has_its_code() -> None:
    assert {code for code in RULES if code[0] == "W"} == {*CODES.values(), "W012"}
    assert set(SLIPS) == set(CODES)


def test_a_dictionary_that_is_not_there_is_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "PLACES", (tmp_path,))
    lexicon.cache_clear()
    told = found(tmp_path, "De rgen viel. [Искра]{lang=ru} [sehr guut]{lang=de}")
    lexicon.cache_clear()
    assert [(one.code, one.span) for one in told] == [("W012", None)] * 2
    assert [one.message.split()[5] for one in told] == ["de", "nl"]


def test_a_slip_is_told_of_as_often_as_it_is_made_but_for_three_times(tmp_path: Path) -> None:
    for times in (1, 2, 3):
        text = " ".join(["Het water binnenkwamm zonder dat iemand het zag."] * times)
        assert len(found(tmp_path, text)) == (times if times < 3 else 0)


def test_little_of_a_long_text_is_told_of(tmp_path: Path) -> None:
    folder = generate("novel", tmp_path / "novel", words=20_000)
    read = read_manuscript(folder)
    assert read.book
    book = Materials(folder, read.book, read.sources).print_book
    assert len(judged(book, read.sources)) < 15


PLACED = """\
title = "De beeek"
subtitle = 'Een verhaal van de  haven'
language = "nl"
modified = 2026-11-22T12:00:00Z
slug = "beeek"
description = \"\"\"
Over het water en de rgen,
wat een \\\"boek\\\" is dat .\"\"\"
[[contributor]]
name = "Kees Rgen"
role = "aut"
[prose.style]
"title" = "titel ,"
"""
SAID = """\
[put]
file = "put.png"
caption = "Het deksel van de *de* put"
alt = "Een rond dekselt met acht spaken."
credit = "fotograaff onbekend"
licence = "CC BY 4.0 rgen"
source = "uit het archieff, https://www.archieff.example/beeek of mail@archieff.example"
long = \"\"\"
Eerst een rand.

Dan een een rand.\"\"\"
"""


def test_what_is_said_in_toml_files_is_read_at_its_own_place(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    (folder / "photos").mkdir(parents=True)
    shutil.copy(ROOT / "tests/books/complete/photos/put.png", folder / "photos")
    (folder / "book.toml").write_text(PLACED, encoding="utf-8")
    (folder / "captions.toml").write_text(SAID, encoding="utf-8")
    (folder / "01-a.md").write_text("# Een\n\n![](put)\n", encoding="utf-8")
    told = [(one.code, one.span.file, one.span.line, one.span.column)
            for one in problems_of(folder) if one.span]  # fmt: skip
    assert told == [
        (CODES[code], file, *place(text, text.index(words)))
        for code, file, text, words in (
            ("spelling", "book.toml", PLACED, "beeek"),
            ("spaces", "book.toml", PLACED, "  haven"),
            ("spelling", "book.toml", PLACED, "rgen,"),
            ("punctuation", "book.toml", PLACED, ' ."'),
            ("doubled", "captions.toml", SAID, "de *de*"),
            ("spelling", "captions.toml", SAID, "dekselt"),
            ("spelling", "captions.toml", SAID, "fotograaff"),
            ("spelling", "captions.toml", SAID, "archieff"),
            ("doubled", "captions.toml", SAID, "een een"),
        )
    ]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        # As many thousands with a point as without.
        ("nl", "Er waren 1200 kisten en 1.300 kisten.", ["1200", "1.300"]),
        ("nl", "Er stonden 1200 man, 1.300 en 1.400 vaten.", ["1200"]),
        ("nl", "Hij telde 4800 paarden en 1.300, nee 1.400 vaten.", ["4800"]),
        ("nl", "Het kostte € 1500, of 1.300 en 1.400.", ["1500"]),
        ("nl", "Na 1200 km, na 1.300 en na 1.400 was hij er.", ["1200"]),
        ("nl", "Er lagen 12000 vaten, 13.500 en 14.500.", ["12000"]),
        ("de", "Es waren 1200 Menschen, 1.300 und 1.400.", ["1200"]),
        # Of another order of size, or no number of things: years, numbers of houses, postcodes.
        ("nl", "Er waren 1200 man, 12.000 flessen en 13.500 vaten.", []),
        ("nl", "In 1923 tegen de avond stonden er 1.300 tegen, pas 1.400 erna.", []),
        ("nl", "In 1923 kisten. Moskou 1917 kisten. (1918 kisten) 1.300 kisten, 1.400.", []),
        ("nl", "Zie nr. 4800 en 4801. Er waren 1.300 en 1.400 vaten.", []),
        ("de", "In 8001 Zürich und 10115 Berlin lagen 1.300 und 1.400 Nägel.", []),
        ("nl", "De [1200 men]{lang=en} en 1.300, en 1.400.", []),
        *(("en", f"They came on 4 June 1911, on 5 June 1911 and on {date}.", [date.split()[-1]])
          for date in ("May 4, 1911", "May 4 1911", "4th May 1911", "4th of May, 1911",
                       "4 May, 1911", "4/5/1911", "1911-05-04", "4.5.1911")),
        *(("fr", f"Le 4 juin 1911, le 5 juin 1911 et le {date}.", [date])
          for date in ("4/5/1911", "4-5-1911", "4.5.1911")),
        ("fr", "Le 4 juin 1911, le mardi 5 juin 1911 et le 1er mai 1911.", []),
        ("de", "Am 4. Juni 1911, am 5. Juni 1911 und am 4. 5. 1911.", ["1911"]),
        # Where neither way is the usual one those of both are told.
        ("nl", "Op 3 mei 1923 en op 5-6-1923.", ["1923", "5-6-1923"]),
        ("nl", "Op 3 mei 1923, 5-6-1923 en 7/8/1923.", ["1923", "5-6-1923", "7/8/1923"]),
    ],
)  # fmt: skip
def test_numbers_and_dates_in_two_ways(
    language: str, text: str, told: list[str], tmp_path: Path
) -> None:
    found_ = found(tmp_path, text, language)
    assert {one.code for one in found_} <= {CODES["numbers"]}
    said = [one.message.replace("\u00a0", " ").split("”")[0] for one in found_]
    assert len(said) == len(told)
    assert all(one.endswith(wanted) for one, wanted in zip(said, told, strict=True)), said


@pytest.mark.parametrize(
    ("words", "told"),
    [([], ["Sovjetunie"]), (["Sovjetunie"], ["Sovjet-Unie"] * 2),
     (["Sovjet-Unie"], ["Sovjetunie"]), (["Sovjetunie", "Sovjet-Unie"], [])],
)  # fmt: skip
def test_a_compound_of_the_book_s_own_words_is_right(
    words: list[str], told: list[str], tmp_path: Path
) -> None:
    more = f"[prose]\nwords = {json.dumps(words)}"
    once = found(tmp_path, "De Sovjet-Unie, of de Sovjetunie.", more=more)
    assert len(once) == (2 if not words else 2 - len(words))
    found_ = found(tmp_path, "De Sovjet-Unie, ja de Sovjet-Unie. Nooit de Sovjetunie.", more=more)
    assert [one.message.split("”")[0][1:] for one in found_] == told


def test_a_compound_is_spelled_as_its_own_language_does(tmp_path: Path) -> None:
    text = "De co-operation. [Their cooperation]{lang=en}"
    assert [one.code for one in found(tmp_path, text)] == []
    (one, other) = found(tmp_path, f"{text} [of co-operation]{{lang=en}}")
    assert {one.code, other.code} == {CODES["hyphens"]}


def test_names_are_compared_without_a_dictionary_too(tmp_path: Path) -> None:
    said = "Kun Kamenev tuli, ja Kamenev puhui, niin Kamenev lähti. Silloin tuli {}."
    (one,) = found(tmp_path, said.format("Kamenjev"), "fi")
    assert one.code == CODES["names"] and "“Kamenjev” is spelled “Kamenev”" in one.message
    # Where a sentence begins it may be no name.
    assert found(tmp_path, said.format("hän. Kamenjev hän oli"), "fi") == []


def test_a_name_of_the_book_s_own_words_is_right(tmp_path: Path) -> None:
    text = "Toen sprak Kamenev lang. Daarop sprak Kamenjev ook."
    (one,) = found(tmp_path, text, more='[prose]\nwords = ["Kamenjev"]')
    assert one.message.startswith("“Kamenev” is spelled “Kamenjev”")
    assert found(tmp_path, text, more='[prose]\nwords = ["Kamenjev", "Kamenev"]') == []


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [("nl", "Wie , o wie ?", 2), ("fr", "Qui ? Moi ; toi : lui !", 0), ("fr", "Qui , moi .", 2),
     ("en", "[Qui ?]{lang=fr} Who ?", 1), ("nl", "Het was 3 : 2, .5 en nog . . . wat.", 0),
     ("nl", "Wat een `code` , zei hij.", 1), ("nl", "Hij zei ... niets …, en ging.", 0)],
)  # fmt: skip
def test_a_blank_before_a_mark_is_told_but_where_the_language_has_it(
    language: str, text: str, told: int, tmp_path: Path
) -> None:
    assert [one.code for one in found(tmp_path, text, language)] == [CODES["punctuation"]] * told


@pytest.mark.parametrize(
    ("text", "word"),
    [("Toen kwam ,maar hij zweeg.", "kwam"), ("Wat nu ?Zei hij.", "nu"), ("Wat `code` , zei.", "…"),
     ("Een kaliber .45 en :( hier.", ""), ("De ( ,een) was [ ;twee].", "")],
)  # fmt: skip
def test_a_blank_is_told_with_the_word_before_it(text: str, word: str, tmp_path: Path) -> None:
    told = [one.message for one in found(tmp_path, text) if one.code == CODES["punctuation"]]
    assert len(told) == bool(word) and all(f"after “{word}”" in one for one in told)


def test_what_nobody_spells_is_no_word(tmp_path: Path) -> None:
    assert found(tmp_path, f"De sleutel is x{'az' * 6000}.") == []
    assert [*misspelled([], frozenset(), 3)] == []


def test_a_term_within_the_preferred_one_is_right(tmp_path: Path) -> None:
    more = '[prose.style]\n"Sovjet" = "Sovjet-Unie"\n"en dergelijke" = "en dergelijke zaken"'
    text = "De Sovjet-Unie, en dergelijke zaken. De Sovjet, en dergelijke."
    told = [one for one in found(tmp_path, text, more=more) if one.code == CODES["house"]]
    places = [one.span.column for one in told if one.span]
    assert places == [text.index("Sovjet,") + 1, text.rindex("en dergelijke") + 1]


@pytest.mark.parametrize(
    ("text", "told"),
    [("Toen kwam J.\\\nvan Dam binnen.", 1), ("Toen kwam H.\\\nDam binnen.", 1),
     ("Toen kwam A.B.\\\nDam binnen.", 1), ("Dat is vitamine C.\\\nDam kwam binnen.", 0),
     ("Het was plan X.\\\nDam kwam.", 0), ("Toen kwam J.\\\ndam binnen.", 0),
     ("Hij las e.a.\\\nDam binnen.", 0)],
)  # fmt: skip
def test_an_initial_may_not_be_parted_from_its_name(text: str, told: int, tmp_path: Path) -> None:
    assert [one.code for one in found(tmp_path, text)] == [CODES["initials"]] * told
