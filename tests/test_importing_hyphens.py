"""Line-end hyphens: each rule with the case that it is for."""

from __future__ import annotations

import pytest

from publish.importing import import_text
from publish.importing.hyphens import decide
from publish.importing.languages import language_of
from publish.importing.lines import read_lines
from publish.importing.model import Draft, Words
from publish.importing.vowels import marked
from publish.importing.words import take_words


def words_of(text: str, language: str = "nl") -> Words:
    words = take_words(Draft("a.txt", language_of(language), read_lines(text)[0])).words
    assert words
    return words


def written(cut: str, text: str = "", language: str = "nl") -> tuple[str, bool]:
    """Return how “before-|after” is written, and whether that is sure."""
    before, after = cut.split("-|")
    join = decide(before, after, words_of(text, language), language_of(language))
    return before + join.between + join.second + after[len(join.second) :], join.sure


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("de druk-|kerij", "de drukkerij"),
        ("in 1923-|24", "in 1923-24"),
        ("een 5-|jarig plan", "een 5-jarig plan"),
        ("het NAVO-|lidmaatschap", "het NAVO-lidmaatschap"),
        ("een GPOe-|man", "een GPOe-man"),
        ("de ingeni-|eur", "de ingenieur"),
        ("de A-|kant", "de A-kant"),
        ("in Noord-|Holland", "in Noord-Holland"),
        ("GESCHIE-|DENIS", "GESCHIEDENIS"),
        ("zie www.zetkast.example/lood-|letters", "zie www.zetkast.example/lood-letters"),
        ("zet-|en drukwerk", "zet- en drukwerk"),
        ("zet-|of drukwerk", "zet- of drukwerk"),
        ("de foto-|’s", "de foto-’s"),
        ("de ge-|interesseerde lezer", "de geïnteresseerde lezer"),
        ("hij be-|aamde", "hij beaamde"),
        ("een ge-|eerd man", "een geëerd man"),
        ("het ge-|ijkte pad", "het geijkte pad"),
        ("de ge-|uite wens", "de geuite wens"),
        ("in die situ-|atie", "in die situatie"),
        ("de groei-|ende stad", "de groeiende stad"),
        ("in financi-|ele nood", "in financiële nood"),
        ("een offici-|eel stuk", "een officieel stuk"),
        ("het muse-|um", "het museum"),
        ("de co-|operatie", "de coöperatie"),
        ("drie idee-|en, zei hij", "drie ideeën, zei hij"),
        ("het ego-|isme", "het egoïsme"),
    ],
)
def test_what_is_sure_without_the_word_in_the_text(cut: str, whole: str) -> None:
    assert written(cut) == (whole, True)


@pytest.mark.parametrize(
    ("cut", "text", "whole"),
    [
        ("de links-|radicale pers", "een links-radicale krant", "de links-radicale pers"),
        ("de links-|radicale pers", "een linksradicale krant", "de linksradicale pers"),
        ("de re-|integratie", "de reïntegratie", "de reïntegratie"),
        ("het vacu-|um", "een vacuum", "het vacuum"),
        ("de status-|quo", "die status-quo", "de status-quo"),
        ("NAVO-|Raad", "de NAVO-Raad", "NAVO-Raad"),
        ("anti-|militaristische", "de antimilitaristische bond", "antimilitaristische"),
    ],
)
def test_the_same_word_within_a_line_decides(cut: str, text: str, whole: str) -> None:
    assert written(cut, text) == (whole, True)


@pytest.mark.parametrize(
    ("cut", "text", "whole"),
    [
        ("de zo-|even genoemde", "", "de zo-even genoemde"),
        ("een oud-|leerling", "", "een oud-leerling"),
        ("een mini-|industrie", "", "een mini-industrie"),
        ("de Plantijn-|drukkerij", "bij Plantijn een Elzevier-uitgave", "de Plantijn-drukkerij"),
        ("kant-en-|klaar werk", "een en ander", "kant-en-klaar werk"),
        ("de krant Social-De-|mokraten", "de krant", "de krant Social-Demokraten"),
        ("de drukker-|uitgever", "een drukker en een uitgever", "de drukkeruitgever"),
        ("de Babbage-|machines", "", "de Babbagemachines"),
        ("technisch-|logistische", "", "technisch-logistische"),
        ("een links-|radicale", "linksradicale, links-radicale", "een links-radicale"),
        ("partij-|en staatsbelangen", "de partijen", "partij- en staatsbelangen"),
    ],
)
def test_a_guess_says_that_it_is_one(cut: str, text: str, whole: str) -> None:
    assert written(cut, text) == (whole, False)


