"""The rules for set text, as tables of what is typed and what is set, and as properties.

In the tables `~` stands for U+00A0, `^` for U+202F and `¤` for U+FFFC.
"""

from __future__ import annotations

import pyphen
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publish.book.languages import HYPHENATION, NEUTRAL
from publish.text.typography import RULES, Edit, Rules, edits, hyphenation_language, rules_of
from publish.text.typography.marks import find_marks
from publish.text.typography.paragraph import Paragraph

Foreign = list[tuple[int, int, str]]

DUTCH = [
    # Words that open with an apostrophe
    ("'s avonds regent het", "’s avonds regent het"),
    ("het regent 's avonds", "het regent ’s avonds"),
    ("'S AVONDS LAAT", "’S AVONDS LAAT"),
    ("van 's-Gravenhage naar 's-Hertogenbosch", "van ’s-Gravenhage naar ’s-Hertogenbosch"),
    ("'t Sneeuwt, 'k zie 'n slee", "’t Sneeuwt, ’k zie ’n slee"),
    ("heeft 'ie 'm 'r gebracht?", "heeft ’ie ’m ’r gebracht?"),
    ("kom 'ns, 't zijn de 'ezelfde", "kom ’ns, ’t zijn de ’ezelfde"),
    ("'zulks zag 'k nooit", "’zulks zag ’k nooit"),
    ("bij 't, onder 'm.", "bij ’t, onder ’m."),
    ("...'s ochtends", "…’s ochtends"),
    ("rock 'n' roll en rock-'n-roll", "rock ’n’ roll en rock-’n-roll"),
    ("drum 'n bass", "drum ’n bass"),
    ("'Zij dansten rock 'n' roll'", "‘Zij dansten rock ’n’ roll’"),
    # Years
    ("de jaren '60 en '70", "de jaren ’60 en ’70"),
    ("in '27, na ('23)", "in ’27, na (’23)"),
    ("de '68'ers", "de ’68’ers"),
    ("'60 was Kees' jaar niet", "’60 was Kees’ jaar niet"),
    ("'In de jaren '60 niet'", "‘In de jaren ’60 niet’"),
    ("'10 miljoen mensen' stond er", "‘10 miljoen mensen’ stond er"),
    # Inside words and at their end
    ("foto's, baby'tje, Trotski's, zo'n, m'n", "foto’s, baby’tje, Trotski’s, zo’n, m’n"),
    ("D'66 en O'Brien", "D’66 en O’Brien"),
    ("Marx' werk en Boris' boek", "Marx’ werk en Boris’ boek"),
    ("Marx', Kautsky's", "Marx’, Kautsky’s"),
    ("'Marx' werk' is de titel", "‘Marx’ werk’ is de titel"),
    ("'Ik zag Boris' fiets', zei ze", "‘Ik zag Boris’ fiets’, zei ze"),
    ("'auto's' en \"auto's\"", "‘auto’s’ en “auto’s”"),
    ('"NRC"\'s redactie', "“NRC”’s redactie"),
    # Quotes
    ('"Ja," zei hij.', "“Ja,” zei hij."),
    ('Zij: "Nee."', "Zij: “Nee.”"),
    ("'enkel' en \"dubbel\"", "‘enkel’ en “dubbel”"),
    ("\"Zij riep 'nee' naar ons\"", "“Zij riep ‘nee’ naar ons”"),
    ("\"Zij riep: 'Nee.'\"", "“Zij riep: ‘Nee.’”"),
    ("\"'Ja,' zei hij, 'nu.'\"", "“‘Ja,’ zei hij, ‘nu.’”"),
    ("'Zij riep \"nee\"'", "‘Zij riep “nee”’"),
    ('"Zij riep "nee" naar ons"', "“Zij riep ‘nee’ naar ons”"),
    ('"een "twee \'drie\' twee" een"', "“een ‘twee “drie” twee’ een”"),
    # Quotes before an elision
    ('"\'s Avonds niet"', "“’s Avonds niet”"),
    ("''s Avonds niet'", "‘’s Avonds niet’"),
    ("''t Is goed', zei ze", "‘’t Is goed’, zei ze"),
    ("riep \"'t is 'n feest\" en ging", "riep “’t is ’n feest” en ging"),
    ("'Pak 'm', riep zij", "‘Pak ’m’, riep zij"),
    # Quoted letters and initials are no elisions
    ("de letter 's' en de 't'", "de letter ‘s’ en de ‘t’"),
    ("'K. Jansen schilderde dit'", "‘K.~Jansen schilderde dit’"),
    # What stands next to a quote
    ("(\"ja\") ['nee']", "(“ja”) [‘nee’]"),
    ("een \"ja\"-stem, pro-'ja'-affiche", "een “ja”-stem, pro-‘ja’-affiche"),
    ('"ja"/"nee"', "“ja”/“nee”"),
    ('"Ja"--"nee"', "“Ja”–“nee”"),
    ('--"Ja, echt"--', "–“Ja, echt”–"),
    ("zei hij—'nu'—en ging", "zei hij—‘nu’—en ging"),
    ('"Wacht..." "...en toen?"', "“Wacht…” “…en toen?”"),
    ('"Waarom?" "Daarom!"', "“Waarom?” “Daarom!”"),
    ('¤"ja"¤ \'¤\' "¤"', "¤“ja”¤ ‘¤’ “¤”"),
    ('"woord"¤ en Marx\'¤', "“woord”¤ en Marx’¤"),
    ("¤'s rand", "¤’s rand"),
    ('"een"\n\'twee\'\n"drie"', "“een”\n‘twee’\n“drie”"),
    ('f\'"g"', "f’“g”"),
    # Unbalanced
    ('"open en verder', "“open en verder"),
    ("'open en verder", "‘open en verder"),
    ('dicht" zei hij', "dicht” zei hij"),
    ('"Een zin. "Nog een."', "“Een zin. “Nog een.”"),
    ('"', "“"),
    # Typed curly
    ("“gezet” en 'recht'", "“gezet” en ‘recht’"),
    ('“half" en „laag"', "“half” en „laag”"),
    ('“Zij riep "nee" naar ons”', "“Zij riep ‘nee’ naar ons”"),
    ("’s avonds, foto’s, ‘zo’", "’s avonds, foto’s, ‘zo’"),
    # Feet, inches and minutes
    ("een plank van 5'10\" lang", "een plank van 5'10\" lang"),
    ("een 12\"-single van 45'", "een 12\"-single van 45'"),
    ('in "1917" en "45"', "in “1917” en “45”"),
    # Dashes and ellipses
    ("woord -- tussen -- woord", "woord~– tussen~– woord"),
    ("woord --- woord", "woord~— woord"),
    ("woord – woord\n— woord", "woord~– woord~— woord"),
    ("woord--woord---woord", "woord–woord—woord"),
    ("-- Ja, zei zij.", "– Ja, zei zij."),
    ("woord --zo-- woord", "woord –zo– woord"),
    ("----- en -x", "----- en -x"),
    ("wacht... nog... even....", "wacht… nog… even...."),
    # Ranges
    ("1923-1940, 1923-27, 1936-8", "1923–1940, 1923–27, 1936–8"),
    ("(1879-1940) '1923-27'", "(1879–1940) ‘1923–27’"),
    ("1923--1940 en 3--4", "1923–1940 en 3–4"),
    ("de '14-'18-oorlog, 1914-'18", "de ’14–’18-oorlog, 1914–’18"),
    ("12-14% en 12,5-14,5 %", "12–14% en 12,5–14,5~%"),
    ("21-25 procent, 10-14 km", "21–25 procent, 10–14~km"),
    ("p. 12-14, blz. 123-130", "p.~12–14, blz.~123–130"),
    ("20-22 augustus", "20–22~augustus"),
    ("ISBN 978-90-1234-567-8", "ISBN 978-90-1234-567-8"),
    ("ISSN 1383-7958, ISO 1900-2000", "ISSN 1383-7958, ISO 1900-2000"),
    ("tel. 02-555 12 34, 0475-123456", "tel. 02-555 12 34, 0475-123456"),
    ("2026-11-22, 2026-11, D/2026/1234-5", "2026-11-22, 2026-11, D/2026/1234-5"),
    ("met 3-1, van 1940-1923, wet nr. 1234-56", "met 3-1, van 1940-1923, wet nr.~1234–56"),
    ("een T-34-85, A4-1200", "een T-34-85, A4-1200"),
    # No-break spaces
    ("5 %, 3 kg, 20 km, 112 mm, 20 °C", "5~%, 3~kg, 20~km, 112~mm, 20~°C"),
    ("€ 5, 5 €, § 3", "€~5, 5~€, §~3"),
    ("'50 %' en \"3 kg\"", "‘50~%’ en “3~kg”"),
    ("3 kgs, 5 liter", "3 kgs, 5 liter"),
    ("nr. 5, Nr. 5, p. 12, blz. 12, art. 3", "nr.~5, Nr.~5, p.~12, blz.~12, art.~3"),
    ("zie nr.\n5 op 3\nmei", "zie nr.~5 op 3~mei"),
    ("dr. Vos en prof. Smit", "dr.~Vos en prof.~Smit"),
    ("L.D. Trotski, G. M. Fell, V. van Eyck", "L.D.~Trotski, G.~M.~Fell, V.~van Eyck"),
    ("Th. Mann en J. d'Hondt", "Th.~Mann en J.~d’Hondt"),
    ("20 augustus 1940, 1940 mei", "20~augustus 1940, 1940 mei"),
    ("10 000 en 1 000 000, 1917 300", "10~000 en 1~000~000, 1917 300"),
    ("z. o. z., v. Chr.", "z.~o.~z., v.~Chr."),
    ("Lenin I, een einde. Nieuw. 12 man", "Lenin I, een einde. Nieuw. 12 man"),
    ("5  %  --  x  nr.  5", "5  %  –  x  nr.  5"),
    ("5~% en woord~– woord", "5~% en woord~– woord"),
    # Two letters, not one
    ("ĳs in Ĳsland", "ijs in IJsland"),
    # Where a rule ends
    ("hij zei „zo\" en ‚zo' en ”zo”", "hij zei „zo” en ‚zo’ en ”zo”"),
    ("“ ja \" en ‘ ja '", "“ ja ” en ‘ ja ’"),
    ("« ja \" en ‹ ja '", "« ja » en ‹ ja ›"),
    ("'Zij zei \"60 man\" nu'", "‘Zij zei “60 man” nu’"),
    ("‘s avonds een plank van 45' lang", "‘s avonds een plank van 45' lang"),
    ("“Ja” en 'nee', 5' lang", "“Ja” en ‘nee’, 5’ lang"),
    ("\"Zij zei 'nee\" op 5' na", "“Zij zei ‘nee” op 5’ na"),
    ("' ja ' en ' los", "‘ ja ’ en ’ los"),
    ('Ja!"Nee!"', "Ja!“Nee!”"),
    ("0100-200, van 123-130, 123-123", "0100-200, van 123–130, 123-123"),
    ("123-27, 1923-23, 1901-05", "123-27, 1923-23, 1901–05"),
    ("2010-12, 2010-13, 2000-12", "2010-12, 2010–13, 2000-12"),
    ("1800-6, 1798-9, 2000-6", "1800–6, 1798-9, 2000-6"),
    ("01-05 km, 3-1 km, 3-5 keer, 0-5 km", "01-05~km, 3-1~km, 3-5 keer, 0–5~km"),
    ("5-5 km, 3-5\nkm", "5-5~km, 3–5~km"),
    ("512 mei, 12 mei", "512 mei, 12~mei"),
    ("Zie 5. km verder, 0 100, 12 100", "Zie 5. km verder, 0 100, 12~100"),
    ("12:30-13:45 uur, A4-12 km", "12:30–13:45 uur, A4-12~km"),
    ("’14-’18", "’14–’18"),
    ("nrs. 3-5, p 3-5, nr. 3-5, (p. 3-5)", "nrs.~3–5, p 3-5, nr.~3-5, (p.~3–5)"),
    ("p. 3-5", "p.~3–5"),
    ("x5nr. 5 en (a). Zie nr. 5", "x5nr. 5 en (a). Zie nr.~5"),
    ("de NAVO. Zij, punt x. Een, zie dit. en", "de NAVO. Zij, punt x. Een, zie dit. en"),
    ("deel I. en J. xyz, J. d’Hondt", "deel I. en J. xyz, J.~d’Hondt"),
    ("de 'k-waarde' en 'n' hier", "de ‘k-waarde’ en ‘n’ hier"),
    ("'n' is een letter", "‘n’ is een letter"),
    ("ROCK 'N' ROLL", "ROCK ’N’ ROLL"),
    ("naar 's-Gravenhage' toe, 'S-HAGE' ook", "naar ’s-Gravenhage’ toe, ’S-HAGE’ ook"),
    ("de rock-'n-roll' van", "de rock-’n-roll’ van"),
    ("zei 't niet' en", "zei ’t niet’ en"),
    ("\n-- ja", "~– ja"),
    ("bekende prof. Smit", "bekende prof.~Smit"),
    ("«\u202fja\u202f» en «~ja~»", "«\u202fja\u202f» en «~ja~»"),
    ("(«~ja~») «~(ja)~»", "(«~ja~») «~(ja)~»"),
    ("'Zij riep 'nee' nu' en \"zij \"nee\" nu\"", "‘Zij riep ‘nee’ nu’ en “zij ‘nee’ nu”"),
    ("dicht' en dicht\"", "dicht’ en dicht”"),
]

