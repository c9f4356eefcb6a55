"""Numbers and dates that one book writes in two ways.

In: the passages of a book. Out: the rarer way where it stands, with the usual one and how often it
is met. A language has its own ways; figures of one language alone are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from publish.book.languages import SIGNS, has_capital_nouns, rules_of
from publish.prose.passages import Passage

_BLANK = r"[ \u00a0\u2009\u202f]"
_DIGITS = {
    "1.000": re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]\d|\w)"),
    "1 000": re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{_BLANK}\d{{3}})+(?![\d.,]\d|\w)"),
    "1,000": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]\d|\w)"),
}
_WHOLE = re.compile(rf"(?<![\w.,/–-])(?:([{SIGNS}]){_BLANK}?)?(\d{{4,}})(?![\d.,/–-]\d|\w)")
"""A number that nothing divides, and the sign of a currency before it."""
_AFTER = re.compile(rf"{_BLANK}([^\s\d.,;:!?)]+)")
_BEFORE = re.compile(r"([^\W\d_]+)[^\w(]*\Z")
_FAR = 24
_YEARS = range(1000, 2101)
_COUNTED = frozenset(
    "man mensen personen leden exemplaren keer stuks woorden men people members copies times words "
    "mann menschen mitglieder exemplare stück hommes personnes membres exemplaires mots".split()
)
"""What is counted, and no word after a year."""
_DATING = frozenset(
    "in van sinds tot na voor rond omstreeks tegen uit om en of tussen begin eind medio anno jaar "
    "zomer herfst winter lente voorjaar najaar since from to until by of after before around and "
    "between early late year summer autumn spring im seit von bis nach vor um gegen und aus "
    "zwischen anfang ende mitte jahr jahre sommer herbst frühjahr depuis de à après avant vers "
    "entre et début fin année été hiver automne printemps".split()
)
"""Words before a year, and hardly before a number of things."""
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DATES = {
    "3-5-1923": re.compile(r"(?<![\w/–-])\d{1,2}-\d{1,2}-\d{4}(?![\w/–-])"),
    "3/5/1923": re.compile(r"(?<![\w/–-])\d{1,2}/\d{1,2}/\d{4}(?![\w/–-])"),
    "3.5.1923": re.compile(
        rf"(?<![\w.])\d{{1,2}}\.{_BLANK}?\d{{1,2}}\.{_BLANK}?\d{{4}}(?![\w.]\w)"
    ),
    "1923-05-03": re.compile(r"(?<![\w/–-])\d{4}-\d{2}-\d{2}(?![\w/–-])"),
    "3 mei 1923": re.compile(
        rf"(?<![\w.])\d{{1,2}}(?:\.|er)?{_BLANK}[^\W\d_]{{3,10}}{_BLANK}\d{{4}}(?!\w)"
    ),
    "3rd May 1923": re.compile(
        rf"(?<![\w.])\d{{1,2}}(?:st|nd|rd|th){_BLANK}(?:of{_BLANK})?{_MONTH},?{_BLANK}\d{{4}}(?!\w)"
    ),
    "3 May, 1923": re.compile(rf"(?<![\w.])\d{{1,2}}{_BLANK}{_MONTH},{_BLANK}\d{{4}}(?!\w)"),
    "May 3, 1923": re.compile(
        rf"(?<!\w){_MONTH}{_BLANK}\d{{1,2}}(?:st|nd|rd|th)?,?{_BLANK}\d{{4}}(?!\w)"
    ),
}

Place = tuple[Passage, int, str]
"""A passage, the offset in its text, and what stands there."""
Forms = Mapping[str, Sequence[Place]]


def figures(passages: Sequence[Passage]) -> Iterator[tuple[Passage, int, str, str, int]]:
    """Yield the numbers and dates that are not written as most are: passage, offset, text, other.

    The other is one that is, with how many are; where neither way is the usual one, those of both
    are told.
    """
    divided = _met(passages, _DIGITS)
    for forms in (*divided.values(), *_met(passages, _DATES).values()):
        yield from _rarer(forms)
    whole = _undivided(passages, divided)
    for language, forms in divided.items():
        places = [one for each in forms.values() for one in each]
        # Many divide numbers from five figures on: those of one order of size are compared.
        for long in (False, True):
            both = {
                "1.000": [one for one in places if _is_long(one[2]) == long],
                "1000": [one for one in whole.get(language, ()) if _is_long(one[2]) == long],
            }
            yield from _rarer({way: found for way, found in both.items() if found})


def _met(
    passages: Iterable[Passage], ways: Mapping[str, re.Pattern[str]]
) -> dict[str, dict[str, list[Place]]]:
    """Return by language and way what is written in it."""
    met: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        for way, pattern in ways.items():
            for found in pattern.finditer(passage.text):
                language = passage.language(found.start())
                met[language][way].append((passage, found.start(), found[0]))
    return met


def _rarer(forms: Forms) -> Iterator[tuple[Passage, int, str, str, int]]:
    ways = sorted(forms, key=lambda way: (len(forms[way]), way), reverse=True)
    usual, *others = [forms[way] for way in ways] or [()]
    for found in others:
        yield from ((*place, usual[0][2], len(usual)) for place in found)
    if others and len(others[0]) == len(usual):
        yield from ((*place, others[0][0][2], len(usual)) for place in usual)


def _is_long(number: str) -> bool:
    return sum(char.isdigit() for char in number) > 4


def _undivided(passages: Iterable[Passage], divided: Mapping[str, Forms]) -> dict[str, list[Place]]:
    """Return by language the numbers of four figures and more that nothing divides.

    A year, a postcode or the number of a house is none: what is counted must stand after it.
    """
    counted = {
        (language, after[1].lower())
        for language, forms in divided.items()
        for passage, start, text in (one for found in forms.values() for one in found)
        if (after := _AFTER.match(passage.text, start + len(text)))
    }
    found: dict[str, list[Place]] = defaultdict(list)
    for passage in passages:
        for one in _WHOLE.finditer(passage.text):
            language, after = passage.language(one.start()), _AFTER.match(passage.text, one.end())
            word = after[1] if after else ""
            told = one[1] or _is_measure(word, language)
            if not told and not _may_name(one, language):
                of_nouns = word[:1].islower() and not has_capital_nouns(language)
                told = (language, word.lower()) in counted or (of_nouns and not _is_year(one[2]))
            if told:
                found[language].append((passage, one.start(2), one[2]))
    return found


def _is_measure(word: str, language: str) -> bool:
    """Tell whether a word after a number says that so many are meant."""
    rules = rules_of(language)
    return word in rules.units | rules.measures or word.lower() in rules.measures | _COUNTED


def _is_year(number: str) -> bool:
    return int(number) in _YEARS


def _may_name(found: re.Match[str], language: str) -> bool:
    """Tell whether a number stands where a year would, or the number of some one thing."""
    before = _BEFORE.search(found.string, max(found.start() - _FAR, 0), found.start())
    word, rules = before[1] if before else "", rules_of(language)
    if word.lower() in rules.numbered:
        return True
    dated = not word.islower() or word in _DATING | rules.months
    return _is_year(found[2]) and dated