@pytest.mark.parametrize(
    ("cut", "text", "whole", "sure"),
    [
        ("the print-|ing house", "print is dear", "the printing house", True),
        ("go with-|out ink", "with ink, out of ink", "go without ink", True),
        ("a self-|made man", "made here", "a self-made man", True),
        ("for well-|known men", "well, then known men", "for well-known men", True),
        ("a machine-|readable text", "", "a machine-readable text", False),
        ("in-|formation", "in formation", "information", True),
        ("two-|and threefold", "", "two- and threefold", True),
        ("a post-|war book", "the post of war", "a postwar book", False),
        ("a post-|war book", "the war, a post-mortem", "a post-war book", True),
    ],
)
def test_english_keeps_the_hyphen_between_words(
    cut: str, text: str, whole: str, sure: bool
) -> None:
    assert written(cut, text, "en") == (whole, sure)


@pytest.mark.parametrize(
    ("cut", "whole"),
    [("Auf-|und Abbau", "Auf- und Abbau"), ("die Zei-|chen", "die Zeichen")],
)
def test_german(cut: str, whole: str) -> None:
    assert written(cut, "", "de") == (whole, True)


def test_an_english_text_gets_no_trema() -> None:
    assert written("the pre-|eminent", "", "en") == ("the preeminent", True)
    assert written("they re-|elected", "", "en") == ("they reelected", True)


@pytest.mark.parametrize(
    ("left", "right", "second"),
    [
        ("ge", "explodeerd", "ëxplodeerd"),
        ("be", "indigd", "ïndigd"),
        ("zee", "en", "ën"),
        ("knie", "en", "ën"),
        ("haai", "en", "en"),
        ("bureau", "en", "en"),
        ("po", "ezie", "ëzie"),
        ("Isra", "el", "ël"),
        ("du", "el", "el"),
        ("ge", "opend", "opend"),
    ],
)
def test_the_trema_that_a_break_takes_away(left: str, right: str, second: str) -> None:
    assert marked(left, right) == second


def test_a_cut_word_is_no_evidence() -> None:
    words = words_of("een kort woord aan het ein-\nde van de regel, zet- en drukwerk\n")
    assert words.solid["ein"] == words.solid["de"] - 1 == 0
    assert words.heads["zet"] == 1


@pytest.mark.parametrize(
    ("cut", "whole", "language", "sure"),
    [
        ("half-|ounce of tea", "half-ounce of tea", "en", False),
        ("the sea-|son", "the season", "en", True),
        ("after eighty-|one days", "after eighty-one days", "en", True),
        ("disait-|on à Toulouse", "disait-on à Toulouse", "fr", True),
        ("la sai-|son", "la saison", "fr", True),
        ("quatre-|vingt mots", "quatre-vingt mots", "fr", True),
    ],
)
def test_numbers_pronouns_and_words_that_no_printer_breaks_so(
    cut: str, whole: str, language: str, sure: bool
) -> None:
    assert written(cut, "", language) == (whole, sure)


@pytest.mark.parametrize(
    ("cut", "text", "language", "whole", "sure"),
    [
        # The dictionary has both halves, and no such word.
        ("the mail-|coach left", "", "en", "the mail-coach left", False),
        # It has the word, though the source has its halves.
        ("by moon-|light", "The moon, a light.", "en", "by moonlight", True),
        ("en l'Es-|pagne", "", "fr", "en l'Espagne", True),
        # Its no means little where compounds are made as one goes.
        ("een wijsheid-|tand", "", "nl", "een wijsheidtand", True),
    ],
)
def test_the_dictionary_is_asked(
    cut: str, text: str, language: str, whole: str, sure: bool
) -> None:
    assert written(cut, text, language) == (whole, sure)


@pytest.mark.parametrize(
    ("cut", "text", "whole"),
    [
        ("the wurg-|plonk", "the wurg", "the wurgplonk"),
        ("the wurg-|plonk", "a wurg-stone by the wurg", "the wurg-plonk"),
        ("the moon-|based idea", "", "the moon-based idea"),
        ("a wurg-|based idea", "", "a wurg-based idea"),
    ],
)
def test_english_keeps_two_words_apart_as_far_as_one_can_tell(
    cut: str, text: str, whole: str
) -> None:
    assert written(cut, text, "en") == (whole, False)