ENGLISH = [
    ("'Tis winter, 'twas autumn", "’Tis winter, ’twas autumn"),
    ("Give 'em tea, 'cause I said so", "Give ’em tea, ’cause I said so"),
    ("'Cause and effect', she wrote", "‘Cause and effect’, she wrote"),
    ("rock 'n' roll of the '60s", "rock ’n’ roll of the ’60s"),
    ("the 1960s' best and the bakers' oven", "the 1960s’ best and the bakers’ oven"),
    ("don't, o'clock, O'Brien's", "don’t, o’clock, O’Brien’s"),
    ("\"It's 'fine',\" she said.", "“It’s ‘fine’,” she said."),
    ('"\'Tis nothing," he said', "“’Tis nothing,” he said"),
    ("'James' boat', I said", "‘James’ boat’, I said"),
    ("'The bakers' oven' is a play", "‘The bakers’ oven’ is a play"),
    ('"He cried "no" twice"', "“He cried ‘no’ twice”"),
    ("('yes') [\"no\"] 'a'/'b'", "(‘yes’) [“no”] ‘a’/‘b’"),
    ("22 November 1923, November 22, 5 may", "22~November 1923, November~22, 5 may"),
    ("pp. 12-14, vol. 3, Dr. Reed", "pp.~12–14, vol.~3, Dr.~Reed"),
    ("1923-27 -- a range --- no...", "1923–27~– a range~— no…"),
    ('5\'10" tall, a 12" single', '5\'10" tall, a 12" single'),
    ('"No end', "“No end"),
    # Where a rule ends
    ("November 222, November 2", "November 222, November~2"),
    ("12.5-14.5 %", "12.5–14.5~%"),
]

