"""Where words are broken, and how they are spelled there."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from publish.paragraphs.hyphenation import Hyphenation, exceptions, points
from publish.paragraphs.pieces import Costs

PLAIN = Hyphenation(least=5, sides=(2, 2))


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
    ],
)
def test_dutch_spelling_at_the_break(word: str, ways: list[str]) -> None:
    assert broken(word) == ways


DIMINUTIVES = """
auto-tje foto-tje radio-tje piano-tje kilo-tje euro-tje kano-tje studio-tje casino-tje bistro-tje
logo-tje solo-tje kimono-tje flamingo-tje domino-tje folio-tje bestelauto-tje pasfoto-tje
oma-tje opa-tje mama-tje pyjama-tje drama-tje villa-tje camera-tje sauna-tje pizza-tje sofa-tje
agenda-tje firma-tje panorama-tje aroma-tje komma-tje programma-tje paprika-tje sla-tje
strandvilla-tje
menu-tje paraplu-tje accu-tje parvenu-tje
café-tje comité-tje logé-tje coupé-tje saté-tje paté-tje cliché-tje canapé-tje
taxi-tje ski-tje kiwi-tje safari-tje
idee-tje fee-tje zee-tje slee-tje dominee-tje moskee-tje kruidenthee-tje
knie-tje kopie-tje koffie-tje melodie-tje familie-tje ruzie-tje
tomaat-je automaat-je kauwgomautomaat-je maat-je straat-je hoofdstraat-je plaat-je draad-je
blaad-je soldaat-je kandidaat-je klimaat-je apparaat-je granaat-je gaat-je
boot-je noot-je sloot-je poot-je groot-je piloot-je genoot-je
minuut-je instituut-je statuut-je
beet-je kreet-je planeet-je magneet-je pamfleet-je
riet-je biet-je parkiet-je satelliet-je
""".split()
WRITTEN_OUT = {"é": "ee", "i": "ie", "a": "aa", "o": "oo", "u": "uu"}


@pytest.mark.parametrize("broken_up", DIMINUTIVES)
def test_a_diminutive_is_broken_after_the_word_that_it_is_of(broken_up: str) -> None:
    stem, _, end = broken_up.partition("-")
    open_ = end == "tje" and not stem.endswith(("ee", "ie"))
    whole = stem[:-1] + WRITTEN_OUT[stem[-1]] if open_ else stem
    for word, tail in ((whole + end, end), (whole + end + "s", end + "s")):
        assert broken(word)[-1:] == [f"{stem}-/{tail}"]
    # Two letters on the next line are few: where three are wished, only the first kind has them.
    few = broken(whole + end, "nl", Hyphenation(least=6, sides=(3, 3)))
    assert (f"{stem}-/{end}" in few) == (end == "tje" and len(whole + end) >= 6)


def test_a_diminutive_that_may_be_of_either_word_is_broken_before_both() -> None:
    assert broken("diplomaatje") == ["di-/plomaatje", "diplo-/maatje"]
    known = Hyphenation(least=5, sides=(2, 2), words=frozenset({"diploma"}))
    assert broken("diplomaatje", "nl", known)[-1] == "diploma-/tje"
    # Of a word that nobody has heard of; the book’s own words tell.
    assert broken("plobootje") == []
    for word, way in (("plobo", "plobo-/tje"), ("ploboot", "ploboot-/je")):
        own = Hyphenation(least=5, sides=(2, 2), words=frozenset({word}))
        assert broken("plobootje", "nl", own)[-1] == way
    assert broken("CAFEETJE")[-1] == "CAFÉ-/TJE"


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
    assert broken("col·legi", "ca") == ["col-/legi", "col·le-/gi"]
    # The German patterns are those of the reformed spelling, which changes no letter.
    assert broken("Zucker", "de") == ["Zu-/cker"]


def test_exceptions_and_names() -> None:
    manner = Hyphenation(exceptions(["rots-eiland", "Zutphen"]), names=False, least=5, sides=(2, 2))
    assert broken("rotseiland", "nl", manner) == ["rots-/eiland"]
    assert broken("Rotseiland", "nl", manner) == ["Rots-/eiland"]
    assert broken("zutphen", "nl", manner) == []
    assert broken("Nijmegen", "nl", manner) == []
    assert broken("nijmegen", "nl", manner)
    # A hyphen at an end of the word divides nothing.
    assert exceptions(["neder-land-", "-dam"]) == {"nederland": (5,), "dam": ()}


def test_in_a_book_a_break_that_drops_a_trema_leaves_two_letters() -> None:
    """By the limits of the style sheet: three letters before a break and after it, as a rule."""
    manner = Hyphenation()
    for word, wanted in (("ideeën", "idee-/en"), ("industrieën", "industrie-/en")):
        assert broken(word, "nl", manner)[-1] == wanted
        assert [one.edge for one in points(word, "nl", manner)][-1]
    assert broken("geëerd", "nl", manner) == ["ge-/eerd"]
    assert broken("samenzweren", "nl", manner)[-1] == "samenzwe-/ren"
    assert broken("bomenrij", "nl", manner)[-1] == "bomen-/rij"
    assert broken("tomaten", "nl", manner) == broken("tomaten", "nl", Hyphenation(sides=(2, 3)))


def test_an_exception_is_spelled_as_the_language_has_it() -> None:
    own = exceptions(["be-ïnvloeding", "ge-ëerd", "frö-beltje", "fr-öbelen", "is-tanbul"])
    manner = Hyphenation(own)
    assert broken("Beïnvloeding", "nl", manner) == ["Be-/invloeding"]
    assert broken("geëerd", "nl", manner) == ["ge-/eerd"]
    assert broken("naïveté", "fr", Hyphenation(exceptions(["na-ïveté"]))) == ["na-/ïveté"]
    # After a consonant the trema says something else.
    assert broken("fröbelen", "nl", manner) == ["fr-/öbelen"]
    # Its small form has another number of signs: where it is to be broken is not known.
    assert broken("İstanbul", "tr", Hyphenation(exceptions(["i̇s-tanbul"]))) == []


@pytest.mark.parametrize(
    ("word", "language", "ways"),
    [
        # Not where a trema would go: the sign that makes it would stay.
        ("coördinatie", "nl", ["coör-/dinatie", "coördi-/natie", "coördina-/tie"]),
        ("ideeën", "nl", []),
        ("événement", "fr", ["évé-/nement", "événe-/ment"]),
        # No single letter is this one with its accent.
        ("x̄wateren", "nl", ["x̄wa-/teren", "x̄wate-/ren"]),
    ],
)
def test_accents_that_are_signs_of_their_own(word: str, language: str, ways: list[str]) -> None:
    apart = normalize("NFD", word)
    assert len(apart) > len(normalize("NFC", word)) or "x̄" in word
    assert broken(apart, language) == [normalize("NFD", one) for one in ways]
    own = Hyphenation(exceptions([normalize("NFD", "coördi-natie")]))
    assert broken(normalize("NFD", "coördinatie"), manner=own) == [
        normalize("NFD", "coördi-/natie")
    ]


def test_what_is_dutch_is_done_in_dutch_alone() -> None:
    assert all(not point.first for point in points("coïncidence", "fr", PLAIN))
    assert points("autootje", "nl", PLAIN) != points("autootje", "de", PLAIN)


def test_the_other_breaks_of_a_compound_cost_more_than_its_seam() -> None:
    costs = Costs()
    found = points("arbeidersbeweging", "nl", Hyphenation(listed=True))
    assert [one.at for one in found if one.seam] == [9]
    others = {costs.of(one) for one in found if not one.seam}
    assert costs.seam < costs.hyphen < min(others)
    # Two letters are no part of a word.
    manner = Hyphenation(sides=(2, 2), words=frozenset({"over", "al", "allen"}))
    assert not any(one.seam or one.within for one in points("overal", "nl", manner))
    assert [one.at for one in points("overallen", "nl", manner) if one.seam] == [4]


def test_the_seam_of_a_compound_is_known_by_its_parts() -> None:
    manner = Hyphenation(least=5, sides=(2, 2), words=frozenset({"arbeider", "beweging"}))
    found = points("arbeidersbeweging", "nl", manner)
    assert [point.at for point in found if point.seam] == [9]
    assert len(found) > 3
    assert not any(point.seam for point in points("arbeidersbeweging", "nl", PLAIN))


@pytest.mark.parametrize(
    ("word", "language", "seams"),
    [
        ("arbeidersbeweging", "nl", "arbeiders-/beweging"),
        ("landbouwproducten", "nl", "landbouw-/producten"),
        ("Wissenschaftsgeschichte", "de", "Wissenschafts-/geschichte"),
        ("mitternachtsstunde", "de", "mitternachts-/stunde"),
        ("waterboard", "en", "water-/board"),
        ("verdedigen", "nl", ""),
        ("arbeidersbeweging", "tr", ""),
        # Both are words, of two readings: Stau-becken, Staub-ecken.
        ("Staubecken", "de", ""),
        # A short part stands between two seams, which agree.
        ("postbusnummer", "nl", "post-/busnummer postbus-/nummer"),
        ("watertappunt", "nl", "water-/tappunt watertap-/punt"),
    ],
)
def test_the_dictionary_knows_the_parts_of_a_compound(word: str, language: str, seams: str) -> None:
    manner = Hyphenation(listed=True)
    found = [one for one in points(word, language, manner) if one.seam]
    assert " ".join(f"{word[: one.at]}-/{word[one.at :]}" for one in found) == seams


@pytest.mark.parametrize(
    ("word", "language", "words", "seam"),
    [
        ("boekenkast", "nl", "boek kast", "boeken-/kast"),
        ("groentesoep", "nl", "groente soep", "groente-/soep"),
        ("paardebloem", "nl", "paard bloem", "paarde-/bloem"),
        ("volksvertegenwoordiger", "nl", "volk vertegenwoordiger", "volks-/vertegenwoordiger"),
        ("Bundestagswahl", "de", "bundestag wahl", "Bundestags-/wahl"),
        ("Kindergarten", "de", "kind garten", "Kinder-/garten"),
    ],
)
def test_what_links_the_parts_of_a_compound_stays_with_the_first(
    word: str, language: str, words: str, seam: str
) -> None:
    manner = Hyphenation(least=5, sides=(2, 2), words=frozenset(words.split()))
    found = points(word, language, manner)
    seams = [f"{word[: one.at]}-/{word[one.at :]}" for one in found if one.seam]
    assert seams == [seam]
    assert len(found) > 1
    assert Costs().of(next(one for one in found if one.seam)) < Costs().hyphen


def test_a_letter_less_than_wished_is_told_apart() -> None:
    wished = Hyphenation(least=6, sides=(3, 3))
    assert [(one.at, one.edge) for one in points("albums", "nl", wished)] == [(2, True)]
    assert [(one.at, one.edge) for one in points("albums", "nl", PLAIN)] == [(2, False)]
    assert points("adem", "nl", wished) == []


def test_no_patterns_no_breaks() -> None:
    assert points("hyphenation", "tlh", PLAIN) == []
