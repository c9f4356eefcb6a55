"""In which language a source is.

In: its text, and the language that is said of it. Out: a language tag, and a note for the editor
where none is said and it is not Dutch beyond doubt, or where there are no rules for it. The
words that stand most often in a language (articles, prepositions) tell it, as far as there is a row
for it; of other scripts the script does. What a library for a hundred languages would weigh is not
in proportion to a guess that `--language` replaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from publish.importing.languages import LANGUAGES
from publish.importing.model import Note

USUAL = "nl"
TELLING = 0.08
"""So many of a text's words are the usual ones of its language, at least."""
NEAR = 0.9
"""A language that has so many of the words that the likeliest has may be it as well."""
LOOKED_AT = 20_000
"""So many characters tell it."""
_ROWS = """
    nl de het een en van in op te dat die is was met voor niet zijn aan er door ze om uit
    de der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als
    en the of and to in a is was that for on with as it his by at from he be had not are
    fr le la les de des du et à en un une que qui dans il est pour au par sur pas se ce
    af die en van in het is nie te wat om op dit vir met sy hy was aan deur hulle n as
    fy de it en fan yn in is te dat op net foar wie mei oan hy syn by om har út troch sy
    da og i at det er en den til på af som for med de ikke der et var han fra sig efter
    nb og i det er på en som å av for med at til de ikke den har et var han fra seg etter
    sv och i att det som en på är av för med den till inte har de om ett var han från sig
    es el la de que y a en un los se del las por con una no su para es al lo como fue
    it il di che e la in un a per è una sono non del della si con da le dei nel al gli
    pt o a de que e do da em um para é com não uma os no se na por as dos foi ao
    ca el la i de que a en un per amb una els del les és no al va seva dels hi l d
    pl w i na z że do się nie to jest o jak po od za ale był przez jego dla oraz są jej
    cs a v se na je že s o z do i to jako za by k ale byl ve po jeho pro od
    hu a az és hogy nem is egy volt meg de csak mint ez már el még ki ha azt fel
    fi ja on ei se että oli hän mutta joka kun ovat myös tai niin kuin sen jo ne hänen
    tr ve bir bu da de için ile çok olarak daha gibi ne o en olan sonra kadar ama
    ro de și în a la cu că pe din nu un o este să pentru care mai al ce lui fost
    id yang dan di dengan untuk tidak ini itu dari dalam pada akan adalah oleh ke ia
"""
USUAL_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {tag: frozenset(words) for tag, *words in map(str.split, _ROWS.strip().splitlines())}
)
"""The words that stand most often in texts of a language."""
SCRIPTS: Mapping[str, str] = MappingProxyType(
    {"HEBREW": "he", "ARABIC": "ar", "GREEK": "el", "CYRILLIC": "ru", "ARMENIAN": "hy"}
)
"""The language that most text in a script is in."""
AS_ENGLISH = "its hyphens and headings are judged as English ones"
_WORD = re.compile(r"[^\W\d_]+")


def spoken(said: str, text: Callable[[], str]) -> tuple[str, tuple[Note, ...]]:
    """Return the language that is said, or else the one that its text is most likely in."""
    if not said:
        return guess(text())
    if said.partition("-")[0].lower() in LANGUAGES:
        return said, ()
    return said, (Note(1, "no-rules", f"there are no rules for {said}: {AS_ENGLISH}"),)


def guess(text: str) -> tuple[str, tuple[Note, ...]]:
    """Return the language that a text is most likely in, and what the editor is told of it."""
    words = Counter(_WORD.findall(text[:LOOKED_AT].casefold()))
    hits = {tag: sum(words[word] for word in usual) for tag, usual in USUAL_WORDS.items()}
    (tag, most), *others = sorted(hits.items(), key=lambda one: -one[1])
    near = [other for other, count in others if count > NEAR * most]
    if most < TELLING * words.total() or not most:
        tag, why = _by_script(words), "its letters tell it"
    elif near:
        tag, why = tag, f"it may be {' or '.join(near)} as well"
    elif tag == USUAL:
        return USUAL, ()
    else:
        why = f"{most} of {words.total():,} words are usual ones of it"
    if not tag:
        tag, why = USUAL, "nothing tells it"
    if tag not in LANGUAGES:
        why += f"; {AS_ENGLISH}"
    return tag, (Note(1, "no-language", f"no language is given; it is taken for {tag}: {why}"),)


def _by_script(words: Counter[str]) -> str:
    """Return the language that most words' first letters speak for; "" for Latin ones."""
    count: Counter[str] = Counter()
    for word, times in words.items():
        count[unicodedata.name(word[0], "").partition(" ")[0]] += times
    return SCRIPTS.get(count.most_common(1)[0][0], "") if count else ""