GERMAN = [
    ("\"Sie rief 'nein' laut\", schrieb er.", "„Sie rief ‚nein‘ laut“, schrieb er."),
    ("\"'Ja', sagte er.\"", "„‚Ja‘, sagte er.“"),
    ("Marx' Werk, Grass' Roman", "Marx’ Werk, Grass’ Roman"),
    ("'Marx' Werk ist lang', hieß es.", "‚Marx’ Werk ist lang‘, hieß es."),
    ("'s ist 'ne Idee, so 'n Ding", "’s ist ’ne Idee, so ’n Ding"),
    ("geht's, hab' ich, ich hab's", "geht’s, hab’ ich, ich hab’s"),
    ("die '68er, in '68", "die ’68er, in ’68"),
    ("am 22. November 1923, 5. Mai", "am 22.~November 1923, 5.~Mai"),
    ("im Kapitel 5. Dann folgt", "im Kapitel 5. Dann folgt"),
    ("z. B., d. h., i. d. R.", "z.~B., d.~h., i.~d.~R."),
    ("S. 12-14, Nr. 5, Dr. Vogel, Bd. 3", "S.~12–14, Nr.~5, Dr.~Vogel, Bd.~3"),
    ("1923-1940, 12-14 %, 5 kg", "1923–1940, 12–14~%, 5~kg"),
    ('„gesetzt“ und "neu"', "„gesetzt“ und „neu“"),
    ('»gesetzt« und "neu"', "»gesetzt« und „neu“"),
    ('"Ja" -- "nein"...', "„Ja“~– „nein“…"),
    ('"Sie rief "nein" laut"', "„Sie rief ‚nein‘ laut“"),
    ('"offen', "„offen"),
    # Where a rule ends
    ("am 22.\nNovember", "am 22.~November"),
    ('»ja" und ja» und nein"', "»ja« und ja» und nein“"),
    ("'a' ‚b'", "‚a‘ ‚b‘"),
    ("5 kg. Karl", "5~kg. Karl"),
]