HABIT = "By the paper-merchant stood a letter-cabinet.\n"


@pytest.mark.parametrize(
    ("cut", "text", "whole", "sure"),
    [
        # The dictionary has both in one word, which says little of who writes others with a hyphen.
        ("wooden floor-|boards", HABIT, "wooden floor-boards", False),
        ("wooden floor-|boards", "", "wooden floorboards", True),
        # What everybody writes with a hyphen is no habit.
        (
            "wooden floor-|boards",
            "A thought-provoking, well-known and newly-founded press of seventy-three people.\n",
            "wooden floorboards",
            True,
        ),
        # Short halves may be words by chance.
        ("an old quad-|rant", HABIT, "an old quadrant", True),
        # A first half in -o is no word of the compound.
        ("an old photo-|graph", HABIT, "an old photograph", True),
        # Another with the same second half, in one word, which a line's end cuts elsewhere.
        (
            "the school-|master",
            f"{HABIT}Ask the Postmaster-Gen-\neral!\n",
            "the schoolmaster",
            True,
        ),
        ("the school-|master", f"{HABIT}Ask the Postmaster-\nGeneral!\n", "the schoolmaster", True),
        ("the school-|master", f"{HABIT}The Postmas-\nter-General!\n", "the schoolmaster", True),
        ("the school-|master", HABIT, "the school-master", False),
    ],
)
def test_a_listed_compound_is_written_as_the_author_writes_such(
    cut: str, text: str, whole: str, sure: bool
) -> None:
    assert written(cut, text, "en") == (whole, sure)


@pytest.mark.parametrize(
    ("cut", "whole", "language"),
    [
        ("an ambassad-|or in Rome", "an ambassador in Rome", "en"),
        ("an ambassad-|or, recently appointed", "an ambassador, recently appointed", "en"),
        ("short-|or long-sighted", "short- or long-sighted", "en"),
        ("le brev-|et du lieutenant", "le brevet du lieutenant", "fr"),
    ],
)
def test_a_syllable_may_look_like_a_conjunction(cut: str, whole: str, language: str) -> None:
    assert written(cut, "", language) == (whole, True)


def test_the_rest_of_a_word_that_a_quote_stands_in_is_no_word() -> None:
    quote = "Time is kept ex-\n\nA quote stands here.\n\nactly, said the clockmaker.\n"
    assert words_of(quote, "en").solid["actly"] == 0
    assert written("kept ex-|actly", f"He said\nA quote\nactly {quote}", "en") == (
        "kept exactly",
        True,
    )
    assert written("the ex-|king", "a king", "en") == ("the ex-king", True)


WHOLE = (
    ("hij sprak de-\nzelf-\nde taal", "hij sprak dezelfde taal."),
    ("hij sprak de-\nzelfde taal", "hij sprak dezelfde taal."),
    ("hij was ge-\nin-\nteresseerd in taal", "hij was geïnteresseerd in taal."),
    ("er was co-\nor-\ndinatie", "er was coördinatie."),
    ("zij zijn een-\nen-\ntwintig jaar", "zij zijn eenentwintig jaar."),
)


@pytest.mark.parametrize(("columns", "said"), WHOLE)
def test_a_word_that_two_lines_ends_cut_is_one(columns: str, said: str) -> None:
    made = import_text(f"Kop\n\nEen zin gaat eraan vooraf, en\n{columns}.\n", "kop.txt", "nl")
    assert any(said in text for text in made.files.values())


@pytest.mark.parametrize("chain", ["matter-\nof-\nfact", "one-\nto-\none"])
def test_a_chain_of_words_is_not_one_word_and_is_told_of(chain: str) -> None:
    made = import_text(f"Head\n\nA sentence goes before it, and\na {chain} talk.\n", "a.txt", "en")
    assert not any(chain.replace("-\n", "") in text for text in made.files.values())
    assert any(one.code == "hyphen" for one in made.notes)


def test_a_noun_that_begins_small_below_a_cut_one_may_be_half_of_another() -> None:
    words, german = words_of("", "de"), language_of("de")
    assert decide("die Bitt", "schriften lagen", words, german, "loose").between == "-"
    assert decide("die Bitt", "schriften lagen", words, german, "apart").between == ""
    assert decide("die Zei", "chen lagen", words, german, "loose").between == ""