FRENCH = [
    ('"Quoi?" dit-il.', "«~Quoi^?~» dit-il."),
    ("« Quoi ? » et «Quoi?»", "«~Quoi^?~» et «~Quoi^?~»"),
    ("«~mot~» et «^mot^»", "«~mot~» et «^mot^»"),
    ('Il dit: "Oui; non!"', "Il dit~: «~Oui^; non^!~»"),
    ("l'ami, aujourd'hui, qu'il", "l’ami, aujourd’hui, qu’il"),
    ('l\'"État" d\'"ici"', "l’«~État~» d’«~ici~»"),
    ("\"Il cria 'non' fort\"", "«~Il cria “non” fort~»"),
    ('"Il cria "non" fort"', "«~Il cria “non” fort~»"),
    ("\"'Non', dit-il\"", "«~“Non”, dit-il~»"),
    ("50 % de 10 000 km, n° 5, p. 12", "50~% de 10~000~km, n°~5, p.~12"),
    ("M. Dupont, le 14 juillet", "M.~Dupont, le 14~juillet"),
    ("vraiment?! (vraiment ?)", "vraiment^?! (vraiment^?)"),
    ("https://exemple.fr/?q=a;b=c à 12:30", "https://exemple.fr/?q=a;b=c à 12:30"),
    ("mot -- incise -- mot... fin", "mot~– incise~– mot… fin"),
    ("de 1914-1918", "de 1914-1918"),
    ('le signe "?" et le mot "l\'eau"', "le signe «~?~» et le mot «~l’eau~»"),
    ('Non\n! "\nmot\n"', "Non^! «~mot~»"),
    ("deux  espaces  ? «  mot  »", "deux  espaces  ? «  mot  »"),
    ('"mot"-clef, ("mot")¤ !', "«~mot~»-clef, («~mot~»)¤^!"),
    ('""', "«~»"),
    # Where a rule ends
    ('"', "«"),
    ("!", "!"),
    ("fini...! vaut 5,5;", "fini…^! vaut 5,5^;"),
    ('"mot"; mot!--oui', "«~mot~»^; mot^!–oui"),
    ("de 3-5 km", "de 3-5~km"),
]

OTHERS = [
    ("de-CH", "\"Sie rief 'nein'\"", "«Sie rief ‹nein›»"),
    ("la", "\"a 'b' c\" -- it's... 5 %", "“a ‘b’ c”~– it’s… 5~%"),
    ("", '\'60 "b"', "’60 “b”"),
]

# A language span stands between < and >.
BORDERS = [
    ("nl", "fr", 'Zij las "<"La vie ?">" voor', "Zij las “«~La vie^?~»” voor"),
    ("nl", "fr", 'op <l\'"État" !> staat "hier"!', "op <l’«~État~»^!> staat “hier”!"),
    ("nl", "de", 'hij riep "<"Ja">" en "nee"', "hij riep “<‚Ja‘>” en “nee”"),
    ("nl", "en", "<'tis> en 'tis'", "<’tis> en ‘tis’"),
    ("nl", "de", "\"<Marx' Werk 'neu'>\", foto's", "“<Marx’ Werk ‚neu‘>”, foto’s"),
    ("fr", "nl", '"Il dit <\'s avonds "laat">" ?', "«~Il dit <’s avonds ‘laat’>~»^?"),
    ("de", "en", '"Er las <"The End">"', "„Er las <‘The End’>“"),
    ("nl", "fr", '"<Quoi ?"> en "dan"', "“<Quoi^?”> en “dan”"),
    ("de", "en", "am <November 22> und 22. Mai", "am <November~22> und 22.~Mai"),
    ("nl", "fr", "<oui -- non>... nr. 5", "<oui~– non>… nr.~5"),
    ("fr", "nl", "<zo!> oui !", "<zo!> oui^!"),
    ("fr", "nl", '<zo>"mot" !', "<zo>«~mot~»^!"),
    ("nl", "fr", '"nee" <"oui"> "nee"', "“nee” <«~oui~»> “nee”"),
    ("nl", "fr", '<"oui">"nee"', "<«~oui~»>“nee”"),
]

TABLES = [
    (language, typed, wanted)
    for language, table in (("nl", DUTCH), ("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH))
    for typed, wanted in table
] + OTHERS


def plain(shown: str) -> str:
    """Return the text that a line of a table stands for."""
    return shown.replace("~", "\u00a0").replace("^", "\u202f").replace("¤", "\ufffc")


def applied(text: str, made: list[Edit]) -> str:
    for edit in reversed(made):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(("language", "typed", "wanted"), TABLES)
def test_set_as_the_language_wants(language: str, typed: str, wanted: str) -> None:
    text = plain(typed)
    assert applied(text, edits(text, language)) == plain(wanted)


@pytest.mark.parametrize(("language", "typed", "wanted"), TABLES)
def test_set_text_is_left_alone(language: str, typed: str, wanted: str) -> None:
    assert edits(plain(wanted), language) == []


@pytest.mark.parametrize(("language", "other", "typed", "wanted"), BORDERS)
def test_language_spans(language: str, other: str, typed: str, wanted: str) -> None:
    start, end = typed.index("<"), typed.index(">") - 1
    text = typed.replace("<", "").replace(">", "")
    wanted = plain(wanted.replace("<", "").replace(">", ""))
    assert applied(text, edits(text, language, [(start, end, other)])) == wanted


def test_spans_within_spans() -> None:
    text = '"a" "b" "c" "d"'
    made = edits(text, "nl", [(8, 11, "de"), (4, 15, "fr"), (9, 2, "de")])
    assert applied(text, made) == plain("“a” «~b~» „c“ «~d~»")


def test_no_effect_beyond_the_paragraph() -> None:
    edits('"open "nog \'meer', "nl")
    assert applied('"ja"', edits('"ja"', "nl")) == "“ja”"


def test_edits_say_where() -> None:
    assert edits("Wit -- 'n kat...", "nl") == [
        Edit(3, 4, "\u00a0"),
        Edit(4, 6, "–"),
        Edit(7, 8, "’"),
        Edit(13, 16, "…"),
    ]
    assert edits("Geen teken dat iets aangaat", "nl") == []
    assert edits("", "nl") == []


def test_a_hard_break_stays_a_break() -> None:
    assert edits("5\u2028% en nr.\ufffc5 en woord\u2028– x", "nl") == []


def test_the_space_inside_a_mark_is_none_of_its_neighbours() -> None:
    def neighbours(text: str) -> list[tuple[str, str]]:
        marks = find_marks(Paragraph.of(plain(text), "fr", []))
        return [(mark.before, mark.after) for mark in marks]

    assert neighbours("(«~ja~»!") == [("(", "j"), ("a", "!")]
    assert neighbours("x«^ja^»y") == [("x", "j"), ("a", "y")]
    assert neighbours("‹~") == [("", "")] == neighbours("~»")
    assert neighbours("~ja»") == [("a", "")] and neighbours("a~»b") == [("a", "b")]
    # A straight mark has none inside it, and « has its own behind it alone.
    assert neighbours('a~"~b') == [("\u00a0", "\u00a0")] == neighbours("~“~")
    assert neighbours("a~«b»~c") == [("\u00a0", "b"), ("b", "\u00a0")]
    assert neighbours("«a") == [("", "a")] and neighbours("b»") == [("b", "")]


def test_the_inner_and_the_later_of_two_languages_holds() -> None:
    def parts(*foreign: tuple[int, int, str]) -> list[tuple[int, Rules]]:
        made = Paragraph.of("abcdef", "nl", foreign)
        return list(zip(made.starts, made.rules, strict=True))

    nl, fr, de, en = (RULES[tag] for tag in ("nl", "fr", "de", "en"))
    assert parts() == parts((2, 2, "de")) == [(0, nl)]
    assert parts((1, 3, "de"), (1, 5, "fr")) == [(0, nl), (1, de), (3, fr), (5, nl)]
    assert parts((0, 2, "de"), (2, 4, "en")) == [(0, de), (2, en), (4, nl)]
    assert parts((1, 4, "de"), (3, 6, "en")) == [(0, nl), (1, de), (3, en), (4, nl)]
    assert parts((2, 2, "de"), (3, 5, "en")) == [(0, nl), (3, en), (5, nl)]
    nested = parts((0, 6, "fr"), (1, 5, "de"), (2, 3, "en"))
    assert nested == [(0, fr), (1, de), (2, en), (3, de), (5, fr), (6, nl)]
    held = Paragraph.of("abcdef", "nl", [(1, 3, "fr")])
    assert [held.rules_at(at) for at in range(5)] == [nl, fr, fr, nl, nl]


def test_a_blank_and_the_word_before_it() -> None:
    made = Paragraph.of(" a b\n\nc\nd  e ", "nl", [])
    assert [at for at in range(-1, 15) if made.is_blank(at)] == [0, 2, 7, 12]
    assert not Paragraph.of("aXb", "nl", []).is_blank(1)
    long = Paragraph.of("abcdefghi. abcdefghij. x1.", "nl", [])
    assert [long.word_before(at) for at in (9, 21, 24, 25, 0)] == ["abcdefghi", "", "x", "", ""]


def test_lookup_takes_the_longest_tag() -> None:
    assert rules_of("de-CH") is rules_of("DE_ch") is rules_of("de-CH-1996") is RULES["de-ch"]
    assert rules_of("nl-BE") is RULES["nl"]
    assert rules_of("en-GB") is RULES["en"]
    assert rules_of("xx") is rules_of("") is rules_of("n") is NEUTRAL


def test_hyphenation_names_are_dictionaries_of_pyphen() -> None:
    missing = {tag: name for tag, name in HYPHENATION.items() if name not in pyphen.LANGUAGES}
    assert missing == {}
    assert hyphenation_language("nl-BE") == "nl"
    assert hyphenation_language("de") == "de_DE"
    assert hyphenation_language("en-US") == "en_US"
    assert hyphenation_language("en-AU") == "en_GB"
    assert hyphenation_language("xx") is None


LANGUAGES = st.sampled_from(["nl", "en", "de", "fr", "de-CH", "xx"])
ALPHABETS = [
    "\"'as7 ",
    "\"' a7.,",
    "\"'“”„‘’‚«»‹› a7.",
    "\"'s (n-60 ",
    "'\" \n\u00a0\u202f!?;:«»a.",
    "-–. \n7a12%\ufffc",
    "20-193 '.:,/%pnr.",
    "ij\u0132\u0133. ABvan€5%",
]
TEXTS = st.sampled_from(ALPHABETS).flatmap(lambda chars: st.text(chars, max_size=30)) | st.text(
    max_size=30
)


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[str, str, Foreign]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places, LANGUAGES), max_size=3))
    return text, draw(LANGUAGES), [(min(a, b), max(a, b), tag) for a, b, tag in spans]


@settings(max_examples=600, deadline=None)
@given(paragraphs())
def test_edits_are_sorted_apart_and_minimal(paragraph: tuple[str, str, Foreign]) -> None:
    text, language, foreign = paragraph
    last = 0
    for edit in edits(text, language, foreign):
        source = text[edit.start : edit.end]
        assert last <= edit.start < edit.end <= len(text)
        assert source != edit.text
        assert len(source) == 1 or source in ("--", "---", "...")
        assert "\ufffc" not in source and source != "\u2028"
        last = edit.end


@settings(max_examples=1500, deadline=None)
@given(paragraphs())
def test_set_text_has_nothing_left_to_edit(paragraph: tuple[str, str, Foreign]) -> None:
    text, language, foreign = paragraph
    made = edits(text, language, foreign)
    borders = [at for start, end, _ in foreign for at in (start, end)]
    assume(not any(edit.start < at < edit.end for edit in made for at in borders))

    def moved(at: int) -> int:
        return at + sum(len(e.text) - (e.end - e.start) for e in made if e.end <= at)

    shifted = [(moved(start), moved(end), tag) for start, end, tag in foreign]
    assert edits(applied(text, made), language, shifted) == []


@settings(max_examples=600, deadline=None)
@given(paragraphs())
def test_only_marks_and_blanks_are_touched(paragraph: tuple[str, str, Foreign]) -> None:
    text, language, foreign = paragraph
    set_text = applied(text, edits(text, language, foreign))
    touched = set("\"'-–—.… \n\u00a0\u202f“”„‘’‚«»‹›")
    for ligature, letters in (("\u0132", "IJ"), ("\u0133", "ij")):
        text = text.replace(ligature, letters)
    assert [c for c in set_text if c not in touched] == [c for c in text if c not in touched]


def test_a_hundred_thousand_quotes_in_one_paragraph() -> None:
    text = "\"'" * 50_000
    assert len(edits(text, "nl")) == 100_000
